/**
 * Statements that a connection parses and plans once. The texts are the program's own and few; the first of them get
 * a name each, the same on every connection. db.ts puts this between Kysely and its pool.
 *
 * A plan that is kept may be older than the tables have grown. So the pool never plans to read a whole table
 * (`enable_seqscan=off`): every table is reached by keys that begin with its district.
 */
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'

/** More than the program has; a text that is put together from data must not fill the server's memory. */
const MAX_NAMES = 400

export function preparing(pool: pg.Pool): PostgresPool {
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect()
      const known = clients.get(client) ?? named(client)
      clients.set(client, known)
      return known
    },
    end: () => pool.end(),
  }
}

function named(client: pg.PoolClient): PostgresPoolClient {
  const query = (text: string, values: readonly unknown[]) => {
    const name = values.length === 0 ? undefined : nameOf(text)
    return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) })
  }
  return { query: query as unknown as PostgresPoolClient['query'], release: (error) => client.release(error) }
}

const names = new Map<string, string>()

function nameOf(text: string): string | undefined {
  // the columns of a star are settled when it is planned, and a migration may add one
  const known = names.get(text)
  if (known !== undefined || names.size >= MAX_NAMES || /(^select|returning|\.) ?\*/.test(text)) return known
  const name = `h${names.size}`
  names.set(text, name)
  return name
}
