/** Rate of improvement of curriculum-based measurement: what is needed, what was reached, how long it takes. */
import { median } from './median.ts'

/** Where a student starts: the median of the first probes (three to five). Null without any. */
export function baselineMedian(scores: readonly number[]): number | null {
  return scores.length === 0 ? null : median(scores)
}

/** (to − from) ÷ weeks: growth in a week that is needed, or was reached. Null when no time passes. */
export function rateOfImprovement(from: number, to: number, weeks: number): number | null {
  return weeks > 0 ? (to - from) / weeks : null
}

/**
 * Weeks from `current` to `goal` at `rate` a week. 0 when the goal is reached in the direction of the rate; null when
 * the rate does not lead there.
 */
export function weeksToGoal(current: number, goal: number, rate: number): number | null {
  if (current === goal) return 0
  return rate === 0 || (goal - current) / rate < 0 ? null : (goal - current) / rate
}
