/**
 * B9: what one school day of a district costs: 500 paras, 200 records each, all connected to the live channel. Disk is
 * everything the records added to tables and indexes (records, views, trail, sequence numbers), held against the bytes
 * of the JSON that devices sent. The log that PostgreSQL writes ahead and throws away again is not counted.
 */
import { Agent, get } from 'node:http'
import { drain } from '../src/guarantees/burst.ts'
import { sessionsOf, SESSION_RECORDS } from '../src/guarantees/crowd.ts'
import { number, type Figure, type Line } from './frame.ts'
import { openHouse, type House } from './house.ts'

const PARAS = 500
const RECORDS_A_PARA = 200
const AT_ONCE = 8

export const b9: Figure = {
  id: 'B9',
  question: `What does a district cost? One school day of ${PARAS} paras, ${number(PARAS * RECORDS_A_PARA)} records`,
  async run() {
    const house = await openHouse(PARAS)
    try {
      return await schoolDay(house)
    } finally {
      await house.close()
    }
  },
}

async function schoolDay(house: House): Promise<Line[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const streams = house.crowd.paras.map((para) =>
    get(`${house.url}/api/live`, { headers: { cookie: house.cookies.get(para.person) } }, (answer) =>
      answer.resume(),
    ).on('error', () => undefined),
  )
  const before = await bytesOnDisk(house)
  let raw = 0
  let next = 0
  const work = async () => {
    for (let para = house.crowd.paras[next++]; para; para = house.crowd.paras[next++]) {
      const records = sessionsOf(para, RECORDS_A_PARA / SESSION_RECORDS)
      for (const record of records) raw += Buffer.byteLength(JSON.stringify(record))
      const { acks } = await drain(house.url, agent, {
        cookie: house.cookies.get(para.person) ?? '',
        records,
      })
      if (acks.some((ack) => ack.status !== 'accepted')) throw new Error('a record was not accepted')
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const after = await bytesOnDisk(house)
  const { rss, highestRss } = await house.usage()
  for (const stream of streams) stream.destroy()
  agent.destroy()

  const grown = [...after].map(([table, bytes]) => ({ table, bytes: bytes - (before.get(table) ?? 0) }))
  const disk = grown.reduce((sum, { bytes }) => sum + bytes, 0)
  const shares = grown
    .filter(({ bytes }) => bytes > disk / 50)
    .toSorted((a, b) => b.bytes - a.bytes)
    .map(({ table, bytes }) => `${table} ${megabytes(bytes)}`)
  return [
    {
      what: 'disk',
      value: `${megabytes(disk)} (${shares.join(', ')})`,
      floor: `raw JSON ${megabytes(raw)} → ratio ${number(disk / raw, 2)}`,
      goal: '≤ 3 × raw',
      holds: disk <= 3 * raw,
    },
    {
      what: 'memory of the server, now and at its highest',
      value: `${megabytes(rss)}, ${megabytes(highestRss)}`,
      goal: '≤ 400 MB',
      holds: highestRss <= 400e6,
    },
  ]
}

/** Tables with their indexes and long values, bytes. */
async function bytesOnDisk({ owner }: House): Promise<Map<string, number>> {
  const { rows } = await owner.query<{ name: string; bytes: string }>(
    `select relname as name, pg_total_relation_size(oid) as bytes from pg_class
     where relkind = 'r' and relnamespace = 'handrail'::regnamespace`,
  )
  return new Map(rows.map(({ name, bytes }) => [name, Number(bytes)]))
}

function megabytes(bytes: number): string {
  return `${number(bytes / 1e6)} MB`
}
