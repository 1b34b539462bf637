import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { Json } from '../../../platform/core/canonical.ts'
import { uuidOf } from '../../../platform/core/ids.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { at, DAY, Screen } from '../../../platform/web/testing-day.tsx'
import type { Measure } from '../../sessions/records.ts'
import MealPanel from './MealPanel.tsx'
import { carePlan } from './testing.ts'
import VisitPanel from './VisitPanel.tsx'

const BEFORE = '2026-11-02'

/** Dana reads what Maya recorded of B.K., under version 3 of the plan. */
async function look(
  measure: Measure,
  Panel: typeof VisitPanel,
  entries: readonly (readonly [day: string, time: string, body: object])[],
) {
  const { school, hand, program, body } = await carePlan(measure, 3)
  const noun = measure.system === 'feeding' ? 'feeding' : 'toileting'
  for (const [day, time, entry] of entries)
    hand.device.capture({
      kind: `care.${noun}`,
      body: entry as Readonly<Record<string, Json>>,
      student: school.students.bk,
      refs: {
        log: uuidOf(`log ${day}`),
        program: program.id,
        ...(noun === 'feeding' ? { version: program.version } : {}),
      },
      at: new Date(at(time, day)).toISOString(),
      entered: new Date(hand.device.clock.now()).toISOString(),
    })
  await show(
    <Screen hand={hand}>
      <h1>Personal routine</h1>
      <Panel program={program.id} body={body} schoolDays={[BEFORE, DAY]} tz="America/Chicago" />
    </Screen>,
  )
}

const visit = (over: object = {}) => ({
  visit: 'scheduled',
  result: 'urine',
  clothing: 'dry',
  steps: { sit: 'independent', wash: 'verbal' },
  changed: false,
  skin_concern: false,
  ...over,
})
const VISITS: Measure = { system: 'toileting', times: ['08:50'], tolerance_min: 10, second_adult: false }

const rowsOf = (name: string) =>
  [...page.getByRole('region', { name }).element().querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent.trim()),
  )

test('AW-12 C18 the page of the goal says each day, each hour and the help with each step', async () => {
  await look(VISITS, VisitPanel, [
    [BEFORE, '08:50', visit({ result: 'dry' })],
    [DAY, '07:30', visit()],
    [DAY, '08:10', visit({ visit: 'initiated', result: 'both', steps: { sit: 'physical' } })],
    [DAY, '08:40', visit({ visit: 'accident', clothing: 'wet', changed: true, steps: {} })],
  ])
  await expect.element(page.getByRole('region', { name: 'Day by day' })).toBeVisible()
  expect(rowsOf('Day by day')).toEqual([
    // 7:30, 8:10 and 8:40: 40 and 30 minutes between
    ['Nov 3', '1/1', '1', '1', '35 min'],
    ['Nov 2', '0/1', '0', '0', '–'],
  ])
  expect(rowsOf('Hours by days').map(([, ...cells]) => cells)).toEqual([
    ['nobody went', '●in the toilet'],
    ['○nothing', '● ▲in the toilet, accident'],
  ])
  expect(rowsOf('Help by step')).toEqual([
    ['Sits down', '2/3 = 67%', '0', '1'],
    ['Washes hands', '0/2 = 0%', '2', '0'],
  ])
  expect(await axeFindings()).toEqual([])
})

test('AW-16 C19 a meal with its minutes, its version of the plan and what stopped it; what nobody said is no 0', async () => {
  const plan: Measure = {
    system: 'feeding',
    plan: 'Feeding plan v3',
    signed_by: 'Priya Nair, SLP',
    valid_until: '2027-06-30',
    texture: 'IDDSI 5',
    liquid: 'IDDSI 2',
    position: 'Upright, chin down',
    equipment: 'Cut-out cup',
  }
  const lunch = { meal: 'lunch', minutes: 26, eaten: 75, fluid_ml: 120, help: 'verbal', refusals: 1 }
  await look(plan, MealPanel, [
    [BEFORE, '11:34', { ...lunch, safety: ['cough'] }],
    [DAY, '08:30', { meal: 'snack', safety: ['choking'] }],
  ])
  await expect
    .element(page.getByTestId('screen'))
    .toMatchTextContent('2 meals on 2 days. Cough: 1 · Choking: 1')
  expect(rowsOf('Meals').map(([, ...cells]) => cells)).toEqual([
    ['Snack', 'Choking', '–', '–', '–', '–', '–', 'version 3'],
    ['Lunch', 'Cough', '75 %', '120 mL', '26', '1', 'With words', 'version 3'],
  ])
  expect(await axeFindings()).toEqual([])
})
