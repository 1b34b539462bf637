/**
 * Identifiers. Every record, row and person is named by a UUID made by whoever creates it, so that a device
 * can name a record before any server has heard of it. Version 7 (RFC 9562) sorts by the millisecond it was made.
 */
import { sha256 } from '@noble/hashes/sha2.js'

export type Uuid = string

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

export function isUuid(value: unknown): value is Uuid {
  return typeof value === 'string' && UUID.test(value)
}

/**
 * A version-7 UUID for the given wall-clock millisecond.
 * `random` yields the 10 random bytes; pass a seeded source for reproducible data.
 */
export function uuidv7(ms: number, random: (bytes: Uint8Array) => Uint8Array = fill): Uuid {
  const bytes = new Uint8Array(16)
  random(bytes.subarray(6))
  const time = Math.max(0, Math.floor(ms))
  bytes[0] = Math.floor(time / 2 ** 40) & 0xff
  bytes[1] = Math.floor(time / 2 ** 32) & 0xff
  bytes[2] = Math.floor(time / 2 ** 24) & 0xff
  bytes[3] = Math.floor(time / 2 ** 16) & 0xff
  bytes[4] = Math.floor(time / 2 ** 8) & 0xff
  bytes[5] = time & 0xff
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return format(bytes)
}

function fill(bytes: Uint8Array): Uint8Array {
  return globalThis.crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>)
}

function format(bytes: Uint8Array): Uuid {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A stable UUID (version 8) for a name: the same name always gives the same id, so importing again updates. */
export function uuidOf(name: string): Uuid {
  const bytes = sha256(new TextEncoder().encode(name)).slice(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return format(bytes)
}
