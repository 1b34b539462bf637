import { describe, expect, test } from 'vitest'
import { addDays } from '../../platform/core/days.ts'
import { coverageOf } from './coverage.ts'
import { buildGraph } from './rules.ts'
import { immediacies, stretchesOf } from './stretches.ts'
import { TREND_METHODS } from './stats/trend.ts'
import { countSession, input, notRun, program, session, weekdays } from './testing.ts'

const phase = (from: string, label: string, major = true) => ({
  id: label,
  author: 'reyes',
  body: { label, condition: 'intervention' as const, from, major, why: '' },
})

describe('trend within a phase', () => {
  // The worked data of domain D.2: a probe a week for eight weeks, 20, 22, 21, 25, 24, 28, 27, 30 words correct.
  const weekly = [20, 22, 21, 25, 24, 28, 27, 30].map((words, week) => {
    const one = countSession(addDays('2026-09-08', 7 * week), words, 1)
    return {
      ...one,
      measure: reading,
      summary: { ...one.summary, metric: 'cbm_rate' as const, denominator: 60_000 },
    }
  })
  const model = buildGraph(input(weekly, { program: program({ measure: reading }) }))

  test.each([
    ['theil_sen', 1.5],
    ['ols', 1.37],
    ['split_middle', 1.5],
    ['quarter_intersect', 1.5],
    ['tukey', 1.4],
  ] as const)('%s: %f a week', (method, perWeek) => {
    const [stretch, ...others] = stretchesOf(model, method)
    expect(others).toEqual([])
    expect(stretch?.trend?.perWeek).toBeCloseTo(perWeek, 2)
    expect(stretch?.trend?.n).toBe(8)
    expect(TREND_METHODS).toContain(method)
  })

  test('the line runs from the first day to the last, at the height of its intercept', () => {
    const trend = stretchesOf(model, 'theil_sen')[0]?.trend
    expect(trend?.y1).toBeCloseTo(19.75, 10)
    expect(trend?.y2).toBeCloseTo(19.75 + 1.5 * 7, 10)
    expect((trend?.x2 ?? 0) - (trend?.x1 ?? 0)).toBe(49)
  })

  test('the axis is the measure’s own, per minute', () => {
    expect(model.axis.y).toMatchObject({
      unit: { kind: 'per_minute' },
      metric: 'cbm_rate',
      text: 'words correct',
    })
  })
})

const reading = {
  system: 'cbm' as const,
  kind: 'reading' as const,
  unit: 'words correct',
  value: 'per_minute' as const,
  seconds: 60,
  rules: { name: 'house', version: 1 },
}

describe('stretches between major lines', () => {
  const days = weekdays('2026-09-08', '2026-10-16')
  const values = [2, 1, 2, 3, 2, 6, 7, 5, 8, 6, 7, 8]
  const sessions = values.map((value, n) => session(days[n] ?? '', value, 10))
  const model = buildGraph(
    input([...sessions, session(days[12] ?? '', 1, 4), notRun(days[13] ?? '', 'student_absent')], {
      phases: [
        phase(days[0] ?? '', 'Baseline'),
        phase(days[5] ?? '', 'Cards'),
        phase(days[8] ?? '', 'New aide', false),
      ],
    }),
  )
  const [before, after, ...others] = stretchesOf(model, 'theil_sen')

  test('a minor line makes none; what does not count is in none', () => {
    expect(others).toEqual([])
    expect([before?.first, before?.last, before?.n]).toEqual([0, 0, 5])
    expect([after?.first, after?.last, after?.n]).toEqual([1, 2, 7])
  })

  test('five points have no trend, seven have one', () => {
    expect(before?.trend).toBeNull()
    expect(after?.trend?.n).toBe(7)
  })

  test('level and median absolute deviation', () => {
    // 60 70 50 80 60 70 80: median 70; distances 10 0 20 10 10 0 10: median 10
    expect([after?.median, after?.mad]).toEqual([70, 10])
    // 20 10 20 30 20: median 20; distances 0 10 0 10 0
    expect([before?.median, before?.mad]).toEqual([20, 0])
  })

  test('immediacy: medians of the last three before and the first three after the major line', () => {
    // 20 30 20 | 60 70 50
    expect(immediacies(model)).toEqual([{ stretch: 1, before: 20, after: 60 }])
  })

  test('with two points on one side there is no immediacy', () => {
    const short = buildGraph(
      input(sessions.slice(0, 7), {
        phases: [phase(days[0] ?? '', 'Baseline'), phase(days[5] ?? '', 'Cards')],
      }),
    )
    expect(immediacies(short)).toEqual([])
  })
})

describe('how much a second observer saw', () => {
  const days = weekdays('2026-09-08', '2026-09-21')
  const sessions = days.map((day, n) => session(day, 5, 10, { session: `s${n}` }))
  const watched = (...numbers: number[]) =>
    buildGraph(
      input(sessions, {
        agreement: Object.fromEntries(numbers.map((n) => [`s${n}`, { agreed: 9, total: 10 }])),
      }),
    )

  test('2 of 10 sessions are 20 %: enough. 1 of 10 is not', () => {
    expect(coverageOf(watched(1, 2), { first: 0, last: 0 })).toEqual({
      watched: 2,
      sessions: 10,
      enough: true,
    })
    expect(coverageOf(watched(1), { first: 0, last: 0 })).toEqual({ watched: 1, sessions: 10, enough: false })
  })

  test('a phase without sessions has none', () => {
    expect(coverageOf(buildGraph(input([])), { first: 0, last: 0 })).toBeNull()
  })
})

test('a check of the implementation stands at its session, or at that adult’s sessions of the day', () => {
  const { points } = buildGraph(
    input([session('2026-09-08', 5, 10, { session: 'a' }), session('2026-09-09', 5, 10, { session: 'b' })], {
      checks: [
        { session: 'a', day: '2026-09-08', adult: 'maya', correct: 7, scored: 8 },
        { session: null, day: '2026-09-09', adult: 'maya', correct: 5, scored: 8 },
        { session: null, day: '2026-09-09', adult: 'kim', correct: 8, scored: 8 },
      ],
    }),
  )
  expect(points.map((point) => point.notes)).toEqual([
    [{ kind: 'fidelity', correct: 7, scored: 8, low: false }],
    [{ kind: 'fidelity', correct: 5, scored: 8, low: true }],
  ])
})
