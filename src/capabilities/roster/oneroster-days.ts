/** Days of a roster as it writes them, and the instants at which they begin and end at the school. */
import { addDays, instantOf, type Day } from '../../platform/core/days.ts'

export interface Midnights {
  /** The first instant of a day, ISO UTC. */
  startOf(day: Day): string
  /** The first instant after a day, ISO UTC. */
  endOf(day: Day): string
}

/** Midnights in an IANA zone; each day is worked out once, because a roster names few days very often. */
export function midnightsIn(tz: string): Midnights {
  const known = new Map<Day, string>()
  const startOf = (day: Day): string => {
    const instant = known.get(day) ?? instantOf(day, '00:00', tz)
    known.set(day, instant)
    return instant
  }
  return { startOf, endOf: (day) => startOf(addDays(day, 1)) }
}

/** The calendar day of a date or date-time as the format writes it (ISO 8601), or null for anything else. */
export function dayFrom(text: string): Day | null {
  const day = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(text)?.[1]
  if (day === undefined) return null
  const parsed = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day) ? day : null
}

/** The first of some days; null stands for no limit and loses. */
export function earliest(days: readonly (Day | null)[]): Day | null {
  return days.filter((day) => day !== null).toSorted()[0] ?? null
}

/** The last of some days; null stands for no limit and loses. */
export function latest(days: readonly (Day | null)[]): Day | null {
  return (
    days
      .filter((day) => day !== null)
      .toSorted()
      .at(-1) ?? null
  )
}
