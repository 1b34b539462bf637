import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '../core/canonical.ts'
import type { StoredRecord } from './envelope.ts'
import { compareRecords, isVoid, settle, type Settled } from './settle.ts'

const NOON = Date.parse('2026-11-03T18:00:00.000Z')
const YEAR_2099 = Date.parse('2099-01-01T00:00:00.000Z')

/** A record called `id`, made on device `a` at noon plus `seq` seconds, unless said otherwise. */
function record(id: string, seq: number, over: Partial<StoredRecord> = {}): StoredRecord {
  const ord = NOON + seq * 1000
  return {
    id,
    kind: 'test.fact',
    v: 1,
    body: {},
    student: null,
    refs: {},
    at: new Date(ord).toISOString(),
    tz: 'America/Chicago',
    device: 'a',
    seq,
    ord,
    mono: { boot: 'b', ms: seq * 1000 },
    digest: '',
    author: 'p',
    received: null,
    aud: null,
    pos: null,
    ...over,
  }
}

const fix = (id: string, seq: number, replaces: string, over: Partial<StoredRecord> = {}) =>
  record(id, seq, { replaces, reason: 'mis_tap', ...over })
const undo = (id: string, seq: number, replaces: string) => fix(id, seq, replaces, { kind: 'test.void' })
const ids = (records: readonly StoredRecord[]) => records.map((one) => one.id)

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  )
}

describe('order', () => {
  it('F16 follows the device, even when its wall clock was set back', () => {
    const before = record('before', 1)
    const after = record('after', 2, { at: '2026-11-01T09:00:00.000Z' })
    expect(ids(settle([after, before]).all)).toEqual(['before', 'after'])
  })

  it('F17 a record from 2099 stands where the server received it, not after all that follows', () => {
    const mad = record('mad', 1, { device: 'z', ord: YEAR_2099, received: NOON + 5000 })
    const sane = record('sane', 10, { received: NOON + 11_000 })
    expect(ids(settle([sane, mad]).all)).toEqual(['mad', 'sane'])
  })

  it('F17 a correction from 2099 does not come after a later one', () => {
    const original = record('original', 1, { received: NOON + 1000 })
    const mad = fix('mad', 2, 'original', { device: 'z', ord: YEAR_2099, received: NOON + 2000 })
    const sane = fix('sane', 9, 'original', { received: NOON + 9000 })
    expect(ids(settle([mad, sane, original]).live)).toEqual(['mad', 'sane'])
  })

  it('breaks ties by device, then number, then id', () => {
    const same = { ord: NOON }
    const sorted = [
      record('x', 3, { ...same, device: 'a' }),
      record('y', 7, { ...same, device: 'a' }),
      record('v', 1, { ...same, device: 'b' }),
      record('w', 1, { ...same, device: 'b' }),
    ]
    expect(ids(sorted.toReversed().sort(compareRecords))).toEqual(['x', 'y', 'v', 'w'])
  })
})

describe('corrections', () => {
  it('stand in the place of what they correct', () => {
    const settled = settle([
      record('one', 1),
      record('two', 2),
      record('three', 3),
      fix('two again', 9, 'two'),
    ])
    expect(ids(settled.live)).toEqual(['one', 'two again', 'three'])
    expect(ids(settled.all)).toEqual(['one', 'two', 'three', 'two again'])
    expect(settled.conflicts).toEqual([])
    expect(settled.waiting).toEqual([])
  })

  it('can be corrected again', () => {
    const chain = [record('a', 1), fix('b', 2, 'a'), fix('c', 3, 'b')]
    expect(ids(settle(chain).live)).toEqual(['c'])
  })

  it('a void takes its target away and leaves it in history', () => {
    const settled = settle([record('one', 1), record('two', 2), undo('no two', 3, 'two')])
    expect(ids(settled.live)).toEqual(['one'])
    expect(ids(settled.all)).toEqual(['one', 'two', 'no two'])
  })

  it('a void can itself be replaced: the redone record stands in the first place', () => {
    const settled = settle([
      record('one', 1),
      record('two', 2),
      undo('no one', 3, 'one'),
      fix('one after all', 4, 'no one'),
    ])
    expect(ids(settled.live)).toEqual(['one after all', 'two'])
  })

  it('a void that names nothing is no fact', () => {
    const settled = settle([record('void', 1, { kind: 'test.void' })])
    expect(settled.live).toEqual([])
    expect(isVoid({ kind: 'test.void' })).toBe(true)
    expect(isVoid({ kind: 'test.avoid_' })).toBe(false)
  })

  it('two corrections of one record are a conflict: both are shown', () => {
    const settled = settle([record('a', 1), fix('left', 2, 'a'), fix('right', 3, 'a')])
    expect(settled.conflicts).toEqual(['a'])
    expect(ids(settled.live)).toEqual(['left', 'right'])
  })

  it('a correction and a void of one record are a conflict, and the correction stands', () => {
    const settled = settle([record('a', 1), fix('left', 2, 'a'), undo('none', 3, 'a')])
    expect(settled.conflicts).toEqual(['a'])
    expect(ids(settled.live)).toEqual(['left'])
  })

  it('records that correct each other in a circle are a conflict and hide nothing else', () => {
    const settled = settle([record('fine', 1), fix('a', 2, 'b'), fix('b', 3, 'a'), fix('self', 4, 'self')])
    expect(settled.conflicts).toEqual(['a', 'b', 'self'])
    expect(ids(settled.live)).toEqual(['fine'])
    expect(ids(settled.all)).toEqual(['fine', 'a', 'b', 'self'])
    expect(settled.waiting).toEqual([])
  })

  it('what hangs on a circle is a conflict too', () => {
    const settled = settle([fix('a', 1, 'b'), fix('b', 2, 'a'), fix('c', 3, 'a')])
    expect(settled.conflicts).toEqual(['a', 'b', 'c'])
    expect(settled.live).toEqual([])
  })

  it('a chain of any length settles', () => {
    const chain = Array.from({ length: 20_000 }, (_, n) => (n ? fix(`${n}`, n, `${n - 1}`) : record('0', 0)))
    expect(ids(settle(chain).live)).toEqual(['19999'])
  })
})

describe('what has not arrived', () => {
  it('F31 a correction waits for its target, then applies', () => {
    const original = record('original', 1)
    const correction = fix('correction', 2, 'original')
    const early = settle([correction])
    expect(early.live).toEqual([])
    expect(early.waiting).toEqual(['correction'])
    expect(early.conflicts).toEqual([])
    const whole = settle([correction, original])
    expect(ids(whole.live)).toEqual(['correction'])
    expect(whole.waiting).toEqual([])
  })

  it('F31 a chain whose first link is missing waits as a whole', () => {
    const settled = settle([fix('b', 2, 'a'), fix('c', 3, 'b')])
    expect(settled.live).toEqual([])
    expect(settled.waiting).toEqual(['b'])
    expect(settled.conflicts).toEqual([])
  })

  it('F31 a void that arrives first takes its target away when that comes', () => {
    expect(ids(settle([undo('none', 2, 'a'), record('a', 1), record('b', 3)]).live)).toEqual(['b'])
  })
})

describe('arrival', () => {
  it('G9 F31 every order of arrival of a record, its correction, a void and a neighbor gives the same', () => {
    const records = [record('a', 1), fix('b', 2, 'a'), undo('c', 3, 'b'), record('d', 4), fix('e', 5, 'd')]
    const expected = canonical(settle(records))
    for (const order of permutations(records)) expect(canonical(settle(order))).toBe(expected)
    expect(ids(settle(records).live)).toEqual(['e'])
  })

  it('a record that arrives twice counts once', () => {
    expect(ids(settle([record('a', 1), record('a', 1)]).live)).toEqual(['a'])
  })

  it('G9 neither order nor repetition of arrival changes what stands', () => {
    fc.assert(
      fc.property(partition, fc.integer(), (records, seed) => {
        const expected = canonical(settle(records))
        expect(canonical(settle(shuffled(records, seed)))).toBe(expected)
        expect(canonical(settle([...records, ...shuffled(records, seed)]))).toBe(expected)
      }),
    )
  })

  it('G9 adding a record to what is settled gives the same as settling all again', () => {
    fc.assert(
      fc.property(partition, (records) => {
        let grown: Settled = settle([])
        for (const one of records) grown = settle([...grown.all, one])
        expect(canonical(grown)).toBe(canonical(settle(records)))
      }),
    )
  })

  it('loses no record: each is in history once, and all that stands is in history', () => {
    fc.assert(
      fc.property(partition, (records) => {
        const settled = settle(records)
        expect(ids(settled.all).toSorted()).toEqual(ids(records).toSorted())
        expect(new Set(ids(settled.live)).size).toBe(settled.live.length)
        for (const one of settled.live) expect(settled.all).toContain(one)
      }),
    )
  })
})

/** Up to 12 records of three devices that replace and void each other, missing targets and circles included. */
const partition: fc.Arbitrary<StoredRecord[]> = fc
  .array(
    fc.record({
      device: fc.constantFrom('a', 'b', 'c'),
      ord: fc.integer({ min: 0, max: 20 }),
      received: fc.option(fc.integer({ min: 0, max: 20 })),
      kind: fc.constantFrom('test.fact', 'test.fact', 'test.void'),
      target: fc.option(fc.integer({ min: 0, max: 14 })),
    }),
    { maxLength: 12 },
  )
  .map((rows) =>
    rows.map(({ target, ...row }, n) =>
      record(`r${n}`, n, { ...row, ...(target === null ? {} : { replaces: `r${target}` }) }),
    ),
  )

function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed >>> 0 || 1
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state
  }
  return items
    .map((item) => ({ item, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}
