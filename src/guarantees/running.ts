/**
 * The whole server on a database of its own, listening on a port, for tests that come over real HTTP; and a visitor
 * who comes with a cookie, as a browser does. app.test.ts, matrix.test.ts and log.test.ts start it.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { startApp, type App } from '../app.ts'
import { openCore, type Core, type CoreOptions } from '../core.ts'
import { cedarBend } from '../demo/cedar-bend.ts'
import { demoPassword, demoUsers, loadDemo } from '../demo/load.ts'
import { personId, type StaffKey } from '../demo/people.ts'
import type { Json } from '../platform/core/canonical.ts'
import { uuidv7 } from '../platform/core/ids.ts'
import type { Envelope } from '../platform/records/envelope.ts'
import type { Config } from '../platform/server/config.ts'
import type { Log } from '../platform/server/log.ts'
import { createTestDatabase, type TestDatabase } from '../platform/server/testing.ts'
import { testAppPassword } from '../platform/server/testing-servers.ts'
import { device, MEASURE, sessionOf } from './school.ts'

export interface Running {
  readonly core: Core
  readonly app: App
  readonly url: string
  readonly db: TestDatabase
  readonly dataDir: string
  /** Somebody who is not signed in. */
  visitor(): Visitor
  /** A persona of the demo page, signed in. */
  persona(id: string): Promise<Visitor>
  /** Anybody else of any district, signed in. */
  member(district: string, person: string): Promise<Visitor>
  close(): Promise<void>
}

export interface RunningOptions {
  /** The demo school without its year of history. */
  readonly demo?: boolean
  readonly log?: Log
  /** Another way to the same database. */
  readonly databaseUrl?: (ownerUrl: string) => string | Promise<string>
  readonly config?: Partial<Config>
  readonly core?: CoreOptions
  /** A built web app; true makes a little one. */
  readonly web?: boolean
}

export async function openRunning(engine: string, options: RunningOptions = {}): Promise<Running> {
  const db = await createTestDatabase(engine)
  const dataDir = dataFolder()
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    databaseUrl: (await options.databaseUrl?.(db.ownerUrl)) ?? db.ownerUrl,
    dataDir,
    demo: options.demo ?? false,
    origin: undefined,
    log: 'silent',
    ...options.config,
  }
  const core = await openCore(config, options.core)
  if (options.demo) await loadDemo(core, { history: false })
  const app = await startApp(options.log ? { ...core, log: options.log } : core, {
    webRoot: options.web ? littleWeb(dataDir) : join(dataDir, 'no-web'),
  })
  const visitor = () => new Visitor(app.url)
  return {
    core,
    app,
    url: app.url,
    db,
    dataDir,
    visitor,
    async persona(id) {
      const one = visitor()
      expect((await one.post('/api/demo/sign-in', { persona: id })).status).toBe(200)
      return one
    },
    async member(district, person) {
      // a persona has a sign-in already
      const known = demoUsers().find((user) => user.id === person)
      const email = known?.email ?? `${person}@test.invalid`
      const password = known ? demoPassword(core, email) : `known to the test of ${person}`
      if (!known) await core.identity.ensureUser({ email, name: 'Member', password, district, person })
      const one = visitor()
      one.keep((await core.identity.signIn(email, password)) ?? [])
      return one
    },
    async close() {
      await app.close()
      await db.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The demo school's own time, ms. */
export function demoNow({ core }: Pick<Running, 'core'>): number {
  return core.directory.now(cedarBend().district.id)
}

/** A device of one of the demo school's staff; its records are a minute old and follow each other by a second. */
export function demoDevice(house: Pick<Running, 'core'>, who: StaffKey, name = 'phone') {
  const actor = { district: cedarBend().district.id, person: personId(who), roles: [] }
  return device(actor, demoNow(house) - 60_000, name)
}

/** The case manager publishes a program for a student of the demo school, over HTTP. */
export async function publishProgram(
  house: Running,
  visitor: Visitor,
  student: string,
  title = 'Requests',
  by: StaffKey = 'dana',
): Promise<{ student: string; program: string; version: string }> {
  const program = uuidv7(demoNow(house))
  const record = demoDevice(house, by, title).record('sessions.program', {
    student,
    refs: { program },
    body: {
      title,
      goal: 'Requests what is needed.',
      definition: 'Any form.',
      direction: 'increase',
      measure: MEASURE as unknown as Json,
      criterion: '80 % over 3 sessions',
      number: 1,
    },
  })
  const answer = await visitor.post('/api/records', { records: [record] })
  expect(answer.json()).toMatchObject({ acks: [{ id: record.id, status: 'accepted' }] })
  return { student, program, version: record.id }
}

/** A session of that program with as many correct trials. */
export function sessionRecords(
  house: Pick<Running, 'core'>,
  phone: ReturnType<typeof device>,
  { student, program, version }: { student: string; program: string; version: string },
  trials: number,
): Envelope[] {
  const results = Array.from({ length: trials }, () => ({ result: '+' }))
  const school = { students: { amari: student, bella: student }, program, version }
  return sessionOf(school, phone, results, demoNow(house) - 50_000).records
}

/**
 * A data folder of its own. Its password of the app's role is the one that all databases of a test run share:
 * a role belongs to a whole cluster, and every start sets its password.
 */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-data-'))
  mkdirSync(join(folder, 'secrets'), { mode: 0o700 })
  writeFileSync(join(folder, 'secrets', 'app_password'), testAppPassword)
  return folder
}

function littleWeb(dataDir: string): string {
  const root = join(dataDir, 'web')
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Handrail</title>')
  writeFileSync(join(root, 'assets', 'app-1a2b3c.js'), 'export {}')
  return root
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON. */
  json<T = Record<string, unknown>>(): T
}

/** Somebody at a browser: keeps the cookies that the server sets. */
export class Visitor {
  readonly url: string
  readonly #cookies = new Map<string, string>()

  constructor(url: string) {
    this.url = url
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Takes Set-Cookie lines. */
  keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = ''] = line.split(';')
      const [name = '', value = ''] = pair.split(/=(.*)/s)
      if (value === '' || /max-age=0/i.test(line)) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask(path, { headers })
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  }

  async ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = new Headers(init.headers)
    if (this.#cookies.size > 0) headers.set('cookie', this.cookie)
    const response = await fetch(this.url + path, { redirect: 'manual', ...init, headers })
    this.keep(response.headers.getSetCookie())
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: <T>() => JSON.parse(text) as T,
    }
  }
}
