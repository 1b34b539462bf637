/**
 * The one way out of the outbox: the server's word on that very record (G1). Used inside the transactions of store.ts,
 * for what this person sent, and of sync/courier.ts, for what was carried for somebody else.
 */
import type { Bytes, OutboxRow, OwnRow, Transaction } from './port.ts'
import { asOwn } from './rows.ts'

export type SealedOutcome =
  | { readonly id: string; readonly status: 'team'; readonly received: number; readonly isNew?: boolean }
  | { readonly id: string; readonly status: 'needs_you'; readonly code: string; readonly said: Bytes | null }

/** Records that are not in the outbox are left as they are. */
export async function acknowledge(
  tx: Transaction,
  outcomes: readonly SealedOutcome[],
): Promise<{ gone: { outbox: string[] }; own: OwnRow[]; outbox: OutboxRow[] }> {
  const ids = outcomes.map((outcome) => outcome.id)
  const rows = await tx.outbox.getMany(ids)
  const delivered = await tx.records.getMany(ids)
  const own: OwnRow[] = []
  const asking: OutboxRow[] = []
  outcomes.forEach((outcome, n) => {
    const row = rows[n]
    if (!row) return
    // Newly taken in: whatever it was doubted for before, it may be lost, and doubted, once more (G6).
    const again = outcome.status === 'team' && outcome.isNew ? 0 : row.again
    if (outcome.status === 'team')
      own.push(asOwn({ ...row, again }, outcome.received, delivered[n]?.pos ?? null))
    else asking.push({ ...row, state: 'needs_you', problem: outcome.code, said: outcome.said })
  })
  const sent = own.map((row) => row.id)
  await tx.own.put(own)
  await tx.outbox.put(asking)
  await tx.outbox.delete(sent)
  return { gone: { outbox: sent }, own, outbox: asking }
}
