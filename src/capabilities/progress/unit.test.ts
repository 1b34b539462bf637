import { describe, expect, test } from 'vitest'
import type { Measure } from '../sessions/records.ts'
import type { SessionState, Summary } from '../sessions/state.ts'
import { buildGraph } from './rules.ts'
import { input, program, session } from './testing.ts'

type Pair = readonly [metric: Summary['metric'], numerator: number, denominator: number]

function graphOf(measure: Measure, pairs: readonly Pair[], part: Partial<SessionState> = {}) {
  const sessions = pairs.map(([metric, numerator, denominator], n) =>
    session(`2026-09-${String(n + 8).padStart(2, '0')}`, numerator, denominator, {
      measure: measure as SessionState['measure'],
      summary: { metric, numerator, denominator, opportunities: 10, validity: 'valid' },
      ...part,
    }),
  )
  const aims = [{ from: '2026-09-08', from_value: 60, to: '2026-10-08', to_value: 300, basis: 'team' }]
  return buildGraph(input(sessions, { program: program({ measure }), aims }))
}

const MINUTE = 60_000
const duration = (value: 'total' | 'mean' | 'percent'): Measure => ({
  system: 'duration',
  value,
  second_start: 'ignored',
  min_observed_s: 60,
})
const rubric = (value: 'total' | 'median'): Measure => ({
  system: 'rubric',
  value,
  items: [
    { text: 'Greets', anchors: ['not', 'with help', 'alone'] },
    { text: 'Waits', anchors: ['not', 'with help', 'mostly', 'always'] },
  ],
})
const self: Measure = {
  system: 'self',
  interval_s: 60,
  planned: 10,
  cue: 'none',
  value: 'match',
  min_opportunities: 5,
}

describe('every way of measuring has its unit, and its pair of integers its value', () => {
  test.each<[string, Measure, Pair, string, number]>([
    // 90 s of episodes in a session: under three minutes, so seconds
    ['total time', duration('total'), ['duration_total', 90_000, 1], 'seconds', 90],
    // three episodes, 15 minutes in all
    ['time per episode', duration('mean'), ['duration_mean', 15 * MINUTE, 3], 'minutes', 5],
    ['share of the time', duration('percent'), ['pct_duration', 5 * MINUTE, 20 * MINUTE], 'percent', 25],
    // the median lies between 4 s and 7 s
    [
      'latency',
      { system: 'latency', limit_s: 30, min_opportunities: 1 },
      ['latency_median', 11_000, 2],
      'seconds',
      5.5,
    ],
    [
      'time between responses',
      { system: 'irt', value: 'mean', instant: true, min_opportunities: 1 },
      ['irt_mean', 60_000, 4],
      'seconds',
      15,
    ],
    ['rubric total', rubric('total'), ['rubric_total', 4, 1], 'points', 4],
    ['rubric median', rubric('median'), ['rubric_median', 3, 2], 'points', 1.5],
    // 48 correct in 90 seconds
    [
      'correct per minute',
      { system: 'product', value: 'rate', items: 60, min_opportunities: 1, photo: false },
      ['correct_rate', 48, 90_000],
      'per_minute',
      32,
    ],
    ['probe', { system: 'probe' }, ['probe', 1, 1], 'yes_no', 1],
    [
      'intensity',
      { system: 'intensity', anchors: ['mild', 'loud', 'hits'], min_observed_s: 0 },
      ['intensity_max', 2, 1],
      'points',
      2,
    ],
    ['match of self-monitoring', self, ['pct_self_match', 7, 8], 'percent', 87.5],
  ])('%s', (_, measure, pair, unit, value) => {
    const { axis, points } = graphOf(measure, [pair, pair])
    expect(axis.y.unit.kind).toBe(unit)
    expect(axis.y.metric).toBe(pair[0])
    expect(points.map((point) => point.y)).toEqual([value, value])
  })

  test('the whole scale of a rubric, of levels and of answers is shown, whatever the data', () => {
    const scale = (measure: Measure, pair: Pair) => {
      const { min, max } = graphOf(measure, [pair]).axis.y
      return [min, max]
    }
    // 2 + 3 steps above the first anchors; at most 3; five levels
    expect(scale(rubric('total'), ['rubric_total', 1, 1])).toEqual([0, 5])
    expect(scale(rubric('median'), ['rubric_median', 1, 1])).toEqual([0, 3])
    const anchors = ['a', 'b', 'c', 'd', 'e']
    expect(scale({ system: 'intensity', anchors, min_observed_s: 0 }, ['intensity_max', 1, 1])).toEqual([
      0, 5,
    ])
    expect(scale({ system: 'probe' }, ['probe', 0, 1])).toEqual([0, 1])
  })

  test('aims of times are kept in seconds, and stand on an axis of minutes as minutes', () => {
    const { aims } = graphOf(duration('total'), [['duration_total', 5 * MINUTE, 1]])
    expect(aims[0]).toMatchObject({ goal: 5, y1: 1 })
  })
})

test('total time and time per episode are never on one axis: the older kind is listed, not drawn', () => {
  const { points } = graphOf(duration('mean'), [
    ['duration_total', 90_000, 1],
    ['duration_mean', 60_000, 2],
  ])
  expect(points.map(({ y, value }) => [y, value])).toEqual([
    [null, 90],
    [30, 30],
  ])
  expect(points[0]?.notes).toContainEqual({ kind: 'other_measure' })
})

test('G10 answers stand in two rows: no line, no median, and their share with its fraction', () => {
  const model = graphOf({ system: 'probe' }, [
    ['probe', 1, 1],
    ['probe', 0, 1],
    ['probe', 1, 1],
  ])
  expect(model.segments).toEqual([])
  expect(model.phases[0]).toMatchObject({ level: null, share: { yes: 2, of: 3 } })
})

test('an estimated value is hollow and does not count; a value at the limit says so', () => {
  const summary = { metric: 'latency_median', numerator: 30_000, denominator: 1, opportunities: 3 } as const
  const measure: Measure = { system: 'latency', limit_s: 30, min_opportunities: 1 }
  const at = (day: string, more: Partial<Summary>) =>
    session(day, 1, 1, {
      measure: measure as SessionState['measure'],
      summary: { ...summary, validity: 'valid', ...more },
    })
  const { points } = buildGraph(
    input([at('2026-09-08', { validity: 'estimated' }), at('2026-09-09', { atLeast: true })], {
      program: program({ measure }),
    }),
  )
  expect(points.map(({ hollow, decides, atLeast }) => [hollow, decides, atLeast])).toEqual([
    [true, false, false],
    [false, true, true],
  ])
})

test('a change of what is measured forces a phase line; a change of how many trials are planned does not', () => {
  const versions = (first: Measure, second: Measure) => [
    { id: 'v1', day: '2026-09-01', body: program({ measure: first }) },
    { id: 'v2', day: '2026-09-15', body: program({ measure: second, number: 2 }) },
  ]
  const lines = (first: Measure, second: Measure) =>
    buildGraph(
      input([session('2026-09-08', 1, 2)], {
        program: program({ measure: second }),
        versions: versions(first, second),
      }),
    ).phaseLines
  expect(lines(duration('total'), duration('mean'))).toHaveLength(1)
  expect(lines(self, { ...self, interval_s: 120 })).toHaveLength(1)
  expect(lines(self, { ...self, planned: 20 })).toHaveLength(0)
})
