/**
 * Celeration of the Standard Celeration Chart (domain D.5): how frequencies multiply from week to week. Called by
 * the chart; corrects and errors are two series, each with its own.
 */
import { ols } from './ols.ts'

/** One day's, or one timing's, count. */
export interface Frequency {
  /** Calendar day as a number. */
  readonly day: number
  readonly count: number
  /** Minutes observed, more than 0. */
  readonly minutes: number
}

export interface Celeration {
  /** ×1.35 a week is 1.35; below 1 it is said as ÷(1 / perWeek). */
  readonly perWeek: number
  /** log₁₀ of the frequency per minute on day 0 of the caller's days. */
  readonly intercept: number
  /** Log₁₀ units per day. */
  readonly slope: number
  /** Points it was drawn through. */
  readonly n: number
  /** Zero counts: on the chart at their record floor, but not in the line. The screen says how many. */
  readonly leftOut: number
}

/** 10^(7·b), b = least-squares slope of log₁₀(count ÷ minutes) on days. Null with fewer than two days above zero. */
export function celerationOf(frequencies: readonly Frequency[]): Celeration | null {
  const counted = frequencies.filter(({ count }) => count > 0)
  const line = ols(counted.map((one) => ({ x: one.day, y: Math.log10(one.count / one.minutes) })))
  return line && { perWeek: 10 ** (7 * line.slope), ...line, leftOut: frequencies.length - counted.length }
}

/** Where a frequency stands on the chart, per minute. A zero stands at the record floor: one in the time observed. */
export function chartHeight({ count, minutes }: Frequency): { perMinute: number; belowFloor: boolean } {
  return { perMinute: Math.max(count, 1) / minutes, belowFloor: count === 0 }
}
