/**
 * A program as it stands today, from the records of its partition: the latest published version and the phase it is
 * in. Read by the pad, by Today and by whoever starts a session.
 */
import type { Day } from '../../platform/core/days.ts'
import type { Uuid } from '../../platform/core/ids.ts'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { settle } from '../../platform/records/settle.ts'
import { PhaseBody, ProgramBody } from './records.ts'

export interface Program {
  readonly id: Uuid
  readonly student: Uuid
  /** Id of the version's record: what a session names. */
  readonly version: Uuid
  readonly body: ProgramBody
  /** Null while nobody has recorded one. */
  readonly phase: Phase | null
}

export type Phase = typeof PhaseBody._output

/**
 * The program on a day; null when no version is among the records. The version with the highest number holds, and
 * of two with one number the later; the phase is the one that began last, and of two on one day a major one.
 */
export function programOf(records: readonly StoredRecord[], day: Day): Program | null {
  const { live } = settle(records)
  let latest: { record: StoredRecord; body: ProgramBody } | null = null
  let phase: Phase | null = null
  for (const record of live) {
    if (record.kind === 'sessions.program') {
      const body = ProgramBody.safeParse(record.body).data
      if (body && (!latest || body.number >= latest.body.number)) latest = { record, body }
    }
    if (record.kind === 'sessions.phase') {
      const body = PhaseBody.safeParse(record.body).data
      if (body && body.from <= day && (!phase || isAfter(body, phase))) phase = body
    }
  }
  const student = latest?.record.student
  const id = latest?.record.refs['program']
  if (!latest || !student || !id) return null
  return { id, student, version: latest.record.id, body: latest.body, phase }
}

function isAfter(a: Phase, b: Phase): boolean {
  return a.from > b.from || (a.from === b.from && (a.major || !b.major))
}

/** What the search below asks of a device. */
export interface RecordsHere {
  partitionOf(record: {
    kind: string
    student: Uuid | null
    refs: Readonly<Record<string, Uuid>>
  }): string | null
  records(partition: string): readonly StoredRecord[]
}

/**
 * The partition that holds a program, for those who know its id and not its student (a schedule names programs and
 * students side by side). Null when its plan is not on this device.
 */
export function partitionOfProgram(
  device: RecordsHere,
  program: Uuid,
  students: readonly Uuid[],
): string | null {
  for (const student of students) {
    const partition = device.partitionOf({ kind: 'sessions.program', student, refs: { program } })
    if (partition !== null && device.records(partition).length > 0) return partition
  }
  return null
}
