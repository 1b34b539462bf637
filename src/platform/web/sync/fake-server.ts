/**
 * A small, strict server for tests: the wire contract of records/wire.ts in memory. It refuses what the contract does
 * not allow, so that a client that strays fails loudly. Its keys are real: what is sealed is opened and what is signed
 * is verified, as at the server. Tests only.
 */
import { DhkemP256HkdfSha256 } from '@hpke/core'
import { digestOf } from '../../core/canonical.ts'
import { uuidv7, type Uuid } from '../../core/ids.ts'
import { Envelope } from '../../records/envelope.ts'
import {
  base64urlOf,
  bytesFrom,
  Letter,
  openSitting,
  SealedRecord,
  SIGNATURE,
  signedBytes,
  SIGNING,
} from '../../records/sealed.ts'
import {
  DEVICE_KEY_HEADER,
  DeviceOpening,
  MADE_HEADER,
  PERSON_HEADER,
  type Ack,
  type Delivered,
  type DeviceList,
  type DeviceOpened,
  type FeedResponse,
  type Grant,
  type SeqRange,
  type Summary,
} from '../../records/wire.ts'
import { COLLEAGUE, deliveredOf, DISTRICT, TUESDAY } from '../store/testing.ts'

const AUDS = new Map<string, number>()

/** One aud per scope and tier, as the server interns them. */
export function audOf(of: Uuid, tier: Grant['tier'] = 'T2'): number {
  const key = `${of}/${tier}`
  const aud = AUDS.get(key) ?? AUDS.size + 1
  AUDS.set(key, aud)
  return aud
}

export function grantFor(of: Uuid, over: Partial<Grant> = {}): Grant {
  const tier = over.tier ?? 'T2'
  return { aud: audOf(of, tier), scope: 'student', of, tier, since: null, until: null, ...over }
}

export class FakeServer {
  epoch: Uuid = uuidv7(TUESDAY)
  /** In commit order; position n stands at index n − 1. */
  rows: Delivered[] = []
  readonly refused: { id: string; digest: string; code: string }[] = []
  grants: Grant[] = []
  summaries: Summary[] = []
  safe = 0
  now = () => TUESDAY
  offset = 0
  isSignedIn = true
  /** Whom the cookie names; null = whoever asks. */
  person: Uuid | null = null
  /** False = a server of before there were devices. */
  knowsDevices = true
  /** The district that records are sealed to. */
  district: Uuid = DISTRICT
  /** What the next opening says of an earlier device. */
  lost: DeviceOpened['lost'] = null
  readonly keys = new Map<string, RegisteredKey>()
  /** As `person/device`. Another secret from one opening to the next is a server that lost its own. */
  readonly wraps = new Map<string, string>()
  /** Sealed records that were carried, with who carried them. */
  readonly carried: { id: string; by: Uuid; author: Uuid }[] = []
  maxBytes = 8 * 1024 * 1024
  pageSize = 500
  /** Records before this instant are sent as summaries on a backfill. */
  windowStart = '0000'
  me: unknown = { name: 'me' }
  /** A problem code for a record that must be refused; null = accept. */
  judge: (envelope: Envelope) => string | null = () => null
  /** Status of the whole answer to a push, before anything is stored; null = go on. */
  choke: (batch: readonly Envelope[]) => number | null = () => null
  /** Every request, e.g. `POST /api/records 3`. */
  readonly log: string[] = []
  #epochs = 0

  readonly fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const url = new URL(String(input), 'http://school.test')
    return this.#answer(init.method ?? 'GET', url, init.body, new Headers(init.headers))
  }

  /** Takes a record of somebody else in. */
  add(envelope: Envelope, over: Partial<Delivered> = {}): Delivered {
    const tier = envelope.kind === 'test.card' ? 'T1' : 'T2'
    const row = deliveredOf(envelope, {
      aud: audOf(envelope.student ?? '', tier),
      received: this.now(),
      ...over,
      pos: this.rows.length + 1,
    })
    this.rows.push(row)
    return row
  }

  /** Restores a backup that ends at `pos`. A cursor that no longer fits makes it notice. */
  restore(pos: number): void {
    this.rows = this.rows.slice(0, pos)
  }

  ids(): string[] {
    return this.rows.map((row) => row.envelope.id)
  }

  async #answer(
    method: string,
    url: URL,
    body: BodyInit | null | undefined,
    headers: Headers,
  ): Promise<Response> {
    const query = url.searchParams
    const path = `${method} ${url.pathname}`
    const person = headers.get(PERSON_HEADER) ?? this.person
    const key = this.keys.get(headers.get(DEVICE_KEY_HEADER) ?? '')
    if (key?.revoked) return this.#problem(path, 401, 'device.revoked')
    if (!this.isSignedIn) return this.#problem(path, 401, 'session.missing')
    if (this.person !== null && person !== this.person)
      return this.#problem(path, 401, 'session.other_person')
    switch (path) {
      case 'POST /api/devices':
        return this.knowsDevices
          ? this.#openDevice(String(body), person ?? '')
          : this.#problem(path, 404, 'request.not_found')
      case 'GET /api/devices':
        return this.#json(path, this.#devices(person ?? ''))
      case 'POST /api/records/sealed':
        return this.#pushSealed(String(body), person ?? '')
      case 'POST /api/records':
        return this.#push(String(body), person)
      case 'GET /api/feed':
        return this.#feed(query, key, headers.get(MADE_HEADER))
      case 'GET /api/feed/backfill':
        return this.#backfill(query)
      case 'GET /api/time':
        return this.#json(path, { now: this.now() + this.offset, offset: this.offset })
      case 'GET /api/me':
        return this.#json(path, this.me)
    }
    const signOut = /^POST \/api\/devices\/([\w-]+)\/sign-out$/.exec(path)
    if (!signOut) return this.#problem(path, 404, 'request.not_found')
    this.revoke(signOut[1] ?? '')
    return this.#json(path, this.#devices(person ?? ''))
  }

  /** Signs a device out from elsewhere. */
  revoke(device: string): void {
    for (const key of this.keys.values()) if (key.device === device) key.revoked = true
  }

  async #openDevice(text: string, person: Uuid): Promise<Response> {
    const path = 'POST /api/devices'
    const opening = DeviceOpening.parse(JSON.parse(text))
    const publicKey = await crypto.subtle.importKey('raw', bytesFrom(opening.publicKey), SIGNING, true, [
      'verify',
    ])
    const { device, label } = opening
    this.keys.set(opening.key, { person, device, label, publicKey, revoked: false })
    const name = `${person}/${device}`
    const wrap = this.wraps.get(name) ?? base64urlOf(crypto.getRandomValues(new Uint8Array(32)))
    this.wraps.set(name, wrap)
    const point = new Uint8Array(await crypto.subtle.exportKey('raw', (await sealPair).publicKey))
    const answer: DeviceOpened = {
      wrap,
      seal: { key: SEAL_KEY, publicKey: base64urlOf(point) },
      lost: this.lost,
    }
    return this.#json(path, answer)
  }

  #devices(person: Uuid): DeviceList {
    const own = [...this.keys.values()].filter((key) => key.person === person)
    return {
      devices: [...new Map(own.map((key) => [key.device, key])).values()].map((key) => ({
        device: key.device,
        label: key.label,
        opened: this.now(),
        seen: this.now(),
        missing: 0,
        revoked: key.revoked ? this.now() : null,
      })),
    }
  }

  async #pushSealed(text: string, by: Uuid): Promise<Response> {
    const path = 'POST /api/records/sealed'
    if (text.length > this.maxBytes) return this.#problem(path, 413, 'request.too_large')
    const { records } = JSON.parse(text) as { records: unknown[] }
    const acks: Pick<Ack, 'id' | 'status' | 'code'>[] = []
    for (const raw of records) {
      const sealed = SealedRecord.parse(raw)
      const letter = await this.#opened(sealed)
      if (typeof letter === 'string') {
        acks.push({ id: sealed.id, status: 'refused', code: letter })
        continue
      }
      const { id, status, code } = this.#take(letter.envelope, letter.person)
      if (status === 'accepted') this.carried.push({ id, by, author: letter.person })
      acks.push(code === undefined ? { id, status } : { id, status, code })
    }
    return this.#json(`${path} ${records.length}`, { acks, now: this.now() })
  }

  /** The letter inside, or the code of why it is none. */
  async #opened(sealed: SealedRecord): Promise<Letter | string> {
    const { district } = this
    try {
      const open = await openSitting({ district, privateKey: (await sealPair).privateKey, enc: sealed.enc })
      const letter = Letter.parse(await open(sealed)) as Letter
      const { person, signer, signature, envelope } = letter
      const key = this.keys.get(signer)
      if (key?.person !== person) return 'record.signature'
      const signed = signedBytes({ district, person, signer, digest: digestOf(envelope) })
      const isGenuine = await crypto.subtle.verify(SIGNATURE, key.publicKey, bytesFrom(signature), signed)
      if (!isGenuine) return 'record.signature'
      return key.revoked ? 'record.key_revoked' : letter
    } catch {
      return 'record.unreadable'
    }
  }

  #push(text: string, person: Uuid | null): Response {
    const path = 'POST /api/records'
    if (text.length > this.maxBytes) return this.#problem(path, 413, 'request.too_large')
    const { records, sent } = JSON.parse(text) as { records: unknown[]; sent?: string }
    if (records.length > 500 || typeof sent !== 'string') return this.#problem(path, 422, 'request.invalid')
    const choked = this.choke(records as Envelope[])
    if (choked !== null)
      return this.#problem(path, choked, choked === 500 ? 'server.failed' : 'request.invalid')
    const acks = records.map((raw) => this.#take(raw, person))
    return this.#json(`${path} ${records.length}`, { acks, now: this.now(), high: {} })
  }

  #take(raw: unknown, author: Uuid | null): Ack {
    const parsed = Envelope.safeParse(raw)
    if (!parsed.success) {
      const id = (raw as { id?: unknown }).id
      return { id: String(id), status: 'refused', code: 'record.malformed', message: parsed.error.message }
    }
    const envelope = parsed.data as Envelope
    const { id } = envelope
    const digest = digestOf(envelope)
    const before = this.rows.find((row) => row.envelope.id === id)
    if (before?.digest === digest) return { id, status: 'duplicate', digest, received: before.received }
    const code = before ? 'record.id_reused' : this.judge(envelope)
    if (code !== null) {
      this.refused.push({ id, digest, code })
      return { id, status: before ? 'conflict' : 'refused', code, message: 'No.' }
    }
    const row = this.add(envelope, { author: author ?? COLLEAGUE })
    return { id, status: 'accepted', digest, received: row.received }
  }

  #feed(query: URLSearchParams, key: RegisteredKey | undefined, made: string | null): Response {
    const path = 'GET /api/feed'
    const held = query.get('held')
    if (held === null) return this.#problem(path, 422, 'request.invalid')
    const since = query.get('since')
    const cursor = since === null ? { e: this.epoch, p: 0, i: null } : (JSON.parse(since) as Cursor)
    const idAt = this.rows[cursor.p - 1]?.envelope.id ?? null
    if (cursor.e === this.epoch && idAt !== cursor.i) this.epoch = uuidv7(TUESDAY + ++this.#epochs)
    if (cursor.e !== this.epoch) return this.#problem(path, 409, 'feed.epoch', { epoch: this.epoch })
    const auds = new Set(held.split(',').map(Number))
    const readable = this.grants.filter((grant) => auds.has(grant.aud)).map((grant) => grant.aud)
    const tail = this.rows.filter((row) => row.pos > cursor.p && readable.includes(row.aud))
    const page = tail.slice(0, this.pageSize)
    const more = tail.length > page.length
    const end = more ? (page.at(-1)?.pos ?? 0) : this.rows.length
    const next: Cursor = { e: this.epoch, p: end, i: this.rows[end - 1]?.envelope.id ?? null }
    const answer: FeedResponse = {
      epoch: this.epoch,
      head: this.rows.length,
      now: this.now() + this.offset,
      grants: this.grants,
      records: page,
      next: JSON.stringify(next),
      more,
      safe_pos: this.safe,
      ...(key && made !== null && { missing: this.#missing(key.device, Number(made)) }),
    }
    return this.#json(`${path} ${page.length}`, answer)
  }

  /** Numbers up to `made` that never came from this device, refused ones included among those that did. */
  #missing(device: Uuid, made: number): SeqRange[] {
    const seen = new Set(
      this.rows.filter((row) => row.envelope.device === device).map((row) => row.envelope.seq),
    )
    const ranges: SeqRange[] = []
    for (let seq = 1; seq <= made; seq++) if (!seen.has(seq)) ranges.push([seq, seq])
    return ranges
  }

  #backfill(query: URLSearchParams): Response {
    const path = 'GET /api/feed/backfill'
    const aud = Number(query.get('aud'))
    if (query.get('epoch') !== this.epoch)
      return this.#problem(path, 409, 'feed.epoch', { epoch: this.epoch })
    if (!this.grants.some((grant) => grant.aud === aud)) return this.#problem(path, 404, 'access.denied')
    const after = Number(query.get('after') ?? 0)
    const rows = this.rows.filter(
      (row) =>
        row.aud === aud &&
        row.pos > after &&
        row.pos <= Number(query.get('upto')) &&
        row.envelope.at >= this.windowStart,
    )
    const page = rows.slice(0, this.pageSize)
    const next = rows.length > page.length ? `${page.at(-1)?.pos ?? 0}` : null
    const summaries = next === null ? this.summaries.filter((summary) => summary.aud === aud) : []
    return this.#json(`${path} ${aud}`, { epoch: this.epoch, records: page, summaries, next })
  }

  #json(line: string, body: unknown): Response {
    this.log.push(line)
    return new Response(JSON.stringify(body), {
      headers: { 'content-type': 'application/json; charset=utf-8' },
    })
  }

  #problem(path: string, status: number, code: string, extra: object = {}): Response {
    this.log.push(`${path} ${status}`)
    const type = `urn:handrail:problem:${code}`
    return new Response(JSON.stringify({ type, title: 'No.', status, code, ...extra }), {
      status,
      headers: { 'content-type': 'application/problem+json' },
    })
  }
}

interface RegisteredKey {
  readonly person: Uuid
  readonly device: Uuid
  readonly label: string
  readonly publicKey: CryptoKey
  revoked: boolean
}

const SEAL_KEY = '01900000-0000-7000-8000-0000000005ea'
/** One pair for all: making one costs more than a test. */
const sealPair = new DhkemP256HkdfSha256().generateKeyPair()

interface Cursor {
  readonly e: string
  readonly p: number
  readonly i: string | null
}
