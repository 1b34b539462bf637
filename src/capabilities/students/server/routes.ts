/** Routes of invitations: whom to invite, inviting, and opening a link, which is the one that asks for no sign-in. */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { uuid } from '../../../platform/records/envelope.ts'
import { Problem } from '../../../platform/server/problems.ts'
import { secretOf } from '../../../platform/server/secrets.ts'
import type { Services } from '../../../platform/server/services.ts'
import { Invited, Inviting, Substitutes, Token } from '../wire.ts'
import { endInvitation, invite, open, substitutesOf } from './invitations.ts'

/** What was recorded without a network in the last minutes of a shift may still be sent in the evening. */
const SENDING_MS = 12 * 3_600_000

export function studentRoutes(plugin: FastifyInstance, services: Services): void {
  const app = plugin.withTypeProvider<ZodTypeProvider>()
  const { database, directory, identity, config } = services
  const secret = secretOf(config.dataDir, 'invitation')

  app.get(
    '/api/substitutes',
    {
      schema: {
        summary: 'Substitutes of the schools you lead, and until when they cover somebody today',
        response: { 200: Substitutes },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return database.asPerson(actor, (tx, reach) => substitutesOf(tx, reach, directory.tz(actor.district)))
    },
  )

  app.post(
    '/api/invitations',
    {
      schema: {
        summary: 'Invite a substitute until the end of the shift; the same id twice is one invitation',
        body: Inviting,
        response: { 200: Invited },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const tz = directory.tz(actor.district)
      return database.asPerson(actor, (tx, reach) => invite(tx, reach, request.body, { secret, tz }))
    },
  )

  app.post(
    '/api/invitations/:invitation/end',
    {
      schema: {
        summary: 'End an invitation: its link opens no more, and whoever came in by it is signed out',
        params: z.object({ invitation: uuid }),
        response: { 200: z.object({ id: uuid }) },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { invitation } = request.params
      const person = await database.asPerson(actor, (tx, reach) => endInvitation(tx, reach, invitation))
      await identity.leave(actor.district, person)
      return { id: invitation }
    },
  )

  app.post(
    '/api/invitations/open',
    {
      config: {
        public: true,
        rateLimit: { max: 20, timeWindow: '1 minute', keyGenerator: (request) => request.ip },
      },
      schema: {
        summary: 'Open an invitation: a session until the end of the shift, once',
        body: z.strictObject({ token: Token }),
      },
    },
    async (request, reply) => {
      const { token } = request.body
      const opened = directory.get(token.split('.')[0] ?? '') ? await open(database, token) : null
      if (!opened) throw new Problem('invitation.over')
      const { leftMs, ...person } = opened
      const cookies = await identity.enter({ ...person, until: Date.now() + leftMs + SENDING_MS })
      return reply.header('set-cookie', cookies).send({ ok: true })
    },
  )
}
