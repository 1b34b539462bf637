/**
 * Seals what is on the device unsealed: unsent and own records of the first version, which kept them in plain (F11), and
 * records that were made while the part of the program that seals could not be had. Called by store.ts at each
 * opening; mostly there is nothing to do.
 */
import type { StoredRecord } from '../../records/envelope.ts'
import type { OutboxRow, OwnRow, Problem, StoragePort } from './port.ts'
import type { OutboxItem } from './change.ts'
import type { Sealing } from './sealing.ts'

/** As the first version of the tables had them: `data` in plain, and a bare digest. */
interface PlainOutboxRow extends Omit<OutboxRow, 'tag' | 'data' | 'sealed' | 'problem' | 'said'> {
  readonly data: StoredRecord
  readonly problem: Problem | null
}
interface PlainOwnRow extends Omit<OwnRow, 'tag' | 'data' | 'sealed'> {
  readonly data: StoredRecord
}

export async function sealPlain(port: StoragePort, sealing: Sealing): Promise<void> {
  const { outbox, own } = await port.transact('read', ['outbox', 'own'], async (tx) => ({
    outbox: (await tx.outbox.all()).filter(isUnsealed),
    own: (await tx.own.all()).filter(isUnsealed),
  }))
  if (outbox.length + own.length === 0) return
  const sealedOutbox = await Promise.all(
    outbox.map(async (row) => {
      if (!isPlain(row)) return { ...row, sealed: await sealedOf(row) }
      const { digest: _, ...item } = row as unknown as PlainOutboxRow & { digest: string }
      return sealing.outbox(item)
    }),
  )
  const sealedOwn = await Promise.all(
    own.map(async (row) => {
      if (!isPlain(row)) return { ...row, sealed: await sealedOf(row) }
      const { digest: _, ...plain } = row as unknown as PlainOwnRow & { digest: string }
      const { tag, data, sealed } = await sealing.outbox(asItem(plain))
      return { ...plain, tag, data, sealed }
    }),
  )
  await port.transact('write', ['outbox', 'own'], async (tx) => {
    // Another tab may have been at it, or sent them.
    const stillOutbox = await tx.outbox.getMany(sealedOutbox.map((row) => row.id))
    const stillOwn = await tx.own.getMany(sealedOwn.map((row) => row.id))
    await tx.outbox.put(sealedOutbox.filter((_, n) => isUnsealed(stillOutbox[n])))
    await tx.own.put(sealedOwn.filter((_, n) => isUnsealed(stillOwn[n])))
  })

  /** Of a record whose bytes are sealed for its person already; null when they do not open. */
  async function sealedOf(row: OutboxRow | OwnRow) {
    const { rows } = await sealing.opened({ own: [{ ...row, shown: 0, received: 0, pos: null }] })
    const item = rows.own[0]
    return item ? (await sealing.outbox(asItem(item))).sealed : null
  }
}

function asItem({ id, seq, scope, hidden, again, data }: PlainOwnRow): OutboxItem {
  return { id, seq, scope, state: 'waiting', hidden, again, data, problem: null }
}

function isPlain(row: OutboxRow | OwnRow): boolean {
  return !(row.data instanceof Uint8Array)
}

function isUnsealed(row: OutboxRow | OwnRow | undefined): boolean {
  return row !== undefined && (isPlain(row) || row.sealed === null)
}
