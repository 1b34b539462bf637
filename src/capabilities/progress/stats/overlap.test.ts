/**
 * Overlap indices: domain D.10, the numbers printed in Parker, Vannest & Davis (2011) and Tarlow (2017), and edges
 * whose values follow from the definitions by hand.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overlapOf } from './overlap.ts'
import { showingOf, type Doubt, type ShowingInput } from './showing.ts'

const A = [3, 5, 4, 4]
const B = [6, 4, 7, 8, 6]

describe('the worked example of domain D.10', () => {
  it('baseline 3,5,4,4 and intervention 6,4,7,8,6', () => {
    expect(overlapOf(A, B, 'increase')).toMatchObject({ nap: 0.9, pnd: 0.8, tau: 0.8, tau_u: 0.75 })
  })

  it('a decrease is the same seen in a mirror', () => {
    const mirrored = [A, B].map((values) => values.map((value) => 20 - value)) as [number[], number[]]
    expect(overlapOf(...mirrored, 'decrease')).toEqual(overlapOf(A, B, 'increase'))
  })
})

describe('published examples', () => {
  it('Parker, Vannest & Davis (2011), first example', () => {
    const of = overlapOf([20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29], 'increase')
    expect(of).toMatchObject({ pnd: 5 / 7, pem: 1 })
    expect(of.nap).toBeCloseTo(0.916666666666667, 12)
    expect(of.tau).toBeCloseTo(0.833333333333333, 12)
  })

  it('Parker, Vannest & Davis (2011), second example', () => {
    const of = overlapOf([3, 3, 4, 5], [4, 5, 6, 7, 7], 'increase')
    expect(of.tau).toBeCloseTo(0.8, 12)
    expect(of.tau_u).toBeCloseTo(0.55, 12)
  })

  it('Tarlow (2017): a trend that only goes on is no change once it is taken out', () => {
    expect(overlapOf([1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 'increase')).toMatchObject({
      tau: 1,
      tau_u: 0.6,
      tau_bc: 0,
    })
  })
})

describe('edges', () => {
  it('constant and equal: nothing but ties', () => {
    expect(overlapOf([3, 3, 3], [3, 3, 3], 'increase')).toEqual({
      nap: 0.5,
      pnd: 0,
      pem: 0.5,
      tau: 0,
      tau_u: 0,
      tau_bc: 0,
    })
  })

  it('zeros are values: to zero, where a decrease is wanted', () => {
    // Trend of 8, 9, 7, 10: four pairs rise, two fall; falling is wanted, so it is −2 of 16.
    expect(overlapOf([8, 9, 7, 10], [0, 0, 0, 0], 'decrease')).toEqual({
      nap: 1,
      pnd: 1,
      pem: 1,
      tau: 1,
      tau_u: 1.125,
      tau_bc: 1,
    })
  })

  it('half credit for a tie with the baseline median', () => {
    expect(overlapOf([1, 2, 1, 2, 1.5], [1.5, 1.5, 2, 1], 'increase').pem).toBe(0.5)
  })

  it('one baseline point has no trend to take out', () => {
    expect(overlapOf([5], [6, 7, 8], 'increase')).toEqual({
      nap: 1,
      pnd: 1,
      pem: 1,
      tau: 1,
      tau_u: 1,
      tau_bc: null,
    })
  })

  it('G10 an empty phase has no index, not zero', () => {
    const nothing = { nap: null, pnd: null, pem: null, tau: null, tau_u: null, tau_bc: null }
    expect(overlapOf([], [1, 2], 'increase')).toEqual(nothing)
    expect(overlapOf([1, 2], [], 'decrease')).toEqual(nothing)
  })
})

describe('any two phases', () => {
  const phase = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 20 })

  it('NAP = (tau + 1) ÷ 2', () => {
    fc.assert(
      fc.property(phase, phase, (a, b) => {
        const { nap, tau } = overlapOf(a, b, 'increase')
        expect(nap).toBeCloseTo(((tau ?? NaN) + 1) / 2, 12)
      }),
    )
  })

  it('a shift of both phases changes none of the uncorrected indices, nor Tau-U', () => {
    fc.assert(
      fc.property(phase, phase, fc.integer({ min: -50, max: 50 }), (a, b, by) => {
        const { tau_bc: _before, ...before } = overlapOf(a, b, 'decrease')
        const shifted = [a, b].map((values) => values.map((value) => value + by)) as [number[], number[]]
        expect(overlapOf(...shifted, 'decrease')).toMatchObject(before)
      }),
    )
  })

  it('what counts for an increase counts against a decrease', () => {
    fc.assert(
      fc.property(phase, phase, (a, b) => {
        const up = overlapOf(a, b, 'increase')
        const down = overlapOf(a, b, 'decrease')
        for (const key of ['tau', 'tau_u', 'tau_bc'] as const) {
          expect(down[key]).toBeCloseTo(-(up[key] ?? NaN), 12)
        }
        expect((up.nap ?? NaN) + (down.nap ?? NaN)).toBeCloseTo(1, 12)
        expect((up.pem ?? NaN) + (down.pem ?? NaN)).toBeCloseTo(1, 12)
      }),
    )
  })
})

describe('when an index may be shown (domain D.10)', () => {
  const sound: ShowingInput = {
    a: [5, 4, 5, 4, 4],
    b: [6, 7, 6, 8, 7],
    improvement: 'increase',
    definitionChanged: false,
    measurementChanged: false,
    mixedConditions: false,
    fidelityKnown: true,
  }
  const shown = (input: ShowingInput) =>
    Object.entries(showingOf(input)).flatMap(([key, { show }]) => (show ? [key] : []))

  it('five steady points in each phase, nothing changed but the plan: all, with nothing to say beside them', () => {
    expect(shown(sound)).toEqual(['nap', 'pnd', 'pem', 'tau', 'tau_u', 'tau_bc'])
    expect(showingOf(sound).nap.because).toEqual([])
  })

  it('three or four points: NAP and PND with a warning, nothing else; two: nothing', () => {
    const few = { ...sound, a: [5, 4, 5] }
    expect(shown(few)).toEqual(['nap', 'pnd'])
    expect(showingOf(few).nap).toEqual({ show: true, because: ['few_points'] })
    expect(showingOf(few).tau).toEqual({ show: false, because: ['few_points'] })
    expect(shown({ ...sound, b: [6, 7] })).toEqual([])
  })

  it('a baseline that already improved: only the indices that take its trend out, and they say so', () => {
    const moving = { ...sound, a: [1, 2, 2, 3, 4] }
    expect(shown(moving)).toEqual(['tau_u', 'tau_bc'])
    expect(showingOf(moving).tau_u.because).toEqual(['baseline_improving'])
    expect(shown({ ...moving, improvement: 'decrease' })).toContain('nap')
  })

  it.each<[Partial<ShowingInput>, Doubt]>([
    [{ definitionChanged: true }, 'definition_changed'],
    [{ measurementChanged: true }, 'measurement_changed'],
    [{ mixedConditions: true }, 'mixed_conditions'],
    [{ fidelityKnown: false }, 'fidelity_unknown'],
  ])('%j: none at all', (change, doubt) => {
    const input = { ...sound, ...change }
    expect(shown(input)).toEqual([])
    expect(showingOf(input).tau_u.because).toEqual([doubt])
  })
})
