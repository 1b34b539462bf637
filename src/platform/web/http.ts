/**
 * Questions to our own server from screens and the sign-in. Every answer is parsed with a schema, so that a
 * captive portal's page or half an answer is never taken for one (F24), and nothing is ever cached.
 * Records do not pass here: the sync has its own way, with acknowledgements.
 */
import { z } from 'zod'
import { Problem } from '../records/wire.ts'

const TIMEOUT_MS = 15_000

/** The server said no. `code` is stable (problem catalogue); screens branch on it, never on the words. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: string
  readonly status: number
  readonly field: string | null
  /** All that it said, by name: some problems say more than their code (problems.ts). */
  readonly said: Readonly<Record<string, unknown>>

  constructor(
    code: string,
    status: number,
    words: string,
    field: string | null,
    said: Readonly<Record<string, unknown>> = {},
  ) {
    super(words)
    this.code = code
    this.status = status
    this.field = field
    this.said = said
  }
}

/** No answer of our server: no network, too slow, or something else answered in its place. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

export interface Question {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON. */
  body?: unknown
  signal?: AbortSignal
  /** How long an answer may take, ms, where it is known to take long. */
  patienceMs?: number
}

/** Asks the server. Rejects with Refused or Unreachable, or with the signal's reason when it was aborted. */
export async function ask<T>(
  schema: z.ZodType<T>,
  path: `/api/${string}`,
  question: Question = {},
): Promise<T> {
  const { method = 'GET', body, signal, patienceMs = TIMEOUT_MS } = question
  const timeout = AbortSignal.timeout(patienceMs)
  let status: number
  let answer: unknown
  try {
    const response = await fetch(path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    status = response.status
    const text = await response.text()
    answer = text === '' ? null : JSON.parse(text)
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Unreachable('no answer', { cause: error })
  }
  if (status >= 200 && status < 300) {
    const parsed = schema.safeParse(answer)
    if (!parsed.success) throw new Unreachable('not an answer of this server', { cause: parsed.error })
    return parsed.data
  }
  const problem = Problem.partial().safeParse(answer)
  const fallback = Identity.safeParse(answer)
  const code = problem.data?.code ?? fallback.data?.code
  if (code === undefined && status !== 401) throw new Unreachable(`status ${status}`)
  throw new Refused(
    code ?? 'session.missing',
    status,
    problem.data?.title ?? fallback.data?.message ?? '',
    problem.data?.field ?? null,
    Object(answer) as Record<string, unknown>,
  )
}

/** How the identity endpoints under /api/auth say no. */
const Identity = z.object({ code: z.string(), message: z.string().optional() })
