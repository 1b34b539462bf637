import { describe, expect, test } from 'vitest'
import { aimValueAt } from '../progress/aim.ts'
import { baselineStart, goalDay } from './aim.ts'

const point = (day: string, y: number | null, over: { condition?: string; decides?: boolean } = {}) => ({
  condition: (over.condition ?? 'baseline') as 'baseline',
  decides: over.decides ?? true,
  day,
  y,
})

describe('the start of an aim line (domain D.1)', () => {
  test('is the median of the last three baseline points, on the day of the last one', () => {
    const points = [
      point('2026-09-01', 40),
      point('2026-09-03', 18),
      point('2026-09-04', 25),
      point('2026-09-08', 20),
      point('2026-09-15', 60, { condition: 'intervention' }),
    ]
    // 18, 20, 25: the middle one
    expect(baselineStart(points)).toEqual({ from: '2026-09-08', value: 20, of: [18, 25, 20] })
  })

  test('points that do not count are passed over; with fewer than three those there are', () => {
    const points = [
      point('2026-09-01', 10),
      point('2026-09-03', 90, { decides: false }),
      point('2026-09-04', null),
      point('2026-09-08', 20),
    ]
    expect(baselineStart(points)).toEqual({ from: '2026-09-08', value: 15, of: [10, 20] })
    expect(baselineStart([])).toBeNull()
    expect(baselineStart([point('2026-09-08', 5, { condition: 'intervention' })])).toBeNull()
  })

  test('the example of the domain: 20 WCPM on 8 Sep, 56 after 36 weeks, 30 after 10', () => {
    const to = goalDay('2026-09-08')
    expect(to).toBe('2027-05-18')
    const aim = { from: '2026-09-08', from_value: 20, to, to_value: 56 }
    expect(aimValueAt(aim, '2026-11-17')).toBeCloseTo(30, 10)
  })
})
