/** Values as a person reads them. The only place of this capability where a fraction becomes a decimal number. */
import type { SessionState, Summary } from './state.ts'

export type RateUnit = 'per_minute' | 'per_hour'

export interface DisplayValue {
  readonly value: number
  /** points: of a rating scale, or of a probe that is not timed. yes_no: 1 or 0. */
  readonly unit: 'percent' | 'count' | RateUnit | 'seconds' | 'minutes' | 'points' | 'yes_no'
  readonly numerator: number
  /** Trials, steps, items, 1 for a count or a level, milliseconds for a rate. */
  readonly denominator: number
  /** The value is this much or more. */
  readonly atLeast?: true
}

/** From this length on a time is said in minutes, ms. */
const MINUTES_FROM_MS = 180_000

/**
 * The pieces of a value's text, e.g. {value: 60, unit: 'percent', numerator: 6, denominator: 10}; null when there
 * is no value, which is never the same as 0. Reading and other timed probes are always a minute's.
 * @param unit for a rate on a graph: the unit of the whole series. Without it the rate chooses its own.
 */
export function displayValue(summary: Summary, unit?: RateUnit): DisplayValue | null {
  const { metric, numerator, denominator, atLeast } = summary
  if (numerator === null || denominator === null || denominator === 0) return null
  const value = numerator / denominator
  const pair = { numerator, denominator, ...(atLeast ? { atLeast } : {}) }
  if (metric.startsWith('pct_')) return { value: (numerator * 100) / denominator, unit: 'percent', ...pair }
  if (metric === 'count') return { value, unit: 'count', ...pair }
  if (metric === 'probe') return { value, unit: 'yes_no', ...pair }
  if (/^(duration|latency|irt)_/.test(metric))
    return value < MINUTES_FROM_MS
      ? { value: value / 1000, unit: 'seconds', ...pair }
      : { value: value / 60_000, unit: 'minutes', ...pair }
  if (!metric.endsWith('rate')) return { value, unit: 'points', ...pair }
  const chosen = metric !== 'rate' ? 'per_minute' : (unit ?? rateUnit(numerator, denominator))
  const ms = chosen === 'per_minute' ? 60_000 : 3_600_000
  return { value: (numerator * ms) / denominator, unit: chosen, ...pair }
}

/** Per minute from 0.1 a minute, else per hour (domain C.2, C4), for occurrences over observed milliseconds. */
export function rateUnit(occurrences: number, ms: number): RateUnit {
  return occurrences * 600_000 >= ms ? 'per_minute' : 'per_hour'
}

/** A session's count as a rate, for series whose sessions differ in length. Other summaries stay as they are. */
export function asRate(summary: Summary): Summary {
  if (summary.metric !== 'count') return summary
  const denominator = summary.numerator === null ? null : summary.opportunities
  return { ...summary, metric: 'rate', denominator }
}

/**
 * Whether plain counts may be compared: every session with a value was observed for as long as their median,
 * give or take 10 % (domain C.2, C3). If not, show rates.
 */
export function countsComparable(states: readonly SessionState[]): boolean {
  const lengths = states
    .filter((state) => state.summary.numerator !== null)
    .map((state) => state.summary.opportunities)
    .sort((a, b) => a - b)
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0
  return lengths.every((ms) => Math.abs(ms - median) * 10 <= median)
}
