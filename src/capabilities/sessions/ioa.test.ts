/** Interobserver agreement: the worked examples and edge rules of domain D.8. */
import { describe, expect, it } from 'vitest'
import { formulasOf, ofCounts, type Agreement } from './ioa.ts'
import type { Measure } from './records.ts'
import { ioaOfSessions } from './rules.ts'
import { device, fold, RATE, STEPS, TRIALS } from './testing.ts'

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

describe('what cannot be compared', () => {
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
