/**
 * Statements on their way: a connection parses and plans each once, and what nobody waits for by itself goes in one
 * message with what comes next. db.ts puts this between Kysely and its pool.
 *
 * The texts are the program's own and few; the first of them get a name each, the same on every connection. A plan that
 * is kept may be older than the tables have grown. So the pool never plans to read a whole table
 * (`enable_seqscan=off`): every table is reached by keys that begin with its district.
 */
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'

/** More than the program has; a text that is put together from data must not fill the server's memory. */
const MAX_NAMES = 400

/** What a statement begins with that is sent with the next one, in order. If it fails, that one fails with its error. */
export const WITH_THE_NEXT = '/* with the next */'
const waits = (text: string) =>
  text.startsWith(WITH_THE_NEXT) ||
  text.startsWith('set local ') ||
  /^(begin|start transaction\b[^;]*)$/.test(text)

export function preparing(pool: pg.Pool): PostgresPool {
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect()
      const known = clients.get(client) ?? wrapped(client)
      clients.set(client, known)
      return known
    },
    end: () => pool.end(),
  }
}

interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

function wrapped(client: pg.PoolClient): PostgresPoolClient {
  let ahead: Statement[] = []
  const send = ({ text, values }: Statement) => {
    const name = values.length === 0 ? undefined : nameOf(text)
    return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) })
  }
  const query = async (text: string, values: readonly unknown[]) => {
    if (waits(text)) {
      ahead.push({ text, values })
      return { command: 'SET', rowCount: 0, rows: [] }
    }
    // what did not go yet need not be taken back, and whoever gave up does not want it done
    const statements = text === 'rollback' ? [] : joined(ahead)
    ahead = []
    const { stream } = client.connection
    stream.cork()
    const sent = Promise.all([...statements.map(send), send({ text, values })])
    stream.uncork()
    return (await sent).at(-1)
  }
  return {
    query: query as unknown as PostgresPoolClient['query'],
    release(error) {
      ahead = []
      client.release(error)
    },
  }
}

/** Neighbours without values as one text. */
function joined(statements: readonly Statement[]): Statement[] {
  const fewer: Statement[] = []
  for (const one of statements) {
    const last = fewer.at(-1)
    if (last && one.values.length === 0 && last.values.length === 0)
      fewer[fewer.length - 1] = { text: `${last.text}; ${one.text}`, values: [] }
    else fewer.push(one)
  }
  return fewer
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
