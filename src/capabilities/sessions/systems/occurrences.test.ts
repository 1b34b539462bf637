/** What was counted elsewhere, and how strong each occurrence was (domain C3, C16). */
import { describe, expect, it } from 'vitest'
import { displayValue } from '../rules.ts'
import { device, fold, INTENSITY, RATE } from '../testing.ts'

const MINUTE = 60_000
const COUNT = { ...RATE, value: 'count' as const }

describe('numbers counted elsewhere', () => {
  it('a sheet of paper: 12 in 30 minutes', () => {
    const maya = device()
    maya.wait(60 * MINUTE)
    maya.start(RATE, { source: 'paper', sheet: 'T-4' }, maya.typed(40 * MINUTE))
    maya.tally({ count: 12 }, maya.typed(10 * MINUTE))
    maya.end('complete', undefined, maya.typed(10 * MINUTE))
    const state = fold(maya.made)
    expect(state.summary).toMatchObject({ numerator: 12, denominator: 30 * MINUTE, validity: 'valid' })
    expect(state.flags).toEqual(['from_paper'])
    expect(displayValue(state.summary)).toMatchObject({ value: 0.4, unit: 'per_minute' })
  })

  it('they add to what was tapped', () => {
    const maya = device()
    maya.start(COUNT)
    maya.tapsAt(60, 120)
    maya.tally({ count: 3 })
    maya.wait(10 * MINUTE).end()
    const state = fold(maya.made)
    expect(state.summary.numerator).toBe(5)
    expect(state.items.map(({ n, count, clock }) => [n, count, clock === null])).toEqual([
      [1, undefined, false],
      [2, undefined, false],
      [3, 3, true],
    ])
  })

  it('C.3 Behaviour at very high rate: an “about” is flagged and kept out of decisions', () => {
    const maya = device()
    maya.start(COUNT)
    maya.tally({ count: 40, approximate: true })
    maya.wait(10 * MINUTE).end()
    expect(fold(maya.made)).toMatchObject({
      summary: { numerator: 40, validity: 'estimated' },
      flags: ['approximate'],
    })
  })

  it('G10 a sheet that says 0 is a real 0', () => {
    const maya = device()
    maya.start(COUNT)
    maya.tally({ count: 0 })
    maya.wait(10 * MINUTE).end()
    expect(fold(maya.made).summary).toMatchObject({ numerator: 0, validity: 'valid' })
  })
})

describe('intensity', () => {
  it('levels 2, 4, 3 and 2: the highest is 4, the median 2.5, and how many of each', () => {
    const maya = device()
    maya.start(INTENSITY)
    for (const level of ['2', '4', '3', '2']) maya.wait(MINUTE).moment(level)
    maya.wait(MINUTE).end()
    const state = fold(maya.made)
    expect(state.summary).toEqual({
      metric: 'intensity_max',
      numerator: 4,
      denominator: 1,
      opportunities: 5 * MINUTE,
      validity: 'valid',
      parts: { median_2: 5, level_1: 0, level_2: 2, level_3: 1, level_4: 1, level_5: 0 },
    })
    expect(state.items.map(({ n, code }) => n + code)).toEqual(['12', '24', '33', '42'])
    expect(displayValue(state.summary)).toMatchObject({ value: 4, unit: 'points' })
  })

  it('G10 watched and nothing happened is a real 0; not watched is no value', () => {
    const maya = device()
    maya.start(INTENSITY)
    maya.wait(MINUTE).end()
    expect(fold(maya.made).summary).toMatchObject({ numerator: 0, validity: 'valid' })
    const andre = device()
    andre.start(INTENSITY)
    andre.end()
    expect(fold(andre.made).summary).toMatchObject({ numerator: null, validity: 'no_opportunity' })
  })

  it('a level without an anchor is not of this measurement', () => {
    const maya = device()
    maya.start({ ...INTENSITY, anchors: ['low', 'high'] })
    maya.wait(1000).moment('3')
    maya.wait(1000).moment('on')
    maya.end()
    expect(fold(maya.made).aside).toMatchObject([{ why: 'not_of_measure' }, { why: 'not_of_measure' }])
  })
})
