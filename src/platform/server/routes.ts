/** The platform's own routes: health, time, records in, feed out, the live channel, sign-in. */
import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { isUuid, type Uuid } from '../core/ids.ts'
import { Envelope, MAX_BATCH, uuid } from '../records/envelope.ts'
import {
  BackfillResponse,
  DEVICE_KEY_HEADER,
  FeedResponse,
  MADE_HEADER,
  PERSON_HEADER,
  PushResponse,
  Summary,
} from '../records/wire.ts'
import { backfill, pull, recentDays, type FeedServices } from './feed.ts'
import { headersOf } from './headers.ts'
import { CLIENT_ADDRESS } from './identity.ts'
import { ingest } from './ingest.ts'
import { forgetPin } from './pins.ts'
import { Problem, type ProblemCode } from './problems.ts'
import type { Listener } from './live.ts'
import type { Services } from './services.ts'

const HEARTBEAT_MS = 20_000
/** Streams that one person may hold open: each costs a look at their grants every heartbeat. */
const MAX_STREAMS = 50

/** What of better-auth has a door. It has many more: each comes with its own screen and tests. */
const IDENTITY = ['sign-in/email', 'sign-out', 'get-session', 'change-password', 'revoke-other-sessions']

// Named in the published interface, for whoever offers records from elsewhere. A recursive schema (z.json()) needs a
// name of its own, or the document refers to what it does not hold.
z.globalRegistry.add(Envelope, { id: 'Envelope' })
z.globalRegistry.add(Envelope.shape.body.valueType, { id: 'Json' })
z.globalRegistry.add(Summary.shape.state, { id: 'State' })

export function recordRoutes(plugin: FastifyInstance, services: Services): void {
  const app = plugin.withTypeProvider<ZodTypeProvider>()
  const feed: FeedServices = {
    database: services.database,
    tz: (district) => services.directory.tz(district),
    recentFrom: recentDays,
    secret: services.cursorSecret,
  }

  const open = new Map<ServerResponse, Uuid>()

  app.get(
    '/api/health',
    {
      config: { public: true, rateLimit: false },
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
      config: { public: true },
      schema: {
        summary: "The time by the clock of the signed-in person's district; real time for everybody else",
        response: { 200: z.object({ now: z.number(), offset: z.number() }) },
      },
    },
    async (request) => {
      // a device asks in its person's name: without their session it goes on with the time that it knows (F32)
      const actor =
        request.headers[PERSON_HEADER] === undefined
          ? await services.identity.actorOf(headersOf(request))
          : await services.actor(request)
      const offset =
        typeof actor === 'string' ? 0 : (services.directory.get(actor.district)?.clockOffsetMs ?? 0)
      return { now: Date.now() + offset, offset }
    },
  )

  app.post(
    '/api/records',
    {
      config: { turn: true },
      schema: {
        summary: 'Offer records; each is acknowledged by itself',
        body: z.object({
          records: z
            .array(z.unknown())
            .max(MAX_BATCH)
            .describe('each an Envelope, as in the components; judged one by one'),
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
          announce: (district, auds) => services.live.announce(district, auds, deviceOf(request)?.key),
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
    async (request) => pull(feed, await services.actor(request), request.query, deviceOf(request)),
  )

  app.get(
    '/api/feed/backfill',
    {
      schema: {
        summary: 'One newly granted audience, up to where the cursor stands',
        querystring: z.object({
          aud: z.coerce.number().int(),
          upto: z.coerce.number().int(),
          after: page.optional(),
          epoch: uuid,
        }),
        response: { 200: BackfillResponse },
      },
    },
    async (request) => backfill(feed, await services.actor(request), request.query),
  )

  app.get(
    '/api/live',
    {
      config: { rateLimit: false },
      exposeHeadRoute: false,
      schema: {
        summary: 'Server-sent events: "there is news"',
        querystring: z.object({
          key: uuid.optional().describe('signing key of the device: what it brought itself is no news to it'),
        }),
      },
    },
    (request, reply) => streamNews(services, open, request, reply, request.query.key),
  )
  // a server that stops waits for its answers, and a stream never ends by itself
  plugin.addHook('preClose', async () => {
    for (const stream of open.keys()) stream.end()
  })

  app.all('/api/auth/*', { config: { public: true }, schema: { hide: true } }, async (request, reply) => {
    const asked = (request.params as { '*': string })['*']
    if (!IDENTITY.includes(asked)) throw new Problem('request.not_found')
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
    if (answer.status >= 400) throw new Problem(identityProblem(answer.status))
    if (asked === 'revoke-other-sessions')
      await services.database.asPerson(await services.actor(request), (tx) =>
        tx.write(forgetPin, { browser: 'all' }),
      )
    reply.status(answer.status)
    for (const [name, value] of answer.headers) if (name !== 'set-cookie') reply.header(name, value)
    for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie)
    return reply.send(Buffer.from(await answer.arrayBuffer()))
  })
}

/** Which device asks and how many records it has made; undefined when it does not say so. */
function deviceOf({ headers }: FastifyRequest): { key: Uuid; made: number } | undefined {
  const key = headers[DEVICE_KEY_HEADER]
  const made = Made.safeParse(Number(headers[MADE_HEADER] ?? NaN))
  return isUuid(key) && made.success ? { key, made: made.data } : undefined
}
const Made = Envelope.shape.seq.or(z.literal(0))

/** `1,2,3` → [1, 2, 3]; an empty text is an empty list. */
const auds = z
  .string()
  .max(20_000)
  .regex(/^(\d+(,\d+)*)?$/, 'numbers with commas between them')
  .transform((text) => (text === '' ? [] : text.split(',').map(Number)))

/** Where the next page of a backfill begins, as the page before it said. */
const page = z
  .string()
  .max(400)
  .regex(/^(records:\d{1,15}|summaries:\P{Cc}*)$/u, 'the `next` of the page before')

/** How better-auth's refusals are called in our catalogue. */
function identityProblem(status: number): ProblemCode {
  if (status === 401) return 'session.refused'
  if (status === 403) return 'request.cross_site'
  if (status === 404) return 'request.not_found'
  if (status === 429) return 'request.too_many'
  return status < 500 ? 'request.invalid' : 'server.failed'
}

async function streamNews(
  services: Services,
  open: Map<ServerResponse, Uuid>,
  request: FastifyRequest,
  reply: FastifyReply,
  key: Uuid | undefined,
): Promise<void> {
  const actor = await services.actor(request)
  const granted = () =>
    services.database.asPerson(actor, async (_tx, reach): Promise<Listener['auds']> =>
      reach.wings.length > 0 ? 'all' : new Set(reach.grants.map((grant) => grant.aud)),
    )
  const listener: Listener = {
    district: actor.district,
    auds: await granted(),
    key,
    wake: () => write('event: news\ndata: {}\n\n'),
  }
  const others = [...open.values()].filter((person) => person === actor.person).length
  if (others >= MAX_STREAMS) throw new Problem('request.too_many')
  reply.hijack()
  const stream = reply.raw
  if (stream.socket?.destroyed !== false) return
  const headers = {
    ...reply.getHeaders(),
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  }
  stream.writeHead(200, headers as Record<string, string>)
  // a device that does not read is let go instead of filling memory; it pulls when it comes back
  const write = (chunk: string) => {
    if (stream.writableEnded) return
    if (!stream.write(chunk) && stream.writableLength > 64 * 1024) stream.destroy()
  }
  write(': here\n\n')
  open.set(stream, actor.person)
  const stop = services.live.listen(listener)
  const heartbeat = setInterval(() => {
    write(': still here\n\n')
    stillSignedIn()
      .then(granted)
      .then((now) => (listener.auds = now))
      .catch(() => stream.end())
  }, HEARTBEAT_MS)
  stream.on('close', () => {
    clearInterval(heartbeat)
    stop()
    open.delete(stream)
  })

  async function stillSignedIn(): Promise<void> {
    const now = await services.identity.actorOf(headersOf(request))
    if (typeof now === 'string' || now.person !== actor.person) throw new Problem('session.missing')
  }
}
