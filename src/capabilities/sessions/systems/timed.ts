/**
 * Finished work and timed probes (domain C11, C12): so many attempted, so many of them wrong, in so much time. Marked
 * item by item, or as totals counted elsewhere, which say all when they are there.
 */
import { observedBetween } from '../clock.ts'
import type { MeasureOf } from '../measures.ts'
import type { SessionItem } from '../state.ts'
import { places } from './places.ts'
import { aside, pair, type Aside, type Counted, type Lines, type SystemInput, type Value } from './system.ts'

interface Totals {
  readonly attempted: number
  readonly errors: number
  readonly ms: number
}

/** C11: correct ÷ items that were worked on, or correct ÷ time of work. */
export function product(input: SystemInput<'product'>): Counted {
  const { items, others } = totalsOrMarks(input)
  const tally = items.find(isTally)
  const totals: Totals = tally
    ? { attempted: tally.count ?? 0, errors: tally.errors ?? 0, ms: tally.ms ?? input.observedMs }
    : { attempted: items.length, errors: items.filter(isError).length, ms: input.observedMs }
  const { attempted } = totals
  const correct = correctOf(totals)
  const value =
    input.measure.value === 'rate' ? pair(correct, totals.ms, attempted) : pair(correct, attempted)
  return { items, aside: others, value: { ...value, parts: { ...totals } } }
}

/**
 * C12: (attempted − errors) ÷ time, which prorates a probe that was finished early, or correct ÷ 1. The time is never
 * longer than the probe, however late it was stopped. Without the last word, or totals, nobody knows what was attempted.
 */
export function cbm(input: SystemInput<'cbm'>): Counted {
  const { measure } = input
  const { items, others } = totalsOrMarks(input)
  const tally = items.find(isTally)
  const limit = measure.seconds * 1000
  const ms = Math.min(limit, tally?.ms ?? timed(input, items) ?? limit)
  const last = items.find(({ code }) => code === 'last')?.n
  const beyond = (item: SessionItem) => item.n > (last ?? Infinity)
  const counted = items.filter((item) => !beyond(item))
  const totals = tally
    ? { attempted: tally.count ?? 0, errors: tally.errors ?? 0, ms }
    : marked(measure, counted, last, ms)
  return {
    items: counted,
    aside: [...others, ...items.filter(beyond).map((item) => aside(item, 'after_end'))],
    value: totals ? scoreOf(measure, totals) : pair(0, 0),
  }
}

function scoreOf({ rules, value }: MeasureOf<'cbm'>, totals: Totals & { readonly stopped?: boolean }): Value {
  const { attempted, errors, ms, stopped } = totals
  const correct = stopped ? 0 : correctOf(totals)
  const isHalved = rules.wrong_choices === 'half_off'
  // in halves, so that it stays a pair of whole numbers; a score is never below 0
  const score = isHalved ? Math.max(0, 2 * correct - errors) : correct
  const by = (value === 'per_minute' ? ms : 1) * (isHalved ? 2 : 1)
  return { ...pair(score, by, ms), parts: { attempted, errors, ms } }
}

/** What was attempted and missed, from marks up to the last word; null while nobody said which that was. */
function marked(
  { kind, rules }: MeasureOf<'cbm'>,
  items: readonly SessionItem[],
  last: number | undefined,
  ms: number,
): (Totals & { stopped: boolean }) | null {
  const at = (code: string) => items.filter((item) => item.code === code).map((item) => item.n)
  const [wrong, skipped] = [at('err'), at('skip')]
  const missed = new Set([...wrong, ...skipped])
  const stopAfter = rules.discontinue ?? Infinity
  let inARow = 0
  while (missed.has(inARow + 1)) inARow += 1
  const stopped = inARow >= stopAfter
  const attempted = last ?? (stopped ? inARow : null)
  if (attempted === null) return null
  // Reading: by the word, or a skipped line as one error with the rest of it not attempted. Elsewhere it was left out.
  const each = kind === 'reading' && rules.skipped_line !== 'one_error'
  const lines = kind === 'reading' ? skipped.filter((n) => !skipped.includes(n - 1)).length : 0
  const errors = wrong.length + (each ? skipped.length : lines)
  return { attempted: each ? attempted : attempted - skipped.length + lines, errors, ms, stopped }
}

/** Milliseconds from the beginning of the probe to its stop or the end of the session; null where nobody timed it. */
function timed({ candidates, spans, end }: Lines, items: readonly SessionItem[]): number | null {
  const lineOf = (code: string) => {
    const id = items.find((item) => item.code === code)?.id
    return candidates.find(({ line }) => line.record.id === id)?.line
  }
  const begin = lineOf('begin')
  const stop = lineOf('stop') ?? (begin && end)
  const from = begin ?? spans[0]?.from
  return from && stop ? observedBetween(spans, from, stop).ms : null
}

/** One of each: a code at an item, a kind of instant, the totals. With totals the rest is what they were counted from. */
function totalsOrMarks({ candidates }: Lines): { items: SessionItem[]; others: Aside[] } {
  const { items, aside: others } = places(candidates, (item) =>
    item.count !== undefined ? 'totals' : MOMENTS.includes(item.code) ? item.code : item.n,
  )
  const isMark = (item: SessionItem) => !isTally(item) && item.code !== 'begin' && item.code !== 'stop'
  if (!items.some(isTally)) return { items, others }
  return {
    items: items.filter((item) => !isMark(item)),
    others: [...others, ...items.filter(isMark).map((item) => aside(item, 'coded_twice'))],
  }
}

const MOMENTS = ['begin', 'stop', 'last']
const isTally = (item: SessionItem): boolean => item.count !== undefined
const isError = (item: SessionItem): boolean => item.code === '-'

function correctOf({ attempted, errors }: Totals): number {
  return Math.max(0, attempted - errors)
}
