import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Hand } from '../../../platform/web/testing-day.tsx'
import { cardOf, padOf, sessionsOf, type PadSchool } from './testing.tsx'

const key = (word: string | RegExp, goal: 'reading' | 'facts' = 'reading') =>
  cardOf(goal).getByRole('button', { name: word, ...(typeof word === 'string' && { exact: true }) })

test('reading: a tap a wrong word, a second one for a self-correction, then the last word', async () => {
  const { school, hand } = await padOf(['reading'])
  await key(/^By the river/).click()
  await key(/^Start at the first word/).click()
  hand.clock.advance(10_000)
  await key('ran').click()
  hand.clock.advance(5000)
  await key('mill').click()
  hand.clock.advance(3000)
  await key('mill wrong').click()
  hand.clock.advance(42_000)
  await expect.element(cardOf('reading')).toMatchTextContent('Tap the last word that was read')
  // read as far as “sat”, the eleventh word
  await key('sat').click()
  const [state] = sessionsOf(hand, school.plans.reading)
  expect(state?.summary.parts).toMatchObject({ attempted: 11, errors: 1, ms: 60_000 })
  await expect.element(cardOf('reading')).toMatchTextContent('words correct a minute')
  await expect.element(cardOf('reading')).toMatchTextContent('Accuracy 10/11 = 90.9%')
  await key('Finish').click()
  expect(sessionsOf(hand, school.plans.reading)[0]?.status).toBe('complete')
})

test('reading: a skipped line is its first word and its last; a word of it that was read after all is one tap', async () => {
  const { school, hand } = await padOf(['reading'])
  await key(/^By the river/).click()
  await key(/^Start at the first word/).click()
  hand.clock.advance(10_000)
  await key('A line was skipped').click()
  const words = cardOf('reading').getByRole('group', { name: 'By the river' }).getByRole('button')
  await words.nth(2).click()
  await words.nth(6).click()
  await expect.element(key('A line was skipped')).toHaveAttribute('aria-pressed', 'false')
  expect(codesOf(hand, school)).toEqual([3, 4, 5, 6, 7])
  hand.clock.advance(1000)
  await words.nth(6).click()
  expect(codesOf(hand, school)).toEqual([3, 4, 5, 6])
  await expect.element(cardOf('reading')).toMatchTextContent('0 wrong · 4 skipped')
  hand.clock.advance(49_000)
  await expect.element(cardOf('reading')).toMatchTextContent('Tap the last word that was read')
  await words.nth(10).click()
  const [state] = sessionsOf(hand, school.plans.reading)
  // the rule set of this program: each word of it is an error
  expect(state?.summary.parts).toMatchObject({ attempted: 11, errors: 4, ms: 60_000 })
})

test('AW-15: 92 attempted, 6 wrong, 60 s typed from paper: 86 a minute, 93.5 % right', async () => {
  const { school, hand } = await padOf(['reading'])
  await key('From paper: type the numbers').click()
  await userEvent.fill(cardOf('reading').getByLabelText('Attempted'), '92')
  await userEvent.fill(cardOf('reading').getByLabelText('Wrong'), '6')
  await key('Keep the numbers').click()
  await expect.element(cardOf('reading')).toMatchTextContent('86')
  await expect.element(cardOf('reading')).toMatchTextContent('Accuracy 86/92 = 93.5%')
  const [state] = sessionsOf(hand, school.plans.reading)
  expect(state?.summary).toMatchObject({ numerator: 86, denominator: 60_000 })
})

test('a passage that was read comes after those that were not, and says when', async () => {
  const { hand } = await padOf(['reading'])
  await key(/^By the river/).click()
  await key(/^Start at the first word/).click()
  hand.clock.advance(61_000)
  await key('Read to the end').click()
  await key('Finish').click()
  await cardOf('reading')
    .getByRole('button', { name: /^More for/ })
    .click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Run it again/ })
    .click()
  await expect.element(key(/^By the river.*read on Nov 3/)).toBeVisible()
  const [first] = cardOf('reading').getByRole('button', { name: /words/ }).elements()
  expect(first?.textContent).toContain('Market day')
})

test('other probes: the timer, and the digits typed', async () => {
  const { school, hand } = await padOf(['facts'])
  await key(/^Start the timer/, 'facts').click()
  hand.clock.advance(120_000)
  await expect.element(cardOf('facts')).toMatchTextContent('Time is up')
  await userEvent.fill(cardOf('facts').getByLabelText('Attempted'), '48')
  await userEvent.fill(cardOf('facts').getByLabelText('Wrong'), '4')
  await key('Keep the numbers', 'facts').click()
  // 44 digits in two minutes
  expect(sessionsOf(hand, school.plans.facts)[0]?.summary).toMatchObject({
    numerator: 44,
    denominator: 120_000,
  })
})

/** Which words are marked as skipped. */
function codesOf(hand: Hand, school: PadSchool): number[] {
  const [state] = sessionsOf(hand, school.plans.reading)
  return (state?.items ?? []).filter(({ code }) => code === 'skip').map(({ n }) => n)
}
