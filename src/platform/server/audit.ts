/**
 * The trail as a chain: each minute the entries no seal covers are sealed as one link,
 * hash = SHA-256 of canonical {n, prev, entries}. Whoever alters, removes or adds an entry later breaks the chain
 * from that link on, and `verify` says where.
 */
import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { canonical } from '../core/canonical.ts'
import type { Uuid } from '../core/ids.ts'
import { plainCanonical } from './canonical-plain.ts'
import type { Database, Db, Tx } from './db.ts'

const GENESIS = '0'.repeat(64)

/** Seals what is unsealed in a district. Returns the number of entries sealed. */
export async function sealAudit(database: Database, district: Uuid): Promise<number> {
  return database.asSystem(district, async (_tx, db) => {
    // one sealer at a time, without making writers wait
    await sql`select pg_advisory_xact_lock(hashtextextended(${district} || ':seal', 0))`.execute(db)
    const open = await db
      .selectFrom('audit_unsealed')
      .select('audit_id')
      .where('district_id', '=', district)
      .orderBy('audit_id')
      .limit(50_000)
      .execute()
    if (open.length === 0) return 0
    const ids = open.map((row) => row.audit_id)
    const last = await db
      .selectFrom('audit_seal')
      .select(['n', 'hash'])
      .where('district_id', '=', district)
      .orderBy('n', 'desc')
      .limit(1)
      .executeTakeFirst()
    const n = (last?.n ?? 0) + 1
    const prev = last?.hash ?? GENESIS
    await db
      .insertInto('audit_seal')
      .values({
        district_id: district,
        n,
        sealed: new Date(),
        prev_hash: prev,
        hash: await hashOf(db, district, n, prev, ids),
        ids,
      })
      .execute()
    await db
      .deleteFrom('audit_unsealed')
      .where('district_id', '=', district)
      .where('audit_id', '=', sql<string>`any(${ids}::uuid[])`)
      .execute()
    return ids.length
  })
}

export interface AuditVerdict {
  readonly ok: boolean
  readonly links: number
  readonly entries: number
  /** Entries too young to be sealed. */
  readonly unsealed: number
  /** The first link that does not hold, and why. */
  readonly broken: { readonly n: number; readonly why: 'hash' | 'chain' | 'unlinked_entries' } | null
}

/**
 * Recomputes the chain of a district, as it stands at one instant while others write and seal: all of it, or the
 * hashes of the `newest` links only. Entries are counted against all links in any case.
 */
export async function verifyAudit(
  database: Database,
  district: Uuid,
  options: { newest?: number } = {},
): Promise<AuditVerdict> {
  const verify = async (_tx: Tx, db: Db): Promise<AuditVerdict> => {
    const { links, last, entries, unsealed, all } = await db
      .selectNoFrom([
        sql<number>`(select count(*) from audit_seal where district_id = ${district})`.as('links'),
        sql<number>`(select coalesce(max(n), 0) from audit_seal where district_id = ${district})`.as('last'),
        sql<number>`(select coalesce(sum(cardinality(ids)), 0)::bigint from audit_seal where district_id = ${district})`.as(
          'entries',
        ),
        sql<number>`(select count(*) from audit_unsealed where district_id = ${district})`.as('unsealed'),
        sql<number>`(select count(*) from audit where district_id = ${district})`.as('all'),
      ])
      .executeTakeFirstOrThrow()
    const first = Math.max(1, last - (options.newest ?? last) + 1)
    // the link before the first one that is looked at says where that one begins
    const seals = await db
      .selectFrom('audit_seal')
      .selectAll()
      .where('district_id', '=', district)
      .where('n', '>=', first - 1)
      .orderBy('n')
      .execute()
    let prev = first === 1 ? GENESIS : seals.shift()?.hash
    let broken: AuditVerdict['broken'] = null
    for (const [index, seal] of seals.entries()) {
      if (seal.n !== first + index || seal.prev_hash !== prev) broken = { n: seal.n, why: 'chain' }
      else if (seal.hash !== (await hashOf(db, district, seal.n, prev, seal.ids)))
        broken = { n: seal.n, why: 'hash' }
      if (broken) break
      prev = seal.hash
    }
    if (!broken && links !== last) broken = { n: last, why: 'chain' }
    if (!broken && entries + unsealed !== all) broken = { n: last, why: 'unlinked_entries' }
    return { ok: broken === null, links, entries, unsealed, broken }
  }
  return database.asSystem(district, verify, { snapshot: true })
}

async function hashOf(
  db: Db,
  district: Uuid,
  n: number,
  prev: string,
  ids: readonly Uuid[],
): Promise<string> {
  const entries = await db
    .selectFrom('audit')
    .select(['audit_id', 'at', 'actor', 'action', 'detail'])
    .where('district_id', '=', district)
    .where('audit_id', '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy('audit_id')
    .execute()
  const lines = entries.map((entry) => [
    entry.audit_id,
    entry.at.toISOString(),
    entry.actor,
    entry.action,
    entry.detail,
  ])
  const link = { n, prev, entries: lines }
  return hash('sha256', plainCanonical(link) ?? canonical(link))
}
