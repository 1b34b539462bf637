/**
 * Reads one day of one school as cover looks at it. By the house, because it needs what no leader may read by themselves
 * (whom a court keeps from whom); what of it is told to whom is decided in routes.ts.
 */
import { sql } from 'kysely'
import { instantOf, type Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Db, Tx } from '../../../platform/server/db.ts'
import { ruleNumber, ruleValues } from '../../../platform/server/rulepacks.ts'
import { landed, minuteOf } from '../../schedule/calendar.ts'
import type { Off, Purpose } from '../../schedule/model.ts'
import { SafetyBody } from '../../students/records.ts'
import type { Adult, Child, CoverDay, Override, Policy, Span, Task } from '../model.ts'

const WHOLE_DAY: Span = { start: 0, end: 24 * 60 }
const MOVES = ['para', 'substitute']

/** `asked`: adults of whom something is asked beside those who are planned or stand by. */
export async function coverDay(
  tx: Tx,
  school: Uuid,
  day: Day,
  tz: string,
  asked: readonly Uuid[] = [],
): Promise<CoverDay> {
  return tx.asSystem(async (db) => {
    const [begin, noon, end] = ['00:00', '12:00', '23:59'].map((time) => new Date(instantOf(day, time, tz)))
    if (!begin || !noon || !end) throw new RangeError(`no day: ${day}`)
    const tasks = await tasksOf(db, tx.district, school, day)
    const staff = await staffOf(db, tx.district, school, noon)
    const overrides = await overridesOn(db, tx.district, school, day)
    const beside = [...overrides.map((one) => one.beside), ...asked]
    const adults = await adultsOf(db, tx.district, school, day, tasks, staff, beside)
    const people = adults.map(({ id }) => id)
    const students = [...new Set(tasks.flatMap((task) => task.students))].toSorted()
    return {
      day,
      tasks,
      adults,
      children: await childrenOf(db, tx.district, students, noon),
      away: await awayOn(db, tx.district, school, day),
      competencies: await competenciesOf(db, tx.district, people),
      // a day without any is as it was before there could be one
      ...(overrides.length > 0 && { overrides }),
      restricted: await pairsOf(db, tx.district, 'restriction', people, students, begin, end),
      known: await pairsOf(db, tx.district, 'relationship', people, students, null, begin),
      coordinator: staff.find(({ role }) => role === 'coordinator')?.person ?? null,
      policy: policyAt(noon.getTime()),
    }
  })
}

async function tasksOf(db: Db, district: Uuid, school: Uuid, day: Day): Promise<Task[]> {
  const { rows } = await sql<{
    assignment_id: Uuid
    person_id: Uuid
    title: string
    place: string
    purpose: Purpose
    needs: string[]
    off: Off | null
    start_time: string | null
    end_time: string | null
    block_from: string
    block_to: string
    runs_from: string
    runs_to: string
    moved: boolean
    students: Uuid[]
  }>`
    select a.assignment_id, a.person_id, a.title, a.place, a.purpose, a.needs, a.off,
      a.start_time::text, a.end_time::text, b.start_time::text as block_from, b.end_time::text as block_to,
      r.start_time::text as runs_from, r.end_time::text as runs_to, r.block_id <> b.block_id as moved,
      array(select s.student_id from assignment_student s
        where s.district_id = a.district_id and s.assignment_id = a.assignment_id order by 1) as students
    from assignment a
    join block b on b.district_id = a.district_id and b.block_id = a.block_id
    join school_day s on s.district_id = b.district_id and s.school_id = b.school_id and s.day = ${day}
    join block r on r.district_id = b.district_id and r.school_id = b.school_id
      and case when b.variant = s.variant then r.block_id = b.block_id
        else b.variant = 'regular' and r.variant = s.variant and r.code = b.code end
    where a.district_id = ${district} and a.school_id = ${school}
      and a.from_day <= ${day} and (a.to_day is null or a.to_day >= ${day}) and s.type = any (a.day_types)
    order by a.assignment_id`.execute(db)
  return rows.flatMap((row) => {
    const whole = { start: row.runs_from, end: row.runs_to }
    const at = row.moved
      ? landed(
          { start: row.start_time, end: row.end_time },
          { start: row.block_from, end: row.block_to },
          whole,
        )
      : { start: row.start_time ?? whole.start, end: row.end_time ?? whole.end }
    if (at === null) return []
    const { assignment_id: id, person_id: person, title, place, purpose, needs, off, students } = row
    const span = { start: minuteOf(at.start), end: minuteOf(at.end) }
    return [{ id, person, title, place, purpose, needs, students, ...span, ...(off && { off }) }]
  })
}

interface Staff {
  readonly person: Uuid
  readonly role: string
  /** At this school, not in the whole district. */
  readonly own: boolean
}

/** Roles at the school that hold on the day; those at the school itself before those of the whole district. */
async function staffOf(db: Db, district: Uuid, school: Uuid, noon: Date): Promise<Staff[]> {
  const rows = await db
    .selectFrom('staff_role')
    .select(['person_id', 'role', 'school_id'])
    .where('district_id', '=', district)
    .where((eb) => eb.or([eb('school_id', 'is', null), eb('school_id', '=', school)]))
    .where('from_at', '<=', noon)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', noon)]))
    .orderBy(sql`school_id nulls last`)
    .orderBy('person_id')
    .orderBy('role')
    .execute()
  return rows.map((row) => ({ person: row.person_id, role: row.role, own: row.school_id !== null }))
}

async function adultsOf(
  db: Db,
  district: Uuid,
  school: Uuid,
  day: Day,
  tasks: readonly Task[],
  staff: readonly Staff[],
  /** Others who are needed there. */
  more: readonly Uuid[],
): Promise<Adult[]> {
  // a nurse of several schools is at none of them all day: who is asked is the school's own
  const steps = staff.filter(({ role, own }) => MOVES.includes(role) || (role === 'nurse' && own))
  const ids = [
    ...new Set([...steps.map(({ person }) => person), ...tasks.map(({ person }) => person), ...more]),
  ]
  const hours = await db
    .selectFrom('work_hours')
    .select(['person_id', 'start_time', 'end_time'])
    .where('district_id', '=', district)
    .where('school_id', '=', school)
    .where('from_day', '<=', day)
    .where((eb) => eb.or([eb('to_day', 'is', null), eb('to_day', '>=', day)]))
    .where('never_held', '=', false)
    // who is there for one day is there as that day says, and as it was said last
    .orderBy('from_day', 'desc')
    .orderBy('recorded', 'desc')
    .execute()
  const bell = await sql<{ start: string | null; end: string | null }>`
    select min(b.start_time)::text as start, max(b.end_time)::text as end from block b
    join school_day s on s.district_id = b.district_id and s.school_id = b.school_id and s.day = ${day}
    where b.district_id = ${district} and b.school_id = ${school} and b.variant in (s.variant, 'regular')`.execute(
    db,
  )
  const open = bell.rows[0]
  const schoolHours =
    open?.start && open.end ? { start: minuteOf(open.start), end: minuteOf(open.end) } : null
  const people = await db
    .selectFrom('person')
    .select(['person_id', 'given', 'family'])
    .where('district_id', '=', district)
    .where('person_id', '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy('person_id')
    .execute()
  return people.map(({ person_id: id, given, family }) => {
    const roles = staff.filter(({ person }) => person === id).map(({ role }) => role)
    const substitute = roles.includes('substitute') && !roles.includes('para')
    const set = hours.find((one) => one.person_id === id)
    return {
      id,
      name: `${given} ${family}`,
      moves: roles.some((role) => MOVES.includes(role)),
      substitute,
      ...(steps.some(({ person, role }) => person === id && role === 'nurse') && { nurse: true }),
      // a substitute is there on days on which they said they come
      hours: set
        ? { start: minuteOf(set.start_time), end: minuteOf(set.end_time) }
        : substitute
          ? null
          : schoolHours,
    }
  })
}

async function childrenOf(db: Db, district: Uuid, students: readonly Uuid[], noon: Date): Promise<Child[]> {
  const rows = await db
    .selectFrom('student')
    .select(['student_id', 'initials'])
    .where('district_id', '=', district)
    .where('student_id', '=', sql<string>`any(${students}::uuid[])`)
    .orderBy('student_id')
    .execute()
  const cards = await db
    .selectFrom('record')
    .distinctOn('student_id')
    .select(['student_id', 'envelope'])
    .where('district_id', '=', district)
    .where('part', '=', sql<string>`any(${students.map((one) => `${one}/T1/safety`)}::text[])`)
    .where('kind', '=', 'students.safety')
    .orderBy('student_id')
    .orderBy('at', 'desc')
    .orderBy('pos', 'desc')
    .execute()
  const managers = await db
    .selectFrom('relationship')
    .select(['student_id', 'person_id'])
    .where('district_id', '=', district)
    .where('student_id', '=', sql<string>`any(${students}::uuid[])`)
    .where('role', '=', 'case_manager')
    .where('from_at', '<=', noon)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', noon)]))
    .orderBy('person_id')
    .execute()
  return rows.map(({ student_id: id, initials }) => {
    const envelope = cards.find((card) => card.student_id === id)?.envelope
    const card = envelope === undefined ? undefined : SafetyBody.safeParse(bodyOf(envelope)).data
    return {
      id,
      initials,
      // nobody has said: as for everybody who is with an adult of their own
      supervision: card?.supervision ?? 'SV1',
      flags: card?.flags ?? [],
      manager: managers.find((one) => one.student_id === id)?.person_id ?? null,
    }
  })
}

function bodyOf(envelope: string): unknown {
  return (JSON.parse(envelope) as { body: unknown }).body
}

async function awayOn(db: Db, district: Uuid, school: Uuid, day: Day) {
  const rows = await db
    .selectFrom('absence')
    .select(['person_id', 'start_time', 'end_time'])
    .where('district_id', '=', district)
    .where('school_id', '=', school)
    .where('day', '=', day)
    .where('withdrawn', 'is', null)
    // as `without` in plans.ts orders them: a plan that was made ahead is known again by its digest
    .orderBy('person_id')
    .orderBy('start_time', (order) => order.asc().nullsFirst())
    .orderBy('end_time', (order) => order.asc().nullsLast())
    .execute()
  return rows.map(({ person_id: person, start_time, end_time }) => ({
    person,
    start: start_time === null ? WHOLE_DAY.start : minuteOf(start_time),
    end: end_time === null ? WHOLE_DAY.end : minuteOf(end_time),
  }))
}

/** Who may do on this day what they are not trained for, and who must be beside them. */
async function overridesOn(db: Db, district: Uuid, school: Uuid, day: Day): Promise<Override[]> {
  const rows = await db
    .selectFrom('competency_override')
    .select(['person_id as person', 'student_id as student', 'task', 'beside_id as beside'])
    .where('district_id', '=', district)
    .where('school_id', '=', school)
    .where('day', '=', day)
    .where('revoked', 'is', null)
    .orderBy('override_id')
    .execute()
  return rows
}

async function competenciesOf(db: Db, district: Uuid, people: readonly Uuid[]) {
  const rows = await db
    .selectFrom('competency')
    .selectAll()
    .where('district_id', '=', district)
    .where('person_id', '=', sql<string>`any(${people}::uuid[])`)
    .orderBy('competency_id')
    .execute()
  return rows.map((row) => ({
    person: row.person_id,
    student: row.student_id,
    task: row.task,
    from: row.from_day,
    to: row.to_day,
    revoked: row.revoked !== null,
  }))
}

/** Whom a court keeps from whom at any time of the day; who has ever been with whom before it. */
async function pairsOf(
  db: Db,
  district: Uuid,
  table: 'restriction' | 'relationship',
  people: readonly Uuid[],
  students: readonly Uuid[],
  endsAfter: Date | null,
  beginsBefore: Date,
) {
  const rows = await db
    .selectFrom(table)
    .select(['person_id', 'student_id'])
    .distinct()
    .where('district_id', '=', district)
    .where('person_id', '=', sql<string>`any(${people}::uuid[])`)
    .where('student_id', '=', sql<string>`any(${students}::uuid[])`)
    .where('from_at', '<', beginsBefore)
    .$if(endsAfter !== null, (some) =>
      some.where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', endsAfter ?? beginsBefore)])),
    )
    .orderBy('person_id')
    .orderBy('student_id')
    .execute()
  return rows.map((row) => ({ person: row.person_id, student: row.student_id }))
}

function policyAt(ms: number): Policy {
  const times = ruleValues(['break.'], ms)
  return {
    mealMin: ruleNumber('break.meal_min', ms),
    mealFrom: minuteOf(String(times['break.meal_from'])),
    mealTo: minuteOf(String(times['break.meal_to'])),
    mealAfter: ruleNumber('break.meal_after_min', ms),
    criticalAtOnce: ruleNumber('coverage.critical_at_once', ms),
  }
}
