/**
 * A browser as the server meets it: one person's device opened over HTTP with a signing key of real WebCrypto, and
 * records signed and sealed as the product's own device does it, without the code of that device.
 */
import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { uuidv7 } from '../platform/core/ids.ts'
import type { Envelope } from '../platform/records/envelope.ts'
import {
  base64urlOf,
  bytesFrom,
  openSealer,
  SIGNATURE,
  signedBytes,
  SIGNING,
  type SealedRecord,
} from '../platform/records/sealed.ts'
import type { DeviceOpened } from '../platform/records/wire.ts'
import type { Answer, Visitor } from './running.ts'

/** What somebody who means ill, or a device that is broken, would put into a letter instead. */
export interface Forgery {
  person?: string
  signer?: string
  signature?: string
  /** What is signed, where that is not what is sent. */
  signed?: Envelope
  district?: string
  sealedTo?: { key: string; publicKey: string; district?: string }
}

export interface Browser {
  readonly device: string
  /** Id of the signing key. */
  readonly key: string
  readonly opened: DeviceOpened
  /** Signs and seals as this device; one sitting for all. */
  seal(records: readonly Envelope[], forgery?: Forgery): Promise<SealedRecord[]>
}

export interface Who {
  readonly district: string
  readonly person: string
}

/** The body of `POST /api/devices` and the pair that signs. */
export async function openingOf(device: string, label = 'Phone, Chrome') {
  const pair = await crypto.subtle.generateKey(SIGNING, false, ['sign', 'verify'])
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  const opening = { device, key: uuidv7(Date.now()), publicKey: base64urlOf(point), label }
  return { opening, privateKey: pair.privateKey }
}

/** Opens a device for the visitor, who is signed in as `who`. */
export async function openBrowser(
  visitor: Visitor,
  who: Who,
  device: string,
  label?: string,
): Promise<Browser> {
  const { opening, privateKey } = await openingOf(device, label)
  const answer: Answer = await visitor.post('/api/devices', opening)
  expect(answer.status, answer.text).toBe(200)
  const opened = answer.json<DeviceOpened>()
  const signer = opening.key
  return {
    device,
    key: signer,
    opened,
    async seal(records, forgery = {}) {
      const { district = who.district, person = who.person, sealedTo = opened.seal } = forgery
      const sealer = await openSealer({
        district: forgery.sealedTo?.district ?? who.district,
        key: sealedTo.key,
        publicKey: bytesFrom(sealedTo.publicKey),
      })
      return Promise.all(
        records.map(async (envelope) => {
          const claimed = { person, signer: forgery.signer ?? signer }
          const digest = digestOf(forgery.signed ?? envelope)
          const bytes = signedBytes({ district, ...claimed, digest })
          const signature = new Uint8Array(await crypto.subtle.sign(SIGNATURE, privateKey, bytes))
          return sealer.seal({
            ...claimed,
            signature: forgery.signature ?? base64urlOf(signature),
            envelope,
          })
        }),
      )
    },
  }
}

/** SHA-256 of RFC 8785's text: keys in order, nothing between. Enough for what the tests put into records. */
function digestOf(value: unknown): string {
  return createHash('sha256').update(sorted(value)).digest('hex')
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${sorted(one)}`).join(',')}}`
}
