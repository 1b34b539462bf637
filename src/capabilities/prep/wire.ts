/** What goes over the wire about prep: commands with ids that the device makes, and what each end of them is told. */
import { z } from 'zod'
import { instant, text, uuid } from '../../platform/records/envelope.ts'

export const KINDS = ['copy', 'laminate', 'adapt', 'board', 'kit', 'set_up', 'collect', 'other'] as const
export type Kind = (typeof KINDS)[number]

/** Why it cannot be prepared. */
export const REASONS = ['no_time', 'material_missing', 'machine_down', 'unclear', 'other'] as const
export type Reason = (typeof REASONS)[number]

/** `POST /api/prep`. */
export const NewTask = z.strictObject({
  id: uuid,
  person: uuid,
  kind: z.enum(KINDS),
  what: text(120).refine((words) => words.trim() !== '', 'something is asked'),
  quantity: z.int().min(1).max(9999).nullable(),
  /** For which class or lesson. */
  group: text(80),
  due: instant,
})
export type NewTask = z.infer<typeof NewTask>

/** `POST /api/prep/:task/say`: the asked says how it stands, whoever asked takes it back. */
export const Said = z
  .strictObject({
    is: z.enum(['started', 'done', 'cannot', 'withdrawn']),
    reason: z.enum(REASONS).optional(),
  })
  .refine(({ is, reason }) => (is === 'cannot') === (reason !== undefined), {
    path: ['reason'],
    message: 'why it cannot be prepared, and only then',
  })
export type Said = z.infer<typeof Said>

export const Task = z.object({
  id: uuid,
  person: uuid,
  by: uuid,
  kind: z.enum(KINDS),
  what: z.string(),
  quantity: z.number().nullable(),
  group: z.string(),
  /** Instants, ms. */
  due: z.number(),
  changed: z.number(),
  is: z.enum(['asked', 'started', 'done', 'cannot']),
  reason: z.enum(REASONS).nullable(),
})
export type Task = z.infer<typeof Task>

/** `GET /api/prep`, and kept with the day: what one is asked for and what one asked for, by when it is due. */
export const PrepPage = z.object({
  tasks: z.array(Task),
  /** Whom the reader may ask. */
  aides: z.array(z.object({ id: uuid, name: z.string() })),
  /** Staff by id. */
  names: z.record(z.string(), z.string()),
})
export type PrepPage = z.infer<typeof PrepPage>

export const Done = z.object({ id: uuid })
