/**
 * Theil, H. (1950). A rank-invariant method of linear and polynomial regression analysis. Indagationes Mathematicae,
 * 12, 85–91, 386–392, 467–482; Sen, P. K. (1968). Estimates of the regression coefficient based on Kendall's tau.
 * Journal of the American Statistical Association, 63(324), 1379–1389.
 */
import { median } from './median.ts'
import type { Point, Trend } from './trend.ts'

/** Median of the slopes of all pairs of points with different x; intercept = median(y − slope·x). */
export function theilSen(points: readonly Point[]): Trend | null {
  const slopes = pairwiseSlopes(points)
  if (slopes.length === 0) return null
  const slope = median(slopes)
  return { slope, intercept: median(points.map(({ x, y }) => y - slope * x)), n: points.length }
}

function pairwiseSlopes(points: readonly Point[]): number[] {
  return points.flatMap((a, i) =>
    points
      .slice(i + 1)
      .filter((b) => b.x !== a.x)
      .map((b) => (b.y - a.y) / (b.x - a.x)),
  )
}
