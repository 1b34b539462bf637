/**
 * From what a screen says to a record: the checks that need no server, the stamps of clock and device, the digest.
 * Pure; called by device.ts at each capture. What passes here the server understands, so a refusal later is about
 * authority and never about shape.
 */
import { canonical, digestOf, isUnstorable, type Json } from '../../core/canonical.ts'
import type { Clock } from '../../core/clock.ts'
import { uuidv7, type Uuid } from '../../core/ids.ts'
import { Envelope, MAX_RECORD_BYTES, type DeviceOrder, type StoredRecord } from '../../records/envelope.ts'
import { scopeIdOf, type Kind, type Registry } from '../../records/registry.ts'
import { isVoid } from '../../records/settle.ts'
import { CaptureRefused } from './errors.ts'
import type { Counter, OutboxItem } from './change.ts'
import { scopeKeyOf } from './rows.ts'

/** What a screen captures. Everything else of the envelope is stamped by the device. */
export interface Draft {
  readonly kind: string
  /** Version of the body; the current one when absent. */
  readonly v?: number
  readonly body: { readonly [key: string]: Json }
  readonly student: Uuid | null
  readonly refs: Readonly<Record<string, Uuid>>
  readonly replaces?: Uuid
  readonly reason?: string
  /** Instant (ISO) when it happened; now when absent. */
  readonly at?: string
  /** Instant (ISO) when it was typed, if later. */
  readonly entered?: string
  readonly onBehalfOf?: Uuid
}

/** Who and what makes the record. */
export interface Maker {
  readonly registry: Registry
  readonly person: Uuid
  readonly district: Uuid
  readonly device: Uuid
  readonly tz: string
  /** The district's clock. */
  readonly clock: Clock
  /** The numbers given out last. */
  readonly after: Counter
}

/** A draft as it goes into the outbox. Throws CaptureRefused. */
export function recordOf(draft: Draft, maker: Maker): OutboxItem {
  const { registry, person, district, clock } = maker
  const kind = registry.kind(draft.kind)
  if (!kind) throw new CaptureRefused('kind', 'kind')
  const v = draft.v ?? kind.v
  const schema = kind.bodies[v]
  if (!schema || v > kind.v) throw new CaptureRefused('version', 'v')
  checkText(draft, '')
  const body = schema.safeParse(draft.body)
  if (!body.success)
    throw new CaptureRefused('body', ['body', ...(body.error.issues[0]?.path ?? [])].join('.'))
  checkRefs(kind, draft)
  const scopeId = scopeIdOf(kind, draft, person, district)
  const isOfStudent = kind.scope === 'student' || kind.scope === 'family'
  if (scopeId === undefined || (!isOfStudent && draft.student !== null))
    throw new CaptureRefused('scope', 'student')
  if (draft.replaces !== undefined && !draft.reason) throw new CaptureRefused('envelope', 'reason')
  if (isVoid(draft) && draft.replaces === undefined) throw new CaptureRefused('envelope', 'replaces')

  const { onBehalfOf, entered, replaces, reason } = draft
  const now = clock.now()
  const envelope = {
    id: uuidv7(now),
    kind: draft.kind,
    v,
    body: plain(draft.body),
    student: draft.student,
    refs: { ...draft.refs },
    at: draft.at ?? new Date(now).toISOString(),
    tz: maker.tz,
    ...(entered === undefined ? {} : { entered }),
    device: maker.device,
    ...numbersAfter(maker.after, now),
    mono: { boot: clock.boot, ms: clock.mono() },
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(replaces === undefined ? {} : { replaces }),
    ...(reason === undefined ? {} : { reason }),
  } satisfies Envelope
  const checked = Envelope.safeParse(envelope)
  if (!checked.success) throw new CaptureRefused('envelope', checked.error.issues[0]?.path.join('.') ?? null)
  if (new TextEncoder().encode(JSON.stringify(envelope)).length > MAX_RECORD_BYTES)
    throw new CaptureRefused('size', 'body')
  return asRow(envelope, person, scopeKeyOf(kind.scope, scopeId, kind.tier))
}

/** The same record under the numbers that follow `after`: another tab gave out its own meanwhile. */
export function renumbered(row: OutboxItem, after: Counter): OutboxItem {
  const { digest: _, author, received: _received, aud: _aud, pos: _pos, ...envelope } = row.data
  return asRow({ ...envelope, ...numbersAfter(after, envelope.ord) }, author, row.scope)
}

/** ord never goes back, whatever the wall clock does (semantics 2.1). */
function numbersAfter(after: Counter, wall: number): Counter {
  return { seq: after.seq + 1, ord: Math.max(after.ord + 1, wall) }
}

function asRow(envelope: Envelope & DeviceOrder, author: Uuid, scope: string): OutboxItem {
  const digest = digestOf(envelope)
  const data: StoredRecord = { ...envelope, digest, author, received: null, aud: null, pos: null }
  const { id, seq } = envelope
  return { id, seq, scope, state: 'waiting', hidden: 0, again: 0, data, problem: null }
}

function checkRefs(kind: Kind, draft: Draft): void {
  const known = new Set(kind.refs.map((ref) => ref.replace('?', '')))
  const missing = kind.refs.find((ref) => !ref.endsWith('?') && !draft.refs[ref])
  const unwanted = Object.keys(draft.refs).find((ref) => !known.has(ref))
  const wrong = missing ?? unwanted
  if (wrong !== undefined) throw new CaptureRefused('refs', `refs.${wrong}`)
}

/** Refuses U+0000 and lone surrogates wherever text can stand. */
function checkText(value: unknown, path: string): void {
  if (typeof value === 'string' && isUnstorable(value)) throw new CaptureRefused('text', path)
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (isUnstorable(key)) throw new CaptureRefused('text', path)
    checkText(inner, path === '' ? key : `${path}.${key}`)
  }
}

/** A copy that holds JSON and nothing else, so that what the caller does to its object later changes nothing. */
function plain(body: Draft['body']): Draft['body'] {
  try {
    return JSON.parse(canonical(body)) as Draft['body']
  } catch {
    throw new CaptureRefused('body', 'body')
  }
}
