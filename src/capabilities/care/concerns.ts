/**
 * What an adult saw while caring for a student and the nurse must look at: a skin concern of a visit, a safety event of
 * a meal (domain C.5). Read from the folded log, so what was withdrawn or corrected away is none any more. Pure.
 */
import type { FeedingBody } from './records.ts'
import type { CareLog } from './rules.ts'

export const SIGNS = ['skin', 'cough', 'gag', 'wet_voice', 'color_change', 'choking'] as const
export type Sign = 'skin' | FeedingBody['safety'][number]

export interface Concern {
  /** The record that stands. */
  readonly record: string
  readonly at: string
  /** Who saw it. */
  readonly by: string
  /** Null: a visit to the toilet. */
  readonly meal: FeedingBody['meal'] | null
  /** Each once, in the order of SIGNS. */
  readonly signs: readonly Sign[]
}

/** The concerns of one log, in order of time. */
export function concernsOf(log: CareLog): Concern[] {
  return log.entries.flatMap((entry): Concern[] => {
    const seen: readonly Sign[] =
      entry.noun === 'feeding' ? entry.safety : entry.skin_concern ? (['skin'] as const) : []
    const signs = SIGNS.filter((sign) => seen.includes(sign))
    if (signs.length === 0) return []
    const { id: record, at, by } = entry
    return [{ record, at, by, meal: entry.noun === 'feeding' ? entry.meal : null, signs }]
  })
}
