/**
 * The server put together: HTTP, live channel, capabilities, jobs, figures. src/server.ts and the end-to-end tests
 * start it from here. Nothing here decides anything; the parts do.
 */
import { once } from 'node:events'
import type { Server } from 'node:http'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import type { FastifyInstance } from 'fastify'
import { attendanceRoutes } from './capabilities/attendance/server/routes.ts'
import { coverageJobs } from './capabilities/coverage/server/nightly.ts'
import { careRoutes } from './capabilities/care/server/routes.ts'
import { coverageRoutes } from './capabilities/coverage/server/routes.ts'
import { messagesOf } from './capabilities/messages/server/queries.ts'
import { messageRoutes } from './capabilities/messages/server/routes.ts'
import { prepOf } from './capabilities/prep/server/queries.ts'
import { prepRoutes } from './capabilities/prep/server/routes.ts'
import { progressRoutes } from './capabilities/progress/server/routes.ts'
import { reportRoutes } from './capabilities/reports/server/routes.ts'
import { rosterWith } from './capabilities/roster/server/routes.ts'
import { keepToldCalendar } from './capabilities/schedule/server/queries.ts'
import { scheduleWith } from './capabilities/schedule/server/routes.ts'
import { studentRoutes } from './capabilities/students/server/routes.ts'
import type { Core } from './core.ts'
import { demoRoutes } from './demo/routes.ts'
import { housekeeping } from './platform/server/housekeeping.ts'
import { createHttp } from './platform/server/http.ts'
import { startJobs, type Jobs, type Pace } from './platform/server/jobs.ts'
import { Live } from './platform/server/live.ts'
import { createMetrics, type Metrics } from './platform/server/metrics.ts'
import { secretOf } from './platform/server/secrets.ts'
import { registry } from './registry.ts'

export interface App extends Core {
  readonly http: FastifyInstance
  /** Where it listens, e.g. http://127.0.0.1:4400. */
  readonly url: string
  /** Where the figures are, where there are any. */
  readonly metricsUrl: string | undefined
}

export interface AppOptions {
  /** Folder of the built web app. */
  readonly webRoot?: string
  /** How often the tables of the jobs are looked at. */
  readonly pace?: Partial<Pace>
}

const WEB_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'web')
/** What is under way when the server stops has this long to finish, ms. */
export const DRAIN_MS = 10_000

/** Starts to serve. */
export async function startApp(core: Core, options: AppOptions = {}): Promise<App> {
  // A heap otherwise grows to several times what is in use before it is swept, because a large machine would let it:
  // 490 MB for a district that needs 340 (docs/benchmarks.md, B9).
  setFlagsFromString('--heap-growing-percent=50')
  // what is new and short-lived gets the 64 MB that it has by now, and not twice that
  setFlagsFromString('--semi-space-growth-factor=1')
  const metrics = createMetrics()
  const live = new Live(core.appUrl, core.patienceMs)
  let jobs: Jobs | undefined
  let figures: Server | undefined
  try {
    await live.start()
    const http = await createHttp({
      services: { ...core, live, registry, cursorSecret: secretOf(core.config.dataDir, 'cursor') },
      capabilities: [
        scheduleWith({ prep: prepOf, messages: messagesOf }),
        prepRoutes,
        messageRoutes,
        attendanceRoutes,
        careRoutes,
        coverageRoutes,
        progressRoutes,
        reportRoutes,
        rosterWith(keepToldCalendar),
        studentRoutes,
        demoRoutes,
      ],
      log: core.log,
      metrics,
      webRoot: options.webRoot ?? WEB_ROOT,
    })
    jobs = await startJobs({
      url: core.appUrl,
      jobs: [...housekeeping(core), ...coverageJobs(core)],
      log: core.log,
      onRun: metrics.ran,
      ...(options.pace ? { pace: options.pace } : {}),
    })
    figures = await showFigures(core, metrics, live, jobs)
    await http.listen({ port: core.config.port, host: core.config.host })
    return {
      ...core,
      http,
      url: core.config.origin ?? urlOf(core.config.host, http.server),
      metricsUrl: figures && urlOf(core.config.metrics?.host ?? '', figures),
      async close(mode = 'fast') {
        // what was acknowledged is committed already; what is under way gets time to finish
        const drained = Promise.all([http.close(), jobs?.stop(mode === 'fast' ? DRAIN_MS : 0)])
        drained.catch(() => {})
        if (mode === 'fast') await Promise.race([drained, delay(DRAIN_MS, undefined, { ref: false })])
        figures?.close()
        figures?.closeAllConnections()
        const silent = live.stop()
        silent.catch(() => {})
        if (mode === 'fast') await silent
        await core.close(mode)
      },
    }
  } catch (error) {
    figures?.close()
    await jobs?.stop(0)
    await live.stop()
    throw error
  }
}

async function showFigures(
  { config, database, identity }: Core,
  metrics: Metrics,
  live: Live,
  jobs: Jobs,
): Promise<Server | undefined> {
  if (config.metrics === undefined) return undefined
  const server = metrics.serve({
    pools: { records: database.pool, identity: identity.pool },
    streams: () => live.size,
    unsealed: async () =>
      (await database.pool.query<{ n: number }>('select trail_backlog() as n')).rows[0]?.n ?? Number.NaN,
    lastDone: jobs.lastDone,
  })
  server.listen(config.metrics.port, config.metrics.host)
  await once(server, 'listening')
  return server
}

function urlOf(host: string, server: Server): string {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
