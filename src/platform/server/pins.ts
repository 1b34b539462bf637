/**
 * PINs of a shared tablet: chosen after a sign-in with the password, good for that browser and that school day. The
 * routes are pin-routes.ts; why it is so, docs/adr/0016.
 *
 * What must stay true: a PIN opens nothing without the secret that its browser keeps; five wrong tries in all remove it;
 * whoever asks cannot tell which part was wrong, nor by how long the answer took.
 */
import { createHash, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { addDays, dayOf, instantOf } from '../core/days.ts'
import type { Uuid } from '../core/ids.ts'
import type { PinPeople } from '../records/pins.ts'
import { defineWrite, type Db, type Tx } from './db.ts'

/** As long as a device stays open without a word of the server (vault.ts). */
const MAX_MS = 16 * 3_600_000
const TRIES = 5
const derived = promisify<Buffer, Buffer, number, Buffer>(scrypt)

/** A browser that PINs were chosen on, as its cookie says. */
export interface Browser {
  readonly district: Uuid
  readonly token: string
}

/** A new secret for a browser. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** The adults with a PIN on this browser today. `tx` is the system's. */
export async function pinsAt(tx: Tx, browser: Browser): Promise<PinPeople> {
  const rows = await tx.asSystem((db) =>
    standing(db, tx, browser).orderBy('given').orderBy('family').execute(),
  )
  return {
    people: rows.map(({ person_id, given, family }) => ({
      id: person_id,
      name: `${given} ${family}`,
      initials: `${[...given][0] ?? ''}${[...family][0] ?? ''}`,
    })),
    left: Math.max(0, ...rows.map(({ ends }) => ends.getTime() - tx.now)),
  }
}

export interface Choosing {
  readonly pin: string
  /** Secret of the installation. */
  readonly secret: string
  readonly tz: string
  /** What the browser came with; it is known as `browser` from now on, with all who have a PIN on it. */
  readonly before: Browser | undefined
  readonly browser: Browser
}

/**
 * Gives the signed-in person a PIN on this browser until the end of the school day; another one takes the place of the
 * one before. Returns its end, ms.
 */
export const choosePin = defineWrite<Choosing, number>({
  audit: (_choosing, ends) => ({ action: 'pin.choose', detail: { ends } }),
  async run(_db, { pin, secret, tz, before, browser }, tx) {
    const midnight = Date.parse(instantOf(addDays(dayOf(tx.now, tz), 1), '00:00', tz))
    const ends = Math.min(midnight, tx.now + MAX_MS)
    const salt = randomBytes(16)
    const row = {
      salt,
      hash: await hashOf(pin, salt, secret),
      wrong: 0,
      made: new Date(tx.now),
      ends: new Date(ends),
    }
    const of = { district_id: tx.district, browser: keyOf(browser), person_id: tx.person ?? '' }
    await tx.asSystem(async (db) => {
      await db
        .deleteFrom('pin')
        .where('district_id', '=', tx.district)
        .where('ends', '<=', row.made)
        .execute()
      // a copy of the cookie that somebody took opens nothing from now on
      if (before?.district === tx.district)
        await db
          .updateTable('pin')
          .set({ browser: of.browser })
          .where('district_id', '=', tx.district)
          .where('browser', '=', keyOf(before))
          .execute()
      await db
        .insertInto('pin')
        .values({ ...of, ...row })
        .onConflict((conflict) => conflict.columns(['district_id', 'browser', 'person_id']).doUpdateSet(row))
        .execute()
    })
    return ends
  },
})

export interface Entering {
  readonly browser: Browser
  readonly person: Uuid
  readonly pin: string
  readonly secret: string
}

/** How a try ended. `unknown`: there is nothing to try here. */
type Entered =
  | { readonly is: 'right'; readonly name: string; readonly leftMs: number }
  | { readonly is: 'wrong'; readonly triesLeft: number }
  | { readonly is: 'unknown' }

/** Tries a PIN, in a transaction of the system. Counts a wrong one, so nothing may be thrown before it ends. */
export const enterPin = defineWrite<Entering, Entered>({
  audit({ person }, entered) {
    if (entered.is === 'right') return { action: 'pin.enter', detail: { person } }
    if (entered.is === 'wrong')
      return { action: 'pin.wrong', detail: { person, tries_left: entered.triesLeft } }
    return null
  },
  async run(db, { browser, person, pin, secret }, tx) {
    // tries of one PIN wait for each other: nobody gets six by sending them at once
    const row = await standing(db, tx, browser)
      .select(['salt', 'hash', 'wrong'])
      .where('pin.person_id', '=', person)
      .forUpdate('pin')
      .executeTakeFirst()
    // the same work for whoever is not there
    const tried = await hashOf(pin, row?.salt ?? Buffer.alloc(16), secret)
    const isRight = timingSafeEqual(tried, row?.hash ?? randomBytes(32))
    if (!row) return { is: 'unknown' }
    if (isRight)
      return { is: 'right', name: `${row.given} ${row.family}`, leftMs: row.ends.getTime() - tx.now }
    const triesLeft = TRIES - 1 - row.wrong
    const one = { district: tx.district, browser: keyOf(browser), person }
    if (triesLeft === 0) await removed(db, one)
    else
      await db
        .updateTable('pin')
        .set({ wrong: row.wrong + 1 })
        .where('district_id', '=', tx.district)
        .where('browser', '=', one.browser)
        .where('person_id', '=', person)
        .execute()
    return { is: 'wrong', triesLeft }
  },
})

/** Removes the signed-in person's PIN: on one browser, or everywhere. */
export const forgetPin = defineWrite<{ browser: Browser | 'all' }, number>({
  audit: (_of, gone) => (gone > 0 ? { action: 'pin.forget', detail: { pins: gone } } : null),
  run: (_db, { browser }, tx) => tx.asSystem((db) => forgetPinsOf(db, tx, tx.person ?? '', browser)),
})

/** Removes a person's PINs, on one browser or everywhere, and returns how many. `db` runs as handrail_system. */
export function forgetPinsOf(db: Db, tx: Tx, person: Uuid, browser: Browser | 'all'): Promise<number> {
  if (browser === 'all') return removed(db, { district: tx.district, person })
  if (browser.district !== tx.district) return Promise.resolve(0)
  return removed(db, { district: tx.district, browser: keyOf(browser), person })
}

/** The nightly duty: PINs whose day is over, by the district's clock. */
export const removeOldPins = defineWrite<null, number>({
  audit: () => null,
  async run(db, _nothing, tx) {
    const gone = await db
      .deleteFrom('pin')
      .where('district_id', '=', tx.district)
      .where('ends', '<=', new Date(tx.now))
      .executeTakeFirst()
    return Number(gone.numDeletedRows)
  },
})

/** PINs of this browser that hold now, of people who still work here. */
function standing(db: Db, tx: Tx, browser: Browser) {
  const now = new Date(tx.now)
  return db
    .selectFrom('pin')
    .innerJoin('person', (join) =>
      join
        .onRef('person.district_id', '=', 'pin.district_id')
        .onRef('person.person_id', '=', 'pin.person_id'),
    )
    .select(['pin.person_id', 'given', 'family', 'ends'])
    .where('pin.district_id', '=', tx.district)
    .where('pin.browser', '=', keyOf(browser))
    .where('pin.made', '<=', now)
    .where('pin.ends', '>', now)
    .where(
      sql<boolean>`exists (
        select from staff_role s
        where s.district_id = pin.district_id and s.person_id = pin.person_id
          and s.from_at <= ${now} and (s.to_at is null or s.to_at > ${now})
      )`,
    )
}

async function removed(db: Db, of: { district: Uuid; person: Uuid; browser?: Buffer }): Promise<number> {
  let query = db.deleteFrom('pin').where('district_id', '=', of.district).where('person_id', '=', of.person)
  if (of.browser) query = query.where('browser', '=', of.browser)
  return Number((await query.executeTakeFirst()).numDeletedRows)
}

function keyOf({ token }: Browser): Buffer {
  return createHash('sha256').update(token).digest()
}

/** scrypt (RFC 7914; N 16384, r 8, p 1: Node's own), over the PIN and a secret that is not in the database. */
function hashOf(pin: string, salt: Buffer, secret: string): Promise<Buffer> {
  return derived(createHmac('sha256', secret).update(`handrail pin 1\n${pin}`).digest(), salt, 32)
}
