/** A database as the first version wrote it, by the browser's own calls, met by this build (F11). */
import { Dexie } from 'dexie'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { uuidv7 } from '../../core/ids.ts'
import { FakeServer, grantFor } from '../sync/fake-server.ts'
import { openDevice, type Device } from './device.ts'
import { openDexie } from './dexie.ts'
import { recordOf } from './draft.ts'
import { AMARI, DISTRICT, handClock, registry, tapOf, TUESDAY } from './testing.ts'

/** Stores, keys and indexes of version 1; Dexie counts its versions in tens. */
const VERSION_1 = {
  meta: ['name'],
  outbox: ['id', 'scope', 'state'],
  own: ['id', 'scope', 'shown', 'pos', 'received'],
  records: ['id', 'aud'],
  summaries: ['key', 'aud', 'partition'],
  disputes: ['key', 'aud'],
  staged: ['key', 'aud'],
  held: ['aud'],
  values: ['name'],
} as const
const DEVICE = '01900000-0000-7000-8000-0000000000e1'
const NOTE = 'in plain'
const PATIENT = { timeout: 10_000 }

let server: FakeServer
let person: string
let old: IDBDatabase
let device: Device | null
const name = () => `handrail-${DISTRICT}-${person}`

beforeEach(async () => {
  server = new FakeServer()
  server.grants = [grantFor(AMARI)]
  person = uuidv7(Date.now())
  device = null
  old = await versionOne()
})
afterEach(async () => {
  old.close()
  device?.close()
  await Dexie.delete(name())
})

describe('F11 a database of the first version', () => {
  it('G1 G2 keeps every unsent and own record through the upgrade, seals them, and all reach the team', async () => {
    const [waiting, refused, own] = [plainRow(1), plainRow(2), plainRow(3)]
    await put('meta', [
      { name: 'device', data: DEVICE },
      { name: 'counter', data: { seq: 3, ord: own.data.ord } },
    ])
    const problem = { code: 'record.not_permitted', field: null, message: 'No.' }
    await put('outbox', [waiting, { ...refused, state: 'needs_you', problem }])
    const { state: _state, problem: _problem, ...acknowledged } = own
    await put('own', [{ ...acknowledged, shown: 1, received: TUESDAY, pos: null }])
    await put('values', [{ name: 'me', data: { name: NOTE } }])
    old.close()

    device = await open()
    expect(device.id).toBe(DEVICE)
    expect(device.outbox().map((entry) => [entry.record.body['note'], entry.state])).toEqual([
      [NOTE, 'kept'],
      [NOTE, 'needs_you'],
    ])
    expect(device.outbox()[1]?.problem).toEqual(problem)
    expect(device.stateOf(own.id)).toBe('team')
    const port = await openDexie(name())
    const rows = await port.transact('read', ['outbox', 'own', 'values'], async (tx) => ({
      unsent: [...(await tx.outbox.all()), ...(await tx.own.all())],
      values: await tx.values.all(),
    }))
    port.close()
    expect(rows.unsent.map((row) => [row.data instanceof Uint8Array, row.sealed?.id === row.id])).toEqual(
      Array(3).fill([true, true]),
    )
    expect(JSON.stringify(rows)).not.toContain(NOTE)
    await device.retry(refused.id)
    await device.syncNow()
    // This server never saw the acknowledged one: it is offered again, as any that does not come back with the feed.
    const all = [waiting, refused, own]
    await expect.poll(() => server.ids().toSorted(), PATIENT).toEqual(all.map((row) => row.id).toSorted())
    expect(server.rows.map((row) => row.digest).toSorted()).toEqual(
      all.map((row) => row.data.digest).toSorted(),
    )
  })

  it('says so when a tab of the old version will not let go, and opens once it does', async () => {
    const row = plainRow(1)
    await put('outbox', [row])
    await expect(open()).rejects.toMatchObject({ code: 'blocked' })
    old.close()
    device = await open()
    expect(device.outbox()).toMatchObject([{ id: row.id, state: 'kept' }])
  })
})

async function open(): Promise<Device> {
  return openDevice({
    district: DISTRICT,
    person,
    tz: 'America/Chicago',
    registry,
    clock: handClock(),
    fetch: server.fetch,
    baseUrl: 'http://school.test',
    openStream: null,
  })
}

function plainRow(seq: number) {
  const maker = { registry, person, district: DISTRICT, device: DEVICE, tz: 'America/Chicago' }
  const draft = tapOf(seq, { body: { n: seq, note: NOTE } })
  const row = recordOf(draft, { ...maker, clock: handClock(), after: { seq: seq - 1, ord: TUESDAY + seq } })
  return { ...row, digest: row.data.digest }
}

function versionOne(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name(), 10)
    opening.onupgradeneeded = () => {
      for (const [table, [keyPath, ...indexes]] of Object.entries(VERSION_1)) {
        const store = opening.result.createObjectStore(table, { keyPath })
        for (const index of indexes) store.createIndex(index, index)
      }
    }
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error ?? new Error('not opened'))
  })
}

async function put(table: keyof typeof VERSION_1, rows: readonly object[]): Promise<void> {
  const tx = old.transaction(table, 'readwrite')
  for (const row of rows) tx.objectStore(table).put(row)
  await new Promise((resolve) => tx.addEventListener('complete', resolve))
}
