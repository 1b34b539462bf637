import type { Point, Trend } from './trend.ts'

/** Ordinary least squares: slope = Σ(x−x̄)(y−ȳ) ÷ Σ(x−x̄)², through (x̄, ȳ). */
export function ols(points: readonly Point[]): Trend | null {
  const n = points.length
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n
  let across = 0
  let spread = 0
  for (const { x, y } of points) {
    across += (x - meanX) * (y - meanY)
    spread += (x - meanX) ** 2
  }
  if (n < 2 || spread === 0) return null
  const slope = across / spread
  return { slope, intercept: meanY - slope * meanX, n }
}
