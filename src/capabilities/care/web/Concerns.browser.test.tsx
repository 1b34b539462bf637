import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { uuidOf } from '../../../platform/core/ids.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { answering, type Answers } from '../../../platform/web/testing-answers.ts'
import { at, Screen, smallSchool } from '../../../platform/web/testing-day.tsx'
import type { Concerns, OpenConcern } from '../wire.ts'
import ConcernsPanel from './ConcernsPanel.tsx'
import ConcernsWait from './ConcernsWait.tsx'

const ID = uuidOf('a meal that was stopped')
const WAITING = '/api/care/concerns?seen=false'
const ONE = `/api/care/concerns/${ID}`
const listed: Concerns = {
  concerns: [{ id: ID, at: at('11:47'), seen: [{ name: 'Ellen Brooks', at: at('12:02') }] }],
}
const NONE: Concerns = { concerns: [] }
const opened: OpenConcern = {
  id: ID,
  at: at('11:47'),
  student: { id: uuidOf('b.k.'), initials: 'B.K.', color: 2 },
  program: uuidOf('lunch'),
  by: 'Maya Ortiz',
  meal: 'lunch',
  signs: ['cough', 'choking'],
  seen: [{ name: 'Ellen Brooks', at: at('12:02') }],
}

async function look(answers: Answers, screen = <ConcernsPanel seen={false} empty={<p>Nothing waits</p>} />) {
  const dana = await smallSchool().open('dana')
  const change = answering(answers)
  await show(
    <Screen hand={dana}>
      <h1>Inbox</h1>
      {screen}
    </Screen>,
  )
  return change
}

test('AW-16 the list names nobody and nothing; opened, it says of whom and what, and one tap says that I have seen it', async () => {
  const asked: string[] = []
  const change = await look({
    [WAITING]: listed,
    [ONE]: opened,
    [`${ONE}/seen`]: () => {
      asked.push('seen')
      change({ [WAITING]: NONE, [ONE]: opened })
      return { at: at('12:10') }
    },
  })
  const row = page.getByRole('listitem')
  await expect.element(row).toMatchTextContent('Marked during care')
  await expect.element(row).toMatchTextContent('Nov 3, 11:47 AM')
  await expect.element(row).toMatchTextContent('Ellen Brooks has seen it, Nov 3, 12:02 PM')
  const text = document.body.textContent
  for (const word of ['B.K.', 'Cough', 'Choking', 'Lunch', 'lunch', 'Maya']) expect(text).not.toContain(word)
  expect(await axeFindings()).toEqual([])

  await userEvent.click(row.getByRole('button', { name: 'Open' }))
  const sheet = page.getByRole('dialog', { name: 'Marked during care' })
  await expect.element(sheet.getByText('B.K.')).toBeVisible()
  await expect.element(sheet).toMatchTextContent('Cough and Choking')
  await expect.element(sheet).toMatchTextContent('Nov 3, 11:47 AM · Lunch')
  await expect.element(sheet).toMatchTextContent('Who saw itMaya Ortiz')
  await Promise.all(document.getAnimations().map(({ finished }) => finished))
  expect(await axeFindings()).toEqual([])
  await userEvent.click(sheet.getByRole('button', { name: 'I have seen it' }))
  await expect.element(page.getByText('Nothing waits')).toBeVisible()
  await expect.element(page.getByText('Seen. It is among what is settled now.')).toBeVisible()
  expect(asked).toEqual(['seen'])
})

test('says so when the answer did not get through, and keeps it waiting', async () => {
  await look({ [WAITING]: listed, [ONE]: { ...opened, meal: null, signs: ['skin'] }, [`${ONE}/seen`]: null })
  await userEvent.click(page.getByRole('button', { name: 'Open' }))
  const sheet = page.getByRole('dialog', { name: 'Marked during care' })
  await expect.element(sheet).toMatchTextContent('What was seenSkin concern')
  await userEvent.click(sheet.getByRole('button', { name: 'I have seen it' }))
  await expect.element(sheet.getByText(/Nothing has changed; try again/)).toBeVisible()
  await userEvent.click(sheet.getByRole('button', { name: 'Close' }))
  await expect.element(page.getByRole('listitem')).toBeVisible()
})

test('one that was withdrawn meanwhile says so, and has nothing to confirm', async () => {
  await look({ [WAITING]: listed, [ONE]: 404 })
  await userEvent.click(page.getByRole('button', { name: 'Open' }))
  const sheet = page.getByRole('dialog', { name: 'Marked during care' })
  await expect.element(sheet.getByText(/It was withdrawn/)).toBeVisible()
  expect(sheet.getByRole('button', { name: 'I have seen it' }).elements()).toEqual([])
})

test('Today says to who looks that something waits, and not a word more', async () => {
  await look({ [WAITING]: listed }, <ConcernsWait />)
  const link = page.getByRole('link', { name: '1 thing in your inbox waits for you' })
  await expect.element(link).toBeVisible()
  expect(document.querySelector('main, body')?.textContent).not.toMatch(/B\.K\.|[Cc]ough|care/)
  expect(await axeFindings()).toEqual([])
})
