/**
 * Goals by query, for roles that hold no student on their device (coordinator, office): what the server answers and
 * the screens read. Near roles fold the same pieces from their own store.
 */
import { z } from 'zod'
import { uuid } from '../../platform/records/envelope.ts'
import { Delivered } from '../../platform/records/wire.ts'

/** `GET /api/goals`: the programs one may see, each in its latest version. */
export const GoalList = z.object({
  goals: z.array(
    z.object({
      program: uuid,
      /** Null for personal care, which lists call by a neutral word. */
      title: z.string().nullable(),
      student: z.object({ id: uuid, initials: z.string(), color: z.int(), grade: z.string().nullable() }),
    }),
  ),
})
export type GoalList = z.infer<typeof GoalList>

/** `GET /api/goals/:program`: everything that its graph is made of. */
export const GoalData = z.object({
  student: z.object({ id: uuid, initials: z.string(), color: z.int(), grade: z.string().nullable() }),
  /** Records of the plan: versions, phases, aims. */
  plan: z.array(Delivered),
  /** States of the views: sessions and imported points. */
  states: z.array(z.object({ view: z.string(), partition: z.string(), state: z.json() })),
  /** Staff: id → name. */
  names: z.record(z.string(), z.string()),
  /** Staff of the student's team: id → role. */
  roles: z.record(z.string(), z.string()).optional(),
  tz: z.string(),
  /** Days on which it was planned and nothing was recorded, for a reason that is known by itself. */
  notRun: z
    .array(z.object({ day: z.iso.date(), reason: z.enum(['student_absent', 'staff_absent']) }))
    .optional(),
  /** Sessions whose times nobody has stood for since the device's clock was found to be wrong. */
  doubts: z.array(z.object({ session: uuid, offMs: z.number() })).optional(),
})
export type GoalData = z.infer<typeof GoalData>

/** Why a graph leaves the system as a file. */
export const FILE_REASONS = [
  'team_meeting',
  'family_meeting',
  'progress_report',
  'records_request',
  'printing',
] as const
export type FileReason = (typeof FILE_REASONS)[number]

/**
 * That a graph is saved as a file: noted before it is made, so that the school knows of it. The body of the record
 * `progress.file`; and of `POST /api/goals/:program/files`, for roles that record nothing about the student.
 */
export const FileTaken = z.strictObject({
  format: z.enum(['svg', 'png', 'csv']),
  picture: z.enum(['graph', 'ladder', 'steps', 'celeration']),
  reason: z.enum(FILE_REASONS),
})
export type FileTaken = z.infer<typeof FileTaken>

export const FileNoted = z.object({ noted: z.literal(true) })
