/**
 * The published versions of a program as a tree: each names the version it started from. Two that start from one are
 * a conflict, shown with its authors until one of them is gone on from (semantics 2.6). Pure.
 */
import type { Day } from '../../platform/core/days.ts'
import { dayOf } from '../../platform/core/days.ts'
import type { Uuid } from '../../platform/core/ids.ts'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { settle } from '../../platform/records/settle.ts'
import { ProgramBody } from '../sessions/records.ts'

export interface Version {
  readonly id: Uuid
  /** Id of the version it started from; null for the first. */
  readonly base: Uuid | null
  readonly author: Uuid
  readonly day: Day
  /** Server wall clock, ms; null while it is only on this device. */
  readonly received: number | null
  readonly body: ProgramBody
}

export interface History {
  /** By number, of two with one number the later-made last: the last one stands. */
  readonly versions: readonly Version[]
  /** Null while nothing is published. */
  readonly standing: Version | null
  /** Versions that nobody went on from and that the standing one does not know. */
  readonly rivals: readonly Version[]
}

export function historyOf(records: readonly StoredRecord[]): History {
  const versions = settle(records)
    .live.flatMap((record): Version[] => {
      const body = record.kind === 'sessions.program' ? ProgramBody.safeParse(record.body).data : undefined
      if (!body) return []
      return [
        {
          id: record.id,
          base: record.refs['base'] ?? null,
          author: record.author,
          day: dayOf(record.at, record.tz),
          received: record.received,
          body,
        },
      ]
    })
    .sort((a, b) => a.body.number - b.body.number)
  const standing = versions.at(-1) ?? null
  const bases = new Set(versions.map(({ base }) => base))
  const rivals = versions.filter((one) => one !== standing && !bases.has(one.id) && !isAnswered(one))
  return { versions, standing, rivals }

  /** A later number of the standing line that was published once the team had this one: its author chose. */
  function isAnswered(one: Version): boolean {
    if (!standing || standing.body.number <= one.body.number || one.received === null) return false
    return standing.received === null || standing.received > one.received
  }
}
