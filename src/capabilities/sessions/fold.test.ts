/** What must hold of every session, whatever was recorded, on however many devices, in whatever order it came. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '../../platform/core/canonical.ts'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { settle } from '../../platform/records/settle.ts'
import type { Measure } from './records.ts'
import { displayValue, sessionView } from './rules.ts'
import type { SessionState } from './state.ts'
import { metricOf } from './summary.ts'
import { device, DURATION, fold, IRT, MEASURES, received, TRIALS } from './testing.ts'

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

  it('G10 has no percentage outside 0 to 100', () => {
    everySession(({ summary }) => {
      const shown = displayValue(summary)
      expect(shown?.value ?? 0).toBeGreaterThanOrEqual(0)
      if (shown?.unit === 'percent') expect(shown.value).toBeLessThanOrEqual(100)
    })
  })

  it('has no more independent than scored items', () => {
    everySession(({ summary, items, measure }) => {
      if (!('prompts' in measure) || summary.numerator === null) return
      const scored = items.filter((item) => !['X', 'A', 'N/A'].includes(item.result))
      expect(summary.denominator).toBe(scored.length)
      expect(summary.numerator).toBe(scored.filter((item) => item.code === '+').length)
    })
  })

  it('has one item for each place, and all that stands is shown once', () => {
    everySession((folded, records) => {
      const places = folded.items.map((item) => `${item.n} ${item.who ?? ''} ${item.n === 0 ? item.id : ''}`)
      if (folded.measure.system !== 'cbm') expect(new Set(places).size).toBe(places.length)
      const shown = [
        ...[...folded.items, ...folded.aside].map((item) => item.id),
        ...folded.items.flatMap((item) => item.endedBy ?? []),
      ]
      const standing = settle(records)
        .live.filter((record) => /\.(trial|step|occurrence|mark|moment|tally)$/.test(record.kind))
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

  it('says of every measurement what its value is', () => {
    everySession(({ summary, measure }) => expect(summary.metric).toBe(metricOf(measure as Measure)))
    expect(new Set(ALL.map(metricOf)).size).toBe(ALL.length)
  })

  it('says with a flag why anything is set aside', () => {
    everySession(({ aside, flags }) => {
      for (const item of aside) expect(flags).toContain(item.why)
      expect(flags).toEqual([...new Set(flags)].sort())
    })
  })
})

describe('times', () => {
  it('are never longer than what was observed, nor than the limit of a latency', () => {
    everySession(({ items, measure, observedMs, status, summary }) => {
      for (const { ms = 0 } of items) {
        expect(ms).toBeGreaterThanOrEqual(0)
        if (measure.system === 'latency') expect(ms).toBeLessThanOrEqual(measure.limit_s * 1000)
      }
      if (measure.system === 'duration' && status !== 'open')
        expect(summary.parts?.['total_ms'] ?? 0).toBeLessThanOrEqual(observedMs)
      if (measure.system === 'cbm')
        expect(summary.parts?.['ms'] ?? 0).toBeLessThanOrEqual(measure.seconds * 1000)
    })
  })
})

describe('undo', () => {
  it('of a tap gives the session back as it was before the tap', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ALL), fc.integer({ min: 0, max: 7 }), (measure, taps) => {
        const maya = device()
        maya.start(measure)
        for (let n = 1; n <= taps; n++) tap(maya.wait(5000), measure, n)
        const before = state(maya.made)
        const mistake = tap(maya.wait(5000), measure, taps + 1)
        maya.wait(1000).void(mistake)
        const after = state(maya.made)
        expect(after?.items).toEqual(before?.items)
        expect(after?.levels).toEqual(before?.levels)
        // beyond its places a measurement holds nothing, and says so
        expect(after?.aside).toEqual(before?.aside)
      }),
    )
  })
})

type Hand = ReturnType<typeof device>

/** Something that this measurement counts, at a place that is still free. */
function tap(hand: Hand, measure: Measure, n: number): StoredRecord {
  switch (measure.system) {
    case 'trials':
    case 'opportunities':
      return hand.trial(n, '+')
    case 'steps':
      return hand.step(n, '+')
    case 'count':
      return hand.tap()
    case 'self':
      return hand.mark(((n - 1) % 6) + 1, '1', n > 6 ? 'adult' : 'student')
    case 'duration':
      return hand.moment(n % 2 === 1 ? 'on' : 'off')
    case 'latency':
      return hand.moment(n % 2 === 1 ? 'cue' : 'on')
    case 'irt':
      return hand.moment('on')
    case 'intensity':
      return hand.moment('3')
    default:
      return hand.mark(n, CODE[measure.system] ?? '1')
  }
}
const CODE: { readonly [system: string]: string } = { checklist: 'yes', product: '+', probe: 'Y', cbm: 'err' }

const ALL: readonly Measure[] = [
  ...MEASURES,
  { ...DURATION, value: 'percent', second_start: 'new_episode' },
  { ...IRT, instant: false, value: 'mean' },
]

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

const acts = fc.tuple(fc.constantFrom(...ALL), fc.array(act, { maxLength: 25 }))

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

/** Mostly what the measurement holds, now and then something that it does not. */
function item(hand: Hand, measure: Measure, n: number, code: string, over: Partial<StoredRecord> = {}) {
  const moment = MOMENTS[measure.system]
  const mark = MARKS[measure.system]
  if (code === 'X' && n > 7) return hand.tally({ count: n, errors: n > 8 ? 1 : 0 }, over)
  if (moment && (!mark || n > 5)) {
    const chosen = moment[n % moment.length] ?? 'on'
    const estimated = code === 'R' ? { estimated: true as const } : {}
    return hand.moment(chosen, { ...(chosen === 'last' ? { n: 9 } : {}), ...estimated }, over)
  }
  if (mark) {
    const who = measure.system === 'self' ? (code < '/' ? 'student' : 'adult') : undefined
    return hand.mark(n, mark[code.length % mark.length] ?? '1', who, over)
  }
  if (measure.system === 'count') return hand.tap(over)
  if (measure.system === 'steps') return hand.step(n, code === 'X' ? 'NR' : code, over)
  return hand.trial(n, code === 'A' || code === 'N/A' ? 'NR' : code, over)
}
const MOMENTS: { readonly [system: string]: readonly string[] } = {
  duration: ['on', 'off'],
  latency: ['cue', 'on'],
  irt: ['on', 'off'],
  intensity: ['1', '4', '9'],
  cbm: ['begin', 'stop', 'last'],
}
const MARKS: { readonly [system: string]: readonly string[] } = {
  interval: ['1', '0', '2'],
  rubric: ['0', '3', '7'],
  product: ['+', '-'],
  cbm: ['err', 'sc', 'skip'],
  probe: ['Y', 'N'],
  checklist: ['yes', 'no', 'NA'],
  self: ['1', '0'],
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
