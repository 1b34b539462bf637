/**
 * Where a device stands in the feed: never ahead of what it holds (F26), never told by its clock (F28), and a first
 * sync that is broken off goes on where it was (F35).
 */
import { describe, expect, it } from 'vitest'
import { StoreError } from '../store/errors.ts'
import {
  AMARI,
  BELLA,
  envelopeFrom,
  faulty,
  handClock,
  partitionOf,
  SESSION,
  TUESDAY,
} from '../store/testing.ts'
import { grantFor } from './fake-server.ts'
import { benches, captured } from './harness.ts'

const DAY = 24 * 3_600_000

const bench = benches()

describe('a device that is killed while it pulls', () => {
  it.each(['before', 'after'] as const)(
    'F26 %s any one of its writes has no gap and nothing twice when it comes back',
    async (point) => {
      const { disk, server, open } = bench()
      server.pageSize = 2
      server.grants = [grantFor(AMARI), grantFor(BELLA)]
      const add = () => [AMARI, BELLA].map((student) => server.add(envelopeFrom({ student })).envelope.id)
      const expected = new Map([AMARI, BELLA].map((student) => [student, [] as string[]]))
      let killed = 0
      for (let survives = 0; ; survives++) {
        for (let n = 0; n < 3; n++) {
          const [amari = '', bella = ''] = add()
          expected.get(AMARI)?.push(amari)
          expected.get(BELLA)?.push(bella)
        }
        let writes = 0
        let isDead = false
        let isArmed = false
        const strike = () => {
          if (!isArmed) return
          writes += 1
          if (writes > survives) isDead = true
          if (isDead) throw new StoreError('closed', new Error('killed'))
        }
        const device = await open({ storage: faulty(disk.open(), { [point]: strike }) })
        isArmed = true
        await device.syncNow().catch(() => undefined)
        device.close()
        if (isDead) killed += 1
        const again = await open({ clock: handClock(TUESDAY, `boot ${survives}`) })
        await again.syncNow()
        for (const [student, ids] of expected)
          expect(again.records(partitionOf(student, SESSION)).map((record) => record.id)).toEqual(ids)
        again.close()
        if (!isDead) break
      }
      // a pull in two pages writes at least twice
      expect(killed).toBeGreaterThanOrEqual(2)
    },
  )
})

describe('the place in the feed', () => {
  it('F28 is what the server said, letter for letter, whatever the clock of the device says', async () => {
    const { clock, server, open } = bench()
    const said: string[] = []
    const asked: (string | null)[] = []
    const listening: typeof globalThis.fetch = async (input, init) => {
      const answer = await server.fetch(input, init)
      const url = new URL(String(input))
      if (url.pathname !== '/api/feed' || !answer.ok) return answer
      asked.push(url.searchParams.get('since'))
      said.push(((await answer.clone().json()) as { next: string }).next)
      return answer
    }
    const device = await open({ fetch: listening })
    const expected: string[] = []
    for (const off of [0, 10 * DAY, -10 * DAY, 40 * DAY]) {
      clock.wall = TUESDAY + off
      for (let n = 0; n < 3; n++) expected.push(server.add(envelopeFrom()).envelope.id)
      await device.syncNow()
    }
    expect(device.records(partitionOf(AMARI, SESSION)).map((record) => record.id)).toEqual(expected)
    expect(asked).toEqual([null, ...said.slice(0, -1)])
  })
})

describe('a first sync', () => {
  it.each([
    ['the page of the feed', '/api/feed?'],
    ['the history of a student', '/api/feed/backfill?'],
  ])(
    'F35 whose session ends before %s goes on after the next sign-in, with what was captured',
    async (_, path) => {
      const { server, open } = bench()
      server.pageSize = 2
      const expected = Array.from({ length: 7 }, () => server.add(envelopeFrom()).envelope.id)
      let asked = 0
      const resetting: typeof globalThis.fetch = async (input, init) => {
        // the administrator resets the password in the middle: the second such page is refused
        if (String(input).includes(path) && ++asked === 2) server.isSignedIn = false
        return server.fetch(input, init)
      }
      const device = await open({ fetch: resetting })
      const [id = ''] = await captured(device, 1)
      await device.syncNow()
      expect(device.status().connection).toBe('signed_out')
      server.isSignedIn = true
      await device.syncNow()
      await device.syncNow()
      expect(device.status()).toMatchObject({ connection: 'online', unsent: 0, needsYou: 0 })
      expect(server.ids()).toContain(id)
      const shown = device.records(partitionOf(AMARI, SESSION)).map((record) => record.id)
      expect(shown.toSorted()).toEqual([...expected, id].toSorted())
    },
  )
})
