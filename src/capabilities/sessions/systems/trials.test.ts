/** Natural opportunities, and trials with a prompt level that is taught now (domain C1, C9). */
import { describe, expect, it } from 'vitest'
import { helpWithin } from '../prompts.ts'
import { displayValue } from '../rules.ts'
import { CHANCES, codesOf, device, fold, TRIALS } from '../testing.ts'

describe('opportunities', () => {
  it('AW-17 four chances, 2 alone, 1 prompted, 1 not: 2/4, and below the minimum of 5', () => {
    const maya = device()
    maya.start(CHANCES)
    maya.trials('+ +V - +').wait(1000).end()
    const state = fold(maya.made)
    expect(codesOf(state)).toBe('+ +V - +')
    expect(state.summary).toEqual({
      metric: 'pct_opportunities',
      numerator: 2,
      denominator: 4,
      opportunities: 4,
      validity: 'below_min',
    })
    expect(state.levels).toEqual({ '+': 2, '+V': 1, '-': 1 })
    expect(displayValue(state.summary)).toMatchObject({ value: 50, unit: 'percent' })
  })

  it('G10 C.3 No opportunities occurred: null, never 0 and never 100', () => {
    const maya = device()
    maya.start(CHANCES)
    maya.wait(600_000).end('not_run', 'no_opportunity')
    expect(fold(maya.made).summary).toMatchObject({
      numerator: null,
      denominator: null,
      validity: 'no_opportunity',
    })
  })
})

describe('the prompt level that is taught now', () => {
  it('correct there, or with less help, stands beside the value', () => {
    const maya = device()
    maya.start({ ...TRIALS, target: 'V' })
    maya.trials('+ +G +V +M +PP - +V X NR +').end()
    expect(fold(maya.made).summary).toEqual({
      metric: 'pct_independent',
      numerator: 2,
      denominator: 9,
      opportunities: 9,
      validity: 'valid',
      // alone twice, gesture once, verbal twice
      parts: { at_target: 5 },
    })
  })

  it.each([
    ['least_to_most', ['G', 'V']],
    ['time_delay', ['G', 'V']],
    // there the ladder is listed from the most help on
    ['most_to_least', ['M', 'V']],
    ['graduated', ['M', 'V']],
  ] as const)('what helps no more, listed %s', (direction, expected) => {
    const levels = ['G', 'V', 'M'].map((code) => ({ code, label: code }))
    const scheme = { direction, levels }
    expect(helpWithin(scheme, 'V').toSorted()).toEqual([...expected].sort())
    expect(helpWithin(scheme, 'Q')).toEqual([])
  })
})
