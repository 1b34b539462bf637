/**
 * The log says that something happened, never to whom: only the fields named here are written, and no message of an
 * error is (PostgreSQL puts values into them). Ids of records and people are not student data by themselves, yet
 * are left out too; the trail has them.
 */
import pino from 'pino'

const ALLOWED = [
  'level',
  'time',
  'event',
  'route',
  'method',
  'status',
  'ms',
  'code',
  'error',
  'frames',
  'count',
  'port',
] as const

export type LogFields = Partial<Record<(typeof ALLOWED)[number], string | number | readonly string[]>>

export type Log = pino.Logger

export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    messageKey: 'event',
    formatters: { log: (fields: Record<string, unknown>) => pick(fields) },
    serializers: { err: errorFields, req: () => undefined, res: () => undefined },
  })
}

/** What may be said of an error: its class, its code, where in our code it arose. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  const code = (error as { code?: unknown }).code
  return {
    error: error.name,
    frames: frames.slice(0, 8).map((line) => line.trim()),
    ...(typeof code === 'string' ? { code } : {}),
  }
}

function pick(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => (ALLOWED as readonly string[]).includes(name)),
  )
}
