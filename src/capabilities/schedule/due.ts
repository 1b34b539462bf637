/** What a day's plan came to: how much of it has data, how much a reason, and what has neither. Pure. */

/** due: neither data nor a reason. open: recording goes on. not_run: there is a reason. */
export type RunIs = 'due' | 'open' | 'recorded' | 'not_run'

export interface Completeness {
  /** Data ÷ planned (domain 5.4): what was not run for a good reason is not data. */
  readonly numerator: number
  readonly denominator: number
  /** Not run, with a reason. */
  readonly reasons: number
  /** Neither, or still running: what stands between here and going home. */
  readonly left: number
}

/** Of the runs whose blocks are over. */
export function completenessOf(runs: readonly RunIs[]): Completeness {
  const count = (...which: RunIs[]) => runs.filter((is) => which.includes(is)).length
  return {
    numerator: count('recorded'),
    denominator: runs.length,
    reasons: count('not_run'),
    left: count('due', 'open'),
  }
}

/** So far from its planned block an entry of a log still belongs to it, ms. */
const NEAR_MS = 30 * 60_000

/** Of the planned runs of one log on a day, whether something was logged in this one: an entry belongs to the nearest. */
export function loggedIn<Span extends { readonly start: string; readonly end: string }>(
  entries: readonly { readonly at: string }[],
  block: Span,
  blocks: readonly Span[],
): boolean {
  return entries.some(({ at }) => nearest(Date.parse(at), blocks) === block)
}

function nearest<Span extends { readonly start: string; readonly end: string }>(
  at: number,
  blocks: readonly Span[],
): Span | null {
  const away = (span: Span) => Math.max(Date.parse(span.start) - at, at - Date.parse(span.end), 0)
  const [first] = blocks.toSorted((a, b) => away(a) - away(b))
  return first && away(first) <= NEAR_MS ? first : null
}
