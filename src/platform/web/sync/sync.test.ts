import { describe, expect, it } from 'vitest'
import { digestOf } from '../../core/canonical.ts'
import {
  AMARI,
  BELLA,
  countView,
  envelopeFrom,
  partitionOf,
  SESSION,
  tapOf,
  TUESDAY,
} from '../store/testing.ts'
import { grantFor } from './fake-server.ts'
import { benches, captured } from './harness.ts'
import { StoreError } from '../store/errors.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const bench = benches()

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

  it('C.3 asks for the document me as soon as something was sent by a clock that is more than five minutes wrong', async () => {
    const { server, clock, open } = bench()
    const device = await open()
    await device.syncNow()
    const sends = async (n: number, named: string) => {
      server.me = { name: named }
      await captured(device, n)
      await device.syncNow()
      return device.value('me')
    }
    clock.wall -= 4 * 60_000
    expect(await sends(1, 'four minutes')).toEqual({ name: 'me' })
    clock.wall -= 38 * 60_000
    // the jump is seen by an answer, which asks anew; what is sent from then on is doubted at once
    expect(await sends(2, 'at the jump')).toEqual({ name: 'at the jump' })
    expect(await sends(3, 'later')).toEqual({ name: 'later' })
    // nothing was sent: nothing new can be in doubt
    server.me = { name: 'nothing sent' }
    await device.syncNow()
    expect(device.value('me')).toEqual({ name: 'later' })
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
    await expect(open()).rejects.toMatchObject({ code: 'locked' })
    server.isSignedIn = true
    const again = await open()
    expect(again.value('me')).toBeUndefined()
    expect(again.records(partitionOf(AMARI, SESSION)).map((record) => record.id)).toEqual([id])
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
