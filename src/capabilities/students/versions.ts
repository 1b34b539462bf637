/**
 * Versions of what stands: a plan names the one before it (refs.base), the newest stands, and two that follow the same
 * one are a conflict with an owner. And who has read which. Read by the screens of students and by the brief.
 */
import type { z } from 'zod'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { settle } from '../../platform/records/settle.ts'
import { AckBody } from './records.ts'

export interface Version<Body> {
  readonly id: string
  readonly body: Body
  readonly author: string
  /** Instant (ISO) at which it was published. */
  readonly at: string
  /** 1 for the first one; one more than the version that it names as its base. */
  readonly number: number
}

export interface Head<Body> extends Version<Body> {
  /** True when another version claims to follow the same one: somebody must decide, and both hold meanwhile. */
  readonly disputed: boolean
}

/** Every version, the oldest first. One of an unknown shape is followed as others are and shows nothing. */
export function versionsOf<Body>(
  records: readonly StoredRecord[],
  kind: string,
  schema: z.ZodType<Body>,
): Version<Body>[] {
  const published = publishedOf(records, kind)
  const standsFor = originsOf(records)
  const byId = new Map(published.map((record) => [standsFor(record.id), record]))
  const numberOf = (record: StoredRecord): number => {
    const seen = new Set([record.id])
    let number = 1
    for (let base = baseOf(record); base && !seen.has(base.id); base = baseOf(base)) {
      seen.add(base.id)
      number += 1
    }
    return number
  }
  const baseOf = (record: StoredRecord) => byId.get(standsFor(record.refs['base'] ?? ''))
  return published.flatMap((record) => {
    const body = schema.safeParse(record.body).data
    const { id, author, at } = record
    return body === undefined ? [] : [{ id, author, at, body, number: numberOf(record) }]
  })
}

/** The versions that stand, the newest first: none, one, or several that contradict each other. */
export function headsOf<Body>(
  records: readonly StoredRecord[],
  kind: string,
  schema: z.ZodType<Body>,
): Head<Body>[] {
  const standsFor = originsOf(records)
  const published = publishedOf(records, kind)
  const followed = new Set(published.map((record) => standsFor(record.refs['base'] ?? '')))
  const heads = new Set(
    published.filter((record) => !followed.has(standsFor(record.id))).map((record) => record.id),
  )
  return versionsOf(records, kind, schema)
    .filter(({ id }) => heads.has(id))
    .toReversed()
    .map((version) => ({ ...version, disputed: heads.size > 1 }))
}

/** Somebody has read a version. */
export interface Ack {
  readonly of: string
  readonly by: string
  readonly at: string
}

export function acksOf(records: readonly StoredRecord[]): Ack[] {
  return settle(records).live.flatMap(({ kind, refs, author, at, body }) =>
    kind === 'students.ack' && AckBody.safeParse(body).success
      ? [{ of: refs['of'] ?? '', by: author, at }]
      : [],
  )
}

/** The last of the versions that a person has read; whoever wrote one knows it. Null: none. */
export function lastRead<Body>(
  versions: readonly Version<Body>[],
  acks: readonly Ack[],
  person: string,
): Version<Body> | null {
  return versions.findLast((version) => hasRead(version, acks, person)) ?? null
}

/** Whether a person has read a version: they said so, or they wrote it. */
export function hasRead(
  version: Pick<Version<unknown>, 'id' | 'author'>,
  acks: readonly Ack[],
  person: string,
): boolean {
  return version.author === person || acks.some(({ of, by }) => of === version.id && by === person)
}

export interface Receipt {
  readonly person: string
  /** Instant (ISO) at which they said that they have read the version that stands; null: not yet. */
  readonly at: string | null
  /** The number of the last version that they have read; 0 = none. */
  readonly number: number
}

/** Who of a team has read the version that stands, in the order of the team; its author is not asked. */
export function receiptsOf<Body>(
  versions: readonly Version<Body>[],
  head: Version<Body>,
  acks: readonly Ack[],
  team: readonly string[],
): Receipt[] {
  return team
    .filter((person) => person !== head.author)
    .map((person) => ({
      person,
      at: acks.find(({ of, by }) => of === head.id && by === person)?.at ?? null,
      number: lastRead(versions, acks, person)?.number ?? 0,
    }))
}

function publishedOf(records: readonly StoredRecord[], kind: string): StoredRecord[] {
  return settle(records).live.filter((record) => record.kind === kind)
}

/** A corrected version stands in the place of the one it corrects: both go by the id of the first of them. */
function originsOf(records: readonly StoredRecord[]): (id: string) => string {
  const replaced = new Map(records.flatMap(({ id, replaces }) => (replaces ? [[id, replaces] as const] : [])))
  return (id) => {
    const seen = new Set<string>()
    let origin = id
    for (let next = replaced.get(origin); next !== undefined && !seen.has(next); next = replaced.get(next)) {
      seen.add(next)
      origin = next
    }
    return origin
  }
}
