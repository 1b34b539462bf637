/** First the brief, then the work: whether a substitute may not begin with a student yet (domain H.4). */
import { dayOf } from '../../platform/core/days.ts'
import { hasPassed, type RecordsHere } from './plans.ts'

/** As much of `me` as is needed. */
interface Whose {
  readonly person: { readonly id: string }
  readonly district: { readonly tz: string }
  readonly students: readonly { readonly id: string; readonly role: string }[]
}

/** True while `me` is with the student as a substitute and has not passed today's brief. `now` in ms. */
export function needsBrief(device: RecordsHere, me: Whose, student: string, now: number): boolean {
  const role = me.students.find(({ id }) => id === student)?.role
  const { tz } = me.district
  return role === 'substitute' && !hasPassed(device, student, me.person.id, { day: dayOf(now, tz), tz })
}
