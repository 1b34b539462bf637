/**
 * Seals and opens what rests on the device: AES-256-GCM under the person's data key, which WebCrypto keeps and nobody
 * can read out. Called by store/sealing.ts, before a transaction opens and after it closed.
 *
 * Sealed bytes are: version (1), number of the data key, 12 bytes of IV, ciphertext with tag. What they are about (the
 * key of their row) is authenticated beside them, so that bytes moved to another row do not open.
 */
import type { Json } from '../../core/canonical.ts'
import { base64urlOf } from '../../records/sealed.ts'
import type { Bytes, DataKey } from '../store/port.ts'

const VERSION = 1
const HEAD = 2
const IV = 12
const TAG_BYTES = 18

export interface Cipher {
  seal(about: string, value: Json): Promise<Bytes>
  /** Rejects for bytes that were altered, or sealed with a key that is not here. */
  open(about: string, bytes: Bytes): Promise<Json>
  /**
   * A digest under a key. A digest alone would let whoever holds the disk guess: a card's few words, with the ids beside
   * them in plain, can be tried until one fits. Begins with the number of the key: only tags of one key compare.
   */
  tag(digest: string): Promise<string>
}

/** `keys` by number; what is sealed from now on is sealed with the last of them. */
export function createCipher(keys: ReadonlyMap<number, DataKey>): Cipher {
  const number = Math.max(...keys.keys())
  const current = keyOf(number)
  /** What was just sealed need not be opened to be shown. */
  const known = new WeakMap<Bytes, Json>()
  return {
    async seal(about, value) {
      const iv = crypto.getRandomValues(new Uint8Array(IV))
      const sealed = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: bytesOf(about) },
        current.cipher,
        bytesOf(JSON.stringify(value)),
      )
      const bytes = new Uint8Array(HEAD + IV + sealed.byteLength)
      bytes.set([VERSION, number])
      bytes.set(iv, HEAD)
      bytes.set(new Uint8Array(sealed), HEAD + IV)
      known.set(bytes, value)
      return bytes
    },

    async open(about, bytes) {
      const value = known.get(bytes)
      if (value !== undefined) return value
      if (bytes[0] !== VERSION) throw new Error('sealed by another version')
      const opened = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: bytes.subarray(HEAD, HEAD + IV), additionalData: bytesOf(about) },
        keyOf(bytes[1] ?? 0).cipher,
        bytes.subarray(HEAD + IV),
      )
      return JSON.parse(decoder.decode(opened)) as Json
    },

    async tag(digest) {
      const mac = await crypto.subtle.sign('HMAC', current.mac, bytesOf(digest))
      return `${number}.${base64urlOf(new Uint8Array(mac, 0, TAG_BYTES))}`
    },
  }

  function keyOf(n: number): DataKey {
    const key = keys.get(n)
    if (!key) throw new Error('sealed with a key that is not here')
    return key
  }
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

function bytesOf(text: string): Bytes {
  return encoder.encode(text)
}
