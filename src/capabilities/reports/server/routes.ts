/**
 * Paper: final reports and blank data sheets as PDF. Both leave the system, so each is audited as an export, and the
 * foot of every page says who printed it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { dayOf } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import { uuid } from '../../../platform/records/envelope.ts'
import type { Tier } from '../../../platform/records/registry.ts'
import type { Actor, Reach } from '../../../platform/server/db.ts'
import { printed, type Paper } from '../../../platform/server/paper.ts'
import { Problem } from '../../../platform/server/problems.ts'
import type { Services } from '../../../platform/server/services.ts'
import type { System } from '../../sessions/measures.ts'
import { programOf, type Program } from '../../sessions/program.ts'
import { LANGUAGES, type Language } from '../records.ts'
import { namesOf, plansOf, reportOf, studentOf } from './queries.ts'
import { reportPaper } from './report-paper.ts'
import { sheetsPaper, type PrintedSheet } from './sheet-paper.ts'
import { reportWords } from './words.ts'

/** Entries of these lie in tiers of their own; so do their sheets. */
const TIERS: { readonly [system in System]?: Tier } = {
  abc: 'T3',
  scatterplot: 'T3',
  toileting: 'T4',
  feeding: 'T4',
}

const WIDE = ['coordinator', 'administrator']

export function reportRoutes(plugin: FastifyInstance, services: Services): void {
  const app = plugin.withTypeProvider<ZodTypeProvider>()

  app.get(
    '/api/reports/:report.pdf',
    {
      schema: {
        summary: 'A final progress report on paper',
        params: z.object({ report: uuid }),
        querystring: z.object({
          lang: z.enum(LANGUAGES).optional(),
          /** The student's name instead of the initials: the family's copy. Only for who decides. */
          name: z.literal('yes').optional(),
        }),
      },
    },
    async (request, reply) => {
      const actor = await services.actor(request)
      const { tz } = districtOf(services, actor)
      const named = request.query.name === 'yes'
      const paper = await services.database.asPerson(
        actor,
        async (tx, reach) => {
          const found = await reportOf(tx, request.params.report)
          if (!found) throw new Problem('access.denied')
          const { state, student } = found
          const owner = decides(reach, student.id)
          if (!owner && (named || !readsWidely(actor, reach, student.id)))
            throw new Problem('role.not_permitted')
          if (!state.final) throw new Problem('report.not_final')
          const lang = request.query.lang ?? state.final.body.lang
          const names = await namesOf(tx)
          await tx.audit({ action: 'report.export', detail: { report: state.report, lang, named } })
          const footer = footerOf(lang, names[actor.person] ?? '', tx.now, tz)
          return reportPaper(state, state.final, {
            lang,
            student: named ? student.name : student.initials,
            names,
            tz,
            footer,
          })
        },
        { snapshot: true },
      )
      return send(reply, paper, 'report.pdf')
    },
  )

  app.get(
    '/api/sheets.pdf',
    {
      schema: {
        summary: 'Blank data sheets of programs, one a program, for a day',
        querystring: z.object({
          programs: z.string().transform((list, context) => {
            const ids = z
              .array(uuid)
              .min(1)
              .max(40)
              .safeParse([...new Set(list.split(','))])
            if (ids.success) return ids.data
            context.addIssue({ code: 'custom', message: 'ids of programs, with commas between them' })
            return z.NEVER
          }),
          day: z.iso.date(),
          lang: z.enum(LANGUAGES).default('en'),
        }),
      },
    },
    async (request, reply) => {
      const actor = await services.actor(request)
      const { tz } = districtOf(services, actor)
      const { programs, day, lang } = request.query
      const paper = await services.database.asPerson(
        actor,
        async (tx, reach) => {
          const plans = await plansOf(tx, programs)
          const sheets: PrintedSheet[] = []
          for (const id of programs) {
            const program = programOf(plans.get(id) ?? [], day)
            const student = program && (await studentOf(tx, program.student))
            // one that is out of reach is like one that is not there
            if (!program || !student || !mayCollect(actor, reach, program)) throw new Problem('access.denied')
            const { version, body } = program
            sheets.push({ title: body.title, initials: student.initials, version, measure: body.measure })
          }
          const names = await namesOf(tx)
          await tx.audit({ action: 'sheets.export', detail: { programs, day, lang } })
          const footer = footerOf(lang, names[actor.person] ?? '', tx.now, tz)
          return sheetsPaper(sheets, { lang, day, origin: originOf(services, request), footer })
        },
        { snapshot: true },
      )
      return send(reply, paper, 'sheets.pdf')
    },
  )
}

async function send(reply: FastifyReply, paper: Paper, name: string): Promise<FastifyReply> {
  const bytes = await printed(paper)
  return reply.type('application/pdf').header('content-disposition', `inline; filename="${name}"`).send(bytes)
}

function districtOf({ directory }: Services, actor: Actor) {
  const district = directory.get(actor.district)
  if (!district) throw new Problem('session.no_district')
  return district
}

/** Decides about this student's goals (B.4.2: nobody else finishes a report, or hands one out). */
function decides({ grants }: Reach, student: Uuid): boolean {
  return grants.some(({ tier, approve, of_id }) => tier === 'T2' && approve && of_id === student)
}

/** Reads by a role at the school, not by being with the student. */
function readsWidely({ roles }: Actor, { grants }: Reach, student: Uuid): boolean {
  return WIDE.some((role) => roles.includes(role)) && !grants.some(({ of_id }) => of_id === student)
}

function mayCollect(actor: Actor, reach: Reach, { body, student }: Program): boolean {
  const tier = TIERS[body.measure.system]
  if (!tier) return true
  return (
    reach.grants.some((grant) => grant.tier === tier && grant.of_id === student) ||
    readsWidely(actor, reach, student)
  )
}

function footerOf(lang: Language, name: string, now: number, tz: string): string {
  const day = dayOf(now, tz)
  const time = new Intl.DateTimeFormat(lang, { timeZone: tz, hour: 'numeric', minute: '2-digit' }).format(now)
  return reportWords(lang).printed(name, `${day} ${time}`)
}

function originOf({ config }: Services, request: FastifyRequest): string {
  return config.origin ?? `${request.protocol}://${request.host}`
}
