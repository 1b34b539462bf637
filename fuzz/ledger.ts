/** What devices said they keep: each record as it was captured, told by the device itself once it was durable. */
import { canonical, type Json } from '../src/platform/core/canonical.ts'
import type { Uuid } from '../src/platform/core/ids.ts'
import type { StoredRecord } from '../src/platform/records/envelope.ts'
import type { Capture } from '../src/platform/web/store/captures.ts'
import type { Tab } from './browser.ts'
import type { Member } from './district.ts'

export interface Entry {
  readonly id: Uuid
  readonly by: Member
  readonly where: string
  /** What a person sees of it; numbers of order are given at the moment it is kept. */
  readonly content: string
  /** The device said "kept". */
  kept: boolean
  /** Digest under its final numbers; null = it was out of sight at once. */
  digest: string | null
}

export class Ledger {
  readonly #entries = new Map<Uuid, Entry>()

  /** Records that devices said they keep. */
  get size(): number {
    return this.kept().length
  }

  get(id: Uuid): Entry | undefined {
    return this.#entries.get(id)
  }

  kept(): Entry[] {
    return [...this.#entries.values()].filter((entry) => entry.kept)
  }

  /** Resolves when the device has said whether it keeps it. */
  async enter(tab: Tab, { record, kept }: Capture): Promise<{ id: Uuid; isKept: boolean }> {
    const { member, browser } = tab.profile
    const entry: Entry = {
      id: record.id,
      by: member,
      where: browser.name,
      content: contentOf(record),
      kept: false,
      digest: null,
    }
    this.#entries.set(record.id, entry)
    const isKept = await kept.then(
      () => true,
      () => false,
    )
    if (isKept) {
      entry.kept = true
      entry.digest = digestAt(tab, record)
    }
    return { id: record.id, isKept }
  }
}

/** What a device wrote but its numbers of order, as canonical JSON; what only the server says is left out. */
export function contentOf(record: object): string {
  const said = Object.entries(record).filter(([name]) => !NUMBERS.has(name) && !OF_SERVER.has(name))
  return canonical(Object.fromEntries(said) as Record<string, Json>)
}
const NUMBERS = new Set(['seq', 'ord'])
const OF_SERVER = new Set(['digest', 'author', 'received', 'aud', 'pos'])

function digestAt(tab: Tab, record: StoredRecord): string | null {
  const partition = tab.device.partitionOf(record)
  const found =
    partition === null ? undefined : tab.device.records(partition).find(({ id }) => id === record.id)
  return found?.digest ?? tab.device.outbox().find(({ id }) => id === record.id)?.record.digest ?? null
}
