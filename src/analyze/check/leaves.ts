/** The numbers of a nested reference, by their path, against ours. */
import type { Ledger } from './ledger.ts'

/** Ours by path within the reference. A path that is not in here has no counterpart in the product. */
export type Ours = ReadonlyMap<string, number | null>

/** Why something has no counterpart; the first whose pattern fits the path says it. */
export type Reasons = readonly (readonly [pattern: RegExp, why: string])[]

/** Compares every number of `reference`. What has no counterpart is noted under its first two steps. */
export function compareLeaves(
  ledger: Ledger,
  place: { readonly section: string; readonly where: string },
  reference: unknown,
  ours: Ours,
  reasons: Reasons,
): void {
  const field = (path: string): string => `${place.section}.${path}`
  for (const [path, theirs] of leavesOf(reference, [])) {
    const mine = ours.get(path)
    if (mine !== undefined) ledger.compare(field(path), place.where, theirs, mine)
    else ledger.skip(field(path.split('.').slice(0, 2).join('.')), whyNot(path, reasons))
  }
}

/** Numbers and nulls; words are not compared. Lists are of raw values and not gone into. */
function leavesOf(value: unknown, path: readonly string[]): [string, number | null][] {
  if (typeof value === 'number' || value === null) return [[path.join('.'), value]]
  // R writes what is not a number as a word.
  if (value === 'NaN') return [[path.join('.'), null]]
  if (typeof value !== 'object' || Array.isArray(value)) return []
  return Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) =>
    leavesOf(inner, [...path, key]),
  )
}

function whyNot(path: string, reasons: Reasons): string {
  return reasons.find(([pattern]) => pattern.test(path))?.[1] ?? 'the product does not use this number'
}
