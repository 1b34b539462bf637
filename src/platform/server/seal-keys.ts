/**
 * The keys that devices seal records to: a P-256 pair per district, in HANDRAIL_DATA/secrets/seal, for their owner's
 * eyes only and part of every backup. Made when a district first needs one; `keys rotate` makes the next. Older ones
 * open what is sealed to them for 400 days more: a tablet may lie in a drawer for a year.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { isUuid, uuidv7, type Uuid } from '../core/ids.ts'
import { base64urlOf } from '../records/sealed.ts'

const KEPT_MS = 400 * 86_400_000
const PAIR = { name: 'ECDH', namedCurve: 'P-256' } as const

export class SealKeys {
  readonly #folder: string
  readonly #opened = new Map<string, CryptoKey>()

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'secrets', 'seal')
  }

  /** The key to seal to now, its public half as an uncompressed point in base64url. Makes the first one. */
  async current(district: Uuid): Promise<{ key: Uuid; publicKey: string }> {
    const key = this.#all(district).at(-1) ?? (await this.rotate(district))
    const { x, y } = this.#read(district, key)
    const point = Buffer.concat([
      Buffer.of(4),
      Buffer.from(x ?? '', 'base64url'),
      Buffer.from(y ?? '', 'base64url'),
    ])
    return { key, publicKey: base64urlOf(point) }
  }

  /** Makes a new current key and returns its id; drops keys that were replaced more than 400 days ago. */
  async rotate(district: Uuid, now = Date.now()): Promise<Uuid> {
    const pair = await crypto.subtle.generateKey(PAIR, true, ['deriveBits'])
    const key = uuidv7(now)
    this.#write(district, key, await crypto.subtle.exportKey('jwk', pair.privateKey))
    const all = this.#all(district)
    for (const [i, old] of all.entries()) {
      const next = all[i + 1]
      if (next && now - madeAt(next) > KEPT_MS) rmSync(join(this.#folder, district, old))
    }
    return key
  }

  /** The private half of one of the district's keys; undefined when there is none of that name. */
  async privateKey(district: Uuid, key: Uuid): Promise<CryptoKey | undefined> {
    const name = `${district}/${key}`
    const known = this.#opened.get(name)
    if (known) return known
    if (!isUuid(key) || !this.#all(district).includes(key)) return undefined
    // HPKE derives the public half from it, so it must be extractable
    const opened = await crypto.subtle.importKey('jwk', this.#read(district, key), PAIR, true, ['deriveBits'])
    this.#opened.set(name, opened)
    return opened
  }

  /** Ids, oldest first: they are of version 7 and say when they were made. */
  #all(district: Uuid): Uuid[] {
    const folder = join(this.#folder, district)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return readdirSync(folder).filter(isUuid).sort()
  }

  #read(district: Uuid, key: Uuid): JsonWebKey {
    return JSON.parse(readFileSync(join(this.#folder, district, key), 'utf8')) as JsonWebKey
  }

  // whole or not at all, and on the disk before anybody seals to it
  #write(district: Uuid, key: Uuid, content: JsonWebKey): void {
    const file = join(this.#folder, district, key)
    mkdirSync(join(this.#folder, district), { recursive: true, mode: 0o700 })
    const handle = openSync(`${file}.new`, 'wx', 0o600)
    try {
      writeSync(handle, JSON.stringify(content))
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(`${file}.new`, file)
  }
}

function madeAt(key: Uuid): number {
  return parseInt(key.slice(0, 8) + key.slice(9, 13), 16)
}
