/**
 * Expected outcomes: the rules of domain D.3, after the published four-point rule (National Center on Intensive
 * Intervention; numbers of the first table constructed) and the 3-below/6-above rule (University of Minnesota, DHH
 * assessment resources). Sessions of 100 trials, so that a percentage is a whole number of them.
 */
import { describe, expect, test } from 'vitest'
import { addDays, type Day } from '../../platform/core/days.ts'
import { readRulePacks } from '../../platform/server/rulepacks.ts'
import { decide, type DecisionInput } from './decisions.ts'
import type { FidelityScore } from './fidelity.ts'
import type { GraphInput } from './graph.ts'
import { policyOf, type Policy } from './packs.ts'
import type { AimBody } from './records.ts'
import { buildGraph } from './rules.ts'
import { input, program, session, weekdays } from './testing.ts'

const shipped = Object.fromEntries(
  readRulePacks().flatMap((pack) => Object.entries(pack.rules).map(([name, { value }]) => [name, value])),
)
const policy = (chosen?: string): Policy => {
  const found = policyOf(shipped, chosen)
  if (!found) throw new Error('the shipped rules are not whole')
  return found
}
const START = '2026-09-07'
const TODAY = '2026-11-03'
const GOOD: FidelityScore = { day: '2026-10-30', correct: 9, scored: 10 }

interface Case {
  values: readonly number[]
  aim?: AimBody | null
  direction?: 'increase' | 'decrease'
  fidelity?: FidelityScore | null
  pack?: string
  /** Days between two points. */
  every?: number
  part?: Partial<GraphInput>
}
/** Percentages on every seventh day from the first of the phase. */
function outcomeOf({
  values,
  aim = flat(50),
  direction = 'increase',
  fidelity = GOOD,
  pack,
  every = 7,
  part,
}: Case) {
  const made = input(
    values.map((value, n) => session(addDays(START, n * every), value, 100)),
    {
      program: program({ direction }),
      aims: aim ? [aim] : [],
      schoolDays: weekdays('2026-08-24', TODAY),
      ...part,
    },
  )
  const { decision, fidelity: rules } = policy(pack)
  const question: DecisionInput = {
    goal: { input: made, model: buildGraph(made) },
    fidelity,
    today: TODAY,
    pack: decision,
    rules,
  }
  return decide(question)
}
const line = (from: Day, from_value: number, to: Day, to_value: number): AimBody => ({
  from,
  from_value,
  to,
  to_value,
  basis: 'median of the last 3 baseline points',
})
const flat = (value: number) => line('2026-09-01', value, '2027-06-01', value)
const codeOf = (one: Case) => outcomeOf(one)?.outcome.code

describe('four points against the aim line', () => {
  // two points on the line first, so that there are six in three weeks and no trend decides before the four
  test.each([
    ['increase', [50, 50, 48, 47, 49, 45], 'change'],
    ['increase', [50, 50, 52, 53, 51, 55], 'raise'],
    ['decrease', [50, 50, 52, 53, 51, 55], 'change'],
    ['decrease', [50, 50, 48, 47, 49, 45], 'raise'],
  ] as const)('%s: %j → %s', (direction, values, code) => {
    const found = outcomeOf({ values, direction })
    expect(found?.outcome).toMatchObject({ code, rule: 'points', n: 4 })
    expect(found?.points).toHaveLength(4)
  })

  test('a point on the line is on neither side', () => {
    expect(codeOf({ values: [50, 50, 45, 45, 50, 45] })).toBe('continue')
    // a line of 3 a week from 20, whose heights are sevenths of 21 away from it: each point is on it, up to rounding
    const sloped = line(START, 20, addDays(START, 49), 41)
    expect(codeOf({ values: [20, 23, 26, 29, 32, 35], aim: sloped })).toBe('continue')
    expect(codeOf({ values: [20, 23, 25, 28, 31, 34], aim: sloped })).toBe('change')
  })

  test('not valid ones are no points: a session too short neither counts nor stands between', () => {
    const short = session(addDays(START, 36), 0, 4)
    const values = [50, 50, 48, 47, 49, 45]
    const sessions = values.map((value, n) => session(addDays(START, n * 7), value, 100))
    const found = outcomeOf({ values: [], part: { sessions: [...sessions, short] } })
    expect(found?.outcome).toMatchObject({ code: 'change', rule: 'points' })
    expect(found?.points).not.toContain(short.session)
  })

  test('3 below and 6 above', () => {
    expect(outcomeOf({ values: [50, 48, 47, 49], pack: 'three_six' })?.outcome).toMatchObject({
      code: 'change',
      n: 3,
    })
    expect(outcomeOf({ values: [51, 51, 51, 51, 51, 51], pack: 'three_six' })?.outcome).toMatchObject({
      code: 'raise',
      rule: 'points',
      n: 6,
    })
    // five above are enough for the default's four, and not for six
    const five = [50, 51, 51, 51, 51, 51]
    expect(codeOf({ values: five })).toBe('raise')
    expect(codeOf({ values: five, pack: 'three_six' })).toBe('continue')
  })
})

describe('gates', () => {
  test('the check of the implementation comes first: none, too old, too low', () => {
    const values = [50, 50, 48, 47, 49, 45]
    const gate = (fidelity: FidelityScore | null) => outcomeOf({ values, fidelity })?.outcome
    expect(gate(null)).toEqual({ code: 'check_implementation', why: 'none', last: null, would: 'change' })
    // 20 school days back from Nov 3 is Oct 6
    expect(gate({ ...GOOD, day: '2026-10-06' })).toMatchObject({ code: 'change' })
    expect(gate({ ...GOOD, day: '2026-10-05' })).toMatchObject({ code: 'check_implementation', why: 'old' })
    expect(gate({ ...GOOD, correct: 7, scored: 9 })).toMatchObject({ why: 'low', would: 'change' })
    expect(gate({ ...GOOD, correct: 4, scored: 5 })).toMatchObject({ code: 'change' })
  })

  test('fewer than six points, or less than three weeks: keep collecting, with n so far', () => {
    expect(outcomeOf({ values: [40, 40, 40, 40, 40] })?.outcome).toEqual({
      code: 'keep_collecting',
      n: 5,
      needPoints: 6,
      weeks: 4,
      needWeeks: 3,
    })
    expect(outcomeOf({ values: [40, 40, 40, 40, 40, 40], every: 4 })?.outcome).toMatchObject({
      n: 6,
      weeks: 2,
    })
    expect(codeOf({ values: [40, 40, 40, 40, 40, 40], every: 5 })).toBe('change')
  })

  test('only the current phase: points before a major line do not count, a minor line changes nothing', () => {
    const values = [50, 50, 48, 47, 49, 45]
    const body = { label: 'B', condition: 'intervention' as const, from: addDays(START, 14), why: '' }
    const phase = (major: boolean) => ({ phases: [{ id: 'p1', author: 'x', body: { ...body, major } }] })
    expect(codeOf({ values, part: phase(true) })).toBe('keep_collecting')
    expect(codeOf({ values, part: phase(false) })).toBe('change')
  })

  test('nothing is said of a baseline, or without an aim line', () => {
    const values = [50, 50, 48, 47, 49, 45]
    const baseline = { label: 'A', condition: 'baseline' as const, from: START, major: true, why: '' }
    expect(outcomeOf({ values, part: { phases: [{ id: 'p1', author: 'x', body: baseline }] } })).toBeNull()
    expect(outcomeOf({ values, aim: null })).toBeNull()
  })
})

describe('trend', () => {
  // from 20 at the start to 90 after 35 weeks: 2 a week; a trend of 1 a week ends at 20 + 35 = 55
  const steep = line(START, 20, addDays(START, 245), 90)

  test('flatter than the aim line and short of the goal: consider a change, with the numbers', () => {
    const found = outcomeOf({ values: [21, 22, 25, 24, 25, 30], aim: steep })
    // pairwise slopes per week: median of {1,2,1,1,1.8,3,1,1,2,-1,0,1.667,1,3,5} = 1
    expect(found?.outcome).toMatchObject({ code: 'change', rule: 'trend', n: 6, aimSlope: 2, goal: 90 })
    const { outcome } = found ?? {}
    expect(outcome && 'slope' in outcome ? outcome.slope : null).toBeCloseTo(1, 9)
    expect(found?.points).toHaveLength(6)
  })

  test('steeper and beyond the goal: consider raising it; mirrored for a decrease', () => {
    const gentle = line(START, 22, addDays(START, 70), 32)
    expect(outcomeOf({ values: [18, 24, 20, 30, 33, 27], aim: gentle })?.outcome).toMatchObject({
      code: 'raise',
      rule: 'trend',
    })
    const down = line(START, 78, addDays(START, 70), 68)
    expect(
      outcomeOf({ values: [82, 76, 80, 70, 67, 73], aim: down, direction: 'decrease' })?.outcome,
    ).toMatchObject({ code: 'raise', rule: 'trend' })
  })
})

test('a trend parallel to the aim line changes nothing', () => {
  // one above, one below, and so on; the median of the 15 pairwise slopes is 2 a week, as the line's
  const aim = line(START, 30, addDays(START, 70), 50)
  expect(codeOf({ values: [31, 31, 35, 35, 39, 39], aim })).toBe('continue')
})

test('data that scatter by more than 20 % of the axis around their trend are told, beside the outcome', () => {
  const found = outcomeOf({ values: [20, 80, 20, 80, 20, 80] })
  // the trend lies between; half of the distances are above twenty points
  expect(found?.bounce?.points).toHaveLength(6)
  expect(found?.bounce?.range).toBe(100)
  expect(outcomeOf({ values: [40, 45, 44, 50, 52, 50] })?.bounce).toBeNull()
})

describe('packs', () => {
  test('a program names its own; one that is not there gives way to the district’s', () => {
    expect(policy('three_six').decision).toMatchObject({ name: 'three_six', worse: 3, better: 6 })
    expect(policy('somebody’s').decision.name).toBe('school_default')
    expect(policy().decision).toEqual({
      name: 'school_default',
      fidelityGate: true,
      minPoints: 6,
      minWeeks: 3,
      worse: 4,
      better: 4,
      trendPoints: 6,
      bouncePercent: 20,
    })
    expect(policy().maintenance).toEqual({ weeks: [1, 2, 4, 8], reprobeDays: 3, fails: 2 })
  })

  test('without rules, or with a hole in them, nothing is proposed', () => {
    expect(policyOf(undefined)).toBeNull()
    const { 'fidelity.min_percent': _, ...rest } = shipped
    expect(policyOf(rest)).toBeNull()
  })
})
