/** Expected values counted by hand on the calendar of fall 2026: 7 September is a Monday. */
import { expect, test } from 'vitest'
import { buildGraph } from './rules.ts'
import { counted, countSession, input, program, session, weekdays } from './testing.ts'
import { weekdaysOf } from './weekdays.ts'

const DAYS = weekdays('2026-09-07', '2026-10-02')
/** Four weeks, every Monday two more than the other days. */
const COUNTS = DAYS.map((day, n) => countSession(day, (n % 5 === 0 ? 6 : 4) + Math.floor(n / 5), 30))
const body = program({ measure: counted('count'), direction: 'decrease' })
const graph = (sessions = COUNTS, phases: Parameters<typeof input>[1] = {}) =>
  buildGraph(input(sessions, { program: body, schoolDays: DAYS, ...phases }))
const line = (from: string) => ({
  phases: [
    {
      id: from,
      author: 'reyes',
      body: { label: 'Breaks', condition: 'intervention' as const, from, major: true, why: '' },
    },
  ],
})

test('Mondays with Mondays: median, range and how many', () => {
  const found = weekdaysOf(graph())
  // Mondays 6, 7, 8, 9; Tuesdays 4, 5, 6, 7
  expect(found?.rows.slice(0, 2)).toEqual([
    { weekday: 1, days: [{ n: 4, level: { median: 7.5, n: 4, min: 6, max: 9 } }] },
    { weekday: 2, days: [{ n: 4, level: { median: 5.5, n: 4, min: 4, max: 7 } }] },
  ])
  expect(found?.enough).toBe(true)
  // Friday, 2 October: 7, after 4, 5, 6
  expect(found?.newest).toMatchObject({ weekday: 5, value: 7, before: { n: 3, level: { median: 5 } } })
})

test('two of a weekday have no value of their own, and one weekday with enough compares nothing', () => {
  const some = [0, 5, 10, 1, 6].flatMap((n) => COUNTS[n] ?? [])
  const found = weekdaysOf(graph(some))
  expect(found?.rows).toMatchObject([
    { weekday: 1, days: [{ n: 3, level: { median: 7 } }] },
    { weekday: 2, days: [{ n: 2, level: null }] },
  ])
  expect(found?.enough).toBe(false)
})

test('the stretch before a major line stands beside the one after it, never in it', () => {
  const found = weekdaysOf(graph(COUNTS, line('2026-09-21')))
  expect(found?.phases).toEqual([0, 1])
  // Mondays 6, 7 before, 8, 9 after: too few on either side
  expect(found?.rows[0]?.days).toEqual([
    { n: 2, level: null },
    { n: 2, level: null },
  ])
})

test('points that do not count are left out', () => {
  const short = countSession('2026-10-05', 30, 30)
  const below = { ...short, summary: { ...short.summary, validity: 'below_min' as const } }
  expect(weekdaysOf(graph([...COUNTS, below]))).toEqual(weekdaysOf(graph()))
})

test('always on one weekday, or answers of yes and no: nothing to compare', () => {
  expect(weekdaysOf(graph(COUNTS.filter((_, n) => n % 5 === 0)))).toBeNull()
  const probe = program({ measure: { system: 'probe' } })
  const asked = DAYS.map((day) =>
    session(day, 1, 1, {
      measure: { system: 'probe' },
      summary: { metric: 'probe', numerator: 1, denominator: 1, opportunities: 1, validity: 'valid' },
    }),
  )
  expect(weekdaysOf(buildGraph(input(asked, { program: probe })))).toBeNull()
})
