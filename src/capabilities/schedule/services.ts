/**
 * Minutes of a service: what the plan requires, what sessions gave, what is short and why (domain H.1). Given minutes
 * come from sessions that were held, never from the timetable. Pure: "today" is handed in. Minutes are kept in
 * milliseconds and shares of a period as whole numbers, so that no comparison is rounded.
 */
import { addDays, weekday, type Day } from '../../platform/core/days.ts'
import type { Per, ServiceRequirement } from './model.ts'
import { NO_TERMS, periodOf, type Period, type Terms } from './periods.ts'

/** A session that was held and is over, on one school day. */
export interface Given {
  readonly day: Day
  /** Instants, ms. */
  readonly from: number
  readonly to: number
  /** Milliseconds in which it ran: without its pauses. */
  readonly ms: number
  /** The device's clock was wrong, and nobody has stood for its times yet. */
  readonly unsure?: boolean
}

export const SHORT_REASONS = [
  'student_absent',
  'school_closed',
  'staff_absent',
  'student_refused',
  'event',
  'other',
  'unknown',
] as const
export type ShortReason = (typeof SHORT_REASONS)[number]

/** A day on which a program of the service was not run, and what was said about it. */
export interface Missed {
  readonly day: Day
  readonly reason: Exclude<ShortReason, 'unknown'>
}

/** What the case manager or a teacher decided about minutes that were missed in the period that begins on `period`. */
export interface Decided {
  readonly period: Day
  readonly minutes: number
  /** The day on which they are made up; null = they need not be. */
  readonly on: Day | null
}

export interface Facts {
  /** Days on which the school is open, ascending. */
  readonly schoolDays: readonly Day[]
  /** Days of the week on which it was closed although it is the school year. */
  readonly closed: readonly Day[]
  readonly given: readonly Given[]
  readonly missed: readonly Missed[]
  /** In the order in which they were decided. */
  readonly decided: readonly Decided[]
  /** The school's own quarters and terms; absent: it has told none. */
  readonly terms?: Terms
}

export interface Thresholds {
  /** Percent of what is required to date: from here on green, from here on amber, else red. */
  readonly amber: number
  readonly red: number
}

export interface Delivery {
  readonly period: Period
  /** School days of the period in which the service holds: all, and those before today. */
  readonly days: number
  readonly elapsed: number
  /** The whole period, and to date, ms. */
  readonly requiredMs: number
  readonly dueMs: number
  /** What was given in it, and for it on another day. */
  readonly givenMs: number
  /** Of what was given on its days: what rests on sessions whose times nobody has stood for. Not final (domain C.3). */
  readonly unsureMs: number
  readonly madeUpMs: number
  /** What need not be given, as was decided. */
  readonly excusedMs: number
  /** What is still to come, as was decided, on a day that is not over. */
  readonly plannedMs: number
  readonly shortMs: number
  /** Parts of `shortMs`. */
  readonly reasons: readonly { readonly reason: ShortReason; readonly ms: number }[]
  /** Null: nothing is due to date, so there is no share of it. */
  readonly color: 'green' | 'amber' | 'red' | null
  /** What it would come to at the end of the period at the pace so far; null before there is one. */
  readonly paceMs: number | null
}

const MINUTE = 60_000

/**
 * A service over the periods from `since` to the one in which `today` lies, the oldest first. A service by the day is
 * looked at by the week. Today is not over, so it is not due; what was given today counts.
 */
export function deliveriesOf(
  service: Pick<ServiceRequirement, 'minutes' | 'per' | 'sessions' | 'from' | 'to'>,
  facts: Facts,
  today: Day,
  since: Day,
  thresholds: Thresholds,
): Delivery[] {
  const terms = facts.terms ?? NO_TERMS
  const given = givenByDay(facts.given)
  const unsure = unsureByDay(facts.given, given)
  const decided = facts.decided.map((one) => ({ ...one, period: countsFor(one.period) }))
  const madeUp = moveMadeUp(service.per, decided, given, terms)
  const deliveries: Delivery[] = []
  const start = since > service.from ? since : service.from
  for (
    let period = periodOf(service.per, start, terms);
    period.from <= today && (service.to === null || period.from <= service.to);
    period = periodOf(service.per, addDays(period.to, 1), terms)
  )
    if (!period.of || happens(period)) deliveries.push(deliveryIn(period))
  return deliveries

  /** Between two terms there is nothing to tell of, unless there is school. */
  function happens({ from, to }: Period): boolean {
    const within = (day: Day) => from <= day && day <= to
    return facts.schoolDays.some(within) || [...given.keys()].some(within)
  }

  /** What was decided before the school told its terms counts for the one that begins where the period did. */
  function countsFor(day: Day): Day {
    const period = periodOf(service.per, day, terms)
    const told = !period.of || happens(period)
    return told ? period.from : periodOf(service.per, addDays(period.to, 1), terms).from
  }

  function deliveryIn(period: Period): Delivery {
    const open = facts.schoolDays.filter((day) => period.from <= day && day <= period.to)
    const held = open.filter((day) => service.from <= day && (service.to === null || day <= service.to))
    const elapsed = held.filter((day) => day < today)
    // of a part of a period only its share is required, by its weekdays: a closed day takes nothing from it
    const weekdays = weekdaysOf(period.of ?? period)
    const within = weekdaysOf(period).filter(
      (day) => service.from <= day && (service.to === null || day <= service.to),
    )
    const wholeMs =
      service.per === 'day'
        ? service.minutes * MINUTE * held.length
        : (service.minutes * MINUTE * within.length) / weekdays.length
    const requiredMs = held.length === 0 ? 0 : wholeMs
    const dueMs = held.length === 0 ? 0 : (requiredMs * elapsed.length) / held.length
    let givenMs = 0
    // what was given before the service held is that of the one before it
    const holds = (day: Day) => service.from <= day && (service.to === null || day <= service.to)
    for (const [day, ms] of given) if (period.from <= day && day <= period.to && holds(day)) givenMs += ms
    let unsureMs = 0
    for (const [day, ms] of unsure) if (period.from <= day && day <= period.to && holds(day)) unsureMs += ms
    const madeUpMs = madeUp.get(period.from) ?? 0
    const here = decided.filter((one) => one.period === period.from)
    const excusedMs = sum(here.flatMap(({ on, minutes }) => (on === null ? [minutes * MINUTE] : [])))
    const plannedMs = sum(
      here.flatMap(({ on, minutes }) => (on !== null && on >= today ? [minutes * MINUTE] : [])),
    )
    const owedMs = Math.max(0, dueMs - excusedMs)
    const shortMs = Math.max(0, owedMs - givenMs - madeUpMs)
    return {
      period,
      days: held.length,
      elapsed: elapsed.length,
      requiredMs: Math.round(requiredMs),
      dueMs: Math.round(dueMs),
      givenMs,
      unsureMs,
      madeUpMs,
      excusedMs,
      plannedMs,
      shortMs: Math.round(shortMs),
      reasons: reasonsOf(period, elapsed, open.length, Math.round(shortMs)),
      color: colorOf(givenMs + madeUpMs, owedMs, thresholds),
      paceMs: elapsed.length === 0 ? null : Math.round((givenMs * held.length) / elapsed.length),
    }
  }

  /** One occasion for each day that was missed with a reason; what is left over has none. */
  function reasonsOf(period: Period, elapsed: readonly Day[], open: number, shortMs: number) {
    const occasions = service.per === 'day' ? 1 : (service.sessions ?? Math.max(open, 1))
    const occasionMs = Math.round((service.minutes * MINUTE) / occasions)
    const reasonOn = new Map<Day, ShortReason>()
    for (const { day, reason } of facts.missed)
      if (elapsed.includes(day) && !given.has(day) && !reasonOn.has(day)) reasonOn.set(day, reason)
    for (const day of facts.closed)
      if (period.from <= day && day <= period.to && day < today) reasonOn.set(day, 'school_closed')
    const parts = new Map<ShortReason, number>()
    let left = shortMs
    for (const [, reason] of [...reasonOn].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const ms = Math.min(left, occasionMs)
      if (ms > 0) parts.set(reason, (parts.get(reason) ?? 0) + ms)
      left -= ms
    }
    if (left > 0) parts.set('unknown', left)
    return SHORT_REASONS.flatMap((reason) => {
      const ms = parts.get(reason)
      return ms === undefined ? [] : [{ reason, ms }]
    })
  }
}

/** What waits for a decision: of periods that are over, what is short and neither planned nor excused. */
export function waitingOf(deliveries: readonly Delivery[], today: Day): Delivery[] {
  return deliveries.filter(({ period, shortMs, plannedMs }) => period.to < today && shortMs > plannedMs)
}

function weekdaysOf({ from, to }: Period): Day[] {
  const days: Day[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) if (weekday(day) <= 5) days.push(day)
  return days
}

/**
 * Several programs may run at once, and time that is spent once counts once: of a day never more than the sessions ran,
 * and never more than the time between their begins and ends that any of them covers.
 */
function givenByDay(given: readonly Given[]): Map<Day, number> {
  const byDay = new Map<Day, Given[]>()
  for (const one of given) byDay.set(one.day, [...(byDay.get(one.day) ?? []), one])
  return new Map(
    [...byDay].map(([day, some]) => {
      let covered = 0
      let until = -Infinity
      for (const { from, to } of some.toSorted((a, b) => a.from - b.from)) {
        covered += Math.max(0, to - Math.max(from, until))
        until = Math.max(until, to)
      }
      return [day, Math.min(covered, sum(some.map(({ ms }) => ms)))]
    }),
  )
}

/** What each day would have less without the sessions whose times are in doubt. */
function unsureByDay(given: readonly Given[], all: ReadonlyMap<Day, number>): Map<Day, number> {
  const sure = givenByDay(given.filter((one) => !one.unsure))
  return new Map([...all].map(([day, ms]) => [day, Math.max(0, ms - (sure.get(day) ?? 0))]))
}

/** Takes what was made up from the day on which it was given; by the first day of the period for which it counts. */
function moveMadeUp(
  per: Per,
  decided: readonly Decided[],
  given: Map<Day, number>,
  terms: Terms,
): Map<Day, number> {
  const moved = new Map<Day, number>()
  for (const { period, minutes, on } of decided) {
    if (on === null || periodOf(per, on, terms).from === period) continue
    const there = given.get(on) ?? 0
    const ms = Math.min(there, minutes * MINUTE)
    if (ms === 0) continue
    given.set(on, there - ms)
    moved.set(period, (moved.get(period) ?? 0) + ms)
  }
  return moved
}

function colorOf(givenMs: number, owedMs: number, { amber, red }: Thresholds): Delivery['color'] {
  if (owedMs <= 0) return null
  const percent = (givenMs * 100) / owedMs
  return percent >= amber ? 'green' : percent >= red ? 'amber' : 'red'
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
