/**
 * Services, adults of one's own, and minutes that were missed: what a plan promises a student, beside what sessions gave.
 * Whoever works with the student under the plan reads it; the case manager and whoever leads the school decide.
 */
import { sql } from 'kysely'
import type { z } from 'zod'
import { addDays, dayOf, type Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import { defineWrite, type Db, type Reach, type Tx } from '../../../platform/server/db.ts'
import { Problem } from '../../../platform/server/problems.ts'
import { ruleNumber } from '../../../platform/server/rulepacks.ts'
import type { Envelope } from '../../../platform/records/envelope.ts'
import type { ProgramBody } from '../../sessions/records.ts'
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
import type {
  MakeUpCommand,
  OneToOneCommand,
  ServiceChoices,
  ServiceCommand,
  ServiceLine,
  ServicePage,
  ServiceStudents,
} from '../wire.ts'
import { oneToOneRow, serviceRow } from './queries.ts'
import { timesInDoubt } from './times.ts'

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
  const cases = await managed(tx, reach)
  const decides = decider(reach, cases)
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
  const names = await namesOf(tx, [...services, ...oneToOnes])
  const changed = new Set([...services, ...oneToOnes].map((row) => row.replaces))
  const promised = (row: (typeof services)[number] | (typeof oneToOnes)[number]) => ({
    from: row.from_day,
    to: row.to_day,
    replaces: row.replaces,
    changed: changed.has('service_id' in row ? row.service_id : row.one_to_one_id),
    held: !row.never_held,
    said: { by: names.get(row.recorded_by ?? '') ?? null, at: row.recorded.getTime() },
    ended: row.ended && { by: names.get(row.ended_by ?? '') ?? null, at: row.ended.getTime() },
    mine: decides(row),
  })
  return {
    today,
    decides: cases.size > 0 || reach.leads.length > 0,
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
      groupMax: row.group_max,
      programs: row.programs,
      ...promised(row),
      ...(row.never_held ? NOTHING : deliver(row)),
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
      ...promised(row),
    })),
  }
}

/** Of what never held, nothing was due and nothing was given. */
const NOTHING = { now: null, past: [], waiting: [], decided: [], parts: false }

/** Students about whose services the person decides, by initials. */
export async function decidedStudents(tx: Tx, reach: Reach): Promise<z.infer<typeof ServiceStudents>> {
  const decides = decider(reach, await managed(tx, reach))
  const rows = await tx.read
    .selectFrom('student')
    .select(['student_id', 'school_id', 'initials', 'color'])
    .where('district_id', '=', tx.district)
    .where('ended', 'is', null)
    .orderBy('initials')
    .orderBy('student_id')
    .execute()
  return {
    students: rows
      .filter(decides)
      .map((row) => ({ id: row.student_id, initials: row.initials, color: row.color })),
  }
}

/** Of a student about whom the person decides: their programs, and the blocks of their school. */
export async function choicesFor(tx: Tx, reach: Reach, student: Uuid): Promise<ServiceChoices> {
  const school = await expectDecides(tx, reach, student)
  const versions = await tx.read
    .selectFrom('record')
    .distinctOn('part')
    .select('envelope')
    .where('district_id', '=', tx.district)
    // written out, as where goals are listed: so that a kept plan knows that the index of plans is enough
    .where('kind', '=', sql.lit('sessions.program'))
    .where('student_id', '=', student)
    .orderBy('part')
    .orderBy('pos', 'desc')
    .execute()
  const blocks = await tx.read
    .selectFrom('block')
    .select(['code', 'name', 'start_time', 'end_time'])
    .where('district_id', '=', tx.district)
    .where('school_id', '=', school)
    .where('variant', '=', 'regular')
    .orderBy('start_time')
    .orderBy('code')
    .execute()
  return {
    programs: versions
      .map((row) => JSON.parse(row.envelope) as Envelope)
      .map(({ refs, body }) => ({ id: refs['program'] ?? '', title: (body as ProgramBody).title }))
      .toSorted((a, b) => a.title.localeCompare(b.title, 'en')),
    blocks: blocks.map((row) => ({
      code: row.code,
      name: row.name,
      start: row.start_time.slice(0, 5),
      end: row.end_time.slice(0, 5),
    })),
  }
}

/** Who said what: adults by id. */
async function namesOf(
  tx: Tx,
  rows: readonly { recorded_by: Uuid | null; ended_by: Uuid | null }[],
): Promise<ReadonlyMap<Uuid, string>> {
  const people = [...new Set(rows.flatMap((row) => [row.recorded_by ?? [], row.ended_by ?? []].flat()))]
  const found = await tx.read
    .selectFrom('person')
    .select(['person_id', 'given', 'family'])
    .where('district_id', '=', tx.district)
    .where('person_id', '=', sql<string>`any(${people}::uuid[])`)
    .execute()
  return new Map(found.map((row) => [row.person_id, `${row.given} ${row.family}`]))
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

type Owed = 'service_requirement' | 'one_to_one'
const ID = { service_requirement: 'service_id', one_to_one: 'one_to_one_id' } as const

export const addService = defineWrite<z.infer<typeof ServiceCommand> & { school: Uuid }, boolean>({
  audit: ({ id, student, replaces }, added) =>
    added
      ? { action: 'services.require', detail: { service: id, student, ...(replaces && { replaces }) } }
      : null,
  async run(db, service, tx) {
    const added = await db
      .insertInto('service_requirement')
      .values({ ...serviceRow(tx.district, service), ...saidBy(tx, service) })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (added.numInsertedOrUpdatedRows === 0n) return false
    await giveWay(db, 'service_requirement', service, tx)
    return true
  },
})

export const addOneToOne = defineWrite<z.infer<typeof OneToOneCommand> & { school: Uuid }, boolean>({
  audit: ({ id, student, replaces }, added) =>
    added
      ? { action: 'services.one_to_one', detail: { oneToOne: id, student, ...(replaces && { replaces }) } }
      : null,
  async run(db, own, tx) {
    const added = await db
      .insertInto('one_to_one')
      .values({ ...oneToOneRow(tx.district, own), ...saidBy(tx, own) })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (added.numInsertedOrUpdatedRows === 0n) return false
    await giveWay(db, 'one_to_one', own, tx)
    return true
  },
})

function saidBy(tx: Tx, { replaces }: { replaces?: Uuid | undefined }) {
  return { recorded_by: tx.person, recorded: new Date(tx.now), replaces: replaces ?? null }
}

/** The earlier one holds until the day before; where it had not begun by then, it never held. */
async function giveWay(
  db: Db,
  table: Owed,
  { replaces, from }: { replaces?: Uuid | undefined; from: Day },
  tx: Tx,
): Promise<void> {
  if (replaces === undefined) return
  const last = addDays(from, -1)
  await sql`
    update ${sql.table(table)}
    set never_held = from_day > ${last}::date,
      to_day = case when from_day > ${last}::date then to_day else least(coalesce(to_day, ${last}::date), ${last}::date) end,
      ended = ${new Date(tx.now)}, ended_by = ${tx.person}
    where district_id = ${tx.district} and ${sql.ref(ID[table])} = ${replaces}`.execute(db)
}

/** Throws `request.invalid` unless the earlier one is of that student, held, and was not changed by another already. */
export async function expectReplaceable(
  tx: Tx,
  table: Owed,
  { id, student, replaces }: { id: Uuid; student: Uuid; replaces?: Uuid | undefined },
): Promise<void> {
  if (replaces === undefined) return
  // the student was judged; the row is theirs or it is not found
  const { rows } = await tx.asSystem((db) =>
    sql<{ by: Uuid | null }>`
      select other.${sql.ref(ID[table])} as by
      from ${sql.table(table)} one
      left join ${sql.table(table)} other on other.district_id = one.district_id
        and other.replaces = one.${sql.ref(ID[table])}
      where one.district_id = ${tx.district} and one.${sql.ref(ID[table])} = ${replaces}
        and one.student_id = ${student} and (other.replaces is not null or not one.never_held)`.execute(db),
  )
  const [found] = rows
  if (!found || (found.by !== null && found.by !== id))
    throw new Problem('request.invalid', { field: 'replaces' })
}

/** Ends it with a day, or says that it never held; what was given until then stays. What was changed has its end. */
export const endOwed = defineWrite<{ table: Owed; id: Uuid; to: Day | null }, boolean>({
  audit: ({ table, id, to }, done) => (done ? { action: 'services.end', detail: { [table]: id, to } } : null),
  async run(db, { table, id, to }, tx) {
    const done = await sql`
      update ${sql.table(table)} one
      set ${to === null ? sql`never_held = true` : sql`to_day = ${to}::date`},
        ended = ${new Date(tx.now)}, ended_by = ${tx.person}
      where one.district_id = ${tx.district} and one.${sql.ref(ID[table])} = ${id} and not one.never_held
        and ${to === null ? sql`true` : sql`one.from_day <= ${to}::date`}
        and not exists (select 1 from ${sql.table(table)} other
          where other.district_id = one.district_id and other.replaces = one.${sql.ref(ID[table])})`.execute(
      db,
    )
    return done.numAffectedRows === 1n
  },
})

/** Whose it is; undefined when it is not there for this person. */
export async function studentOf(tx: Tx, table: Owed, id: Uuid): Promise<Uuid | undefined> {
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
  readonly replaces: Uuid | null
  readonly never_held: boolean
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
  const doubts = await timesInDoubt(tx, [...new Set(services.map((row) => row.student_id))])
  const inDoubt = new Set(doubts.map(({ session }) => session))
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
  const changed = new Set(services.flatMap((row) => (row.never_held ? [] : (row.replaces ?? []))))
  /** Where one came in place of the other, a session belongs to the one that held on its day: it counts once. */
  const isWithin = (row: ServiceRow, day: Day) =>
    (row.replaces === null || row.from_day <= day) &&
    (!changed.has(row.service_id) || row.to_day === null || day <= row.to_day)
  return (row: ServiceRow): Pick<ServiceLine, 'now' | 'past' | 'waiting' | 'decided' | 'parts'> => {
    const own = terms.get(row.school_id) ?? NO_TERMS
    const decided = decisions.filter((one) => one.service_id === row.service_id)
    const held = states.filter(
      ({ student, state }) =>
        student === row.student_id &&
        row.programs.includes(state.program) &&
        (isWithin(row, state.day) || decided.some((one) => one.on_day === state.day)),
    )
    const deliveries = deliveriesOf(
      { minutes: row.minutes, per: row.per, sessions: row.sessions, from: row.from_day, to: row.to_day },
      {
        schoolDays: days.flatMap((one) => (one.school_id === row.school_id ? [one.day] : [])),
        closed: closed.flatMap((one) => (one.school_id === row.school_id ? weekdaysOf(one) : [])),
        given: held.flatMap(({ state }) => givenBy(state, inDoubt.has(state.session))),
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
function givenBy(state: SessionState, unsure: boolean): Given[] {
  const held = state.status === 'complete' || state.status === 'partial'
  if (!held || state.observer !== 'primary' || state.ended === null) return []
  const from = Date.parse(state.started)
  const to = Date.parse(state.ended)
  // left open until another day: how long it was is known to nobody
  if (to - from > LONGEST_MS) return []
  return [{ day: state.day, from, to, ms: Math.min(state.observedMs, to - from), unsure }]
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
