/**
 * The way of a capture from the screen to the disk. Written behind what was captured before it, and together with what
 * piled up meanwhile, so that fast tapping costs one flush and not one a tap. Called by device.ts.
 *
 * Whoever asks sees a capture at once. Screens that draw quickly are told at the end of the same breath, and draw while the
 * record is sealed; where drawing takes long, when the write is done: a slow phone that draws has no time for the answers
 * of the disk.
 *
 * What must stay true: `kept` resolves after the commit and never before (G1); seq has no gaps, so a record that
 * could not be written gives its number back; and it stays listed, so that nothing tapped is lost in silence (F9).
 */
import type { StoredRecord } from '../../records/envelope.ts'
import type { Cache } from './cache.ts'
import { recordOf, renumbered, type Draft, type Maker } from './draft.ts'
import { StoreError } from './errors.ts'
import type { Change, Counter, OutboxItem } from './change.ts'
import type { Store } from './store.ts'

/** The screens wait at most this long for a write, ms. */
const UNSEEN_MS = 100
/**
 * Where the script that draws takes longer than this, ms, a tap is drawn once, as kept: with style, layout and paint it
 * would not be seen within the frame (16 ms), and the page would hear of the disk after all of them.
 */
const QUICK_MS = 6
/** By the last so many times, all but one: the garbage of a quick phone is collected in some frame or other. */
const REMEMBERED = 8

export interface Captures {
  /** All of them or none: nothing is queued before each is known to be a record. */
  captureAll(drafts: readonly Draft[]): readonly Capture[]
  /** Tries again to keep a record that could not be kept. False when there is no such record. */
  retry(id: string): boolean
  /** A tap waits to be drawn, for a tenth of a second at most: what else is new is drawn with it, and not before its answer. */
  isAboutToTell(): boolean
  /** Resolves when nothing is being written. */
  settled(): Promise<void>
  /** Nothing more is written; what waited rejects with `reason`. */
  close(reason: StoreError): void
}

export interface Capture {
  /** As shown now. `seq`, `ord` and `digest` are final once `kept` resolved: another tab may capture too. */
  readonly record: StoredRecord
  /** Resolves when the screens are told of the record: what else is to be said of it is drawn with it. */
  readonly shown: Promise<void>
  /** Resolves when the record is durable here. Rejects with a StoreError: it is listed among what needs you then. */
  readonly kept: Promise<void>
}

interface Pending {
  row: OutboxItem
  readonly kept: PromiseWithResolvers<void>
}

export function createCaptures(options: {
  store: Pick<Store, 'keep'>
  cache: Cache
  publish: (change: Change) => void
  notify: () => void
  maker: () => Omit<Maker, 'after'>
}): Captures {
  const { store, cache, publish } = options
  const queue: Pending[] = []
  let isWriting = false
  let writing = Promise.resolve()
  let closed: StoreError | null = null
  /** What the store last gave out, as far as this tab knows. */
  let counter: Counter = cache.counter
  let shown = Promise.withResolvers<void>()
  let telling: ReturnType<typeof setTimeout> | undefined
  /** How long the screens took when they were told the last times, ms. */
  const drawing: number[] = []

  return {
    captureAll: (drafts) => {
      if (closed) throw closed
      const maker = options.maker()
      let after = last()
      const rows = drafts.map((draft) => {
        const row = recordOf(draft, { ...maker, after })
        after = { seq: row.seq, ord: row.data.ord }
        return row
      })
      return rows.map((row) => ({ record: row.data, kept: enqueue(row), shown: shown.promise }))
    },
    retry: (id) => {
      const failed = cache.takeFailed(id)
      if (!failed || closed) return false
      // Who asked to try again sees the outcome in the list.
      enqueue(renumbered(failed, last())).catch(() => undefined)
      return true
    },
    isAboutToTell: () => telling !== undefined,
    settled: async () => {
      while (isWriting) await writing
    },
    close: (reason) => {
      closed = reason
    },
  }

  function enqueue(row: OutboxItem): Promise<void> {
    const kept = Promise.withResolvers<void>()
    // Unheard rejections are no news: the record is listed among what needs you.
    kept.promise.catch(() => undefined)
    queue.push({ row, kept })
    cache.saving(row)
    if (!isWriting) writing = drain()
    telling ??= setTimeout(notify, UNSEEN_MS)
    // Whoever captures has more to say in this breath, and it is drawn in one.
    if (isQuick()) queueMicrotask(() => telling !== undefined && notify())
    return kept.promise
  }

  function notify(): void {
    clearTimeout(telling)
    telling = undefined
    // before the listeners, so that what waits for it is drawn in one with what they draw
    shown.resolve()
    shown = Promise.withResolvers()
    const begun = performance.now()
    options.notify()
    // after what the listeners put off to the end of this task
    queueMicrotask(() => {
      drawing.push(performance.now() - begun)
      if (drawing.length > REMEMBERED) drawing.shift()
    })
  }

  function isQuick(): boolean {
    return drawing.length > 1 && drawing.filter((ms) => ms > QUICK_MS).length <= 1
  }

  /** The numbers that the next capture follows. */
  function last(): Counter {
    if (cache.counter.seq > counter.seq) counter = cache.counter
    const row = queue.at(-1)?.row
    return row ? { seq: row.seq, ord: row.data.ord } : counter
  }

  async function drain(): Promise<void> {
    isWriting = true
    let together = true
    while (queue.length > 0) {
      const group = together ? [...queue] : queue.slice(0, 1)
      const rows = group.map((pending) => pending.row)
      const result = await write(rows)
      if (result instanceof StoreError) {
        // One of them may be the trouble: each for itself.
        if (group.length > 1) together = false
        else giveBack(result)
      } else if ('behind' in result) {
        counter = result.behind
        renumber()
      } else {
        queue.splice(0, group.length)
        const end = rows.at(-1)
        if (end) counter = { seq: end.seq, ord: end.data.ord }
        for (const row of rows) cache.kept(row, result.rev)
        publish(result)
        notify()
        for (const { kept } of group) kept.resolve()
        together = true
      }
    }
    // In one breath with the look at the queue: a capture that comes now begins anew.
    isWriting = false
  }

  async function write(
    rows: readonly OutboxItem[],
  ): Promise<Awaited<ReturnType<Store['keep']>> | StoreError> {
    try {
      if (closed) throw closed
      return await store.keep(rows, { seq: (rows[0]?.seq ?? 1) - 1, ord: counter.ord })
    } catch (error) {
      return error instanceof StoreError ? error : new StoreError('failed', error)
    }
  }

  /** The first of the queue cannot be kept: it is listed, and its number goes to the next. */
  function giveBack(reason: StoreError): void {
    const pending = queue.shift()
    if (!pending) return
    cache.failed(pending.row, { code: `device.${reason.code}`, field: null, message: null })
    renumber()
    notify()
    pending.kept.reject(reason)
  }

  /** Numbers what waits anew, without gaps after what the store gave out. */
  function renumber(): void {
    let after = counter
    for (const pending of queue) {
      pending.row = renumbered(pending.row, after)
      cache.saving(pending.row)
      after = { seq: pending.row.seq, ord: pending.row.data.ord }
    }
    notify()
  }
}
