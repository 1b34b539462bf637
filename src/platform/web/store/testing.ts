/**
 * What tests of the store and the sync share: a small registry of kinds, a clock to set by hand, a storage port that
 * fails when told to. Tests only.
 */
import { z } from 'zod'
import type { Clock } from '../../core/clock.ts'
import { digestOf } from '../../core/canonical.ts'
import { uuidv7, type Uuid } from '../../core/ids.ts'
import { base64urlOf, SIGNING } from '../../records/sealed.ts'
import type { Envelope } from '../../records/envelope.ts'
import { createRegistry, type Kind, type View } from '../../records/registry.ts'
import type { Delivered, Grant } from '../../records/wire.ts'
import { createCipher } from '../vault/cipher.ts'
import { makeDataKey } from '../vault/data-key.ts'
import { createSeal } from '../vault/seal.ts'
import type { Draft } from './draft.ts'
import type { DataKey, StoragePort } from './port.ts'
import { createSealing, type Sealing } from './sealing.ts'

/** Tuesday 3 November 2026, 08:52 in Chicago. */
export const TUESDAY = Date.parse('2026-11-03T14:52:00.000Z')

export const DISTRICT = '01900000-0000-7000-8000-00000000d157'
export const PERSON = '01900000-0000-7000-8000-0000000000a1'
export const COLLEAGUE = '01900000-0000-7000-8000-0000000000a2'
export const AMARI = '01900000-0000-7000-8000-0000000000b1'
export const BELLA = '01900000-0000-7000-8000-0000000000b2'
export const SESSION = '01900000-0000-7000-8000-0000000000c1'

const tap: Kind = {
  kind: 'test.tap',
  v: 1,
  bodies: { 1: z.strictObject({ n: z.number(), note: z.string().optional() }) },
  refs: ['session'],
  scope: 'student',
  tier: 'T2',
  action: 'create',
  standing: false,
  partition: (record) => `session:${record.refs['session']}`,
}

export type CountState = { readonly student: string; readonly taps: number }

/** Taps of a session that stand; belongs to its student. */
export const countView: View<CountState> = {
  name: 'test.count',
  version: 1,
  kinds: ['test.tap', 'test.void'],
  fold: ({ live }) => (live.length === 0 ? null : { student: live[0]?.student ?? '', taps: live.length }),
  parent: (state) => state.student,
}

export const registry = createRegistry(
  [
    tap,
    { ...tap, kind: 'test.void', bodies: { 1: z.strictObject({}) } },
    {
      ...tap,
      kind: 'test.card',
      bodies: { 1: z.strictObject({ line: z.string() }) },
      refs: [],
      tier: 'T1',
      standing: true,
      partition: () => 'card',
    },
  ],
  [countView as unknown as View],
)

export function tapOf(n: number, over: Partial<Draft> = {}): Draft {
  return { kind: 'test.tap', body: { n }, student: AMARI, refs: { session: SESSION }, ...over }
}

export function partitionOf(student: Uuid, session: Uuid): string {
  return `${student}/T2/session:${session}`
}

/** A clock that stands until it is moved; `boot` names one run of the tab. */
export interface HandClock extends Clock {
  wall: number
  monotonic: number
  /** Moves both. */
  advance(ms: number): void
}

export function handClock(wall = TUESDAY, boot = 'boot-1'): HandClock {
  return {
    boot,
    wall,
    monotonic: 0,
    now() {
      return this.wall
    },
    mono() {
      return this.monotonic
    },
    advance(ms) {
      this.wall += ms
      this.monotonic += ms
    },
  }
}

/** Real keys of nobody in particular, for a store that no device opened. */
export async function sealingForTests(): Promise<Sealing> {
  const secret = crypto.getRandomValues(new Uint8Array(32))
  const { live } = await makeDataKey(1, secret, 'nobody')
  const signing = await crypto.subtle.generateKey(SIGNING, false, ['sign'])
  const district = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
    'deriveBits',
  ])
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', district.publicKey))
  const seal = { key: DISTRICT, publicKey: base64urlOf(point) }
  return createSealing({
    cipher: createCipher(new Map([[1, live as DataKey]])),
    seal: createSeal({
      district: DISTRICT,
      person: PERSON,
      sitting: { name: 'sitting', signer: DISTRICT, key: signing.privateKey, seal, until: Infinity },
    }),
  })
}

/** A random sequence that a seed repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * A port that asks before and after each write. What `before` throws happens instead of the write; what `after`
 * throws hides from the caller that it happened, like a tab killed between commit and continuation.
 */
export function faulty(port: StoragePort, hooks: { before?: () => void; after?: () => void }): StoragePort {
  return {
    transact: async (mode, tables, work) => {
      if (mode === 'write') hooks.before?.()
      const result = await port.transact(mode, tables, work)
      if (mode === 'write') hooks.after?.()
      return result
    },
    close: () => port.close(),
  }
}

let made = 0
/** An envelope of another device, as the server would have got it. */
export function envelopeFrom(over: Partial<Envelope> = {}): Envelope {
  made += 1
  return {
    id: uuidv7(TUESDAY + made),
    kind: 'test.tap',
    v: 1,
    body: { n: made },
    student: AMARI,
    refs: { session: SESSION },
    at: new Date(TUESDAY + made).toISOString(),
    tz: 'America/Chicago',
    device: '01900000-0000-7000-8000-0000000000e2',
    seq: made,
    ord: TUESDAY + made,
    mono: { boot: 'other', ms: made },
    ...over,
  }
}

export function deliveredOf(envelope: Envelope, over: Partial<Delivered> = {}): Delivered {
  return {
    envelope: envelope as Delivered['envelope'],
    digest: digestOf(envelope),
    author: COLLEAGUE,
    received: TUESDAY,
    aud: 1,
    pos: 1,
    ...over,
  }
}

export function grantOf(aud: number, over: Partial<Grant> = {}): Grant {
  return { aud, scope: 'student', of: AMARI, tier: 'T2', since: null, until: null, ...over }
}
