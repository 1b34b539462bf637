/**
 * From the feed to the device. First the tail of what is held, page by page; then, while the tail stands still,
 * each newly granted aud as a whole (ADR 0008). Called by sync.ts.
 */
import { uuidv7 } from '../../core/ids.ts'
import { digestOf } from '../../core/canonical.ts'
import { deviceOrderOf, type StoredRecord } from '../../records/envelope.ts'
import type { Delivered, FeedResponse, Grant } from '../../records/wire.ts'
import type { HeldRow } from '../store/port.ts'
import type { Change, Line } from '../store/change.ts'
import type { Arrival, Store } from '../store/store.ts'
import { SyncError, type Transport } from './transport.ts'

/** After this long a held aud is backfilled again, so that days which left the window shrink into summaries. */
const REFRESH_MS = 14 * 86_400_000

/** Backfills asked for at once. */
const AT_ONCE = 4

/** Another tab took over; what it does is as good. */
export class Superseded extends Error {
  override readonly name = 'Superseded'
}

export interface PullOptions {
  readonly store: Pick<Store, 'position' | 'turn' | 'beginBackfill' | 'stage' | 'goLive'>
  readonly transport: Pick<Transport, 'feed' | 'backfill'>
  readonly publish: (change: Change) => void
  /** District wall clock, ms. */
  readonly now: () => number
  readonly partitionOf: (record: StoredRecord) => string | null
  /** Auds whose summaries this build can no longer read. */
  readonly outdated: () => ReadonlySet<number>
  readonly signal: AbortSignal
}

/**
 * Pulls until there is no more. Returns the last page's word on the world, and whether every granted aud is here.
 * Rejects with a SyncError (kind `epoch` when the server was replaced or restored) or Superseded.
 */
export async function pull(
  options: PullOptions,
): Promise<{ grants: readonly Grant[]; now: number; complete: boolean }> {
  let complete = true
  const given = new Set<number>()
  for (;;) {
    const page = await pullTail(options)
    const { line, held } = await options.store.position()
    const outdated = options.outdated()
    const missing = page.grants.filter(
      (grant) => !given.has(grant.aud) && isMissing(grant, held, page.now, outdated),
    )
    for (const grant of missing) given.add(grant.aud)
    if (missing.length > 0 && !(await backfillAll(options, line, missing, page))) complete = false
    if (missing.length === 0) return { grants: page.grants, now: page.now, complete }
  }
}

/** Pages the tail to its end and returns the last page. */
async function pullTail(options: PullOptions): Promise<FeedResponse> {
  for (;;) {
    const { line, held } = await options.store.position()
    if (line.signedOut) throw new Superseded()
    const auds = held.map((row) => row.aud)
    const page = await options.transport.feed(line.next, auds, options.signal).catch((error: unknown) => {
      // A server that cannot read its own cursor was set up anew: the same as a new epoch, though it cannot say which.
      if (error instanceof SyncError && error.problem.code === 'feed.cursor' && line.epoch !== null)
        throw new SyncError('epoch', { code: 'feed.cursor', epoch: line.epoch })
      throw error
    })
    if (line.epoch !== null && page.epoch !== line.epoch) throw new SyncError('epoch', { epoch: page.epoch })
    if (page.more && page.next === line.next) throw new SyncError('network', { code: 'feed.standstill' })
    const change = await options.store.turn({
      from: line,
      epoch: page.epoch,
      next: page.next,
      pos: page.more ? (page.records.at(-1)?.pos ?? line.pos) : page.head,
      safe: page.safe_pos,
      now: page.now,
      wall: options.now(),
      complete: !page.more,
      grants: page.grants,
      arrivals: page.records.map((delivered) => arrivalOf(delivered, options.partitionOf)),
      missing: page.missing,
    })
    if (!change) throw new Superseded()
    options.publish(change)
    if (!page.more) return page
  }
}

/** The missing auds up to the line, which stands still meanwhile. False when the server would not give them all. */
async function backfillAll(
  options: PullOptions,
  line: Line,
  missing: readonly Grant[],
  page: FeedResponse,
): Promise<boolean> {
  const run = uuidv7(options.now())
  if (!(await options.store.beginBackfill(line, run))) throw new Superseded()
  const queue = [...missing]
  let complete = true
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (let grant = queue.shift(); grant; grant = queue.shift()) {
      try {
        await backfill(options, line, run, grant, page)
      } catch (error) {
        // This one cannot be had now, perhaps because it ended meanwhile; the others can (F19).
        complete = false
        if (error instanceof SyncError && (error.kind === 'refused' || error.kind === 'server')) continue
        queue.length = 0
        throw error
      }
    }
  })
  const failed = (await Promise.allSettled(workers)).find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
  return complete
}

async function backfill(
  options: PullOptions,
  line: Line,
  run: string,
  grant: Grant,
  page: FeedResponse,
): Promise<void> {
  const { store, transport, signal } = options
  const { aud } = grant
  let after: string | null = null
  do {
    const part = await transport.backfill({ aud, upto: line.pos, epoch: page.epoch, after }, signal)
    if (part.epoch !== page.epoch) throw new SyncError('epoch', { epoch: part.epoch })
    if (part.next !== null && part.next === after) throw new SyncError('network', { code: 'feed.standstill' })
    const arrivals = part.records.map((delivered) => arrivalOf(delivered, options.partitionOf))
    if (!(await store.stage(run, aud, arrivals, part.summaries))) throw new Superseded()
    after = part.next
  } while (after !== null)
  const change = await store.goLive(run, grant, page.now, options.now())
  if (!change) throw new Superseded()
  options.publish(change)
}

function isMissing(
  grant: Grant,
  held: readonly HeldRow[],
  now: number,
  outdated: ReadonlySet<number>,
): boolean {
  const row = held.find((candidate) => candidate.aud === grant.aud)
  return !row || row.stale || now - row.filled > REFRESH_MS || outdated.has(grant.aud)
}

function arrivalOf(delivered: Delivered, partitionOf: PullOptions['partitionOf']): Arrival {
  const { envelope, digest, author, received, aud, pos } = delivered
  const record: StoredRecord = {
    ...(envelope as StoredRecord),
    ...deviceOrderOf(envelope),
    digest,
    author,
    received,
    aud,
    pos,
  }
  return { delivered, record, partition: partitionOf(record), sound: digestOf(envelope) === digest }
}
