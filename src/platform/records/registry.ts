/**
 * Registry of record kinds and of views: what a capability declares in its records.ts and rules.ts, and what
 * ingest, feed, device store and rebuilds read. Adding a capability adds entries here and changes nothing else.
 */
import type { z } from 'zod'
import type { Json } from '../core/canonical.ts'
import type { Envelope, StoredRecord } from './envelope.ts'
import type { Settled } from './settle.ts'

/** Record classes of domain B.2: T0 name and schedule … T5 restricted; S = staff. */
export type Tier = 'T0' | 'T1' | 'T2' | 'T3' | 'T4' | 'T5' | 'S'

/** Who a record concerns; decides who may read it. The server resolves it, never the device. */
export type ScopeKind = 'student' | 'group' | 'person' | 'thread' | 'family' | 'school' | 'district'

/** Actions of the permission matrix (domain B.3): create = log what happened; approve = decide, publish, change a plan. */
export type Action = 'create' | 'approve'

type Body = { readonly [key: string]: Json }

export interface Kind {
  /** `capability.noun`. */
  readonly kind: string
  /** Current version of the body. */
  readonly v: number
  /** Every version ever released, by number. */
  readonly bodies: { readonly [v: number]: z.ZodType }
  /** Pure upcasts: `upcasts[n]` turns a body of version n into version n + 1. */
  readonly upcasts?: { readonly [v: number]: (body: Body) => Body }
  /** Names of the refs that must be present; others are refused. A trailing `?` marks an optional one. */
  readonly refs: readonly string[]
  readonly scope: ScopeKind
  readonly tier: Tier
  readonly action: Action
  /** Of the roles with that right only these, e.g. health plans are the nurse's. Absent = all of them. */
  readonly owners?: readonly string[]
  /** Standing records (plans, safety) reach a device whole, however old. */
  readonly standing: boolean
  /** The partition this record is folded in, e.g. `session:<id>`. Unique within a scope, small by design. */
  partition(record: Pick<Envelope, 'id' | 'student' | 'refs'>): string
  /**
   * A pure check against an earlier record that a ref names, run at ingest when that record is there.
   * Returns a problem code or null.
   */
  readonly agrees?: { readonly ref: string; with(record: Envelope, target: Envelope): string | null }
  /**
   * True of a record that is final: once one stands, ingest takes no other record of its kind into its partition, no
   * replacement either. Only for kinds that a view folds, because their partitions are looked at under a lock.
   */
  seals?(record: Pick<Envelope, 'body'>): boolean
}

/** Voids the record that `replaces` names; needs a reason. Every capability's records can be voided by it. */
export interface View<State extends Json = Json> {
  readonly name: string
  /** Raise when the fold changes; a rebuild then runs beside the old rows. */
  readonly version: number
  /** Kinds that are folded; all must share one partition function result shape. */
  readonly kinds: readonly string[]
  /** Pure: the settled records of one partition, in order, to its state; null when there is nothing to show. */
  fold(records: Settled): State | null
  /** Key of the second-level group that this partition's state belongs to (a program, a student-day). */
  parent(state: State): string
}

export interface Registry {
  kind(name: string): Kind | undefined
  view(name: string): View | undefined
  readonly kinds: readonly Kind[]
  readonly views: readonly View[]
  /** Views that fold a kind. */
  viewsOf(kind: string): readonly View[]
  /** The body in the current version, or undefined when its version is unknown here (newer than this build). */
  latest(record: StoredRecord): StoredRecord | undefined
}

const NONE: readonly View[] = []

/** Builds the registry. Throws on a name declared twice, a view of an unknown kind, or a missing upcast. */
export function createRegistry(kinds: readonly Kind[], views: readonly View[]): Registry {
  const byKind = unique(kinds, (kind) => kind.kind)
  const byView = unique(views, (view) => view.name)
  const viewsByKind = new Map<string, View[]>()
  for (const view of views)
    for (const name of view.kinds) {
      if (!byKind.has(name)) throw new Error(`view ${view.name} folds unknown kind ${name}`)
      viewsByKind.set(name, [...(viewsByKind.get(name) ?? []), view])
    }
  for (const kind of kinds)
    for (let v = 1; v < kind.v; v++)
      if (!kind.upcasts?.[v]) throw new Error(`kind ${kind.kind} lacks the upcast from version ${v}`)

  return {
    kinds,
    views,
    kind: (name) => byKind.get(name),
    view: (name) => byView.get(name),
    viewsOf: (name) => viewsByKind.get(name) ?? NONE,
    latest(record) {
      const kind = byKind.get(record.kind)
      if (!kind || record.v > kind.v) return undefined
      if (record.v === kind.v) return record
      let body = record.body
      for (let v = record.v; v < kind.v; v++) body = kind.upcasts?.[v]?.(body) ?? body
      return { ...record, v: kind.v, body }
    },
  }
}

function unique<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T> {
  const map = new Map<string, T>()
  for (const item of items) {
    const name = nameOf(item)
    if (map.has(name)) throw new Error(`${name} is declared twice`)
    map.set(name, item)
  }
  return map
}

/** The id that a record's scope names: its student, its author (person), or the ref of that name. Undefined = missing. */
export function scopeIdOf(
  kind: Kind,
  record: Pick<Envelope, 'student' | 'refs'>,
  author: string,
  district: string,
): string | undefined {
  switch (kind.scope) {
    case 'student':
    case 'family':
      return record.student ?? undefined
    case 'person':
      return author
    case 'district':
      return district
    case 'group':
    case 'thread':
    case 'school':
      return record.refs[kind.scope]
  }
}

/** The full key of a record's partition: scope, tier and the kind's own part, so that no partition spans two audiences. */
export function partitionKey(
  kind: Kind,
  record: Pick<Envelope, 'id' | 'student' | 'refs'>,
  scopeId: string,
): string {
  return `${scopeId}/${kind.tier}/${kind.partition(record)}`
}
