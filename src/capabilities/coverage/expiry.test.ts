import { expect, it } from 'vitest'
import { expiryOf, longest } from './expiry.ts'

it.each([
  // 2026-11-03 to 2026-12-01: 27 days of November and the first of December (AW-1)
  ['2026-12-01', 28, 30],
  ['2026-12-03', 30, 30],
  ['2026-12-04', 31, 60],
  ['2027-01-02', 60, 60],
  ['2026-11-10', 7, 7],
  ['2026-11-11', 8, 30],
  ['2026-11-03', 0, 7],
  ['2026-11-02', -1, 'over'],
])(
  'AW-1 a training whose last day is %s has %i days left on November 3 and is within %s',
  (to, left, stage) => {
    expect(expiryOf(to, '2026-11-03')).toEqual({ left, stage })
  },
)

it('says nothing of what ends in more than 60 days, or never', () => {
  expect(expiryOf('2027-01-03', '2026-11-03')).toBeNull()
  expect(expiryOf(null, '2026-11-03')).toBeNull()
})

it('takes of a training that was renewed the one that holds longest, with each student by itself', () => {
  const row = (task: string, student: string | null, to: string | null) => ({ task, student, to })
  const old = row('crisis_prevention', null, '2026-11-10')
  const renewed = row('crisis_prevention', null, '2027-11-10')
  const withOne = row('feeding', 'b', '2026-11-20')
  const forEver = row('lift', 'b', null)
  expect(longest([old, renewed, withOne, forEver, row('lift', 'b', '2027-01-01')])).toEqual([
    renewed,
    withOne,
    forEver,
  ])
  expect(longest([renewed, old])).toEqual([renewed])
})
