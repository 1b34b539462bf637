import { describe, expect, test } from 'vitest'
import { ProgramBody, type Measure } from '../sessions/records.ts'
import { soundnessOf } from './soundness.ts'

const DAY = '2026-11-03'
const prompts = {
  direction: 'least_to_most' as const,
  wait_s: 4,
  levels: [
    { code: 'G', label: 'Gesture' },
    { code: 'V', label: 'Verbal' },
  ],
}
const TRIALS: Measure = { system: 'trials', prompts, planned: 10, min_opportunities: 5 }
const INTERVAL: Measure = {
  system: 'interval',
  method: 'momentary',
  interval_s: 120,
  planned: 20,
  tolerance_s: 5,
  cue: 'vibration',
  max_missed: 20,
  min_opportunities: 10,
}
const RULE: NonNullable<ProgramBody['mastery']> = {
  metric: 'pct_independent',
  cmp: '>=',
  threshold: '80',
  run: { k: 3, unit: 'sessions' },
  cold_probe: false,
  count_subs: false,
}
const FEEDING: Measure = {
  system: 'feeding',
  plan: 'Plan 3',
  signed_by: 'P. N.',
  valid_until: '2026-11-02',
  texture: '',
  liquid: '',
  position: '',
  equipment: '',
}
const found = (measure: Measure, over: Partial<ProgramBody> = {}) => {
  const body = ProgramBody.parse({
    title: 't',
    goal: 'g',
    definition: 'd',
    direction: 'increase',
    criterion: 'c',
    number: 1,
    measure,
    ...over,
  })
  return soundnessOf(body, DAY).map((one) => (one.kind === 'rule' ? `rule: ${one.problem.kind}` : one.kind))
}

describe('what cannot work', () => {
  test('a sound program has no problem', () => {
    expect(found(TRIALS, { mastery: RULE })).toEqual([])
    expect(found(INTERVAL)).toEqual([])
    expect(found({ ...FEEDING, valid_until: DAY })).toEqual([])
  })

  test.each<[string, Measure, Partial<ProgramBody>, string[]]>([
    ['more needed than planned', { ...TRIALS, min_opportunities: 11 }, {}, ['min_over_planned']],
    [
      'more steps needed than there are',
      { system: 'steps', prompts, chaining: 'total', steps: ['a'], min_opportunities: 2 },
      {},
      ['min_over_planned'],
    ],
    ['a target that is not on the ladder', { ...TRIALS, target: 'FP' }, {}, ['target_unknown']],
    ['an answer that outlasts its interval', { ...INTERVAL, interval_s: 5 }, {}, ['tolerance_over_interval']],
    ['a feeding plan of yesterday', FEEDING, {}, ['plan_expired']],
    ['a passage of blanks', TRIALS, { forms: [{ id: 'a', title: 'A', text: ' \n – … ' }] }, ['form_empty']],
    [
      'a rule about something else',
      TRIALS,
      { mastery: { ...RULE, metric: 'rate' } },
      ['rule: unknown_metric'],
    ],
    [
      'a rule for a log',
      { system: 'abc', behaviors: [], perceived_function: false },
      { mastery: RULE },
      ['rule_without_sessions'],
    ],
    ['a rule beyond 100 %', TRIALS, { mastery: { ...RULE, threshold: '101' } }, ['rule: threshold_over_100']],
    [
      'a rule of more trials than planned',
      TRIALS,
      { mastery: { ...RULE, min_trials: 12 } },
      ['rule: trials_over_planned'],
    ],
    [
      'a rule of 4 people in 3 sessions',
      TRIALS,
      { mastery: { ...RULE, min_staff: 4 } },
      ['rule: staff_over_run'],
    ],
    [
      'a rule at an unknown prompt',
      TRIALS,
      { mastery: { ...RULE, at_prompt: 'FP' } },
      ['rule: unknown_prompt'],
    ],
  ])('%s', (_, measure, over, expected) => {
    expect(found(measure, over)).toEqual(expected)
  })

  test('steps: the one taught must be there, and be named unless all are taught', () => {
    const steps = { system: 'steps' as const, prompts, min_opportunities: 1, steps: ['a', 'b'] }
    expect(found({ ...steps, chaining: 'forward' })).toEqual(['no_step_taught'])
    expect(found({ ...steps, chaining: 'backward', current_step: 3 })).toEqual(['step_outside'])
    expect(found({ ...steps, chaining: 'backward_leap', current_step: 2, skipped: [1] })).toEqual([])
  })

  test('a code stands for one level', () => {
    const twice = { ...prompts, levels: [...prompts.levels, { code: 'G', label: 'Gentle touch' }] }
    expect(found({ ...TRIALS, prompts: twice })).toEqual(['level_twice'])
  })

  test('a grid has hours, and cells that fit into them', () => {
    const grid = { system: 'scatterplot' as const, from: '08:00', to: '15:00', cell_min: 30, many_from: 4 }
    expect(found(grid)).toEqual([])
    expect(found({ ...grid, to: '08:00' })).toEqual(['hours_reversed'])
    expect(found({ ...grid, to: '08:20' })).toEqual(['cell_over_hours'])
  })

  test('what no record can hold is said before it is sent: 64 kB', () => {
    const forms = Array.from({ length: 6 }, (_, n) => ({
      id: `${n}`,
      title: `${n}`,
      text: 'word '.repeat(2400),
    }))
    expect(found(TRIALS, { forms })).toEqual(['too_large'])
    expect(found(TRIALS, { forms: forms.slice(0, 5) })).toEqual([])
  })
})
