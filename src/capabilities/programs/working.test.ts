import { describe, expect, test } from 'vitest'
import { ProgramBody } from '../sessions/records.ts'
import { draftOf, readWorking, ruleOf, toBody } from './working.ts'

const TRIALS = {
  system: 'trials',
  planned: 10,
  min_opportunities: 5,
  prompts: { direction: 'least_to_most', wait_s: 4, levels: [{ code: 'G', label: 'Gesture' }] },
}
const BODY: ProgramBody = ProgramBody.parse({
  title: 'Requesting',
  goal: 'Asks for what is needed.',
  definition: 'Any form of asking.',
  direction: 'increase',
  measure: TRIALS,
  criterion: '80 % across 3 sessions with 2 staff',
  number: 2,
  examples: ['Points at the ball'],
  response_window_s: 5,
  schedule: { times: 2, per: 'day' },
  mastery: {
    metric: 'pct_independent',
    cmp: '>=',
    threshold: '80',
    run: { k: 3, unit: 'sessions' },
    min_staff: 2,
    cold_probe: false,
    count_subs: false,
  },
  forms: [{ id: 'a', title: 'Form A', text: 'one two' }],
  trend: 'ols',
  decision_rules: 'district',
})

describe('reading a draft', () => {
  test('a published body comes back as it was, whatever it passed through', () => {
    const again = readWorking(draftOf(readWorking(BODY)))
    expect(toBody(again, 2)).toEqual({ body: BODY })
  })

  test.each([[null], [7], ['text'], [[]], [{ measure: 'x', examples: 'no', mastery: [], forms: {} }]])(
    'anything can be read: %j',
    (json) => {
      const working = readWorking(json)
      expect(working.title).toBe('')
      expect(working.measure).toBeNull()
      expect(working.examples).toEqual([])
    },
  )

  test('what is there is kept, though the rest is missing or wrong', () => {
    const working = readWorking({
      title: 'Half',
      definition: 5,
      examples: ['one', 2, 'three'],
      measure: { system: 'interval', interval_s: null, planned: 9_999_999 },
      mastery: { metric: 'pct_intervals', threshold: '', run: { k: null } },
    })
    expect(working.title).toBe('Half')
    expect(working.definition).toBe('')
    expect(working.examples).toEqual(['one', 'three'])
    expect(working.measure).toEqual({ system: 'interval', interval_s: null, planned: 9_999_999 })
    expect(working.mastery?.run).toEqual({ k: null, of: null, unit: 'sessions' })
  })

  test('a measurement of a system that nobody knows is none', () => {
    expect(readWorking({ measure: { system: 'telepathy' } }).measure).toBeNull()
  })
})

describe('what a version still needs', () => {
  const problems = (json: object) => {
    const read = toBody(readWorking({ ...BODY, ...json }), 1)
    return 'problems' in read ? read.problems.map(({ path, kind }) => `${path.join('.')} ${kind}`) : []
  }

  test.each<[string, object, string[]]>([
    ['no title', { title: '  ' }, ['title missing']],
    ['no definition and no goal', { goal: '', definition: '' }, ['goal missing', 'definition missing']],
    ['no measurement', { measure: null }, ['measure missing']],
    ['a number left out', { measure: { ...TRIALS, planned: null } }, ['measure.planned missing']],
    ['a number out of reach', { measure: { ...TRIALS, planned: 500 } }, ['measure.planned out_of_range']],
    [
      'a task without steps',
      { measure: { ...TRIALS, system: 'steps', chaining: 'total', steps: [''] } },
      ['measure.steps missing'],
    ],
    [
      'a prompt level without a code',
      { measure: { ...TRIALS, prompts: { ...TRIALS.prompts, levels: [{ code: '', label: 'Gesture' }] } } },
      ['measure.prompts missing'],
    ],
    ['too many examples', { examples: Array.from({ length: 13 }, (_, n) => `${n}`) }, ['examples too_many']],
    ['a long title', { title: 'x'.repeat(121) }, ['title too_long']],
    [
      'a rule without its number',
      { mastery: { ...BODY.mastery, threshold: '' } },
      ['mastery.threshold missing'],
    ],
    [
      'a visit at no time of day',
      {
        measure: { system: 'toileting', times: ['25:00'], tolerance_min: 10, second_adult: true },
        mastery: null,
      },
      ['measure.times wrong'],
    ],
  ])('%s', (_, json, expected) => {
    expect(problems(json)).toEqual(expected)
  })

  test('empty lines and empty texts are left out of what is published', () => {
    const read = toBody(readWorking({ ...BODY, examples: ['', 'one', ''], instruction: '', settings: [] }), 1)
    const body = 'body' in read ? read.body : null
    expect(body?.examples).toEqual(['one'])
    expect(body && 'instruction' in body).toBe(false)
    expect(body && 'settings' in body).toBe(false)
  })

  test('the step that is taught goes when the whole task is', () => {
    const steps = { ...TRIALS, system: 'steps', steps: ['a', 'b'], current_step: 2, planned: undefined }
    const total = toBody(readWorking({ ...BODY, measure: { ...steps, chaining: 'total' } }), 1)
    const forward = toBody(readWorking({ ...BODY, measure: { ...steps, chaining: 'forward' } }), 1)
    expect('body' in total && total.body.measure).not.toHaveProperty('current_step')
    expect('body' in forward && forward.body.measure).toHaveProperty('current_step', 2)
  })

  test('a rule is complete or none', () => {
    const { mastery } = readWorking(BODY)
    expect(mastery && ruleOf(mastery)).toEqual(BODY.mastery)
    expect(mastery && ruleOf({ ...mastery, run: { ...mastery.run, k: null } })).toBeNull()
  })
})
