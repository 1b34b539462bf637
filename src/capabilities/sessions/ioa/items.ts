/**
 * Agreement item by item: trials, steps, opportunities, words, answers on a page, anchored levels. Null stands for an
 * item that an observer did not score.
 */
import { paired, type Score } from './score.ts'

/**
 * Items recorded alike ÷ items. What neither scored is no item, what only one of them scored is a disagreement. Null
 * without items.
 */
export function itemByItem<T extends NonNullable<unknown>>(
  a: readonly (T | null)[],
  b: readonly (T | null)[],
  same: (a: T, b: T) => boolean = Object.is,
): Score | null {
  const items = paired(a, b).filter(([x, y]) => x !== null || y !== null)
  if (items.length === 0) return null
  const agreed = items.filter(([x, y]) => x !== null && y !== null && same(x, y)).length
  return { agreed, total: items.length, items: items.length, nonOccurrence: false }
}

/** The same for levels of a scale, where one level apart still counts as agreement. */
export function withinOne(a: readonly (number | null)[], b: readonly (number | null)[]): Score | null {
  return itemByItem(a, b, (x, y) => Math.abs(x - y) <= 1)
}
