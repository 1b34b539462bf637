/** All SQL of the roster: one batch in, whole or not at all. */
import { sql } from 'kysely'
import type { Json } from '../../../platform/core/canonical.ts'
import { uuidv7, type Uuid } from '../../../platform/core/ids.ts'
import { defineWrite, type Database, type Db } from '../../../platform/server/db.ts'
import { internAudsIn, internWingsIn, STUDENT_TIERS } from '../../../platform/server/intern.ts'
import type { District, RosterBatch } from '../model.ts'

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
    import_run: { district_id: string; import_id: string; source: string; at: Date; report: string }
  }
}

/**
 * Loads a roster, all of it or nothing; a district that is missing is made in the same transaction. Rows with a
 * known id are updated; nothing is deleted.
 */
export async function loadRoster(
  database: Database,
  district: District,
  batch: RosterBatch,
  run: { source: string; report: Json },
): Promise<void> {
  await database.asSystem(district.id, async (tx) => {
    await tx.write(insertDistrict, district)
    await tx.write(writeRoster, { district: district.id, batch, ...run })
  })
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
  readonly source: string
  readonly report: Json
}

const writeRoster = defineWrite<RosterArgs, void>({
  audit: ({ batch, source }) => ({
    action: 'roster.import',
    detail: {
      source,
      schools: batch.schools.length,
      people: batch.people.length,
      students: batch.students.length,
      sections: batch.sections.length,
      enrollments: batch.enrollments.length,
      relationships: batch.relationships.length,
    },
  }),
  async run(db, { district, batch, source, report }, tx) {
    await insertRows(
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
    )
    await internWingsIn(
      db,
      district,
      batch.schools.map((school) => school.id),
    )
    await insertRows(
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
    )
    await insertRows(
      db,
      district,
      'staff_role',
      batch.roles,
      ['person_id uuid', 'role text', 'school_id uuid', 'from_at timestamptz', 'to_at timestamptz'],
      (role) => ({
        id: role.id,
        person_id: role.person,
        role: role.role,
        school_id: role.school,
        from_at: role.from,
        to_at: role.to,
      }),
    )
    await internAudsIn(
      db,
      district,
      batch.people.map((person) => ({ scope: 'person', of: person.id, tier: 'S' })),
    )
    const moved = await movedStudents(db, district, batch)
    await insertStudents(db, district, batch)
    await moveWings(db, district, moved)
    await internAudsIn(
      db,
      district,
      batch.students.flatMap((student) =>
        STUDENT_TIERS.map((tier) => ({ scope: 'student' as const, of: student.id, tier })),
      ),
    )
    await insertRows(
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
    )
    await insertRows(
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
    )
    await insertRows(
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
      (relationship) => ({
        id: relationship.id,
        person_id: relationship.person,
        student_id: relationship.student,
        role: relationship.role,
        from_at: relationship.from,
        to_at: relationship.to,
        source: relationship.source,
        why: relationship.why,
      }),
    )
    await db
      .insertInto('import_run')
      .values({
        district_id: district,
        import_id: uuidv7(Date.now()),
        source,
        at: new Date(tx.now),
        report: JSON.stringify(report),
      })
      .execute()
  },
})

const CHUNK = 5000

/** Upserts rows by their id. `columns` are `name type` pairs without the district and the id; names are ours, never input. */
async function insertRows<T>(
  db: Db,
  district: Uuid,
  table: 'school' | 'person' | 'staff_role' | 'section' | 'enrollment' | 'relationship',
  items: readonly T[],
  columns: readonly string[],
  rowOf: (item: T) => { readonly id: Uuid; readonly [column: string]: unknown },
): Promise<void> {
  const idColumn = table === 'staff_role' ? 'role_id' : `${table}_id`
  const names = columns.map((column) => column.split(' ')[0] ?? '')
  for (let i = 0; i < items.length; i += CHUNK) {
    const rows = JSON.stringify(items.slice(i, i + CHUNK).map(rowOf))
    await sql`
      insert into ${sql.table(table)} (district_id, ${sql.raw(idColumn)}, ${sql.raw(names.join(', '))})
      select ${district}, r.id, ${sql.raw(names.map((name) => `r.${name}`).join(', '))}
      from json_to_recordset(${rows}::json) as r (id uuid, ${sql.raw(columns.join(', '))})
      on conflict (district_id, ${sql.raw(idColumn)})
      do update set ${sql.raw(names.map((name) => updateOf(table, name)).join(', '))}
    `.execute(db)
  }
}

// A source without dates says "from now on" at every import: the first import was right.
function updateOf(table: string, column: string): string {
  if (column === 'from_at') return `from_at = least(${table}.from_at, excluded.from_at)`
  return `${column} = excluded.${column}`
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
  for (const table of ['record', 'projection'])
    await sql`
      update ${sql.table(table)} as r set wing = w.wing
      from aud a
      join student s on s.district_id = a.district_id and s.student_id = a.of_id
      join wing w on w.district_id = s.district_id and w.school_id = s.school_id and w.tier = a.tier
      where a.district_id = ${district} and a.scope = 'student' and a.of_id = any(${students}::uuid[])
        and r.district_id = a.district_id and r.aud = a.aud
    `.execute(db)
  await sql`
    update refused set wings = inbox_wings(district_id, student_id, uploaded_by)
    where district_id = ${district} and student_id = any(${students}::uuid[])
  `.execute(db)
}

async function insertStudents(db: Db, district: Uuid, batch: RosterBatch): Promise<void> {
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
    }))
    await sql`
      insert into student (district_id, student_id, source_id, given, family, preferred, initials, color, grade, school_id, wing)
      select ${district}, r.id, r.source_id, r.given, r.family, r.preferred, r.initials, r.color, r.grade, r.school_id, w.wing
      from json_to_recordset(${JSON.stringify(rows)}::json) as r (
        id uuid, source_id text, given text, family text, preferred text, initials text, color smallint, grade text, school_id uuid)
      join wing w on w.district_id = ${district} and w.school_id = r.school_id and w.tier = 'T0'
      on conflict (district_id, student_id) do update set
        source_id = excluded.source_id, given = excluded.given, family = excluded.family, preferred = excluded.preferred,
        initials = excluded.initials, color = excluded.color, grade = excluded.grade, school_id = excluded.school_id,
        wing = excluded.wing
    `.execute(db)
  }
}
