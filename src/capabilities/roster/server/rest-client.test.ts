/** Against a double of a OneRoster 1.2 service that speaks as the specification does: token, pages, filter. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readRest } from '../rest.ts'
import { fetchRoster, type RestService } from './rest-client.ts'

const ref = (type: string, sourcedId: string) => ({ href: `/${type}s/${sourcedId}`, sourcedId, type })
const base = (sourcedId: string, dateLastModified = '2026-08-01T00:00:00.000Z') => ({
  sourcedId,
  status: 'active',
  dateLastModified,
})

/** More students than the double gives at once. */
const STUDENTS = Array.from({ length: 250 }, (_, i) => ({
  ...base(`st${i}`),
  enabledUser: 'true',
  givenName: `Given${i}`,
  familyName: 'Family',
  preferredFirstName: i === 0 ? 'Sasha' : null,
  grades: ['02'],
  roles: [{ roleType: 'primary', role: 'student', org: ref('org', 's1') }],
}))

const DATA: Record<string, { dateLastModified: string }[]> = {
  orgs: [
    { ...base('d1'), name: 'Maple District', type: 'district' } as never,
    { ...base('s1'), name: 'Maple Elementary', type: 'school', parent: ref('org', 'd1') } as never,
  ],
  academicSessions: [
    { ...base('t1'), title: 'Fall', type: 'term', startDate: '2026-08-17', endDate: '2026-12-18' } as never,
  ],
  courses: [],
  classes: [
    {
      ...base('c1'),
      title: 'Room 12',
      school: ref('org', 's1'),
      terms: [ref('academicSession', 't1')],
    } as never,
  ],
  users: [
    ...STUDENTS,
    {
      ...base('ai1'),
      enabledUser: 'true',
      givenName: 'Maya',
      familyName: 'Ortega',
      roles: [{ roleType: 'primary', role: 'aide', org: ref('org', 's1'), beginDate: '2025-08-11' }],
    } as never,
  ],
  enrollments: [
    {
      ...base('e1'),
      role: 'student',
      class: ref('class', 'c1'),
      user: ref('user', 'st0'),
      school: ref('org', 's1'),
    } as never,
    {
      ...base('e2'),
      role: 'aide',
      class: ref('class', 'c1'),
      user: ref('user', 'ai1'),
      school: ref('org', 's1'),
    } as never,
  ],
}
const MOST_AT_ONCE = 100

describe('a OneRoster 1.2 service', () => {
  let server: Server
  let service: RestService
  let asked: string[] = []
  let busy = 0
  const answer = async (
    request: IncomingMessage,
  ): Promise<{ status: number; body: unknown; headers?: Record<string, string> }> => {
    const url = new URL(request.url ?? '', 'http://double')
    if (url.pathname === '/token') {
      let form = ''
      for await (const piece of request) form += String(piece)
      const right = request.headers.authorization === `Basic ${Buffer.from('me:s%3Acret').toString('base64')}`
      if (!right || new URLSearchParams(form).get('grant_type') !== 'client_credentials')
        return { status: 401, body: { error: 'invalid_client' } }
      return { status: 200, body: { access_token: 'a token', token_type: 'bearer', expires_in: 3600 } }
    }
    if (request.headers.authorization !== 'Bearer a token') return { status: 401, body: {} }
    if (busy-- > 0) return { status: 429, body: {}, headers: { 'retry-after': '0.01' } }
    const name = /^\/ims\/oneroster\/rostering\/v1p2\/(\w+)$/.exec(url.pathname)?.[1] ?? ''
    const all = DATA[name]
    if (!all) return { status: 404, body: {} }
    asked.push(`${name} ${url.searchParams.get('offset')} ${url.searchParams.get('filter') ?? ''}`.trim())
    const after = /^dateLastModified>'(.+)'$/.exec(url.searchParams.get('filter') ?? '')?.[1]
    const chosen = all.filter((one) => after === undefined || one.dateLastModified > after)
    const offset = Number(url.searchParams.get('offset'))
    const limit = Math.min(Number(url.searchParams.get('limit')), MOST_AT_ONCE)
    return { status: 200, body: { [name]: chosen.slice(offset, offset + limit) } }
  }
  beforeAll(async () => {
    server = createServer((request, response) => {
      void answer(request).then(({ status, body, headers }) => {
        response
          .writeHead(status, { 'content-type': 'application/json', ...headers })
          .end(JSON.stringify(body))
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    service = { url, tokenUrl: `${url}/token`, clientId: 'me', clientSecret: 's:cret' }
  })
  beforeEach(() => {
    asked = []
    busy = 0
  })
  afterAll(() => server.close())

  it('gives every page of every collection, whatever the service gives at once, as one roster', async () => {
    const collections = await fetchRoster(service, null)
    expect(asked.filter((one) => one.startsWith('users'))).toEqual([
      'users 0',
      'users 100',
      'users 200',
      'users 251',
    ])
    expect(collections).not.toBeNull()
    const { batch, report } = readRest(collections ?? ({} as never), {
      ids: (type, source) => `${type}:${source}`,
      now: '2026-10-06T14:00:00.000Z',
      tz: 'America/Chicago',
    })
    expect(report).toMatchObject({ fit: true, findings: [] })
    expect(batch.students).toHaveLength(250)
    expect(batch.students[0]).toMatchObject({
      preferred: 'Sasha',
      initials: 'S.F.',
      grade: '02',
      school: 'org:s1',
    })
    expect(
      batch.relationships.map(({ person, student, role, from, to }) => [person, student, role, from, to]),
    ).toEqual([['user:ai1', 'user:st0', 'para', '2026-08-17T05:00:00.000Z', '2026-12-19T06:00:00.000Z']])
  })

  it('asks what changed since, and fetches nothing when nothing did', async () => {
    expect(await fetchRoster(service, new Date('2026-09-01T00:00:00Z'))).toBeNull()
    expect(asked).toHaveLength(6)
    expect(asked).toContain("users 0 dateLastModified>'2026-09-01T00:00:00.000Z'")
    expect(await fetchRoster(service, new Date('2026-07-01T00:00:00Z'))).not.toBeNull()
  })

  it('comes again when it was asked to wait', async () => {
    busy = 2
    expect(await fetchRoster(service, null)).not.toBeNull()
  })

  it.each([
    [
      'a secret that is wrong',
      { clientSecret: 'other' },
      'The service did not give the token: it answered 401.',
    ],
    ['another path', { url: 'PATH' }, 'The service did not give orgs: it answered 404.'],
    ['a service in the open', { url: 'http://sis.example' }, 'must be asked over HTTPS'],
  ] as [string, Partial<RestService>, string][])(
    'says plainly what is wrong with %s',
    async (_what, wrong, message) => {
      const url = wrong.url === 'PATH' ? `${service.url}/elsewhere` : (wrong.url ?? service.url)
      await expect(fetchRoster({ ...service, ...wrong, url }, null)).rejects.toThrow(message)
    },
  )

  it('names the object of a shape that is none', () => {
    const { report } = readRest(
      {
        orgs: [{ name: 'no id' }],
        academicSessions: [],
        courses: [],
        classes: [],
        users: [],
        enrollments: [],
      },
      { ids: (type, source) => `${type}:${source}`, now: '2026-10-06T14:00:00.000Z', tz: 'UTC' },
    )
    expect(report.fit).toBe(false)
    expect(report.findings).toEqual([
      expect.objectContaining({ code: 'rest.shape', file: 'orgs', row: 1, field: 'sourcedId' }),
    ])
  })
})
