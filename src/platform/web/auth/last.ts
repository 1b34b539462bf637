/**
 * Who used this device last, so that it opens without a network: two ids in a database of their own, nothing else.
 * Written at sign-in. A sign-out writes `leaving`, which stays until the server heard of it: its cookie outlives a
 * sign-out without a network, and must not bring the person back.
 */
import { StoreError } from '../store/errors.ts'

export interface Last {
  readonly person: string
  readonly district: string
}

const STORE = 'last'
const KEY = 'last'
/** An opening that gets no answer at all (WebKit 226547) is given up after this long, ms. */
const PATIENCE_MS = 10_000

/** Null when nobody is signed in here. Rejects with a StoreError where the browser keeps nothing (F10). */
export async function readLast(): Promise<Last | 'leaving' | null> {
  let patience: ReturnType<typeof setTimeout> | undefined
  try {
    const tooLong = new Promise<never>((_resolve, reject) => {
      patience = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS)
    })
    const value = await Promise.race([within('readonly', (store) => store.get(KEY)), tooLong])
    if (value === 'leaving') return value
    return isLast(value) ? { person: value.person, district: value.district } : null
  } catch (error) {
    throw new StoreError('unavailable', error)
  } finally {
    clearTimeout(patience)
  }
}

/** A browser that keeps nothing has said so before anybody signed in. */
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
