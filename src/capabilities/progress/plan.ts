/**
 * What stands for a program: its published versions, phases and aim lines, folded from the plan's own records. The
 * view belongs to the student, so that a device finds the programs of a student without asking anyone. Pure.
 */
import { dayOf, type Day } from '../../platform/core/days.ts'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import type { View } from '../../platform/records/registry.ts'
import { PhaseBody, ProgramBody } from '../sessions/records.ts'
import { AimBody } from './records.ts'

export type PlanVersion = {
  /** Record id: what a session names as its version. */
  readonly id: string
  /** School day it was published. */
  readonly day: Day
  readonly author: string
  readonly body: Exact<ProgramBody>
}

export type PlanPhase = { readonly id: string; readonly author: string; readonly body: PhaseBody }

export type Plan = {
  readonly program: string
  readonly student: string
  /** By number; of two with one number the later-made comes last. Never empty. */
  readonly versions: readonly PlanVersion[]
  /** In the order they were made, as aims are. */
  readonly phases: readonly PlanPhase[]
  readonly aims: readonly AimBody[]
  /** Ids that two records claim to correct. */
  readonly conflicts: readonly string[]
}

/** Null until a version is there. */
export const planView: View<Plan> = {
  name: 'progress.plan',
  version: 1,
  kinds: ['sessions.program', 'sessions.phase', 'progress.aim'],
  fold({ live, conflicts }) {
    const versions = read(live, 'sessions.program', ProgramBody)
      .map(({ record, body }): PlanVersion => ({
        id: record.id,
        day: dayOf(record.at, record.tz),
        author: record.author,
        // the body came from JSON and was read by a strict schema: an optional field is absent, never undefined
        body: body as PlanVersion['body'],
      }))
      .sort((a, b) => a.body.number - b.body.number)
    const first = live.find((record) => record.kind === 'sessions.program')
    if (versions.length === 0 || !first?.student) return null
    return {
      program: first.refs['program'] ?? '',
      student: first.student,
      versions,
      phases: read(live, 'sessions.phase', PhaseBody).map(({ record, body }) => ({
        id: record.id,
        author: record.author,
        body,
      })),
      aims: read(live, 'progress.aim', AimBody).map(({ body }) => body),
      conflicts,
    }
  },
  parent: (plan) => `student:${plan.student}`,
}

function read<Body>(
  records: readonly StoredRecord[],
  kind: string,
  schema: { safeParse(body: unknown): { data?: Body | undefined } },
): { record: StoredRecord; body: Body }[] {
  return records.flatMap((record) => {
    const body = record.kind === kind ? schema.safeParse(record.body).data : undefined
    return body === undefined ? [] : [{ record, body }]
  })
}

/** The same shape where an optional field is absent and never `undefined`, as JSON has it. */
type Exact<T> = T extends object ? { [K in keyof T]: Exact<Exclude<T[K], undefined>> } : T
