/**
 * Plans of cover in the database: made, changed by hand, approved. A plan is kept with the day it was made from; when the
 * day has changed it is not approved, and what changed is said. Approving writes who does what (assignment_day), who may
 * be with whom for it (relationships of source `coverage`), and whom it concerns (notices), in one transaction.
 */
import { sql } from 'kysely'
import { canonical, sha256Hex } from '../../../platform/core/canonical.ts'
import { instantOf, type Day } from '../../../platform/core/days.ts'
import { uuidv7, type Uuid } from '../../../platform/core/ids.ts'
import { defineWrite, type Actor, type Database, type Db, type Tx } from '../../../platform/server/db.ts'
import { Problem } from '../../../platform/server/problems.ts'
import { ruleNumber } from '../../../platform/server/rulepacks.ts'
import { timeOf } from '../../schedule/calendar.ts'
import { coverModel } from '../milp.ts'
import type { Adult, CoverDay, Proposal } from '../model.ts'
import { changedBy, proposalOf, takenOf, type Taken } from '../proposal.ts'
import { indexed, partsOf, type Part } from '../rules.ts'
import { coverDay } from './day.ts'
import { solve } from './solver.ts'
import './tables.ts'

export interface PlanRow {
  readonly id: Uuid
  readonly school: Uuid
  readonly day: Day
  readonly status: 'prepared' | 'proposed' | 'approved' | 'replaced'
  readonly forPerson: Uuid | null
  readonly input: CoverDay
  readonly digest: string
  readonly taken: Taken
}

export interface Read {
  readonly parts: readonly Part[]
  readonly proposal: Proposal
}

/** A stored plan, read for people. */
export function readPlan({ input, taken }: Pick<PlanRow, 'input' | 'taken'>): Read {
  const index = indexed(input)
  const parts = partsOf(index)
  return { parts, proposal: proposalOf(index, parts, taken) }
}

/** What differs between the day of a plan and the day now, in words of our own: `away`, `tasks`, `competencies`, … */
export function changedSince(plan: Pick<PlanRow, 'input' | 'digest'>, now: CoverDay): string[] {
  if (digestOf(now) === plan.digest) return []
  const keys = Object.keys({ ...plan.input, ...now }) as (keyof CoverDay)[]
  const said = (day: CoverDay, key: keyof CoverDay) => canonical(day[key] ?? null)
  return keys.filter((key) => said(now, key) !== said(plan.input, key))
}

export function digestOf(day: CoverDay): string {
  return sha256Hex(canonical(day))
}

/** Solves outside of any transaction, and keeps the proposal. `database` is entered as the actor for both. */
export async function makePlan(
  database: Database,
  actor: Actor,
  wanted: { id: Uuid; school: Uuid; day: Day; tz: string },
): Promise<void> {
  const known = await database.asPerson(actor, (tx) => planById(tx, wanted.id))
  // the same command again: the same plan
  if (known) return
  const input = await database.asPerson(actor, (tx) => coverDay(tx, wanted.school, wanted.day, wanted.tz), {
    snapshot: true,
  })
  const taken = await solved(actor.district, input)
  await database.asPerson(actor, (tx) =>
    tx.write(keepPlan, { ...wanted, input, taken, status: 'proposed', forPerson: null }),
  )
}

/** Who does what on a day, by the solver. */
export async function solved(district: Uuid, input: CoverDay, signal?: AbortSignal): Promise<Taken> {
  const model = coverModel(input)
  return takenOf(model, await solve(district, model.milp, { ...(signal && { signal }) }))
}

interface Kept {
  readonly id: Uuid
  readonly school: Uuid
  readonly day: Day
  readonly input: CoverDay
  readonly taken: Taken
  readonly status: 'prepared' | 'proposed'
  readonly forPerson: Uuid | null
}

/** Keeps a plan; what was proposed or prepared for the same before is over. */
export const keepPlan = defineWrite<Kept, void>({
  audit: ({ id, school, day, status, taken }) => ({
    action: status === 'prepared' ? 'coverage.prepare' : 'coverage.plan',
    detail: { plan: id, school, day, parts: taken.length },
  }),
  run: (_db, { id, school, day, input, taken, status, forPerson }, tx) =>
    tx.asSystem(async (db) => {
      await db
        .updateTable('coverage_plan')
        .set({ status: 'replaced' })
        .where('district_id', '=', tx.district)
        .where('school_id', '=', school)
        .where('day', '=', day)
        .where('status', '=', status)
        .$if(forPerson !== null, (some) => some.where('for_person', '=', forPerson ?? ''))
        .execute()
      await db
        .insertInto('coverage_plan')
        .values({
          district_id: tx.district,
          plan_id: id,
          school_id: school,
          day,
          status,
          for_person: forPerson,
          made: new Date(tx.now),
          made_by: tx.person,
          input: canonical(input),
          digest: digestOf(input),
          taken: JSON.stringify(taken),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }),
})

/** One part given to somebody else by hand, or to nobody. Throws `coverage.refused` with the reason. */
export async function changePlan(
  tx: Tx,
  plan: PlanRow,
  change: { task: Uuid; students: readonly Uuid[]; person: Uuid | null },
): Promise<void> {
  if (plan.status !== 'proposed') throw new Problem('coverage.not_proposed')
  const index = indexed(plan.input)
  const parts = partsOf(index)
  const n = parts.findIndex(
    (part) => part.task.id === change.task && part.students.join() === change.students.toSorted().join(),
  )
  const found =
    n < 0
      ? parts.findIndex((part) => part.task.id === change.task && sameSet(part.students, change.students))
      : n
  if (found < 0) throw new Problem('access.denied')
  const changed = changedBy(index, parts, plan.taken, found, change.person)
  if ('refused' in changed)
    throw new Problem('coverage.refused', {
      why: changed.refused.code,
      tasks: changed.refused.tasks.join(),
      since: changed.refused.since ?? '',
    })
  await tx.write(keepChange, {
    plan: plan.id,
    taken: changed.taken,
    task: change.task,
    person: change.person,
  })
}

function sameSet(a: readonly Uuid[], b: readonly Uuid[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one))
}

const keepChange = defineWrite<{ plan: Uuid; taken: Taken; task: Uuid; person: Uuid | null }, void>({
  audit: ({ plan, task, person }) => ({ action: 'coverage.change', detail: { plan, task, person } }),
  run: (_db, { plan, taken }, tx) =>
    tx.asSystem(async (db) => {
      await db
        .updateTable('coverage_plan')
        .set({ taken: JSON.stringify(taken) })
        .where('district_id', '=', tx.district)
        .where('plan_id', '=', plan)
        .execute()
    }),
})

/** Approves a plan of the day as it is now; approved already = nothing to do. Throws `coverage.day_changed`. */
export async function approvePlan(tx: Tx, plan: PlanRow, tz: string): Promise<void> {
  if (plan.status === 'approved') return
  if (plan.status !== 'proposed') throw new Problem('coverage.not_proposed')
  const changed = changedSince(plan, await coverDay(tx, plan.school, plan.day, tz))
  if (changed.length > 0) throw new Problem('coverage.day_changed', { changed: changed.join() })
  await tx.write(carryOut, { plan, tz })
}

const carryOut = defineWrite<{ plan: PlanRow; tz: string }, { rows: number; people: number }>({
  audit: ({ plan }, { rows, people }) => ({
    action: 'coverage.approve',
    detail: { plan: plan.id, school: plan.school, day: plan.day, assignments: rows, people },
  }),
  run: (_db, { plan, tz }, tx) =>
    tx.asSystem(async (db) => {
      const { parts, proposal } = readPlan(plan)
      const claimed = await db
        .updateTable('coverage_plan')
        .set({ status: 'approved', approved: new Date(tx.now), approved_by: tx.person })
        .where('district_id', '=', tx.district)
        .where('plan_id', '=', plan.id)
        .where('status', '=', 'proposed')
        .returning('plan_id')
        .executeTakeFirst()
      if (!claimed) throw new Problem('coverage.not_proposed')
      await endBefore(db, tx, plan)
      const rows = rowsOf(tx.district, plan, parts, proposal)
      if (rows.length > 0) await db.insertInto('assignment_day').values(rows).execute()
      await openRelationships(db, tx, plan, proposal, tz)
      const people = await concerned(db, tx.district, plan, proposal, tz)
      if (people.length > 0)
        await db
          .insertInto('coverage_notice')
          .values(
            people.map((person) => ({
              district_id: tx.district,
              plan_id: plan.id,
              person_id: person,
              school_id: plan.school,
              day: plan.day,
            })),
          )
          .execute()
      return { rows: rows.length, people: people.length }
    }),
})

/** What an earlier plan of the day said is over: its rows, its notices, and who may be with whom because of it. */
async function endBefore(db: Db, tx: Tx, { id, school, day }: PlanRow): Promise<void> {
  const before = await db
    .updateTable('coverage_plan')
    .set({ status: 'replaced' })
    .where('district_id', '=', tx.district)
    .where('school_id', '=', school)
    .where('day', '=', day)
    .where('status', '=', 'approved')
    .where('plan_id', '<>', id)
    .returning('plan_id')
    .execute()
  await db
    .deleteFrom('assignment_day')
    .where('district_id', '=', tx.district)
    .where('school_id', '=', school)
    .where('day', '=', day)
    .execute()
  for (const { plan_id } of before) {
    await db
      .deleteFrom('coverage_notice')
      .where('district_id', '=', tx.district)
      .where('plan_id', '=', plan_id)
      .execute()
    // who was with a student until now was with them: it ends, and is not forgotten
    const now = new Date(tx.now)
    await sql`
      update relationship set to_at = greatest(from_at, ${now}::timestamptz)
      where district_id = ${tx.district} and source = 'coverage' and why = ${whyOf(plan_id)}
        and (to_at is null or to_at > ${now})`.execute(db)
  }
}

function whyOf(plan: Uuid): string {
  return `Plan of cover ${plan}`
}

/** Every task in which somebody differs from the timetable: one row for each adult and one for what nobody does. */
function rowsOf(district: Uuid, plan: PlanRow, parts: readonly Part[], { red, lapsed }: Proposal) {
  const byTask = new Map<Uuid, { by: Uuid | null; part: Part }[]>()
  parts.forEach((part, n) => {
    const list = byTask.get(part.task.id) ?? []
    list.push({ by: plan.taken[n] ?? null, part })
    byTask.set(part.task.id, list)
  })
  return [...byTask.values()].flatMap((all) => {
    const [first] = all
    const { task, relief } = first?.part ?? {}
    if (!task || all.every(({ by, part }) => by === part.task.person)) return []
    // a break stays its adult's, whoever is with their students meanwhile; that nobody is changes nobody's day
    if (relief && all.every(({ by }) => by === null)) return []
    const adults = relief
      ? [task.person, ...new Set(all.flatMap(({ by }) => by ?? []))]
      : [...new Set(all.map(({ by }) => by))]
    return adults.map((by, n) => {
      const own = all.filter((one) => one.by === by).map(({ part }) => part)
      const undone = [...red, ...lapsed].find(({ part }) => part.task === task.id)
      return {
        district_id: district,
        assignment_id: task.id,
        day: plan.day,
        school_id: plan.school,
        usual_id: task.person,
        person_id: by,
        owner_id: by === null ? (undone?.owner ?? null) : null,
        // the screens say it in the reader's language
        why: '',
        plan_id: plan.id,
        seen: null,
        part: n,
        students: own.flatMap(({ students }) => students),
      }
    })
  })
}

/** From a little before the block to the end of the shift, so that plans can be read first and notes written after. */
async function openRelationships(
  db: Db,
  tx: Tx,
  { id, day, input }: PlanRow,
  { steps }: Proposal,
  tz: string,
): Promise<void> {
  const grace = ruleNumber('coverage.access_grace_min', tx.now)
  const first = new Map<string, { person: Uuid; student: Uuid; from: number; to: number }>()
  for (const { person, part } of steps)
    for (const student of part.students) {
      const adult = input.adults.find((one) => one.id === person)
      const known = first.get(`${person} ${student}`)
      first.set(`${person} ${student}`, {
        person,
        student,
        from: Math.max(0, Math.min(known?.from ?? part.start - grace, part.start - grace)),
        to: Math.max(known?.to ?? 0, adult?.hours?.end ?? 0, part.end),
      })
    }
  if (first.size === 0) return
  const at = (minute: number) => instantOf(day, timeOf(Math.min(minute, 24 * 60 - 1)), tz)
  await db
    .insertInto('relationship')
    .values(
      [...first.values()].map(({ person, student, from, to }) => ({
        district_id: tx.district,
        relationship_id: uuidv7(Date.now()),
        person_id: person,
        student_id: student,
        role: roleOf(input.adults.find((one) => one.id === person)),
        from_at: at(from),
        to_at: at(to),
        source: 'coverage',
        why: whyOf(id),
      })),
    )
    .execute()
}

function roleOf(adult: Adult | undefined): 'substitute' | 'para' | 'nurse' {
  if (adult?.substitute) return 'substitute'
  return adult?.nurse && !adult.moves ? 'nurse' : 'para'
}

/** Who must know: those who step in or are relieved, who answers for what nobody does, and the students' teachers. */
async function concerned(
  db: Db,
  district: Uuid,
  { day }: PlanRow,
  { steps, red }: Proposal,
  tz: string,
): Promise<Uuid[]> {
  const students = [...new Set([...steps, ...red].flatMap(({ part }) => part.students))]
  const noon = new Date(instantOf(day, '12:00', tz))
  const teachers = await db
    .selectFrom('relationship')
    .select('person_id')
    .distinct()
    .where('district_id', '=', district)
    .where('student_id', '=', sql<string>`any(${students}::uuid[])`)
    .where('role', 'in', ['gened_teacher', 'case_manager'])
    .where('from_at', '<=', noon)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', noon)]))
    .execute()
  return [
    ...new Set([
      ...steps.map(({ person }) => person),
      ...red.flatMap(({ owner }) => owner ?? []),
      ...teachers.map((row) => row.person_id),
    ]),
  ].toSorted()
}

export async function planById(tx: Tx, id: Uuid): Promise<PlanRow | null> {
  return tx.asSystem(async (db) => {
    const row = await db
      .selectFrom('coverage_plan')
      .selectAll()
      .where('district_id', '=', tx.district)
      .where('plan_id', '=', id)
      .executeTakeFirst()
    return row ? rowOf(row) : null
  })
}

/** The plan that counts for a day: what is proposed, else what was approved last. */
export async function planOf(tx: Tx, school: Uuid, day: Day): Promise<PlanRow | null> {
  return tx.asSystem(async (db) => {
    const row = await db
      .selectFrom('coverage_plan')
      .selectAll()
      .where('district_id', '=', tx.district)
      .where('school_id', '=', school)
      .where('day', '=', day)
      .where('status', 'in', ['proposed', 'approved'])
      .orderBy(sql`status = 'proposed'`, 'desc')
      .orderBy('made', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row ? rowOf(row) : null
  })
}

function rowOf(row: {
  plan_id: string
  school_id: string
  day: string
  status: PlanRow['status']
  for_person: string | null
  input: string
  digest: string
  taken: string
}): PlanRow {
  return {
    id: row.plan_id,
    school: row.school_id,
    day: row.day,
    status: row.status,
    forPerson: row.for_person,
    input: JSON.parse(row.input) as CoverDay,
    digest: row.digest,
    taken: JSON.parse(row.taken) as Taken,
  }
}

/** The day as it would be if this adult were away all of it. */
export function without(input: CoverDay, person: Uuid): CoverDay {
  const away = [...input.away, { person, start: 0, end: 24 * 60 }]
  return { ...input, away: away.toSorted((a, b) => (a.person < b.person ? -1 : 1)) }
}

/** After a call-out: where the plan that was prepared for it still fits the day, it is the proposal at once. */
export async function usePrepared(tx: Tx, school: Uuid, day: Day, person: Uuid, tz: string): Promise<void> {
  const digest = digestOf(await coverDay(tx, school, day, tz))
  await tx.write(propose, { school, day, person, digest })
}

const propose = defineWrite<{ school: Uuid; day: Day; person: Uuid; digest: string }, Uuid | null>({
  audit: ({ school, day }, plan) =>
    plan === null ? null : { action: 'coverage.use_prepared', detail: { plan, school, day } },
  run: (_db, { school, day, person, digest }, tx) =>
    tx.asSystem(async (db) => {
      const prepared = await db
        .selectFrom('coverage_plan')
        .select('plan_id')
        .where('district_id', '=', tx.district)
        .where('school_id', '=', school)
        .where('day', '=', day)
        .where('for_person', '=', person)
        .where('status', '=', 'prepared')
        .where('digest', '=', digest)
        .executeTakeFirst()
      if (!prepared) return null
      await db
        .updateTable('coverage_plan')
        .set((eb) => ({
          status: sql<
            PlanRow['status']
          >`case when ${eb.ref('plan_id')} = ${prepared.plan_id} then 'proposed' else 'replaced' end`,
        }))
        .where('district_id', '=', tx.district)
        .where('school_id', '=', school)
        .where('day', '=', day)
        .where((eb) => eb.or([eb('status', '=', 'proposed'), eb('plan_id', '=', prepared.plan_id)]))
        .execute()
      return prepared.plan_id
    }),
})
