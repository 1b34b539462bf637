/**
 * What the store's acts must do, whatever they stand on. Run against memory in Node (memory.test.ts) and Dexie in
 * Chromium (dexie.browser.test.ts).
 */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { uuidv7 } from '../../core/ids.ts'
import type { Delivered, Grant } from '../../records/wire.ts'
import { recordOf } from './draft.ts'
import type { StoragePort } from './port.ts'
import type { Change, Counter, Line, OutboxItem } from './change.ts'
import type { Sealing } from './sealing.ts'
import { createStore, type Arrival, type Page, type Store } from './store.ts'
import {
  AMARI,
  BELLA,
  deliveredOf,
  DISTRICT,
  envelopeFrom,
  grantOf,
  handClock,
  partitionOf,
  PERSON,
  registry,
  sealingForTests,
  SESSION,
  tapOf,
  TUESDAY,
} from './testing.ts'

const DEVICE = '01900000-0000-7000-8000-0000000000e1'
const EPOCH = uuidv7(TUESDAY)
const DAY = 86_400_000

export function describeStore(
  name: string,
  openFresh: () => Promise<{ open: () => Promise<StoragePort> }>,
): void {
  describe(`store on ${name}`, () => {
    let store: Store
    let open: () => Promise<StoragePort>
    let sealing: Sealing
    beforeAll(async () => {
      sealing = await sealingForTests()
    })
    beforeEach(async () => {
      ;({ open } = await openFresh())
      store = createStore(await open(), sealing)
      await store.load()
    })

    describe('captures', () => {
      it('remembers its counter and every record over a reopening', async () => {
        await keep(1, 2, 3)
        const again = await reopened()
        expect(again.counter.seq).toBe(3)
        expect(again.outbox.map((row) => row.seq).sort()).toEqual([1, 2, 3])
      })

      it('keeps nothing when another tab gave out the numbers, and says where to go on', async () => {
        const [first] = await keep(1)
        const result = await store.keep([rowOf(7, { seq: 0, ord: 0 })], { seq: 0, ord: 0 })
        expect(result).toEqual({ behind: { seq: 1, ord: first?.data.ord } })
        expect(await store.waiting()).toHaveLength(1)
      })

      it('F2 F7 takes the same record once when its first commit was not heard of', async () => {
        const row = rowOf(1, { seq: 0, ord: 0 })
        await store.keep([row], { seq: 0, ord: 0 })
        const again = await store.keep([row], { seq: 0, ord: 0 })
        expect(again).toMatchObject({ counter: { seq: 1 }, outbox: [{ id: row.id }] })
        expect(await store.waiting()).toHaveLength(1)
      })

      it('counts every change', async () => {
        const before = await store.rev()
        await keep(1)
        await store.configure({ flight: true })
        expect(await store.rev()).toBe(before + 2)
      })
    })

    describe('acknowledgements', () => {
      it('G1 F22 take exactly the acknowledged records from the outbox', async () => {
        const [a, b, c] = await keep(1, 2, 3)
        await store.acknowledge([
          { id: a?.id ?? '', status: 'team', received: TUESDAY },
          {
            id: c?.id ?? '',
            status: 'needs_you',
            problem: { code: 'record.body', field: 'n', message: null },
          },
        ])
        expect((await store.waiting()).map((row) => row.id)).toEqual([b?.id])
        const { outbox, own } = await store.reload()
        expect(outbox.find((row) => row.id === c?.id)).toMatchObject({
          state: 'needs_you',
          problem: { code: 'record.body', field: 'n' },
        })
        expect(own.map((row) => row.id)).toEqual([a?.id])
      })

      it('F20 F21 what needs you stays, is offered again on request, and can be acknowledged then', async () => {
        const [a] = await keep(1)
        const id = a?.id ?? ''
        const problem = { code: 'record.not_permitted', field: null, message: null }
        await store.acknowledge([{ id, status: 'needs_you', problem }])
        expect(await store.waiting()).toEqual([])
        await store.retry(id)
        expect(await store.waiting()).toMatchObject([{ id, problem: null }])
        await store.acknowledge([{ id, status: 'team', received: TUESDAY }])
        expect((await store.reload()).outbox).toEqual([])
      })

      it('of records that are not in the outbox change nothing', async () => {
        await keep(1)
        await store.acknowledge([{ id: uuidv7(1), status: 'team', received: TUESDAY }])
        const { outbox, own } = await store.reload()
        expect([outbox.length, own.length]).toEqual([1, 0])
      })
    })

    describe('pages of the feed', () => {
      it('F26 commit records, cursor and grants together', async () => {
        await hold(grantOf(1))
        const one = delivered(1)
        const change = await turn({ next: 'c1', pos: 5, records: [one] })
        const { line, records, settings } = await reopened()
        expect(line).toMatchObject({ next: 'c1', pos: 5, epoch: EPOCH })
        expect(records.map((row) => row.id)).toEqual([one.envelope.id])
        expect(settings.lastSynced).toBe(TUESDAY)
        expect(change?.records?.map((row) => row.id)).toEqual([one.envelope.id])
      })

      it('are not applied when another tab moved the line', async () => {
        await hold(grantOf(1))
        const { line } = await store.position()
        await turn({ next: 'c1', records: [delivered(1)] })
        const late = await store.turn({ ...page({ next: 'c0', records: [delivered(1)] }), from: line })
        expect(late).toBeNull()
        expect((await store.reload()).records).toHaveLength(1)
        expect((await store.position()).line.next).toBe('c1')
      })

      it('leave out records of auds that are not held', async () => {
        await hold(grantOf(1))
        await turn({ records: [delivered(1), delivered(2)], grants: [grantOf(1), grantOf(2)] })
        expect((await store.reload()).records.map((row) => row.aud)).toEqual([1])
      })

      it('take a record twice as one', async () => {
        await hold(grantOf(1))
        const one = delivered(1)
        await turn({ next: 'c1', records: [one] })
        await turn({ next: 'c2', records: [one] })
        const { records, disputes } = await store.reload()
        expect([records.length, disputes.length]).toEqual([1, 0])
      })

      it('G3 F4 keep both when the same id comes with other bytes', async () => {
        await hold(grantOf(1))
        const one = delivered(1)
        const other = deliveredOf({ ...envelopeFrom(), id: one.envelope.id }, { pos: 9 })
        await turn({ next: 'c1', records: [one] })
        await turn({ next: 'c2', records: [other] })
        const { records, disputes } = await store.reload()
        expect(records.map((row) => row.data.digest)).toEqual([one.digest])
        expect(disputes.map((row) => row.data.digest)).toEqual([other.digest])
      })

      it('F34 the end of a grant takes its rows, summaries and entry, and hides the unsent', async () => {
        const [mine] = await keep(1)
        await hold(grantOf(1), [delivered(1)])
        await hold(grantOf(2, { of: BELLA }), [delivered(2)])
        const change = await turn({ grants: [grantOf(2, { of: BELLA })] })
        expect(change?.dropped).toEqual([1])
        const { records, held, outbox } = await reopened()
        expect(records.map((row) => row.aud)).toEqual([2])
        expect(held.map((row) => row.aud)).toEqual([2])
        expect(outbox).toMatchObject([{ id: mine?.id, state: 'waiting', hidden: 1 }])
      })

      it('a grant that comes back shows the unsent again', async () => {
        await keep(1)
        await hold(grantOf(1))
        await turn({ grants: [] })
        await hold(grantOf(1))
        expect((await store.reload()).outbox).toMatchObject([{ hidden: 0 }])
      })

      it('mark an aud to be fetched again when a partition was only a summary', async () => {
        const partition = partitionOf(AMARI, SESSION)
        const state = { student: AMARI, taps: 4 }
        await hold(
          grantOf(1),
          [],
          [{ view: 'test.count', version: 1, partition, parent: AMARI, aud: 1, state }],
        )
        await turn({ next: 'c1', records: [delivered(1)] })
        expect((await store.position()).held).toMatchObject([{ aud: 1, stale: true }])
        await hold(grantOf(1), [delivered(1)])
        const { held, summaries, records } = await store.reload()
        expect(held).toMatchObject([{ aud: 1, stale: false }])
        expect(summaries).toEqual([])
        expect(records).toHaveLength(1)
      })

      it('F16 set the end of a grant on the clock of the device', async () => {
        const until = TUESDAY + DAY
        await hold(grantOf(1, { until }))
        // Half a day before the end by the server; the device is two days behind.
        await turn({ grants: [grantOf(1, { until })], now: TUESDAY + DAY / 2, wall: TUESDAY - 2 * DAY })
        expect((await store.position()).held).toMatchObject([{ deadline: TUESDAY - 1.5 * DAY }])
      })
    })

    describe('backfills', () => {
      it('show nothing before they are whole', async () => {
        const { line } = await store.position()
        await store.beginBackfill(line, 'run')
        await store.stage('run', 1, arrivals([delivered(1)]), [])
        const before = await store.reload()
        expect([before.records.length, before.held.length]).toEqual([0, 0])
        await store.stage('run', 1, arrivals([delivered(1)]), [])
        await store.goLive('run', grantOf(1), TUESDAY, TUESDAY)
        const after = await store.reload()
        expect([after.records.length, after.held.length]).toEqual([2, 1])
      })

      it('F26 a crash in between leaves nothing of them', async () => {
        const { line } = await store.position()
        await store.beginBackfill(line, 'run')
        await store.stage('run', 1, arrivals([delivered(1)]), [])
        await reopened()
        expect(await store.stage('run', 1, arrivals([delivered(1)]), [])).toBe(false)
        expect(await store.goLive('run', grantOf(1), TUESDAY, TUESDAY)).toBeNull()
        await hold(grantOf(1))
        expect((await store.reload()).records).toEqual([])
      })

      it('F6 a leader that wakes late cannot finish over the new one', async () => {
        const { line } = await store.position()
        await store.beginBackfill(line, 'old')
        await store.stage('old', 1, arrivals([delivered(1)]), [])
        await store.beginBackfill(line, 'new')
        expect(await store.stage('old', 1, arrivals([delivered(1)]), [])).toBe(false)
        expect(await store.goLive('old', grantOf(1), TUESDAY, TUESDAY)).toBeNull()
        await store.stage('new', 1, arrivals([delivered(1)]), [])
        await store.goLive('new', grantOf(1), TUESDAY, TUESDAY)
        expect((await store.reload()).records).toHaveLength(1)
      })

      it('are given up when the feed moves on', async () => {
        const { line } = await store.position()
        await store.beginBackfill(line, 'run')
        await store.stage('run', 1, arrivals([delivered(1)]), [])
        await turn({ next: 'c1' })
        expect(await store.goLive('run', grantOf(1), TUESDAY, TUESDAY)).toBeNull()
        expect(await store.beginBackfill(line, 'late')).toBe(false)
      })

      it('replace what was there of the aud, and nothing else', async () => {
        await hold(grantOf(1), [delivered(1), delivered(1)])
        await hold(grantOf(2, { of: BELLA }), [delivered(2)])
        await hold(grantOf(1), [delivered(1)])
        const { records } = await store.reload()
        expect(records.map((row) => row.aud).sort()).toEqual([1, 2])
      })
    })

    describe('own acknowledged records', () => {
      const acknowledgeAll = async () =>
        store.acknowledge(
          (await store.waiting()).map((row) => ({ id: row.id, status: 'team', received: TUESDAY }) as const),
        )
      const back = (row: OutboxItem, pos: number): Delivered => {
        const { digest, author, received: _r, aud: _a, pos: _p, ...envelope } = row.data
        return deliveredOf(envelope, { digest, author, pos })
      }

      it('G6 F29 are offered again after a restore unless a backup covers them', async () => {
        await hold(grantOf(1))
        const [covered, open_] = await keep(1, 2)
        await acknowledgeAll()
        const records = [back(covered as OutboxItem, 1), back(open_ as OutboxItem, 2)]
        await turn({ next: 'c2', pos: 2, records, safe: 1 })
        const [unseen] = await keep(3)
        await acknowledgeAll()
        const change = await store.restart((await store.position()).line, uuidv7(TUESDAY + 1))
        expect(change?.reset).toBe(true)
        expect((await store.waiting()).map((row) => row.id)).toEqual([open_?.id, unseen?.id])
        const { records: left, held, line } = await store.reload()
        expect([left.length, held.length]).toEqual([0, 0])
        expect(line).toMatchObject({ next: null, pos: 0, generation: 1 })
      })

      it('G6 F29 are offered once again when the whole tail was read and they were not in it', async () => {
        await hold(grantOf(1))
        const [lost, here] = await keep(1, 2)
        await acknowledgeAll()
        await turn({ next: 'c1', records: [back(here as OutboxItem, 1)], complete: false })
        expect(await store.waiting()).toEqual([])
        await turn({ next: 'c2' })
        expect((await store.waiting()).map((row) => row.id)).toEqual([lost?.id])
        await acknowledgeAll()
        await turn({ next: 'c3' })
        expect(await store.waiting()).toEqual([])
      })

      it('of a scope that is not held are not expected back', async () => {
        await keep(1)
        await acknowledgeAll()
        await turn({ next: 'c1' })
        expect(await store.waiting()).toEqual([])
      })

      it('are forgotten after 30 days of server time', async () => {
        await keep(1)
        await acknowledgeAll()
        await turn({ next: 'c1', now: TUESDAY + 29 * DAY })
        expect((await store.reload()).own).toHaveLength(1)
        await turn({ next: 'c2', now: TUESDAY + 30 * DAY })
        expect((await store.reload()).own).toEqual([])
      })

      it('G6 outlive a sign-out', async () => {
        const [mine] = await keep(1)
        await acknowledgeAll()
        await store.forget()
        await reopened()
        await store.restart((await store.position()).line, uuidv7(TUESDAY + 1))
        expect((await store.waiting()).map((row) => row.id)).toEqual([mine?.id])
      })
    })

    describe('sign-out', () => {
      it('F33 takes what was synced and the documents, and leaves the unsent', async () => {
        const [mine] = await keep(1)
        await hold(grantOf(1), [delivered(1)])
        await store.set('me', { name: 'A' })
        await store.forget()
        const left = await store.reload()
        expect([left.records.length, left.held.length, left.values.length]).toEqual([0, 0, 0])
        expect(left.outbox.map((row) => row.id)).toEqual([mine?.id])
        expect(left.line).toMatchObject({ next: 'c0', epoch: EPOCH, signedOut: true })
      })

      it('lets no late answer bring anything back', async () => {
        await hold(grantOf(1))
        const { line } = await store.position()
        await store.forget()
        expect(await store.turn({ ...page({ records: [delivered(1)] }), from: line })).toBeNull()
        await store.set('me', { name: 'A' })
        expect((await store.reload()).values).toEqual([])
      })
    })

    async function reopened() {
      store.close()
      store = createStore(await open(), sealing)
      return store.load()
    }

    async function keep(...ns: number[]): Promise<OutboxItem[]> {
      const start = (await store.reload()).counter
      const rows: OutboxItem[] = []
      for (const n of ns) {
        const before = rows.at(-1)
        rows.push(rowOf(n, before ? { seq: before.seq, ord: before.data.ord } : start))
      }
      await store.keep(rows, start)
      return rows
    }

    async function hold(
      grant: Grant,
      records: Delivered[] = [],
      summaries: Parameters<Store['stage']>[3] = [],
    ) {
      const { line } = await store.position()
      await store.beginBackfill(line, 'hold')
      await store.stage('hold', grant.aud, arrivals(records), summaries)
      const change = await store.goLive('hold', grant, TUESDAY, TUESDAY)
      expect(change).not.toBeNull()
      if (line.epoch === null) await turn({ next: 'c0' })
    }

    async function turn(over: PageOver): Promise<Change | null> {
      const { line, held } = await store.position()
      return store.turn({ ...page({ grants: held, ...over }), from: line })
    }
  })
}

type PageOver = Partial<Omit<Page, 'arrivals' | 'from'>> & { records?: readonly Delivered[] }

function page(over: PageOver): Page {
  const { records = [], ...rest } = over
  return {
    from: NO_LINE,
    epoch: EPOCH,
    next: 'next',
    pos: 1,
    safe: 0,
    now: TUESDAY,
    wall: TUESDAY,
    complete: true,
    grants: [],
    arrivals: arrivals(records),
    ...rest,
  }
}

const NO_LINE: Line = { generation: 0, epoch: null, next: null, pos: 0, signedOut: false }

function arrivals(records: readonly Delivered[]): Arrival[] {
  return records.map((delivered) => {
    const { envelope, ...server } = delivered
    return {
      delivered,
      record: { ...envelope, ...server } as Arrival['record'],
      partition: partitionOf(envelope.student ?? '', envelope.refs['session'] ?? ''),
      sound: true,
    }
  })
}

function delivered(aud: number): Delivered {
  return deliveredOf(envelopeFrom({ student: aud === 1 ? AMARI : BELLA }), { aud })
}

function rowOf(n: number, after: Counter): OutboxItem {
  const clock = handClock()
  return recordOf(tapOf(n), {
    registry,
    person: PERSON,
    district: DISTRICT,
    device: DEVICE,
    tz: 'America/Chicago',
    clock,
    after,
  })
}
