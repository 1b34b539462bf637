/**
 * Which unit a graph is drawn in (domain C.2), and what a session's pair of integers comes to in it. The rules of a
 * single value are those of sessions; here they are applied to a whole series, so that one axis serves all. Pure.
 */
import type { Measure, ProgramBody } from '../sessions/records.ts'
import { asRate, countsComparable, rateUnit } from '../sessions/rules.ts'
import type { SessionState, Summary } from '../sessions/state.ts'
import { metricOf as metricOfMeasure } from '../sessions/summary.ts'
import type { Metric, Unit } from './graph.ts'

/** What a pair of integers becomes on an axis. */
type Family = 'percent' | 'count' | 'rate' | 'per_minute' | 'time' | 'points' | 'answer'

const FAMILIES: { readonly [metric in Summary['metric']]: Family } = {
  pct_independent: 'percent',
  pct_opportunities: 'percent',
  pct_steps_independent: 'percent',
  count: 'count',
  rate: 'rate',
  duration_total: 'time',
  duration_mean: 'time',
  pct_duration: 'percent',
  latency_median: 'time',
  irt_median: 'time',
  irt_mean: 'time',
  pct_intervals: 'percent',
  rubric_total: 'points',
  rubric_median: 'points',
  pct_correct: 'percent',
  correct_rate: 'per_minute',
  cbm_rate: 'per_minute',
  cbm_score: 'points',
  probe: 'answer',
  intensity_max: 'points',
  pct_yes: 'percent',
  pct_self_yes: 'percent',
  pct_self_match: 'percent',
}

const UNITS: { readonly [family in Family]: Unit } = {
  percent: { kind: 'percent' },
  count: { kind: 'count' },
  rate: { kind: 'per_minute' },
  per_minute: { kind: 'per_minute' },
  time: { kind: 'seconds' },
  points: { kind: 'points' },
  answer: { kind: 'yes_no' },
}

/** From this median on, times are drawn in minutes. */
const MINUTES_FROM_MS = 180_000

/**
 * The unit of the axis. A count stays a count only while all finished sessions were observed equally long (C3);
 * otherwise it is a rate, per minute or per hour by the rate of the whole series (C4). Times are in seconds, or in
 * minutes where half of them are three minutes and more.
 */
export function unitOf({ measure }: ProgramBody, states: readonly SessionState[]): Unit {
  if (measure.system === 'imported') return { kind: 'source', text: measure.unit }
  const family = FAMILIES[metricOfMeasure(measure)]
  if (family === 'time') return { kind: half(states, MINUTES_FROM_MS) ? 'minutes' : 'seconds' }
  return measure.system === 'count' ? countedUnit(measure, states) : UNITS[family]
}

/** The summary as it is written beside a unit: a count becomes a rate where the axis is one. */
export function inUnit(summary: Summary, unit: Unit): Summary {
  return unit.kind === 'per_minute' || unit.kind === 'per_hour' ? asRate(summary) : summary
}

/** The value in a unit; null when nothing was measured, or the metric has no value in that unit. */
export function valueOf(summary: Summary, unit: Unit): number | null {
  const { metric, numerator, denominator } = inUnit(summary, unit)
  if (numerator === null || denominator === null || denominator === 0) return null
  const scale = scaleIn(FAMILIES[metric], unit)
  return scale === null ? null : (numerator * scale) / denominator
}

/** Whether values of two metrics may stand on one axis: total time and time per episode are both seconds, and may not. */
export function sharesAxis(metric: Summary['metric'], axis: Metric): boolean {
  if (axis === 'imported') return false
  const [own, drawn] = [FAMILIES[metric], FAMILIES[axis]]
  if (own === 'percent' || own === 'count' || own === 'rate') return true
  return own === drawn && metric === axis
}

/** The unit in which a session's value is written where it does not fit the axis of its graph. */
export function ownUnitOf(metric: Summary['metric']): Unit {
  return UNITS[FAMILIES[metric]]
}

/**
 * What an aim's values are multiplied by to stand on the axis: aims of rates are kept per minute, those of times in
 * seconds. Null when an aim cannot stand there at all: a count aimed at, and a rate drawn because sessions differ in
 * length.
 */
export function aimScale({ measure }: ProgramBody, unit: Unit): number | null {
  if (unit.kind === 'minutes') return 1 / 60
  if (measure.system !== 'count' || unit.kind === 'count') return 1
  if (measure.value === 'count') return null
  return unit.kind === 'per_hour' ? 60 : 1
}

/** What the axis measures while no session says it. */
export function metricOf({ measure }: ProgramBody, unit: Unit): Metric {
  if (measure.system === 'imported') return 'imported'
  if (measure.system === 'count') return unit.kind === 'count' ? 'count' : 'rate'
  return metricOfMeasure(measure)
}

/** The whole scale of a measure that has one: percentages, answers, anchored levels. Null: as far as the data go. */
export function scaleOf({ measure }: ProgramBody, unit: Unit): { min: number; max: number } | null {
  if (unit.kind === 'percent') return { min: 0, max: 100 }
  if (unit.kind === 'yes_no') return { min: 0, max: 1 }
  if (measure.system === 'intensity') return { min: 0, max: measure.anchors.length }
  if (measure.system !== 'rubric') return null
  const highest = measure.items.map((item) => item.anchors.length - 1)
  const max = measure.value === 'total' ? highest.reduce((sum, one) => sum + one, 0) : Math.max(0, ...highest)
  return { min: 0, max }
}

/** What is counted, in the measure's own words: `words correct`. Null where the metric says it all. */
export function ownWordsOf({ measure }: ProgramBody): string | null {
  return measure.system === 'cbm' ? measure.unit : null
}

function countedUnit(measure: Extract<Measure, { system: 'count' }>, states: readonly SessionState[]): Unit {
  const counted = states.filter(
    ({ summary }) => summary.numerator !== null && ['count', 'rate'].includes(summary.metric),
  )
  const anyRate = measure.value === 'rate' || counted.some(({ summary }) => summary.metric === 'rate')
  if (!anyRate && countsComparable(counted.filter((state) => state.status !== 'open')))
    return { kind: 'count' }
  let occurrences = 0
  let ms = 0
  for (const { summary } of counted) {
    occurrences += summary.numerator ?? 0
    ms += summary.opportunities
  }
  return { kind: occurrences === 0 ? 'per_minute' : rateUnit(occurrences, ms) }
}

/** Whether at least half of the times measured are this long, ms. */
function half(states: readonly SessionState[], ms: number): boolean {
  const times = states.flatMap(({ summary: { metric, numerator, denominator } }) =>
    FAMILIES[metric] === 'time' && numerator !== null && denominator ? [numerator / denominator] : [],
  )
  return times.length > 0 && times.filter((time) => time >= ms).length * 2 >= times.length
}

/** The factor that makes numerator ÷ denominator a value of the unit; null where it cannot. */
function scaleIn(family: Family, unit: Unit): number | null {
  switch (unit.kind) {
    case 'percent':
      return family === 'percent' ? 100 : null
    case 'per_minute':
      return family === 'rate' || family === 'per_minute' ? 60_000 : null
    case 'per_hour':
      return family === 'rate' ? 3_600_000 : null
    case 'seconds':
      return family === 'time' ? 1 / 1000 : null
    case 'minutes':
      return family === 'time' ? 1 / 60_000 : null
    case 'count':
      return family === 'count' ? 1 : null
    case 'points':
      return family === 'points' ? 1 : null
    case 'yes_no':
      return family === 'answer' ? 1 : null
    case 'source':
      return null
  }
}
