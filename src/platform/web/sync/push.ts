/**
 * From the outbox to the server. Sends what waits, in the order it was made, and believes nothing but the server's
 * word on each record: its id, and for a yes the digest that this device computed (F24, F30). Called by sync.ts.
 */
import type { PushResponse } from '../../records/wire.ts'
import type { Change, OutboxItem } from '../store/change.ts'
import { envelopeOf } from '../store/sealing.ts'
import type { Outcome, Store } from '../store/store.ts'
import { SyncError, type Transport } from './transport.ts'

const BATCH = 100
/** A server that fails on this many single records in a row is ill, not the records. */
const POISONED_AT_MOST = 5

/**
 * One pass over the outbox. A batch that is too large, refused as a whole or that makes the server fail is halved
 * until the one record at fault is found, so that its neighbors get through (F19, F22, F23).
 * False when something is still without the server's word and should be tried later.
 * Rejects with a SyncError when the server cannot be talked to at all.
 */
export async function push(options: {
  store: Pick<Store, 'waiting' | 'acknowledge'>
  transport: Pick<Transport, 'push'>
  publish: (change: Change) => void
  /** District wall clock, ms. */
  now: () => number
  signal: AbortSignal
}): Promise<boolean> {
  const { store, transport, publish, now, signal } = options
  const waiting = await store.waiting()
  let size = BATCH
  let at = 0
  let failures = 0
  let complete = true
  while (at < waiting.length) {
    const batch = waiting.slice(at, at + size)
    try {
      const response = await transport.push(
        { records: batch.map((row) => envelopeOf(row.data)), sent: new Date(now()).toISOString() },
        signal,
      )
      const outcomes = judge(batch, response)
      if (outcomes.length > 0) publish(await store.acknowledge(outcomes))
      if (outcomes.length < batch.length) complete = false
      at += batch.length
      size = Math.min(BATCH, size * 2)
      failures = 0
    } catch (error) {
      if (!(error instanceof SyncError) || !isAboutRecords(error)) throw error
      if (batch.length > 1) {
        size = Math.ceil(batch.length / 2)
        continue
      }
      if (error.kind === 'server') {
        complete = false
        if (++failures === POISONED_AT_MOST) throw error
      } else {
        const outcomes = batch.map(({ id }): Outcome => ({ id, status: 'needs_you', problem: error.problem }))
        publish(await store.acknowledge(outcomes))
      }
      at += 1
    }
  }
  return complete
}

/** A record without an outcome keeps waiting. */
function judge(batch: readonly OutboxItem[], response: PushResponse): Outcome[] {
  const sent = new Map(batch.map((row) => [row.id, row]))
  const outcomes = new Map<string, Outcome>()
  for (const ack of response.acks) {
    const { id } = ack
    const row = sent.get(id)
    if (!row || outcomes.has(id)) continue
    const isYes = ack.status === 'accepted' || ack.status === 'duplicate'
    if (isYes && ack.digest === row.data.digest) {
      const isNew = ack.status === 'accepted'
      outcomes.set(id, { id, status: 'team', received: ack.received ?? response.now, isNew })
      continue
    }
    // A yes without a digest is a yes to nothing in particular.
    if (isYes && ack.digest === undefined) continue
    const code = isYes ? 'ack.digest' : (ack.code ?? `record.${ack.status}`)
    const problem = { code, field: ack.field ?? null, message: ack.message ?? null }
    outcomes.set(id, { id, status: 'needs_you', problem })
  }
  return [...outcomes.values()]
}

function isAboutRecords(error: SyncError): boolean {
  return (
    error.kind === 'too_large' ||
    error.kind === 'server' ||
    (error.kind === 'refused' && (error.status === 400 || error.status === 422))
  )
}
