/** Finished work and timed probes (domain C11, C12). */
import { describe, expect, it } from 'vitest'
import type { Measure, MeasureOf } from '../measures.ts'
import { displayValue } from '../rules.ts'
import { device, fold, PRODUCT, READING } from '../testing.ts'

type Rules = MeasureOf<'cbm'>['rules']

const ruled = (rules: Partial<Rules>, over: Partial<MeasureOf<'cbm'>> = {}): Measure => ({
  ...READING,
  rules: { ...READING.rules, ...rules },
  ...over,
})

/** Read aloud for so many seconds up to a word, with marks on words. */
function read(
  last: number,
  marks: Readonly<Record<string, readonly number[]>> = {},
  seconds = 60,
  measure: Measure = READING,
) {
  const maya = device()
  maya.start(measure)
  maya.wait(5000).moment('begin')
  for (const [code, words] of Object.entries(marks)) for (const n of words) maya.wait(300).mark(n, code)
  const spent = Object.values(marks).flat().length * 300
  maya.wait(seconds * 1000 - spent).moment('stop')
  maya.wait(2000).moment('last', { n: last })
  maya.wait(3000).end()
  return fold(maya.made)
}

describe('reading', () => {
  it('AW-15 92 attempted, 6 errors, 60 s: 86 words correct a minute, 93.5 % of them right', () => {
    const state = read(92, { err: [4, 17, 30, 51, 60, 88], sc: [12] })
    expect(state.summary).toEqual({
      metric: 'cbm_rate',
      numerator: 86,
      denominator: 60_000,
      opportunities: 60_000,
      validity: 'valid',
      parts: { attempted: 92, errors: 6, ms: 60_000 },
    })
    expect(displayValue(state.summary)).toMatchObject({ value: 86, unit: 'per_minute' })
    const { attempted = 0, errors = 0 } = state.summary.parts ?? {}
    expect(((attempted - errors) / attempted) * 100).toBeCloseTo(93.5, 1)
  })

  it('AW-15 the same from the totals of a paper sheet', () => {
    const maya = device()
    maya.start(READING, { source: 'paper' })
    maya.tally({ count: 92, errors: 6 })
    maya.end()
    expect(fold(maya.made).summary).toMatchObject({
      numerator: 86,
      denominator: 60_000,
      parts: { attempted: 92, errors: 6, ms: 60_000 },
    })
  })

  it('finished early it is prorated: 45 words correct in 30 s are 90 a minute', () => {
    const { summary } = read(47, { err: [2, 9] }, 30)
    expect(summary).toMatchObject({ numerator: 45, denominator: 30_000 })
    expect(displayValue(summary)).toMatchObject({ value: 90 })
  })

  it('F15 a timer stopped late, by a locked screen, is no longer than the probe', () => {
    const maya = device()
    maya.start(READING)
    maya.moment('begin')
    maya.sleep(200_000).moment('stop')
    maya.moment('last', { n: 50 })
    maya.end()
    expect(fold(maya.made).summary).toMatchObject({ numerator: 50, denominator: 60_000 })
  })

  it('a timer that nobody stopped lasts as long as the probe', () => {
    const maya = device()
    maya.start(READING)
    maya.moment('begin')
    maya.wait(90_000).moment('last', { n: 70 })
    maya.wait(1000).end()
    expect(fold(maya.made).summary).toMatchObject({ numerator: 70, denominator: 60_000 })
  })

  it('a skipped line of 10 words: each an error, or one error and the rest not attempted', () => {
    const line = Array.from({ length: 10 }, (_, i) => 11 + i)
    expect(read(60, { skip: line, err: [3] }).summary).toMatchObject({
      numerator: 49,
      parts: { attempted: 60, errors: 11 },
    })
    const one = ruled({ skipped_line: 'one_error' })
    expect(read(60, { skip: line, err: [3] }, 60, one).summary).toMatchObject({
      numerator: 49,
      parts: { attempted: 51, errors: 2 },
    })
  })

  it('discontinued after so many errors in a row from the first word: 0', () => {
    const measure = ruled({ discontinue: 5 })
    expect(read(20, { err: [1, 2, 3, 4, 5] }, 60, measure).summary).toMatchObject({
      numerator: 0,
      validity: 'valid',
    })
    expect(read(20, { err: [1, 2, 3, 5, 6] }, 60, measure).summary.numerator).toBe(15)
    const maya = device()
    maya.start(measure)
    maya.moment('begin')
    for (let n = 1; n <= 5; n++) maya.wait(1000).mark(n, 'err')
    maya.end()
    expect(fold(maya.made).summary).toMatchObject({
      numerator: 0,
      denominator: 5000,
      parts: { attempted: 5, errors: 5 },
    })
  })

  it('G10 nobody said which word was the last: no value', () => {
    const maya = device()
    maya.start(READING)
    maya.moment('begin')
    maya.wait(3000).mark(2, 'err')
    maya.wait(57_000).moment('stop')
    maya.end()
    expect(fold(maya.made).summary).toMatchObject({ numerator: null, validity: 'no_opportunity' })
  })

  it('G10 no word in a minute is a real 0', () => {
    const maya = device()
    maya.start(READING)
    maya.tally({ count: 0 })
    maya.end()
    expect(fold(maya.made).summary).toMatchObject({ numerator: 0, denominator: 60_000, validity: 'valid' })
  })

  it('a mark beyond the last word is shown and does not count', () => {
    const state = read(40, { err: [3, 41] })
    expect(state.summary.parts).toMatchObject({ attempted: 40, errors: 1 })
    expect(state.aside).toMatchObject([{ n: 41, why: 'after_end' }])
  })

  it('totals say all: marks made before them are what they were counted from', () => {
    const maya = device()
    maya.start(READING)
    maya.moment('begin')
    maya.wait(3000).mark(2, 'err')
    maya.wait(57_000).tally({ count: 80, errors: 4, seconds: 60 })
    maya.end()
    const state = fold(maya.made)
    expect(state.summary).toMatchObject({ numerator: 76, parts: { attempted: 80, errors: 4 } })
    expect(state.aside).toMatchObject([{ n: 2, why: 'coded_twice' }])
  })

  it('the last word said twice: the later one stands', () => {
    const maya = device()
    maya.start(READING)
    maya.moment('last', { n: 40 })
    maya.wait(1000).moment('last', { n: 44 })
    maya.end()
    const state = fold(maya.made)
    expect(state.summary.numerator).toBe(44)
    expect(state.aside).toMatchObject([{ n: 40, why: 'coded_twice' }])
  })
})

describe('other probes', () => {
  it('a maze: 12 right and 3 wrong choices are 12, or with half of the wrong ones off 10.5', () => {
    const maze = (wrong_choices: 'ignored' | 'half_off') => {
      const maya = device()
      maya.start(ruled({ wrong_choices }, { kind: 'maze', value: 'per_probe', seconds: 180 }))
      maya.tally({ count: 15, errors: 3 })
      maya.end()
      return fold(maya.made).summary
    }
    expect(maze('ignored')).toMatchObject({ metric: 'cbm_score', numerator: 12, denominator: 1 })
    expect(maze('half_off')).toMatchObject({ numerator: 21, denominator: 2 })
    expect(displayValue(maze('half_off'))).toMatchObject({ value: 10.5, unit: 'points' })
  })

  it('math: 48 digits correct in 2 minutes are 24 a minute', () => {
    const maya = device()
    maya.start({ ...READING, kind: 'math', unit: 'digits correct', seconds: 120 })
    maya.tally({ count: 50, errors: 2 })
    maya.end()
    const { summary } = fold(maya.made)
    expect(displayValue(summary)).toMatchObject({ value: 24 })
  })

  it('what was left out in a list is not attempted', () => {
    const list = { ...READING, kind: 'letter_sounds' as const }
    expect(read(30, { skip: [4, 5], err: [7] }, 60, list).summary).toMatchObject({
      numerator: 27,
      parts: { attempted: 28, errors: 1 },
    })
  })
})

describe('finished work', () => {
  it('7 of the 9 problems that were worked on are right: 77.8 %', () => {
    const maya = device()
    maya.start(PRODUCT)
    ;[...'+++-++-++'].forEach((code, index) => maya.mark(index + 1, code))
    maya.end()
    expect(fold(maya.made).summary).toEqual({
      metric: 'pct_correct',
      numerator: 7,
      denominator: 9,
      opportunities: 9,
      validity: 'valid',
      parts: { attempted: 9, errors: 2, ms: 0 },
    })
  })

  it('the same from totals, and as correct a minute of the time it took', () => {
    for (const [value, expected] of [
      ['percent', { numerator: 7, denominator: 9 }],
      ['rate', { metric: 'correct_rate', numerator: 7, denominator: 210_000, opportunities: 9 }],
    ] as const) {
      const maya = device()
      maya.start({ ...PRODUCT, value })
      maya.tally({ count: 9, errors: 2, seconds: 210 })
      maya.end()
      const { summary } = fold(maya.made)
      expect(summary).toMatchObject(expected)
      if (value === 'rate') expect(displayValue(summary)).toMatchObject({ value: 2, unit: 'per_minute' })
    }
  })

  it('G10 nothing was worked on: no value', () => {
    const maya = device()
    maya.start(PRODUCT)
    maya.tally({ count: 0 })
    maya.end()
    expect(fold(maya.made).summary).toMatchObject({ numerator: null, validity: 'no_opportunity' })
  })
})
