/**
 * Who was in an export before and is in it no more: they have left. Ended with a date and never deleted, and only rows
 * that came from this source: what a coordinator, a nurse or another system said goes on. Called by queries.ts.
 */
import { sql } from 'kysely'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Db } from '../../../platform/server/db.ts'
import type { RosterBatch } from '../model.ts'

export type Kind = keyof RosterBatch

/** What is known of a row of a source: which row carries it now, and whether it has ended because it was missing. */
export interface Seen {
  readonly row: Uuid
  readonly ended: boolean
  /** When that row begins, ISO UTC. */
  readonly from: string | null
}

/** Roles and relationships of a source that carry another id than their key, or have ended; by `kind key`. */
export async function seenBefore(db: Db, district: Uuid, source: string): Promise<Map<string, Seen>> {
  const found = await sql<{ kind: string; key_id: Uuid; row_id: Uuid; ended: boolean; from_at: Date | null }>`
    select i.kind, i.key_id, i.row_id, i.ended_run is not null as ended, coalesce(r.from_at, s.from_at) as from_at
    from import_row i
    left join relationship r
      on i.kind = 'relationships' and r.district_id = i.district_id and r.relationship_id = i.row_id
    left join staff_role s on i.kind = 'roles' and s.district_id = i.district_id and s.role_id = i.row_id
    where i.district_id = ${district} and i.source = ${source} and i.kind in ('roles', 'relationships')
      and (i.ended_run is not null or i.row_id <> i.key_id)
  `.execute(db)
  return new Map(
    found.rows.map((row) => [
      `${row.kind} ${row.key_id}`,
      { row: row.row_id, ended: row.ended, from: row.from_at?.toISOString() ?? null },
    ]),
  )
}

const CHUNK = 20_000

/** Remembers what this run brought and ends what it did not. Answers the ids of the rows that were in force until now. */
export async function endLeavers(
  db: Db,
  district: Uuid,
  run: {
    readonly source: string
    readonly run: Uuid
    readonly now: Date
    readonly full: boolean
    readonly keys: Readonly<Record<Kind, readonly { readonly id: Uuid }[]>>
    idOf(kind: Kind, key: Uuid): Uuid
    /** Told how many rows were remembered. */
    wrote(n: number): void
  },
): Promise<Partial<Record<Kind, Uuid[]>>> {
  for (const [kind, items] of Object.entries(run.keys) as [Kind, readonly { readonly id: Uuid }[]][])
    for (let i = 0; i < items.length; i += CHUNK) {
      const rows = items.slice(i, i + CHUNK).map(({ id }) => ({ key: id, row: run.idOf(kind, id) }))
      await sql`
        insert into import_row (district_id, source, kind, key_id, row_id, first_run, last_run)
        select ${district}, ${run.source}, ${kind}, r.key, r.row, ${run.run}, ${run.run}
        from json_to_recordset(${JSON.stringify(rows)}::json) as r (key uuid, row uuid)
        on conflict (district_id, source, kind, key_id)
        do update set row_id = excluded.row_id, last_run = excluded.last_run, ended_run = null
      `.execute(db)
      run.wrote(rows.length)
    }
  if (!run.full) return {}
  const gone = await sql<{ kind: Kind; row_id: Uuid }>`
    update import_row set ended_run = ${run.run}
    where district_id = ${district} and source = ${run.source} and last_run <> ${run.run} and ended_run is null
    returning kind, row_id
  `.execute(db)
  const left = Map.groupBy(gone.rows, (row) => row.kind)
  const ids = (kind: Kind): Uuid[] => (left.get(kind) ?? []).map((row) => row.row_id)
  return {
    students: await ended(
      db,
      sql<{ id: Uuid }>`
        update student set ended = ${run.now}
        where district_id = ${district} and student_id = any(${ids('students')}::uuid[]) and ended is null
        returning student_id as id`,
    ),
    roles: await ended(
      db,
      sql<{ id: Uuid }>`
        update staff_role set to_at = greatest(from_at, ${run.now})
        where district_id = ${district} and role_id = any(${ids('roles')}::uuid[])
          and (to_at is null or to_at > ${run.now})
        returning role_id as id`,
    ),
    relationships: await ended(
      db,
      sql<{ id: Uuid }>`
        update relationship set to_at = greatest(from_at, ${run.now}), ended_why = 'left the roster'
        where district_id = ${district} and relationship_id = any(${ids('relationships')}::uuid[])
          and (to_at is null or to_at > ${run.now})
        returning relationship_id as id`,
    ),
    enrollments: await ended(
      db,
      sql<{ id: Uuid }>`
        update enrollment e set to_day = greatest(e.from_day, (${run.now}::timestamptz at time zone d.tz)::date)
        from district d
        where d.district_id = ${district} and e.district_id = ${district}
          and e.enrollment_id = any(${ids('enrollments')}::uuid[])
          and (e.to_day is null or e.to_day > (${run.now}::timestamptz at time zone d.tz)::date)
        returning e.enrollment_id as id`,
    ),
  }
}

async function ended(db: Db, update: ReturnType<typeof sql<{ id: Uuid }>>): Promise<Uuid[]> {
  return (await update.execute(db)).rows.map((row) => row.id)
}
