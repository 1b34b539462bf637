/** Celeration: the worked example of domain D.5 and its rule for zero counts. */
import { describe, expect, it } from 'vitest'
import { celerationOf, chartHeight } from './celeration.ts'

const weekly = (...counts: readonly number[]) =>
  counts.map((count, week) => ({ day: week * 7, count, minutes: 1 }))

describe('celeration', () => {
  it('10, 14, 18, 25 a minute, a week apart: ×1.35 a week', () => {
    const found = celerationOf(weekly(10, 14, 18, 25))
    expect(found?.perWeek.toFixed(2)).toBe('1.35')
    expect(found).toMatchObject({ n: 4, leftOut: 0 })
  })

  it('doubling and halving, whatever the minutes observed', () => {
    expect(celerationOf(weekly(3, 6, 12))?.perWeek).toBeCloseTo(2, 12)
    const halving = [16, 16, 16].map((count, i) => ({ day: i * 7, count, minutes: 2 ** i }))
    expect(celerationOf(halving)?.perWeek).toBeCloseTo(0.5, 12)
  })

  it('a zero stands at the record floor, is not in the line, and is counted', () => {
    expect(celerationOf(weekly(3, 0, 12))).toMatchObject({ n: 2, leftOut: 1 })
    expect(celerationOf(weekly(3, 0, 12))?.perWeek).toBeCloseTo(2, 12)
    expect(chartHeight({ day: 7, count: 0, minutes: 20 })).toEqual({ perMinute: 0.05, belowFloor: true })
    expect(chartHeight({ day: 7, count: 30, minutes: 20 })).toEqual({ perMinute: 1.5, belowFloor: false })
  })

  it('G10 no line from nothing but zeros, one day, or one point above zero', () => {
    expect(celerationOf(weekly(0, 0, 0))).toBeNull()
    expect(celerationOf(weekly(5, 0))).toBeNull()
    expect(celerationOf([])).toBeNull()
  })
})
