/**
 * The databases of the other people who used this browser. Whoever signs in locks them, and has what waits in them
 * carried to the server, sealed (sync/courier.ts). Nothing here reads more than columns. Called by store/device.ts.
 */
import { openTabs } from '../sync/tabs.ts'
import { openDexie } from '../store/dexie.ts'
import { lockNow } from '../store/lock.ts'
import type { StoragePort, Storages } from '../store/port.ts'

export function databaseName(of: { district: string; person: string }): string {
  return `handrail-${of.district}-${of.person}`
}

/** Everything IndexedDB has of this app. Older Firefox cannot list its databases: there everybody carries their own. */
export const storagesHere: Storages = {
  names: async () => {
    const known = await globalThis.indexedDB?.databases?.()
    return (known ?? []).flatMap(({ name }) => (name !== undefined && NAME.test(name) ? [name] : []))
  },
  open: (name) => openDexie(name),
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const NAME = new RegExp(`^handrail-${UUID}-${UUID}$`)

/** Takes the keys and all that was synced from everybody else's database, as their own log-out would have done. */
export async function lockOthers(storages: Storages, own: string): Promise<void> {
  await eachOther(storages, own, '', async (port, name) => {
    const isOpen = await port.transact(
      'read',
      ['keys'],
      async (tx) => (await tx.keys.get('sitting')) !== undefined,
    )
    if (!isOpen) return
    const change = await lockNow(port)
    const tabs = openTabs(name)
    tabs.post({ type: 'change', change })
    tabs.close()
  })
}

/** Visits each other database whose name begins so. One that cannot be opened now is visited another time. */
export async function eachOther(
  storages: Storages,
  own: string,
  prefix: string,
  visit: (port: StoragePort, name: string) => Promise<void>,
): Promise<void> {
  for (const name of await storages.names()) {
    if (name === own || !name.startsWith(prefix)) continue
    const port = await storages.open(name).catch(() => null)
    if (!port) continue
    try {
      await visit(port, name)
    } finally {
      port.close()
    }
  }
}
