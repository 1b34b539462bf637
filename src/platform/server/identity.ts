/**
 * Identity: who is signed in. better-auth keeps users, passwords (scrypt) and sessions in the schema `identity`;
 * this module is the only one that knows it. A sign-in becomes an Actor through its membership in a district.
 * Passkeys, second factors and single sign-on are further plugins of the same library.
 */
import { betterAuth } from 'better-auth'
import type pg from 'pg'
import type { Uuid } from '../core/ids.ts'
import { isUuid } from '../core/ids.ts'
import { DEVICE_KEY_HEADER } from '../records/wire.ts'
import type { Actor } from './db.ts'
import { entering } from './identity-enter.ts'
import { openPool } from './pool.ts'
import { problemOfDatabase } from './problems.ts'

/** A working day; renewed quietly while it is used, so nobody is thrown out at 13:00. */
const SESSION_S = 12 * 3600
const RENEW_AFTER_S = 15 * 60
const DAY_MS = 86_400_000
/** Cookies whose session is known; then they are looked up again. Longer ones always are. */
const MAX_COOKIES = 20_000
const MAX_COOKIE = 1000

/** Header in which the auth route tells better-auth the address a request came from, for its rate limits. */
export const CLIENT_ADDRESS = 'x-handrail-address'

export interface IdentityOptions {
  readonly url: string
  readonly secret: string
  /** Address people use, e.g. http://127.0.0.1:4400. */
  readonly origin: string
  /** How long a connection may be silent before it is given up, ms; see pool.ts. */
  readonly patienceMs?: number | undefined
}

export interface Identity {
  /** Its connections, for who counts them. */
  readonly pool: pg.Pool
  /** better-auth's own endpoints under /api/auth. */
  handler(request: Request): Promise<Response>
  /** The signed-in person, or why there is none. `revoked`: the device that asks was signed out from elsewhere. */
  actorOf(headers: Headers): Promise<Actor | 'signed_out' | 'no_district' | 'revoked'>
  /** The row of identity.session that this request comes with. */
  sessionOf(headers: Headers): Promise<Uuid | undefined>
  /** True for who signed in with a password, on this cookie, at most that long ago. */
  isFresh(headers: Headers, withinMs: number): Promise<boolean>
  /** Signs in by e-mail and password; returns the Set-Cookie headers, or undefined when they do not match. */
  signIn(email: string, password: string): Promise<string[] | undefined>
  /**
   * Signs a person in without a password, until an instant (ms) that no use prolongs; returns the Set-Cookie headers.
   * Whoever calls has judged why.
   */
  enter(person: { district: Uuid; person: Uuid; name: string; until: number }): Promise<string[]>
  /** Ends the sessions that `enter` gave this person; one with a password stays. */
  leave(district: Uuid, person: Uuid): Promise<void>
  /** Makes a sign-in for a person, or sets its password anew. */
  ensureUser(user: {
    email: string
    name: string
    password: string
    district: Uuid
    person: Uuid
  }): Promise<void>
  /** Removes what has expired: sessions, verifications, counts of attempts. Returns the number of rows. */
  clean(): Promise<number>
  close(): Promise<void>
}

export function createIdentity(options: IdentityOptions): Identity {
  const { url, patienceMs } = options
  const pool = openPool({ url, schema: 'identity', max: 5, patienceMs, byKey: true })
  const auth = betterAuth({
    database: pool,
    secret: options.secret,
    baseURL: options.origin,
    basePath: '/api/auth',
    // The address that the request itself came to: our own route builds its URL from the Host header, so a page of
    // another site, whose Origin differs from it, is refused.
    trustedOrigins: (request) => (request ? [new URL(request.url).origin] : []),
    // accounts are made by the district (command line, later imports and invitations), not by whoever comes by
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 256 },
    session: { expiresIn: SESSION_S, updateAge: RENEW_AFTER_S },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 120,
      customRules: { '/sign-in/email': { window: 60, max: 30 } },
    },
    advanced: {
      database: { generateId: 'uuid' },
      // set by our own route from the connection; what a client claims about its address does not count
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS] },
      cookiePrefix: 'handrail',
      useSecureCookies: options.origin.startsWith('https:'),
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
    },
    plugins: [entering],
    telemetry: { enabled: false },
    logger: { disabled: true },
  })

  // Whose cookie is whose session, as better-auth found when it checked the signature. Whether the session still stands
  // is asked at every request, in one statement with who that is.
  const sessions = new Map<string, Uuid>()

  return {
    pool,

    handler: (request) => auth.handler(request),

    async actorOf(headers) {
      const asked = headers.get(DEVICE_KEY_HEADER)
      const key = isUuid(asked) ? asked : null
      const cookie = headers.get('cookie') ?? ''
      const known = sessions.get(cookie)
      const member = known === undefined ? undefined : await memberOf(known, key, SESSION_S - RENEW_AFTER_S)
      if (member) return member.revoked ? 'revoked' : member.actor
      const found = await auth.api.getSession({ headers })
      if (!found) return key !== null && (await isRevoked(key)) ? 'revoked' : 'signed_out'
      if (sessions.size >= MAX_COOKIES) sessions.clear()
      if (cookie.length < MAX_COOKIE) sessions.set(cookie, found.session.id)
      const fresh = await memberOf(found.session.id, key, 0)
      if (!fresh) return 'no_district'
      return fresh.revoked ? 'revoked' : fresh.actor
    },

    async sessionOf(headers) {
      return (await auth.api.getSession({ headers }))?.session.id
    },

    async isFresh(headers, withinMs) {
      const found = await pool.query(
        `select from session where id = $1 and "endsAt" is null and "createdAt" > now() - make_interval(secs => $2)`,
        [await this.sessionOf(headers), withinMs / 1000],
      )
      return found.rowCount === 1
    },

    async signIn(email, password) {
      try {
        const answer = await auth.api.signInEmail({ body: { email, password }, asResponse: true })
        return answer.ok ? answer.headers.getSetCookie() : undefined
      } catch (error) {
        // a database that is away says nothing about a password
        if (problemOfDatabase(error)) throw error
        return undefined
      }
    },

    async enter({ district, person, name, until }) {
      const user = (await userOf(district, person)) ?? (await newUser(district, person, name))
      const answer = await auth.api.enterAs({ body: { user }, asResponse: true })
      const { session } = (await answer.json()) as { session: Uuid }
      await pool.query('update session set "endsAt" = $2 where id = $1', [session, new Date(until)])
      return answer.headers.getSetCookie()
    },

    async leave(district, person) {
      const user = await userOf(district, person)
      if (user !== undefined)
        await pool.query('delete from session where "userId" = $1 and "endsAt" is not null', [user])
    },

    async ensureUser({ email, name, password, district, person }) {
      const context = await auth.$context
      const hash = await context.password.hash(password)
      const found = await context.internalAdapter.findUserByEmail(email)
      const user =
        found?.user ??
        (await context.internalAdapter.createUser({ email, name, emailVerified: true }, { method: 'admin' }))
      const accounts = await context.internalAdapter.findAccounts(user.id)
      const credential = accounts.find((account) => account.providerId === 'credential')
      if (credential) await context.internalAdapter.updatePassword(user.id, hash)
      else
        await context.internalAdapter.linkAccount({
          userId: user.id,
          providerId: 'credential',
          accountId: user.id,
          password: hash,
        })
      await pool.query(
        `insert into identity.membership (user_id, district_id, person_id) values ($1, $2, $3) on conflict do nothing`,
        [user.id, district, person],
      )
    },

    async clean() {
      const removed = await Promise.all([
        pool.query('delete from session where "expiresAt" < now()'),
        pool.query('delete from verification where "expiresAt" < now()'),
        // counts are of minutes; their time is in milliseconds since the epoch
        pool.query('delete from "rateLimit" where "lastRequest" < $1', [Date.now() - DAY_MS]),
      ])
      return removed.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0)
    },

    close: () => pool.end(),
  }

  async function userOf(district: Uuid, person: Uuid): Promise<Uuid | undefined> {
    const { rows } = await pool.query<{ user_id: Uuid }>(
      'select user_id from membership where district_id = $1 and person_id = $2',
      [district, person],
    )
    return rows[0]?.user_id
  }

  /** Somebody with no password: their way in is an invitation. The address reaches nobody (RFC 2606). */
  async function newUser(district: Uuid, person: Uuid, name: string): Promise<Uuid> {
    const { internalAdapter } = await auth.$context
    const email = `${person}@invited.invalid`
    const user = await internalAdapter.createUser({ email, name, emailVerified: true }, { method: 'admin' })
    await pool.query(
      'insert into membership (user_id, district_id, person_id) values ($1, $2, $3) on conflict do nothing',
      [user.id, district, person],
    )
    return user.id
  }

  /** Undefined: the session has less than `leftS` to go, or belongs to no district. */
  async function memberOf(
    session: Uuid,
    key: Uuid | null,
    leftS: number,
  ): Promise<{ actor: Actor; revoked: boolean } | undefined> {
    const { rows } = await pool.query<{
      district: Uuid
      person: Uuid
      roles: string[]
      revoked: boolean
    }>({
      name: 'member',
      text: `
        select m.district_id as district, m.person_id as person, m.roles, m.revoked
        from session s, handrail.actor_of(s."userId", $2) m
        where s.id = $1 and s."expiresAt" > now() + make_interval(secs => $3)`,
      values: [session, key, leftS],
    })
    const row = rows[0]
    return (
      row && { actor: { district: row.district, person: row.person, roles: row.roles }, revoked: row.revoked }
    )
  }

  async function isRevoked(key: Uuid): Promise<boolean> {
    const found = await pool.query<{ revoked: boolean }>('select handrail.key_revoked($1) as revoked', [key])
    return found.rows[0]?.revoked === true
  }
}
