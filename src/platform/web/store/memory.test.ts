import { MemoryDisk } from './memory.ts'
import { describePort } from './port.contract.ts'
import { describeStore } from './store.contract.ts'

const openFresh = async () => {
  const disk = new MemoryDisk()
  return { open: async () => disk.open() }
}

describePort('memory', openFresh)
describeStore('memory', openFresh)
