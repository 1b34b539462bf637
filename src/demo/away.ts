/** When a student of Cedar Bend was not at school: long stretches, and single days by chance. */
import type { Day } from '../platform/core/days.ts'
import type { StudentKey } from './people.ts'
import { seeded } from './seed.ts'

const AWAY: readonly { student: StudentKey; from: Day; to: Day }[] = [
  { student: 'bk', from: '2026-02-09', to: '2026-03-06' },
  { student: 'jb', from: '2026-04-20', to: '2026-04-24' },
]
const ABSENCE_RATE: Partial<Record<StudentKey, number>> = { hi: 0.08, mw: 0.06, jb: 0.08, am: 0.03, dl: 0.05 }

/** The same for everything of that day. */
export function isAway(student: StudentKey, day: Day, seed: string): boolean {
  if (AWAY.some((away) => away.student === student && away.from <= day && day <= away.to)) return true
  return seeded(`${seed}/away/${student}/${day}`).chance(ABSENCE_RATE[student] ?? 0.04)
}
