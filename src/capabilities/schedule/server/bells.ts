/** The bell of the schools of students whose goals a person decides about: what a share of a block is read against. */
import { sql } from 'kysely'
import { addDays, dayOf } from '../../../platform/core/days.ts'
import type { Tx } from '../../../platform/server/db.ts'
import type { Bell, Me } from '../model.ts'

/** Days back for which it is told which ran otherwise than by the regular bell. */
const DAYS = 60
/** Who decides about goals (domain B.3); whoever else reads no shares of blocks, and is told no bell. */
const DECIDES: readonly string[] = ['case_manager', 'slp', 'ot', 'pt', 'bcba', 'gt_teacher']

export async function bellsOf(
  tx: Tx,
  { students }: Pick<Me, 'students'>,
  tz: string,
): Promise<readonly Bell[]> {
  const own = students.filter(({ role }) => DECIDES.includes(role)).map(({ id }) => id)
  if (own.length === 0) return []
  const rows = await tx.read
    .selectFrom('student')
    .select(['student_id', 'school_id'])
    .where('district_id', '=', tx.district)
    .where('student_id', '=', sql<string>`any(${own}::uuid[])`)
    .orderBy('student_id')
    .execute()
  const schools = [...new Set(rows.map((row) => row.school_id))]
  const blocks = await tx.read
    .selectFrom('block')
    .select(['school_id', 'variant', 'code', 'name', 'start_time', 'end_time'])
    .where('district_id', '=', tx.district)
    .where('school_id', '=', sql<string>`any(${schools}::uuid[])`)
    .orderBy('start_time')
    .orderBy('code')
    .execute()
  const days = await tx.read
    .selectFrom('school_day')
    .select(['school_id', 'day', 'variant'])
    .where('district_id', '=', tx.district)
    .where('school_id', '=', sql<string>`any(${schools}::uuid[])`)
    .where('variant', '<>', 'regular')
    .where('day', '>=', addDays(dayOf(tx.now, tz), -DAYS))
    .orderBy('day')
    .execute()
  return schools.map((school) => ({
    students: rows.flatMap((row) => (row.school_id === school ? [row.student_id] : [])),
    blocks: blocks.flatMap(({ school_id, variant, code, name, start_time, end_time }) =>
      school_id === school
        ? [{ variant, code, name, start: start_time.slice(0, 5), end: end_time.slice(0, 5) }]
        : [],
    ),
    variants: Object.fromEntries(
      days.flatMap((row) => (row.school_id === school ? [[row.day, row.variant]] : [])),
    ),
  }))
}
