/**
 * The office's attendance beside what the adults saw: what the routes take and answer, and when the two disagree. The
 * office owns the official one (domain 5.3); a disagreement is settled by a corrected code or by a reason, never by
 * itself.
 */
import { z } from 'zod'
import { text, uuid } from '../../platform/records/envelope.ts'

export const OFFICIAL = ['present', 'absent', 'late', 'left_early', 'school_activity'] as const
export type Official = (typeof OFFICIAL)[number]

/** Why both may stay as they are. */
export const SETTLED = [
  'late_bus',
  'arrived_later',
  'left_before',
  'school_activity',
  'aide_mistaken',
  'other',
] as const
export type Settled = (typeof SETTLED)[number]

/** `GET /api/attendance?day=`: the students of one's schools, those in disagreement first. */
export const AttendanceDay = z.object({
  day: z.iso.date(),
  students: z.array(
    z.object({
      student: uuid,
      initials: z.string(),
      color: z.int(),
      grade: z.string().nullable(),
      official: z.enum(OFFICIAL).nullable(),
      /** What adults marked: the block and the name of who marked last. Null: nobody marked anything. */
      seen: z
        .object({ is: z.enum(['here', 'absent']), block: z.string(), at: z.iso.datetime(), by: z.string() })
        .nullable(),
      mismatch: z.boolean(),
      /** Why the disagreement may stay; null while nobody said. */
      settled: z.object({ reason: z.enum(SETTLED), by: z.string(), note: z.string().nullable() }).nullable(),
    }),
  ),
})
export type AttendanceDay = z.infer<typeof AttendanceDay>
export type AttendanceRow = AttendanceDay['students'][number]

/** `POST /api/attendance`: codes of the office. The id is made by who says it; the same one twice changes nothing. */
export const SayOfficial = z.object({
  id: uuid,
  day: z.iso.date(),
  marks: z
    .array(z.object({ student: uuid, code: z.enum(OFFICIAL) }))
    .min(1)
    .max(2000)
    .refine(
      (marks) => new Set(marks.map(({ student }) => student)).size === marks.length,
      'each student once',
    ),
})
export type SayOfficial = z.infer<typeof SayOfficial>

/** `POST /api/attendance/settle`: why both may stay, of exactly what disagreed when it was said. */
export const SettleMismatch = z.object({
  id: uuid,
  student: uuid,
  day: z.iso.date(),
  official: z.enum(OFFICIAL),
  seen: z.enum(['here', 'absent']),
  reason: z.enum(SETTLED),
  note: text(200).optional(),
})
export type SettleMismatch = z.infer<typeof SettleMismatch>

export const Said = z.object({ id: uuid })

/** Whether the office's code and what was seen cannot both be true of one day. */
export function disagree(official: Official | null, seen: 'here' | 'absent' | null): boolean {
  if (official === null || seen === null) return false
  return (official === 'absent') !== (seen === 'absent')
}
