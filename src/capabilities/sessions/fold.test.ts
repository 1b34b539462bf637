/** What must hold of every session, whatever was recorded, on however many devices, in whatever order it came. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '../../platform/core/canonical.ts'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { settle } from '../../platform/records/settle.ts'
import type { Measure } from './records.ts'
import { displayValue, sessionView } from './rules.ts'
import type { SessionState } from './state.ts'
import { device, fold, RATE, received, STEPS, TRIALS } from './testing.ts'

const state = (records: readonly StoredRecord[]) => sessionView.fold(settle(records))
const bytes = (records: readonly StoredRecord[]) => canonical(state(records))

describe('order of arrival', () => {
  it('G9 F31 all 720 orders of a session with an undo, a correction and an end give the same bytes', () => {
    const maya = device()
    maya.start(TRIALS)
    const first = maya.wait(20_000).trial(1, '-')
    const second = maya.wait(20_000).trial(2, '+')
    maya.void(second)
    maya.wait(1000).trial(1, '+G', { replaces: first.id })
    maya.wait(20_000).end()
    const expected = bytes(maya.made)
    for (const order of permutations(maya.made)) expect(bytes(order)).toBe(expected)
    expect(fold(maya.made)).toMatchObject({ levels: { '+G': 1 }, status: 'complete' })
  })

  it('G9 no order of arrival changes the state', () => {
    fc.assert(
      fc.property(shuffledSession, ({ records, shuffled }) => {
        expect(bytes(shuffled)).toBe(bytes(records))
      }),
    )
  })

  it('G9 a record that comes twice changes nothing', () => {
    fc.assert(
      fc.property(shuffledSession, ({ records, shuffled }) => {
        expect(bytes([...records, ...shuffled])).toBe(bytes(records))
      }),
    )
  })

  it('G9 adding the next record to what is held gives the same as folding all again', () => {
    fc.assert(
      fc.property(session, (records) => {
        let held = settle([])
        for (const record of records) {
          held = settle([...held.all, record])
          expect(canonical(sessionView.fold(held))).toBe(bytes(held.all))
        }
        expect(canonical(sessionView.fold(held))).toBe(bytes(records))
      }),
      { numRuns: 50 },
    )
  })

  it('G9 what one device recorded comes to the same before and after the server has it', () => {
    fc.assert(
      fc.property(oneDevice, (records) => {
        expect(bytes(received(records, '2026-11-03T23:00:00.000Z'))).toBe(bytes(records))
      }),
    )
  })

  it('G9 the state is canonical JSON with whole numbers only', () => {
    fc.assert(
      fc.property(session, (records) => {
        const folded = state(records)
        expect(JSON.parse(canonical(folded))).toEqual(folded)
        for (const number of numbersIn(folded)) expect(Number.isSafeInteger(number)).toBe(true)
      }),
    )
  })
})

describe('every session', () => {
  it('G10 has a numerator exactly when it has a denominator, and never a denominator of 0', () => {
    everySession(({ summary, status }) => {
      expect(summary.numerator === null).toBe(summary.denominator === null)
      expect(summary.denominator).not.toBe(0)
      if (status === 'not_run') expect(summary.numerator).toBeNull()
      if (summary.opportunities === 0) expect(displayValue(summary)).toBeNull()
    })
  })

  it('G10 has no percentage outside 0 to 100, and no more independent than scored items', () => {
    everySession(({ summary, items, measure }) => {
      if (measure.system === 'count' || summary.numerator === null) return
      const scored = items.filter((item) => !['X', 'A', 'N/A'].includes(item.result))
      expect(summary.denominator).toBe(scored.length)
      expect(summary.numerator).toBe(scored.filter((item) => item.code === '+').length)
    })
  })

  it('has one item for each trial or step, and all that stands is shown once', () => {
    everySession((folded, records) => {
      const numbers = folded.items.map((item) => item.n)
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
      const shown = [...folded.items, ...folded.aside].map((item) => item.id)
      const standing = settle(records)
        .live.filter((record) => /trial|step|occurrence/.test(record.kind))
        .map((record) => record.id)
      expect(shown.toSorted()).toEqual(standing.toSorted())
    })
  })

  it('never adds what another device first recorded', () => {
    everySession((folded, records) => {
      const byId = new Map(records.map((record) => [record.id, record]))
      const originOf = (id: string): StoredRecord | undefined => {
        const record = byId.get(id)
        return record?.replaces === undefined ? record : originOf(record.replaces)
      }
      for (const item of folded.items) expect(originOf(item.id)?.device).toBe(folded.device)
    })
  })

  it('says with a flag why anything is set aside', () => {
    everySession(({ aside, flags }) => {
      for (const item of aside) expect(flags).toContain(item.why)
      expect(flags).toEqual([...new Set(flags)].sort())
    })
  })
})

describe('undo', () => {
  it('of a tap gives the session back as it was before the tap', () => {
    fc.assert(
      fc.property(fc.constantFrom(TRIALS, STEPS, RATE), fc.integer({ min: 0, max: 7 }), (measure, taps) => {
        const maya = device()
        maya.start(measure)
        for (let n = 1; n <= taps; n++) tap(maya.wait(5000), measure, n)
        const before = state(maya.made)
        const mistake = tap(maya.wait(5000), measure, taps + 1)
        maya.wait(1000).void(mistake)
        const after = state(maya.made)
        expect(after?.items).toEqual(before?.items)
        expect(after?.levels).toEqual(before?.levels)
        expect(after?.aside).toEqual([])
      }),
    )
  })
})

type Hand = ReturnType<typeof device>

function tap(hand: Hand, measure: Measure, n: number): StoredRecord {
  if (measure.system === 'trials') return hand.trial(n, '+')
  return measure.system === 'steps' ? hand.step(n, '+') : hand.tap()
}

function everySession(check: (folded: SessionState, records: readonly StoredRecord[]) => void): void {
  fc.assert(
    fc.property(session, (records) => {
      const folded = state(records)
      if (folded) check(folded, records)
    }),
    { numRuns: 300 },
  )
}

/** One act of somebody: which device, how long after the last, what, and on which number or earlier record. */
const act = fc.record({
  who: fc.nat({ max: 4 }),
  after: fc.constantFrom(0, 90, 1500, 20_000, 400_000),
  what: fc.constantFrom(
    'item',
    'item',
    'item',
    'item',
    'correct',
    'void',
    'pause',
    'resume',
    'end',
    'not_run',
    'sleep',
    'clock',
    'restart',
    'late',
  ),
  n: fc.integer({ min: 1, max: 9 }),
  code: fc.constantFrom('+', '+G', '+Q', '-', 'NR', 'R', 'X', 'A', 'N/A'),
  target: fc.nat({ max: 30 }),
})

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

const acts = fc.tuple(fc.constantFrom(TRIALS, STEPS, RATE), fc.array(act, { maxLength: 25 }))

/** Records of a session on one device that starts it and, sometimes, of a second that joins in. */
const session: fc.Arbitrary<StoredRecord[]> = acts.map(([measure, list]) => play(measure, list, 4))
const oneDevice: fc.Arbitrary<StoredRecord[]> = acts
  .map(([measure, list]) => play(measure, list, Number.POSITIVE_INFINITY))
  // Conflicting and repeated codings are decided by semantics 2.2, in which the server's clock has a say.
  .filter((records) => !records.some((record) => record.ord > Date.parse('2026-11-03T23:00:00.000Z')))

const shuffledSession = session.chain((records) =>
  fc
    .shuffledSubarray(records, { minLength: records.length, maxLength: records.length })
    .map((shuffled) => ({ records, shuffled })),
)

function play(measure: Measure, list: readonly Act[], secondFrom: number): StoredRecord[] {
  const tablet = device()
  const phone = device({ name: 'phone', person: 'andre', at: '2026-11-03T14:51:00.000Z' })
  const all: StoredRecord[] = [tablet.start(measure)]
  for (const { who, after, what, n, code, target } of list) {
    const hand = who >= secondFrom ? phone : tablet
    hand.wait(after)
    const replaces = all[target % all.length]?.id ?? ''
    const entered = new Date(hand.now()).toISOString()
    switch (what) {
      case 'item':
        all.push(item(hand, measure, n, code))
        break
      case 'late':
        all.push(item(hand, measure, n, code, { entered, at: '2026-11-03T14:53:00.000Z' }))
        break
      case 'correct':
        all.push(item(hand, measure, n, code, { replaces, entered, at: '2026-11-03T14:52:30.000Z' }))
        break
      case 'void':
        all.push(hand.make('void', {}, { replaces }))
        break
      case 'pause':
        all.push(hand.pause())
        break
      case 'resume':
        all.push(hand.resume())
        break
      case 'end':
        all.push(hand.end(n > 6 ? 'partial' : 'complete'))
        break
      case 'not_run':
        all.push(hand.end('not_run', 'refused'))
        break
      case 'sleep':
        hand.sleep(600_000)
        break
      case 'clock':
        hand.setClock(n > 4 ? 3_600_000 : -3_600_000)
        break
      case 'restart':
        hand.restart()
        break
    }
  }
  return all
}

function item(hand: Hand, measure: Measure, n: number, code: string, over: Partial<StoredRecord> = {}) {
  if (measure.system === 'count') return hand.tap(over)
  if (measure.system === 'steps') return hand.step(n, code === 'X' ? 'NR' : code, over)
  return hand.trial(n, code === 'A' || code === 'N/A' ? 'NR' : code, over)
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((one, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [one, ...rest]),
  )
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}
