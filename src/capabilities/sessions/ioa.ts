/**
 * Interobserver agreement of two sessions: how far two people who watched the same independently recorded the same
 * (domain D.8). Here is what belongs together and which formula fits; the formulas are in ioa/.
 * Compared only after both have closed; nothing here changes what either recorded.
 */
import { exactCountPerInterval, meanCountPerInterval, totalCount } from './ioa/counts.ts'
import { meanDurationPerOccurrence, pairEpisodes, totalDuration } from './ioa/durations.ts'
import { intervalByInterval, intervalFormulaFor, scoredInterval, unscoredInterval } from './ioa/intervals.ts'
import { itemByItem } from './ioa/items.ts'
import { NOTHING_SEEN, shownPercent, type Score } from './ioa/score.ts'
import { pairNearest } from './nearest.ts'
import type { Episode } from './sampling.ts'
import type { SessionItem, SessionState } from './state.ts'
import { isScored } from './summary.ts'

/** Length of an interval for the count-per-interval formulas when none is given, ms. */
export const INTERVAL_MS = 60_000

const COUNT_FORMULAS = {
  total_count: totalCount,
  mean_count_per_interval: meanCountPerInterval,
  exact_count_per_interval: exactCountPerInterval,
}
type CountFormula = keyof typeof COUNT_FORMULAS

const INTERVAL_FORMULAS = {
  interval_by_interval: intervalByInterval,
  /** Of what is rare, and of what is frequent: agreement by chance is then high (domain C8). */
  scored_interval: scoredInterval,
  unscored_interval: unscoredInterval,
}
type IntervalFormula = keyof typeof INTERVAL_FORMULAS

/** How far apart two records of one occurrence may be, ms. */
const SAME_OCCURRENCE_MS = 10_000

export type Formula =
  /** Same result and same prompt level. */
  | 'trial_by_trial'
  /** Same result, whatever the prompt level. */
  | 'trial_by_trial_result'
  | 'step_by_step'
  /** Items of a list, of work or of a scale. */
  | 'item_by_item'
  /** Levels of a scale, one apart still agreeing. */
  | 'within_one'
  | 'word_by_word'
  | CountFormula
  | IntervalFormula
  /** Milliseconds of all episodes, the shorter ÷ the longer. */
  | 'total_duration'
  | 'mean_duration_per_occurrence'
  | 'mean_latency_per_occurrence'
  | 'mean_irt_per_occurrence'

export interface AlignedItem {
  /** Trial, step or interval, 1-based. */
  readonly n: number
  /** What each recorded: a code, or a count; null = nothing. */
  readonly primary: string | null
  readonly second: string | null
  readonly agrees: boolean
}

export interface Agreement {
  readonly formula: Formula
  /** Agreed items ÷ items; for total count the smaller ÷ the larger; a mean of fractions as one fraction. */
  readonly agreed: number
  readonly total: number
  /** Null when there are too few items to show one. */
  readonly percent: { readonly numerator: number; readonly denominator: number } | null
  /** Both saw nothing: agreement on non-occurrence, never averaged with agreement on occurrence. */
  readonly nonOccurrence: boolean
  readonly items: readonly AlignedItem[]
}

export interface IoaOptions {
  readonly formula?: Formula
  readonly intervalMs?: number
  /**
   * How much later the second observer's clock began, ms (negative: earlier). Without it the wall clocks of the two
   * starts decide; if by those the sessions did not even overlap, one clock is wrong and both count as begun together.
   */
  readonly startGapMs?: number
}

/**
 * The formulas that fit a session's measurement; the first is used when none is asked for. What student and adult mark
 * about the same is a match and no agreement of observers (C20).
 */
export function formulasOf({ measure }: Pick<SessionState, 'measure'>): readonly Formula[] {
  switch (measure.system) {
    case 'trials':
    case 'opportunities':
      return ['trial_by_trial', 'trial_by_trial_result']
    case 'steps':
      return ['step_by_step']
    case 'count':
      return ['exact_count_per_interval', 'mean_count_per_interval', 'total_count']
    case 'duration':
      return ['mean_duration_per_occurrence', 'total_duration']
    case 'latency':
      return ['mean_latency_per_occurrence']
    case 'irt':
      return ['mean_irt_per_occurrence']
    case 'interval':
      return ['interval_by_interval', 'scored_interval', 'unscored_interval']
    case 'rubric':
    case 'intensity':
      return ['item_by_item', 'within_one']
    case 'product':
    case 'probe':
    case 'checklist':
      return ['item_by_item']
    case 'cbm':
      return ['word_by_word']
    default:
      return []
  }
}

/** The formula for two sessions when none is asked for: of intervals by how much was scored, else the first. */
function defaultFormula(primary: SessionState, second: SessionState): Formula | undefined {
  if (primary.measure.system !== 'interval') return formulasOf(primary)[0]
  const observed = [...primary.items, ...second.items]
  return intervalFormulaFor(observed.filter((item) => item.code === '1').length, observed.length)
}

/**
 * Agreement of two sessions. Null when they cannot be compared: not of one program version, one still open or not
 * run, one person in both roles, a formula of another measurement, totals that were counted elsewhere or about, or
 * counts with no time that both watched.
 */
export function ioaOfSessions(
  primary: SessionState,
  second: SessionState,
  options: IoaOptions = {},
): Agreement | null {
  const both = [primary, second]
  const comparable =
    primary.program === second.program &&
    primary.version === second.version &&
    primary.by !== second.by &&
    both.every((state) => state.status === 'complete' || state.status === 'partial') &&
    !both.some((state) => state.items.some((item) => item.count !== undefined))
  const formula = options.formula ?? defaultFormula(primary, second)
  if (!comparable || !formula || !formulasOf(primary).includes(formula)) return null

  switch (formula) {
    case 'trial_by_trial':
    case 'step_by_step':
      return byTrial(formula, primary, second, (x, y) => sameResult(x, y) && x.level === y.level)
    case 'trial_by_trial_result':
      return byTrial(formula, primary, second, sameResult)
    case 'item_by_item':
    case 'within_one':
      return byItem(formula, primary, second, options)
    case 'word_by_word':
      return byNumber(formula, wordsOf(primary), wordsOf(second), sameResult)
    case 'interval_by_interval':
    case 'scored_interval':
    case 'unscored_interval':
      return byInterval(formula, primary, second, options)
    case 'total_duration':
    case 'mean_duration_per_occurrence':
    case 'mean_latency_per_occurrence':
    case 'mean_irt_per_occurrence':
      return byEpisode(formula, primary, second, options)
    case 'total_count':
    case 'mean_count_per_interval':
    case 'exact_count_per_interval': {
      const counts = countsPerInterval(primary, second, options)
      return counts && ofCounts(formula, ...counts)
    }
  }
}

/** Items of a list by their number; occurrences, which have none of their own, by when they were. */
function byItem(
  formula: 'item_by_item' | 'within_one',
  primary: SessionState,
  second: SessionState,
  options: IoaOptions,
): Agreement {
  const isNear = (x: SessionItem, y: SessionItem) =>
    formula === 'within_one' ? Math.abs(Number(x.code) - Number(y.code)) <= 1 : x.code === y.code
  if (primary.measure.system !== 'intensity') return byNumber(formula, primary.items, second.items, isNear)
  if (primary.items.length + second.items.length === 0) return agreementOf(formula, NOTHING_SEEN, [])
  const gap = gapOf(primary, second, options)
  const onClock = ({ items }: SessionState, shift: number) =>
    items.map((item) => ({ item, clock: (item.clock ?? 0) + shift }))
  return byTime(formula, onClock(primary, 0), onClock(second, gap), isNear)
}

/**
 * Trials and steps by their number, because who observes numbers as the session that they watch does. Two who did not
 * know of each other each began at 1: what the owner made a second observation is compared by time, over the time in
 * which both recorded. Steps are named by the plan and keep their numbers.
 */
function byTrial(
  formula: Formula,
  primary: SessionState,
  second: SessionState,
  same: (a: SessionItem, b: SessionItem) => boolean,
): Agreement {
  if (!second.chosen || primary.measure.system === 'steps')
    return byNumber(formula, primary.items, second.items, same)
  const from = Math.max(...[primary, second].map(({ started }) => Date.parse(started)))
  const to = Math.min(...[primary, second].map(({ started, ended }) => Date.parse(ended ?? started)))
  const inBoth = ({ items }: SessionState) =>
    items
      .map((item) => ({ item, clock: Date.parse(item.at) }))
      .filter(({ clock }) => clock >= from && clock <= to)
  return byTime(formula, inBoth(primary), inBoth(second), same)
}

/** Items that have an instant each: the nearest belong together, what only one of them has is a disagreement. */
function byTime(
  formula: Formula,
  a: readonly TimedItem[],
  b: readonly TimedItem[],
  same: (a: SessionItem, b: SessionItem) => boolean,
): Agreement {
  const pairs = pairNearest(a, b, (one) => one.clock, SAME_OCCURRENCE_MS)
  const places = [
    ...a.map((x) => ({ x, y: pairs.find(([one]) => one === x)?.[1] })),
    ...b.filter((y) => !pairs.some(([, other]) => other === y)).map((y) => ({ x: undefined, y })),
  ].sort((one, other) => (one.x ?? one.y).clock - (other.x ?? other.y).clock)
  const numbered = (side: 'x' | 'y') =>
    places.flatMap((place, index) => {
      const one = place[side]
      return one ? [{ ...one.item, n: index + 1 }] : []
    })
  return byNumber(formula, numbered('x'), numbered('y'), same)
}

interface TimedItem {
  readonly item: SessionItem
  /** ms, on one clock for both. */
  readonly clock: number
}

/** Each word up to the last one as read right or not; a self-correction is right. */
function wordsOf({ items }: SessionState): SessionItem[] {
  const last = items.find((item) => item.code === 'last')
  const wrong = new Set(items.filter(({ code }) => code === 'err' || code === 'skip').map(({ n }) => n))
  return Array.from({ length: last?.n ?? 0 }, (_, index) => {
    const code = wrong.has(index + 1) ? 'err' : '+'
    return { id: '', n: index + 1, code, result: code, level: null, at: '', clock: null }
  })
}

function byInterval(
  formula: IntervalFormula,
  primary: SessionState,
  second: SessionState,
  options: IoaOptions,
): Agreement | null {
  const { measure } = primary
  if (measure.system !== 'interval') return null
  // whoever watches a session numbers as it does; of two begun apart, who came an interval later calls the second the first
  const later =
    second.of === primary.session && !second.chosen
      ? 0
      : Math.round(gapOf(primary, second, options) / (measure.interval_s * 1000))
  const codes = (items: readonly SessionItem[], shift: number) =>
    new Map(items.map(({ n, code }) => [n + shift, code]))
  const [a, b] = [codes(primary.items, 0), codes(second.items, later)]
  const numbers = [...a.keys()].filter((n) => b.has(n)).sort((x, y) => x - y)
  const scored = (of: ReadonlyMap<number, string>) => numbers.map((n) => of.get(n) === '1')
  // where neither, or both, scored everything, the narrower formulas have no interval to speak of
  const score = INTERVAL_FORMULAS[formula](scored(a), scored(b)) ?? intervalByInterval(scored(a), scored(b))
  const items = numbers.map((n): AlignedItem => {
    const [x, y] = [a.get(n) ?? null, b.get(n) ?? null]
    return { n, primary: x, second: y, agrees: x === y }
  })
  return agreementOf(formula, score, items)
}

/** Stretches of time on one clock, paired by overlap: episodes, latencies, times between responses. */
function byEpisode(
  formula: Formula,
  primary: SessionState,
  second: SessionState,
  options: IoaOptions,
): Agreement {
  const gap = gapOf(primary, second, options)
  const [a, b] = [episodesOf(primary, 0), episodesOf(second, gap)]
  const lengths = (episodes: readonly Episode[]) => episodes.map(({ onset, offset }) => offset - onset)
  const score =
    formula === 'total_duration' ? totalDuration(lengths(a), lengths(b)) : meanDurationPerOccurrence(a, b)
  const pairs = pairEpisodes(a, b)
  const places: (readonly [Episode | null, Episode | null])[] = [
    ...pairs,
    ...a.filter((x) => !pairs.some(([one]) => one === x)).map((x) => [x, null] as const),
    ...b.filter((y) => !pairs.some(([, other]) => other === y)).map((y) => [null, y] as const),
  ]
  const items = places
    .toSorted(([x, y], [v, w]) => ((x ?? y)?.onset ?? 0) - ((v ?? w)?.onset ?? 0))
    .map(([x, y], index): AlignedItem => {
      const [one, other] = [x && x.offset - x.onset, y && y.offset - y.onset]
      return {
        n: index + 1,
        primary: one === null ? null : String(one),
        second: other === null ? null : String(other),
        agrees: one === other,
      }
    })
  return agreementOf(formula, score, items)
}

/** A time between responses lies before the response, an episode and a latency after its start. */
function episodesOf({ measure, items }: SessionState, shift: number): Episode[] {
  const before = measure.system === 'irt'
  return items.flatMap(({ clock, ms }) => {
    if (clock === null || ms === undefined) return []
    const at = clock + shift
    return [before ? { onset: at - ms, offset: at } : { onset: at, offset: at + ms }]
  })
}

/** A count formula over paired intervals: `a[i]` and `b[i]` are the two observers' counts in interval i, at least one. */
export function ofCounts(formula: CountFormula, a: readonly number[], b: readonly number[]): Agreement {
  const items = a.map((count, index) => aligned(index + 1, count, b[index] ?? 0))
  return agreementOf(formula, COUNT_FORMULAS[formula](a, b), items)
}

/** Agreed items ÷ items, paired by number. */
function byNumber(
  formula: Formula,
  primary: readonly SessionItem[],
  second: readonly SessionItem[],
  same: (a: SessionItem, b: SessionItem) => boolean,
): Agreement {
  const numbers = [...new Set([...primary, ...second].filter(isScored).map((item) => item.n))].sort(
    (a, b) => a - b,
  )
  const numbered = (items: readonly SessionItem[]) =>
    numbers.map((n) => items.find((item) => item.n === n) ?? null)
  const [a, b] = [numbered(primary), numbered(second)]
  const items = numbers.map((n, i): AlignedItem => {
    const [x, y] = [a[i] ?? null, b[i] ?? null]
    return { n, primary: x?.code ?? null, second: y?.code ?? null, agrees: !!x && !!y && same(x, y) }
  })
  return agreementOf(formula, itemByItem(a, b, same), items)
}

function sameResult(a: SessionItem, b: SessionItem): boolean {
  return a.result === b.result
}

/** Each observer's counts in the intervals of the time that both watched; null when there was none. */
function countsPerInterval(
  primary: SessionState,
  second: SessionState,
  options: IoaOptions,
): [number[], number[]] | null {
  const { intervalMs = INTERVAL_MS } = options
  const gap = gapOf(primary, second, options)
  const from = Math.max(0, gap)
  const to = Math.min(primary.observedMs, second.observedMs + gap)
  if (to <= from) return null
  // The rest that fills no interval joins the last one, or is one of its own from half an interval on.
  const bins = Math.max(1, Math.round((to - from) / intervalMs))
  return [countIn(primary.items, 0), countIn(second.items, gap)]

  function countIn(items: readonly SessionItem[], shift: number): number[] {
    const counts = Array.from({ length: bins }, () => 0)
    for (const item of items) {
      const at = (item.clock ?? 0) + shift
      if (at < from || at > to) continue
      const bin = Math.min(bins - 1, Math.floor((at - from) / intervalMs))
      counts[bin] = (counts[bin] ?? 0) + 1
    }
    return counts
  }
}

/** How much later the second observer's clock began, ms. */
function gapOf(primary: SessionState, second: SessionState, { startGapMs }: IoaOptions): number {
  const byWall = Date.parse(second.started) - Date.parse(primary.started)
  const overlaps = byWall < primary.observedMs && byWall > -second.observedMs
  return startGapMs ?? (overlaps ? byWall : 0)
}

function aligned(n: number, a: number, b: number): AlignedItem {
  return { n, primary: String(a), second: String(b), agrees: a === b }
}

/** Without anything to compare: none of none, and no percentage. */
function agreementOf(formula: Formula, score: Score | null, items: readonly AlignedItem[]): Agreement {
  const { agreed, total, nonOccurrence } = score ?? { agreed: 0, total: 0, nonOccurrence: false }
  return { formula, agreed, total, percent: score && shownPercent(score), nonOccurrence, items }
}
