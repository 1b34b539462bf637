/** Level of a phase (domain D.4): median, count and range. */
import type { Level } from './graph.ts'
import { median } from './stats/median.ts'

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
