/**
 * What a refused record holds, in a form that a person can read: the envelope if it is one, else its text as it came.
 * The server keeps the bytes as they arrived (at most 64 kB), so anything may be in here, cut off or not.
 */
import { z } from 'zod'

export interface Readable {
  readonly kind: string
  readonly student: string | null
  /** Instant (ISO) at which it happened, by its device. */
  readonly at: string
  /** Fields of its content: name and value, both plain text. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** Why it corrected something, in the author's word. */
  readonly reason: string | null
}

const Sketch = z.object({
  kind: z.string(),
  student: z.string().nullable().default(null),
  at: z.string().refine((text) => !Number.isNaN(Date.parse(text))),
  body: z.record(z.string(), z.unknown()).default({}),
  reason: z.string().optional(),
})

/** Null for what is no record. */
export function readableOf(text: string): Readable | null {
  const sketch = Sketch.safeParse(jsonOf(text)).data
  if (!sketch) return null
  const { kind, student, at, body, reason } = sketch
  return { kind, student, at, fields: fieldsOf(body), reason: reason ?? null }
}

/** Nested values by their path; long lists are not cut, the screen scrolls. */
function fieldsOf(value: object, path = ''): [string, string][] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]): [string, string][] => {
    const here = path === '' ? name : `${path}.${name}`
    if (typeof inner === 'object' && inner !== null) return fieldsOf(inner, here)
    return [[here, String(inner)]]
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
