import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MasteryRule } from './mastery.ts'
import { parseRule, printRule } from './mastery-text.ts'

const parsed = (text: string) => {
  const result = parseRule(text)
  if ('problem' in result) throw new Error(JSON.stringify(result.problem))
  return result.rule
}
const problem = (text: string) => {
  const result = parseRule(text)
  return 'problem' in result ? result.problem : null
}

describe('reads', () => {
  test('the example of the domain (D.6)', () => {
    expect(parsed('pct_independent >= 80 FOR 3 consecutive MIN trials 5 MIN staff 2')).toEqual({
      metric: 'pct_independent',
      cmp: '>=',
      threshold: '80',
      run: { k: 3, unit: 'sessions' },
      min_trials: 5,
      min_staff: 2,
      cold_probe: false,
      count_subs: false,
    })
  })

  test('every clause, in any order, any case, with and without the words that may be left out', () => {
    expect(
      parsed(
        'pct_correct≥79.5% for 4 OF 5 sessions including cold probe within 15 school days at prompt ≤ G ' +
          'counting subs min distinct settings 2 min days 3 MIN distinct staff 2',
      ),
    ).toEqual({
      metric: 'pct_correct',
      cmp: '>=',
      threshold: '79.5',
      run: { k: 4, of: 5, unit: 'sessions' },
      min_settings: 2,
      min_days: 3,
      min_staff: 2,
      at_prompt: 'G',
      within_days: 15,
      cold_probe: true,
      count_subs: true,
    })
  })

  test('the decrease goal of the domain: at most 1 a day on 10 school days observed at least 80 %', () => {
    expect(parsed('count <= 1 FOR 10 consecutive school days MIN observed 80%')).toMatchObject({
      cmp: '<=',
      run: { k: 10, unit: 'days' },
      min_observed: 80,
    })
  })
})

describe('cells by name (D.7)', () => {
  const NAMES = { k1: 'Kim Tran', m1: 'Maya Ortiz', m2: 'Maya Ortiz' }
  const TEXT =
    'pct_correct >= 80 FOR 3 consecutive SHOWN BY "Kim Tran" IN "Cafeteria" SHOWN WITH "Cards, \\"B\\""'

  test('who, where and with what, each time a cell; a person by name', () => {
    const read = parseRule(TEXT, NAMES)
    expect(read).toMatchObject({
      rule: { cells: [{ who: 'k1', setting: 'Cafeteria' }, { material: 'Cards, "B"' }] },
    })
    if ('rule' in read) expect(printRule(read.rule, NAMES)).toBe(TEXT)
  })

  test('two people of one name are told apart by their ids; a role stands for itself', () => {
    const rule = parsed('rate <= 1 FOR 3 consecutive SHOWN BY "m2" SHOWN by "substitute" in "Gym"')
    expect(rule.cells).toEqual([{ who: 'm2' }, { who: 'substitute', setting: 'Gym' }])
    expect(printRule(rule, NAMES)).toContain('SHOWN BY "m2" SHOWN BY "substitute" IN "Gym"')
  })

  test('one part twice, nothing in quotes, more cells than a rule holds', () => {
    expect(problem('rate <= 1 FOR 3 consecutive SHOWN IN "Gym" IN "Hall"')).toMatchObject({ found: 'IN' })
    expect(problem('rate <= 1 FOR 3 consecutive SHOWN IN ""')).toMatchObject({ kind: 'out_of_range', at: 37 })
    const thirteen = Array.from({ length: 13 }, (_, n) => `SHOWN IN "Room ${n}"`).join(' ')
    expect(problem(`rate <= 1 FOR 3 consecutive ${thirteen}`)).toMatchObject({ kind: 'out_of_range' })
  })
})

describe('tells where it cannot be read', () => {
  test.each([
    ['', 0, '', ['metric']],
    ['80 % of trials', 0, '80', ['metric']],
    ['pct_independent = 80', 16, '=', ['>= or <=']],
    ['pct_independent >= eighty', 19, 'eighty', ['number']],
    ['pct_independent >= 80', 21, '', ['FOR']],
    ['pct_independent >= 80 FOR three', 26, 'three', ['whole number']],
    ['pct_independent >= 80 FOR 3 times', 28, 'times', ['consecutive', 'of']],
    [
      'rate <= 1 FOR 3 consecutive MAX staff 2',
      28,
      'MAX',
      ['MIN', 'AT', 'WITHIN', 'INCLUDING', 'COUNTING', 'SHOWN'],
    ],
    ['rate <= 1 FOR 3 consecutive AT prompt >= G', 38, '>=', ['<=']],
    ['rate <= 1 FOR 3 consecutive SHOWN "Gym"', 34, '"Gym"', ['BY', 'IN', 'WITH']],
    ['rate <= 1 FOR 3 consecutive SHOWN IN Gym', 37, 'Gym', ['"…"']],
  ])('%j', (text, at, found, expected) => {
    expect(problem(text)).toEqual({ at, found, expected, length: found.length, kind: 'expected' })
  })

  test('a clause said twice, a number out of range', () => {
    expect(problem('rate <= 1 FOR 3 consecutive MIN staff 2 MIN staff 3')).toMatchObject({
      kind: 'said_twice',
      at: 44,
      found: 'staff',
    })
    expect(problem('rate <= 1 FOR 0 consecutive')).toMatchObject({ kind: 'out_of_range', at: 14, found: '0' })
    expect(problem('rate <= 1 FOR 3 consecutive MIN observed 120')).toMatchObject({
      kind: 'out_of_range',
      at: 41,
    })
  })
})

test('what is printed is read as the same rule', () => {
  const number = fc.oneof(
    fc.nat(9999).map(String),
    fc.tuple(fc.nat(99), fc.integer({ min: 1, max: 999 })).map(([a, b]) => `${a}.${b}`),
    fc.tuple(fc.nat(99), fc.integer({ min: 1, max: 99 })).map(([a, b]) => `${a}/${b}`),
  )
  const words = (max: number) => fc.option(fc.string({ minLength: 1, maxLength: max }), { nil: undefined })
  const some = (max: number) => fc.option(fc.integer({ min: 1, max }), { nil: undefined })
  const rule = fc
    .record({
      metric: fc.constantFrom('pct_independent', 'rate', 'count'),
      cmp: fc.constantFrom('>=', '<='),
      threshold: number,
      run: fc.record({
        k: fc.integer({ min: 1, max: 20 }),
        of: some(30),
        unit: fc.constantFrom('sessions', 'days'),
      }),
      min_trials: some(50),
      min_staff: some(5),
      min_settings: some(5),
      min_days: some(20),
      min_observed: some(100),
      at_prompt: fc.option(fc.constantFrom('G', 'PP', 'Vi'), { nil: undefined }),
      within_days: some(60),
      cold_probe: fc.boolean(),
      count_subs: fc.boolean(),
      cells: fc.option(
        fc.array(
          fc
            .record({ who: words(40), setting: words(80), material: words(120) })
            .filter((cell) => Object.values(cell).some((part) => part !== undefined)),
          { minLength: 1, maxLength: 12 },
        ),
        { nil: undefined },
      ),
    })
    .map((made) => MasteryRule.parse(JSON.parse(JSON.stringify(made))))
  fc.assert(
    fc.property(rule, (one) => {
      expect(parsed(printRule(one))).toEqual(one)
    }),
  )
})
