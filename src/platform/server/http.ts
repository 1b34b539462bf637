/**
 * The HTTP server: headers, limits, cross-site guard, the problem catalogue as the only way to say no, OpenAPI, the
 * built web app, and the plugins of the capabilities. Composed by src/server.ts.
 */
import { existsSync, readFileSync } from 'node:fs'
import { BlockList, isIPv6 } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  validatorCompiler,
} from 'fastify-type-provider-zod'
import { compiledSerializer } from './compiled.ts'
import type { Actor } from './db.ts'
import { PERSON_HEADER, type PushResponse } from '../records/wire.ts'
import { deviceRoutes } from './device-routes.ts'
import { headersOf } from './headers.ts'
import { inboxRoutes } from './inbox.ts'
import { errorFields, type Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { pinRoutes } from './pin-routes.ts'
import { Problem, problemOfDatabase, type ProblemCode } from './problems.ts'
import { recordRoutes } from './routes.ts'
import type { CapabilityRoutes, Services } from './services.ts'
import { takeTurns, Turns } from './turns.ts'

/** 500 records of ordinary size and a few large ones; a device halves its batch on 413. */
const BODY_LIMIT = 8 * 1024 * 1024

/**
 * Batches of records that are read, judged and stored at once; of ten connections to the database two are left for
 * whoever asks. A device waits 20 s for an answer, and longer each time before it comes again.
 */
const TURNS = { atOnce: 8, patienceMs: 12_000 }

/**
 * Answers from this length on are compressed where the other side can read it, characters: ten school days of records
 * come in a tenth of the time on a phone's network. An answer holds no secret of ours that its length could give away.
 */
const COMPRESS_FROM = 16_384
const compress = promisify(gzip)

/** Whoever is told so comes again: nothing has failed. */
const COME_AGAIN: ReadonlySet<ProblemCode> = new Set(['server.stopping', 'server.busy'])

export interface HttpOptions {
  readonly services: Omit<Services, 'actor'>
  readonly capabilities: readonly CapabilityRoutes[]
  readonly log: Log
  readonly metrics: Pick<Metrics, 'answered' | 'acknowledged'>
  /** Folder of the built web app. */
  readonly webRoot: string
}

export async function createHttp({
  services,
  capabilities,
  log,
  metrics,
  webRoot,
}: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    // whoever sends a byte a second, or never reads an answer, is let go; a live stream speaks every 20 s
    requestTimeout: 60_000,
    connectionTimeout: 120_000,
    http: { headersTimeout: 20_000, connectionsCheckingInterval: 5000 },
    // what is under way when the server stops is finished; what comes after that is told so, by the hook below
    return503OnClosing: false,
    // an address that cannot be read at all; hooks do not run for it
    frameworkErrors: (_error, _request, reply) => {
      void refuse(reply.header('cache-control', 'no-store'), new Problem('request.not_found'))
    },
    trustProxy: services.config.origin === undefined ? false : isProxy,
    routerOptions: { ignoreTrailingSlash: true },
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(compiledSerializer)
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error)
    if (problem.status >= 500 && !COME_AGAIN.has(problem.code))
      request.log.error({ ...errorFields(error), route: request.routeOptions.url ?? '' }, 'request failed')
    return refuse(reply, problem)
  })
  // JSON is the one content type: no other site's form can send it
  app.removeContentTypeParser('text/plain')
  takeTurns(app, new Turns(TURNS))
  let stopping = false
  app.addHook('preClose', async () => {
    stopping = true
  })
  app.addHook('onRequest', async (request) => {
    if (stopping) throw new Problem('server.stopping')
    refuseCrossSite(request)
  })
  app.addHook('onSend', async (request, reply) => {
    if (isApi(request)) reply.header('cache-control', 'no-store')
    // a connection that would be kept alive would keep the server alive
    if (stopping) reply.header('connection', 'close')
  })
  app.addHook('onSend', async (request, reply, payload) => {
    if (!isApi(request) || typeof payload !== 'string' || payload.length < COMPRESS_FROM) return payload
    reply.header('vary', 'accept-encoding')
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return payload
    reply.header('content-encoding', 'gzip').removeHeader('content-length')
    return compress(payload, { level: 4 })
  })
  app.addHook('preSerialization', async (_request, _reply, payload) => {
    if (hasAcks(payload)) metrics.acknowledged(payload.acks)
    return payload
  })
  app.addHook('onResponse', async (request, reply) => {
    metrics.answered(request.method, routeOf(request), reply.statusCode, reply.elapsedTime / 1000)
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? '',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    )
  })

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", ...styleHashes(webRoot)],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    hsts: services.config.origin?.startsWith('https:') ? { maxAge: 31_536_000 } : false,
  })
  const asking = new WeakMap<FastifyRequest, Promise<Actor>>()
  const actor = (request: FastifyRequest) => {
    const known = asking.get(request) ?? whoIs(request, services)
    asking.set(request, known)
    return known
  }
  await app.register(rateLimit, {
    max: 1200,
    timeWindow: '1 minute',
    // A whole school may come from one address, so whoever is signed in is counted as a person: what else a cookie
    // holds would make a new visitor of every request.
    keyGenerator: async (request) =>
      (await asking.get(request))?.person ?? request.headers.cookie ?? request.ip,
    errorResponseBuilder: () => new Problem('request.too_many'),
  })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Handrail', version: '0.1.0', license: { name: 'Apache-2.0' } },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: true,
    // its own would let styles and fonts of any address in, and tell a checker elsewhere that somebody reads here
    transformStaticCSP: () =>
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  })
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())

  await app.register(async (api) => {
    // deny by default: a route that does not say that it is public asks for a sign-in before it reads anything
    api.addHook('onRequest', async (request) => {
      if (!request.routeOptions.config.public) await actor(request)
    })
    for (const routes of [recordRoutes, deviceRoutes, pinRoutes, inboxRoutes, ...capabilities])
      await api.register(async (plugin) => routes(plugin, { ...services, actor }))
    api.all('/api/*', { config: { public: true }, schema: { hide: true } }, () => {
      throw new Problem('request.not_found')
    })
  })
  await serveWeb(app, webRoot)
  return app
}

/** The answer to records, whichever route gives it. */
function hasAcks(payload: unknown): payload is Pick<PushResponse, 'acks'> {
  return typeof payload === 'object' && payload !== null && 'acks' in payload
}

/** The template of the route. Files of the web app have one each and are counted together. */
function routeOf(request: FastifyRequest): string {
  const template = request.routeOptions.url
  if (template === undefined) return 'none'
  return isApi(request) ? template : 'web'
}

async function whoIs(request: FastifyRequest, services: HttpOptions['services']): Promise<Actor> {
  await services.directory.refresh(services.database.pool)
  const actor = await services.identity.actorOf(headersOf(request))
  if (actor === 'signed_out') throw new Problem('session.missing')
  if (actor === 'revoked') throw new Problem('device.revoked')
  const asked = request.headers[PERSON_HEADER]
  if (asked !== undefined && typeof actor !== 'string' && asked !== actor.person)
    throw new Problem('session.other_person')
  if (actor === 'no_district') throw new Problem('session.no_district')
  return actor
}

function refuse(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

async function serveWeb(app: FastifyInstance, webRoot: string): Promise<void> {
  const isBuilt = existsSync(join(webRoot, 'index.html'))
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    if (!isBuilt || !wantsPage || isApi(request)) throw new Problem('request.not_found')
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  })
  if (!isBuilt) return
  await app.register(fastifyStatic, {
    root: webRoot,
    wildcard: false,
    preCompressed: true,
    // names of built files carry their hash; the page itself and the worker must be asked for anew
    setHeaders: (reply, path) => {
      const immutable = path.includes('/assets/')
      reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}

function isApi(request: FastifyRequest): boolean {
  return /^\/api(?![^/?])/.test(request.url)
}

const near = new BlockList()
near.addSubnet('127.0.0.0', 8)
near.addSubnet('10.0.0.0', 8)
near.addSubnet('172.16.0.0', 12)
near.addSubnet('192.168.0.0', 16)
near.addAddress('::1', 'ipv6')
near.addSubnet('fc00::', 7, 'ipv6')

// The one proxy before us is on this machine or in its network (RFC 1918, RFC 4193). What it says counts, and not what
// a client had written into the same header before it: sign-in attempts are counted by this address.
function isProxy(address: string, hop: number): boolean {
  return hop === 0 && near.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

// A page of another site may send a form or an image request with our cookie; it cannot send these headers right.
function refuseCrossSite(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Problem('request.cross_site')
  const origin = request.headers.origin
  if (origin !== undefined && hostOf(origin) !== request.host) throw new Problem('request.cross_site')
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

// what the build knows of inline styles that a library injects
function styleHashes(webRoot: string): string[] {
  const file = join(webRoot, 'csp.json')
  if (!existsSync(file)) return []
  const { styleHashes: hashes } = JSON.parse(readFileSync(file, 'utf8')) as { styleHashes?: string[] }
  return (hashes ?? []).map((hash) => `'${hash}'`)
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const first = error.validation[0]
    const path = first?.instancePath.slice(1).replaceAll('/', '.') ?? ''
    return new Problem('request.invalid', { field: path, detail: first?.message ?? '' })
  }
  const code = (error as { code?: unknown }).code
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('request.too_large')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('request.not_json')
  if (
    code === 'FST_ERR_CTP_INVALID_JSON_BODY' ||
    code === 'FST_ERR_CTP_EMPTY_JSON_BODY' ||
    error instanceof SyntaxError
  )
    return new Problem('request.invalid', { field: '' })
  return problemOfDatabase(error) ?? new Problem('server.failed')
}
