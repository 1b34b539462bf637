/**
 * Which sessions of a goal a graph shows: a range of days, one day of the week, who ran them, where, in which half of
 * the day, with or without substitutes. What is left out is left out whole; phases, definitions and aim lines stay as they are, and
 * what was chosen is written on the graph and into its files. Pure.
 */
import { addDays, weekday, type Day } from '../../platform/core/days.ts'
import type { SessionState } from '../sessions/state.ts'
import type { GraphInput } from './graph.ts'
import { inputSince, schoolYearStart } from './window.ts'

export type Range =
  | { readonly kind: 'all' | 'year' | 'phase' | 'last_30' }
  | { readonly kind: 'days'; readonly from: Day; readonly to: Day }

export interface Choosing {
  readonly range: Range
  /** Person id of who ran the session; null = everybody. */
  readonly by: string | null
  readonly setting: string | null
  readonly substitutes: 'with' | 'without' | 'only'
  readonly time: 'any' | 'morning' | 'afternoon'
  /** Like weekdays alone, 1 = Monday (domain D.3: behaviors with weekly cycles); null = every day. */
  readonly weekday: number | null
  /** One point a day: sessions of a day pooled, numerators and denominators (domain C.3). */
  readonly daily: boolean
}

export const EVERYTHING: Choosing = {
  range: { kind: 'all' },
  by: null,
  setting: null,
  substitutes: 'with',
  time: 'any',
  weekday: null,
  daily: false,
}

/** What there is to choose from: only what occurs, the most frequent first. */
export interface Choices {
  /** Person ids. */
  readonly by: readonly string[]
  readonly settings: readonly string[]
  readonly substitutes: boolean
  /** Sessions begin in both halves of the day. */
  readonly times: boolean
  /** Days of the week on which it ran, ascending; empty where it is always the same. */
  readonly weekdays: readonly number[]
  /** It ran more than once on a day. */
  readonly twice: boolean
  /** There are points before this school year, or before the newest major phase, or more than thirty days back. */
  readonly ranges: readonly ('year' | 'phase' | 'last_30')[]
}

export function choicesOf(input: GraphInput): Choices {
  const first = input.sessions.filter(
    ({ observer, status }) => observer === 'primary' && status !== 'not_run',
  )
  const clock = hourAt(input.tz)
  const halves = new Set(first.map((one) => clock(one) < NOON))
  const week = [...new Set(first.map((one) => weekday(one.day)))].sort((a, b) => a - b)
  const oldest = first.reduce<Day | null>((day, one) => (day === null || one.day < day ? one.day : day), null)
  const ranges = (['year', 'phase', 'last_30'] as const).filter((kind) => {
    const days = daysOf({ kind }, input)
    return days !== null && oldest !== null && days.from > oldest
  })
  return {
    by: frequent(first.map((one) => one.by)),
    settings: frequent(first.map((one) => one.setting).filter((one) => one !== '')),
    substitutes: first.some(isSubstitutes) && !first.every(isSubstitutes),
    times: halves.size > 1,
    weekdays: week.length > 1 ? week : [],
    twice: new Set(first.map((one) => one.day)).size < first.length,
    ranges,
  }
}

/** The input of the graph of what was chosen. Imported points have no days, people or settings: they stay. */
export function chosenOf(input: GraphInput, choosing: Choosing): GraphInput {
  const fit = filtered(input, choosing)
  const kept = choosing.daily ? { ...fit, daily: true } : fit
  const days = daysOf(choosing.range, input)
  if (!days) return kept
  const since = inputSince(kept, days.from)
  if (choosing.range.kind !== 'days') return since
  const within = <T extends { readonly day: Day }>(one: T) => one.day <= days.to
  return {
    ...since,
    sessions: since.sessions.filter(within),
    versions: since.versions.filter((version, nth) => nth === 0 || within(version)),
    phases: since.phases.filter(({ body }) => body.from <= days.to),
    span: days,
  }
}

/** The days of a range; null for all, and where there is nothing to reckon from. */
export function daysOf(range: Range, input: GraphInput): { readonly from: Day; readonly to: Day } | null {
  const newest = input.sessions.reduce<Day | null>(
    (day, one) => (one.observer === 'primary' && (day === null || one.day > day) ? one.day : day),
    null,
  )
  switch (range.kind) {
    case 'all':
      return null
    case 'days':
      return range
    case 'year': {
      const from = schoolYearStart(input.schoolDays)
      return from === null || newest === null ? null : { from, to: newest }
    }
    case 'last_30':
      return newest === null ? null : { from: addDays(newest, -29), to: newest }
    case 'phase': {
      const from = input.phases
        .filter(({ body }) => body.major && (newest === null || body.from <= newest))
        .reduce<Day | null>((day, { body }) => (day === null || body.from > day ? body.from : day), null)
      return from === null || newest === null ? null : { from, to: newest }
    }
  }
}

const NOON = 12

/** Sessions of second observers go and stay with the session that they watched. */
function filtered(input: GraphInput, choosing: Choosing): GraphInput {
  const { by, setting, substitutes, time, weekday: only } = choosing
  const clock = hourAt(input.tz)
  const isOn = (day: Day) => only === null || weekday(day) === only
  const fits = (one: SessionState) =>
    (by === null || one.by === by) &&
    (setting === null || one.setting === setting) &&
    (substitutes === 'with' || isSubstitutes(one) === (substitutes === 'only')) &&
    (time === 'any' || clock(one) < NOON === (time === 'morning')) &&
    isOn(one.day)
  const kept = new Set(
    input.sessions.filter((one) => one.observer === 'primary' && fits(one)).map((one) => one.session),
  )
  const sessions = input.sessions.filter((one) =>
    one.observer === 'primary' || one.of === null ? fits(one) : kept.has(one.of),
  )
  if (sessions.length === input.sessions.length) return input
  const notRun = only === null ? input.notRun : input.notRun?.filter(({ day }) => isOn(day))
  return { ...input, sessions, ...(notRun ? { notRun } : {}) }
}

const isSubstitutes = (one: SessionState): boolean => one.tags.includes('substitute')

/** The hour, 0 to 23, at which a session began at the school. */
function hourAt(tz: string): (one: SessionState) => number {
  const clock = new Intl.DateTimeFormat('en-US', { timeZone: tz, hour: '2-digit', hourCycle: 'h23' })
  return (one) => Number(clock.format(new Date(one.started)))
}

function frequent(values: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => value)
}
