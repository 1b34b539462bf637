import { expect, onTestFinished, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { uuidOf } from '../../../platform/core/ids.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { Screen, smallSchool, type Hand } from '../../../platform/web/testing-day.tsx'
import { grantFor } from '../../../platform/web/sync/fake-server.ts'
import { programOf, type Program } from '../../sessions/program.ts'
import type { Measure } from '../../sessions/records.ts'
import { behaviorView } from '../rules.ts'
import AbcPad from './AbcPad.tsx'
import ScatterPad from './ScatterPad.tsx'

const DAY = '2026-11-03'

/** Maya with one program of C.D.’s, at 8:52. */
async function maya(measure: Measure, pad: typeof AbcPad) {
  const school = smallSchool()
  const id = uuidOf(`${school.programs.seat}/behavior`)
  school.server.grants = [...school.server.grants, grantFor(school.students.cd, { tier: 'T3' })]
  const body = {
    title: 'Throws materials',
    goal: 'The goal in the words of the plan.',
    definition: 'An object leaves the hand and lands more than an arm’s length away.',
    direction: 'decrease',
    measure,
    criterion: 'none for 10 days',
    number: 1,
  }
  school.publish('sessions.program', 'cd', body, { program: id })
  const hand = await school.open('maya')
  const partition = hand.device.partitionOf({
    kind: 'sessions.program',
    student: school.students.cd,
    refs: { program: id },
  })
  const program = programOf(hand.device.records(partition ?? ''), DAY)
  if (!program) throw new Error('no plan')
  const Pad = pad
  await show(
    <Screen hand={hand}>
      <Pad program={program} initials="C.D." setting="Room 12" day={DAY} />
    </Screen>,
  )
  return { school, hand, program }
}

function entries(hand: Hand, program: Program) {
  return hand.device.statesOf(behaviorView, `program:${program.id}`).flatMap(({ state }) => state.entries)
}

const ABC: Measure = {
  system: 'abc',
  behaviors: ['Throws materials', 'Leaves the table'],
  perceived_function: false,
}

test('an ABC record is five taps: open, before, what, after, keep; in the tier of behavior', async () => {
  const { school, hand, program } = await maya(ABC, AbcPad)
  let taps = 0
  const count = (event: MouseEvent) => (taps += event.detail > 0 ? 1 : 0)
  document.addEventListener('click', count, { capture: true })
  onTestFinished(() => document.removeEventListener('click', count, { capture: true }))
  await page.getByRole('button', { name: 'What happened' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByText('Asked to do school work').click()
  await sheet.getByText('Throws materials').click()
  await sheet.getByText('Redirected').click()
  await sheet.getByRole('button', { name: 'Keep it' }).click()
  expect(taps).toBe(5)
  await expect.element(page.getByRole('status')).toMatchTextContent('C.D.: Throws materials recorded')
  expect(entries(hand, program)).toMatchObject([
    {
      noun: 'abc',
      antecedents: ['demand_academic'],
      behavior: 'own:1',
      consequences: ['redirected'],
      setting: 'Room 12',
      setting_events: [],
    },
  ])
  await hand.sync()
  expect(school.server.rows.at(-1)?.envelope).toMatchObject({
    kind: 'behavior.abc',
    refs: { program: program.id },
  })
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => entries(hand, program)).toEqual([])
})

test('what it was for is not asked unless the program says so', async () => {
  await maya(ABC, AbcPad)
  await page.getByRole('button', { name: 'What happened' }).click()
  await page.getByText('More, if you know it').click()
  await expect.element(page.getByText('How strong, 1 to 5')).toBeVisible()
  expect(page.getByText('It seemed to be for').query()).toBeNull()
})

test('a scatterplot: one tap for the stretch that runs, two for one before; the rest was not observed', async () => {
  const scatter: Measure = { system: 'scatterplot', from: '08:00', to: '15:00', cell_min: 30, many_from: 4 }
  const { hand, program } = await maya(scatter, ScatterPad)
  await page.getByRole('button', { name: 'some, 1 to 3' }).click()
  hand.clock.advance(1000)
  await page.getByRole('button', { name: '8:00: not observed' }).click()
  await page.getByRole('button', { name: 'none' }).click()
  // 8:52 lies in the second half hour
  expect(entries(hand, program)).toMatchObject([
    { cell: 2, code: 'some' },
    { cell: 1, code: '0' },
  ])
  // no stretch of the future can be said
  expect(page.getByRole('button', { name: /^9:00/ }).query()).toBeNull()
})

test('axe finds nothing in the ABC sheet, light and dark, on a phone and on a laptop', async () => {
  await maya(ABC, AbcPad)
  await page.getByRole('button', { name: 'What happened' }).click()
  for (const [width, height] of [
    [390, 844],
    [1280, 800],
  ] as const) {
    await page.viewport(width, height)
    for (const theme of ['light', 'dark']) {
      document.documentElement.dataset['theme'] = theme
      await vi.waitFor(async () => expect(await axeFindings()).toEqual([]), { timeout: 5000 })
    }
  }
  delete document.documentElement.dataset['theme']
  await page.viewport(414, 896)
})
