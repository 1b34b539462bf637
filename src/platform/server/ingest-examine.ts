/**
 * Ingest, first part: a record looked at on its own. Shape, size, kind, version, refs; nothing that needs the
 * database. What is wrong with it becomes a refusal that names the field.
 */
import { hash } from 'node:crypto'
import { z } from 'zod'
import { canonical, isUnstorable } from '../core/canonical.ts'
import { isUuid, type Uuid } from '../core/ids.ts'
import { Envelope, MAX_RECORD_BYTES } from '../records/envelope.ts'
import type { Kind, Registry } from '../records/registry.ts'
import type { Arrival } from './arrivals.ts'
import { MAX_LEVELS, plainCanonical } from './canonical-plain.ts'
import { compiled } from './compiled.ts'
import type { ProblemCode } from './problems.ts'

export interface Candidate {
  readonly index: number
  readonly envelope: Envelope
  readonly kind: Kind
  /** When it happened, by the device, ms. */
  readonly at: number
  readonly text: string
  readonly digest: string
}

export interface Refusal {
  readonly index: number
  readonly id: string
  readonly code: ProblemCode
  readonly field?: string
  readonly message?: string
  readonly body: string
  readonly student: Uuid | null
  /** Where it was made and as which one, as far as that can be read: it has arrived, although it was refused (F8). */
  readonly arrival?: Arrival | undefined
  /** Whose it says it is, where that is not whose transaction this is; null = nobody can tell. */
  readonly author?: Uuid | null
}

/** What came as JSON is JSON, and its kind says what the body may be: looking at each value once is enough. */
const Shape = compiled(Envelope.extend({ body: z.record(z.string(), z.unknown()) }))

export function examine(registry: Registry, raw: unknown, index: number): Candidate | Refusal {
  const no = (code: ProblemCode, field?: string, message?: string): Refusal => ({
    ...refuseRaw(raw, index, code),
    ...(field === undefined ? {} : { field }),
    ...(message === undefined ? {} : { message }),
  })

  // most are written once, as they are kept
  const plain = plainCanonical(raw)
  const written = plain ?? textOf(raw)
  if (written === undefined) return no('record.malformed', '')
  if (Buffer.byteLength(written) > MAX_RECORD_BYTES) return no('record.too_large')
  // what is plain does not nest so deep, and has no text that cannot be kept
  if (plain === undefined && nestsDeeper(raw, MAX_LEVELS)) return no('record.malformed', '')
  const parsed = Shape.safeParse(raw)
  if (!parsed.success) return no('record.malformed', ...firstIssue(parsed.error))
  const envelope = parsed.data as Envelope
  const unstorable = plain === undefined ? unstorablePath(raw, '') : undefined
  if (unstorable !== undefined) return no('record.unstorable', unstorable)
  const kind = registry.kind(envelope.kind)
  if (!kind) return no('record.unknown_kind', 'kind')
  if (envelope.v > kind.v) return no('record.unknown_version', 'v')
  if (envelope.v < kind.v - 2) return no('record.old_version', 'v')
  const schema = kind.bodies[envelope.v]
  if (!schema) return no('record.unknown_version', 'v')
  const content = compiled(schema).safeParse(envelope.body)
  if (!content.success) {
    const [field, message] = firstIssue(content.error)
    return no('record.body', field === '' ? 'body' : `body.${field}`, message)
  }
  const wrongRef = wrongRefOf(kind, envelope)
  if (wrongRef) return no('record.refs', `refs.${wrongRef}`)
  const needsStudent = kind.scope === 'student' || kind.scope === 'family'
  if (needsStudent && envelope.student === null) return no('record.student_missing', 'student')
  if (!needsStudent && envelope.student !== null) return no('record.student_unwanted', 'student')
  if (envelope.replaces && !envelope.reason) return no('record.reason_missing', 'reason')
  if (kind.kind.endsWith('.void') && !envelope.replaces) return no('record.refs', 'replaces')
  const text = plain ?? canonical(envelope)
  // the same as digestOf, by the faster library that only servers have
  return { index, envelope, kind, at: Date.parse(envelope.at), text, digest: hash('sha256', text) }
}

function wrongRefOf(kind: Kind, envelope: Envelope): string | undefined {
  const known = new Set(kind.refs.map((ref) => ref.replace('?', '')))
  for (const ref of kind.refs) if (!ref.endsWith('?') && !envelope.refs[ref]) return ref
  return Object.keys(envelope.refs).find((ref) => !known.has(ref))
}

function firstIssue(error: z.ZodError): [field: string, message: string] {
  const issue = error.issues[0]
  return [issue?.path.join('.') ?? '', issue?.message ?? '']
}

/** Path of the first text that holds U+0000 or a lone surrogate. */
function unstorablePath(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return isUnstorable(value) ? path : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    if (isUnstorable(key)) return path
    const found = unstorablePath(inner, path === '' ? key : `${path}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}

/** Goes no deeper than it asks for: this guards everything after it. */
function nestsDeeper(value: unknown, levels: number): boolean {
  if (levels < 0) return true
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some((inner) => nestsDeeper(inner, levels - 1))
}

/** Undefined when it nests so deep that not even its text can be had. */
function textOf(raw: unknown): string | undefined {
  try {
    return JSON.stringify(raw) ?? 'null'
  } catch {
    return undefined
  }
}

/** What is no sound record, with what can be read of it. */
export function refuseRaw(raw: unknown, index: number, code: ProblemCode): Refusal {
  const about = raw as { id?: unknown; student?: unknown } | null
  const named = typeof about?.id === 'string' && about.id.length <= 64 && !isUnstorable(about.id)
  return {
    index,
    id: named ? (about.id as string) : `#${index}`,
    code,
    body: textOf(raw) ?? '"nested too deeply to be kept"',
    student: isUuid(about?.student) ? about.student : null,
    arrival: arrivalOf(raw),
  }
}

/** A sound record that may not go in. */
export function refuse(candidate: Candidate, code: ProblemCode): Refusal {
  return {
    index: candidate.index,
    id: candidate.envelope.id,
    code,
    body: candidate.text,
    student: candidate.envelope.student,
    arrival: candidate.envelope,
  }
}

function arrivalOf(raw: unknown): Arrival | undefined {
  const { device, seq } = (raw ?? {}) as { device?: unknown; seq?: unknown }
  return isUuid(device) && Seq.safeParse(seq).success ? { device, seq: seq as number } : undefined
}
const Seq = Envelope.shape.seq
