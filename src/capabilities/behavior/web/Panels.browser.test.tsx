import type { ComponentType } from 'react'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { uuidv7, type Uuid } from '../../../platform/core/ids.ts'
import type { Json } from '../../../platform/core/canonical.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { at, DAY, Screen, smallSchool, type Hand } from '../../../platform/web/testing-day.tsx'
import type { LogPanelProps } from '../../progress/log-panel.ts'
import type { ProgramBody } from '../../sessions/records.ts'
import AbcPanel from './AbcPanel.tsx'
import GridPanel from './GridPanel.tsx'

const DAYS = ['2026-10-28', '2026-10-29', '2026-10-30', '2026-11-02', DAY]
const PROGRAM = uuidv7(at('08:00'))

async function opened(): Promise<{
  hand: Hand
  keep: (day: string, time: string, kind: string, body: Json) => void
}> {
  const school = smallSchool()
  const hand = await school.open('maya')
  const logs = new Map<string, Uuid>()
  const keep = (day: string, time: string, kind: string, body: Json) => {
    const entered = new Date(hand.device.clock.now()).toISOString()
    const log = logs.get(day) ?? uuidv7(at('08:00', day))
    logs.set(day, log)
    hand.device.capture({
      kind,
      body: body as Readonly<Record<string, Json>>,
      student: school.students.cd,
      refs: { log, program: PROGRAM },
      at: new Date(at(time, day)).toISOString(),
      entered,
    })
  }
  return { hand, keep }
}

async function look(
  hand: Hand,
  Panel: ComponentType<LogPanelProps>,
  measure: ProgramBody['measure'],
): Promise<void> {
  const body = { title: 'Throws', measure } as ProgramBody
  await show(
    <Screen hand={hand}>
      <h1>Throws</h1>
      <h2>Log</h2>
      <Panel program={PROGRAM} body={body} schoolDays={DAYS} tz="America/Chicago" />
    </Screen>,
  )
}

const ABC: ProgramBody['measure'] = {
  system: 'abc',
  behaviors: ['Throws materials'],
  perceived_function: false,
}
const event = (antecedent: string, consequence: string) => ({
  setting_events: [],
  antecedents: [antecedent],
  behavior: 'own:1',
  consequences: [consequence],
  setting: 'Room 12',
})

test('from 20 events on 5 days on the counts are drawn, each share with its fraction, and they claim nothing', async () => {
  const { hand, keep } = await opened()
  for (const day of DAYS)
    for (const [n, time] of ['08:10', '08:15', '08:20', '08:25'].entries())
      keep(
        day,
        time,
        'behavior.abc',
        event(n < 3 ? 'demand_academic' : 'wait', n < 2 ? 'break_given' : 'redirected'),
      )
  await look(hand, AbcPanel, ABC)
  await expect
    .element(page.getByText('Descriptive counts. They show what happened together, not why.'))
    .toBeVisible()
  const own = page.getByRole('region', { name: 'Throws materials' })
  // three of four events a day, five days
  await expect.element(own).toMatchTextContent('Asked to do school work15/2075%')
  await expect.element(own).toMatchTextContent('Had to wait5/2025%')
  await expect.element(own).toMatchTextContent('Break given10/2050%')
  expect(document.body.textContent).not.toMatch(/function|because/i)
  expect(await axeFindings()).toEqual([])
})

test('with 19 events nothing is drawn, and it says how many there are', async () => {
  const { hand, keep } = await opened()
  for (let n = 0; n < 19; n++)
    keep(DAYS[n % 5] ?? DAY, `08:${10 + n}`, 'behavior.abc', event('wait', 'redirected'))
  await look(hand, AbcPanel, ABC)
  await expect
    .element(page.getByText(/19 events on 5 days so far\. Tables are drawn from 20 events/))
    .toBeVisible()
  expect(document.querySelector('table')).toBeNull()
})

test('G10 a scatterplot tells none from not observed', async () => {
  const { hand, keep } = await opened()
  keep('2026-11-02', '08:20', 'behavior.cell', { cell: 1, code: '0' })
  keep('2026-11-02', '08:50', 'behavior.cell', { cell: 2, code: 'many' })
  keep(DAY, '08:20', 'behavior.cell', { cell: 1, code: 'some' })
  await look(hand, GridPanel, {
    system: 'scatterplot',
    from: '08:00',
    to: '09:30',
    cell_min: 30,
    many_from: 4,
  })
  const rows = () =>
    [...document.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].slice(-3).map((cell) => cell.textContent),
    )
  await expect.poll(rows).toEqual([
    ['not observed', '○none', '◐some, 1 to 3'],
    ['not observed', '●many, 4 and more', 'not observed'],
    ['not observed', 'not observed', 'not observed'],
  ])
  expect(await axeFindings()).toEqual([])
})

test('a scatterplot wider than the phone shows its newest day, and beside it the times', async () => {
  await page.viewport(390, 844)
  const { hand, keep } = await opened()
  for (const day of [19, 20, 21, 22, 23, 26, 27, 28, 29, 30])
    keep(`2026-10-${day}`, '08:20', 'behavior.cell', { cell: 1, code: 'some' })
  await look(hand, GridPanel, {
    system: 'scatterplot',
    from: '08:00',
    to: '09:30',
    cell_min: 30,
    many_from: 4,
  })
  const box = page.getByRole('region', { name: 'Times of the day by days' })
  await expect.element(box).toBeVisible()
  const edges = (element: Element | null | undefined) => element?.getBoundingClientRect()
  const { left = 0, right = 0 } = edges(box.element()) ?? {}
  const [row] = box.element().querySelectorAll('tbody tr')
  expect(box.element().scrollWidth).toBeGreaterThan(right - left)
  // to the pixel: what is scrolled stands on whole ones
  expect(Math.abs((edges(row?.lastElementChild)?.right ?? 0) - right)).toBeLessThan(1)
  expect(Math.abs((edges(row?.firstElementChild)?.left ?? 0) - left)).toBeLessThan(1)
})
