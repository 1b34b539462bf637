/**
 * What people are told about cover. The plan was made by the house from everything; here it is cut down to who asks: a
 * student out of their reach is nobody, with no id and no initials.
 */
import { sql } from 'kysely'
import { addDays, dayOf, type Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Reach, Tx } from '../../../platform/server/db.ts'
import type { CoverDay, Proposal, ProposedPart } from '../model.ts'
import { proposalOf } from '../proposal.ts'
import { indexed, partsOf } from '../rules.ts'
import type { Absence, CoverBoard, MyCover } from '../wire.ts'
import { coverDay } from './day.ts'
import { changedSince, planById, planOf, readPlan } from './plans.ts'

const NO_BREAKS = { noMeal: [], noRelief: [] }

type Row = {
  absence_id: string
  person_id: string
  day: string
  start_time: string | null
  end_time: string | null
}

export async function boardOf(
  tx: Tx,
  reach: Reach,
  wanted: { school: Uuid | undefined; day: Day | undefined; tz: string },
): Promise<CoverBoard> {
  const schools = await tx.read
    .selectFrom('school')
    .select(['school_id', 'name'])
    .where('district_id', '=', tx.district)
    .where('school_id', '=', sql<string>`any(${reach.leads}::uuid[])`)
    .where('kind', '=', 'school')
    .orderBy('name')
    .execute()
  const school = wanted.school ?? schools[0]?.school_id ?? null
  const today = dayOf(tx.now, wanted.tz)
  const open = await tx.read
    .selectFrom('school_day')
    .select('day')
    .where('district_id', '=', tx.district)
    .where('school_id', '=', school ?? '00000000-0000-0000-0000-000000000000')
    .where('day', '>=', today)
    .orderBy('day')
    .limit(5)
    .execute()
  const days = open.map((row) => row.day)
  const day = wanted.day ?? days[0] ?? today
  const empty = { school, day, days, schools: schools.map((one) => ({ id: one.school_id, name: one.name })) }
  if (school === null)
    return {
      ...empty,
      away: [],
      plan: null,
      people: [],
      names: {},
      students: {},
      breaks: NO_BREAKS,
      missed: [],
    }
  const away = await tx.read
    .selectFrom('absence')
    .selectAll()
    .where('district_id', '=', tx.district)
    .where('school_id', '=', school)
    .where('day', '=', day)
    .where('withdrawn', 'is', null)
    .orderBy('reported')
    .execute()
  const plan = await planOf(tx, school, day)
  const input = await coverDay(tx, school, day, wanted.tz)
  const students = await studentsOf(tx)
  const notices = plan
    ? await tx.read
        .selectFrom('coverage_notice')
        .select(['person_id', 'seen'])
        .where('district_id', '=', tx.district)
        .where('plan_id', '=', plan.id)
        .orderBy('person_id')
        .execute()
    : []
  const missed = await tx.read
    .selectFrom('break_missed')
    .select(['person_id', (eb) => eb.fn.sum<number>('minutes').as('minutes')])
    .where('district_id', '=', tx.district)
    .where('school_id', '=', school)
    .where('day', '>=', addDays(day, -31))
    .groupBy('person_id')
    .execute()
  const proposal = onlyWithin(plan ? readPlan(plan).proposal : asItStands(input), students)
  return {
    ...empty,
    away: away.map((row) => absenceOf({ ...row, withdrawn: row.withdrawn }, row.reason)),
    plan: plan && {
      id: plan.id,
      day,
      status: plan.status,
      prepared: plan.forPerson !== null,
      stale: plan.status === 'proposed' || plan.status === 'approved' ? changedSince(plan, input) : [],
      proposal,
      notices: notices.map((row) => ({ person: row.person_id, seen: row.seen?.getTime() ?? null })),
    },
    people: input.adults.filter(({ moves, nurse }) => moves || nurse).map(({ id }) => id),
    names: await namesOf(tx),
    students,
    breaks: { noMeal: proposal.noMeal, noRelief: proposal.noRelief },
    missed: missed.map((row) => ({ person: row.person_id, minutes: Number(row.minutes) })),
  }
}

/** A day that nobody has planned for. */
function asItStands(input: CoverDay): Proposal {
  const index = indexed(input)
  const parts = partsOf(index)
  return proposalOf(
    index,
    parts,
    parts.map(({ holder }) => holder),
  )
}

/** A student out of reach is left out of a list; that there is somebody is still said by what is planned. */
function onlyWithin(proposal: Proposal, students: CoverBoard['students']): Proposal {
  const some = (ids: readonly Uuid[]) => ids.filter((id) => id in students)
  const part = <T extends ProposedPart>(one: T): T => ({ ...one, students: some(one.students) })
  return {
    ...proposal,
    needs: proposal.needs.map((need) => ({
      ...need,
      students: some(need.students),
      refused: need.refused.map((refusal) => ({ ...refusal, students: some(refusal.students) })),
    })),
    steps: proposal.steps.map((step) => ({
      ...step,
      part: part(step.part),
      why: step.why.map((why) => ({ ...why, students: some(why.students) })),
      leaves: step.leaves.map(part),
    })),
    red: proposal.red.map((red) => ({ ...red, part: part(red.part) })),
    lapsed: proposal.lapsed.map((red) => ({ ...red, part: part(red.part) })),
    noRelief: proposal.noRelief.map((one) => ({ ...one, students: some(one.students) })),
  }
}

export async function myCover(tx: Tx, person: Uuid, tz: string): Promise<MyCover> {
  const today = dayOf(tx.now, tz)
  const own = tx.read
    .selectFrom('absence')
    .where('district_id', '=', tx.district)
    .where('person_id', '=', person)
  const absences = await own
    .selectAll()
    .where('day', '>=', today)
    .orderBy('day')
    .orderBy('reported')
    .execute()
  const notices = await tx.read
    .selectFrom('coverage_notice')
    .select(['plan_id', 'day', 'seen'])
    .where('district_id', '=', tx.district)
    .where('person_id', '=', person)
    .where('day', '>=', today)
    .orderBy('day')
    .execute()
  const students = await studentsOf(tx)
  const changes: MyCover['changes'] = []
  for (const notice of notices) {
    const plan = await planById(tx, notice.plan_id)
    if (plan?.status !== 'approved') continue
    const { proposal } = readPlan(plan)
    changes.push({
      plan: plan.id,
      day: plan.day,
      seen: notice.seen !== null,
      lines: linesFor(onlyWithin(proposal, students), person),
    })
  }
  const missed = await tx.read
    .selectFrom('break_missed')
    .select(['missed_id', 'day', 'kind', 'minutes'])
    .where('district_id', '=', tx.district)
    .where('person_id', '=', person)
    .orderBy('recorded', 'desc')
    .limit(20)
    .execute()
  const owed = await tx.read
    .selectFrom('break_missed')
    .select((eb) => eb.fn.sum<number>('minutes').as('minutes'))
    .where('district_id', '=', tx.district)
    .where('person_id', '=', person)
    .executeTakeFirst()
  const named = new Set(
    changes.flatMap(({ lines }) => lines.flatMap((line) => [line.usual, line.person ?? line.usual])),
  )
  return {
    absences: absences.map((row) => absenceOf(row, row.reason)),
    changes,
    missed: missed.map((row) => ({ id: row.missed_id, day: row.day, kind: row.kind, minutes: row.minutes })),
    owed: Number(owed?.minutes ?? 0),
    names: Object.fromEntries(Object.entries(await namesOf(tx)).filter(([id]) => named.has(id))),
    students,
  }
}

/** What a plan changes for one adult: what they take, what they leave, what they answer for, who is with their students. */
function linesFor({ steps, red }: Proposal, person: Uuid): MyCover['changes'][number]['lines'] {
  const line = (
    is: MyCover['changes'][number]['lines'][number]['is'],
    by: Uuid | null,
    part: ProposedPart,
  ) => ({
    is,
    person: by,
    usual: part.usual,
    title: part.title,
    place: part.place,
    start: part.start,
    end: part.end,
    students: [...part.students],
    ...(part.relief && { relief: part.relief }),
  })
  const mine = steps.filter((step) => step.person === person).map((step) => line('mine', person, step.part))
  const left = steps.flatMap((step) =>
    step.person === person ? step.leaves.map((one) => line('gone', one.by, one)) : [],
  )
  const solve = red
    .filter(({ owner }) => owner === person)
    .map(({ part }) => line('mine_to_solve', null, part))
  const theirs =
    mine.length > 0
      ? []
      : steps
          .filter(({ part }) => part.students.length > 0)
          .map((step) => line('theirs', step.person, step.part))
  const seen = new Set<string>()
  return [...solve, ...mine, ...left, ...theirs].filter((one) => {
    const key = `${one.is} ${one.person} ${one.title} ${one.start} ${one.students.join()}`
    return !seen.has(key) && seen.add(key)
  })
}

export function absenceOf(row: Row & { withdrawn: Date | null }, reason: string): Absence {
  return {
    id: row.absence_id,
    person: row.person_id,
    day: row.day,
    start: row.start_time?.slice(0, 5) ?? null,
    end: row.end_time?.slice(0, 5) ?? null,
    reason,
    withdrawn: row.withdrawn !== null,
  }
}

/** Of the students whom this person may know, by row-level security. */
async function studentsOf(tx: Tx): Promise<CoverBoard['students']> {
  const rows = await tx.read
    .selectFrom('student')
    .select(['student_id', 'initials', 'color'])
    .where('district_id', '=', tx.district)
    .execute()
  return Object.fromEntries(rows.map(({ student_id, initials, color }) => [student_id, { initials, color }]))
}

async function namesOf(tx: Tx): Promise<Record<string, string>> {
  const rows = await tx.read
    .selectFrom('person')
    .select(['person_id', 'given', 'family'])
    .where('district_id', '=', tx.district)
    .execute()
  return Object.fromEntries(rows.map((row) => [row.person_id, `${row.given} ${row.family}`]))
}
