/**
 * One value for a goal that was worked on more than once in a day (domain C.3): numerators and denominators are
 * pooled, percentages are never averaged, and what two observers saw of the same minutes is never added.
 */
import type { SessionState, Summary } from './state.ts'
import { minimumOf } from './summary.ts'

export interface DaySummary {
  readonly summary: Summary
  /** Ids of the sessions in it. */
  readonly sessions: readonly string[]
  readonly leftOut: readonly {
    readonly session: string
    /** same_time: ran while a session in it ran; two people recorded at once and the owner has not chosen. */
    readonly why: 'second_observer' | 'same_time' | 'open' | 'no_value'
  }[]
}

/**
 * Pools sessions of one program version on one school day. A count becomes the day's total.
 * Null when there are none, or when they are not of one program, version and day (a changed definition is never
 * pooled with the old one).
 */
export function aggregateDay(states: readonly SessionState[]): DaySummary | null {
  const first = states[0]
  if (!first || states.some((state) => !isSameGoal(first, state))) return null

  const used: SessionState[] = []
  const leftOut: DaySummary['leftOut'][number][] = []
  for (const state of states.toSorted(byStart)) {
    const why = reasonToLeaveOut(state, used)
    if (why) leftOut.push({ session: state.session, why })
    else used.push(state)
  }
  return { summary: pool(first, used, states), sessions: used.map((state) => state.session), leftOut }
}

function isSameGoal(a: SessionState, b: SessionState): boolean {
  return a.program === b.program && a.version === b.version && a.day === b.day
}

function byStart(a: SessionState, b: SessionState): number {
  return Date.parse(a.started) - Date.parse(b.started) || (a.session < b.session ? -1 : 1)
}

function reasonToLeaveOut(state: SessionState, used: readonly SessionState[]) {
  if (state.observer === 'ioa') return 'second_observer'
  if (state.status === 'open') return 'open'
  if (state.summary.numerator === null) return 'no_value'
  const overlaps = used.some((other) => Date.parse(state.started) < Date.parse(other.ended ?? other.started))
  return overlaps ? 'same_time' : null
}

function pool(first: SessionState, used: readonly SessionState[], all: readonly SessionState[]): Summary {
  const metric = first.summary.metric
  if (used.length === 0) {
    const validity = all.every((state) => state.status === 'not_run') ? 'not_run' : 'no_opportunity'
    return { metric, numerator: null, denominator: null, opportunities: 0, validity }
  }
  const sum = (of: (summary: Summary) => number | null) =>
    used.reduce((total, state) => total + (of(state.summary) ?? 0), 0)
  const opportunities = sum((summary) => summary.opportunities)
  return {
    metric,
    numerator: sum((summary) => summary.numerator),
    denominator: metric === 'count' ? 1 : sum((summary) => summary.denominator),
    opportunities,
    validity: opportunities >= minimumOf(first.measure) ? 'valid' : 'below_min',
  }
}
