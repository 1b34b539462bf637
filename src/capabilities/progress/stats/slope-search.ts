/**
 * The median of all pairwise slopes without making them: ten thousand points have fifty million pairs. A slope is
 * guessed, the pairs that are flatter are counted by sorting, and the guess is halved in on. Called for long series
 * only; the result is that of all pairs to within rounding.
 */
import type { Point } from './trend.ts'

/** Null when no two points differ in x. */
export function searchMedianSlope(points: readonly Point[]): number | null {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y)
  const { gap, pairs, twins } = shapeOf(sorted)
  if (pairs === 0) return null
  const ys = sorted.map(({ y }) => y)
  const steepest = ys.reduce((most, y) => Math.max(most, Math.abs(y - (ys[0] ?? 0))), 0) * (2 / gap)
  const fine = steepest * Number.EPSILON
  /** The smallest slope that at least `rank` pairs do not exceed. */
  const slopeAt = (rank: number): number => {
    let [low, high] = [-steepest, steepest]
    while (high - low > fine) {
      const middle = (low + high) / 2
      if (pairsUpTo(sorted, middle) - twins >= rank) high = middle
      else low = middle
    }
    return high
  }
  const upper = slopeAt(Math.floor(pairs / 2) + 1)
  return pairs % 2 === 1 ? upper : (slopeAt(pairs / 2) + upper) / 2
}

/** The smallest distance between two x, the pairs with different x, and the pairs that are one point twice. */
function shapeOf(sorted: readonly Point[]): { gap: number; pairs: number; twins: number } {
  let [gap, pairs, twins, sameX, samePoint] = [Infinity, 0, 0, 0, 0]
  for (const [i, { x, y }] of sorted.entries()) {
    const before = sorted[i - 1]
    if (before && before.x !== x) gap = Math.min(gap, x - before.x)
    sameX = before?.x === x ? sameX + 1 : 0
    samePoint = before?.x === x && before.y === y ? samePoint + 1 : 0
    pairs += i - sameX
    twins += samePoint
  }
  return { gap, pairs, twins }
}

/**
 * Pairs whose slope is at most `slope`: those in which the later point does not rise above the line of that slope
 * through the earlier one. Pairs at one x rise, except for twins. Counted while sorting the heights by merging.
 */
function pairsUpTo(sorted: readonly Point[], slope: number): number {
  let from = Float64Array.from(sorted, ({ x, y }) => y - slope * x)
  let to = new Float64Array(from.length)
  let count = 0
  for (let width = 1; width < from.length; width *= 2) {
    for (let start = 0; start < from.length; start += 2 * width) {
      const middle = Math.min(start + width, from.length)
      const end = Math.min(start + 2 * width, from.length)
      let [left, right] = [start, middle]
      for (let at = start; at < end; at++) {
        const takeRight = left >= middle || (right < end && heightAt(from, right) <= heightAt(from, left))
        if (takeRight) count += middle - left
        to[at] = takeRight ? heightAt(from, right++) : heightAt(from, left++)
      }
    }
    ;[from, to] = [to, from]
  }
  return count
}

function heightAt(values: Float64Array, index: number): number {
  return values[index] ?? NaN
}
