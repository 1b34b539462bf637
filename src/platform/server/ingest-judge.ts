/**
 * Ingest, second part: a record against what stands. The first wall (G7): was this person with the student when it
 * happened, may their role record this, and does a correction stay with what it corrects? Judged once, at the time
 * of the act; folds never judge again.
 */
import { sql } from 'kysely'
import { dayOf } from '../core/days.ts'
import type { Uuid } from '../core/ids.ts'
import type { Envelope } from '../records/envelope.ts'
import { partitionKey, scopeIdOf, type Registry, type ScopeKind, type Tier } from '../records/registry.ts'
import type { Actor, Db, Writable } from './db.ts'
import type { Candidate, Refusal } from './ingest-examine.ts'
import type { Scope } from './intern.ts'
import { carries, mayAct, type RelationshipSpan } from './matrix.ts'
import { isProblemCode, type ProblemCode } from './problems.ts'
import { ruleNumber } from './rulepacks.ts'
import { lockParts, placedOf, STORED_ROW, type Placed, type StoredRow } from './views.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export interface Clocks {
  readonly now: number
  /** Server minus device, ms. */
  readonly skew: number
}

export interface Existing {
  readonly digest: string
  readonly received: number
  readonly author: Uuid
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
  /** Partition and kind of what is final (`sealKey`); also takes what the batch itself adds. */
  readonly sealed: Set<string>
  /** Devices of the batch that are somebody else's. */
  readonly foreign: ReadonlySet<string>
  /** Device → highest seq that has arrived. */
  readonly high: ReadonlyMap<string, number>
}

/** What a look finds besides. */
export interface Seen extends Standing {
  /** What the author may write into at every instant of the batch. */
  readonly writable: Writable
  /** What is in the partitions that are folded, in order of position. */
  readonly stored: readonly Placed[]
}

/**
 * What a batch is judged against and folded with, in one look. `db` runs as handrail_system. The partitions that are
 * folded are locked until the transaction ends.
 */
export async function look(
  db: Db,
  registry: Registry,
  { district, person }: Actor,
  good: readonly Candidate[],
  bad: readonly Refusal[],
  now: number,
): Promise<Seen> {
  const ids = new Set<Uuid>()
  const students = new Map<string, { student: string; tier: Tier }>()
  const devices = new Set(bad.flatMap(({ arrival }) => arrival?.device ?? []))
  const scopes = new Map<string, Scope>()
  const parts = new Set<string>()
  const folded = new Set<string>()
  // what claims to happen in the future must be allowed now as well
  let [from, to] = [now, -Infinity]
  for (const { envelope, kind, at } of good) {
    from = Math.min(from, at)
    to = Math.max(to, at)
    devices.add(envelope.device)
    ids.add(envelope.id)
    const { student } = envelope
    if (student) students.set(`${student}/${kind.tier}`, { student, tier: kind.tier })
    if (envelope.replaces) ids.add(envelope.replaces)
    const target = kind.agrees && envelope.refs[kind.agrees.ref]
    if (target) ids.add(target)
    const of = scopeIdOf(kind, envelope, person, district)
    if (!of) continue
    const scope: Scope = { scope: kind.scope, of, tier: kind.tier }
    scopes.set(scopeKey(scope), scope)
    const part = partitionKey(kind, envelope, of)
    parts.add(part)
    if (registry.viewsOf(kind.kind).length > 0) folded.add(part)
  }
  const wanted = [...scopes.values()]
  const placed = [...students.values()]
  await lockParts(db, district, [...folded])
  // Each by its key, one after the other, for a planner that knows nothing of the tables yet (`offset 0`: see 0009): in
  // the order of its own choice it walks every student, audience and record of the district. `= any(…)` is no key to it
  // while a table is small, and the plan is kept when the table has grown. Of the ids, which are many, it stays: one walk
  // until the table is counted is better than one for each.
  const found = await sql<Look>`
    select
      (select json_agg(json_build_array(student_id, role, epoch_ms(from_at), epoch_ms(to_at)))
       from relationship where district_id = ${district} and person_id = ${person}) as spans,
      (select json_agg(json_build_array(student_id, epoch_ms(from_at), epoch_ms(to_at)))
       from restriction where district_id = ${district} and person_id = ${person}) as restrictions,
      (select json_agg(json_build_array(
         id, encode(digest, 'hex'), epoch_ms(received), author, part, epoch_ms(at), envelope))
       from record where district_id = ${district} and id = any(${[...ids]}::uuid[])) as records,
      (select json_agg(json_build_array(wanted.part, counted.size))
       from unnest(${[...parts]}::text[]) as wanted (part)
       cross join lateral (
         select count(*) as size from record
         where district_id = ${district} and part = wanted.part and author = ${person}) as counted) as sizes,
      (select json_agg(json_build_array(a.scope, a.of_id, a.tier, a.aud))
       from unnest(
         ${wanted.map(({ scope }) => scope)}::text[],
         ${wanted.map(({ of }) => of)}::uuid[],
         ${wanted.map(({ tier }) => tier)}::text[]) as wanted (scope, id, tier)
       cross join lateral (
         select scope, of_id, tier, aud from aud
         where district_id = ${district} and scope = wanted.scope and of_id = wanted.id and tier = wanted.tier
         offset 0) as a) as auds,
      (select json_agg(json_build_array(s.student_id, w.tier, w.wing))
       from unnest(
         ${placed.map(({ student }) => student)}::uuid[],
         ${placed.map(({ tier }) => tier)}::text[]) as wanted (id, tier)
       cross join lateral (
         select student_id, school_id from student
         where district_id = ${district} and student_id = wanted.id offset 0) as s
       cross join lateral (
         select tier, wing from wing
         where district_id = ${district} and school_id = s.school_id and tier = wanted.tier
         offset 0) as w) as wings,
      (select json_agg(json_build_array(device, mine, high)) from (
         select device, bool_or(person_id = ${person}) as mine, max(high) filter (where person_id = ${person}) as high
         from (
           select device, person_id, null::integer as high from device_key
           where district_id = ${district} and device = any(${[...devices]}::uuid[])
           union all
           select device, person_id, high from device_seq
           where district_id = ${district} and device = any(${[...devices]}::uuid[])
         ) as known group by device) as owned) as devices,
      (select json_build_array(
         coalesce(json_agg(aud) filter (where can_create), '[]'),
         coalesce(json_agg(aud) filter (where can_approve), '[]'))
       from person_writes(${district}, ${person}, ${new Date(from)}, ${new Date(Math.max(from, to))},
         ${placed.map(({ student }) => student)}::uuid[])) as writable,
      (select json_agg(${STORED_ROW} order by pos)
       from unnest(${[...folded]}::text[]) as wanted (name)
       cross join lateral (
         select * from record where district_id = ${district} and part = wanted.name offset 0) as r) as stored
  `.execute(db)
  const row = found.rows[0]
  const known = row?.devices ?? []
  const stored = (row?.stored ?? []).map(placedOf)
  return {
    spans: (row?.spans ?? []).map(([student, role, from, to]) => ({ student, role, from, to })),
    restrictions: (row?.restrictions ?? []).map(([student, from, to]) => ({ student, from, to })),
    records: new Map(
      (row?.records ?? []).map(([id, digest, received, author, part, at, envelope]) => [
        id,
        { digest, received, author, part, at, envelope: JSON.parse(envelope) as Envelope },
      ]),
    ),
    sizes: new Map(row?.sizes),
    auds: new Map((row?.auds ?? []).map(([scope, of, tier, aud]) => [scopeKey({ scope, of, tier }), aud])),
    wings: new Map((row?.wings ?? []).map(([student, tier, wing]) => [`${student}/${tier}`, wing])),
    foreign: new Set(known.flatMap(([device, mine]) => (mine ? [] : device))),
    high: new Map(known.map(([device, , high]) => [device, high ?? 0])),
    writable: { create: row?.writable[0] ?? [], approve: row?.writable[1] ?? [] },
    stored,
    sealed: new Set(
      stored.flatMap(({ record, part }) =>
        registry.kind(record.kind)?.seals?.(record) ? sealKey(part, record.kind) : [],
      ),
    ),
  }
}

/** As PostgreSQL writes it: null where there is nothing. Instants in ms. */
interface Look {
  spans: [student: Uuid, role: string, from: number, to: number | null][] | null
  restrictions: [student: Uuid, from: number, to: number | null][] | null
  records:
    | [id: Uuid, digest: string, received: number, author: Uuid, part: string, at: number, envelope: string][]
    | null
  sizes: [part: string, size: number][] | null
  auds: [scope: ScopeKind, of: Uuid, tier: Tier, aud: number][] | null
  wings: [student: Uuid, tier: Tier, wing: number][] | null
  devices: [device: Uuid, mine: boolean, high: number | null][] | null
  writable: [create: number[], approve: number[]]
  stored: StoredRow[] | null
}

/** Null when the record may go in; otherwise the code of its refusal. The first wall (G7). */
export function judge(
  candidate: Candidate,
  actor: Actor,
  standing: Standing,
  clocks: Clocks,
): ProblemCode | null {
  const { envelope, kind, at } = candidate
  if (standing.foreign.has(envelope.device)) return 'record.device_not_yours'
  const lateMs = ruleNumber('records.late_days', clocks.now) * DAY_MS
  const raw = mayAt(candidate, standing, at)
  // nothing has happened after it arrived, whatever a device says: who is assigned tomorrow does not write today
  const corrected = Math.min(at + clocks.skew, clocks.now)
  if (raw !== mayAt(candidate, standing, corrected)) return 'record.clock_disagrees'
  if (!raw) return 'record.not_permitted'
  if (endedLongAgo(candidate, standing, clocks.now - lateMs)) return 'record.too_late'
  const scopeId = scopeIdOf(kind, envelope, actor.person, actor.district)
  if (scopeId && standing.sealed.has(sealKey(partitionKey(kind, envelope, scopeId), kind.kind)))
    return 'record.sealed'
  if (envelope.onBehalfOf && envelope.onBehalfOf !== actor.person) {
    const student = envelope.student
    if (!student || !mayAct(standing.spans, student, kind.tier, 'approve', at)) return 'record.on_behalf'
  }
  if (envelope.replaces) {
    const target = standing.records.get(envelope.replaces)
    if (target) {
      if (!scopeId || target.part !== partitionKey(kind, envelope, scopeId))
        return 'record.replaces_elsewhere'
      // A correction made in time may wait for a network as other records may, and with what it corrects.
      const until = endOfDay(target) + ruleNumber('edit.self_window_h', target.at) * HOUR_MS
      const late = clocks.now - Math.max(until, target.received) > lateMs
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

/** May the author do what the candidate says, at that time? */
function mayAt({ envelope, kind }: Candidate, standing: Standing, time: number): boolean {
  if (kind.scope === 'person') return true
  const student = envelope.student
  if (!student) return false
  for (const one of standing.restrictions)
    if (one.student === student && one.from <= time && (one.to === null || one.to > time)) return false
  return mayAct(ownersOf(kind, standing.spans), student, kind.tier, kind.action, time)
}

/** What of a person's time with students counts for a kind that only some roles own. */
function ownersOf(
  { owners }: Pick<Candidate['kind'], 'owners'>,
  spans: readonly RelationshipSpan[],
): readonly RelationshipSpan[] {
  return owners ? spans.filter(({ role }) => owners.includes(role)) : spans
}

function endedLongAgo({ envelope, kind, at }: Candidate, standing: Standing, before: number): boolean {
  const { student } = envelope
  if (student === null) return false
  for (const span of standing.spans) {
    const hasEnded = span.to !== null && span.to < before
    if (!hasEnded && carries(span, student, kind.tier, kind.action, at)) return false
  }
  return true
}

/** End of the local day on which the target happened, ms. The shift is not known here; the day is its upper bound. */
function endOfDay({ at, envelope: { tz } }: Existing): number {
  const day = dayOf(at, tz)
  let end = at
  while (dayOf(end + HOUR_MS, tz) === day) end += HOUR_MS
  return end + HOUR_MS
}

/** Names what a final record closes: its own kind in its own partition. */
export function sealKey(part: string, kind: string): string {
  return `${kind} ${part}`
}

export function scopeKey({ scope, of, tier }: Scope): string {
  return `${scope}/${of}/${tier}`
}
