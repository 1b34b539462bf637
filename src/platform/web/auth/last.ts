/**
 * Who used this device last, so that it opens without a network: two ids in a database of their own, nothing else.
 * Written at sign-in. A sign-out writes `leaving`, which stays until the server heard of it: its cookie outlives a
 * sign-out without a network, and must not bring the person back.
 */
export interface Last {
  readonly person: string
  readonly district: string
}

const STORE = 'last'
const KEY = 'last'

/** Null when nobody is signed in here, or when the browser keeps nothing. */
export async function readLast(): Promise<Last | 'leaving' | null> {
  try {
    const value: unknown = await within('readonly', (store) => store.get(KEY))
    if (value === 'leaving') return value
    return isLast(value) ? { person: value.person, district: value.district } : null
  } catch {
    return null
  }
}

/** A browser that keeps nothing says so when the device is opened, not here. */
export async function writeLast(last: Last | 'leaving' | null): Promise<void> {
  await within('readwrite', (store) => (last ? store.put(last, KEY) : store.delete(KEY))).catch(() => {})
}

function isLast(value: unknown): value is Last {
  return (
    typeof value === 'object' &&
    value !== null &&
    'person' in value &&
    typeof value.person === 'string' &&
    'district' in value &&
    typeof value.district === 'string'
  )
}

function within(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('handrail-last', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      const transaction = database.transaction(STORE, mode)
      const request = work(transaction.objectStore(STORE))
      transaction.oncomplete = () => {
        database.close()
        resolve(request.result)
      }
      transaction.onerror = () => {
        database.close()
        reject(transaction.error)
      }
    }
  })
}
