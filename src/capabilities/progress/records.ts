/**
 * Records of progress: aim lines, points from outside data, what owners decided about what the data suggest, and
 * checks of how a program is run.
 */
import { z } from 'zod'
import { text } from '../../platform/records/envelope.ts'
import type { Kind } from '../../platform/records/registry.ts'
import { FileTaken } from './online.ts'

/** An aim line from (x0, y0) to (xT, yT): days on the calendar, values on the graph's axis (domain D.1). */
export const AimBody = z.strictObject({
  from: z.iso.date(),
  from_value: z.number(),
  to: z.iso.date(),
  to_value: z.number(),
  /** How from_value was found, e.g. "median of the last 3 baseline points". */
  basis: text(200),
})
export type AimBody = z.infer<typeof AimBody>

/** One point of an outside data set. The source gives no fraction, so none is shown. */
export const ImportedPointBody = z.strictObject({
  /** Session number of the source: the x of the graph. */
  session: z.number(),
  /** Null = blank in the source: a gap, never zero. */
  value: z.number().nullable(),
  phase: text(80),
  condition: z.enum(['A', 'B', 'other']),
  /** Position in the file, 1-based data row. */
  row: z.int().min(1),
  /** Always true: the source has no dates; `at` was made up so that the record has one. */
  synthetic_date: z.literal(true),
})
export type ImportedPointBody = z.infer<typeof ImportedPointBody>

/** What decision support can propose (domain D.3, D.6 to D.9). A decision names the one it is about. */
export const PROPOSALS = [
  'change',
  'raise',
  'check_implementation',
  'bounce',
  'mastery',
  'mastery_except',
  'probe_due',
  'reteach',
  'clarify_definition',
  'retrain',
  'repeat_observation',
  'teach_waiting',
  'engineer_opportunities',
  'observe_more',
  'coach',
  'check_less',
  'observe_new',
] as const
export type ProposalKind = (typeof PROPOSALS)[number]

/** What an owner can answer. confirm = yes, it is so; keep = go on as it is. */
export const VERDICTS = ['confirm', 'not_yet', 'change', 'keep', 'raise', 'done', 'reteach'] as const
export type Verdict = (typeof VERDICTS)[number]

/** The owner's decision about one proposal: what it rested on, what was decided, and why. */
export const DecisionBody = z.strictObject({
  proposal: z.enum(PROPOSALS),
  /** Names the proposal by the data it rests on (proposals.ts): this decision closes that one and no other. */
  key: text(64).min(1),
  verdict: z.enum(VERDICTS),
  reason: text(300).min(1),
  /** Sessions (or days, or rows) it rested on, as points are keyed. */
  points: z.array(text(100)).max(60),
})
export type DecisionBody = z.infer<typeof DecisionBody>

/** One check of how a program is run, step by step as the program lists them (domain D.9). */
export const FidelityBody = z.strictObject({
  type: z.enum(['self', 'direct']),
  steps: z
    .array(z.strictObject({ step: text(160), result: z.enum(['+', '-', 'NA']) }))
    .min(1)
    .max(20),
})
export type FidelityBody = z.infer<typeof FidelityBody>

const ofProgram = (record: { refs: { readonly [name: string]: string } }) =>
  `program:${record.refs['program']}`

/** Who notes on their own device that they take a graph away: who logs in T2, without the substitute. */
export const TAKERS: readonly string[] = [
  'para',
  'case_manager',
  'gened_teacher',
  'ot',
  'pt',
  'slp',
  'bcba',
  'gt_teacher',
]

export const kinds: readonly Kind[] = [
  {
    kind: 'progress.aim',
    v: 1,
    bodies: { 1: AimBody },
    refs: ['program'],
    scope: 'student',
    tier: 'T2',
    action: 'approve',
    standing: true,
    partition: ofProgram,
  },
  {
    kind: 'progress.imported_point',
    v: 1,
    bodies: { 1: ImportedPointBody },
    refs: ['program'],
    scope: 'student',
    tier: 'T2',
    action: 'approve',
    standing: false,
    partition: (record) => `points:${record.refs['program']}`,
  },
  /** The whole team reads what was decided and why; only who decides may say it. */
  {
    kind: 'progress.decision',
    v: 1,
    bodies: { 1: DecisionBody },
    refs: ['program'],
    scope: 'student',
    tier: 'T2',
    action: 'approve',
    standing: true,
    partition: (record) => `decisions:${record.refs['program']}`,
  },
  /** Takes back a decision that was not meant. */
  {
    kind: 'progress.void',
    v: 1,
    bodies: { 1: z.strictObject({}) },
    refs: ['program'],
    scope: 'student',
    tier: 'T2',
    action: 'approve',
    standing: true,
    partition: (record) => `decisions:${record.refs['program']}`,
  },
  /** A graph left as a file: which, why, and by whom. Not by a substitute, who takes nothing away (domain B.3). */
  {
    kind: 'progress.file',
    v: 1,
    bodies: { 1: FileTaken },
    refs: ['program'],
    scope: 'student',
    tier: 'T2',
    action: 'create',
    owners: TAKERS,
    standing: false,
    partition: (record) => `files:${record.refs['program']}`,
  },
  /**
   * `adult`: who was checked. An adult's score is that adult's, their supervisor's and the owner's (domain D.9); a
   * record about a student is read by everybody with a right to its tier, so it stands in the one that no other
   * implementer reads. What that costs: docs/adr/0014.
   */
  {
    kind: 'progress.fidelity',
    v: 1,
    bodies: { 1: FidelityBody },
    refs: ['program', 'adult', 'session?'],
    scope: 'student',
    tier: 'T5',
    action: 'create',
    standing: true,
    partition: (record) => `fidelity:${record.refs['program']}`,
  },
]
