import { Dexie } from 'dexie'
import { afterEach } from 'vitest'
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
  for (const port of ports.splice(0)) port.close()
  for (const name of names.splice(0)) await Dexie.delete(name)
})

describePort('Dexie on IndexedDB', openFresh)
describeStore('Dexie on IndexedDB', openFresh)
