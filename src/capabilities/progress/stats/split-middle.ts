/**
 * The two lines that are drawn by hand on paper graphs (domain D.2): White, O. R. (1974). The "split middle": A
 * "quickie" method of trend estimation. University of Washington, Experimental Education Unit.
 *
 * Choice where hand rules differ: with an odd number of points the middle one is in neither half. (Others put it
 * into the first or into the second half and get two lines.)
 */
import { median } from './median.ts'
import type { Point, Trend } from './trend.ts'

/** The line through (median x, median y) of the first and of the second half of the points. */
export function quarterIntersect(points: readonly Point[]): Trend | null {
  const n = points.length
  if (n < 2) return null
  const sorted = points.toSorted((a, b) => a.x - b.x)
  const half = Math.floor(n / 2)
  const first = middleOf(sorted.slice(0, half))
  const second = middleOf(sorted.slice(n - half))
  if (first.x === second.x) return null
  const slope = (second.y - first.y) / (second.x - first.x)
  return { slope, intercept: first.y - slope * first.x, n }
}

/** The quarter-intersect line, shifted in parallel until half of the points are on or above it and half on or below. */
export function splitMiddle(points: readonly Point[]): Trend | null {
  const line = quarterIntersect(points)
  return line && { ...line, intercept: median(points.map(({ x, y }) => y - line.slope * x)) }
}

function middleOf(half: readonly Point[]): Point {
  return { x: median(half.map(({ x }) => x)), y: median(half.map(({ y }) => y)) }
}
