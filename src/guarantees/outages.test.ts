/**
 * The database away, silent, full or quarrelling while people record: the answer is a problem to try again after, never
 * a refusal of a record and never a 500; nothing is half there; and it goes on by itself when the trouble is over.
 */
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { cedarBend } from '../demo/cedar-bend.ts'
import { studentId } from '../demo/people.ts'
import type { Envelope } from '../platform/records/envelope.ts'
import type { FeedResponse, PushResponse } from '../platform/records/wire.ts'
import { testEngines } from '../platform/server/testing.ts'
import { openWire, type Wire } from '../platform/server/testing-proxy.ts'
import {
  demoDevice,
  openRunning,
  publishProgram,
  sessionRecords,
  type Answer,
  type Running,
  type Visitor,
} from './running.ts'

const DISTRICT = cedarBend().district.id
/** A third of it is given to a lock, and PostgreSQL looks for deadlocks after a second. */
const PATIENCE_MS = 4500

describe.each(testEngines())('outages of $name', { timeout: 60_000 }, ({ name }) => {
  let house: Running
  let maya: Visitor
  let dana: Visitor
  let owner: pg.Client
  let program: Awaited<ReturnType<typeof publishProgram>>
  let phone: ReturnType<typeof demoDevice>
  let wire: Wire
  /** What happens to what goes over the wire; by default nothing. */
  const hooks = {
    toServer: (chunk: Buffer, _cut: () => void): Buffer | null => chunk,
    toClient: (chunk: Buffer, _cut: () => void): Buffer | null => chunk,
  }
  const plain = { ...hooks }
  beforeAll(async () => {
    house = await openRunning(name, {
      demo: true,
      core: { patienceMs: PATIENCE_MS },
      databaseUrl: async (url) => {
        wire = await openWire(url, {
          toServer: (chunk, cut) => hooks.toServer(chunk, cut),
          toClient: (chunk, cut) => hooks.toClient(chunk, cut),
        })
        return wire.url
      },
    })
    owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
    ;[maya, dana] = [await house.persona('para'), await house.persona('case-manager')]
    program = await publishProgram(house, dana, studentId('am'))
    phone = demoDevice(house, 'maya')
  })
  afterAll(async () => {
    await owner.end()
    await house.close()
    await wire.close()
  })

  const session = () => sessionRecords(house, phone, program, 3)
  const stored = async (records: readonly Envelope[]) =>
    (await owner.query('select id from record where id = any($1)', [records.map((record) => record.id)]))
      .rowCount
  const refused = async () =>
    (await owner.query('select count(*)::int as n from refused')).rows[0].n as number
  /** The device's own answer to a 503: the same again. */
  const accepted = async (records: readonly Envelope[]) => {
    const answer = await maya.post('/api/records', { records })
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)])
    for (const ack of answer.json<PushResponse>().acks)
      expect(['accepted', 'duplicate']).toContain(ack.status)
    expect(await stored(records)).toBe(records.length)
  }

  it.each([
    ['while it is greeted', (text: string) => text.includes('\0user\0')],
    ['at the first word of a transaction', (text: string) => text.includes('begin')],
    ['while it looks what a person may see', (text: string) => text.includes('person_writes')],
    ['while it stores', (text: string) => text.includes('insert into record')],
    ['at its last word', (text: string) => text.includes('commit')],
  ])(
    'G2 F20 a connection cut %s is a moment to try again in, and a record is there whole or not',
    async (_when, at) => {
      const records = session()
      for (const arrives of [false, true]) {
        // every pool begins anew, so that all of it goes over the wire
        wire.cut()
        await delay(50)
        wire.mend()
        let cuts = 0
        hooks.toServer = (chunk, cut) => {
          if (!at(chunk.toString('latin1'))) return chunk
          cuts += 1
          if (!arrives) {
            cut()
            return null
          }
          // it arrives, and its answer is lost
          setImmediate(cut)
          return chunk
        }
        const answer = await maya.post('/api/records', { records })
        hooks.toServer = plain.toServer
        expect(cuts).toBeGreaterThan(0)
        expect([answer.status, answer.json()['code']]).toEqual([503, 'database.unavailable'])
        expect([0, records.length]).toContain(await stored(records))
      }
      expect(await refused()).toBe(0)
      await accepted(records)
      await told(records)
    },
  )

  it('F25 a database that takes everything and answers nothing holds nobody up for ever', async () => {
    const records = session()
    hooks.toClient = () => null
    const answers = await Promise.all([
      maya.post('/api/records', { records }),
      maya.get('/api/feed'),
      house.visitor().get('/api/health'),
      house.visitor().post('/api/demo/sign-in', { persona: 'para' }),
      house
        .visitor()
        .post('/api/auth/sign-in/email', { email: 'a@b.invalid', password: 'correct horse battery' }),
    ])
    hooks.toClient = plain.toClient
    for (const answer of answers)
      expect([answer.status, answer.json()['code']]).toEqual([503, 'database.unavailable'])
    expect(await refused()).toBe(0)
    await accepted(records)
    expect((await dana.get('/api/feed')).status).toBe(200)
    const open = await owner.query(
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
    )
    expect(open.rows).toEqual([{ n: 0 }])
  })

  it('brings news again after the database was away', async () => {
    wire.cut()
    await delay(100)
    wire.mend()
    const abort = new AbortController()
    onTestFinished(() => abort.abort())
    const stream = await fetch(`${house.url}/api/live`, {
      headers: { cookie: dana.cookie },
      signal: abort.signal,
    })
    let text = ''
    const reading = (async () => {
      for await (const chunk of stream.body ?? []) text += Buffer.from(chunk as Uint8Array).toString()
    })()
    reading.catch(() => {})
    await until(async () => {
      await accepted(session())
      return text.includes('event: news')
    })
    expect(stream.status).toBe(200)
  })

  it('F41 a deadlock is run again inside: the device hears accepted', async () => {
    const before = await deadlocks()
    // PostgreSQL looks for a circle once, a second after a wait began. On a machine that is too busy to close the circle
    // by then it is the other one that has to give way, and it is tried again.
    let records: Envelope[] = []
    let answer: Answer | undefined
    for (let tries = 0; tries < 5 && answer?.status !== 200; tries++) {
      records = session()
      answer = await inACircle(records)
    }
    expect(answer?.json<PushResponse>().acks.map((ack) => ack.status)).toEqual(records.map(() => 'accepted'))
    await until(async () => (await deadlocks()) > before)
    expect(await refused()).toBe(0)
    await told(records)
  })

  it.each([
    ['a deadlock', '40P01', 503, 'database.unavailable'],
    ['a lost race of serializable transactions', '40001', 503, 'database.unavailable'],
    ['a lock that is not to be had', '55P03', 503, 'database.unavailable'],
    ['a statement that is ended', '57014', 503, 'database.unavailable'],
    ['a full disk', '53100', 507, 'database.full'],
  ])(
    'F41 %s that comes again and again (%s) refuses no record, and leaves nothing behind',
    async (_what, state, status, code) => {
      const records = session()
      const entries = async () =>
        (await owner.query('select count(*)::int as n from audit')).rows[0].n as number
      const before = await entries()
      await owner.query(`
      create function trouble() returns trigger language plpgsql as $$
      begin raise exception 'no room for Amari Mensah' using errcode = '${state}'; end $$;
      create trigger trouble before insert on record for each row execute function trouble()`)
      const answer = await maya.post('/api/records', { records })
      await owner.query('drop function trouble cascade')
      expect([answer.status, answer.json()['code']]).toEqual([status, code])
      expect(answer.text).not.toContain('Amari')
      expect([await stored(records), await entries(), await refused()]).toEqual([0, before, 0])
      const positions = await owner.query(
        'select head::int - (select max(pos)::int from record) as ahead from counter',
      )
      expect(positions.rows).toEqual([{ ahead: 0 }])
      await accepted(records)
    },
  )

  it('F41 a lock held by somebody for too long is a moment to try again in', async () => {
    const holder = new pg.Client({ connectionString: house.db.ownerUrl })
    await holder.connect()
    await holder.query('begin; select from handrail.counter for update')
    const records = session()
    const answer = await maya.post('/api/records', { records })
    expect([answer.status, answer.json()['code']]).toEqual([503, 'database.unavailable'])
    await holder.end()
    await accepted(records)
    expect(await refused()).toBe(0)
  })

  /** The answer to a push that had to give way to another in a deadlock; nothing when it was not the one. */
  const inACircle = async (records: readonly Envelope[]): Promise<Answer | undefined> => {
    const other = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await other.connect()
    await other.query('begin; select from counter for update')
    const pushing = maya.post('/api/records', { records })
    // it holds its partition and waits for the counter; now the other waits for the partition
    await until(async () => (await blocked()) === 1)
    const hadItsWay = await other
      .query('select pg_advisory_xact_lock(hashtext($1), bucket) from generate_series(0, 127) as bucket', [
        DISTRICT,
      ])
      .then(
        () => true,
        () => false,
      )
    await other.query('commit')
    await other.end()
    const answer = await pushing
    return hadItsWay ? answer : undefined
  }
  /** Told of in the trail once, and in the feed of the case manager once. */
  const told = async (records: readonly Envelope[]) => {
    const ids = records.map((record) => record.id)
    const entries = await owner.query<{ id: string }>(
      `select a.value ->> 0 as id from audit, json_array_elements(detail::json -> 'accepted') as a
       where action = 'records.ingest' and a.value ->> 0 = any($1)`,
      [ids],
    )
    expect(entries.rows.map((row) => row.id).sort()).toEqual([...ids].sort())
    const seen = (await pullAll(dana)).filter((id) => ids.includes(id))
    expect(seen.sort()).toEqual([...ids].sort())
  }
  const deadlocks = async () =>
    (await owner.query('select deadlocks::int as n from pg_stat_database where datname = current_database()'))
      .rows[0].n as number
  const blocked = async () =>
    (
      await owner.query(
        `select count(*)::int as n from pg_stat_activity
         where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`,
      )
    ).rows[0].n as number
})

async function pullAll(who: Visitor, since?: string): Promise<string[]> {
  const page = (
    await who.get(`/api/feed${since ? `?since=${encodeURIComponent(since)}` : ''}`)
  ).json<FeedResponse>()
  const ids = page.records.map((record) => record.envelope.id)
  return page.more ? [...ids, ...(await pullAll(who, page.next))] : ids
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await condition()) return
    await delay(20)
  }
  throw new Error('waited in vain')
}
