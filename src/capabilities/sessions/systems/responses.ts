/**
 * Latency (domain C6), from a cue to the onset, and the time between responses (C7). Both on the observation clock;
 * across a pause nobody knows what happened, so nothing is measured there.
 */
import { observedBetween } from '../clock.ts'
import type { Line } from '../lines.ts'
import type { Measure } from '../records.ts'
import type { Flag, SessionItem } from '../state.ts'
import { rapidTaps } from './occurrences.ts'
import {
  aside,
  median,
  momentsOf,
  pair,
  sumOf,
  type Aside,
  type Counted,
  type Lines,
  type Moment,
  type SystemInput,
  type Value,
} from './system.ts'

/**
 * The median latency. A cue without an onset within the limit counts as "the limit or more"; one that was given up
 * before the limit, by the next cue or the end, tells nothing. When half or more of them ended at the limit, so may
 * the median have, and it is that much or more.
 */
export function latency(input: SystemInput<'latency'>): Counted {
  const { end, observedMs, spans } = input
  const limit = Math.round(input.measure.limit_s * 1000)
  const { moments, others } = countable(input)
  const items: SessionItem[] = []
  const flags = new Set<Flag>()
  let cue: Moment | null = null
  for (const moment of moments)
    if (moment.item.code === 'cue') {
      if (cue) answer(cue, moment.line)
      cue = moment
    } else if (cue) cue = answer(cue, moment.line, moment.item)
    else others.push(aside(moment.item, 'unpaired'))
  if (cue && end) answer(cue, end)
  else if (cue && observedMs - cue.clock >= limit) add(cue, limit)
  else if (cue) items.push({ ...cue.item, n: items.length + 1, clock: cue.clock })

  const lengths = items.flatMap(({ ms }) => ms ?? [])
  const censored = items.filter((item) => item.censored).length
  const value = {
    ...pair(...median(lengths), lengths.length),
    parts: partsOf(lengths, censored),
    ...(lengths.length > 0 && censored * 2 >= lengths.length ? { atLeast: true as const } : {}),
  }
  return { items, aside: others, flags: [...flags], value }

  function answer(from: Moment, to: Line, onset?: SessionItem): null {
    const { ms, flag, crosses } = observedBetween(spans, from.line, to)
    if (flag) flags.add(flag)
    if (ms < limit && (crosses || !onset)) {
      others.push(aside(from.item, crosses ? 'outside_clock' : 'unpaired'))
      if (onset) others.push(aside(onset, 'unpaired'))
    } else add(from, ms, onset)
    return null
  }

  function add({ item, clock }: Moment, ms: number, onset?: SessionItem): void {
    const estimated = item.estimated ?? onset?.estimated
    const isCensored = ms > limit || !onset
    items.push({
      ...item,
      n: items.length + 1,
      clock,
      ms: Math.min(ms, limit),
      ...(isCensored ? { censored: true as const } : {}),
      ...(estimated ? { estimated } : {}),
      ...(onset ? { endedBy: onset.id } : {}),
    })
  }
}

/** Median or mean of the times from the end of a response to the start of the next: one less than responses. */
export function irt(input: SystemInput<'irt'>): Counted {
  const { measure, spans } = input
  const { moments, others } = countable(input)
  const items: SessionItem[] = []
  const flags = new Set<Flag>()
  /** Where the last response ended; null before the first, and where nobody said so. */
  let ended: Line | null = null
  let isOn = false
  for (const { line, item, clock, inside } of moments)
    if (item.code === 'on') {
      const since = ended && observedBetween(spans, ended, line)
      if (since?.flag) flags.add(since.flag)
      items.push({
        ...item,
        n: items.length + 1,
        clock,
        ...(since && !since.crosses ? { ms: since.ms } : {}),
      })
      isOn = !measure.instant
      ended = isOn ? null : line
    } else if (isOn) {
      const last = items.pop()
      if (last) items.push({ ...last, endedBy: item.id, ...(item.estimated ? { estimated: true } : {}) })
      isOn = false
      ended = inside === null ? null : line
    } else others.push(aside(item, 'unpaired'))

  const lengths = items.flatMap(({ ms }) => ms ?? [])
  const of: [number, number] = measure.value === 'mean' ? [sumOf(lengths), lengths.length] : median(lengths)
  const value: Value = { ...pair(...of, lengths.length), parts: partsOf(lengths, 0) }
  return { items, aside: others, flags: [...flags], value }
}

/** Moments that may count, and the others with the reason. */
function countable(input: Lines & { measure: Measure }): { moments: Moment[]; others: Aside[] } {
  const rapid = rapidTaps(input)
  const others: Aside[] = []
  const moments = momentsOf(input).filter(({ item, isAfterEnd, inside }) => {
    const isOpening = item.code === 'cue' || (item.code === 'on' && input.measure.system === 'irt')
    const why = rapid.has(item.id)
      ? 'double_tap'
      : isAfterEnd
        ? 'after_end'
        : isOpening && inside === null
          ? 'outside_clock'
          : null
    if (why) others.push(aside(item, why))
    return why === null
  })
  return { moments, others }
}

function partsOf(lengths: readonly number[], censored: number): { [name: string]: number } {
  const parts = { n: lengths.length, censored }
  return lengths.length > 0 ? { ...parts, min_ms: Math.min(...lengths), max_ms: Math.max(...lengths) } : parts
}
