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
import { defineWrite, type Actor, type Db } from './db.ts'
import type { Candidate, Refusal } from './ingest-examine.ts'
import type { Clocks } from './ingest-judge.ts'
import { PROBLEMS } from './problems.ts'
import { project, type Placed } from './views.ts'

/** Refused bodies kept per person and day. */
const INBOX_PER_DAY = 1000
const DAY_MS = 86_400_000

/** The same id was committed by somebody else between looking and inserting: look again (F3). */
export class RacedError extends Error {}

export interface Accepted {
  readonly candidate: Candidate
  readonly aud: number
  readonly part: string
  readonly wing: number | null
}

interface StoreArgs {
  readonly registry: Registry
  /** Whose records they are. */
  readonly actor: Actor
  /** Who brought them. */
  readonly uploader: Uuid
  readonly accepted: readonly Accepted[]
  readonly refusals: readonly Refusal[]
  readonly arrivals: readonly Arrival[]
  readonly clocks: Clocks
}

export const storeBatch = defineWrite<StoreArgs, void>({
  audit: ({ actor, uploader, accepted, refusals }) => ({
    action: 'records.ingest',
    detail: {
      ...(actor.person === uploader ? {} : { author: actor.person }),
      accepted: accepted.map(({ candidate }) => [candidate.envelope.id, candidate.digest]),
      refused: refusals.map(({ id, code }) => [isUuid(id) ? id : null, code]),
    },
  }),
  async run(db, { registry, actor, uploader, accepted, refusals, arrivals, clocks }, tx) {
    const { district, person } = actor
    await tx.asSystem(async (system) => {
      if (refusals.length > 0) await keepRefused(system, { district, person, uploader }, refusals, clocks.now)
      await noteArrivals(system, district, person, arrivals, clocks.now)
      if (accepted.length === 0) return
      await project(
        system,
        district,
        registry,
        accepted.map((one) => placedOf(one, person, clocks.now)),
      )
    })
    if (accepted.length === 0) return
    const rows = accepted.map(({ candidate: { envelope, kind, text, digest }, aud, part, wing }) => ({
      id: envelope.id,
      aud,
      wing,
      student_id: envelope.student,
      kind: envelope.kind,
      act: kind.action === 'approve' ? 'a' : 'c',
      standing: kind.standing,
      part,
      at: envelope.at,
      day: dayOf(envelope.at, envelope.tz),
      device: envelope.device,
      seq: envelope.seq,
      replaces: envelope.replaces ?? null,
      digest: `\\x${digest}`,
      envelope: text,
    }))
    // The counter row is locked by this statement and by nothing before it (G5). No conflict target is named: naming
    // one asks for the right to read, and an author whose relationship has ended may write late but not read.
    const inserted = await sql`
      with counted as (
        update counter set head = head + ${rows.length}, head_id = ${rows.at(-1)?.id}
        where district_id = ${district}
        returning head - ${rows.length} as first
      )
      insert into record (district_id, id, pos, aud, wing, student_id, kind, act, standing, part, at, day, device, seq,
        author, uploaded_by, received, skew_ms, replaces, digest, envelope)
      select ${district}, r.id, counted.first + r.n, r.aud, r.wing, r.student_id, r.kind, r.act, r.standing, r.part,
        r.at, r.day, r.device, r.seq, ${person}, ${uploader}, ${new Date(clocks.now)}, ${Math.round(clocks.skew)},
        r.replaces, r.digest, r.envelope
      from counted, rows from (
        json_to_recordset(${JSON.stringify(rows)}::json) as (
          id uuid, aud integer, wing integer, student_id uuid, kind text, act "char", standing boolean, part text,
          at timestamptz, day date, device uuid, seq integer, replaces uuid, digest bytea, envelope text)
      ) with ordinality as r (id, aud, wing, student_id, kind, act, standing, part, at, day, device, seq, replaces,
        digest, envelope, n)
      on conflict do nothing
    `.execute(db)
    if (Number(inserted.numAffectedRows) !== rows.length) throw new RacedError()
  },
})

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
