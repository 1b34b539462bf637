/**
 * The storage port in memory: what tests in Node stand on. Called by tests only. Each port opened on one
 * MemoryDisk sees the same rows, as tabs of one browser do, and what was committed outlives the port, as a killed tab.
 */
import { StoreError } from './errors.ts'
import {
  TABLE_NAMES,
  TABLES,
  type IndexOf,
  type Key,
  type StoragePort,
  type Table,
  type TableName,
  type Tables,
  type Transaction,
} from './port.ts'

type Contents = { [N in TableName]: Map<Key, Tables[N]> }

export class MemoryDisk {
  #contents = empty()
  #queue: Promise<unknown> = Promise.resolve()

  open(): StoragePort {
    let closed = false
    return {
      transact: (mode, names, work) => {
        const run = this.#queue.then(async () => {
          if (closed) throw new StoreError('closed')
          // Each transaction works on a copy, which takes the place of the contents when it succeeds.
          const draft = { ...this.#contents }
          if (mode === 'write') for (const name of names) copy(draft, name)
          try {
            const result = await work(transactionOver(draft, mode, names))
            this.#contents = draft
            return result
          } catch (error) {
            throw error instanceof StoreError ? error : new StoreError('failed', error)
          }
        })
        this.#queue = run.catch(() => undefined)
        return run
      },
      close: () => {
        closed = true
      },
    }
  }
}

function transactionOver(
  contents: Contents,
  mode: 'read' | 'write',
  names: readonly TableName[],
): Transaction {
  return Object.fromEntries(
    TABLE_NAMES.map((name) => [name, names.includes(name) ? tableOver(contents, name, mode) : undefined]),
  ) as unknown as Transaction
}

function tableOver<N extends TableName>(contents: Contents, name: N, mode: 'read' | 'write'): Table<N> {
  const rows = contents[name] as Map<Key, Tables[N]>
  const keyOf = (row: Tables[N]) => (row as unknown as Record<string, Key>)[TABLES[name].key] as Key
  const column = (row: Tables[N], index: IndexOf<N>) =>
    (row as unknown as Record<string, Key | null>)[index as string]
  const writable = () => {
    if (mode === 'read') throw new StoreError('failed', new Error(`${name} is open for reading`))
  }
  const sorted = () => [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)

  return {
    get: async (key) => structuredClone(rows.get(key)),
    getMany: async (keys) => keys.map((key) => structuredClone(rows.get(key))),
    all: async () => structuredClone(sorted()),
    where: async (index, values) =>
      structuredClone(sorted().filter((row) => values.includes(column(row, index) as Key))),
    upTo: async (index, value) =>
      structuredClone(
        sorted().filter((row) => {
          const found = column(row, index)
          return found !== null && found !== undefined && found <= value
        }),
      ),
    put: async (added) => {
      writable()
      for (const row of added) rows.set(keyOf(row), structuredClone(row))
    },
    delete: async (keys) => {
      writable()
      for (const key of keys) rows.delete(key)
    },
    clear: async () => {
      writable()
      rows.clear()
    },
  }
}

function copy<N extends TableName>(contents: Contents, name: N): void {
  contents[name] = new Map(contents[name]) as Contents[N]
}

function empty(): Contents {
  return Object.fromEntries(TABLE_NAMES.map((name) => [name, new Map()])) as unknown as Contents
}
