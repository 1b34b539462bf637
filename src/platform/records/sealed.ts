/**
 * The sealed record: what a device keeps beside each unsent record, so that whoever signs in next on that device can
 * carry it to the server without being able to read or forge it. Signed by the author's key of that device, then
 * sealed to the district's public key. The device seals (platform/web/vault), the server opens
 * (platform/server/sealed.ts); both run this very code, on WebCrypto.
 *
 * Sealing is HPKE (RFC 9180: DHKEM P-256, HKDF-SHA256) in its export mode: one encapsulation a sitting gives a secret
 * that both sides derive, and AES-256-GCM under it seals each record. An encapsulation a record would cost the server
 * ten times as much. P-256, because every browser has it.
 */
import type { CipherSuite } from '@hpke/core'
import { z } from 'zod'
import type { Envelope } from './envelope.ts'
import { uuid } from './envelope.ts'

const base64url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\w-]+$/, 'base64url')

/** A sealed record on the wire. Says nothing but which record it is; the acknowledgement names that id. */
export const SealedRecord = z.strictObject({
  id: uuid,
  /** Which of the district's keys it is sealed to. */
  key: uuid,
  /** HPKE's encapsulated key of the sitting: an uncompressed P-256 point. */
  enc: base64url(100),
  iv: base64url(16),
  /** AES-256-GCM of a Letter, with tag; the record's id is authenticated beside it. */
  ct: base64url(160_000),
})
export type SealedRecord = z.infer<typeof SealedRecord>

/** What is inside: the envelope, who made it, and their signature. */
export const Letter = z.strictObject({
  person: uuid,
  /** The key of that person on that device, as registered. */
  signer: uuid,
  /** ECDSA P-256 with SHA-256 over `signedBytes`, 64 bytes (r ‖ s). */
  signature: base64url(100),
  envelope: z.unknown(),
})
export interface Letter {
  readonly person: string
  readonly signer: string
  readonly signature: string
  readonly envelope: Envelope
}

/** What the author's key signs: the record's bytes by their digest, and whose act it was, where. */
export function signedBytes(of: {
  district: string
  person: string
  signer: string
  /** Lower-case hex SHA-256 of the envelope's canonical JSON. */
  digest: string
}): Uint8Array<ArrayBuffer> {
  return bytesOf(`handrail record 1\n${of.district}\n${of.person}\n${of.signer}\n${of.digest}`)
}

export const SIGNING = { name: 'ECDSA', namedCurve: 'P-256' } as const
export const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const

/** Seals letters of one sitting, each by itself. */
export interface Sealer {
  seal(letter: Letter): Promise<SealedRecord>
}

/** `publicKey`: the district's, an uncompressed P-256 point (65 bytes). Rejects when it is none. */
export async function openSealer(to: {
  district: string
  key: string
  publicKey: Uint8Array<ArrayBuffer>
}): Promise<Sealer> {
  const suite = await loadSuite()
  const recipientPublicKey = await suite.kem.deserializePublicKey(to.publicKey.buffer)
  const context = await suite.createSenderContext({ recipientPublicKey, info: infoOf(to.district) })
  const secret = await secretKey(await context.export(LABEL, 32), 'encrypt')
  const enc = base64urlOf(new Uint8Array(context.enc))
  return {
    async seal(letter) {
      const { id } = letter.envelope
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const text = bytesOf(JSON.stringify(letter))
      const ct = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: bytesOf(id) },
        secret,
        text,
      )
      return { id, key: to.key, enc, iv: base64urlOf(iv), ct: base64urlOf(new Uint8Array(ct)) }
    },
  }
}

interface SittingBy {
  readonly district: string
  readonly privateKey: CryptoKey
  readonly enc: string
}

/** Opens what was sealed in one sitting: derive once, open many. Rejects for a foreign or altered `enc`. */
export async function openSitting(by: SittingBy): Promise<(sealed: SealedRecord) => Promise<unknown>> {
  const secret = await secretKey(await sittingSecret(by), 'decrypt')
  return async ({ id, iv, ct }) => {
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: bytesFrom(iv), additionalData: bytesOf(id) },
      secret,
      bytesFrom(ct),
    )
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(opened)) as unknown
  }
}

/** The 32 bytes that both sides of a sitting derive: the server opens with a library of its own, at a third of the cost. */
export async function sittingSecret(by: SittingBy): Promise<ArrayBuffer> {
  const suite = await loadSuite()
  const context = await suite.createRecipientContext({
    recipientKey: by.privateKey,
    enc: bytesFrom(by.enc).buffer,
    info: infoOf(by.district),
  })
  return context.export(LABEL, 32)
}

/** The web app fetches HPKE after its first paint, so it is no part of what a phone loads first. */
async function loadSuite(): Promise<CipherSuite> {
  const { CipherSuite, DhkemP256HkdfSha256, ExportOnly, HkdfSha256 } = await import('@hpke/core')
  return new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new ExportOnly(),
  })
}

const LABEL = bytesOf('handrail sealed record 1').buffer

function infoOf(district: string): ArrayBuffer {
  return bytesOf(`handrail district ${district}`).buffer
}

function secretKey(secret: ArrayBuffer, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', secret, 'AES-GCM', false, [usage])
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

/** base64url without padding (RFC 4648, 5). */
export function base64urlOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Throws for what is not base64url. */
export function bytesFrom(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (one) =>
    one.charCodeAt(0),
  )
}
