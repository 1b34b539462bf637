/**
 * Fetches a roster from a OneRoster 1.2 service: a token for the client's credentials (OAuth 2, RFC 6749 4.4), every
 * page of every collection by limit and offset, and first, whether anything changed at all since the last time. Called
 * by the command line. The secret goes to the token's address only, over HTTPS unless that is this very machine; no
 * redirect is followed with it.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { COLLECTIONS, readRest, type Collection, type Collections } from '../rest.ts'
import { uuidOf } from '../../../platform/core/ids.ts'
import { districtFor, outcomeOf, refused, type ImportServices } from './import.ts'

export interface RestService {
  /** Up to and without `/ims/oneroster/rostering/v1p2`. */
  readonly url: string
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
}

const PATH = '/ims/oneroster/rostering/v1p2'
const SCOPE = 'https://purl.imsglobal.org/spec/or/v1p2/scope/roster.readonly'
const PAGE = 1000
/** No district has more objects of a kind; a service that never ends is not read for ever. */
const MOST = 5_000_000
const PATIENCE_MS = 60_000
const TRIES = 4

/** Everything of the service, or null when nothing in it is newer than `since`. Throws an Error in plain words. */
export async function fetchRoster(service: RestService, since: Date | null): Promise<Collections | null> {
  for (const address of [service.url, service.tokenUrl]) refusePlain(address)
  const get = getter(service, await tokenOf(service))
  if (since !== null) {
    const changed = await Promise.all(
      COLLECTIONS.map(async (name) => {
        const filter = `dateLastModified>'${since.toISOString()}'`
        return (await get(name, { limit: '1', offset: '0', filter })).length > 0
      }),
    )
    if (!changed.includes(true)) return null
  }
  const found: Partial<Record<Collection, unknown[]>> = {}
  for (const name of COLLECTIONS) {
    const objects: unknown[] = []
    for (;;) {
      const page = await get(name, { limit: String(PAGE), offset: String(objects.length) })
      for (const object of page) objects.push(object)
      // a service may answer fewer than were asked for: only an empty page is the end
      if (page.length === 0) break
      if (objects.length > MOST)
        throw new Error(`The service has more than ${MOST} ${name}; that cannot be right.`)
    }
    found[name] = objects
  }
  return found as Collections
}

function refusePlain(address: string): void {
  const { protocol, hostname } = new URL(address)
  if (
    protocol === 'https:' ||
    (protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
  )
    return
  throw new Error('The service must be asked over HTTPS: a roster and its secret do not travel in the open.')
}

const Token = z.object({ access_token: z.string().min(1), token_type: z.string() })

async function tokenOf({ tokenUrl, clientId, clientSecret }: RestService): Promise<string> {
  const credentials = [clientId, clientSecret].map(encodeURIComponent).join(':')
  const answer = await asked('the token', tokenUrl, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: SCOPE }).toString(),
  })
  const token = Token.safeParse(answer)
  if (!token.success) throw new Error('The address of the token did not answer with a token.')
  return token.data.access_token
}

function getter({ url }: RestService, token: string) {
  return async (name: Collection, query: Record<string, string>): Promise<unknown[]> => {
    const address = `${url.replace(/\/$/, '')}${PATH}/${name}?${new URLSearchParams(query).toString()}`
    const answer = await asked(name, address, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    })
    const objects = z.object({ [name]: z.array(z.unknown()) }).safeParse(answer)
    if (!objects.success)
      throw new Error(`The service answered ${name} in another shape than OneRoster 1.2 gives it.`)
    return objects.data[name] ?? []
  }
}

/** The answer as JSON. Too many questions and a service that is away are asked again, later. */
async function asked(what: string, address: string, init: RequestInit): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(address, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(() => null)
    if (answer?.ok) {
      return answer.json().catch(() => {
        throw new Error(`The service answered ${what} with something that is no JSON.`)
      })
    }
    const again = answer === null || answer.status === 429 || answer.status >= 500
    if (!again || attempt >= TRIES)
      throw new Error(
        `The service did not give ${what}: ${answer === null ? 'it cannot be reached' : `it answered ${answer.status}`}.`,
      )
    const wait = Number(answer?.headers.get('retry-after'))
    await delay(Math.min(wait > 0 ? wait * 1000 : 250 * 2 ** attempt, 30_000))
  }
}

const SOURCE = 'oneroster-rest'

/** `import oneroster-rest`: the roster of a service into a district. */
export async function importRosterService(
  services: ImportServices,
  service: { readonly [name in keyof RestService]?: string | undefined },
  flags: { district: string | undefined; dryRun: boolean; acceptLeavers: boolean },
): Promise<{ ok: boolean; report: unknown; text: string }> {
  const { url, tokenUrl, clientId, clientSecret } = service
  if (!url || !tokenUrl || !clientId || !clientSecret || flags.district === undefined)
    return refused(
      '--url, --token-url, --client-id and --district are needed, and the secret in HANDRAIL_ONEROSTER_SECRET',
    )
  const found = districtFor(services.directory, flags.district)
  if ('message' in found) return refused(found.message)
  const { district } = found
  const began = performance.now()
  const last = await services.database.asSystem(district.id, (tx) =>
    tx.read
      .selectFrom('import_run')
      .select('at')
      .where('district_id', '=', district.id)
      .where('source', '=', SOURCE)
      .orderBy('at', 'desc')
      .limit(1)
      .executeTakeFirst(),
  )
  // their clock and ours need not agree to the minute
  const since = last ? new Date(last.at.getTime() - 3_600_000) : null
  const collections = await fetchRoster({ url, tokenUrl, clientId, clientSecret }, since)
  if (collections === null) {
    const message = 'Nothing has changed since the last import.'
    return { ok: true, report: { ok: true, imported: false, changed: false }, text: message }
  }
  const { terms, ...reading } = readRest(collections, {
    ids: (type, source) => uuidOf(`${district.id}:${type}:${source}`),
    now: new Date().toISOString(),
    tz: district.tz,
  })
  return outcomeOf(
    services,
    district,
    { format: 'oneroster', full: true, extras: { facts: [], days: [], terms }, ...reading },
    { ...flags, source: SOURCE },
    began,
  )
}
