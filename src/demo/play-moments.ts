/**
 * How a session goes in which instants are tapped (play.ts): how long something lasts, how long it takes to begin, how
 * much time is between, how strong it is, and a minute of reading. Chance around the day's level.
 */
import type { MeasureOf } from '../capabilities/sessions/records.ts'
import type { Played, Situation, Tap } from './play.ts'
import type { Random } from './seed.ts'

/** Level is the share of the time; episodes of half a minute and more, with pauses to match. */
export function playDuration(
  measure: MeasureOf<'duration'>,
  { level, minutes, interrupted }: Situation,
  random: Random,
): Played {
  const length = lengthOf(minutes, interrupted, random)
  const share = Math.min(0.9, Math.max(0.05, level))
  const taps: Tap[] = []
  let total = 0
  let episodes = 0
  for (let from = 0; from < length - 40_000;) {
    const cycle = random.int(60_000, 120_000)
    const on = from + Math.round(cycle * (1 - share) * (0.7 + 0.6 * random.next()))
    const off = on + Math.max(6_000, Math.round(cycle * share * (0.8 + 0.4 * random.next())))
    if (off > length - 3_000) break
    taps.push(moment('on', on), moment('off', off))
    total += off - on
    episodes += 1
    from = off + 3_000
  }
  const value = { total: total / 1000, mean: total / 1000 / episodes, percent: (100 * total) / length }
  return {
    taps,
    length,
    status: interrupted ? 'partial' : 'complete',
    value: length < measure.min_observed_s * 1000 ? null : value[measure.value],
  }
}

/** Level is seconds from the direction to the start; what takes longer than the limit is not waited for. */
export function playLatency(
  measure: MeasureOf<'latency'>,
  { level, interrupted }: Situation,
  random: Random,
): Played {
  const limit = measure.limit_s * 1000
  const cues = interrupted ? random.int(1, 3) : 5
  const taps: Tap[] = []
  const lengths: number[] = []
  let after = random.int(4_000, 20_000)
  for (let n = 0; n < cues; n++) {
    const ms = Math.round(level * 1000 * (0.5 + random.next()))
    taps.push(moment('cue', after))
    if (ms < limit) taps.push(moment('on', after + ms))
    lengths.push(Math.min(ms, limit))
    after += Math.min(ms, limit) + random.int(20_000, 45_000)
  }
  return {
    taps,
    length: after,
    status: interrupted ? 'partial' : 'complete',
    value: lengths.length < measure.min_opportunities ? null : medianOf(lengths) / 1000,
  }
}

/** Level is seconds from one response to the next, for as long as the session lasts. */
export function playIrt(
  measure: MeasureOf<'irt'>,
  { level, minutes, interrupted }: Situation,
  random: Random,
): Played {
  const length = lengthOf(minutes, interrupted, random)
  const taps: Tap[] = []
  const gaps: number[] = []
  for (let after = random.int(20_000, 60_000); after < length - 2_000;) {
    taps.push(moment('on', after))
    const gap = Math.round(level * 1000 * (0.6 + 0.8 * random.next()))
    after += gap
    if (after < length - 2_000) gaps.push(gap)
  }
  return {
    taps,
    length,
    status: interrupted ? 'partial' : 'complete',
    value: gaps.length < measure.min_opportunities ? null : medianOf(gaps) / 1000,
  }
}

/** Level is how strong the strongest is; below 1 there is none. */
export function playIntensity(
  measure: MeasureOf<'intensity'>,
  { level, minutes, interrupted }: Situation,
  random: Random,
): Played {
  const length = lengthOf(minutes, interrupted, random)
  const strongest = Math.min(measure.anchors.length, Math.max(0, Math.round(level)))
  const count = strongest === 0 ? 0 : random.int(1, 3)
  const taps = Array.from({ length: count }, (_none, n): Tap => {
    const code = n === 0 ? strongest : random.int(1, strongest)
    return moment(`${code}`, Math.round((length / (count + 1)) * (n + 0.6 + 0.6 * random.next())))
  })
  return {
    taps,
    length,
    status: interrupted ? 'partial' : 'complete',
    value: length < measure.min_observed_s * 1000 ? null : strongest,
  }
}

/** Level is words correct a minute, to the word. Wrong words are tapped as they are read, the last word at the end. */
export function playReading(measure: MeasureOf<'cbm'>, { level }: Situation, random: Random): Played {
  const begin = random.int(9_000, 25_000)
  const correct = Math.round((level * measure.seconds) / 60)
  const wrong = new Set<number>()
  const errors = random.int(4, 8)
  while (wrong.size < errors) wrong.add(random.int(3, correct))
  const attempted = correct + errors
  const pace = (measure.seconds * 1000) / attempted
  const stop = begin + measure.seconds * 1000
  const taps: Tap[] = [
    moment('begin', begin),
    ...[...wrong]
      .toSorted((a, b) => a - b)
      .map((n): Tap => ({ noun: 'mark', after: begin + Math.round(n * pace), body: { n, code: 'err' } })),
    moment('stop', stop),
    { noun: 'moment', after: stop + random.int(2_000, 5_000), body: { code: 'last', n: attempted } },
  ]
  return {
    taps,
    length: stop + random.int(6_000, 12_000),
    status: 'complete',
    value: (correct * 60) / measure.seconds,
  }
}

function moment(code: string, after: number): Tap {
  return { noun: 'moment', after, body: { code } }
}

function lengthOf(minutes: number, interrupted: boolean, random: Random): number {
  const part = interrupted ? 0.25 + 0.5 * random.next() : 0.97 + 0.03 * random.next()
  return Math.round(minutes * 60_000 * part)
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0
  return (upper + lower) / 2
}
