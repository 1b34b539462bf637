/** Goals by query, for roles that hold no student on their device. */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { uuid } from '../../../platform/records/envelope.ts'
import { Problem } from '../../../platform/server/problems.ts'
import type { Services } from '../../../platform/server/services.ts'
import { FileNoted, FileTaken, GoalData, GoalList } from '../online.ts'
import { goalOf, goalsOf, noteFile } from './queries.ts'

// recursive, so it needs a name in the published interface
z.globalRegistry.add(GoalData.shape.states.element.shape.state, { id: 'GoalState' })

export function progressRoutes(plugin: FastifyInstance, services: Services): void {
  const app = plugin.withTypeProvider<ZodTypeProvider>()

  app.get(
    '/api/goals',
    { schema: { summary: 'Programs in reach, latest versions', response: { 200: GoalList } } },
    async (request) => {
      const actor = await services.actor(request)
      return services.database.asPerson(actor, async (tx) => {
        const list = await goalsOf(tx)
        await tx.audit({ action: 'goals.deliver', detail: { goals: list.goals.length } })
        return list
      })
    },
  )

  app.post(
    '/api/goals/:program/files',
    {
      schema: {
        summary: 'Note that the graph of one goal is saved as a file',
        params: z.object({ program: uuid }),
        body: FileTaken,
        response: { 200: FileNoted },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { program } = request.params
      const found = await services.database.asPerson(actor, (tx, reach) =>
        noteFile(tx, reach, program, request.body),
      )
      if (!found) throw new Problem('access.denied')
      return { noted: true as const }
    },
  )

  app.get(
    '/api/goals/:program',
    {
      schema: {
        summary: 'Everything the graph of one goal is made of',
        params: z.object({ program: uuid }),
        response: { 200: GoalData },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const district = services.directory.get(actor.district)
      if (!district) throw new Problem('session.no_district')
      const goal = await services.database.asPerson(
        actor,
        (tx) =>
          goalOf(
            tx,
            district,
            request.params.program,
            services.registry.views.map((view) => view.name),
          ),
        { snapshot: true },
      )
      if (!goal) throw new Problem('access.denied')
      return goal
    },
  )
}
