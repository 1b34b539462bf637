/**
 * Records of equipment (domain CAP-14, duty 8.12; tier T2): somebody looked whether a thing that a student's profile names
 * is there, charged and safe. One record an item; the item is named as the profile names it. No free text: what is wrong
 * is a code.
 */
import { z } from 'zod'
import { text } from '../../platform/records/envelope.ts'
import type { Kind } from '../../platform/records/registry.ts'

export const RESULTS = ['ok', 'attention', 'missing'] as const
export type Result = (typeof RESULTS)[number]

/** What is wrong with it, or where it was left. */
export const NOTES = ['charge', 'broken', 'dirty', 'does_not_fit', 'left_at_home', 'left_on_bus'] as const
export type Note = (typeof NOTES)[number]

export const CheckBody = z
  .strictObject({
    item: text(120).min(1),
    result: z.enum(RESULTS),
    battery_pct: z.int().min(0).max(100).optional(),
    note: z.enum(NOTES).optional(),
  })
  .refine(({ result, note }) => result !== 'ok' || note === undefined, {
    path: ['note'],
    message: 'nothing is wrong with what is in order',
  })
export type CheckBody = z.infer<typeof CheckBody>

const Empty = z.strictObject({})

const common = {
  v: 1,
  refs: [],
  scope: 'student',
  tier: 'T2',
  action: 'create',
  standing: false,
  partition: () => 'equipment',
} as const

export const kinds: readonly Kind[] = [
  { ...common, kind: 'equipment.check', bodies: { 1: CheckBody } },
  { ...common, kind: 'equipment.void', bodies: { 1: Empty } },
]
