import { describe, expect, it, vi } from 'vitest'
import { AMARI, COLLEAGUE, envelopeFrom, partitionOf, SESSION, tapOf } from '../store/testing.ts'
import { benches, captured, storeOn, turns } from './harness.ts'

const bench = benches()

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
    const { disk, clock, open } = bench()
    const device = await open()
    const silent = await storeOn(disk, clock)
    await silent.set('other', 'told to nobody')
    await captured(device, 1)
    expect(device.value('other')).toBeUndefined()
    await vi.advanceTimersByTimeAsync(250)
    await turns()
    expect(device.value('other')).toBe('told to nobody')
  })

  it('F30 what a tab changed and did not live to tell is seen after the next cycle, whoever leads', async () => {
    const { disk, clock, open } = bench()
    const leader = await open()
    const other = await open({ elect: () => ({ stop: () => {} }) })
    await leader.syncNow()
    const [id = ''] = await captured(other, 1)
    await turns()
    // acknowledged by a tab that dies before it says so
    const dying = await storeOn(disk, clock)
    await dying.acknowledge([{ id, status: 'team', received: clock.now(), isNew: true }])
    expect([leader.stateOf(id), other.stateOf(id)]).toEqual(['kept', 'kept'])
    // the first cycle after it notices, a second one would have nothing to do
    for (let cycle = 0; cycle < 2; cycle++) {
      await leader.syncNow()
      await turns()
      await vi.advanceTimersByTimeAsync(250)
      await turns(10)
    }
    expect([leader.stateOf(id), other.stateOf(id)]).toEqual(['team', 'team'])
    expect([leader.status().unsent, other.status().unsent]).toEqual([0, 0])
  })

  it('F30 a tab that missed a change still follows its own captures to the team', async () => {
    const { disk, clock, open } = bench()
    const leader = await open()
    const device = await open({ elect: () => ({ stop: () => {} }) })
    await (await storeOn(disk, clock)).set('other', 'told to nobody')
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
