/**
 * The data key of one person on one device: made once, wrapped by the secret that the server gives to their signed-in
 * sessions, and in use only as keys that cannot be read out. Called by vault.ts.
 */
import type { Bytes, DataKey, DataKeyRow } from '../store/port.ts'

const KEY_BYTES = 32
const IV = 12

/** A new data key, wrapped and in use. `secret`: 32 bytes; `whose` is authenticated beside the key. */
export async function makeDataKey(number: number, secret: Bytes, whose: string): Promise<DataKeyRow> {
  const raw = crypto.getRandomValues(new Uint8Array(2 * KEY_BYTES))
  const iv = crypto.getRandomValues(new Uint8Array(IV))
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: aboutOf(number, whose) },
    await wrappingKey(secret),
    raw,
  )
  const wrapped = new Uint8Array(IV + sealed.byteLength)
  wrapped.set(iv)
  wrapped.set(new Uint8Array(sealed), IV)
  return { name: `data/${number}`, number, wrapped, live: await inUse(raw) }
}

/** The key in use again; null when the secret does not open it (another secret, or altered bytes). */
export async function unwrapped(row: DataKeyRow, secret: Bytes, whose: string): Promise<DataKey | null> {
  try {
    const raw = await crypto.subtle.decrypt(
      {
        name: 'AES-GCM',
        iv: row.wrapped.subarray(0, IV),
        additionalData: aboutOf(row.number, whose),
      },
      await wrappingKey(secret),
      row.wrapped.subarray(IV),
    )
    return await inUse(new Uint8Array(raw))
  } catch {
    return null
  }
}

async function inUse(raw: Bytes): Promise<DataKey> {
  const cipher = await crypto.subtle.importKey('raw', raw.subarray(0, KEY_BYTES), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ])
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const mac = await crypto.subtle.importKey('raw', raw.subarray(KEY_BYTES), hmac, false, ['sign'])
  raw.fill(0)
  return { cipher, mac }
}

function wrappingKey(secret: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

function aboutOf(number: number, whose: string): Bytes {
  return new TextEncoder().encode(`handrail data key ${number}\n${whose}`)
}
