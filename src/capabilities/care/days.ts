/** What a school day of care comes to (domain C18, C19), and which visits are due. Nothing recorded is never 0. */
import type { Day } from '../../platform/core/days.ts'
import { minuteOf, minutesIn } from '../sessions/log.ts'
import type { MeasureOf } from '../sessions/measures.ts'
import { median } from '../sessions/systems/system.ts'
import type { FeedingBody, ToiletingBody } from './records.ts'
import type { CareLog, Meal, Visit } from './rules.ts'

export interface ToiletingDay {
  /** Scheduled visits with a result ÷ scheduled visits; null when there was none. */
  readonly successes: { readonly numerator: number; readonly denominator: number } | null
  readonly accidents: number
  /** Visits that the student asked for or began. */
  readonly initiations: number
  /**
   * Median of the minutes from one elimination to the next of the day, in the toilet or not, as (a + b) ÷ 2 or a ÷ 1.
   * Null with fewer than two.
   */
  readonly dryInterval: { readonly numerator: number; readonly denominator: number } | null
  readonly visits: number
}

/** A day of the logs of one program; null when nothing was recorded on it. */
export function toiletingDay(logs: readonly CareLog[], day: Day): ToiletingDay | null {
  const visits = entriesOf(logs, day).filter((entry) => entry.noun === 'toileting')
  if (visits.length === 0) return null
  const scheduled = visits.filter((one) => one.visit === 'scheduled')
  const eliminations = visits.filter(isElimination).map((one) => Math.floor(Date.parse(one.at) / 60_000))
  const between = eliminations.slice(1).map((at, index) => at - (eliminations[index] ?? at))
  const [numerator, denominator] = median(between)
  return {
    successes:
      scheduled.length === 0
        ? null
        : { numerator: scheduled.filter(isElimination).length, denominator: scheduled.length },
    accidents: visits.filter((one) => one.visit === 'accident').length,
    initiations: visits.filter((one) => one.visit === 'initiated').length,
    dryInterval: denominator === 0 ? null : { numerator, denominator },
    visits: visits.length,
  }
}

export type StepName = keyof ToiletingBody['steps']

/** How much help a step took, of the visits on which somebody said it. */
export interface StepHelp {
  readonly step: StepName
  readonly independent: number
  readonly verbal: number
  readonly physical: number
}

const STEPS: readonly StepName[] = ['sit', 'wipe', 'dress', 'flush', 'wash']

/** The steps of the visits of those days, in their order; a step that nobody did is left out. */
export function stepHelp(logs: readonly CareLog[], days: readonly Day[]): StepHelp[] {
  const visits = visitsOf(logs, days)
  return STEPS.flatMap((step) => {
    const said = visits.flatMap((visit) => visit.steps[step] ?? [])
    const count = (help: (typeof said)[number]) => said.filter((one) => one === help).length
    if (said.length === 0) return []
    return { step, independent: count('independent'), verbal: count('verbal'), physical: count('physical') }
  })
}

/** What a visit came to, for a grid: in the toilet, nothing there, refused, an accident, or only a dry check. */
export type VisitSign = 'success' | 'nothing' | 'refused' | 'accident' | 'check'

/** Hours of the clock that have visits × the days: the visits of each cell, in order of time. */
export function visitsByHour(
  logs: readonly CareLog[],
  days: readonly Day[],
): { readonly hour: number; readonly cells: readonly (readonly VisitSign[])[] }[] {
  const tz = logs[0]?.tz ?? 'UTC'
  const visits = visitsOf(logs, days).map((visit) => ({
    day: visit.day,
    hour: Math.floor(minuteOf(visit.at, tz) / 60),
    sign: signOf(visit),
  }))
  const hours = [...new Set(visits.map(({ hour }) => hour))].sort((a, b) => a - b)
  return hours.map((hour) => ({
    hour,
    cells: days.map((day) =>
      visits.filter((one) => one.hour === hour && one.day === day).map(({ sign }) => sign),
    ),
  }))
}

function signOf(visit: Visit): VisitSign {
  if (visit.visit === 'accident') return 'accident'
  if (visit.visit === 'dry_check') return 'check'
  if (visit.result === 'refused') return 'refused'
  return isElimination(visit) ? 'success' : 'nothing'
}

function visitsOf(logs: readonly CareLog[], days: readonly Day[]): Visit[] {
  return days.flatMap((day) => entriesOf(logs, day)).filter((entry) => entry.noun === 'toileting')
}

/** Where a scheduled visit stands. */
export interface DueVisit {
  /** `HH:MM` of the schedule. */
  readonly time: string
  /** done: somebody went, within the tolerance; due: now; overdue: its time has passed; later: not yet. */
  readonly is: 'done' | 'due' | 'overdue' | 'later'
}

/** The schedule of a day as it stands at an instant. Any visit within the tolerance does for a scheduled one. */
export function scheduleOf(
  measure: MeasureOf<'toileting'>,
  logs: readonly CareLog[],
  { day, now, tz }: { readonly day: Day; readonly now: string; readonly tz: string },
): DueVisit[] {
  const { times, tolerance_min } = measure
  const went = entriesOf(logs, day)
    .filter((entry) => entry.noun === 'toileting' && entry.visit !== 'dry_check')
    .map((entry) => minuteOf(entry.at, tz))
  const minute = minuteOf(now, tz)
  return times.toSorted().map((time): DueVisit => {
    const planned = minutesIn(time)
    if (went.some((at) => Math.abs(at - planned) <= tolerance_min)) return { time, is: 'done' }
    const since = minute - planned
    return { time, is: since > tolerance_min ? 'overdue' : since >= -tolerance_min ? 'due' : 'later' }
  })
}

export interface FeedingDay {
  readonly meals: readonly Pick<Meal, 'id' | 'at' | 'meal' | 'eaten' | 'minutes'>[]
  /** Of the meals that say it; null when none does. */
  readonly fluidMl: number | null
  readonly minutes: number | null
  readonly refusals: number | null
  /** How often each happened, those that did. Any of them stops the meal and calls the nurse. */
  readonly safety: readonly { readonly event: FeedingBody['safety'][number]; readonly count: number }[]
}

/** A day of the logs of one program; null when nothing was recorded on it. Shares of meals are shown, never averaged. */
export function feedingDay(logs: readonly CareLog[], day: Day): FeedingDay | null {
  const meals = entriesOf(logs, day).filter((entry) => entry.noun === 'feeding')
  if (meals.length === 0) return null
  const sum = (of: (meal: Meal) => number | undefined) => {
    const said = meals.map(of).filter((value) => value !== undefined)
    return said.length === 0 ? null : said.reduce((total, value) => total + value, 0)
  }
  const events = meals.flatMap((meal) => meal.safety)
  return {
    meals: meals.map(({ id, at, meal, eaten, minutes }) => ({
      id,
      at,
      meal,
      ...(eaten === undefined ? {} : { eaten }),
      ...(minutes === undefined ? {} : { minutes }),
    })),
    fluidMl: sum((meal) => meal.fluid_ml),
    minutes: sum((meal) => meal.minutes),
    refusals: sum((meal) => meal.refusals),
    safety: [...new Set(events)].map((event) => ({
      event,
      count: events.filter((one) => one === event).length,
    })),
  }
}

function entriesOf(logs: readonly CareLog[], day: Day): (Visit | Meal)[] {
  return logs
    .flatMap((log) => log.entries.filter((entry) => entry.day === day))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1))
}

function isElimination({ result }: Visit): boolean {
  return result === 'urine' || result === 'bm' || result === 'both'
}
