/**
 * The goal graph as data: what `buildGraph` (rules.ts) takes and makes, and what `chart` (chart.ts) draws. It
 * holds facts and no words of any language, so that screen, table and print say the same, each to its reader.
 *
 * x is a calendar day counted from 1970-01-01 (with a fraction where a day has several points); for imported data
 * it is the session number of the source. y is a value in `axis.y.unit`.
 */
import type { Day } from '../../platform/core/days.ts'
import type { PhaseBody, ProgramBody } from '../sessions/records.ts'
import type { Agreement as SessionAgreement } from '../sessions/rules.ts'
import type { Flag, SessionState, Summary, Validity } from '../sessions/state.ts'
import type { AimBody, ImportedPointBody } from './records.ts'

/** Agreement of a second observer (domain D.8). Without `percent` there is one from five items on. */
export type Agreement = Pick<SessionAgreement, 'agreed' | 'total'> &
  Partial<Pick<SessionAgreement, 'percent' | 'formula'>>

export type GraphVersion = {
  /** Record id: what a session names as its version. */
  readonly id: string
  /** School day it was published. */
  readonly day: Day
  readonly body: ProgramBody
}

export type GraphPhaseRecord = { readonly id: string; readonly author: string; readonly body: PhaseBody }

/** One check of how the program is run: of whom, when, and the steps done right of those scored. */
export type FidelityMark = {
  /** Null: of no one session; it then stands at that adult's sessions of the day. */
  readonly session: string | null
  readonly day: Day
  readonly adult: string
  readonly correct: number
  readonly scored: number
}

export type GraphInput = {
  /** The latest published version. */
  readonly program: ProgramBody
  /** All published versions, in any order. */
  readonly versions: readonly GraphVersion[]
  readonly phases: readonly GraphPhaseRecord[]
  /** In the order they were made: of two that begin on one day, the later is the current one. */
  readonly aims: readonly AimBody[]
  readonly sessions: readonly SessionState[]
  readonly imported: readonly ImportedPointBody[]
  /** Days on which school is held, ascending. Outside their range Monday to Friday are taken as school days. */
  readonly schoolDays: readonly Day[]
  /** Staff: id → the name to show. */
  readonly names: { readonly [id: string]: string }
  /** Id of the primary session → agreement with its second observer. */
  readonly agreement: { readonly [session: string]: Agreement }
  /** Checks of how the program is run (domain D.9), where the viewer may see them. */
  readonly checks?: readonly FidelityMark[]
  /** IANA zone of the school, for the time of day beside a session. */
  readonly tz: string
  /** One point a day: pooled numerator ÷ pooled denominator, never a mean of percentages (domain C.3). */
  readonly daily?: boolean
  /** Days without a session that are known not to have been run: gaps with that reason, never zeros. */
  readonly notRun?: readonly { readonly day: Day; readonly reason: string }[]
  /** The days that the axis shows, whatever the data; without it, as far as they reach. */
  readonly span?: { readonly from: Day; readonly to: Day }
}

export type Unit =
  | {
      readonly kind:
        | 'percent'
        | 'count'
        | 'per_minute'
        | 'per_hour'
        | 'seconds'
        | 'minutes'
        /** Levels of a scale, or the score of a probe. */
        | 'points'
        /** 1 = yes, 0 = no: two rows, not a scale. */
        | 'yes_no'
    }
  /** A published data set's own measure, in its own words. */
  | { readonly kind: 'source'; readonly text: string }

export type Metric = Summary['metric'] | 'imported'

/** A fact that stands beside a point, in the table and in the spoken description. */
export type Note =
  /** `n` opportunities of the `min` that the plan asks for; observed milliseconds when `metric` is a count or rate. */
  | { readonly kind: 'below_min'; readonly n: number; readonly min: number; readonly metric: Metric }
  | { readonly kind: 'not_run'; readonly reason: string | null; readonly count: number }
  | {
      readonly kind: 'agreement'
      readonly agreed: number
      readonly total: number
      /** 0–100; null with too few items to show one. */
      readonly percent: number | null
      /** Less than 80 %. */
      readonly low: boolean
      /** agreed and total are items; false for a mean of fractions, which has no pair of its own. */
      readonly whole: boolean
    }
  /** A check of how the program is run, steps right of steps scored; low = less than 80 %. */
  | { readonly kind: 'fidelity'; readonly correct: number; readonly scored: number; readonly low: boolean }
  | { readonly kind: 'pooled'; readonly count: number }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'flag'; readonly flag: Flag }
  | {
      readonly kind:
        | 'partial'
        | 'no_opportunity'
        | 'running'
        /** Recorded under a definition that this phase no longer uses. */
        | 'older_version'
        /** Measured in a way that does not fit this axis: listed, not drawn. */
        | 'other_measure'
        /** Another primary observer recorded at the same time: both are kept, never added. */
        | 'overlap'
        /** Seen by a second observer; the agreement is not known (yet). */
        | 'second_observer'
        /** The source gives no fraction. */
        | 'no_fraction'
        | 'blank'
    }

/** One session (or pooled day, or row of a source), measured or not. */
export type GraphPoint = {
  readonly key: string
  readonly sessionId: string | null
  readonly x: number
  readonly day: Day | null
  /** Start, HH:MM at the school; null for imported data. */
  readonly time: string | null
  /** Session number of the source; null for own sessions. */
  readonly session: number | null
  /** Null = nothing to draw: a gap, never zero. */
  readonly y: number | null
  /** The value in `unit`; differs from y only where it does not fit the axis (note `other_measure`). */
  readonly value: number | null
  /** The value is this much or more: most of what was waited for ended at the limit. */
  readonly atLeast: boolean
  readonly unit: Unit
  readonly metric: Metric
  /** Null when not measured, and for imported data ("fraction not in source"). */
  readonly numerator: number | null
  /** Scored trials, presented steps, 1 for a count, observed milliseconds for a rate. */
  readonly denominator: number | null
  readonly validity: Validity
  /** Counts for levels, decisions and mastery. */
  readonly decides: boolean
  /** Drawn, and not counted for decisions. */
  readonly hollow: boolean
  /** square = a pooled day. */
  readonly shape: 'circle' | 'square'
  /** Names of those who recorded it; an id without a name is left out. */
  readonly by: readonly string[]
  readonly tags: readonly string[]
  /** Index into `phases`. */
  readonly phase: number
  readonly condition: string | null
  readonly notes: readonly Note[]
}

/** Median, count and range of the points that count for decisions; null without any. */
export type Level = {
  readonly median: number
  readonly n: number
  readonly min: number
  readonly max: number
}

export type GraphPhase = {
  /** Null: no label was given; `version` then says which version began here, if one did. */
  readonly label: string | null
  readonly condition: string | null
  readonly from: Day | null
  /** Data are never connected across the start of a major phase. */
  readonly major: boolean
  /** Number of the program version whose changed definition or measurement begins here. */
  readonly version: number | null
  readonly by: string | null
  readonly why: string | null
  /** Record ids behind it. */
  readonly records: readonly string[]
  /** Null without points that count, and for answers of yes and no, which have no middle. */
  readonly level: Level | null
  /** Answers of yes and no only: how many that count said yes. */
  readonly share: { readonly yes: number; readonly of: number } | null
}

/** The vertical line between phases[phase − 1] and phases[phase]; `before` and `after` are the x of the nearest data. */
export type PhaseLine = {
  readonly phase: number
  readonly x: number
  readonly major: boolean
  readonly before: number | null
  readonly after: number | null
}

export type AimLine = {
  readonly current: boolean
  readonly from: Day
  readonly to: Day
  /** Value on the last day of the line, in the unit of the axis. */
  readonly goal: number
  /** The part that the axis shows. */
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  readonly basis: string
}

/** A place where the line is broken for want of data. */
export type Gap =
  | {
      readonly kind: 'not_run' | 'no_opportunity' | 'blank'
      readonly x1: number
      readonly x2: number
      /** The most frequent reason. */
      readonly reason: string | null
      /** Sessions in a row. */
      readonly count: number
      readonly phase: number
    }
  | {
      /** School was closed for more than ten weekdays, or held for more than ten days without data. */
      readonly kind: 'break' | 'no_data'
      readonly x1: number
      readonly x2: number
      readonly reason: null
      /** Weekdays without school, or school days without data. */
      readonly count: number
      readonly phase: number
    }

export type GraphModel = {
  readonly axis: {
    readonly x: { readonly kind: 'day' | 'session'; readonly min: number; readonly max: number }
    readonly y: {
      readonly unit: Unit
      readonly metric: Metric
      readonly min: number
      readonly max: number
      /** What is counted, in the measure's own words; null where the metric says it. */
      readonly text: string | null
    }
  }
  readonly direction: 'increase' | 'decrease'
  /** Ascending by x. Second observers' sessions are not among them. */
  readonly points: readonly GraphPoint[]
  /** Indexes into `points`: runs of two or more that are joined by a line. */
  readonly segments: readonly (readonly number[])[]
  /** At least one. */
  readonly phases: readonly GraphPhase[]
  readonly phaseLines: readonly PhaseLine[]
  /** Empty for a counted goal that is drawn as a rate: its aim is a number that this axis does not have. */
  readonly aims: readonly AimLine[]
  readonly gaps: readonly Gap[]
}
