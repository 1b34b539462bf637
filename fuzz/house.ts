/**
 * The real server of a run: migrated database, directory, identity, HTTP with all its hooks. One house serves world
 * after world, each in districts of its own. Started by main.ts and by src/guarantees/fuzz.test.ts.
 */
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startApp, type App } from '../src/app.ts'
import { openCore, openDatabase } from '../src/core.ts'
import type { Database } from '../src/platform/server/db.ts'
import { createLog } from '../src/platform/server/log.ts'
import { secretOf } from '../src/platform/server/secrets.ts'
import { takeOver } from './life.ts'
import { watchStatements } from './statements.ts'
import { Tally } from './tally.ts'

export interface House {
  readonly app: App
  /** What failed in the server, by error and code; each must have been struck. */
  readonly errors: Tally
  /** When something was last struck, by the monotonic clock, ms. */
  struckAt: number
  /** Owner of the database: rows of all districts. */
  readonly owner: pg.Pool
  /** The cookie of a session with this token, as the server itself would set it. */
  cookieOf(token: string): string
  /** For the operator's own work, which nothing strikes. */
  readonly operator: Database
  /** What the database and the pools are at, for a world that hangs. */
  state(): Promise<readonly string[]>
  /** Ends connections of the server as the operator of the database would. */
  terminate(pids: readonly number[]): Promise<void>
  close(): Promise<void>
}

/** `ownerUrl`: an empty or migrated database; `appPassword`: of the role the server runs as. */
export async function openHouse(ownerUrl: string, appPassword: string): Promise<House> {
  const dataDir = mkdtempSync(join(tmpdir(), 'handrail-fuzz-'))
  mkdirSync(join(dataDir, 'secrets'), { mode: 0o700 })
  writeFileSync(join(dataDir, 'secrets', 'app_password'), appPassword)
  const core = await openCore({
    port: 0,
    host: '127.0.0.1',
    databaseUrl: ownerUrl,
    dataDir,
    demo: false,
    origin: undefined,
    log: 'silent',
  })
  const errors = new Tally()
  const log = createLog('error', { write: (line) => errors.add(errorOf(line)) })
  const app = await startApp({ ...core, log }, { webRoot: join(dataDir, 'no-web') })
  const owner = new pg.Pool({ connectionString: ownerUrl, options: '-c search_path=handrail' })
  // one of the server's own role may end the connections of that role
  const killer = new pg.Pool({ connectionString: named(core.appUrl), max: 2 })
  const operator = openDatabase(named(core.appUrl), (district) => core.directory.now(district))
  const secret = secretOf(dataDir, 'session')
  const cookieOf = (token: string) => {
    const mac = createHmac('sha256', secret).update(token).digest('base64')
    return `handrail.session_token=${encodeURIComponent(`${token}.${mac}`)}`
  }
  await compareCookie(app, cookieOf)
  const giveBack = [takeOver(), watchStatements()]
  const house: House = {
    app,
    errors,
    struckAt: -Infinity,
    owner,
    cookieOf,
    operator,
    async state() {
      const { rows } = await owner.query<{ line: string }>(
        `select concat_ws(' ', pid, state, wait_event_type, wait_event, now() - xact_start, left(query, 60)) as line
         from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      )
      const pools = [core.database.pool, core.identity.pool].map(
        ({ totalCount, idleCount, waitingCount }) =>
          `pool: ${totalCount} connections, ${idleCount} idle, ${waitingCount} waiting`,
      )
      return [...pools, ...rows.map((row) => row.line)]
    },
    async terminate(pids) {
      house.struckAt = performance.now()
      await killer.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where pid = any($1) and usename = current_user and application_name <> $2`,
        [pids, OPERATOR],
      )
    },
    async close() {
      for (const one of giveBack) one()
      await killer.end()
      await operator.close()
      await owner.end()
      await app.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return house
}

/** Connections of this name are never struck. */
const OPERATOR = 'operator'
function named(url: string): string {
  const address = new URL(url)
  address.searchParams.set('application_name', OPERATOR)
  return address.href
}

/** A line of the log in short: what, and where in our code. */
function errorOf(line: string): string {
  const { event, error, code, route, frames } = JSON.parse(line) as Record<string, unknown>
  const ours = (Array.isArray(frames) ? frames : []).find((frame) => String(frame).includes('/src/'))
  const where = /\/src\/([^)]*):\d+/.exec(String(ours))?.[1]
  return [event, error, code, route, where].filter((word) => word !== undefined).join(' ')
}

/** Worlds sign in without the cost of a password; a real sign-in shows once that the cookie is the same. */
async function compareCookie(app: App, cookieOf: (token: string) => string): Promise<void> {
  const email = `${randomUUID()}@test.invalid`
  const password = randomBytes(12).toString('hex')
  const person = { district: randomUUID(), person: randomUUID() }
  await app.identity.ensureUser({ email, name: 'Door', password, ...person })
  const lines = await app.identity.signIn(email, password)
  const set = lines?.find((line) => line.startsWith('handrail.session_token='))?.split(';')[0] ?? ''
  const token = decodeURIComponent(set.split('=')[1] ?? '').split('.')[0] ?? ''
  if (token === '' || cookieOf(token) !== set)
    throw new Error('sign-in sets another cookie than fuzz/house.ts')
}
