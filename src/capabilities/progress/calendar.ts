/** Days as numbers on an axis, and the breaks of a school year. */
import { addDays, daysBetween, type Day } from '../../platform/core/days.ts'

const EPOCH: Day = '1970-01-01'

/** A graph asks for the number of each of its days several times. */
const known = new Map<Day, number>()
const MAX_KNOWN = 20_000

/** Whole days since 1970-01-01. */
export function dayNumber(day: Day): number {
  const before = known.get(day)
  if (before !== undefined) return before
  const number = daysBetween(EPOCH, day)
  if (known.size >= MAX_KNOWN) known.clear()
  known.set(day, number)
  return number
}

/** The day of a (fractional) day number. */
export const dayAt = (number: number): Day => addDays(EPOCH, Math.round(number))

export interface SchoolCalendar {
  /** Takes a day number. */
  isSchoolDay(day: number): boolean
}

/** Outside the range of the given days (ascending) Monday to Friday are taken as school days. */
export function schoolCalendar(schoolDays: readonly Day[]): SchoolCalendar {
  const held = new Set(schoolDays.map(dayNumber))
  const first = dayNumber(schoolDays[0] ?? EPOCH)
  const last = dayNumber(schoolDays.at(-1) ?? EPOCH)
  const known = (day: number) => held.size > 0 && first <= day && day <= last
  return { isSchoolDay: (day) => (known(day) ? held.has(day) : isWeekday(day)) }
}

/** More days than this without data are a break in the line (domain C.0 rule 10). */
const MOST = 10

/**
 * The break between two days of data: `break` when school was closed for more than ten weekdays in a row,
 * `no_data` when it was held on more than ten days between them. Null when the two may be joined.
 */
export function breakBetween(
  a: Day,
  b: Day,
  calendar: SchoolCalendar,
): { readonly kind: 'break' | 'no_data'; readonly count: number } | null {
  const [from, to] = [dayNumber(a) + 1, dayNumber(b)]
  if (to - from <= MOST) return null
  let held = 0
  let closed = 0
  let longest = 0
  for (let day = from; day < to; day++) {
    if (calendar.isSchoolDay(day)) {
      held += 1
      closed = 0
    } else if (isWeekday(day)) {
      closed += 1
      longest = Math.max(longest, closed)
    }
  }
  if (longest > MOST) return { kind: 'break', count: longest }
  return held > MOST ? { kind: 'no_data', count: held } : null
}

/** 1970-01-01 was a Thursday, so Mondays are 4 more than a multiple of seven. */
function isWeekday(day: number): boolean {
  return (((day - 4) % 7) + 7) % 7 < 5
}
