/**
 * Eight o'clock on Monday, small: many devices with unsent records at once; and clients that are slow, greedy or
 * broken beside one that works. Compared by what arrives, never by time. bench/ takes the same at full size.
 */
import { Agent } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import pg from 'pg'
import { loadRoster } from '../capabilities/roster/server/queries.ts'
import { canonical } from '../platform/core/canonical.ts'
import { MAX_RECORD_BYTES } from '../platform/records/envelope.ts'
import { FeedResponse, PushResponse } from '../platform/records/wire.ts'
import { secretOf } from '../platform/server/secrets.ts'
import { testEngines } from '../platform/server/testing.ts'
import { drain, send } from './burst.ts'
import { crowdOf, programsOf, sessionsOf, SESSION_RECORDS, signInAll, type CrowdMember } from './crowd.ts'
import { openRunning, type Running, Visitor } from './running.ts'

const DEVICES = 200
const SESSIONS = 8

describe.each(testEngines().slice(0, 1))('a crowd on $name', ({ name }) => {
  const crowd = crowdOf('Load', DEVICES)
  let house: Running
  let owner: pg.Client
  let cookies: ReadonlyMap<string, string>
  const agent = new Agent({ keepAlive: true })
  const cookieOf = (member: CrowdMember | undefined) => cookies.get(member?.person ?? '') ?? ''

  beforeAll(async () => {
    house = await openRunning(name)
    await loadRoster(house.core.database, crowd.district, crowd.roster, { source: 'test', report: {} })
    owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
    cookies = await signInAll({
      ownerUrl: house.db.ownerUrl,
      secret: secretOf(house.dataDir, 'session'),
      district: crowd.district.id,
      people: [...crowd.paras, ...crowd.managers].map((member) => member.person),
    })
  })
  afterAll(async () => {
    agent.destroy()
    await owner.end()
    await house.close()
  })

  it('asks for the reach of a person by their own relationships, in a district nobody has counted yet', async () => {
    // statistics come minutes after a first import; without them the planner once walked every audience there is
    const fetched = async () => {
      const { rows } = await owner.query<{ n: number }>(
        "select (idx_tup_fetch + seq_tup_read)::int as n from pg_stat_xact_user_tables where relname = 'aud'",
      )
      return rows[0]?.n ?? 0
    }
    await owner.query('begin')
    const before = await fetched()
    const args = [crowd.district.id, crowd.paras[3]?.person, new Date()]
    const { rowCount: grants } = await owner.query('select * from person_grants($1, $2, $3)', args)
    const students = crowd.paras[3]?.students.map((student) => student.id)
    const { rowCount: writes } = await owner.query('select * from person_writes($1, $2, $3, $3, $4)', [
      ...args,
      students,
    ])
    const read = (await fetched()) - before
    await owner.query('commit')
    // a para reads five tiers of six students, writes three of them, and has a scope of their own: that, and no more
    expect([grants, writes]).toEqual([31, 19])
    expect(read).toBe(50)
  })

  it('G2 F3 takes 200 records of each of 200 devices that come at once: each one once, byte for byte', async () => {
    for (const manager of crowd.managers) {
      const { acks } = await drain(house.url, agent, {
        cookie: cookieOf(manager),
        records: programsOf(manager),
      })
      expect(new Set(acks.map((ack) => ack.status))).toEqual(new Set(['accepted']))
    }
    const outboxes = crowd.paras.map((para) => sessionsOf(para, SESSIONS))
    const heap = heapInUse()
    const drained = await Promise.all(
      outboxes.map((records, n) => drain(house.url, agent, { cookie: cookieOf(crowd.paras[n]), records })),
    )
    expect(drained.flatMap(({ acks }) => acks.filter((ack) => ack.status !== 'accepted'))).toEqual([])
    expect(drained.map(({ acks }) => acks.map((ack) => ack.id))).toEqual(
      outboxes.map((records) => records.map((record) => record.id)),
    )

    const { rows } = await owner.query<{ device: string; envelope: string; is_digest: boolean }>(
      `select device, envelope, digest = sha256(convert_to(envelope, 'UTF8')) as is_digest
       from record where kind <> 'sessions.program' order by device, seq`,
    )
    expect(rows.filter((row) => !row.is_digest)).toEqual([])
    expect(rows.map((row) => row.envelope)).toEqual(
      outboxes
        .toSorted(([a], [b]) => ((a?.device ?? '') < (b?.device ?? '') ? -1 : 1))
        .flatMap((records) => records.map((record) => canonical(record))),
    )
    const sessions = await owner.query<{ n: number }>(
      "select count(*)::int as n from projection where view = 'sessions.session'",
    )
    expect(sessions.rows[0]?.n).toBe(DEVICES * SESSIONS)

    // what 40,000 records left behind in the server; the answers above are ours, and some 20 MB
    drained.length = 0
    rows.length = 0
    expect(heapInUse() - heap).toBeLessThan(64 * 1024 * 1024)
  }, 300_000)

  it('F25 slow, deaf and greedy clients: whoever works beside them pushes and pulls', async () => {
    const { server } = house.app.http
    expect(server).toMatchObject({ requestTimeout: 60_000, headersTimeout: 20_000, timeout: 120_000 })
    // put off here until the others have had their turn on a machine however slow, and then shortened
    server.requestTimeout = 600_000
    server.headersTimeout = 600_000
    server.setTimeout(600_000)
    const { port } = server.address() as AddressInfo
    const [maya, andre, ...others] = crowd.paras
    if (!maya || !andre) throw new Error('nobody there')
    const dial = async (first: string) => {
      const socket = connect(port, '127.0.0.1')
      // cut off by the server sooner or later, which is the point
      socket.on('error', () => {})
      await new Promise((done) => socket.once('connect', done))
      socket.write(first)
      return socket
    }
    const head = (line: string, member: CrowdMember | undefined, more = '') =>
      `${line} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncookie: ${cookieOf(member)}\r\n${more}\r\n`
    const some = (n: number, open: (member: CrowdMember | undefined) => Promise<Socket>) =>
      Promise.all(Array.from({ length: n }, (_, i) => open(others[i])))

    const bodies = await some(100, (member) =>
      dial(head('POST /api/records', member, 'content-type: application/json\r\ncontent-length: 4000\r\n')),
    )
    const headers = await some(100, async () => dial('GET /api/feed HTTP/1.1\r\nx-slow: '))
    const drip = setInterval(() => {
      for (const socket of [...bodies, ...headers]) if (socket.writable) socket.write('x')
    }, 1000)
    const deaf = await some(10, async (member) => {
      const socket = await dial(head('GET /api/feed', member).repeat(20))
      return socket.pause()
    })
    const streams = await some(100, async (member) => (await dial(head('GET /api/live', member))).pause())

    try {
      let made = SESSIONS * SESSION_RECORDS
      const works = async () => {
        const records = sessionsOf(maya, 2, made)
        made += records.length
        const { acks } = await drain(house.url, agent, { cookie: cookieOf(maya), records })
        expect(acks.map((ack) => ack.status)).toEqual(records.map(() => 'accepted'))
        const visitor = new Visitor(house.url)
        visitor.keep([cookieOf(maya)])
        const feed = FeedResponse.parse((await visitor.get('/api/feed')).json())
        expect(feed.records.length).toBeGreaterThan(0)
      }
      const post = (body: string) => send(house.url, { cookie: cookieOf(andre), body }, agent)
      await works()

      const limit = 8 * 1024 * 1024
      const frame = '{"records":[],"pad":""}'
      const under = post(`{"records":[],"pad":"${'x'.repeat(limit - frame.length)}"}`)
      const over = post(`{"records":[],"pad":"${'x'.repeat(limit - frame.length + 1)}"}`)
      await works()
      expect((await under).status).toBe(200)
      expect((await over).status).toBe(413)

      const depth = 1_000_000
      const nested = post(`{"records":[${'['.repeat(depth)}${']'.repeat(depth)}]}`)
      await works()
      expect([200, 400]).toContain((await nested).status)

      // as many records of the largest size as one request holds: each is answered for itself
      const [sample] = sessionsOf(andre, 1, made)
      const large = (n: number) => ({
        ...sample,
        seq: n + 1,
        body: { note: 'x'.repeat(MAX_RECORD_BYTES - 900) },
      })
      const most = post(JSON.stringify({ records: Array.from({ length: 125 }, (_, n) => large(n)) }))
      const tooMany = post(JSON.stringify({ records: Array.from({ length: 500 }, (_, n) => large(n)) }))
      await works()
      const { acks } = PushResponse.parse(JSON.parse((await most).text))
      expect(acks.map((ack) => ack.code)).toEqual(Array.from({ length: 125 }, () => 'record.body'))
      expect((await tooMany).status).toBe(413)

      // all the while the slow ones were there, and took nothing but their sockets
      const isOpen = (socket: Socket) => socket.readyState === 'open'
      expect([bodies, headers, streams].map((sockets) => sockets.filter(isOpen).length)).toEqual([
        100, 100, 100,
      ])

      // nobody may take for ever
      server.requestTimeout = 500
      server.headersTimeout = 500
      await expect.poll(() => [...bodies, ...headers].filter(isOpen).length, { timeout: 60_000 }).toBe(0)
      await works()
    } finally {
      clearInterval(drip)
      for (const socket of [...bodies, ...headers, ...deaf, ...streams]) socket.destroy()
    }
  }, 300_000)
})

function heapInUse(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
