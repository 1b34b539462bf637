/**
 * Who is trained for what with whom, for those who say so: whoever leads a school reads all of it, a nurse or a therapist
 * what concerns the students they are with. Read as the operator, because a therapist leads nobody; what a reader is told
 * is cut here to the students whom they may know.
 */
import { sql } from 'kysely'
import { addDays, dayOf } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Actor, Reach, Tx } from '../../../platform/server/db.ts'
import { Problem } from '../../../platform/server/problems.ts'
import { ruleNumber } from '../../../platform/server/rulepacks.ts'
import type { Tables } from '../../../platform/server/schema.ts'
import type { Span } from '../model.ts'
import { indexed, pairKey, trainedOf } from '../rules.ts'
import { coverDay } from './day.ts'
import { TRAINERS } from '../trainers.ts'
import { againOf, DELEGATED, grantable, type AgainLimit, type AllowedDay } from '../training.ts'
import { METHODS, type Allow, type Grant, type Proof, type TrainingPage } from '../wire.ts'
import type { z } from 'zod'

type AllowedRow = Tables['competency_override']

/** Adults who work with students under somebody's plan, and so are trained by others. */
const LEARNERS = ['para', 'substitute', 'case_manager', 'gened_teacher', 'gt_teacher']

/** Who may have taught somebody: by their license, or by the plan that they are responsible for (domain L.3). */
const TEACHERS = [...TRAINERS, 'case_manager', 'gened_teacher', 'gt_teacher', 'coordinator', 'administrator']

export async function trainingOf(
  tx: Tx,
  actor: Actor,
  reach: Reach,
  { school, tz }: { school: Uuid | undefined; tz: string },
): Promise<TrainingPage> {
  const leads = reach.leads.length > 0
  if (!leads && !isTrainer(actor)) throw new Problem('access.denied')
  if (school !== undefined && !reach.leads.includes(school)) throw new Problem('access.denied')
  const students = (
    await tx.read
      .selectFrom('student')
      .select(['student_id', 'school_id', 'initials', 'color'])
      .where('district_id', '=', tx.district)
      .where('ended', 'is', null)
      .orderBy('initials')
      .orderBy('student_id')
      .execute()
  ).filter((row) => (leads ? reach.leads.includes(row.school_id) : reach.students.includes(row.student_id)))
  const schools = await tx.read
    .selectFrom('school')
    .select(['school_id', 'name'])
    .where('district_id', '=', tx.district)
    .where('school_id', '=', sql<string>`any(${[...reach.leads]}::uuid[])`)
    .where('kind', '=', 'school')
    .orderBy('name')
    .execute()
  const led = school ?? schools[0]?.school_id ?? null
  const shown = students.filter((row) => led === null || row.school_id === led)
  const places = led === null ? [...new Set(shown.map((row) => row.school_id))] : [led]
  const people = await staffAt(tx, places, LEARNERS)
  const trainers = await staffAt(tx, places, TEACHERS)
  const today = dayOf(tx.now, tz)
  const again = againLimit(tx)
  const { rows, allowed, names } = await tx.asSystem(async (db) => {
    const found = await db
      .selectFrom('competency')
      .selectAll()
      .where('district_id', '=', tx.district)
      .where('school_id', '=', sql<string>`any(${places}::uuid[])`)
      .orderBy('task')
      .orderBy('from_day')
      .orderBy('competency_id')
      .execute()
    const known = new Set(shown.map((row) => row.student_id))
    const learners = new Set(people.map(({ id }) => id))
    const told = found.filter((row) =>
      row.student_id === null ? leads || learners.has(row.person_id) : known.has(row.student_id),
    )
    const allowed = leads
      ? await db
          .selectFrom('competency_override')
          .selectAll()
          .where('district_id', '=', tx.district)
          .where('school_id', '=', sql<string>`any(${places}::uuid[])`)
          .where('day', '>', addDays(today, -again.within))
          .orderBy('day')
          .orderBy('override_id')
          .execute()
      : []
    const named = [
      ...new Set([
        ...told.flatMap((row) =>
          [row.person_id, row.granted_by, row.trainer_id, row.observer_id].filter((one) => one !== null),
        ),
        ...allowed.flatMap((row) => [row.person_id, row.beside_id, row.allowed_by]),
      ]),
    ]
    const persons = await db
      .selectFrom('person')
      .select(['person_id', 'given', 'family'])
      .where('district_id', '=', tx.district)
      .where('person_id', '=', sql<string>`any(${named}::uuid[])`)
      .execute()
    return {
      rows: told,
      allowed: allowed.filter((row) => known.has(row.student_id)),
      names: new Map(persons.map((row) => [row.person_id, `${row.given} ${row.family}`])),
    }
  })
  await tx.audit({ action: 'training.read', detail: { rows: rows.length } })
  return {
    today,
    soonDays: ruleNumber('training.ends_soon_days', tx.now),
    school: led,
    schools: schools.map((row) => ({ id: row.school_id, name: row.name })),
    everybody: leads,
    tasks: [...grantable(actor.roles)],
    people,
    students: shown.map((row) => ({ id: row.student_id, initials: row.initials, color: row.color })),
    rows: rows.map((row) => ({
      id: row.competency_id,
      person: row.person_id,
      name: names.get(row.person_id) ?? '',
      student: row.student_id,
      task: row.task,
      from: row.from_day,
      to: row.to_day,
      by: names.get(row.granted_by ?? '') ?? null,
      revoked: row.revoked?.getTime() ?? null,
      mine: leads || row.student_id !== null,
      proof:
        row.trainer_id === null
          ? null
          : {
              trainer: row.trainer_id,
              trainerName: names.get(row.trainer_id) ?? '',
              trainerRole: row.trainer_role ?? '',
              method: METHODS.filter((one) => row.method?.includes(one)),
              done: row.steps_done,
              of: row.steps_of,
              shown: row.shown_on,
              observer: row.observer_id,
              observerName: names.get(row.observer_id ?? '') ?? null,
            },
    })),
    trainers,
    allowed: leads
      ? allowed
          .filter((row) => row.day >= today && row.revoked === null)
          .map((row) => ({
            id: row.override_id,
            person: row.person_id,
            name: names.get(row.person_id) ?? '',
            student: row.student_id,
            task: row.task,
            day: row.day,
            beside: names.get(row.beside_id) ?? '',
            reason: row.reason,
            by: names.get(row.allowed_by) ?? '',
          }))
      : null,
    again,
    allowedDays: allowed
      .filter((row) => counts(row, tz))
      .map((row) => ({ ...allowedDay(actor, row), by: names.get(row.allowed_by) ?? '' })),
  }
}

/** Judges who says that somebody is trained, and for what; returns the school where it holds. Throws a problem. */
export function expectGrant(
  actor: Actor,
  reach: Reach,
  body: z.infer<typeof Grant>,
  school: Uuid | null,
): Uuid {
  const leads = school !== null && reach.leads.includes(school)
  const trains = body.student !== null && mayTrain(actor, reach, body.student)
  if (school === null || (!leads && !trains)) throw new Problem('access.denied')
  if (DELEGATED.includes(body.task)) {
    // the nurse hands it on for one student whom they are with, until a day; whoever leads the school does not
    if (!actor.roles.includes('nurse') || !trains) throw new Problem('role.not_permitted', { field: 'task' })
    if (body.to === null) throw new Problem('request.invalid', { field: 'to' })
  }
  return school
}

/** The role in which the trainer taught it; a trainer without one of those roles is none. Throws a problem. */
export async function expectProof(tx: Tx, school: Uuid, { trainer, observer }: Proof): Promise<string> {
  const role = (await staffAt(tx, [school], TEACHERS)).find(({ id }) => id === trainer)?.role
  if (role === undefined) throw new Problem('request.invalid', { field: 'trainer' })
  const isStaff =
    observer === null ||
    (await staffAt(tx, [school], [...TEACHERS, ...LEARNERS])).some(({ id }) => id === observer)
  if (!isStaff) throw new Problem('request.invalid', { field: 'observer' })
  return role
}

/**
 * Judges a permission for one day; returns the school where it holds. Whoever leads the school gives it, for today or a
 * day to come, never for what only a nurse may hand on (domain G.5), and only beside somebody who is trained on that day.
 * Whether that adult is there when it is done is judged with the day's plan. Throws a problem.
 */
export async function expectAllow(
  tx: Tx,
  actor: Actor,
  { leads }: Reach,
  body: Allow,
  { school, tz }: { school: Uuid | null; tz: string },
): Promise<Uuid> {
  const { person, student, task, day, beside } = body
  if (school === null || !leads.includes(school)) throw new Problem('access.denied')
  if (day < dayOf(tx.now, tz)) throw new Problem('request.invalid', { field: 'day' })
  if (DELEGATED.includes(task)) throw new Problem('role.not_permitted', { field: 'task' })
  const index = indexed(await coverDay(tx, school, day, tz, [beside]))
  const isHere =
    index.adults.has(beside) && !index.day.away.some((one) => one.person === beside && isWhole(one))
  const isCurrent = trainedOf(index, beside, { needs: [task], students: [student] }).length > 0
  const isKept = index.restricted.has(pairKey({ person: beside, student }))
  if (beside === person || !isHere || !isCurrent || isKept)
    throw new Problem('request.invalid', { field: 'beside' })
  await expectFewDays(tx, actor, body, tz)
  return school
}

/**
 * What is allowed for one day does not become a training by being allowed again: within the days of the rule pack a
 * second time only by another person, and no third. Two who lead a school and ask at once wait for each other.
 * Throws a problem.
 */
async function expectFewDays(tx: Tx, actor: Actor, { id, ...asked }: Allow, tz: string): Promise<void> {
  const { person, student, task } = asked
  const rows = await tx.asSystem(async (db) => {
    const key = [tx.district, 'allow', person, student, task].join(':')
    await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(db)
    return (
      db
        .selectFrom('competency_override')
        .selectAll()
        .where('district_id', '=', tx.district)
        .where('person_id', '=', person)
        .where('student_id', '=', student)
        .where('task', '=', task)
        // sent again, it is the same act
        .where('override_id', '<>', id)
        .execute()
    )
  })
  const days = rows.filter((row) => counts(row, tz)).map((row) => allowedDay(actor, row))
  const { is } = againOf(days, asked, againLimit(tx))
  if (is === 'yours') throw new Problem('training.allowed_by_you')
  if (is === 'enough') throw new Problem('training.allowed_enough')
}

function againLimit(tx: Tx): AgainLimit {
  return {
    within: ruleNumber('training.allow_within_days', tx.now),
    most: ruleNumber('training.allow_most_days', tx.now),
  }
}

/** Taken back before its day it never held; taken back on the day or later, it may have been used. */
function counts({ day, revoked }: AllowedRow, tz: string): boolean {
  return revoked === null || dayOf(revoked.getTime(), tz) >= day
}

function allowedDay(actor: Actor, row: AllowedRow): AllowedDay {
  return {
    person: row.person_id,
    student: row.student_id,
    task: row.task,
    day: row.day,
    mine: row.allowed_by === actor.person,
  }
}

function isWhole({ start, end }: Span): boolean {
  return start === 0 && end === 24 * 60
}

export function mayTrain(actor: Actor, { students }: Reach, student: Uuid): boolean {
  return isTrainer(actor) && students.includes(student)
}

function isTrainer({ roles }: Actor): boolean {
  return roles.some((role) => TRAINERS.includes(role))
}

/** Adults with one of these roles there, by name, each with one of them. */
async function staffAt(
  tx: Tx,
  schools: readonly Uuid[],
  roles: readonly string[],
): Promise<TrainingPage['people']> {
  const at = new Date(tx.now)
  const rows = await tx.asSystem((db) =>
    db
      .selectFrom('staff_role')
      .innerJoin('person', (join) =>
        join
          .onRef('person.district_id', '=', 'staff_role.district_id')
          .onRef('person.person_id', '=', 'staff_role.person_id'),
      )
      .distinctOn('person.person_id')
      .select(['person.person_id', 'person.given', 'person.family', 'staff_role.role'])
      .where('staff_role.district_id', '=', tx.district)
      .where('staff_role.role', 'in', roles)
      .where('staff_role.from_at', '<=', at)
      .where((eb) => eb.or([eb('staff_role.to_at', 'is', null), eb('staff_role.to_at', '>', at)]))
      .where((eb) =>
        eb.or([
          eb('staff_role.school_id', 'is', null),
          eb('staff_role.school_id', '=', sql<string>`any(${[...schools]}::uuid[])`),
        ]),
      )
      .orderBy('person.person_id')
      .orderBy('staff_role.role')
      .execute(),
  )
  return rows
    .map((row) => ({ id: row.person_id, name: `${row.given} ${row.family}`, role: row.role }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}
