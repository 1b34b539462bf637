/**
 * The identity of bytes (G2, G3). Two copies of a record are the same record when the SHA-256 of their
 * canonical JSON (RFC 8785, JCS) is the same. Device and server run this very code.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import canonicalizeJson from 'canonicalize'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** The canonical JSON text of a value. Throws a TypeError for anything JSON cannot hold (NaN, undefined, …). */
export function canonical(value: unknown): string {
  const text = canonicalizeJson(value)
  if (text === undefined) throw new TypeError('not a JSON value')
  return text
}

/** Lower-case hexadecimal SHA-256 (64 characters) of the canonical JSON of a value. */
export function digestOf(value: unknown): string {
  return sha256Hex(canonical(value))
}

/** Lower-case hexadecimal SHA-256 of a text's UTF-8 bytes. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(new TextEncoder().encode(text)))
}

/** True when the text holds U+0000 or a lone surrogate: neither survives PostgreSQL or UTF-8, so capture refuses both. */
export function isUnstorable(text: string): boolean {
  return text.includes('\u0000') || !text.isWellFormed()
}
