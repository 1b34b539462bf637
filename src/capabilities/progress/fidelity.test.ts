/** Domain D.9, with its example: 7 of 8 applicable steps = 87.5 %. */
import { describe, expect, test } from 'vitest'
import { byStep, fidelityTasks, latestScore, scoreOf } from './fidelity.ts'
import type { Checked } from './views.ts'
import { KIM, MAYA, REYES, session } from './testing.ts'

const RULES = { minPercent: 80, highPercent: 90, highChecks: 2, validDays: 20, newStaffSessions: 5 }
const STEPS = [
  'Attention',
  'SD as written',
  'Wait time',
  'Prompt',
  'Consequence',
  'Data',
  'Pause',
  'Praise',
  'Close',
]

/** `+`, `-` and `0` for a step that did not apply. */
function check(day: string, marks: string, part: Partial<Checked> = {}): Checked {
  const steps = [...marks].map((mark, n) => ({
    step: STEPS[n] ?? '',
    result: mark === '0' ? ('NA' as const) : (mark as '+' | '-'),
  }))
  return {
    id: `${day}-${marks}`,
    adult: MAYA,
    session: null,
    by: REYES,
    day,
    at: `${day}T15:00:00.000Z`,
    body: { type: 'direct', steps },
    ...part,
  }
}

test('correct ÷ (correct + incorrect), what did not apply left out; nothing that applied is no score', () => {
  expect(scoreOf(check('2026-10-01', '+++-++++0'))).toEqual({ day: '2026-10-01', correct: 7, scored: 8 })
  expect(scoreOf(check('2026-10-01', '000'))).toBeNull()
})

test('the newest check counts; of one day the direct observation', () => {
  const self = check('2026-10-02', '++++', { body: { ...check('2026-10-02', '++++').body, type: 'self' } })
  expect(latestScore([check('2026-10-02', '++--'), self, check('2026-10-01', '+++')])).toEqual({
    day: '2026-10-02',
    correct: 2,
    scored: 4,
  })
  expect(latestScore([])).toBeNull()
})

test('by step, the weakest first, without a name', () => {
  expect(byStep([check('2026-10-01', '+-0'), check('2026-10-02', '+--', { adult: KIM })])).toEqual([
    { step: 'SD as written', correct: 0, scored: 2 },
    { step: 'Wait time', correct: 0, scored: 1 },
    { step: 'Attention', correct: 2, scored: 2 },
  ])
})

describe('tasks', () => {
  const kinds = (checks: Checked[], sessions = [session('2026-09-01', 5, 10)]) =>
    fidelityTasks(checks, sessions, RULES, '2026-09-15').map(({ kind, adult }) => `${kind} ${adult}`)

  test('under 80 %: coach; 4 of 5 is 80 %', () => {
    expect(kinds([check('2026-10-01', '+++++++--')])).toEqual([`coach ${MAYA}`])
    expect(kinds([check('2026-10-01', '++++-')])).toEqual([])
    expect(kinds([check('2026-10-01', '++--'), check('2026-10-05', '++++')])).toEqual([])
  })

  test('90 % and more twice in a row: fewer checks', () => {
    const high = (day: string) => check(day, '++++')
    expect(kinds([high('2026-10-01')])).toEqual([])
    expect(kinds([high('2026-10-01'), high('2026-10-08')])).toEqual([`check_less ${MAYA}`])
    expect(kinds([high('2026-10-01'), check('2026-10-08', '++++-')])).toEqual([])
  })

  test('who is new is observed within the first five sessions', () => {
    const by = (who: string, days: string[]) => days.map((day) => session(day, 5, 10, { by: who }))
    const maya = by(MAYA, ['2026-09-01', '2026-10-01'])
    const kim = by(KIM, ['2026-10-01', '2026-10-02'])
    expect(fidelityTasks([], [...maya, ...kim], RULES, '2026-09-15')).toEqual([
      { kind: 'observe_new', adult: KIM, sessions: 2, within: 5 },
    ])
    const self = check('2026-10-02', '+', {
      adult: KIM,
      body: { ...check('2026-10-02', '+').body, type: 'self' },
    })
    expect(kinds([self], [...maya, ...kim])).toEqual([`observe_new ${KIM}`])
    expect(kinds([check('2026-10-02', '+', { adult: KIM })], [...maya, ...kim])).toEqual([])
  })
})
