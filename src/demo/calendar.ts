/**
 * The school days of Cedar Bend: 2025-26 whole, 2026-27 until Thanksgiving, A and B days in turn. The demo's
 * "today" is Tuesday 2026-11-03, a B day. Days without a row are not school days.
 */
import { addDays, instantOf, weekday, type Day } from '../platform/core/days.ts'
import type { Uuid } from '../platform/core/ids.ts'
import type { SchoolDay } from '../capabilities/schedule/model.ts'

export const TZ = 'America/Chicago'
export const TODAY: Day = '2026-11-03'
/** Where the demo clock starts: Tuesday 8:52 at the school. */
export const START_TIME = '08:52'

interface Year {
  readonly first: Day
  readonly last: Day
  /** First and last day of each closure. */
  readonly closed: readonly (readonly [from: Day, to: Day])[]
}

const YEARS: readonly Year[] = [
  {
    first: '2025-08-25',
    last: '2026-06-04',
    closed: [
      ['2025-09-01', '2025-09-01'], // Labor Day
      ['2025-10-10', '2025-10-13'], // conferences, Indigenous Peoples' Day
      ['2025-11-11', '2025-11-11'], // Veterans Day
      ['2025-11-26', '2025-11-28'], // Thanksgiving
      ['2025-12-22', '2026-01-02'], // winter break
      ['2026-01-19', '2026-01-19'], // Martin Luther King Jr. Day
      ['2026-01-26', '2026-01-26'], // snow
      ['2026-02-16', '2026-02-16'], // Presidents' Day
      ['2026-03-23', '2026-03-27'], // spring break
      ['2026-04-03', '2026-04-03'], // staff day
      ['2026-05-25', '2026-05-25'], // Memorial Day
    ],
  },
  {
    first: '2026-08-25',
    last: '2026-11-24',
    closed: [
      ['2026-09-07', '2026-09-07'], // Labor Day
      ['2026-10-09', '2026-10-12'], // conferences, Indigenous Peoples' Day
      ['2026-11-11', '2026-11-11'], // Veterans Day
    ],
  },
]

/** Days that do not run as usual: students go home at noon the day before the holiday, and on a day of training. */
const VARIANTS: Readonly<Record<Day, string>> = {
  '2026-11-06': 'early_release',
  '2026-11-24': 'early_release',
}

/** Every school day of both years, ascending. The first day of a year is an A day. */
export function schoolDaysOf(school: Uuid): SchoolDay[] {
  return YEARS.flatMap((year) =>
    openDays(year).map((day, n) => {
      const variant = VARIANTS[day]
      return { school, day, type: n % 2 === 0 ? 'A' : 'B', ...(variant ? { variant } : {}) }
    }),
  )
}

/** Milliseconds since the epoch of a wall-clock time `HH:MM[:SS]` at the school. */
export function timeOf(day: Day, time: string): number {
  const key = `${day}T${time}`
  const known = times.get(key)
  if (known !== undefined) return known
  const ms = Date.parse(instantOf(day, time, TZ))
  times.set(key, ms)
  return ms
}
/** Zone arithmetic is slow, and the same few times of a day are asked for thousands of records. */
const times = new Map<string, number>()

/** An instant as records write it. */
export function instant(ms: number): string {
  return new Date(ms).toISOString()
}

function openDays(year: Year): Day[] {
  const days: Day[] = []
  for (let day = year.first; day <= year.last; day = addDays(day, 1)) {
    const closed = year.closed.some(([from, to]) => from <= day && day <= to)
    if (weekday(day) <= 5 && !closed) days.push(day)
  }
  return days
}
