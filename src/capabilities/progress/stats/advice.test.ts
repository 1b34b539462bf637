/** Growth and decision rules: published numbers of progress-monitoring guides, and domain D.3. */
import { describe, expect, it } from 'vitest'
import { pointRule, threeGroups, trendRule, type PointRule } from './advice.ts'
import { baselineMedian, rateOfImprovement, weeksToGoal } from './growth.ts'

const aimed = (values: readonly number[], aims: readonly number[]) =>
  values.map((value, i) => ({ value, aim: aims[i] ?? NaN }))

describe('rate of improvement', () => {
  it('IRIS Center: the baseline of 7, 5 and 8 is 7', () => {
    expect(baselineMedian([7, 5, 8])).toBe(7)
    expect(baselineMedian([])).toBeNull()
  })

  it('AIMSweb: from 58 to 92 in 15 weeks takes 2.27 a week', () => {
    expect(rateOfImprovement(58, 92, 15)?.toFixed(2)).toBe('2.27')
    expect(rateOfImprovement(58, 92, 0)).toBeNull()
  })

  it('from 42 to 58 in 8 weeks is 2 a week, and 72 is 7 weeks away', () => {
    expect(rateOfImprovement(42, 58, 8)).toBe(2)
    expect(weeksToGoal(58, 72, 2)).toBe(7)
  })

  it('a goal of decrease counts down; a goal behind one, or no growth, has no number of weeks', () => {
    expect(weeksToGoal(12, 4, -2)).toBe(4)
    expect(weeksToGoal(12, 4, 2)).toBeNull()
    expect(weeksToGoal(12, 14, 0)).toBeNull()
    expect(weeksToGoal(14, 14, 0)).toBe(0)
  })
})

describe('four-point rule', () => {
  const UP = [20, 22, 24, 26]
  const DOWN = [12, 11, 10, 9]

  it.each([
    ['all below a rising line', 'increase', [18, 21, 23, 25], UP, 'change'],
    ['all above a rising line', 'increase', [21, 23, 25, 27], UP, 'raise'],
    ['on both sides', 'increase', [21, 21, 25, 25], UP, 'continue'],
    ['one exactly on the line', 'increase', [18, 21, 23, 26], UP, 'continue'],
    ['all above a falling line', 'decrease', [13, 12, 11, 10], DOWN, 'change'],
    ['all below a falling line', 'decrease', [11, 10, 9, 8], DOWN, 'raise'],
    ['three points only', 'increase', [18, 21, 23], UP, 'continue'],
  ] as const)('%s', (_, improvement, values, aims, advice) => {
    expect(pointRule(aimed(values, aims), improvement)).toBe(advice)
  })

  it('looks at the last points only', () => {
    expect(pointRule(aimed([99, 18, 21, 23, 25], [18, ...UP]), 'increase')).toBe('change')
  })

  it('other packs: three below, six above', () => {
    const rule: PointRule = { worse: 3, better: 6 }
    expect(pointRule(aimed([18, 21, 23], UP), 'increase', rule)).toBe('change')
    expect(pointRule(aimed([21, 23, 25, 27], UP), 'increase', rule)).toBe('continue')
  })
})

describe('trend rule (domain D.3)', () => {
  const against = (slope: number, projected: number) => ({ slope, aimSlope: 1, projected, goal: 56 })

  it('flatter and short of the goal: change; steeper and beyond it: raise; anything else: continue', () => {
    expect(trendRule(against(0.5, 50), 'increase')).toBe('change')
    expect(trendRule(against(1.5, 60), 'increase')).toBe('raise')
    expect(trendRule(against(0.5, 58), 'increase')).toBe('continue')
    expect(trendRule(against(1.5, 55), 'increase')).toBe('continue')
    expect(trendRule(against(1, 56), 'increase')).toBe('continue')
  })

  it('mirrored for a decrease', () => {
    const falling = { slope: -0.5, aimSlope: -1, projected: 6, goal: 4 }
    expect(trendRule(falling, 'decrease')).toBe('change')
    expect(trendRule({ ...falling, slope: -2, projected: 1 }, 'decrease')).toBe('raise')
  })
})

it('three groups: one over goes to the middle, two over to the outer groups', () => {
  expect([6, 7, 8].map(threeGroups)).toEqual([
    [2, 2, 2],
    [2, 3, 2],
    [3, 2, 3],
  ])
  expect(threeGroups(1)).toEqual([0, 1, 0])
})
