/** Records of what everyone with a student must know: the safety card, and what the family agreed to (tier T1). */
import { z } from 'zod'
import { text } from '../../platform/records/envelope.ts'
import type { Kind } from '../../platform/records/registry.ts'

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
]
