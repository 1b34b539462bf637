/**
 * Who is trained for what with whom, as screens and server see it (domain L.3, G.5). Pure: "today" is handed in.
 * What it decides for cover is in rules.ts.
 */
import { addDays, daysBetween, type Day } from '../../platform/core/days.ts'
import type { Uuid } from '../../platform/core/ids.ts'
import { CARE_TASKS } from './rules.ts'

/** What only a nurse may hand on: to one person, with one student, until a day (domain B.4, G.5). */
export const DELEGATED: readonly string[] = ['medication', 'seizure_medication']

/** What somebody can be trained for, as far as it has a name here; a school may have others. */
export const TASKS: readonly string[] = [...CARE_TASKS, 'reading_program']

/** Tasks for which a person with these roles may say that somebody is trained. */
export function grantable(roles: readonly string[]): readonly string[] {
  return roles.includes('nurse') ? TASKS : TASKS.filter((task) => !DELEGATED.includes(task))
}

/** How often the same may be allowed for one day: on so many days of those nearer than `within` days to each other. */
export interface AgainLimit {
  readonly within: number
  readonly most: number
}

/** A day on which somebody might do what they are not trained for; one that was taken back before it came is none. */
export interface AllowedDay {
  readonly person: Uuid
  readonly student: Uuid
  readonly task: string
  readonly day: Day
  /** Did the one who asks allow it? */
  readonly mine: boolean
}

/**
 * `first`: nothing near it, or it is for a day that counts already. `another`: somebody else allowed it before, so a second
 * pair of eyes looks at it now. `yours`: whoever asks did. `enough`: on as many days as may be.
 */
export type Again = 'first' | 'another' | 'yours' | 'enough'

/**
 * Whether the same may be allowed once more: one day at most, says domain L.3, and a day that is allowed anew each
 * morning would be a training that nobody gave. The days are those of the same adult, student and task near the one
 * that is asked for, before it and after it.
 */
export function againOf<Row extends AllowedDay>(
  allowed: readonly Row[],
  asked: Pick<AllowedDay, 'person' | 'student' | 'task' | 'day'>,
  { within, most }: AgainLimit,
): { readonly is: Again; readonly near: readonly Row[] } {
  const same = allowed.filter(
    ({ person, student, task }) =>
      person === asked.person && student === asked.student && task === asked.task,
  )
  if (same.some(({ day }) => day === asked.day)) return { is: 'first', near: [] }
  const near = same.filter(({ day }) => Math.abs(daysBetween(day, asked.day)) < within)
  if (near.length === 0) return { is: 'first', near }
  if (new Set(near.map(({ day }) => day)).size >= most) return { is: 'enough', near }
  return { is: near.some(({ mine }) => mine) ? 'yours' : 'another', near }
}

/** `later`: from a day to come. `soon`: holds, and ends within the days. `over`: ended, or taken back. */
export type Standing = 'later' | 'holds' | 'soon' | 'over'

export function standingOf(
  row: { readonly from: Day; readonly to: Day | null; readonly revoked: number | null },
  today: Day,
  soonDays: number,
): Standing {
  if (row.revoked !== null || (row.to !== null && row.to < today)) return 'over'
  if (row.from > today) return 'later'
  return row.to !== null && row.to <= addDays(today, soonDays) ? 'soon' : 'holds'
}
