/**
 * Interning: (scope, tier) → aud and (school, tier) → wing, as small numbers that every row carries. Idempotent, and
 * done in short transactions of their own so that naming an audience never waits for a writer.
 */
import { sql } from 'kysely'
import type { Uuid } from '../core/ids.ts'
import type { ScopeKind, Tier } from '../records/registry.ts'
import type { Database, Db } from './db.ts'

export interface Scope {
  readonly scope: ScopeKind
  readonly of: Uuid
  readonly tier: Tier
}

export const STUDENT_TIERS: readonly Tier[] = ['T0', 'T1', 'T2', 'T3', 'T4', 'T5']

/** Makes sure that each scope has its number. */
export async function internAuds(
  database: Database,
  district: Uuid,
  scopes: readonly Scope[],
): Promise<void> {
  for (let i = 0; i < scopes.length; i += 5000)
    await database.asSystem(district, (_tx, db) => internAudsIn(db, district, scopes.slice(i, i + 5000)))
}

export async function internAudsIn(db: Db, district: Uuid, scopes: readonly Scope[]): Promise<void> {
  await lockCounter(db, district)
  await sql`
    with wanted as (
      select distinct scope, of_id, tier
      from json_to_recordset(${JSON.stringify(scopes.map(({ scope, of, tier }) => ({ scope, of_id: of, tier })))}::json)
        as w (scope text, of_id uuid, tier text)
    ), missing as (
      select w.*, row_number() over (order by w.scope, w.of_id, w.tier) as n from wanted w
      where not exists (
        select from aud a
        where a.district_id = ${district} and a.scope = w.scope and a.of_id = w.of_id and a.tier = w.tier)
    ), taken as (
      update intern_counter set next_aud = next_aud + (select count(*) from missing)
      where district_id = ${district}
      returning next_aud - (select count(*) from missing) as first
    )
    insert into aud (district_id, aud, scope, of_id, tier)
    select ${district}, taken.first + missing.n - 1, missing.scope, missing.of_id, missing.tier from missing, taken
  `.execute(db)
}

/** Makes sure that each school has a wing per tier. */
export async function internWingsIn(db: Db, district: Uuid, schools: readonly Uuid[]): Promise<void> {
  await lockCounter(db, district)
  await sql`
    with missing as (
      select s.school_id, t.tier, row_number() over (order by s.school_id, t.tier) as n
      from unnest(${schools}::uuid[]) as s (school_id), unnest(${STUDENT_TIERS}::text[]) as t (tier)
      where not exists (
        select from wing w where w.district_id = ${district} and w.school_id = s.school_id and w.tier = t.tier)
    ), taken as (
      update intern_counter set next_wing = next_wing + (select count(*) from missing)
      where district_id = ${district}
      returning next_wing - (select count(*) from missing) as first
    )
    insert into wing (district_id, wing, school_id, tier)
    select ${district}, taken.first + missing.n - 1, missing.school_id, missing.tier from missing, taken
  `.execute(db)
}

async function lockCounter(db: Db, district: Uuid): Promise<void> {
  await db
    .insertInto('intern_counter')
    .values({ district_id: district })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await sql`select from intern_counter where district_id = ${district} for update`.execute(db)
}
