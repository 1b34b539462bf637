/** Services in minutes, adults of one's own, and what becomes of minutes that were missed. */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { uuid } from '../../../platform/records/envelope.ts'
import { Problem } from '../../../platform/server/problems.ts'
import type { Services } from '../../../platform/server/services.ts'
import {
  Done,
  MakeUpCommand,
  OneToOneCommand,
  OwedEndCommand,
  ServiceChoices,
  ServiceCommand,
  ServicePage,
  ServiceStudents,
} from '../wire.ts'

import {
  addOneToOne,
  addService,
  choicesFor,
  decidedStudents,
  decideMakeUp,
  endOwed,
  expectDecides,
  expectReplaceable,
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

  app.get(
    '/api/services/students',
    {
      schema: {
        summary: 'Students about whose services one decides',
        response: { 200: ServiceStudents },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return services.database.asPerson(actor, decidedStudents)
    },
  )

  app.get(
    '/api/services/students/:student',
    {
      schema: {
        summary: 'What a service of a student can be made of: their programs, and the blocks of their school',
        params: z.object({ student: uuid }),
        response: { 200: ServiceChoices },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return services.database.asPerson(actor, (tx, reach) => choicesFor(tx, reach, request.params.student))
    },
  )

  app.post(
    '/api/services',
    {
      schema: {
        summary: 'Add a service in minutes, or change one from a day on; the same id twice changes nothing',
        body: ServiceCommand,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      await services.database.asPerson(actor, async (tx, reach) => {
        const school = await expectDecides(tx, reach, request.body.student)
        await expectReplaceable(tx, 'service_requirement', request.body)
        await tx.write(addService, { ...request.body, school })
      })
      return { id: request.body.id }
    },
  )

  app.post(
    '/api/one-to-one',
    {
      schema: {
        summary:
          'Say that a student has an adult of their own, or change that; the same id twice changes nothing',
        body: OneToOneCommand,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      await services.database.asPerson(actor, async (tx, reach) => {
        const school = await expectDecides(tx, reach, request.body.student)
        await expectReplaceable(tx, 'one_to_one', request.body)
        await tx.write(addOneToOne, { ...request.body, school })
      })
      return { id: request.body.id }
    },
  )

  for (const [path, table, summary] of [
    ['services', 'service_requirement', 'End a service with a day, or say that it never held'],
    [
      'one-to-one',
      'one_to_one',
      'End that a student has an adult of their own, with a day, or say that it never held',
    ],
  ] as const)
    app.post(
      `/api/${path}/:id/end`,
      {
        schema: { summary, params: z.object({ id: uuid }), body: OwedEndCommand, response: { 200: Done } },
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
