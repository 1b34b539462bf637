import { describe, expect, it, vi } from 'vitest'
import { digestOf } from '../../core/canonical.ts'
import { uuidv7 } from '../../core/ids.ts'
import type { Ack } from '../../records/wire.ts'
import {
  AMARI,
  BELLA,
  COLLEAGUE,
  countView,
  envelopeFrom,
  faulty,
  handClock,
  partitionOf,
  SESSION,
  tapOf,
  TUESDAY,
} from '../store/testing.ts'
import { audOf, grantFor } from './fake-server.ts'
import { benches, turns, type Bench } from './harness.ts'
import { StoreError } from '../store/errors.ts'
import { createStore } from '../store/store.ts'
import type { Device } from '../store/device.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const html = () =>
  new Response('<html>Welcome to the guest Wi-Fi</html>', { headers: { 'content-type': 'text/html' } })

const bench = benches()

async function captured(device: Device, ...ns: number[]): Promise<string[]> {
  const captures = ns.map((n) => device.capture(tapOf(n)))
  await Promise.all(captures.map((capture) => capture.kept))
  return captures.map((capture) => capture.record.id)
}

/** A fetch that answers pushes with something else, the rest as the server does. */
function answering(server: Bench['server'], push: (answer: Response) => Response | Promise<Response>) {
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const answer = await server.fetch(input, init)
    return init?.method === 'POST' ? push(answer) : answer
  }
  return fetch
}

async function withAcks(answer: Response, change: (acks: Ack[]) => unknown[]): Promise<Response> {
  const body = (await answer.json()) as { acks: Ack[] }
  return Response.json({ ...body, acks: change(body.acks) })
}

describe('from a tap to the team', () => {
  it('G1 F30 shows saving, kept and team, each when it is true', async () => {
    const device = await bench().open()
    const { record, kept } = device.capture(tapOf(1))
    expect(device.stateOf(record.id)).toBe('saving')
    expect(device.records(partitionOf(AMARI, SESSION))).toHaveLength(1)
    await kept
    expect(device.stateOf(record.id)).toBe('kept')
    expect(device.status()).toMatchObject({ unsent: 1, needsYou: 0, connection: 'offline', lastSynced: null })
    await device.syncNow()
    expect(device.stateOf(record.id)).toBe('team')
    expect(device.status()).toMatchObject({ unsent: 0, connection: 'online', lastSynced: TUESDAY })
  })

  it('G2 the server has the very bytes that the device kept', async () => {
    const { server, open } = bench()
    const device = await open()
    await captured(device, 1, 2)
    const before = device.outbox().map((entry) => [entry.id, entry.record.digest])
    await device.syncNow()
    expect(server.rows.map((row) => [row.envelope.id, row.digest])).toEqual(before)
    expect(server.rows.map((row) => digestOf(row.envelope))).toEqual(before.map(([, digest]) => digest))
  })

  it("delivers what colleagues record, and folds it with one's own", async () => {
    const { server, open } = bench()
    const device = await open()
    await device.syncNow()
    await captured(device, 1)
    server.add(envelopeFrom())
    await device.syncNow()
    expect(device.state(countView, partitionOf(AMARI, SESSION))).toEqual({ student: AMARI, taps: 2 })
    expect(device.statesOf(countView, AMARI)).toEqual([
      { partition: partitionOf(AMARI, SESSION), state: { student: AMARI, taps: 2 } },
    ])
  })

  it('keeps the document me, and asks again when grants change', async () => {
    const { server, open } = bench()
    const device = await open()
    await device.syncNow()
    expect(device.value('me')).toEqual({ name: 'me' })
    server.me = { name: 'me', students: 2 }
    await device.syncNow()
    expect(device.value('me')).toEqual({ name: 'me' })
    server.grants.push(grantFor(BELLA))
    await device.syncNow()
    expect(device.value('me')).toEqual({ name: 'me', students: 2 })
  })

  it("lives on the demo school's clock, and follows when it is moved", async () => {
    const { server, open } = bench()
    const device = await open()
    server.offset = 3 * HOUR
    await device.syncNow()
    expect(device.clock.now()).toBe(TUESDAY + 3 * HOUR)
    expect(device.capture(tapOf(1)).record.at).toBe('2026-11-03T17:52:00.000Z')
    server.offset = DAY
    await device.syncNow()
    expect(device.clock.now()).toBe(TUESDAY + DAY)
    const again = await open()
    expect(again.clock.now()).toBe(TUESDAY + DAY)
  })
})

describe('acknowledgements', () => {
  it('G1 G3 F2 a lost answer leads to one record, acknowledged when it is sent again', async () => {
    const { server, open } = bench()
    let drops = 3
    const device = await open({
      fetch: answering(server, (answer) => {
        if (drops-- > 0) throw new TypeError('connection reset')
        return answer
      }),
    })
    const [id = ''] = await captured(device, 1)
    for (let n = 0; n < 3; n++) {
      await device.syncNow()
      expect(server.ids()).toEqual([id])
      expect(device.stateOf(id)).toBe('kept')
      expect(device.status()).toMatchObject({ unsent: 1, connection: 'offline' })
    }
    await device.syncNow()
    expect(server.ids()).toEqual([id])
    expect(device.stateOf(id)).toBe('team')
  })

  it('G1 F30 coming back with the feed is not an acknowledgement', async () => {
    const { server, open } = bench()
    const device = await open({
      fetch: answering(server, (answer) => withAcks(answer, () => [])),
    })
    const [id = ''] = await captured(device, 1)
    await device.syncNow()
    expect(device.records(partitionOf(AMARI, SESSION))).toMatchObject([{ id, pos: 1 }])
    expect(device.stateOf(id)).toBe('kept')
    expect(device.status().unsent).toBe(1)
  })

  it('G4 F19 F21 a bad record at the head is listed with its reason, and its neighbors pass', async () => {
    const { server, open } = bench()
    server.judge = (envelope) => (envelope.body['n'] === 1 ? 'record.not_permitted' : null)
    const device = await open()
    const [bad = '', good = '', better = ''] = await captured(device, 1, 2, 3)
    await device.syncNow()
    expect([good, better].map((id) => device.stateOf(id))).toEqual(['team', 'team'])
    expect(device.stateOf(bad)).toBe('needs_you')
    expect(device.outbox()).toMatchObject([
      { id: bad, state: 'needs_you', problem: { code: 'record.not_permitted', message: 'No.' } },
    ])
    expect(device.status()).toMatchObject({ unsent: 0, needsYou: 1 })
    expect(device.state(countView, partitionOf(AMARI, SESSION))).toEqual({ student: AMARI, taps: 2 })
  })

  it('G1 F20 a refused record stays for as long as it is refused, and passes when it may', async () => {
    const { server, open } = bench()
    server.judge = () => 'record.not_permitted'
    const device = await open()
    const [id = ''] = await captured(device, 1)
    for (let n = 0; n < 4; n++) {
      await device.syncNow()
      expect(device.stateOf(id)).toBe('needs_you')
      await device.retry(id)
      expect(device.stateOf(id)).toBe('kept')
    }
    server.judge = () => null
    await device.syncNow()
    expect(device.stateOf(id)).toBe('team')
  })

  it('G3 a conflict is kept and shown, and the device keeps its own bytes', async () => {
    const { server, open } = bench()
    const device = await open()
    const { record, kept } = device.capture(tapOf(1))
    await kept
    const other = server.add({ ...envelopeFrom(), id: record.id })
    await device.syncNow()
    expect(device.stateOf(record.id)).toBe('needs_you')
    expect(device.outbox()).toMatchObject([
      { id: record.id, record: { digest: record.digest }, problem: { code: 'record.id_reused' } },
    ])
    expect(server.rows.map((row) => row.digest)).toEqual([other.digest])
  })

  it('F22 without a word on a record, that record waits', async () => {
    const { server, open } = bench()
    const device = await open({
      fetch: answering(server, (answer) => withAcks(answer, (acks) => acks.slice(0, 1))),
    })
    const [first = '', second = ''] = await captured(device, 1, 2)
    await device.syncNow()
    expect([device.stateOf(first), device.stateOf(second)]).toEqual(['team', 'kept'])
    await device.syncNow()
    expect(device.stateOf(second)).toBe('team')
  })

  it('F24 a yes must name the bytes: without a digest it counts for nothing, with another it needs you', async () => {
    const { server, open } = bench()
    let change = (ack: Ack): unknown => ({ ...ack, digest: undefined })
    const device = await open({
      fetch: answering(server, (answer) => withAcks(answer, (acks) => acks.map(change))),
    })
    const [id = ''] = await captured(device, 1)
    await device.syncNow()
    expect(device.stateOf(id)).toBe('kept')
    change = (ack) => ({ ...ack, digest: '0'.repeat(64) })
    await device.syncNow()
    expect(device.outbox()).toMatchObject([{ id, problem: { code: 'ack.digest' } }])
  })

  it('F24 a yes to a record that was not sent does nothing', async () => {
    const { server, open } = bench()
    const device = await open({
      fetch: answering(server, (answer) =>
        withAcks(answer, () => [{ id: uuidv7(1), status: 'accepted', digest: '0'.repeat(64) }]),
      ),
    })
    const [id = ''] = await captured(device, 1)
    await device.syncNow()
    expect(device.stateOf(id)).toBe('kept')
  })
})

describe('answers that are none', () => {
  it.each([
    ['a page with status 200', () => html()],
    ['JSON of another shape', () => Response.json({ ok: true })],
    [
      'JSON that says it is HTML',
      () => new Response('{"acks":[],"now":1,"high":{}}', { headers: { 'content-type': 'text/html' } }),
    ],
    [
      'half an answer',
      () => new Response('{"acks":[{"id":"', { headers: { 'content-type': 'application/json' } }),
    ],
    ['status 202', () => Response.json({ acks: [], now: 1, high: {} }, { status: 202 })],
    [
      'a gateway’s 502 page',
      () => new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } }),
    ],
    [
      'a portal’s 401 page',
      () => new Response('<html>', { status: 401, headers: { 'content-type': 'text/html' } }),
    ],
  ])('F24 %s takes nothing from the outbox', async (_, answer) => {
    const { server, open } = bench()
    let isCaptive = true
    const fetch: typeof globalThis.fetch = async (input, init) =>
      isCaptive ? answer() : server.fetch(input, init)
    const device = await open({ fetch })
    const [id = ''] = await captured(device, 1)
    await device.syncNow()
    expect(device.stateOf(id)).toBe('kept')
    expect(device.status()).toMatchObject({ unsent: 1, connection: 'offline', lastSynced: null })
    isCaptive = false
    await device.syncNow()
    expect(device.stateOf(id)).toBe('team')
  })

  it('F25 a black hole ends by itself, and the next cycle works', async () => {
    const { server, open } = bench()
    let isHole = true
    const fetch: typeof globalThis.fetch = (input, init) =>
      isHole ? new Promise<Response>(() => {}) : server.fetch(input, init)
    const device = await open({ fetch, timeoutMs: 30 })
    const [id = ''] = await captured(device, 1)
    await device.syncNow()
    expect(device.status()).toMatchObject({ unsent: 1, connection: 'offline' })
    isHole = false
    await device.syncNow()
    expect(device.stateOf(id)).toBe('team')
  })

  it('F25 a body that never ends is no answer either', async () => {
    const { server, open } = bench()
    const endless = () =>
      new Response(
        new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{"acks":[')) }),
        {
          headers: { 'content-type': 'application/json' },
        },
      )
    const device = await open({ fetch: answering(server, endless), timeoutMs: 30 })
    const [id = ''] = await captured(device, 1)
    await device.syncNow()
    expect(device.stateOf(id)).toBe('kept')
    expect(device.status().connection).toBe('offline')
  })
})

describe('batches', () => {
  it('sends at most 100 records at once, in the order they were made', async () => {
    const { server, open } = bench()
    const device = await open()
    const ids = await captured(device, ...Array.from({ length: 250 }, (_, n) => n))
    await device.syncNow()
    expect(server.log.filter((line) => line.startsWith('POST'))).toEqual([
      'POST /api/records 100',
      'POST /api/records 100',
      'POST /api/records 50',
    ])
    expect(server.ids()).toEqual(ids)
  })

  it('F23 halves a batch that is too large until it fits', async () => {
    const { server, open } = bench()
    server.maxBytes = 3_000
    const device = await open()
    const ids = await captured(device, ...Array.from({ length: 20 }, (_, n) => n))
    await device.syncNow()
    expect(server.ids()).toEqual(ids)
    expect(device.status()).toMatchObject({ unsent: 0, needsYou: 0, connection: 'online' })
  })

  it('G4 F23 one record that is too large by itself needs you, and the others pass', async () => {
    const { server, open } = bench()
    server.maxBytes = 5_000
    const device = await open()
    const large = device.capture(tapOf(1, { body: { n: 1, note: 'x'.repeat(6_000) } }))
    const others = await captured(device, 2, 3, 4)
    await device.syncNow()
    expect(server.ids()).toEqual(others)
    expect(device.outbox()).toMatchObject([
      { id: large.record.id, state: 'needs_you', problem: { code: 'request.too_large' } },
    ])
  })

  it("F23 takes a proxy's own 413 page for one", async () => {
    const { server, open } = bench()
    const fetch: typeof globalThis.fetch = async (input, init) =>
      String(init?.body ?? '').length > 3_000
        ? new Response('<html>', { status: 413, headers: { 'content-type': 'text/html' } })
        : server.fetch(input, init)
    const device = await open({ fetch })
    const ids = await captured(device, ...Array.from({ length: 20 }, (_, n) => n))
    await device.syncNow()
    expect(server.ids()).toEqual(ids)
  })

  it.each([422, 500])(
    'G4 F19 finds the record over which the server answers %i to the whole batch',
    async (status) => {
      const { server, open } = bench()
      server.choke = (batch) => (batch.some((envelope) => envelope.body['n'] === 7) ? status : null)
      const device = await open()
      const ids = await captured(device, ...Array.from({ length: 20 }, (_, n) => n))
      await device.syncNow()
      expect(server.ids()).toEqual(ids.filter((_, n) => n !== 7))
      // Refused for its shape it needs somebody; a server that fails may yet recover.
      expect(device.stateOf(ids[7] ?? '')).toBe(status === 422 ? 'needs_you' : 'kept')
      server.choke = () => null
      if (status === 422) await device.retry(ids[7] ?? '')
      await device.syncNow()
      expect(device.status()).toMatchObject({ unsent: 0, needsYou: 0 })
    },
  )

  it('leaves a server alone that fails on everything, and still hears its news', async () => {
    const { server, open } = bench()
    const device = await open()
    await device.syncNow()
    server.choke = () => 500
    server.add(envelopeFrom())
    await captured(device, ...Array.from({ length: 60 }, (_, n) => n))
    server.log.length = 0
    await device.syncNow()
    expect(server.log.filter((line) => line.startsWith('POST')).length).toBeLessThan(15)
    expect(device.status()).toMatchObject({ unsent: 60, needsYou: 0, connection: 'online' })
    expect(device.records(partitionOf(AMARI, SESSION)).filter((record) => record.pos !== null)).toHaveLength(
      1,
    )
  })
})

describe('signing in and out', () => {
  it('F32 an expired session stops the sending and nothing else', async () => {
    const { server, open } = bench()
    const device = await open()
    await device.syncNow()
    server.isSignedIn = false
    const [first = ''] = await captured(device, 1)
    await device.syncNow()
    expect(device.status()).toMatchObject({ unsent: 1, connection: 'signed_out' })
    const [second = ''] = await captured(device, 2)
    expect(device.records(partitionOf(AMARI, SESSION))).toHaveLength(2)
    server.isSignedIn = true
    await device.syncNow()
    expect(server.ids()).toEqual([first, second])
    expect(device.status()).toMatchObject({ unsent: 0, connection: 'online' })
  })

  it('F33 sign-out leaves the unsent for its person and nothing that was synced', async () => {
    const { server, open } = bench()
    const device = await open()
    server.add(envelopeFrom())
    await device.syncNow()
    const [id = ''] = await captured(device, 1)
    await device.signOut()
    expect(() => device.capture(tapOf(2))).toThrow(StoreError)

    server.isSignedIn = false
    const again = await open()
    expect(again.value('me')).toBeUndefined()
    expect(again.records(partitionOf(AMARI, SESSION)).map((record) => record.id)).toEqual([id])
    server.isSignedIn = true
    await again.syncNow()
    expect(server.ids()).toContain(id)
    expect(again.records(partitionOf(AMARI, SESSION))).toHaveLength(2)
  })

  it('flight mode cuts the network off for every tab and outlives a reload', async () => {
    const { server, open } = bench()
    const device = await open()
    await device.setFlight(true)
    server.log.length = 0
    const [id = ''] = await captured(device, 1)
    await device.syncNow()
    expect(server.log).toEqual([])
    expect(device.status()).toMatchObject({ unsent: 1, connection: 'offline' })
    device.close()
    const again = await open()
    expect(again.isInFlight()).toBe(true)
    await again.setFlight(false)
    expect(server.ids()).toEqual([id])
  })
})

describe('clocks', () => {
  it('F16 a clock that jumps back in mid-session loses nothing and keeps the order', async () => {
    const { clock, server, open } = bench()
    const device = await open()
    const [one = ''] = await captured(device, 1)
    clock.wall -= 2 * DAY
    const [two = ''] = await captured(device, 2)
    clock.wall += 5 * DAY
    const [three = ''] = await captured(device, 3)
    const order = () => device.records(partitionOf(AMARI, SESSION)).map((record) => record.id)
    expect(order()).toEqual([one, two, three])
    await device.syncNow()
    expect(order()).toEqual([one, two, three])
    expect(server.rows.map((row) => row.envelope.seq)).toEqual([1, 2, 3])
    expect(server.rows.map((row) => row.envelope.at.slice(0, 10))).toEqual([
      '2026-11-03',
      '2026-11-01',
      '2026-11-06',
    ])
  })

  it('F17 a record from 2099 does not outrank what the team records after it', async () => {
    const { clock, server, open } = bench()
    const device = await open()
    clock.wall = Date.parse('2099-01-01T00:00:00.000Z')
    const [mad = ''] = await captured(device, 1)
    await device.syncNow()
    clock.wall = TUESDAY + 60_000
    server.now = () => TUESDAY + 60_000
    const later = server.add(envelopeFrom({ ord: TUESDAY + 60_000 }))
    await device.syncNow()
    expect(device.records(partitionOf(AMARI, SESSION)).map((record) => record.id)).toEqual([
      mad,
      later.envelope.id,
    ])
  })
})

describe('what a person may see', () => {
  it('F34 a student taken away goes from the device; what was unsent is refused in plain sight', async () => {
    const { server, open } = bench()
    const device = await open()
    server.add(envelopeFrom())
    await device.syncNow()
    const [id = ''] = await captured(device, 1)
    server.grants = []
    server.judge = () => 'record.not_permitted'
    await device.syncNow()
    expect(device.records(partitionOf(AMARI, SESSION))).toEqual([])
    expect(device.state(countView, partitionOf(AMARI, SESSION))).toBeNull()
    expect(device.statesOf(countView, AMARI)).toEqual([])
    expect(device.outbox()).toMatchObject([{ id, state: 'needs_you', hidden: true }])
    expect(server.refused).toMatchObject([{ id, code: 'record.not_permitted' }])
  })

  it('ends by itself offline, when the wall clock passes the end', async () => {
    const { clock, server, open } = bench()
    server.grants = [grantFor(AMARI, { until: TUESDAY + HOUR })]
    server.add(envelopeFrom())
    const device = await open()
    await device.syncNow()
    await device.setFlight(true)
    clock.wall += HOUR - 1
    await vi.advanceTimersByTimeAsync(30_000)
    expect(device.records(partitionOf(AMARI, SESSION))).toHaveLength(1)
    clock.wall += 1
    await vi.advanceTimersByTimeAsync(30_000)
    expect(device.records(partitionOf(AMARI, SESSION))).toEqual([])
  })

  it('F16 ends by itself also when the wall clock was set back', async () => {
    const { clock, server, open } = bench()
    server.grants = [grantFor(AMARI, { until: TUESDAY + HOUR })]
    server.add(envelopeFrom())
    const device = await open()
    await device.syncNow()
    clock.wall -= 2 * DAY
    clock.monotonic += HOUR
    await vi.advanceTimersByTimeAsync(30_000)
    expect(device.records(partitionOf(AMARI, SESSION))).toEqual([])
  })

  it('has ended before anything is shown when the app is opened too late', async () => {
    const { server, open } = bench()
    server.grants = [grantFor(AMARI, { until: TUESDAY + HOUR })]
    server.add(envelopeFrom())
    const device = await open()
    await device.syncNow()
    device.close()
    const again = await open({ clock: handClock(TUESDAY + HOUR, 'boot-2') })
    expect(again.records(partitionOf(AMARI, SESSION))).toEqual([])
  })

  it('a student given later arrives with the history, and both arrive once', async () => {
    const { server, open } = bench()
    const device = await open()
    for (let n = 0; n < 3; n++) server.add(envelopeFrom({ student: BELLA }))
    server.add(envelopeFrom())
    await device.syncNow()
    expect(device.records(partitionOf(BELLA, SESSION))).toEqual([])
    server.grants.push(grantFor(BELLA))
    server.pageSize = 2
    await device.syncNow()
    expect(device.records(partitionOf(BELLA, SESSION))).toHaveLength(3)
    expect(device.records(partitionOf(AMARI, SESSION))).toHaveLength(1)
    expect(server.log.filter((line) => line === `GET /api/feed/backfill ${audOf(BELLA)}`)).toHaveLength(2)
    server.add(envelopeFrom({ student: BELLA }))
    await device.syncNow()
    expect(device.records(partitionOf(BELLA, SESSION))).toHaveLength(4)
  })

  it('misses nothing that is committed while a backfill runs', async () => {
    const { server, open } = bench()
    server.pageSize = 2
    for (let n = 0; n < 5; n++) server.add(envelopeFrom())
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const answer = await server.fetch(input, init)
      if (String(input).includes('/backfill') && server.rows.length < 8) server.add(envelopeFrom())
      return answer
    }
    const device = await open({ fetch })
    await device.syncNow()
    expect(device.records(partitionOf(AMARI, SESSION)).map((record) => record.pos)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ])
  })

  it('a backfill that breaks off begins again, and shows nothing until it is whole', async () => {
    const { server, open } = bench()
    server.pageSize = 2
    for (let n = 0; n < 5; n++) server.add(envelopeFrom())
    let pages = 0
    const fetch: typeof globalThis.fetch = async (input, init) => {
      if (String(input).includes('/backfill') && ++pages === 3) throw new TypeError('gone')
      return server.fetch(input, init)
    }
    const device = await open({ fetch })
    await device.syncNow()
    expect(device.records(partitionOf(AMARI, SESSION))).toEqual([])
    expect(device.status()).toMatchObject({ connection: 'offline' })
    await device.syncNow()
    expect(device.records(partitionOf(AMARI, SESSION))).toHaveLength(5)
  })

  it('one student whose data the server cannot give does not keep the others away', async () => {
    const { server, open } = bench()
    server.grants = [grantFor(AMARI), grantFor(BELLA)]
    server.add(envelopeFrom({ student: BELLA }))
    const fetch: typeof globalThis.fetch = async (input, init) =>
      String(input).includes(`/backfill?aud=${audOf(AMARI)}&`)
        ? Response.json({ type: 'x', title: 'No.', status: 404, code: 'access.denied' }, { status: 404 })
        : server.fetch(input, init)
    const device = await open({ fetch })
    await device.syncNow()
    expect(device.records(partitionOf(BELLA, SESSION))).toHaveLength(1)
    expect(device.status().connection).toBe('online')
  })
})

describe('older partitions', () => {
  const OLD = '01900000-0000-7000-8000-0000000000c2'
  const summary = (taps: number, version = 1) => ({
    view: 'test.count',
    version,
    partition: partitionOf(AMARI, OLD),
    parent: AMARI,
    aud: audOf(AMARI),
    state: { student: AMARI, taps },
  })

  it('stand beside recent ones as their summary', async () => {
    const { server, open } = bench()
    server.summaries = [summary(9)]
    server.add(envelopeFrom())
    const device = await open()
    await device.syncNow()
    expect(device.isWhole(partitionOf(AMARI, OLD))).toBe(false)
    expect(device.statesOf(countView, AMARI).map(({ state }) => state.taps)).toEqual([1, 9])
    device.close()
    const again = await open()
    expect(again.state(countView, partitionOf(AMARI, OLD))).toEqual({ student: AMARI, taps: 9 })
  })

  it('arrive whole when somebody corrects one, and are never partly folded', async () => {
    const { server, open } = bench()
    server.windowStart = '2026-11-01'
    const old = server.add(envelopeFrom({ refs: { session: OLD }, at: '2026-09-01T14:00:00.000Z' }))
    server.add(envelopeFrom({ refs: { session: OLD }, at: '2026-09-01T14:01:00.000Z' }))
    server.summaries = [summary(2)]
    const device = await open()
    await device.syncNow()
    server.add(
      envelopeFrom({
        kind: 'test.void',
        body: {},
        refs: { session: OLD },
        replaces: old.envelope.id,
        reason: 'mis_tap',
      }),
    )
    // Touched today, the partition is inside the window again.
    server.windowStart = '2026-08-01'
    server.summaries = []
    await device.syncNow()
    expect(device.isWhole(partitionOf(AMARI, OLD))).toBe(true)
    expect(device.state(countView, partitionOf(AMARI, OLD))).toEqual({ student: AMARI, taps: 1 })
  })

  it('F13 are fetched again when this build folds the view anew, and say so when only a newer build can', async () => {
    const { server, open } = bench()
    server.summaries = [summary(9, 0)]
    const device = await open()
    await device.syncNow()
    expect(device.state(countView, partitionOf(AMARI, OLD))).toBeNull()
    server.summaries = [summary(9, 1)]
    await device.syncNow()
    expect(device.state(countView, partitionOf(AMARI, OLD))).toEqual({ student: AMARI, taps: 9 })
    expect(device.needsUpdate(partitionOf(AMARI, OLD))).toBe(false)
    server.grants = []
    await device.syncNow()
    server.grants = [grantFor(AMARI)]
    server.summaries = [summary(9, 2)]
    await device.syncNow()
    expect(device.state(countView, partitionOf(AMARI, OLD))).toBeNull()
    expect(device.needsUpdate(partitionOf(AMARI, OLD))).toBe(true)
  })

  it('F13 a record of a newer version is kept, and its partition is not partly folded', async () => {
    const { server, open } = bench()
    const device = await open()
    server.add(envelopeFrom())
    server.add(envelopeFrom({ v: 2, body: { hits: 3 } }))
    await device.syncNow()
    const partition = partitionOf(AMARI, SESSION)
    expect(device.needsUpdate(partition)).toBe(true)
    expect(device.state(countView, partition)).toBeNull()
    expect(device.records(partition)).toHaveLength(2)
  })
})

describe('the feed', () => {
  it('G3 a delivered record whose bytes are not its digest is shown as such and not folded', async () => {
    const { server, open } = bench()
    const device = await open()
    await device.syncNow()
    server.add(envelopeFrom(), { digest: '0'.repeat(64) })
    server.add(envelopeFrom())
    await device.syncNow()
    expect(device.state(countView, partitionOf(AMARI, SESSION))).toEqual({ student: AMARI, taps: 1 })
    expect(device.outbox()).toMatchObject([
      { origin: 'team', state: 'needs_you', problem: { code: 'feed.digest' } },
    ])
    expect(device.status()).toMatchObject({ unsent: 0, needsYou: 1 })
  })

  it('does not go round in circles with a server that says more and gives nothing', async () => {
    const { server, open } = bench()
    const device = await open()
    await device.syncNow()
    const cursor = JSON.stringify({ e: server.epoch, p: 0, i: null })
    const stuck: typeof globalThis.fetch = async (input, init) => {
      const answer = await server.fetch(input, init)
      if (!String(input).includes('/api/feed?')) return answer
      return Response.json({ ...((await answer.json()) as object), records: [], more: true, next: cursor })
    }
    const again = await open({ fetch: stuck })
    await again.syncNow()
    expect(again.status().connection).toBe('offline')
  })

  it('F9 F26 a full device takes no page in part, and takes it later', async () => {
    const { server, disk, open } = bench()
    let isFull = false
    const storage = faulty(disk.open(), {
      before: () => {
        if (isFull) throw new StoreError('quota')
      },
    })
    const device = await open({ storage })
    await device.syncNow()
    for (let n = 0; n < 4; n++) server.add(envelopeFrom())
    isFull = true
    await device.syncNow()
    expect(device.records(partitionOf(AMARI, SESSION))).toEqual([])
    isFull = false
    await device.syncNow()
    expect(device.records(partitionOf(AMARI, SESSION))).toHaveLength(4)
  })
})

describe('a restored server', () => {
  it('G6 F29 is noticed; what no backup covers is offered again, and all is there once', async () => {
    const { server, open } = bench()
    const device = await open()
    const [one = '', two = '', three = ''] = await captured(device, 1, 2, 3)
    await device.syncNow()
    server.safe = 1
    await device.syncNow()
    server.restore(1)
    const [four = ''] = await captured(device, 4)
    await device.syncNow()
    expect(server.ids()).toEqual([one, four, two, three])
    expect(device.records(partitionOf(AMARI, SESSION)).map((record) => record.id)).toEqual([
      one,
      two,
      three,
      four,
    ])
    expect(device.status()).toMatchObject({ unsent: 0, needsYou: 0 })
  })

  it('G6 F29 is noticed also after a sign-out', async () => {
    const { server, open } = bench()
    const device = await open()
    const [one = ''] = await captured(device, 1)
    await device.syncNow()
    await device.signOut()
    server.restore(0)
    const again = await open()
    await again.syncNow()
    expect(server.ids()).toEqual([one])
    expect(again.stateOf(one)).toBe('team')
  })

  it('G6 F29 restored to between an acknowledgement and the next pull, it is noticed by what is missing', async () => {
    const { server, open } = bench()
    let isFeeding = true
    const fetch: typeof globalThis.fetch = async (input, init) => {
      if (String(input).includes('/api/feed') && !isFeeding) throw new TypeError('gone')
      return server.fetch(input, init)
    }
    const device = await open({ fetch })
    await device.syncNow()
    isFeeding = false
    const [one = '', two = ''] = await captured(device, 1, 2)
    await device.syncNow()
    expect(device.stateOf(two)).toBe('team')
    const { epoch } = server
    server.restore(1)
    isFeeding = true
    await device.syncNow()
    expect([device.stateOf(one), device.stateOf(two)]).toEqual(['team', 'kept'])
    await device.syncNow()
    expect(server.ids()).toEqual([one, two])
    expect(server.epoch).toBe(epoch)
    expect(device.stateOf(two)).toBe('team')
  })

  it('G6 a device that never heard the feed sends nothing before it knows the epoch', async () => {
    const { server, open } = bench()
    const fetch: typeof globalThis.fetch = async (input, init) => {
      if (String(input).includes('/api/feed')) throw new TypeError('gone')
      return server.fetch(input, init)
    }
    const device = await open({ fetch })
    const [one = ''] = await captured(device, 1)
    await device.syncNow()
    expect([server.ids(), device.stateOf(one)]).toEqual([[], 'kept'])
    device.close()
    const again = await open()
    await again.syncNow()
    expect(again.stateOf(one)).toBe('team')
  })

  it('G6 F30 what is offered again is not shown as with the team meanwhile', async () => {
    const { server, open } = bench()
    let isPushing = true
    const fetch: typeof globalThis.fetch = async (input, init) => {
      if (init?.method === 'POST' && !isPushing) throw new TypeError('gone')
      return server.fetch(input, init)
    }
    const device = await open({ fetch })
    const [one = ''] = await captured(device, 1)
    await device.syncNow()
    expect(device.stateOf(one)).toBe('team')
    server.restore(0)
    isPushing = false
    await device.syncNow()
    expect(device.stateOf(one)).toBe('kept')
    expect(device.status().unsent).toBe(1)
  })

  it('G6 a server that cannot read its cursors any more is taken for a new one', async () => {
    const { server, open } = bench()
    const device = await open()
    const [one = ''] = await captured(device, 1)
    await device.syncNow()
    const secret = server.fetch
    const fetch: typeof globalThis.fetch = async (input, init) =>
      String(input).includes('since=')
        ? Response.json({ type: 'x', title: 'No.', status: 422, code: 'feed.cursor' }, { status: 422 })
        : secret(input, init)
    device.close()
    const again = await open({ fetch })
    await again.syncNow()
    expect(server.ids()).toEqual([one])
    expect(again.records(partitionOf(AMARI, SESSION)).map((record) => record.id)).toEqual([one])
  })
})

describe('tabs', () => {
  it('F5 two tabs number their captures without gap or double, and see each other', async () => {
    const { server, open } = bench()
    const first = await open()
    const second = await open({ elect: () => ({ stop: () => {} }) })
    const captures = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? first : second).capture(tapOf(n)))
    await Promise.all(captures.map((capture) => capture.kept))
    await turns()
    expect(first.records(partitionOf(AMARI, SESSION))).toHaveLength(20)
    expect(second.records(partitionOf(AMARI, SESSION))).toHaveLength(20)
    await first.syncNow()
    await turns()
    expect(server.rows.map((row) => row.envelope.seq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
    expect(captures.map((capture) => second.stateOf(capture.record.id))).toEqual(Array(20).fill('team'))
    expect(second.status()).toMatchObject({ unsent: 0, connection: 'online', leader: false })
  })

  it('F5 two leaders at once send and show everything once', async () => {
    const { server, open } = bench()
    const first = await open()
    const second = await open()
    server.add(envelopeFrom())
    const ids = [...(await captured(first, 1, 2)), ...(await captured(second, 3, 4))]
    await Promise.all([first.syncNow(), second.syncNow()])
    await Promise.all([first.syncNow(), second.syncNow()])
    await turns()
    expect(server.ids().slice(1).toSorted()).toEqual(ids.toSorted())
    for (const tab of [first, second]) {
      expect(tab.records(partitionOf(AMARI, SESSION))).toHaveLength(5)
      expect(tab.status().unsent).toBe(0)
    }
  })

  it('a tab that missed a change reads everything again', async () => {
    const { disk, open } = bench()
    const device = await open()
    const silent = createStore(disk.open())
    await silent.set('other', 'told to nobody')
    await captured(device, 1)
    expect(device.value('other')).toBeUndefined()
    await vi.advanceTimersByTimeAsync(250)
    await turns()
    expect(device.value('other')).toBe('told to nobody')
  })

  it('F30 a tab that missed a change still follows its own captures to the team', async () => {
    const { disk, open } = bench()
    const leader = await open()
    const device = await open({ elect: () => ({ stop: () => {} }) })
    await createStore(disk.open()).set('other', 'told to nobody')
    const [id = ''] = await captured(device, 1)
    expect(device.stateOf(id)).toBe('kept')
    await leader.syncNow()
    await turns()
    await vi.advanceTimersByTimeAsync(250)
    await turns()
    expect(device.stateOf(id)).toBe('team')
    expect(device.status().unsent).toBe(0)
  })

  it('F33 a sign-out in one tab empties the other', async () => {
    const { server, open } = bench()
    server.add(envelopeFrom({}), { author: COLLEAGUE })
    const first = await open()
    const second = await open()
    await first.syncNow()
    await turns()
    expect(second.records(partitionOf(AMARI, SESSION))).toHaveLength(1)
    await first.signOut()
    await turns()
    expect(second.records(partitionOf(AMARI, SESSION))).toEqual([])
    await second.syncNow()
    expect(second.records(partitionOf(AMARI, SESSION))).toEqual([])
    expect(second.status().connection).toBe('signed_out')
  })
})
