import { expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { DAY, Screen, type Hand } from '../../../platform/web/testing-day.tsx'
import type { Program } from '../../sessions/program.ts'
import type { Measure } from '../../sessions/records.ts'
import { careView } from '../rules.ts'
import MealPad from './MealPad.tsx'
import { carePlan } from './testing.ts'
import VisitPad from './VisitPad.tsx'

/** Maya with one program of B.K.’s at 8:52. */
async function maya(measure: Measure, pad: typeof VisitPad) {
  const { school, hand, program } = await carePlan(measure, 1)
  const Pad = pad
  await show(
    <Screen hand={hand}>
      <Pad program={program} initials="B.K." setting="Room 12" day={DAY} />
    </Screen>,
  )
  return { school, hand, program }
}

function entries(hand: Hand, program: Program) {
  return hand.device.statesOf(careView, `program:${program.id}`).flatMap(({ state }) => state.entries)
}

const VISITS: Measure = {
  system: 'toileting',
  times: ['08:50', '10:50'],
  tolerance_min: 10,
  second_adult: true,
}
const MEALS: Measure = {
  system: 'feeding',
  plan: 'Feeding plan v3',
  signed_by: 'Priya Nair, SLP',
  valid_until: '2027-06-30',
  texture: 'IDDSI 5',
  liquid: 'IDDSI 2',
  position: 'Upright, chin down',
  equipment: 'Cut-out cup',
}

test('AW-12: a visit is three taps, with what is usual already there; the pad says nothing of what it is', async () => {
  const { school, hand, program } = await maya(VISITS, VisitPad)
  const pad = page.getByTestId('screen')
  await expect.element(pad).toMatchTextContent('due 8:50')
  expect(pad.element().textContent).not.toMatch(/toilet|bathroom|urine/i)
  let taps = 0
  const count = (event: MouseEvent) => (taps += event.detail > 0 ? 1 : 0)
  document.addEventListener('click', count, { capture: true })
  onTestFinished(() => document.removeEventListener('click', count, { capture: true }))
  await page.getByRole('button', { name: 'Log care' }).click()
  await page.getByRole('dialog').getByText('Urine').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click()
  expect(taps).toBe(3)
  await expect.element(page.getByRole('status')).toMatchTextContent('B.K.: care logged')
  expect(entries(hand, program)).toMatchObject([
    { visit: 'scheduled', result: 'urine', clothing: 'dry', changed: false, skin_concern: false },
  ])
  await expect.element(pad).toMatchTextContent('next 10:50')
  await hand.sync()
  expect(school.server.rows.at(-1)?.envelope.kind).toBe('care.toileting')
})

test('AW-16: a cough stops the meal: the card takes the screen, records at once, and cannot be left by accident', async () => {
  const { hand, program } = await maya(MEALS, MealPad)
  await page.getByRole('button', { name: 'Safety event' }).click()
  const card = page.getByRole('alertdialog')
  await card.getByText('Cough').click()
  await expect.poll(() => entries(hand, program)).toMatchObject([{ safety: ['cough'] }])
  // neither Escape nor a press beside it nor the button alone
  await userEvent.keyboard('{Escape}')
  await expect.element(card).toBeVisible()
  await expect.element(card.getByRole('button', { name: 'Leave this card' })).toBeDisabled()
  await card.getByText('Wet voice').click()
  await expect.poll(() => entries(hand, program)).toMatchObject([{ safety: ['cough', 'wet_voice'] }])
  await card.getByText('The nurse has been called').click()
  await card.getByRole('button', { name: 'Leave this card' }).click()
  await expect.poll(() => page.getByRole('alertdialog').query()).toBeNull()
  // how far the meal had come, now that the student is safe
  const sheet = page.getByRole('dialog')
  await sheet.getByText('50', { exact: true }).click()
  await userEvent.fill(sheet.getByLabelText('Minutes'), '26')
  await userEvent.fill(sheet.getByLabelText('Drunk, mL'), '60')
  await sheet.getByRole('button', { name: 'Keep it' }).click()
  await expect
    .poll(() => entries(hand, program))
    .toMatchObject([{ safety: ['cough', 'wet_voice'], eaten: 50, minutes: 26, fluid_ml: 60 }])
})

test('a meal is logged with its numbers', async () => {
  const { hand, program } = await maya(MEALS, MealPad)
  await page.getByRole('button', { name: 'Log care' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByText('75', { exact: true }).click()
  await userEvent.fill(sheet.getByLabelText('Minutes'), '26')
  await userEvent.fill(sheet.getByLabelText('Drunk, mL'), '120')
  await sheet.getByRole('button', { name: 'Keep it' }).click()
  expect(entries(hand, program)).toMatchObject([
    { meal: 'breakfast', eaten: 75, minutes: 26, fluid_ml: 120, refusals: 0, safety: [] },
  ])
})

test('without a plan that holds today nobody feeds and nothing can be logged', async () => {
  await maya({ ...MEALS, valid_until: '2026-11-02' }, MealPad)
  await expect.element(page.getByTestId('screen')).toMatchTextContent('Do not feed')
  expect(page.getByRole('button').elements()).toEqual([])
})

test('axe finds nothing in the sheets of care and on the stop card, light and dark', async () => {
  await maya(MEALS, MealPad)
  await page.getByRole('button', { name: 'Safety event' }).click()
  await page.getByRole('alertdialog').getByText('Gag').click()
  for (const theme of ['light', 'dark']) {
    document.documentElement.dataset['theme'] = theme
    await vi.waitFor(async () => expect(await axeFindings()).toEqual([]), { timeout: 5000 })
  }
  delete document.documentElement.dataset['theme']
})
