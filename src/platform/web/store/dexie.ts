/**
 * The storage port on IndexedDB. Called by openDevice. Dexie opens the database and brings it up to date; transactions
 * are the browser's own, since a tap waits for each layer between it and the disk.
 *
 * Every transaction is strict: its promise resolves after the bytes were flushed, not merely handed over, so
 * "kept" may be said then (G1). A connection that the browser closed under us (F7: WebKit in the background,
 * "clear site data" half-way) is opened once more and the transaction tried again; nothing is called kept before
 * a commit.
 */
import { Dexie } from 'dexie'
import { StoreError, type StoreCode } from './errors.ts'
import {
  TABLE_NAMES,
  TABLES,
  type Key,
  type StoragePort,
  type Table,
  type TableName,
  type Tables,
  type Transaction,
} from './port.ts'

/**
 * Version of the tables. Raise it together with an upgrade that keeps every row of `outbox` and `own` (F11).
 * 1: rows in plain. 2: sealed. What the team has is fetched anew; what it has not is sealed at the first opening with
 * keys (adopt.ts), since an upgrade may not wait for a cipher.
 */
const VERSION = 2
const OF_THE_TEAM = ['records', 'summaries', 'disputes', 'staged', 'held', 'values'] as const
/** An opening that gets no answer at all (a known failing of WebKit) is given up after this long, ms. */
const PATIENCE_MS = 10_000

/** Opens or makes the database. Rejects with a StoreError that says why nothing can be kept here. */
export async function openDexie(
  name: string,
  factory: IDBFactory | undefined = globalThis.indexedDB,
): Promise<StoragePort> {
  if (!factory) throw new StoreError('unavailable')
  const db = new Dexie(name, { indexedDB: factory, IDBKeyRange: globalThis.IDBKeyRange })
  db.version(VERSION)
    .stores(
      Object.fromEntries(
        TABLE_NAMES.map((table) => [table, [TABLES[table].key, ...TABLES[table].indexes].join(',')]),
      ),
    )
    .upgrade(async (tx) => {
      for (const table of OF_THE_TEAM) await tx.table(table).clear()
    })
  let patience: ReturnType<typeof setTimeout> | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      patience = setTimeout(() => reject(new StoreError('unavailable')), PATIENCE_MS)
      db.on('blocked', () => reject(new StoreError('blocked')))
      refuseNewer(factory, name)
        .then(() => db.open())
        .then(() => resolve(), reject)
    })
  } catch (error) {
    db.close()
    const known = asStoreError(error)
    // An open that fails for no reason we can name is the browser keeping its door shut.
    throw known.code === 'failed' || known.code === 'closed' ? new StoreError('unavailable', error) : known
  } finally {
    clearTimeout(patience)
  }

  let closed = false
  /** One at a time (writes wait for each other anyway), so that a lost connection is opened again once and not by each. */
  let queue: Promise<unknown> = Promise.resolve()

  return {
    transact: (mode, names, work) => {
      const attempt = async () => {
        if (closed) throw new StoreError('closed')
        if (!db.isOpen()) throw new DOMException('The connection is closed', 'InvalidStateError')
        return inTransaction(db.backendDB(), mode, names, work)
      }
      const run = queue.then(async () => {
        try {
          return await attempt()
        } catch (error) {
          if (closed) throw new StoreError('closed', error)
          if (!isConnectionLost(error)) throw asStoreError(error)
        }
        try {
          db.close({ disableAutoOpen: false })
          await db.open()
          return await attempt()
        } catch (error) {
          throw asStoreError(error)
        }
      })
      queue = run.catch(() => undefined)
      return run
    },
    close: () => {
      closed = true
      db.close()
    },
  }
}

/** Dexie would open a newer build's database and patch it; we leave it alone (F11). Its versions are ours times ten. */
async function refuseNewer(factory: IDBFactory, name: string): Promise<void> {
  // Older Firefox cannot list them.
  const known = 'databases' in factory ? await factory.databases() : []
  const found = known.find((database) => database.name === name)
  if (Math.floor((found?.version ?? 0) / 10) > VERSION) throw new StoreError('outdated')
}

/** Resolves after the commit. Rejects with what the browser says of an abort, else with what `work` threw. */
async function inTransaction<T>(
  db: IDBDatabase,
  mode: 'read' | 'write',
  names: readonly TableName[],
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const tx = db.transaction(names, mode === 'read' ? 'readonly' : 'readwrite', { durability: 'strict' })
  const ended = new Promise<'committed' | 'aborted'>((resolve) => {
    tx.oncomplete = () => resolve('committed')
    tx.onabort = () => resolve('aborted')
  })
  try {
    const result = await work(transactionOver(tx, names))
    if ((await ended) === 'committed') return result
  } catch (error) {
    abort(tx)
    await ended
    throw tx.error ?? error
  }
  throw tx.error ?? new DOMException('The transaction was aborted', 'AbortError')
}

/** One that has ended by itself says so by throwing. */
function abort(tx: IDBTransaction): void {
  try {
    tx.abort()
  } catch {}
}

function transactionOver(tx: IDBTransaction, names: readonly TableName[]): Transaction {
  return Object.fromEntries(
    names.map((name) => [name, tableOver(tx.objectStore(name))]),
  ) as unknown as Transaction
}

function tableOver<N extends TableName>(table: IDBObjectStore): Table<N> {
  const get = (key: Key) => answerOf<Tables[N] | undefined>(table.get(key))
  return {
    get,
    getMany: (keys) => Promise.all(keys.map(get)),
    all: () => answerOf<Tables[N][]>(table.getAll()),
    where: async (index, values) => {
      const column = table.index(index as string)
      const found = [...new Set(values)].map((value) => answerOf<Tables[N][]>(column.getAll(value)))
      return (await Promise.all(found)).flat()
    },
    upTo: (index, value) =>
      answerOf<Tables[N][]>(table.index(index as string).getAll(IDBKeyRange.upperBound(value))),
    put: async (rows) => allOf(rows.map((row) => table.put(row))),
    delete: async (keys) => allOf(keys.map((key) => table.delete(key))),
    clear: () => allOf([table.clear()]),
  }
}

function answerOf<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T)
    request.onerror = () => reject(request.error as DOMException)
  })
}

/** They are answered in their order, and one that fails takes the transaction, and so the last one, with it. */
async function allOf(requests: readonly IDBRequest[]): Promise<void> {
  const last = requests.at(-1)
  if (last) await answerOf(last)
}

function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error
  const names = errorNames(error)
  const code = CODES.find(([name]) => names.includes(name))?.[1]
  return new StoreError(code ?? 'failed', error)
}

const CODES: readonly (readonly [string, StoreCode])[] = [
  ['QuotaExceededError', 'quota'],
  ['VersionError', 'outdated'],
  ['SecurityError', 'unavailable'],
  ['MissingAPIError', 'unavailable'],
  ['DatabaseClosedError', 'closed'],
  ['InvalidStateError', 'closed'],
]

function isConnectionLost(error: unknown): boolean {
  const names = errorNames(error)
  return ['DatabaseClosedError', 'InvalidStateError', 'UnknownError'].some((name) => names.includes(name))
}

/** Names of an error and of what it wraps: Dexie tells of a full disk as an AbortError around the cause. */
function errorNames(error: unknown): string[] {
  const names: string[] = []
  let current = error
  while (current instanceof Object && names.length < 5) {
    const { name, inner } = current as { name?: unknown; inner?: unknown }
    if (typeof name === 'string') names.push(name)
    current = inner
  }
  return names
}
