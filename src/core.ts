/**
 * What the server, the command line and the demo school stand on: the database (embedded or external) brought up to
 * date, the directory of districts, identity. src/app.ts serves on top of it.
 */
import type { Config } from './platform/server/config.ts'
import { Database } from './platform/server/db.ts'
import { Directory } from './platform/server/directory.ts'
import { createIdentity, type Identity } from './platform/server/identity.ts'
import { createLog, type Log } from './platform/server/log.ts'
import { appUrlOf, migrate } from './platform/server/migrate.ts'
import { startPostgres } from './platform/server/postgres.ts'
import { readRulePacks } from './platform/server/rulepacks.ts'
import { secretOf } from './platform/server/secrets.ts'

export interface Core extends CoreOptions {
  readonly config: Config
  readonly log: Log
  readonly ownerUrl: string
  readonly appUrl: string
  readonly database: Database
  readonly directory: Directory
  readonly identity: Identity
  /** Ends connections, then the embedded server if it is ours; `immediate` waits for nothing that is under way. */
  close(mode?: 'fast' | 'immediate'): Promise<void>
}

export interface CoreOptions {
  /** How long the database may be silent before a connection is given up, ms; see pool.ts. */
  readonly patienceMs?: number | undefined
}

/** Database (embedded or external) up to date, and what stands directly on it. */
export async function openCore(config: Config, options: CoreOptions = {}): Promise<Core> {
  const log = createLog(config.log)
  readRulePacks()
  const postgres = config.databaseUrl
    ? undefined
    : await startPostgres({
        dataDir: config.dataDir,
        log: () => log.debug('postgres'),
        onEnd: () => log.error('the database has ended and is started again'),
      })
  try {
    const ownerUrl = config.databaseUrl ?? postgres?.url ?? ''
    const appPassword = secretOf(config.dataDir, 'app_password')
    await migrate(ownerUrl, { appPassword })
    const appUrl = appUrlOf(ownerUrl, appPassword)
    const directory = new Directory()
    const database = openDatabase(appUrl, (district) => directory.now(district), options)
    await directory.load(database.pool)
    const identity = createIdentity({
      url: appUrl,
      secret: secretOf(config.dataDir, 'session'),
      origin: config.origin ?? `http://${config.host}:${config.port}`,
      patienceMs: options.patienceMs,
    })
    return {
      ...options,
      config,
      log,
      ownerUrl,
      appUrl,
      database,
      directory,
      identity,
      async close(mode = 'fast') {
        const ended = Promise.allSettled([identity.close(), database.close()])
        // a connection in use is waited for, but not by whoever wants to be gone
        if (mode === 'fast') await ended
        await postgres?.stop(mode)
      },
    }
  } catch (error) {
    await postgres?.stop('fast')
    throw error
  }
}

/** The database with a clock of one's choice: the districts' own, or the past of a demo year while it is loaded. */
export function openDatabase(
  url: string,
  clock: (district: string) => number,
  options: { patienceMs?: number | undefined } = {},
): Database {
  return new Database({
    url,
    clock,
    patienceMs: options.patienceMs,
    historyStart: (_district, now, schoolDays) => weekdaysBefore(now, schoolDays),
  })
}

/** Midnight UTC of the n-th weekday before. School holidays only make the window shorter than the law allows. */
function weekdaysBefore(now: number, n: number): number {
  const date = new Date(now)
  date.setUTCHours(0, 0, 0, 0)
  for (let left = n; left > 0;) {
    date.setUTCDate(date.getUTCDate() - 1)
    if (date.getUTCDay() !== 0 && date.getUTCDay() !== 6) left--
  }
  return date.getTime()
}
