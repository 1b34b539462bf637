/**
 * School days. A day is the calendar date at the school (`YYYY-MM-DD`), never a UTC date: a record made at
 * 16:30 in Chicago belongs to that day even when UTC already says tomorrow (F18).
 */
import { Temporal } from 'temporal-polyfill'

/** A calendar date, `YYYY-MM-DD`. */
export type Day = string

/** By zone in lower case: a zone has as many spellings as one likes, and a formatter weighs 15 kB outside the heap. */
const formatters = new Map<string, Intl.DateTimeFormat>()

/**
 * Days by zone and quarter of an hour. Since 1973 every zone is whole quarters from UTC (tz database; Liberia was the
 * last to change), so no day ends within one.
 */
const known = new Map<string, Day>()
const QUARTER_MS = 900_000
const MAX_KNOWN = 10_000
const YEAR_1973 = Date.UTC(1973, 0)

/** The calendar date of an instant in an IANA zone. Throws a RangeError for an unknown zone or a bad instant. */
export function dayOf(at: string | number, tz: string): Day {
  const ms = typeof at === 'number' ? at : Date.parse(at)
  // `at` as it came, for its error
  if (!(ms >= YEAR_1973)) return formattedDay(at, tz)
  const key = `${tz} ${Math.floor(ms / QUARTER_MS)}`
  const before = known.get(key)
  if (before !== undefined) return before
  const day = formattedDay(ms, tz)
  if (known.size >= MAX_KNOWN) known.clear()
  known.set(key, day)
  return day
}

function formattedDay(at: string | number, tz: string): Day {
  const zone = tz.toLowerCase()
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: tz,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    formatters.set(zone, formatter)
  }
  const parts = Object.fromEntries(
    formatter.formatToParts(new Date(at)).map((part) => [part.type, part.value]),
  )
  return `${parts['year']?.padStart(4, '0')}-${parts['month']}-${parts['day']}`
}

/** The instant (ISO, UTC, milliseconds) of a wall-clock time `HH:MM[:SS]` on a day in a zone. */
export function instantOf(day: Day, time: string, tz: string): string {
  const zoned = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: tz, plainTime: time })
  return new Date(zoned.epochMilliseconds).toISOString()
}

/** Whole calendar days from `a` to `b` (negative when b is earlier). */
export function daysBetween(a: Day, b: Day): number {
  return Math.round((Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / 86_400_000)
}

/** The day `n` calendar days after `day`. */
export function addDays(day: Day, n: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(day: Day): number {
  return ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
}
