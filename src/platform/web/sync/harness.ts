/** A device on a memory disk against a fake server, with time that moves only by hand. Tests only. */
import { afterEach, beforeEach, vi } from 'vitest'
import type { Device, DeviceOptions } from '../store/device.ts'
import { openDevice } from '../store/device.ts'
import { MemoryDisk } from '../store/memory.ts'
import { createSealing } from '../store/sealing.ts'
import { createStore, type Store } from '../store/store.ts'
import { openVault } from '../vault/vault.ts'
import { AMARI, DISTRICT, handClock, PERSON, registry, tapOf, type HandClock } from '../store/testing.ts'
import { FakeServer, grantFor } from './fake-server.ts'
import { electAll } from './leader.ts'

const opened: Device[] = []

export interface Bench {
  readonly server: FakeServer
  readonly disk: MemoryDisk
  readonly clock: HandClock
  /** Opens a tab on the disk; the first sync has not run yet. */
  open(over?: Partial<DeviceOptions>): Promise<Device>
}

/** A bench for each test. Timers do not run by themselves: a test syncs when it says so. */
export function benches(): () => Bench {
  let bench: Bench
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
    const server = new FakeServer()
    server.grants = [grantFor(AMARI)]
    const disk = new MemoryDisk()
    const clock = handClock()
    bench = {
      server,
      disk,
      clock,
      open: async (over = {}) => {
        const device = await openDevice({
          district: DISTRICT,
          person: PERSON,
          tz: 'America/Chicago',
          registry,
          clock,
          fetch: server.fetch,
          baseUrl: 'http://school.test',
          ...(over.storages ? {} : { storage: disk.open() }),
          elect: electAll,
          openStream: null,
          random: () => 0.5,
          ...over,
        })
        opened.push(device)
        // The election answers in the next turn.
        await Promise.resolve()
        return device
      },
    }
  })
  afterEach(() => {
    for (const device of opened.splice(0)) device.close()
    vi.useRealTimers()
  })
  return () => bench
}

/** Captures taps, waits until they are kept, and names them. */
export async function captured(device: Device, ...ns: number[]): Promise<string[]> {
  const captures = ns.map((n) => device.capture(tapOf(n)))
  await Promise.all(captures.map((capture) => capture.kept))
  return captures.map((capture) => capture.record.id)
}

/** Lets everything that is under way in this process go on for a few turns: of the loop, and of where ciphers run. */
export async function turns(n = 5): Promise<void> {
  for (let i = 0; i < n; i++) {
    await crypto.subtle.digest('SHA-256', new Uint8Array(1))
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** The store of the person whose keys are on the disk, past any device. */
export async function storeOn(disk: MemoryDisk, clock: HandClock): Promise<Store> {
  const port = disk.open()
  const register = () => Promise.reject(new Error('nobody is signed in on this disk'))
  const vault = await openVault({ port, district: DISTRICT, person: PERSON, clock, register })
  return createStore(port, createSealing(vault))
}
