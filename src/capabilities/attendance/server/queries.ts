/** All SQL of the official attendance. Whose students they are is looked up under row-level security first. */
import { sql } from 'kysely'
import type { Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import { partitionKey } from '../../../platform/records/registry.ts'
import { defineWrite, type Tx } from '../../../platform/server/db.ts'
import {
  disagree,
  type AttendanceDay,
  type Official,
  type SayOfficial,
  type Settled,
  type SettleMismatch,
} from '../official.ts'
import { kinds } from '../records.ts'
import { dayView, rollOf, seenOn, type StudentDay } from '../rules.ts'

declare module '../../../platform/server/schema.ts' {
  interface Tables {
    attendance_official: {
      district_id: string
      said_id: string
      student_id: string
      day: string
      code: Official
      said_by: string
      said: Date
      /** 1 for the first of a student's day. */
      n: number
    }
    attendance_settled: {
      district_id: string
      settled_id: string
      student_id: string
      day: string
      official: Official
      seen: 'here' | 'absent'
      reason: Settled
      note: string | null
      settled_by: string
      settled: Date
    }
  }
}

/** The students of the schools whose attendance the asker keeps, as the policies show them. */
export async function studentsHere(tx: Tx) {
  return tx.read
    .selectFrom('student')
    .select(['student_id', 'source_id', 'initials', 'color', 'grade'])
    .where('district_id', '=', tx.district)
    .orderBy('initials')
    .orderBy('student_id')
    .execute()
}

/** A day of these students: the office's code, what adults saw, and whether the two disagree. */
export async function dayOfStudents(
  tx: Tx,
  students: Awaited<ReturnType<typeof studentsHere>>,
  day: Day,
): Promise<AttendanceDay> {
  const ids = students.map((row) => row.student_id)
  const [official, settled, seen, people] = await tx.asSystem(async (db) => [
    await db
      .selectFrom('attendance_official')
      .distinctOn('student_id')
      .select(['student_id', 'code'])
      .where('district_id', '=', tx.district)
      .where('day', '=', day)
      .where('student_id', '=', sql<string>`any(${ids}::uuid[])`)
      .orderBy('student_id')
      .orderBy('n', 'desc')
      .orderBy('said', 'desc')
      .orderBy('said_id', 'desc')
      .execute(),
    await db
      .selectFrom('attendance_settled')
      .selectAll()
      .where('district_id', '=', tx.district)
      .where('day', '=', day)
      .where('student_id', '=', sql<string>`any(${ids}::uuid[])`)
      .orderBy('settled', 'desc')
      .execute(),
    await db
      .selectFrom('projection')
      .select(['student_id', 'state'])
      .where('district_id', '=', tx.district)
      .where('view', '=', dayView.name)
      .where('version', '=', dayView.version)
      .where('part', '=', sql<string>`any(${ids.map((id) => partOf(id, day))}::text[])`)
      .execute(),
    await db
      .selectFrom('person')
      .select(['person_id', 'given', 'family'])
      .where('district_id', '=', tx.district)
      .execute(),
  ])
  const codes = new Map(official.map((row) => [row.student_id, row.code]))
  const days = new Map(seen.map((row) => [row.student_id, JSON.parse(row.state) as StudentDay]))
  const names = new Map(people.map((row) => [row.person_id, `${row.given} ${row.family}`]))
  const rows = students.map((row): AttendanceDay['students'][number] => {
    const code = codes.get(row.student_id) ?? null
    const day = days.get(row.student_id) ?? null
    const is = seenOn(day)
    const last = day?.marks.at(-1)
    const isMismatch = disagree(code, is)
    // why it may stay holds for what disagreed then, and for nothing else
    const why = settled.find(
      (one) => one.student_id === row.student_id && one.official === code && one.seen === is,
    )
    return {
      student: row.student_id,
      initials: row.initials,
      color: row.color,
      grade: row.grade,
      official: code,
      seen: is && last ? { is, block: last.block, at: last.at, by: names.get(last.by) ?? '' } : null,
      mismatch: isMismatch,
      settled:
        isMismatch && why
          ? { reason: why.reason, by: names.get(why.settled_by) ?? '', note: why.note }
          : null,
    }
  })
  const rank = (row: (typeof rows)[number]) => (row.mismatch ? (row.settled ? 1 : 0) : 2)
  return { day, students: rows.toSorted((a, b) => rank(a) - rank(b)) }
}

/** Writes what the office says; said before, it stands. */
export const sayOfficial = defineWrite<SayOfficial & { person: Uuid }, void>({
  audit: ({ id, day, marks }) => ({
    action: 'attendance.official',
    detail: { said: id, day, marks: marks.map(({ student, code }) => [student, code]) },
  }),
  run: (_db, { id, day, marks, person }, tx) =>
    tx.asSystem(async (db) => {
      await db
        .insertInto('attendance_official')
        .values(
          marks.map(({ student, code }) => ({
            district_id: tx.district,
            said_id: id,
            student_id: student,
            day,
            code,
            said_by: person,
            said: new Date(tx.now),
            n: sql<number>`1 + (
              select coalesce(max(n), 0) from attendance_official
              where district_id = ${tx.district} and student_id = ${student} and day = ${day}
            )`,
          })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }),
})

export const settleMismatch = defineWrite<SettleMismatch & { person: Uuid }, void>({
  // a note may tell of a student, so it stays in its row
  audit: ({ id, student, day, reason }) => ({
    action: 'attendance.settle',
    detail: { settled: id, student, day, reason },
  }),
  run: (_db, { id, student, day, official, seen, reason, note, person }, tx) =>
    tx.asSystem(async (db) => {
      await db
        .insertInto('attendance_settled')
        .values({
          district_id: tx.district,
          settled_id: id,
          student_id: student,
          day,
          official,
          seen,
          reason,
          note: note?.trim() || null,
          settled_by: person,
          settled: new Date(tx.now),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }),
})

function partOf(student: Uuid, day: Day): string {
  const [presence] = kinds
  if (!presence) throw new Error('no kind of presence')
  return partitionKey(presence, { id: student, student, refs: { roll: rollOf(student, day) } }, student)
}
