/**
 * Fewer vertices for the same picture: of many points that fall into one column of a pixel, a line shows nothing but
 * the first, the lowest, the highest and the last. Those are kept, so that no extreme is lost. Pure.
 */

/** Where a point stands, px. */
export interface Spot {
  readonly x: number
  readonly y: number
}

/** Indexes of `spots` (ascending by x) that are enough to draw the line through all of them. */
export function extremes(spots: readonly Spot[], column = 1): number[] {
  const kept: number[] = []
  let at = 0
  while (at < spots.length) {
    const cell = Math.floor((spots[at]?.x ?? 0) / column)
    let end = at
    let low = at
    let high = at
    while (end + 1 < spots.length && Math.floor((spots[end + 1]?.x ?? 0) / column) === cell) {
      end += 1
      if ((spots[end]?.y ?? 0) < (spots[low]?.y ?? 0)) low = end
      if ((spots[end]?.y ?? 0) > (spots[high]?.y ?? 0)) high = end
    }
    const [a, b] = low < high ? [low, high] : [high, low]
    for (const index of [at, a, b, end]) if (kept.at(-1) !== index) kept.push(index)
    at = end + 1
  }
  return kept
}
