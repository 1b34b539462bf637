/**
 * Records of what everyone with a student must know, and that they know it. Plans stand in versions, each naming the one
 * before it (refs.base): the safety card, the profile, the health card (tier T1), the glance (T2). Beside them: who read
 * which version, a substitute's brief, and their note at the end of the day, questions about the plan and answers (T2).
 */
import { z } from 'zod'
import { text } from '../../platform/records/envelope.ts'
import type { Kind } from '../../platform/records/registry.ts'
import { agreesWithTarget, answersQuestion } from './agrees.ts'

export const SUPERVISION = ['SV0', 'SV1', 'SV2', 'SV3', 'SV4', 'SV5', 'SV6'] as const

export const SafetyBody = z.strictObject({
  supervision: z.enum(SUPERVISION),
  /** Exceptions to the level, e.g. "SV4 near road or water". */
  exceptions: z.array(text(120)).max(6),
  flags: z
    .array(z.enum(['elopement', 'seizure', 'feeding', 'allergy', 'behavior_plan', 'call_office']))
    .max(6),
  /** How the student communicates, in a few words. */
  communicates: text(120),
  /** At most five short lines each: what to see, do, avoid (domain F.8). */
  lines: z.array(text(160)).max(5),
})
export type SafetyBody = z.infer<typeof SafetyBody>

/** What the family agreed to, as everyone who works with the student must know it (domain C.1, N.6). */
export const ConsentBody = z.strictObject({
  /** Prompts that touch the student. Without it no such prompt is offered. */
  physical_prompts: z.boolean(),
  /** Each use of a photograph by itself. */
  photos: z.strictObject({
    instruction_record: z.boolean(),
    internal_display: z.boolean(),
    family_share: z.boolean(),
    public_web: z.boolean(),
    media: z.boolean(),
  }),
})
export type ConsentBody = z.infer<typeof ConsentBody>

/** 40 kB of sound as base64: some ten seconds of a voice. */
const MAX_SOUND = Math.ceil(40_960 / 3) * 4

/** Who the student is and how one meets them. */
export const ProfileBody = z.strictObject({
  /** How the name is said, in a spelling that anybody can read aloud: "ah-MAH-ree". */
  say: text(80).optional(),
  /** The name as the student or the family says it. */
  sound: z
    .strictObject({
      type: z.enum(['audio/webm', 'audio/mp4', 'audio/ogg']),
      data: z
        .string()
        .max(MAX_SOUND)
        .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'base64'),
    })
    .optional(),
  /** One way each: "Says yes by nodding". */
  communicates: z.array(text(120)).max(5),
  likes: z.array(text(80)).max(8),
  equipment: z.array(text(120)).max(8),
  /** Who does what for the student: names of adults, never of children. */
  people: z.array(z.strictObject({ name: text(80), does: text(80) })).max(8),
})
export type ProfileBody = z.infer<typeof ProfileBody>

export const CONDITIONS = [
  'seizure',
  'anaphylaxis',
  'diabetes',
  'asthma',
  'shunt',
  'feeding_tube',
  'tracheostomy',
  'heat',
  'latex',
  'bleeding',
  'other',
] as const

/** A health plan in five lines (domain F.8). It runs out; then it is still shown, and said to be verified. */
export const HealthPlan = z.strictObject({
  condition: z.enum(CONDITIONS),
  see: text(160),
  do: text(160),
  call: text(160),
  dont: text(160),
  kit: text(160),
  /** The last day on which it holds. */
  valid_until: z.iso.date(),
})
export type HealthPlan = z.infer<typeof HealthPlan>

export const HealthBody = z.strictObject({ plans: z.array(HealthPlan).max(6) })
export type HealthBody = z.infer<typeof HealthBody>

/** Help that only somebody trained for it gives; the codes of competencies. */
export const HELP = [
  'toileting',
  'feeding',
  'lift',
  'positioning',
  'seizure_medication',
  'crisis_prevention',
] as const

/** Whom the student is handed to at the end of the day: what to do, never why. */
export const RELEASE = [
  'bus_attendant',
  'listed_adult',
  'office_first',
  'class_teacher',
  'aftercare',
  'alone',
] as const

/** What an implementer does with the student today. */
export const GlanceBody = z.strictObject({
  accommodations: z.array(text(160)).max(12),
  /** The behavior plan in three lines; null where there is none. */
  behavior: z.strictObject({ see: text(160), do: text(160), dont: text(160) }).nullable(),
  help: z.array(z.enum(HELP)).max(6),
  /** What must happen today, whoever is here. */
  must_do: z.array(text(120)).max(3),
  release: z.strictObject({ to: z.enum(RELEASE), note: text(80) }),
})
export type GlanceBody = z.infer<typeof GlanceBody>

/** What is read and acknowledged; the noun of its kind. */
export const READ = ['safety', 'profile', 'health', 'glance', 'handback', 'answer'] as const

/** "I have read this": a person, of one version (refs.of). */
export const AckBody = z.strictObject({ what: z.enum(READ) })
export type AckBody = z.infer<typeof AckBody>

/** The questions at the end of a brief, as they were answered: one record for each student of the brief. */
export const BriefBody = z.strictObject({
  passed: z.boolean(),
  /** Of the three questions. */
  wrong: z.int().min(0).max(3),
})
export type BriefBody = z.infer<typeof BriefBody>

export const HandbackBody = z
  .strictObject({ well: text(500), tomorrow: text(500) })
  .refine(({ well, tomorrow }) => `${well}${tomorrow}`.trim() !== '', 'something is said')
export type HandbackBody = z.infer<typeof HandbackBody>

/** Questions that are asked as they stand, in one tap; `own` = in words of one's own. */
export const ASKS = ['what_changed', 'does_not_fit', 'talk', 'own'] as const

/** A question about the plan, to whoever manages it. */
export const QuestionBody = z
  .strictObject({ ask: z.enum(ASKS), text: text(300) })
  .refine(({ ask, text }) => ask !== 'own' || text.trim() !== '', 'something is asked')
export type QuestionBody = z.infer<typeof QuestionBody>

export const AnswerBody = z
  .strictObject({ text: text(500) })
  .refine(({ text }) => text.trim() !== '', 'something is answered')
export type AnswerBody = z.infer<typeof AnswerBody>

export const kinds: readonly Kind[] = [
  {
    kind: 'students.safety',
    v: 1,
    bodies: { 1: SafetyBody },
    refs: ['base?'],
    scope: 'student',
    tier: 'T1',
    action: 'approve',
    standing: true,
    partition: () => 'safety',
  },
  {
    kind: 'students.consent',
    v: 1,
    bodies: { 1: ConsentBody },
    refs: ['base?'],
    scope: 'student',
    tier: 'T1',
    action: 'approve',
    standing: true,
    partition: () => 'consent',
  },
  {
    kind: 'students.profile',
    v: 1,
    bodies: { 1: ProfileBody },
    refs: ['base?'],
    scope: 'student',
    tier: 'T1',
    action: 'approve',
    standing: true,
    partition: () => 'profile',
  },
  {
    kind: 'students.health',
    v: 1,
    bodies: { 1: HealthBody },
    refs: ['base?'],
    scope: 'student',
    tier: 'T1',
    action: 'approve',
    owners: ['nurse'],
    standing: true,
    partition: () => 'health',
  },
  {
    kind: 'students.glance',
    v: 1,
    bodies: { 1: GlanceBody },
    refs: ['base?'],
    scope: 'student',
    tier: 'T2',
    action: 'approve',
    standing: true,
    partition: () => 'glance',
  },
  {
    kind: 'students.ack',
    v: 1,
    bodies: { 1: AckBody },
    refs: ['of'],
    scope: 'student',
    tier: 'T2',
    action: 'create',
    // what somebody read long ago says what is new to them today
    standing: true,
    partition: () => 'ack',
    agrees: { ref: 'of', with: agreesWithTarget },
  },
  {
    kind: 'students.brief',
    v: 1,
    bodies: { 1: BriefBody },
    refs: ['safety?', 'profile?', 'health?', 'glance?'],
    scope: 'student',
    tier: 'T2',
    action: 'create',
    standing: false,
    partition: () => 'brief',
  },
  {
    kind: 'students.handback',
    v: 1,
    bodies: { 1: HandbackBody },
    refs: [],
    scope: 'student',
    tier: 'T2',
    action: 'create',
    standing: false,
    partition: () => 'handback',
  },
  {
    kind: 'students.question',
    v: 1,
    bodies: { 1: QuestionBody },
    refs: [],
    scope: 'student',
    tier: 'T2',
    action: 'create',
    // one that nobody answered waits, however old it is
    standing: true,
    partition: () => 'question',
  },
  {
    kind: 'students.answer',
    v: 1,
    bodies: { 1: AnswerBody },
    refs: ['of'],
    scope: 'student',
    tier: 'T2',
    action: 'approve',
    standing: true,
    partition: () => 'question',
    agrees: { ref: 'of', with: answersQuestion },
  },
]
