/** Imports from the screen, and the team and guardians of a student. Thin: import.ts and team.ts do the work. */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Uuid } from '../../../platform/core/ids.ts'
import { uuid } from '../../../platform/records/envelope.ts'
import type { Actor, Db, Reach, Tx } from '../../../platform/server/db.ts'
import { Problem } from '../../../platform/server/problems.ts'
import type { CapabilityRoutes, Services } from '../../../platform/server/services.ts'
import { formatOf } from '../formats.ts'
import {
  AddGuardian,
  AddMember,
  EndGuardian,
  EndMember,
  ImportProgress,
  ImportRequest,
  StudentScores,
  type ImportRuns,
} from '../people.ts'
import { guessMapping, headersOf } from '../plain.ts'
import { importRoster, readBefore, readFor, type ImportServices } from './import.ts'
import { progressOf, withProgress } from './progress.ts'
import { scoresOf } from './student-scores.ts'
import { addGuardian, addMember, endGuardian, endMember, teamOf, teamsOf } from './team.ts'

/** A roster of a large district, in base64. */
const IMPORT_LIMIT = 96 * 1024 * 1024
const RUNS = 50

/** The routes; `calendar` puts the days and terms of imported calendars in (the schedule's business). */
export function rosterWith(calendar: NonNullable<ImportServices['calendar']>): CapabilityRoutes {
  return (plugin: FastifyInstance, services: Services): void => {
    const app = plugin.withTypeProvider<ZodTypeProvider>()

    app.post(
      '/api/roster/imports',
      {
        bodyLimit: IMPORT_LIMIT,
        schema: { summary: 'What an import would do, or the import', body: ImportRequest },
      },
      async (request) => {
        const actor = await services.actor(request)
        const { body } = request
        const district = districtOf(services, actor)
        const known = await services.database.asPerson(actor, async (tx, reach) => {
          await mustLeadAll(tx, actor, reach)
          const run = (db: Db) =>
            db
              .selectFrom('import_run')
              .select('import_id')
              .where('district_id', '=', actor.district)
              .where('import_id', '=', body.id)
              .executeTakeFirst()
          return (await tx.asSystem(run)) !== undefined
        })
        // whoever comes to the demo page may enter the demo school: nobody's roster belongs there
        if (district.demo && !body.dry_run) throw new Problem('import.demo')
        const files = new Map(
          body.files.map(({ name, base64 }) => [name, new Uint8Array(Buffer.from(base64, 'base64'))]),
        )
        const format = body.format ?? formatOf(files)
        const now = new Date(services.database.now(actor.district)).toISOString()
        const before = await readBefore(services, district.id, format, undefined)
        const reading = readFor(district, files, { format, mapping: body.mapping, now, before })
        const outcome = await withProgress(district.id, body.id, (told) =>
          importRoster(
            { ...services, calendar },
            {
              district,
              ...reading,
              by: actor.person,
              // the same id twice is one import: the second time only says what there is
              ...(body.dry_run || known ? {} : { run: body.id }),
              acceptLeavers: body.accept_leavers,
            },
            { dryRun: body.dry_run || known, told },
          ),
        )
        const columns = Object.fromEntries(
          format !== 'csv'
            ? []
            : [...files].map(([name, bytes]) => [
                name,
                { headers: headersOf(bytes), mapping: body.mapping?.[name] ?? guessMapping(name, bytes) },
              ]),
        )
        return { ...outcome, imported: outcome.imported || known, columns }
      },
    )

    app.get(
      '/api/roster/imports/:id/progress',
      {
        schema: {
          summary:
            'How far an import is: rows of its files that are in. 404 before it begins and when it is over',
          params: z.object({ id: uuid }),
          response: { 200: ImportProgress },
        },
      },
      async (request) => {
        const actor = await services.actor(request)
        await services.database.asPerson(actor, (tx, reach) => mustLeadAll(tx, actor, reach))
        const progress = progressOf(actor.district, request.params.id)
        if (!progress) throw new Problem('access.denied')
        return progress
      },
    )

    app.get(
      '/api/roster/imports',
      { schema: { summary: 'The last imports, with what became of them' } },
      async (request) => {
        const actor = await services.actor(request)
        return services.database.asPerson(actor, async (tx, reach) => {
          await mustLeadAll(tx, actor, reach)
          return { runs: await tx.asSystem((db) => runsOf(db, actor.district)) }
        })
      },
    )

    app.get(
      '/api/team',
      { schema: { summary: 'The students of a school, by initials, with how many adults work with each' } },
      async (request) => {
        const actor = await services.actor(request)
        return services.database.asPerson(actor, (tx) => teamsOf(tx, actor))
      },
    )

    const params = z.object({ student: uuid })

    app.get(
      '/api/students/:student/scores',
      {
        schema: {
          summary: 'Scores of assessments of a student, as far as the tiers of the reader go',
          params,
          response: { 200: StudentScores },
        },
      },
      async (request) => {
        const actor = await services.actor(request)
        const { tz } = districtOf(services, actor)
        return services.database.asPerson(actor, (tx, reach) =>
          scoresOf(tx, reach, request.params.student, tz),
        )
      },
    )

    app.get(
      '/api/team/:student',
      { schema: { summary: 'Who works with a student, and whom one calls before release', params } },
      async (request) => {
        const actor = await services.actor(request)
        const { tz } = districtOf(services, actor)
        return services.database.asPerson(actor, (tx, reach) =>
          teamOf(tx, actor, reach, request.params.student, tz),
        )
      },
    )

    const command = <Body>(
      path: string,
      summary: string,
      body: z.ZodType<Body>,
      run: (tx: Tx, actor: Actor, reach: Reach, student: Uuid, input: Body, tz: string) => Promise<void>,
    ) =>
      app.post(path, { schema: { summary, params, body } }, async (request) => {
        const actor = await services.actor(request)
        const { tz } = districtOf(services, actor)
        return services.database.asPerson(actor, async (tx, reach) => {
          await run(tx, actor, reach, request.params.student, request.body as Body, tz)
          return { ok: true }
        })
      })
    command('/api/team/:student/members', 'Adds an adult to the team', AddMember, addMember)
    command('/api/team/:student/ends', "Ends an adult's time with the student", EndMember, endMember)
    command('/api/team/:student/guardians', 'Records a guardian and their rights', AddGuardian, addGuardian)
    command('/api/team/:student/guardian-ends', 'Takes a guardian out of force', EndGuardian, endGuardian)
  }
}

function districtOf({ directory }: Services, actor: Actor) {
  const district = directory.get(actor.district)
  if (!district) throw new Problem('session.no_district')
  return district
}

/** A roster is the whole district's: only who leads every school of it may bring one in. */
async function mustLeadAll(tx: Tx, actor: Actor, reach: Reach): Promise<void> {
  const leads = actor.roles.some((role) => ['coordinator', 'administrator'].includes(role))
  const schools = await tx.read.selectFrom('school').select('school_id').execute()
  if (!leads || !schools.every(({ school_id }) => reach.leads.includes(school_id)))
    throw new Problem('role.not_permitted')
}

const Kept = z.object({
  files: z.record(z.string(), z.object({ rows: z.number() })).default({}),
  findings: z.array(z.unknown()).default([]),
  changes: z
    .record(
      z.string(),
      z.object({ added: z.number(), changed: z.number(), ended: z.number(), unchanged: z.number() }),
    )
    .default({}),
})

async function runsOf(
  db: Parameters<Parameters<Tx['asSystem']>[0]>[0],
  district: Uuid,
): Promise<ImportRuns['runs']> {
  const rows = await db
    .selectFrom('import_run')
    .leftJoin('person', (join) =>
      join
        .onRef('person.district_id', '=', 'import_run.district_id')
        .onRef('person.person_id', '=', 'import_run.by_id'),
    )
    .select(['import_id', 'source', 'at', 'report', 'given', 'family'])
    .where('import_run.district_id', '=', district)
    .orderBy('at', 'desc')
    .limit(RUNS)
    .execute()
  return rows.map((row) => {
    const { files, findings, changes } = Kept.parse(JSON.parse(row.report))
    return {
      id: row.import_id,
      source: row.source,
      at: row.at.toISOString(),
      by: row.given === null ? null : [row.given, row.family].filter(Boolean).join(' '),
      rows: Object.values(files).reduce((sum, file) => sum + file.rows, 0),
      findings: findings.length,
      changes,
    }
  })
}
