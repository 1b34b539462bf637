/** The demo page: who one may be, signing in as them, and moving the school's clock. Only where the demo school is. */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { dayOf } from '../platform/core/days.ts'
import { defineWrite } from '../platform/server/db.ts'
import { Problem } from '../platform/server/problems.ts'
import type { Services } from '../platform/server/services.ts'
import { cedarBend } from './cedar-bend.ts'
import { SINGLE_CASE_DISTRICT } from '../capabilities/progress/server/import.ts'
import { uuidOf } from '../platform/core/ids.ts'
import { demoEmail, demoPassword, demoUsers } from './load.ts'

/** A demo day is played until its para shift ends. */
const PLAYABLE_MS = 8 * 3_600_000

export function demoRoutes(plugin: FastifyInstance, services: Services): void {
  const app = plugin.withTypeProvider<ZodTypeProvider>()
  const school = cedarBend()
  // where the operator says that there is no demo, a demo school left in the database has no door
  const find = (district: string) =>
    services.config.demo === false ? undefined : services.directory.get(district)
  const loaded = () => find(school.district.id)
  const dataDistrict = uuidOf(`district:${SINGLE_CASE_DISTRICT}`)
  const reader = uuidOf(`${dataDistrict}:reader`)

  app.get(
    '/api/demo',
    {
      config: { public: true },
      schema: {
        summary: 'Is the demo school here, and whom may one be?',
        response: {
          200: z.object({
            demo: z.boolean(),
            district: z.string().nullable(),
            tz: z.string(),
            personas: z.array(
              z.object({ id: z.string(), role: z.string(), name: z.string(), at: z.string() }),
            ),
          }),
        },
      },
    },
    async () => {
      await services.directory.refresh(services.database.pool)
      const here = loaded()
      const data = find(dataDistrict)
      const personas = here
        ? school.personas.map(({ id, person, at }) => ({
            id,
            role: roleOf(person),
            name: nameOf(person),
            at,
          }))
        : []
      if (data)
        personas.push({
          id: 'data-reader',
          role: 'coordinator',
          name: data.name,
          at: new Date().toISOString(),
        })
      return {
        demo: personas.length > 0,
        district: here?.name ?? data?.name ?? null,
        tz: school.district.tz,
        personas,
      }
    },
  )

  app.post(
    '/api/demo/sign-in',
    {
      // checking a password is dear, so nobody gets more of it by another cookie
      config: {
        public: true,
        rateLimit: { max: 60, timeWindow: '1 minute', keyGenerator: (request) => request.ip },
      },
      schema: { summary: 'Sign in as somebody of the demo school', body: z.object({ persona: z.string() }) },
    },
    async (request, reply) => {
      if (request.body.persona === 'data-reader' && find(dataDistrict))
        return reply.header('set-cookie', await enter(demoEmail(reader))).send({ ok: true })
      const persona = loaded() && school.personas.find((one) => one.id === request.body.persona)
      const user = persona && demoUsers().find((one) => one.id === persona.person)
      if (!persona || !user) throw new Problem('demo.off')
      const now = services.directory.now(school.district.id)
      const start = Date.parse(persona.at)
      const playing = now >= start && now < start + PLAYABLE_MS && sameDay(now, start)
      if (!playing) await moveTo(persona.at)
      return reply.header('set-cookie', await enter(user.email)).send({ ok: true })
    },
  )

  app.post(
    '/api/demo/clock',
    { schema: { summary: "Move the demo school's clock", body: z.object({ at: z.iso.datetime() }) } },
    async (request) => {
      const actor = await services.actor(request)
      if (actor.district !== loaded()?.id) throw new Problem('demo.off')
      await moveTo(request.body.at)
      return { now: services.directory.now(actor.district) }
    },
  )

  async function enter(email: string): Promise<string[]> {
    const cookies = await services.identity.signIn(email, demoPassword(services, email))
    if (!cookies) throw new Problem('demo.off')
    return cookies
  }

  async function moveTo(at: string): Promise<void> {
    await services.database.asSystem(school.district.id, (tx) =>
      tx.write(moveClock, { district: school.district.id, offsetMs: Date.parse(at) - Date.now() }),
    )
    await services.directory.load(services.database.pool)
  }

  function nameOf(person: string): string {
    const found = school.batch.people.find((one) => one.id === person)
    return found ? `${found.given} ${found.family}` : ''
  }

  function roleOf(person: string): string {
    return school.batch.roles.find((one) => one.person === person)?.role ?? ''
  }

  function sameDay(a: number, b: number): boolean {
    return dayOf(a, school.district.tz) === dayOf(b, school.district.tz)
  }
}

const moveClock = defineWrite<{ district: string; offsetMs: number }, void>({
  audit: ({ offsetMs }) => ({ action: 'demo.move_clock', detail: { offset_ms: offsetMs } }),
  async run(db, { district, offsetMs }) {
    await db
      .updateTable('district')
      .set({ clock_offset_ms: Math.round(offsetMs) })
      .where('district_id', '=', district)
      .where('demo', '=', true)
      .execute()
  },
})
