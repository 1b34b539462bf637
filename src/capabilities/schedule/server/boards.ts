/**
 * The day of one person: the timetable of their schools, as the calendar says the day runs, with what coverage changed
 * on it. `GET /api/me` and the calendar feed ask.
 */
import { sql } from 'kysely'
import { instantOf, type Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import { partitionKey } from '../../../platform/records/registry.ts'
import type { Actor, Reach, Tx } from '../../../platform/server/db.ts'
import { kinds as sessionKinds } from '../../sessions/records.ts'
import { landed } from '../calendar.ts'
import type { BoardBlock, DayBoard, Off, Purpose } from '../model.ts'

/** Schools whose calendar is a person's own: where they work or cover. Null: all of the district. */
export async function schoolsOf(tx: Tx, actor: Actor): Promise<readonly Uuid[] | null> {
  const at = new Date(tx.now)
  const rows = await tx.read
    .selectFrom('staff_role')
    .select('school_id')
    .where('district_id', '=', actor.district)
    .where('person_id', '=', actor.person)
    .where('from_at', '<=', at)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', at)]))
    .union((eb) =>
      eb
        .selectFrom('assignment')
        .select('school_id')
        .where('district_id', '=', actor.district)
        .where('person_id', '=', actor.person)
        .where('school_id', 'is not', null),
    )
    .union((eb) =>
      eb
        .selectFrom('assignment_day')
        .select('school_id')
        .where('district_id', '=', actor.district)
        .where('person_id', '=', actor.person),
    )
    .execute()
  const schools = rows.flatMap((row) => row.school_id ?? [])
  return schools.length < rows.length || schools.length === 0 ? null : schools
}

/** Days from `since` on, ascending, on which at least one of the schools is open. */
export async function openDays(tx: Tx, schools: readonly Uuid[] | null, since: Day): Promise<Day[]> {
  const rows = await tx.read
    .selectFrom('school_day')
    .select('day')
    .distinct()
    .where('district_id', '=', tx.district)
    .where('day', '>=', since)
    .$if(schools !== null, (some) => some.where('school_id', '=', sql<string>`any(${schools}::uuid[])`))
    .orderBy('day')
    .execute()
  return rows.map((row) => row.day)
}

/**
 * What a person does on a day: what is theirs by the timetable and nobody else was given, and what they were given.
 * A day of a variant has blocks of its own: what has no block of its code there does not take place.
 */
export async function boardOf(
  tx: Tx,
  actor: Actor,
  day: Day,
  schools: readonly Uuid[] | null,
  tz: string,
): Promise<DayBoard> {
  const open = await tx.read
    .selectFrom('school_day')
    .select('type')
    .where('district_id', '=', actor.district)
    .where('day', '=', day)
    .$if(schools !== null, (some) => some.where('school_id', '=', sql<string>`any(${schools}::uuid[])`))
    .orderBy('school_id')
    .limit(1)
    .executeTakeFirst()
  if (!open) return { day, type: null, blocks: [] }
  const rows = await rowsOf(tx, actor, day)
  const students = await tx.read
    .selectFrom('assignment_student')
    .select(['assignment_id', 'student_id'])
    .where('district_id', '=', actor.district)
    .where('assignment_id', '=', sql<string>`any(${rows.map((row) => row.assignment_id)}::uuid[])`)
    .execute()
  const within = await readable(tx, actor, [...new Set(rows.flatMap(({ given }) => given ?? []))])
  const blocks = rows.flatMap((row): BoardBlock[] => {
    const whole = { start: row.runs_from, end: row.runs_to }
    // on a day as usual a piece may begin before its block or end after it
    const at = row.moved
      ? landed(
          { start: row.start_time, end: row.end_time },
          { start: row.block_from, end: row.block_to },
          whole,
        )
      : { start: row.start_time ?? whole.start, end: row.end_time ?? whole.end }
    if (at === null) return []
    // somebody else's break: one is with their students meanwhile
    const isRelief = row.off !== null && row.why !== null
    return [
      {
        assignment: row.assignment_id,
        code: row.code,
        start: instantOf(day, at.start, tz),
        end: instantOf(day, at.end, tz),
        title: row.title,
        place: isRelief ? '' : row.place,
        note: row.note,
        students:
          row.given?.filter((student) => within.has(student)) ??
          students.filter((one) => one.assignment_id === row.assignment_id).map((one) => one.student_id),
        programs: row.programs,
        purpose: row.purpose,
        ...(row.off === null ? {} : isRelief ? { relief: row.off } : { off: row.off }),
        ...(row.why === null ? {} : { cover: { usual: row.person_id, why: row.why } }),
      },
    ]
  })
  return { day, type: open.type, blocks: blocks.toSorted((a, b) => (a.start < b.start ? -1 : 1)) }
}

/** Of some students those whom this person may know now. */
async function readable(tx: Tx, actor: Actor, ids: readonly Uuid[]): Promise<ReadonlySet<Uuid>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.read
    .selectFrom('student')
    .select('student_id')
    .where('district_id', '=', actor.district)
    .where('student_id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
  return new Set(rows.map((row) => row.student_id))
}

/** What makes a program known to a student's team. */
const publishing = sessionKinds.filter((kind) => kind.kind === 'sessions.program')

/**
 * One's own day is one's own to read, its students and what is planned for them only while they are within reach:
 * a substitute sees places and times before the shift and after it, and no more (G7).
 */
export async function withinReach(tx: Tx, reach: Reach, boards: readonly DayBoard[]): Promise<DayBoard[]> {
  const blocks = boards.flatMap((board) => board.blocks)
  const ids = blocks.map((block) => block.assignment)
  const withStudents = await tx.asSystem((db) =>
    db
      .selectFrom('assignment_student')
      .select('assignment_id')
      .distinct()
      .where('district_id', '=', tx.district)
      .where('assignment_id', '=', sql<string>`any(${ids}::uuid[])`)
      .execute(),
  )
  const aboutStudents = new Set(withStudents.map((row) => row.assignment_id))
  const programs = [...new Set(blocks.flatMap((block) => block.programs))]
  const parts = new Map(
    reach.students.flatMap((student) =>
      programs.flatMap((program) =>
        publishing.map(
          (kind) =>
            [partitionKey(kind, { id: program, student, refs: { program } }, student), program] as const,
        ),
      ),
    ),
  )
  const published = await tx.read
    .selectFrom('record')
    .select('part')
    .distinct()
    .where('district_id', '=', tx.district)
    .where('part', '=', sql<string>`any(${[...parts.keys()]}::text[])`)
    .execute()
  const readable = new Set(published.map((row) => parts.get(row.part)))
  return boards.map((board) => ({
    ...board,
    blocks: board.blocks.map((block) => ({
      ...block,
      note: aboutStudents.has(block.assignment) && block.students.length === 0 ? '' : block.note,
      programs: block.programs.filter((program) => readable.has(program)),
    })),
  }))
}

interface Row {
  assignment_id: string
  person_id: string
  title: string
  place: string
  note: string
  programs: string[]
  purpose: Purpose
  off: Off | null
  code: string
  start_time: string | null
  end_time: string | null
  /** The block of the timetable, and the block in which it runs on that day. */
  block_from: string
  block_to: string
  runs_from: string
  runs_to: string
  moved: boolean
  /** Not null: these students, on that day; others of it are with somebody else. */
  given: string[] | null
  /** Not null: given for that day. */
  why: string | null
}

/**
 * By the house and for one person: what they were given for a day is another person's by the timetable, which they may
 * not read by themselves.
 */
async function rowsOf(tx: Tx, actor: Actor, day: Day): Promise<Row[]> {
  const { rows } = await tx.asSystem((db) =>
    sql<Row>`
      with mine as (
        select assignment_id from assignment
        where district_id = ${actor.district} and person_id = ${actor.person}
        union
        select assignment_id from assignment_day
        where district_id = ${actor.district} and person_id = ${actor.person} and day = ${day}
      )
      select a.assignment_id, a.person_id, a.title, a.place, a.note, a.programs, a.purpose, a.off,
        b.code,
        a.start_time::text, a.end_time::text,
        b.start_time::text as block_from, b.end_time::text as block_to,
        r.start_time::text as runs_from, r.end_time::text as runs_to,
        r.block_id <> b.block_id as moved, d.students as given,
        case when d.person_id <> a.person_id then d.why end as why
      from mine
      join assignment a on a.district_id = ${actor.district} and a.assignment_id = mine.assignment_id
      join block b on b.district_id = a.district_id and b.block_id = a.block_id
      join school_day s on s.district_id = b.district_id and s.school_id = b.school_id and s.day = ${day}
      join block r on r.district_id = b.district_id and r.school_id = b.school_id
        and case when b.variant = s.variant then r.block_id = b.block_id
          else b.variant = 'regular' and r.variant = s.variant and r.code = b.code end
      left join assignment_day d
        on d.district_id = a.district_id and d.assignment_id = a.assignment_id and d.day = ${day}
      where a.from_day <= ${day} and (a.to_day is null or a.to_day >= ${day}) and s.type = any (a.day_types)
        and case when d.assignment_id is null then a.person_id else d.person_id end = ${actor.person}
      order by a.assignment_id`.execute(db),
  )
  return rows
}
