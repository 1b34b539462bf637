/**
 * A backup of one district, and the server restored from it: every row of the district as it was, in place of what
 * came since. What the backup covers is published as `safe_pos`, as a real backup would.
 */
import { tablesOfDistrict, type District } from './district.ts'
import type { House } from './house.ts'

export interface Backup {
  readonly head: number
  readonly tables: ReadonlyMap<string, string>
}

/** Takes a backup; with `published`, devices hear that it covers what is in it. */
export async function backup(house: House, district: District, published: boolean): Promise<Backup> {
  const owner = await house.owner.connect()
  await owner.query('begin isolation level repeatable read')
  try {
    const tables = new Map<string, string>()
    for (const table of await tablesOfDistrict(house)) {
      const { rows } = await owner.query<{ rows: string }>(
        `select coalesce(json_agg(t), '[]')::text as rows from ${table} t where district_id = $1`,
        [district.id],
      )
      tables.set(table, rows[0]?.rows ?? '[]')
    }
    const counter = await owner.query<{ head: string }>('select head from counter where district_id = $1', [
      district.id,
    ])
    const head = Number(counter.rows[0]?.head ?? 0)
    await owner.query('commit')
    // only after the backup is whole
    if (published)
      await owner.query('update counter set safe_pos = $2 where district_id = $1', [district.id, head])
    return { head, tables }
  } catch (error) {
    await owner.query('rollback')
    throw error
  } finally {
    owner.release()
  }
}

/** Puts the district back as the backup has it; its clock and its people's sign-ins stay. Nobody may ask meanwhile. */
export async function restore(house: House, district: District, { tables }: Backup): Promise<void> {
  const owner = await house.owner.connect()
  await owner.query('begin')
  try {
    // the jobs of this server go on: one that seals the trail waits, as if it had been stopped
    await owner.query(`select pg_advisory_xact_lock(hashtextextended($1 || ':seal', 0))`, [district.id])
    for (const [table, rows] of tables) {
      if (table === 'district') continue
      await owner.query(`delete from ${table} where district_id = $1`, [district.id])
      if (rows !== '[]')
        await owner.query(
          `insert into handrail."${table}" overriding system value select * from json_populate_recordset(null::handrail."${table}", $1::json)`,
          [rows],
        )
    }
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback')
    throw error
  } finally {
    owner.release()
  }
}
