/** The keys' life, on a memory disk against a fake server with real keys: who can read what, and who carries what. */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { digestOf } from '../../core/canonical.ts'
import { SealedRecord } from '../../records/sealed.ts'
import { COLLEAGUE, DISTRICT, envelopeFrom, PERSON, tapOf } from '../store/testing.ts'
import type { Device, DeviceOptions, LockReason } from '../store/device.ts'
import { MemoryDisk } from '../store/memory.ts'
import { TABLE_NAMES, type StoragePort, type Storages } from '../store/port.ts'
import { benches, captured, turns } from '../sync/harness.ts'
import { databaseName } from './neighbors.ts'
import { VALID_MS } from './vault.ts'

const bench = benches()
/** The databases of one browser. */
let disks: Map<string, MemoryDisk>
let storages: Storages
beforeEach(() => {
  disks = new Map()
  storages = {
    names: () => Promise.resolve([...disks.keys()]),
    open: (name) => Promise.resolve(diskOf(name).open()),
  }
})

const NOTE = 'kanarienvogel'
const noted = (n: number) => tapOf(n, { body: { n, note: NOTE } })

describe('what rests on the device', () => {
  it('is not to be read: no note, no document, no digest of a record', async () => {
    const { server } = bench()
    server.add(envelopeFrom({ body: { n: 1, note: NOTE } }))
    server.me = { name: NOTE }
    const device = await open()
    await device.syncNow()
    const { record, kept } = device.capture(noted(2))
    await kept
    const text = await everythingOn(diskOf(nameOf(PERSON)))
    expect(text).toContain(record.id)
    expect(text).not.toContain(NOTE)
    expect(text).not.toContain(record.digest)
  })

  it('is whole again after a restart without a network', async () => {
    const device = await open()
    await device.syncNow()
    await device.capture(noted(1)).kept
    device.close()
    const again = await open({ fetch: () => Promise.reject(new TypeError('no network')) })
    expect(again.outbox()).toMatchObject([{ state: 'kept', record: { body: { note: NOTE } } }])
    expect(again.value('me')).toEqual({ name: 'me' })
  })

  it('is fetched anew where its bytes were altered, and the unsent is not touched by it', async () => {
    const { server } = bench()
    const { id } = server.add(envelopeFrom({})).envelope
    const device = await open()
    await device.syncNow()
    const [mine = ''] = await captured(device, 1)
    device.close()
    await diskOf(nameOf(PERSON))
      .open()
      .transact('write', ['records'], async (tx) => {
        const row = await tx.records.get(id)
        if (row) await tx.records.put([{ ...row, data: row.data.with(20, (row.data[20] ?? 0) ^ 1) }])
      })
    const again = await open()
    expect([again.stateOf(id), again.stateOf(mine)]).toEqual([undefined, 'kept'])
    await again.syncNow()
    expect([again.stateOf(id), again.stateOf(mine)]).toEqual(['team', 'team'])
  })
})

describe('a sealed record', () => {
  it('G1 F33 stands beside each unsent one from the moment it is kept, also under new numbers', async () => {
    const first = await open()
    const second = await open({ elect: () => ({ stop: () => {} }) })
    const captures = [1, 2, 3, 4].map((n) => (n % 2 === 0 ? first : second).capture(noted(n)))
    await Promise.all(captures.map((capture) => capture.kept))
    const rows = await outboxOf(PERSON)
    expect(rows.map((row) => SealedRecord.parse(row.sealed).id)).toEqual(rows.map((row) => row.id))
    await first.signOut()
    // What is carried is what was kept, byte for byte: the server verifies the signature over it.
    const { server } = bench()
    const other = await open({ person: COLLEAGUE })
    await other.syncNow()
    expect(server.rows.map((row) => row.envelope.seq).toSorted()).toEqual([1, 2, 3, 4])
    expect(server.rows.map((row) => digestOf(row.envelope))).toEqual(server.rows.map((row) => row.digest))
  })
})

describe('the end of a sitting', () => {
  it('F33 A logs out with unsent records; B sees none of them; they reach the team as A’s, carried by B', async () => {
    const { server } = bench()
    const a = await open()
    await a.syncNow()
    const ids = await captured(a, 1, 2, 3)
    await a.signOut()

    server.person = COLLEAGUE
    const b = await open({ person: COLLEAGUE })
    expect(b.outbox()).toEqual([])
    await b.syncNow()
    expect(b.status().others).toEqual({ waiting: 0, sent: 3 })
    expect(server.carried).toEqual(ids.map((id) => ({ id, by: COLLEAGUE, author: PERSON })))
    expect(server.rows.map((row) => row.author)).toEqual([PERSON, PERSON, PERSON])
    expect(await outboxOf(PERSON)).toEqual([])
    b.close()

    server.person = PERSON
    const again = await open()
    expect(again.outbox()).toEqual([])
    expect(ids.map((id) => again.stateOf(id))).toEqual(['team', 'team', 'team'])
  })

  it('F33 A’s own next sign-in opens and sends them, when nobody carried them', async () => {
    const { server } = bench()
    const a = await open()
    await a.capture(noted(1)).kept
    await a.signOut()
    const again = await open()
    expect(again.outbox()).toMatchObject([{ record: { body: { note: NOTE } } }])
    await again.syncNow()
    expect(server.rows).toMatchObject([{ author: PERSON, envelope: { body: { note: NOTE } } }])
    expect(server.carried).toEqual([])
  })

  it('F33 who signs in locks what the person before left open, though they never signed out', async () => {
    const { server } = bench()
    server.add(envelopeFrom({}))
    const locks: LockReason[] = []
    const a = await open({ onLock: (reason) => locks.push(reason) })
    await a.syncNow()
    await captured(a, 1)
    await open({ person: COLLEAGUE })
    await turns()
    expect(locks).toEqual(['left'])
    const left = await tablesOf(PERSON)
    expect(left).toMatchObject({ records: 0, values: 0, held: 0, outbox: 1 })
    const keys = await diskOf(nameOf(PERSON))
      .open()
      .transact('read', ['keys'], (tx) => tx.keys.all())
    expect(keys).toMatchObject([{ name: 'data/1', live: null }])
  })

  it('a refusal is kept for its person with the code and no more', async () => {
    const { server } = bench()
    const a = await open()
    const [id = ''] = await captured(a, 1)
    await a.signOut()
    server.judge = () => 'record.not_permitted'
    const b = await open({ person: COLLEAGUE })
    await b.syncNow()
    expect(b.status().others).toEqual({ waiting: 0, sent: 0 })
    b.close()
    const again = await open()
    expect(again.outbox()).toMatchObject([
      { id, state: 'needs_you', problem: { code: 'record.not_permitted', field: null, message: null } },
    ])
  })

  it('F32 ends by itself after 16 hours without a word of the server, by either clock', async () => {
    const { clock } = bench()
    for (const move of [() => (clock.wall += VALID_MS), () => (clock.monotonic += VALID_MS)]) {
      const locks: LockReason[] = []
      const offline = { fetch: () => Promise.reject(new TypeError('no network')) }
      ;(await open()).close()
      const device = await open({ ...offline, onLock: (reason) => locks.push(reason) })
      const [id = ''] = await captured(device, 1)
      await vi.advanceTimersByTimeAsync(60_000)
      expect(locks).toEqual([])
      move()
      await vi.advanceTimersByTimeAsync(60_000)
      await vi.waitFor(() => expect(locks).toEqual(['expired']))
      await expect(open(offline)).rejects.toMatchObject({ code: 'locked' })
      const again = await open()
      expect(again.stateOf(id)).toBe('kept')
      again.close()
    }
  })

  it('a word of the server puts the end off', async () => {
    const { clock } = bench()
    const device = await open()
    clock.advance(VALID_MS - 1)
    await device.syncNow()
    device.close()
    clock.advance(VALID_MS - 1)
    const again = await open({ fetch: () => Promise.reject(new TypeError('no network')) })
    expect(again.id).toBe(device.id)
  })

  it('signed out from elsewhere, the device locks itself at the next word of the server', async () => {
    const { server } = bench()
    const locks: LockReason[] = []
    const device = await open({ onLock: (reason) => locks.push(reason) })
    await device.syncNow()
    const [id = ''] = await captured(device, 1)
    server.revoke(device.id)
    await device.syncNow()
    await vi.waitFor(() => expect(locks).toEqual(['revoked']))
    expect(await tablesOf(PERSON)).toMatchObject({ values: 0, held: 0, outbox: 1 })
    const again = await open()
    await again.syncNow()
    expect(server.ids()).toEqual([id])
  })
})

describe('getting the keys', () => {
  it('two tabs that register at once end with one data key', async () => {
    const [first, second] = await Promise.all([open(), open()])
    await captured(first, 1)
    await captured(second, 2)
    first.close()
    second.close()
    const again = await open()
    expect(again.outbox().map((entry) => entry.record.body['n'])).toEqual([1, 2])
  })

  it('a server from before there were devices is named, and nothing is lost', async () => {
    const { server } = bench()
    const device = await open()
    const [id = ''] = await captured(device, 1)
    await device.signOut()
    server.knowsDevices = false
    await expect(open()).rejects.toMatchObject({ code: 'old_server' })
    server.knowsDevices = true
    expect((await open()).stateOf(id)).toBe('kept')
  })

  it('a server that lost its secrets: what is unsent is carried sealed, and comes back with the feed', async () => {
    const { server } = bench()
    const device = await open()
    const [id = ''] = await captured(device, 1)
    await device.signOut()
    server.wraps.clear()
    const again = await open()
    expect(again.outbox()).toEqual([])
    expect(await outboxOf(PERSON)).toHaveLength(1)
    const [later = ''] = await captured(again, 2)
    await again.syncNow()
    expect(server.ids().toSorted()).toEqual([id, later].toSorted())
    expect(server.rows.map((row) => row.author)).toEqual([PERSON, PERSON])
    await again.syncNow()
    expect([again.stateOf(id), again.stateOf(later)]).toEqual(['team', 'team'])
    expect(again.outbox()).toEqual([])
  })
})

describe('lost records', () => {
  it('F30 what is captured while letters are looked for goes by its own way, and tabs follow it', async () => {
    const { server, disk, open } = bench()
    const inner = disk.open()
    let looks = 0
    let id = ''
    // the push looks first; between the two looks of the courier somebody taps
    const port: StoragePort = {
      close: () => inner.close(),
      transact: async (mode, tables, work) => {
        const found = await inner.transact(mode, tables, work)
        const isLook = mode === 'read' && tables.length === 1 && tables[0] === 'outbox'
        if (isLook && ++looks === 2) [id = ''] = await captured(device, 1)
        return found
      },
    }
    const device = await open({ storage: port })
    await device.syncNow()
    expect(looks).toBe(3)
    expect(server.ids()).toEqual([])
    expect(device.stateOf(id)).toBe('kept')
    await device.syncNow()
    await turns()
    expect(server.ids()).toEqual([id])
    expect(device.stateOf(id)).toBe('team')
    expect(device.status().unsent).toBe(0)
  })

  it('F8 the server misses what neither it nor this device has: said until its person has taken note', async () => {
    const device = await open()
    await captured(device, 1, 2, 3)
    const { server } = bench()
    // A record that was given out and is gone, as if the browser had taken a part of its storage.
    const port = diskOf(nameOf(PERSON)).open()
    const [gone] = await outboxOf(PERSON)
    await port.transact('write', ['outbox'], (tx) => tx.outbox.delete([gone?.id ?? '']))
    await device.syncNow()
    expect(server.rows).toHaveLength(2)
    expect(device.lost()).toEqual({ here: 1, before: null })
    device.close()
    const again = await open()
    expect(again.lost()).toEqual({ here: 1, before: null })
    await again.noteLost()
    expect(again.lost()).toBeNull()
    await again.syncNow()
    expect(again.lost()).toBeNull()
  })

  it('F8 what is on its way, refused or acknowledged is not lost', async () => {
    const { server } = bench()
    server.judge = (envelope) => (envelope.body['n'] === 1 ? 'record.not_permitted' : null)
    const device = await open()
    await captured(device, 1, 2)
    await device.syncNow()
    server.restore(0)
    await device.syncNow()
    expect(device.lost()).toBeNull()
  })

  it('F8 storage that was cleared is said at the next sign-in', async () => {
    const { server } = bench()
    server.lost = { device: COLLEAGUE, label: 'Chrome, Android', records: 4, seen: 5 }
    const device = await open()
    expect(device.lost()).toEqual({ here: 0, before: server.lost })
    await device.noteLost()
    await device.signOut()
    expect((await open()).lost()).toBeNull()
  })
})

function open(over: Partial<DeviceOptions> & { person?: string } = {}): Promise<Device> {
  const { open: openBench } = bench()
  return openBench({ storages, ...over })
}

function nameOf(person: string): string {
  return databaseName({ district: DISTRICT, person })
}

function diskOf(name: string): MemoryDisk {
  const disk = disks.get(name) ?? new MemoryDisk()
  disks.set(name, disk)
  return disk
}

async function outboxOf(person: string) {
  const port = diskOf(nameOf(person)).open()
  return port.transact('read', ['outbox'], async (tx) =>
    (await tx.outbox.all()).toSorted((a, b) => a.seq - b.seq),
  )
}

/** How many rows each table has. */
function tablesOf(person: string): Promise<Record<string, number>> {
  return eachTable(diskOf(nameOf(person)).open(), (rows) => rows.length)
}

/** All bytes as text, as a search of the disk would read them. */
async function everythingOn(disk: MemoryDisk): Promise<string> {
  const texts = await eachTable(disk.open(), (rows) =>
    JSON.stringify(rows, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    ),
  )
  return Object.values(texts).join('\n')
}

function eachTable<T>(port: StoragePort, work: (rows: readonly unknown[]) => T): Promise<Record<string, T>> {
  return port.transact('read', TABLE_NAMES, async (tx) => {
    const entries: [string, T][] = []
    for (const name of TABLE_NAMES) entries.push([name, work(await tx[name].all())])
    return Object.fromEntries(entries)
  })
}
