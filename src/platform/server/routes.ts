/** The platform's own routes: health, time, records in, feed out, the live channel, the inbox, sign-in. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { uuid } from '../records/envelope.ts'
import { BackfillResponse, FeedResponse, PushResponse } from '../records/wire.ts'
import { backfill, pull, recentDays, type FeedServices } from './feed.ts'
import { headersOf } from './headers.ts'
import { CLIENT_ADDRESS } from './identity.ts'
import { ingest } from './ingest.ts'
import type { Services } from './services.ts'

const HEARTBEAT_MS = 20_000

export function recordRoutes(plugin: FastifyInstance, services: Services): void {
  const app = plugin.withTypeProvider<ZodTypeProvider>()
  const feed: FeedServices = {
    database: services.database,
    tz: (district) => services.directory.tz(district),
    recentFrom: recentDays,
    secret: services.cursorSecret,
  }

  app.get(
    '/api/health',
    {
      config: { rateLimit: false },
      schema: {
        summary: 'Is the server up and its database with it?',
        response: { 200: z.object({ status: z.literal('ok'), version: z.string() }) },
      },
    },
    async () => {
      await services.database.ping()
      return { status: 'ok' as const, version: '0.1.0' }
    },
  )

  app.get(
    '/api/time',
    {
      schema: {
        summary: "The time by the clock of the signed-in person's district; real time for everybody else",
        response: { 200: z.object({ now: z.number(), offset: z.number() }) },
      },
    },
    async (request) => {
      const actor = await services.identity.actorOf(headersOf(request))
      const offset =
        typeof actor === 'string' ? 0 : (services.directory.get(actor.district)?.clockOffsetMs ?? 0)
      return { now: Date.now() + offset, offset }
    },
  )

  app.post(
    '/api/records',
    {
      schema: {
        summary: 'Offer records; each is acknowledged by itself',
        body: z.object({
          records: z.array(z.unknown()).max(500).describe('envelopes; see the components'),
          sent: z.iso.datetime().optional(),
        }),
        response: { 200: PushResponse },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return ingest(
        {
          database: services.database,
          registry: services.registry,
          announce: (district, auds) => services.live.announce(district, auds),
        },
        actor,
        request.body.records,
        request.body.sent,
      )
    },
  )

  app.get(
    '/api/feed',
    {
      schema: {
        summary: 'What this device does not have yet',
        querystring: z.object({ since: z.string().max(400).optional(), held: auds.optional() }),
        response: { 200: FeedResponse },
      },
    },
    async (request) => pull(feed, await services.actor(request), request.query),
  )

  app.get(
    '/api/feed/backfill',
    {
      schema: {
        summary: 'One newly granted audience, up to where the cursor stands',
        querystring: z.object({
          aud: z.coerce.number().int(),
          upto: z.coerce.number().int(),
          after: z.string().max(400).optional(),
          epoch: uuid,
        }),
        response: { 200: BackfillResponse },
      },
    },
    async (request) => backfill(feed, await services.actor(request), request.query),
  )

  app.get(
    '/api/inbox',
    {
      schema: {
        summary: 'Refused records: your own, and those of students you decide for',
        response: {
          200: z.object({
            refused: z.array(
              z.object({
                id: uuid.nullable(),
                received: z.number(),
                code: z.string(),
                message: z.string(),
                field: z.string().nullable(),
                by: uuid,
                body: z.string(),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return services.database.asPerson(actor, async (tx) => {
        const rows = await tx.read
          .selectFrom('refused')
          .selectAll()
          .where('resolved', 'is', null)
          .orderBy('received', 'desc')
          .limit(200)
          .execute()
        if (rows.length > 0) await tx.audit({ action: 'inbox.read', detail: { refused: rows.length } })
        return {
          refused: rows.map((row) => ({
            id: row.id,
            received: row.received.getTime(),
            code: row.code,
            message: row.message,
            field: row.field,
            by: row.uploaded_by,
            body: row.body,
          })),
        }
      })
    },
  )

  app.get(
    '/api/live',
    { config: { rateLimit: false }, schema: { summary: 'Server-sent events: "there is news"' } },
    (request, reply) => streamNews(services, request, reply),
  )

  app.all('/api/auth/*', { schema: { hide: true } }, async (request, reply) => {
    const url = new URL(request.url, services.config.origin ?? `${request.protocol}://${request.host}`)
    const headers = headersOf(request)
    headers.delete('content-length')
    headers.set(CLIENT_ADDRESS, request.ip)
    const answer = await services.identity.handler(
      new Request(url, {
        method: request.method,
        headers,
        ...(request.body === undefined || request.body === null
          ? {}
          : { body: JSON.stringify(request.body) }),
      }),
    )
    reply.status(answer.status)
    for (const [name, value] of answer.headers) if (name !== 'set-cookie') reply.header(name, value)
    for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie)
    return reply.send(Buffer.from(await answer.arrayBuffer()))
  })
}

/** `1,2,3` → [1, 2, 3]; an empty text is an empty list. */
const auds = z
  .string()
  .max(20_000)
  .regex(/^(\d+(,\d+)*)?$/)
  .transform((text) => (text === '' ? [] : text.split(',').map(Number)))

async function streamNews(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const actor = await services.actor(request)
  const granted = () =>
    services.database.asPerson(actor, async (_tx, reach) => new Set(reach.grants.map((grant) => grant.aud)))
  const listener = {
    district: actor.district,
    auds: await granted(),
    wake: () => write('event: news\ndata: {}\n\n'),
  }
  reply.hijack()
  const headers = {
    ...reply.getHeaders(),
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  }
  reply.raw.writeHead(200, headers as Record<string, string>)
  // a device that does not read is let go instead of filling memory; it pulls when it comes back
  const write = (chunk: string) => {
    if (!reply.raw.write(chunk) && reply.raw.writableLength > 64 * 1024) reply.raw.destroy()
  }
  write(': here\n\n')
  const stop = services.live.listen(listener)
  const heartbeat = setInterval(() => {
    write(': still here\n\n')
    granted()
      .then((now) => (listener.auds = now))
      .catch(() => reply.raw.end())
  }, HEARTBEAT_MS)
  request.raw.on('close', () => {
    clearInterval(heartbeat)
    stop()
  })
}
