/**
 * What may happen to the server at each statement it sends to PostgreSQL: the connection breaks before it, or after
 * it was done and before the server hears so; the database refuses it. A request carries its own plan through the
 * server's code, so that what strikes one strikes no other.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'

export type Blow = 'cut before' | 'cut after' | 'serialization' | 'deadlock' | 'terminated'

export interface Plan {
  /** Which statement is struck: its number, from 1, or the one that commits. */
  readonly at: number | 'commit'
  readonly blow: Blow
  /** Told once, when it strikes. */
  readonly struck: (blow: Blow, statement: string) => void
  /** Ends a connection as the operator of the database would. */
  readonly terminate: (pid: number) => Promise<void>
}

interface Running {
  /** Undefined once it has struck. */
  plan: Plan | undefined
  count: number
  readonly use: (pid: number) => void
}

const running = new AsyncLocalStorage<Running | undefined>()

/** Connections that serve requests now, by the process behind them, and how many requests each. */
export type Backends = Map<number, number>

/** Runs a request under a plan; while it lasts, the connections it uses are among `backends`. */
export async function under<T>(
  plan: Plan | undefined,
  backends: Backends,
  work: () => Promise<T>,
): Promise<T> {
  const used = new Set<number>()
  let isOver = false
  try {
    return await running.run({ plan, count: 0, use }, work)
  } finally {
    isOver = true
    for (const pid of used) {
      const others = (backends.get(pid) ?? 1) - 1
      if (others > 0) backends.set(pid, others)
      else backends.delete(pid)
    }
  }

  function use(pid: number): void {
    if (isOver || used.has(pid)) return
    used.add(pid)
    backends.set(pid, (backends.get(pid) ?? 0) + 1)
  }
}

type Client = pg.Client & { readonly processID?: number }
type Query = (this: Client, ...args: unknown[]) => unknown

/**
 * Puts itself before every statement of every connection of this process. Returns what takes it away again.
 *
 * Several statements may be on their way at once, the commit among them. What must stay true: none overtakes one that
 * is struck, and the transaction of one that the database refused is as dead as it would be.
 */
export function watchStatements(): () => void {
  const prototype = pg.Client.prototype as unknown as { query: Query }
  const { query } = prototype
  const ending = new WeakMap<Client, Promise<void>>()
  prototype.query = function (...args) {
    const request = running.getStore()
    if (request && this.processID !== undefined) request.use(this.processID)
    const goOn = () => query.apply(this, args)
    const ended = ending.get(this)
    if (ended) return ended.then(goOn)
    const plan = request?.plan
    if (!plan || typeof args.at(-1) === 'function') return goOn()
    request.count += 1
    const text = textOf(args[0])
    if (plan.at === 'commit' ? text !== 'commit' : request.count !== plan.at) return goOn()
    request.plan = undefined
    plan.struck(plan.blow, text.split(/\s+/, 2).join(' '))
    switch (plan.blow) {
      case 'cut before':
        this.connection.stream.destroy()
        return goOn()
      case 'cut after':
        return cutAfter(this, goOn)
      case 'terminated': {
        const end = plan.terminate(this.processID ?? 0)
        ending.set(this, end)
        return end.then(goOn)
      }
      case 'serialization':
        return query.call(this, refused(text, '40001'))
      case 'deadlock':
        return query.call(this, refused(text, '40P01'))
    }
  }
  return () => {
    prototype.query = query
  }
}

async function cutAfter(client: Client, goOn: () => unknown): Promise<never> {
  await goOn()
  client.connection.stream.destroy()
  throw new Error('Connection terminated unexpectedly')
}

/** What the database refuses in place of a statement: where it begins a transaction, right after that began. */
function refused(text: string, code: string): string {
  const before = /^(begin|start transaction)\b/.test(text) ? `${text}; ` : ''
  return `${before}do $$ begin raise exception using errcode = '${code}', message = 'struck'; end $$`
}

function textOf(query: unknown): string {
  return String(typeof query === 'string' ? query : (query as { text?: unknown }).text).trim()
}
