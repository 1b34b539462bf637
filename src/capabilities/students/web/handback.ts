/** When a substitute's hand-back note is due: the last block with a student is over, and no note was written today. */
import { dayOf } from '../../../platform/core/days.ts'
import type { Me } from '../../schedule/model.ts'
import { handbacksIn, hasPassed, type RecordsHere } from '../plans.ts'

/** Students of whom I write a note today: those whom I worked with as a substitute. */
export function handedBack(device: RecordsHere, me: Me, now: number): string[] {
  const { tz } = me.district
  const day = dayOf(now, tz)
  return me.students
    .filter(({ id, role }) => role === 'substitute' && hasPassed(device, id, me.person.id, { day, tz }))
    .filter(
      ({ id }) =>
        !handbacksIn(device, id).some((note) => note.by === me.person.id && dayOf(note.at, tz) === day),
    )
    .map(({ id }) => id)
}

export function isHandbackDue(device: RecordsHere, me: Me, now: number): boolean {
  const day = dayOf(now, me.district.tz)
  const withStudents = me.boards
    .filter((board) => board.day === day)
    .flatMap(({ blocks }) => blocks)
    .filter(({ students }) => students.length > 0)
  const isOver = withStudents.every(({ end }) => Date.parse(end) <= now)
  return isOver && handedBack(device, me, now).length > 0
}
