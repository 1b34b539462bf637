/** Interobserver agreement: the worked examples and edge rules of domain D.8. */
import { describe, expect, it } from 'vitest'
import { formulasOf, ofCounts, type Agreement, type Formula } from './ioa.ts'
import type { Measure } from './records.ts'
import { ioaOfSessions } from './rules.ts'
import {
  CHECKLIST,
  device,
  DURATION,
  fold,
  INTENSITY,
  IRT,
  LATENCY,
  PROGRAM,
  RATE,
  READING,
  RUBRIC,
  SAMPLES,
  SELF,
  STEPS,
  TRIALS,
  VERSION,
} from './testing.ts'

type Hand = ReturnType<typeof device>

function observe(name: string, measure: Measure, act: (hand: Hand) => Hand, at?: string) {
  const hand = device({ name, person: name, session: name, ...(at ? { at } : {}) })
  hand.start(measure, { observer: name === 'reyes' ? 'ioa' : 'primary' })
  act(hand).end()
  return fold(hand.made)
}

const percentOf = (agreement: Agreement | null) =>
  agreement?.percent
    ? Math.round((agreement.percent.numerator * 1000) / agreement.percent.denominator) / 10
    : null

/** Taps `counts[i]` times in minute i, ten seconds apart, and stops after the last minute. */
const perMinute = (counts: readonly number[]) => (hand: Hand) => {
  for (const count of counts) {
    for (let tap = 0; tap < count; tap++) hand.wait(10_000).tap()
    hand.wait(60_000 - count * 10_000)
  }
  return hand
}

describe('trial by trial', () => {
  const maya = observe('maya', TRIALS, (hand) => hand.trials('+ + +G + - + + +V + NR'))

  it('AW-8 the second observer agrees on 9 of 10 trials: 90 %', () => {
    const reyes = observe('reyes', TRIALS, (hand) => hand.trials('+ + +G + - + + + + NR'))
    const agreement = ioaOfSessions(maya, reyes)
    expect(agreement).toMatchObject({
      formula: 'trial_by_trial',
      agreed: 9,
      total: 10,
      percent: { numerator: 9, denominator: 10 },
      nonOccurrence: false,
    })
    expect(agreement?.items[7]).toEqual({ n: 8, primary: '+V', second: '+', agrees: false })
    expect(agreement?.items.filter((item) => !item.agrees)).toHaveLength(1)
  })

  it('by result alone, another prompt level is no disagreement', () => {
    const reyes = observe('reyes', TRIALS, (hand) => hand.trials('+ + +V + - + + +V - NR'))
    expect(ioaOfSessions(maya, reyes)).toMatchObject({ agreed: 8, total: 10 })
    expect(ioaOfSessions(maya, reyes, { formula: 'trial_by_trial_result' })).toMatchObject({
      agreed: 9,
      total: 10,
    })
  })

  it('a trial that only one of them scored is a disagreement', () => {
    const reyes = observe('reyes', TRIALS, (hand) => hand.trials('+ + +G + - + + +V'))
    expect(ioaOfSessions(maya, reyes)).toMatchObject({ agreed: 8, total: 10 })
    const longer = observe('reyes', TRIALS, (hand) => hand.trials('+ + +G + - + + +V + NR +'))
    expect(ioaOfSessions(maya, longer)).toMatchObject({ agreed: 10, total: 11 })
  })

  it('a trial that neither scored is no item; one scored against one interrupted is a disagreement', () => {
    const a = observe('maya', TRIALS, (hand) => hand.trials('+ X + + + X'))
    const b = observe('reyes', TRIALS, (hand) => hand.trials('+ X + + + +'))
    expect(ioaOfSessions(a, b)).toMatchObject({ agreed: 4, total: 5 })
  })

  it('shows no percentage for fewer than five items', () => {
    const a = observe('maya', TRIALS, (hand) => hand.trials('+ + - +'))
    const b = observe('reyes', TRIALS, (hand) => hand.trials('+ + - +'))
    expect(ioaOfSessions(a, b)).toMatchObject({ agreed: 4, total: 4, percent: null })
  })
})

describe('step by step', () => {
  it('compares the code of each presented step', () => {
    const a = observe('maya', STEPS, (hand) => hand.steps('+ + + +V + +G + +'))
    const b = observe('reyes', STEPS, (hand) => hand.steps('+ + + +V + +V + +'))
    expect(ioaOfSessions(a, b)).toMatchObject({ formula: 'step_by_step', agreed: 7, total: 8 })
    expect(percentOf(ioaOfSessions(a, b))).toBe(87.5)
  })

  it('steps that both left out are no items', () => {
    const a = observe('maya', STEPS, (hand) => hand.steps('N/A + + +V + +G + +'))
    const b = observe('reyes', STEPS, (hand) => hand.steps('N/A + + +V + +G + -'))
    expect(ioaOfSessions(a, b)).toMatchObject({ agreed: 6, total: 7 })
  })
})

describe('counts (domain D.8: A = 3,0,2,1,4 and B = 2,0,2,2,4 in five one-minute bins)', () => {
  const A = [3, 0, 2, 1, 4]
  const B = [2, 0, 2, 2, 4]
  const a = observe('maya', RATE, perMinute(A))
  const b = observe('reyes', RATE, perMinute(B))

  it('total count: 10 ÷ 10 = 100 %', () => {
    const agreement = ioaOfSessions(a, b, { formula: 'total_count' })
    expect(agreement).toMatchObject({ agreed: 10, total: 10 })
    expect(percentOf(agreement)).toBe(100)
  })

  it('mean count-per-interval: (2/3 + 1 + 1 + 1/2 + 1) ÷ 5 = 83.3 %', () => {
    expect(percentOf(ioaOfSessions(a, b, { formula: 'mean_count_per_interval' }))).toBe(83.3)
  })

  it('exact count-per-interval: 3 ÷ 5 = 60 %, and is what a count gets when nothing else is asked for', () => {
    const agreement = ioaOfSessions(a, b)
    expect(agreement).toMatchObject({ formula: 'exact_count_per_interval', agreed: 3, total: 5 })
    expect(percentOf(agreement)).toBe(60)
    expect(agreement?.items.map((item) => [item.primary, item.second])).toEqual(
      A.map((count, index) => [String(count), String(B[index])]),
    )
  })

  it('formulas alone give the same', () => {
    expect(percentOf(ofCounts('total_count', A, B))).toBe(100)
    expect(percentOf(ofCounts('mean_count_per_interval', A, B))).toBe(83.3)
    expect(percentOf(ofCounts('exact_count_per_interval', A, B))).toBe(60)
  })

  it('G10 both saw nothing: 100 %, tagged as agreement on non-occurrence', () => {
    const none = [0, 0, 0]
    const quiet = [observe('maya', RATE, perMinute(none)), observe('reyes', RATE, perMinute(none))] as const
    for (const formula of formulasOf(quiet[0])) {
      const agreement = ioaOfSessions(...quiet, { formula })
      expect(agreement?.nonOccurrence).toBe(true)
      expect(percentOf(agreement)).toBe(100)
    }
  })

  it('one saw nothing: 0 %', () => {
    const quiet = observe('reyes', RATE, perMinute([0, 0, 0, 0, 0]))
    expect(percentOf(ioaOfSessions(a, quiet, { formula: 'total_count' }))).toBe(0)
    // Minute 2 is the only one without an occurrence for both.
    expect(percentOf(ioaOfSessions(a, quiet, { formula: 'mean_count_per_interval' }))).toBe(20)
    expect(ioaOfSessions(a, quiet, { formula: 'total_count' })?.nonOccurrence).toBe(false)
  })

  it('shows no percentage for fewer than five intervals or occurrences', () => {
    const short = [
      observe('maya', RATE, perMinute([3, 1])),
      observe('reyes', RATE, perMinute([3, 1])),
    ] as const
    expect(ioaOfSessions(...short)).toMatchObject({ agreed: 2, total: 2, percent: null })
    expect(ioaOfSessions(...short, { formula: 'total_count' })).toMatchObject({ agreed: 4, percent: null })
  })

  it('a second observer who came a minute late is compared on what both watched', () => {
    const late = observe('reyes', RATE, perMinute([0, 2, 2, 4]), '2026-11-03T14:53:00.000Z')
    const agreement = ioaOfSessions(a, late)
    expect(agreement?.items.map((item) => [item.primary, item.second])).toEqual([
      ['0', '0'],
      ['2', '2'],
      ['1', '2'],
      ['4', '4'],
    ])
    expect(ioaOfSessions(a, late, { formula: 'total_count' })).toMatchObject({ agreed: 7, total: 8 })
  })

  it('a second observer who left early is compared on what both watched', () => {
    const early = observe('reyes', RATE, perMinute([2, 0, 2]))
    expect(ioaOfSessions(a, early)).toMatchObject({ agreed: 2, total: 3, percent: null })
  })

  it('F16 when one clock is days off, both are taken to have begun together', () => {
    const off = observe('reyes', RATE, perMinute(B), '2026-11-05T14:52:00.000Z')
    expect(ioaOfSessions(a, off)).toMatchObject({ agreed: 3, total: 5 })
  })

  it('intervals may be shorter', () => {
    expect(ioaOfSessions(a, b, { intervalMs: 10_000 })).toMatchObject({ total: 30 })
  })
})

describe('intervals', () => {
  const codes = (text: string) => (hand: Hand) => {
    ;[...text].forEach((code, index) => {
      hand.wait(index === 0 ? 121_000 : 120_000)
      if (code !== '.') hand.mark(index + 1, code)
    })
    return hand.wait(1000)
  }
  const a = observe('maya', SAMPLES, codes('1100100010'))
  const b = observe('reyes', SAMPLES, codes('1000101010'))

  it('D.8 interval by interval 8/10, scored 3/5, unscored 5/7', () => {
    const by = (formula: Formula) => ioaOfSessions(a, b, { formula })
    expect(by('interval_by_interval')).toMatchObject({ agreed: 8, total: 10 })
    expect(by('scored_interval')).toMatchObject({ agreed: 3, total: 5 })
    expect(by('unscored_interval')).toMatchObject({ agreed: 5, total: 7 })
    // 8 of 20 scored: between 30 and 70 %
    expect(ioaOfSessions(a, b)?.formula).toBe('interval_by_interval')
  })

  it('of what is rare the scored, of what is frequent the unscored intervals count', () => {
    const rare = (name: string, text: string) => observe(name, SAMPLES, codes(text))
    expect(ioaOfSessions(rare('maya', '1000000010'), rare('reyes', '1000000000'))).toMatchObject({
      formula: 'scored_interval',
      agreed: 1,
      total: 2,
    })
    expect(ioaOfSessions(rare('maya', '1111111101'), rare('reyes', '1111111111'))).toMatchObject({
      formula: 'unscored_interval',
      agreed: 0,
      total: 1,
    })
  })

  it('both scored none: 100 % on non-occurrence, and an interval that one missed is left out', () => {
    const none = ioaOfSessions(
      observe('maya', SAMPLES, codes('00000')),
      observe('reyes', SAMPLES, codes('0000.')),
    )
    expect(none).toMatchObject({ agreed: 4, total: 4, nonOccurrence: true })
  })

  it('who began an interval later counts from there', () => {
    const late = observe('reyes', SAMPLES, codes('100100010'), '2026-11-03T14:54:00.000Z')
    expect(ioaOfSessions(a, late, { formula: 'interval_by_interval' })).toMatchObject({ agreed: 9, total: 9 })
  })

  it('who joins an interval late hears the cues of whom they watch, and numbers as they do', () => {
    const hand = device({ name: 'reyes', person: 'reyes', session: 'reyes', at: '2026-11-03T14:54:00.000Z' })
    const refs = { session: 'reyes', program: PROGRAM, version: VERSION, of: a.session }
    hand.start(SAMPLES, { observer: 'ioa' }, { refs })
    for (const [index, code] of [...'100100010'].entries()) hand.wait(120_000).mark(index + 2, code)
    hand.wait(1000).end()
    const joined = fold(hand.made)
    expect(joined.of).toBe(a.session)
    const agreement = ioaOfSessions(a, joined, { formula: 'interval_by_interval' })
    expect(agreement).toMatchObject({ agreed: 9, total: 9 })
    expect(agreement?.items[0]).toMatchObject({ n: 2, primary: '1', second: '1' })
  })
})

describe('times', () => {
  const episodes =
    (...lengths: readonly number[]) =>
    (hand: Hand) => {
      for (const [index, s] of lengths.entries()) {
        hand.wait(200_000 - (lengths[index - 1] ?? 0) * 1000).moment('on')
        hand.wait(s * 1000).moment('off')
      }
      return hand.wait(1000)
    }
  const a = observe('maya', DURATION, episodes(120, 45, 60))
  const b = observe('reyes', DURATION, episodes(110, 50, 60))

  it('D.8 mean duration per occurrence 93.9 %, total duration 97.8 %', () => {
    const mean = ioaOfSessions(a, b)
    // (110/120 + 45/50 + 1) ÷ 3, of three occurrences: too few to be shown as a percentage
    expect(mean).toMatchObject({ formula: 'mean_duration_per_occurrence', percent: null })
    expect((mean?.agreed ?? 0) / (mean?.total ?? 1)).toBeCloseTo(0.939, 3)
    expect(mean?.items.map(({ primary, second }) => [primary, second])).toEqual([
      ['120000', '110000'],
      ['45000', '50000'],
      ['60000', '60000'],
    ])
    expect(ioaOfSessions(a, b, { formula: 'total_duration' })).toMatchObject({
      agreed: 220_000,
      total: 225_000,
    })
  })

  it('an episode that only one of them saw counts 0', () => {
    const other = ioaOfSessions(a, observe('reyes', DURATION, episodes(120, 45)))
    expect((other?.agreed ?? 0) / (other?.total ?? 1)).toBeCloseTo(2 / 3, 6)
    expect(other?.items[2]).toMatchObject({ primary: '60000', second: null, agrees: false })
  })

  it('both saw none: agreement on non-occurrence', () => {
    const none = (name: string) => observe(name, DURATION, (hand) => hand.wait(60_000))
    expect(ioaOfSessions(none('maya'), none('reyes'))).toMatchObject({ nonOccurrence: true })
  })

  it('D.8 latencies 4, 10, 8 and 5, 10, 6 s: 85 %', () => {
    const latencies = (name: string, ...seconds: number[]) =>
      observe(name, { ...LATENCY, limit_s: 30 }, (hand) => {
        for (const s of seconds) {
          hand.wait(60_000).moment('cue')
          hand.wait(s * 1000).moment('on')
          hand.wait(20_000 - s * 1000)
        }
        return hand
      })
    const agreement = ioaOfSessions(latencies('maya', 4, 10, 8), latencies('reyes', 5, 10, 6))
    expect(agreement?.formula).toBe('mean_latency_per_occurrence')
    expect((agreement?.agreed ?? 0) / (agreement?.total ?? 1)).toBeCloseTo(0.85, 6)
  })

  it('times between responses: 20 and 30 s against 20 and 33 s', () => {
    const taps = (name: string, ...seconds: number[]) =>
      observe(name, IRT, (hand) => {
        for (const s of seconds) hand.wait(s * 1000).moment('on')
        return hand.wait(1000)
      })
    const agreement = ioaOfSessions(taps('maya', 5, 20, 30), taps('reyes', 5, 20, 33))
    expect((agreement?.agreed ?? 0) / (agreement?.total ?? 1)).toBeCloseTo((1 + 30 / 33) / 2, 6)
  })
})

describe('items', () => {
  const marks = (codes: string) => (hand: Hand) => {
    ;[...codes].forEach((code, index) => hand.wait(1000).mark(index + 1, code))
    return hand
  }

  it('D.8 a rubric: identical levels, or within one', () => {
    const [a, b] = [observe('maya', RUBRIC, marks('310')), observe('reyes', RUBRIC, marks('320'))]
    expect(ioaOfSessions(a, b)).toMatchObject({ formula: 'item_by_item', agreed: 2, total: 3 })
    expect(ioaOfSessions(a, b, { formula: 'within_one' })).toMatchObject({ agreed: 3, total: 3 })
  })

  it('a checklist by item', () => {
    const list = (name: string, ...codes: string[]) =>
      observe(name, CHECKLIST, (hand) => {
        codes.forEach((code, index) => hand.mark(index + 1, code))
        return hand
      })
    const agreement = ioaOfSessions(list('maya', 'yes', 'no', 'NA'), list('reyes', 'yes', 'yes', 'NA'))
    // what applied to nobody is no item
    expect(agreement).toMatchObject({ agreed: 1, total: 2 })
  })

  it('reading word by word: of 92 and 93 words, one marked wrong by only one of them', () => {
    const read = (name: string, last: number, wrong: number[]) =>
      observe(name, READING, (hand) => {
        hand.moment('begin')
        for (const n of wrong) hand.wait(1000).mark(n, 'err')
        hand.wait(55_000).moment('last', { n: last })
        return hand
      })
    const agreement = ioaOfSessions(read('maya', 92, [4, 17]), read('reyes', 93, [4]))
    expect(agreement).toMatchObject({ formula: 'word_by_word', agreed: 91, total: 93 })
    expect(agreement?.items.filter((item) => !item.agrees)).toEqual([
      { n: 17, primary: 'err', second: '+', agrees: false },
      { n: 93, primary: null, second: '+', agrees: false },
    ])
  })

  it('intensity of the same occurrence: within one, and one that only one saw', () => {
    const levels = (name: string, ...at: (readonly [number, string])[]) =>
      observe(name, INTENSITY, (hand) => {
        let before = 0
        for (const [second, level] of at) {
          hand.wait((second - before) * 1000).moment(level)
          before = second
        }
        return hand.wait(60_000)
      })
    const a = levels('maya', [10, '2'], [60, '4'], [120, '3'])
    const b = levels('reyes', [12, '3'], [121, '3'])
    expect(ioaOfSessions(a, b)).toMatchObject({ agreed: 1, total: 3 })
    expect(ioaOfSessions(a, b, { formula: 'within_one' })).toMatchObject({ agreed: 2, total: 3 })
    expect(ioaOfSessions(levels('maya'), levels('reyes'))).toMatchObject({ nonOccurrence: true })
  })
})

describe('what cannot be compared', () => {
  it('C.3 what was counted about, or elsewhere, has nothing to be compared by', () => {
    const about = observe('maya', RATE, (hand) => {
      hand.tally({ count: 40, approximate: true })
      return hand.wait(60_000)
    })
    expect(ioaOfSessions(about, observe('reyes', RATE, perMinute([4])))).toBeNull()
  })

  it('C20 what the student and the adult mark is a match, not agreement of observers', () => {
    expect(formulasOf({ measure: SELF })).toEqual([])
  })

  const closed = observe('maya', TRIALS, (hand) => hand.trials('+ + + + +'))

  it('a session that is still open: agreement is blind until both have closed', () => {
    const reyes = device({ name: 'reyes', person: 'reyes', session: 'reyes' })
    reyes.start(TRIALS, { observer: 'ioa' })
    reyes.trials('+ + + + +')
    expect(ioaOfSessions(closed, fold(reyes.made))).toBeNull()
    expect(ioaOfSessions(fold(reyes.made), closed)).toBeNull()
  })

  it('a session that was not run', () => {
    const reyes = device({ name: 'reyes', person: 'reyes', session: 'reyes' })
    reyes.start(TRIALS, { observer: 'ioa' })
    reyes.end('not_run', 'refused')
    expect(ioaOfSessions(closed, fold(reyes.made))).toBeNull()
  })

  it('one person in both roles', () => {
    expect(ioaOfSessions(closed, { ...closed, session: 'again' })).toBeNull()
  })

  it('another version, or a formula of another measurement', () => {
    const reyes = observe('reyes', TRIALS, (hand) => hand.trials('+ + + + +'))
    expect(ioaOfSessions(closed, { ...reyes, version: 'v2' })).toBeNull()
    expect(ioaOfSessions(closed, reyes, { formula: 'total_count' })).toBeNull()
    expect(ioaOfSessions(closed, reyes)).not.toBeNull()
  })

  it('counts with no time that both watched', () => {
    const a = observe('maya', RATE, (hand) => hand.wait(60_000))
    const b = observe('reyes', RATE, (hand) => hand)
    expect(ioaOfSessions(a, b)).toBeNull()
  })
})
