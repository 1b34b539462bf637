/** What goes over the wire about messages between adults that are about no student. */
import { z } from 'zod'
import { text, uuid } from '../../platform/records/envelope.ts'

/** As many letters as a message or an answer may have. */
export const LONGEST = 300
const words = text(LONGEST).refine((said) => said.trim() !== '', 'something is said')

/** `POST /api/messages`. */
export const NewMessage = z.strictObject({ id: uuid, person: uuid, words })
export type NewMessage = z.infer<typeof NewMessage>

/** `POST /api/messages/:message/read`: that one has read it, and if one likes an answer. */
export const ReadIt = z.strictObject({ answer: words.nullable() })

export const Message = z.object({
  id: uuid,
  person: uuid,
  by: uuid,
  /** ms. */
  sent: z.number(),
  words: z.string(),
  read: z.number().nullable(),
  answer: z.string().nullable(),
})
export type Message = z.infer<typeof Message>

/** `GET /api/messages`, and kept with the day: to oneself while unread, from oneself for some days. The oldest first. */
export const MessagePage = z.object({
  messages: z.array(Message),
  /** To whom the reader may write. */
  aides: z.array(z.object({ id: uuid, name: z.string() })),
  /** Staff by id. */
  names: z.record(z.string(), z.string()),
})
export type MessagePage = z.infer<typeof MessagePage>

export const Done = z.object({ id: uuid })
