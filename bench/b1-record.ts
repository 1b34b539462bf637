/**
 * B1: what a synced record costs. Batches of 50, signed in, validated, authorized row by row under row-level security,
 * folded, audited and acknowledged one by one, over HTTP. The floor is PostgreSQL alone taking the very same rows into
 * a table of the same shape, with nothing around it; a peer is a server that takes the same bodies and only keeps them.
 */
import type pg from 'pg'
import { sessionsOf, SESSION_RECORDS } from '../src/guarantees/crowd.ts'
import { postAll, type Post } from '../src/guarantees/burst.ts'
import { median, number, type Figure, type Line } from './frame.ts'
import { openHouse, startServer, type House } from './house.ts'
import { openDevice } from './sealed.ts'

const BATCH = 50
const PARAS = 40
const ROUNDS = 7
const POSTS_A_ROUND = 200
/** Until the server's code is compiled: it serves a day, not a minute. */
const WARM_UPS = 3

export const b1: Figure = {
  id: 'B1',
  question: 'What does a synced record cost?',
  async run() {
    const house = await openHouse(PARAS)
    try {
      const made = new Map<string, number>()
      for (let round = 0; round < WARM_UPS; round++) await postAll(house.url, postsOf(house, made), 4)
      await house.owner.query('create table bench_floor (like record including all)')
      const lines: Line[] = []
      for (const connections of [4, 8]) {
        const ours: Measure[] = []
        const floors: Measure[] = []
        for (let round = 0; round < ROUNDS; round++) {
          const posts = postsOf(house, made)
          ours.push(await measure(house, () => postAll(house.url, posts, connections)))
          floors.push(await measureFloor(house))
        }
        lines.push(...linesOf(`own path, ${connections} connections`, ours, floors, 0.15))
      }
      const sealed: Measure[] = []
      const floors: Measure[] = []
      for (let round = 0; round < ROUNDS; round++) {
        const posts = await sealedPostsOf(house, made)
        sealed.push(await measure(house, () => postAll(house.url, posts, 8)))
        floors.push(await measureFloor(house))
      }
      const [, cpu] = linesOf('sealed and signed path, 8 connections', sealed, floors, 0.5)
      return [...lines, ...(cpu ? [cpu] : []), await bareLine(house, made)]
    } finally {
      await house.close()
    }
  },
}

/** The same bodies to a server that only keeps them (bare.ts), in turn with the floor. */
async function bareLine(house: House, made: Map<string, number>): Promise<Line> {
  await house.owner.query('create table bench_bare (like record including all)')
  const server = await startServer({ BENCH_DATABASE: house.ownerUrl }, 'bare.ts')
  try {
    await postAll(server.url, postsOf(house, made), 8)
    const bare: Measure[] = []
    const floors: Measure[] = []
    const cpu = async () => ({ server: (await server.usage()).cpu, database: (await house.cpu()).database })
    for (let round = 0; round < ROUNDS; round++) {
      const posts = postsOf(house, made)
      // the newest rows of ours are in the floor already
      await house.owner.query('truncate bench_floor')
      bare.push(await measure({ ...house, cpu }, () => postAll(server.url, posts, 8)))
      floors.push(await measureFloor(house))
    }
    const rate = median(bare.map((one) => one.rate))
    const floor = median(floors.map((one) => one.rate))
    const spent = median(bare.map((one) => one.server + (one.database ?? 0)))
    return {
      what: 'a server that checks nothing and only keeps the same bodies, 8 connections: records/s',
      value: `${number(rate)}, CPU ${number(spent, 3)} ms a record`,
      floor: `${number(floor)} → ratio ${number(rate / floor, 2)}`,
    }
  } finally {
    await server.end()
  }
}

/** Records a second on eight connections, in one round: what other figures hold themselves against. */
export async function steadyRate(house: House, made: Map<string, number>): Promise<number> {
  const posts = postsOf(house, made)
  return (await measure(house, () => postAll(house.url, posts, 8))).rate
}

/** Records a second, and CPU a record in ms. */
interface Measure {
  readonly rate: number
  readonly server: number
  readonly database: number | null
}

const RECORDS = POSTS_A_ROUND * BATCH

async function measure(house: House, work: () => Promise<unknown>): Promise<Measure> {
  const before = await house.cpu()
  const began = performance.now()
  await work()
  const seconds = (performance.now() - began) / 1000
  const after = await house.cpu()
  return {
    rate: RECORDS / seconds,
    server: (after.server - before.server) / RECORDS,
    database:
      after.database === null || before.database === null
        ? null
        : (after.database - before.database) / RECORDS,
  }
}

function linesOf(
  what: string,
  ours: readonly Measure[],
  floors: readonly Measure[],
  cpuGoal: number,
): Line[] {
  const rate = median(ours.map((one) => one.rate))
  const floor = median(floors.map((one) => one.rate))
  const server = median(ours.map((one) => one.server))
  const database = median(ours.map((one) => one.database ?? 0))
  const floorCpu = median(floors.map((one) => one.database ?? 0))
  return [
    {
      what: `${what}: records/s`,
      value: number(rate),
      floor: `${number(floor)} → ratio ${number(rate / floor, 2)}`,
      goal: '≥ 0.35 of the floor',
      holds: rate / floor >= 0.35,
    },
    {
      what: `${what}: CPU a record`,
      value: `${number(server + database, 3)} ms (server ${number(server, 3)}, PostgreSQL ${number(database, 3)})`,
      floor: `PostgreSQL ${number(floorCpu, 3)} ms`,
      goal: `≤ ${cpuGoal} ms`,
      holds: server + database <= cpuGoal,
    },
  ]
}

/** Two sessions a batch, para after para. `made` remembers how far each device has counted. */
function batchesOf(house: House, made: Map<string, number>) {
  return Array.from({ length: POSTS_A_ROUND }, (_, n) => {
    const para = house.crowd.paras[n % PARAS]
    if (!para) throw new Error('no para')
    const before = made.get(para.person) ?? 0
    made.set(para.person, before + BATCH)
    return { para, records: sessionsOf(para, BATCH / SESSION_RECORDS, before) }
  })
}

function postsOf(house: House, made: Map<string, number>): Post[] {
  const sent = new Date().toISOString()
  return batchesOf(house, made).map(({ para, records }) => ({
    cookie: house.cookies.get(para.person) ?? '',
    body: JSON.stringify({ records, sent }),
  }))
}

/** What each device has sealed, carried by the para beside its own. */
async function sealedPostsOf(house: House, made: Map<string, number>): Promise<Post[]> {
  const sealers = new Map(
    await Promise.all(
      house.crowd.paras.map(async (para) => [para.person, await openDevice(house, para)] as const),
    ),
  )
  return Promise.all(
    batchesOf(house, made).map(async ({ para, records }, n) => ({
      cookie: house.cookies.get(house.crowd.paras[(n + 1) % PARAS]?.person ?? '') ?? '',
      path: '/api/records/sealed',
      body: JSON.stringify({ records: await sealers.get(para.person)?.(records) }),
    })),
  )
}

/** Puts the newest rows of the record table into its bare twin, 50 a statement, on four connections. */
async function measureFloor({ owner, ...house }: House): Promise<Measure> {
  const { rows: columns } = await owner.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = 'record'::regclass and attnum > 0 and not attisdropped order by attnum`,
  )
  const texts = columns.map(({ name }) => `${name}::text`)
  const newest = await owner.query<string[]>({
    text: `select ${texts.join()} from record order by record.pos desc limit ${RECORDS}`,
    rowMode: 'array',
  })
  const batches = Array.from({ length: newest.rows.length / BATCH }, (_, n) => {
    const rows = newest.rows.slice(n * BATCH, (n + 1) * BATCH)
    return columns.map((_, column) => rows.map((row) => row[column]))
  })
  const casts = columns.map(({ type }, n) => `$${n + 1}::${type}[]`)
  const statement = { name: 'floor', text: `insert into bench_floor select * from unnest(${casts.join()})` }
  const work = async (client: pg.PoolClient) => {
    for (let values = batches.pop(); values; values = batches.pop())
      await client.query({ ...statement, values })
  }
  const clients = await Promise.all(Array.from({ length: 4 }, () => owner.connect()))
  try {
    return await measure({ ...house, owner }, () => Promise.all(clients.map(work)))
  } finally {
    for (const client of clients) client.release()
  }
}
