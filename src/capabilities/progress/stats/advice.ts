/**
 * Decision rules over points and lines (domain D.3), as plain answers: the caller's gates (fidelity, enough data)
 * come first, the wording is the screen's, and an owner decides. Point rules misclassify often, and the help says so.
 */
import type { Improvement } from './overlap.ts'

/** `change` = consider a teaching change, `raise` = consider a more ambitious goal. */
export type Advice = 'change' | 'raise' | 'continue'

/** A valid point, and where the aim line stands on its day. */
export interface Aimed {
  readonly value: number
  readonly aim: number
}

export interface PointRule {
  /** This many last points on the worse side of the line: consider a change. */
  readonly worse: number
  /** This many on the better side: consider raising the goal. */
  readonly better: number
}

/** The four-point rule. */
export const FOUR_POINT: PointRule = { worse: 4, better: 4 }

/**
 * Whether the last consecutive points all lie on one side of the aim line. A point exactly on the line is on neither
 * side. With fewer points than the rule takes the answer is `continue`.
 */
export function pointRule(points: readonly Aimed[], improvement: Improvement, rule = FOUR_POINT): Advice {
  const sign = improvement === 'increase' ? 1 : -1
  const ahead = points.map(({ value, aim }) => sign * (value - aim))
  const all = (last: number, test: (by: number) => boolean): boolean =>
    ahead.length >= last && ahead.slice(-last).every(test)
  if (all(rule.worse, (by) => by < 0)) return 'change'
  if (all(rule.better, (by) => by > 0)) return 'raise'
  return 'continue'
}

/** What the trend rule looks at. Slopes in one unit; `projected` is the trend's height where the aim line ends. */
export interface TrendAgainstAim {
  readonly slope: number
  readonly aimSlope: number
  readonly projected: number
  readonly goal: number
}

/**
 * Flatter than the aim line and projected to end short of the goal: `change`. Steeper and projected beyond it:
 * `raise`. Otherwise `continue`. For goals of decrease everything is mirrored.
 */
export function trendRule(trend: TrendAgainstAim, improvement: Improvement): Advice {
  const sign = improvement === 'increase' ? 1 : -1
  const steeper = sign * (trend.slope - trend.aimSlope)
  const beyond = sign * (trend.projected - trend.goal)
  if (steeper < 0 && beyond < 0) return 'change'
  if (steeper > 0 && beyond > 0) return 'raise'
  return 'continue'
}

/**
 * Sizes of the three groups of a trend drawn by hand: one point over goes to the middle group, two points over go to
 * the outer groups. (trendOf('tukey') groups by x instead, and names it.)
 */
export function threeGroups(n: number): readonly [first: number, middle: number, last: number] {
  const outer = Math.floor((n + 1) / 3)
  return [outer, n - 2 * outer, outer]
}
