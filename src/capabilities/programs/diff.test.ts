import { describe, expect, test } from 'vitest'
import { definitionGroups } from '../progress/phases.ts'
import { ProgramBody, type Measure } from '../sessions/records.ts'
import { changesOf, forcesPhase, rebase } from './diff.ts'
import { CHOICES, FIELDS, type LooseMeasure } from './fields.ts'

const prompts = { direction: 'least_to_most' as const, wait_s: 4, levels: [{ code: 'G', label: 'Gesture' }] }
const body = (over: object = {}): ProgramBody =>
  ProgramBody.parse({
    title: 'Requesting',
    goal: 'g',
    definition: 'Any form.',
    direction: 'increase',
    criterion: 'c',
    number: 1,
    measure: { system: 'trials', prompts, planned: 10, min_opportunities: 5 },
    ...over,
  })
const measured = (measure: object) => body({ measure })

describe('what a version changes', () => {
  test('nothing, whatever its number', () => {
    expect(changesOf(body(), body({ number: 2 }))).toEqual([])
  })

  test('field by field, with what was and what is; what came and what went', () => {
    const before = body({ examples: ['a', 'b'], instruction: 'Say it.' })
    const after = body({
      title: 'Asking',
      examples: ['a', 'c'],
      reinforcement: 'The item.',
      measure: { system: 'trials', prompts, planned: 12, min_opportunities: 5 },
    })
    expect(changesOf(before, after)).toEqual([
      { key: 'title', before: 'Requesting', after: 'Asking' },
      { key: 'examples', before: ['a', 'b'], after: ['a', 'c'] },
      { key: 'reinforcement', before: null, after: 'The item.' },
      { key: 'measure.planned', before: 10, after: 12 },
      { key: 'instruction', before: 'Say it.', after: null },
    ])
  })

  test('another system is one change, not one of every field', () => {
    const changes = changesOf(body(), measured({ system: 'probe' }))
    expect(changes.map(({ key }) => key)).toEqual(['measure'])
  })
})

describe('a phase line is forced', () => {
  const forced = (before: ProgramBody, after: ProgramBody) =>
    forcesPhase(changesOf(before, after), after.measure)
  const interval = {
    system: 'interval',
    method: 'momentary',
    interval_s: 120,
    planned: 20,
    tolerance_s: 5,
    cue: 'vibration',
    max_missed: 20,
    min_opportunities: 10,
  }

  test('C.3 by another definition or another measurement', () => {
    expect(forced(body(), body({ definition: 'Only words.' }))).toBe(true)
    expect(forced(body(), measured({ system: 'probe' }))).toBe(true)
    expect(forced(measured(interval), measured({ ...interval, interval_s: 60 }))).toBe(true)
    expect(forced(measured(interval), measured({ ...interval, method: 'partial' }))).toBe(true)
  })

  test('not by how it is taught, named or planned', () => {
    expect(forced(body(), body({ title: 'Asking', reinforcement: 'x', criterion: '90 %' }))).toBe(false)
    expect(forced(measured(interval), measured({ ...interval, planned: 10, cue: 'sound' }))).toBe(false)
    const ladder = { ...prompts, wait_s: 6 }
    const after = measured({ system: 'trials', prompts: ladder, planned: 8, min_opportunities: 4 })
    expect(forced(body(), after)).toBe(false)
  })

  /** Another value of a field, as its kind allows. */
  const other = (value: unknown, of: readonly string[] | undefined): unknown =>
    of ? of.find((one) => one !== value) : typeof value === 'number' ? value + 1 : undefined

  const cases = Object.values(CHOICES)
    .flat()
    .flatMap(({ id, start }) =>
      FIELDS[start.system].flatMap((field) => {
        const value = other(start[field.key], 'of' in field ? field.of : undefined)
        return value === undefined ? [] : [[id, field.key, start, value] as const]
      }),
    )
  test.each(cases)('wherever the graph itself would part the data: %s %s', (_, key, start, value) => {
    const filled = { ...start, ...(start.system === 'steps' ? { steps: ['a'] } : {}) }
    const lists = start.system === 'checklist' ? { items: ['a', 'b', 'c'] } : {}
    const plan = start.system === 'feeding' ? { valid_until: '2027-01-01' } : {}
    const before = measured({ ...filled, ...lists, ...plan } satisfies object as unknown as Measure)
    const after = measured({ ...filled, ...lists, ...plan, [key]: value } as LooseMeasure)
    const [first, second] = definitionGroups([
      { id: 'a', day: '2026-11-02', body: before },
      { id: 'b', day: '2026-11-03', body: { ...after, number: 2 } },
    ])
    const isParted = first?.group !== second?.group
    expect(forced(before, after) || !isParted).toBe(true)
  })
})

test('what I changed goes over to a version that somebody else published, and theirs stays', () => {
  const start = { title: 'A', goal: 'g', materials: ['x'] }
  const mine = { title: 'B', goal: 'g', materials: ['x', 'y'] }
  const theirs = { title: 'A', goal: 'g2', materials: ['x'] }
  expect(rebase(start, mine, theirs)).toEqual({ title: 'B', goal: 'g2', materials: ['x', 'y'] })
})
