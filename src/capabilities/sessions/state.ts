/**
 * What a session comes to: the state of the view `sessions.session`, folded from the session's records alone.
 * It is canonical JSON: fractions are pairs of integers, nothing depends on "now".
 */
import type { Measure } from './records.ts'

/**
 * valid, below_min (drawn hollow, kept out of decisions), no_opportunity and not_run as in domain C.0 and C.3;
 * partial = the session is still open, so the value is what has been recorded so far.
 */
export type Validity =
  | 'valid'
  | 'below_min'
  | 'partial'
  | 'no_opportunity'
  | 'not_run'
  /** A part of it is somebody's estimate: drawn hollow, kept out of decisions. */
  | 'estimated'

/** What the pair of a summary means. */
export type Metric =
  /** Independent ÷ scored trials (C1), ÷ opportunities (C9); independent ÷ presented steps (C2). */
  | 'pct_independent'
  | 'pct_opportunities'
  | 'pct_steps_independent'
  /** Occurrences ÷ 1; occurrences ÷ observed milliseconds (C3, C4). */
  | 'count'
  | 'rate'
  /** Milliseconds of all episodes ÷ 1; ÷ episodes; ÷ observed milliseconds (C5). */
  | 'duration_total'
  | 'duration_mean'
  | 'pct_duration'
  /** Milliseconds: the median as (a + b) ÷ 2 or a ÷ 1, the mean as sum ÷ n (C6, C7). */
  | 'latency_median'
  | 'irt_median'
  | 'irt_mean'
  /** Scored ÷ observed intervals (C8). */
  | 'pct_intervals'
  /** Sum of the levels ÷ 1; the median level (C10). */
  | 'rubric_total'
  | 'rubric_median'
  /** Correct ÷ items; correct ÷ milliseconds of work (C11). */
  | 'pct_correct'
  | 'correct_rate'
  /** Correct ÷ milliseconds of the probe; correct ÷ 1, in halves for a maze (C12). */
  | 'cbm_rate'
  | 'cbm_score'
  /** 1 or 0 ÷ 1 (C13). */
  | 'probe'
  /** Highest level ÷ 1 (C16). */
  | 'intensity_max'
  /** Yes ÷ (yes + no) (C17). */
  | 'pct_yes'
  /** The student's yes ÷ answered; agreements ÷ intervals both answered (C20). */
  | 'pct_self_yes'
  | 'pct_self_match'

/** numerator ÷ denominator; what the pair means is said by `metric`. */
export type Summary = {
  readonly metric: Metric
  /** Null with a null denominator: nothing was observed. Missing is never zero (G10). */
  readonly numerator: number | null
  readonly denominator: number | null
  /**
   * Opportunities: scored trials, presented steps, answered intervals or items, latencies, or observed milliseconds
   * (counts, durations, intensity, timed probes).
   */
  readonly opportunities: number
  readonly validity: Validity
  /** The value is this much or more: half of the latencies, or more than that, ended at the limit. */
  readonly atLeast?: true
  /**
   * Whole numbers shown beside the value, by name; only systems later than C4 have them. duration: episodes, total_ms,
   * longest_ms; latency and irt: n, censored, min_ms, max_ms; interval: scored, missed, planned; product and cbm:
   * attempted, errors, ms; rubric: rated, items; intensity: level_1 … level_5, median_2 (twice the median); self: yes,
   * answered, match, both; opportunities and trials with a target: at_target.
   */
  readonly parts?: { readonly [name: string]: number }
}

export type SessionItem = {
  readonly id: string
  /** Trial number, step number, or running number of an occurrence (0 while it is set aside). */
  readonly n: number
  /** `+`, `+G` (correct at that prompt), `-`, `-G` (incorrect after it), `NR`, `R`, `X`, `A`, `N/A`, or `1` for an occurrence. */
  readonly code: string
  /** The code without its prompt level, and that level. */
  readonly result: string
  readonly level: string | null
  /** Instant, ISO. */
  readonly at: string
  /** Occurrences: milliseconds on the observation clock (pauses removed). Null elsewhere. */
  readonly clock: number | null
  /**
   * Length of an episode or a latency, ms; absent while it runs. Of a response the time since the one before, absent for
   * the first and where nobody watched all of it. Of totals the time they took.
   */
  readonly ms?: number
  /** Its end was somebody's estimate. */
  readonly estimated?: true
  /** No onset within the limit: `ms` is the limit. */
  readonly censored?: true
  /** How many it stands for, when it was counted elsewhere. */
  readonly count?: number
  /** Of totals: how many of them were wrong. */
  readonly errors?: number
  /** That count was "about". */
  readonly approximate?: true
  /** Self-monitoring: whose mark. */
  readonly who?: 'student' | 'adult'
  /** The record that ended an episode, for whoever corrects it. */
  readonly endedBy?: string
}

/** Why a record that stands is not among the items. Each is also a flag of the session. */
export type AsideReason =
  /** Another record of the same trial or step was made later, and that one stands. */
  | 'coded_twice'
  /** Two corrections of one record: the later one counts until somebody decides, this one is shown. */
  | 'conflict'
  /** Made on another device than the one that started the session: another observer, never added. */
  | 'two_devices'
  /** A tap within 200 ms of the one before it. */
  | 'double_tap'
  /** An occurrence while the observation clock stood still. */
  | 'outside_clock'
  /** An occurrence after the session had ended (trials and steps after the end stay items, with the flag). */
  | 'after_end'
  /** An answer later than the tolerance after its cue: the interval was not observed. */
  | 'too_late'
  /** A start while the same behavior already runs, where the definition knows no second start. */
  | 'overlap'
  /** An end without a start, an onset without a cue. */
  | 'unpaired'
  /** Something this measure cannot hold: a step in a count, a step that the task analysis lacks. */
  | 'not_of_measure'

export type Flag =
  | AsideReason
  /** A span of the observation clock is longer by the wall than by the device's own counter: ask. */
  | 'suspended_or_clock_changed'
  /** The wall clock was set back within a span; the device's own counter was used. */
  | 'clock_changed'
  /** Ended as partial. */
  | 'interrupted'
  | 'reopened'
  /** Two ends without a resume between them; the later one stands. */
  | 'ended_twice'
  /** The device that started it never ended it; another device did. */
  | 'closed_elsewhere'
  | 'started_twice'
  /** Recorded on one device by more than one person. */
  | 'two_people'
  /** A prompt level that the program's scheme does not have. */
  | 'unknown_level'
  | 'not_run_with_data'
  /** Contains an estimated end, or an approximate count. */
  | 'estimated'
  | 'approximate'
  /** More intervals were missed than the measurement allows: the session is partial. */
  | 'many_missed'
  /** An episode still ran when the session ended; it ends there. */
  | 'closed_at_end'
  /** Keyed in from a sheet of paper. */
  | 'from_paper'
  /** The device's clock was wrong, and somebody put the times right. */
  | 'times_moved'
  /** A record whose body cannot be read. */
  | 'unreadable'

export type SessionState = {
  readonly session: string
  readonly program: string
  /** Id of the program version it was started under. */
  readonly version: string
  readonly student: string
  readonly observer: 'primary' | 'ioa'
  /** The session a second observer watched. */
  readonly of: string | null
  /** Who ran it: the person on whose behalf it was entered, else the author. */
  readonly by: string
  readonly device: string
  readonly measure: Exact<Measure>
  readonly condition: string
  readonly setting: string
  /** Of the program's materials, where somebody said which. */
  readonly material?: string
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
  /** The device's own counter at `runningSince`; null when it cannot be compared. */
  readonly runningMono: { readonly boot: string; readonly ms: number } | null
  /** What counts, by trial, step or time. */
  readonly items: readonly SessionItem[]
  /** What stands but does not count, and why: shown, never added. */
  readonly aside: readonly (SessionItem & { readonly why: AsideReason })[]
  /** How many items have each code (trials and steps). */
  readonly levels: { readonly [code: string]: number }
  readonly summary: Summary
  /** Sorted. */
  readonly flags: readonly Flag[]
  /** The owner made it the second observation of `of`, which it was not recorded as. Absent: nobody did. */
  readonly chosen?: {
    /** The record that says so. */
    readonly id: string
    readonly by: string
    readonly at: string
    readonly reason?: string
  }
  /**
   * Who stood for the times after the device's clock was found to be wrong; all instants above but `runningSince` are
   * moved by `shiftMs` already (0: they were right). Absent: nobody was asked, or has answered yet.
   */
  readonly times?: { readonly shiftMs: number; readonly by: string }
}

/** The same shape where an optional field is absent and never `undefined`, as JSON has it. */
export type Exact<T> = T extends object ? { [K in keyof T]: Exact<Exclude<T[K], undefined>> } : T
