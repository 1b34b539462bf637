/**
 * What goes over the wire between a device and the server, as schemas that both sides run. The client parses
 * every answer with these: a captive portal's HTML or a half answer is never taken for an acknowledgement (F24).
 */
import { z } from 'zod'
import { Envelope, uuid } from './envelope.ts'
import { SealedRecord } from './sealed.ts'

export const ACK_STATUS = ['accepted', 'duplicate', 'conflict', 'refused'] as const

/**
 * Names the person whose device asks. Another person may have signed in on the same browser meanwhile, and the
 * cookie is theirs by now; then the answer is `session.other_person`, and nothing is taken or given.
 */
export const PERSON_HEADER = 'x-handrail-person'

/**
 * Which of the person's device keys asks. A key that was revoked (signed out from elsewhere) is answered 401
 * `device.revoked`, and the device locks itself.
 */
export const DEVICE_KEY_HEADER = 'x-handrail-device-key'
/** The highest seq this device has given out. Where it is more than the server has seen, records are on their way or lost (F8). */
export const MADE_HEADER = 'x-handrail-made'

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

/**
 * `POST /api/records/sealed`: records of whoever used this device before, carried by the person signed in now. Author
 * and device are those of the signature; acknowledgements carry id, status and, for a no, its code, and nothing else.
 */
export const SealedPushRequest = z.object({
  /** Each is judged alone, as with PushRequest. */
  records: z.array(SealedRecord).max(500),
})
export type SealedPushRequest = z.infer<typeof SealedPushRequest>
export const SealedPushResponse = z.object({
  acks: z.array(z.object({ id: z.string(), status: z.enum(ACK_STATUS), code: z.string().optional() })),
  /** Server wall clock, ms. */
  now: z.number(),
})
export type SealedPushResponse = z.infer<typeof SealedPushResponse>

/** Sequence numbers of a device, both ends included. */
export const SeqRange = z.tuple([z.int(), z.int()])
export type SeqRange = z.infer<typeof SeqRange>

/** `POST /api/devices`: opens the device for the signed-in person. Sent after each sign-in, with a new signing key. */
export const DeviceOpening = z.object({
  device: uuid,
  /** Names the signing key; made on the device. */
  key: uuid,
  /** Its public half: an uncompressed P-256 point (65 bytes), base64url. */
  publicKey: z.string().regex(/^[\w-]{87}$/, 'a P-256 point in base64url'),
  /** Kind of machine and browser, for the person's own list of devices; no serial numbers. */
  label: z.string().max(80),
})
export type DeviceOpening = z.infer<typeof DeviceOpening>

export const DeviceOpened = z.object({
  /** 32 bytes, base64url: what wraps this person's data key on this device. The same at each opening. */
  wrap: z.string().regex(/^[\w-]{43}$/),
  /** The district's current public key, to which records are sealed. */
  seal: z.object({ key: uuid, publicKey: z.string().regex(/^[\w-]{87}$/) }),
  /**
   * This browser held another device of this person whose storage is gone (F8): how many records it had made that
   * never arrived, and when it was last heard of (ms).
   */
  lost: z.object({ device: uuid, label: z.string(), records: z.int(), seen: z.number() }).nullable(),
})
export type DeviceOpened = z.infer<typeof DeviceOpened>

/** `GET /api/devices`: the signed-in person's own devices, last heard of first. */
export const DeviceList = z.object({
  devices: z.array(
    z.object({
      device: uuid,
      label: z.string(),
      opened: z.number(),
      seen: z.number(),
      /** Records it says it made that have not arrived. */
      missing: z.int(),
      /** Null while it is signed in. */
      revoked: z.number().nullable(),
    }),
  ),
})
export type DeviceList = z.infer<typeof DeviceList>

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
  /**
   * Seqs that this device says it made (`MADE_HEADER`) and the server never saw: on their way while they stand in the
   * outbox, otherwise lost (F8). Absent when the device did not say who it is.
   */
  missing: z.array(SeqRange).optional(),
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
