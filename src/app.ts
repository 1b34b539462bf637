/**
 * The server put together: HTTP, live channel, capabilities, jobs. src/server.ts and the end-to-end tests start it
 * from here. Nothing here decides anything; the parts do.
 */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { progressRoutes } from './capabilities/progress/server/routes.ts'
import { scheduleRoutes } from './capabilities/schedule/server/routes.ts'
import type { Core } from './core.ts'
import { demoRoutes } from './demo/routes.ts'
import { sealAudit } from './platform/server/audit.ts'
import { createHttp } from './platform/server/http.ts'
import { Live } from './platform/server/live.ts'
import { errorFields } from './platform/server/log.ts'
import { secretOf } from './platform/server/secrets.ts'
import { registry } from './registry.ts'

export interface App extends Core {
  readonly http: FastifyInstance
  /** Where it listens, e.g. http://127.0.0.1:4400. */
  readonly url: string
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
