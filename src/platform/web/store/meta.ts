/** The small single values of the store, typed. Used inside the transactions of store.ts. */
import type { Json } from '../../core/canonical.ts'
import type { Counter, Line, Losses, Settings } from './change.ts'
import type { MetaRow, Transaction } from './port.ts'

interface Meta {
  rev: number
  device: string
  counter: Counter
  line: Line
  settings: Settings
  losses: Losses
  /** The run whose pages are staged; empty = none. */
  backfill: string
}

const FIRST: Meta = {
  rev: 0,
  device: '',
  counter: { seq: 0, ord: 0 },
  line: { generation: 0, epoch: null, next: null, pos: 0, signedOut: false },
  settings: { flight: false, offset: 0, lastSynced: null },
  losses: { here: [], before: null, noted: { here: [], devices: [] } },
  backfill: '',
}

export async function read<N extends keyof Meta>(tx: Transaction, name: N): Promise<Meta[N]> {
  const row = await tx.meta.get(name)
  return row ? (row.data as unknown as Meta[N]) : FIRST[name]
}

export async function save<N extends keyof Meta>(tx: Transaction, name: N, data: Meta[N]): Promise<void> {
  await tx.meta.put([{ name, data: data as unknown as Json } satisfies MetaRow])
}

/** Numbers the change of this transaction. */
export async function bump(tx: Transaction): Promise<number> {
  const rev = (await read(tx, 'rev')) + 1
  await save(tx, 'rev', rev)
  return rev
}
