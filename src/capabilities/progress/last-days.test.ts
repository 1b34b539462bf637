import { expect, test } from 'vitest'
import { addDays } from '../../platform/core/days.ts'
import { lastDays } from './last-days.ts'
import { session } from './testing.ts'

const probe = (daysAgo: number, yes: 0 | 1, of = 1) => ({
  state: session(addDays('2026-11-03', -daysAgo), yes, of, { session: `p${daysAgo}` }),
})

test('C13 the newest ten days with a probe: 7 of 10, whatever the days before came to', () => {
  const newest = [1, 1, 0, 1, 1, 0, 1, 1, 0, 1] as const
  const older = [0, 0, 0].map((yes, n) => probe(20 + n, yes as 0))
  expect(lastDays([...newest.map((yes, n) => probe(n, yes)), ...older])).toEqual({
    days: 10,
    numerator: 7,
    denominator: 10,
  })
})

test('G10 a day without a probe is no day and no “not yet”', () => {
  expect(lastDays([])).toBeNull()
  expect(lastDays([probe(0, 1), probe(9, 0, 0)])).toEqual({ days: 1, numerator: 1, denominator: 1 })
})
