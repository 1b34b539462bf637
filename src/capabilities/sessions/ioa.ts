/**
 * Interobserver agreement: how far two people who watched the same session independently recorded the same.
 * Definitions and edge rules: domain D.8, after Reed, D. D., & Azulay, R. L. (2011). A Microsoft Excel 2010 based
 * tool for calculating interobserver agreement. Behavior Analysis in Practice, 4(2), 45–52.
 * Compared only after both have closed; nothing here changes what either recorded.
 */
import type { SessionItem, SessionState } from './state.ts'
import { isScored } from './summary.ts'

/** Fewer items than this give counts but no percentage. */
export const MIN_ITEMS = 5
/** Length of an interval for the count-per-interval formulas when none is given, ms. */
export const INTERVAL_MS = 60_000
/** Mean count-per-interval adds fractions of many denominators: kept in millionths, so that the pair stays whole. */
const MILLION = 1_000_000

export type Formula =
  /** Same result and same prompt level. */
  | 'trial_by_trial'
  /** Same result, whatever the prompt level. */
  | 'trial_by_trial_result'
  | 'step_by_step'
  | 'total_count'
  | 'mean_count_per_interval'
  | 'exact_count_per_interval'

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
  /** Agreed items ÷ items; for total count the smaller ÷ the larger; for mean count-per-interval in millionths. */
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

/** The formulas that fit a session's measurement; the first is used when none is asked for. */
export function formulasOf(state: Pick<SessionState, 'measure'>): readonly Formula[] {
  switch (state.measure.system) {
    case 'trials':
      return ['trial_by_trial', 'trial_by_trial_result']
    case 'steps':
      return ['step_by_step']
    case 'count':
      return ['exact_count_per_interval', 'mean_count_per_interval', 'total_count']
    case 'imported':
      return []
  }
}

/**
 * Agreement of two sessions. Null when they cannot be compared: not of one program version, one still open or not
 * run, one person in both roles, a formula of another measurement, or counts with no time that both watched.
 */
export function ioaOfSessions(
  primary: SessionState,
  second: SessionState,
  options: IoaOptions = {},
): Agreement | null {
  const comparable =
    primary.program === second.program &&
    primary.version === second.version &&
    primary.by !== second.by &&
    [primary, second].every((state) => state.status === 'complete' || state.status === 'partial')
  const formulas = formulasOf(primary)
  const formula = options.formula ?? formulas[0]
  if (!comparable || !formula || !formulas.includes(formula)) return null

  switch (formula) {
    case 'trial_by_trial':
    case 'step_by_step':
      return itemByItem(
        formula,
        primary.items,
        second.items,
        (a, b) => sameResult(a, b) && a.level === b.level,
      )
    case 'trial_by_trial_result':
      return itemByItem(formula, primary.items, second.items, sameResult)
    case 'total_count':
    case 'mean_count_per_interval':
    case 'exact_count_per_interval': {
      const counts = countsPerInterval(primary, second, options)
      return counts && ofCounts(formula, ...counts)
    }
  }
}

/** A count formula over paired intervals: `a[i]` and `b[i]` are the two observers' counts in interval i. */
export function ofCounts(
  formula: 'total_count' | 'mean_count_per_interval' | 'exact_count_per_interval',
  a: readonly number[],
  b: readonly number[],
): Agreement {
  const items = a.map((count, index) => aligned(index + 1, count, b[index] ?? 0))
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  const [smaller = 0, larger = 0] = [sum(a), sum(b)].sort((x, y) => x - y)
  const nonOccurrence = larger === 0
  switch (formula) {
    case 'total_count':
      return close({ formula, agreed: smaller, total: larger, nonOccurrence, items }, larger)
    case 'mean_count_per_interval': {
      const agreed = sum(a.map((count, index) => millionths(count, b[index] ?? 0)))
      return close({ formula, agreed, total: items.length * MILLION, nonOccurrence, items }, items.length)
    }
    case 'exact_count_per_interval': {
      const agreed = items.filter((item) => item.agrees).length
      return close({ formula, agreed, total: items.length, nonOccurrence, items }, items.length)
    }
  }
}

/** Agreed items ÷ items, paired by number. What only one observer scored is a disagreement. */
function itemByItem(
  formula: Formula,
  primary: readonly SessionItem[],
  second: readonly SessionItem[],
  same: (a: SessionItem, b: SessionItem) => boolean,
): Agreement {
  const numbers = new Set([...primary, ...second].filter(isScored).map((item) => item.n))
  const items = [...numbers]
    .sort((a, b) => a - b)
    .map((n) => {
      const a = primary.find((item) => item.n === n)
      const b = second.find((item) => item.n === n)
      return { n, primary: a?.code ?? null, second: b?.code ?? null, agrees: !!a && !!b && same(a, b) }
    })
  const agreed = items.filter((item) => item.agrees).length
  return close({ formula, agreed, total: items.length, nonOccurrence: false, items }, items.length)
}

function sameResult(a: SessionItem, b: SessionItem): boolean {
  return a.result === b.result
}

/** Each observer's counts in the intervals of the time that both watched; null when there was none. */
function countsPerInterval(
  primary: SessionState,
  second: SessionState,
  { intervalMs = INTERVAL_MS, startGapMs }: IoaOptions,
): [number[], number[]] | null {
  const byWall = Date.parse(second.started) - Date.parse(primary.started)
  const overlaps = byWall < primary.observedMs && byWall > -second.observedMs
  const gap = startGapMs ?? (overlaps ? byWall : 0)
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

function aligned(n: number, a: number, b: number): AlignedItem {
  return { n, primary: String(a), second: String(b), agrees: a === b }
}

function millionths(a: number, b: number): number {
  return a === b ? MILLION : Math.round((Math.min(a, b) * MILLION) / Math.max(a, b))
}

/** Adds the percentage where there are enough items for one. Agreement that nothing happened is 100 %. */
function close(agreement: Omit<Agreement, 'percent'>, items: number): Agreement {
  const { agreed, total, nonOccurrence } = agreement
  if (nonOccurrence) return { ...agreement, percent: { numerator: 1, denominator: 1 } }
  return { ...agreement, percent: items < MIN_ITEMS ? null : { numerator: agreed, denominator: total } }
}
