/**
 * `handrail analyze streams`: what each way of recording makes of one stream of behavior. Reads
 * { streams: [{ stream_length_s, start_state, transition_times_s, interval_length_s, rest_length_s }] }: a behavior
 * that is on (1) or off (0) at the start and changes at each of the times.
 */
import { basename } from 'node:path'
import { z } from 'zod'
import {
  durationWithin,
  eventsWithin,
  momentarySamples,
  occursAt,
  partialIntervals,
  wholeIntervals,
  type Episode,
} from '../capabilities/sessions/sampling.ts'
import { entriesOf, listOf, readJson } from './input.ts'

export type StreamRow = ReturnType<typeof rowOf>

/** One row a stream, in the order of the file. Throws BadInput. */
export function streamRows(path: string): StreamRow[] {
  const json = readJson(path)
  const streams = z.looseObject({ streams: z.unknown().optional() }).safeParse(json).data?.streams
  return entriesOf(basename(path), streams, Stream, 'streams').map(rowOf)
}

const seconds = z.number().nonnegative()
const Stream = z
  .looseObject({
    seed: z.number().optional(),
    index: z.number().optional(),
    stream_length_s: z.number().positive(),
    start_state: z.literal([0, 1]),
    transition_times_s: listOf(seconds),
    interval_length_s: z.number().positive(),
    rest_length_s: seconds.default(0),
  })
  .refine(({ interval_length_s: every, rest_length_s: rest }) => rest < every, {
    path: ['rest_length_s'],
    message: 'The rest is not shorter than the interval it is a part of.',
  })
  .refine(({ interval_length_s: every, stream_length_s: length }) => every <= length, {
    path: ['interval_length_s'],
    message: 'The interval is longer than the stream.',
  })
  .refine(({ transition_times_s: times }) => times.every((time, i) => time >= (times[i - 1] ?? 0)), {
    path: ['transition_times_s'],
    message: 'The times are not in order.',
  })
  .refine(({ transition_times_s: times, stream_length_s: length }) => times.every((time) => time <= length), {
    path: ['transition_times_s'],
    message: 'A time lies beyond the end of the stream.',
  })

function rowOf(stream: z.infer<typeof Stream>) {
  const episodes = episodesOf(stream)
  const observed = stream.stream_length_s
  const plan = { observed, every: stream.interval_length_s, rest: stream.rest_length_s }
  const momentary = momentarySamples(episodes, plan)
  const partial = partialIntervals(episodes, plan)
  const whole = wholeIntervals(episodes, plan)
  const duration = durationWithin(episodes, observed)
  return {
    seed: stream.seed ?? null,
    index: stream.index ?? null,
    stream_length_s: observed,
    interval_length_s: plan.every,
    rest_length_s: plan.rest,
    duration_s: duration,
    continuous_duration_proportion: duration / observed,
    event_count: eventsWithin(episodes, observed),
    mts_proportion: share(momentary),
    pir_proportion: share(partial),
    wir_proportion: share(whole),
    /** With the state at the start in front, which is no sample. */
    mts_raw: [occursAt(episodes, 0), ...momentary].map(Number),
    pir_raw: partial.map(Number),
    wir_raw: whole.map(Number),
  }
}

/** From the times of change: every other one, from when it is on, begins an episode. */
function episodesOf({ start_state: start, transition_times_s: times }: z.infer<typeof Stream>): Episode[] {
  const turns = start === 1 ? [0, ...times] : times
  return turns.flatMap((onset, i) => (i % 2 === 0 ? [{ onset, offset: turns[i + 1] ?? Infinity }] : []))
}

function share(values: readonly boolean[]): number {
  return values.filter(Boolean).length / values.length
}
