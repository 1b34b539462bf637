import { describe, expect, test } from 'vitest'
import { addDays, weekday } from '../../platform/core/days.ts'
import type { SessionState } from '../sessions/state.ts'
import { dayAt, dayNumber } from './calendar.ts'
import { windowOf } from './celeration-chart.ts'
import { frequenciesOf } from './frequencies.ts'
import { buildGraph } from './rules.ts'
import { stretchesOf } from './stretches.ts'
import { countSession, counted, input, program, session } from './testing.ts'

const ONE = [{ first: 0, last: 0 }]

describe('frequencies', () => {
  const weeks = [10, 14, 18, 25]
  const made = (counts: readonly number[], minutes: number) =>
    counts.map((count, n) => countSession(addDays('2026-09-08', 7 * n), count * minutes, minutes, 'rate'))

  test('×1.35 a week through 10, 14, 18, 25 (domain D.5), drawn once there are six', () => {
    // the same growth on six Tuesdays: 10 × 1.35ⁿ, rounded to whole counts in 100 minutes
    const six = Array.from({ length: 6 }, (_, n) => Math.round(1000 * 1.35 ** n) / 100)
    const at = (counts: readonly number[]) => {
      const sessions = made(counts, 100)
      const model = buildGraph(input(sessions, { program: program({ measure: counted('rate') }) }))
      return frequenciesOf(model, sessions, stretchesOf(model, 'ols'))?.series
    }
    const [series] = at(six) ?? []
    expect(series?.kind).toBe('up')
    expect(series?.runs).toHaveLength(1)
    expect(series?.runs[0]?.line.perWeek).toBeCloseTo(1.35, 3)
    expect(at(weeks)?.[0]?.runs).toEqual([])
  })

  test('none in 20 minutes stands at the record floor, 0.05 per minute, with a mark', () => {
    const sessions = [countSession('2026-09-08', 0, 20, 'rate'), countSession('2026-09-09', 4, 20, 'rate')]
    const model = buildGraph(
      input(sessions, { program: program({ measure: counted('rate'), direction: 'decrease' }) }),
    )
    const found = frequenciesOf(model, sessions, ONE)
    expect(found?.floors.map(({ perMinute }) => perMinute)).toEqual([0.05, 0.05])
    expect(found?.series[0]?.kind).toBe('down')
    expect(found?.series[0]?.points.map(({ perMinute, belowFloor }) => [perMinute, belowFloor])).toEqual([
      [0.05, true],
      [0.2, false],
    ])
  })

  test('a timed probe gives corrects and errors as two series', () => {
    const measure: SessionState['measure'] = {
      system: 'cbm',
      kind: 'math',
      unit: 'digits correct',
      value: 'per_minute',
      seconds: 120,
      rules: { name: 'house', version: 1 },
    }
    const sessions = [
      session('2026-09-08', 30, 120_000, {
        measure,
        summary: {
          metric: 'cbm_rate',
          numerator: 30,
          denominator: 120_000,
          opportunities: 120_000,
          validity: 'valid',
          parts: { attempted: 36, errors: 6, ms: 120_000 },
        },
      }),
    ]
    const model = buildGraph(input(sessions, { program: program({ measure }) }))
    const series = frequenciesOf(model, sessions, ONE)?.series
    expect(series?.map(({ kind, points }) => [kind, points[0]?.perMinute])).toEqual([
      ['up', 15],
      ['down', 3],
    ])
  })
})

describe('the 140 days', () => {
  const at = (day: string) => dayNumber(day)
  test('begin on the Sunday before the oldest data while those fit', () => {
    // 8 September 2026 is a Tuesday
    expect(windowOf(at('2026-09-08'), at('2026-10-16'))).toEqual({
      from: at('2026-09-06'),
      to: at('2026-09-06') + 140,
    })
  })

  test('and else end with the week of the newest', () => {
    const { from, to } = windowOf(at('2026-01-05'), at('2026-10-16'))
    expect(weekday(dayAt(from))).toBe(7)
    expect(to - from).toBe(140)
    // 16 October 2026 is a Friday: its week ends before Sunday the 18th
    expect(dayAt(to)).toBe('2026-10-18')
  })
})
