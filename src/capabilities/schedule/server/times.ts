/**
 * Sessions of students whose times nobody has stood for yet (times_in_doubt, 0117_edges.sql): their device's clock was wrong
 * when it sent them. What is billed, or tells who had whom, asks here before it is final.
 */
import { sql } from 'kysely'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Reach, Tx } from '../../../platform/server/db.ts'
import type { TimesInDoubt } from '../model.ts'

/** Of students whose sessions the person reads; who sees the last days only is told of those. */
export async function doubtsOf(tx: Tx, reach: Reach): Promise<readonly TimesInDoubt[]> {
  const grants = reach.grants.filter((grant) => grant.scope === 'student' && grant.tier === 'T2')
  const since = Math.min(...grants.map((grant) => grant.since ?? 0))
  const doubts = await timesInDoubt(
    tx,
    grants.map((grant) => grant.of_id),
  )
  return doubts.flatMap(({ at, ...doubt }) => (at.getTime() >= since ? [doubt] : []))
}

/** The asker has read these students' sessions under the policies before: only where their clock was is the house's. */
export async function timesInDoubt(
  tx: Tx,
  students: readonly Uuid[],
): Promise<readonly (TimesInDoubt & { readonly at: Date })[]> {
  if (students.length === 0) return []
  const { rows } = await tx.asSystem((db) =>
    sql<{ program: Uuid; session: Uuid; author: Uuid; at: Date; off: string | number }>`
      select program, session, author, at, off_ms as off
      from times_in_doubt(${tx.district}, ${students}::uuid[])`.execute(db),
  )
  return rows.map(({ off, ...row }) => ({ ...row, offMs: Number(off) }))
}
