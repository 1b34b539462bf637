/**
 * Theil, H. (1950). A rank-invariant method of linear and polynomial regression analysis. Indagationes Mathematicae,
 * 12, 85–91, 386–392, 467–482; Sen, P. K. (1968). Estimates of the regression coefficient based on Kendall's tau.
 * Journal of the American Statistical Association, 63(324), 1379–1389.
 */
import { median, takeMedian } from './median.ts'
import { searchMedianSlope } from './slope-search.ts'
import type { Point, Trend } from './trend.ts'

/** Up to here all pairs are looked at; beyond, they would be too many to hold. */
const ALL_PAIRS = 1000

/** Median of the slopes of all pairs of points with different x; intercept = median(y − slope·x). */
export function theilSen(points: readonly Point[]): Trend | null {
  const slope = points.length > ALL_PAIRS ? searchMedianSlope(points) : medianOfSlopes(points)
  if (slope === null) return null
  return { slope, intercept: median(points.map(({ x, y }) => y - slope * x)), n: points.length }
}

function medianOfSlopes(points: readonly Point[]): number | null {
  const slopes = new Float64Array((points.length * (points.length - 1)) / 2)
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  let count = 0
  for (let i = 0; i < points.length; i++) {
    const [ax, ay] = [xs[i] ?? 0, ys[i] ?? 0]
    for (let j = i + 1; j < points.length; j++) {
      const run = (xs[j] ?? 0) - ax
      if (run !== 0) slopes[count++] = ((ys[j] ?? 0) - ay) / run
    }
  }
  return count === 0 ? null : takeMedian(slopes.subarray(0, count))
}
