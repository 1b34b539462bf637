/** A record of this device as a row of each table it passes through; what is sealed goes along unread. */
import type { OutboxRow, OwnRow } from './port.ts'

/** Names the grant that a record, or a grant itself, belongs to. */
export function scopeKeyOf(scope: string, of: string, tier: string): string {
  return `${scope}/${of}/${tier}`
}

export function asOwn(row: OutboxRow, received: number, pos: number | null): OwnRow {
  const { id, seq, scope, hidden, again, tag, data, sealed } = row
  const shown = pos === null && hidden === 0 ? 1 : 0
  return { id, seq, scope, hidden, again, shown, tag, received, pos, data, sealed }
}

export function asWaiting(row: OwnRow, again: 0 | 1): OutboxRow {
  const { id, seq, scope, hidden, tag, data, sealed } = row
  return { id, seq, scope, state: 'waiting', hidden, again, tag, data, sealed, problem: null, said: null }
}
