import { expect, test } from 'vitest'
import { comparisonsOf } from './comparisons.ts'
import type { GraphInput } from './graph.ts'
import { buildGraph } from './rules.ts'
import { stretchesOf } from './stretches.ts'
import { countSession, counted, input, program, weekdays } from './testing.ts'

const days = weekdays('2026-09-08', '2026-09-30')
const measured = program({ measure: counted('count') })
const phase = (from: string, label: string, major = true) => ({
  id: label,
  author: 'reyes',
  body: { label, condition: 'intervention' as const, from, major, why: '' },
})

function compared(a: readonly number[], b: readonly number[], part: Partial<GraphInput> = {}) {
  const sessions = [...a, ...b].map((count, n) => ({
    ...countSession(days[n] ?? '', count, 10),
    condition: n < a.length ? 'baseline' : 'intervention',
  }))
  const made = input(sessions, {
    program: measured,
    versions: [{ id: 'v1', day: '2026-09-01', body: measured }],
    phases: [phase(days[0] ?? '', 'A'), phase(days[a.length] ?? '', 'B')],
    checks: [{ session: null, day: days[a.length + 1] ?? '', adult: 'maya', correct: 8, scored: 8 }],
    ...part,
  })
  const model = buildGraph(made)
  return comparisonsOf(model, made, stretchesOf(model, 'theil_sen'))
}

test('the worked phases of domain D.10: NAP 0.90, PND 80 %, Tau 0.80, Tau-U 0.75; four points allow the first two', () => {
  const [one] = compared([3, 5, 4, 4], [6, 4, 7, 8, 6])
  expect(one?.n).toEqual({ a: 4, b: 5 })
  expect(one?.overlap.nap).toBeCloseTo(0.9, 12)
  expect(one?.overlap.pnd).toBeCloseTo(0.8, 12)
  expect(one?.overlap.tau).toBeCloseTo(0.8, 12)
  expect(one?.overlap.tau_u).toBeCloseTo(0.75, 12)
  const shown = Object.fromEntries(Object.entries(one?.showing ?? {}).map(([name, { show }]) => [name, show]))
  expect(shown).toMatchObject({ tau: false, tau_u: false })
  expect(one?.showing.tau.because).toContain('few_points')
})

const FLAT = [4, 5, 4, 5, 4]
const HIGH = [7, 8, 7, 9, 8]

test('five flat points and five more, with a check of the implementation: everything may be shown', () => {
  const [one] = compared(FLAT, HIGH)
  expect(one?.showing.nap).toEqual({ show: true, because: [] })
  expect(one?.showing.tau).toEqual({ show: true, because: [] })
})

test('without a check in the second phase nothing is shown, and it says why', () => {
  const [one] = compared(FLAT, HIGH, { checks: [] })
  expect(one?.showing.nap).toEqual({ show: false, because: ['fidelity_unknown'] })
})

test('a changed definition forbids it', () => {
  const changed = program({ measure: counted('count'), definition: 'Another one.', number: 2 })
  const versions = [
    { id: 'v1', day: '2026-09-01', body: measured },
    { id: 'v2', day: days[5] ?? '', body: changed },
  ]
  const sessions = [...FLAT, ...HIGH].map((count, n) => ({
    ...countSession(days[n] ?? '', count, 10),
    version: n < 5 ? 'v1' : 'v2',
  }))
  const [one] = compared(FLAT, HIGH, { versions, sessions, program: changed })
  expect(one?.showing.nap).toEqual({ show: false, because: ['definition_changed'] })
})

test('a minor change within a phase makes conditions mixed', () => {
  const [one] = compared(FLAT, HIGH, {
    phases: [phase(days[0] ?? '', 'A'), phase(days[5] ?? '', 'B'), phase(days[8] ?? '', 'New aide', false)],
  })
  expect(one?.showing.nap).toEqual({ show: false, because: ['mixed_conditions'] })
})
