/** Services in minutes, adults of one's own, and what becomes of minutes that were missed. */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { uuid } from '../../../platform/records/envelope.ts'
import { Problem } from '../../../platform/server/problems.ts'
import type { Services } from '../../../platform/server/services.ts'
import { Done, EndCommand, MakeUpCommand, OneToOneCommand, ServiceCommand, ServicePage } from '../wire.ts'
import {
  addOneToOne,
  addService,
  decideMakeUp,
  endOwed,
  expectDecides,
  servicesOf,
  studentOf,
} from './services.ts'

export function serviceRoutes(plugin: FastifyInstance, services: Services): void {
  const app = plugin.withTypeProvider<ZodTypeProvider>()

  app.get(
    '/api/services',
    {
      schema: {
        summary: 'What plans promise the students in reach, beside what sessions gave',
        response: { 200: ServicePage },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const district = services.directory.get(actor.district)
      if (!district) throw new Problem('session.no_district')
      return services.database.asPerson(actor, (tx, reach) => servicesOf(tx, reach, district.tz), {
        snapshot: true,
      })
    },
  )

  app.post(
    '/api/services',
    {
      schema: {
        summary: 'Add a service in minutes; the same id twice changes nothing',
        body: ServiceCommand,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      await services.database.asPerson(actor, async (tx, reach) => {
        const school = await expectDecides(tx, reach, request.body.student)
        await tx.write(addService, { ...request.body, school })
      })
      return { id: request.body.id }
    },
  )

  app.post(
    '/api/one-to-one',
    {
      schema: {
        summary: 'Say that a student has an adult of their own; the same id twice changes nothing',
        body: OneToOneCommand,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      await services.database.asPerson(actor, async (tx, reach) => {
        const school = await expectDecides(tx, reach, request.body.student)
        await tx.write(addOneToOne, { ...request.body, school })
      })
      return { id: request.body.id }
    },
  )

  for (const [path, table, summary] of [
    ['services', 'service_requirement', 'End a service with a day'],
    ['one-to-one', 'one_to_one', 'End that a student has an adult of their own, with a day'],
  ] as const)
    app.post(
      `/api/${path}/:id/end`,
      {
        schema: { summary, params: z.object({ id: uuid }), body: EndCommand, response: { 200: Done } },
      },
      async (request) => {
        const actor = await services.actor(request)
        const { id } = request.params
        await services.database.asPerson(actor, async (tx, reach) => {
          const student = await studentOf(tx, table, id)
          if (student === undefined) throw new Problem('access.denied')
          await expectDecides(tx, reach, student)
          if (!(await tx.write(endOwed, { table, id, to: request.body.to })))
            throw new Problem('request.invalid', { field: 'to' })
        })
        return { id }
      },
    )

  app.post(
    '/api/make-ups',
    {
      schema: {
        summary:
          'Decide about missed minutes of a service: make them up on a day, or not; the same id twice is one',
        body: MakeUpCommand,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { body } = request
      await services.database.asPerson(actor, async (tx, reach) => {
        const student = await studentOf(tx, 'service_requirement', body.service)
        if (student === undefined) throw new Problem('access.denied')
        const school = await expectDecides(tx, reach, student)
        await tx.write(decideMakeUp, { ...body, school, student, person: actor.person })
      })
      return { id: body.id }
    },
  )
}
