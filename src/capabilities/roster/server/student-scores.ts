/**
 * Score sets of one student for whoever may read them: ratings of behavior (T5) by few, the others (T2) by all who work
 * with the student; a substitute sees those of the days that a substitute sees. Row-level security decides.
 */
import { z } from 'zod'
import { dayOf } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Reach, Tx } from '../../../platform/server/db.ts'
import { Problem } from '../../../platform/server/problems.ts'
import type { StudentScores } from '../people.ts'

/** As scores.ts makes it. */
const Detail = z.object({
  layout: z.string(),
  assessment: z.string(),
  period: z.string().optional(),
  scores: z.record(z.string(), z.string()),
})

export async function scoresOf(tx: Tx, reach: Reach, student: Uuid, tz: string): Promise<StudentScores> {
  const here = await tx.read
    .selectFrom('student')
    .select('student_id')
    .where('district_id', '=', tx.district)
    .where('student_id', '=', student)
    .executeTakeFirst()
  if (!here) throw new Problem('access.denied')
  const rows = await tx.read
    .selectFrom('student_fact')
    .select(['fact_id', 'tier', 'from_day', 'detail'])
    .where('district_id', '=', tx.district)
    .where('student_id', '=', student)
    .where('kind', '=', 'scores')
    .orderBy('from_day', (order) => order.desc().nullsLast())
    .orderBy('fact_id')
    .execute()
  const mine = reach.grants.filter(({ scope, of_id }) => scope === 'student' && of_id === student)
  const seen = rows.filter(({ tier, from_day }) => {
    const grants = mine.filter((grant) => grant.tier === tier)
    // who is here through the school, and not through the student, reads without a limit of days
    if (grants.length === 0) return true
    return grants.some(({ since }) => since === null || (from_day !== null && from_day >= dayOf(since, tz)))
  })
  if (seen.length > 0)
    await tx.audit({
      action: 'scores.deliver',
      detail: {
        student,
        sets: seen.length,
        restricted: seen.filter(({ tier }) => tier === 'T5').length,
      },
    })
  return {
    sets: seen.flatMap((row) => {
      const detail = Detail.safeParse(row.detail)
      if (!detail.success) return []
      const { layout, assessment, period, scores } = detail.data
      return {
        id: row.fact_id,
        source: layout,
        assessment,
        period: period ?? null,
        taken: row.from_day,
        scores: Object.entries(scores),
        restricted: row.tier === 'T5',
      }
    }),
  }
}
