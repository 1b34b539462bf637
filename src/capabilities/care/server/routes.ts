/** Routes of concerns: what waits for a look, opening one, and saying that one has seen it. */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { uuid } from '../../../platform/records/envelope.ts'
import type { Services } from '../../../platform/server/services.ts'
import { Concerns, ConcernSeen, OpenConcern } from '../wire.ts'
import { concernsFor, openConcern, seeConcern } from './queries.ts'

export function careRoutes(plugin: FastifyInstance, services: Services): void {
  const app = plugin.withTypeProvider<ZodTypeProvider>()
  const { database } = services

  app.get(
    '/api/care/concerns',
    {
      schema: {
        summary: 'What was asked of the nurse about students you are nurse or case manager of; names nobody',
        querystring: z.object({ seen: z.stringbool().default(false) }),
        response: { 200: Concerns },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return database.asPerson(actor, (tx, reach) => concernsFor(tx, reach, request.query.seen), {
        snapshot: true,
      })
    },
  )

  app.get(
    '/api/care/concerns/:concern',
    {
      schema: {
        summary: 'Open a concern; the trail says that you did',
        params: z.object({ concern: uuid }),
        response: { 200: OpenConcern },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return database.asPerson(actor, (tx, reach) => openConcern(tx, reach, request.params.concern), {
        snapshot: true,
      })
    },
  )

  app.post(
    '/api/care/concerns/:concern/seen',
    {
      schema: {
        summary: 'Say that you have seen a concern as it stands; said twice, it stands once',
        params: z.object({ concern: uuid }),
        response: { 200: ConcernSeen },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return database.asPerson(actor, (tx, reach) => seeConcern(tx, reach, request.params.concern))
    },
  )
}
