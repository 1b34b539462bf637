/**
 * How the server says no, over real HTTP: to whoever is not signed in, to pages of other sites, to requests of the
 * wrong shape. Routes come from the published interface, so that a new one is asked too. One engine is enough: what
 * is tested here ends before the database.
 */
import { request as httpRequest } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cedarBend } from '../../demo/cedar-bend.ts'
import { personId, studentId } from '../../demo/people.ts'
import {
  demoDevice,
  openRunning,
  publishProgram,
  sessionRecords,
  type Answer,
  type Running,
  type Visitor,
} from '../../guarantees/running.ts'
import type { FeedResponse, PushResponse } from '../records/wire.ts'
import { testEngines } from './testing.ts'

/** The only routes that answer somebody who is not signed in. */
const PUBLIC = [
  'GET /api/health',
  'GET /api/time',
  'GET /api/demo',
  'POST /api/demo/sign-in',
  // the browser's cookie says which adults, and nothing without it; a PIN is what lets one of them in
  'GET /api/pins',
  'POST /api/pins/enter',
  // its secret is what lets somebody in, once
  'POST /api/invitations/open',
]

const JSON_TYPE = { 'content-type': 'application/json' }
/** A value that no answer may repeat. */
const CANARY = 'Amari-Mensah-canary'

describe.each(testEngines().slice(0, 1))('saying no on $name', { timeout: 30_000 }, ({ name }) => {
  let house: Running
  let maya: Visitor
  let dana: Visitor
  let routes: { method: string; path: string }[]
  beforeAll(async () => {
    house = await openRunning(name, { demo: true, web: true })
    maya = await house.persona('para')
    dana = await house.persona('case-manager')
    const document = (await house.visitor().get('/api/openapi.json')).json<{
      paths: Record<string, Record<string, unknown>>
    }>()
    routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
    )
  })
  afterAll(() => house.close())

  it('G7 asks everybody to sign in first, on every route that is not public, whatever they send', async () => {
    const closed = routes.filter(({ method, path }) => !PUBLIC.includes(`${method} ${path}`))
    expect(closed.length).toBeGreaterThan(7)
    for (const { method, path } of closed)
      for (const cookie of ['', 'handrail.session_token=made.up', 'handrail.session_token=%00'])
        for (const place of ['x', '0192a3b4-0000-7000-8000-000000000000']) {
          const answer = await house.visitor().ask(path.replaceAll(/\{\w+\}/g, place), {
            method,
            headers: { ...(method === 'GET' ? {} : JSON_TYPE), ...(cookie && { cookie }) },
            ...(method === 'GET' ? {} : { body: '{}' }),
          })
          expectProblem(answer, 401, 'session.missing')
        }
  })

  it('refuses whatever writes when a page of another site sends it, with a cookie that holds', async () => {
    const writing = [
      ...routes.filter(({ method }) => method !== 'GET').map(({ path }) => path),
      '/api/auth/sign-out',
      '/api/auth/sign-in/email',
    ]
    for (const path of writing)
      for (const headers of [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { origin: `${house.url}.evil.example` },
      ])
        expectProblem(await maya.post(path, {}, headers), 403, 'request.cross_site')
    expect((await maya.get('/api/me')).status).toBe(200)
    const own = { origin: house.url, 'sec-fetch-site': 'same-origin' }
    expect((await maya.post('/api/records', { records: [] }, own)).status).toBe(200)
  })

  it.each<[string, RequestInit, number, string, string?]>([
    ['plain text', { headers: { 'content-type': 'text/plain' } }, 415, 'request.not_json'],
    ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'request.not_json'],
    [
      'a multipart form',
      { headers: { 'content-type': 'multipart/form-data; boundary=x' } },
      415,
      'request.not_json',
    ],
    ['an unnamed type', { body: Buffer.from(`{"records":["${CANARY}"]}`) }, 415, 'request.not_json'],
    ['half of it', { headers: JSON_TYPE, body: `{"records":["${CANARY}"` }, 422, 'request.invalid'],
    ['nothing', { headers: JSON_TYPE, body: '' }, 422, 'request.invalid'],
    [
      'bytes that are no text',
      { headers: JSON_TYPE, body: Buffer.from([0xff, 0xfe, 0x7b, 0]) },
      422,
      'request.invalid',
    ],
    [
      'a compressed body',
      { headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: gzipSync('{"records":[]}') },
      422,
      'request.invalid',
    ],
    ['a text', { headers: JSON_TYPE, body: `"${CANARY}"` }, 422, 'request.invalid'],
    ['null', { headers: JSON_TYPE, body: 'null' }, 422, 'request.invalid'],
    ['a list', { headers: JSON_TYPE, body: `["${CANARY}"]` }, 422, 'request.invalid'],
    ['no records', { headers: JSON_TYPE, body: `{"record":"${CANARY}"}` }, 422, 'request.invalid', 'records'],
    [
      'records that are no list',
      { headers: JSON_TYPE, body: `{"records":"${CANARY}"}` },
      422,
      'request.invalid',
      'records',
    ],
    [
      'a date that is none',
      { headers: JSON_TYPE, body: `{"records":[],"sent":"${CANARY}"}` },
      422,
      'request.invalid',
      'sent',
    ],
    [
      'a prototype',
      { headers: JSON_TYPE, body: `{"records":[],"__proto__":{"a":"${CANARY}"}}` },
      422,
      'request.invalid',
    ],
    [
      '501 records',
      { headers: JSON_TYPE, body: JSON.stringify({ records: Array(501).fill({ id: CANARY }) }) },
      422,
      'request.invalid',
      'records',
    ],
    [
      'more than 8 MB',
      { headers: JSON_TYPE, body: JSON.stringify({ records: [CANARY.repeat(450_000)] }) },
      413,
      'request.too_large',
    ],
  ])('answers %s with a problem', async (_what, init, status, code, field) => {
    const answer = await maya.ask('/api/records', { method: 'POST', body: CANARY, ...init })
    expectProblem(answer, status, code)
    if (field !== undefined) expect(answer.json()).toMatchObject({ field })
    // and the server goes on
    expect((await maya.get('/api/feed')).status).toBe(200)
  })

  it('answers every question of the wrong shape with a problem that names the field, never with a failure', async () => {
    const { epoch, grants } = (await maya.get('/api/feed')).json<FeedResponse>()
    const page = `/api/feed/backfill?aud=${grants[0]?.aud}&upto=10&epoch=${epoch}`
    const wrong: [string, string?][] = [
      [`/api/feed?since=${CANARY}`, 'since'],
      [`/api/feed?since=${CANARY}.${CANARY}`, 'since'],
      [`/api/feed?since=${'x'.repeat(500)}`, 'since'],
      [`/api/feed?held=${CANARY}`, 'held'],
      ['/api/feed?held=1,-2', 'held'],
      ['/api/feed?held=1&held=2', 'held'],
      ['/api/feed/backfill'],
      [`/api/feed/backfill?aud=${CANARY}&upto=1&epoch=${epoch}`, 'aud'],
      [`/api/feed/backfill?aud=1.5&upto=1&epoch=${epoch}`, 'aud'],
      [`/api/feed/backfill?aud=1&upto=1e999&epoch=${epoch}`, 'upto'],
      [`/api/feed/backfill?aud=1&upto=1&epoch=${CANARY}`, 'epoch'],
      ...[
        'records:abc',
        'records:1e400',
        'records:-1',
        'records:99999999999999999999',
        `zz:${CANARY}`,
        'summaries:%00',
      ].map((after): [string, string] => [`${page}&after=${after}`, 'after']),
      [`/api/goals/${CANARY}`, 'program'],
      ['/api/goals/%00', 'program'],
    ]
    for (const [path, field] of wrong) {
      const answer = await maya.get(path)
      expect(answer.status, path).toBe(422)
      expectProblem(answer, 422, field === 'since' && path.length < 400 ? 'feed.cursor' : 'request.invalid')
      if (field !== undefined) expect(answer.json(), path).toMatchObject({ field })
    }
    for (const held of ['', '0', '2147483648', '99999999999999999999', Array(3000).fill('7').join()])
      expect((await maya.get(`/api/feed?held=${held}`)).status, held.slice(0, 30)).toBe(200)
    expectProblem(
      await maya.get(`/api/feed/backfill?aud=99999999999&upto=1&epoch=${epoch}`),
      404,
      'access.denied',
    )
  })

  it('answers what is not there with a problem, also outside the interface', async () => {
    for (const path of [
      '/api',
      '/api/',
      '/api/nothing',
      `/api/${CANARY}`,
      '/api/%E0%A4%A',
      `/${CANARY}.js`,
      `/api/goals/${'a'.repeat(300)}`,
    ])
      expectProblem(await maya.get(path), 404, 'request.not_found')
    for (const [method, path] of [
      ['DELETE', '/api/me'],
      ['PUT', '/api/records'],
      ['PATCH', '/api/goals/x'],
      ['OPTIONS', '/api/records'],
    ] as const)
      expectProblem(await maya.ask(path, { method }), 404, 'request.not_found')
    expect((await maya.ask('/api/live', { method: 'HEAD' })).status).toBe(404)
  })

  it('says no to a wrong password as to everything else, and to guessing it', async () => {
    const guess = (n: number) =>
      house.visitor().post(
        '/api/auth/sign-in/email',
        { email: 'nobody@cedar-bend.example', password: `${CANARY}-${n}` },
        // what a client claims about its address does not count
        { 'x-forwarded-for': `10.0.0.${n}`, cookie: `a=${n}` },
      )
    expectProblem(await guess(0), 401, 'session.refused')
    let answer = await guess(1)
    for (let n = 2; answer.status === 401 && n < 60; n++) answer = await guess(n)
    expectProblem(answer, 429, 'request.too_many')
    expectProblem(await maya.post('/api/auth/nothing', {}), 404, 'request.not_found')
    expectProblem(
      await house
        .visitor()
        .post('/api/auth/sign-up/email', { email: 'a@b.example', password: CANARY, name: CANARY }),
      404,
      'request.not_found',
    )
  })

  it('slows down whoever asks too often', async () => {
    const somebody = await house.persona('other-para')
    let answer = await somebody.post('/api/demo/sign-in', { persona: CANARY })
    for (let n = 0; answer.status === 404 && n < 100; n++)
      answer = await somebody.post('/api/demo/sign-in', { persona: CANARY })
    expectProblem(answer, 429, 'request.too_many')
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await maya.get('/api/me')).status).toBe(200)
  })

  it(
    'slows down a person, on every machine, and nobody else of the same address',
    { timeout: 60_000 },
    async () => {
      const { district } = cedarBend()
      const [phone, desk] = [await house.member(district.id, personId('leo')), house.visitor()]
      desk.keep([phone.cookie])
      // of the wrong shape, so that it costs the server little; counted all the same
      const ask = (who: Visitor) => who.get('/api/feed/backfill')
      const first = await ask(phone)
      expect(first.status).toBe(422)
      let left = Number(first.headers.get('x-ratelimit-remaining'))
      expect(left).toBeGreaterThan(1000)
      for (; left > 0; left -= 40) await Promise.all(Array.from({ length: 40 }, () => ask(phone)))
      const answer = await ask(desk)
      expectProblem(answer, 429, 'request.too_many')
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expectProblem(await ask(phone), 429, 'request.too_many')
      expect((await maya.get('/api/me')).status).toBe(200)
      expect((await house.visitor().get('/api/health')).status).toBe(200)
    },
  )

  it('lets nothing of the interface be kept by a cache, and no page run what it did not bring', async () => {
    const { epoch } = (await maya.get('/api/feed')).json<FeedResponse>()
    const paths = [
      ...routes
        .filter(({ method, path }) => method === 'GET' && path !== '/api/live')
        .map(({ path }) => path),
      '/api',
      '/api?x',
      '/api/openapi.json',
      '/api/docs',
      '/api/docs/static/swagger-ui.css',
      '/api/nothing',
      '/api/auth/get-session',
      '/api/%E0%A4%A',
      `/api/feed/backfill?aud=1&upto=1&epoch=${epoch}`,
    ]
    for (const who of [maya, house.visitor()])
      for (const path of paths) {
        const answer = await who.get(path.replace('{program}', epoch))
        expect(answer.headers.get('cache-control'), path).toBe('no-store')
      }
    for (const path of [
      '/',
      '/today',
      '/api/docs',
      '/api/me',
      '/assets/app-1a2b3c.js',
      '/nothing.js',
      '/api/nothing',
    ]) {
      const { headers } = await maya.get(path, { accept: 'text/html' })
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy, path).toContain("script-src 'self'")
      expect(policy, path).not.toMatch(/unsafe-|\*|script-src[^;]*https?:/)
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(headers.get('referrer-policy'), path).toBe('no-referrer')
    }
    const page = (await maya.get('/', { accept: 'text/html' })).headers.get('content-security-policy')
    expect(page).toContain("default-src 'none'")
    expect(page).toContain("frame-ancestors 'none'")
    expect(page).toContain("base-uri 'none'")
  })

  it('G4 F19 answers records made to break the server each by itself, and takes their neighbours', async () => {
    const program = await publishProgram(house, dana, studentId('am'), 'torn')
    const records = sessionRecords(house, demoDevice(house, 'maya', 'torn'), program, 12)
    const [start, first, seq, deep, id, kind, late, early, zone, ...rest] = records as [
      ...Record<string, unknown>[],
    ]
    const batch = [
      start,
      { ...seq, seq: 2 ** 31 },
      first,
      { ...deep, body: { n: 'nested' } },
      { ...id, id: '\ud800' },
      { ...kind, kind: '\u0000' },
      { ...late, at: '9999-12-31T23:59:59.999Z', tz: 'Pacific/Kiritimati' },
      { ...early, at: '0000-01-01T00:00:00.000Z' },
      { ...zone, tz: '+24:00' },
      { [CANARY]: { toString: CANARY }, id: { $ne: null } },
      ...rest,
    ]
    const nested = `${'['.repeat(15_000)}${']'.repeat(15_000)}`
    const body = JSON.stringify({ records: batch }).replace('"nested"', nested)
    const answer = await maya.ask('/api/records', { method: 'POST', headers: JSON_TYPE, body })
    expect(answer.status).toBe(200)
    const { acks } = answer.json<PushResponse>()
    expect(acks).toHaveLength(batch.length)
    for (const good of [start, first, ...rest])
      expect(acks.find((ack) => ack.id === good?.['id'])).toMatchObject({ status: 'accepted' })
    for (const ack of acks) expect(ack.code).not.toBe('server.failed')
    expect(acks[3]).toMatchObject({ status: 'refused' })
    expect(acks[4]).toMatchObject({ status: 'refused', code: 'record.malformed', field: 'id' })
    expect(acks[5]).toMatchObject({ status: 'refused', code: 'record.malformed', field: 'kind' })
    expect(acks[8]).toMatchObject({ status: 'refused', code: 'record.malformed', field: 'tz' })
    expect(acks[9]).toMatchObject({ status: 'refused', code: 'record.malformed' })
    expect(answer.text).not.toContain(CANARY)
    // and they can be read again
    const { records: read } = (await dana.get('/api/feed')).json<FeedResponse>()
    for (const good of [start, first, ...rest])
      expect(read.map((record) => record.envelope.id)).toContain(good?.['id'])
  })

  it('survives requests that are not HTTP', async () => {
    const { hostname, port } = new URL(house.url)
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest({
        hostname,
        port,
        path: '/api/me',
        headers: { cookie: 'x'.repeat(40_000) },
      })
      request.on('response', (response) => resolve(response.resume().statusCode))
      request.on('error', reject)
      request.end()
    })
    expect(status).toBe(431)
    expect((await house.visitor().get('/api/health')).status).toBe(200)
  })
})

/** A refusal as the catalogue writes it: problem details with a stable code; no stack, no value that was sent. */
function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.json()).toMatchObject({
    status,
    code,
    type: `urn:handrail:problem:${code}`,
    title: expect.any(String),
  })
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(answer.text).not.toMatch(/node_modules|\.ts:|\bat \/|select |FST_ERR/)
  expect(answer.text).not.toContain(CANARY)
}
