import { describe, expect, it } from 'vitest'
import { asRate, countsComparable, displayValue, rateUnit } from './rules.ts'
import type { Summary } from './state.ts'
import { device, fold, RATE } from './testing.ts'

const HOUR = 3_600_000
const summary = (over: Partial<Summary>): Summary => ({
  metric: 'rate',
  numerator: 3,
  denominator: HOUR / 2,
  opportunities: HOUR / 2,
  validity: 'valid',
  ...over,
})

describe('a value as it is read', () => {
  it('G10 a percentage carries its fraction', () => {
    const seven = summary({ metric: 'pct_independent', numerator: 7, denominator: 10 })
    expect(displayValue(seven)).toEqual({ value: 70, unit: 'percent', numerator: 7, denominator: 10 })
  })

  it('G10 no value is null and a zero is 0', () => {
    expect(displayValue(summary({ numerator: null, denominator: null }))).toBeNull()
    expect(displayValue(summary({ metric: 'pct_independent', numerator: 0, denominator: 10 }))?.value).toBe(0)
    expect(displayValue(summary({ numerator: 0 }))?.value).toBe(0)
  })

  it('a rate is per minute from 0.1 a minute on, else per hour', () => {
    expect(rateUnit(3, HOUR / 2)).toBe('per_minute')
    expect(rateUnit(3, HOUR / 2 + 1)).toBe('per_hour')
    expect(displayValue(summary({}))).toMatchObject({ value: 0.1, unit: 'per_minute' })
    expect(displayValue(summary({ numerator: 2 }))).toMatchObject({ value: 4, unit: 'per_hour' })
  })

  it('a rate takes the unit of its series when that is given', () => {
    expect(displayValue(summary({}), 'per_hour')).toMatchObject({ value: 6, unit: 'per_hour' })
  })

  it('a count stands by itself', () => {
    expect(displayValue(summary({ metric: 'count', numerator: 8, denominator: 1 }))).toEqual({
      value: 8,
      unit: 'count',
      numerator: 8,
      denominator: 1,
    })
  })
})

describe('counts of sessions that differ in length', () => {
  const watched = (...minutes: number[]) =>
    minutes.map((length) => {
      const maya = device()
      maya.start({ ...RATE, value: 'count' })
      maya.wait(length * 60_000).end()
      return fold(maya.made)
    })

  it('may be compared within 10 % of their median', () => {
    expect(countsComparable(watched(30, 30, 33, 27))).toBe(true)
    expect(countsComparable(watched(30, 30, 34))).toBe(false)
    expect(countsComparable(watched(30, 20))).toBe(false)
    expect(countsComparable([])).toBe(true)
  })

  it('become rates over their observed time', () => {
    const count = summary({ metric: 'count', numerator: 9, denominator: 1 })
    expect(displayValue(asRate(count))).toMatchObject({
      value: 0.3,
      unit: 'per_minute',
      denominator: HOUR / 2,
    })
    const none = asRate(summary({ metric: 'count', numerator: null, denominator: null, opportunities: 0 }))
    expect(displayValue(none)).toBeNull()
  })
})
