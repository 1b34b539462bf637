import { expect, test } from 'vitest'
import { instantAt, wallClock } from './wall-clock.ts'

const CHICAGO = 'America/Chicago'

// US clocks go forward on 2027-03-14 and back on 2026-11-01, at 2:00; Chicago is UTC−6, in summer UTC−5.
test.each([
  ['2026-11-03T08:52', '2026-11-03T14:52:00.000Z'],
  ['2026-10-31T08:52', '2026-10-31T13:52:00.000Z'],
  ['2026-11-01T00:30', '2026-11-01T05:30:00.000Z'],
  ['2026-11-01T03:30', '2026-11-01T09:30:00.000Z'],
  ['2027-03-14T01:59', '2027-03-14T07:59:00.000Z'],
  ['2027-03-14T03:01', '2027-03-14T08:01:00.000Z'],
  ['2026-12-31T23:59', '2027-01-01T05:59:00.000Z'],
])('%s in Chicago is %s, and back', (shown, instant) => {
  expect(new Date(instantAt(shown, CHICAGO) ?? 0).toISOString()).toBe(instant)
  expect(wallClock(Date.parse(instant), CHICAGO)).toBe(shown)
})

test('works east of Greenwich, and with half hours', () => {
  expect(instantAt('2026-11-03T08:52', 'Asia/Kolkata')).toBe(Date.parse('2026-11-03T03:22:00Z'))
})

test('what is no time is nothing', () => {
  expect(instantAt('', CHICAGO)).toBeNull()
  expect(instantAt('tomorrow', CHICAGO)).toBeNull()
})
