/**
 * One day of one school as cover looks at it, and what comes of it: the proposal. Plain data, the same on server and
 * screen. Times are minutes since midnight on the school's clock; a span runs from its start until just before its end.
 */
import { z } from 'zod'
import type { Day } from '../../platform/core/days.ts'
import type { Uuid } from '../../platform/core/ids.ts'
import { PURPOSES, type Purpose } from '../schedule/model.ts'

export interface Span {
  readonly start: number
  readonly end: number
}

/** What an adult is planned to do on the day. */
export interface Task extends Span {
  readonly id: Uuid
  readonly person: Uuid
  readonly title: string
  readonly place: string
  readonly purpose: Purpose
  /** Only somebody trained for these, with each student whom it concerns, may do it. */
  readonly needs: readonly string[]
  readonly students: readonly Uuid[]
  /**
   * Time in which the adult has no duty: never given away, never filled. Students named with it are theirs before and
   * after, and need somebody meanwhile.
   */
  readonly off?: 'meal' | 'rest' | undefined
}

export interface Adult {
  readonly id: Uuid
  readonly name: string
  /** Whose work is given to others and who is sent elsewhere: paras and substitutes. Others keep to their own. */
  readonly moves: boolean
  readonly substitute: boolean
  /** Gives a delegated procedure where nobody else may (domain G.5), and is planned for nothing else. */
  readonly nurse?: boolean | undefined
  /** When they work; null = not on this day. */
  readonly hours: Span | null
}

export interface Child {
  readonly id: Uuid
  readonly initials: string
  /** SV0 … SV6 (domain F.1). */
  readonly supervision: string
  /** What the safety card flags. */
  readonly flags: readonly string[]
  /** Who answers when nobody is with the student: the case manager. */
  readonly manager: Uuid | null
}

export interface Away extends Span {
  readonly person: Uuid
}

/** Trained for a task with a student (null = with any), on days from `from` to `to`, unless revoked. */
export interface Competency {
  readonly person: Uuid
  readonly student: Uuid | null
  readonly task: string
  readonly from: Day
  readonly to: Day | null
  readonly revoked: boolean
}

/**
 * For this one day somebody may do a task with a student without being trained for it, while an adult who is stands beside
 * them (domain L.3). Whether that adult can is judged where the day is known: rules.ts.
 */
export interface Override {
  readonly person: Uuid
  readonly student: Uuid
  readonly task: string
  readonly beside: Uuid
}

export interface Pair {
  readonly person: Uuid
  readonly student: Uuid
}

export interface Policy {
  /** A duty-free meal lasts this long, minutes, and lies in this part of the day. */
  readonly mealMin: number
  readonly mealFrom: number
  readonly mealTo: number
  /** Who works longer than this has one, minutes. */
  readonly mealAfter: number
  /** Students of the first class beyond this number at once are a strain on whoever steps in. */
  readonly criticalAtOnce: number
}

/** All that a plan depends on. */
export interface CoverDay {
  readonly day: Day
  readonly tasks: readonly Task[]
  readonly adults: readonly Adult[]
  readonly children: readonly Child[]
  readonly away: readonly Away[]
  readonly competencies: readonly Competency[]
  /** Of this day; absent: none. */
  readonly overrides?: readonly Override[] | undefined
  /** Who may not be with whom, whatever the reason; the reason is nobody's business here. */
  readonly restricted: readonly Pair[]
  /** Who has worked with whom. */
  readonly known: readonly Pair[]
  /** Who answers for what belongs to no student's case manager. */
  readonly coordinator: Uuid | null
  readonly policy: Policy
}

/** In the order in which they are served (domain H.3). `critical`: SV5, SV6, or a procedure, feeding, seizures, elopement. */
export const LEVELS = ['critical', 'one_to_one', 'post', 'service', 'class', 'prep'] as const
export type Level = (typeof LEVELS)[number]

/** Why somebody cannot do a part. `may_not` never says more. */
export const REFUSALS = [
  'away',
  'hours',
  'may_not',
  'untrained',
  'expired',
  'beside',
  'break',
  'busy',
  'other_work',
] as const
export type RefusalCode = (typeof REFUSALS)[number]

export const WHYS = ['trained', 'knows', 'free', 'pulled', 'easier_post', 'already_there'] as const
export type WhyCode = (typeof WHYS)[number]

const id = z.string()
const span = { start: z.number().int(), end: z.number().int() }
const part = {
  task: id,
  title: z.string(),
  place: z.string(),
  level: z.enum(LEVELS),
  purpose: z.enum(PURPOSES),
  needs: z.array(z.string()),
  students: z.array(id),
  /** Whose it is by the timetable. */
  usual: id,
  /** With the students of `usual` while they have this. */
  relief: z.enum(['meal', 'rest']).optional(),
  ...span,
}

export const ProposedPart = z.object(part)
export type ProposedPart = z.infer<typeof ProposedPart>

/** What somebody leaves to step in elsewhere, and who takes it; null = nobody, which is said before they are pulled. */
export const Left = z.object({ ...part, by: id.nullable() })
export type Left = z.infer<typeof Left>

export const Step = z.object({
  person: id,
  part: ProposedPart,
  why: z.array(z.object({ code: z.enum(WHYS), students: z.array(id), tasks: z.array(z.string()) })),
  leaves: z.array(Left),
  /** Who must be beside them, because they may do it on this day only so. */
  beside: z.array(id).optional(),
})
export type Step = z.infer<typeof Step>

export const Red = z.object({
  part: ProposedPart,
  owner: id.nullable(),
  /** Legally required support: a delegated procedure or close supervision, a one-to-one, service minutes. */
  required: z.boolean(),
})
export type Red = z.infer<typeof Red>

export const Refusal = z.object({
  person: id,
  students: z.array(id),
  code: z.enum(REFUSALS),
  tasks: z.array(z.string()),
  /** `expired`: the last day on which it held. */
  since: z.string().nullable(),
})
export type Refusal = z.infer<typeof Refusal>

/** What needs somebody, a student or a post at a time, most urgent first. */
export const Need = z.object({
  students: z.array(id),
  level: z.enum(LEVELS),
  needs: z.array(z.string()),
  minutes: z.number().int(),
  /** Whose work it is. */
  usual: z.array(id),
  refused: z.array(Refusal),
})
export type Need = z.infer<typeof Need>

/** A break in which nobody who may is with these students, with or without this plan. */
export const NoRelief = z.object({
  person: id,
  off: z.enum(['meal', 'rest']),
  students: z.array(id),
  ...span,
})
export type NoRelief = z.infer<typeof NoRelief>

export const Proposal = z.object({
  needs: z.array(Need),
  steps: z.array(Step),
  red: z.array(Red),
  /** Nobody does them and nothing is lost by it today: preparation. */
  lapsed: z.array(Red),
  /** Adults whose day has no duty-free meal, with or without this plan. */
  noMeal: z.array(id),
  noRelief: z.array(NoRelief),
})
export type Proposal = z.infer<typeof Proposal>
