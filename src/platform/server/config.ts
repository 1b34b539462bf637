/** Configuration by environment, read once and checked; a wrong value stops the start with plain words. */
import { resolve } from 'node:path'
import { z } from 'zod'

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4400),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/./, 'an address like postgres://owner:password@host:5432/database')
    .optional(),
  HANDRAIL_DATA: z.string().min(1).default('.handrail'),
  HANDRAIL_DEMO: z.enum(['0', '1']).optional(),
  /** The address people use, when it is not http://HOST:PORT (behind a proxy). */
  HANDRAIL_ORIGIN: z
    .url({ protocol: /^https?$/, error: 'an address like https://handrail.example' })
    .optional(),
  /** Where figures for Prometheus are answered: an address of its own, never the public one. */
  HANDRAIL_METRICS: z
    .string()
    .regex(/^(\[[\da-fA-F:]+\]|[^:[\]]+):\d{1,5}$/, 'an address like 127.0.0.1:9464')
    .transform((text) => ({
      host: text.slice(0, text.lastIndexOf(':')).replace(/^\[|\]$/g, ''),
      port: Number(text.slice(text.lastIndexOf(':') + 1)),
    }))
    .refine(({ port }) => port <= 65_535, 'a port is 65535 at most')
    .optional(),
  HANDRAIL_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
})

export interface Config {
  readonly port: number
  readonly host: string
  /** Owner's URL of an external PostgreSQL; undefined = embedded. */
  readonly databaseUrl: string | undefined
  /** Folder of the embedded database and of the secrets. */
  readonly dataDir: string
  /** true / false as said; undefined = only where no district exists. */
  readonly demo: boolean | undefined
  readonly origin: string | undefined
  /** Where the figures are; undefined = nowhere. Port 0 = any free one. */
  readonly metrics?: { readonly host: string; readonly port: number } | undefined
  readonly log: 'silent' | 'error' | 'warn' | 'info' | 'debug'
}

/** Reads the configuration. Throws an Error that names each wrong variable. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(present)
  if (!parsed.success)
    throw new Error(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    )
  const value = parsed.data
  return {
    port: value.PORT,
    host: value.HOST,
    databaseUrl: value.DATABASE_URL,
    dataDir: resolve(value.HANDRAIL_DATA),
    demo: value.HANDRAIL_DEMO === undefined ? undefined : value.HANDRAIL_DEMO === '1',
    origin: value.HANDRAIL_ORIGIN,
    metrics: value.HANDRAIL_METRICS,
    log: value.HANDRAIL_LOG,
  }
}
