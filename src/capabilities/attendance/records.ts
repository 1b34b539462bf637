/**
 * Records of attendance (domain CAP-22; tier T2): who is here in a block, who takes part, who is on task at a cue. One
 * record a student; what was marked with one tap for several shares `refs.act` and no other child's id. The official
 * attendance is the office's and no record of an aide: it lies in rows (server/).
 *
 * A student's day is one partition: `refs.roll` is made from the student and the day (rollOf in rules.ts), so that every
 * device finds it.
 */
import { z } from 'zod'
import { text } from '../../platform/records/envelope.ts'
import type { Kind } from '../../platform/records/registry.ts'

/** `left`: was here and went home. `elsewhere`: in the house, with somebody else. */
export const PRESENCE = ['present', 'absent', 'late', 'left', 'elsewhere'] as const
export type Presence = (typeof PRESENCE)[number]

/** answered when called upon, asked by themselves, offered without being called. */
export const PARTICIPATION = ['responded', 'asked', 'offered'] as const
export type Participation = (typeof PARTICIPATION)[number]

/** The school day that it is about, and the code of the block: `P1`. */
const when = { day: z.iso.date(), block: text(20) }

export const PresenceBody = z.strictObject({
  ...when,
  state: z.enum(PRESENCE),
  /** late: minutes of the block that were missed. left: minutes of it that were attended. */
  minutes: z.int().min(0).max(600).optional(),
})
export type PresenceBody = z.infer<typeof PresenceBody>

export const ParticipationBody = z.strictObject({ ...when, what: z.enum(PARTICIPATION) })
export type ParticipationBody = z.infer<typeof ParticipationBody>

/** One look at one student at a cue (domain C8c): `1` on task, `0` not. A cue that nobody answered has no record. */
export const SampleBody = z.strictObject({
  ...when,
  n: z.int().min(1).max(2000),
  code: z.enum(['1', '0']),
})
export type SampleBody = z.infer<typeof SampleBody>

const Empty = z.strictObject({})

const inDay = {
  v: 1,
  scope: 'student',
  tier: 'T2',
  action: 'create',
  standing: false,
  partition: (record: { refs: { readonly [name: string]: string } }) => `roll:${record.refs['roll']}`,
} as const

export const kinds: readonly Kind[] = [
  { ...inDay, kind: 'attendance.presence', bodies: { 1: PresenceBody }, refs: ['roll', 'act?'] },
  { ...inDay, kind: 'attendance.participation', bodies: { 1: ParticipationBody }, refs: ['roll'] },
  /** `act`: the round of looks that it belongs to. */
  { ...inDay, kind: 'attendance.sample', bodies: { 1: SampleBody }, refs: ['roll', 'act'] },
  { ...inDay, kind: 'attendance.void', bodies: { 1: Empty }, refs: ['roll', 'act?'] },
]
