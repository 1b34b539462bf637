/**
 * The inbox as it goes over the wire: records that were not taken, what became of them, and gaps in what devices sent.
 * The server answers with these shapes (platform/server/inbox.ts), the screen parses with them.
 */
import { z } from 'zod'
import { text, uuid } from './envelope.ts'

/** How a refused record was settled: entered anew, not needed after all, never right, or in words. */
export const SETTLED = ['entered_again', 'not_needed', 'wrong', 'other'] as const

/** `POST /api/inbox/:id/settle`. `other` says in words what was done. */
export const Settling = z
  .strictObject({ how: z.enum(SETTLED), note: text(200).optional() })
  .refine(({ how, note }) => how !== 'other' || (note ?? '').trim() !== '', {
    path: ['note'],
    message: 'words for what was done',
  })
export type Settling = z.infer<typeof Settling>

export const Settlement = z.object({
  at: z.number(),
  by: uuid,
  how: z.enum(SETTLED),
  note: z.string().nullable(),
})
export type Settlement = z.infer<typeof Settlement>

export const Refused = z.object({
  /** Names the entry of the inbox; the record's own `id` may be missing or be somebody else's. */
  entry: uuid,
  id: uuid.nullable(),
  /** Server wall clock, ms. */
  received: z.number(),
  code: z.string(),
  message: z.string(),
  field: z.string().nullable(),
  /** Who made it, as far as that is known. */
  by: uuid,
  /** The student it names, where this person may know them. */
  student: uuid.nullable(),
  /** As it arrived, at most 64 kB of it. */
  body: z.string(),
  truncated: z.boolean(),
  /** May this person settle it? */
  mine: z.boolean(),
  settled: Settlement.nullable(),
})
export type Refused = z.infer<typeof Refused>

/** Records that a device of somebody's says it made, and that have not come for more than a day (F8). */
export const Gap = z.object({
  person: uuid,
  device: uuid,
  /** Kind of machine and browser; null for a device that never said. */
  label: z.string().nullable(),
  records: z.int(),
  /** Since when, and when the device was last heard of, ms. */
  since: z.number(),
  seen: z.number(),
})
export type Gap = z.infer<typeof Gap>

/** `GET /api/inbox?settled=&before=`: newest first. */
export const InboxPage = z.object({
  refused: z.array(Refused),
  /** How many wait in all, for this person. */
  open: z.int(),
  /** Hand it back as `before` for the page after this one; null on the last. */
  next: uuid.nullable(),
  students: z.record(z.string(), z.object({ initials: z.string(), color: z.number() })),
  /** On the first page of what waits. */
  gaps: z.array(Gap),
  /** Names of the staff that the page names. */
  names: z.record(z.string(), z.string()),
})
export type InboxPage = z.infer<typeof InboxPage>
