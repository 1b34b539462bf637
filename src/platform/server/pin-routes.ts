/** Routes of PINs on a shared tablet: who has one here, choosing one, coming in by it, and taking it back. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { isUuid } from '../core/ids.ts'
import { isTooEasy, PinChoosing, PinChosen, PinEntering, PinPeople } from '../records/pins.ts'
import { cookieNamed, headersOf } from './headers.ts'
import { choosePin, enterPin, forgetPin, newToken, pinsAt, type Browser } from './pins.ts'
import { Problem } from './problems.ts'
import { secretOf } from './secrets.ts'
import type { Services } from './services.ts'

const COOKIE = 'handrail_pin'
/**
 * A PIN is chosen this soon after its person signed in with the password: whoever finds a tablet that was left open does
 * not give themselves a way back into it for the rest of the day.
 */
const FRESH_MS = 30 * 60_000

const Ok = z.object({ ok: z.literal(true) })
const OK = { ok: true as const }

export function pinRoutes(plugin: FastifyInstance, services: Services): void {
  const app = plugin.withTypeProvider<ZodTypeProvider>()
  const { database, directory, identity, config } = services
  const secret = secretOf(config.dataDir, 'pin')

  app.get(
    '/api/pins',
    {
      config: { public: true },
      schema: {
        summary: 'Adults who have a PIN on this browser today; none without the cookie it was chosen with',
        response: { 200: PinPeople },
      },
    },
    async (request) => {
      const browser = browserOf(request)
      return browser
        ? database.asSystem(browser.district, (tx) => pinsAt(tx, browser))
        : { people: [], left: 0 }
    },
  )

  app.post(
    '/api/pins',
    {
      schema: {
        summary: 'Choose a PIN for today on this browser, soon after a sign-in with the password',
        body: PinChoosing,
        response: { 200: PinChosen },
      },
    },
    async (request, reply) => {
      const actor = await services.actor(request)
      const browser = { district: actor.district, token: newToken() }
      const before = browserOf(request)
      const { pin } = request.body
      if (isTooEasy(pin)) throw new Problem('pin.too_easy')
      if (!(await identity.isFresh(headersOf(request), FRESH_MS))) throw new Problem('pin.sign_in_first')
      const choosing = { pin, secret, tz: directory.tz(actor.district), before, browser }
      const left = await database.asPerson(
        actor,
        async (tx) => (await tx.write(choosePin, choosing)) - tx.now,
      )
      const secure = config.origin?.startsWith('https:') === true ? '; Secure' : ''
      const rules = `Path=/api/pins; Max-Age=${Math.ceil(left / 1000)}; HttpOnly; SameSite=Strict${secure}`
      reply.header('set-cookie', `${COOKIE}=${browser.district}.${browser.token}; ${rules}`)
      return { left }
    },
  )

  app.post(
    '/api/pins/enter',
    {
      // counted by address, as for passwords: a school whose tablets share one address changes hands at the bell
      config: {
        public: true,
        rateLimit: { max: 60, timeWindow: '1 minute', keyGenerator: (request) => request.ip },
      },
      schema: {
        summary: 'Sign in with a PIN that was chosen on this browser today',
        body: PinEntering,
        response: { 200: Ok },
      },
    },
    async (request, reply) => {
      const browser = browserOf(request)
      if (!browser) throw new Problem('pin.refused')
      const { person, pin } = request.body
      const entered = await database.asSystem(browser.district, (tx) =>
        tx.write(enterPin, { browser, person, pin, secret }),
      )
      if (entered.is !== 'right') throw new Problem('pin.refused')
      const { name, leftMs } = entered
      // it ends with the PIN, however much it is used
      const until = Date.now() + leftMs
      const cookies = await identity.enter({ district: browser.district, person, name, until })
      return reply.header('set-cookie', cookies).send(OK)
    },
  )

  app.post(
    '/api/pins/forget',
    { schema: { summary: 'Take back your PIN on this browser', response: { 200: Ok } } },
    async (request) => {
      const actor = await services.actor(request)
      const browser = browserOf(request)
      if (browser) await database.asPerson(actor, (tx) => tx.write(forgetPin, { browser }))
      return OK
    },
  )

  /** The browser that asks; undefined where no PIN can have been chosen on it. */
  function browserOf(request: FastifyRequest): Browser | undefined {
    const [district, token] = cookieNamed(COOKIE, request.headers.cookie)?.split('.') ?? []
    return isUuid(district) && token && directory.get(district) ? { district, token } : undefined
  }
}
