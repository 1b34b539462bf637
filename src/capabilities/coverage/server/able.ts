/**
 * Whom to call for what a student needs, when oneself is not trained for it: who is, and is at work now (domain L.3).
 * Read as the operator, because nobody reads the training of others; told are names of colleagues, and nothing of whom a
 * court keeps from the student.
 */
import { dayOf, instantOf } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Tx } from '../../../platform/server/db.ts'
import { Problem } from '../../../platform/server/problems.ts'
import { indexed, isAway, pairKey, trainedOf } from '../rules.ts'
import type { Able } from '../wire.ts'
import { coverDay } from './day.ts'

/** Names of more than these help nobody to decide. */
const SHOWN = 4
const NOON = 12 * 60

export async function ableOf(tx: Tx, person: Uuid, student: Uuid, tz: string): Promise<Able> {
  const row = await tx.read
    .selectFrom('student')
    .select('school_id')
    .where('district_id', '=', tx.district)
    .where('student_id', '=', student)
    .executeTakeFirst()
  if (!row) throw new Problem('access.denied')
  const index = indexed(await coverDay(tx, row.school_id, dayOf(tx.now, tz), tz, [person]))
  const { day } = index
  // noon is on the clock of the rest of the day, also where clocks change in the night
  const noon = Date.parse(instantOf(day.day, '12:00', tz))
  const now = NOON + Math.floor((tx.now - noon) / 60_000)
  const at = { start: now, end: now + 1 }
  const isTrained = (who: Uuid, task: string) =>
    trainedOf(index, who, { needs: [task], students: [student] }).length > 0
  const here = day.adults.filter(
    ({ id, hours }) =>
      id !== person &&
      hours !== null &&
      hours.start <= now &&
      now < hours.end &&
      !isAway(index, id, at) &&
      !index.restricted.has(pairKey({ person: id, student })),
  )
  const tasks = [
    ...new Set(day.competencies.filter((one) => one.student === student).map(({ task }) => task)),
  ]
  const nameOf = (id: Uuid) => day.adults.find((one) => one.id === id)?.name ?? ''
  await tx.audit({ action: 'training.able', detail: { student } })
  return {
    tasks: tasks
      .toSorted()
      .filter((task) => !isTrained(person, task))
      .map((task) => ({
        task,
        people: here
          .filter(({ id }) => isTrained(id, task))
          .map(({ name }) => name)
          .slice(0, SHOWN),
        beside: (index.overrides.get(`${person} ${task} ${student}`) ?? []).map(({ beside }) =>
          nameOf(beside),
        ),
      })),
  }
}
