/** Routes of devices: opening one, one's own list, signing one out from elsewhere, and the sealed path. */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { isUuid, type Uuid } from '../core/ids.ts'
import { MAX_BATCH, uuid } from '../records/envelope.ts'
import { SealedRecord } from '../records/sealed.ts'
import { DeviceList, DeviceOpened, DeviceOpening, SealedPushResponse } from '../records/wire.ts'
import { listDevices, openDevice, signOutDevice, wrapOf } from './devices.ts'
import { cookieNamed, headersOf } from './headers.ts'
import { SealKeys } from './seal-keys.ts'
import { ingestSealed } from './sealed.ts'
import { secretOf } from './secrets.ts'
import type { Services } from './services.ts'

/**
 * Names the devices of this browser, one a person, so that storage that is gone is noticed at the next sign-in (F8).
 * Says nothing that is believed without the key table.
 */
const COOKIE = 'handrail_device'
/** As long as browsers keep any cookie: 400 days. */
const COOKIE_S = 400 * 86_400
/** People who share one browser. */
const MAX_NAMED = 40

z.globalRegistry.add(SealedRecord, { id: 'SealedRecord' })

export function deviceRoutes(plugin: FastifyInstance, services: Services): void {
  const app = plugin.withTypeProvider<ZodTypeProvider>()
  const { database, identity, config } = services
  const wrapSecret = secretOf(config.dataDir, 'device_wrap')
  const sealKeys = new SealKeys(config.dataDir)

  app.post(
    '/api/devices',
    {
      schema: {
        summary: 'Open this device for the signed-in person: its signing key in, its secrets out',
        body: DeviceOpening,
        response: { 200: DeviceOpened },
      },
    },
    async (request, reply) => {
      const actor = await services.actor(request)
      const opening = request.body
      const seal = await sealKeys.current(actor.district)
      const { lost, named } = await database.asPerson(actor, async (tx) =>
        tx.write(openDevice, {
          opening,
          named: namedBy(request.headers.cookie),
          session: await identity.sessionOf(headersOf(request)),
        }),
      )
      reply.header('set-cookie', cookieOf(named, config.origin?.startsWith('https:') === true))
      return { wrap: wrapOf(wrapSecret, { ...actor, device: opening.device }), seal, lost }
    },
  )

  app.get(
    '/api/devices',
    { schema: { summary: 'Your devices, last heard of first', response: { 200: DeviceList } } },
    async (request) => {
      const actor = await services.actor(request)
      return database.asPerson(actor, (tx) => listDevices(tx, actor.person))
    },
  )

  app.post(
    '/api/devices/:device/sign-out',
    {
      schema: {
        summary: 'Sign out one of your devices from elsewhere; answers your devices as they are then',
        params: z.object({ device: uuid }),
        response: { 200: DeviceList },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { device } = request.params
      return database.asPerson(actor, async (tx) => {
        await tx.write(signOutDevice, { person: actor.person, device })
        return listDevices(tx, actor.person)
      })
    },
  )

  app.post(
    '/api/records/sealed',
    {
      config: { turn: true },
      schema: {
        summary: 'Carry sealed records of whoever used this device before; each is acknowledged by itself',
        body: z.object({
          records: z
            .array(z.unknown())
            .max(MAX_BATCH)
            .describe('each a SealedRecord, as in the components; judged one by one'),
        }),
        response: { 200: SealedPushResponse },
      },
    },
    async (request) =>
      ingestSealed(
        {
          database,
          registry: services.registry,
          announce: (district, auds) => services.live.announce(district, auds),
          sealKeys,
        },
        await services.actor(request),
        request.body.records,
      ),
  )
}

function namedBy(header: string | undefined): Uuid[] {
  return cookieNamed(COOKIE, header)?.split('.').filter(isUuid).slice(-MAX_NAMED) ?? []
}

function cookieOf(devices: readonly Uuid[], secure: boolean): string {
  const value = devices.slice(-MAX_NAMED).join('.')
  const rules = `Path=/api/devices; Max-Age=${COOKIE_S}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return `${COOKIE}=${value}; ${rules}`
}
