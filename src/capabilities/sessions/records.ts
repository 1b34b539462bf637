/**
 * Records of sessions and of the programs they run. A program is published as an immutable version; a session
 * carries the measurement it was started under, so that a later change of the plan cannot reach back into it
 * (domain C.0 rule 6) and a session can always be folded on its own.
 */
import { z } from 'zod'
import { text } from '../../platform/records/envelope.ts'
import type { Kind } from '../../platform/records/registry.ts'
import { sessionAgreesWithProgram } from './agreement.ts'

/** A prompt level: its code on the button and in the data, and the words beside it. */
export const PromptLevel = z.strictObject({ code: text(4), label: text(40) })

/**
 * The program's own ladder of prompts (domain C.1). `levels` are the prompts the adult may give, from least to
 * most intrusive for `least_to_most`, the other way round for `most_to_least`; independence is not among them.
 */
export const PromptScheme = z.strictObject({
  direction: z.enum(['least_to_most', 'most_to_least', 'graduated', 'time_delay']),
  wait_s: z.number().min(0).max(60),
  levels: z.array(PromptLevel).max(8),
})
export type PromptScheme = z.infer<typeof PromptScheme>

const Trials = z.strictObject({
  system: z.literal('trials'),
  prompts: PromptScheme,
  min_opportunities: z.int().min(0).max(200),
  /** How many trials the plan asks for; the Pad shows that many places. */
  planned: z.int().min(1).max(200),
})
const Steps = z.strictObject({
  system: z.literal('steps'),
  prompts: PromptScheme,
  min_opportunities: z.int().min(0).max(200),
  chaining: z.enum(['total', 'forward', 'backward']),
  /** Forward and backward chaining: the step taught now, 1-based. */
  current_step: z.int().min(1).optional(),
  steps: z.array(text(120)).min(1).max(60),
})
const Count = z.strictObject({
  system: z.literal('count'),
  /** `rate` divides by the observed minutes; `count` does so only when sessions differ in length (C3, C4). */
  value: z.enum(['count', 'rate']),
  /** Accept two taps within 200 ms as two (domain C.3). */
  rapid_tap: z.boolean(),
  /** Sessions observed for less are below minimum. */
  min_observed_s: z.int().min(0),
})
/** Points that came from elsewhere: a number without its fraction. */
const Imported = z.strictObject({
  system: z.literal('imported'),
  unit: text(40),
})

/** How a program is measured, complete enough to fold a session without its program. */
export const Measure = z.discriminatedUnion('system', [Trials, Steps, Count, Imported])
export type Measure = z.infer<typeof Measure>

export const ProgramBody = z.strictObject({
  title: text(120),
  /** The IEP's own words. */
  goal: text(2000),
  definition: text(2000),
  direction: z.enum(['increase', 'decrease']),
  measure: Measure,
  /** The criterion as written in the IEP; the rule that evaluates it comes with mastery decisions. */
  criterion: text(500),
  number: z.int().min(1).describe('version number, 1-based'),
})
export type ProgramBody = z.infer<typeof ProgramBody>

export const CONDITIONS = ['baseline', 'intervention', 'modified', 'maintenance', 'generalization'] as const

export const PhaseBody = z.strictObject({
  label: text(80),
  condition: z.enum(CONDITIONS),
  /** First school day of the phase. */
  from: z.iso.date(),
  /** Major: solid line, data never connected across it. Minor: dashed line, the path goes on. */
  major: z.boolean(),
  why: text(300),
})
export type PhaseBody = z.infer<typeof PhaseBody>

export const NOT_RUN_REASONS = [
  'student_absent',
  'student_left_early',
  'no_opportunity',
  'refused',
  'staff_absent',
  'schedule_event',
  'behavior_crisis',
  'health',
  'materials_missing',
  'program_on_hold',
  'not_enough_time',
] as const

export const StartBody = z.strictObject({
  measure: Measure,
  condition: z.enum(CONDITIONS),
  observer: z.enum(['primary', 'ioa']),
  setting: text(80),
  tags: z.array(z.enum(['substitute', 'illness', 'drill', 'schedule_change', 'new_setting'])).max(5),
})
export type StartBody = z.infer<typeof StartBody>

/** Results of a trial (domain C.1): `+` needs no level when independent; with a level it means correct at that prompt. */
export const TrialBody = z.strictObject({
  n: z.int().min(1).max(500),
  result: z.enum(['+', '-', 'NR', 'R', 'X']),
  level: text(4).optional(),
})
export type TrialBody = z.infer<typeof TrialBody>

export const StepBody = z.strictObject({
  /** 1-based step of the task analysis. */
  step: z.int().min(1).max(60),
  /** `A` = done by the adult (not scored), `N/A` = not part of today's chain (leaves the denominator). */
  result: z.enum(['+', '-', 'NR', 'R', 'A', 'N/A']),
  level: text(4).optional(),
})
export type StepBody = z.infer<typeof StepBody>

export const EndBody = z.strictObject({
  status: z.enum(['complete', 'partial', 'not_run']),
  reason: z.enum(NOT_RUN_REASONS).optional(),
})
export type EndBody = z.infer<typeof EndBody>

const Empty = z.strictObject({})

const ofProgram = (record: { refs: { readonly [name: string]: string } }) =>
  `program:${record.refs['program']}`
const ofSession = (record: { refs: { readonly [name: string]: string } }) =>
  `session:${record.refs['session']}`

const base = { v: 1, scope: 'student', tier: 'T2', action: 'create', standing: false } as const
const inSession = { ...base, refs: ['session', 'program'], partition: ofSession } as const
const ofPlan = {
  ...base,
  action: 'approve',
  standing: true,
  refs: ['program'],
  partition: ofProgram,
} as const

export const kinds: readonly Kind[] = [
  /** A published version of a program; its id is what sessions name as their version. */
  { ...ofPlan, kind: 'sessions.program', bodies: { 1: ProgramBody }, refs: ['program', 'base?'] },
  { ...ofPlan, kind: 'sessions.phase', bodies: { 1: PhaseBody } },
  {
    ...inSession,
    kind: 'sessions.start',
    bodies: { 1: StartBody },
    /** `of`: the session that a second observer watches. */
    refs: ['session', 'program', 'version', 'of?'],
    agrees: { ref: 'version', with: sessionAgreesWithProgram },
  },
  { ...inSession, kind: 'sessions.trial', bodies: { 1: TrialBody } },
  { ...inSession, kind: 'sessions.step', bodies: { 1: StepBody } },
  /** One occurrence of the counted behavior. */
  { ...inSession, kind: 'sessions.occurrence', bodies: { 1: Empty } },
  /** The observation clock stops, or goes on. */
  { ...inSession, kind: 'sessions.pause', bodies: { 1: Empty } },
  { ...inSession, kind: 'sessions.resume', bodies: { 1: Empty } },
  { ...inSession, kind: 'sessions.end', bodies: { 1: EndBody } },
  { ...inSession, kind: 'sessions.void', bodies: { 1: Empty } },
]
