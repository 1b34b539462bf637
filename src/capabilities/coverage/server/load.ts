/** Puts in who is trained for what and who works when, in bulk: the demo school, and what a district brings along. */
import type { Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import { defineWrite, type Database } from '../../../platform/server/db.ts'
import './tables.ts'

export interface CoverRows {
  readonly school: Uuid
  readonly competencies: readonly {
    readonly id: Uuid
    readonly person: Uuid
    readonly student: Uuid | null
    readonly task: string
    readonly from: Day
    readonly to: Day | null
    readonly by: Uuid
  }[]
  readonly hours: readonly {
    readonly id: Uuid
    readonly person: Uuid
    readonly from: Day
    readonly to: Day | null
    readonly start: string
    readonly end: string
  }[]
}

/** Beside what is there; rows with a known id are left as they are. */
export async function loadCover(database: Database, district: Uuid, rows: CoverRows): Promise<void> {
  await database.asSystem(district, (tx) => tx.write(writeCover, rows))
}

const writeCover = defineWrite<CoverRows, void>({
  audit: ({ competencies, hours }) => ({
    action: 'coverage.load',
    detail: { competencies: competencies.length, hours: hours.length },
  }),
  async run(db, { school, competencies, hours }, tx) {
    const common = { district_id: tx.district, school_id: school }
    if (competencies.length > 0)
      await db
        .insertInto('competency')
        .values(
          competencies.map(({ id, person, student, task, from, to, by }) => ({
            ...common,
            competency_id: id,
            person_id: person,
            student_id: student,
            task,
            from_day: from,
            to_day: to,
            granted_by: by,
            revoked: null,
          })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    if (hours.length > 0)
      await db
        .insertInto('work_hours')
        .values(
          hours.map(({ id, person, from, to, start, end }) => ({
            ...common,
            hours_id: id,
            person_id: person,
            from_day: from,
            to_day: to,
            start_time: start,
            end_time: end,
            recorded_by: null,
            recorded: new Date(tx.now),
          })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute()
  },
})
