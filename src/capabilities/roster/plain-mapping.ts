/** Which column of a list of people holds what. Shapes only: the screen and the reader share them. */
import { z } from 'zod'

/** What a column can hold. `name` is the whole name as “Family, Given”; `section` may list several. */
export const PLAIN_FIELDS = [
  'id',
  'given',
  'family',
  'name',
  'preferred',
  'email',
  'role',
  'school',
  'grade',
  'section',
  'start',
  'end',
] as const
export type PlainField = (typeof PLAIN_FIELDS)[number]

export const FileMapping = z.strictObject({
  /** Which column holds what: its header, or its number from 1. */
  columns: z.partialRecord(z.enum(PLAIN_FIELDS), z.union([z.string(), z.int().min(1)])),
  /** False when the first line is already somebody. */
  header: z.boolean().default(true),
  /** Who the people of this file are when no column says so, e.g. `student` or `para`. */
  role: z.string().optional(),
  /** Their school when no column says so. */
  school: z.string().optional(),
})
export type FileMapping = z.infer<typeof FileMapping>

/** By file name; a file without an entry is guessed. */
export const PlainMapping = z.record(z.string(), FileMapping)
export type PlainMapping = z.infer<typeof PlainMapping>
