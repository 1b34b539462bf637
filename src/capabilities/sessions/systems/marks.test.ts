/** Intervals, ratings, checklists, cold probes and self-monitoring (domain C8, C10, C13, C17, C20). */
import { describe, expect, it } from 'vitest'
import { displayValue } from '../rules.ts'
import { CHECKLIST, device, fold, PROBE, RUBRIC, SAMPLES, SELF } from '../testing.ts'

describe('intervals', () => {
  /** Cues every 2 minutes, each answered 3 s later with its code; `.` is missed. */
  function samples(codes: string, measure: typeof SAMPLES = SAMPLES) {
    const maya = device()
    maya.start(measure)
    for (const [index, code] of [...codes].entries()) {
      maya.wait(index === 0 ? 123_000 : 120_000)
      if (code !== '.') maya.mark(index + 1, code)
    }
    maya.wait(1000).end()
    return fold(maya.made)
  }

  it('AW-10 C.3 Missed interval prompts: 20 cues, 2 missed, 13 on task are 13/18 = 72.2 %, not 65 %', () => {
    const state = samples('1110111.101101.11100')
    expect(state.summary).toEqual({
      metric: 'pct_intervals',
      numerator: 13,
      denominator: 18,
      opportunities: 18,
      validity: 'valid',
      parts: { scored: 13, missed: 2, planned: 20 },
    })
    expect(displayValue(state.summary)?.value).toBeCloseTo(72.2, 1)
    expect(state).toMatchObject({ status: 'complete', flags: [] })
  })

  it('C.3 Missed interval prompts: more than 20 % missed make the session partial', () => {
    const state = samples('1110111.1.1..01.1110')
    expect(state.summary).toMatchObject({ denominator: 15, validity: 'valid', parts: { missed: 5 } })
    expect(state).toMatchObject({ status: 'partial', flags: ['many_missed'] })
    expect(samples('1110111.1.1..0111110')).toMatchObject({ status: 'complete', flags: [] })
  })

  it('an answer later than the tolerance is none; the first one stands', () => {
    const maya = device()
    maya.start({ ...SAMPLES, min_opportunities: 1 })
    maya.wait(122_000).mark(1, '1')
    maya.wait(10_000).mark(1, '0')
    const late = maya.wait(113_001).mark(2, '0')
    maya.wait(1000).end()
    const state = fold(maya.made)
    expect(state.items.map(({ n, code }) => [n, code])).toEqual([[1, '1']])
    expect(state.aside.map((item) => item.why)).toEqual(['too_late', 'too_late'])
    expect(state.aside[1]?.id).toBe(late.id)
    expect(state.summary.parts).toMatchObject({ missed: 1 })
  })

  it('what was typed in from paper is not late', () => {
    const maya = device()
    maya.wait(3_600_000)
    maya.start(SAMPLES, { source: 'paper', sheet: 'A1' }, maya.typed(2_500_000))
    for (let n = 1; n <= 20; n++) maya.wait(500).mark(n, n > 5 ? '1' : '0', undefined, maya.typed(100_000))
    maya.end('complete', undefined, maya.typed(100_000))
    const state = fold(maya.made)
    expect(state.summary).toMatchObject({ numerator: 15, denominator: 20, parts: { missed: 0 } })
    expect(state.flags).toEqual(['from_paper'])
  })

  it('pauses move the cues with the observation clock', () => {
    const maya = device()
    maya.start({ ...SAMPLES, min_opportunities: 1 })
    maya.wait(60_000).pause()
    maya.wait(600_000).resume()
    maya.wait(63_000).mark(1, '1')
    maya.wait(1000).end()
    expect(fold(maya.made)).toMatchObject({ items: [{ n: 1 }], aside: [], summary: { parts: { missed: 0 } } })
  })

  it('G10 none answered: no value, and how many were missed', () => {
    expect(samples('....').summary).toMatchObject({
      numerator: null,
      denominator: null,
      validity: 'no_opportunity',
      parts: { scored: 0, missed: 4 },
    })
  })

  it('while it is open the interval that can still be answered is not missed', () => {
    const maya = device()
    maya.start({ ...SAMPLES, min_opportunities: 1 })
    maya.wait(122_000).mark(1, '1')
    maya.wait(122_000).pause()
    expect(fold(maya.made).summary).toMatchObject({ validity: 'partial', parts: { missed: 0 } })
    maya.wait(1000).resume()
    maya.wait(10_000).pause()
    expect(fold(maya.made).summary.parts).toMatchObject({ missed: 1 })
    expect(fold(maya.made)).toMatchObject({ status: 'open', flags: [] })
  })

  it('a place beyond the plan, or a code that is none, is not of this measurement', () => {
    const maya = device()
    maya.start(SAMPLES)
    maya.mark(21, '1')
    maya.mark(1, 'yes')
    maya.mark(1, '1', 'student')
    expect(fold(maya.made).aside.map((item) => item.why)).toEqual(Array(3).fill('not_of_measure'))
  })
})

describe('a rubric', () => {
  function rated(value: 'total' | 'median', codes: string) {
    const maya = device()
    maya.start({ ...RUBRIC, value })
    ;[...codes].forEach((code, index) => maya.wait(1000).mark(index + 1, code))
    maya.end()
    return fold(maya.made)
  }

  it('total of 3, 1 and 2 is 6 points; their median level is 2', () => {
    expect(rated('total', '312').summary).toEqual({
      metric: 'rubric_total',
      numerator: 6,
      denominator: 1,
      opportunities: 3,
      validity: 'valid',
      parts: { rated: 3, items: 3 },
    })
    const { summary } = rated('median', '312')
    expect(summary).toMatchObject({ metric: 'rubric_median', numerator: 2, denominator: 1 })
    expect(displayValue(summary)).toMatchObject({ value: 2, unit: 'points' })
  })

  it('with an item not rated is no whole rating', () => {
    expect(rated('total', '31').summary).toMatchObject({ numerator: 4, validity: 'below_min' })
  })

  it('G10 the lowest level everywhere is a real 0, nothing rated is none', () => {
    expect(rated('total', '000').summary).toMatchObject({ numerator: 0, validity: 'valid' })
    expect(rated('total', '').summary).toMatchObject({ numerator: null, validity: 'no_opportunity' })
  })

  it('knows no level beyond its anchors', () => {
    expect(rated('total', '4').aside).toMatchObject([{ why: 'not_of_measure' }])
  })
})

describe('a checklist', () => {
  it('2 yes and 1 no are 2 of 3; what does not apply is in neither', () => {
    const maya = device()
    maya.start(CHECKLIST)
    maya.mark(1, 'yes')
    maya.mark(2, 'no')
    maya.mark(3, 'NA')
    maya.mark(4, 'yes')
    maya.end()
    expect(fold(maya.made).summary).toEqual({
      metric: 'pct_yes',
      numerator: 2,
      denominator: 3,
      opportunities: 3,
      validity: 'valid',
    })
  })

  it('G10 nothing applied: no value', () => {
    const maya = device()
    maya.start(CHECKLIST)
    for (const n of [1, 2, 3, 4]) maya.mark(n, 'NA')
    maya.end()
    expect(fold(maya.made).summary).toMatchObject({ numerator: null, validity: 'no_opportunity' })
  })
})

describe('a cold probe', () => {
  it.each([
    ['Y', 1],
    ['N', 0],
  ] as const)('%s is %i', (code, numerator) => {
    const maya = device()
    maya.start(PROBE)
    maya.mark(1, code)
    maya.end()
    const { summary } = fold(maya.made)
    expect(summary).toEqual({
      metric: 'probe',
      numerator,
      denominator: 1,
      opportunities: 1,
      validity: 'valid',
    })
    expect(displayValue(summary)).toMatchObject({ value: numerator, unit: 'yes_no' })
  })

  it('G10 not asked: no value', () => {
    const maya = device()
    maya.start(PROBE)
    maya.end()
    expect(fold(maya.made).summary).toMatchObject({ numerator: null, validity: 'no_opportunity' })
  })
})

describe('self-monitoring', () => {
  function marked(value: 'yes' | 'match', student: string, adult: string) {
    const maya = device()
    maya.start({ ...SELF, value })
    for (const [who, codes] of [
      ['student', student],
      ['adult', adult],
    ] as const)
      [...codes].forEach((code, index) => {
        if (code !== '.') maya.mark(index + 1, code, who)
      })
    maya.end()
    return fold(maya.made)
  }

  it('both say the same in 4 of the 5 intervals that both answered: a match of 80 %', () => {
    const state = marked('match', '11010.', '110111')
    expect(state.summary).toEqual({
      metric: 'pct_self_match',
      numerator: 4,
      denominator: 5,
      opportunities: 5,
      validity: 'valid',
      parts: { yes: 3, answered: 5, match: 4, both: 5 },
    })
    expect(state.items.filter(({ n }) => n === 1).map(({ who }) => who)).toEqual(['adult', 'student'])
  })

  it('the student’s own yes: 3 of 5', () => {
    expect(marked('yes', '11010.', '').summary).toMatchObject({
      metric: 'pct_self_yes',
      numerator: 3,
      denominator: 5,
    })
  })

  it('G10 no interval that both answered: no match, not 0 %', () => {
    expect(marked('match', '111...', '...111').summary).toMatchObject({
      numerator: null,
      validity: 'no_opportunity',
    })
  })

  it('a mark of nobody is not of this measurement', () => {
    const maya = device()
    maya.start(SELF)
    maya.mark(1, '1')
    expect(fold(maya.made).aside).toMatchObject([{ why: 'not_of_measure' }])
  })
})
