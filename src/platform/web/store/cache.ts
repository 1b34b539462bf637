/**
 * What a tab has in memory: everything of the store that screens look at, and the views folded from it. Filled at
 * opening, kept up by Changes of this and other tabs; device.ts owns it. Views are not stored: they are folded
 * again from the records, lazily, and only the partitions that were touched.
 *
 * Every getter gives the same object until what it shows changes (useSyncExternalStore compares by identity).
 */
import type { Clock } from '../../core/clock.ts'
import type { Json } from '../../core/canonical.ts'
import type { StoredRecord } from '../../records/envelope.ts'
import { partitionKey, scopeIdOf, type Registry, type View } from '../../records/registry.ts'
import { settle, type Settled } from '../../records/settle.ts'
import type { Summary } from '../../records/wire.ts'
import type { HeldRow, Problem } from './port.ts'
import type { Change, Contents, Counter, DisputeItem, Line, Losses, OutboxItem, Settings } from './change.ts'

/**
 * saving: on the screen, not yet durable; kept: durable on this device; team: acknowledged by the server;
 * needs_you: refused, in conflict, or could not be kept.
 */
export type RecordState = 'saving' | 'kept' | 'team' | 'needs_you'

/** A record that is not with the team, or that the team's copy contradicts. */
export interface Entry {
  readonly id: string
  readonly record: StoredRecord
  readonly state: Exclude<RecordState, 'team'>
  /** Set when it needs you. */
  readonly problem: Problem | null
  /** `team`: a delivered record whose bytes are not what they should be; nothing of ours to send. */
  readonly origin: 'device' | 'team'
  /** Its student or group is no longer this person's: sent all the same, not shown in views. */
  readonly hidden: boolean
}

export interface StateOfPartition<State extends Json = Json> {
  readonly partition: string
  readonly state: State
}

interface Saving {
  readonly row: OutboxItem
  /** The change by which it became durable; null while it is not. */
  readonly keptBy: number | null
}

interface Folded {
  readonly state: Json
  readonly parent: string
}

export class Cache {
  rev = 0
  counter: Counter = { seq: 0, ord: 0 }
  line: Line = { generation: 0, epoch: null, next: null, pos: 0, signedOut: false }
  settings: Settings = { flight: false, offset: 0, lastSynced: null }
  losses: Losses = { here: [], before: null, noted: { here: [], devices: [] } }

  readonly #registry: Registry
  readonly #district: string
  readonly #clock: Clock

  readonly #saving = new Map<string, Saving>()
  readonly #failed = new Map<string, OutboxItem>()
  readonly #outbox = new Map<string, OutboxItem>()
  readonly #own = new Map<string, StoredRecord>()
  readonly #records = new Map<string, StoredRecord>()
  readonly #summaries = new Map<string, Summary>()
  readonly #disputes = new Map<string, DisputeItem>()
  readonly #held = new Map<number, { row: HeldRow; monoDeadline: number | null }>()
  readonly #values = new Map<string, Json>()

  /** Where each visible record stands, and what stands in each partition. */
  readonly #placed = new Map<string, { key: string; record: StoredRecord }>()
  readonly #partitions = new Map<string, Map<string, StoredRecord>>()
  /** Views that have a summary of a partition, by partition. */
  readonly #summarized = new Map<string, Set<string>>()

  readonly #settled = new Map<string, Settled>()
  readonly #folded = new Map<string, Map<string, Folded>>()
  readonly #stale = new Map<string, Set<string>>()
  readonly #children = new Map<string, Map<string, Set<string>>>()
  readonly #lists = new Map<string, readonly StateOfPartition[]>()
  #entries: readonly Entry[] | null = null

  constructor(options: { registry: Registry; district: string; clock: Clock }) {
    this.#registry = options.registry
    this.#district = options.district
    this.#clock = options.clock
  }

  // Filling

  /** Takes everything from the store; what this tab is still saving stays. */
  replace(contents: Contents): void {
    const { rev, counter, line, settings, losses, ...rows } = contents
    this.#outbox.clear()
    this.#own.clear()
    this.#values.clear()
    this.apply({ rev, counter, line, settings, losses, reset: true, ...rows })
    const before = Array.from(this.#placed.keys())
    for (const id of before) this.#place(id)
  }

  apply(change: Change): void {
    this.rev = change.rev
    if (change.counter) this.counter = change.counter
    if (change.line) this.line = change.line
    if (change.settings) this.settings = change.settings
    if (change.losses) this.losses = change.losses
    const touched = new Set<string>()

    if (change.reset) {
      for (const id of this.#records.keys()) touched.add(id)
      this.#records.clear()
      for (const summary of this.#summaries.values()) this.#withoutSummary(summary)
      this.#disputes.clear()
      this.#held.clear()
    }
    if (change.dropped && change.dropped.length > 0) this.#drop(new Set(change.dropped), touched)
    for (const id of change.gone?.outbox ?? []) if (this.#outbox.delete(id)) touched.add(id)
    for (const id of change.gone?.own ?? []) if (this.#own.delete(id)) touched.add(id)

    for (const row of change.outbox ?? []) {
      this.#outbox.set(row.id, row)
      this.#failed.delete(row.id)
      touched.add(row.id)
    }
    // From here on the store's own rows tell what became of them, also when it was read anew and not followed.
    for (const [id, { keptBy }] of this.#saving)
      if (keptBy !== null && keptBy <= change.rev) {
        this.#saving.delete(id)
        touched.add(id)
      }
    for (const row of change.own ?? []) {
      if (row.shown) this.#own.set(row.id, { ...row.data, received: row.received })
      else this.#own.delete(row.id)
      touched.add(row.id)
    }
    for (const row of change.records ?? []) {
      this.#records.set(row.id, row.data)
      touched.add(row.id)
    }
    for (const row of change.summaries ?? []) this.#withSummary(row.data)
    for (const row of change.disputes ?? []) this.#disputes.set(row.key, row)
    for (const row of change.held ?? [])
      this.#held.set(row.aud, { row, monoDeadline: this.#monoDeadline(row.deadline) })
    for (const row of change.values ?? []) this.#values.set(row.name, row.data)
    for (const name of change.forgotten ?? []) this.#values.delete(name)

    for (const id of touched) this.#place(id)
    this.#entries = null
  }

  /** Shows a record before it is durable, or under its new numbers. */
  saving(row: OutboxItem): void {
    this.#failed.delete(row.id)
    this.#saving.set(row.id, { row, keptBy: null })
    this.#place(row.id)
    this.#entries = null
  }

  /** It is durable by change `rev`, which may still stand in line behind another tab's. */
  kept(row: OutboxItem, rev: number): void {
    if (this.#saving.has(row.id)) this.#saving.set(row.id, { row, keptBy: rev })
    this.#place(row.id)
    this.#entries = null
  }

  /** It could not be kept: out of the views, and among what needs you, for as long as this tab lives. */
  failed(row: OutboxItem, problem: Problem): void {
    this.#saving.delete(row.id)
    this.#failed.set(row.id, { ...row, state: 'needs_you', problem })
    this.#place(row.id)
    this.#entries = null
  }

  takeFailed(id: string): OutboxItem | undefined {
    const row = this.#failed.get(id)
    return row && { ...row, state: 'waiting', problem: null }
  }

  // Reading

  /** Undefined for a record that is not on this device. */
  stateOf(id: string): RecordState | undefined {
    const saving = this.#saving.get(id)
    if (saving) return saving.keptBy === null ? 'saving' : 'kept'
    if (this.#failed.has(id)) return 'needs_you'
    const row = this.#outbox.get(id)
    // Not even its return with the feed makes it "with the team": only its acknowledgement does (F30).
    if (row) return row.state === 'waiting' ? 'kept' : 'needs_you'
    return this.#own.has(id) || this.#records.has(id) ? 'team' : undefined
  }

  partitionOf(record: Pick<StoredRecord, 'kind' | 'id' | 'student' | 'refs' | 'author'>): string | null {
    const kind = this.#registry.kind(record.kind)
    if (!kind) return null
    const scopeId = scopeIdOf(kind, record, record.author, this.#district)
    return scopeId === undefined ? null : partitionKey(kind, record, scopeId)
  }

  settled(partition: string): Settled {
    const known = this.#settled.get(partition)
    if (known) return known
    const records = [...(this.#partitions.get(partition)?.values() ?? [])]
    if (records.length === 0) return NOTHING
    const settled = settle(records.map((record) => this.#registry.latest(record) ?? record))
    this.#settled.set(partition, settled)
    return settled
  }

  state<State extends Json>(view: View<State>, partition: string): State | null {
    if (this.#stale.get(view.name)?.delete(partition)) this.#fold(view, partition)
    return (this.#folded.get(view.name)?.get(partition)?.state ?? null) as State | null
  }

  /** States of one parent, by partition key. */
  statesOf<State extends Json>(view: View<State>, parent: string): readonly StateOfPartition<State>[] {
    const stale = this.#stale.get(view.name)
    if (stale && stale.size > 0) {
      for (const partition of stale) this.#fold(view, partition)
      stale.clear()
    }
    const name = listName(view.name, parent)
    const known = this.#lists.get(name)
    if (known) return known as readonly StateOfPartition<State>[]
    const partitions = [...(this.#children.get(view.name)?.get(parent) ?? [])].sort()
    if (partitions.length === 0) return NO_STATES
    const folded = this.#folded.get(view.name)
    const list = partitions.map((partition) => ({
      partition,
      state: folded?.get(partition)?.state as State,
    }))
    this.#lists.set(name, list)
    return list
  }

  /** False while the device has only a summary of it. */
  isWhole(partition: string): boolean {
    return !this.#summarized.has(partition)
  }

  /** True when it holds something that a newer build wrote: it is not folded until this one is updated. */
  needsUpdate(partition: string): boolean {
    for (const record of this.#partitions.get(partition)?.values() ?? [])
      if (!this.#registry.latest(record)) return true
    for (const view of this.#summarized.get(partition) ?? []) {
      const summary = this.#summaries.get(summaryName(view, partition))
      if (summary && summary.version > (this.#registry.view(view)?.version ?? 0)) return true
    }
    return false
  }

  entries(): readonly Entry[] {
    if (this.#entries) return this.#entries
    const rows = [...this.#outbox.values()].sort((a, b) => a.seq - b.seq)
    const unkept = [...this.#failed.values()].sort((a, b) => a.seq - b.seq)
    const saving = [...this.#saving.values()].sort((a, b) => a.row.seq - b.row.seq)
    this.#entries = [
      ...rows.map((row) => entryOf(row, row.state === 'waiting' ? 'kept' : 'needs_you')),
      ...unkept.map((row) => entryOf(row, 'needs_you')),
      ...saving.map(({ row, keptBy }) => entryOf(row, keptBy === null ? 'saving' : 'kept')),
      ...[...this.#disputes.values()].map(disputed),
    ]
    return this.#entries
  }

  value(name: string): Json | undefined {
    return this.#values.get(name)
  }

  held(): readonly HeldRow[] {
    return [...this.#held.values()].map(({ row }) => row)
  }

  /** Auds whose time is over on the wall clock, or on the monotonic one when the wall clock was set back. */
  expired(): number[] {
    const wall = this.#clock.now()
    const mono = this.#clock.mono()
    return [...this.#held.values()]
      .filter(
        ({ row, monoDeadline }) =>
          (row.deadline !== null && row.deadline <= wall) || (monoDeadline !== null && monoDeadline <= mono),
      )
      .map(({ row }) => row.aud)
  }

  /** Auds with a summary made by an older version of a view than this build folds. */
  outdated(): Set<number> {
    const auds = new Set<number>()
    for (const summary of this.#summaries.values())
      if (summary.version < (this.#registry.view(summary.view)?.version ?? 0)) auds.add(summary.aud)
    return auds
  }

  // Keeping up

  #monoDeadline(deadline: number | null): number | null {
    return deadline === null ? null : this.#clock.mono() + (deadline - this.#clock.now())
  }

  #drop(auds: ReadonlySet<number>, touched: Set<string>): void {
    for (const [id, record] of this.#records)
      if (auds.has(record.aud ?? NaN)) {
        this.#records.delete(id)
        touched.add(id)
      }
    for (const summary of this.#summaries.values()) if (auds.has(summary.aud)) this.#withoutSummary(summary)
    for (const [key, row] of this.#disputes) if (auds.has(row.aud)) this.#disputes.delete(key)
    for (const aud of auds) this.#held.delete(aud)
  }

  /** Puts a record where it belongs now, or takes it away, and marks what depends on it. */
  #place(id: string): void {
    const record = this.#visible(id)
    const key = record ? this.partitionOf(record) : null
    const before = this.#placed.get(id)
    if (before && before.record === record) return
    if (before) {
      this.#partitions.get(before.key)?.delete(id)
      this.#touch(before.key, before.record.kind)
      this.#placed.delete(id)
    }
    if (!record || key === null) return
    const partition = this.#partitions.get(key) ?? new Map<string, StoredRecord>()
    this.#partitions.set(key, partition.set(id, record))
    this.#placed.set(id, { key, record })
    this.#touch(key, record.kind)
  }

  /** The copy to show: the server's before ours. Refused and hidden records are in the outbox only (F34). */
  #visible(id: string): StoredRecord | undefined {
    const delivered = this.#records.get(id) ?? this.#own.get(id)
    if (delivered) return delivered
    const row = this.#outbox.get(id)
    if (row) return row.state === 'waiting' && !row.hidden ? row.data : undefined
    return this.#saving.get(id)?.row.data
  }

  #touch(partition: string, kind: string): void {
    this.#settled.delete(partition)
    for (const view of this.#registry.viewsOf(kind)) this.#markStale(view.name, partition)
  }

  #markStale(view: string, partition: string): void {
    const stale = this.#stale.get(view)
    if (stale) stale.add(partition)
    else this.#stale.set(view, new Set([partition]))
  }

  #withSummary(summary: Summary): void {
    this.#summaries.set(summaryName(summary.view, summary.partition), summary)
    const views = this.#summarized.get(summary.partition)
    if (views) views.add(summary.view)
    else this.#summarized.set(summary.partition, new Set([summary.view]))
    this.#markStaleInAllViews(summary.partition)
  }

  #withoutSummary(summary: Summary): void {
    this.#summaries.delete(summaryName(summary.view, summary.partition))
    const views = this.#summarized.get(summary.partition)
    views?.delete(summary.view)
    if (views?.size === 0) this.#summarized.delete(summary.partition)
    this.#markStaleInAllViews(summary.partition)
  }

  /** A summary of one view says that the partition is not whole, which concerns the others too. */
  #markStaleInAllViews(partition: string): void {
    for (const view of this.#registry.views) this.#markStale(view.name, partition)
  }

  #fold(view: View, partition: string): void {
    const folded = this.#folded.get(view.name) ?? new Map<string, Folded>()
    this.#folded.set(view.name, folded)
    const before = folded.get(partition)
    const state = this.#stateOfPartition(view, partition)
    if (state === null) {
      if (!before) return
      folded.delete(partition)
      this.#children.get(view.name)?.get(before.parent)?.delete(partition)
      this.#lists.delete(listName(view.name, before.parent))
      return
    }
    // The way of a record from here to the team folds its partition again and mostly changes nothing.
    if (before && JSON.stringify(before.state) === JSON.stringify(state)) return
    const parent = view.parent(state)
    folded.set(partition, { state, parent })
    this.#lists.delete(listName(view.name, parent))
    const parents = this.#children.get(view.name) ?? new Map<string, Set<string>>()
    this.#children.set(view.name, parents)
    if (before && before.parent !== parent) {
      parents.get(before.parent)?.delete(partition)
      this.#lists.delete(listName(view.name, before.parent))
    }
    parents.set(parent, (parents.get(parent) ?? new Set()).add(partition))
  }

  #stateOfPartition(view: View, partition: string): Json | null {
    if (this.#summarized.has(partition)) {
      const summary = this.#summaries.get(summaryName(view.name, partition))
      return summary?.version === view.version ? (summary.state as Json) : null
    }
    const records: StoredRecord[] = []
    for (const record of this.#partitions.get(partition)?.values() ?? []) {
      if (!view.kinds.includes(record.kind)) continue
      const latest = this.#registry.latest(record)
      if (!latest) return null
      records.push(latest)
    }
    return records.length === 0 ? null : view.fold(settle(records))
  }
}

const NOTHING: Settled = { live: [], all: [], conflicts: [], waiting: [] }
const NO_STATES: readonly StateOfPartition<never>[] = []

function summaryName(view: string, partition: string): string {
  return `${view}\n${partition}`
}

function listName(view: string, parent: string): string {
  return `${view}\n${parent}`
}

function entryOf(row: OutboxItem, state: Entry['state']): Entry {
  const { id, data, problem, hidden } = row
  return { id, record: data, state, problem, origin: 'device', hidden: hidden === 1 }
}

function disputed(row: DisputeItem): Entry {
  return {
    id: row.key,
    record: row.data,
    state: 'needs_you',
    problem: { code: 'feed.digest', field: null, message: null },
    origin: 'team',
    hidden: false,
  }
}
