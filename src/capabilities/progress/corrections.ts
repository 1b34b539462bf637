/**
 * What was changed in a session after it was recorded: by whom, when, why, from what to what. Read from the records
 * of its partition, so that a screen can show the history that nothing ever deletes (domain B.8). Pure.
 */
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { compareRecords, isVoid } from '../../platform/records/settle.ts'
import { itemOf } from '../sessions/items.ts'

export interface Correction {
  /** Id of the record that corrects. */
  readonly id: string
  readonly act: 'changed' | 'withdrawn'
  /** Kind of what was corrected, e.g. `sessions.trial`. */
  readonly kind: string
  /** Trial or step, 1-based; null for everything else. */
  readonly n: number | null
  /** Code before and after, as on the buttons; null where it has none. */
  readonly from: string | null
  readonly to: string | null
  /** Person id. */
  readonly author: string
  /** Instant (ISO) at which it was corrected. */
  readonly at: string
  readonly reason: string
}

/** Corrections of one partition in the order they were made. One whose target is not here is left out. */
export function correctionsOf(records: readonly StoredRecord[]): Correction[] {
  const byId = new Map(records.map((record) => [record.id, record]))
  return records.toSorted(compareRecords).flatMap((record): Correction[] => {
    const target = byId.get(record.replaces ?? '')
    if (!target) return []
    const before = itemOf(target)
    const after = itemOf(record)
    const places = target.kind === 'sessions.trial' || target.kind === 'sessions.step'
    return [
      {
        id: record.id,
        act: isVoid(record) ? 'withdrawn' : 'changed',
        kind: target.kind,
        n: places ? (before?.n ?? null) : null,
        from: places ? (before?.code ?? null) : null,
        to: places ? (after?.code ?? null) : null,
        author: record.onBehalfOf ?? record.author,
        at: record.entered ?? record.at,
        reason: record.reason ?? '',
      },
    ]
  })
}
