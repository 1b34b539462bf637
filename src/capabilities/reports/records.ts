/**
 * Records of progress reports (domain D.11). A report is drafted, then made final once: the final record holds all that
 * the family is told, so that it reads the same for ever, whatever is corrected later in the data it rests on. After it
 * come addenda and releases; its data are compared with what stands now by amended.ts.
 */
import { z } from 'zod'
import { text, uuid, type Envelope } from '../../platform/records/envelope.ts'
import type { Kind } from '../../platform/records/registry.ts'

export const RATINGS = ['mastered', 'sufficient', 'insufficient', 'not_introduced'] as const
export type Rating = (typeof RATINGS)[number]

export const LANGUAGES = ['en', 'es'] as const
export type Language = (typeof LANGUAGES)[number]

const Period = z.strictObject({ from: z.iso.date(), to: z.iso.date() })
export type Period = z.infer<typeof Period>

/** What the owner wrote of one goal so far; what is absent stands as it was prefilled. */
export const Edit = z.strictObject({
  program: uuid,
  included: z.boolean().optional(),
  rating: z.enum(RATINGS).optional(),
  sentence: text(600).optional(),
  change: text(600).optional(),
})
export type Edit = z.infer<typeof Edit>

const x = z.number()
/** The graph as it was: enough to draw it again, in the unit of its axis (progress/graph.ts says what each means). */
export const FrozenGraph = z.strictObject({
  unit: z.enum(['percent', 'count', 'per_minute', 'per_hour', 'seconds', 'minutes', 'points', 'yes_no']),
  metric: z.string().max(40),
  text: text(40).nullable(),
  x: z.tuple([x, x]),
  y: z.tuple([x, x]),
  /** x, y (null = nothing measured), hollow, phase. */
  points: z.array(z.tuple([x, x.nullable(), z.boolean(), z.int().min(0)])).max(1000),
  /** Indexes of points that a line joins. */
  joined: z.array(z.array(z.int().min(0))).max(200),
  phases: z
    .array(z.strictObject({ label: text(80).nullable(), version: z.int().nullable(), major: z.boolean() }))
    .max(60),
  lines: z
    .array(
      z.strictObject({
        phase: z.int(),
        x,
        major: z.boolean(),
        before: x.nullable(),
        after: x.nullable(),
      }),
    )
    .max(60),
  aim: z
    .strictObject({ from: z.iso.date(), to: z.iso.date(), goal: x, x1: x, y1: x, x2: x, y2: x })
    .nullable(),
})
export type FrozenGraph = z.infer<typeof FrozenGraph>

/** A session that the numbers rest on: its id, day, pair of whole numbers, and whether it counted. */
export const Rest = z.tuple([
  uuid,
  z.iso.date(),
  z.number().nullable(),
  z.number().nullable(),
  z.string().max(20),
])
export type Rest = z.infer<typeof Rest>

export const GoalReport = z.strictObject({
  program: uuid,
  /** The version whose words stand here. */
  version: uuid,
  title: text(120),
  goal: text(2000),
  criterion: text(500),
  direction: z.enum(['increase', 'decrease']),
  /** Values in the unit of the graph; null = too little data to say. */
  baseline: x.nullable(),
  current: x.nullable(),
  target: x.nullable(),
  sessions: z.strictObject({ held: z.int().min(0), valid: z.int().min(0), not_run: z.int().min(0) }),
  /** Names of those who collected. */
  by: z.array(text(120)).max(40),
  rating: z.enum(RATINGS),
  sentence: text(600),
  change: text(600),
  rests: z.array(Rest).max(1000),
  /** Null for what has no value to draw. */
  graph: FrozenGraph.nullable(),
})
export type GoalReport = z.infer<typeof GoalReport>

const DraftBody = z.strictObject({
  stage: z.literal('draft'),
  period: Period,
  lang: z.enum(LANGUAGES),
  edits: z.array(Edit).max(60),
})
export type DraftBody = z.infer<typeof DraftBody>

const FinalBody = z.strictObject({
  stage: z.literal('final'),
  period: Period,
  lang: z.enum(LANGUAGES),
  goals: z.array(GoalReport).min(1).max(60),
})
export type FinalBody = z.infer<typeof FinalBody>

export const ReportBody = z.discriminatedUnion('stage', [DraftBody, FinalBody])

/** What is added to a final report: words, and nothing of it is scored again. */
export const AddendumBody = z.strictObject({ text: text(2000).min(1) })

/** It was given to the family. */
export const ReleaseBody = z.strictObject({
  how: z.enum(['handed', 'sent_home', 'meeting', 'mail']),
  /** The copy bears the student's name. */
  named: z.boolean(),
})
export type ReleaseBody = z.infer<typeof ReleaseBody>

/** The sentence of facts that whoever collects proposes for a goal. */
export const SentenceBody = z.strictObject({
  text: text(600).min(1),
  lang: z.enum(LANGUAGES),
  period: Period,
})

const base = { v: 1, scope: 'student', tier: 'T2', action: 'approve', standing: true } as const
const ofReport = (record: { refs: { readonly [name: string]: string } }) => `report:${record.refs['report']}`
const afterFinal = { ...base, refs: ['report', 'final'], partition: ofReport } as const

export const kinds: readonly Kind[] = [
  {
    ...base,
    kind: 'reports.report',
    bodies: { 1: ReportBody },
    refs: ['report'],
    partition: ofReport,
    seals: ({ body }) => body['stage'] === 'final',
  },
  {
    ...afterFinal,
    kind: 'reports.addendum',
    bodies: { 1: AddendumBody },
    agrees: { ref: 'final', with: followsFinal },
  },
  {
    ...afterFinal,
    kind: 'reports.release',
    bodies: { 1: ReleaseBody },
    agrees: { ref: 'final', with: followsFinal },
  },
  {
    ...base,
    kind: 'reports.sentence',
    action: 'create',
    bodies: { 1: SentenceBody },
    refs: ['program'],
    partition: (record) => `sentences:${record.refs['program']}`,
  },
]

/** Only what is final is added to, or released: null, or the code of the problem. */
function followsFinal(record: Envelope, target: Envelope): string | null {
  if (target.kind !== 'reports.report' || target.body['stage'] !== 'final') return 'record.ref_kind'
  if (target.student !== record.student) return 'record.ref_student'
  return target.refs['report'] === record.refs['report'] ? null : 'record.refs'
}
