/**
 * Which unit a graph is drawn in (domain C.2), and what a session's pair of integers comes to in it. The rules of a
 * single value are those of sessions; here they are applied to a whole series. Pure.
 */
import type { ProgramBody } from '../sessions/records.ts'
import { asRate, countsComparable, displayValue, rateUnit } from '../sessions/rules.ts'
import type { SessionState, Summary } from '../sessions/state.ts'
import { metricOf as metricOfMeasure } from '../sessions/summary.ts'
import type { Metric, Unit } from './graph.ts'

/**
 * The unit of the axis. A count stays a count only while all finished sessions were observed equally long (C3);
 * otherwise it is a rate, per minute or per hour by the rate of the whole series (C4), so that one axis serves all.
 */
export function unitOf({ measure }: ProgramBody, states: readonly SessionState[]): Unit {
  if (measure.system === 'imported') return { kind: 'source', text: measure.unit }
  if (measure.system !== 'count') return { kind: 'percent' }
  const counted = states.filter(({ summary }) => summary.numerator !== null && !isPercent(summary.metric))
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

/** The summary as it is written beside a unit: a count becomes a rate where the axis is one. */
export function inUnit(summary: Summary, unit: Unit): Summary {
  return unit.kind === 'per_minute' || unit.kind === 'per_hour' ? asRate(summary) : summary
}

/** The value in a unit; null when nothing was measured, or the metric has no value in that unit. */
export function valueOf(summary: Summary, unit: Unit): number | null {
  const rate = unit.kind === 'per_minute' || unit.kind === 'per_hour' ? unit.kind : undefined
  const shown = displayValue(inUnit(summary, unit), rate)
  return shown?.unit === unit.kind ? shown.value : null
}

/** The unit in which a session's value is written where it does not fit the axis of its graph. */
export function ownUnitOf(metric: Summary['metric']): Unit {
  return { kind: isPercent(metric) ? 'percent' : metric === 'rate' ? 'per_minute' : 'count' }
}

/**
 * What an aim's values are multiplied by to stand on the axis: aims of rates are kept per minute. Null when an
 * aim cannot stand there at all: a count aimed at, and a rate drawn because sessions differ in length.
 */
export function aimScale({ measure }: ProgramBody, unit: Unit): number | null {
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

function isPercent(metric: Summary['metric']): boolean {
  return metric === 'pct_independent' || metric === 'pct_steps_independent'
}
