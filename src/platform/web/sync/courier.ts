/**
 * Carries sealed records: those of other people who used this browser, by whoever is signed in now, and one's own
 * that no key here opens any more. It reads columns and the sealed record, and no key is needed or at hand. The server
 * opens, judges and stores each as its author's; here an acknowledgement moves it as its own would. Called by
 * store/device.ts, in the leading tab, after its own records.
 */
import { acknowledge, type SealedOutcome } from '../store/acknowledge.ts'
import type { SealedPushResponse } from '../../records/wire.ts'
import { bump } from '../store/meta.ts'
import type { StoragePort } from '../store/port.ts'
import { SyncError, type Transport } from './transport.ts'

const BATCH = 50

export interface Carried {
  /** Still waiting after the visit. */
  readonly waiting: number
  /** With the team, by this visit. */
  readonly sent: number
}

/**
 * One visit to one database. In one's own, `opened` names the waiting rows that a key opens: they go by the other way, and
 * tabs show them. It is asked after the rows were read, so that what is captured meanwhile is never taken for one that no
 * key opens. A row without a sealed record waits for its person.
 * Rejects with a SyncError when the server cannot be talked to; what was acknowledged until then is.
 */
export async function carry(options: {
  port: StoragePort
  transport: Pick<Transport, 'pushSealed'>
  opened?: () => Promise<ReadonlySet<string>>
  signal: AbortSignal
}): Promise<Carried> {
  const { port, transport, opened, signal } = options
  const rows = await port.transact('read', ['outbox'], (tx) => tx.outbox.where('state', ['waiting']))
  const shown = await opened?.()
  const waiting = rows.filter((row) => !shown?.has(row.id)).toSorted((a, b) => a.seq - b.seq)
  const sealed = waiting.flatMap((row) => (row.sealed ? [row.sealed] : []))
  let size = BATCH
  let sent = 0
  let settled = 0
  for (let at = 0; at < sealed.length;) {
    const batch = sealed.slice(at, at + size)
    try {
      const { acks, now } = await transport.pushSealed({ records: batch }, signal)
      const asked = new Set(batch.map((record) => record.id))
      const outcomes = acks.filter((ack) => asked.has(ack.id)).map((ack) => outcomeOf(ack, now))
      const { own, outbox } = await port.transact(
        'write',
        ['meta', 'outbox', 'own', 'records'],
        async (tx) => {
          if (!opened) await bump(tx)
          return acknowledge(tx, outcomes)
        },
      )
      sent += own.length
      settled += own.length + outbox.length
      at += batch.length
    } catch (error) {
      // Too large together: fewer at a time. One alone that is too large waits for its person.
      if (!(error instanceof SyncError) || error.kind !== 'too_large') throw error
      if (batch.length === 1) at += 1
      else size = Math.ceil(batch.length / 2)
    }
  }
  return { waiting: waiting.length - settled, sent }
}

function outcomeOf({ id, status, code }: SealedPushResponse['acks'][number], now: number): SealedOutcome {
  if (status === 'accepted' || status === 'duplicate')
    return { id, status: 'team', received: now, isNew: status === 'accepted' }
  return { id, status: 'needs_you', code: code ?? `record.${status}`, said: null }
}
