/**
 * The device: one person's records on one browser, behind one port. Screens capture and read here (through hooks.ts)
 * and know nothing of what is behind: IndexedDB, outbox, sync, tabs. Opened by the shell for the signed-in person.
 *
 * What must stay true: a record is on the screen at once as `saving` and becomes `kept` only after a strict commit
 * (G1). Every tab captures; one tab syncs. All tabs apply all changes in the order the store made them.
 */
import { canonical, type Json } from '../../core/canonical.ts'
import type { Clock } from '../../core/clock.ts'
import type { Uuid } from '../../core/ids.ts'
import type { StoredRecord } from '../../records/envelope.ts'
import type { Registry, View } from '../../records/registry.ts'
import type { Settled } from '../../records/settle.ts'
import { DEVICE_KEY_HEADER, DeviceOpened, MADE_HEADER } from '../../records/wire.ts'
import { carry } from '../sync/courier.ts'
import { electAll, electByLock, type Elect } from '../sync/leader.ts'
import { openLive, type Live, type OpenStream } from '../sync/live.ts'
import { createRunner, type Runner } from '../sync/runner.ts'
import { createSync, type CycleResult } from '../sync/sync.ts'
import { openTabs, type Connection, type Others } from '../sync/tabs.ts'
import { createTransport, SyncError } from '../sync/transport.ts'
import { databaseName, eachOther, lockOthers, storagesHere } from '../vault/neighbors.ts'
import { openVault, VALID_MS } from '../vault/vault.ts'
import { Cache, type Entry, type RecordState, type StateOfPartition } from './cache.ts'
import { createCaptures, type Capture } from './captures.ts'
import type { Draft } from './draft.ts'
import { StoreError } from './errors.ts'
import type { StoragePort, Storages } from './port.ts'
import type { Change, Losses } from './change.ts'
import { countOutside } from './ranges.ts'
import { createSealing, envelopeOf } from './sealing.ts'
import { createStore } from './store.ts'

/** How often the end of the keys' time is looked for, ms. */
const LOCK_EVERY_MS = 60_000
/** The keys' time is written anew when it moved by this much, ms. */
const EXTEND_EVERY_MS = 10 * 60_000
/** Sealed records of others that the server did not take are offered again after this long, ms. */
const CARRY_EVERY_MS = 60_000
/** How often ends of grants are looked for, ms. */
const EXPIRY_EVERY_MS = 30_000
/** How long a change of another tab may be on its way before everything is read again, ms. */
const GAP_PATIENCE_MS = 250
/** A tab that does not lead waits at most this long for the leader's answer, ms. */
const FOLLOWER_PATIENCE_MS = 30_000
const TIMEOUT_MS = 20_000

export interface DeviceOptions {
  readonly district: Uuid
  readonly person: Uuid
  /** IANA zone of the school, or what knows it: asked at each capture. */
  readonly tz: string | (() => string)
  readonly registry: Registry
  /** The machine's own clock. The demo school's offset is added here; read it from `device.clock`. */
  readonly clock: Clock
  readonly fetch?: typeof globalThis.fetch
  /** Before `/api`; empty = same origin. */
  readonly baseUrl?: string
  readonly timeoutMs?: number
  /** Names and paths of documents to keep fresh. */
  readonly documents?: Readonly<Record<string, string>>
  /**
   * The databases of this browser, one a person and district; IndexedDB when absent. Whoever else left records in
   * one of them has them carried to the server by this device, sealed.
   */
  readonly storages?: Storages
  /** This person's database alone, in place of `storages`: then nobody else has used this browser. */
  readonly storage?: StoragePort
  /**
   * Called once when this device locked itself: the keys and all that was synced are gone from it, what is unsent
   * stays sealed, and the device is closed. Not called for `signOut`.
   */
  readonly onLock?: (reason: LockReason) => void
  readonly elect?: Elect
  /** Opens the live stream; null = none. */
  readonly openStream?: OpenStream | null
  /** A number in [0, 1), for the jitter. */
  readonly random?: () => number
}

/** revoked: signed out from another device; expired: too long without a word of the server; left: signed out in another tab. */
export type LockReason = 'revoked' | 'expired' | 'left'

export interface Status {
  /** Records that are not with the team yet and need nobody. */
  readonly unsent: number
  /** Of these, what is on its way to the disk: not kept yet. */
  readonly saving: number
  readonly needsYou: number
  /** District wall clock (ms) of the last complete pull; null = never. */
  readonly lastSynced: number | null
  /** As the last exchange went: `online` only after a valid answer. */
  readonly connection: Connection
  /** This tab syncs for all. */
  readonly leader: boolean
  /** Sealed records of other people who used this browser. */
  readonly others: Others
}

/** Records that never reached the team and are gone from where they were made (F8). */
export interface Lost {
  /** Made on this device. */
  readonly here: number
  /** Made in this browser before its storage was cleared. */
  readonly before: { readonly label: string; readonly records: number; readonly seen: number } | null
}

export interface Device {
  readonly person: Uuid
  readonly district: Uuid
  /** Id of this device for this person. */
  readonly id: Uuid
  /** The district's clock (a demo school lives on its own day). */
  readonly clock: Clock

  /** Makes a record. Read here at once, on every screen within a frame or two. Throws CaptureRefused for a draft that can never be one. */
  capture(draft: Draft): Capture
  /** Several that are one act: all of them, or none when one is refused. */
  captureAll(drafts: readonly Draft[]): readonly Capture[]

  /** Full key of the partition that such a record belongs to; null for an unknown kind or a missing scope. */
  partitionOf(record: {
    kind: string
    student: Uuid | null
    refs: Readonly<Record<string, Uuid>>
  }): string | null
  /** Every record here of one partition, corrections applied. Partial while only a summary is here (`isWhole`). */
  settled(partition: string): Settled
  /** All records of one partition in order. */
  records(partition: string): readonly StoredRecord[]
  /** Null = nothing to show. */
  state<State extends Json>(view: View<State>, partition: string): State | null
  /** The partitions whose state belongs to `parent`, by partition key. */
  statesOf<State extends Json>(view: View<State>, parent: string): readonly StateOfPartition<State>[]
  /** False while this device has only the summary of it. */
  isWhole(partition: string): boolean
  /** True when it holds something written by a newer build: shown only after an update. */
  needsUpdate(partition: string): boolean

  /** Undefined for a record that is not here. */
  stateOf(recordId: Uuid): RecordState | undefined
  status(): Status
  /** Until their person has taken note; null = nothing was lost. */
  lost(): Lost | null
  noteLost(): Promise<void>
  /** What is not with the team, oldest first. */
  outbox(): readonly Entry[]
  /** Offers a record that needs you again, or tries again to keep it. */
  retry(id: string): Promise<void>
  /** The outbox as JSON lines {record, digest, state, problem}, to take away when nothing else helps. */
  exportUnsent(): string

  /** A kept document such as `me`; undefined = not here. */
  value(name: string): Json | undefined
  /** Undefined removes it. */
  setValue(name: string, value: Json | undefined): Promise<void>

  isInFlight(): boolean
  /** Flight mode: every network call fails, in all tabs, also after a reload. */
  setFlight(on: boolean): Promise<void>
  /** Resolves when a cycle, here or in the leading tab, has ended. */
  syncNow(): Promise<void>

  subscribe(listener: () => void): () => void
  /** Whoever listens is told of a tap within a tenth of a second: what draws by itself leaves the disk its turn until then. */
  isAboutToTell(): boolean
  /** Takes what was synced, and the documents, from this browser; what is unsent stays for its person. */
  signOut(): Promise<void>
  close(): void
}

/**
 * Opens the store of one person in one district. The keys are taken from the database (a restart needs no network);
 * where there are none, because nobody signed in here yet or the device was locked, the device registers itself by
 * `fetch`: POST /api/devices, as the person whose session the server knows. A test gives a `fetch` that answers it.
 * Rejects with a StoreError when nothing can be kept here (F10), and with code `locked` when there are no keys and
 * the server cannot be asked, or knows this person's session no more.
 */
export async function openDevice(options: DeviceOptions): Promise<Device> {
  const { district, person, registry, clock: machine } = options
  const name = databaseName(options)
  const storages = options.storages ?? (options.storage ? aloneOn(name, options.storage) : storagesHere)
  const http = {
    person,
    fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
    baseUrl: options.baseUrl ?? '',
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
  }
  const port = await storages.open(name)
  const vault = await openVault({
    port,
    district,
    person,
    clock: machine,
    register: async (opening) =>
      createTransport({ ...http, isGrounded: () => false })
        .request('/api/devices', DeviceOpened, { method: 'POST', body: JSON.stringify(opening) })
        .catch((error: unknown) => {
          throw unregistered(error)
        }),
  }).catch((error: unknown) => {
    if (!options.storage) port.close()
    throw error
  })
  // Whoever was here before did not sign out, perhaps because the battery died. One that does not lock now is tried
  // again with each visit of the courier.
  if (vault.isNew) await lockOthers(storages, name).catch(() => undefined)
  const store = createStore(port, createSealing(vault))
  const contents = await store.load()
  const clock: Clock = {
    boot: machine.boot,
    now: () => machine.now() + cache.settings.offset,
    mono: () => machine.mono(),
  }
  const cache = new Cache({ registry, district, clock })
  cache.replace(contents)

  const tabs = openTabs(name)
  const listeners = new Set<() => void>()
  const arrived = new Map<number, Change>()
  const endings = new Set<() => void>()
  let gap: ReturnType<typeof setTimeout> | undefined
  let isLeading = false
  let connection: Connection = 'offline'
  let isClosed = false
  let runner: Runner | null = null
  let live: Live | null = null
  let status: Status | null = null
  let said: Status | null = null
  let lost: { from: Losses; said: Lost | null } | null = null
  let others: Others = { waiting: 0, sent: 0 }
  let carriedAt: number | null = null
  let isLeaving = false
  let { until } = vault
  let monoUntil = machine.mono() + (until - machine.now())

  const notify = () => {
    status = null
    if (captures.isAboutToTell()) return
    for (const listener of Array.from(listeners))
      try {
        listener()
      } catch (error) {
        // A screen that fails must not stop what keeps records.
        queueMicrotask(() => {
          throw error
        })
      }
  }

  const transport = createTransport({
    ...http,
    headers: () => ({ [DEVICE_KEY_HEADER]: vault.signer, [MADE_HEADER]: `${cache.counter.seq}` }),
    isGrounded: () => cache.settings.flight,
  })

  const sync = createSync({
    store,
    transport,
    publish,
    now: clock.now,
    mono: clock.mono,
    partitionOf: (record) => cache.partitionOf(record),
    outdated: () => cache.outdated(),
    documents: options.documents ?? { me: '/api/me' },
    value: (key) => cache.value(key),
    offset: () => cache.settings.offset,
  })

  const captures = createCaptures({
    store,
    cache,
    publish,
    notify,
    maker: () => ({
      registry,
      person,
      district,
      device: vault.device,
      tz: typeof options.tz === 'string' ? options.tz : options.tz(),
      clock,
    }),
  })

  await dropExpired()
  tabs.listen((message) => {
    switch (message.type) {
      case 'change':
        receive(message.change)
        return
      case 'want':
        if (isLeading) void runner?.runNow()
        return
      case 'hello':
        if (isLeading) tabs.post({ type: 'status', connection, others, isAnswer: false })
        return
      case 'status':
        ;({ connection, others } = message)
        if (message.isAnswer) cycleEnded()
        catchUpSoon()
        notify()
        return
      case 'beat':
        return
    }
  })
  tabs.post({ type: 'hello' })
  const elect = options.elect ?? electionHere(name)
  const election = elect((isNow) => {
    if (isClosed) return
    isLeading = isNow
    if (isNow) lead()
    else follow()
    notify()
  })
  const expiry = setInterval(() => void dropExpired().catch(() => undefined), EXPIRY_EVERY_MS)
  const locking = setInterval(lockInTime, LOCK_EVERY_MS)
  const unlisten = onWake(() => {
    lockInTime()
    void catchUp().catch(() => undefined)
    void dropExpired().catch(() => undefined)
    wake()
  })

  function captureAll(drafts: readonly Draft[]): readonly Capture[] {
    status = null
    return captures.captureAll(drafts)
  }

  return {
    person,
    district,
    id: vault.device,
    clock,
    capture: (draft) => {
      const [captured] = captureAll([draft])
      if (!captured) throw new Error('a draft was forgotten')
      return captured
    },
    captureAll,
    partitionOf: (record) => cache.partitionOf({ id: '', author: person, ...record }),
    settled: (partition) => cache.settled(partition),
    records: (partition) => cache.settled(partition).all,
    state: (view, partition) => cache.state(view, partition),
    statesOf: (view, parent) => cache.statesOf(view, parent),
    isWhole: (partition) => cache.isWhole(partition),
    needsUpdate: (partition) => cache.needsUpdate(partition),
    stateOf: (id) => cache.stateOf(id),
    status: () => (status ??= said = unlessEqual(said, statusNow())),
    lost: () => {
      if (lost?.from !== cache.losses) lost = { from: cache.losses, said: lostOf(cache.losses) }
      return lost.said
    },
    noteLost: async () => {
      const { here, before, noted } = cache.losses
      const devices = before ? [...noted.devices, before.device] : noted.devices
      publish(await store.note({ here, before: null, noted: { here, devices } }))
    },
    outbox: () => cache.entries(),
    retry: async (id) => {
      if (captures.retry(id)) return
      publish(await store.retry(id))
    },
    exportUnsent: () => cache.entries().map(exported).join(''),
    value: (key) => cache.value(key),
    setValue: async (key, value) => {
      const known = cache.value(key)
      if (value !== undefined && known !== undefined && canonical(known) === canonical(value)) return
      publish(await store.set(key, value))
    },
    isInFlight: () => cache.settings.flight,
    setFlight: async (on) => {
      publish(await store.configure({ flight: on }))
      if (isLeading) await runner?.runNow()
      else tabs.post({ type: 'want' })
    },
    syncNow,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    isAboutToTell: () => captures.isAboutToTell(),
    signOut: forget,
    close,
  }

  /** Applies a change made by this tab and tells the others. */
  function publish(change: Change): void {
    if (isClosed) return
    tabs.post({ type: 'change', change })
    receive(change)
  }

  /** Changes are applied in the order of the store; one that is missing is waited for, then everything is read anew. */
  function receive(change: Change): void {
    if (isClosed || change.rev <= cache.rev) return
    arrived.set(change.rev, change)
    applyArrived()
    if (arrived.size > 0) gap ??= setTimeout(() => void reload().catch(() => undefined), GAP_PATIENCE_MS)
  }

  function applyArrived(): void {
    const wasInFlight = cache.settings.flight
    let isChanged = false
    for (let next = arrived.get(cache.rev + 1); next; next = arrived.get(cache.rev + 1)) {
      cache.apply(next)
      arrived.delete(next.rev)
      // Captured here or in another tab, offered again, or doubted: there is something to send.
      if (next.outbox?.some((row) => row.state === 'waiting')) runner?.send()
      isChanged = true
    }
    for (const rev of arrived.keys()) if (rev <= cache.rev) arrived.delete(rev)
    if (arrived.size === 0) {
      clearTimeout(gap)
      gap = undefined
    }
    if (cache.line.signedOut) left()
    if (cache.settings.flight !== wasInFlight) listenLive()
    if (isChanged) notify()
  }

  async function reload(): Promise<void> {
    gap = undefined
    const read = await store.reload()
    if (isClosed || read.rev <= cache.rev) return
    cache.replace(read)
    applyArrived()
    listenLive()
    notify()
  }

  /** Another tab, or whoever signed in after this person, took the keys and what was synced. */
  function left(): void {
    connection = 'signed_out'
    if (isLeaving) return
    isLeaving = true
    options.onLock?.('left')
  }

  async function forget(): Promise<void> {
    isLeaving = true
    await captures.settled()
    publish(await store.forget())
    close()
  }

  async function lock(reason: LockReason): Promise<void> {
    if (isLeaving) return
    await forget()
    options.onLock?.(reason)
  }

  /** By the wall clock, or by the other one when the wall clock was set back. */
  function lockInTime(): void {
    if (machine.now() >= until || machine.mono() >= monoUntil) void lock('expired').catch(() => undefined)
  }

  /** The server took this device for its person's: it stays open for another day. */
  async function extend(): Promise<void> {
    const next = machine.now() + VALID_MS
    monoUntil = machine.mono() + VALID_MS
    if (Math.abs(next - until) < EXTEND_EVERY_MS) return
    until = next
    await store.extend(until)
  }

  /** After our own records: those of others, and what was sealed with a key that is gone. */
  async function carryForOthers(signal: AbortSignal): Promise<void> {
    const isTime = carriedAt === null || (others.waiting > 0 && clock.mono() - carriedAt >= CARRY_EVERY_MS)
    if (!isTime || cache.settings.flight) return
    let waiting = 0
    let sent = 0
    const opened = async () => new Set((await store.waiting()).map((row) => row.id))
    const add = async (visited: StoragePort, own?: { opened: typeof opened }) => {
      const carried = await carry({ port: visited, transport, signal, ...own })
      waiting += carried.waiting
      sent += carried.sent
    }
    await add(port, { opened })
    await lockOthers(storages, name)
    await eachOther(storages, name, `handrail-${district}-`, (other, otherName) =>
      aloneWith(otherName, () => add(other)),
    )
    carriedAt = clock.mono()
    others = { waiting, sent: others.sent + sent }
  }

  /** A tab that died between a change and telling of it left nobody a gap to notice. */
  function catchUpSoon(): void {
    if (!isClosed) gap ??= setTimeout(() => void catchUp().catch(() => undefined), GAP_PATIENCE_MS)
  }

  /** A tab that slept may have missed what the others said. */
  async function catchUp(): Promise<void> {
    gap = undefined
    if ((await store.rev()) !== cache.rev) await reload()
  }

  async function dropExpired(): Promise<void> {
    const expired = cache.expired()
    if (expired.length > 0) publish(await store.drop(expired))
  }

  function lead(): void {
    runner = createRunner({
      cycle: async (signal, look) => {
        await dropExpired()
        // Without a stream nobody says when there is news.
        const result = await sync.cycle(signal, look || !live?.isOpen())
        if (result === 'done' || result === 'later') {
          await extend()
          // How it goes with the records of others says nothing about our own.
          await carryForOthers(signal).catch((error: unknown) => {
            if (!(error instanceof SyncError)) throw error
          })
        }
        return result
      },
      onResult: (result) => {
        if (result === 'revoked') void lock('revoked').catch(() => undefined)
        connection = connectionAfter(result, connection)
        tabs.post({ type: 'status', connection, others, isAnswer: true })
        cycleEnded()
        catchUpSoon()
        notify()
      },
      random: options.random ?? Math.random,
      mono: clock.mono,
    })
    runner.want()
    listenLive()
  }

  function follow(): void {
    runner?.stop()
    runner = null
    listenLive()
  }

  /** One stream, in the leading tab, and none in flight mode. */
  function listenLive(): void {
    const open = options.openStream === undefined ? streamHere() : options.openStream
    const isWanted = isLeading && !isClosed && !cache.settings.flight && open !== null
    if (isWanted && !live) {
      // What this device sends is no news to it.
      const url = `${options.baseUrl ?? ''}/api/live?key=${vault.signer}`
      live = openLive({ url, open, onNews: (pos) => (pos === null || pos > cache.line.pos) && wake() })
    } else if (!isWanted && live) {
      live.close()
      live = null
    }
  }

  function wake(): void {
    runner?.want()
  }

  async function syncNow(): Promise<void> {
    if (isLeading) return runner?.runNow()
    const ended = Promise.withResolvers<void>()
    endings.add(ended.resolve)
    const patience = setTimeout(cycleEnded, FOLLOWER_PATIENCE_MS)
    tabs.post({ type: 'want' })
    await ended.promise
    clearTimeout(patience)
  }

  function cycleEnded(): void {
    for (const resolve of endings) resolve()
    endings.clear()
  }

  function statusNow(): Status {
    let unsent = 0
    let saving = 0
    let needsYou = 0
    for (const entry of cache.entries()) {
      if (entry.state === 'needs_you') needsYou += 1
      else unsent += 1
      if (entry.state === 'saving') saving += 1
    }
    const { lastSynced, flight } = cache.settings
    return {
      unsent,
      saving,
      needsYou,
      lastSynced,
      connection: flight ? 'offline' : connection,
      leader: isLeading,
      others,
    }
  }

  function close(): void {
    if (isClosed) return
    isClosed = true
    clearInterval(expiry)
    clearInterval(locking)
    clearTimeout(gap)
    unlisten()
    election.stop()
    isLeading = false
    follow()
    captures.close(new StoreError('closed'))
    cycleEnded()
    tabs.close()
    store.close()
  }

  function electionHere(lock: string): Elect {
    const locks = globalThis.navigator?.locks as LockManager | undefined
    return locks ? electByLock({ name: lock, tabs, locks }) : electAll
  }
}

/** The status as it was said last, when nothing in it changed: what shows it need not be drawn again. */
function unlessEqual(said: Status | null, status: Status): Status {
  const names = Object.keys(status) as (keyof Status)[]
  return said && names.every((name) => said[name] === status[name]) ? said : status
}

function connectionAfter(result: CycleResult, before: Connection): Connection {
  switch (result) {
    case 'done':
    case 'later':
      return 'online'
    case 'offline':
      return 'offline'
    case 'signed_out':
    case 'revoked':
      return 'signed_out'
    case 'superseded':
      return before
  }
}

/** One person's database, where nobody else has any. */
function aloneOn(name: string, port: StoragePort): Storages {
  return { names: () => Promise.resolve([name]), open: () => Promise.resolve(port) }
}

/** Why there are no keys, as the door says it. */
function unregistered(error: unknown): unknown {
  if (!(error instanceof SyncError)) return error
  const isOld = error.kind === 'refused' && error.status === 404
  return new StoreError(isOld ? 'old_server' : error.kind === 'refused' ? 'failed' : 'locked', error)
}

/** Runs `work` unless another tab is at this database: its own person's, or one that carries too. */
async function aloneWith(name: string, work: () => Promise<void>): Promise<void> {
  const locks = globalThis.navigator?.locks as LockManager | undefined
  if (!locks) return work()
  await locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : undefined))
}

function lostOf({ here, before, noted }: Losses): Lost | null {
  const count = countOutside(here, noted.here)
  const earlier = before && !noted.devices.includes(before.device) ? before : null
  return count === 0 && !earlier ? null : { here: count, before: earlier }
}

function exported(entry: Entry): string {
  const { record, state, problem, origin } = entry
  return `${canonical({ record: envelopeOf(record), digest: record.digest, state, problem, origin })}\n`
}

function streamHere(): OpenStream | null {
  return typeof EventSource === 'undefined' ? null : (url) => new EventSource(url)
}

/** Whatever brings a tab or its network back to life. None of it is believed, only taken as a reason to try (F25). */
function onWake(wake: () => void): () => void {
  if (typeof window === 'undefined') return () => {}
  const abort = new AbortController()
  for (const event of ['online', 'focus', 'pageshow'])
    window.addEventListener(event, wake, { signal: abort.signal })
  for (const event of ['visibilitychange', 'resume'])
    document.addEventListener(event, () => document.visibilityState === 'visible' && wake(), {
      signal: abort.signal,
    })
  return () => abort.abort()
}
