/** One stream of behavior, read by every way of recording. Values counted by hand on a drawn time line. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  durationWithin,
  eventsWithin,
  momentarySamples,
  occursAt,
  partialIntervals,
  wholeIntervals,
} from './sampling.ts'

const episode = (onset: number, offset: number) => ({ onset, offset })
const line = (values: readonly boolean[]) => values.map((value) => (value ? 1 : 0)).join('')

/** Six intervals of ten seconds: going on at the start, two short ones, and one that is still going on at the end. */
const STREAM = [episode(0, 3), episode(12, 14), episode(18, 20), episode(25, Infinity)]
const PLAN = { observed: 60, every: 10, rest: 0 }

describe('sixty seconds in intervals of ten', () => {
  it('duration and count: what was going on at the start has time but is no event', () => {
    expect(durationWithin(STREAM, 60)).toBe(3 + 2 + 2 + 35)
    expect(eventsWithin(STREAM, 60)).toBe(3)
  })

  it('partial-interval, whole-interval and momentary', () => {
    expect(line(partialIntervals(STREAM, PLAN))).toBe('111111')
    expect(line(wholeIntervals(STREAM, PLAN))).toBe('000111')
    // At 10, 20, 30, 40, 50, 60: the third ended at 20, the last goes on beyond 60.
    expect(line(momentarySamples(STREAM, PLAN))).toBe('001111')
  })

  it('with a rest of five seconds at the end of each interval', () => {
    const plan = { ...PLAN, rest: 5 }
    // Watched: 0–5, 10–15, 20–25, …; the one from 18 to 20 falls into a rest.
    expect(line(partialIntervals(STREAM, plan))).toBe('110111')
    expect(line(wholeIntervals(STREAM, plan))).toBe('000111')
    expect(line(momentarySamples(STREAM, plan))).toBe('001111')
  })
})

describe('boundaries', () => {
  it('an episode that ends where an interval begins is not in it; one that begins there is', () => {
    expect(line(partialIntervals([episode(5, 10)], PLAN))).toBe('100000')
    expect(line(partialIntervals([episode(10, 12)], PLAN))).toBe('010000')
    expect(occursAt([episode(5, 10)], 10)).toBe(false)
    expect(occursAt([episode(10, 12)], 10)).toBe(true)
  })

  it('a whole interval needs one episode from its start to its end', () => {
    expect(line(wholeIntervals([episode(10, 20)], PLAN))).toBe('010000')
    expect(line(wholeIntervals([episode(10, 19), episode(19.5, 20)], PLAN))).toBe('000000')
  })

  it('one that ended with the observation is over at its last instant', () => {
    expect(occursAt([episode(25, 60)], 60)).toBe(false)
    expect(occursAt([episode(25, Infinity)], 60)).toBe(true)
  })

  it('an instant counts where it is', () => {
    expect(eventsWithin([episode(10, 10)], 60)).toBe(1)
    expect(line(partialIntervals([episode(10, 10)], PLAN))).toBe('010000')
    expect(line(momentarySamples([episode(10, 10)], PLAN))).toBe('100000')
  })

  it('what fills no whole interval is not observed in intervals, and nothing beyond the end is', () => {
    expect(partialIntervals([], { observed: 59, every: 10, rest: 0 })).toHaveLength(5)
    expect(partialIntervals([], { observed: 5, every: 10, rest: 0 })).toEqual([])
    expect(durationWithin([episode(50, 90)], 60)).toBe(10)
    expect(eventsWithin([episode(50, 55), episode(70, 80)], 60)).toBe(1)
  })

  it('G10 nothing happened: every interval was looked at and is empty', () => {
    expect(line(partialIntervals([], PLAN))).toBe('000000')
    expect(durationWithin([], 60)).toBe(0)
  })
})

it('whole-interval never says more than the time, and partial-interval never less (domain C.2)', () => {
  const streams = fc
    .uniqueArray(fc.integer({ min: 0, max: 600 }), { minLength: 2, maxLength: 40 })
    .map((times) => times.toSorted((a, b) => a - b))
    .map((times) =>
      times.slice(0, times.length - (times.length % 2)).flatMap((onset, i) => {
        const offset = times[i + 1]
        return i % 2 === 0 && offset !== undefined ? [episode(onset, offset)] : []
      }),
    )
  fc.assert(
    fc.property(streams, fc.constantFrom(5, 10, 15, 60), (episodes, every) => {
      const plan = { observed: 600, every, rest: 0 }
      const share = (values: readonly boolean[]) => values.filter(Boolean).length / values.length
      const time = durationWithin(episodes, 600) / 600
      expect(share(wholeIntervals(episodes, plan))).toBeLessThanOrEqual(time + 1e-12)
      expect(share(partialIntervals(episodes, plan))).toBeGreaterThanOrEqual(time - 1e-12)
    }),
  )
})
