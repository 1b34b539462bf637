/** `GET /api/me`: who I am, my students now, my blocks of today and tomorrow. */
import type { FastifyInstance } from 'fastify'
import type { Json } from '../../../platform/core/canonical.ts'
import type { Actor, Tx } from '../../../platform/server/db.ts'
import type { CapabilityRoutes, Services } from '../../../platform/server/services.ts'
import { Problem } from '../../../platform/server/problems.ts'
import { ruleValues } from '../../../platform/server/rulepacks.ts'
import { bellsOf } from './bells.ts'
import { calendarRoutes } from './calendar-routes.ts'
import { feedRoutes } from './feed-routes.ts'
import { checksOwned } from './checks.ts'
import { notRunOf } from './not-run.ts'
import { doubtsOf } from './times.ts'
import { meOf } from './queries.ts'
import { serviceRoutes } from './service-routes.ts'

/** What the screens of a device decide by; the rest of the packs is the server's own. */
const SCREEN_RULES = ['decide.', 'equipment.', 'fidelity.', 'ioa.', 'maintenance.', 'school.', 'time_delay.']

/** What another capability keeps with the day, by its name, so that it is there without a network from the evening before. */
export type Brought = Readonly<Record<string, (tx: Tx, actor: Actor) => Promise<Json>>>

/** The routes, with what others keep with the day (composed in src/app.ts). */
export function scheduleWith(brought: Brought): CapabilityRoutes {
  return (app, services) => scheduleRoutes(app, services, brought)
}

function scheduleRoutes(app: FastifyInstance, services: Services, bring: Brought): void {
  calendarRoutes(app, services)
  serviceRoutes(app, services)
  feedRoutes(app, services)
  app.get(
    '/api/me',
    { schema: { summary: "The signed-in person's students and day boards" } },
    async (request) => {
      const actor = await services.actor(request)
      const district = services.directory.get(actor.district)
      if (!district) throw new Problem('session.no_district')
      return services.database.asPerson(
        actor,
        async (tx, reach) => {
          const me = await meOf(tx, reach, actor, district)
          const checks = await checksOwned(tx, reach)
          const programs = checks.map(({ program }) => program)
          await tx.audit({
            action: 'day.deliver',
            detail: { students: me.students.length, ...(programs.length > 0 ? { checks: programs } : {}) },
          })
          const notRun = await notRunOf(tx, reach, district.tz)
          const doubts = await doubtsOf(tx, reach)
          const bells = await bellsOf(tx, me, district.tz)
          const brought: Record<string, Json> = {}
          for (const [name, partOf] of Object.entries(bring)) brought[name] = await partOf(tx, actor)
          return { ...me, rules: ruleValues(SCREEN_RULES, tx.now), notRun, doubts, bells, checks, brought }
        },
        { snapshot: true },
      )
    },
  )
}
