/**
 * Connections to PostgreSQL on which nobody waits for ever. db.ts and identity.ts take theirs from here; live.ts and
 * jobs.ts hold one of their own under the same rules.
 *
 * Three things happen to a connection: it breaks, its server is busy, or its server is gone without a word (a cable,
 * a firewall that forgot, a machine that froze). The first is told by the socket, the second ends by the server's own
 * limits, the third by ours: a connection in use that hears nothing for `patienceMs` is given up whole. It never
 * goes back to the pool, for whatever transaction it carried may still be open on the other side.
 */
import { Socket } from 'node:net'
import pg from 'pg'

/** How long a connection in use may be silent, ms. Longer than any statement the server does for a request. */
export const PATIENCE_MS = 30_000

export interface PoolOptions {
  readonly url: string
  readonly schema: string
  /** Connections at most. */
  readonly max: number
  /** Default PATIENCE_MS. Imports and rebuilds, which nobody waits for at a screen, are given more. */
  readonly patienceMs?: number | undefined
  readonly types?: pg.CustomTypesConfig
  /** Statements that have a name are planned once a connection: for who finds rows by their keys and nothing else. */
  readonly byKey?: boolean
}

export function openPool(options: PoolOptions): pg.Pool {
  const patience = options.patienceMs ?? PATIENCE_MS
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    // named last, or PostgreSQL looks there first, and a temporary table would hide ours from whoever comes next
    options: `-c search_path=${options.schema},pg_temp -c timezone=UTC -c jit=off -c enable_seqscan=off ${options.byKey ? '-c plan_cache_mode=force_generic_plan ' : ''}${limits(patience)}`,
    connectionTimeoutMillis: Math.min(10_000, patience),
    // statements may be sent while earlier ones are under way; the server does them in order
    pipeline: true,
    ...(options.types ? { types: options.types } : {}),
  })
  // an idle connection that breaks is replaced at the next use
  pool.on('error', () => {})
  pool.on('connect', (client) => watch(client, patience))
  return pool
}

/**
 * Settings of a session, as an option of its connection. The server gives up before we do, so that it is the one who
 * ends the transaction: waiting for a lock (55P03), a statement (57014), a transaction that nobody goes on with (25P03).
 */
export function limits(patienceMs: number): string {
  const third = Math.ceil(patienceMs / 3)
  return `-c lock_timeout=${third} -c statement_timeout=${2 * third} -c idle_in_transaction_session_timeout=${patienceMs}`
}

/** Gives the connection up when it hears nothing for so long; keeps one that breaks from bringing the process down. */
export function watch(client: pg.Client, patienceMs: number): void {
  // the query under way says so; without a listener the event itself would end the process
  client.on('error', () => {})
  const { stream } = client.connection
  if (stream instanceof Socket) stream.setTimeout(patienceMs, () => stream.destroy(new Silence()))
}

/** The server was silent for too long. */
class Silence extends Error {
  readonly code = 'ETIMEDOUT'
}
