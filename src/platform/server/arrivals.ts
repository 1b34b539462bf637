/**
 * Arrivals (F8): which of the records that a device made have come to the server, accepted or refused. A device counts
 * without gaps and says how far it has counted, so what is missing is known by number although nobody has seen it.
 * Ingest tells of what came, the feed asks for what did not; devices.ts shows it.
 */
import { sql, type RawBuilder } from 'kysely'
import type { Uuid } from '../core/ids.ts'
import type { SeqRange } from '../records/wire.ts'
import type { Db, Tx } from './db.ts'

/** Told to a device at once; more only where a device counts wrongly. */
const MAX_RANGES = 100
/** Bytes that the seqs of a device may take: some thousand holes, which only a device that counts wrongly has. */
const MAX_ARRIVED = 16_000
const SEEN_EVERY_MS = 3_600_000

export interface Arrival {
  readonly device: Uuid
  readonly seq: number
}

/** The statement that notes what came from a person's devices; undefined when nothing did. */
export function noteArrivals(
  district: Uuid,
  person: Uuid,
  arrivals: readonly Arrival[],
  now: number,
): RawBuilder<unknown> | undefined {
  if (arrivals.length === 0) return undefined
  const rows = [...byDevice(arrivals)].map(([device, seqs]) => ({
    device,
    high: Math.max(...seqs),
    arrived: multirange(seqs),
  }))
  return sql`
    insert into device_seq as known (district_id, device, person_id, high, seen, arrived, gap_since)
    select ${district}, device, ${person}, high, ${new Date(now)}, arrived,
      case when first_missing(arrived, high) is not null then ${new Date(now)}::timestamptz end
    from json_to_recordset(${JSON.stringify(rows)}::json) as came (device uuid, high integer, arrived int8multirange)
    order by device
    on conflict (district_id, device, person_id) do update set
      high = greatest(known.high, excluded.high),
      seen = excluded.seen,
      arrived = case when pg_column_size(known.arrived) > ${MAX_ARRIVED}::integer then known.arrived
        else known.arrived + excluded.arrived end,
      gap_since = case
        when first_missing(known.arrived + excluded.arrived, greatest(known.high, excluded.high, known.announced)) is null
          then null
        when first_missing(known.arrived + excluded.arrived, greatest(known.high, excluded.high, known.announced))
          = first_missing(known.arrived, greatest(known.high, known.announced)) then known.gap_since
        else excluded.seen end
  `
}

/**
 * What a device that names its key has made and the server never saw, at most 100 ranges; undefined when the key is
 * none of this person's. `made` = the highest seq it has given out. Writes only where that is news, and once an hour
 * that it was heard of.
 */
export async function hearDevice(tx: Tx, key: Uuid, made: number): Promise<SeqRange[] | undefined> {
  const known = await tx.read
    .selectFrom('device_key as k')
    .leftJoin('device_seq as s', (join) =>
      join
        .onRef('s.district_id', '=', 'k.district_id')
        .onRef('s.device', '=', 'k.device')
        .onRef('s.person_id', '=', 'k.person_id'),
    )
    .select([
      'k.device',
      sql<number>`coalesce(s.announced, 0)`.as('announced'),
      sql<boolean>`k.seen < ${new Date(tx.now - SEEN_EVERY_MS)}`.as('quiet'),
      sql<SeqRange[]>`array_to_json(array(
        select json_build_array(lower(r), upper(r) - 1)
        from unnest(seqs_missing(coalesce(s.arrived, '{}'), greatest(s.high, s.announced, ${made}::integer))) as r
        limit ${MAX_RANGES}::integer
      ))`.as('missing'),
    ])
    .where('k.district_id', '=', tx.district)
    .where('k.key_id', '=', key)
    .where('k.person_id', '=', tx.person)
    .executeTakeFirst()
  if (!known) return undefined
  if (made > known.announced || known.quiet)
    await tx.asSystem(async (db) => {
      if (made > known.announced) await noteAnnounced(db, tx, known.device, made)
      if (known.quiet)
        await db
          .updateTable('device_key')
          .set({ seen: new Date(tx.now) })
          .where('district_id', '=', tx.district)
          .where('key_id', '=', key)
          .execute()
    })
  return known.missing
}

async function noteAnnounced(db: Db, tx: Tx, device: Uuid, made: number): Promise<void> {
  await sql`
    insert into device_seq as known (district_id, device, person_id, high, seen, announced, gap_since)
    values (${tx.district}, ${device}, ${tx.person}, 0, ${new Date(tx.now)}, ${made}::integer, ${new Date(tx.now)})
    on conflict (district_id, device, person_id) do update set
      announced = greatest(known.announced, excluded.announced),
      gap_since = case
        when first_missing(known.arrived, greatest(known.high, excluded.announced)) is null then null
        when first_missing(known.arrived, greatest(known.high, excluded.announced))
          = first_missing(known.arrived, greatest(known.high, known.announced)) then known.gap_since
        else excluded.gap_since end
  `.execute(db)
}

function byDevice(arrivals: readonly Arrival[]): Map<Uuid, number[]> {
  const seqs = new Map<Uuid, number[]>()
  for (const { device, seq } of arrivals) {
    const known = seqs.get(device)
    if (known) known.push(seq)
    else seqs.set(device, [seq])
  }
  return seqs
}

/** As PostgreSQL reads a multirange: neighbours as one range. */
function multirange(seqs: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const seq of seqs.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last && seq <= last[1] + 1) last[1] = seq
    else ranges.push([seq, seq])
  }
  return `{${ranges.map(([from, to]) => `[${from},${to}]`).join(',')}}`
}
