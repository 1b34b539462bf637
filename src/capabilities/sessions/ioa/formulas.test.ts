/**
 * Formulas of agreement on plain arrays: the worked examples of domain D.8, the article's own (Reed & Azulay, 2011,
 * figures 1 and 2), Cohen's kappa of a published table, and the edges.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactCountPerInterval, meanCountPerInterval, totalCount } from './counts.ts'
import { meanDurationPerOccurrence, meanPerOccurrence, pairEpisodes, totalDuration } from './durations.ts'
import { intervalByInterval, intervalFormulaFor, scoredInterval, unscoredInterval } from './intervals.ts'
import { itemByItem, withinOne } from './items.ts'
import { cohenKappa, weightedKappa } from './kappa.ts'
import { meanOf, type Ratio } from './ratio.ts'
import { shareOf, shownPercent, type Score } from './score.ts'

const marks = (text: string) => [...text].map((mark) => mark === '1')
const percent = (score: Score | null) => score && Math.round(shareOf(score) * 1000) / 10
const valueOf = (ratio: Ratio | null) => (ratio ? ratio.numerator / ratio.denominator : null)

describe('counts', () => {
  it('five minutes of domain D.8', () => {
    const [a, b] = [
      [3, 0, 2, 1, 4],
      [2, 0, 2, 2, 4],
    ]
    expect(percent(totalCount(a, b))).toBe(100)
    expect(percent(meanCountPerInterval(a, b))).toBe(83.3)
    // (4 + 6 + 6 + 3 + 6) sixths in five intervals: exact.
    expect(meanCountPerInterval(a, b)).toMatchObject({ agreed: 25, total: 30, items: 5 })
    expect(exactCountPerInterval(a, b)).toMatchObject({ agreed: 3, total: 5 })
  })

  it('fifteen minutes of Reed & Azulay (2011): total 100 %, mean 70 %, exact 66.7 %', () => {
    const a = [1, 1, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    const b = [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4]
    expect(percent(totalCount(a, b))).toBe(100)
    expect(percent(meanCountPerInterval(a, b))).toBe(70)
    expect(exactCountPerInterval(a, b)).toMatchObject({ agreed: 10, total: 15 })
  })

  it('one saw nothing: 0 % of the occurrences, and the quiet intervals agree', () => {
    expect(percent(totalCount([0, 0, 0], [1, 2, 0]))).toBe(0)
    expect(percent(meanCountPerInterval([0, 0, 0], [1, 2, 0]))).toBe(33.3)
    expect(percent(exactCountPerInterval([0, 0, 0], [1, 2, 0]))).toBe(33.3)
  })

  it('G10 both saw nothing: 100 %, tagged; no interval at all: nothing to say', () => {
    for (const formula of [totalCount, meanCountPerInterval, exactCountPerInterval]) {
      const nothing = formula([0, 0], [0, 0])
      expect(nothing?.nonOccurrence).toBe(true)
      expect(percent(nothing)).toBe(100)
      expect(nothing && shownPercent(nothing)).toEqual({ numerator: 1, denominator: 1 })
      expect(formula([], [])).toBeNull()
    }
  })

  it('intervals that cannot belong together are refused', () => {
    expect(() => totalCount([1, 2], [1])).toThrow(RangeError)
  })
})

describe('items', () => {
  it('nine of ten trials, and which percentage is shown', () => {
    const a = ['+', '+', '-', '+', '+', '-', '+', '+', '+', '+']
    const score = itemByItem(a, a.with(3, '-'))
    expect(score).toMatchObject({ agreed: 9, total: 10 })
    expect(score && shownPercent(score)).toEqual({ numerator: 9, denominator: 10 })
    const few = itemByItem(a.slice(0, 4), a.slice(0, 4))
    expect(few && shownPercent(few)).toBeNull()
  })

  it('what only one scored is a disagreement, what neither scored is no item', () => {
    expect(itemByItem(['+', null, null, '+'], ['+', '+', null, null])).toMatchObject({ agreed: 1, total: 3 })
    expect(itemByItem([null], [null])).toBeNull()
  })

  it('levels of a scale: exact and within one', () => {
    const [a, b] = [
      [0, 1, 2, 3, 4],
      [0, 2, 4, 3, 3],
    ]
    expect(itemByItem(a, b)).toMatchObject({ agreed: 2, total: 5 })
    expect(withinOne(a, b)).toMatchObject({ agreed: 4, total: 5 })
  })
})

describe('intervals', () => {
  it('ten intervals of domain D.8', () => {
    // 1100100010 and 1000101010: both in 1, 5 and 9; one alone in 2 and in 7.
    const [a, b] = [marks('1100100010'), marks('1000101010')]
    expect(intervalByInterval(a, b)).toMatchObject({ agreed: 8, total: 10 })
    expect(scoredInterval(a, b)).toMatchObject({ agreed: 3, total: 5 })
    expect(unscoredInterval(a, b)).toMatchObject({ agreed: 5, total: 7 })
    // p_o = .80, p_e = .4·.4 + .6·.6 = .52
    expect(valueOf(cohenKappa(a, b))).toBeCloseTo(0.28 / 0.48, 12)
  })

  it('seven intervals of Reed & Azulay (2011): 5/7, scored 2/4, unscored 3/5', () => {
    const [a, b] = [marks('1000110'), marks('0000111')]
    expect(intervalByInterval(a, b)).toMatchObject({ agreed: 5, total: 7 })
    expect(scoredInterval(a, b)).toMatchObject({ agreed: 2, total: 4 })
    expect(unscoredInterval(a, b)).toMatchObject({ agreed: 3, total: 5 })
  })

  it('nobody scored, and everything scored', () => {
    expect(intervalByInterval(marks('00000'), marks('00000'))).toMatchObject({
      agreed: 5,
      nonOccurrence: true,
    })
    expect(scoredInterval(marks('00000'), marks('00000'))).toBeNull()
    expect(unscoredInterval(marks('11111'), marks('11111'))).toBeNull()
    expect(percent(scoredInterval(marks('11111'), marks('11111')))).toBe(100)
  })

  it('an interval that one of them missed is left out for both', () => {
    expect(intervalByInterval([true, null, false], [true, true, null])).toMatchObject({ agreed: 1, total: 1 })
  })

  it('rare behavior is compared by scored intervals, frequent behavior by unscored ones', () => {
    expect([2, 3, 7, 8].map((scored) => intervalFormulaFor(scored, 10))).toEqual([
      'scored_interval',
      'interval_by_interval',
      'interval_by_interval',
      'unscored_interval',
    ])
  })
})

describe('times', () => {
  it('durations and latencies of domain D.8', () => {
    expect(percent(totalDuration([120, 45, 60], [110, 50, 60]))).toBe(97.8)
    expect(percent(meanPerOccurrence([120, 45, 60], [110, 50, 60]))).toBe(93.9)
    expect(percent(meanPerOccurrence([4, 10, 8], [5, 10, 6]))).toBe(85)
  })

  it('three occurrences by hand: 135 of 133, and (3/4 + 1 + 4/5) ÷ 3', () => {
    expect(totalDuration([30, 45, 60], [40, 45, 48])).toMatchObject({ agreed: 133, total: 135 })
    expect(percent(meanPerOccurrence([30, 45, 60], [40, 45, 48]))).toBe(85)
  })

  it('an occurrence that only one of them has counts nothing', () => {
    expect(meanPerOccurrence([10, 10], [10])).toMatchObject({ agreed: 1, total: 2 })
    expect(meanPerOccurrence([10, null, null], [10, 4, null])).toMatchObject({ agreed: 1, total: 2 })
  })

  it('both timed nothing: 100 %, tagged', () => {
    for (const score of [totalDuration([], []), meanPerOccurrence([], []), meanDurationPerOccurrence([], [])])
      expect([percent(score), score.nonOccurrence]).toEqual([100, true])
  })

  const episode = (onset: number, offset: number) => ({ onset, offset })

  it('episodes are paired where they share half of the shorter one; one alone counts nothing', () => {
    const a = [episode(0, 100), episode(200, 240)]
    const b = [episode(50, 150), episode(230, 290), episode(400, 410)]
    // 50 of 100 shared; 10 of 40 is too little.
    expect(pairEpisodes(a, b)).toEqual([[a[0], b[0]]])
    // One pair of equal length, and three alone.
    expect(meanDurationPerOccurrence(a, b)).toMatchObject({ agreed: 1, total: 4, items: 4 })
  })

  it('one long episode that the other saw as two has one partner, the one it shares most with', () => {
    const long = [episode(0, 100)]
    const two = [episode(0, 40), episode(50, 100)]
    expect(pairEpisodes(long, two)).toEqual([[long[0], two[1]]])
    // 50 of 100, and one alone.
    expect(meanDurationPerOccurrence(long, two)).toMatchObject({ agreed: 50, total: 200 })
  })
})

describe('kappa', () => {
  it('of a table of Cohen (1960): 88, 14, 18 / 10, 40, 10 / 2, 6, 12 is .492', () => {
    const table = [
      [88, 14, 18],
      [10, 40, 10],
      [2, 6, 12],
    ]
    const pairs = table.flatMap((row, i) =>
      row.flatMap((n, j) => Array.from({ length: n }, () => [i, j] as const)),
    )
    const kappa = cohenKappa(
      pairs.map(([i]) => i),
      pairs.map(([, j]) => j),
    )
    expect(valueOf(kappa)?.toFixed(3)).toBe('0.492')
  })

  it('says nothing where chance explains everything', () => {
    expect(cohenKappa(['x', 'x'], ['x', 'x'])).toBeNull()
    expect(cohenKappa([], [])).toBeNull()
    expect(weightedKappa([2, 2], [2, 2], 'linear')).toBeNull()
  })

  it('weighted: a step apart weighs less than two, and more so squared', () => {
    const a = [1, 2, 3, 1, 2, 3]
    const b = [1, 2, 3, 2, 2, 1]
    // Steps: observed 1 + 2 in 6, by chance (10 + 6 + 14) ÷ 36. Squares: 5 in 6, (14 + 6 + 22) ÷ 36.
    expect(valueOf(weightedKappa(a, b, 'linear'))).toBeCloseTo(1 - 18 / 30, 12)
    expect(valueOf(weightedKappa(a, b, 'quadratic'))).toBeCloseTo(1 - 30 / 42, 12)
  })

  it('a level that nobody used still lies between its neighbors when the scale is given', () => {
    const [a, b] = [
      [0, 1, 3, 3],
      [0, 1, 1, 3],
    ]
    expect(valueOf(weightedKappa(a, b, 'linear', [0, 1, 2, 3]))).not.toBe(
      valueOf(weightedKappa(a, b, 'linear')),
    )
    expect(() => weightedKappa([9], [1], 'linear', [1, 2])).toThrow(RangeError)
  })

  it('weighted over two levels is kappa', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1), fc.nat(1)), { minLength: 1, maxLength: 30 }), (pairs) => {
        const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)]
        const plain = valueOf(cohenKappa(a, b))
        const weighted = valueOf(weightedKappa(a, b, 'quadratic'))
        expect(weighted === null).toBe(plain === null)
        if (plain !== null) expect(weighted).toBeCloseTo(plain, 12)
      }),
    )
  })
})

describe('fractions', () => {
  it('a mean stays exact in integers, and close where no common denominator fits', () => {
    expect(meanOf([1, 2, 3].map((n) => ({ numerator: 1, denominator: n })))).toEqual({
      numerator: 11,
      denominator: 18,
    })
    const many = Array.from({ length: 60 }, (_, i) => ({ numerator: i, denominator: 60_013 + i }))
    const expected = many.reduce((sum, { numerator, denominator }) => sum + numerator / denominator, 0) / 60
    expect(valueOf(meanOf(many))).toBeCloseTo(expected, 11)
    expect(Number.isSafeInteger(meanOf(many).numerator)).toBe(true)
    expect(() => meanOf([])).toThrow(RangeError)
  })
})

it('every formula gives the same when the observers change places', () => {
  const counts = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(counts, (pairs) => {
      const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)]
      const [p, q] = [a, b].map((values) => values.map((value) => value > 4)) as [boolean[], boolean[]]
      for (const formula of [
        totalCount,
        meanCountPerInterval,
        exactCountPerInterval,
        withinOne,
        meanPerOccurrence,
      ])
        expect(formula(a, b)).toEqual(formula(b, a))
      for (const formula of [intervalByInterval, scoredInterval, unscoredInterval])
        expect(formula(p, q)).toEqual(formula(q, p))
      expect(cohenKappa(a, b)).toEqual(cohenKappa(b, a))
    }),
  )
})
