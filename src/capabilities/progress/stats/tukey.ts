/**
 * Resistant line of three groups: Tukey, J. W. (1977). Exploratory Data Analysis. Addison-Wesley.
 *
 * Choices where descriptions differ, the same as those of `stats::line` of R 4.2 with its default of one iteration:
 * the outer groups are the points at or below the first and at or above the second third of x, each third halfway
 * between its two neighbors where it falls between points; the line is not polished further; intercept =
 * median(y − slope·x). With n a multiple of three, or one less, and all x different the groups are the thirds that
 * are counted off by hand; with n one more than a multiple of three each outer group has one point more than those.
 */
import { median } from './median.ts'
import type { Point, Trend } from './trend.ts'

/** Slope between the (median x, median y) of the first and of the last third. Null with fewer than three points. */
export function tukey(points: readonly Point[]): Trend | null {
  const n = points.length
  if (n < 3) return null
  const xs = points.map(({ x }) => x).toSorted((a, b) => a - b)
  const low = thirdOf(xs, 1)
  const high = thirdOf(xs, 2)
  const first = points.filter(({ x }) => x <= low)
  const last = points.filter(({ x }) => x >= high)
  const run = median(last.map(({ x }) => x)) - median(first.map(({ x }) => x))
  if (run === 0) return null
  const slope = (median(last.map(({ y }) => y)) - median(first.map(({ y }) => y))) / run
  return { slope, intercept: median(points.map(({ x, y }) => y - slope * x)), n }
}

/** Where one third, or two, of the sorted values lie. In integers, so that no rounding decides who belongs to it. */
function thirdOf(sorted: readonly number[], thirds: 1 | 2): number {
  const steps = (sorted.length - 1) * thirds
  const below = sorted[Math.floor(steps / 3)] ?? 0
  const above = sorted[Math.ceil(steps / 3)] ?? 0
  return (below + above) / 2
}
