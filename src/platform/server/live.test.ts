/** The live channel: who is woken, who is not, how often, and what happens when its connection breaks. */
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { studentId } from '../../demo/people.ts'
import {
  demoDevice,
  openRunning,
  publishProgram,
  sessionRecords,
  type Running,
  type Visitor,
} from '../../guarantees/running.ts'
import { id } from '../../guarantees/school.ts'
import type { FeedResponse } from '../records/wire.ts'
import { Live } from './live.ts'
import { createTestDatabase, testEngines, type TestDatabase } from './testing.ts'
import { openWire } from './testing-proxy.ts'

const CEDAR = id('cedar')
const BIRCH = id('birch')

describe.each(testEngines())('the live channel on $name', ({ name }) => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await createTestDatabase(name)
  })
  afterAll(() => db.drop())

  const opened = async (url = db.appUrl) => {
    const live = new Live(url)
    await live.start()
    onTestFinished(() => live.stop())
    return live
  }
  /** How often a device with these audiences was woken. */
  const deviceOn = (live: Live, district: string, auds: number[], key?: string) => {
    const heard = { times: 0, stop: () => {} }
    heard.stop = live.listen({ district, auds: new Set(auds), key, wake: () => (heard.times += 1) })
    return heard
  }

  it('wakes the devices of the audiences that have news, in every process, and nobody else', async () => {
    const [one, other] = [await opened(), await opened()]
    const reader = deviceOn(one, CEDAR, [7, 8])
    const elsewhere = deviceOn(other, CEDAR, [9, 7])
    const stranger = deviceOn(other, CEDAR, [8])
    const otherDistrict = deviceOn(other, BIRCH, [7])
    const gone = deviceOn(one, CEDAR, [7])
    gone.stop()
    one.announce(CEDAR, [7])
    await until(() => reader.times > 0 && elsewhere.times > 0)
    await delay(150)
    expect([reader, elsewhere, stranger, otherDistrict, gone].map(({ times }) => times)).toEqual([
      1, 1, 0, 0, 0,
    ])
  })

  it('says it at most once a district in 100 ms, however much is written, and says it all', async () => {
    const live = await opened()
    const listener = new pg.Client({ connectionString: db.appUrl })
    await listener.connect()
    const messages: { district: string; auds: number[] }[] = []
    listener.on('notification', ({ payload }) => messages.push(JSON.parse(payload ?? '')))
    await listener.query('listen handrail_news')
    const began = performance.now()
    for (let n = 0; n < 200; n++) {
      live.announce(n % 2 ? CEDAR : BIRCH, [n])
      await delay(2)
    }
    const many = Array.from({ length: 1300 }, (_, n) => 1_000_000 + n)
    live.announce(CEDAR, many)
    await until(() => messages.flatMap(({ auds }) => auds).length >= 1500)
    await listener.end()
    const heard = messages.flatMap(({ auds }) => auds).sort((a, b) => a - b)
    expect(heard).toEqual([...Array(200).keys(), ...many])
    const windows = (performance.now() - began) / 100
    for (const district of [CEDAR, BIRCH]) {
      const sent = messages.filter((message) => message.district === district)
      expect(sent.length).toBeGreaterThan(1)
      expect(sent.length).toBeLessThanOrEqual(windows + 1)
    }
  })

  it('does not tell a device of what it brought itself, unless somebody else brought something too', async () => {
    const live = await opened()
    const [mine, hers] = ['01930000-0000-7000-8000-00000000000a', '01930000-0000-7000-8000-00000000000b']
    const phone = deviceOn(live, CEDAR, [1, 2], mine)
    const tablet = deviceOn(live, CEDAR, [1], hers)
    live.announce(CEDAR, [1], mine)
    await until(() => tablet.times === 1)
    expect(phone.times).toBe(0)
    live.announce(CEDAR, [1], mine)
    live.announce(CEDAR, [1], hers)
    live.announce(CEDAR, [1], mine)
    await until(() => tablet.times === 2 && phone.times === 1)
    live.announce(CEDAR, [2])
    await until(() => phone.times === 2)
  })

  it('holds its tongue after it was stopped, and hears again after its connection broke', async () => {
    const wire = await openWire(db.appUrl)
    onTestFinished(() => wire.close())
    const [broken, sound] = [await opened(wire.url), await opened()]
    const device = deviceOn(broken, CEDAR, [1])
    wire.cut()
    broken.announce(CEDAR, [1])
    await delay(300)
    wire.mend()
    await until(() => {
      sound.announce(CEDAR, [1])
      return device.times > 0
    })
    await broken.stop()
    const before = device.times
    sound.announce(CEDAR, [1])
    await delay(200)
    expect(device.times).toBe(before)
  })

  it('says what it has still to say before it stops', async () => {
    const [stopping, other] = [new Live(db.appUrl), await opened()]
    await stopping.start()
    const device = deviceOn(other, CEDAR, [1300])
    stopping.announce(
      CEDAR,
      Array.from({ length: 1301 }, (_, n) => n),
    )
    await stopping.stop()
    await until(() => device.times > 0)
    expect(device.times).toBe(1)
  })

  it('is not brought down by a message that somebody else sends on its channel', async () => {
    const live = await opened()
    const device = deviceOn(live, CEDAR, [1])
    const client = new pg.Client({ connectionString: db.appUrl })
    await client.connect()
    for (const payload of ['', 'x', 'null', '{}', '{"district":1}', `{"district":"${CEDAR}","auds":7}`])
      await client.query('select pg_notify($1, $2)', ['handrail_news', payload])
    await client.end()
    live.announce(CEDAR, [1])
    await until(() => device.times === 1)
  })
})

describe.each(testEngines())('news over HTTP on $name', { timeout: 30_000 }, ({ name }) => {
  let house: Running
  let maya: Visitor
  let dana: Visitor
  let andre: Visitor
  beforeAll(async () => {
    house = await openRunning(name, { demo: true })
    maya = await house.persona('para')
    dana = await house.persona('case-manager')
    andre = await house.persona('other-para')
  })
  afterAll(() => house.close())

  it('G7 reaches who may read within two seconds, and never who may not, and says nothing else', async () => {
    const program = await publishProgram(house, dana, studentId('am'))
    await delay(300)
    const [hers, his] = [await listen(dana), await listen(andre)]
    const records = sessionRecords(house, demoDevice(house, 'maya'), program, 1)
    const began = performance.now()
    expect((await maya.post('/api/records', { records })).status).toBe(200)
    await until(() => hers.text().includes('event: news'))
    expect(performance.now() - began).toBeLessThan(2000)
    // and what it announces is there to be read
    const feed = (await dana.get('/api/feed')).json<FeedResponse>()
    expect(feed.records.map((record) => record.envelope.id)).toContain(records[0]?.id)

    await delay(400)
    expect(his.text()).not.toContain('news')
    // Bella is one of his: the stream is open, it was only nothing for him
    await publishProgram(house, dana, studentId('bk'), 'for Bella')
    await until(() => his.text().includes('event: news'))
    expect(hers.text() + his.text()).toMatch(/^(: [a-z ]+\n\n|event: news\ndata: \{\}\n\n)+$/)
    expect(hers.headers.get('content-type')).toMatch(/^text\/event-stream/)
    expect(hers.headers.get('cache-control')).toBe('no-store')
    expect(hers.headers.get('content-security-policy')).not.toContain('unsafe')
  })

  /** Opens the stream and waits until the server listens for this person. */
  async function listen(who: Visitor) {
    const abort = new AbortController()
    onTestFinished(() => abort.abort())
    const response = await fetch(`${house.url}/api/live`, {
      headers: { cookie: who.cookie },
      signal: abort.signal,
    })
    expect(response.status).toBe(200)
    let text = ''
    const reading = (async () => {
      const decoder = new TextDecoder()
      for await (const chunk of response.body ?? [])
        text += decoder.decode(chunk as Uint8Array, { stream: true })
    })()
    reading.catch(() => {})
    await until(() => text.length > 0)
    return { headers: response.headers, text: () => text }
  }
})

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (condition()) return
    await delay(10)
  }
  throw new Error('waited in vain')
}
