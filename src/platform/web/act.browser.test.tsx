import { useState } from 'react'
import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { useAct } from './act.ts'
import { axeFindings, show } from './kit/testing.tsx'
import { Screen, smallSchool, type School } from './testing-day.tsx'

/** A screen like those of the product: it empties itself once the note is recorded. */
function Note({ student, second }: { student: string; second: string }) {
  const act = useAct()
  const [text, setText] = useState('')
  const keep = () => {
    const note = (well: string) => ({
      kind: 'students.handback',
      student,
      refs: {},
      body: { well, tomorrow: '' },
    })
    act({ drafts: [note('A good day.'), note(text + second)], said: 'Handed back' })
    setText('')
  }
  return (
    <>
      <h1>Note</h1>
      <textarea aria-label="Words" value={text} onChange={(event) => setText(event.target.value)} />
      <button type="button" onClick={keep}>
        Keep
      </button>
    </>
  )
}

async function opened(second: (school: School) => string) {
  // what the screen was stopped by goes on to the console, as any error of a screen does
  const heard: unknown[] = []
  const hear = (event: ErrorEvent) => {
    heard.push((event.error as Error).name)
    event.preventDefault()
  }
  window.addEventListener('error', hear)
  onTestFinished(() => window.removeEventListener('error', hear))
  const school = smallSchool()
  const maya = await school.open('maya')
  await show(
    <Screen hand={maya}>
      <Note student={school.students.am} second={second(school)} />
    </Screen>,
  )
  await expect.element(page.getByRole('button', { name: 'Keep' })).toBeVisible()
  return { device: maya.device, heard }
}

test('F21 what can never be a record is said, with what helps; all that was typed is there, and nothing half recorded', async () => {
  const { device, heard } = await opened(() => ' '.repeat(3000))
  const words = page.getByLabelText('Words')
  await userEvent.fill(words, 'Asked for a break twice.')
  await userEvent.click(page.getByRole('button', { name: 'Keep' }))
  await expect
    .element(page.getByText(/^Not recorded: Handed back\. What you entered is still here/))
    .toBeVisible()
  await expect.element(words).toHaveValue('Asked for a break twice.')
  expect(device.outbox()).toEqual([])
  expect(heard).toEqual(['CaptureRefused'])
  expect(await axeFindings()).toEqual([])
})

test('what is right is recorded and said, and the screen goes on', async () => {
  const { device, heard } = await opened(() => '')
  await userEvent.fill(page.getByLabelText('Words'), 'Asked for a break twice.')
  await userEvent.click(page.getByRole('button', { name: 'Keep' }))
  await expect.element(page.getByText('Handed back')).toBeVisible()
  await expect.element(page.getByLabelText('Words')).toHaveValue('')
  expect(device.outbox().map(({ record }) => record.body['well'])).toEqual([
    'A good day.',
    'Asked for a break twice.',
  ])
  expect(heard).toEqual([])
})
