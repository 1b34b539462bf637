/**
 * Ingest: the one way in for records. Every record of a batch is judged alone and answered alone (G4): one that is
 * wrong is kept in the supervisor's inbox and never holds up its neighbours. Accepted ones are folded, positioned,
 * stored and audited in one transaction (G5, G8). Same id and same bytes = acknowledged again; same id and other
 * bytes = conflict, both kept (G3).
 */
import { sql } from 'kysely'
import type { z } from 'zod'
import { canonical, isUnstorable, sha256Hex } from '../core/canonical.ts'
import { dayOf } from '../core/days.ts'
import { isUuid, uuidv7, type Uuid } from '../core/ids.ts'
import { Envelope, MAX_RECORD_BYTES, deviceOrderOf, type StoredRecord } from '../records/envelope.ts'
import { partitionKey, scopeIdOf, type Kind, type Registry } from '../records/registry.ts'
import type { Ack, PushResponse } from '../records/wire.ts'
import { defineWrite, type Actor, type Database, type Db, type Tx } from './db.ts'
import { internAuds, type Scope } from './intern.ts'
import { mayAct, type RelationshipSpan } from './matrix.ts'
import { PROBLEMS, isProblemCode, type ProblemCode } from './problems.ts'
import { project, type Placed } from './views.ts'

/** A record may arrive this long after the relationship it was made under has ended (semantics 1). */
const LATE_DAYS = 14
/** An author corrects freely until the end of the school day plus this (domain B.8, edit.self_window_h). */
const SELF_WINDOW_MS = 24 * 3_600_000
/** Refused bodies kept per person and day. */
const INBOX_PER_DAY = 1000
const DAY_MS = 86_400_000
/** A partition is folded whole at every record that joins it, so it must stay small. Counted per author: nobody fills another's. */
const MAX_PARTITION = 5000
/** No kind nests deeper; what does could overflow the stack of whoever walks it. */
const MAX_DEPTH = 32

export interface IngestServices {
  readonly database: Database
  readonly registry: Registry
  /** Told after commit: which audiences have news. */
  readonly announce: (district: Uuid, auds: readonly number[]) => void
}

/**
 * Takes a batch from a signed-in person. `sent` = the device's wall clock when it sent (ISO), to estimate its skew.
 * Never throws for anything a record may hold; throws for a database that cannot be reached.
 */
export async function ingest(
  services: IngestServices,
  actor: Actor,
  batch: readonly unknown[],
  sent?: string,
): Promise<PushResponse> {
  const now = services.database.now(actor.district)
  const skew = sent === undefined ? 0 : now - Date.parse(sent)
  const examined = batch.map((raw, index) => examine(services.registry, raw, index))
  const acks = new Map<number, Ack>()
  const good: Candidate[] = []
  const bad: Refusal[] = []
  for (const one of examined) {
    if ('code' in one) bad.push(one)
    else good.push(one)
  }
  const high = new Map<string, number>()
  await ingestGroup(services, actor, good, bad, { now, skew }, { acks, high })
  return {
    acks: examined.map((one) => acks.get(one.index) ?? refusalAck({ ...one, code: 'server.failed' })),
    now,
    high: Object.fromEntries(high),
  }
}

interface Candidate {
  readonly index: number
  readonly envelope: Envelope
  readonly kind: Kind
  readonly text: string
  readonly digest: string
}

interface Refusal {
  readonly index: number
  readonly id: string
  readonly code: ProblemCode
  readonly field?: string
  readonly message?: string
  readonly body: string
  readonly student: Uuid | null
}

interface Clocks {
  readonly now: number
  /** Server minus device, ms. */
  readonly skew: number
}

async function ingestGroup(
  services: IngestServices,
  actor: Actor,
  good: readonly Candidate[],
  bad: readonly Refusal[],
  clocks: Clocks,
  answer: { readonly acks: Map<number, Ack>; readonly high: Map<string, number> },
): Promise<void> {
  for (let attempt = 1; attempt <= 8; attempt++) {
    try {
      const outcome = await transact(services, actor, good, bad, clocks)
      if ('missing' in outcome) {
        await internAuds(services.database, actor.district, outcome.missing)
        continue
      }
      for (const [index, ack] of outcome.acks) answer.acks.set(index, ack)
      for (const [device, seq] of outcome.high) answer.high.set(device, seq)
      if (outcome.auds.length > 0) services.announce(actor.district, outcome.auds)
      if (outcome.straddling.length > 0)
        for (const half of halves(outcome.straddling))
          await ingestGroup(services, actor, half, [], clocks, answer)
      return
    } catch (error) {
      if (error instanceof RacedError) continue
      // the second wall refused what the first let through: find the record, spare its neighbours
      if ((error as { code?: string }).code !== '42501') throw error
      if (good.length > 1) {
        for (const half of halves(good)) await ingestGroup(services, actor, half, bad, clocks, answer)
        return
      }
      const only = good[0]
      if (!only) throw error
      await ingestGroup(services, actor, [], [...bad, refuse(only, 'record.not_permitted')], clocks, answer)
      return
    }
  }
  throw new Error('ingest raced too often')
}

/** The same id was committed by somebody else between looking and inserting: look again (F3). */
class RacedError extends Error {}

interface Outcome {
  readonly acks: ReadonlyMap<number, Ack>
  /** Device → highest seq. */
  readonly high: readonly (readonly [string, number])[]
  readonly auds: readonly number[]
  /** Allowed by the relationship at their own time, but not at every time of the batch: tried again in halves. */
  readonly straddling: readonly Candidate[]
}

async function transact(
  services: IngestServices,
  actor: Actor,
  good: readonly Candidate[],
  bad: readonly Refusal[],
  clocks: Clocks,
): Promise<Outcome | { missing: readonly Scope[] }> {
  const times = good.map((candidate) => Date.parse(candidate.envelope.at))
  // what claims to happen in the future must be allowed now as well
  const span = times.length > 0 ? ([Math.min(...times, clocks.now), Math.max(...times)] as const) : undefined
  return services.database.asPerson(
    actor,
    async (tx, reach) => {
      const standing = await look(tx, actor, good)
      const acks = new Map<number, Ack>()
      const refusals = [...bad]
      const accepted: Accepted[] = []
      const straddling: Candidate[] = []
      const missing: Scope[] = []

      for (const candidate of good) {
        const { envelope, digest } = candidate
        const before = standing.records.get(envelope.id)
        if (before && before.digest === digest && before.uploadedBy === actor.person)
          acks.set(candidate.index, {
            id: envelope.id,
            status: 'duplicate',
            digest,
            received: before.received,
          })
        else if (before) refusals.push(refuse(candidate, 'record.id_reused'))
        else {
          const code = judge(candidate, actor, standing, clocks)
          if (code) {
            refusals.push(refuse(candidate, code))
            continue
          }
          const of = scopeIdOf(candidate.kind, envelope, actor.person, actor.district)
          if (!of) {
            refusals.push(refuse(candidate, 'record.refs'))
            continue
          }
          const scope: Scope = { scope: candidate.kind.scope, of, tier: candidate.kind.tier }
          const aud = standing.auds.get(scopeKey(scope))
          if (aud === undefined) missing.push(scope)
          else if (good.length > 1 && !reach.writable.has(aud)) straddling.push(candidate)
          else {
            const part = partitionKey(candidate.kind, envelope, of)
            const size = standing.sizes.get(part) ?? 0
            if (size >= MAX_PARTITION) {
              refusals.push(refuse(candidate, 'record.partition_full'))
              continue
            }
            standing.sizes.set(part, size + 1)
            const wing = standing.wings.get(`${envelope.student}/${candidate.kind.tier}`) ?? null
            accepted.push({ candidate, aud, part, wing })
            // what comes later in the batch may be its twin, correct it or refer to it
            const { person } = actor
            const received = clocks.now
            const at = Date.parse(envelope.at)
            standing.records.set(envelope.id, {
              digest,
              received,
              author: person,
              uploadedBy: person,
              part,
              at,
              envelope,
            })
          }
        }
      }
      if (missing.length > 0) return { missing }

      if (accepted.length > 0 || refusals.length > 0)
        await tx.write(storeBatch, { services, actor, accepted, refusals, clocks })
      for (const { candidate } of accepted)
        acks.set(candidate.index, {
          id: candidate.envelope.id,
          status: 'accepted',
          digest: candidate.digest,
          received: clocks.now,
        })
      for (const refusal of refusals) acks.set(refusal.index, refusalAck(refusal))
      return {
        acks,
        high: await highOf(tx, actor, good),
        auds: [...new Set(accepted.map((one) => one.aud))],
        straddling,
      }
    },
    span ? { span } : {},
  )
}

// — examining a record on its own —

function examine(registry: Registry, raw: unknown, index: number): Candidate | Refusal {
  const body = safeText(raw)
  const about = raw as { id?: unknown; student?: unknown } | null
  const named = typeof about?.id === 'string' && about.id.length <= 64 && !isUnstorable(about.id)
  const id = named ? (about.id as string) : `#${index}`
  const student = isUuid(about?.student) ? about.student : null
  const no = (code: ProblemCode, field?: string, message?: string): Refusal => ({
    index,
    id,
    code,
    body,
    student,
    ...(field === undefined ? {} : { field }),
    ...(message === undefined ? {} : { message }),
  })

  if (Buffer.byteLength(body) > MAX_RECORD_BYTES) return no('record.too_large')
  if (nestsDeeper(raw, MAX_DEPTH)) return no('record.malformed', '')
  const parsed = Envelope.safeParse(raw)
  if (!parsed.success) return no('record.malformed', ...firstIssue(parsed.error))
  const envelope = parsed.data as Envelope
  const unstorable = unstorablePath(raw, '')
  if (unstorable !== undefined) return no('record.unstorable', unstorable)
  const kind = registry.kind(envelope.kind)
  if (!kind) return no('record.unknown_kind', 'kind')
  if (envelope.v > kind.v) return no('record.unknown_version', 'v')
  if (envelope.v < kind.v - 2) return no('record.old_version', 'v')
  const schema = kind.bodies[envelope.v]
  if (!schema) return no('record.unknown_version', 'v')
  const content = schema.safeParse(envelope.body)
  if (!content.success) {
    const [field, message] = firstIssue(content.error)
    return no('record.body', field === '' ? 'body' : `body.${field}`, message)
  }
  const wrongRef = wrongRefOf(kind, envelope)
  if (wrongRef) return no('record.refs', `refs.${wrongRef}`)
  const needsStudent = kind.scope === 'student' || kind.scope === 'family'
  if (needsStudent && envelope.student === null) return no('record.student_missing', 'student')
  if (!needsStudent && envelope.student !== null) return no('record.student_unwanted', 'student')
  if (envelope.replaces && !envelope.reason) return no('record.reason_missing', 'reason')
  if (kind.kind.endsWith('.void') && !envelope.replaces) return no('record.refs', 'replaces')
  const text = canonical(envelope)
  return { index, envelope, kind, text, digest: sha256Hex(text) }
}

function wrongRefOf(kind: Kind, envelope: Envelope): string | undefined {
  const known = new Set(kind.refs.map((ref) => ref.replace('?', '')))
  for (const ref of kind.refs) if (!ref.endsWith('?') && !envelope.refs[ref]) return ref
  return Object.keys(envelope.refs).find((ref) => !known.has(ref))
}

function firstIssue(error: z.ZodError): [field: string, message: string] {
  const issue = error.issues[0]
  return [issue?.path.join('.') ?? '', issue?.message ?? '']
}

/** Path of the first text that holds U+0000 or a lone surrogate. */
function unstorablePath(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return isUnstorable(value) ? path : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    if (isUnstorable(key)) return path
    const found = unstorablePath(inner, path === '' ? key : `${path}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}

/** Level by level and not by recursion: this guards everything after it. */
function nestsDeeper(raw: unknown, levels: number): boolean {
  let level = [raw]
  for (let depth = 0; depth <= levels; depth++)
    level = level.flatMap((value): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    )
  return level.length > 0
}

function safeText(raw: unknown): string {
  try {
    return JSON.stringify(raw) ?? 'null'
  } catch {
    return '"nested too deeply to be kept"'
  }
}

// — judging it against what stands —

interface Existing {
  readonly digest: string
  readonly received: number
  readonly author: Uuid
  readonly uploadedBy: Uuid
  readonly part: string
  readonly at: number
  readonly envelope: Envelope
}

interface Standing {
  readonly spans: readonly RelationshipSpan[]
  readonly restrictions: readonly { student: Uuid; from: number; to: number | null }[]
  /** Also takes what the batch itself adds. */
  readonly records: Map<string, Existing>
  /** Records of this author in each partition; also counts what the batch itself adds. */
  readonly sizes: Map<string, number>
  readonly auds: ReadonlyMap<string, number>
  readonly wings: ReadonlyMap<string, number>
}

async function look(tx: Tx, actor: Actor, good: readonly Candidate[]): Promise<Standing> {
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
function judge(candidate: Candidate, actor: Actor, standing: Standing, clocks: Clocks): ProblemCode | null {
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

// — storing —

interface Accepted {
  readonly candidate: Candidate
  readonly aud: number
  readonly part: string
  readonly wing: number | null
}

interface StoreArgs {
  readonly services: IngestServices
  readonly actor: Actor
  readonly accepted: readonly Accepted[]
  readonly refusals: readonly Refusal[]
  readonly clocks: Clocks
}

const storeBatch = defineWrite<StoreArgs, void>({
  audit: ({ accepted, refusals }) => ({
    action: 'records.ingest',
    detail: {
      accepted: accepted.map(({ candidate }) => [candidate.envelope.id, candidate.digest]),
      refused: refusals.map(({ id, code }) => [isUuid(id) ? id : null, code]),
    },
  }),
  async run(db, { services, actor, accepted, refusals, clocks }, tx) {
    const { district, person } = actor
    await tx.asSystem(async (system) => {
      if (refusals.length > 0) await keepRefused(system, district, person, refusals, clocks.now)
      if (accepted.length === 0) return
      await project(
        system,
        district,
        services.registry,
        accepted.map((one) => placedOf(one, person, clocks.now)),
      )
      await raiseSeq(system, district, person, accepted, clocks.now)
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
        r.at, r.day, r.device, r.seq, ${person}, ${person}, ${new Date(clocks.now)}, ${Math.round(clocks.skew)},
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

async function highOf(
  tx: Tx,
  actor: Actor,
  good: readonly Candidate[],
): Promise<(readonly [string, number])[]> {
  const devices = [...new Set(good.map(({ envelope }) => envelope.device))]
  if (devices.length === 0) return []
  const rows = await tx.read
    .selectFrom('device_seq')
    .select(['device', 'high'])
    .where('district_id', '=', actor.district)
    .where('person_id', '=', actor.person)
    .where('device', 'in', devices)
    .execute()
  return rows.map((row) => [row.device, row.high] as const)
}

async function raiseSeq(
  db: Db,
  district: Uuid,
  person: Uuid,
  accepted: readonly Accepted[],
  now: number,
): Promise<void> {
  const high = new Map<string, number>()
  for (const { candidate } of accepted) {
    const { device, seq } = candidate.envelope
    high.set(device, Math.max(high.get(device) ?? 0, seq))
  }
  await db
    .insertInto('device_seq')
    .values(
      [...high].sort().map(([device, seq]) => ({
        district_id: district,
        device,
        person_id: person,
        high: seq,
        seen: new Date(now),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['district_id', 'device', 'person_id']).doUpdateSet({
        high: sql<number>`greatest(device_seq.high, excluded.high)`,
        seen: sql<Date>`excluded.seen`,
      }),
    )
    .execute()
}

async function keepRefused(
  db: Db,
  district: Uuid,
  person: Uuid,
  refusals: readonly Refusal[],
  now: number,
): Promise<void> {
  const today = await db
    .selectFrom('refused')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('district_id', '=', district)
    .where('uploaded_by', '=', person)
    .where('received', '>', new Date(now - DAY_MS))
    .executeTakeFirst()
  const room = INBOX_PER_DAY - (today?.count ?? 0)
  const rows = refusals.slice(0, Math.max(0, room)).map((refusal) => ({
    district_id: district,
    refused_id: uuidv7(now),
    id: isUuid(refusal.id) ? refusal.id : null,
    uploaded_by: person,
    received: new Date(now),
    code: refusal.code,
    field: refusal.field === undefined ? null : storable(refusal.field),
    message: storable(refusal.message ?? PROBLEMS[refusal.code].title),
    student_id: refusal.student,
    digest: Buffer.from(sha256Hex(refusal.body), 'hex'),
    body: refusal.body.slice(0, MAX_RECORD_BYTES),
    truncated: refusal.body.length > MAX_RECORD_BYTES,
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

// — answering —

function refuse(candidate: Candidate, code: ProblemCode): Refusal {
  return {
    index: candidate.index,
    id: candidate.envelope.id,
    code,
    body: candidate.text,
    student: candidate.envelope.student,
  }
}

function refusalAck(
  refusal: Pick<Refusal, 'code'> & Partial<Refusal> & { envelope?: Envelope; digest?: string },
): Ack {
  return {
    id: refusal.id ?? refusal.envelope?.id ?? '',
    status: refusal.code === 'record.id_reused' ? 'conflict' : 'refused',
    code: refusal.code,
    message: PROBLEMS[refusal.code].title,
    ...(refusal.field === undefined ? {} : { field: refusal.field }),
  }
}

// a key of the body may be part of the field's path
function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed().slice(0, 500)
}

function scopeKey({ scope, of, tier }: Scope): string {
  return `${scope}/${of}/${tier}`
}

function halves<T>(items: readonly T[]): (readonly T[])[] {
  const middle = Math.ceil(items.length / 2)
  return [items.slice(0, middle), items.slice(middle)].filter((half) => half.length > 0)
}
