/**
 * Prep over HTTP: a teacher or who leads a school asks an aide of theirs, the aide says how it stands. Acts about staff,
 * so commands (docs/adr/0015-acts-about-staff.md).
 */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { uuid } from '../../../platform/records/envelope.ts'
import { aidesOf } from '../../../platform/server/colleagues.ts'
import { Problem } from '../../../platform/server/problems.ts'
import type { Services } from '../../../platform/server/services.ts'
import { Done, NewTask, PrepPage, Said } from '../wire.ts'
import { askFor, prepOf, say, taskById } from './queries.ts'

export function prepRoutes(plugin: FastifyInstance, services: Services): void {
  const app = plugin.withTypeProvider<ZodTypeProvider>()
  const { database } = services

  app.get(
    '/api/prep',
    {
      schema: {
        summary: 'What one is asked to prepare, and what one asked others for',
        response: { 200: PrepPage },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return database.asPerson(actor, (tx) => prepOf(tx, actor), { snapshot: true })
    },
  )

  app.post(
    '/api/prep',
    {
      schema: {
        summary: 'Ask an aide of one’s school to prepare something; the same id twice is one task',
        body: NewTask,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { body } = request
      return database.asPerson(actor, async (tx) => {
        const aide = (await aidesOf(tx, actor)).find(({ id }) => id === body.person)
        if (!aide) throw new Problem('access.denied')
        const isNew = await tx.write(askFor, { ...body, school: aide.school, by: actor.person })
        // an id that is somebody else's
        if (!isNew && (await taskById(tx, body.id))?.asked_by !== actor.person)
          throw new Problem('access.denied')
        return { id: body.id }
      })
    },
  )

  app.post(
    '/api/prep/:task/say',
    {
      schema: {
        summary:
          'Say that it is begun, ready, or cannot be prepared and why; or take back what one asked for',
        params: z.object({ task: uuid }),
        body: Said,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { task: id } = request.params
      return database.asPerson(actor, async (tx) => {
        const task = await taskById(tx, id)
        const end = request.body.is === 'withdrawn' ? task?.asked_by : task?.person_id
        if (task === undefined || end !== actor.person || task.status === 'withdrawn')
          throw new Problem('access.denied')
        await tx.write(say, { ...request.body, task: id })
        return { id }
      })
    },
  )
}
