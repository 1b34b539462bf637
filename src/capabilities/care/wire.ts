/**
 * Concerns of care as they go over the wire. A list names nobody and says nothing of what it is about, so that it may
 * stand on a screen that others see; what is in one is told when it is opened, and the trail says who opened it.
 */
import { z } from 'zod'
import { uuid } from '../../platform/records/envelope.ts'
import { SIGNS } from './concerns.ts'
import { FeedingBody } from './records.ts'

/** Who looks at what is asked of the nurse (domain C.5, B.3). */
export const LOOKING: readonly string[] = ['nurse', 'case_manager']

const Looked = z.object({ name: z.string(), at: z.number() })

/** `GET /api/care/concerns?seen=`: those that wait for me, or those that I have seen; newest first. */
export const Concerns = z.object({
  concerns: z.array(
    z.object({
      id: uuid,
      /** When it happened, ms. */
      at: z.number(),
      /** Who has looked at it as it stands, first to last. */
      seen: z.array(Looked),
    }),
  ),
})
export type Concerns = z.infer<typeof Concerns>

/** `GET /api/care/concerns/:concern`. */
export const OpenConcern = z.object({
  id: uuid,
  at: z.number(),
  student: z.object({ id: uuid, initials: z.string(), color: z.int() }),
  program: uuid,
  /** Who saw it. */
  by: z.string(),
  /** Null: a visit to the toilet. */
  meal: FeedingBody.shape.meal.nullable(),
  signs: z.array(z.enum(SIGNS)),
  seen: z.array(Looked),
})
export type OpenConcern = z.infer<typeof OpenConcern>

/** `POST /api/care/concerns/:concern/seen`: since when I have. */
export const ConcernSeen = z.object({ at: z.number() })
