/**
 * What is said about a program of Cedar Bend, and the words to say it with: programs.ts and measured.ts hold the
 * programs, plans.ts publishes them, history.ts plays them.
 */
import type { Uuid } from '../platform/core/ids.ts'
import type { Day } from '../platform/core/days.ts'
import type { CONDITIONS, Measure, ProgramBody } from '../capabilities/sessions/records.ts'
import type { StaffKey, StudentKey } from './people.ts'
import { nameId } from './seed.ts'

type Prompts = Extract<Measure, { system: 'trials' }>['prompts']

export interface ProgramSpec {
  readonly key: string
  readonly student: StudentKey
  readonly title: string
  readonly direction: 'increase' | 'decrease'
  readonly definition: string
  readonly goal: string
  readonly criterion: string
  /** Published versions; each names the day from which it holds and what it changes. */
  readonly versions: readonly {
    readonly from: Day
    readonly measure: Measure
    readonly definition?: string
    readonly goal?: string
    readonly criterion?: string
  }[]
  readonly phases: readonly PhaseSpec[]
  /** What evaluates the criterion, in the textual form of mastery rules; absent where no rule says it. */
  readonly mastery?: string
  /** What else a version says: examples, passages, what the adult says. */
  readonly more?: Partial<ProgramBody>
  /** An aim line from the baseline phase that begins on a day, to a value (%, count, per minute, seconds). */
  readonly aims: readonly { readonly baseline: Day; readonly to: Day; readonly value: number }[]
  /** When in the day it runs, for how many minutes at most, and where. */
  readonly slot: { readonly at: string; readonly minutes: number; readonly place: string }
  /** 1 = Monday … 5 = Friday. */
  readonly weekdays: readonly number[]
  /** The last day on which it runs; absent = still running. */
  readonly until?: Day
  /** Who runs it and how often (from a day on), of those who may on that day. */
  readonly by: readonly (readonly [who: StaffKey, weight: number, from?: Day])[]
  /** Share of sessions that the case manager watches as second observer. */
  readonly observed: number
  /** How often the second observer sees it otherwise; absent = now and then. */
  readonly disagrees?: number
  /**
   * How the student does, straight between days: the chance of an independent response (of a yes, of a right item), the
   * share of a scale or of the time, occurrences a minute, seconds, words a minute, or how strong: as it is measured.
   */
  readonly curve: readonly (readonly [Day, number])[]
  /** Standard deviation of one session around the curve, in the curve's unit. */
  readonly scatter: number
  /** Chances come when they come: fewer trials than planned on many days. */
  readonly natural?: boolean
  /** The reason that often keeps this program from being run. */
  readonly obstacle?: 'materials_missing' | 'no_opportunity' | 'not_enough_time'
  /** Also run by the substitute on days of coverage. */
  readonly forSubstitutes?: boolean
}

export interface PhaseSpec {
  readonly from: Day
  readonly label: string
  readonly condition: (typeof CONDITIONS)[number]
  readonly major: boolean
  readonly why: string
}

/** The id of a program by its key. */
export const programId = (key: string): Uuid => nameId('program', key)

const LEVELS = {
  G: { code: 'G', label: 'Gesture' },
  V: { code: 'V', label: 'Verbal' },
  M: { code: 'M', label: 'Model' },
  Vi: { code: 'Vi', label: 'Visual' },
}

/** A ladder of prompts in the program's own order. */
export function ladder(
  direction: Prompts['direction'],
  wait_s: number,
  ...codes: (keyof typeof LEVELS)[]
): Prompts {
  return { direction, wait_s, levels: codes.map((code) => LEVELS[code]) }
}

export function trials(planned: number, min_opportunities: number, prompts: Prompts): Measure {
  return { system: 'trials', prompts, min_opportunities, planned }
}

export function steps(texts: string[], prompts: Prompts): Measure {
  return {
    system: 'steps',
    prompts,
    min_opportunities: Math.ceil(texts.length / 2),
    chaining: 'total',
    steps: texts,
  }
}

export function chain(
  chaining: 'forward' | 'backward',
  current_step: number,
  texts: string[],
  prompts: Prompts,
): Measure {
  return { system: 'steps', prompts, min_opportunities: 1, chaining, current_step, steps: texts }
}

/** Natural chances, as they come: more or less than a handful. */
export function opportunities(min_opportunities: number, prompts: Prompts): Measure {
  return { system: 'opportunities', prompts, min_opportunities }
}

export function count(value: 'count' | 'rate', min_observed_s: number): Measure {
  return { system: 'count', value, rapid_tap: false, min_observed_s }
}

export function phase(from: Day, condition: PhaseSpec['condition'], label: string, why: string): PhaseSpec {
  return { from, label, condition, major: true, why }
}

/** A dashed line: something around the program changed, not the program. */
export function minor(from: Day, condition: PhaseSpec['condition'], label: string, why: string): PhaseSpec {
  return { from, label, condition, major: false, why }
}

export const START = 'Before teaching: no prompts and no error correction.'
