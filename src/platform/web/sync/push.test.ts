import { describe, expect, it } from 'vitest'
import { uuidv7 } from '../../core/ids.ts'
import type { Ack } from '../../records/wire.ts'
import { AMARI, countView, envelopeFrom, partitionOf, SESSION, tapOf } from '../store/testing.ts'
import { benches, captured, type Bench } from './harness.ts'

const html = () =>
  new Response('<html>Welcome to the guest Wi-Fi</html>', { headers: { 'content-type': 'text/html' } })

const bench = benches()

/** A fetch that answers pushes with something else, the rest as the server does. */
function answering(server: Bench['server'], push: (answer: Response) => Response | Promise<Response>) {
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const answer = await server.fetch(input, init)
    return String(input).endsWith('/api/records') ? push(answer) : answer
  }
  return fetch
}

async function withAcks(answer: Response, change: (acks: Ack[]) => unknown[]): Promise<Response> {
  const body = (await answer.json()) as { acks: Ack[] }
  return Response.json({ ...body, acks: change(body.acks) })
}

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

  it('G3 F4 a conflict is kept and shown, and the device keeps its own bytes', async () => {
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

const NO_ANSWERS: readonly (readonly [string, () => Response])[] = [
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
]

describe('answers that are none', () => {
  it.each(NO_ANSWERS)('F24 %s takes nothing from the outbox', async (_, answer) => {
    const { server, open } = bench()
    let isCaptive = true
    const fetch: typeof globalThis.fetch = async (input, init) =>
      isCaptive ? answer() : server.fetch(input, init)
    ;(await open()).close()
    const device = await open({ fetch })
    const [id = ''] = await captured(device, 1)
    await device.syncNow()
    expect(device.stateOf(id)).toBe('kept')
    expect(device.status()).toMatchObject({ unsent: 1, connection: 'offline', lastSynced: null })
    isCaptive = false
    await device.syncNow()
    expect(device.stateOf(id)).toBe('team')
  })

  it.each(NO_ANSWERS)(
    'F24 %s to what was sent, and to nothing else, is no answer either',
    async (_, answer) => {
      const { server, open } = bench()
      let isCaptive = true
      const fetch: typeof globalThis.fetch = async (input, init) =>
        isCaptive && String(input).endsWith('/api/records') ? answer() : server.fetch(input, init)
      const device = await open({ fetch })
      const [id = ''] = await captured(device, 1)
      await device.syncNow()
      expect(device.stateOf(id)).toBe('kept')
      expect(device.status()).toMatchObject({ unsent: 1, connection: 'offline' })
      isCaptive = false
      await device.syncNow()
      expect(device.stateOf(id)).toBe('team')
    },
  )

  it('F25 a black hole ends by itself, and the next cycle works', async () => {
    const { server, open } = bench()
    let isHole = true
    const fetch: typeof globalThis.fetch = (input, init) =>
      isHole ? new Promise<Response>(() => {}) : server.fetch(input, init)
    ;(await open()).close()
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
    expect(server.log.filter((line) => line.startsWith('POST /api/records'))).toEqual([
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
    expect(server.log.filter((line) => line.startsWith('POST /api/records')).length).toBeLessThan(15)
    expect(device.status()).toMatchObject({ unsent: 60, needsYou: 0, connection: 'online' })
    expect(device.records(partitionOf(AMARI, SESSION)).filter((record) => record.pos !== null)).toHaveLength(
      1,
    )
  })
})
