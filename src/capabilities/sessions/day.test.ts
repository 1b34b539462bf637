/** A goal worked on twice in a day (domain C.3): pooled by what its metric is, never a mean of percentages. */
import { expect, it } from 'vitest'
import { aggregateDay } from './rules.ts'
import type { Measure } from './records.ts'
import type { SessionState } from './state.ts'
import {
  device,
  DURATION,
  fold,
  INTENSITY,
  IRT,
  LATENCY,
  PROBE,
  READING,
  RUBRIC,
  SAMPLES,
} from './testing.ts'

type Hand = ReturnType<typeof device>

/** One session an hour, each of what is done in it. */
function sessions(measure: Measure, ...runs: readonly ((maya: Hand) => unknown)[]): SessionState[] {
  return runs.map((run, index) => {
    const maya = device({ session: `s-${index}`, at: `2026-11-03T1${4 + index}:00:00.000Z` })
    maya.start(measure)
    run(maya)
    maya.wait(1000).end()
    return fold(maya.made)
  })
}
const pooled = (...of: Parameters<typeof sessions>) => aggregateDay(sessions(...of))?.summary
const lasting =
  (...seconds: number[]) =>
  (maya: Hand) => {
    for (const s of seconds) {
      maya.wait(1000).moment('on')
      maya.wait(s * 1000).moment('off')
    }
  }
const after =
  (...seconds: number[]) =>
  (maya: Hand) => {
    for (const s of seconds) {
      maya.wait(20_000).moment('cue')
      maya.wait(s * 1000).moment('on')
    }
  }

it('C.3 Same goal run twice a day: 13/18 and 1/2 of the intervals are 14/20 and not the mean of 72 and 50 %', () => {
  const answers = (codes: string) => (maya: Hand) =>
    [...codes].forEach((code, index) => maya.wait(index === 0 ? 121_000 : 120_000).mark(index + 1, code))
  const day = pooled(SAMPLES, answers('111111111111100000'), answers('10'))
  expect(day).toMatchObject({ numerator: 14, denominator: 20, validity: 'valid' })
})

it('total time adds up; time per episode is all the time over all the episodes', () => {
  const [morning, noon] = [lasting(10, 20), lasting(60)]
  expect(pooled(DURATION, morning, noon)).toMatchObject({ numerator: 90_000, denominator: 1 })
  expect(pooled({ ...DURATION, value: 'mean' }, morning, noon)).toMatchObject({
    numerator: 90_000,
    denominator: 3,
  })
})

it('a median is taken anew over all: 2, 9 and 4, 5, 6 s have 5 s in the middle, not the mean of 5.5 and 5', () => {
  expect(pooled(LATENCY, after(2, 9), after(4, 5, 6))).toMatchObject({
    numerator: 5000,
    denominator: 1,
    opportunities: 5,
  })
})

it('and it is that much or more where half of them all ended at the limit', () => {
  expect(pooled(LATENCY, after(2, 14), after(15))).toMatchObject({ numerator: 10_000, atLeast: true })
  expect(pooled(LATENCY, after(2, 14), after(3))).not.toHaveProperty('atLeast')
})

it('of times between responses too', () => {
  const taps =
    (...seconds: number[]) =>
    (maya: Hand) =>
      seconds.forEach((s) => maya.wait(s * 1000).moment('on'))
  expect(pooled(IRT, taps(1, 10, 30), taps(1, 20))).toMatchObject({ numerator: 20_000, denominator: 1 })
})

it('of three readings the median counts; of two, what lies between', () => {
  const reading = (count: number) => (maya: Hand) => maya.tally({ count, errors: 0 })
  expect(pooled(READING, reading(80), reading(95), reading(86))).toMatchObject({
    numerator: 86,
    denominator: 60_000,
  })
  const { numerator = 0, denominator = 1 } = pooled(READING, reading(80), reading(90)) ?? {}
  expect(((numerator ?? 0) / (denominator ?? 1)) * 60_000).toBe(85)
})

it('of ratings as well, and one that is half done twice is not done once', () => {
  const rating = (codes: string) => (maya: Hand) =>
    [...codes].forEach((code, index) => maya.mark(index + 1, code))
  expect(pooled(RUBRIC, rating('111'), rating('333'), rating('211'))).toMatchObject({
    numerator: 4,
    validity: 'valid',
  })
  expect(pooled(RUBRIC, rating('33'), rating('333'))?.validity).toBe('below_min')
})

it('the strongest is the strongest of the day, and the first cold probe is the day’s', () => {
  const strong = (level: string) => (maya: Hand) => maya.wait(1000).moment(level)
  expect(pooled(INTENSITY, strong('2'), strong('4'), strong('3'))).toMatchObject({
    numerator: 4,
    denominator: 1,
  })
  const probe = (code: string) => (maya: Hand) => maya.mark(1, code)
  expect(pooled(PROBE, probe('N'), probe('Y'))).toMatchObject({ numerator: 0, denominator: 1 })
})

it('what rests on an estimate stays one', () => {
  const guessed = (maya: Hand) => {
    maya.wait(1000).moment('on')
    maya.wait(5000).moment('off', { estimated: true })
  }
  expect(pooled(DURATION, lasting(10), guessed)?.validity).toBe('estimated')
})
