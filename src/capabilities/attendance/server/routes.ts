/**
 * The office's attendance: the codes of a day, and the list of what disagrees with the marks of the adults. Kept by the
 * office and by who leads the school; aides only mark whom they see (domain 5.3).
 */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Actor, Tx } from '../../../platform/server/db.ts'
import { Problem } from '../../../platform/server/problems.ts'
import type { Services } from '../../../platform/server/services.ts'
import { AttendanceDay, Said, SayOfficial, SettleMismatch } from '../official.ts'
import { ImportedOfficial, ImportOfficial } from '../official-import.ts'
import { importOfficial } from './import.ts'
import { dayOfStudents, sayOfficial, settleMismatch, studentsHere } from './queries.ts'

/** A year of a large school, in base64. */
const IMPORT_LIMIT = 24 * 1024 * 1024
const KEEPERS = ['office', 'coordinator', 'administrator']

export function attendanceRoutes(plugin: FastifyInstance, services: Services): void {
  const app = plugin.withTypeProvider<ZodTypeProvider>()

  app.get(
    '/api/attendance',
    {
      schema: {
        summary: 'Official attendance of a day beside what adults marked; disagreements first',
        querystring: z.object({ day: z.iso.date() }),
        response: { 200: AttendanceDay },
      },
    },
    async (request) => {
      const actor = await keeper(services.actor(request))
      return services.database.asPerson(
        actor,
        async (tx) => {
          const day = await dayOfStudents(tx, await studentsHere(tx), request.query.day)
          await tx.audit({
            action: 'attendance.deliver',
            detail: { day: day.day, students: day.students.length },
          })
          return day
        },
        { snapshot: true },
      )
    },
  )

  app.post(
    '/api/attendance',
    {
      schema: {
        summary: 'Say the official attendance; the same id twice changes nothing',
        body: SayOfficial,
        response: { 200: Said },
      },
    },
    async (request) => {
      const actor = await keeper(services.actor(request))
      const { body } = request
      await services.database.asPerson(actor, async (tx) => {
        await expectHere(
          tx,
          body.marks.map(({ student }) => student),
        )
        await tx.write(sayOfficial, { ...body, person: actor.person })
      })
      return { id: body.id }
    },
  )

  app.post(
    '/api/attendance/import',
    {
      bodyLimit: IMPORT_LIMIT,
      schema: {
        summary:
          'Take official attendance out of a file, or look at what it would change; the same id twice changes nothing',
        body: ImportOfficial,
        response: { 200: ImportedOfficial },
      },
    },
    async (request) => {
      const actor = await keeper(services.actor(request))
      const { id, file, base64, mapping, dry_run } = request.body
      const district = services.directory.get(actor.district)
      if (!district) throw new Problem('session.no_district')
      return services.database.asPerson(actor, async (tx) => {
        const here = await studentsHere(tx)
        const students = new Map(here.map((row) => [row.source_id, row.student_id]))
        const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
        const by = actor.person
        return importOfficial(tx, students, district.tz, { id, file, bytes, mapping, by, dryRun: dry_run })
      })
    },
  )

  app.post(
    '/api/attendance/settle',
    {
      schema: {
        summary: 'Say why an official code and a mark may both stay; the same id twice changes nothing',
        body: SettleMismatch,
        response: { 200: Said },
      },
    },
    async (request) => {
      const actor = await keeper(services.actor(request))
      const { body } = request
      await services.database.asPerson(actor, async (tx) => {
        await expectHere(tx, [body.student])
        await tx.write(settleMismatch, { ...body, person: actor.person })
      })
      return { id: body.id }
    },
  )
}

async function keeper(asking: Promise<Actor>): Promise<Actor> {
  const actor = await asking
  if (!actor.roles.some((role) => KEEPERS.includes(role))) throw new Problem('role.not_permitted')
  return actor
}

/** A student out of reach is like one that is not there. */
async function expectHere(tx: Tx, students: readonly Uuid[]): Promise<void> {
  const here = new Set((await studentsHere(tx)).map((row) => row.student_id))
  if (students.some((student) => !here.has(student))) throw new Problem('access.denied')
}
