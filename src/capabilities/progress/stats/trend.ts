/**
 * A straight line through the points of one phase (domain D.2), by one of five methods. The caller hands in points
 * of a single phase only: a trend never crosses a phase change. Called by graphs, decision rules and
 * `handrail analyze`. No method gives a p-value, and none is computed anywhere.
 */
import { median } from './median.ts'
import { ols } from './ols.ts'
import { quarterIntersect, splitMiddle } from './split-middle.ts'
import { theilSen } from './theil-sen.ts'
import { tukey } from './tukey.ts'

/** A measured point. `x` in any even unit: calendar days on graphs, session numbers in published data. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** y = intercept + slope · x. */
export interface Trend {
  /** Change of y in one unit of x. */
  readonly slope: number
  readonly intercept: number
  /** Points it was drawn through. */
  readonly n: number
}

/** The first is the default: one odd day does not turn it. */
export const TREND_METHODS = ['theil_sen', 'ols', 'split_middle', 'quarter_intersect', 'tukey'] as const
export type TrendMethod = (typeof TREND_METHODS)[number]

/** Fewer valid points in a phase than this and no trend is shown (domain D.2). */
export const MIN_TREND_POINTS = 6

const METHODS: { readonly [method in TrendMethod]: (points: readonly Point[]) => Trend | null } = {
  theil_sen: theilSen,
  ols,
  split_middle: splitMiddle,
  quarter_intersect: quarterIntersect,
  tukey,
}

/**
 * The line of `method` through the points, in any order. Null where there is none: fewer than two points (three
 * for Tukey), or no two places on the x axis to draw it between. Showing it takes MIN_TREND_POINTS; that is the
 * caller's to hold.
 */
export function trendOf(method: TrendMethod, points: readonly Point[]): Trend | null {
  return METHODS[method](points)
}

/** Height of the line at `x`. */
export function trendAt(trend: Trend, x: number): number {
  return trend.intercept + trend.slope * x
}

/** A slope per calendar day as it is said on screen: per week. */
export function perWeek(slopePerDay: number): number {
  return slopePerDay * 7
}

/** Median absolute distance of the points from the line: how much they bounce. Null without points. */
export function bounceAround(trend: Trend, points: readonly Point[]): number | null {
  if (points.length === 0) return null
  return median(points.map(({ x, y }) => Math.abs(y - trendAt(trend, x))))
}
