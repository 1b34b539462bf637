/** The first administrator of a district, made on the command line; everybody else is invited or imported later. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { uuidOf, uuidv7 } from '../../../platform/core/ids.ts'
import type { Database } from '../../../platform/server/db.ts'
import type { Directory } from '../../../platform/server/directory.ts'
import type { Identity } from '../../../platform/server/identity.ts'
import { loadRoster } from './queries.ts'

interface Services {
  readonly database: Database
  readonly directory: Directory
  readonly identity: Identity
}

const Input = z
  .object({
    email: z.email('--email must be an e-mail address'),
    name: z.string('--name "Given Family" is needed').trim().min(1),
    district: z.string().trim().min(1).optional(),
    password: z.string().min(12, '--password must have at least 12 characters').max(256).optional(),
    tz: z.string().default('America/New_York'),
  })
  .refine(
    ({ password, email, name, district }) =>
      !password || !isGuessable(password, [email, name, district ?? '']),
    {
      error: '--password is easy to guess: it repeats itself, or holds the name, the address or the district',
    },
  )

/** True when a password has few different characters, or holds a word (4 letters or more) of what is known of its owner. */
function isGuessable(password: string, known: readonly string[]): boolean {
  const words = known.flatMap((text) => text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [])
  return new Set(password).size < 6 || words.some((word) => password.toLowerCase().includes(word))
}

/**
 * Makes an administrator in the named district, or in the only one that is not a demo; a district that does not
 * exist is made. Without a password one is generated and shown once.
 */
export async function createAdministrator(
  services: Services,
  options: {
    email: string | undefined
    name: string | undefined
    district: string | undefined
    password: string | undefined
  },
): Promise<{ ok: boolean; report: unknown; text: string }> {
  const parsed = Input.safeParse(options)
  if (!parsed.success) {
    const messages = parsed.error.issues.map((issue) => issue.message)
    return { ok: false, report: { ok: false, messages }, text: messages.join('\n') }
  }
  const { email, name, tz } = parsed.data
  const password = parsed.data.password ?? randomBytes(12).toString('base64url')
  const real = services.directory.all.filter((one) => !one.demo)
  const districtName = parsed.data.district ?? (real.length === 1 ? real[0]?.name : undefined)
  if (districtName === undefined) {
    const message =
      real.length === 0 ? 'Name the district: --district "Our District"' : 'Which district? --district NAME'
    return { ok: false, report: { ok: false, messages: [message] }, text: message }
  }
  const now = Date.now()
  const district = real.find((one) => one.name === districtName)?.id ?? uuidv7(now)
  const person = uuidOf(`${district}:admin:${email}`)
  const words = name.split(/\s+/)
  await loadRoster(
    services.database,
    { id: district, name: districtName, tz, demo: false, clockOffsetMs: 0 },
    {
      schools: [],
      people: [
        {
          id: person,
          sourceId: `admin:${email}`,
          given: words[0] ?? name,
          family: words.slice(1).join(' '),
          email,
        },
      ],
      roles: [
        {
          id: uuidv7(now),
          person,
          role: 'administrator',
          school: null,
          from: new Date(now).toISOString(),
          to: null,
        },
      ],
      students: [],
      sections: [],
      enrollments: [],
      relationships: [],
    },
    { source: 'command line', report: {} },
  )
  await services.directory.load(services.database.pool)
  await services.identity.ensureUser({ email, name, password, district, person })
  const shown = parsed.data.password ? '' : `\nPassword (shown once): ${password}`
  return {
    ok: true,
    report: { ok: true, district, person, ...(parsed.data.password ? {} : { password }) },
    text: `${name} is administrator of ${districtName}. Sign in with ${email}.${shown}`,
  }
}
