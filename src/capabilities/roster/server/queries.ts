/** All SQL of the roster's rows: one batch in, whole or not at all, and what of it was new. */
import { sql } from 'kysely'
import type { Json } from '../../../platform/core/canonical.ts'
import { uuidOf, uuidv7, type Uuid } from '../../../platform/core/ids.ts'
import { defineWrite, type Database, type Db, type Tx } from '../../../platform/server/db.ts'
import { internAudsIn, internWingsIn, STUDENT_TIERS } from '../../../platform/server/intern.ts'
import type { District, RosterBatch, StudentFact } from '../model.ts'
import { endLeavers, seenBefore, type Kind } from './leavers.ts'

declare module '../../../platform/server/schema.ts' {
  interface Tables {
    section: {
      district_id: string
      section_id: string
      source_id: string
      school_id: string
      title: string
      course: string | null
      terms: string[]
    }
    enrollment: {
      district_id: string
      enrollment_id: string
      source_id: string
      section_id: string
      student_id: string | null
      person_id: string | null
      role: string
      from_day: string | null
      to_day: string | null
    }
    import_run: {
      district_id: string
      import_id: string
      source: string
      at: Date
      report: string
      by_id: string | null
    }
  }
}

/** What an import did with the rows of a kind. `ended`: who is in the export no more. */
export interface Change {
  readonly added: readonly Uuid[]
  readonly changed: readonly Uuid[]
  readonly ended: readonly Uuid[]
  readonly unchanged: number
}
export type Changes = Readonly<Record<Kind, Change>>

export interface Run {
  readonly source: string
  readonly report: Json
  /** The run's id, where whoever asks made one. */
  readonly id?: Uuid
  /** Who does it; absent on the command line. */
  readonly by?: Uuid
  /** Remembers which rows came from this source; `full`: whoever is not in the batch has left. */
  readonly track?: { readonly full: boolean }
  readonly facts?: readonly StudentFact[]
  /** Told how many rows of the batch were written or remembered, as it goes. */
  readonly wrote?: (n: number) => void
}

/**
 * Loads a roster, all of it or nothing; a district that is missing is made in the same transaction. Rows with a
 * known id are updated; nothing is deleted.
 */
export async function loadRoster(
  database: Database,
  district: District,
  batch: RosterBatch,
  run: Run,
): Promise<Changes> {
  return database.asSystem(district.id, (tx) => writeRosterIn(tx, district, batch, run))
}

/** The same within a transaction of the caller's. */
export async function writeRosterIn(
  tx: Tx,
  district: District,
  batch: RosterBatch,
  run: Run,
): Promise<Changes> {
  await tx.write(insertDistrict, district)
  return tx.write(writeRoster, { district: district.id, batch, run })
}

/** The district and its feed counter; null in the trail when it was there. */
const insertDistrict = defineWrite<District, boolean>({
  audit: (district, created) =>
    created ? { action: 'district.create', detail: { district: district.id } } : null,
  async run(db, district) {
    const inserted = await db
      .insertInto('district')
      .values({
        district_id: district.id,
        name: district.name,
        tz: district.tz,
        demo: district.demo,
        clock_offset_ms: district.clockOffsetMs,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    await db
      .insertInto('counter')
      .values({ district_id: district.id, epoch: uuidv7(Date.now()), head_id: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return Number(inserted.numInsertedOrUpdatedRows) > 0
  },
})

interface RosterArgs {
  readonly district: Uuid
  readonly batch: RosterBatch
  readonly run: Run
}

const writeRoster = defineWrite<RosterArgs, Changes>({
  audit: ({ batch, run }, changes) => ({
    action: 'roster.import',
    detail: {
      source: run.source,
      ...(run.by ? { by: run.by } : {}),
      schools: batch.schools.length,
      people: batch.people.length,
      students: batch.students.length,
      sections: batch.sections.length,
      enrollments: batch.enrollments.length,
      relationships: batch.relationships.length,
      ended: Object.values(changes).reduce((sum, change) => sum + change.ended.length, 0),
    },
  }),
  async run(db, { district, batch, run }, tx) {
    const runId = run.id ?? uuidv7(Date.now())
    const now = new Date(tx.now)
    const { wrote = () => undefined } = run
    // a role or relationship that ended and is back begins anew, under an id of its own
    const seen = run.track ? await seenBefore(db, district, run.source) : null
    const idOf = (kind: Kind, key: Uuid): Uuid => {
      const row = seen?.get(`${kind} ${key}`)
      if (!row) return key
      return row.ended ? uuidOf(`${key}:${runId}`) : row.row
    }
    const begins = (kind: Kind, key: Uuid, from: string): string => {
      const row = seen?.get(`${kind} ${key}`)
      if (!row) return from
      if (row.ended) return from > now.toISOString() ? from : now.toISOString()
      return row.row === key ? from : (row.from ?? from)
    }

    const schools = await upsert(
      db,
      district,
      'school',
      batch.schools,
      ['source_id text', 'name text', 'kind text', 'parent_id uuid'],
      (school) => ({
        id: school.id,
        source_id: school.sourceId,
        name: school.name,
        kind: school.kind,
        parent_id: school.parent,
      }),
      wrote,
    )
    await internWingsIn(
      db,
      district,
      batch.schools.map((school) => school.id),
    )
    const people = await upsert(
      db,
      district,
      'person',
      batch.people,
      ['source_id text', 'given text', 'family text', 'email text'],
      (person) => ({
        id: person.id,
        source_id: person.sourceId,
        given: person.given,
        family: person.family,
        email: person.email,
      }),
      wrote,
    )
    const roles = await upsert(
      db,
      district,
      'staff_role',
      batch.roles,
      ['person_id uuid', 'role text', 'school_id uuid', 'from_at timestamptz', 'to_at timestamptz'],
      (role) => ({
        id: idOf('roles', role.id),
        person_id: role.person,
        role: role.role,
        school_id: role.school,
        from_at: begins('roles', role.id, role.from),
        to_at: role.to,
      }),
      wrote,
    )
    await internAudsIn(
      db,
      district,
      batch.people.map((person) => ({ scope: 'person', of: person.id, tier: 'S' })),
    )
    const moved = await movedStudents(db, district, batch)
    const students = await upsertStudents(db, district, batch, wrote)
    await moveWings(db, district, moved)
    await internAudsIn(
      db,
      district,
      batch.students.flatMap((student) =>
        STUDENT_TIERS.map((tier) => ({ scope: 'student' as const, of: student.id, tier })),
      ),
    )
    const sections = await upsert(
      db,
      district,
      'section',
      batch.sections,
      ['source_id text', 'school_id uuid', 'title text', 'course text', 'terms text[]'],
      (section) => ({
        id: section.id,
        source_id: section.sourceId,
        school_id: section.school,
        title: section.title,
        course: section.course,
        terms: section.terms,
      }),
      wrote,
    )
    const enrollments = await upsert(
      db,
      district,
      'enrollment',
      batch.enrollments,
      [
        'source_id text',
        'section_id uuid',
        'student_id uuid',
        'person_id uuid',
        'role text',
        'from_day date',
        'to_day date',
      ],
      (enrollment) => ({
        id: enrollment.id,
        source_id: enrollment.sourceId,
        section_id: enrollment.section,
        student_id: enrollment.student,
        person_id: enrollment.person,
        role: enrollment.role,
        from_day: enrollment.from,
        to_day: enrollment.to,
      }),
      wrote,
    )
    const relationships = await upsert(
      db,
      district,
      'relationship',
      batch.relationships,
      [
        'person_id uuid',
        'student_id uuid',
        'role text',
        'from_at timestamptz',
        'to_at timestamptz',
        'source text',
        'why text',
      ],
      (relationship) => {
        const from = begins('relationships', relationship.id, relationship.from)
        return {
          id: idOf('relationships', relationship.id),
          person_id: relationship.person,
          student_id: relationship.student,
          role: relationship.role,
          from_at: from,
          // one that is back, but for a time that is over, was never in force again
          to_at: relationship.to !== null && relationship.to < from ? from : relationship.to,
          source: relationship.source,
          why: relationship.why,
        }
      },
      wrote,
      now,
    )
    await writeFacts(db, district, run.facts ?? [])

    const done: Record<Kind, Upserted> = {
      schools,
      people,
      roles,
      students,
      sections,
      enrollments,
      relationships,
    }
    const ended: Partial<Record<Kind, Uuid[]>> = run.track
      ? await endLeavers(db, district, {
          source: run.source,
          run: runId,
          now,
          full: run.track.full,
          keys: {
            schools: batch.schools,
            people: batch.people,
            roles: batch.roles,
            students: batch.students,
            sections: batch.sections,
            enrollments: batch.enrollments,
            relationships: batch.relationships,
          },
          idOf,
          wrote,
        })
      : {}
    const whole = (kind: Kind): Change => ({ ...done[kind], ended: ended[kind] ?? [] })
    const changes: Changes = {
      schools: whole('schools'),
      people: whole('people'),
      roles: whole('roles'),
      students: whole('students'),
      sections: whole('sections'),
      enrollments: whole('enrollments'),
      relationships: whole('relationships'),
    }
    await db
      .insertInto('import_run')
      .values({
        district_id: district,
        import_id: runId,
        source: run.source,
        at: now,
        report: JSON.stringify(reportOf(run.report, changes)),
        by_id: run.by ?? null,
      })
      .execute()
    // whoever comes a minute later is not to pay for a planner that knows nothing of these tables yet
    await sql`select count_roster()`.execute(db)
    return changes
  },
})

/** The report with what became of each kind: numbers only. */
function reportOf(report: Json, changes: Changes): Json {
  if (typeof report !== 'object' || report === null || Array.isArray(report)) return report
  const counts = Object.fromEntries(Object.entries(changes).map(([kind, change]) => [kind, countOf(change)]))
  return { ...report, changes: counts }
}

export interface ChangeCount {
  readonly added: number
  readonly changed: number
  readonly ended: number
  readonly unchanged: number
}

export function countOf({ added, changed, ended, unchanged }: Change): {
  added: number
  changed: number
  ended: number
  unchanged: number
} {
  return { added: added.length, changed: changed.length, ended: ended.length, unchanged }
}

const CHUNK = 5000

type Upserted = Omit<Change, 'ended'>

/** Upserts rows by their id. `columns` are `name type` pairs without the district and the id; names are ours, never input. */
async function upsert<T>(
  db: Db,
  district: Uuid,
  table: 'school' | 'person' | 'staff_role' | 'section' | 'enrollment' | 'relationship',
  items: readonly T[],
  columns: readonly string[],
  rowOf: (item: T) => { readonly id: Uuid; readonly [column: string]: unknown },
  wrote: (n: number) => void,
  now: Date | null = null,
): Promise<Upserted> {
  const idColumn = table === 'staff_role' ? 'role_id' : `${table}_id`
  const names = columns.map((column) => column.split(' ')[0] ?? '')
  const found: { id: Uuid; added: boolean }[] = []
  for (let i = 0; i < items.length; i += CHUNK) {
    const rows = JSON.stringify(items.slice(i, i + CHUNK).map(rowOf))
    const written = await sql<{ id: Uuid; added: boolean }>`
      insert into ${sql.table(table)} (district_id, ${sql.raw(idColumn)}, ${sql.raw(names.join(', '))})
      select ${district}, r.id, ${sql.raw(names.map((name) => `r.${name}`).join(', '))}
      from json_to_recordset(${rows}::json) as r (id uuid, ${sql.raw(columns.join(', '))})
      on conflict (district_id, ${sql.raw(idColumn)})
      do update set ${sql.raw(names.map((name) => `${name} = ${updated(table, name, now)}`).join(', '))}
      where (${sql.raw(names.map((name) => `${table}.${name}`).join(', '))})
        is distinct from (${sql.raw(names.map((name) => updated(table, name, now)).join(', '))})
      returning ${sql.raw(idColumn)} as id, xmax = 0 as added
    `.execute(db)
    for (const row of written.rows) found.push(row)
    wrote(Math.min(CHUNK, items.length - i))
  }
  return upserted(found, items.length)
}

function upserted(found: readonly { id: Uuid; added: boolean }[], all: number): Upserted {
  return {
    added: found.filter((row) => row.added).map((row) => row.id),
    changed: found.filter((row) => !row.added).map((row) => row.id),
    unchanged: all - found.length,
  }
}

function updated(table: string, column: string, now: Date | null): string {
  // a source without dates says "from now on" at every import: the first import was right
  if (column === 'from_at') return `least(${table}.from_at, excluded.from_at)`
  // what somebody ended by hand is not begun again by an export that does not know it, and what is over was over then:
  // a day read again ends at its midnight, and the import that ended it came before
  if (column === 'to_at' && now)
    return `case when ${table}.ended_by is null and (${table}.to_at is null or excluded.to_at is null
      or greatest(${table}.to_at, excluded.to_at) > '${now.toISOString()}')
      then excluded.to_at else least(${table}.to_at, excluded.to_at) end`
  return `excluded.${column}`
}

/** Students of the batch who are at another school until now. */
async function movedStudents(db: Db, district: Uuid, batch: RosterBatch): Promise<Uuid[]> {
  const schools = JSON.stringify(batch.students.map(({ id, school }) => ({ id, school })))
  const found = await sql<{ student_id: Uuid }>`
    select s.student_id from student s
    join json_to_recordset(${schools}::json) as r (id uuid, school uuid) on r.id = s.student_id
    where s.district_id = ${district} and s.school_id <> r.school
  `.execute(db)
  return found.rows.map((row) => row.student_id)
}

/** Wide roles find a student's records at the school where the student is now, and no longer where they were. */
async function moveWings(db: Db, district: Uuid, students: readonly Uuid[]): Promise<void> {
  if (students.length === 0) return
  for (const table of ['record', 'projection', 'student_fact'])
    await sql`
      update ${sql.table(table)} as r set wing = w.wing
      from aud a
      join student s on s.district_id = a.district_id and s.student_id = a.of_id
      join wing w on w.district_id = s.district_id and w.school_id = s.school_id and w.tier = a.tier
      where a.district_id = ${district} and a.scope = 'student' and a.of_id = any(${students}::uuid[])
        and r.district_id = a.district_id and r.aud = a.aud
    `.execute(db)
  await sql`
    update guardian g set wing = w.wing
    from student s
    join wing w on w.district_id = s.district_id and w.school_id = s.school_id and w.tier = 'T1'
    where s.district_id = ${district} and s.student_id = any(${students}::uuid[])
      and g.district_id = s.district_id and g.student_id = s.student_id
  `.execute(db)
  await sql`
    update refused set wings = inbox_wings(district_id, student_id, uploaded_by)
    where district_id = ${district} and student_id = any(${students}::uuid[])
  `.execute(db)
}

async function upsertStudents(
  db: Db,
  district: Uuid,
  batch: RosterBatch,
  wrote: (n: number) => void,
): Promise<Upserted> {
  const found: { id: Uuid; added: boolean }[] = []
  for (let i = 0; i < batch.students.length; i += CHUNK) {
    const rows = batch.students.slice(i, i + CHUNK).map((student) => ({
      id: student.id,
      source_id: student.sourceId,
      given: student.given,
      family: student.family,
      preferred: student.preferred,
      initials: student.initials,
      color: student.color,
      grade: student.grade,
      school_id: student.school,
      ended: student.ended ?? null,
    }))
    const written = await sql<{ id: Uuid; added: boolean }>`
      insert into student (district_id, student_id, source_id, given, family, preferred, initials, color, grade, school_id, wing, ended)
      select ${district}, r.id, r.source_id, r.given, r.family, r.preferred, r.initials, r.color, r.grade, r.school_id, w.wing, r.ended
      from json_to_recordset(${JSON.stringify(rows)}::json) as r (
        id uuid, source_id text, given text, family text, preferred text, initials text, color smallint, grade text,
        school_id uuid, ended timestamptz)
      join wing w on w.district_id = ${district} and w.school_id = r.school_id and w.tier = 'T0'
      on conflict (district_id, student_id) do update set
        source_id = excluded.source_id, given = excluded.given, family = excluded.family, preferred = excluded.preferred,
        initials = excluded.initials, color = excluded.color, grade = excluded.grade, school_id = excluded.school_id,
        wing = excluded.wing,
        ended = case when excluded.ended is not null then least(student.ended, excluded.ended) end
      where (student.source_id, student.given, student.family, student.preferred, student.initials, student.color,
          student.grade, student.school_id, student.ended is null)
        is distinct from (excluded.source_id, excluded.given, excluded.family, excluded.preferred, excluded.initials,
          excluded.color, excluded.grade, excluded.school_id, excluded.ended is null)
      returning student_id as id, xmax = 0 as added
    `.execute(db)
    for (const row of written.rows) found.push(row)
    wrote(rows.length)
  }
  return upserted(found, batch.students.length)
}

/** Facts as they are now: those that are known are written over. Their students must be there. */
export async function writeFacts(db: Db, district: Uuid, facts: readonly StudentFact[]): Promise<void> {
  for (let i = 0; i < facts.length; i += CHUNK) {
    const rows = facts.slice(i, i + CHUNK).map((fact) => ({
      id: fact.id,
      student_id: fact.student,
      kind: fact.kind,
      tier: fact.tier,
      from_day: fact.from,
      to_day: fact.to,
      detail: fact.detail,
    }))
    await sql`
      insert into student_fact (district_id, fact_id, student_id, kind, tier, from_day, to_day, detail, aud, wing)
      select ${district}, r.id, r.student_id, r.kind, r.tier, r.from_day, r.to_day, r.detail, a.aud, w.wing
      from json_to_recordset(${JSON.stringify(rows)}::json) as r (
        id uuid, student_id uuid, kind text, tier text, from_day date, to_day date, detail jsonb)
      join student s on s.district_id = ${district} and s.student_id = r.student_id
      join aud a on a.district_id = ${district} and a.scope = 'student' and a.of_id = r.student_id and a.tier = r.tier
      join wing w on w.district_id = ${district} and w.school_id = s.school_id and w.tier = r.tier
      on conflict (district_id, fact_id) do update set
        from_day = excluded.from_day, to_day = excluded.to_day, detail = excluded.detail
    `.execute(db)
  }
}
