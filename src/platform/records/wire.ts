/**
 * What goes over the wire between a device and the server, as schemas that both sides run. The client parses
 * every answer with these: a captive portal's HTML or a half answer is never taken for an acknowledgement (F24).
 */
import { z } from 'zod'
import { Envelope, uuid } from './envelope.ts'

export const ACK_STATUS = ['accepted', 'duplicate', 'conflict', 'refused'] as const

/**
 * Names the person whose device asks. Another person may have signed in on the same browser meanwhile, and the
 * cookie is theirs by now; then the answer is `session.other_person`, and nothing is taken or given.
 */
export const PERSON_HEADER = 'x-handrail-person'

/** What became of one record (G4). `code` says why for `conflict` and `refused`; codes are in the problem catalogue. */
export const Ack = z.object({
  id: z.string(),
  status: z.enum(ACK_STATUS),
  /** SHA-256 of the canonical JSON that the server computed; the device compares it with its own. */
  digest: z.string().optional(),
  /** Server wall clock (ms) when the record was first accepted. */
  received: z.number().optional(),
  code: z.string().optional(),
  /** The field at fault (dotted path) and words a teacher can read. */
  field: z.string().optional(),
  message: z.string().optional(),
})
export type Ack = z.infer<typeof Ack>

export const PushRequest = z.object({
  /** Envelopes. Each is judged alone: one that does not parse is refused, its neighbours are not touched. */
  records: z.array(z.unknown()).max(500),
  /** Device wall clock when sent (ISO instant), to estimate its skew. */
  sent: z.iso.datetime().optional(),
})
export type PushRequest = { records: readonly Envelope[]; sent?: string }

export const PushResponse = z.object({
  acks: z.array(Ack),
  /** Server wall clock, ms. */
  now: z.number(),
  /** Per device: the highest seq the server holds from this person, so that a hole is noticed (F8). */
  high: z.record(z.string(), z.number()),
})
export type PushResponse = z.infer<typeof PushResponse>

/** A record as delivered: the envelope and what only the server may say. */
export const Delivered = z.object({
  envelope: Envelope,
  digest: z.string(),
  author: uuid,
  received: z.number(),
  aud: z.int(),
  pos: z.int(),
})
export type Delivered = z.infer<typeof Delivered>

/** What this person may read now: one interned (scope, tier), until when. */
export const Grant = z.object({
  aud: z.int(),
  scope: z.enum(['student', 'group', 'person', 'thread', 'family', 'school', 'district']),
  /** Id of the scope: the student, the person, the school … */
  of: uuid,
  tier: z.enum(['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'S']),
  /** Records before this instant are not delivered (substitutes). */
  since: z.number().nullable(),
  /** Ends by itself at this instant (ms), offline too. */
  until: z.number().nullable(),
})
export type Grant = z.infer<typeof Grant>

/** An older partition that arrives as the state of a view instead of its records. */
export const Summary = z.object({
  view: z.string(),
  version: z.int(),
  partition: z.string(),
  parent: z.string(),
  aud: z.int(),
  state: z.json(),
})
export type Summary = z.infer<typeof Summary>

/**
 * `GET /api/feed?since=<cursor>&held=<auds>`: the tail of what is held, after the cursor.
 * Without `since` the feed starts at the beginning; without `held` everything granted counts as held.
 */
export const FeedResponse = z.object({
  epoch: uuid,
  head: z.int(),
  now: z.number(),
  grants: z.array(Grant),
  records: z.array(Delivered),
  /** Opaque; hand it back as `since`. */
  next: z.string(),
  more: z.boolean(),
  /** Records up to here are covered by a backup of the server. */
  safe_pos: z.int(),
})
export type FeedResponse = z.infer<typeof FeedResponse>

/**
 * `GET /api/feed/backfill?aud=<n>&upto=<pos>&after=<page>&epoch=<id>`: one newly granted aud, up to the position
 * where the device's cursor stands: standing kinds whole, partitions of the last 10 school days whole, older
 * ones as summaries. `next` is null on the last page.
 */
export const BackfillResponse = z.object({
  epoch: uuid,
  records: z.array(Delivered),
  summaries: z.array(Summary),
  next: z.string().nullable(),
})
export type BackfillResponse = z.infer<typeof BackfillResponse>

/** RFC 9457 problem details: what every error answer is. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  field: z.string().optional(),
})
export type Problem = z.infer<typeof Problem>
