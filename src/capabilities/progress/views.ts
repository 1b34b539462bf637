/** Views of progress, per program: points of an outside data set, what was decided, how the program was run. */
import { dayOf, type Day } from '../../platform/core/days.ts'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import type { View } from '../../platform/records/registry.ts'
import { DecisionBody, FidelityBody, type ImportedPointBody } from './records.ts'

export type ImportedPoints = {
  readonly program: string
  readonly points: readonly ImportedPointBody[]
  /** Ids that two records claim to correct. */
  readonly conflicts: readonly string[]
}

/** Points in the order of the source file: by row, which is also how a session that appears twice is told apart. */
export const importedPointsView: View<ImportedPoints> = {
  name: 'progress.points',
  version: 1,
  kinds: ['progress.imported_point'],
  fold({ live, conflicts }) {
    const program = live[0]?.refs['program']
    if (program === undefined) return null
    const points = live.map((record) => record.body as ImportedPointBody).sort((a, b) => a.row - b.row)
    return { program, points, conflicts }
  },
  parent: (state) => `program:${state.program}`,
}

/** A decision of an owner about a proposal. */
export type Decided = {
  readonly id: string
  readonly by: string
  readonly day: Day
  /** Instant, ISO. */
  readonly at: string
  readonly body: DecisionBody
}
export type Decisions = { readonly program: string; readonly decisions: readonly Decided[] }

/** In the order they were made. */
export const decisionsView: View<Decisions> = {
  name: 'progress.decisions',
  version: 1,
  kinds: ['progress.decision', 'progress.void'],
  fold({ live }) {
    const program = live[0]?.refs['program']
    if (program === undefined) return null
    const decisions = live.flatMap((record): Decided[] => {
      const body = DecisionBody.safeParse(record.body).data
      return body ? [{ ...signed(record), body }] : []
    })
    return { program, decisions }
  },
  parent: (state) => `program:${state.program}`,
}

/** A check of how the program was run, and by whom. */
export type Checked = Omit<Decided, 'body'> & {
  readonly adult: string
  /** The session that was watched, where it was one. */
  readonly session: string | null
  readonly body: FidelityBody
}
export type Checks = { readonly program: string; readonly checks: readonly Checked[] }

/** In the order they were made. Only who may read them has any. */
export const checksView: View<Checks> = {
  name: 'progress.checks',
  version: 1,
  kinds: ['progress.fidelity'],
  fold({ live }) {
    const program = live[0]?.refs['program']
    if (program === undefined) return null
    const checks = live.flatMap((record): Checked[] => {
      const body = FidelityBody.safeParse(record.body).data
      const adult = record.refs['adult']
      const session = record.refs['session'] ?? null
      return body && adult ? [{ ...signed(record), adult, session, body }] : []
    })
    return { program, checks }
  },
  parent: (state) => `program:${state.program}`,
}

function signed(record: StoredRecord): Omit<Decided, 'body'> {
  const { id, at, tz, author, onBehalfOf } = record
  return { id, by: onBehalfOf ?? author, day: dayOf(at, tz), at }
}
