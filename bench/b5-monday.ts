/**
 * B5: 8:00 on Monday. Every device of a district comes back at once with 200 unsent records, 100 a request. Nothing
 * may be lost; the time it takes is held against the rate of B1, taken just before on the same server.
 */
import { Agent } from 'node:http'
import { canonical, sha256Hex } from '../src/platform/core/canonical.ts'
import { drain } from '../src/guarantees/burst.ts'
import { sessionsOf, SESSION_RECORDS } from '../src/guarantees/crowd.ts'
import { steadyRate } from './b1-record.ts'
import { number, quantile, type Figure, type Line } from './frame.ts'
import { openHouse, type House } from './house.ts'

const UNSENT = 200
const HIGHEST_RSS = 400 * 1024 * 1024

export const b5 = monday('B5', 1000)
export const b5small = monday('B5-small', 200)

function monday(id: string, devices: number): Figure {
  return {
    id,
    question: `8:00 on Monday: ${number(devices)} devices reconnect at once, each with ${UNSENT} unsent records`,
    async run() {
      const house = await openHouse(devices)
      try {
        return await rush(house)
      } finally {
        await house.close()
      }
    },
  }
}

async function rush(house: House): Promise<Line[]> {
  const { paras } = house.crowd
  const made = new Map<string, number>()
  // the first round warms up
  await steadyRate(house, made)
  const rate = await steadyRate(house, made)
  const outboxes = paras.map((para) => ({
    cookie: house.cookies.get(para.person) ?? '',
    records: sessionsOf(para, UNSENT / SESSION_RECORDS, made.get(para.person) ?? 0),
  }))
  const agent = new Agent({ keepAlive: true })
  const before = await house.cpu()
  const began = performance.now()
  const drained = await Promise.all(outboxes.map((outbox) => drain(house.url, agent, outbox)))
  const seconds = (performance.now() - began) / 1000
  const after = await house.cpu()
  const { highestRss } = await house.usage()
  agent.destroy()

  const records = outboxes.flatMap((outbox) => outbox.records)
  const accepted = drained.flatMap(({ acks }) => acks.filter((ack) => ack.status === 'accepted')).length
  const missing = await missingOf(house, records)
  const times = drained.flatMap((one) => one.times)
  const expected = records.length / rate
  const cpu = (after.server + (after.database ?? 0) - before.server - (before.database ?? 0)) / records.length
  return [
    {
      what: 'records sent, acknowledged, missing in the database by digest',
      value: `${number(records.length)}, ${number(accepted)}, ${number(missing)}`,
      goal: 'nothing lost',
      holds: accepted === records.length && missing === 0,
    },
    {
      what: 'total time',
      value: `${number(seconds, 1)} s`,
      floor: `${number(expected, 1)} s at ${number(rate)} records/s → ratio ${number(seconds / expected, 2)}`,
      goal: '≤ 1.5 × (records ÷ B1 rate)',
      holds: seconds <= 1.5 * expected,
    },
    { what: 'CPU a record', value: `${number(cpu, 3)} ms` },
    {
      what: 'an acknowledgement, p50 and p99',
      value: `${number(quantile(times, 0.5) / 1000, 1)} s, ${number(quantile(times, 0.99) / 1000, 1)} s`,
      floor: `told to wait: ${number(drained.reduce((sum, one) => sum + one.waited, 0))} times`,
    },
    {
      what: 'memory of the server at its highest',
      value: `${number(highestRss / 2 ** 20)} MB`,
      goal: `≤ ${HIGHEST_RSS / 2 ** 20} MB`,
      holds: highestRss <= HIGHEST_RSS,
    },
  ]
}

/** How many of these the database does not hold with exactly these bytes. */
async function missingOf({ owner }: House, records: readonly { id: string }[]): Promise<number> {
  const { rows } = await owner.query<{ found: number }>(
    `select count(*)::int as found from record
     join unnest($1::uuid[], $2::text[]) as sent (id, digest)
       on sent.id = record.id and sent.digest = encode(record.digest, 'hex')`,
    [records.map((record) => record.id), records.map((record) => sha256Hex(canonical(record)))],
  )
  return records.length - (rows[0]?.found ?? 0)
}
