/**
 * A student's team and guardians: who reads them, and the commands that change them. Rows are added and ended, never
 * changed. Judged in code first (who leads the student's school, who holds a wide role there, who is with the student),
 * then written as the operator in the same transaction as their trail.
 */
import type { Uuid } from '../../../platform/core/ids.ts'
import { addDays, dayOf, instantOf } from '../../../platform/core/days.ts'
import { defineWrite, type Actor, type Db, type Reach, type Tx } from '../../../platform/server/db.ts'
import { internAudsIn } from '../../../platform/server/intern.ts'
import { Problem } from '../../../platform/server/problems.ts'
import {
  isRestriction,
  type AddGuardian,
  type AddMember,
  type EndGuardian,
  type EndMember,
  type GuardianRow,
  type Relation,
  type Team,
  type TeamList,
} from '../people.ts'

declare module '../../../platform/server/schema.ts' {
  interface Tables {
    guardian: {
      district_id: string
      guardian_id: string
      student_id: string
      person_id: string
      relation: string
      ferpa_access: boolean
      educational_decision: boolean
      pick_up: boolean
      contact_allowed: boolean
      receives_messages: boolean
      order_doc: string | null
      from_day: string
      to_day: string | null
      recorded: Date
      recorded_by: string
      ended: Date | null
      ended_by: string | null
      ended_why: string | null
      wing: number
    }
    student_fact: {
      district_id: string
      fact_id: string
      student_id: string
      kind: string
      tier: string
      from_day: string | null
      to_day: string | null
      detail: { [name: string]: unknown }
      aud: number
      wing: number
    }
  }
}

const KEEPERS = ['office', 'coordinator', 'administrator']
/** Roles of which nobody is on a team. */
const NO_TEAM = ['guardian', 'student', 'volunteer', 'it_admin']

interface Place {
  readonly id: Uuid
  readonly school: Uuid
  /** Leads the school: may change the team. */
  readonly leads: boolean
  /** Keeps its records, by a role there: may read guardians, and set their rights. */
  readonly keeps: boolean
}

/** The student as this reader may see them, or a problem that looks like absence. */
async function placeOf(tx: Tx, actor: Actor, reach: Reach, student: Uuid): Promise<Place> {
  const row = await tx.read
    .selectFrom('student')
    .select(['student_id', 'school_id', 'wing'])
    .where('student_id', '=', student)
    .executeTakeFirst()
  if (!row) throw new Problem('access.denied')
  const wide = reach.wings.includes(row.wing)
  return {
    id: row.student_id,
    school: row.school_id,
    leads: reach.leads.includes(row.school_id),
    keeps: wide && actor.roles.some((role) => KEEPERS.includes(role)),
  }
}

/** The team of a student with its history for who leads; who is on it now for the team itself. */
export async function teamOf(tx: Tx, actor: Actor, reach: Reach, student: Uuid, tz: string): Promise<Team> {
  const place = await placeOf(tx, actor, reach, student)
  const now = new Date(tx.now)
  const today = dayOf(tx.now, tz)
  const known = await tx.read
    .selectFrom('student')
    .select(['initials', 'color', 'ended'])
    .where('student_id', '=', student)
    .executeTakeFirstOrThrow()
  const facts = await tx.read
    .selectFrom('student_fact')
    .select(['kind', 'from_day', 'to_day', 'detail'])
    .where('student_id', '=', student)
    .where('kind', '<>', 'scores')
    .orderBy('kind')
    .orderBy('from_day')
    .execute()
  const guardians = place.keeps
    ? await tx.read
        .selectFrom('guardian')
        .innerJoin('person', (join) =>
          join
            .onRef('person.district_id', '=', 'guardian.district_id')
            .onRef('person.person_id', '=', 'guardian.person_id'),
        )
        .selectAll('guardian')
        .select(['person.given', 'person.family'])
        .where('guardian.student_id', '=', student)
        .orderBy('guardian.recorded', 'desc')
        .execute()
    : null
  const system = await tx.asSystem(async (db) => ({
    members: await membersOf(db, actor.district, student, place.leads ? null : now),
    callOffice: await mustCall(db, actor.district, student, today),
    adults: place.leads ? await adultsOf(db, actor.district, place.school, now) : null,
  }))
  await tx.audit({ action: 'team.read', detail: { student, guardians: guardians?.length ?? 0 } })
  return {
    student: {
      id: student,
      initials: known.initials,
      color: known.color,
      left: known.ended?.toISOString() ?? null,
    },
    now: now.toISOString(),
    ...system,
    guardians:
      guardians?.map((row): GuardianRow => ({
        id: row.guardian_id,
        person: row.person_id,
        name: nameOf(row),
        relation: row.relation as Relation,
        rights: {
          ferpa_access: row.ferpa_access,
          educational_decision: row.educational_decision,
          pick_up: row.pick_up,
          contact_allowed: row.contact_allowed,
          receives_messages: row.receives_messages,
        },
        orderDoc: row.order_doc,
        from: row.from_day,
        to: row.to_day,
        endedWhy: row.ended_why,
      })) ?? null,
    facts: facts.map((row) => ({ kind: row.kind, from: row.from_day, to: row.to_day, detail: row.detail })),
  }
}

/** The students that a wide role reaches, by initials, with how many adults work with each now. */
export async function teamsOf(tx: Tx, actor: Actor): Promise<TeamList> {
  if (!actor.roles.some((role) => KEEPERS.includes(role))) throw new Problem('role.not_permitted')
  const now = new Date(tx.now)
  const students = await tx.read
    .selectFrom('student')
    .innerJoin('school', (join) =>
      join
        .onRef('school.district_id', '=', 'student.district_id')
        .onRef('school.school_id', '=', 'student.school_id'),
    )
    .select(['student_id', 'initials', 'color', 'grade', 'school.name'])
    .where('student.ended', 'is', null)
    .orderBy('school.name')
    .orderBy('initials')
    .orderBy('student_id')
    .execute()
  const adults = await tx.asSystem((db) =>
    db
      .selectFrom('relationship')
      .select(['student_id', 'person_id', 'role'])
      .where('district_id', '=', actor.district)
      .where('from_at', '<=', now)
      .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', now)]))
      .execute(),
  )
  const teams = Map.groupBy(adults, (row) => row.student_id)
  await tx.audit({ action: 'team.list', detail: { students: students.length } })
  return {
    students: students.map((student) => {
      const team = teams.get(student.student_id) ?? []
      return {
        id: student.student_id,
        initials: student.initials,
        color: student.color,
        grade: student.grade,
        school: student.name,
        adults: new Set(team.map((row) => row.person_id)).size,
        manager: team.some((row) => row.role === 'case_manager'),
      }
    }),
  }
}

/** Everybody who ever was on the team, or who is on it at an instant. */
async function membersOf(db: Db, district: Uuid, student: Uuid, at: Date | null): Promise<Team['members']> {
  const rows = await db
    .selectFrom('relationship')
    .innerJoin('person', (join) =>
      join
        .onRef('person.district_id', '=', 'relationship.district_id')
        .onRef('person.person_id', '=', 'relationship.person_id'),
    )
    .selectAll('relationship')
    .select(['person.given', 'person.family'])
    .where('relationship.district_id', '=', district)
    .where('relationship.student_id', '=', student)
    .orderBy('relationship.from_at', 'desc')
    .limit(500)
    .execute()
  return rows
    .filter((row) => at === null || (row.from_at <= at && (row.to_at === null || row.to_at > at)))
    .map((row) => ({
      id: row.relationship_id,
      person: row.person_id,
      name: nameOf(row),
      role: row.role,
      from: row.from_at.toISOString(),
      to: row.to_at?.toISOString() ?? null,
      source: row.source,
      why: at === null ? row.why : '',
      endedWhy: at === null ? row.ended_why : null,
    }))
}

/** Somebody may, by a document that holds today, not take the child or not meet it. */
async function mustCall(db: Db, district: Uuid, student: Uuid, today: string): Promise<boolean> {
  const rows = await db
    .selectFrom('guardian')
    .select(['contact_allowed', 'pick_up', 'order_doc'])
    .where('district_id', '=', district)
    .where('student_id', '=', student)
    .where('from_day', '<=', today)
    .where((eb) => eb.or([eb('to_day', 'is', null), eb('to_day', '>=', today)]))
    .where('ended', 'is', null)
    .execute()
  return rows.some((row) => !row.contact_allowed || (!row.pick_up && row.order_doc !== null))
}

async function adultsOf(
  db: Db,
  district: Uuid,
  school: Uuid,
  now: Date,
): Promise<NonNullable<Team['adults']>> {
  const rows = await db
    .selectFrom('staff_role')
    .innerJoin('person', (join) =>
      join
        .onRef('person.district_id', '=', 'staff_role.district_id')
        .onRef('person.person_id', '=', 'staff_role.person_id'),
    )
    .select(['person.person_id', 'person.given', 'person.family', 'staff_role.role'])
    .where('staff_role.district_id', '=', district)
    .where((eb) => eb.or([eb('staff_role.school_id', 'is', null), eb('staff_role.school_id', '=', school)]))
    .where('staff_role.from_at', '<=', now)
    .where((eb) => eb.or([eb('staff_role.to_at', 'is', null), eb('staff_role.to_at', '>', now)]))
    .where('staff_role.role', 'not in', NO_TEAM)
    .orderBy('person.family')
    .orderBy('person.given')
    .execute()
  return [...Map.groupBy(rows, (row) => row.person_id)].map(([id, mine]) => ({
    id,
    name: mine[0] ? nameOf(mine[0]) : '',
    roles: [...new Set(mine.map((row) => row.role))],
  }))
}

function nameOf({ given, family }: { given: string; family: string }): string {
  return [given, family].filter((part) => part !== '').join(' ')
}

// Commands

interface Command<T> {
  readonly student: Uuid
  readonly input: T
  readonly from: Date
  readonly to: Date | null
}

/** Adds an adult of the school to the team. The same id twice is one act. */
export async function addMember(
  tx: Tx,
  actor: Actor,
  reach: Reach,
  student: Uuid,
  input: AddMember,
  tz: string,
): Promise<void> {
  const place = await placeOf(tx, actor, reach, student)
  if (!place.leads) throw new Problem('role.not_permitted')
  const now = new Date(tx.now)
  const today = dayOf(tx.now, tz)
  // never from before now: what was recorded then was judged without it
  if (input.from !== undefined && input.from < today) throw new Problem('team.dates')
  if (input.to !== undefined && input.to < (input.from ?? today)) throw new Problem('team.dates')
  const adults = await tx.asSystem((db) => adultsOf(db, actor.district, place.school, now))
  if (!adults.some((adult) => adult.id === input.person)) throw new Problem('access.denied')
  await tx.write(writeMember, {
    student,
    input,
    from:
      input.from === undefined || input.from === today ? now : new Date(instantOf(input.from, '00:00', tz)),
    to: input.to === undefined ? null : new Date(instantOf(addDays(input.to, 1), '00:00', tz)),
  })
}

const writeMember = defineWrite<Command<AddMember>, boolean>({
  audit: ({ student, input }, added) =>
    added
      ? {
          action: 'team.add',
          detail: {
            student,
            person: input.person,
            role: input.role,
            relationship: input.id,
            reason: input.reason,
          },
        }
      : null,
  run: (_db, { student, input, from, to }, tx) =>
    tx.asSystem(async (db) => {
      const inserted = await db
        .insertInto('relationship')
        .values({
          district_id: tx.district,
          relationship_id: input.id,
          person_id: input.person,
          student_id: student,
          role: input.role,
          from_at: from,
          to_at: to,
          source: 'manual',
          why: input.reason,
          granted_by: tx.person,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return Number(inserted.numInsertedOrUpdatedRows) > 0
    }),
})

/** Ends somebody's time with a student now. One that has ended stays as it is. */
export async function endMember(
  tx: Tx,
  actor: Actor,
  reach: Reach,
  student: Uuid,
  input: EndMember,
): Promise<void> {
  const place = await placeOf(tx, actor, reach, student)
  if (!place.leads) throw new Problem('role.not_permitted')
  const done = await tx.write(writeEnd, { student, input, from: new Date(tx.now), to: null })
  if (!done.known) throw new Problem('access.denied')
}

const writeEnd = defineWrite<Command<EndMember>, { known: boolean; ended: boolean }>({
  audit: ({ student, input }, { ended }) =>
    ended
      ? { action: 'team.end', detail: { student, relationship: input.relationship, reason: input.reason } }
      : null,
  run: (_db, { student, input, from: now }, tx) =>
    tx.asSystem(async (db) => {
      const row = await db
        .selectFrom('relationship')
        .select(['from_at', 'to_at'])
        .where('district_id', '=', tx.district)
        .where('student_id', '=', student)
        .where('relationship_id', '=', input.relationship)
        .forUpdate()
        .executeTakeFirst()
      if (!row) return { known: false, ended: false }
      if (row.to_at !== null && row.to_at <= now) return { known: true, ended: false }
      await db
        .updateTable('relationship')
        .set({
          to_at: row.from_at > now ? row.from_at : now,
          ended_by: tx.person,
          ended_why: input.reason,
        })
        .where('district_id', '=', tx.district)
        .where('relationship_id', '=', input.relationship)
        .execute()
      return { known: true, ended: true }
    }),
})

/** Records a guardian and their rights, in place of an earlier row where one is named. */
export async function addGuardian(
  tx: Tx,
  actor: Actor,
  reach: Reach,
  student: Uuid,
  input: AddGuardian,
  tz: string,
): Promise<void> {
  const place = await placeOf(tx, actor, reach, student)
  if (!place.keeps) throw new Problem('role.not_permitted')
  if (isRestriction(input.relation, input.rights) && !input.order_doc)
    throw new Problem('guardian.no_document')
  if (input.to !== undefined && input.to < (input.from ?? dayOf(tx.now, tz))) throw new Problem('team.dates')
  if (input.person === null && `${input.given}${input.family}` === '')
    throw new Problem('request.invalid', { field: 'given' })
  const done = await tx.write(writeGuardian, {
    student,
    input,
    school: place.school,
    day: input.from ?? dayOf(tx.now, tz),
  })
  if (done === 'unknown') throw new Problem('access.denied')
}

type Recorded = 'added' | 'known' | 'unknown'

const writeGuardian = defineWrite<{ student: Uuid; input: AddGuardian; school: Uuid; day: string }, Recorded>(
  {
    audit: ({ student, input }, done) =>
      done === 'added'
        ? {
            action: 'guardian.add',
            detail: {
              student,
              guardian: input.id,
              relation: input.relation,
              rights: input.rights,
              document: input.order_doc !== null,
              replaces: input.replaces,
              reason: input.reason,
            },
          }
        : null,
    run: (_db, { student, input, school, day }, tx) =>
      tx.asSystem(async (db) => {
        const known = await db
          .selectFrom('guardian')
          .select('guardian_id')
          .where('district_id', '=', tx.district)
          .where('guardian_id', '=', input.id)
          .executeTakeFirst()
        if (known) return 'known'
        const person = await personFor(db, tx.district, input)
        if (person === null) return 'unknown'
        if (input.replaces !== null) await endRow(db, tx, student, input.replaces, input.reason)
        const wing = await db
          .selectFrom('wing')
          .select('wing')
          .where('district_id', '=', tx.district)
          .where('school_id', '=', school)
          .where('tier', '=', 'T1')
          .executeTakeFirstOrThrow()
        await db
          .insertInto('guardian')
          .values({
            district_id: tx.district,
            guardian_id: input.id,
            student_id: student,
            person_id: person,
            relation: input.relation,
            ...input.rights,
            order_doc: input.order_doc,
            from_day: day,
            to_day: input.to ?? null,
            recorded: new Date(tx.now),
            recorded_by: tx.person ?? '',
            ended: null,
            ended_by: null,
            ended_why: null,
            wing: wing.wing,
          })
          .execute()
        return 'added'
      }),
  },
)

/** Somebody known, or a new person under the id of the row. */
async function personFor(db: Db, district: Uuid, input: AddGuardian): Promise<Uuid | null> {
  if (input.person !== null) {
    const row = await db
      .selectFrom('person')
      .select('person_id')
      .where('district_id', '=', district)
      .where('person_id', '=', input.person)
      .executeTakeFirst()
    return row?.person_id ?? null
  }
  await db
    .insertInto('person')
    .values({
      district_id: district,
      person_id: input.id,
      source_id: `guardian:${input.id}`,
      given: input.given,
      family: input.family,
      email: null,
    })
    .execute()
  await internAudsIn(db, district, [{ scope: 'person', of: input.id, tier: 'S' }])
  return input.id
}

async function endRow(db: Db, tx: Tx, student: Uuid, guardian: Uuid, why: string): Promise<boolean> {
  const ended = await db
    .updateTable('guardian')
    .set({ ended: new Date(tx.now), ended_by: tx.person, ended_why: why })
    .where('district_id', '=', tx.district)
    .where('student_id', '=', student)
    .where('guardian_id', '=', guardian)
    .where('ended', 'is', null)
    .executeTakeFirst()
  return Number(ended.numUpdatedRows) > 0
}

/** Takes a guardian's row out of force, with a reason. */
export async function endGuardian(
  tx: Tx,
  actor: Actor,
  reach: Reach,
  student: Uuid,
  input: EndGuardian,
): Promise<void> {
  const place = await placeOf(tx, actor, reach, student)
  if (!place.keeps) throw new Problem('role.not_permitted')
  await tx.write(writeGuardianEnd, { student, input })
}

const writeGuardianEnd = defineWrite<{ student: Uuid; input: EndGuardian }, boolean>({
  audit: ({ student, input }, ended) =>
    ended
      ? { action: 'guardian.end', detail: { student, guardian: input.guardian, reason: input.reason } }
      : null,
  run: (_db, { student, input }, tx) =>
    tx.asSystem((db) => endRow(db, tx, student, input.guardian, input.reason)),
})
