/**
 * Everything the device keeps, as the acts that change it. Each act is one transaction and returns the Change it
 * made, which the calling tab applies to its cache and tells the other tabs. Called by device.ts (captures, values,
 * settings) and by the sync (acknowledgements, pages of the feed, backfills, ends of grants).
 *
 * What an act writes is sealed before its transaction opens, and what it changed is opened after it closed
 * (sealing.ts): on the disk nothing can be read, in the Change everything can.
 *
 * What must stay true:
 *  - A row leaves `outbox` by `acknowledge` (acknowledge.ts) only, and only for the server's word on that very record (G1).
 *  - Records, cursor and grants of one page commit together (F26); so do the rows of one backfilled aud.
 *  - An act of the sync that was prepared before another tab moved the line does nothing and returns null (F5).
 */
import type { Json } from '../../core/canonical.ts'
import type { StoredRecord } from '../../records/envelope.ts'
import type { Delivered, Grant, SeqRange, Summary } from '../../records/wire.ts'
import { acknowledge, type SealedOutcome } from './acknowledge.ts'
import { sealPlain } from './adopt.ts'
import type { Change, Contents, Counter, Line, Losses, OutboxItem, Settings } from './change.ts'
import { clearSynced, endBackfill, lockNow, SYNCED } from './lock.ts'
import { bump, read, save } from './meta.ts'
import type {
  DisputeRow,
  HeldRow,
  OutboxRow,
  OwnRow,
  Problem,
  RecordRow,
  StagedRow,
  StoragePort,
  TableName,
  Transaction,
} from './port.ts'
import { without } from './ranges.ts'
import { asWaiting, scopeKeyOf } from './rows.ts'
import type { SealedArrival, SealedChange, Sealing } from './sealing.ts'

/** Own acknowledged records are kept at most this long when no backup covers them. */
const OWN_KEPT_MS = 30 * 86_400_000
/** A deadline is written again only when it moved by more than this: clocks drift a little on every pull. */
const DEADLINE_SLACK_MS = 5_000

/** The server's word on one record of a push. */
export type Outcome =
  /** `isNew`: it was not there before. */
  | { readonly id: string; readonly status: 'team'; readonly received: number; readonly isNew?: boolean }
  | { readonly id: string; readonly status: 'needs_you'; readonly problem: Problem }

/** A delivered record with what this build makes of it. */
export interface Arrival {
  readonly delivered: Delivered
  readonly record: StoredRecord
  readonly partition: string | null
  /** Its bytes have the digest that the server says. */
  readonly sound: boolean
}

/** One page of the tail. */
export interface Page {
  readonly from: Line
  readonly epoch: string
  readonly next: string
  readonly pos: number
  readonly safe: number
  /** Server clock, ms. */
  readonly now: number
  /** District clock of this device, ms. */
  readonly wall: number
  readonly complete: boolean
  readonly grants: readonly Grant[]
  readonly arrivals: readonly Arrival[]
  /** Numbers of this device that the server never saw, by its own word. */
  readonly missing?: readonly SeqRange[] | undefined
}

export interface Store {
  /** Clears what an interrupted backfill left, seals what an older build left open, and hands out everything. */
  load(): Promise<Contents>
  /** Everything again, for a tab that missed changes. */
  reload(): Promise<Contents>
  /** Number of the last change by any tab. */
  rev(): Promise<number>
  /**
   * Keeps records in the outbox. When another tab gave out numbers since `after`, keeps nothing and returns the
   * counter to continue from. Records that are already here are left as they are.
   */
  keep(items: readonly OutboxItem[], after: Counter): Promise<Change | { readonly behind: Counter }>
  /** Records waiting to be sent, in the order they were made. */
  waiting(): Promise<OutboxItem[]>
  acknowledge(outcomes: readonly Outcome[]): Promise<Change>
  /** Offers a record that needs you once more. */
  retry(id: string): Promise<Change>
  /** Where to ask from, and what is held whole. */
  position(): Promise<{ line: Line; held: HeldRow[] }>
  turn(page: Page): Promise<Change | null>
  /** Begins the backfills that `run` names; what others put aside is thrown away. False = the line moved. */
  beginBackfill(from: Line, run: string): Promise<boolean>
  /** Puts one page of a backfill aside. False = another run or a pull took over. */
  stage(
    run: string,
    aud: number,
    arrivals: readonly Arrival[],
    summaries: readonly Summary[],
  ): Promise<boolean>
  /** Makes a staged aud visible and held, at once. Null = another run or a pull took over. */
  goLive(run: string, grant: Grant, now: number, wall: number): Promise<Change | null>
  /** The end of grants. */
  drop(auds: readonly number[]): Promise<Change>
  /** A new epoch: synced rows go, own records that no backup covers are offered again. */
  restart(from: Line, epoch: string): Promise<Change | null>
  /** Sign-out: keys, synced rows and documents go; what the server has not acknowledged stays, sealed. */
  forget(): Promise<Change>
  /** What was lost is known to its person now. */
  note(losses: Losses): Promise<Change>
  /** The server spoke with this device: it stays open until `until`, machine wall clock (ms). */
  extend(until: number): Promise<void>
  set(name: string, value: Json | undefined): Promise<Change>
  configure(settings: Partial<Settings>): Promise<Change>
  close(): void
}

export function createStore(port: StoragePort, sealing: Sealing): Store {
  /** The last change that this tab saw through here. */
  let seen = 0
  /** False once a write failed: it may be on the disk all the same. */
  let isSure = true

  const open = async (change: SealedChange): Promise<Change> => {
    seen = Math.max(seen, change.rev)
    return { ...change, ...(await sealing.opened(change)).rows }
  }

  const write = async (
    tables: readonly TableName[],
    work: (tx: Transaction) => Promise<Omit<SealedChange, 'rev'>>,
  ): Promise<Change> =>
    open(
      await port.transact('write', ['meta', ...tables], async (tx) => ({
        ...(await work(tx)),
        rev: await bump(tx),
      })),
    )

  /** Only if `still` holds: a tab that lost the lead, or slept, must not write over the one that took over. */
  const writeIf = async (
    still: (tx: Transaction) => Promise<boolean>,
    tables: readonly TableName[],
    work: (tx: Transaction) => Promise<Omit<SealedChange, 'rev'>>,
  ): Promise<Change | null> => {
    const change = await port.transact('write', ['meta', ...tables], async (tx) => {
      if (!(await still(tx))) return null
      return { ...(await work(tx)), rev: await bump(tx) }
    })
    return change && open(change)
  }
  const onLine = (from: Line) => async (tx: Transaction) => isSameLine(await read(tx, 'line'), from)
  const inRun = (run: string) => async (tx: Transaction) => (await read(tx, 'backfill')) === run

  return {
    load: async () => {
      await sealPlain(port, sealing)
      const { found, spoiled, isLeftOver } = await everything()
      // A full disk must not keep anybody from what is already here, so nothing is written without need (F9).
      if (!found.line.signedOut && !isLeftOver && !spoiled) return found
      await port.transact('write', ['meta', ...SYNCED], async (tx) => {
        const line = await read(tx, 'line')
        if (line.signedOut) await save(tx, 'line', { ...line, signedOut: false })
        // Altered on the disk: the team has it, and it is fetched anew.
        if (spoiled) await clearSynced(tx)
        await endBackfill(tx)
      })
      return (await everything()).found
    },

    reload: async () => (await everything()).found,

    rev: () => port.transact('read', ['meta'], (tx) => read(tx, 'rev')),

    keep: async (items, after) => {
      const rows = await Promise.all(items.map((item) => sealing.outbox(item)))
      const ids = rows.map((row) => row.id)
      const movedBy = (row: OutboxRow | undefined, counter: Counter): Counter => {
        const item = items.find(({ id }) => id === row?.id)
        return item ? { seq: item.seq, ord: item.data.ord } : counter
      }
      const write = (tx: Transaction, fresh: readonly OutboxRow[], moved: Counter, rev: number) =>
        Promise.all([tx.outbox.put(fresh), save(tx, 'counter', moved), save(tx, 'rev', rev)])

      // Mostly nobody else wrote. Asked and written in one breath: each answer of the disk waits for its turn in a busy
      // page. What turns out to have somebody else's number is undone, and looked at first.
      let isOutrun = !isSure
      try {
        if (isSure) {
          const change = await port.transact('write', ['meta', 'outbox'], async (tx) => {
            const moved = movedBy(rows.at(-1), after)
            const [counter, before] = await Promise.all([
              read(tx, 'counter'),
              read(tx, 'rev'),
              write(tx, rows, moved, seen + 1),
            ])
            isOutrun = counter.seq !== after.seq
            if (isOutrun) throw new Error('another tab was faster')
            if (before !== seen) await save(tx, 'rev', before + 1)
            return { rev: before + 1, counter: moved, outbox: rows } satisfies SealedChange
          })
          return await open(change)
        }
      } catch (error) {
        if (!isOutrun) {
          isSure = false
          throw error
        }
      }

      const result = await port.transact<SealedChange | { behind: Counter }>(
        'write',
        ['meta', 'outbox', 'own'],
        async (tx) => {
          const [waiting, acknowledged, counter, before] = await Promise.all([
            tx.outbox.getMany(ids),
            tx.own.getMany(ids),
            read(tx, 'counter'),
            read(tx, 'rev'),
          ])
          const kept = waiting.filter((row) => row !== undefined)
          const here = new Set([...kept, ...acknowledged].map((row) => row?.id))
          const fresh = rows.filter((row) => !here.has(row.id))
          if (fresh.length > 0 && counter.seq !== after.seq) return { behind: counter }
          const moved = movedBy(fresh.at(-1), counter)
          await write(tx, fresh, moved, before + 1)
          return { rev: before + 1, counter: moved, outbox: [...kept, ...fresh] }
        },
      )
      return 'behind' in result ? result : open(result)
    },

    waiting: async () => {
      const rows = await port.transact('read', ['outbox'], (tx) => tx.outbox.where('state', ['waiting']))
      // What does not open is not lost: it is sealed, and the courier carries it.
      const { rows: items } = await sealing.opened({ outbox: rows })
      return (items.outbox ?? []).toSorted((a, b) => a.seq - b.seq)
    },

    acknowledge: async (outcomes) => {
      const sealed = await Promise.all(
        outcomes.map(async (outcome): Promise<SealedOutcome> => {
          if (outcome.status === 'team') return outcome
          const { id, problem } = outcome
          return { id, status: 'needs_you', code: problem.code, said: await sealing.said(id, problem) }
        }),
      )
      return write(['outbox', 'own', 'records'], (tx) => acknowledge(tx, sealed))
    },

    retry: (id) =>
      write(['outbox'], async (tx) => {
        const row = await tx.outbox.get(id)
        if (!row || row.state === 'waiting') return {}
        const again: OutboxRow = { ...row, state: 'waiting', problem: null, said: null }
        await tx.outbox.put([again])
        return { outbox: [again] }
      }),

    position: () =>
      port.transact('read', ['meta', 'held'], async (tx) => ({
        line: await read(tx, 'line'),
        held: await tx.held.all(),
      })),

    turn: async (page) => {
      const arrivals = await Promise.all(page.arrivals.map((arrival) => sealing.arrival(arrival)))
      return writeIf(
        onLine(page.from),
        ['records', 'summaries', 'disputes', 'staged', 'held', 'outbox', 'own'],
        async (tx) => {
          const granted = new Map(page.grants.map((grant) => [grant.aud, grant]))
          const before = await tx.held.all()
          const ended = before.filter((held) => !granted.has(held.aud))
          const hidden = await dropAuds(tx, ended)

          const staying = before.filter((held) => granted.has(held.aud))
          const auds = new Set(staying.map((held) => held.aud))
          const { records, disputes, own } = await take(
            tx,
            arrivals.filter((arrival) => auds.has(arrival.record.aud)),
          )
          const stale = await summarized(tx, records)
          const held = staying
            .map((row) => renewed(row, granted.get(row.aud) as Grant, page, stale))
            .filter((row, n) => row !== staying[n])
          await tx.held.put(held)

          const covered = [
            ...(await tx.own.upTo('pos', page.safe)),
            ...(await tx.own.upTo('received', page.now - OWN_KEPT_MS)),
          ].map((row) => row.id)
          await tx.own.delete(covered)
          const missing = page.complete ? await missed(tx, staying, page.missing ?? []) : []
          const doubted = missing.map((row) => asWaiting(row, 1))
          await tx.own.delete(missing.map((row) => row.id))
          await tx.outbox.put(doubted)

          await endBackfill(tx)
          const line: Line = { ...page.from, epoch: page.epoch, next: page.next, pos: page.pos }
          await save(tx, 'line', line)
          const settings = await read(tx, 'settings')
          const synced = page.complete ? { ...settings, lastSynced: page.wall } : settings
          if (page.complete) await save(tx, 'settings', synced)
          const losses = page.complete && page.missing ? await lostHere(tx, page.missing) : null
          return {
            line,
            settings: synced,
            ...(losses && { losses }),
            dropped: ended.map((row) => row.aud),
            outbox: [...hidden.outbox, ...doubted],
            own: [...hidden.own, ...own],
            gone: { own: [...covered, ...missing.map((row) => row.id)] },
            records,
            disputes,
            held,
          }
        },
      )
    },

    beginBackfill: (from, run) =>
      port.transact('write', ['meta', 'staged'], async (tx) => {
        if (!isSameLine(await read(tx, 'line'), from)) return false
        await endBackfill(tx)
        await save(tx, 'backfill', run)
        return true
      }),

    stage: async (run, aud, arrivals, summaries) => {
      const delivered = await Promise.all(
        arrivals.filter((arrival) => arrival.record.aud === aud).map((arrival) => sealing.arrival(arrival)),
      )
      const folded = await Promise.all(
        summaries.filter((summary) => summary.aud === aud).map((summary) => sealing.summary(summary)),
      )
      // Many auds are empty; `goLive` looks whether the run still stands.
      if (delivered.length + folded.length === 0) return true
      return port.transact('write', ['meta', 'staged'], async (tx) => {
        if (!(await inRun(run)(tx))) return false
        await tx.staged.put([
          ...delivered.map(({ sound, record, dispute }): StagedRow =>
            sound
              ? { key: `r/${record.id}`, aud, to: 'records', row: record }
              : { key: `d/${dispute.key}`, aud, to: 'disputes', row: dispute },
          ),
          ...folded.map((row): StagedRow => ({ key: `s/${row.key}`, aud, to: 'summaries', row })),
        ])
        return true
      })
    },

    goLive: (run, grant, now, wall) =>
      writeIf(
        inRun(run),
        ['records', 'summaries', 'disputes', 'staged', 'held', 'outbox', 'own'],
        async (tx) => {
          const { aud } = grant
          const staged = await tx.staged.where('aud', [aud])
          const records = staged.flatMap((row) => (row.to === 'records' ? [row.row] : []))
          const summaries = staged.flatMap((row) => (row.to === 'summaries' ? [row.row] : []))
          const disputes = staged.flatMap((row) => (row.to === 'disputes' ? [row.row] : []))
          await clearAuds(tx, [aud])
          await tx.staged.delete(staged.map((row) => row.key))
          await tx.records.put(records)
          await tx.summaries.put(summaries)
          await tx.disputes.put(disputes)

          const scopeKey = scopeKeyOf(grant.scope, grant.of, grant.tier)
          const outbox = (await tx.outbox.where('scope', [scopeKey]))
            .filter((row) => row.hidden === 1)
            .map((row): OutboxRow => ({ ...row, hidden: 0 }))
          const positions = new Map(records.map((row) => [row.id, row.pos]))
          const own = (await tx.own.where('scope', [scopeKey])).map((row): OwnRow => {
            const pos = positions.get(row.id) ?? row.pos
            return { ...row, hidden: 0, pos, shown: pos === null ? 1 : 0 }
          })
          await tx.outbox.put(outbox)
          await tx.own.put(own)

          const deadline = deadlineOf(grant, now, wall)
          const held: HeldRow = { ...grant, scopeKey, deadline, filled: now, stale: false }
          await tx.held.put([held])
          return { dropped: [aud], records, summaries, disputes, outbox, own, held: [held] }
        },
      ),

    drop: (auds) =>
      write(['records', 'summaries', 'disputes', 'staged', 'held', 'outbox', 'own'], async (tx) => {
        const ended = (await tx.held.all()).filter((row) => auds.includes(row.aud))
        return { dropped: ended.map((row) => row.aud), ...(await dropAuds(tx, ended)) }
      }),

    restart: (from, epoch) =>
      writeIf(
        onLine(from),
        ['records', 'summaries', 'disputes', 'staged', 'held', 'outbox', 'own'],
        async (tx) => {
          const own = await tx.own.all()
          const again = own.map((row) => asWaiting(row, 0))
          await tx.outbox.put(again)
          await tx.own.clear()
          await clearSynced(tx)
          const line: Line = { ...from, generation: from.generation + 1, epoch, next: null, pos: 0 }
          await save(tx, 'line', line)
          return { reset: true, line, gone: { own: own.map((row) => row.id) }, outbox: again }
        },
      ),

    forget: () => lockNow(port),

    note: (losses) =>
      write([], async (tx) => {
        await save(tx, 'losses', losses)
        return { losses }
      }),

    extend: (until) =>
      port.transact('write', ['keys'], async (tx) => {
        const sitting = await tx.keys.get('sitting')
        if (sitting?.name === 'sitting') await tx.keys.put([{ ...sitting, until }])
      }),

    set: async (name, value) => {
      const row = value === undefined ? null : await sealing.value(name, value)
      return write(['values'], async (tx) => {
        if (!row) {
          await tx.values.delete([name])
          return { forgotten: [name] }
        }
        // A page that answers after sign-out must not bring a document back.
        if ((await read(tx, 'line')).signedOut) return {}
        await tx.values.put([row])
        return { values: [row] }
      })
    },

    configure: (partial) =>
      write([], async (tx) => {
        const settings = { ...(await read(tx, 'settings')), ...partial }
        await save(tx, 'settings', settings)
        return { settings }
      }),

    close: () => port.close(),
  }

  /** `spoiled`: something that the team has too does not open. `isLeftOver`: a backfill was interrupted. */
  async function everything(): Promise<{ found: Contents; spoiled: boolean; isLeftOver: boolean }> {
    const { backfill, ...sealed } = await contents(port)
    seen = Math.max(seen, sealed.rev)
    const { rows, spoiled } = await sealing.opened(sealed)
    return { found: { ...sealed, ...rows }, spoiled, isLeftOver: backfill !== '' }
  }
}

function contents(port: StoragePort) {
  return port.transact(
    'read',
    ['meta', 'outbox', 'own', 'records', 'summaries', 'disputes', 'held', 'values'],
    async (tx) => {
      // asked together: each answer waits for its turn in a page that is only starting
      const [
        rev,
        counter,
        line,
        settings,
        losses,
        backfill,
        outbox,
        own,
        records,
        summaries,
        disputes,
        held,
        values,
      ] = await Promise.all([
        read(tx, 'rev'),
        read(tx, 'counter'),
        read(tx, 'line'),
        read(tx, 'settings'),
        read(tx, 'losses'),
        read(tx, 'backfill'),
        tx.outbox.all(),
        tx.own.where('shown', [1]),
        tx.records.all(),
        tx.summaries.all(),
        tx.disputes.all(),
        tx.held.all(),
        tx.values.all(),
      ])
      return {
        rev,
        counter,
        line,
        settings,
        losses,
        backfill,
        outbox,
        own,
        records,
        summaries,
        disputes,
        held,
        values,
      }
    },
  )
}

function isSameLine(a: Line, b: Line): boolean {
  return a.generation === b.generation && a.next === b.next && !a.signedOut
}

/** Sorts arrivals into what is new, what contradicts, and own records whose position is known now. */
async function take(
  tx: Transaction,
  arrivals: readonly SealedArrival[],
): Promise<{ records: RecordRow[]; disputes: DisputeRow[]; own: OwnRow[] }> {
  const ids = arrivals.map((arrival) => arrival.record.id)
  const known = await tx.records.getMany(ids)
  const mine = await tx.own.getMany(ids)
  const records: RecordRow[] = []
  const disputes: DisputeRow[] = []
  const own: OwnRow[] = []
  arrivals.forEach((arrival, n) => {
    const here = known[n]
    const row = mine[n]
    const { record } = arrival
    const contradicts = differ(here, record) || differ(row, record)
    if (!arrival.sound || contradicts) return disputes.push(arrival.dispute)
    records.push(record)
    if (row) own.push({ ...row, pos: record.pos, shown: 0 })
  })
  await tx.records.put(records)
  await tx.disputes.put(disputes)
  await tx.own.put(own)
  return { records, disputes, own }
}

/** Other bytes under one id. Tags of two data keys do not compare. */
function differ(here: { tag: string } | undefined, { tag }: RecordRow): boolean {
  const [key] = tag.split('.', 1)
  return here !== undefined && here.tag !== tag && here.tag.startsWith(`${key}.`)
}

/** Auds in which one of these records belongs to a partition that is here as a summary only. */
async function summarized(tx: Transaction, records: readonly RecordRow[]): Promise<Set<number>> {
  const partitions = [...new Set(records.flatMap((row) => row.partition ?? []))]
  return new Set((await tx.summaries.where('partition', partitions)).map((row) => row.aud))
}

/** The held row under today's grant: the same object when nothing worth writing changed. */
function renewed(row: HeldRow, grant: Grant, page: Page, touched: ReadonlySet<number>): HeldRow {
  const deadline = deadlineOf(grant, page.now, page.wall)
  const stale = row.stale || touched.has(row.aud) || row.since !== grant.since
  const moved =
    deadline === null || row.deadline === null
      ? deadline !== row.deadline
      : Math.abs(deadline - row.deadline) > DEADLINE_SLACK_MS
  if (!moved && stale === row.stale && row.until === grant.until) return row
  return { ...row, ...grant, deadline: moved ? deadline : row.deadline, stale }
}

/** On the device's own wall clock: a clock that is two days off must not move the end by two days (F16). */
function deadlineOf(grant: Grant, now: number, wall: number): number | null {
  return grant.until === null ? null : wall + (grant.until - now)
}

async function dropAuds(
  tx: Transaction,
  ended: readonly HeldRow[],
): Promise<{ outbox: OutboxRow[]; own: OwnRow[] }> {
  if (ended.length === 0) return { outbox: [], own: [] }
  const auds = ended.map((row) => row.aud)
  const scopes = ended.map((row) => row.scopeKey)
  await clearAuds(tx, auds)
  await endBackfill(tx)
  await tx.held.delete(auds)
  const outbox = (await tx.outbox.where('scope', scopes)).map((row): OutboxRow => ({ ...row, hidden: 1 }))
  const own = (await tx.own.where('scope', scopes)).map((row): OwnRow => ({ ...row, hidden: 1, shown: 0 }))
  await tx.outbox.put(outbox)
  await tx.own.put(own)
  return { outbox, own }
}

async function clearAuds(tx: Transaction, auds: readonly number[]): Promise<void> {
  await tx.records.delete((await tx.records.where('aud', auds)).map((row) => row.id))
  await tx.summaries.delete((await tx.summaries.where('aud', auds)).map((row) => row.key))
  await tx.disputes.delete((await tx.disputes.where('aud', auds)).map((row) => row.key))
}

/**
 * Own records that were acknowledged before the tail was read to its end, in scopes that are held, and were not in it:
 * a server restored to a moment between acknowledgement and pull has lost them, though its cursors still fit (G6).
 * The same of scopes that are no longer held, whose records nobody delivers: there the server's word counts that it
 * never saw their numbers. Doubted once each: one that lies outside of what is delivered is there all the same, and the
 * server says so by calling it a duplicate.
 */
async function missed(
  tx: Transaction,
  held: readonly HeldRow[],
  unseen: readonly SeqRange[],
): Promise<OwnRow[]> {
  const scopes = new Set(held.map((row) => row.scopeKey))
  const isUnseen = (seq: number) => unseen.some(([from, to]) => from <= seq && seq <= to)
  const rows = unseen.length === 0 ? await tx.own.where('shown', [1]) : await tx.own.all()
  return rows.filter(
    (row) => row.again === 0 && ((row.shown === 1 && scopes.has(row.scope)) || isUnseen(row.seq)),
  )
}

/** What the server misses of this device and what is not here either; null when that is known already. */
async function lostHere(tx: Transaction, missing: readonly SeqRange[]): Promise<Losses | null> {
  const before = await read(tx, 'losses')
  const rows = missing.length === 0 ? [] : [...(await tx.outbox.all()), ...(await tx.own.all())]
  const here = without(
    missing,
    rows.map((row) => row.seq),
  )
  if (JSON.stringify(here) === JSON.stringify(before.here)) return null
  const losses = { ...before, here }
  await save(tx, 'losses', losses)
  return losses
}
