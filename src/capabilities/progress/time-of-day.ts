/**
 * The time of day at which a session began at the school. A year of points asks for it a thousand times, and asking the
 * zone each time takes longer than drawing them: a zone's distance from UTC is asked for once a week instead.
 */

const DAY_MINUTES = 1440
const WEEK_MS = 7 * DAY_MINUTES * 60_000
/** Before 1973 there are zones that are no whole minutes from UTC (tz database; Liberia was the last). */
const YEAR_1973 = Date.UTC(1973, 0)

const zones = new Map<string, (at: string) => string>()

/** `HH:MM` in an IANA zone, of an instant (ISO). Throws a RangeError for an unknown zone or a bad instant. */
export function timeOfDayIn(tz: string): (at: string) => string {
  const known = zones.get(tz)
  if (known) return known
  const made = clockOf(tz)
  zones.set(tz, made)
  return made
}

function clockOf(tz: string): (at: string) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: tz,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const faces: string[] = []
  const weeks = new Map<number, number>()
  const days = new Map<string, number | null>()

  return (at) => {
    const date = at.slice(0, 10)
    let ahead = days.get(date)
    if (ahead === undefined) days.set(date, (ahead = aheadOn(date)))
    // as all instants are written that a device has made: `2026-11-03T14:52:00.000Z`
    const isUsual = at.length === 24 && at.endsWith('Z')
    if (ahead === null || !isUsual) return format.format(new Date(at))
    const minute = (pairAt(at, 11) * 60 + pairAt(at, 14) + ahead) % DAY_MINUTES
    return (faces[minute] ??= `${two(Math.floor(minute / 60))}:${two(minute % 60)}`)
  }

  /** Minutes that the zone is ahead of UTC all through a day in UTC, 0 to 1439; null where they may change. */
  function aheadOn(date: string): number | null {
    const ms = Date.parse(date)
    const week = Math.floor(ms / WEEK_MS)
    // between two Thursdays no zone has changed its distance and changed it back (tz database)
    return ms >= YEAR_1973 && aheadAt(week) === aheadAt(week + 1) ? aheadAt(week) : null
  }

  /** Minutes that the zone is ahead of UTC when a week (since 1970) begins, 0 to 1439. */
  function aheadAt(week: number): number {
    const before = weeks.get(week)
    if (before !== undefined) return before
    const [hour = 0, minute = 0] = format
      .format(new Date(week * WEEK_MS))
      .split(':')
      .map(Number)
    // a week since 1970 begins at midnight in UTC
    const ahead = hour * 60 + minute
    weeks.set(week, ahead)
    return ahead
  }
}

/** The number that two digits of a text are. */
function pairAt(text: string, index: number): number {
  return 10 * (text.charCodeAt(index) - ZERO) + text.charCodeAt(index + 1) - ZERO
}

const ZERO = '0'.charCodeAt(0)

const two = (value: number): string => String(value).padStart(2, '0')
