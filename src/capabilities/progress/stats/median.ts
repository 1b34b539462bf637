/** The two robust summaries that everything here is built from: the median and the median absolute deviation. */

/** The middle value, or the mean of the two middle values. Throws a RangeError for an empty list. */
export function median(values: readonly number[]): number {
  return middleOf(values.toSorted((a, b) => a - b))
}

/** The median of values that are sorted already. Throws a RangeError when there are none. */
export function middleOf(sorted: ArrayLike<number>): number {
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  if (upper === undefined || lower === undefined) throw new RangeError('median of nothing')
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
