/** What adults at Cedar Bend asked of each other by Tuesday morning: prep for the day and the next, and two messages. */
import type { loadMessages } from '../capabilities/messages/server/queries.ts'
import type { loadPrep } from '../capabilities/prep/server/queries.ts'
import type { Day } from '../platform/core/days.ts'
import { TODAY, timeOf } from './calendar.ts'
import { personId, SCHOOL, type StaffKey } from './people.ts'
import { nameId, seeded } from './seed.ts'
import { act, deskOf, type Act } from './tape.ts'

type Task = readonly [
  by: StaffKey,
  who: StaffKey,
  kind: Parameters<typeof loadPrep>[2][number]['kind'],
  what: string,
  quantity: number | null,
  group: string,
  due: readonly [Day, string],
  is?: 'done',
]

const MONDAY: Day = '2026-11-02'
const WEDNESDAY: Day = '2026-11-04'

const TASKS: readonly Task[] = [
  ['tom', 'maya', 'copy', 'Fraction sheets', 24, 'Period 1', [TODAY, '08:30'], 'done'],
  ['dana', 'maya', 'adapt', 'Number stories in large print', 2, 'Period 6', [TODAY, '13:20']],
  ['dana', 'maya', 'board', 'Fractions, on the wall of room 12', null, 'Grade 4', [WEDNESDAY, '15:00']],
  ['tom', 'andre', 'kit', 'Science kits back on the shelf', 6, 'Grade 5', [TODAY, '14:50']],
]

export function prepRows(): Parameters<typeof loadPrep>[2] {
  return TASKS.map(([by, who, kind, what, quantity, group, [day, time], is]) => ({
    id: nameId('prep', `${by}/${who}/${what}`),
    school: SCHOOL,
    by: personId(by),
    person: personId(who),
    asked: timeOf(MONDAY, '15:05'),
    kind,
    what,
    quantity,
    group,
    due: new Date(timeOf(day, time)).toISOString(),
    is: is ?? ('asked' as const),
  }))
}

export function messageRows(): Parameters<typeof loadMessages>[2] {
  return [
    {
      id: nameId('message', 'joan/maya/thursday'),
      school: SCHOOL,
      by: personId('joan'),
      person: personId('maya'),
      words: 'Thursday we meet at 7:40 in the library, not in room 3.',
      sent: timeOf(MONDAY, '16:10'),
    },
  ]
}

/** What was said in the team about a student. */
export function notes(): Act[] {
  return [
    act(seeded('messages.note/am'), {
      author: 'dana',
      device: deskOf('dana'),
      kind: 'messages.note',
      student: 'am',
      refs: {},
      body: { text: 'The new picture schedule is on the desk. Please use it from today on.' },
      at: timeOf(MONDAY, '15:40'),
    }),
  ]
}
