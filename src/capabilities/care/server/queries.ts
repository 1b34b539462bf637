/**
 * All SQL of concerns. They are read from the folded logs of care under row-level security, never stored a second time:
 * sent twice it is one, withdrawn it is gone. Of those that a person may read, only these are theirs to look at: of the
 * students whose nurse or case manager they are now; and where nobody is either, of the schools they lead.
 */
import { sql } from 'kysely'
import type { Uuid } from '../../../platform/core/ids.ts'
import { defineWrite, type Reach, type Tx } from '../../../platform/server/db.ts'
import { Problem } from '../../../platform/server/problems.ts'
import { concernsOf, type Concern } from '../concerns.ts'
import { careView, type CareLog } from '../rules.ts'
import { LOOKING, type Concerns, type OpenConcern } from '../wire.ts'

declare module '../../../platform/server/schema.ts' {
  interface Tables {
    care_seen: {
      district_id: string
      concern_id: string
      person_id: string
      signs: string
      seen: Date
      aud: number
      wing: number | null
      student_id: string
    }
  }
}

/** A concern with where it stands. */
interface Placed extends Concern {
  /** The record that first told of it: the same whatever corrected it. */
  readonly id: Uuid
  readonly student: Uuid
  readonly program: Uuid
  readonly aud: number
  readonly wing: number | null
  /** By whom and when, as it stands now. */
  readonly looked: readonly { readonly person: Uuid; readonly at: number }[]
  /** Since when the asker answers for the student, ms; null: only while nobody else does. */
  readonly since: number | null
}

/** Newest first. What I have not seen waits from the day I answer for the student, and what nobody has seen from ever. */
export async function concernsFor(tx: Tx, reach: Reach, seen: boolean): Promise<Concerns> {
  const mine = await concernsIn(tx, reach)
  const listed = mine.filter((one) => {
    const isSeen = one.looked.some(({ person }) => person === tx.person)
    const isDue = one.looked.length === 0 || (one.since !== null && Date.parse(one.at) >= one.since)
    return seen ? isSeen : !isSeen && isDue
  })
  if (listed.length > 0)
    await tx.audit({ action: 'care.concerns', detail: { concerns: listed.map(({ id }) => id) } })
  const names = await namesOf(tx, listed)
  return {
    concerns: listed
      .map(({ id, at, looked }) => ({ id, at: Date.parse(at), seen: saidBy(looked, names) }))
      .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1)),
  }
}

/** One of them with all it says. */
export async function openConcern(tx: Tx, reach: Reach, id: Uuid): Promise<OpenConcern> {
  const found = await concernOf(tx, reach, id)
  const student = await tx.read
    .selectFrom('student')
    .select(['student_id as id', 'initials', 'color'])
    .where('district_id', '=', tx.district)
    .where('student_id', '=', found.student)
    .executeTakeFirst()
  if (!student) throw new Problem('access.denied')
  await tx.audit({ action: 'care.concern.open', detail: { concern: id } })
  const names = await namesOf(tx, [found])
  const { at, program, by, meal, signs, looked } = found
  return {
    id,
    at: Date.parse(at),
    student,
    program,
    by: names[by] ?? '',
    meal,
    signs: [...signs],
    seen: saidBy(looked, names),
  }
}

/** Says that the asker has seen it as it stands; the first time counts. */
export async function seeConcern(tx: Tx, reach: Reach, id: Uuid): Promise<{ at: number }> {
  const found = await concernOf(tx, reach, id)
  const before = found.looked.find(({ person }) => person === tx.person)
  return before ? { at: before.at } : tx.write(sayItIsSeen, found)
}

const sayItIsSeen = defineWrite<Placed, { at: number }>({
  audit: ({ id }) => ({ action: 'care.concern.seen', detail: { concern: id } }),
  async run(db, { id, signs, aud, wing, student }, tx) {
    await db
      .insertInto('care_seen')
      .values({
        district_id: tx.district,
        concern_id: id,
        person_id: tx.person ?? '',
        signs: signs.join(),
        seen: new Date(tx.now),
        aud,
        wing,
        student_id: student,
      })
      // a second tap at the same moment: the first one stands
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return { at: tx.now }
  },
})

async function concernOf(tx: Tx, reach: Reach, id: Uuid): Promise<Placed> {
  const found = (await concernsIn(tx, reach)).find((one) => one.id === id)
  if (!found) throw new Problem('access.denied')
  return found
}

/** Every concern that stands and is the asker's to look at. */
async function concernsIn(tx: Tx, reach: Reach): Promise<Placed[]> {
  const bonds = await bondsOf(tx)
  const own = reach.grants
    .filter(({ tier, of_id }) => tier === 'T4' && bonds.has(of_id))
    .map(({ aud }) => aud)
  if (own.length === 0 && reach.leads.length === 0) return []
  const rows = await tx.read
    .selectFrom('projection')
    .select(['part', 'aud', 'wing', 'state'])
    .where('district_id', '=', tx.district)
    .where('view', '=', careView.name)
    .where((eb) =>
      eb.or([eb('aud', '=', sql<number>`any(${own}::integer[])`), sql<boolean>`${reach.leads.length > 0}`]),
    )
    // few logs hold one: the others are not read (canonical JSON, so these are its bytes)
    .where((eb) =>
      eb.or([eb('state', 'like', '%"skin_concern":true%'), eb('state', 'like', '%"safety":["%')]),
    )
    .execute()
  const logs = rows.map((row) => ({ ...row, log: JSON.parse(row.state) as CareLog }))
  const alone = await unansweredOf(
    tx,
    logs.filter(({ log }) => !bonds.has(log.student)).map(({ log }) => log.student),
  )
  const theirs = logs.filter(({ log: { student } }) => bonds.has(student) || alone.has(student))
  const roots = await rootsOf(
    tx,
    theirs.map(({ part }) => part),
  )
  const placed = theirs.flatMap(({ aud, wing, log }) =>
    concernsOf(log).map((one) => {
      const id = roots(one.record)
      return {
        ...one,
        id,
        student: log.student,
        program: log.program,
        aud,
        wing,
        since: bonds.get(log.student) ?? null,
      }
    }),
  )
  const looked = await lookedAt(tx, placed)
  return placed.map((one) => ({ ...one, looked: looked(one) }))
}

/** Students whose nurse or case manager the asker is now, each with since when (ms). */
async function bondsOf(tx: Tx): Promise<ReadonlyMap<Uuid, number>> {
  const now = new Date(tx.now)
  const rows = await tx.read
    .selectFrom('relationship')
    .select(['student_id', 'from_at'])
    .where('district_id', '=', tx.district)
    .where('person_id', '=', tx.person)
    .where('role', 'in', LOOKING)
    .where('from_at', '<=', now)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', now)]))
    .orderBy('from_at', 'desc')
    .execute()
  return new Map(rows.map(({ student_id, from_at }) => [student_id, from_at.getTime()]))
}

/** Of these students, those who have neither a nurse nor a case manager now. Who theirs are is not the asker's to read. */
async function unansweredOf(tx: Tx, students: readonly Uuid[]): Promise<ReadonlySet<Uuid>> {
  if (students.length === 0) return new Set()
  const now = new Date(tx.now)
  const answered = await tx.asSystem((db) =>
    db
      .selectFrom('relationship as r')
      .select('r.student_id')
      .where('r.district_id', '=', tx.district)
      .where('r.student_id', '=', sql<string>`any(${[...new Set(students)]}::uuid[])`)
      .where('r.role', 'in', LOOKING)
      .where('r.from_at', '<=', now)
      .where((eb) => eb.or([eb('r.to_at', 'is', null), eb('r.to_at', '>', now)]))
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('restriction as x')
              .select('x.restriction_id')
              .where('x.district_id', '=', tx.district)
              .whereRef('x.person_id', '=', 'r.person_id')
              .whereRef('x.student_id', '=', 'r.student_id')
              .where('x.from_at', '<=', now)
              .where((eb) => eb.or([eb('x.to_at', 'is', null), eb('x.to_at', '>', now)])),
          ),
        ),
      )
      .execute(),
  )
  const has = new Set(answered.map(({ student_id }) => student_id))
  return new Set(students.filter((student) => !has.has(student)))
}

/** From a record to the one at the root of its corrections, within these partitions. */
async function rootsOf(tx: Tx, parts: readonly string[]): Promise<(record: Uuid) => Uuid> {
  const rows = await tx.read
    .selectFrom('record')
    .select(['id', 'replaces'])
    .where('district_id', '=', tx.district)
    .where('part', '=', sql<string>`any(${parts}::text[])`)
    .where('replaces', 'is not', null)
    .execute()
  const before = new Map(rows.map(({ id, replaces }) => [id, replaces]))
  return (record) => {
    let root = record
    // a circle of corrections never stands, but it must not hold anybody up either
    for (let steps = 0; steps < before.size; steps++) root = before.get(root) ?? root
    return root
  }
}

/** Who has looked at a concern with the very signs it has now. */
async function lookedAt(tx: Tx, placed: readonly { readonly id: Uuid }[]) {
  const rows = await tx.read
    .selectFrom('care_seen')
    .select(['concern_id', 'person_id', 'signs', 'seen'])
    .where('district_id', '=', tx.district)
    .where('concern_id', '=', sql<string>`any(${placed.map(({ id }) => id)}::uuid[])`)
    .orderBy('seen')
    .execute()
  return ({ id, signs }: { readonly id: Uuid; readonly signs: Concern['signs'] }) =>
    rows
      .filter((row) => row.concern_id === id && row.signs === signs.join())
      .map((row) => ({ person: row.person_id, at: row.seen.getTime() }))
}

type Names = Readonly<Record<Uuid, string>>

async function namesOf(tx: Tx, placed: readonly Placed[]): Promise<Names> {
  const people = new Set(placed.flatMap(({ by, looked }) => [by, ...looked.map(({ person }) => person)]))
  const rows = await tx.read
    .selectFrom('person')
    .select(['person_id', 'given', 'family'])
    .where('district_id', '=', tx.district)
    .where('person_id', '=', sql<string>`any(${[...people]}::uuid[])`)
    .execute()
  return Object.fromEntries(rows.map((row) => [row.person_id, `${row.given} ${row.family}`]))
}

function saidBy(looked: Placed['looked'], names: Names) {
  return looked.map(({ person, at }) => ({ name: names[person] ?? '', at }))
}
