/**
 * Ingest, third part: what was accepted is folded, positioned, stored and audited in one transaction (G5, G8); what
 * was refused is kept in the supervisor's inbox (G4).
 */
import { sql } from 'kysely'
import { sha256Hex } from '../core/canonical.ts'
import { dayOf } from '../core/days.ts'
import { isUuid, uuidv7, type Uuid } from '../core/ids.ts'
import { MAX_RECORD_BYTES, deviceOrderOf, type StoredRecord } from '../records/envelope.ts'
import type { Registry } from '../records/registry.ts'
import { noteArrivals, type Arrival } from './arrivals.ts'
import type { Actor, AuditEntry, Db, LastStatement, Writable } from './db.ts'
import { column } from './columns.ts'
import type { Candidate, Refusal } from './ingest-examine.ts'
import type { Clocks } from './ingest-judge.ts'
import { PROBLEMS } from './problems.ts'
import { project, type Placed } from './views.ts'

/** Refused bodies kept per person and day. */
const INBOX_PER_DAY = 1000
const DAY_MS = 86_400_000

export interface Accepted {
  readonly candidate: Candidate
  readonly aud: number
  readonly part: string
  readonly wing: number | null
}

export interface Taken {
  /** Whose records they are. */
  readonly actor: Actor
  /** Who brought them. */
  readonly uploader: Uuid
  readonly accepted: readonly Accepted[]
  readonly refusals: readonly Refusal[]
  readonly arrivals: readonly Arrival[]
  /** What stands in the partitions that the accepted join, in order of position. */
  readonly stored: readonly Placed[]
  /** What the author may write into, of the audiences of the accepted. */
  readonly into: Writable
}

/** What the trail says of a batch; null when nothing came of it. */
export function entryOf({ actor, uploader, accepted, refusals }: Taken): AuditEntry | null {
  if (accepted.length === 0 && refusals.length === 0) return null
  return {
    action: 'records.ingest',
    detail: {
      ...(actor.person === uploader ? {} : { author: actor.person }),
      accepted: accepted.map(({ candidate }) => [candidate.envelope.id, candidate.digest]),
      refused: refusals.map(({ id, code }) => [isUuid(id) ? id : null, code]),
    },
  }
}

/** Everything but the records themselves: views, the inbox, what has arrived. `db` runs as handrail_system. */
export async function storeBeside(
  db: Db,
  registry: Registry,
  { actor, uploader, accepted, refusals, arrivals, stored }: Taken,
  now: number,
): Promise<void> {
  const { district, person } = actor
  if (refusals.length > 0) await keepRefused(db, { district, person, uploader }, refusals, now)
  const placed = accepted.map((one) => placedOf(one, person, now))
  await project(db, district, registry, stored, placed, noteArrivals(district, person, arrivals, now))
}

/**
 * The records, with their positions. The counter row is locked by this statement and by nothing before it (G5). Where
 * somebody else was faster with one of these ids it fails, and all is looked at again (F3); without a counter it fails
 * too, for no record is without a position.
 */
export function insertion({ actor, uploader, accepted, into }: Taken, clocks: Clocks): LastStatement | null {
  if (accepted.length === 0) return null
  const { district, person } = actor
  const count = accepted.length
  const rows = columnsOf(accepted)
  const text = sql`
    counted as (
      update counter set head = head + ${count}::integer, head_id = ${rows.id.at(-1)}
      where district_id = ${district}
      returning head - ${count}::integer as first
    )
    insert into record (district_id, id, pos, aud, wing, student_id, kind, act, standing, part, at, day, device, seq,
      author, uploaded_by, received, skew_ms, replaces, digest, envelope)
    select ${district}, r.id, (select first from counted) + r.n, r.aud, r.wing, r.student_id, r.kind, r.act, r.standing, r.part,
      r.at, r.day, r.device, r.seq, ${person}, ${uploader}, ${new Date(clocks.now)}, ${Math.round(clocks.skew)}::bigint,
      r.replaces, decode(r.digest, 'hex'), r.envelope
    from unnest(
      ${column(rows.id)}::uuid[],
      ${column(rows.aud)}::integer[],
      ${column(rows.wing)}::integer[],
      ${column(rows.student)}::uuid[],
      ${column(rows.kind)},
      ${column(rows.act)}::"char"[],
      ${column(rows.standing)}::boolean[],
      ${rows.part}::text[],
      ${column(rows.at)}::timestamptz[],
      ${column(rows.day)}::date[],
      ${column(rows.device)}::uuid[],
      ${column(rows.seq)}::integer[],
      ${column(rows.replaces)}::uuid[],
      ${column(rows.digest)},
      ${column(rows.envelope)}
    ) with ordinality as r (id, aud, wing, student_id, kind, act, standing, part, at, day, device, seq, replaces,
      digest, envelope, n)
  `
  return { text, into }
}

/** Column by column, in one pass: a function made for each batch would be compiled anew after every major collection. */
function columnsOf(accepted: readonly Accepted[]) {
  const rows = {
    id: [] as Uuid[],
    aud: [] as number[],
    wing: [] as (number | null)[],
    student: [] as (Uuid | null)[],
    kind: [] as string[],
    act: [] as ('a' | 'c')[],
    standing: [] as boolean[],
    part: [] as string[],
    at: [] as string[],
    day: [] as string[],
    device: [] as Uuid[],
    seq: [] as number[],
    replaces: [] as (Uuid | null)[],
    digest: [] as string[],
    envelope: [] as string[],
  }
  for (const { candidate, aud, wing, part } of accepted) {
    const { envelope, kind } = candidate
    rows.id.push(envelope.id)
    rows.aud.push(aud)
    rows.wing.push(wing)
    rows.student.push(envelope.student)
    rows.kind.push(envelope.kind)
    rows.act.push(kind.action === 'approve' ? 'a' : 'c')
    rows.standing.push(kind.standing)
    rows.part.push(part)
    rows.at.push(envelope.at)
    rows.day.push(dayOf(candidate.at, envelope.tz))
    rows.device.push(envelope.device)
    rows.seq.push(envelope.seq)
    rows.replaces.push(envelope.replaces ?? null)
    rows.digest.push(candidate.digest)
    rows.envelope.push(candidate.text)
  }
  return rows
}

function placedOf({ candidate, aud, part, wing }: Accepted, author: Uuid, received: number): Placed {
  const record: StoredRecord = {
    ...candidate.envelope,
    ...deviceOrderOf(candidate.envelope),
    digest: candidate.digest,
    author,
    received,
    aud,
    pos: null,
  }
  return { record, part, wing, standing: candidate.kind.standing }
}

async function keepRefused(
  db: Db,
  { district, person, uploader }: { district: Uuid; person: Uuid; uploader: Uuid },
  refusals: readonly Refusal[],
  now: number,
): Promise<void> {
  const today = await db
    .selectFrom('refused')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('district_id', '=', district)
    .where('uploaded_by', '=', uploader)
    .where('received', '>', new Date(now - DAY_MS))
    .executeTakeFirst()
  const room = INBOX_PER_DAY - (today?.count ?? 0)
  const rows = refusals.slice(0, Math.max(0, room)).map(({ author = person, ...refusal }) => ({
    district_id: district,
    refused_id: uuidv7(now),
    id: isUuid(refusal.id) ? refusal.id : null,
    author,
    uploaded_by: uploader,
    received: new Date(now),
    code: refusal.code,
    field: refusal.field === undefined ? null : storable(refusal.field),
    message: storable(refusal.message ?? PROBLEMS[refusal.code].title),
    student_id: refusal.student,
    digest: Buffer.from(sha256Hex(refusal.body), 'hex'),
    body: refusal.body.slice(0, MAX_RECORD_BYTES),
    truncated: refusal.body.length > MAX_RECORD_BYTES,
    wings: sql<number[]>`inbox_wings(${district}, ${refusal.student}, ${author ?? uploader})`,
    resolved: null,
    resolved_by: null,
  }))
  if (rows.length > 0)
    await db
      .insertInto('refused')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

// a key of the body may be part of the field's path
function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed().slice(0, 500)
}
