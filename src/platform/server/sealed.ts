/**
 * The sealed path: records that one person carries for another who used the device before them. The server opens each,
 * finds its author by the signature, and takes it in as that author's own by the very same ingest, judged by the
 * author's relationships at the time of the act. The carrier learns what the acknowledgement says and nothing else.
 */
import { createDecipheriv, verify, type KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import { canonical, sha256Hex } from '../core/canonical.ts'
import type { Uuid } from '../core/ids.ts'
import { Letter, SealedRecord, signedBytes, sittingSecret } from '../records/sealed.ts'
import type { SealedPushResponse } from '../records/wire.ts'
import type { Actor } from './db.ts'
import { signingKey } from './devices.ts'
import { ackOf, ingestOf, type Answer, type IngestServices } from './ingest.ts'
import { examine, refuse, refuseRaw, type Candidate, type Refusal } from './ingest-examine.ts'
import type { ProblemCode } from './problems.ts'
import type { SealKeys } from './seal-keys.ts'

export interface SealedServices extends IngestServices {
  readonly sealKeys: SealKeys
}

/** Takes a batch that the signed-in person carries. Each is judged alone; never throws for anything one may hold. */
export async function ingestSealed(
  services: SealedServices,
  carrier: Actor,
  batch: readonly unknown[],
): Promise<SealedPushResponse> {
  const { district } = carrier
  const now = services.database.now(district)
  const opened = await Promise.all(batch.map((raw, index) => openOne(services, district, raw, index)))
  const signers = await signersOf(services, district, opened)
  const byAuthor = new Map<Uuid, (Candidate | Refusal)[]>()
  for (const one of opened) {
    const { author = carrier.person, examined } = 'letter' in one ? authored(one, signers, district) : one
    byAuthor.set(author, [...(byAuthor.get(author) ?? []), examined])
  }
  const answer: Answer = { acks: new Map(), high: new Map() }
  for (const [person, examined] of byAuthor) {
    const bringing = { actor: { district, person, roles: [] }, uploader: carrier.person }
    await ingestOf(services, bringing, examined, { now, skew: 0 }, answer)
  }
  return {
    acks: opened.map(({ index }) => {
      const { id, status, code } = ackOf(answer, index)
      return { id, status, ...(code === undefined ? {} : { code }) }
    }),
    now,
  }
}

interface Opened {
  readonly index: number
  readonly letter: Letter
  readonly examined: Candidate | Refusal
}

/** What has no author that anybody could prove: kept in the inbox as brought by the carrier. */
interface Unauthored {
  readonly index: number
  readonly author: undefined
  readonly examined: Refusal
}

async function openOne(
  { registry, sealKeys }: SealedServices,
  district: Uuid,
  raw: unknown,
  index: number,
): Promise<Opened | Unauthored> {
  const sealed = SealedRecord.safeParse(raw)
  try {
    if (!sealed.success) throw sealed.error
    const privateKey = await sealKeys.privateKey(district, sealed.data.key)
    if (!privateKey) throw new Error('sealed to no key of this district')
    const secret = await secretOf({ district, privateKey, ...sealed.data })
    const letter = Letter.parse(contentOf(sealed.data, secret)) as Letter
    if (letter.envelope.id !== sealed.data.id) throw new Error('holds another record than it says')
    return { index, letter, examined: examine(registry, letter.envelope, index) }
  } catch {
    return unauthored({ ...refuseRaw(raw, index, 'record.unreadable'), ...UNKNOWN, author: null })
  }
}

/** As records/sealed.ts seals it. Throws for what was altered. */
function contentOf({ id, iv, ct }: SealedRecord, secret: Buffer): unknown {
  const bytes = Buffer.from(ct, 'base64url')
  const tag = bytes.subarray(-TAG_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(iv, 'base64url'), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(id)).setAuthTag(tag)
  const text = Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()])
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text))
}
const TAG_BYTES = 16

const secrets = new Map<string, Promise<Buffer>>()
/** A sitting costs as much as ten records; a device has one for each time its app was opened. */
const MAX_SITTINGS = 1000

function secretOf(by: { district: Uuid; privateKey: CryptoKey; key: Uuid; enc: string }): Promise<Buffer> {
  const name = `${by.district}/${by.key}/${by.enc}`
  const known = secrets.get(name)
  if (known) return known
  const secret = sittingSecret(by).then((bytes) => Buffer.from(bytes))
  secrets.set(name, secret)
  secret.catch(() => secrets.delete(name))
  const oldest = secrets.keys().next().value
  if (secrets.size > MAX_SITTINGS && oldest !== undefined) secrets.delete(oldest)
  return secret
}

interface Signer {
  readonly person: Uuid
  readonly device: Uuid
  readonly key: KeyObject
  readonly revoked: boolean
}

async function signersOf(
  { database }: SealedServices,
  district: Uuid,
  opened: readonly (Opened | Unauthored)[],
): Promise<Map<Uuid, Signer>> {
  const keys = [...new Set(opened.flatMap((one) => ('letter' in one ? one.letter.signer : [])))]
  if (keys.length === 0) return new Map()
  const rows = await database.asSystem(district, (_tx, db) =>
    db
      .selectFrom('device_key')
      .select(['key_id', 'person_id', 'device', 'public_key', 'revoked'])
      .where('district_id', '=', district)
      .where('key_id', '=', sql<string>`any(${keys}::uuid[])`)
      .execute(),
  )
  return new Map(
    rows.map((row) => [
      row.key_id,
      {
        person: row.person_id,
        device: row.device,
        key: signingKey(row.public_key),
        revoked: row.revoked !== null,
      },
    ]),
  )
}

/** The record with its author, or refused: signed by nobody who could be its author, or by a key that was signed out. */
function authored(
  { index, letter, examined }: Opened,
  signers: ReadonlyMap<Uuid, Signer>,
  district: Uuid,
): { author: Uuid | undefined; examined: Candidate | Refusal } {
  const refused = (code: ProblemCode): Refusal =>
    'code' in examined ? refuseRaw(letter.envelope, index, code) : refuse(examined, code)
  const signer = signers.get(letter.signer)
  const signed =
    signer?.person === letter.person &&
    signer.device === letter.envelope.device &&
    signatureHolds(letter, 'code' in examined ? undefined : examined.digest, signer.key, district)
  if (!signed)
    return unauthored({ ...refused('record.signature'), arrival: undefined, author: letter.person })
  return { author: letter.person, examined: signer.revoked ? refused('record.key_revoked') : examined }
}

function signatureHolds(letter: Letter, digest: string | undefined, key: KeyObject, district: Uuid): boolean {
  const { person, signer, signature, envelope } = letter
  try {
    const bytes = signedBytes({ district, person, signer, digest: digest ?? sha256Hex(canonical(envelope)) })
    return verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}

/** Nothing that a sealed record says of itself is believed. */
const UNKNOWN = { student: null, arrival: undefined } as const

function unauthored(examined: Refusal): Unauthored {
  return { index: examined.index, author: undefined, examined }
}
