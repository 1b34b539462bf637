import { describe, expect, it, vi } from 'vitest'
import {
  AMARI,
  BELLA,
  countView,
  envelopeFrom,
  faulty,
  handClock,
  partitionOf,
  SESSION,
  TUESDAY,
} from '../store/testing.ts'
import { audOf, grantFor } from './fake-server.ts'
import { benches, captured } from './harness.ts'
import { StoreError } from '../store/errors.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const bench = benches()

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
