/** All SQL of progress: goals for those who read them online. Row-level security decides what there is to find. */
import { sql } from 'kysely'
import type { Envelope } from '../../../platform/records/envelope.ts'
import type { Reach, Tx } from '../../../platform/server/db.ts'
import type { DistrictInfo } from '../../../platform/server/directory.ts'
import { isOfCare } from '../../sessions/measures.ts'
import { Problem } from '../../../platform/server/problems.ts'
import type { ProgramBody } from '../../sessions/records.ts'
import type { FileTaken, GoalData, GoalList } from '../online.ts'

/** Written out and not a parameter: only so does a kept plan know that the index of plans is enough. */
const PLAN = sql.lit('sessions.program')

/** Every program in reach, latest version, by student and title. */
export async function goalsOf(tx: Tx): Promise<GoalList> {
  const rows = await tx.read
    .selectFrom('record')
    .innerJoin('student', (join) =>
      join
        .onRef('student.district_id', '=', 'record.district_id')
        .onRef('student.student_id', '=', 'record.student_id'),
    )
    .distinctOn('record.part')
    .select(['record.envelope', 'student.student_id', 'student.initials', 'student.color', 'student.grade'])
    .where('record.district_id', '=', tx.district)
    .where('record.kind', '=', PLAN)
    .orderBy('record.part')
    .orderBy('record.pos', 'desc')
    .execute()
  const goals = rows.map((row) => {
    const envelope = JSON.parse(row.envelope) as Envelope
    const { title, measure } = envelope.body as ProgramBody
    return {
      program: envelope.refs['program'] ?? '',
      title: isOfCare(measure.system) ? null : title,
      student: { id: row.student_id, initials: row.initials, color: row.color, grade: row.grade },
    }
  })
  const byName = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  goals.sort(
    (a, b) =>
      byName(a.student.initials, b.student.initials) ||
      byName(a.student.id, b.student.id) ||
      byName(a.title ?? '', b.title ?? ''),
  )
  return { goals }
}

/**
 * Writes into the trail who takes a graph away, and why. False when the program is not there for this person. Throws for
 * whoever sees no more than the last days: a substitute takes nothing away (domain B.3).
 */
export async function noteFile(tx: Tx, reach: Reach, program: string, file: FileTaken): Promise<boolean> {
  const found = await tx.read
    .selectFrom('record')
    .select('record.student_id')
    .where('record.district_id', '=', tx.district)
    .where('record.kind', '=', PLAN)
    .where('record.part', '=', partsOf(tx, program))
    .limit(1)
    .executeTakeFirst()
  if (!found) return false
  const own = reach.grants.filter(({ of_id, tier }) => of_id === found.student_id && tier === 'T2')
  if (own.some(({ since }) => since !== null)) throw new Problem('role.not_permitted')
  await tx.audit({ action: 'goal.file', detail: { program, ...file } })
  return true
}

/** What the graph of one program is made of, by the names of the views; undefined when it is not there for this person. */
export async function goalOf(
  tx: Tx,
  district: DistrictInfo,
  program: string,
  views: readonly string[],
): Promise<GoalData | undefined> {
  const records = await tx.read
    .selectFrom('record')
    .select(['kind', 'envelope', 'digest', 'author', 'received', 'aud', 'pos', 'student_id'])
    .where('district_id', '=', tx.district)
    .where('part', '=', partsOf(tx, program))
    .orderBy('pos')
    .execute()
  // who publishes for another student under the same id, by mistake or not, makes a program of that student's
  const studentId = records.find((row) => row.kind === 'sessions.program')?.student_id
  if (!studentId) return undefined
  const plan = records.filter((row) => row.student_id === studentId)
  const student = await tx.read
    .selectFrom('student')
    .select(['student_id', 'initials', 'color', 'grade'])
    .where('district_id', '=', tx.district)
    .where('student_id', '=', studentId)
    .executeTakeFirst()
  if (!student) return undefined
  const states = await tx.read
    .selectFrom('projection')
    .select(['view', 'part', 'state'])
    .where('district_id', '=', tx.district)
    .where('view', '=', sql<string>`any(${views}::text[])`)
    .where('parent', '=', `program:${program}`)
    .where('student_id', '=', studentId)
    .orderBy('at')
    .orderBy('part')
    .execute()
  const people = await tx.read
    .selectFrom('person')
    .select(['person_id', 'given', 'family'])
    .where('district_id', '=', tx.district)
    .execute()
  // as far as the asker may know the team; the newest role of a person stands
  const team = await tx.read
    .selectFrom('relationship')
    .select(['person_id', 'role'])
    .where('district_id', '=', tx.district)
    .where('student_id', '=', studentId)
    .orderBy('from_at')
    .execute()
  // the plan was read as the asker; who was away, and whose work it was, is not theirs to read
  const { rows: notRun } = await tx.asSystem((db) =>
    sql<NonNullable<GoalData['notRun']>[number]>`
      select day, reason
      from days_not_run(${tx.district}, ${[studentId]}::uuid[], '-infinity', ${new Date(tx.now)}, ${district.tz})
      where program = ${program}`.execute(db),
  )
  const { rows: doubts } = await tx.asSystem((db) =>
    sql<{ session: string; off: string | number }>`
      select session, off_ms as off from times_in_doubt(${tx.district}, ${[studentId]}::uuid[])
      where program = ${program}`.execute(db),
  )
  await tx.audit({ action: 'goal.deliver', detail: { program, states: states.length } })
  return {
    student: {
      id: student.student_id,
      initials: student.initials,
      color: student.color,
      grade: student.grade,
    },
    plan: plan.map((row) => ({
      envelope: JSON.parse(row.envelope) as Envelope & GoalData['plan'][number]['envelope'],
      digest: row.digest.toString('hex'),
      author: row.author,
      received: row.received.getTime(),
      aud: row.aud,
      pos: row.pos,
    })),
    states: states.map((row) => ({ view: row.view, partition: row.part, state: JSON.parse(row.state) })),
    names: Object.fromEntries(people.map((row) => [row.person_id, `${row.given} ${row.family}`])),
    roles: Object.fromEntries(team.map((row) => [row.person_id, row.role])),
    tz: district.tz,
    notRun: notRun.map(({ day, reason }) => ({ day, reason })),
    doubts: doubts.map(({ session, off }) => ({ session, offMs: Number(off) })),
  }
}

/** The partitions that hold a program's versions, for `part = …`: found by an index, whatever the district's size. */
function partsOf(tx: Tx, program: string) {
  return sql<string>`any(array(select program_parts(${tx.district}, ${program}::uuid)))`
}
