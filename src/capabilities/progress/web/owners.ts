/** Who decides about a goal: the wall judges it (platform/server/matrix.ts); here it only says which buttons there are. */
import type { Me } from '../../schedule/model.ts'

/** Who decides about goals of students of their own (domain B.3). */
export const OWNERS = ['case_manager', 'slp', 'ot', 'pt', 'bcba', 'gt_teacher']

/** Whether I decide about goals of this student. */
export function decidesFor(me: Me | null, student: string): boolean {
  return OWNERS.includes(me?.students.find(({ id }) => id === student)?.role ?? '')
}

/** Names of those whom a decision waits for, as far as this device knows them. */
export function ownerNames(me: Me | null): string[] {
  return (me?.people ?? []).filter(({ role }) => role === 'case_manager').map(({ name }) => name)
}
