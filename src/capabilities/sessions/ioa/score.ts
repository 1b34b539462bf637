/**
 * What an agreement formula comes to, and when it is said as a percentage (edge rules of domain D.8). The formulas
 * beside this file are after Reed, D. D., & Azulay, R. L. (2011). A Microsoft Excel 2010 based tool for calculating
 * interobserver agreement. Behavior Analysis in Practice, 4(2), 45–52.
 *
 * All take plain arrays of the two observers, aligned by position, and give the same when the observers change
 * places. They throw a RangeError when the arrays are not of one length: what belongs together is the caller's to say.
 */
import type { Ratio } from './ratio.ts'

/** Fewer items than this give the fraction but no percentage. */
export const MIN_ITEMS = 5

export interface Score {
  /** agreed ÷ total is the agreement, 0–1. Integers wherever what was recorded is. */
  readonly agreed: number
  /** 0 only where both recorded nothing. */
  readonly total: number
  /** Occurrences, intervals or items that were compared: what MIN_ITEMS is about. */
  readonly items: number
  /** Both recorded nothing: agreement on non-occurrence, never averaged with agreement on occurrence. */
  readonly nonOccurrence: boolean
}

/** What is shown: null with too few items. Agreement that nothing happened is 100 %, however short the look. */
export function shownPercent({ agreed, total, items, nonOccurrence }: Score): Ratio | null {
  if (nonOccurrence) return { numerator: 1, denominator: 1 }
  return items < MIN_ITEMS ? null : { numerator: agreed, denominator: total }
}

/** The agreement 0–1 as it is, however few the items: for tables and comparisons, not for a screen. */
export function shareOf({ agreed, total, nonOccurrence }: Score): number {
  return nonOccurrence ? 1 : agreed / total
}

/** Pairs of what the two recorded at each position. */
export function paired<T>(a: readonly T[], b: readonly T[]): readonly (readonly [T, T])[] {
  if (a.length !== b.length) throw new RangeError('the observers recorded different numbers of items')
  return a.map((value, i) => [value, b[i] as T])
}

/** Both looked, and neither recorded anything. */
export const NOTHING_SEEN: Score = { agreed: 0, total: 0, items: 0, nonOccurrence: true }

/** When a second observer looked: instants, ISO; null: it goes on. */
export interface Span {
  readonly from: string
  readonly to: string | null
}

/** Whether an instant lies in a span; every one does where there is none. */
export function isWithin(at: string, span: Span | undefined): boolean {
  const time = Date.parse(at)
  return !span || (time >= Date.parse(span.from) && (span.to === null || time <= Date.parse(span.to)))
}
