/**
 * Checks of the programs that the signed-in person owns, where no tier of theirs shows them (docs/adr/0014). The database
 * decides whose they are (own_checks, 0115_own_checks.sql); the first wall is here: nobody asks who decides about nobody.
 */
import { sql } from 'kysely'
import type { Json } from '../../../platform/core/canonical.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Reach, Tx } from '../../../platform/server/db.ts'

export async function checksOwned(tx: Tx, reach: Reach): Promise<{ program: Uuid; state: Json }[]> {
  const decides = new Set(
    reach.grants.filter(({ tier, approve }) => tier === 'T2' && approve).map(({ of_id }) => of_id),
  )
  if (decides.size === 0) return []
  const own = sql<{ program: Uuid; student: Uuid; state: string }>`own_checks(${new Date(tx.now)})`
  const rows = await tx.read.selectFrom(own.as<'own'>('own')).selectAll().execute()
  return rows
    .filter(({ student }) => decides.has(student))
    .map(({ program, state }) => ({ program, state: JSON.parse(state) as Json }))
}
