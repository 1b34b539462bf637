/**
 * Records of sessions and of the programs they run. A program is published as an immutable version; a session
 * carries the measurement it was started under, so that a later change of the plan cannot reach back into it
 * (domain C.0 rule 6) and a session can always be folded on its own.
 */
import { z } from 'zod'
import { text } from '../../platform/records/envelope.ts'
import type { Kind } from '../../platform/records/registry.ts'
import { sessionAgreesWithProgram } from './agreement.ts'
import { MasteryRule } from './mastery.ts'
import { Measure } from './measures.ts'

export { Measure, PromptScheme, type MeasureOf, type System } from './measures.ts'

/** A text that is read with the student: passages, word lists. Schools load their own (domain C.2). */
export const Form = z.strictObject({ id: text(40), title: text(120), text: text(12_000) })

export const ProgramBody = z.strictObject({
  title: text(120),
  /** The IEP's own words. */
  goal: text(2000),
  definition: text(2000),
  direction: z.enum(['increase', 'decrease']),
  measure: Measure,
  /** The criterion as written in the IEP: it wins over the rule beside it. */
  criterion: text(500),
  number: z.int().min(1).describe('version number, 1-based'),
  /** What evaluates the criterion (domain D.6). Absent: nothing does, and nobody is told that it is met. */
  mastery: MasteryRule.optional(),
  examples: z.array(text(200)).max(12).optional(),
  non_examples: z.array(text(200)).max(12).optional(),
  /** What the adult says or shows, and for how long an answer is waited for. */
  instruction: text(500).optional(),
  response_window_s: z.number().min(0).max(600).optional(),
  error_correction: text(500).optional(),
  reinforcement: text(500).optional(),
  materials: z.array(text(120)).max(20).optional(),
  settings: z.array(text(80)).max(12).optional(),
  schedule: z.strictObject({ times: z.int().min(1).max(60), per: z.enum(['day', 'week']) }).optional(),
  /** Training that whoever runs it must have. */
  competency: text(120).optional(),
  /** Observable steps of running it right (domain D.9). */
  fidelity: z.array(text(160)).max(20).optional(),
  forms: z.array(Form).max(30).optional(),
  /** The trend that the graph of this goal draws unless somebody chooses another. */
  trend: z.enum(['theil_sen', 'ols', 'split_middle', 'quarter_intersect', 'tukey']).optional(),
  /** Name of the pack of decision rules; absent = the district's own. */
  decision_rules: text(60).optional(),
})
export type ProgramBody = z.infer<typeof ProgramBody>

export const CONDITIONS = [
  'baseline',
  'intervention',
  'modified',
  'maintenance',
  'generalization',
  'probe',
] as const

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
  tags: z
    .array(
      z.enum(['substitute', 'illness', 'drill', 'schedule_change', 'new_setting', 'medication_reported']),
    )
    .max(6),
  /** Which of the program's materials, where the mastery rule asks for one by name. */
  material: text(120).optional(),
  /** CBM: id of the form that was used, so that none is repeated. */
  form: text(40).optional(),
  /** Keyed in from a printed sheet; `sheet` is the code on it. */
  source: z.literal('paper').optional(),
  sheet: text(40).optional(),
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

/**
 * A code at a place: an interval, an item, a word. What codes there are is the measure's:
 * interval `1` scored, `0` not; checklist `yes`, `no`, `NA`; product `+`, `-`; rubric the level `0`…`9`; probe `Y`,
 * `N`; self-monitoring `1`, `0`, from the student or the adult; CBM `err`, `sc` (self-corrected, no error), `skip`.
 */
export const MarkBody = z.strictObject({
  n: z.int().min(1).max(5000),
  code: text(4),
  /** Self-monitoring only. */
  who: z.enum(['student', 'adult']).optional(),
})
export type MarkBody = z.infer<typeof MarkBody>

/**
 * A code at an instant: duration `on`, `off`; latency `cue`, `on`; IRT `on`, `off`; intensity `1`…`5`; CBM `begin`,
 * `stop`, and `last` with the number of the last word.
 */
export const MomentBody = z.strictObject({
  code: text(5),
  n: z.int().min(1).max(5000).optional(),
  /** Nobody saw when: somebody said about when (domain C.3). Drawn hollow, kept out of decisions. */
  estimated: z.literal(true).optional(),
})
export type MomentBody = z.infer<typeof MomentBody>

/** Numbers counted elsewhere, on paper or with a clicker: so many occurrences, or the totals of a timed probe. */
export const TallyBody = z.strictObject({
  count: z.int().min(0).max(10_000),
  /** CBM, product: how many of what was attempted were wrong. `count` is then what was attempted. */
  errors: z.int().min(0).max(10_000).optional(),
  /** CBM, product: the time it took. Absent: the probe's own. */
  seconds: z.number().min(0).max(36_000).optional(),
  /** "About": flagged, hollow, out of decisions and agreement. */
  approximate: z.literal(true).optional(),
})
export type TallyBody = z.infer<typeof TallyBody>

/** Finished work, photographed in the app (domain N.6): a small JPEG that fits a record. */
export const PhotoBody = z.strictObject({
  jpeg: z
    .string()
    .max(60_000)
    .regex(/^[A-Za-z0-9+/]+=*$/),
  purpose: z.literal('instruction_record'),
})

export const EndBody = z.strictObject({
  status: z.enum(['complete', 'partial', 'not_run']),
  reason: z.enum(NOT_RUN_REASONS).optional(),
})
export type EndBody = z.infer<typeof EndBody>

/** As far as a clock can be wrong, ms: also one that stands in 2099. */
const FARTHEST_MS = 4_000_000_000_000

/**
 * Somebody stands for the times of a session that was sent by a device with a wrong clock (domain C.3): 0 = they are
 * right as recorded; else all of them were so much later (or, below 0, earlier). How long things took stays as it was.
 */
export const TimesBody = z.strictObject({ shift_ms: z.int().min(-FARTHEST_MS).max(FARTHEST_MS) })
export type TimesBody = z.infer<typeof TimesBody>

/** The owner says that of two recordings of one time this one is the second observation (domain C.0 rule 8). */
export const SecondBody = z.strictObject({ reason: text(300).optional() })

/** The owner plans that somebody observes a session of another as well (domain D.8). */
export const ObservationBody = z.strictObject({
  /** The last school day on which it is asked for. */
  due: z.iso.date(),
  /** In the place of a plan: it is asked for no longer. */
  called_off: z.literal(true).optional(),
})

/** What the owner works on before publishing: everything of a version, as far as it is there. */
export const DraftBody = z.strictObject({
  /** JSON of a program body that need not be complete; read leniently, checked when it is published. */
  program: z.record(z.string(), z.json()),
  /** The published number that it starts from; 0 = a new program. */
  base: z.int().min(0),
})
export type DraftBody = z.infer<typeof DraftBody>

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
  /**
   * `after`: the draft that it goes on from, which it takes the place of; `base`: the version that it starts from. It
   * counts until its author publishes a version with a higher number than its base.
   */
  { ...ofPlan, kind: 'sessions.draft', bodies: { 1: DraftBody }, refs: ['program', 'base?', 'after?'] },
  {
    ...inSession,
    kind: 'sessions.start',
    bodies: { 1: StartBody },
    /** `of`: the session that a second observer watches. */
    refs: ['session', 'program', 'version', 'of?'],
    agrees: { ref: 'version', with: sessionAgreesWithProgram },
  },
  /** `observer`: who observes; `adult`: whose next session, else anybody's. */
  {
    ...ofPlan,
    kind: 'sessions.observation',
    bodies: { 1: ObservationBody },
    refs: ['program', 'observer', 'adult?'],
    partition: (record) => `observations:${record.refs['program']}`,
  },
  { ...inSession, kind: 'sessions.trial', bodies: { 1: TrialBody } },
  { ...inSession, kind: 'sessions.step', bodies: { 1: StepBody } },
  /** One occurrence of the counted behavior. */
  { ...inSession, kind: 'sessions.occurrence', bodies: { 1: Empty } },
  /** `act`: several students marked at one cue share it (semantics 3.2). */
  { ...inSession, kind: 'sessions.mark', bodies: { 1: MarkBody }, refs: ['session', 'program', 'act?'] },
  { ...inSession, kind: 'sessions.moment', bodies: { 1: MomentBody } },
  { ...inSession, kind: 'sessions.tally', bodies: { 1: TallyBody } },
  { ...inSession, kind: 'sessions.photo', bodies: { 1: PhotoBody } },
  /** The observation clock stops, or goes on. */
  { ...inSession, kind: 'sessions.pause', bodies: { 1: Empty } },
  { ...inSession, kind: 'sessions.resume', bodies: { 1: Empty } },
  { ...inSession, kind: 'sessions.end', bodies: { 1: EndBody } },
  { ...inSession, kind: 'sessions.times', bodies: { 1: TimesBody } },
  { ...inSession, kind: 'sessions.void', bodies: { 1: Empty } },
  /** `of`: the session that stands. Taken back with a void, by who may decide. */
  {
    ...inSession,
    kind: 'sessions.second',
    action: 'approve',
    bodies: { 1: SecondBody },
    refs: ['session', 'program', 'of'],
  },
]
