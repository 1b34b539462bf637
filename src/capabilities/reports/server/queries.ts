/** All SQL of reports and sheets. Row-level security decides what there is to find. */
import { sql } from 'kysely'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Envelope, StoredRecord } from '../../../platform/records/envelope.ts'
import { deviceOrderOf } from '../../../platform/records/envelope.ts'
import type { Tx } from '../../../platform/server/db.ts'
import type { ReportState } from '../rules.ts'

export interface StudentRow {
  readonly id: Uuid
  readonly initials: string
  readonly name: string
}

/** A report as it is folded, and its student; undefined when it is not there for this person. */
export async function reportOf(
  tx: Tx,
  report: Uuid,
): Promise<{ state: ReportState; student: StudentRow } | undefined> {
  const row = await tx.read
    .selectFrom('projection')
    .select(['state', 'student_id'])
    .where('district_id', '=', tx.district)
    .where('view', '=', 'reports.report')
    .where('part', 'in', (eb) =>
      eb
        .selectFrom('student')
        .select(sql<string>`student_id || '/T2/report:' || ${report}`.as('part'))
        .where('student.district_id', '=', tx.district),
    )
    .executeTakeFirst()
  const student = row?.student_id && (await studentOf(tx, row.student_id))
  return row && student ? { state: JSON.parse(row.state) as ReportState, student } : undefined
}

export async function studentOf(tx: Tx, student: Uuid): Promise<StudentRow | undefined> {
  const row = await tx.read
    .selectFrom('student')
    .select(['initials', 'given', 'family', 'preferred'])
    .where('district_id', '=', tx.district)
    .where('student_id', '=', student)
    .executeTakeFirst()
  return row && { id: student, initials: row.initials, name: `${row.preferred ?? row.given} ${row.family}` }
}

/** The plan's records of each program that is in reach, by program. */
export async function plansOf(
  tx: Tx,
  programs: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, readonly StoredRecord[]>> {
  const rows = await tx.read
    .selectFrom('record')
    .select(['envelope', 'digest', 'author', 'received', 'aud', 'pos'])
    .where('district_id', '=', tx.district)
    .where('part', 'in', (eb) =>
      eb
        .selectFrom('student')
        .select(sql<string>`student_id || '/T2/program:' || unnest(${programs}::text[])`.as('part'))
        .where('student.district_id', '=', tx.district),
    )
    .orderBy('pos')
    .execute()
  const plans = new Map<Uuid, StoredRecord[]>()
  for (const row of rows) {
    const envelope = JSON.parse(row.envelope) as Envelope
    const record: StoredRecord = {
      ...envelope,
      ...deviceOrderOf(envelope),
      digest: row.digest.toString('hex'),
      author: row.author,
      received: row.received.getTime(),
      aud: row.aud,
      pos: row.pos,
    }
    const program = envelope.refs['program'] ?? ''
    plans.set(program, [...(plans.get(program) ?? []), record])
  }
  return plans
}

/** Names of staff, by id. */
export async function namesOf(tx: Tx): Promise<{ readonly [id: string]: string }> {
  const rows = await tx.read
    .selectFrom('person')
    .select(['person_id', 'given', 'family'])
    .where('district_id', '=', tx.district)
    .execute()
  return Object.fromEntries(rows.map((row) => [row.person_id, `${row.given} ${row.family}`]))
}
