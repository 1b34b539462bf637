/** Whoever may record of a student, by their role with that student (domain B.3). */
export const RECORDERS: readonly string[] = [
  'para',
  'substitute',
  'case_manager',
  'gened_teacher',
  'slp',
  'ot',
  'pt',
  'bcba',
  'gt_teacher',
]
