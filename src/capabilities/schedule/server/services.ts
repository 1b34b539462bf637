/**
 * Services, adults of one's own, and minutes that were missed: what a plan promises a student, beside what sessions gave.
 * Whoever works with the student under the plan reads it; the case manager and whoever leads the school decide.
 */
import { sql } from 'kysely'
import type { z } from 'zod'
import { addDays, dayOf, type Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import { defineWrite, type Reach, type Tx } from '../../../platform/server/db.ts'
import { Problem } from '../../../platform/server/problems.ts'
import { ruleNumber } from '../../../platform/server/rulepacks.ts'
import type { SessionState } from '../../sessions/state.ts'
import {
  deliveriesOf,
  waitingOf,
  type Decided,
  type Given,
  type Missed,
  type Thresholds,
} from '../services.ts'
import type { ServiceRequirement } from '../model.ts'
import { NO_TERMS, termsFrom, yearOf } from '../periods.ts'
import type { MakeUpCommand, OneToOneCommand, ServiceCommand, ServiceLine, ServicePage } from '../wire.ts'
import { oneToOneRow, serviceRow } from './queries.ts'

/** Periods that are over, beside the one that runs. */
const PAST = 6

/** Services of every student whose plan is in reach, with what was given. */
export async function servicesOf(tx: Tx, reach: Reach, tz: string): Promise<ServicePage> {
  const today = dayOf(tx.now, tz)
  const rows = await tx.read
    .selectFrom('service_requirement')
    .selectAll()
    .where('district_id', '=', tx.district)
    .orderBy('service')
    .orderBy('service_id')
    .execute()
  const own = await tx.read
    .selectFrom('one_to_one')
    .selectAll()
    .where('district_id', '=', tx.district)
    .orderBy('one_to_one_id')
    .execute()
  const readable = new Set(
    reach.grants.flatMap(({ scope, tier, of_id }) => (scope === 'student' && tier === 'T2' ? [of_id] : [])),
  )
  const reads = (row: { student_id: string; school_id: string }) =>
    readable.has(row.student_id) || reach.leads.includes(row.school_id)
  const decides = decider(reach, await managed(tx, reach))
  const services = rows.filter(reads)
  const deliver = await factsOf(tx, services, today, tz)
  const oneToOnes = own.filter(reads)
  const students = await tx.read
    .selectFrom('student')
    .select(['student_id', 'initials', 'color'])
    .where('district_id', '=', tx.district)
    .where(
      'student_id',
      '=',
      sql<string>`any(${[...new Set([...services, ...oneToOnes].map((row) => row.student_id))]}::uuid[])`,
    )
    .orderBy('initials')
    .orderBy('student_id')
    .execute()
  await tx.audit({
    action: 'services.deliver',
    detail: { students: students.length, services: services.length },
  })
  return {
    today,
    students: students.map((row) => ({ id: row.student_id, initials: row.initials, color: row.color })),
    services: services.map((row) => ({
      id: row.service_id,
      student: row.student_id,
      service: row.service,
      minutes: row.minutes,
      per: row.per,
      sessions: row.sessions,
      place: row.place,
      provider: row.provider,
      from: row.from_day,
      to: row.to_day,
      groupMax: row.group_max,
      programs: row.programs,
      mine: decides(row),
      ...deliver(row),
    })),
    oneToOnes: oneToOnes.map((row) => ({
      id: row.one_to_one_id,
      student: row.student_id,
      blocks: row.blocks,
      minutesADay: row.minutes_a_day,
      level: row.level,
      authority: row.authority,
      qualifications: row.qualifications,
      relief: row.relief,
      from: row.from_day,
      to: row.to_day,
      mine: decides(row),
    })),
  }
}

/** The school of a student about whose services the person decides. Throws `access.denied` for anybody else. */
export async function expectDecides(tx: Tx, reach: Reach, student: Uuid): Promise<Uuid> {
  const row = await tx.read
    .selectFrom('student')
    .select(['student_id', 'school_id'])
    .where('district_id', '=', tx.district)
    .where('student_id', '=', student)
    .executeTakeFirst()
  if (!row) throw new Problem('access.denied')
  if (!decider(reach, await managed(tx, reach))(row)) throw new Problem('role.not_permitted')
  return row.school_id
}

/** Who decides: a case manager about their students, and whoever leads the school. */
function decider(reach: Reach, cases: ReadonlySet<Uuid>) {
  return (row: { student_id: Uuid; school_id: Uuid }) =>
    cases.has(row.student_id) ||
    (reach.leads.includes(row.school_id) && !reach.denied.includes(row.student_id))
}

async function managed(tx: Tx, reach: Reach): Promise<Set<Uuid>> {
  const at = new Date(tx.now)
  const rows = await tx.read
    .selectFrom('relationship')
    .select('student_id')
    .where('district_id', '=', tx.district)
    .where('person_id', '=', tx.person)
    .where('role', '=', 'case_manager')
    .where('from_at', '<=', at)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', at)]))
    .execute()
  return new Set(rows.flatMap((row) => (reach.students.includes(row.student_id) ? [row.student_id] : [])))
}

export const addService = defineWrite<z.infer<typeof ServiceCommand> & { school: Uuid }, boolean>({
  audit: ({ id, student }, added) =>
    added ? { action: 'services.require', detail: { service: id, student } } : null,
  async run(db, service, tx) {
    const added = await db
      .insertInto('service_requirement')
      .values({ ...serviceRow(tx.district, service), recorded_by: tx.person, recorded: new Date(tx.now) })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return added.numInsertedOrUpdatedRows === 1n
  },
})

export const addOneToOne = defineWrite<z.infer<typeof OneToOneCommand> & { school: Uuid }, boolean>({
  audit: ({ id, student }, added) =>
    added ? { action: 'services.one_to_one', detail: { oneToOne: id, student } } : null,
  async run(db, own, tx) {
    const added = await db
      .insertInto('one_to_one')
      .values({ ...oneToOneRow(tx.district, own), recorded_by: tx.person, recorded: new Date(tx.now) })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return added.numInsertedOrUpdatedRows === 1n
  },
})

/** Ends it with a day; what was given until then stays. */
export const endOwed = defineWrite<
  { table: 'service_requirement' | 'one_to_one'; id: Uuid; to: Day },
  boolean
>({
  audit: ({ table, id, to }, done) => (done ? { action: 'services.end', detail: { [table]: id, to } } : null),
  async run(db, { table, id, to }, tx) {
    const done =
      table === 'one_to_one'
        ? await db
            .updateTable('one_to_one')
            .set({ to_day: to })
            .where('district_id', '=', tx.district)
            .where('one_to_one_id', '=', id)
            .where('from_day', '<=', to)
            .executeTakeFirst()
        : await db
            .updateTable('service_requirement')
            .set({ to_day: to })
            .where('district_id', '=', tx.district)
            .where('service_id', '=', id)
            .where('from_day', '<=', to)
            .executeTakeFirst()
    return done.numUpdatedRows === 1n
  },
})

/** Whose it is; undefined when it is not there for this person. */
export async function studentOf(
  tx: Tx,
  table: 'service_requirement' | 'one_to_one',
  id: Uuid,
): Promise<Uuid | undefined> {
  const row =
    table === 'one_to_one'
      ? await tx.read
          .selectFrom('one_to_one')
          .select('student_id')
          .where('district_id', '=', tx.district)
          .where('one_to_one_id', '=', id)
          .executeTakeFirst()
      : await tx.read
          .selectFrom('service_requirement')
          .select('student_id')
          .where('district_id', '=', tx.district)
          .where('service_id', '=', id)
          .executeTakeFirst()
  return row?.student_id
}

export const decideMakeUp = defineWrite<
  z.infer<typeof MakeUpCommand> & { school: Uuid; student: Uuid; person: Uuid },
  boolean
>({
  // the reason may tell of a student, so it stays in its row
  audit: ({ id, service, period, minutes, on }, added) =>
    added ? { action: 'services.make_up', detail: { makeUp: id, service, period, minutes, on } } : null,
  async run(db, { id, service, school, student, period, minutes, on, reason, person }, tx) {
    const added = await db
      .insertInto('make_up')
      .values({
        district_id: tx.district,
        make_up_id: id,
        service_id: service,
        school_id: school,
        student_id: student,
        period_from: period,
        minutes,
        decision: on === null ? 'not_needed' : 'make_up',
        on_day: on,
        reason: reason.trim(),
        decided_by: person,
        decided: new Date(tx.now),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return added.numInsertedOrUpdatedRows === 1n
  },
})

interface ServiceRow {
  readonly service_id: Uuid
  readonly student_id: Uuid
  readonly school_id: Uuid
  readonly minutes: number
  readonly per: ServiceRequirement['per']
  readonly sessions: number | null
  readonly from_day: Day
  readonly to_day: Day | null
  readonly programs: readonly Uuid[]
}

/** What was given and missed in the school year of today; sessions are read as the asker, who reads the plan as well. */
async function factsOf(tx: Tx, services: readonly ServiceRow[], today: Day, tz: string) {
  const since = yearOf(today)
  const schools = [...new Set(services.map((row) => row.school_id))]
  const programs = [...new Set(services.flatMap((row) => row.programs))]
  const days = await tx.read
    .selectFrom('school_day')
    .select(['school_id', 'day'])
    .where('district_id', '=', tx.district)
    .where('school_id', '=', sql<string>`any(${schools}::uuid[])`)
    .where('day', '>=', since)
    .where('day', '<=', addDays(since, 366))
    .orderBy('day')
    .execute()
  const closed = await tx.read
    .selectFrom('school_event')
    .select(['school_id', 'day', 'to_day'])
    .where('district_id', '=', tx.district)
    .where('school_id', '=', sql<string>`any(${schools}::uuid[])`)
    .where('kind', '=', 'closed')
    .where('to_day', '>=', since)
    .execute()
  const told = await tx.read
    .selectFrom('school_term')
    .select(['school_id', 'from_day', 'to_day'])
    .where('district_id', '=', tx.district)
    .where('to_day', '>=', since)
    .where('from_day', '<=', addDays(since, 366))
    .execute()
  const terms = new Map(
    schools.map((school) => {
      const own = told.filter((one) => one.school_id === school)
      const shared = told.filter((one) => one.school_id === null)
      return [
        school,
        termsFrom((own.length > 0 ? own : shared).map((one) => ({ from: one.from_day, to: one.to_day }))),
      ]
    }),
  )
  const sessions = await tx.read
    .selectFrom('projection')
    .select(['student_id', 'state'])
    .where('district_id', '=', tx.district)
    .where('view', '=', 'sessions.session')
    .where('parent', '=', sql<string>`any(${programs.map((program) => `program:${program}`)}::text[])`)
    .where('at', '>=', new Date(`${since}T00:00:00Z`))
    .execute()
  // who was away is not the asker's to read; why nothing was run is
  const { rows: notRun } = await tx.asSystem((db) =>
    sql<{ program: Uuid; day: Day; reason: string }>`
      select program, day, reason
      from days_not_run(${tx.district}, ${[...new Set(services.map((row) => row.student_id))]}::uuid[],
        ${since}, ${new Date(tx.now)}, ${tz})`.execute(db),
  )
  const decisions = await tx.read
    .selectFrom('make_up')
    .innerJoin('person', (join) =>
      join
        .onRef('person.district_id', '=', 'make_up.district_id')
        .onRef('person.person_id', '=', 'make_up.decided_by'),
    )
    .selectAll('make_up')
    .select(['person.given', 'person.family'])
    .where('make_up.district_id', '=', tx.district)
    .where('service_id', '=', sql<string>`any(${services.map((row) => row.service_id)}::uuid[])`)
    .orderBy('decided')
    .orderBy('make_up_id')
    .execute()
  const states = sessions.map((row) => ({
    student: row.student_id,
    state: JSON.parse(row.state) as SessionState,
  }))
  const thresholds: Thresholds = {
    amber: ruleNumber('service.delivery.amber_below', tx.now),
    red: ruleNumber('service.delivery.red_below', tx.now),
  }
  return (row: ServiceRow): Pick<ServiceLine, 'now' | 'past' | 'waiting' | 'decided' | 'parts'> => {
    const own = terms.get(row.school_id) ?? NO_TERMS
    const held = states.filter(
      ({ student, state }) => student === row.student_id && row.programs.includes(state.program),
    )
    const decided = decisions.filter((one) => one.service_id === row.service_id)
    const deliveries = deliveriesOf(
      { minutes: row.minutes, per: row.per, sessions: row.sessions, from: row.from_day, to: row.to_day },
      {
        schoolDays: days.flatMap((one) => (one.school_id === row.school_id ? [one.day] : [])),
        closed: closed.flatMap((one) => (one.school_id === row.school_id ? weekdaysOf(one) : [])),
        given: held.flatMap(({ state }) => givenBy(state)),
        missed: [
          ...held.flatMap(({ state }) => missedBy(state)),
          ...notRun.flatMap(({ program, day, reason }) =>
            row.programs.includes(program) ? [{ day, reason: MISSED[reason] ?? ('other' as const) }] : [],
          ),
        ],
        decided: decided.map((one): Decided => ({
          period: one.period_from,
          minutes: one.minutes,
          on: one.on_day,
        })),
        terms: own,
      },
      today,
      since,
      thresholds,
    )
    const over = deliveries.filter(({ period }) => period.to < today)
    return {
      now: deliveries.find(({ period }) => period.to >= today) ?? null,
      past: over.slice(-PAST),
      waiting: waitingOf(over, today),
      parts: (row.per === 'quarter' || row.per === 'term') && own[row.per].length === 0,
      decided: decided.map((one) => ({
        id: one.make_up_id,
        period: one.period_from,
        minutes: one.minutes,
        on: one.on_day,
        reason: one.reason,
        by: `${one.given} ${one.family}`,
        at: one.decided.getTime(),
      })),
    }
  }
}

/** A session that was held, by one who teaches, and is over on the day on which it began. */
function givenBy(state: SessionState): Given[] {
  const held = state.status === 'complete' || state.status === 'partial'
  if (!held || state.observer !== 'primary' || state.ended === null) return []
  const from = Date.parse(state.started)
  const to = Date.parse(state.ended)
  // left open until another day: how long it was is known to nobody
  if (to - from > LONGEST_MS) return []
  return [{ day: state.day, from, to, ms: Math.min(state.observedMs, to - from) }]
}
const LONGEST_MS = 12 * 3_600_000

function missedBy(state: SessionState): Missed[] {
  if (state.status !== 'not_run' || state.reason === null) return []
  return [{ day: state.day, reason: MISSED[state.reason] ?? 'other' }]
}

/** Why a session was not run, in the words of a shortfall. */
const MISSED: { readonly [reason: string]: Missed['reason'] } = {
  student_absent: 'student_absent',
  student_left_early: 'student_absent',
  staff_absent: 'staff_absent',
  refused: 'student_refused',
  schedule_event: 'event',
}

function weekdaysOf({ day, to_day }: { day: Day; to_day: Day }): Day[] {
  const days: Day[] = []
  for (let one = day; one <= to_day; one = addDays(one, 1))
    if (new Date(`${one}T00:00:00Z`).getUTCDay() % 6 !== 0) days.push(one)
  return days
}
