/**
 * Requests to the server, each with a time limit and each answer checked: what is not JSON of the agreed shape is
 * no answer at all (F24: a captive portal says 200 and sends a page). Called by the sync, and by screens through
 * device.request. Nothing here retries, and nothing asks navigator.onLine (F25).
 */
import { z } from 'zod'
import {
  BackfillResponse,
  FeedResponse,
  PERSON_HEADER,
  Problem as ProblemDetails,
  PushResponse,
  SealedPushResponse,
  type PushRequest,
  type SealedPushRequest,
} from '../../records/wire.ts'

/**
 * network: no answer, too late, or not an answer of this server; signed_out: 401; too_large: 413; refused: another
 * 4xx; epoch: 409 `feed.epoch`; server: 500 from the server itself; busy: 429 or another 5xx from it.
 */
export type SyncErrorKind = 'network' | 'signed_out' | 'too_large' | 'refused' | 'epoch' | 'server' | 'busy'

export class SyncError extends Error {
  override readonly name = 'SyncError'
  readonly kind: SyncErrorKind
  readonly status: number | null
  readonly problem: { readonly code: string; readonly field: string | null; readonly message: string | null }
  /** The new epoch, for kind `epoch`. */
  readonly epoch: string | null

  constructor(
    kind: SyncErrorKind,
    details: { status?: number; code?: string; field?: string; message?: string; epoch?: string } = {},
    cause?: unknown,
  ) {
    super(`${kind}${details.code === undefined ? '' : ` ${details.code}`}`, { cause })
    this.kind = kind
    this.status = details.status ?? null
    this.problem = {
      code: details.code ?? `sync.${kind}`,
      field: details.field ?? null,
      message: details.message ?? null,
    }
    this.epoch = details.epoch ?? null
  }
}

export interface Transport {
  push(body: PushRequest, signal: AbortSignal): Promise<PushResponse>
  /** Records of whoever, sealed. */
  pushSealed(body: SealedPushRequest, signal: AbortSignal): Promise<SealedPushResponse>
  feed(since: string | null, held: readonly number[], signal: AbortSignal): Promise<FeedResponse>
  backfill(ask: BackfillAsk, signal: AbortSignal): Promise<BackfillResponse>
  time(signal: AbortSignal): Promise<{ now: number; offset: number }>
  /** Any JSON of the API. Rejects with a SyncError. */
  request<T>(path: string, schema: z.ZodType<T>, init?: RequestInit): Promise<T>
}

export interface BackfillAsk {
  readonly aud: number
  readonly upto: number
  readonly epoch: string
  readonly after: string | null
}

export function createTransport(options: {
  fetch: typeof globalThis.fetch
  /** Origin and path before `/api`; empty = same origin. */
  baseUrl: string
  timeoutMs: number
  /** Whose device this is: the server refuses it under somebody else's cookie. */
  person: string
  /** Sent with every request besides the person: which key asks, and what it has made. */
  headers?: () => Readonly<Record<string, string>>
  /** Flight mode: nothing goes out. */
  isGrounded: () => boolean
}): Transport {
  const request: Transport['request'] = async (path, schema, init = {}) => {
    if (options.isGrounded()) throw new SyncError('network')
    const limit = AbortSignal.timeout(options.timeoutMs)
    const signal = init.signal ? AbortSignal.any([limit, init.signal]) : limit
    const answer = await unlessAborted(signal, async () => {
      const response = await options.fetch(`${options.baseUrl}${path}`, {
        ...init,
        headers: {
          accept: 'application/json',
          [PERSON_HEADER]: options.person,
          ...options.headers?.(),
          ...(init.body ? { 'content-type': 'application/json' } : {}),
        },
        credentials: 'same-origin',
        cache: 'no-store',
        // Our API never redirects; a sign-in portal on the way does.
        redirect: 'error',
        signal,
      })
      const type = response.headers.get('content-type') ?? ''
      const isJson = /^application\/(problem\+)?json\b/.test(type)
      return { response, body: isJson ? ((await response.json()) as unknown) : undefined }
    })
    const { response, body } = answer
    if (!response.ok) throw problemOf(response.status, body)
    const parsed = schema.safeParse(body)
    if (response.status !== 200 || !parsed.success)
      throw new SyncError('network', { status: response.status })
    return parsed.data
  }

  return {
    request,
    push: (body, signal) =>
      request('/api/records', PushResponse, { method: 'POST', body: JSON.stringify(body), signal }),
    pushSealed: (body, signal) =>
      request('/api/records/sealed', SealedPushResponse, {
        method: 'POST',
        body: JSON.stringify(body),
        signal,
      }),
    feed: (since, held, signal) => {
      const query = new URLSearchParams({ held: held.join(',') })
      if (since !== null) query.set('since', since)
      return request(`/api/feed?${query}`, FeedResponse, { signal })
    },
    backfill: ({ aud, upto, epoch, after }, signal) => {
      const query = new URLSearchParams({ aud: `${aud}`, upto: `${upto}`, epoch })
      if (after !== null) query.set('after', after)
      return request(`/api/feed/backfill?${query}`, BackfillResponse, { signal })
    },
    time: (signal) => request('/api/time', Time, { signal }),
  }
}

const Time = z.object({ now: z.number(), offset: z.number() })
const EpochProblem = z.object({ code: z.literal('feed.epoch'), epoch: z.uuid() })

/** Settles with the work, or rejects when the signal fires even if the work never hears of it. */
async function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const stop = Promise.withResolvers<never>()
  const onAbort = () => stop.reject(new SyncError('network', {}, signal.reason))
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([stop.promise, work()])
  } catch (error) {
    throw error instanceof SyncError ? error : new SyncError('network', {}, error)
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

function problemOf(status: number, body: unknown): SyncError {
  const parsed = ProblemDetails.safeParse(body)
  if (!parsed.success) {
    // A proxy's own "too large" page is as true as ours.
    return new SyncError(status === 413 ? 'too_large' : 'network', { status })
  }
  const { code, field, detail, title } = parsed.data
  const details = { status, code, message: detail ?? title, ...(field === undefined ? {} : { field }) }
  if (status === 401) return new SyncError('signed_out', details)
  if (status === 413) return new SyncError('too_large', details)
  if (status === 409) {
    const moved = EpochProblem.safeParse(body)
    if (moved.success) return new SyncError('epoch', { ...details, epoch: moved.data.epoch })
  }
  if (status === 500) return new SyncError('server', details)
  return new SyncError(status >= 500 || status === 429 ? 'busy' : 'refused', details)
}
