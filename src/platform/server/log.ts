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

/** `destination` is where lines go, standard output unless said. */
export function createLog(level: string, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    messageKey: 'event',
    formatters: { log: pick },
    hooks: {
      // Neither the message of an error nor what a library would put into its words is written.
      logMethod([first, words], method) {
        const event = typeof first === 'string' ? first : words
        method.call(this, fieldsOf(first), typeof event === 'string' ? event : '')
      },
    },
  }
  const log: Log = destination ? pino(options, destination) : pino(options)
  // a child (Fastify makes one a request) has no fields of its own
  const child = log.child.bind(log)
  return Object.assign(log, {
    child: (_fields: pino.Bindings, own?: pino.ChildLoggerOptions) => child({}, own),
  })
}

/** What may be said of an error: its class, its code, where in our code it arose. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error }
  const { name, message, stack = '' } = error
  const code = (error as { code?: unknown }).code
  return {
    error: name,
    frames: stack
      // a message may have lines that look like frames
      .replace(message, '')
      .split('\n')
      .filter((line) => line.trimStart().startsWith('at '))
      .slice(0, 8)
      .map((line) => line.trim()),
    ...(typeof code === 'string' ? { code } : {}),
  }
}

function fieldsOf(first: unknown): object {
  if (first instanceof Error) return errorFields(first)
  if (typeof first !== 'object' || first === null) return {}
  return 'err' in first ? { ...first, ...errorFields(first.err) } : first
}

function pick(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => (ALLOWED as readonly string[]).includes(name) && isPlain(value),
    ),
  )
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string')
  return typeof value === 'string' || typeof value === 'number'
}
