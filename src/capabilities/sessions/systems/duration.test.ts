/** Duration (domain C5 and C.3): episodes on the observation clock. */
import { describe, expect, it } from 'vitest'
import { displayValue } from '../rules.ts'
import { device, DURATION, fold } from '../testing.ts'

const MINUTE = 60_000

/** Off task 120 s, 45 s and 60 s in ten minutes. */
function watched(measure: Parameters<ReturnType<typeof device>['start']>[0] = DURATION) {
  const maya = device()
  maya.start(measure)
  maya.wait(30_000).moment('on')
  maya.wait(120_000).moment('off')
  maya.wait(10_000).moment('on')
  maya.wait(45_000).moment('off')
  maya.wait(35_000).moment('on')
  maya.wait(60_000).moment('off')
  maya.wait(300_000).end()
  return fold(maya.made)
}

describe('the value', () => {
  it('total: 120 + 45 + 60 s are 225 s, three episodes, the longest 2 minutes', () => {
    const state = watched()
    expect(state.summary).toEqual({
      metric: 'duration_total',
      numerator: 225_000,
      denominator: 1,
      opportunities: 600_000,
      validity: 'valid',
      parts: { episodes: 3, total_ms: 225_000, longest_ms: 120_000 },
    })
    expect(state.items.map(({ n, ms, clock }) => [n, ms, clock])).toEqual([
      [1, 120_000, 30_000],
      [2, 45_000, 160_000],
      [3, 60_000, 240_000],
    ])
    expect(state.flags).toEqual([])
    expect(displayValue(state.summary)).toMatchObject({ value: 3.75, unit: 'minutes' })
  })

  it('mean per episode: 225 s ÷ 3 = 75 s', () => {
    const { summary } = watched({ ...DURATION, value: 'mean' })
    expect(summary).toMatchObject({ metric: 'duration_mean', numerator: 225_000, denominator: 3 })
    expect(displayValue(summary)).toMatchObject({ value: 75, unit: 'seconds' })
  })

  it('share of the observation: 225 s of 600 s = 37.5 %', () => {
    const { summary } = watched({ ...DURATION, value: 'percent' })
    expect(summary).toMatchObject({ metric: 'pct_duration', numerator: 225_000, denominator: 600_000 })
    expect(displayValue(summary)).toMatchObject({ value: 37.5, unit: 'percent' })
  })

  it('G10 nothing happened while watched: a total of 0, a share of 0, and no mean', () => {
    for (const [value, numerator] of [
      ['total', 0],
      ['percent', 0],
      ['mean', null],
    ] as const) {
      const maya = device()
      maya.start({ ...DURATION, value })
      maya.wait(10 * MINUTE).end()
      expect(fold(maya.made).summary).toMatchObject({
        numerator,
        validity: numerator === null ? 'no_opportunity' : 'valid',
        parts: { episodes: 0 },
      })
    }
  })

  it('G10 nothing was watched: no value', () => {
    const maya = device()
    maya.start(DURATION)
    maya.end()
    expect(fold(maya.made).summary).toMatchObject({ numerator: null, validity: 'no_opportunity' })
  })

  it('watched for less than the minimum: below minimum', () => {
    const maya = device()
    maya.start({ ...DURATION, min_observed_s: 600 })
    maya.wait(599_999).end()
    expect(fold(maya.made).summary.validity).toBe('below_min')
  })
})

describe('an episode', () => {
  it('that runs has no length, and the session no more than what ended', () => {
    const maya = device()
    maya.start(DURATION)
    maya.wait(5000).moment('on')
    const state = fold(maya.made)
    expect(state.items).toHaveLength(1)
    expect(state.items[0]).not.toHaveProperty('ms')
    expect(state.summary).toMatchObject({ validity: 'partial', parts: { episodes: 0, total_ms: 0 } })
  })

  it('C.3 App killed / battery dead during timing: the start is kept, the end found by the wall clock', () => {
    const maya = device()
    maya.start(DURATION)
    maya.wait(5000).moment('on')
    maya.wait(60_000).restart().moment('off')
    maya.wait(5000).end()
    const state = fold(maya.made)
    expect(state.items[0]).toMatchObject({ ms: 60_000 })
    expect(state.summary).toMatchObject({ numerator: 60_000, opportunities: 70_000 })
  })

  it('C.3 Timer left running: an estimated end is kept as one, and out of decisions', () => {
    const maya = device()
    maya.start(DURATION)
    const on = maya.wait(5000).moment('on')
    maya.wait(50 * MINUTE)
    const off = maya.moment('off', { estimated: true }, maya.typed(40 * MINUTE))
    maya.wait(1000).end('partial', undefined, maya.typed(20 * MINUTE))
    const state = fold(maya.made)
    expect(state.items).toEqual([
      expect.objectContaining({ id: on.id, ms: 10 * MINUTE, estimated: true, endedBy: off.id }),
    ])
    expect(state.summary.validity).toBe('estimated')
    expect(state.flags).toEqual(['estimated', 'interrupted'])
  })

  it('C.3 Timer left running: what still runs when the session ends is closed there, and that is said', () => {
    const maya = device()
    maya.start(DURATION)
    maya.wait(60_000).moment('on')
    maya.wait(90_000).end()
    expect(fold(maya.made)).toMatchObject({
      items: [{ ms: 90_000 }],
      flags: ['closed_at_end'],
      summary: { numerator: 90_000, validity: 'valid' },
    })
  })

  it('C.3 Overlapping episodes: a second start is nothing where the definition does not know it', () => {
    const maya = device()
    maya.start(DURATION)
    maya.wait(1000).moment('on')
    const second = maya.wait(10_000).moment('on')
    maya.wait(20_000).moment('off')
    maya.end()
    const state = fold(maya.made)
    expect(state.items.map((item) => item.ms)).toEqual([30_000])
    expect(state.aside).toEqual([expect.objectContaining({ id: second.id, why: 'overlap' })])
    expect(state.flags).toEqual(['overlap'])
  })

  it('C.3 Overlapping episodes: or it stops the first and begins the next', () => {
    const maya = device()
    maya.start({ ...DURATION, second_start: 'new_episode' })
    maya.wait(1000).moment('on')
    maya.wait(10_000).moment('on')
    maya.wait(20_000).moment('off')
    maya.end()
    expect(fold(maya.made)).toMatchObject({ items: [{ ms: 10_000 }, { ms: 20_000 }], aside: [], flags: [] })
  })

  it('of which a pause takes a part: only the observed time counts', () => {
    const maya = device()
    maya.start(DURATION)
    maya.wait(10_000).moment('on')
    maya.wait(5000).pause()
    maya.wait(10 * MINUTE).resume()
    maya.wait(7000).moment('off')
    maya.wait(8000).end()
    expect(fold(maya.made)).toMatchObject({
      observedMs: 30_000,
      items: [{ ms: 12_000, clock: 10_000 }],
      summary: { numerator: 12_000, opportunities: 30_000 },
    })
  })

  it('that ended while the clock stood still ended for the session when it stopped', () => {
    const maya = device()
    maya.start(DURATION)
    maya.wait(1000).moment('on')
    maya.wait(4000).pause()
    maya.wait(60_000).moment('off')
    maya.wait(60_000).resume()
    maya.wait(1000).end()
    expect(fold(maya.made)).toMatchObject({ items: [{ ms: 4000 }], flags: [] })
  })

  it('C.3 Episode crosses a block/class/day edge: one episode, of the session it began in', () => {
    const maya = device({ at: '2026-11-04T05:50:00.000Z' })
    maya.start(DURATION)
    maya.wait(5 * MINUTE).moment('on')
    maya.wait(10 * MINUTE).moment('off')
    maya.end()
    // begun at 23:55 in Chicago, ended after midnight
    expect(fold(maya.made)).toMatchObject({ day: '2026-11-03', items: [{ n: 1, ms: 10 * MINUTE }] })
  })

  it('an end without a start, a start in a pause and what came after the end are shown and do not count', () => {
    const maya = device()
    maya.start(DURATION)
    maya.wait(1000).moment('off')
    maya.wait(1000).pause()
    maya.wait(1000).moment('on')
    maya.wait(1000).resume()
    maya.wait(1000).end()
    maya.wait(1000).moment('on')
    const state = fold(maya.made)
    expect(state.items).toEqual([])
    expect(state.aside.map((item) => item.why)).toEqual(['unpaired', 'outside_clock', 'after_end'])
  })

  it('C.3 Two taps in <200 ms: the second is the bounce of the first', () => {
    const maya = device()
    maya.start(DURATION)
    maya.wait(1000).moment('on')
    maya.wait(150).moment('off')
    maya.wait(9850).moment('off')
    maya.end()
    expect(fold(maya.made)).toMatchObject({ items: [{ ms: 10_000 }], flags: ['double_tap'] })
  })

  it('F15 the device slept in it: the wall clock counts, and somebody is asked', () => {
    const maya = device()
    maya.start(DURATION)
    maya.wait(1000).moment('on')
    maya.sleep(300_000).moment('off')
    maya.end()
    const state = fold(maya.made)
    expect(state.items[0]).toMatchObject({ ms: 300_000 })
    expect(state.flags).toContain('suspended_or_clock_changed')
  })

  it('F16 the wall clock was set back in it: the device’s own counter counts', () => {
    const maya = device()
    maya.start(DURATION)
    maya.wait(1000).moment('on')
    maya.setClock(-3_600_000)
    maya.wait(20_000).moment('off')
    maya.end()
    const state = fold(maya.made)
    expect(state.items[0]).toMatchObject({ ms: 20_000 })
    expect(state.flags).toContain('clock_changed')
  })

  it('its end corrected to another time: the episode is as long as that says', () => {
    const maya = device()
    maya.start(DURATION)
    maya.wait(1000).moment('on')
    const off = maya.wait(30_000).moment('off')
    maya.wait(60_000)
    maya.moment('off', { estimated: true }, { ...maya.typed(80_000), replaces: off.id, reason: 'wrong_time' })
    maya.wait(1000).end()
    expect(fold(maya.made)).toMatchObject({ items: [{ ms: 10_000, estimated: true }] })
  })
})
