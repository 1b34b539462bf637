/** Where a wider check writes down what it compared: for each field how often it agreed, and where it did not. */

/** Numbers agree within this, relative to the larger one when that is more than 1. */
export const TOLERANCE = 1e-9
/** Differences that are shown of one field. */
const SHOWN = 5

type Value = number | string | null

export interface Difference {
  readonly where: string
  readonly theirs: Value
  readonly ours: Value
}

export interface FieldReport {
  readonly field: string
  readonly agreed: number
  readonly differing: number
  readonly not_comparable: number
  /** Why some of it was not compared. */
  readonly why: string | null
  /** The first of those that differ. */
  readonly differences: readonly Difference[]
}

type Entry = { -readonly [key in keyof FieldReport]: FieldReport[key] } & { differences: Difference[] }

export class Ledger {
  readonly #entries = new Map<string, Entry>()

  compare(field: string, where: string, theirs: Value, ours: Value): void {
    const entry = this.#entry(field)
    if (same(theirs, ours)) {
      entry.agreed += 1
      return
    }
    entry.differing += 1
    if (entry.differences.length < SHOWN) entry.differences.push({ where, theirs, ours })
  }

  skip(field: string, why: string): void {
    const entry = this.#entry(field)
    entry.not_comparable += 1
    entry.why = why
  }

  /** In the order in which the fields came up. */
  report(): readonly FieldReport[] {
    return [...this.#entries.values()]
  }

  #entry(field: string): Entry {
    const known = this.#entries.get(field)
    if (known) return known
    const entry = { field, agreed: 0, differing: 0, not_comparable: 0, why: null, differences: [] }
    this.#entries.set(field, entry)
    return entry
  }
}

function same(theirs: Value, ours: Value): boolean {
  if (typeof theirs !== 'number' || typeof ours !== 'number') return theirs === ours
  return Math.abs(theirs - ours) <= TOLERANCE * Math.max(1, Math.abs(theirs), Math.abs(ours))
}
