import { describe, expect, test } from 'vitest'
import { checkRule, exactOf, MasteryRule } from './mastery.ts'

const rule = (some: Partial<MasteryRule> = {}): MasteryRule => ({
  metric: 'pct_independent',
  cmp: '>=',
  threshold: '80',
  run: { k: 3, unit: 'sessions' },
  cold_probe: false,
  count_subs: false,
  ...some,
})
const kinds = (some: Partial<MasteryRule>, ground = {}) =>
  checkRule(rule(some), ground).map(({ kind }) => kind)

describe('a rule that cannot be met is told (domain D.6)', () => {
  test('the rule of the domain is sound', () => {
    expect(kinds({ min_trials: 5, min_staff: 2 }, { planned: 10, metrics: ['pct_independent'] })).toEqual([])
  })

  test('5 of 3', () => {
    expect(kinds({ run: { k: 5, of: 3, unit: 'sessions' } })).toEqual(['run_over_window'])
  })

  test('thresholds outside what a session can have, or that every session has', () => {
    expect(kinds({ threshold: '100' })).toEqual([])
    expect(kinds({ threshold: '100.1' })).toEqual(['threshold_over_100'])
    expect(kinds({ threshold: '201/2' })).toEqual(['threshold_over_100'])
    expect(kinds({ metric: 'count', threshold: '120' })).toEqual([])
    expect(kinds({ threshold: '0' })).toEqual(['always_met'])
    expect(kinds({ cmp: '<=', threshold: '100' })).toEqual(['always_met'])
    expect(kinds({ cmp: '<=', metric: 'count', threshold: '0' })).toEqual([])
  })

  test('more trials than a session has', () => {
    expect(kinds({ min_trials: 11 }, { planned: 10 })).toEqual(['trials_over_planned'])
    expect(kinds({ min_trials: 10 }, { planned: 10 })).toEqual([])
  })

  test('two people in one session, four settings in three, more days than sessions', () => {
    expect(kinds({ run: { k: 1, unit: 'sessions' }, min_staff: 2 })).toEqual(['staff_over_run'])
    expect(kinds({ min_settings: 4 })).toEqual(['settings_over_run'])
    expect(kinds({ min_days: 4 })).toEqual(['days_over_run'])
    expect(kinds({ min_days: 4, run: { k: 3, of: 5, unit: 'sessions' } })).toEqual([])
  })

  test('fewer school days than the days it needs, said or by default', () => {
    expect(kinds({ within_days: 2 })).toEqual(['days_over_within'])
    expect(kinds({ within_days: 2, min_days: 2 })).toEqual([])
    expect(kinds({ within_days: 9, run: { k: 10, unit: 'days' } })).toEqual(['days_over_within'])
  })

  test('a share of the day without days; a metric or prompt the program has not', () => {
    expect(kinds({ min_observed: 80 })).toEqual(['observed_without_days'])
    expect(kinds({ metric: 'rate' }, { metrics: ['pct_independent'] })).toEqual(['unknown_metric'])
    expect(kinds({ at_prompt: 'G' }, { levels: ['V', 'PP'] })).toEqual(['unknown_prompt'])
  })
})

test('a threshold is kept exactly', () => {
  expect(exactOf('80')).toEqual([80n, 1n])
  expect(exactOf('79.60')).toEqual([7960n, 100n])
  expect(exactOf('1/60')).toEqual([1n, 60n])
  for (const threshold of ['', '-1', '1e2', '.5', '80 %', '1/0', '007', '1.2/3'])
    expect(MasteryRule.safeParse(rule({ threshold })).success, threshold).toBe(false)
})
