/**
 * Devices: whose each is, the keys it signs with, the secret that wraps what it holds, and signing it out from
 * elsewhere. A device is one person's on one browser; a shared tablet is as many devices as it has people. The routes
 * are device-routes.ts; what has arrived of a device's records is arrivals.ts.
 */
import { createHmac, createPublicKey, type KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import { isUnstorable } from '../core/canonical.ts'
import type { Uuid } from '../core/ids.ts'
import { base64urlOf, bytesFrom } from '../records/sealed.ts'
import type { DeviceList, DeviceOpened, DeviceOpening } from '../records/wire.ts'
import { defineWrite, type Db, type Reach, type Tx } from './db.ts'
import { forgetPinsOf } from './pins.ts'
import { Problem } from './problems.ts'

const DAY_MS = 86_400_000

interface Opening {
  readonly opening: DeviceOpening
  /** Devices that the browser's cookie names: a hint, believed only where the key table says the same. */
  readonly named: readonly Uuid[]
  /** Row of identity.session. */
  readonly session: Uuid | undefined
}

interface Opened {
  readonly lost: DeviceOpened['lost']
  /** What the cookie names from now on: this device, and those of other people on this browser. */
  readonly named: readonly Uuid[]
  /** False when this opening was here before. */
  readonly fresh: boolean
}

/**
 * Registers the signing key of the signed-in person's device. Throws `device.not_yours` for a device or key of
 * somebody else, `device.revoked` for a key that was signed out, `request.invalid` for what is no key.
 */
export const openDevice = defineWrite<Opening, Opened>({
  audit: ({ opening: { device, key } }, { fresh }) =>
    fresh ? { action: 'device.open', detail: { device, key } } : null,
  async run(_db, { opening, named, session }, tx) {
    const { device, key, label } = opening
    if (isUnstorable(label)) throw new Problem('request.invalid', { field: 'label' })
    const publicKey = Buffer.from(bytesFrom(opening.publicKey))
    if (!isPoint(publicKey)) throw new Problem('request.invalid', { field: 'publicKey' })
    return tx.asSystem(async (db) => {
      if ((await foreignDevices(db, tx, [device])).has(device)) throw new Problem('device.not_yours')
      const at = new Date(tx.now)
      const added = await db
        .insertInto('device_key')
        .values({
          district_id: tx.district,
          key_id: key,
          device,
          person_id: tx.person ?? '',
          public_key: publicKey,
          label,
          opened: at,
          seen: at,
          revoked: null,
          session_id: session ?? null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      const fresh = Number(added.numInsertedOrUpdatedRows) === 1
      if (!fresh) await sameOpening(db, tx, opening, publicKey)
      const keys = await keysOf(db, tx, named)
      const mine = keys.filter((one) => one.person_id === tx.person && one.device !== device)
      return {
        fresh,
        lost: await lostOn(db, tx, mine),
        named: [...keys.filter((one) => one.person_id !== tx.person).map((one) => one.device), device],
      }
    })
  },
})

/** An answer that was lost is asked for again; anything else under a known key is somebody else's. */
async function sameOpening(db: Db, tx: Tx, { device, key }: DeviceOpening, publicKey: Buffer): Promise<void> {
  const known = await db
    .selectFrom('device_key')
    .select(['device', 'person_id', 'public_key', 'revoked'])
    .where('district_id', '=', tx.district)
    .where('key_id', '=', key)
    .executeTakeFirstOrThrow()
  if (known.device !== device || known.person_id !== tx.person || !known.public_key.equals(publicKey))
    throw new Problem('device.not_yours')
  if (known.revoked) throw new Problem('device.revoked')
}

/** The newest key of each device of a list. */
function keysOf(db: Db, tx: Tx, devices: readonly Uuid[]) {
  return db
    .selectFrom('device_key')
    .select(['device', 'person_id', 'label', 'seen'])
    .distinctOn('device')
    .where('district_id', '=', tx.district)
    .where('device', '=', sql<string>`any(${devices}::uuid[])`)
    .orderBy('device')
    .orderBy('opened', 'desc')
    .execute()
}

/** What this browser held before and lost with its storage (F8). */
async function lostOn(
  db: Db,
  tx: Tx,
  before: readonly { device: Uuid; label: string; seen: Date }[],
): Promise<DeviceOpened['lost']> {
  for (const { device, label, seen } of before) {
    const known = await db
      .selectFrom('device_seq')
      .select([missingOf('device_seq'), 'seen'])
      .where('district_id', '=', tx.district)
      .where('device', '=', device)
      .where('person_id', '=', tx.person)
      .executeTakeFirst()
    if (known && known.missing > 0)
      return { device, label, records: known.missing, seen: Math.max(known.seen.getTime(), seen.getTime()) }
  }
  return null
}

/** What wraps a person's data on a device: derived, so that nothing is stored, and the same at each opening. */
export function wrapOf(secret: string, of: { district: Uuid; person: Uuid; device: Uuid }): string {
  return createHmac('sha256', secret)
    .update(`handrail wrap 1\n${of.district}\n${of.person}\n${of.device}`)
    .digest('base64url')
}

/**
 * Those of the devices that are somebody else's: another person has a key on it or has sent from it, and this one
 * neither. `db` runs as handrail_system.
 */
async function foreignDevices(
  db: Db,
  { district, person }: { district: Uuid; person: Uuid | null },
  devices: readonly Uuid[],
): Promise<ReadonlySet<Uuid>> {
  const found = await sql<{ device: Uuid }>`
    select device from (
      select device, person_id from device_key where district_id = ${district} and device = any(${devices}::uuid[])
      union all
      select device, person_id from device_seq where district_id = ${district} and device = any(${devices}::uuid[])
    ) as known
    group by device having not bool_or(person_id = ${person})
  `.execute(db)
  return new Set(found.rows.map((row) => row.device))
}

/** A person's devices, last heard of first. */
export async function listDevices(tx: Tx, person: Uuid): Promise<DeviceList> {
  const rows = await tx.read
    .selectFrom('device_key as k')
    .leftJoin('device_seq as s', (join) =>
      join
        .onRef('s.district_id', '=', 'k.district_id')
        .onRef('s.device', '=', 'k.device')
        .onRef('s.person_id', '=', 'k.person_id'),
    )
    .select(['k.device', missingOf('s')])
    .select([
      sql<string>`(array_agg(k.label order by k.opened desc))[1]`.as('label'),
      sql<Date>`max(k.opened)`.as('opened'),
      sql<Date>`greatest(max(k.seen), s.seen)`.as('seen'),
      sql<Date | null>`case when bool_and(k.revoked is not null) then max(k.revoked) end`.as('revoked'),
    ])
    .where('k.district_id', '=', tx.district)
    .where('k.person_id', '=', person)
    .groupBy(['k.device', 's.arrived', 's.high', 's.announced', 's.seen'])
    .orderBy('seen', 'desc')
    .limit(200)
    .execute()
  return {
    devices: rows.map((row) => ({
      device: row.device,
      label: row.label,
      opened: row.opened.getTime(),
      seen: row.seen.getTime(),
      missing: row.missing,
      revoked: row.revoked?.getTime() ?? null,
    })),
  }
}

/**
 * Signs a person's device out from elsewhere: its keys open nothing and sign nothing any more, and the sessions they
 * were opened in end, and so do all their PINs. Throws `access.denied` when the person has no such device.
 */
export const signOutDevice = defineWrite<{ person: Uuid; device: Uuid }, number>({
  audit: ({ person, device }, keys) =>
    keys === 0 ? null : { action: 'device.sign_out', detail: { person, device, keys } },
  run: (_db, { person, device }, tx) =>
    tx.asSystem(async (db) => {
      const keys = await db
        .selectFrom('device_key')
        .select(['key_id', 'session_id', 'revoked'])
        .where('district_id', '=', tx.district)
        .where('device', '=', device)
        .where('person_id', '=', person)
        .forUpdate()
        .execute()
      if (keys.length === 0) throw new Problem('access.denied')
      const open = keys.filter((one) => one.revoked === null)
      await db
        .updateTable('device_key')
        .set({ revoked: new Date(tx.now) })
        .where('district_id', '=', tx.district)
        .where('key_id', '=', sql<string>`any(${open.map((one) => one.key_id)}::uuid[])`)
        .execute()
      const sessions = open.flatMap((one) => one.session_id ?? [])
      await sql`delete from identity.session where id = any(${sessions}::uuid[])`.execute(db)
      // which browser it is, a PIN does not say: all of the person's go
      await forgetPinsOf(db, tx, person, 'all')
      return open.length
    }),
})

/** Records that a device says it made and that have not come for more than a day. */
export interface Gap {
  readonly person: Uuid
  readonly device: Uuid
  /** Kind of machine and browser; null for a device that registered no key. */
  readonly label: string | null
  /** How many records. */
  readonly records: number
  /** Since when, ms. */
  readonly since: number
  /** When the device was last heard of, ms. */
  readonly seen: number
}

/**
 * Gaps of more than a day on devices of the people who work with the students one decides for, or with those of the
 * schools one leads (F8); empty for whoever does neither. A relationship that ended counts for what was missing by then.
 */
export async function gaps(tx: Tx, reach: Reach): Promise<Gap[]> {
  const students = reach.grants
    .filter((grant) => grant.tier === 'T2' && grant.approve)
    .map((grant) => grant.of_id)
  if (students.length === 0 && reach.wings.length === 0) return []
  const led = sql`
    select t.student_id from student t
    join wing w on w.district_id = t.district_id and w.school_id = t.school_id and w.tier = 'T2'
    where t.district_id = ${tx.district} and w.wing = any(${reach.wings}::integer[])
      and t.student_id <> all(${reach.denied}::uuid[])`
  return tx.asSystem(async (db) => {
    const rows = await db
      .selectFrom('device_seq as s')
      .select(['s.person_id', 's.device', 's.gap_since', 's.seen', missingOf('s')])
      .select(
        sql<string | null>`(
          select k.label from device_key k
          where k.district_id = s.district_id and k.device = s.device and k.person_id = s.person_id
          order by k.opened desc limit 1
        )`.as('label'),
      )
      .where('s.district_id', '=', tx.district)
      .where('s.gap_since', '<', new Date(tx.now - DAY_MS))
      .where('s.person_id', '<>', tx.person)
      .where(
        sql<boolean>`exists (
          select from relationship r
          where r.district_id = s.district_id and r.person_id = s.person_id
            and (r.student_id = any(${students}::uuid[]) or r.student_id in (${led}))
            and r.from_at <= s.seen and (r.to_at is null or r.to_at > s.gap_since - interval '1 day')
        )`,
      )
      .orderBy('s.gap_since')
      .limit(100)
      .execute()
    return rows.map((row) => ({
      person: row.person_id,
      device: row.device,
      label: row.label,
      records: row.missing,
      since: row.gap_since?.getTime() ?? tx.now,
      seen: row.seen.getTime(),
    }))
  })
}

/** A P-256 public key from its uncompressed point. Throws for a point that is not on the curve. */
export function signingKey(point: Buffer): KeyObject {
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map(base64urlOf)
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' } })
}

function isPoint(point: Buffer): boolean {
  try {
    return point.length === 65 && point[0] === 4 && signingKey(point).type === 'public'
  } catch {
    return false
  }
}

function missingOf(table: 's' | 'device_seq') {
  const of = (column: string) => sql.ref(`${table}.${column}`)
  return sql<number>`count_missing(coalesce(${of('arrived')}, '{}'), greatest(${of('high')}, ${of('announced')}))`.as(
    'missing',
  )
}
