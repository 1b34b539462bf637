/** Lines through one phase: the worked examples of domain D.2, edges, and what no shift or stretch may change. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mad, median } from './median.ts'
import { searchMedianSlope } from './slope-search.ts'
import { bounceAround, perWeek, TREND_METHODS, trendAt, trendOf, type Point } from './trend.ts'

const series = (xs: readonly number[], ys: readonly number[]): Point[] =>
  xs.map((x, i) => ({ x, y: ys[i] ?? NaN }))
const byIndex = (...ys: readonly number[]) =>
  series(
    ys.map((_, i) => i + 1),
    ys,
  )

/** Weekly words correct per minute of domain D.2. */
const WEEKLY = series([0, 7, 14, 21, 28, 35, 42, 49], [20, 22, 21, 25, 24, 28, 27, 30])

describe('median and median absolute deviation', () => {
  it('of odd and even counts', () => {
    expect(median([7, 5, 8])).toBe(7)
    expect(median([56, 58, 53, 57])).toBe(56.5)
    expect(() => median([])).toThrow(RangeError)
  })

  it('the deviation is not rescaled', () => {
    // Median 41; distances 4, 7, 17, 11, 0 (baseline of five sessions of words read correctly).
    expect(mad([45, 34, 24, 52, 41])).toBe(7)
    expect(mad([3, 3, 3])).toBe(0)
  })
})

describe('weekly words correct per minute (domain D.2)', () => {
  it.each([
    // Σ(x−x̄)(y−ȳ) = 402.5, Σ(x−x̄)² = 2058, x̄ = 24.5, ȳ = 24.625.
    ['ols', (402.5 / 2058) * 7, 24.625 - (402.5 / 2058) * 24.5],
    ['theil_sen', 1.5, 19.75],
    ['quarter_intersect', 1.5, 19.25],
    ['split_middle', 1.5, 19.75],
    // Medians of the thirds (7, 21) and (42, 28); y − 1.4 a week: 20, 20.6, 18.2, 20.8, 18.4, 21, 18.6, 20.2.
    ['tukey', 1.4, 20.1],
  ] as const)('%s', (method, weekly, intercept) => {
    const trend = trendOf(method, WEEKLY)
    expect(trend?.n).toBe(8)
    expect(perWeek(trend?.slope ?? NaN)).toBeCloseTo(weekly, 12)
    expect(trend?.intercept).toBeCloseTo(intercept, 12)
  })

  it('the split-middle line has as many points on or above it as on or below it', () => {
    const trend = trendOf('split_middle', WEEKLY)
    const above = WEEKLY.filter(({ x, y }) => trend && y >= trendAt(trend, x))
    expect(above).toHaveLength(4)
  })

  it('bounce: the median distance from the line', () => {
    const trend = trendOf('theil_sen', WEEKLY)
    // Residuals ±: .25, .75, 1.75, .75, 1.75, .75, 1.75, .25
    expect(trend && bounceAround(trend, WEEKLY)).toBeCloseTo(0.75, 12)
    expect(trend && bounceAround(trend, [])).toBeNull()
  })
})

describe('groups and halves of uneven numbers', () => {
  it('split-middle leaves the middle point of an odd number out of both halves', () => {
    // (1.5, 11) and (4.5, 17): 2 a step; the 90 in the middle moves neither.
    expect(trendOf('quarter_intersect', byIndex(10, 12, 90, 16, 18))).toMatchObject({
      slope: 2,
      intercept: 8,
    })
  })

  it('Tukey: five points have outer groups of two, seven of three', () => {
    // Medians (1.5, 39.5) and (4.5, 46.5).
    expect(trendOf('tukey', byIndex(45, 34, 24, 52, 41))?.slope).toBeCloseTo(7 / 3, 12)
    // (2, 2) and (6, 9), although 1–2–4–5–7 would have been counted off as two, three, two.
    expect(trendOf('tukey', byIndex(1, 2, 9, 0, 9, 7, 20))?.slope).toBeCloseTo((9 - 2) / 4, 12)
  })

  it('Theil–Sen is not turned by one odd day', () => {
    expect(trendOf('theil_sen', byIndex(1, 2, 3, 100, 5, 6, 7))?.slope).toBe(1)
  })
})

describe('edges', () => {
  it.each(TREND_METHODS)('%s: no line through nothing, one point, or one place', (method) => {
    expect(trendOf(method, [])).toBeNull()
    expect(trendOf(method, byIndex(4))).toBeNull()
    expect(trendOf(method, series([3, 3, 3, 3], [1, 2, 3, 4]))).toBeNull()
  })

  it.each(TREND_METHODS)('%s: constant values are flat', (method) => {
    expect(trendOf(method, byIndex(4, 4, 4, 4))).toEqual({ slope: 0, intercept: 4, n: 4 })
  })

  it.each(TREND_METHODS)('%s: points on a line give that line, gaps in x or not, in any order', (method) => {
    const points = [9, 1, 2, 15, 4, 30, 7].map((x) => ({ x, y: 3 - 2 * x }))
    const trend = trendOf(method, points)
    expect(trend?.slope).toBeCloseTo(-2, 12)
    expect(trend?.intercept).toBeCloseTo(3, 10)
  })

  it('two points make a line for all but Tukey, who needs a group on each side', () => {
    expect(TREND_METHODS.map((method) => trendOf(method, byIndex(1, 4))?.slope)).toEqual([
      3,
      3,
      3,
      3,
      undefined,
    ])
  })

  it('two points at one place are both used', () => {
    expect(trendOf('theil_sen', series([1, 1, 2, 2], [0, 2, 4, 6]))?.slope).toBe(4)
  })
})

describe('any series', () => {
  const points = fc
    .uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 3, maxLength: 30 })
    .chain((xs) =>
      fc
        .array(fc.integer({ min: 0, max: 100 }), { minLength: xs.length, maxLength: xs.length })
        .map((ys) => series(xs, ys)),
    )

  it.each(TREND_METHODS)('%s: shifting values and days moves the line and keeps its slope', (method) => {
    fc.assert(
      fc.property(points, fc.integer({ min: -500, max: 500 }), (given, by) => {
        const before = trendOf(method, given)
        const after = trendOf(
          method,
          given.map(({ x, y }) => ({ x: x + 1000, y: y + by })),
        )
        expect(after?.slope).toBeCloseTo(before?.slope ?? NaN, 9)
        expect(after && trendAt(after, 1000)).toBeCloseTo((before?.intercept ?? NaN) + by, 6)
      }),
    )
  })

  it.each(TREND_METHODS)('%s: mirrored values turn the slope around', (method) => {
    fc.assert(
      fc.property(points, (given) => {
        const mirrored = given.map(({ x, y }) => ({ x, y: -y }))
        expect(trendOf(method, mirrored)?.slope).toBeCloseTo(-(trendOf(method, given)?.slope ?? NaN), 12)
      }),
    )
  })
})

describe('long series', () => {
  const slopesOf = (points: readonly Point[]) =>
    points.flatMap((a, i) =>
      points.slice(i + 1).flatMap((b) => (a.x === b.x ? [] : [(b.y - a.y) / (b.x - a.x)])),
    )

  it('the median slope is found without all pairs: points at one place, twins and flat stretches included', () => {
    const points = fc.array(fc.record({ x: fc.nat(12), y: fc.integer({ min: -9, max: 9 }) }), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(points, (given) => {
        const slopes = slopesOf(given)
        const found = searchMedianSlope(given)
        if (slopes.length === 0) expect(found).toBeNull()
        else expect(found).toBeCloseTo(median(slopes), 9)
      }),
    )
  })

  it('ten thousand sessions with a bounce of nine and a few wild days', () => {
    const points = Array.from({ length: 10_000 }, (_, i) => ({
      x: i,
      y: i % 500 === 0 ? 900 : 10 + i / 100 + ((i * 7) % 10),
    }))
    expect(trendOf('theil_sen', points)?.slope).toBeCloseTo(0.01, 4)
  })
})
