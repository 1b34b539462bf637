import { describe, expect, it } from 'vitest'
import { AMARI, partitionOf, SESSION } from '../store/testing.ts'
import { grantFor, type FakeServer } from './fake-server.ts'
import { benches, captured } from './harness.ts'

const bench = benches()

/** The way to the server, on which the answers of the feed can be cut off. */
function lineTo(server: FakeServer) {
  const line: { isFeeding: boolean; fetch: typeof globalThis.fetch } = {
    isFeeding: true,
    fetch: async (input, init) => {
      if (String(input).includes('/api/feed') && !line.isFeeding) throw new TypeError('gone')
      return server.fetch(input, init)
    },
  }
  return line
}

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
    const line = lineTo(server)
    const device = await open({ fetch: line.fetch })
    await device.syncNow()
    line.isFeeding = false
    const [one = '', two = ''] = await captured(device, 1, 2)
    await device.syncNow()
    expect(device.stateOf(two)).toBe('team')
    const { epoch } = server
    server.restore(1)
    line.isFeeding = true
    await device.syncNow()
    expect([device.stateOf(one), device.stateOf(two)]).toEqual(['team', 'kept'])
    await device.syncNow()
    expect(server.ids()).toEqual([one, two])
    expect(server.epoch).toBe(epoch)
    expect(device.stateOf(two)).toBe('team')
  })

  it('G6 F29 and so is one that a second restore loses again before the device looked', async () => {
    const { server, open } = bench()
    const line = lineTo(server)
    const device = await open({ fetch: line.fetch })
    const [one = ''] = await captured(device, 1)
    await device.syncNow()
    line.isFeeding = false
    const [two = ''] = await captured(device, 2)
    for (let restores = 0; restores < 3; restores++) {
      await device.syncNow()
      expect(server.ids()).toEqual([one, two])
      server.restore(1)
      line.isFeeding = true
      await device.syncNow()
      expect(device.stateOf(two)).toBe('kept')
      line.isFeeding = false
    }
    line.isFeeding = true
    await device.syncNow()
    expect([server.ids(), device.stateOf(two)]).toEqual([[one, two], 'team'])
  })

  it.each([
    ['was taken from this person meanwhile', [grantFor(AMARI)]],
    ['was never held on this device', []],
  ])('G6 F29 F34 and so are records of a student who %s', async (_, granted) => {
    const { server, open } = bench()
    server.grants = granted
    const line = lineTo(server)
    const device = await open({ fetch: line.fetch })
    await device.syncNow()
    line.isFeeding = false
    const [one = '', two = ''] = await captured(device, 1, 2)
    await device.syncNow()
    server.restore(1)
    server.grants = []
    line.isFeeding = true
    await device.syncNow()
    await device.syncNow()
    expect(server.ids()).toEqual([one, two])
    expect(device.outbox()).toEqual([])
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
      if (String(input).endsWith('/api/records') && !isPushing) throw new TypeError('gone')
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
