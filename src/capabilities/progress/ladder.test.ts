import { describe, expect, test } from 'vitest'
import type { Measure } from '../sessions/records.ts'
import type { ChartWords } from './chart.ts'
import { filled } from './hatch.ts'
import { ladderChart } from './ladder-chart.ts'
import { ladderOf } from './ladder.ts'
import { buildGraph } from './rules.ts'
import { stepwiseOf } from './stepwise.ts'
import { input, notRun, session, trials } from './testing.ts'

const levels = [
  { code: 'G', label: 'gesture' },
  { code: 'V', label: 'verbal' },
]
const measure = (direction: 'least_to_most' | 'most_to_least'): Measure => ({
  ...trials,
  system: 'trials',
  min_opportunities: 5,
  planned: 10,
  prompts: { direction, wait_s: 4, levels: direction === 'least_to_most' ? levels : levels.toReversed() },
})
const one = (codes: Readonly<Record<string, number>>) =>
  session('2026-09-08', 4, 10, { session: 's', levels: codes })

describe('results by prompt level', () => {
  const found = ladderOf(measure('least_to_most'), [
    one({ '+': 4, '+G': 2, '+V': 1, '-G': 1, NR: 1, R: 1, X: 3 }),
  ])

  test('the order is the program’s ladder, from alone to not yet, whichever way it is written', () => {
    const names = (direction: 'least_to_most' | 'most_to_least') =>
      ladderOf(measure(direction), [])?.rungs.map((rung) => (rung.kind === 'prompt' ? rung.code : rung.kind))
    expect(names('least_to_most')).toEqual(['independent', 'G', 'V', 'not_yet', 'no_response', 'refused'])
    expect(names('most_to_least')).toEqual(names('least_to_most'))
  })

  test('interrupted trials are no result; incorrect after a prompt is not yet', () => {
    expect(found?.sessions[0]).toMatchObject({ counts: [4, 2, 1, 1, 1, 1], total: 10 })
  })

  test('the middle is a level or lies between two, never a mean of codes', () => {
    // alone ×4, gesture ×2, then four others: the 5th and the 6th of 10 are both gesture
    expect(found?.sessions[0]?.median).toEqual([1])
    expect(found?.sessions[0]?.mode).toEqual([0])
    // alone, alone, verbal, not yet: the 2nd and the 3rd are alone and verbal
    const even = ladderOf(measure('least_to_most'), [one({ '+': 2, '+V': 1, '-': 1 })])
    expect(even?.sessions[0]?.median).toEqual([0, 2])
    const tied = ladderOf(measure('least_to_most'), [one({ '+': 2, '+G': 2, '-': 1 })])
    expect(tied?.sessions[0]?.mode).toEqual([0, 1])
    expect(tied?.sessions[0]?.median).toEqual([1])
  })

  test('a prompt that the plan no longer has keeps its place after those it has', () => {
    const old = ladderOf(measure('least_to_most'), [one({ '+': 1, '+M': 1 })])
    expect(old?.rungs[3]).toEqual({ kind: 'prompt', code: 'M', label: 'M' })
    expect(old?.sessions[0]?.counts).toEqual([1, 0, 0, 1, 0, 0, 0])
  })

  test('a way of measuring without prompts has none', () => {
    expect(ladderOf({ system: 'probe' }, [])).toBeNull()
  })
})

const words: ChartWords & { share: string; percent: (value: number) => string } = {
  valueAxis: () => '',
  sessionAxis: '',
  number: String,
  day: (day) => day.slice(8),
  phase: (phase) => phase.label ?? '',
  aim: () => '',
  gap: () => '',
  empty: '',
  share: 'Share',
  percent: (value) => `${100 * value} %`,
}

test('bars are as high as their share, and the newest that fit are shown', () => {
  const sessions = Array.from({ length: 30 }, (_, n) =>
    session(`2026-09-${String(n + 1).padStart(2, '0')}`, 5, 10, {
      session: `s${n}`,
      levels: { '+': 5, '+G': 5 },
    }),
  )
  const ladder = ladderOf(measure('least_to_most'), sessions)
  if (!ladder) throw new Error('no ladder')
  const { chart, shown, leftOut } = ladderChart(
    buildGraph(input(sessions)),
    ladder,
    { width: 200, height: 200, text: 12 },
    words,
  )
  expect(leftOut + shown.length).toBe(30)
  expect(leftOut).toBeGreaterThan(0)
  expect(shown.at(-1)?.session).toBe('s29')
  const solid = chart.primitives.find((part) => part.role === 'cell')
  const heights =
    solid?.kind === 'path' ? [...solid.d.matchAll(/v(-?[\d.]+)h/g)].map((match) => Number(match[1])) : []
  expect(heights).toHaveLength(shown.length)
  const half = (chart.plot.bottom - chart.plot.top) / 2
  for (const height of heights) expect(height).toBeCloseTo(half, 1)
})

test('hatching stays inside its rectangle', () => {
  const rect = { x: 3, y: 7, width: 20, height: 11 }
  for (const filling of ['rising', 'falling', 'cross'] as const) {
    const strokes = filled([rect], filling).find((part) => part.role === 'hatch')
    const d = strokes?.kind === 'path' ? strokes.d : ''
    const spots = [...d.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map((match) => [
      Number(match[1]),
      Number(match[2]),
    ])
    expect(spots.length).toBeGreaterThan(4)
    for (const [x = 0, y = 0] of spots) {
      expect(x).toBeGreaterThanOrEqual(3)
      expect(x).toBeLessThanOrEqual(23)
      expect(y).toBeGreaterThanOrEqual(7)
      expect(y).toBeLessThanOrEqual(18)
    }
  }
})

describe('a task analysis step by step', () => {
  const steps = ['On', 'Soap', 'Off']
  const chain = (current_step: number) =>
    ({
      system: 'steps',
      prompts: trials.system === 'trials' ? trials.prompts : never(),
      min_opportunities: 1,
      chaining: 'forward',
      current_step,
      steps,
    }) as const
  const run = (codes: readonly (readonly [string, string | null])[], k: number) =>
    session('2026-09-08', 1, 2, {
      measure: chain(k),
      items: codes.map(([result, level], n) => ({
        id: `i${n}`,
        n: n + 1,
        code: result,
        result,
        level,
        at: '',
        clock: null,
      })),
    })
  const measured = { ...chain(2), steps: [...steps] } as unknown as Measure

  test('each step says how it went; the adult’s and those not of the day are no part of the share', () => {
    const found = stepwiseOf(measured, [
      run(
        [
          ['+', null],
          ['+', 'G'],
          ['A', null],
        ],
        2,
      ),
      run(
        [
          ['+', null],
          ['-', null],
        ],
        2,
      ),
      notRun('2026-09-09', 'health', { measure: chain(2) }),
    ])
    expect(found?.sessions).toMatchObject([
      { results: ['alone', 'helped', 'adult'], taught: 2, alone: 1, presented: 2 },
      { results: ['alone', 'not', null], taught: 2, alone: 1, presented: 2 },
    ])
  })

  test('sessions of another task analysis are another program', () => {
    const other = { ...measured, steps: ['On', 'Off'] } as Measure
    expect(stepwiseOf(other, [run([['+', null]], 1)])?.sessions).toEqual([])
  })
})

function never(): never {
  throw new Error('trials have prompts')
}
