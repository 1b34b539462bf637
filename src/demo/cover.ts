/** Who at Cedar Bend is trained for what, and when the substitute comes. What it leads to is found, not written here. */
import type { CoverRows } from '../capabilities/coverage/server/load.ts'
import type { Day } from '../platform/core/days.ts'
import { personId, SCHOOL, studentId, type StaffKey, type StudentKey } from './people.ts'
import { nameId } from './seed.ts'

const SINCE: Day = '2026-08-20'
const UNTIL: Day = '2027-06-11'

type Line = readonly [
  by: StaffKey,
  task: string,
  student: StudentKey | null,
  who: readonly StaffKey[],
  to?: Day,
]

const TRAINED: readonly Line[] = [
  ['ellen', 'feeding', 'bk', ['maya', 'andre']],
  ['ellen', 'seizure', 'bk', ['maya', 'andre', 'dana', 'tom']],
  ['grace', 'toileting', 'bk', ['maya', 'andre']],
  ['grace', 'lift', 'bk', ['maya', 'andre']],
  ['sam', 'behavior_plan', 'cd', ['maya', 'andre', 'dana', 'tom']],
  ['sam', 'behavior_plan', 'jb', ['nia', 'irene']],
  ['dana', 'reading_program', null, ['maya', 'dana']],
  ['sam', 'crisis_prevention', null, ['maya'], '2026-12-01'],
  ['sam', 'crisis_prevention', null, ['andre', 'nia', 'dana']],
  // was trained last year, and the training is over
  ['ellen', 'feeding', 'bk', ['nia'], '2026-10-30'],
]

export function coverRows(): CoverRows {
  return {
    school: SCHOOL,
    competencies: TRAINED.flatMap(([by, task, student, who, to = UNTIL]) =>
      who.map((person) => ({
        id: nameId('competency', `${person}/${task}/${student ?? ''}`),
        person: personId(person),
        student: student && studentId(student),
        task,
        from: SINCE,
        to,
        by: personId(by),
      })),
    ),
    hours: [
      {
        id: nameId('hours', 'kim/2026-11-04'),
        person: personId('kim'),
        from: '2026-11-04',
        to: '2026-11-04',
        start: '07:15',
        end: '15:30',
      },
    ],
  }
}
