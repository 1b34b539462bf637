/**
 * Messages between adults over HTTP, as far as they are about no student: a teacher or who leads a school writes to an aide
 * of theirs, who says that it is read, and may answer. Commands (docs/adr/0015-acts-about-staff.md).
 */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { uuid } from '../../../platform/records/envelope.ts'
import { aidesOf } from '../../../platform/server/colleagues.ts'
import { Problem } from '../../../platform/server/problems.ts'
import type { Services } from '../../../platform/server/services.ts'
import { Done, MessagePage, NewMessage, ReadIt } from '../wire.ts'
import { messageById, messagesOf, readIt, send } from './queries.ts'

export function messageRoutes(plugin: FastifyInstance, services: Services): void {
  const app = plugin.withTypeProvider<ZodTypeProvider>()
  const { database } = services

  app.get(
    '/api/messages',
    {
      schema: {
        summary: 'Messages of adults to oneself that are unread, and what became of one’s own',
        response: { 200: MessagePage },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return database.asPerson(actor, (tx) => messagesOf(tx, actor), { snapshot: true })
    },
  )

  app.post(
    '/api/messages',
    {
      schema: {
        summary: 'Write to an aide of one’s school; the same id twice is one message',
        body: NewMessage,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { body } = request
      return database.asPerson(actor, async (tx) => {
        const aide = (await aidesOf(tx, actor)).find(({ id }) => id === body.person)
        if (!aide) throw new Problem('access.denied')
        const isNew = await tx.write(send, { ...body, school: aide.school, by: actor.person })
        // an id that is somebody else's
        if (!isNew && (await messageById(tx, body.id))?.sent_by !== actor.person)
          throw new Problem('access.denied')
        return { id: body.id }
      })
    },
  )

  app.post(
    '/api/messages/:message/read',
    {
      schema: {
        summary:
          'Say that one has read a message to oneself, with an answer or without; the first time counts',
        params: z.object({ message: uuid }),
        body: ReadIt,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { message: id } = request.params
      return database.asPerson(actor, async (tx) => {
        if ((await messageById(tx, id))?.person_id !== actor.person) throw new Problem('access.denied')
        await tx.write(readIt, { message: id, answer: request.body.answer })
        return { id }
      })
    },
  )
}
