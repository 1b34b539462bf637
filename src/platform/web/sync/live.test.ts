import { describe, expect, it, vi } from 'vitest'
import { AMARI, envelopeFrom, partitionOf, SESSION } from '../store/testing.ts'
import { benches, captured, turns } from './harness.ts'
import type { OpenStream } from './live.ts'

const bench = benches()

/** Streams as the browser would open them, to be driven by hand. */
function streams() {
  const opened: FakeStream[] = []
  const openStream: OpenStream = (url) => {
    const stream = new FakeStream(url)
    opened.push(stream)
    return stream
  }
  return { opened, openStream }
}

class FakeStream extends EventTarget {
  readonly url: string
  readyState = 1
  constructor(url: string) {
    super()
    this.url = url
  }
  close() {
    this.readyState = 2
  }
  news(data: string) {
    this.dispatchEvent(new MessageEvent('news', { data }))
  }
  openAgain() {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }
  fail(readyState: number) {
    this.readyState = readyState
    this.dispatchEvent(new Event('error'))
  }
}

/** Longer than the second between two cycles. */
async function soon() {
  await vi.advanceTimersByTimeAsync(1_100)
  await turns()
}

describe('the live stream', () => {
  it('brings what colleagues record without being asked', async () => {
    const { server, clock, open } = bench()
    const { opened, openStream } = streams()
    const device = await open({ openStream })
    await device.syncNow()
    expect(opened.map((stream) => stream.url)).toEqual([
      expect.stringMatching(/^http:\/\/school\.test\/api\/live\?key=[0-9a-f-]{36}$/),
    ])
    clock.advance(5_000)
    server.add(envelopeFrom())
    opened[0]?.news('{"pos":1}')
    await soon()
    expect(device.records(partitionOf(AMARI, SESSION))).toHaveLength(1)
  })

  it('is heard also when it does not say where the news stands, and not when that is known', async () => {
    const { server, clock, open } = bench()
    const { opened, openStream } = streams()
    const device = await open({ openStream })
    server.add(envelopeFrom())
    await device.syncNow()
    const asked = async (data: string) => {
      clock.advance(5_000)
      const before = server.log.length
      opened[0]?.news(data)
      await soon()
      return server.log.length > before
    }
    expect(await asked('{}')).toBe(true)
    expect(await asked('{"pos":2}')).toBe(true)
    expect(await asked('{"pos":1}')).toBe(false)
    expect(await asked('<html>')).toBe(false)
  })

  it('saves a device that sends from looking each time, as long as it is there to say when there is news', async () => {
    const { server, clock, open } = bench()
    const { opened, openStream } = streams()
    const device = await open({ openStream })
    await device.syncNow()
    const askedForATap = async () => {
      clock.advance(5_000)
      const before = server.log.length
      await captured(device, 1)
      await soon()
      return server.log.slice(before).map((line) => line.replace(/ \d+$/, ''))
    }
    expect(await askedForATap()).toEqual(['POST /api/records'])
    opened[0]?.fail(0)
    expect(await askedForATap()).toEqual(['POST /api/records', 'GET /api/feed'])
    expect(device.status()).toMatchObject({ unsent: 0, connection: 'online' })
  })

  it('is asked for what it could not say while it was broken', async () => {
    const { server, clock, open } = bench()
    const { opened, openStream } = streams()
    const device = await open({ openStream })
    await device.syncNow()
    clock.advance(5_000)
    server.add(envelopeFrom())
    opened[0]?.fail(0)
    opened[0]?.openAgain()
    await soon()
    expect(device.records(partitionOf(AMARI, SESSION))).toHaveLength(1)
  })

  it('is opened again after the server ended it, and left to the browser while the line drops', async () => {
    const { open } = bench()
    const { opened, openStream } = streams()
    await open({ openStream })
    opened[0]?.fail(0)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(opened).toHaveLength(1)
    opened[0]?.fail(2)
    await vi.advanceTimersByTimeAsync(15_000)
    expect(opened).toHaveLength(2)
  })

  it('is held by the leading tab only, and by none in flight mode', async () => {
    const { open } = bench()
    const { opened, openStream } = streams()
    const follower = streams()
    const device = await open({ openStream })
    await open({ openStream: follower.openStream, elect: () => ({ stop: () => {} }) })
    expect(follower.opened).toEqual([])
    await device.setFlight(true)
    expect(opened.map((stream) => stream.readyState)).toEqual([2])
    await device.setFlight(false)
    expect(opened.map((stream) => stream.readyState)).toEqual([2, 1])
    device.close()
    expect(opened.map((stream) => stream.readyState)).toEqual([2, 2])
  })
})
