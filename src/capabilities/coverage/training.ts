/**
 * Who is trained for what with whom, as screens and server see it (domain L.3, G.5). Pure: "today" is handed in.
 * What it decides for cover is in rules.ts.
 */
import { addDays, type Day } from '../../platform/core/days.ts'
import { CARE_TASKS } from './rules.ts'

/** What only a nurse may hand on: to one person, with one student, until a day (domain B.4, G.5). */
export const DELEGATED: readonly string[] = ['medication', 'seizure_medication']

/** What somebody can be trained for, as far as it has a name here; a school may have others. */
export const TASKS: readonly string[] = [...CARE_TASKS, 'reading_program']

/** Tasks for which a person with these roles may say that somebody is trained. */
export function grantable(roles: readonly string[]): readonly string[] {
  return roles.includes('nurse') ? TASKS : TASKS.filter((task) => !DELEGATED.includes(task))
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
