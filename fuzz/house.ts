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
import { secretOf } from '../src/platform/server/secrets.ts'
import { takeOver } from './life.ts'
import { watchStatements } from './statements.ts'

export interface House {
  readonly app: App
  /** Owner of the database: rows of all districts. */
  readonly owner: pg.Pool
  /** The cookie of a session with this token, as the server itself would set it. */
  cookieOf(token: string): string
  /** For the operator's own work, which nothing strikes. */
  readonly operator: Database
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
  const app = await startApp(core, { webRoot: join(dataDir, 'no-web') })
  const owner = new pg.Pool({ connectionString: ownerUrl, options: '-c search_path=handrail' })
  // one of the server's own role may end the connections of that role
  const killer = new pg.Client({ connectionString: core.appUrl })
  await killer.connect()
  const operator = openDatabase(core.appUrl, (district) => core.directory.now(district))
  const secret = secretOf(dataDir, 'session')
  const cookieOf = (token: string) => {
    const mac = createHmac('sha256', secret).update(token).digest('base64')
    return `handrail.session_token=${encodeURIComponent(`${token}.${mac}`)}`
  }
  await compareCookie(app, cookieOf)
  const giveBack = [takeOver(), watchStatements()]
  return {
    app,
    owner,
    cookieOf,
    operator,
    async terminate(pids) {
      await killer.query('select pg_terminate_backend(pid) from unnest($1::integer[]) as pid', [pids])
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
