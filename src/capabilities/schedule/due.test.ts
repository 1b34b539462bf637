import { expect, test } from 'vitest'
import { completenessOf, loggedIn, type RunIs } from './due.ts'

test('AW-27 24 of 25 recorded are 96 %, the last one has a reason: nothing is left', () => {
  const day: RunIs[] = [...Array<RunIs>(24).fill('recorded'), 'not_run']
  const found = completenessOf(day)
  expect(found).toEqual({ numerator: 24, denominator: 25, reasons: 1, left: 0 })
  expect((100 * found.numerator) / found.denominator).toBe(96)
})

test('what is due and what still runs stands between here and going home', () => {
  expect(completenessOf(['recorded', 'due', 'open', 'not_run'])).toMatchObject({ numerator: 1, left: 2 })
  // nothing was planned: no percentage at all
  expect(completenessOf([])).toEqual({ numerator: 0, denominator: 0, reasons: 0, left: 0 })
})

test('a visit belongs to the routine that it is nearest to', () => {
  const morning = { start: '2026-11-03T16:00:00Z', end: '2026-11-03T16:10:00Z' }
  const noon = { start: '2026-11-03T19:20:00Z', end: '2026-11-03T19:45:00Z' }
  const visit = [{ at: '2026-11-03T15:55:00Z' }]
  expect(loggedIn(visit, morning, [morning, noon])).toBe(true)
  expect(loggedIn(visit, noon, [morning, noon])).toBe(false)
  expect(loggedIn([], morning, [morning, noon])).toBe(false)
  // hours before, it was another one
  expect(loggedIn([{ at: '2026-11-03T14:10:00Z' }], morning, [morning, noon])).toBe(false)
})
