/**
 * The live channel says one thing: "there is news for these audiences". After a commit a process sends at most one
 * NOTIFY a district per 100 ms, on a connection of its own (a NOTIFY inside a writing transaction would take a
 * database-wide lock); every process listens and wakes the devices it serves, per audience. A lost notice costs
 * only time: devices also pull by themselves.
 */
import pg from 'pg'
import { z } from 'zod'
import type { Uuid } from '../core/ids.ts'
import { PATIENCE_MS, watch } from './pool.ts'

const CHANNEL = 'handrail_news'
const QUIET_MS = 100
/** A notification holds less than 8,000 bytes; more audiences wait for the next. */
const MAX_AUDS = 300
/**
 * Stands for acts about staff, which are no records and have no audience (docs/adr/0015-acts-about-staff.md): who is
 * away, a plan that was made. Heard by whoever reads whole schools. The numbers of audiences begin at 1.
 */
export const STAFF = 0

export interface Listener {
  readonly district: Uuid
  /** Auds that this device's person may read; `all` for a role that reads whole schools. */
  auds: ReadonlySet<number> | 'all'
  /** Signing key of the device: what came from it alone is no news to it. */
  readonly key?: Uuid | undefined
  wake(): void
}

export class Live {
  readonly #url: string
  readonly #patienceMs: number
  readonly #listeners = new Set<Listener>()
  /** District → audience → the one device that the news came from, or null. */
  readonly #pending = new Map<Uuid, Map<number, Uuid | null>>()
  #client: pg.Client | undefined
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  /** `patienceMs`: how long the database may be silent before the connection is made anew. */
  constructor(url: string, patienceMs = PATIENCE_MS) {
    this.#url = url
    this.#patienceMs = patienceMs
  }

  /** Streams that are open. */
  get size(): number {
    return this.#listeners.size
  }

  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: Math.min(10_000, this.#patienceMs),
    })
    let asking: NodeJS.Timeout | undefined
    const lost = () => {
      clearTimeout(asking)
      this.#reconnect(client)
    }
    // nobody speaks here for hours: a question now and then tells a quiet database from one that is gone
    const ask = () => {
      asking = setTimeout(() => void client.query('select 1').then(ask, () => {}), this.#patienceMs / 3)
    }
    client.on('notification', (message) => this.#heard(message.payload ?? ''))
    client.on('error', lost)
    client.on('end', lost)
    try {
      await client.connect()
      watch(client, this.#patienceMs)
      await client.query(`listen ${CHANNEL}`)
    } catch (error) {
      void client.end().catch(() => {})
      throw error
    }
    ask()
    if (this.#stopped) await client.end()
    else this.#client = client
  }

  /** To be called after commit. `key`: signing key of the device that brought it, when it said so. */
  announce(district: Uuid, auds: readonly number[], key: Uuid | null = null): void {
    const waiting = this.#pending.get(district) ?? new Map<number, Uuid | null>()
    for (const aud of auds) waiting.set(aud, waiting.has(aud) && waiting.get(aud) !== key ? null : key)
    this.#pending.set(district, waiting)
    this.#timer ??= setTimeout(() => void this.#send(), QUIET_MS)
  }

  /** Subscribes a device; the returned function ends it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    // what was announced a moment ago is news to the devices of other processes
    while (this.#pending.size > 0) await this.#send()
    clearTimeout(this.#timer)
    await this.#client?.end()
  }

  async #send(): Promise<void> {
    this.#timer = undefined
    const messages: string[] = []
    for (const [district, waiting] of this.#pending) {
      const news = [...waiting].slice(0, MAX_AUDS)
      const auds = news.map(([aud]) => aud)
      const keys = news.map(([, key]) => shortOf(key))
      messages.push(JSON.stringify({ district, auds, keys }))
      for (const aud of auds) waiting.delete(aud)
      if (waiting.size === 0) this.#pending.delete(district)
    }
    if (this.#pending.size > 0 && !this.#stopped) this.#timer = setTimeout(() => void this.#send(), QUIET_MS)
    try {
      for (const message of messages)
        await this.#client?.query('select pg_notify($1, $2)', [CHANNEL, message])
    } catch {
      // the listener's own error handling reconnects; devices pull by themselves meanwhile
    }
  }

  #heard(payload: string): void {
    const news = newsOf(payload)
    if (!news) return
    for (const listener of this.#listeners)
      if (listener.district === news.district && concerns(listener, news)) listener.wake()
  }

  #reconnect(client: pg.Client): void {
    if (this.#stopped || this.#client !== client) return
    this.#client = undefined
    const again = () => {
      if (this.#stopped) return
      this.start().then(
        // what was said meanwhile was not heard
        () => this.#listeners.forEach((listener) => listener.wake()),
        () => setTimeout(again, 1000).unref(),
      )
    }
    setTimeout(again, 250).unref()
  }
}

function concerns({ auds, key }: Listener, news: z.infer<typeof News>): boolean {
  const own = key === undefined ? undefined : shortOf(key)
  return news.auds.some(
    (aud, n) => (auds === 'all' || auds.has(aud)) && (own === undefined || news.keys?.[n] !== own),
  )
}

/** Enough of a key to know one's own by, and 300 of them fit into a notification. */
function shortOf(key: Uuid | null): string {
  return key?.slice(-12) ?? ''
}

const News = z.object({
  district: z.string(),
  auds: z.array(z.number()),
  /** Of each audience: the one device that its news came from; empty = several, or one that did not say. */
  keys: z.array(z.string()).optional(),
})

// whoever may connect to the database may send on its channels, whatever they like
function newsOf(payload: string): z.infer<typeof News> | undefined {
  try {
    return News.safeParse(JSON.parse(payload)).data
  } catch {
    return undefined
  }
}
