/**
 * Views on the server: folds of partitions, kept in `projection`. Ingest folds what it touches in the transaction of
 * the records themselves; `rebuild` drops everything and folds again, and must give the same bytes (G9).
 */
import { sql, type RawBuilder } from 'kysely'
import { canonical } from '../core/canonical.ts'
import type { Uuid } from '../core/ids.ts'
import { deviceOrderOf, type Envelope, type StoredRecord } from '../records/envelope.ts'
import type { Registry, View } from '../records/registry.ts'
import { settle } from '../records/settle.ts'
import { plainCanonical } from './canonical-plain.ts'
import { column } from './columns.ts'
import type { Database, Db } from './db.ts'
import { WITH_THE_NEXT } from './prepared.ts'

/**
 * A batch may touch 500 partitions, and the table of locks is one for the whole server: so many locks do for all
 * partitions of a district. Two that share one only wait for each other. A power of two.
 */
const BUCKETS = 128

/** What a projection row inherits from the records of its partition. */
export interface Placed {
  readonly record: StoredRecord
  readonly part: string
  readonly wing: number | null
  readonly standing: boolean
}

interface RecordRow {
  envelope: string
  digest: Buffer
  author: string
  received: Date
  aud: number
  pos: number
}

export function storedOf(row: RecordRow): StoredRecord {
  const envelope = JSON.parse(row.envelope) as Envelope
  return {
    ...envelope,
    ...deviceOrderOf(envelope),
    digest: row.digest.toString('hex'),
    author: row.author,
    received: row.received.getTime(),
    aud: row.aud,
    pos: row.pos,
  }
}

/**
 * Folds the partitions that `fresh` touches, together with what is `stored` there already, and stores the states.
 * `db` runs as handrail_system. The partitions are locked since before `stored` was read, so that two devices writing
 * into one session at once are both in the result. `beside` = a statement sent together with the last of these.
 */
export async function project(
  db: Db,
  district: Uuid,
  registry: Registry,
  stored: readonly Placed[],
  fresh: readonly Placed[],
  beside?: RawBuilder<unknown>,
): Promise<void> {
  const placed = new Map<string, Placed[]>()
  for (const { part, record } of fresh) if (registry.viewsOf(record.kind).length > 0) placed.set(part, [])
  for (const one of stored) placed.get(one.part)?.push(one)
  for (const one of fresh) placed.get(one.part)?.push(one)
  await store(db, district, registry, placed, beside)
}

/** What stands in a partition, as JSON. */
export const STORED_ROW = sql`
  json_build_array(part, wing, standing, envelope, encode(digest, 'hex'), author, epoch_ms(received), aud, pos)`

export type StoredRow = [
  part: string,
  wing: number | null,
  standing: boolean,
  envelope: string,
  digest: string,
  author: Uuid,
  received: number,
  aud: number,
  pos: number,
]

export function placedOf([
  part,
  wing,
  standing,
  text,
  digest,
  author,
  received,
  aud,
  pos,
]: StoredRow): Placed {
  const envelope = JSON.parse(text) as Envelope
  const record = { ...envelope, ...deviceOrderOf(envelope), digest, author, received, aud, pos }
  return { record, part, wing, standing }
}

/**
 * Waits for whoever folds one of these partitions, and keeps others from it until the transaction ends. Goes with the
 * next statement, which sees what they stored.
 */
export async function lockParts(db: Db, district: Uuid, parts: readonly string[]): Promise<void> {
  if (parts.length === 0) return
  await sql`${sql.raw(WITH_THE_NEXT)}
    select pg_advisory_xact_lock(hashtext(${district}), bucket)
    from (select distinct hashtext(part) & ${BUCKETS - 1}::integer as bucket from unnest(${parts}::text[]) as part order by bucket) as ordered
  `.execute(db)
}

/** Drops the projections of a district and folds all its records again. Returns the number of partitions folded. */
export async function rebuild(database: Database, district: Uuid, registry: Registry): Promise<number> {
  return database.asSystem(district, async (tx, db) => {
    // Whoever folds holds one of these until they commit. Taken before anything else, as they do, so that nobody waits
    // for each other in a circle.
    await sql`
      select pg_advisory_xact_lock(hashtext(${district}), bucket) from generate_series(0, ${BUCKETS - 1}::integer) as bucket
    `.execute(db)
    await db.deleteFrom('projection').where('district_id', '=', district).execute()
    const parts = await db
      .selectFrom('record')
      .select('part')
      .distinct()
      .where('district_id', '=', district)
      .where('kind', 'in', [...new Set(registry.views.flatMap((view) => view.kinds))])
      .execute()
    for (let i = 0; i < parts.length; i += 500) {
      const some = parts.slice(i, i + 500).map((row) => row.part)
      const rows = await db
        .selectFrom('record')
        .select(['part', 'envelope', 'digest', 'author', 'received', 'aud', 'pos', 'wing', 'standing'])
        .where('district_id', '=', district)
        .where('part', 'in', some)
        .orderBy('pos')
        .execute()
      const placed = new Map<string, Placed[]>(some.map((part) => [part, []]))
      for (const row of rows)
        placed
          .get(row.part)
          ?.push({ record: storedOf(row), part: row.part, wing: row.wing, standing: row.standing })
      await store(db, district, registry, placed)
    }
    await tx.audit({ action: 'views.rebuild', detail: { partitions: parts.length } })
    return parts.length
  })
}

async function store(
  db: Db,
  district: Uuid,
  registry: Registry,
  partitions: ReadonlyMap<string, readonly Placed[]>,
  beside?: RawBuilder<unknown>,
): Promise<void> {
  const rows = {
    view: [] as string[],
    version: [] as number[],
    part: [] as string[],
    parent: [] as string[],
    aud: [] as (number | null)[],
    wing: [] as (number | null)[],
    student: [] as (Uuid | null)[],
    at: [] as string[],
    standing: [] as boolean[],
    state: [] as string[],
  }
  const gone: { view: string; part: string }[] = []
  for (const [part, placed] of partitions) {
    const first = placed[0]
    if (!first) continue
    let at = first.record.at
    let standing = false
    const views = new Set<View>()
    for (const one of placed) {
      if (one.record.at > at) at = one.record.at
      standing ||= one.standing
      for (const view of registry.viewsOf(one.record.kind)) views.add(view)
    }
    for (const view of views) {
      const state = view.fold(settle(recordsOf(view, placed, registry)))
      if (state === null) {
        gone.push({ view: view.name, part })
        continue
      }
      rows.view.push(view.name)
      rows.version.push(view.version)
      rows.part.push(part)
      rows.parent.push(view.parent(state))
      rows.aud.push(first.record.aud)
      rows.wing.push(placed.at(-1)?.wing ?? null)
      rows.student.push(first.record.student)
      rows.at.push(at)
      rows.standing.push(standing)
      rows.state.push(plainCanonical(state) ?? canonical(state))
    }
  }
  if (rows.view.length === 0) await beside?.execute(db)
  else
    await sql`${sql.raw(WITH_THE_NEXT)}
      ${beside ? sql`with beside as (${beside})` : sql``}
      insert into projection (district_id, view, version, part, parent, aud, wing, student_id, at, standing, state)
      select ${district}, view, version, part, parent, aud, wing, student_id, at, standing, state
      from unnest(
        ${rows.part}::text[],
        ${rows.parent}::text[],
        ${column(rows.view)},
        ${column(rows.version)}::integer[],
        ${column(rows.aud)}::integer[],
        ${column(rows.wing)}::integer[],
        ${column(rows.student)}::uuid[],
        ${column(rows.at)}::timestamptz[],
        ${column(rows.standing)}::boolean[],
        ${column(rows.state)}
      ) as r (part, parent, view, version, aud, wing, student_id, at, standing, state)
      on conflict (district_id, view, version, part) do update
      set parent = excluded.parent, wing = excluded.wing, at = excluded.at, standing = excluded.standing, state = excluded.state
    `.execute(db)
  for (const { view, part } of gone)
    await db
      .deleteFrom('projection')
      .where('district_id', '=', district)
      .where('view', '=', view)
      .where('part', '=', part)
      .execute()
}

/** What a view folds of a partition, in the newest version of each body. */
function recordsOf(view: View, placed: readonly Placed[], registry: Registry): StoredRecord[] {
  const records: StoredRecord[] = []
  for (const { record } of placed) {
    const latest = view.kinds.includes(record.kind) ? registry.latest(record) : undefined
    if (latest) records.push(latest)
  }
  return records
}
