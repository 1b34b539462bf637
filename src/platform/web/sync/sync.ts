/**
 * One cycle of the sync: send, then fetch. Knows no browser: it is handed a store, a transport and a clock, and
 * runs in Node against a scripted server. Called by runner.ts, in the leading tab only.
 */
import type { Json } from '../../core/canonical.ts'
import { canonical } from '../../core/canonical.ts'
import { z } from 'zod'
import type { Store } from '../store/store.ts'
import { pull, Superseded, type PullOptions } from './pull.ts'
import { push } from './push.ts'
import { SyncError, type Transport } from './transport.ts'

/** Documents and the time are asked for again after this long, ms. */
const DOCUMENTS_EVERY_MS = 10 * 60_000
/** A device whose clock is away from the server's by more than this, ms, is told what was sent by it (domain C.3). */
const DOUBTFUL_MS = 5 * 60_000
/** The server's clock moved against ours by more than this, ms: the demo clock was set. */
const CLOCK_MOVED_MS = 30_000

/**
 * done: all that was to do is done; later: the server answers, but something is left for another try;
 * offline: no answer; signed_out: the server wants a sign-in first; revoked: this device was signed out from
 * elsewhere; superseded: another tab is at it.
 */
export type CycleResult = 'done' | 'later' | 'offline' | 'signed_out' | 'revoked' | 'superseded'

export interface SyncOptions extends Omit<PullOptions, 'store' | 'transport' | 'signal'> {
  readonly store: Store
  readonly transport: Transport
  /** Monotonic ms. */
  readonly mono: () => number
  /** Names and paths of JSON documents to keep besides records, e.g. `{me: '/api/me'}`. */
  readonly documents: Readonly<Record<string, string>>
  readonly value: (name: string) => Json | undefined
  readonly offset: () => number
}

export interface Sync {
  /**
   * `look` = false: what waits is sent, and news are not asked for. Never rejects for reasons of the network; rejects
   * with a StoreError when the device cannot write.
   */
  cycle(signal: AbortSignal, look?: boolean): Promise<CycleResult>
}

export function createSync(options: SyncOptions): Sync {
  const { store, transport, publish, now, mono } = options
  let askedAt: number | null = null
  let grantsSeen = ''
  /** Server clock − ours when the time was last asked, ms. */
  let skew: number | null = null

  return { cycle }

  async function cycle(signal: AbortSignal, look = true): Promise<CycleResult> {
    try {
      if ((await store.position()).line.signedOut) return 'signed_out'
      try {
        return await exchange(signal, look)
      } catch (error) {
        if (!(error instanceof SyncError) || error.kind !== 'epoch' || error.epoch === null) throw error
        const restarted = await store.restart((await store.position()).line, error.epoch)
        if (!restarted) return 'superseded'
        publish(restarted)
        return await exchange(signal, true)
      }
    } catch (error) {
      if (error instanceof Superseded) return 'superseded'
      if (!(error instanceof SyncError)) throw error
      if (error.kind === 'signed_out')
        return error.problem.code === 'device.revoked' ? 'revoked' : 'signed_out'
      return error.kind === 'network' ? 'offline' : 'later'
    }
  }

  async function exchange(signal: AbortSignal, look: boolean): Promise<CycleResult> {
    if (skew === null) await askTime(signal)
    // An acknowledgement counts for the server that gave it, so a device learns first whom it speaks to (G6).
    if ((await store.position()).line.epoch === null) await pull({ ...options, signal })
    // what a wrong clock sends the server doubts, and whoever recorded it is asked at once: its documents say so
    const isDoubtful = Math.abs(skew ?? 0) > DOUBTFUL_MS && (await store.waiting()).length > 0
    let failure: SyncError | null = null
    const pushed = await push({ store, transport, publish, now, signal }).catch((error: unknown) => {
      // A server that chokes on what we send may still have news for us.
      if (!(error instanceof SyncError) || error.kind !== 'server') throw error
      failure = error
      return false
    })
    if (!look && pushed && !isDoubtful) return 'done'
    if (isDoubtful) askedAt = null
    const { grants, now: serverNow, complete } = await pull({ ...options, signal })
    if (Math.abs(serverNow - now() - (skew ?? 0)) > CLOCK_MOVED_MS) await askTime(signal)
    await askDocuments(JSON.stringify(grants.map((grant) => grant.aud).sort()), signal)
    return pushed && complete && failure === null ? 'done' : 'later'
  }

  async function askTime(signal: AbortSignal): Promise<void> {
    try {
      const time = await transport.time(signal)
      if (time.offset !== options.offset()) publish(await store.configure({ offset: time.offset }))
      skew = time.now - now()
      if (Math.abs(skew) > DOUBTFUL_MS) askedAt = null
    } catch (error) {
      if (!isOptional(error)) throw error
      skew = 0
    }
  }

  async function askDocuments(grants: string, signal: AbortSignal): Promise<void> {
    if (grants === grantsSeen && askedAt !== null && mono() - askedAt < DOCUMENTS_EVERY_MS) return
    for (const [name, path] of Object.entries(options.documents)) {
      try {
        const value = (await transport.request(path, z.json(), { signal })) as Json
        const known = options.value(name)
        if (known === undefined || canonical(known) !== canonical(value))
          publish(await store.set(name, value))
      } catch (error) {
        if (!isOptional(error)) throw error
      }
    }
    grantsSeen = grants
    askedAt = mono()
  }
}

/** Records do not wait for a document that the server will not give. */
function isOptional(error: unknown): boolean {
  return error instanceof SyncError && (error.kind === 'refused' || error.kind === 'server')
}
