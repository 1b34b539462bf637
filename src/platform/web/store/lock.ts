/**
 * The end of a sitting, in one transaction: the keys in use, everything synced and the documents go; wrapped keys and
 * sealed records stay. It needs no key itself, so that whoever signs in next on this browser can lock what its last
 * person left open. Called by store.ts (log-out, remote sign-out, expiry) and vault/neighbors.ts.
 *
 * Also the parts of it that a new epoch needs.
 */
import type { Change, Line } from './change.ts'
import { bump, read, save } from './meta.ts'
import type { StoragePort, TableName, Transaction } from './port.ts'

export const SYNCED = ['records', 'summaries', 'disputes', 'staged', 'held'] as const satisfies TableName[]

export function lockNow(port: StoragePort): Promise<Change> {
  return port.transact('write', ['meta', 'values', 'keys', ...SYNCED], async (tx) => {
    const forgotten = (await tx.values.all()).map((row) => row.name)
    await clearSynced(tx)
    await tx.values.clear()
    const keys = await tx.keys.all()
    await tx.keys.delete(['sitting'])
    await tx.keys.put(keys.flatMap((row) => (row.name === 'sitting' ? [] : [{ ...row, live: null }])))
    const before = await read(tx, 'line')
    // The cursor stays: it says nothing of students, and by it a server restored meanwhile is noticed (G6).
    const line: Line = { ...before, generation: before.generation + 1, signedOut: true }
    await save(tx, 'line', line)
    return { rev: await bump(tx), reset: true, line, forgotten }
  })
}

export async function clearSynced(tx: Transaction): Promise<void> {
  await tx.records.clear()
  await tx.summaries.clear()
  await tx.disputes.clear()
  await tx.held.clear()
  await endBackfill(tx)
}

export async function endBackfill(tx: Transaction): Promise<void> {
  await tx.staged.clear()
  await save(tx, 'backfill', '')
}
