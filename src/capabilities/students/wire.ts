/** What the screens of invitations say to the server and hear from it. */
import { z } from 'zod'
import { instant, text, uuid } from '../../platform/records/envelope.ts'

/** Whom a coordinator may invite. */
export const Substitutes = z.object({
  schools: z.array(z.object({ id: uuid, name: z.string() })),
  substitutes: z.array(
    z.object({
      id: uuid,
      name: z.string(),
      /** The end of what they cover today, ms; null: nothing yet. */
      until: z.number().nullable(),
      /** When they come today, as it was said (coverage/wire.ts, Hours), ms; null: nobody said so. */
      comes: z.object({ from: z.number(), to: z.number() }).nullable(),
      /** An invitation that still opens, or one that was opened and lasts; null: there is none. */
      invitation: z.object({ id: uuid, ends: z.number(), opened: z.number().nullable() }).nullable(),
    }),
  ),
})
export type Substitutes = z.infer<typeof Substitutes>

/** An invitation, with an id made by who invites: the same id twice is one invitation. */
export const Inviting = z.strictObject({
  id: uuid,
  school: uuid,
  /** Somebody who is known here, or somebody new by their name. */
  who: z.union([
    z.strictObject({ person: uuid }),
    z.strictObject({ given: text(80).min(1), family: text(80).min(1) }),
  ]),
  until: instant.describe('the end of the shift, today'),
})
export type Inviting = z.infer<typeof Inviting>

export const Invited = z.object({
  /** What stands behind `#` in the link; it opens once. */
  token: z.string(),
  until: z.number(),
})
export type Invited = z.infer<typeof Invited>

/** District, invitation, secret. */
export const Token = z.string().max(200)
