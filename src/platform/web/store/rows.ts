/** A record as a row of each table it passes through. Used by store.ts. */
import type { Delivered } from '../../records/wire.ts'
import type { DisputeRow, OutboxRow, OwnRow, RecordRow } from './port.ts'
import type { Arrival } from './store.ts'

/** Names the grant that a record, or a grant itself, belongs to. */
export function scopeKeyOf(scope: string, of: string, tier: string): string {
  return `${scope}/${of}/${tier}`
}

export function asOwn(row: OutboxRow, received: number, pos: number | null): OwnRow {
  const { id, seq, scope, hidden, again, digest, data } = row
  const shown = pos === null && hidden === 0 ? 1 : 0
  return { id, seq, scope, hidden, again, shown, digest, received, pos, data }
}

export function asWaiting(row: OwnRow, again: 0 | 1): OutboxRow {
  const { id, seq, scope, hidden, digest, data } = row
  return { id, seq, scope, state: 'waiting', hidden, again, digest, data, problem: null }
}

export function asRecord({ record, partition }: Arrival): RecordRow {
  const { id, digest } = record
  return { id, aud: record.aud ?? 0, pos: record.pos ?? 0, partition, digest, data: record }
}

export function asDispute(delivered: Delivered): DisputeRow {
  return { key: `${delivered.envelope.id}/${delivered.digest}`, aud: delivered.aud, data: delivered }
}
