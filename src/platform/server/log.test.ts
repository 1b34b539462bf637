/** The log: only fields that are named, never a message of an error, and in a busy run no student's name. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cedarBend } from '../../demo/cedar-bend.ts'
import { studentId } from '../../demo/people.ts'
import {
  demoDevice,
  openRunning,
  publishProgram,
  sessionRecords,
  type Running,
} from '../../guarantees/running.ts'
import type { InboxPage } from '../records/inbox.ts'
import { createLog, errorFields } from './log.ts'
import { testEngines } from './testing.ts'

const FIELDS = [
  'level',
  'time',
  'event',
  'route',
  'method',
  'status',
  'ms',
  'code',
  'error',
  'frames',
  'count',
  'port',
]
const NAME = 'Amari Mensah'
const NOTE = 'Grandmother Adjoa fetches him'

describe('a line of the log', () => {
  const { lines, log } = sink()
  const written = (): unknown => JSON.parse(lines.at(-1) ?? '')

  it('holds the fields that are named and drops all others', () => {
    log.info({ count: 3, route: '/api/feed', student: NAME, body: { name: NAME } }, 'request')
    expect(written()).toEqual({
      level: 30,
      time: expect.any(Number),
      count: 3,
      route: '/api/feed',
      event: 'request',
    })
  })

  it('drops what is not plain, also under a name that is allowed', () => {
    log.info(
      { code: { student: NAME }, frames: [{ at: NAME }], error: new Error(NAME), status: 200 } as object,
      'x',
    )
    expect(written()).toEqual({ level: 30, time: expect.any(Number), status: 200, event: 'x' })
  })

  it('says of an error its class, code and frames, however it is handed over', () => {
    const error = Object.assign(new TypeError(`row for ${NAME}\n    at ${NAME} (secret.ts:1:1)`), {
      code: '23505',
    })
    log.error(error)
    log.error({ err: error })
    log.error({ err: error }, 'failed')
    log.error({ ...errorFields(error), route: '/api/feed' }, 'failed')
    for (const line of lines.slice(-4)) {
      expect(JSON.parse(line)).toMatchObject({ level: 50, error: 'TypeError', code: '23505' })
      expect(line).toContain('log.test.ts')
      expect(line).not.toMatch(/Amari|Mensah|secret\.ts/)
    }
    log.error({ err: NAME })
    expect(written()).toMatchObject({ error: 'string' })
  })

  it('neither fills words into its own nor takes fields from a child', () => {
    log.warn('student %s of %o', NAME, { name: NAME })
    log.child({ student: NAME, code: NAME }).child({ name: NAME }).error({ count: 1 }, 'child %s', NAME)
    expect(lines.slice(-2).join()).not.toMatch(/Amari|Mensah/)
    expect(written()).toMatchObject({ count: 1, level: 50 })
  })
})

describe.each(testEngines().slice(0, 1))('a busy run on $name', { timeout: 60_000 }, ({ name }) => {
  const { lines, log } = sink()
  let house: Running
  beforeAll(async () => {
    const figures = { host: '127.0.0.1', port: 0 }
    house = await openRunning(name, { demo: true, web: true, log, config: { metrics: figures } })
  })
  afterAll(() => house.close())

  it('leaves no student’s name in the log or the figures, nor an id, whatever goes right or wrong', async () => {
    const owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
    const [dana, maya, joan] = [
      await house.persona('case-manager'),
      await house.persona('para'),
      await house.persona('coordinator'),
    ]
    const program = await publishProgram(house, dana, studentId('am'), `Requests of ${NAME}`)
    const records = sessionRecords(house, demoDevice(house, 'maya'), program, 3)
    expect((await maya.post('/api/records', { records })).status).toBe(200)
    await maya.post('/api/records', { records: [{ ...records[0], body: { name: NAME, note: NOTE } }] })
    const { paths } = (await maya.get('/api/openapi.json')).json<{
      paths: Record<string, Record<string, unknown>>
    }>()
    const entry = (await dana.get('/api/inbox')).json<InboxPage>().refused[0]?.entry ?? ''
    const everybody = [maya, dana, joan, house.visitor()]
    for (const who of everybody)
      for (const [path, methods] of Object.entries(paths).filter(([one]) => one !== '/api/live'))
        for (const method of Object.keys(methods))
          for (const place of [program.program, entry, NAME]) {
            const url = path.replace(/\{\w+\}/, encodeURIComponent(place))
            if (method === 'get') await who.get(url)
            // the personas stay who they are, and their devices open
            else if (!/sign-|clock/.test(path))
              for (const body of [
                JSON.stringify({
                  name: NAME,
                  how: 'other',
                  note: NOTE,
                  label: NAME,
                  records: [{ id: NAME, ct: NAME }],
                }),
                `{"note": "${NOTE}", "${NAME}`,
                `"${NAME}"`,
              ])
                await who.ask(url, {
                  method,
                  body,
                  headers: { 'content-type': 'application/json', 'x-name': NAME },
                })
          }
    const named = encodeURIComponent(NAME)
    for (const path of [
      `/api/goals/${named}`,
      `/api/feed?since=${named}`,
      `/api/${named}`,
      `/${named}`,
      `/api/%E0%A4%A${named}`,
    ])
      await maya.get(path, { 'user-agent': NAME.replace(' ', '/'), referer: `http://x/${named}` })
    await maya.post('/api/records', {
      records: [
        { id: NAME, body: NAME },
        { ...records[0], body: { name: NAME } },
      ],
    })
    await maya.post('/api/records', NAME)
    await maya.ask('/api/records', {
      method: 'POST',
      body: NAME,
      headers: { 'content-type': `text/${named}` },
    })
    await maya.ask(`/api/records?${named}`, { method: 'DELETE', body: NAME })
    await maya.post('/api/demo/sign-in', { persona: NAME })
    await house
      .visitor()
      .post('/api/auth/sign-in/email', { email: 'amari.mensah@cedar-bend.example', password: NAME })

    // an error of the database that names a student, in its message, its detail and its hint
    await owner.query(`
      create function fail() returns trigger language plpgsql as $$ begin
        raise exception 'row for ${NAME}' using detail = 'Key (name)=(${NAME})', hint = '${NAME}', errcode = 'P0042';
      end $$;
      create trigger fail before insert on record for each row execute function fail()`)
    const phone = demoDevice(house, 'maya', 'tablet')
    const failed = await maya.post('/api/records', { records: sessionRecords(house, phone, program, 1) })
    expect(failed.status).toBe(500)
    expect(failed.text).not.toContain('Mensah')
    await owner.query('create trigger fail before update on refused for each row execute function fail()')
    const settled = await dana.post(`/api/inbox/${entry}/settle`, { how: 'other', note: NOTE })
    expect([settled.status, settled.text.includes('Mensah')]).toEqual([500, false])
    await owner.end()
    const figures = await (await fetch(`${house.app.metricsUrl}/metrics`)).text()
    expect(figures).toContain('handrail_http_request_seconds')

    expect(lines.length).toBeGreaterThan(50)
    const failure = lines.map((line) => JSON.parse(line)).find((line) => line.event === 'request failed')
    expect(failure).toMatchObject({ level: 50, code: 'P0042', route: '/api/records' })
    for (const line of lines) expect(FIELDS).toEqual(expect.arrayContaining(Object.keys(JSON.parse(line))))
    const all = [...lines, figures].join('\n')
    const words = cedarBend().batch.students.flatMap(({ given, family, preferred, initials }) => [
      given,
      family,
      preferred ?? given,
      initials,
      initials.replaceAll('.', ''),
      `${initials} ${family}`,
    ])
    for (const word of [...words, ...NOTE.split(' ')]) {
      const alone = `(?<!\\p{L})${RegExp.escape(word)}(?!\\p{L})`
      // two letters may be anything, and so may `max` among figures
      expect(lines.join('\n'), word).not.toMatch(new RegExp(alone, word.length > 2 ? 'iu' : 'u'))
      expect(figures, word).not.toMatch(new RegExp(alone, 'u'))
    }
    expect(all).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
    expect(all).not.toContain(named)
  })
})

function sink() {
  const lines: string[] = []
  const log = createLog('trace', { write: (line: string) => lines.push(line) })
  return { lines, log }
}
