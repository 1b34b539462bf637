/** The tables of the schedule, how they are loaded, and the document that a person's device holds; see boards.ts. */
import { sql, type Generated } from 'kysely'
import { addDays, dayOf, type Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import { defineWrite, type Actor, type Database, type Reach, type Tx } from '../../../platform/server/db.ts'
import type { DistrictInfo } from '../../../platform/server/directory.ts'
import type { Contacts } from '../contacts.ts'
import type { Focus } from '../focus.ts'
import type {
  Assignment,
  Block,
  Me,
  Off,
  OneToOne,
  Per,
  Post,
  Purpose,
  SchoolDay,
  ServiceRequirement,
} from '../model.ts'
import { boardOf, openDays, schoolsOf, withinReach } from './boards.ts'
import { contactsOf } from './contacts.ts'
import { focusesOf } from './focus.ts'

declare module '../../../platform/server/schema.ts' {
  interface Tables {
    school_day: {
      district_id: string
      school_id: string
      day: string
      type: string
      variant: Generated<string>
    }
    school_term: {
      district_id: string
      term_id: string
      school_id: string | null
      source: string
      title: string
      from_day: string
      to_day: string
    }
    block: {
      district_id: string
      block_id: string
      school_id: string
      code: string
      name: string
      start_time: string
      end_time: string
      variant: Generated<string>
    }
    assignment: {
      district_id: string
      assignment_id: string
      person_id: string
      block_id: string
      day_types: string[]
      from_day: string
      to_day: string | null
      start_time: string | null
      end_time: string | null
      title: string
      place: string
      note: string
      programs: string[]
      school_id: Generated<string | null>
      purpose: Generated<Purpose>
      needs: Generated<string[]>
      post_id: Generated<string | null>
      off: Generated<Off | null>
    }
    assignment_student: { district_id: string; assignment_id: string; student_id: string }
    assignment_day: {
      district_id: string
      assignment_id: string
      day: string
      school_id: string
      usual_id: string
      person_id: string | null
      owner_id: string | null
      why: string
      plan_id: string
      seen: Date | null
      /** Several adults may share one: each has a part, with these students; null = all of them. */
      part: Generated<number>
      students: Generated<string[] | null>
    }
    absence: {
      district_id: string
      absence_id: string
      school_id: string
      person_id: string
      day: string
      start_time: string | null
      end_time: string | null
      reason: string
      reported_by: string
      reported: Date
      withdrawn: Date | null
    }
    service_requirement: {
      district_id: string
      service_id: string
      school_id: string
      student_id: string
      service: string
      minutes: number
      per: Per
      sessions: number | null
      place: ServiceRequirement['place']
      provider: string
      from_day: string
      to_day: string | null
      group_max: number | null
      programs: string[]
      recorded_by: string | null
      recorded: Date
      replaces: Generated<string | null>
      never_held: Generated<boolean>
      ended: Generated<Date | null>
      ended_by: Generated<string | null>
    }
    one_to_one: {
      district_id: string
      one_to_one_id: string
      school_id: string
      student_id: string
      blocks: string[]
      minutes_a_day: number | null
      level: string
      authority: string
      qualifications: string[]
      relief: string
      from_day: string
      to_day: string | null
      recorded_by: string | null
      recorded: Date
      replaces: Generated<string | null>
      never_held: Generated<boolean>
      ended: Generated<Date | null>
      ended_by: Generated<string | null>
    }
    duty_post: {
      district_id: string
      post_id: string
      school_id: string
      name: string
      place: string
      code: string
      ratio: number | null
      min_staff: number
      from_day: string
      to_day: string | null
      recorded_by: string | null
      recorded: Date
    }
    make_up: {
      district_id: string
      make_up_id: string
      service_id: string
      school_id: string
      student_id: string
      period_from: string
      minutes: number
      decision: 'make_up' | 'not_needed'
      on_day: string | null
      reason: string
      decided_by: string
      decided: Date
    }
    school_event: {
      district_id: string
      event_id: string
      school_id: string
      source_id: string
      kind: 'event' | 'closed'
      title: string
      day: string
      to_day: string
      start_at: Date | null
      end_at: Date | null
      recorded_by: string | null
      recorded: Date
    }
    calendar_feed: {
      district_id: string
      feed_id: string
      person_id: string
      token_hash: Buffer
      made: Date
      revoked: Date | null
    }
    competency: {
      district_id: string
      competency_id: string
      school_id: string
      person_id: string
      student_id: string | null
      task: string
      from_day: string
      to_day: string | null
      granted_by: string | null
      revoked: Date | null
      trainer_id: Generated<string | null>
      trainer_role: Generated<string | null>
      method: Generated<string[] | null>
      steps_done: Generated<number | null>
      steps_of: Generated<number | null>
      shown_on: Generated<string | null>
      observer_id: Generated<string | null>
    }
  }
}

export interface Schedule {
  readonly blocks: readonly Block[]
  readonly schoolDays: readonly SchoolDay[]
  readonly assignments: readonly Assignment[]
  readonly services?: readonly ServiceRequirement[]
  readonly oneToOnes?: readonly OneToOne[]
  readonly posts?: readonly Post[]
  readonly focuses?: readonly (Focus & { readonly id: Uuid })[]
  readonly contacts?: readonly Omit<Contacts, 'name'>[]
}

/** Puts a schedule in, beside what is there; rows with a known id are left as they are. */
export async function loadSchedule(database: Database, district: Uuid, schedule: Schedule): Promise<void> {
  await database.asSystem(district, (tx) => tx.write(writeSchedule, { district, schedule }))
}

/** A quarter, a term or a year of one school; `school` null = of every school of the district. */
interface ToldTerm {
  readonly id: Uuid
  readonly school: Uuid | null
  readonly title: string
  readonly from: Day
  readonly to: Day
}

/**
 * Days and terms of an imported calendar, within the import's transaction. Dates alone name no day type: a school without
 * a rotation has one. The terms are all that this source knows: those it told before and tells no more are gone.
 */
export async function keepToldCalendar(
  tx: Tx,
  district: Uuid,
  told: {
    readonly source: string
    readonly days: readonly Pick<SchoolDay, 'school' | 'day'>[]
    readonly terms: readonly ToldTerm[]
  },
): Promise<void> {
  const schoolDays = told.days.map(({ school, day }) => ({ school, day, type: 'A' }))
  if (schoolDays.length > 0)
    await tx.write(writeSchedule, { district, schedule: { blocks: [], schoolDays, assignments: [] } })
  if (told.terms.length === 0) return
  const known = await tx.read
    .selectFrom('school_term')
    .select(['term_id as id', 'school_id as school', 'title', 'from_day as from', 'to_day as to'])
    .where('district_id', '=', district)
    .where('source', '=', told.source)
    .execute()
  const before = new Set(known.map(wordsOf))
  // told as before: nothing is written, and the trail says nothing
  if (known.length === told.terms.length && told.terms.every((term) => before.has(wordsOf(term)))) return
  await tx.write(writeTerms, { district, source: told.source, terms: told.terms })
}

function wordsOf({ id, school, title, from, to }: ToldTerm): string {
  return JSON.stringify([id, school, title, from, to])
}

const writeTerms = defineWrite<{ district: Uuid; source: string; terms: readonly ToldTerm[] }, void>({
  audit: ({ source, terms }) => ({ action: 'schedule.terms', detail: { source, terms: terms.length } }),
  async run(db, { district, source, terms }) {
    await db
      .deleteFrom('school_term')
      .where('district_id', '=', district)
      .where('source', '=', source)
      .execute()
    await db
      .insertInto('school_term')
      .values(
        terms.map((term) => ({
          district_id: district,
          term_id: term.id,
          school_id: term.school,
          source,
          title: term.title,
          from_day: term.from,
          to_day: term.to,
        })),
      )
      // another source told the same
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  },
})

const writeSchedule = defineWrite<{ district: Uuid; schedule: Schedule }, void>({
  audit: ({ schedule }) => ({
    action: 'schedule.load',
    detail: {
      blocks: schedule.blocks.length,
      days: schedule.schoolDays.length,
      assignments: schedule.assignments.length,
    },
  }),
  async run(db, { district, schedule }, tx) {
    const schools = new Map(schedule.blocks.map((block) => [block.id, block.school]))
    if (schedule.schoolDays.length > 0)
      await db
        .insertInto('school_day')
        .values(
          schedule.schoolDays.map(({ school, day, type, variant }) => ({
            district_id: district,
            school_id: school,
            day,
            type,
            variant: variant ?? 'regular',
          })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    if (schedule.blocks.length > 0)
      await db
        .insertInto('block')
        .values(
          schedule.blocks.map((block) => ({
            district_id: district,
            block_id: block.id,
            school_id: block.school,
            code: block.code,
            name: block.name,
            start_time: block.start,
            end_time: block.end,
            variant: block.variant ?? 'regular',
          })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    if (schedule.assignments.length > 0)
      await db
        .insertInto('assignment')
        .values(
          schedule.assignments.map((assignment) => ({
            district_id: district,
            assignment_id: assignment.id,
            person_id: assignment.person,
            block_id: assignment.block,
            day_types: [...assignment.dayTypes],
            from_day: assignment.from,
            to_day: assignment.to,
            start_time: assignment.start,
            end_time: assignment.end,
            title: assignment.title,
            place: assignment.place,
            note: assignment.note,
            programs: [...assignment.programs],
            school_id: schools.get(assignment.block) ?? null,
            purpose: assignment.purpose ?? 'class',
            needs: [...(assignment.needs ?? [])],
            post_id: assignment.post ?? null,
            off: assignment.off ?? null,
          })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    const pairs = schedule.assignments.flatMap((assignment) =>
      assignment.students.map((student) => ({
        district_id: district,
        assignment_id: assignment.id,
        student_id: student,
      })),
    )
    if (pairs.length > 0)
      await db
        .insertInto('assignment_student')
        .values(pairs)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    const by = { recorded_by: null, recorded: new Date(tx.now) }
    const services = (schedule.services ?? []).map((one) => ({ ...serviceRow(district, one), ...by }))
    const oneToOnes = (schedule.oneToOnes ?? []).map((one) => ({ ...oneToOneRow(district, one), ...by }))
    const posts = (schedule.posts ?? []).map((one) => ({ ...postRow(district, one), ...by }))
    if (services.length > 0)
      await db
        .insertInto('service_requirement')
        .values(services)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    if (oneToOnes.length > 0)
      await db
        .insertInto('one_to_one')
        .values(oneToOnes)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    const focuses = (schedule.focuses ?? []).map((one) => ({
      district_id: district,
      focus_id: one.id,
      school_id: one.school,
      from_day: one.from,
      to_day: one.to,
      words: JSON.stringify(one.words),
      ...by,
      withdrawn: null,
    }))
    const contacts = (schedule.contacts ?? []).map(({ school, ...numbers }) => ({
      district_id: district,
      school_id: school,
      ...numbers,
      ...by,
    }))
    if (contacts.length > 0)
      await db
        .insertInto('school_contact')
        .values(contacts)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    if (focuses.length > 0)
      await db
        .insertInto('school_focus')
        .values(focuses)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    if (posts.length > 0)
      await db
        .insertInto('duty_post')
        .values(posts)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
  },
})

/** A service as the table holds it, without who wrote it. */
export function serviceRow(district: Uuid, one: ServiceRequirement) {
  return {
    district_id: district,
    service_id: one.id,
    school_id: one.school,
    student_id: one.student,
    service: one.service,
    minutes: one.minutes,
    per: one.per,
    sessions: one.sessions,
    place: one.place,
    provider: one.provider,
    from_day: one.from,
    to_day: one.to,
    group_max: one.groupMax,
    programs: [...one.programs],
  }
}

export function oneToOneRow(district: Uuid, one: OneToOne) {
  return {
    district_id: district,
    one_to_one_id: one.id,
    school_id: one.school,
    student_id: one.student,
    blocks: [...one.blocks],
    minutes_a_day: one.minutesADay,
    level: one.level,
    authority: one.authority,
    qualifications: [...one.qualifications],
    relief: one.relief,
    from_day: one.from,
    to_day: one.to,
  }
}

export function postRow(district: Uuid, one: Post) {
  return {
    district_id: district,
    post_id: one.id,
    school_id: one.school,
    name: one.name,
    place: one.place,
    code: one.code,
    ratio: one.ratio,
    min_staff: one.minStaff,
    from_day: one.from,
    to_day: one.to,
  }
}

/** So long it is told that a training ended. */
const TRAINED_DAYS = 60

/** Everything besides records that a person's device needs for today and tomorrow. */
export async function meOf(tx: Tx, reach: Reach, actor: Actor, district: DistrictInfo): Promise<Me> {
  const today = dayOf(tx.now, district.tz)
  const person = await tx.read
    .selectFrom('person')
    .select(['given', 'family'])
    .where('district_id', '=', actor.district)
    .where('person_id', '=', actor.person)
    .executeTakeFirstOrThrow()
  const students = await tx.read
    .selectFrom('student')
    .select(['student_id', 'initials', 'color', 'given', 'preferred', 'grade'])
    .where('district_id', '=', actor.district)
    .where('student_id', '=', sql<string>`any(${[...reach.students]}::uuid[])`)
    .orderBy('initials')
    .orderBy('student_id')
    .execute()
  const team = await tx.read
    .selectFrom('relationship')
    .innerJoin('person', (join) =>
      join
        .onRef('person.district_id', '=', 'relationship.district_id')
        .onRef('person.person_id', '=', 'relationship.person_id'),
    )
    .select([
      'relationship.person_id',
      'person.given',
      'person.family',
      'relationship.role',
      'relationship.student_id',
      'relationship.to_at',
      'relationship.from_at',
    ])
    .where('relationship.district_id', '=', actor.district)
    .execute()
  const mine = new Map(
    team
      .filter((row) => row.person_id === actor.person && row.from_at.getTime() <= tx.now)
      .filter((row) => row.to_at === null || row.to_at.getTime() > tx.now)
      .map((row) => [row.student_id, row]),
  )
  const schools = await schoolsOf(tx, actor)
  const schoolDays = await openDays(tx, schools, addDays(today, -450))
  const tomorrow = schoolDays.find((day) => day > today)
  const boards = await withinReach(tx, reach, [
    await boardOf(tx, actor, today, schools, district.tz),
    ...(tomorrow ? [await boardOf(tx, actor, tomorrow, schools, district.tz)] : []),
  ])
  const covered = boards.flatMap((board) => board.blocks.flatMap((block) => block.cover?.usual ?? []))
  const people = new Map(
    [...(await adultsOf(tx, covered)), ...team].map((row) => [
      row.person_id,
      {
        id: row.person_id,
        name: `${row.given} ${row.family}`,
        role: row.role,
        with: team.flatMap((one) =>
          one.person_id === row.person_id &&
          reach.students.includes(one.student_id) &&
          one.from_at.getTime() <= tx.now &&
          (one.to_at === null || one.to_at.getTime() > tx.now)
            ? one.student_id
            : [],
        ),
      },
    ]),
  )
  const trained = await tx.read
    .selectFrom('competency')
    .select(['task', 'student_id', 'from_day', 'to_day'])
    .where('district_id', '=', actor.district)
    .where('person_id', '=', actor.person)
    .where('revoked', 'is', null)
    .where((eb) => eb.or([eb('to_day', 'is', null), eb('to_day', '>=', addDays(today, -TRAINED_DAYS))]))
    .orderBy('competency_id')
    .execute()
  const cleared = trained.filter((row) => row.from_day <= today && (row.to_day ?? today) >= today)
  const focus = await focusesOf(tx, schools, today)
  return {
    person: {
      id: actor.person,
      name: `${person.given} ${person.family}`,
      initials: initialsOf(person.given, person.family),
    },
    district: {
      id: district.id,
      name: district.name,
      demo: district.demo,
      tz: district.tz,
      clockOffsetMs: district.clockOffsetMs,
    },
    roles: actor.roles,
    students: students.map((row) => ({
      id: row.student_id,
      initials: row.initials,
      color: row.color,
      name: row.preferred ?? row.given,
      grade: row.grade,
      role: mine.get(row.student_id)?.role ?? '',
      until: mine.get(row.student_id)?.to_at?.getTime() ?? null,
    })),
    people: [...people.values()],
    cleared: cleared.map(({ task, student_id: student }) => ({ task, student })),
    training: trained
      .filter((row) => row.student_id === null || reach.students.includes(row.student_id))
      .map((row) => ({ task: row.task, student: row.student_id, to: row.to_day })),
    contacts: await contactsOf(tx, schools),
    focus: focus.map(({ school, from, to, words }) => ({ school, from, to, words })),
    boards,
    schoolDays: schoolDays.filter((day) => day <= today),
  }
}

/** Whose place somebody takes for a day, with one of their roles. */
async function adultsOf(tx: Tx, people: readonly Uuid[]) {
  if (people.length === 0) return []
  return tx.read
    .selectFrom('person')
    .innerJoin('staff_role', (join) =>
      join
        .onRef('staff_role.district_id', '=', 'person.district_id')
        .onRef('staff_role.person_id', '=', 'person.person_id'),
    )
    .select(['person.person_id', 'person.given', 'person.family', 'staff_role.role'])
    .where('person.district_id', '=', tx.district)
    .where('person.person_id', '=', sql<string>`any(${people}::uuid[])`)
    .execute()
}

function initialsOf(given: string, family: string): string {
  return [given, family].map((name) => `${[...name.trim()][0] ?? ''}.`).join('')
}
