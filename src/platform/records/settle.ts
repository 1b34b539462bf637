/**
 * From the records of one partition, in whatever order they arrived, to the facts that stand: total order,
 * then replacements and voids. The result is the same on every device and on the server (G9).
 */
import type { StoredRecord } from './envelope.ts'

export interface Settled {
  /** Records that stand, in order. A correction stands in the place of what it replaces. */
  readonly live: readonly StoredRecord[]
  /** Every record of the partition in order, for those who show history. */
  readonly all: readonly StoredRecord[]
  /** Ids that two or more records claim to replace, or that stand in a cycle: shown, never merged. */
  readonly conflicts: readonly string[]
  /** Records whose target has not arrived yet. */
  readonly waiting: readonly string[]
}

/** A record of a kind whose noun is `void` withdraws its target and has no fact of its own. */
export function isVoid(record: Pick<StoredRecord, 'kind'>): boolean {
  return record.kind.endsWith('.void')
}

/** Total order of semantics 2.2: (min(ord, received), device, seq, id). */
export function compareRecords(a: StoredRecord, b: StoredRecord): number {
  return timeOf(a) - timeOf(b) || compareText(a.device, b.device) || a.seq - b.seq || compareText(a.id, b.id)
}

function timeOf(record: StoredRecord): number {
  return record.received === null ? record.ord : Math.min(record.ord, record.received)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Settles one partition. Input order does not matter; duplicates by id are dropped. */
export function settle(records: Iterable<StoredRecord>): Settled {
  const byId = new Map<string, StoredRecord>()
  for (const record of records) byId.set(record.id, record)
  const all = [...byId.values()].sort(compareRecords)

  const successors = new Map<string, StoredRecord[]>()
  const waiting: string[] = []
  for (const record of all) {
    if (!record.replaces) continue
    if (!byId.has(record.replaces)) waiting.push(record.id)
    const list = successors.get(record.replaces)
    if (list) list.push(record)
    else successors.set(record.replaces, [record])
  }

  const conflicts = new Set<string>()
  for (const [target, list] of successors) if (byId.has(target) && list.length > 1) conflicts.add(target)

  const placed = new Set<string>()
  const live: StoredRecord[] = []
  for (const record of all) {
    if (record.replaces) continue
    for (const end of endsOf(record)) live.push(end)
  }
  for (const id of waiting) endsOf(byId.get(id))
  // What is reached neither from an original nor from a record that waits for its target stands in a cycle.
  for (const record of all) if (!placed.has(record.id)) conflicts.add(record.id)
  return { live, all, conflicts: [...conflicts].sort(), waiting }

  /**
   * The records at the ends of a chain of replacements: none for a void, several for a conflict. A loop and not a
   * recursion, because a chain may be as long as a faulty device makes it and one record must never stop the rest.
   */
  function endsOf(record: StoredRecord | undefined): StoredRecord[] {
    const ends: StoredRecord[] = []
    const open = record ? [record] : []
    for (let next = open.pop(); next; next = open.pop()) {
      placed.add(next.id)
      const after = successors.get(next.id)
      if (!after && !isVoid(next)) ends.push(next)
      for (const successor of after?.toReversed() ?? []) open.push(successor)
    }
    return ends
  }
}
