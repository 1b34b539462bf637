/** The device on a real IndexedDB, with real locks and channels between its tabs. */
import { Dexie } from 'dexie'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { uuidv7 } from '../../core/ids.ts'
import { FakeServer, grantFor } from '../sync/fake-server.ts'
import { openDevice, type Device, type DeviceOptions } from './device.ts'
import { openDexie } from './dexie.ts'
import { StoreError } from './errors.ts'
import { AMARI, countView, DISTRICT, handClock, partitionOf, registry, SESSION, tapOf } from './testing.ts'

let server: FakeServer
let person: string
const opened: Device[] = []
/** Longer than the second between two cycles. */
const PATIENT = { timeout: 10_000 }
const name = () => `handrail-${DISTRICT}-${person}`

beforeEach(() => {
  server = new FakeServer()
  server.grants = [grantFor(AMARI)]
  person = uuidv7(Date.now())
})
afterEach(async () => {
  vi.restoreAllMocks()
  for (const device of opened.splice(0)) device.close()
  await Dexie.delete(name())
})

async function open(over: Partial<DeviceOptions> = {}): Promise<Device> {
  const device = await openDevice({
    district: DISTRICT,
    person,
    tz: 'America/Chicago',
    registry,
    clock: handClock(),
    fetch: server.fetch,
    baseUrl: 'http://school.test',
    openStream: null,
    ...over,
  })
  opened.push(device)
  return device
}

describe('on IndexedDB', () => {
  it('G1 asks for strict durability on every write', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    const device = await open()
    await device.capture(tapOf(1)).kept
    const writes = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite')
    expect(writes.length).toBeGreaterThan(0)
    for (const [, , options] of writes) expect(options).toMatchObject({ durability: 'strict' })
  })

  it('G1 has the record after the tab was closed without a word', async () => {
    const device = await open({ elect: () => ({ stop: () => {} }) })
    const { record, kept } = device.capture(tapOf(1))
    await kept
    const again = await open()
    expect(again.outbox()).toMatchObject([
      { id: record.id, state: 'kept', record: { digest: record.digest } },
    ])
    expect(again.state(countView, partitionOf(AMARI, SESSION))).toEqual({ student: AMARI, taps: 1 })
  })

  it('keeps the records of two people apart', async () => {
    const device = await open()
    await device.capture(tapOf(1)).kept
    device.close()
    const before = person
    person = uuidv7(Date.now() + 1)
    const other = await open()
    expect(other.outbox()).toEqual([])
    expect(other.id).not.toBe(device.id)
    other.close()
    await Dexie.delete(name())
    person = before
  })

  it('F7 opens a connection that the browser closed once more, and keeps the record', async () => {
    const connections: IDBDatabase[] = []
    const storage = await openDexie(name(), remembering(connections))
    const device = await open({ storage, elect: () => ({ stop: () => {} }) })
    await device.capture(tapOf(1)).kept
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    for (const connection of connections) connection.close()
    const { record, kept } = device.capture(tapOf(2))
    await Promise.all([kept, device.setValue('a', 1), device.setValue('b', 2), device.setValue('c', 3)])
    expect(connections).toHaveLength(2)
    expect(device.stateOf(record.id)).toBe('kept')
    const again = await open({ elect: () => ({ stop: () => {} }) })
    expect(again.outbox().map((entry) => entry.record.body['n'])).toEqual([1, 2])
    expect(['a', 'b', 'c'].map((key) => again.value(key))).toEqual([1, 2, 3])
  })

  it.each([
    ['there is no IndexedDB', undefined],
    ['opening is forbidden', refusing(new DOMException('denied', 'SecurityError'))],
    ['opening fails', refusing(new DOMException('private', 'InvalidStateError'))],
  ])('F10 says plainly that nothing can be kept when %s', async (_, factory) => {
    const opening = factory === undefined ? withoutIndexedDB() : openDexie(name(), factory)
    await expect(opening).rejects.toMatchObject({ name: 'StoreError', code: 'unavailable' })
  })

  it('F11 does not open a database that a newer build made', async () => {
    const newer = new Dexie(name())
    newer.version(99).stores({ outbox: 'id' })
    await newer.open()
    await newer.table('outbox').put({ id: 'unsent' })
    newer.close()
    await expect(open()).rejects.toMatchObject({ code: 'outdated' })
    await newer.open()
    expect(await newer.table('outbox').count()).toBe(1)
    newer.close()
  })

  it('G1 F9 a full disk: the capture fails in plain sight, what is there stays, and later it is kept', async () => {
    const before = await open()
    await before.capture(tapOf(1)).kept
    before.close()
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    const device = await open()
    const { record, kept } = device.capture(tapOf(2))
    const outcome = await kept.then(
      () => 'kept',
      (error: unknown) => error,
    )
    put.mockRestore()
    expect(outcome).toBeInstanceOf(StoreError)
    expect(outcome).toMatchObject({ code: 'quota' })
    expect(device.outbox().map((entry) => entry.state)).toEqual(['kept', 'needs_you'])
    await device.retry(record.id)
    await expect.poll(() => device.stateOf(record.id), PATIENT).toBe('team')
    const again = await open()
    expect(again.outbox()).toEqual([])
  })
})

describe('tabs of one browser', () => {
  it('F5 one leads; when it goes in the middle of a batch the other takes over, and each record is there once', async () => {
    const gate = Promise.withResolvers<void>()
    let posts = 0
    const slow: typeof fetch = async (input, init) => {
      const answer = await server.fetch(input, init)
      if (String(input).endsWith('/api/records')) {
        posts += 1
        // Committed at the server, but the tab will not live to hear it.
        await gate.promise
      }
      return answer
    }
    const first = await open({ fetch: slow })
    await expect.poll(() => first.status().leader).toBe(true)
    const second = await open()
    const captures = Array.from({ length: 100 }, (_, n) => (n % 2 === 0 ? first : second).capture(tapOf(n)))
    await Promise.all(captures.map((capture) => capture.kept))
    expect(second.status().leader).toBe(false)
    await expect.poll(() => posts, PATIENT).toBeGreaterThan(0)
    first.close()
    gate.resolve()
    await expect.poll(() => second.status(), PATIENT).toMatchObject({ leader: true, unsent: 0 })
    const ids = server.ids()
    expect(ids.toSorted()).toEqual(captures.map((capture) => capture.record.id).toSorted())
    expect(server.rows.map((row) => row.envelope.seq).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, n) => n + 1),
    )
    expect(captures.map((capture) => second.stateOf(capture.record.id))).toEqual(Array(100).fill('team'))
  })

  it('F5 a tab shows what the other captured, and what the leader fetched', async () => {
    const first = await open()
    const second = await open()
    await expect.poll(() => first.status().leader).toBe(true)
    const { record } = second.capture(tapOf(1))
    await expect
      .poll(() => first.records(partitionOf(AMARI, SESSION)).map((one) => one.id))
      .toEqual([record.id])
    await expect.poll(() => second.stateOf(record.id), PATIENT).toBe('team')
    // said when the round is over, which goes on after the acknowledgement
    await expect.poll(() => second.status(), PATIENT).toMatchObject({ connection: 'online', leader: false })
    await second.syncNow()
    expect(second.status().lastSynced).not.toBeNull()
  })
})

function withoutIndexedDB() {
  vi.stubGlobal('indexedDB', undefined)
  const opening = openDexie(name())
  vi.unstubAllGlobals()
  return opening
}

/** A factory that fails as browsers do, by an event and not by a throw. */
function refusing(error: DOMException): IDBFactory {
  return factoryWith(() => {
    const request = Object.assign(new EventTarget(), { error }) as unknown as IDBOpenDBRequest
    setTimeout(() => {
      request.addEventListener('error', (event) => request.onerror?.call(request, event))
      request.dispatchEvent(new Event('error'))
    })
    return request
  })
}

function remembering(connections: IDBDatabase[]): IDBFactory {
  return factoryWith((name, version) => {
    const request = indexedDB.open(name, version)
    request.addEventListener('success', () => connections.push(request.result))
    return request
  })
}

function factoryWith(open: IDBFactory['open']): IDBFactory {
  return {
    open,
    deleteDatabase: (database) => indexedDB.deleteDatabase(database),
    databases: () => indexedDB.databases(),
    cmp: (a, b) => indexedDB.cmp(a, b),
  }
}
