/**
 * Records of personal care (domain C.5; tier T4): visits to the toilet and meals. They hang on a program of the sessions
 * capability whose measurement is `toileting` or `feeding`. One log a program, school day and device: `refs.log` is its id,
 * made by the device like a session's. No free text about a body, ever. A meal names the version of the plan it was given
 * under, and is refused where that plan was not signed or had run out (domain C.5).
 */
import { z } from 'zod'
import type { Kind } from '../../platform/records/registry.ts'
import { WatchBody } from '../sessions/log.ts'
import { feedingAgreesWithPlan } from './agreement.ts'

const Help = z.enum(['independent', 'verbal', 'physical'])

export const ToiletingBody = z.strictObject({
  visit: z.enum(['scheduled', 'initiated', 'noticed', 'accident', 'dry_check']),
  result: z.enum(['urine', 'bm', 'both', 'dry', 'refused']),
  clothing: z.enum(['dry', 'wet', 'soiled']),
  /** Help with each step that was done. */
  steps: z.strictObject({
    sit: Help.optional(),
    wipe: Help.optional(),
    dress: Help.optional(),
    flush: Help.optional(),
    wash: Help.optional(),
  }),
  changed: z.boolean(),
  /** Goes to the nurse; there is no free text about a body. */
  skin_concern: z.boolean(),
  second_adult: z.boolean().optional(),
  minutes: z.int().min(0).max(240).optional(),
})
export type ToiletingBody = z.infer<typeof ToiletingBody>

export const FeedingBody = z.strictObject({
  meal: z.enum(['breakfast', 'snack', 'lunch']),
  /** Absent, here and below: not said yet, because the meal was stopped and the student came first. Never 0. */
  minutes: z.int().min(0).max(240).optional(),
  /** Share of the meal, percent. */
  eaten: z.union([z.literal(0), z.literal(25), z.literal(50), z.literal(75), z.literal(100)]).optional(),
  fluid_ml: z.int().min(0).max(3000).optional(),
  help: Help.optional(),
  refusals: z.int().min(0).max(100).optional(),
  /** Any of these stops the meal and calls the nurse. */
  safety: z.array(z.enum(['cough', 'gag', 'wet_voice', 'color_change', 'choking'])).max(5),
})
export type FeedingBody = z.infer<typeof FeedingBody>

const Empty = z.strictObject({})

const inLog = {
  v: 1,
  scope: 'student',
  tier: 'T4',
  action: 'create',
  standing: false,
  refs: ['log', 'program'],
  partition: (record: { refs: { readonly [name: string]: string } }) => `log:${record.refs['log']}`,
} as const

export const kinds: readonly Kind[] = [
  { ...inLog, kind: 'care.toileting', bodies: { 1: ToiletingBody } },
  {
    ...inLog,
    kind: 'care.feeding',
    bodies: { 1: FeedingBody },
    refs: ['log', 'program', 'version'],
    agrees: { ref: 'version', with: feedingAgreesWithPlan },
  },
  /** `adult`: beside whom a second observer records; its log is of its own. */
  { ...inLog, kind: 'care.watch', bodies: { 1: WatchBody }, refs: ['log', 'program', 'adult'] },
  { ...inLog, kind: 'care.void', bodies: { 1: Empty } },
]
