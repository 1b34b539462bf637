/** Level of a phase (domain D.4): median, count and range. */
import type { Level } from './graph.ts'

/** The middle value, or the mean of the two middle values. Throws a RangeError for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  if (upper === undefined || lower === undefined) throw new RangeError('median of nothing')
  return lower + (upper - lower) / 2
}

/** Null without values. */
export function levelOf(values: readonly number[]): Level | null {
  if (values.length === 0) return null
  let min = Infinity
  let max = -Infinity
  for (const value of values) {
    min = Math.min(min, value)
    max = Math.max(max, value)
  }
  return { median: median(values), n: values.length, min, max }
}
