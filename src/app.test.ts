/** The product as a browser, a script or another program meets it: real HTTP, a real database, the demo school. */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personId, studentId } from './demo/people.ts'
import {
  demoDevice,
  demoNow,
  openRunning,
  publishProgram,
  sessionRecords,
  type Running,
  type Visitor,
} from './guarantees/running.ts'
import type { Json } from './platform/core/canonical.ts'
import type { Envelope } from './platform/records/envelope.ts'
import { PERSON_HEADER, type FeedResponse, type PushResponse } from './platform/records/wire.ts'
import { testEngines } from './platform/server/testing.ts'
import { openWire, type Wire } from './platform/server/testing-proxy.ts'

describe.each(testEngines())('the product on $name', { timeout: 30_000 }, ({ name }) => {
  let house: Running
  let maya: Visitor
  let dana: Visitor
  beforeAll(async () => {
    house = await openRunning(name, { demo: true, web: true })
    maya = await house.persona('para')
    dana = await house.persona('case-manager')
  })
  afterAll(() => house.close())

  it('says that it is up', async () => {
    const answer = await house.visitor().get('/api/health')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(answer.json()).toMatchObject({ status: 'ok' })
  })

  it('publishes its interface as OpenAPI 3.1 that refers to nothing it does not hold, and readably', async () => {
    const answer = await house.visitor().get('/api/openapi.json')
    const document = answer.json<OpenApi>()
    expect(document.openapi).toMatch(/^3\.1\./)
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(routes).toEqual(
      expect.arrayContaining([
        'GET /api/health',
        'GET /api/time',
        'POST /api/records',
        'GET /api/feed',
        'GET /api/feed/backfill',
        'GET /api/live',
        'GET /api/me',
        'GET /api/demo',
        'POST /api/demo/sign-in',
      ]),
    )
    for (const methods of Object.values(document.paths))
      for (const operation of Object.values(methods)) expect(operation.summary).toBeTruthy()
    // the fields of the envelope, as architecture and ADRs name them
    const envelope = Object.values(document.components.schemas).find((schema) => schema.properties?.['seq'])
    expect(Object.keys(envelope?.properties ?? {})).toEqual(
      expect.arrayContaining([
        'id',
        'kind',
        'v',
        'body',
        'student',
        'refs',
        'at',
        'tz',
        'entered',
        'device',
        'seq',
        'onBehalfOf',
        'replaces',
        'reason',
      ]),
    )
    for (const [, name = ''] of answer.text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
      expect(Object.keys(document.components.schemas)).toContain(name)

    const docs = await house.visitor().get('/api/docs')
    expect(docs.status).toBe(200)
    expect(docs.headers.get('content-type')).toMatch(/^text\/html/)
  })

  it('signs in a persona of the demo page, and shows them their own day', async () => {
    const somebody = house.visitor()
    const answer = await somebody.post('/api/demo/sign-in', { persona: 'para' })
    expect(answer.status).toBe(200)
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(cookie).toMatch(/; HttpOnly/i)
    expect(cookie).toMatch(/; SameSite=(Lax|Strict)/i)
    // a working day at most
    expect(Number(/max-age=(\d+)/i.exec(cookie)?.[1])).toBeLessThanOrEqual(12 * 3600)

    const me = (await somebody.get('/api/me')).json<Me>()
    expect(me.person).toMatchObject({ id: personId('maya'), name: 'Maya Ortiz' })
    expect(me.roles).toEqual(['para'])
    // Ezra's relationship ended with the last school year
    expect(me.students.map((student) => student.initials).sort()).toEqual(['A.M.', 'B.K.', 'C.D.', 'D.L.'])
    expect(me.boards[0]?.blocks.length).toBeGreaterThan(0)
    const time = (await somebody.get('/api/time')).json<{ now: number }>()
    expect(new Date(time.now).toISOString()).toMatch(/^2026-11-03T14:5/)
    expect((await somebody.post('/api/demo/sign-in', { persona: 'nobody' })).status).toBe(404)
  })

  it('G2 takes records in, and hands them to the case manager byte for byte', async () => {
    const program = await publishProgram(house, dana, studentId('am'))
    const phone = demoDevice(house, 'maya')
    const records = sessionRecords(house, phone, program, 3)
    const sent = new Date(demoNow(house)).toISOString()
    const answer = await maya.post('/api/records', { records, sent })
    expect(answer.status).toBe(200)
    const { acks, now, high } = answer.json<PushResponse>()
    expect(acks).toEqual(
      records.map((record) => ({
        id: record.id,
        status: 'accepted',
        digest: sha256(jcs(record)),
        received: expect.any(Number),
      })),
    )
    expect(Math.abs(now - demoNow(house))).toBeLessThan(10_000)
    expect(high).toEqual({ [phone.id]: 4 })

    const feed = await pullAll(dana)
    const mine = feed.records.filter((record) => records.some((one) => one.id === record.envelope.id))
    expect(mine.map((record) => record.envelope)).toEqual(records)
    expect(mine.map((record) => record.digest)).toEqual(records.map((record) => sha256(jcs(record))))
    expect(new Set(mine.map((record) => record.author))).toEqual(new Set([personId('maya')]))
    expect((await pullAll(dana, feed.next)).records).toEqual([])
  })

  it('F33 takes nothing from one person’s device under another person’s sign-in, and gives it nothing', async () => {
    // Maya's tab is still open; Dana has signed in on the same browser, and the cookie is hers by now
    const asMaya = { [PERSON_HEADER]: personId('maya') }
    for (const answer of [
      await dana.post('/api/records', { records: [] }, asMaya),
      await dana.get('/api/feed', asMaya),
      await dana.get('/api/me', asMaya),
    ])
      expect([answer.status, answer.json<{ code: string }>().code]).toEqual([401, 'session.other_person'])
    expect((await dana.get('/api/me', { [PERSON_HEADER]: personId('dana') })).status).toBe(200)
  })

  it('ends a session at once when its person signs out', async () => {
    const somebody = await house.persona('other-para')
    const kept = somebody.cookie
    expect((await somebody.get('/api/me')).status).toBe(200)
    expect((await somebody.post('/api/auth/sign-out', {})).status).toBe(200)
    expect((await house.visitor().get('/api/me', { cookie: kept })).status).toBe(401)
    expect((await house.visitor().get('/api/feed', { cookie: kept })).status).toBe(401)
  })

  it('serves the app under every address of its own, and files that never change for a year', async () => {
    const page = { accept: 'text/html,*/*' }
    for (const path of ['/', '/today', '/goals/0192a3b4']) {
      const answer = await house.visitor().get(path, page)
      expect(answer.status, path).toBe(200)
      expect(answer.text, path).toContain('<title>Handrail</title>')
      expect(answer.headers.get('cache-control'), path).toBe('no-cache')
    }
    const asset = await house.visitor().get('/assets/app-1a2b3c.js')
    expect(asset.headers.get('cache-control')).toContain('immutable')
    expect((await house.visitor().get('/assets/gone-000000.js')).status).toBe(404)
    expect((await house.visitor().get('/../../package.json', page)).text).toContain('<title>Handrail</title>')
    expect((await house.visitor().get('/%2e%2e/secrets/session', page)).text).not.toMatch(/[0-9a-f]{64}/)
  })

  it('sends what the build has compressed to whoever can read it', async () => {
    const file = join(house.dataDir, 'web', 'assets', 'app-1a2b3c.js.gz')
    writeFileSync(file, gzipSync('export const smaller = true'))
    const ask = (encoding: string) =>
      house.visitor().get('/assets/app-1a2b3c.js', { 'accept-encoding': encoding })
    const small = await ask('gzip')
    expect(small.text).toBe('export const smaller = true')
    expect(Object.fromEntries(small.headers)).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': expect.stringContaining('javascript'),
      'cache-control': expect.stringContaining('immutable'),
      vary: expect.stringMatching(/accept-encoding/i),
    })
    expect((await ask('identity')).text).toBe('export {}')
  })

  it('sends long answers compressed to whoever can read it, and the same to whoever cannot', async () => {
    const ask = (encoding: string) => dana.get('/api/openapi.json', { 'accept-encoding': encoding })
    const [small, plain] = [await ask('gzip'), await ask('identity')]
    expect(small.headers.get('content-encoding')).toBe('gzip')
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(small.json()).toEqual(plain.json())
    for (const answer of [small, plain]) expect(answer.headers.get('vary')).toMatch(/accept-encoding/i)
    expect((await dana.get('/api/time')).headers.get('content-encoding')).toBeNull()
  })
})

describe.each(testEngines())('stops and outages on $name', { timeout: 30_000 }, ({ name }) => {
  it('has no demo page where no demo school is', async () => {
    const house = await openRunning(name)
    try {
      const page = await house.visitor().get('/api/demo')
      expect(page.json()).toMatchObject({ demo: false, personas: [] })
      const answer = await house.visitor().post('/api/demo/sign-in', { persona: 'para' })
      expect(answer.status).toBe(404)
      expect(answer.json()).toMatchObject({ code: 'demo.off' })
      expect(answer.headers.getSetCookie()).toEqual([])
    } finally {
      await house.close()
    }
  })

  it('G1 finishes what is under way when it is told to stop, and takes nothing new', async () => {
    const house = await openRunning(name, { demo: true })
    const owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
    try {
      const [dana, maya] = [await house.persona('case-manager'), await house.persona('para')]
      const program = await publishProgram(house, dana, studentId('am'))
      const records = sessionRecords(house, demoDevice(house, 'maya'), program, 20)
      const stream = await fetch(`${house.url}/api/live`, { headers: { cookie: maya.cookie } })
      expect(stream.status).toBe(200)

      // the batch reaches the database and waits there for its positions
      await owner.query('begin')
      await owner.query('select from counter for update')
      const pushing = maya.post('/api/records', { records })
      await until(async () => (await waiting(owner)) > 0)
      const closing = house.app.close()
      const late = await fetch(`${house.url}/api/health`).then(
        (response) => response.status,
        () => 'refused',
      )
      expect(['refused', 503]).toContain(late)
      await delay(200)
      await owner.query('commit')
      const released = performance.now()

      const answer = await pushing
      expect(answer.status).toBe(200)
      const { acks } = answer.json<PushResponse>()
      expect(acks.map((ack) => ack.status)).toEqual(records.map(() => 'accepted'))
      await closing
      expect(performance.now() - released).toBeLessThan(6000)
      const stored = await owner.query('select id from record where id = any($1)', [
        acks.map((ack) => ack.id),
      ])
      expect(stored.rowCount).toBe(records.length)
    } finally {
      await owner.end()
      await house.db.drop()
    }
  })

  it('is not held up by an open stream when it stops', async () => {
    const house = await openRunning(name, { demo: true })
    const maya = await house.persona('para')
    const stream = await fetch(`${house.url}/api/live`, { headers: { cookie: maya.cookie } })
    expect(stream.status).toBe(200)
    const began = performance.now()
    await house.app.close()
    expect(performance.now() - began).toBeLessThan(6000)
    expect(await stream.text()).not.toContain('news')
    await house.db.drop()
  })

  it('says that the database is away while it is, keeps what it had taken, and goes on afterwards', async () => {
    let wire: Wire | undefined
    const house = await openRunning(name, {
      demo: true,
      databaseUrl: async (url) => (wire = await openWire(url)).url,
    })
    try {
      const [dana, maya] = [await house.persona('case-manager'), await house.persona('para')]
      const program = await publishProgram(house, dana, studentId('am'))
      const phone = demoDevice(house, 'maya')
      const [first, ...rest] = sessionRecords(house, phone, program, 2)
      expect((await maya.post('/api/records', { records: [first] })).status).toBe(200)

      wire?.cut()
      for (const answer of [
        await house.visitor().get('/api/health'),
        await maya.post('/api/records', { records: rest }),
        await maya.get('/api/feed'),
      ]) {
        expect(answer.status).toBe(503)
        expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
        expect(answer.json()).toMatchObject({ code: 'database.unavailable' })
      }

      wire?.mend()
      expect((await house.visitor().get('/api/health')).status).toBe(200)
      // the device offers again all that was not acknowledged
      const again = await maya.post('/api/records', { records: [first, ...rest] })
      expect(again.json<PushResponse>().acks.map((ack) => ack.status)).toEqual([
        'duplicate',
        'accepted',
        'accepted',
      ])
      const ids = (await pullAll(dana)).records.map((record) => record.envelope.id)
      for (const record of [first, ...rest]) expect(ids.filter((one) => one === record?.id)).toHaveLength(1)
    } finally {
      await house.close()
      await wire?.close()
    }
  })
})

interface OpenApi {
  openapi: string
  paths: Record<string, Record<string, { summary?: string }>>
  components: { schemas: Record<string, { properties?: Record<string, unknown> }> }
}

interface Me {
  person: { id: string; name: string }
  roles: string[]
  students: { initials: string }[]
  boards: { blocks: unknown[] }[]
}

async function pullAll(who: Visitor, since?: string): Promise<FeedResponse> {
  const page = (
    await who.get(`/api/feed${since ? `?since=${encodeURIComponent(since)}` : ''}`)
  ).json<FeedResponse>()
  if (!page.more) return page
  const rest = await pullAll(who, page.next)
  return { ...rest, records: [...page.records, ...rest.records] }
}

/** RFC 8785 for what these records hold: texts, whole numbers, objects and lists; keys sorted by UTF-16 units. */
function jcs(value: Envelope | Json): string {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value as Record<string, Json>).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${jcs(inner)}`).join(',')}}`
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Sessions that wait for what `owner` has locked. */
async function waiting(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query(
    `select count(*)::int as n from pg_stat_activity
     where datname = current_database() and pg_backend_pid() = any(pg_blocking_pids(pid))`,
  )
  return rows[0].n
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await condition()) return
    await delay(20)
  }
  throw new Error('waited in vain')
}
