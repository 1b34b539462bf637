/** Agreement on counts (domain C3, C4): each observer's count in each interval of the time that both watched. */
import { meanOf, smallerOverLarger } from './ratio.ts'
import { paired, type Score } from './score.ts'

/** Smaller total ÷ larger total. Looks perfect when the two saw different occurrences. Null without intervals. */
export function totalCount(a: readonly number[], b: readonly number[]): Score | null {
  if (paired(a, b).length === 0) return null
  const [smaller = 0, larger = 0] = [sum(a), sum(b)].sort((x, y) => x - y)
  return { agreed: smaller, total: larger, items: larger, nonOccurrence: larger === 0 }
}

/** Mean of smaller ÷ larger over the intervals; one in which neither counted anything agrees fully. */
export function meanCountPerInterval(a: readonly number[], b: readonly number[]): Score | null {
  const intervals = paired(a, b)
  if (intervals.length === 0) return null
  const { numerator, denominator } = meanOf(intervals.map(([x, y]) => smallerOverLarger(x, y)))
  return { agreed: numerator, total: denominator, items: intervals.length, nonOccurrence: empty(a, b) }
}

/** Intervals with the same count ÷ intervals. */
export function exactCountPerInterval(a: readonly number[], b: readonly number[]): Score | null {
  const intervals = paired(a, b)
  if (intervals.length === 0) return null
  const agreed = intervals.filter(([x, y]) => x === y).length
  return { agreed, total: intervals.length, items: intervals.length, nonOccurrence: empty(a, b) }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}

function empty(a: readonly number[], b: readonly number[]): boolean {
  return [...a, ...b].every((count) => count === 0)
}
