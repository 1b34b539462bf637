/** Who decides about a student's programs: the roles that may approve in T2 (domain B.3; matrix.test compares). */
export const OWNERS: readonly string[] = ['case_manager', 'slp', 'ot', 'pt', 'bcba', 'gt_teacher']

/** `role` is the role with this very student. */
export function mayOwn(role: string): boolean {
  return OWNERS.includes(role)
}
