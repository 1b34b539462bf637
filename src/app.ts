/**
 * The server put together: database, identity, live channel, capabilities, jobs. src/server.ts, the command line and
 * the end-to-end tests start it from here. Nothing here decides anything; the parts do.
 */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { progressRoutes } from './capabilities/progress/server/routes.ts'
import { scheduleRoutes } from './capabilities/schedule/server/routes.ts'
import { demoRoutes } from './demo/routes.ts'
import { sealAudit } from './platform/server/audit.ts'
import type { Config } from './platform/server/config.ts'
import { Database } from './platform/server/db.ts'
import { Directory } from './platform/server/directory.ts'
import { createHttp } from './platform/server/http.ts'
import { createIdentity, type Identity } from './platform/server/identity.ts'
import { Live } from './platform/server/live.ts'
import { createLog, errorFields, type Log } from './platform/server/log.ts'
import { appUrlOf, migrate } from './platform/server/migrate.ts'
import { startPostgres } from './platform/server/postgres.ts'
import { readRulePacks } from './platform/server/rulepacks.ts'
import { secretOf } from './platform/server/secrets.ts'
import { registry } from './registry.ts'

export interface Core {
  readonly config: Config
  readonly log: Log
  readonly ownerUrl: string
  readonly appUrl: string
  readonly database: Database
  readonly directory: Directory
  readonly identity: Identity
  /** Ends connections, then the embedded server if it is ours. */
  close(mode?: 'fast' | 'immediate'): Promise<void>
}

export interface App extends Core {
  readonly http: FastifyInstance
  /** Where it listens, e.g. http://127.0.0.1:4400. */
  readonly url: string
}

/** Database (embedded or external) up to date, and what stands directly on it. */
export async function openCore(config: Config): Promise<Core> {
  const log = createLog(config.log)
  readRulePacks()
  const postgres = config.databaseUrl
    ? undefined
    : await startPostgres({ dataDir: config.dataDir, log: () => log.debug('postgres') })
  try {
    const ownerUrl = config.databaseUrl ?? postgres?.url ?? ''
    const appPassword = secretOf(config.dataDir, 'app_password')
    await migrate(ownerUrl, { appPassword })
    const appUrl = appUrlOf(ownerUrl, appPassword)
    const directory = new Directory()
    const database = openDatabase(appUrl, (district) => directory.now(district))
    await directory.load(database.pool)
    const identity = createIdentity({
      url: appUrl,
      secret: secretOf(config.dataDir, 'session'),
      origin: config.origin ?? `http://${config.host}:${config.port}`,
    })
    return {
      config,
      log,
      ownerUrl,
      appUrl,
      database,
      directory,
      identity,
      async close(mode = 'fast') {
        await identity.close()
        await database.close()
        await postgres?.stop(mode)
      },
    }
  } catch (error) {
    await postgres?.stop('fast')
    throw error
  }
}

/** The database with a clock of one's choice: the districts' own, or the past of a demo year while it is loaded. */
export function openDatabase(url: string, clock: (district: string) => number): Database {
  return new Database({
    url,
    clock,
    historyStart: (_district, now, schoolDays) => weekdaysBefore(now, schoolDays),
  })
}

const WEB_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'web')
const SEAL_EVERY_MS = 60_000
const DRAIN_MS = 10_000

/** Starts to serve. */
export async function startApp(core: Core, options: { webRoot?: string } = {}): Promise<App> {
  const live = new Live(core.appUrl)
  await live.start()
  const http = await createHttp({
    services: { ...core, live, registry, cursorSecret: secretOf(core.config.dataDir, 'cursor') },
    capabilities: [scheduleRoutes, progressRoutes, demoRoutes],
    log: core.log,
    webRoot: options.webRoot ?? WEB_ROOT,
  })
  const sealing = setInterval(() => void sealAll(core), SEAL_EVERY_MS)
  await http.listen({ port: core.config.port, host: core.config.host })
  const address = http.server.address()
  const port = typeof address === 'object' && address ? address.port : core.config.port
  return {
    ...core,
    http,
    url: core.config.origin ?? `http://${core.config.host}:${port}`,
    async close(mode = 'fast') {
      clearInterval(sealing)
      // what was acknowledged is committed already; what is under way gets time to finish
      const drained = http.close()
      if (mode === 'fast')
        await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())])
      await live.stop()
      await core.close(mode)
    },
  }
}

/** Seals the trail of every district; a failure waits for the next minute. */
async function sealAll(core: Core): Promise<void> {
  for (const district of core.directory.all)
    try {
      await sealAudit(core.database, district.id)
    } catch (error) {
      core.log.error(errorFields(error), 'sealing the audit trail failed')
    }
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
