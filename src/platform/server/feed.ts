/**
 * The feed: what a device does not have yet, in commit order, scoped to what its person may read now (semantics 4).
 * Every pull is one repeatable-read snapshot and one audit entry.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { addDays, dayOf } from '../core/days.ts'
import { uuidv7, type Uuid } from '../core/ids.ts'
import type { Envelope } from '../records/envelope.ts'
import { uuid } from '../records/envelope.ts'
import type { BackfillResponse, Delivered, FeedResponse, Grant, Summary } from '../records/wire.ts'
import { hearDevice } from './arrivals.ts'
import type { Actor, Database, Reach, Tx } from './db.ts'
import { Problem } from './problems.ts'

const PAGE = 500

/**
 * Opaque to devices: the epoch, a position, the id that stood there (null at the very beginning), and when it was
 * received, ms. After a restore the same record may come to stand at the same position again, offered by a device that
 * never heard of its acknowledgement, while others before it are gone; it was not received at the same instant again.
 */
const Cursor = z.strictObject({
  e: uuid,
  p: z.int().min(0),
  i: uuid.nullable(),
  r: z.int().nullable().optional(),
})
type Cursor = z.infer<typeof Cursor>

export interface FeedServices {
  readonly database: Database
  readonly tz: (district: Uuid) => string
  /** First day of the last 10 school days, as of a day. */
  readonly recentFrom: (today: string) => string
  /** Signs cursors. */
  readonly secret: string
}

/** The tail after `since`, of the auds in `held` (absent = all that is granted). Throws `feed.epoch`, `feed.cursor`. */
export async function pull(
  services: FeedServices,
  actor: Actor,
  query: { since?: string | undefined; held?: readonly number[] | undefined },
  /** The device that asks, by its key, and the highest seq it has given out. */
  device?: { key: Uuid; made: number },
): Promise<FeedResponse> {
  const answer = await services.database.asPerson(
    actor,
    async (tx, reach): Promise<FeedResponse | 'restored'> => {
      const counter = await counterOf(tx)
      const from: Cursor = query.since
        ? readCursor(query.since, services.secret)
        : { e: counter.epoch, p: 0, i: null }
      const stands = await standing(tx, [from.i, counter.head_id])
      if (!cursorHolds(from, counter, stands))
        return from.e === counter.epoch ? 'restored' : epochProblem(counter.epoch)
      const readable = new Map(reach.grants.map((grant) => [grant.aud, grant]))
      const auds = query.held ? query.held.filter((aud) => readable.has(aud)) : [...readable.keys()]
      const rows = await tx.read
        .selectFrom('record')
        .select(['id', 'pos', 'aud', 'digest', 'author', 'received', 'envelope', 'standing', 'at'])
        .where('district_id', '=', actor.district)
        .where('aud', '=', sql<number>`any(${auds}::integer[])`)
        .where('pos', '>', from.p)
        .where('pos', '<=', counter.head)
        .orderBy('pos')
        .limit(PAGE + 1)
        .execute()
      const more = rows.length > PAGE
      const page = rows.slice(0, PAGE)
      const last = page.at(-1)
      const next: Cursor =
        more && last
          ? { e: counter.epoch, p: last.pos, i: last.id, r: last.received.getTime() }
          : {
              e: counter.epoch,
              p: counter.head,
              i: counter.head_id,
              r: stands.get(counter.head_id)?.received.getTime() ?? null,
            }
      const records = page.filter((row) => visible(row, readable.get(row.aud)?.since ?? null)).map(delivered)
      if (records.length > 0)
        await tx.audit({
          action: 'feed.deliver',
          detail: {
            records: records.length,
            auds: [...new Set(records.map((one) => one.aud))],
            from: from.p,
            to: next.p,
          },
        })
      const missing = device && (await hearDevice(tx, device.key, device.made))
      return {
        epoch: counter.epoch,
        head: counter.head,
        now: tx.now,
        grants: grantsOf(reach),
        records,
        next: writeCursor(next, services.secret),
        more,
        safe_pos: counter.safe_pos,
        ...(missing === undefined ? {} : { missing }),
      }
    },
    { snapshot: true },
  )
  // The id at the cursor's position is not the one the device saw: this database was restored from a backup (G6).
  if (answer === 'restored') return epochProblem(await mintEpoch(services.database, actor.district))
  return answer
}

/** One newly granted aud, up to where the device's cursor stands; see BackfillResponse. */
export async function backfill(
  services: FeedServices,
  actor: Actor,
  query: { aud: number; upto: number; epoch: string; after?: string | undefined },
): Promise<BackfillResponse> {
  return services.database.asPerson(
    actor,
    async (tx, reach) => {
      const counter = await counterOf(tx)
      if (query.epoch !== counter.epoch) return epochProblem(counter.epoch)
      const grant = reach.grants.find((one) => one.aud === query.aud)
      if (!grant) throw new Problem('access.denied')
      const recentFrom = services.recentFrom(dayOf(tx.now, services.tz(actor.district)))
      const [stage, after] = (query.after ?? 'records:0').split(/:(.*)/s)
      const page = stage === 'summaries' ? await summaries(after ?? '') : await records(Number(after))
      if (page.records.length + page.summaries.length > 0)
        await tx.audit({
          action: 'feed.backfill',
          detail: { aud: query.aud, records: page.records.length, summaries: page.summaries.length },
        })
      return { epoch: counter.epoch, ...page }

      async function records(pos: number) {
        const rows = await tx.read
          .selectFrom('record')
          .select(['id', 'pos', 'aud', 'digest', 'author', 'received', 'envelope', 'standing', 'at'])
          .where('district_id', '=', actor.district)
          .where('aud', '=', query.aud)
          .where('pos', '>', pos)
          .where('pos', '<=', query.upto)
          .where((eb) =>
            eb.or([
              eb('standing', '=', true),
              eb('part', 'in', recentParts(tx, actor.district, query, recentFrom)),
            ]),
          )
          .orderBy('pos')
          .limit(PAGE)
          .execute()
        const last = rows.at(-1)
        const whole = rows.filter((row) => visible(row, grant?.since ?? null)).map(delivered)
        if (rows.length === PAGE && last)
          return { records: whole, summaries: [] as Summary[], next: `records:${last.pos}` as string | null }
        // most audiences are small or empty: what follows fits into the same answer
        return { ...(await summaries('')), records: whole }
      }

      async function summaries(part: string) {
        // limited history is whole records of recent days: there is nothing older to sum up
        if (grant?.since !== null) return { records: [], summaries: [] as Summary[], next: null }
        const rows = await tx.read
          .selectFrom('projection')
          .select(['view', 'version', 'part', 'parent', 'aud', 'state'])
          .where('district_id', '=', actor.district)
          .where('aud', '=', query.aud)
          .where('standing', '=', false)
          .where(sql<string>`part || '|' || view`, '>', part)
          .where('part', 'not in', recentParts(tx, actor.district, query, recentFrom))
          .orderBy(sql`part || '|' || view`)
          .limit(PAGE)
          .execute()
        const last = rows.at(-1)
        return {
          records: [],
          summaries: rows.map((row): Summary => ({
            view: row.view,
            version: row.version,
            partition: row.part,
            parent: row.parent,
            aud: row.aud,
            state: JSON.parse(row.state),
          })),
          next: rows.length === PAGE && last ? `summaries:${last.part}|${last.view}` : null,
        }
      }
    },
    { snapshot: true },
  )
}

/** Gives the district a new epoch: from now on every older cursor is answered with `feed.epoch`. */
export async function mintEpoch(database: Database, district: Uuid): Promise<Uuid> {
  const epoch = uuidv7(Date.now())
  await database.asSystem(district, async (tx, db) => {
    await db.updateTable('counter').set({ epoch }).where('district_id', '=', district).execute()
    await tx.audit({ action: 'feed.new_epoch', detail: { epoch } })
  })
  return epoch
}

/** The day from which partitions are delivered whole: two calendar weeks back hold the last 10 school days. */
export function recentDays(today: string): string {
  return addDays(today, -14)
}

interface Row {
  id: string
  pos: number
  aud: number
  digest: Buffer
  author: string
  received: Date
  envelope: string
  standing: boolean
  at: Date
}

function delivered(row: Row): Delivered {
  return {
    envelope: JSON.parse(row.envelope) as Envelope & Delivered['envelope'],
    digest: row.digest.toString('hex'),
    author: row.author,
    received: row.received.getTime(),
    aud: row.aud,
    pos: row.pos,
  }
}

// the first wall's own look at what the second let through
function visible(row: Row, since: number | null): boolean {
  return since === null || row.standing || row.at.getTime() >= since
}

/** Safety first: a device fetches what is new in the order in which it is named here. */
const URGENCY = ['T1', 'T2', 'T3', 'T0', 'T4', 'T5', 'S']

function grantsOf(reach: Reach): Grant[] {
  const denied = new Set(reach.denied)
  return reach.grants
    .filter((grant) => grant.scope !== 'student' || !denied.has(grant.of_id))
    .toSorted((a, b) => URGENCY.indexOf(a.tier) - URGENCY.indexOf(b.tier) || a.aud - b.aud)
    .map((grant) => ({
      aud: grant.aud,
      scope: grant.scope as Grant['scope'],
      of: grant.of_id,
      tier: grant.tier as Grant['tier'],
      since: grant.since,
      until: grant.until,
    }))
}

// As of the position the device stands at, so that a record that comes between two pages moves no partition from the
// summaries, not sent yet, to the records, sent already.
function recentParts(tx: Tx, district: Uuid, { aud, upto }: { aud: number; upto: number }, from: string) {
  return tx.read
    .selectFrom('record as recent')
    .select('recent.part')
    .distinct()
    .where('recent.district_id', '=', district)
    .where('recent.aud', '=', aud)
    .where('recent.pos', '<=', upto)
    .where('recent.day', '>=', from)
    .where('recent.standing', '=', false)
}

interface CounterRow {
  epoch: string
  head: number
  head_id: string | null
  safe_pos: number
}

async function counterOf(tx: Tx): Promise<CounterRow> {
  return tx.read
    .selectFrom('counter')
    .select(['epoch', 'head', 'head_id', 'safe_pos'])
    .where('district_id', '=', tx.district)
    .executeTakeFirstOrThrow()
}

type Stands = ReadonlyMap<Uuid | null, { readonly pos: number; readonly received: Date }>

/** Where these records stand, whoever may read them. */
async function standing(tx: Tx, ids: readonly (Uuid | null)[]): Promise<Stands> {
  const named = [...new Set(ids.filter((id) => id !== null))]
  if (named.length === 0) return new Map()
  const rows = await tx.asSystem((db) =>
    db
      .selectFrom('record')
      .select(['id', 'pos', 'received'])
      .where('district_id', '=', tx.district)
      .where('id', 'in', named)
      .execute(),
  )
  return new Map(rows.map((row) => [row.id, row]))
}

function cursorHolds(cursor: Cursor, counter: CounterRow, stands: Stands): boolean {
  if (cursor.e !== counter.epoch || cursor.p > counter.head) return false
  if (cursor.i === null) return cursor.p === 0
  const found = stands.get(cursor.i)
  if (found?.pos !== cursor.p) return false
  return cursor.r === undefined || cursor.r === null || cursor.r === found.received.getTime()
}

// signed, so that nobody can make the server believe that it was restored
function writeCursor(cursor: Cursor, secret: string): string {
  const text = JSON.stringify(cursor)
  return `${Buffer.from(text).toString('base64url')}.${macOf(text, secret)}`
}

function readCursor(written: string, secret: string): Cursor {
  const [encoded = '', mac = ''] = written.split('.')
  const text = Buffer.from(encoded, 'base64url').toString('utf8')
  const given = Buffer.from(mac)
  const right = Buffer.from(macOf(text, secret))
  if (given.length !== right.length || !timingSafeEqual(given, right))
    throw new Problem('feed.cursor', { field: 'since' })
  return Cursor.parse(JSON.parse(text))
}

function macOf(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url').slice(0, 22)
}

function epochProblem(epoch: string): never {
  throw new Problem('feed.epoch', { epoch })
}
