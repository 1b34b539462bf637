import { describe, expect, test } from 'vitest'
import { buildGraph } from './rules.ts'
import { input, program, REYES, session, weekdays } from './testing.ts'
import { inputSince, schoolYearStart } from './window.ts'

const phase = (from: string, label: string, major = true) => ({
  id: label,
  author: REYES,
  body: { label, condition: 'intervention' as const, from, major, why: '' },
})

describe('the school year', () => {
  const lastYear = weekdays('2025-08-25', '2026-06-04', (day) => day > '2025-12-19' && day < '2026-01-05')
  const thisYear = weekdays('2026-08-25', '2026-11-03')

  test('begins after the summer, and a winter break does not begin another', () => {
    expect(schoolYearStart([...lastYear, ...thisYear])).toBe('2026-08-25')
    expect(schoolYearStart(lastYear)).toBe('2025-08-25')
  })

  test('without days there is none', () => {
    expect(schoolYearStart([])).toBeNull()
  })
})

describe('a part of the history', () => {
  const whole = input(
    [session('2026-05-04', 3, 10), session('2026-08-26', 5, 10), session('2026-09-15', 7, 10)],
    {
      phases: [
        phase('2025-09-08', 'Baseline'),
        phase('2026-01-06', 'Cards'),
        phase('2026-03-02', 'New room', false),
        phase('2026-09-09', 'Device'),
      ],
      aims: [{ from: '2026-01-06', from_value: 20, to: '2027-01-06', to_value: 80, basis: 'test' }],
    },
  )
  const part = buildGraph(inputSince(whole, '2026-08-25'))

  test('shows its own sessions, in the phase in force when it begins and in later ones', () => {
    expect(part.points.map(({ day, phase: n }) => [day, part.phases[n]?.label])).toEqual([
      ['2026-08-26', 'Cards · New room'],
      ['2026-09-15', 'Device'],
    ])
    expect(part.phases.map(({ label, from }) => [label, from])).toEqual([
      ['Cards · New room', '2026-08-25'],
      ['Device', '2026-09-09'],
    ])
  })

  test('keeps the aim line, cut to its days', () => {
    expect(part.aims).toHaveLength(1)
    expect(part.aims[0]?.goal).toBe(80)
  })

  test('begins with the version in force: an older definition makes no phase of its own', () => {
    const older = program({ definition: 'Hands over a card.' })
    const newer = program({ number: 2 })
    const changed = {
      ...whole,
      phases: [],
      versions: [
        { id: 'v0', day: '2025-09-08', body: older },
        { id: 'v1', day: '2026-08-24', body: newer },
      ],
    }
    expect(buildGraph(inputSince(changed, '2026-08-25')).phaseLines).toEqual([])
  })
})
