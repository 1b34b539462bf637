/**
 * A PIN on a shared tablet, over real HTTP, as somebody would try it who found the tablet, the cookie or the database.
 * The demo school's staff share it; one engine is enough.
 */
import { createECDH } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { cedarBend } from '../../demo/cedar-bend.ts'
import { demoEmail, demoPassword } from '../../demo/load.ts'
import { personId, studentId } from '../../demo/people.ts'
import { openRunning, type Answer, type Running, type Visitor } from '../../guarantees/running.ts'
import { uuidv7 } from '../core/ids.ts'
import type { PinPeople } from '../records/pins.ts'
import { housekeeping, CLEAN } from './housekeeping.ts'
import { createLog } from './log.ts'
import { testEngines } from './testing.ts'

const MAYA = '480193'
const DANA = '752906'
const HOUR = 3_600_000

describe.each(testEngines().slice(0, 1))('PINs on $name', { timeout: 60_000 }, ({ name }) => {
  const lines: string[] = []
  let house: Running
  let owner: pg.Client
  beforeAll(async () => {
    const log = createLog('info', { write: (line: string) => void lines.push(line) })
    house = await openRunning(name, { demo: true, log })
    owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
  })
  afterAll(async () => {
    await owner.end()
    await house.close()
  })
  beforeEach(async () => {
    await owner.query('delete from pin')
    await owner.query('update staff_role set to_at = null where person_id = $1', [personId('maya')])
  })

  /** A tablet on which Maya chose a PIN and then left. */
  const shared = async () => {
    const tablet = await house.persona('para')
    expect((await tablet.post('/api/pins', { pin: MAYA })).status).toBe(200)
    await leave(tablet)
    return tablet
  }
  const leave = async (tablet: Visitor) =>
    expect((await tablet.post('/api/auth/sign-out', {})).status).toBe(200)
  const comesIn = (tablet: Visitor, pin: string, who: 'maya' | 'dana' = 'maya') =>
    tablet.post('/api/pins/enter', { person: personId(who), pin })
  const tiles = async (tablet: Visitor) =>
    (await tablet.get('/api/pins')).json<PinPeople>().people.map((one) => one.name)
  /** Sets the school's clock, and back to where it stands after the test. */
  const clock = async () => {
    const joan = await house.persona('coordinator')
    const at = async (to: string) => expect((await joan.post('/api/demo/clock', { at: to })).status).toBe(200)
    onTestFinished(() => at('2026-11-03T14:52:00.000Z'))
    return at
  }
  const refused = ({ status, text }: Answer) => {
    expect(status).toBe(401)
    return text
  }
  /** The entries about PINs since a moment, in order. */
  const told = async () =>
    (
      await owner.query<{ action: string; detail: string }>(
        "select action, detail from audit where action like 'pin.%' order by audit_id",
      )
    ).rows

  it('AW-1 two people share a tablet: each comes back by a tap and their PIN, and the trail says so', async () => {
    const tablet = await shared()
    expect(await tiles(tablet)).toEqual(['Maya Ortiz'])
    tablet.keep((await house.persona('case-manager')).cookie.split('; '))
    expect((await tablet.post('/api/pins', { pin: DANA })).status).toBe(200)
    await leave(tablet)
    expect(await tiles(tablet)).toEqual(['Dana Reyes', 'Maya Ortiz'])

    for (const [pin, who] of [
      [MAYA, 'maya'],
      [DANA, 'dana'],
    ] as const) {
      expect((await comesIn(tablet, pin, who)).status).toBe(200)
      expect((await tablet.get('/api/me')).json()).toMatchObject({ person: { id: personId(who) } })
      await leave(tablet)
    }
    expect((await told()).slice(-4)).toMatchObject([
      { action: 'pin.choose' },
      { action: 'pin.choose' },
      { action: 'pin.enter', detail: expect.stringContaining(personId('maya')) },
      { action: 'pin.enter', detail: expect.stringContaining(personId('dana')) },
    ])
  })

  it('ADR16 shows the names of adults alone, to nobody without the browser’s own cookie', async () => {
    const tablet = await shared()
    const { people, left } = (await tablet.get('/api/pins')).json<PinPeople>()
    expect(people).toEqual([{ id: personId('maya'), name: 'Maya Ortiz', initials: 'MO' }])
    // from 8:52 at the school until midnight there
    expect(left).toBeGreaterThan(14 * HOUR)
    expect(left).toBeLessThanOrEqual(16 * HOUR)
    expect((await house.visitor().get('/api/pins')).json()).toEqual({ people: [], left: 0 })
  })

  it('ADR16 keeps its secret in a cookie that no script reads and no other site sends, until the end of the day', async () => {
    const tablet = await house.persona('para')
    const line = (await tablet.post('/api/pins', { pin: MAYA })).headers.getSetCookie().join()
    expect(line).toMatch(/^handrail_pin=[0-9a-f-]{36}\.[\w-]{43}; Path=\/api\/pins; /)
    expect(line).toContain('HttpOnly; SameSite=Strict')
    expect(Number(/Max-Age=(\d+)/.exec(line)?.[1])).toBeLessThanOrEqual(16 * 3600)
  })

  it('ADR16 says the same to a wrong PIN, a person without one, a browser without one and another’s cookie', async () => {
    const tablet = await shared()
    const stranger = house.visitor()
    const forged = house.visitor()
    forged.keep([`handrail_pin=${cedarBend().district.id}.${'A'.repeat(43)}`])
    const elsewhere = house.visitor()
    const token = /handrail_pin=[^.]+\.([^;]+)/.exec(tablet.cookie)?.[1] ?? ''
    elsewhere.keep([`handrail_pin=${uuidv7(Date.now())}.${token}`])
    const answers = [
      refused(await comesIn(tablet, '480194')),
      refused(await comesIn(tablet, MAYA, 'dana')),
      refused(await tablet.post('/api/pins/enter', { person: uuidv7(Date.now()), pin: MAYA })),
      refused(await comesIn(stranger, MAYA)),
      refused(await comesIn(forged, MAYA)),
      refused(await comesIn(elsewhere, MAYA)),
    ]
    expect(new Set(answers).size).toBe(1)
    for (const one of [tablet, stranger, forged, elsewhere])
      expect((await one.get('/api/me')).status).toBe(401)
    expect((await comesIn(tablet, MAYA)).status).toBe(200)
  })

  it('ADR16 takes five wrong tries in all, not in a row, and none more for being sent at once', async () => {
    const tablet = await shared()
    for (const wrong of ['111111', '222222', '333333']) refused(await comesIn(tablet, wrong))
    expect((await comesIn(tablet, MAYA)).status).toBe(200)
    await leave(tablet)
    const flood = await Promise.all(Array.from({ length: 8 }, (_, n) => comesIn(tablet, `90000${n}`)))
    for (const answer of flood) refused(answer)
    expect(await tiles(tablet)).toEqual([])
    refused(await comesIn(tablet, MAYA))
    const wrong = (await told()).filter(({ action }) => action === 'pin.wrong').slice(-5)
    expect(wrong.map(({ detail }) => JSON.parse(detail).tries_left)).toEqual([4, 3, 2, 1, 0])
  })

  it('ADR16 is chosen soon after a password, and not by who came in by a PIN', async () => {
    const tablet = await shared()
    await comesIn(tablet, MAYA)
    const choose = async (pin: string) => (await tablet.post('/api/pins', { pin })).json()
    expect(await choose('608274')).toMatchObject({ code: 'pin.sign_in_first' })
    await leave(tablet)
    tablet.keep((await house.persona('para')).cookie.split('; '))
    await owner.query(`update identity.session set "createdAt" = now() - interval '31 minutes'`)
    expect(await choose('608274')).toMatchObject({ code: 'pin.sign_in_first' })
    expect(await choose('123456')).toMatchObject({ code: 'pin.too_easy' })
    expect(await choose('48019')).toMatchObject({ code: 'request.invalid', field: 'pin' })
    await leave(tablet)
    expect((await comesIn(tablet, MAYA)).status).toBe(200)
  })

  it('ADR16 takes a new secret for the browser at each choice, so that a copied cookie is worth nothing', async () => {
    const tablet = await shared()
    const thief = house.visitor()
    thief.keep(tablet.cookie.split('; '))
    tablet.keep((await house.persona('case-manager')).cookie.split('; '))
    await tablet.post('/api/pins', { pin: DANA })
    await leave(tablet)
    refused(await comesIn(thief, MAYA))
    refused(await comesIn(thief, DANA, 'dana'))
    expect((await comesIn(tablet, MAYA)).status).toBe(200)
  })

  it('ADR16 ends with the school day, to the minute, and is removed at night', async () => {
    const tablet = await shared()
    const at = await clock()
    // midnight in Chicago in winter
    await at('2026-11-04T05:59:00.000Z')
    expect(await tiles(tablet)).toEqual(['Maya Ortiz'])
    await at('2026-11-04T06:00:00.000Z')
    expect(await tiles(tablet)).toEqual([])
    refused(await comesIn(tablet, MAYA))
    const clean = housekeeping({ ...house.core, identity: { clean: () => Promise.resolve(0) } })
    const job = clean.find((one) => one.name === CLEAN)
    expect(await job?.run(new AbortController().signal)).toEqual({ removed: 1 })
  })

  it('ADR16 gives a session that ends with it, however much that is used', async () => {
    const tablet = await shared()
    const at = await clock()
    // an hour before midnight in Chicago; a session by password holds for twelve
    await at('2026-11-04T05:00:00.000Z')
    expect((await comesIn(tablet, MAYA)).status).toBe(200)
    const newest = `(select id from identity.session order by "createdAt" desc limit 1)`
    const hours = async () =>
      Number(
        (
          await owner.query<{ left: string }>(
            `select extract(epoch from "expiresAt" - now()) / 3600 as left from identity.session where id = ${newest}`,
          )
        ).rows[0]?.left,
      )
    for (let n = 0; n < 2; n++) {
      expect(await hours()).toBeGreaterThan(0.9)
      expect(await hours()).toBeLessThanOrEqual(1)
      expect((await tablet.get('/api/me')).status).toBe(200)
      await owner.query(
        `update identity.session set "expiresAt" = now() + interval '12 hours' where id = ${newest}`,
      )
    }
    await owner.query(
      `update identity.session set "endsAt" = now() - interval '1 second' where id = ${newest}`,
    )
    expect((await tablet.get('/api/me')).status).toBe(401)
  })

  it('ADR16 opens what its person’s password opens and nothing more, also when their role ends while they are in', async () => {
    const tablet = await shared()
    expect((await comesIn(tablet, MAYA)).status).toBe(200)
    const byPassword = await house.persona('para')
    const paths = [
      '/api/me',
      '/api/devices',
      '/api/coverage/training',
      '/api/coverage/hours',
      '/api/attendance',
    ]
    const statuses = async (one: Visitor) =>
      Promise.all(paths.map(async (path) => (await one.get(path)).status))
    // a para reads her own day and devices, and neither the school's training nor its hours nor its attendance
    const opened = await statuses(tablet)
    expect(opened.map((status) => status === 200)).toEqual([true, true, false, false, false])
    expect(await statuses(byPassword)).toEqual(opened)
    const me = async (one: Visitor) => {
      const { person, roles, students } = (await one.get('/api/me')).json<{
        person: { id: string }
        roles: string[]
        students: { id: string }[]
      }>()
      return { person: person.id, roles, students: students.map(({ id }) => id) }
    }
    const own = await me(tablet)
    expect(own).toEqual(await me(byPassword))
    expect(own).toMatchObject({ person: personId('maya'), roles: ['para'] })
    // demo/people.ts, on November 3
    expect(own.students.toSorted()).toEqual((['am', 'bk', 'cd', 'dl'] as const).map(studentId).toSorted())
    await owner.query('update staff_role set to_at = from_at where person_id = $1', [personId('maya')])
    expect(await statuses(tablet)).toEqual(await statuses(byPassword))
    const after = await tablet.get('/api/me')
    expect(after.status === 200 ? after.json<{ roles: string[] }>().roles : []).toEqual([])
  })

  it.each<[string, (tablet: Visitor) => Promise<unknown>]>([
    [
      'their employment',
      () => owner.query('update staff_role set to_at = from_at where person_id = $1', [personId('maya')]),
    ],
    [
      'their password',
      async () => {
        const email = demoEmail(personId('maya'))
        const { district } = cedarBend()
        await house.core.identity.ensureUser({
          email,
          name: 'Maya Ortiz',
          password: demoPassword(house.core, email),
          district: district.id,
          person: personId('maya'),
        })
      },
    ],
    [
      'their device, from elsewhere',
      async () => {
        const phone = await house.persona('para')
        const device = uuidv7(Date.now())
        const publicKey = createECDH('prime256v1').generateKeys('base64url')
        await phone.post('/api/devices', { device, key: uuidv7(Date.now()), publicKey, label: 'Tablet' })
        expect((await phone.post(`/api/devices/${device}/sign-out`, {})).status).toBe(200)
      },
    ],
    [
      'their other sessions',
      async () => {
        const phone = await house.persona('para')
        expect((await phone.post('/api/auth/revoke-other-sessions', {}, { origin: house.url })).status).toBe(
          200,
        )
      },
    ],
  ])('ADR16 ends with the end of %s', async (_what, end) => {
    const tablet = await shared()
    await end(tablet)
    expect(await tiles(tablet)).toEqual([])
    refused(await comesIn(tablet, MAYA))
  })

  it('is taken back on this browser by its person, and by nobody else', async () => {
    const tablet = await shared()
    tablet.keep((await house.persona('case-manager')).cookie.split('; '))
    await tablet.post('/api/pins/forget', {})
    expect(await tiles(tablet)).toEqual(['Maya Ortiz'])
    await comesIn(tablet, MAYA)
    await tablet.post('/api/pins/forget', {})
    expect(await tiles(tablet)).toEqual([])
  })

  it('is nowhere to be read: not in the log, the trail or the table; and it is compared in constant time', async () => {
    const tablet = await shared()
    await comesIn(tablet, MAYA)
    await comesIn(tablet, DANA)
    await tablet.ask('/api/pins/enter', {
      method: 'POST',
      body: `{"pin":"${MAYA}"`,
      headers: { 'content-type': 'application/json' },
    })
    const rows = JSON.stringify((await owner.query("select p.*, encode(hash, 'hex') from pin p")).rows)
    const trail = JSON.stringify((await owner.query('select * from audit')).rows)
    const token = /handrail_pin=[^.]+\.([^;]+)/.exec(tablet.cookie)?.[1] ?? 'none'
    expect(lines.filter((line) => line.includes('/api/pins/enter')).length).toBeGreaterThan(3)
    for (const text of [lines.join(), rows, trail])
      for (const secret of [MAYA, DANA, token]) expect(text).not.toContain(secret)
    const source = readFileSync(join(import.meta.dirname, 'pins.ts'), 'utf8')
    expect(source).toContain('timingSafeEqual(tried, ')
  })

  it('slows down whoever tries PINs from one address', async () => {
    const tablet = await shared()
    let answer = await comesIn(tablet, '900001', 'dana')
    for (let n = 0; answer.status === 401 && n < 80; n++) answer = await comesIn(tablet, '900001', 'dana')
    expect(answer.status).toBe(429)
  })
})
