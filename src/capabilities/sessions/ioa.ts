/**
 * Interobserver agreement of two sessions: how far two people who watched the same independently recorded the same
 * (domain D.8). Here is what belongs together and which formula fits; the formulas are in ioa/.
 * Compared only after both have closed; nothing here changes what either recorded.
 */
import { exactCountPerInterval, meanCountPerInterval, totalCount } from './ioa/counts.ts'
import { itemByItem } from './ioa/items.ts'
import { shownPercent, type Score } from './ioa/score.ts'
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

export type Formula =
  /** Same result and same prompt level. */
  | 'trial_by_trial'
  /** Same result, whatever the prompt level. */
  | 'trial_by_trial_result'
  | 'step_by_step'
  | CountFormula

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

/** The formulas that fit a session's measurement; the first is used when none is asked for. */
export function formulasOf(state: Pick<SessionState, 'measure'>): readonly Formula[] {
  switch (state.measure.system) {
    case 'trials':
      return ['trial_by_trial', 'trial_by_trial_result']
    case 'steps':
      return ['step_by_step']
    case 'count':
      return ['exact_count_per_interval', 'mean_count_per_interval', 'total_count']
    default:
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
      return byNumber(formula, primary.items, second.items, (a, b) => sameResult(a, b) && a.level === b.level)
    case 'trial_by_trial_result':
      return byNumber(formula, primary.items, second.items, sameResult)
    case 'total_count':
    case 'mean_count_per_interval':
    case 'exact_count_per_interval': {
      const counts = countsPerInterval(primary, second, options)
      return counts && ofCounts(formula, ...counts)
    }
  }
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

/** Without anything to compare: none of none, and no percentage. */
function agreementOf(formula: Formula, score: Score | null, items: readonly AlignedItem[]): Agreement {
  const { agreed, total, nonOccurrence } = score ?? { agreed: 0, total: 0, nonOccurrence: false }
  return { formula, agreed, total, percent: score && shownPercent(score), nonOccurrence, items }
}
