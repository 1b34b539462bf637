/**
 * A person's own calendar for the program they keep their calendar in: a secret address. Whoever has the address sees
 * blocks, places and times, and no child. The secret is told once and kept as a digest; taking it back ends it at once.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { sql } from 'kysely'
import { z } from 'zod'
import { dayOf } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import { uuid } from '../../../platform/records/envelope.ts'
import { defineWrite } from '../../../platform/server/db.ts'
import { Problem } from '../../../platform/server/problems.ts'
import type { Services } from '../../../platform/server/services.ts'
import { icalOf } from '../ical-write.ts'
import { Done, FeedList, FeedMade } from '../wire.ts'
import { boardOf, openDays, schoolsOf } from './boards.ts'

/** School days that a feed shows, from today on: programs ask again every few hours. */
const DAYS = 15
/** District and 32 random bytes. */
const SECRET = /^[A-Za-z0-9_-]{64}$/

export function feedRoutes(plugin: FastifyInstance, services: Services): void {
  const app = plugin.withTypeProvider<ZodTypeProvider>()

  app.get(
    '/api/calendar-feeds',
    { schema: { summary: 'Your own calendar feeds that hold', response: { 200: FeedList } } },
    async (request) => {
      const actor = await services.actor(request)
      return services.database.asPerson(actor, async (tx) => {
        const rows = await tx.read
          .selectFrom('calendar_feed')
          .select(['feed_id', 'made'])
          .where('district_id', '=', tx.district)
          .where('person_id', '=', actor.person)
          .where('revoked', 'is', null)
          .orderBy('made', 'desc')
          .execute()
        return { feeds: rows.map((row) => ({ id: row.feed_id, made: row.made.getTime() })) }
      })
    },
  )

  app.post(
    '/api/calendar-feeds',
    {
      schema: {
        summary: 'Make a calendar feed of your own. Its path is told this once; the same id again tells none',
        body: z.strictObject({ id: uuid }),
        response: { 200: FeedMade },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { id } = request.body
      const secret = Buffer.concat([
        Buffer.from(actor.district.replaceAll('-', ''), 'hex'),
        randomBytes(32),
      ]).toString('base64url')
      const made = await services.database.asPerson(actor, (tx) =>
        tx.write(makeFeed, { id, person: actor.person, digest: digestOf(secret) }),
      )
      return { id, path: made ? `/api/calendar/${secret}.ics` : null }
    },
  )

  app.post(
    '/api/calendar-feeds/:feed/revoke',
    {
      schema: {
        summary: 'Take a calendar feed of your own back; its address answers no more',
        params: z.object({ feed: uuid }),
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { feed } = request.params
      const done = await services.database.asPerson(actor, (tx) => tx.write(revokeFeed, { id: feed }))
      if (!done) throw new Problem('access.denied')
      return { id: feed }
    },
  )

  plugin.get<{ Params: { secret: string } }>(
    '/api/calendar/:secret.ics',
    { config: { public: true }, schema: { hide: true } },
    async (request, reply) => {
      const { secret } = request.params
      const district = SECRET.test(secret) ? services.directory.get(districtOf(secret)) : undefined
      if (!district) throw new Problem('access.denied')
      const person = await services.database.asSystem(district.id, async (tx, db) => {
        const at = new Date(tx.now)
        // who works here no more has no calendar here
        const { rows } = await sql<{ person: Uuid }>`
          select f.person from feed_of(${district.id}, ${digestOf(secret)}) as f (person)
          where exists (
            select from staff_role r
            where r.district_id = ${district.id} and r.person_id = f.person
              and r.from_at <= ${at} and (r.to_at is null or r.to_at > ${at}))`.execute(db)
        return rows[0]?.person ?? null
      })
      if (person === null) throw new Problem('access.denied')
      const actor = { district: district.id, person, roles: [] }
      const text = await services.database.asPerson(
        actor,
        async (tx) => {
          const today = dayOf(tx.now, district.tz)
          const schools = await schoolsOf(tx, actor)
          const days = (await openDays(tx, schools, today)).slice(0, DAYS)
          const boards = []
          for (const day of days) boards.push(await boardOf(tx, actor, day, schools, district.tz))
          return icalOf(district.name, boards, tx.now)
        },
        { snapshot: true },
      )
      return reply
        .header('content-type', 'text/calendar; charset=utf-8')
        .header('cache-control', 'private, no-store')
        .send(text)
    },
  )
}

const makeFeed = defineWrite<{ id: Uuid; person: Uuid; digest: Buffer }, boolean>({
  audit: ({ id }, made) => (made ? { action: 'calendar.feed', detail: { feed: id } } : null),
  async run(db, { id, person, digest }, tx) {
    const made = await db
      .insertInto('calendar_feed')
      .values({
        district_id: tx.district,
        feed_id: id,
        person_id: person,
        token_hash: digest,
        made: new Date(tx.now),
        revoked: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return made.numInsertedOrUpdatedRows === 1n
  },
})

const revokeFeed = defineWrite<{ id: Uuid }, boolean>({
  audit: ({ id }, done) => (done ? { action: 'calendar.feed_revoke', detail: { feed: id } } : null),
  async run(db, { id }, tx) {
    const done = await db
      .updateTable('calendar_feed')
      .set((eb) => ({ revoked: eb.fn.coalesce('revoked', eb.val(new Date(tx.now))) }))
      .where('district_id', '=', tx.district)
      .where('feed_id', '=', id)
      .where('person_id', '=', tx.person)
      .executeTakeFirst()
    return done.numUpdatedRows === 1n
  },
})

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

function districtOf(secret: string): Uuid {
  const hex = Buffer.from(secret, 'base64url').subarray(0, 16).toString('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
