/** Latency and the time between responses (domain C6, C7). */
import { describe, expect, it } from 'vitest'
import { displayValue } from '../rules.ts'
import { device, fold, IRT, LATENCY } from '../testing.ts'

type Hand = ReturnType<typeof device>

/** Onsets so many seconds after their cues; null = none came. */
function cues(maya: Hand, seconds: readonly (number | null)[]) {
  for (const s of seconds) {
    maya.wait(60_000).moment('cue')
    if (s !== null) maya.wait(s * 1000).moment('on')
  }
  maya.wait(60_000).end()
  return fold(maya.made)
}

describe('latency', () => {
  it('median of 4, 10 and 8 s is 8 s', () => {
    const maya = device()
    maya.start(LATENCY)
    const state = cues(maya, [4, 10, 8])
    expect(state.summary).toEqual({
      metric: 'latency_median',
      numerator: 8000,
      denominator: 1,
      opportunities: 3,
      validity: 'valid',
      parts: { n: 3, censored: 0, min_ms: 4000, max_ms: 10_000 },
    })
    expect(displayValue(state.summary)).toMatchObject({ value: 8, unit: 'seconds' })
  })

  it('of an even number it lies between the two in the middle: 5 and 6 s give 11/2', () => {
    const maya = device()
    maya.start(LATENCY)
    expect(cues(maya, [4, 5, 6, 8]).summary).toMatchObject({ numerator: 11_000, denominator: 2 })
  })

  it('no onset within the limit is kept as the limit or more', () => {
    const maya = device()
    maya.start(LATENCY)
    const state = cues(maya, [3, null, 5])
    expect(state.items.map(({ ms, censored }) => [ms, censored])).toEqual([
      [3000, undefined],
      [10_000, true],
      [5000, undefined],
    ])
    expect(state.summary).toMatchObject({ numerator: 5000, parts: { n: 3, censored: 1 } })
    expect(state.summary).not.toHaveProperty('atLeast')
  })

  it('an onset after the limit is one too', () => {
    const maya = device()
    maya.start(LATENCY)
    expect(cues(maya, [14]).items).toEqual([
      expect.objectContaining({ ms: 10_000, censored: true, endedBy: maya.made[2]?.id }),
    ])
  })

  it('when most ended at the limit, the median is the limit or more', () => {
    const maya = device()
    maya.start(LATENCY)
    const { summary } = cues(maya, [3, null, null])
    expect(summary).toMatchObject({ numerator: 10_000, denominator: 1, atLeast: true })
    expect(displayValue(summary)).toMatchObject({ value: 10, atLeast: true })
  })

  it('G10 C.3 No opportunities occurred: no value', () => {
    const maya = device()
    maya.start(LATENCY)
    expect(cues(maya, []).summary).toMatchObject({ numerator: null, validity: 'no_opportunity' })
  })

  it('a cue that was given up before the limit tells nothing, nor does one that a pause cut off', () => {
    const maya = device()
    maya.start(LATENCY)
    maya.wait(1000).moment('cue')
    maya.wait(3000).moment('cue')
    maya.wait(2000).pause()
    maya.wait(60_000).resume()
    maya.wait(1000).moment('on')
    maya.wait(1000).end()
    const state = fold(maya.made)
    expect(state.items).toEqual([])
    expect(state.aside.map((item) => [item.code, item.why])).toEqual([
      ['cue', 'unpaired'],
      ['cue', 'outside_clock'],
      ['on', 'unpaired'],
    ])
  })

  it('while it waits it has no length; once something later shows that the limit passed, it has the limit', () => {
    const maya = device()
    maya.start(LATENCY)
    maya.wait(1000).moment('cue')
    expect(fold(maya.made).items[0]).not.toHaveProperty('ms')
    maya.wait(12_000).moment('cue')
    expect(fold(maya.made).items.map((item) => item.ms)).toEqual([10_000, undefined])
  })
})

describe('time between responses', () => {
  it('n responses have n − 1 times: 20, 30 and 70 s, median 30 s', () => {
    const maya = device()
    maya.start(IRT)
    for (const s of [5, 20, 30, 70]) maya.wait(s * 1000).moment('on')
    maya.wait(1000).end()
    const state = fold(maya.made)
    expect(state.items.map((item) => item.ms)).toEqual([undefined, 20_000, 30_000, 70_000])
    expect(state.summary).toEqual({
      metric: 'irt_median',
      numerator: 30_000,
      denominator: 1,
      opportunities: 3,
      validity: 'valid',
      parts: { n: 3, censored: 0, min_ms: 20_000, max_ms: 70_000 },
    })
  })

  it('mean: 120 s ÷ 3 = 40 s', () => {
    const maya = device()
    maya.start({ ...IRT, value: 'mean' })
    for (const s of [5, 20, 30, 70]) maya.wait(s * 1000).moment('on')
    maya.end()
    expect(fold(maya.made).summary).toMatchObject({ metric: 'irt_mean', numerator: 120_000, denominator: 3 })
  })

  it('of responses with a length it runs from the end of one to the start of the next', () => {
    const maya = device()
    maya.start({ ...IRT, instant: false })
    maya.wait(5000).moment('on')
    const off = maya.wait(10_000).moment('off')
    maya.wait(25_000).moment('on')
    maya.wait(10_000).moment('on')
    maya.wait(10_000).end()
    const state = fold(maya.made)
    // nobody said when the second ended
    expect(state.items.map((item) => item.ms)).toEqual([undefined, 25_000, undefined])
    expect(state.items[0]?.endedBy).toBe(off.id)
  })

  it('G10 one response has none: no value', () => {
    const maya = device()
    maya.start(IRT)
    maya.wait(5000).moment('on')
    maya.wait(5000).end()
    expect(fold(maya.made).summary).toMatchObject({
      numerator: null,
      opportunities: 0,
      validity: 'no_opportunity',
    })
  })

  it('across a pause nobody knows what happened', () => {
    const maya = device()
    maya.start(IRT)
    maya.wait(5000).moment('on')
    maya.wait(5000).pause()
    maya.wait(60_000).resume()
    maya.wait(5000).moment('on')
    maya.wait(8000).moment('on')
    maya.end()
    expect(fold(maya.made).items.map((item) => item.ms)).toEqual([undefined, undefined, 8000])
  })
})
