/** A meal is given under a current plan, or it is not given at school (domain C.5): who signed it, and until when. */
import { dayOf, type Day } from '../../platform/core/days.ts'
import type { Envelope } from '../../platform/records/envelope.ts'
import { Measure, type MeasureOf } from '../sessions/measures.ts'

/** Why nobody feeds under this plan on a day; null when it is signed and holds. */
export function planProblem(plan: MeasureOf<'feeding'>, day: Day): 'not_signed' | 'run_out' | null {
  if (plan.signed_by.trim() === '') return 'not_signed'
  return plan.valid_until < day ? 'run_out' : null
}

/** Null when a meal names a version of a feeding plan, about the same student, that was signed and held on its day. */
export function feedingAgreesWithPlan(meal: Envelope, version: Envelope): string | null {
  if (version.kind !== 'sessions.program') return 'record.ref_kind'
  if (version.student !== meal.student) return 'record.ref_student'
  if (version.refs['program'] !== meal.refs['program']) return 'record.ref_program'
  const plan = Measure.safeParse(version.body['measure']).data
  const holds = plan?.system === 'feeding' && planProblem(plan, dayOf(meal.at, meal.tz)) === null
  return holds ? null : 'care.no_plan'
}
