import { Dexie } from 'dexie'
import { afterEach, expect, it, vi } from 'vitest'
import { openDexie } from './dexie.ts'
import { describePort } from './port.contract.ts'
import type { StoragePort } from './port.ts'
import { describeStore } from './store.contract.ts'

let count = 0
const ports: StoragePort[] = []
const names: string[] = []

const openFresh = async () => {
  const name = `handrail-test-${++count}`
  await Dexie.delete(name)
  names.push(name)
  return {
    open: async () => {
      const port = await openDexie(name)
      ports.push(port)
      return port
    },
  }
}

afterEach(async () => {
  vi.restoreAllMocks()
  for (const port of ports.splice(0)) port.close()
  for (const name of names.splice(0)) await Dexie.delete(name)
})

describePort('Dexie on IndexedDB', openFresh)
describeStore('Dexie on IndexedDB', openFresh)

// What WebKit says of a connection that it dropped in the background; Dexie by itself goes on only after an
// InvalidStateError.
it.each(['UnknownError', 'InvalidStateError'])('F7 opens a connection anew after one %s', async (name) => {
  let isLost = false
  const begin = IDBDatabase.prototype.transaction
  // Dexie takes hold of the function when it opens
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...asked) {
    if (!isLost) return begin.apply(this, asked)
    isLost = false
    throw new DOMException('Connection to Indexed Database server lost', name)
  })
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const port = await (await openFresh()).open()
  isLost = true
  await port.transact('write', ['meta'], (tx) => tx.meta.put([{ name: 'a', data: 1 }]))
  expect(isLost).toBe(false)
  expect(await port.transact('read', ['meta'], (tx) => tx.meta.get('a'))).toEqual({ name: 'a', data: 1 })
})
