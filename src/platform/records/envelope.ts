/**
 * The record: one act, made once on the device where it happened and never changed. These are the fields the
 * device writes; what the server adds (author, received, scope, position …) is never taken from here.
 */
import { z } from 'zod'
import { isUnstorable, type Json } from '../core/canonical.ts'

/** The largest body, in bytes of canonical JSON, that a record may carry. */
export const MAX_RECORD_BYTES = 64 * 1024
/** The most records one POST may carry. */
export const MAX_BATCH = 500

/** Why a record was replaced or voided (domain B.8), with free words only for `other`. */
export const REASONS = ['mis_tap', 'wrong_student', 'wrong_time', 'late_entry', 'other'] as const

export const uuid = z.uuid().regex(/^[0-9a-f-]{36}$/, 'lower-case UUID')

/** An instant: ISO 8601, UTC, three decimals, as `Date.prototype.toISOString` writes it. */
export const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'instant like 2026-11-03T14:52:07.123Z')
  .refine(isInstant, 'a real date')

const zone = z.string().max(64).refine(isZone, 'IANA time zone')

/** Text that survives every store on the way. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !isUnstorable(value), 'no U+0000 and no lone surrogates')

export const Envelope = z.strictObject({
  id: uuid.describe('UUID v7 made on the device'),
  kind: z
    .string()
    .max(64)
    .regex(/^[a-z]+\.[a-z_]+$/)
    .describe('capability.noun'),
  v: z.int().min(1).max(1000).describe('version of the body schema'),
  body: z.record(z.string(), z.json()),
  student: uuid.nullable().describe('the one student the record is about'),
  refs: z.record(z.string(), uuid).describe('other ids that the kind names'),
  at: instant.describe('when it happened, by the device'),
  tz: zone.describe('IANA zone of the place'),
  entered: instant.optional().describe('when it was typed, if later'),
  device: uuid,
  seq: z.int().min(1).max(2_147_483_647).describe('+1 per device and person, without gaps'),
  ord: z
    .int()
    .min(0)
    .optional()
    .describe('max(previous ord + 1, wall ms): order on the device; absent = `at`'),
  mono: z
    .strictObject({ boot: text(64), ms: z.number().min(0).max(Number.MAX_SAFE_INTEGER) })
    .optional()
    .describe('monotonic clock, for durations'),
  onBehalfOf: uuid.optional(),
  replaces: uuid.optional().describe('the record that this one corrects or voids'),
  reason: text(200).optional().describe('why, when it replaces'),
})

export type Envelope = Omit<z.infer<typeof Envelope>, 'body'> & { body: { readonly [key: string]: Json } }

/** Order and monotonic clock of a device. Who is no device of ours may leave them out. */
export interface DeviceOrder {
  readonly ord: number
  readonly mono: { readonly boot: string; readonly ms: number }
}

/** The stamps of an envelope; without them its time is its order, and its clock compares with no other. */
export function deviceOrderOf(envelope: Pick<Envelope, 'id' | 'at' | 'ord' | 'mono'>): DeviceOrder {
  return { ord: envelope.ord ?? Date.parse(envelope.at), mono: envelope.mono ?? { boot: envelope.id, ms: 0 } }
}

/** A record as the server hands it out and as devices keep it: the envelope plus what only the server may say. */
export interface StoredRecord extends Omit<Envelope, 'ord' | 'mono'>, DeviceOrder {
  readonly digest: string
  readonly author: string
  /** Server wall clock, ms since the epoch; null while the record is only on the device. */
  readonly received: number | null
  /** Interned (scope, tier); null while the record is only on the device. */
  readonly aud: number | null
  /** Feed position, for transport only; null while the record is only on the device. */
  readonly pos: number | null
}

// Date.parse takes 30 February for 2 March, 24:00 for the next day, and the year 0 that PostgreSQL has not
function isInstant(text: string): boolean {
  const ms = Date.parse(text)
  return ms >= FIRST_INSTANT && new Date(ms).getUTCDate() === Number(text.slice(8, 10))
}
const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00.000Z')

function isZone(name: string): boolean {
  // an offset is no zone, and only ASCII has one lower case
  if (!/^[A-Za-z][\w+/-]*$/.test(name)) return false
  const key = name.toLowerCase()
  const known = zones.get(key)
  if (known !== undefined) return known
  let is = true
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
  } catch {
    is = false
  }
  if (is || zones.size < 1000) zones.set(key, is)
  return is
}
const zones = new Map<string, boolean>()
