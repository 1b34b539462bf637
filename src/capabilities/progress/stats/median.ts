/** The two robust summaries that everything here is built from: the median and the median absolute deviation. */

/** The middle value, or the mean of the two middle values. Throws a RangeError for an empty list. */
export function median(values: readonly number[]): number {
  return takeMedian(new Float64Array(values))
}

/**
 * The median of values that may be put into another order. Throws a RangeError when there are none.
 *
 * Hoare, C. A. R. (1961). Algorithm 65: find. Communications of the ACM, 4(7), 321–322. It looks at each value a few
 * times; to sort all of them, for thousands of slopes of pairs, takes ten times as long.
 */
export function takeMedian(values: Float64Array): number {
  if (values.length === 0) throw new RangeError('median of nothing')
  const middle = Math.floor(values.length / 2)
  const at = (index: number) => values[index] ?? 0
  let [low, high] = [0, values.length - 1]
  while (low < high) {
    const pivot = at(middle)
    let [up, down] = [low, high]
    while (up <= down) {
      while (at(up) < pivot) up += 1
      while (pivot < at(down)) down -= 1
      if (up > down) break
      const moved = at(up)
      values[up++] = at(down)
      values[down--] = moved
    }
    if (down < middle) low = up
    if (middle < up) high = down
  }
  const upper = at(middle)
  if (values.length % 2 === 1) return upper
  // all before the middle are no larger than it
  let lower = at(0)
  for (let index = 1; index < middle; index++) lower = Math.max(lower, at(index))
  return (lower + upper) / 2
}

/**
 * Median absolute deviation from the median, as it is: not multiplied by 1.4826 to resemble a standard deviation.
 * Throws a RangeError for an empty list.
 */
export function mad(values: readonly number[]): number {
  const center = median(values)
  return median(values.map((value) => Math.abs(value - center)))
}
