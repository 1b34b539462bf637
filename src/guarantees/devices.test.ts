/**
 * Devices over real HTTP: whose each is, what it is given, how it is signed out from elsewhere, and that what it made
 * and never sent is seen and said (F8).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import pg from 'pg'
import { cedarBend } from '../demo/cedar-bend.ts'
import { personId, studentId, type StaffKey } from '../demo/people.ts'
import { uuidv7 } from '../platform/core/ids.ts'
import {
  DEVICE_KEY_HEADER,
  MADE_HEADER,
  type DeviceList,
  type DeviceOpened,
  type FeedResponse,
  type PushResponse,
} from '../platform/records/wire.ts'
import type { Actor } from '../platform/server/db.ts'
import { gaps } from '../platform/server/devices.ts'
import { testEngines } from '../platform/server/testing.ts'
import { openBrowser, openingOf, type Browser } from './browser.ts'
import { openRunning, publishProgram, type Running, type Visitor } from './running.ts'
import { device, id } from './school.ts'

const TUESDAY = Date.parse('2026-11-03T14:52:00.000Z')
const HOUR = 3_600_000
const { district } = cedarBend()
const who = (key: StaffKey): Actor => ({ district: district.id, person: personId(key), roles: [] })

describe.each(testEngines())('devices on $name', { timeout: 60_000 }, ({ name }) => {
  let house: Running
  let owner: pg.Client
  let dana: Visitor
  let program: { student: string; program: string; version: string }

  beforeAll(async () => {
    house = await openRunning(name, { demo: true })
    owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
    dana = await signIn('dana')
    await clock(TUESDAY)
    program = await publishProgram(house, dana, studentId('am'))
  })
  afterAll(async () => {
    await owner.end()
    await house.close()
  })

  const signIn = (key: StaffKey) => house.member(district.id, personId(key))
  const clock = (at: number) => dana.post('/api/demo/clock', { at: new Date(at).toISOString() })
  /** A device of a person, and a way to make records on it. */
  const deviceOf = (key: StaffKey, label: string) => {
    const phone = device(who(key), TUESDAY - 60_000, label)
    const make = (extra = {}) =>
      phone.record('sessions.trial', {
        student: program.student,
        refs: { session: uuidv7(TUESDAY), program: program.program },
        body: { n: 1, result: '+' },
        extra,
      })
    return { id: phone.id, make }
  }
  const push = async (visitor: Visitor, records: readonly unknown[]) =>
    (await visitor.post('/api/records', { records })).json<PushResponse>()
  const codes = ({ acks }: PushResponse) => acks.map(({ status, code }) => code ?? status)
  const pull = (visitor: Visitor, browser: Pick<Browser, 'key'>, made: number) =>
    visitor.get('/api/feed?held=', { [DEVICE_KEY_HEADER]: browser.key, [MADE_HEADER]: String(made) })
  const missing = async (visitor: Visitor, browser: Pick<Browser, 'key'>, made: number) =>
    (await pull(visitor, browser, made)).json<FeedResponse>().missing
  const devicesOf = async (visitor: Visitor) => (await visitor.get('/api/devices')).json<DeviceList>().devices

  describe('opening', () => {
    it('gives a person the same secret on the same device at each opening, and another everywhere else', async () => {
      const maya = await signIn('maya')
      const [phone, tablet] = [id('opening phone'), id('opening tablet')]
      const first = await openBrowser(maya, who('maya'), phone)
      const again = await openBrowser(await signIn('maya'), who('maya'), phone)
      const other = await openBrowser(maya, who('maya'), tablet)
      const dana2 = await openBrowser(dana, who('dana'), id('opening laptop'))
      expect(Buffer.from(first.opened.wrap, 'base64url')).toHaveLength(32)
      expect(again.opened.wrap).toBe(first.opened.wrap)
      expect(new Set([first, other, dana2].map((one) => one.opened.wrap)).size).toBe(3)
      expect(again.opened.seal).toEqual(first.opened.seal)
      expect(Buffer.from(first.opened.seal.publicKey, 'base64url')).toHaveLength(65)
      // nothing that was handed out is in the database
      const { rows } = await owner.query('select to_jsonb(k)::text as row from device_key k')
      for (const { row } of rows) {
        expect(row).not.toContain(first.opened.wrap)
        expect(row).not.toContain(Buffer.from(first.opened.wrap, 'base64url').toString('hex'))
      }
    })

    it('answers an opening whose answer was lost as it did before, and leaves one entry in the trail', async () => {
      const maya = await signIn('maya')
      const { opening } = await openingOf(id('opened twice'))
      const first = await maya.post('/api/devices', opening)
      const second = await maya.post('/api/devices', opening)
      expect([first.status, second.status]).toEqual([200, 200])
      expect(second.json()).toEqual(first.json())
      const trail = await owner.query(
        "select actor, detail from audit where action = 'device.open' and detail like '%' || $1 || '%'",
        [opening.key],
      )
      expect(trail.rows.map((row) => [row.actor, JSON.parse(row.detail)])).toEqual([
        [personId('maya'), { device: opening.device, key: opening.key }],
      ])
      const other = (await openingOf(opening.device)).opening.publicKey
      expect((await maya.post('/api/devices', { ...opening, publicKey: other })).status).toBe(409)
    })

    it('refuses what is no key, and words that cannot be stored', async () => {
      const { opening } = await openingOf(id('no key'))
      const offCurve = Buffer.alloc(65, 7)
      offCurve[0] = 4
      for (const wrong of [
        { publicKey: offCurve.toString('base64url') },
        { publicKey: 'AAAA' },
        { label: 'a\u0000b' },
        { label: 'x'.repeat(81) },
        { device: 'phone' },
      ]) {
        const answer = await dana.post('/api/devices', { ...opening, ...wrong })
        expect([answer.status, answer.json()['code']]).toEqual([422, 'request.invalid'])
      }
      expect((await house.visitor().post('/api/devices', opening)).status).toBe(401)
    })

    it('G7 refuses a device of somebody else, whether they opened it or only sent from it', async () => {
      const [maya, andre] = [await signIn('maya'), await signIn('andre')]
      const opened = id('opened by Maya')
      await openBrowser(maya, who('maya'), opened)
      const sent = deviceOf('maya', 'sent by Maya')
      expect(codes(await push(maya, [sent.make()]))).toEqual(['accepted'])
      for (const taken of [opened, sent.id]) {
        const { opening } = await openingOf(taken)
        const answer = await andre.post('/api/devices', opening)
        expect([answer.status, answer.json()['code']]).toEqual([409, 'device.not_yours'])
      }
      expect((await maya.post('/api/devices', (await openingOf(sent.id)).opening)).status).toBe(200)
    })
  })

  it('G7 refuses a record that names a device of somebody else, and leaves its owner’s count alone', async () => {
    const [maya, andre] = [await signIn('maya'), await signIn('andre')]
    const phone = deviceOf('maya', 'named by Andre')
    expect(codes(await push(maya, [phone.make()]))).toEqual(['accepted'])
    const beside = deviceOf('andre', 'of Andre').make({ student: studentId('bk') })
    const forged = { ...beside, id: uuidv7(TUESDAY), device: phone.id, seq: 7 }
    const malformed = { ...forged, id: uuidv7(TUESDAY), v: 'one', seq: 8 }
    expect(codes(await push(andre, [forged, malformed, beside]))).toEqual([
      'record.device_not_yours',
      'record.malformed',
      'accepted',
    ])
    const { rows } = await owner.query(
      'select person_id, arrived::text, high from device_seq where device = $1',
      [phone.id],
    )
    expect(rows).toEqual([{ person_id: personId('maya'), arrived: '{[1,2)}', high: 1 }])
    const kept = await owner.query('select uploaded_by from refused where id = $1', [forged.id])
    expect(kept.rows).toEqual([{ uploaded_by: personId('andre') }])
    // the highest seq there can be harms nobody
    const last = { ...phone.make(), seq: 2_147_483_647 }
    expect(codes(await push(maya, [last]))).toEqual(['accepted'])
    // an opened device is its owner's before anything was sent from it
    const quiet = await openBrowser(maya, who('maya'), id('opened and quiet'))
    const intruder = { ...beside, id: uuidv7(TUESDAY), device: quiet.device }
    expect(codes(await push(andre, [intruder]))).toEqual(['record.device_not_yours'])
  })

  describe('signing out from elsewhere', () => {
    it('ends the session, revokes the keys, and is in the trail', async () => {
      const [phone, laptop] = [await signIn('maya'), await signIn('maya')]
      const lost = await openBrowser(phone, who('maya'), id('lost phone'), 'Phone, Safari')
      const kept = await openBrowser(laptop, who('maya'), id('kept laptop'), 'Laptop, Firefox')
      const asLost = { [DEVICE_KEY_HEADER]: lost.key }
      expect((await phone.get('/api/me', asLost)).status).toBe(200)

      const answer = await laptop.post(`/api/devices/${lost.device}/sign-out`, {})
      expect(answer.status).toBe(200)
      const listed = new Map(answer.json<DeviceList>().devices.map((one) => [one.device, one]))
      expect(listed.get(lost.device)?.revoked).toBeGreaterThan(TUESDAY - HOUR)
      expect(listed.get(kept.device)?.revoked).toBeNull()

      const told = await phone.get('/api/me', asLost)
      expect([told.status, told.json()['code']]).toEqual([401, 'device.revoked'])
      expect((await phone.get('/api/me')).json()['code']).toBe('session.missing')
      // whoever has a session and that key is told as well, before anything is read or written
      const records = [deviceOf('maya', 'lost phone').make()]
      const pushed = await laptop.post('/api/records', { records }, asLost)
      expect([pushed.status, pushed.json()['code']]).toEqual([401, 'device.revoked'])
      expect((await laptop.get('/api/me', { [DEVICE_KEY_HEADER]: kept.key })).status).toBe(200)
      expect((await laptop.get('/api/me', { [DEVICE_KEY_HEADER]: uuidv7(1) })).status).toBe(200)
      expect((await laptop.get('/api/me', { [DEVICE_KEY_HEADER]: 'no key' })).status).toBe(200)

      const trail = await owner.query(
        "select actor, detail from audit where action = 'device.sign_out' and detail like '%' || $1 || '%'",
        [lost.device],
      )
      expect(trail.rows.map((row) => [row.actor, JSON.parse(row.detail)])).toEqual([
        [personId('maya'), { person: personId('maya'), device: lost.device, keys: 1 }],
      ])
      // signed in again, it works with a new key, and opens what it holds with the same secret
      const back = await openBrowser(await signIn('maya'), who('maya'), lost.device)
      expect(back.opened.wrap).toBe(lost.opened.wrap)
      const { opening } = await openingOf(lost.device)
      const stale = await laptop.post('/api/devices', { ...opening, key: lost.key })
      expect(stale.json()['code']).toBe('device.not_yours')
    })

    it('G7 signs out nobody else’s device, and looks as if there were none', async () => {
      const maya = await signIn('maya')
      const hers = await openBrowser(maya, who('maya'), id('of Maya alone'))
      const andre = await signIn('andre')
      for (const one of [hers.device, id('nobody’s')]) {
        const answer = await andre.post(`/api/devices/${one}/sign-out`, {})
        expect([answer.status, answer.json()['code']]).toEqual([404, 'access.denied'])
      }
      expect((await maya.get('/api/me', { [DEVICE_KEY_HEADER]: hers.key })).status).toBe(200)
      expect((await devicesOf(andre)).map((one) => one.device)).not.toContain(hers.device)
    })
  })

  describe('what was made and never came', () => {
    it('F8 is said to the device that asks, range by range, accepted and refused both being there', async () => {
      const nia = await signIn('nia')
      const phone = deviceOf('nia', 'with holes')
      const browser = await openBrowser(nia, who('nia'), phone.id)
      expect(await missing(nia, browser, 0)).toEqual([])
      const made = Array.from({ length: 9 }, () => phone.make())
      // Nia does not work with Amari: refused, every one, and there all the same
      const [, second, third, , fifth, , , eighth] = made
      expect(codes(await push(nia, [second, third, { ...fifth, v: 'one' }, eighth]))).toEqual([
        'record.not_permitted',
        'record.not_permitted',
        'record.malformed',
        'record.not_permitted',
      ])
      expect(await missing(nia, browser, 8)).toEqual([
        [1, 1],
        [4, 4],
        [6, 7],
      ])
      expect(await missing(nia, browser, 12)).toEqual([
        [1, 1],
        [4, 4],
        [6, 7],
        [9, 12],
      ])
      // the highest that was ever said counts, also when a copy of the device says less
      expect(await missing(nia, browser, 3)).toHaveLength(4)
      await push(nia, made)
      expect(await missing(nia, browser, 12)).toEqual([[10, 12]])
      const listed = (await devicesOf(nia)).find((one) => one.device === phone.id)
      expect(listed).toMatchObject({ label: 'Phone, Chrome', missing: 3, revoked: null })
    })

    it('F8 is not said to who does not say which device asks, or names another’s', async () => {
      const [maya, nia] = [await signIn('maya'), await signIn('nia')]
      const hers = await openBrowser(maya, who('maya'), id('asks'))
      expect((await maya.get('/api/feed?held=')).json()).not.toHaveProperty('missing')
      expect(
        (await maya.get('/api/feed?held=', { [DEVICE_KEY_HEADER]: hers.key })).json(),
      ).not.toHaveProperty('missing')
      expect(await missing(nia, hers, 5)).toBeUndefined()
      for (const made of ['many', '-1', '1.5', '2147483648', ''])
        expect(
          (await maya.get('/api/feed?held=', { [DEVICE_KEY_HEADER]: hers.key, [MADE_HEADER]: made })).status,
        ).toBe(200)
      expect(await missing(maya, hers, 0)).toEqual([])
      expect(await missing(maya, hers, 2_147_483_647)).toEqual([[1, 2_147_483_647]])
    })

    it('F8 tells at most a hundred ranges', async () => {
      const maya = await signIn('maya')
      const phone = deviceOf('maya', 'every second')
      const browser = await openBrowser(maya, who('maya'), phone.id)
      const made = Array.from({ length: 240 }, () => phone.make()).filter((_, i) => i % 2 === 1)
      await push(maya, made)
      const told = await missing(maya, browser, 240)
      expect(told).toHaveLength(100)
      expect(told?.slice(0, 2)).toEqual([
        [1, 1],
        [3, 3],
      ])
    })

    it('F8 writes nothing where a pull says nothing new, and once an hour that the device was heard of', async () => {
      const maya = await signIn('maya')
      const browser = await openBrowser(maya, who('maya'), id('quiet phone'))
      await pull(maya, browser, 4)
      const rows = async () =>
        (
          await owner.query(
            `select k.xmin::text as key, s.xmin::text as seq, k.seen, s.announced,
               (select count(*)::int from audit) as audit
             from device_key k join device_seq s using (district_id, device, person_id) where k.key_id = $1`,
            [browser.key],
          )
        ).rows[0]
      const before = await rows()
      expect(before.announced).toBe(4)
      await pull(maya, browser, 4)
      await pull(maya, browser, 2)
      expect(await rows()).toEqual(before)
      await clock(TUESDAY + HOUR + 60_000)
      await pull(maya, browser, 4)
      const later = await rows()
      expect(later.seen.getTime() - before.seen.getTime()).toBeGreaterThanOrEqual(HOUR)
      expect(later.seq).toBe(before.seq)
      await pull(maya, browser, 4)
      expect(await rows()).toEqual(later)
      await clock(TUESDAY)
    })

    it('F8 is told at the next sign-in on a browser whose storage is gone', async () => {
      const maya = await signIn('maya')
      const phone = deviceOf('maya', 'wiped')
      const before = await openBrowser(maya, who('maya'), phone.id, 'Tablet, Chrome')
      expect(before.opened.lost).toBeNull()
      const [first, , third] = [phone.make(), phone.make(), phone.make()]
      expect(codes(await push(maya, [first, third]))).toEqual(['accepted', 'accepted'])
      await pull(maya, before, 6)
      // the same cookies, another device: the site's data was cleared. Missing: the second, and 4 to 6
      const next = await openBrowser(maya, who('maya'), id('wiped, anew'))
      expect(next.opened.lost).toEqual({
        device: phone.id,
        label: 'Tablet, Chrome',
        records: 4,
        seen: expect.any(Number),
      })
      expect(next.opened.lost?.seen).toBeGreaterThanOrEqual(TUESDAY)
      // told once; and not where nothing was lost, or where the browser is another
      expect((await openBrowser(maya, who('maya'), next.device)).opened.lost).toBeNull()
      expect((await openBrowser(maya, who('maya'), id('third'))).opened.lost).toBeNull()
      expect((await openBrowser(await signIn('maya'), who('maya'), id('elsewhere'))).opened.lost).toBeNull()
    })

    it('F8 F33 holds the devices of several people on one browser apart', async () => {
      const [maya, andre] = [await signIn('maya'), await signIn('andre')]
      const tablet = { maya: id('tablet maya'), andre: id('tablet andre') }
      const [mayas, andres] = [
        await openBrowser(maya, who('maya'), tablet.maya),
        await (async () => {
          andre.keep([`handrail_device=${cookieOf(maya)}`])
          return openBrowser(andre, who('andre'), tablet.andre)
        })(),
      ]
      expect(andres.opened.lost).toBeNull()
      await pull(maya, mayas, 2)
      await pull(andre, andres, 3)
      expect(cookieOf(andre).split('.').sort()).toEqual([tablet.maya, tablet.andre].sort())
      maya.keep([`handrail_device=${cookieOf(andre)}`])
      const wiped = await openBrowser(maya, who('maya'), id('tablet maya anew'))
      expect(wiped.opened.lost).toMatchObject({ device: tablet.maya, records: 2 })
      expect(cookieOf(maya).split('.').sort()).toEqual([tablet.andre, wiped.device].sort())
      // what a cookie claims beside is not kept
      maya.keep([`handrail_device=${id('made up')}.nonsense.${tablet.andre}`])
      await openBrowser(maya, who('maya'), wiped.device)
      expect(cookieOf(maya).split('.').sort()).toEqual([tablet.andre, wiped.device].sort())
    })

    it('keeps the cookie from scripts and other sites, for as long as browsers keep any', async () => {
      const { opening } = await openingOf(id('cookie'))
      const answer = await (await signIn('maya')).post('/api/devices', opening)
      expect(answer.json<DeviceOpened>().lost).toBeNull()
      expect(answer.headers.getSetCookie()).toEqual([
        `handrail_device=${opening.device}; Path=/api/devices; Max-Age=34560000; HttpOnly; SameSite=Lax`,
      ])
    })

    it('F8 is shown after a day to who decides for the person’s students, until it came', async () => {
      const { database } = house.core
      const seenBy = async (key: StaffKey) => database.asPerson(who(key), (tx, reach) => gaps(tx, reach))
      const andre = await signIn('andre')
      const phone = device(who('andre'), TUESDAY - 60_000, 'gap')
      const bella = await publishProgram(house, dana, studentId('bk'), 'of Bella')
      const [first, second, third] = [1, 2, 3].map(() =>
        phone.record('sessions.trial', {
          student: bella.student,
          refs: { session: uuidv7(TUESDAY), program: bella.program },
          body: { n: 1, result: '+' },
        }),
      )
      const browser = await openBrowser(andre, who('andre'), phone.id, 'Phone of Andre')
      await push(andre, [first, third])
      await pull(andre, browser, 3)
      const of = async (key: StaffKey) => (await seenBy(key)).filter((gap) => gap.device === phone.id)
      expect(await of('dana')).toEqual([])
      await clock(TUESDAY + 25 * HOUR)
      // Dana decides for Bella; Irene for others; Andre and Maya for nobody
      const [gap, ...more] = await of('dana')
      expect(more).toEqual([])
      expect(gap).toMatchObject({ person: personId('andre'), label: 'Phone of Andre', records: 1 })
      expect(TUESDAY + 60_000 - (gap?.since ?? 0)).toBeGreaterThan(0)
      for (const key of ['irene', 'andre', 'maya'] as const) expect(await of(key)).toEqual([])
      // another hole appears: the first is still as old as it was
      await pull(andre, browser, 5)
      expect(await of('dana')).toMatchObject([{ records: 3, since: gap?.since }])
      // the first one came: what is missing now has not been missing for a day
      await push(andre, [second])
      expect(await of('dana')).toEqual([])
      await clock(TUESDAY + 50 * HOUR)
      expect(await of('dana')).toMatchObject([{ records: 2 }])
      await clock(TUESDAY)
    })
  })

  function cookieOf(visitor: Visitor): string {
    return /handrail_device=([^;]*)/.exec(visitor.cookie)?.[1] ?? ''
  }
})
