/** What of the students in reach was not run for a reason that is known by itself (days_not_run, 0108_attendance.sql). */
import { sql } from 'kysely'
import { addDays, dayOf } from '../../../platform/core/days.ts'
import type { Reach, Tx } from '../../../platform/server/db.ts'
import type { NotRun } from '../model.ts'

/** As far back as the school days that a device knows. */
const DAYS = 450

/** Only of students whose programs the person reads: who was away, and whose work it was, is not theirs to read. */
export async function notRunOf(tx: Tx, reach: Reach, tz: string): Promise<readonly NotRun[]> {
  const grants = reach.grants.filter((grant) => grant.scope === 'student' && grant.tier === 'T2')
  const from = addDays(dayOf(tx.now, tz), -DAYS)
  // whoever sees the last days only is told of them only
  const since = Math.min(...grants.map((grant) => grant.since ?? 0))
  const students = grants.map((grant) => grant.of_id)
  if (students.length === 0) return []
  const { rows } = await tx.asSystem((db) =>
    sql<NotRun>`
      select program, day, reason
      from days_not_run(${tx.district}, ${students}::uuid[],
        greatest(${from}::date, (${new Date(since)} at time zone ${tz})::date), ${new Date(tx.now)}, ${tz})`.execute(
      db,
    ),
  )
  return rows.map(({ program, day, reason }) => ({ program, day, reason }))
}
