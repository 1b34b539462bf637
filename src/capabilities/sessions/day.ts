/**
 * One value for a goal that was worked on more than once in a day (domain C.3): numerators and denominators are
 * pooled, percentages are never averaged, and what two observers saw of the same minutes is never added.
 */
import type { SessionItem, SessionState, Summary } from './state.ts'
import { minimumOf } from './summary.ts'
import { median, sumOf } from './systems/system.ts'

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

/** The day's pair, by what the metric is. */
function pool(first: SessionState, used: readonly SessionState[], all: readonly SessionState[]): Summary {
  const { metric } = first.summary
  if (used.length === 0) {
    const validity = all.every((state) => state.status === 'not_run') ? 'not_run' : 'no_opportunity'
    return { metric, numerator: null, denominator: null, opportunities: 0, validity }
  }
  const opportunities = sumOf(used.map(({ summary }) => summary.opportunities))
  const [numerator, denominator] = pairOfDay(metric, used)
  // a rating that is half done twice is not done once
  const enough =
    first.measure.system === 'rubric'
      ? used.every(({ summary }) => summary.validity !== 'below_min')
      : opportunities >= minimumOf(first.measure)
  const isEstimated = used.some(({ summary }) => summary.validity === 'estimated')
  const validity = !enough ? 'below_min' : isEstimated ? 'estimated' : 'valid'
  const censored = itemsOf(used).filter((item) => item.censored).length * 2
  const atLeast = censored > 0 && censored >= opportunities ? { atLeast: true as const } : {}
  return { metric, numerator, denominator, opportunities, validity, ...atLeast }
}

/**
 * Totals add up; shares, rates and means are pooled as sum ÷ sum; a median is taken anew over all items; of probes
 * and ratings the day's value is the median (domain C12); the highest intensity is the day's, the first cold probe too.
 */
function pairOfDay(metric: Summary['metric'], used: readonly SessionState[]): [number, number] {
  const pairs = used.map(({ summary }): [number, number] => [
    summary.numerator ?? 0,
    summary.denominator ?? 1,
  ])
  const sum = sumOf(pairs.map(([numerator]) => numerator))
  switch (metric) {
    case 'count':
    case 'duration_total':
      return [sum, 1]
    case 'latency_median':
    case 'irt_median':
      return median(itemsOf(used).flatMap(({ ms }) => ms ?? []))
    case 'rubric_median':
      return median(itemsOf(used).map(({ result }) => Number(result)))
    case 'intensity_max':
      return [Math.max(...pairs.map(([level]) => level)), 1]
    case 'probe':
      return pairs[0] ?? [0, 1]
    case 'cbm_rate':
    case 'cbm_score':
    case 'rubric_total':
      return medianOf(pairs)
    default:
      return [sum, sumOf(pairs.map(([, denominator]) => denominator))]
  }
}

/** Of fractions, exactly: the middle one, or half the sum of the two in the middle. */
function medianOf(pairs: readonly [number, number][]): [number, number] {
  const sorted = pairs.toSorted(([a, b], [c, d]) => a * d - c * b)
  const [a, b] = sorted[(sorted.length - 1) >> 1] ?? [0, 1]
  const [c, d] = sorted[sorted.length >> 1] ?? [a, b]
  return a * d === c * b ? [a, b] : [a * d + c * b, 2 * b * d]
}

function itemsOf(used: readonly SessionState[]): readonly SessionItem[] {
  return used.flatMap((state) => state.items)
}
