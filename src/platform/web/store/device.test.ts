import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { canonical, digestOf } from '../../core/canonical.ts'
import { Envelope } from '../../records/envelope.ts'
import { benches, turns } from '../sync/harness.ts'
import { envelopeOf } from './sealing.ts'
import type { Draft } from './draft.ts'
import { CaptureRefused, StoreError } from './errors.ts'
import type { StoragePort, Transaction } from './port.ts'
import {
  AMARI,
  BELLA,
  countView,
  faulty,
  handClock,
  partitionOf,
  SESSION,
  tapOf,
  TUESDAY,
} from './testing.ts'

const bench = benches()

describe('capture', () => {
  it('stamps who, where, when and in which order', async () => {
    const { clock, open } = bench()
    const device = await open()
    clock.monotonic = 1234
    const { record } = device.capture(tapOf(1))
    expect(record).toMatchObject({
      kind: 'test.tap',
      v: 1,
      at: '2026-11-03T14:52:00.000Z',
      tz: 'America/Chicago',
      device: device.id,
      seq: 1,
      ord: TUESDAY,
      mono: { boot: 'boot-1', ms: 1234 },
      author: device.person,
      received: null,
    })
    expect(Envelope.safeParse(envelopeOf(record)).success).toBe(true)
    expect(digestOf(envelopeOf(record))).toBe(record.digest)
  })

  it('counts on, one by one, and ord never goes back with the clock', async () => {
    const { clock, open } = bench()
    const device = await open()
    const first = device.capture(tapOf(1)).record
    clock.wall -= 60_000
    const second = device.capture(tapOf(2)).record
    clock.wall += 120_000
    const third = device.capture(tapOf(3)).record
    expect([first.seq, second.seq, third.seq]).toEqual([1, 2, 3])
    expect([first.ord, second.ord, third.ord]).toEqual([TUESDAY, TUESDAY + 1, TUESDAY + 60_000])
    expect(second.at).toBe('2026-11-03T14:51:00.000Z')
  })

  it('goes on counting after a restart, with another boot', async () => {
    const { open } = bench()
    const device = await open()
    await device.capture(tapOf(1)).kept
    device.close()
    const again = await open({ clock: handClock(TUESDAY + 5, 'boot-2') })
    const { record } = again.capture(tapOf(2))
    expect(record).toMatchObject({ device: device.id, seq: 2, mono: { boot: 'boot-2' } })
  })

  it('holds what was said when it was said', async () => {
    const device = await bench().open()
    const body = { n: 1 }
    const { record, kept } = device.capture(tapOf(1, { body }))
    body.n = 2
    await kept
    expect(record.body).toEqual({ n: 1 })
    expect(device.outbox()[0]?.record.body).toEqual({ n: 1 })
  })

  it.each<[string, Partial<Draft>, string, string]>([
    ['an unknown kind', { kind: 'test.nothing' }, 'kind', 'kind'],
    ['a version nobody declared', { v: 2 }, 'version', 'v'],
    ['a body of another shape', { body: { n: 'one' } }, 'body', 'body.n'],
    ['a missing ref', { refs: {} }, 'refs', 'refs.session'],
    [
      'a ref that the kind does not name',
      { refs: { session: SESSION, other: SESSION } },
      'refs',
      'refs.other',
    ],
    ['no student where there must be one', { student: null }, 'scope', 'student'],
    ['a correction without a reason', { replaces: SESSION }, 'envelope', 'reason'],
    ['a void of nothing', { kind: 'test.void', body: {} }, 'envelope', 'replaces'],
    ['a time that is none', { at: 'yesterday' }, 'envelope', 'at'],
    ['U+0000 in the body', { body: { n: 1, note: 'a\u0000b' } }, 'text', 'body.note'],
    ['half an emoji in the body', { body: { n: 1, note: 'ok \ud83d' } }, 'text', 'body.note'],
    ['U+0000 in the reason', { replaces: SESSION, reason: '\u0000' }, 'text', 'reason'],
    ['more than 64 kB', { body: { n: 1, note: 'x'.repeat(70_000) } }, 'size', 'body'],
  ])('refuses %s, at once and without a trace', async (_, over, code, field) => {
    const device = await bench().open()
    const draft = () => device.capture(tapOf(1, over))
    expect(draft).toThrow(CaptureRefused)
    expect(draft).toThrow(expect.objectContaining({ code, field }))
    expect(device.outbox()).toEqual([])
    expect(device.capture(tapOf(1)).record.seq).toBe(1)
  })

  it('takes several that are one act whole, numbered in their order, or none of them', async () => {
    const device = await bench().open()
    const wrong = { body: { n: 3, note: 'x'.repeat(70_000) } }
    expect(() => device.captureAll([tapOf(1), tapOf(2), tapOf(3, wrong)])).toThrow(CaptureRefused)
    expect(device.outbox()).toEqual([])
    const made = device.captureAll([tapOf(1), tapOf(2), tapOf(3)])
    expect(made.map(({ record }) => [record.seq, record.body['n']])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ])
    await Promise.all(made.map(({ kept }) => kept))
    expect(device.outbox()).toHaveLength(3)
  })
})

describe('keeping', () => {
  it('has a record written before screens of which it does not know how long they draw', async () => {
    const { disk, open } = bench()
    const events: string[] = []
    const storage = noting(disk.open(), () => events.push('put'))
    const device = await open({ storage })
    device.subscribe(() => events.push(`told: ${device.outbox()[0]?.state}`))
    events.length = 0
    const { shown, kept } = device.capture(tapOf(1))
    expect(device.outbox()).toMatchObject([{ state: 'saving' }])
    expect(events).toEqual([])
    await Promise.all([shown, kept])
    expect(events).toEqual(['put', 'told: kept'])
  })

  it('tells screens that draw quickly in the same breath, in one with what else is said in it', async () => {
    const { disk, open } = bench()
    const events: string[] = []
    const storage = noting(disk.open(), () => events.push('put'))
    const device = await open({ storage })
    watchSays(() => 0)
    device.subscribe(() => {
      const states = device.outbox().map(({ state }) => state)
      events.push(`told: ${states.join()}`)
    })
    await device.capture(tapOf(1)).kept
    await device.capture(tapOf(2)).kept
    events.length = 0
    const [, { kept }] = [device.capture(tapOf(3)), device.capture(tapOf(4))]
    expect(events).toEqual([])
    await Promise.resolve()
    expect(events).toEqual(['told: kept,kept,saving,saving'])
    await kept
    expect(events.slice(1, 2)).toEqual(['put'])
    expect(events.at(-1)).toBe('told: kept,kept,kept,kept')
  })

  it('tells slow screens of a record once, as kept, until they have been quick for a while', async () => {
    const device = await bench().open()
    const told: unknown[] = []
    let slow = true
    let ms = 0
    watchSays(() => ms)
    device.subscribe(() => {
      told.push(device.outbox().every(({ state }) => state === 'kept') ? 'kept' : 'saving')
      if (slow) ms += 20
    })
    await device.capture(tapOf(1)).kept
    await device.capture(tapOf(2)).kept
    expect(told).toEqual(['kept', 'kept'])
    slow = false
    for (let n = 3; n <= 9; n++) await device.capture(tapOf(n)).kept
    expect(new Set(told)).toEqual(new Set(['kept']))
    // one that took long among the last eight is forgiven
    told.length = 0
    await device.capture(tapOf(10)).kept
    expect(told[0]).toBe('saving')
    expect(told.at(-1)).toBe('kept')
  })

  it('shows a record that is long in writing as being saved, a tenth of a second later', async () => {
    const { disk, open } = bench()
    const gate = Promise.withResolvers<void>()
    const storage = gated(disk.open(), gate.promise)
    const device = await open({ storage: storage.port })
    storage.close()
    const told: unknown[] = []
    device.subscribe(() => told.push(device.outbox()[0]?.state))
    const { kept } = device.capture(tapOf(1))
    await turns(20)
    expect(told).toEqual([])
    vi.advanceTimersByTime(100)
    expect(told).toEqual(['saving'])
    gate.resolve()
    await kept
    expect(told.at(-1)).toBe('kept')
  })

  it('tells in one with a tap what changes while it is written', async () => {
    const { disk, open } = bench()
    const gate = Promise.withResolvers<void>()
    const storage = gated(disk.open(), gate.promise)
    let lead = (_isNow: boolean) => {}
    const elect = (answer: (isNow: boolean) => void) => {
      lead = answer
      return { stop: () => undefined }
    }
    const device = await open({ storage: storage.port, elect })
    storage.close()
    const listener = vi.fn()
    device.subscribe(listener)
    const { kept } = device.capture(tapOf(1))
    expect(device.isAboutToTell()).toBe(true)
    lead(false)
    await turns()
    expect(listener).not.toHaveBeenCalled()
    gate.resolve()
    await kept
    expect(listener).toHaveBeenCalledTimes(1)
    expect(device.isAboutToTell()).toBe(false)
    lead(false)
    expect(listener).toHaveBeenCalledTimes(2)
  })

  it('G1 says kept only after the commit', async () => {
    const { disk, open } = bench()
    const gate = Promise.withResolvers<void>()
    const storage = gated(disk.open(), gate.promise)
    const device = await open({ storage: storage.port })
    storage.close()
    const { record, kept } = device.capture(tapOf(1))
    let isKept = false
    void kept.then(() => {
      isKept = true
    })
    await turns(20)
    expect(isKept).toBe(false)
    expect(device.stateOf(record.id)).toBe('saving')
    gate.resolve()
    await kept
    expect(device.stateOf(record.id)).toBe('kept')
  })

  it('G1 F1 a tab killed before the commit left nothing, after it the whole record', async () => {
    const { disk, open } = bench()
    for (const point of ['before', 'after'] as const) {
      let isArmed = false
      const storage = faulty(disk.open(), {
        [point]: () => {
          if (isArmed) throw new StoreError('failed', new Error('killed'))
        },
      })
      const device = await open({ storage })
      const count = device.outbox().length
      isArmed = true
      const { record, kept } = device.capture(tapOf(1))
      await expect(kept).rejects.toBeInstanceOf(StoreError)
      device.close()
      const again = await open()
      const found = again.outbox().find((entry) => entry.id === record.id)
      if (point === 'before') expect(again.outbox()).toHaveLength(count)
      else expect(found).toMatchObject({ state: 'kept', record: { digest: record.digest } })
      again.close()
    }
  })

  it('writes what was tapped meanwhile together, and each is kept', async () => {
    const { disk, open } = bench()
    let writes = 0
    const storage = faulty(disk.open(), { before: () => (writes += 1) })
    const device = await open({ storage, elect: () => ({ stop: () => {} }) })
    writes = 0
    const captures = Array.from({ length: 30 }, (_, n) => device.capture(tapOf(n)))
    await Promise.all(captures.map((capture) => capture.kept))
    expect(writes).toBe(2)
    expect(device.outbox().map((entry) => entry.record.seq)).toEqual(
      Array.from({ length: 30 }, (_, n) => n + 1),
    )
  })

  it('G1 F9 a full device says so, loses nothing, and keeps the record when there is room', async () => {
    const { disk, server, open } = bench()
    let isFull = false
    const storage = faulty(disk.open(), {
      before: () => {
        if (isFull) throw new StoreError('quota')
      },
    })
    const device = await open({ storage })
    await device.capture(tapOf(1)).kept
    isFull = true
    const { record, kept } = device.capture(tapOf(2))
    await expect(kept).rejects.toMatchObject({ code: 'quota' })
    expect(device.stateOf(record.id)).toBe('needs_you')
    expect(device.status()).toMatchObject({ unsent: 1, needsYou: 1 })
    expect(device.outbox()).toMatchObject([
      { state: 'kept' },
      { id: record.id, problem: { code: 'device.quota' } },
    ])
    expect(device.exportUnsent().trimEnd().split('\n')).toHaveLength(2)
    // It is not on the device, so it is not in what the device shows as the facts.
    expect(device.records(partitionOf(AMARI, SESSION))).toHaveLength(1)
    isFull = false
    const next = device.capture(tapOf(3))
    await next.kept
    await device.retry(record.id)
    await turns()
    expect(device.stateOf(record.id)).toBe('kept')
    await device.syncNow()
    expect(server.rows.map((row) => [row.envelope.body['n'], row.envelope.seq])).toEqual([
      [1, 1],
      [3, 2],
      [2, 3],
    ])
  })

  it('F9 one record that cannot be written does not take its neighbors with it', async () => {
    const { disk, open } = bench()
    const port = disk.open()
    const poisoned = new Set<string>()
    const storage: StoragePort = {
      ...port,
      transact: (mode, tables, work) =>
        port.transact(mode, tables, (tx) =>
          work({
            ...tx,
            outbox: tx.outbox && {
              ...tx.outbox,
              put: async (rows) => {
                if (rows.some((row) => poisoned.has(row.id))) throw new StoreError('quota')
                return tx.outbox.put(rows)
              },
            },
          }),
        ),
    }
    const device = await open({ storage })
    const captures = [1, 2, 3].map((n) => device.capture(tapOf(n)))
    poisoned.add(captures[1]?.record.id ?? '')
    const results = await Promise.allSettled(captures.map((capture) => capture.kept))
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(device.outbox().map((entry) => [entry.record.body['n'], entry.state])).toEqual([
      [1, 'kept'],
      [3, 'kept'],
      [2, 'needs_you'],
    ])
    expect(device.records(partitionOf(AMARI, SESSION)).map((record) => record.seq)).toEqual([1, 2])
  })
})

describe('what screens read', () => {
  it('is the same object until it changes', async () => {
    const device = await bench().open()
    const partition = partitionOf(AMARI, SESSION)
    const elsewhere = partitionOf(BELLA, SESSION)
    await device.capture(tapOf(1)).kept
    await device.capture(tapOf(1, { student: BELLA })).kept
    const read = (key: string, student: string) => [
      device.records(key),
      device.settled(key),
      device.state(countView, key),
      device.statesOf(countView, student),
    ]
    const before = read(partition, AMARI)
    const others = read(elsewhere, BELLA)
    const [status, outbox] = [device.status(), device.outbox()]
    expect(read(partition, AMARI).map((value, n) => value === before[n])).toEqual([true, true, true, true])
    expect([device.status() === status, device.outbox() === outbox]).toEqual([true, true])
    device.capture(tapOf(2))
    expect(read(partition, AMARI).map((value, n) => value === before[n])).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect(read(elsewhere, BELLA).map((value, n) => value === others[n])).toEqual([true, true, true, true])
    expect([device.status() === status, device.outbox() === outbox]).toEqual([false, false])
    expect(device.statesOf(countView, 'nobody')).toBe(device.statesOf(countView, 'nobody either'))
  })

  it('a state that stays equal on the way to the team stays the same object', async () => {
    const device = await bench().open()
    await device.capture(tapOf(1)).kept
    const before = device.state(countView, partitionOf(AMARI, SESSION))
    await device.syncNow()
    expect(device.state(countView, partitionOf(AMARI, SESSION))).toBe(before)
  })

  it('folds only what was touched', async () => {
    const device = await bench().open()
    for (const student of [AMARI, BELLA]) await device.capture(tapOf(1, { student })).kept
    const fold = vi.spyOn(countView, 'fold')
    device.statesOf(countView, AMARI)
    expect(fold).toHaveBeenCalledTimes(2)
    device.capture(tapOf(2))
    device.statesOf(countView, AMARI)
    device.statesOf(countView, BELLA)
    expect(fold).toHaveBeenCalledTimes(3)
    fold.mockRestore()
  })

  it('gives the same status for as long as it says the same, whatever else changes', async () => {
    const device = await bench().open()
    const before = device.status()
    await device.setValue('a', 1)
    expect(device.status()).toBe(before)
    await device.capture(tapOf(1)).kept
    expect(device.status()).toMatchObject({ unsent: 1, saving: 0 })
  })

  it('tells whoever listens, and nobody who left', async () => {
    const device = await bench().open()
    const listener = vi.fn()
    const leave = device.subscribe(listener)
    const { kept } = device.capture(tapOf(1))
    expect(listener).not.toHaveBeenCalled()
    await kept
    const calls = listener.mock.calls.length
    expect(calls).toBe(1)
    leave()
    device.capture(tapOf(2))
    expect(listener).toHaveBeenCalledTimes(calls)
  })

  it('a void takes its target out of the view and leaves it in the records', async () => {
    const device = await bench().open()
    const { record } = device.capture(tapOf(1))
    device.capture(tapOf(2))
    device.capture(tapOf(0, { kind: 'test.void', body: {}, replaces: record.id, reason: 'mis_tap' }))
    const partition = partitionOf(AMARI, SESSION)
    expect(device.state(countView, partition)).toEqual({ student: AMARI, taps: 1 })
    expect(device.records(partition)).toHaveLength(3)
  })

  it('names the partition of a record to come', async () => {
    const device = await bench().open()
    const draft = { kind: 'test.tap', student: AMARI, refs: { session: SESSION } }
    expect(device.partitionOf(draft)).toBe(partitionOf(AMARI, SESSION))
    expect(device.partitionOf({ ...draft, student: null })).toBeNull()
    expect(device.partitionOf({ ...draft, kind: 'test.nothing' })).toBeNull()
  })

  it('F21 exports what is not with the team as lines of JSON with the bytes that were captured', async () => {
    const device = await bench().open()
    const { record, kept } = device.capture(tapOf(1, { body: { n: 1, note: 'línea\nnueva' } }))
    await kept
    const lines = device.exportUnsent().trimEnd().split('\n')
    expect(lines).toHaveLength(1)
    const line = JSON.parse(lines[0] ?? '') as { record: unknown; digest: string; state: string }
    expect(canonical(line.record)).toBe(canonical(envelopeOf(record)))
    expect(digestOf(line.record)).toBe(line.digest)
    expect(line.state).toBe('kept')
  })

  it('keeps documents over a restart, and takes them away on request', async () => {
    const { open } = bench()
    const device = await open()
    await device.setValue('plan', { a: [1, 2] })
    device.close()
    const again = await open()
    expect(again.value('plan')).toEqual({ a: [1, 2] })
    await again.setValue('plan', undefined)
    expect(again.value('plan')).toBeUndefined()
  })
})

/** The clock by which the device sees how long screens draw, until the test ends: another machine's load is none of it. */
function watchSays(ms: () => number): void {
  const watch = vi.spyOn(performance, 'now').mockImplementation(ms)
  onTestFinished(() => watch.mockRestore())
}

/** Calls `note` when rows are put into the outbox. */
function noting(port: StoragePort, note: () => void): StoragePort {
  const noted = (tx: Transaction): Transaction => ({
    ...tx,
    outbox: {
      ...tx.outbox,
      put: (rows) => {
        note()
        return tx.outbox.put(rows)
      },
    },
  })
  return { ...port, transact: (mode, tables, work) => port.transact(mode, tables, (tx) => work(noted(tx))) }
}

/** A port whose writes wait for the gate once `close` was called. */
function gated(port: StoragePort, gate: Promise<void>): { port: StoragePort; close: () => void } {
  let isOpen = true
  return {
    port: {
      ...port,
      transact: async (mode, tables, work) => {
        if (mode === 'write' && !isOpen) await gate
        return port.transact(mode, tables, work)
      },
    },
    close: () => {
      isOpen = false
    },
  }
}
