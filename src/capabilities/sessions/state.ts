/**
 * What a session comes to: the state of the view `sessions.session`, folded from the session's records alone.
 * It is canonical JSON: fractions are pairs of integers, nothing depends on "now".
 */
import type { Measure } from './records.ts'

export type Validity = 'valid' | 'below_min' | 'partial' | 'no_opportunity' | 'not_run'

/** numerator ÷ denominator; what the pair means is said by `metric`. */
export type Summary = {
  /**
   * pct_independent: independent ÷ scored trials; pct_steps_independent: independent ÷ presented steps;
   * count: occurrences ÷ 1; rate: occurrences ÷ observed milliseconds.
   */
  readonly metric: 'pct_independent' | 'pct_steps_independent' | 'count' | 'rate'
  /** Null with a null denominator: nothing was observed. Missing is never zero (G10). */
  readonly numerator: number | null
  readonly denominator: number | null
  /** Opportunities: scored trials, presented steps, or observed milliseconds. */
  readonly opportunities: number
  readonly validity: Validity
}

export type SessionItem = {
  readonly id: string
  /** Trial number, step number, or running number of an occurrence. */
  readonly n: number
  /** `+`, `+G` (correct at that prompt), `-`, `NR`, `R`, `X`, `A`, `N/A`, or `1` for an occurrence. */
  readonly code: string
  /** Instant, ISO. */
  readonly at: string
}

export type SessionState = {
  readonly session: string
  readonly program: string
  /** Id of the program version it was started under. */
  readonly version: string
  readonly student: string
  readonly observer: 'primary' | 'ioa'
  /** The session a second observer watched. */
  readonly of: string | null
  readonly by: string
  readonly device: string
  readonly measure: Measure
  readonly condition: string
  readonly setting: string
  readonly tags: readonly string[]
  /** School day of the start, at the school. */
  readonly day: string
  readonly started: string
  readonly ended: string | null
  readonly status: 'open' | 'complete' | 'partial' | 'not_run'
  readonly reason: string | null
  /** Finished spans in which the observation clock ran, ms; while open, `runningSince` is the span that goes on. */
  readonly observedMs: number
  readonly runningSince: string | null
  readonly items: readonly SessionItem[]
  readonly levels: { readonly [code: string]: number }
  readonly summary: Summary
  /** e.g. `suspended_or_clock_changed`, `two_devices`, `conflict`. Sorted. */
  readonly flags: readonly string[]
}
