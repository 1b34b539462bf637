/**
 * Ingest, second part: a record against what stands. The first wall (G7): was this person with the student when it
 * happened, may their role record this, and does a correction stay with what it corrects? Judged once, at the time
 * of the act; folds never judge again.
 */
import { sql } from 'kysely'
import { dayOf } from '../core/days.ts'
import type { Uuid } from '../core/ids.ts'
import type { Envelope } from '../records/envelope.ts'
import { partitionKey, scopeIdOf } from '../records/registry.ts'
import type { Actor, Tx } from './db.ts'
import type { Candidate } from './ingest-examine.ts'
import type { Scope } from './intern.ts'
import { mayAct, type RelationshipSpan } from './matrix.ts'
import { isProblemCode, type ProblemCode } from './problems.ts'

/** A record may arrive this long after the relationship it was made under has ended (semantics 1). */
const LATE_DAYS = 14
/** An author corrects freely until the end of the school day plus this (domain B.8, edit.self_window_h). */
const SELF_WINDOW_MS = 24 * 3_600_000
const DAY_MS = 86_400_000

export interface Clocks {
  readonly now: number
  /** Server minus device, ms. */
  readonly skew: number
}

export interface Existing {
  readonly digest: string
  readonly received: number
  readonly author: Uuid
  readonly uploadedBy: Uuid
  readonly part: string
  readonly at: number
  readonly envelope: Envelope
}

export interface Standing {
  readonly spans: readonly RelationshipSpan[]
  readonly restrictions: readonly { student: Uuid; from: number; to: number | null }[]
  /** Also takes what the batch itself adds. */
  readonly records: Map<string, Existing>
  /** Records of this author in each partition; also counts what the batch itself adds. */
  readonly sizes: Map<string, number>
  readonly auds: ReadonlyMap<string, number>
  readonly wings: ReadonlyMap<string, number>
}

export async function look(tx: Tx, actor: Actor, good: readonly Candidate[]): Promise<Standing> {
  const spans = await tx.read
    .selectFrom('relationship')
    .select(['student_id', 'role', 'from_at', 'to_at'])
    .where('district_id', '=', actor.district)
    .where('person_id', '=', actor.person)
    .execute()
  const students = [...new Set(good.flatMap(({ envelope }) => envelope.student ?? []))]
  const ids = new Set<string>()
  for (const { envelope, kind } of good) {
    ids.add(envelope.id)
    if (envelope.replaces) ids.add(envelope.replaces)
    const target = kind.agrees && envelope.refs[kind.agrees.ref]
    if (target) ids.add(target)
  }
  const scopes = new Set<Uuid>()
  const parts = new Set<string>()
  for (const { kind, envelope } of good) {
    const of = scopeIdOf(kind, envelope, actor.person, actor.district)
    if (of) scopes.add(of)
    if (of) parts.add(partitionKey(kind, envelope, of))
  }
  return tx.asSystem(async (db) => {
    const records = await db
      .selectFrom('record')
      .select(['id', 'digest', 'received', 'author', 'uploaded_by', 'part', 'at', 'envelope'])
      .where('district_id', '=', actor.district)
      .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
      .execute()
    const sizes = await db
      .selectFrom('record')
      .select((eb) => ['part', eb.fn.countAll<number>().as('size')])
      .where('district_id', '=', actor.district)
      .where('part', '=', sql<string>`any(${[...parts]}::text[])`)
      .where('author', '=', actor.person)
      .groupBy('part')
      .execute()
    const auds = await db
      .selectFrom('aud')
      .select(['aud', 'scope', 'of_id', 'tier'])
      .where('district_id', '=', actor.district)
      .where('of_id', '=', sql<string>`any(${[...scopes]}::uuid[])`)
      .execute()
    const wings = await db
      .selectFrom('student')
      .innerJoin('wing', (join) =>
        join
          .onRef('wing.district_id', '=', 'student.district_id')
          .onRef('wing.school_id', '=', 'student.school_id'),
      )
      .select(['student.student_id', 'wing.tier', 'wing.wing'])
      .where('student.district_id', '=', actor.district)
      .where('student.student_id', '=', sql<string>`any(${students}::uuid[])`)
      .execute()
    const restrictions = await sql<{ student_id: Uuid; from_at: Date; to_at: Date | null }>`
      select * from person_restrictions(${actor.district}, ${actor.person})
    `.execute(db)
    return {
      spans: spans.map((row) => ({
        student: row.student_id,
        role: row.role,
        from: row.from_at.getTime(),
        to: row.to_at?.getTime() ?? null,
      })),
      restrictions: restrictions.rows.map((row) => ({
        student: row.student_id,
        from: row.from_at.getTime(),
        to: row.to_at?.getTime() ?? null,
      })),
      records: new Map(
        records.map((row) => [
          row.id,
          {
            digest: row.digest.toString('hex'),
            received: row.received.getTime(),
            author: row.author,
            uploadedBy: row.uploaded_by,
            part: row.part,
            at: row.at.getTime(),
            envelope: JSON.parse(row.envelope) as Envelope,
          },
        ]),
      ),
      sizes: new Map(sizes.map((row) => [row.part, row.size])),
      auds: new Map(auds.map((row) => [`${row.scope}/${row.of_id}/${row.tier}`, row.aud])),
      wings: new Map(wings.map((row) => [`${row.student_id}/${row.tier}`, row.wing])),
    }
  })
}

/** Null when the record may go in; otherwise the code of its refusal. The first wall (G7). */
export function judge(
  candidate: Candidate,
  actor: Actor,
  standing: Standing,
  clocks: Clocks,
): ProblemCode | null {
  const { envelope, kind } = candidate
  const at = Date.parse(envelope.at)
  const may = (time: number) => {
    if (kind.scope === 'person') return true
    const student = envelope.student
    if (!student) return false
    const restricted = standing.restrictions.some(
      (one) => one.student === student && one.from <= time && (one.to === null || one.to > time),
    )
    return !restricted && mayAct(standing.spans, student, kind.tier, kind.action, time)
  }
  const raw = may(at)
  // nothing has happened after it arrived, whatever a device says: who is assigned tomorrow does not write today
  const corrected = Math.min(at + clocks.skew, clocks.now)
  if (raw !== may(corrected)) return 'record.clock_disagrees'
  if (!raw) return 'record.not_permitted'
  if (endedLongAgo(candidate, at, standing, clocks.now)) return 'record.too_late'
  if (envelope.onBehalfOf && envelope.onBehalfOf !== actor.person) {
    const student = envelope.student
    if (!student || !mayAct(standing.spans, student, kind.tier, 'approve', at)) return 'record.on_behalf'
  }
  if (envelope.replaces) {
    const target = standing.records.get(envelope.replaces)
    if (target) {
      const of = scopeIdOf(kind, envelope, actor.person, actor.district)
      if (!of || target.part !== partitionKey(kind, envelope, of)) return 'record.replaces_elsewhere'
      // A correction made in time may wait for a network as other records may, and with what it corrects.
      const until = endOfDay(target) + SELF_WINDOW_MS
      const late = clocks.now - Math.max(until, target.received) > LATE_DAYS * DAY_MS
      const own = target.author === actor.person && at <= until && !late
      const owner = envelope.student && mayAct(standing.spans, envelope.student, kind.tier, 'approve', at)
      if (!own && !owner) return 'record.not_yours'
    }
  }
  const target = kind.agrees && standing.records.get(envelope.refs[kind.agrees.ref] ?? '')
  if (kind.agrees && target) {
    const code = kind.agrees.with(envelope, target.envelope)
    if (code) return isProblemCode(code) ? code : 'record.refs'
  }
  return null
}

function endedLongAgo({ envelope, kind }: Candidate, at: number, standing: Standing, now: number): boolean {
  const { student } = envelope
  if (student === null) return false
  const covering = standing.spans.filter((span) => mayAct([span], student, kind.tier, kind.action, at))
  return covering.every((span) => span.to !== null && now - span.to > LATE_DAYS * DAY_MS)
}

/** End of the local day on which the target happened, ms. The shift is not known here; the day is its upper bound. */
function endOfDay({ at, envelope: { tz } }: Existing): number {
  const day = dayOf(at, tz)
  let end = at
  while (dayOf(end + 3_600_000, tz) === day) end += 3_600_000
  return end + 3_600_000
}

export function scopeKey({ scope, of, tier }: Scope): string {
  return `${scope}/${of}/${tier}`
}
