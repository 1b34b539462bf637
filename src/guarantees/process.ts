/**
 * The app as a process of its own, started from its front door, and clients that push records into it while it is
 * killed, stopped or cut off. kill.test.ts and shutdown.test.ts use it; what they look at afterwards is the database.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { expect } from 'vitest'
import { openCore, openDatabase } from '../core.ts'
import { cedarBend } from '../demo/cedar-bend.ts'
import { loadDemo } from '../demo/load.ts'
import { personId, studentId, type StaffKey } from '../demo/people.ts'
import type { Json } from '../platform/core/canonical.ts'
import { uuidv7 } from '../platform/core/ids.ts'
import type { Envelope } from '../platform/records/envelope.ts'
import type { PushResponse } from '../platform/records/wire.ts'
import { sealAudit, verifyAudit } from '../platform/server/audit.ts'
import { appUrlOf } from '../platform/server/migrate.ts'
import { freePort, ownerRole } from '../platform/server/postgres.ts'
import { rebuild } from '../platform/server/views.ts'
import { registry } from '../registry.ts'
import { Visitor } from './running.ts'
import { device, MEASURE, sessionOf } from './school.ts'

const SERVER = join(import.meta.dirname, '..', 'server.ts')
const DISTRICT = cedarBend().district.id

/** The web app is not what is tested here, and building it would take longer than all the rest. */
const WITHOUT_BUILD = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  registerHooks({
    load: (url, context, next) =>
      url.endsWith('/src/build.ts')
        ? { format: 'module', shortCircuit: true, source: 'export async function buildWeb() {}' }
        : next(url, context),
  })
`)}`

export interface AppProcess {
  readonly child: ChildProcess
  readonly url: string
  /** What it has printed, both ways. */
  readonly said: () => string
  kill(): Promise<void>
  /** Sends the signal and waits for the end; the exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | string | null>
}

/** Starts `src/server.ts` and waits until it is ready. Throws with its words when it ends before. */
export async function startProcess(environment: Record<string, string>): Promise<AppProcess> {
  const { DATABASE_URL: _none, ...inherited } = process.env
  const child = spawn(process.execPath, ['--import', WITHOUT_BUILD, SERVER], {
    env: { ...inherited, NODE_ENV: 'production', HANDRAIL_LOG: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const ready = new Promise<string>((resolve, reject) => {
    const heard = (chunk: Buffer) => {
      text += chunk.toString()
      const url = /Handrail is ready: (\S+)/.exec(text)?.[1]
      if (url) resolve(url)
    }
    child.stdout.on('data', heard)
    child.stderr.on('data', heard)
    child.once('close', (code) => reject(new Error(`ended with ${code}: ${text}`)))
  })
  const ended = once(child, 'exit')
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const [code, by] = (await ended) as [number | null, string | null]
    return code ?? by
  }
  return {
    child,
    url: await ready,
    said: () => text,
    end,
    kill: async () => void (await end('SIGKILL')),
  }
}

/** Where an app runs: its settings, and its database. */
export interface Place {
  readonly environment: Record<string, string>
  /** Folder of the database's cluster. */
  readonly data: string
  /** The address of the owner, as it is now. */
  ownerUrl(): string
  appUrl(): string
  /** Starts a database that was killed, where it is not the app's own. */
  revive(): Promise<void>
  close(): Promise<void>
}

/** The app's own database, loaded with the demo school as `npm start` would, without its year of history. */
export async function ownDatabase(dataDir = freshFolder()): Promise<Place> {
  await loaded(dataDir, undefined)
  const home = realpathSync(join(dataDir, 'postgres'))
  const secret = (name: string) => readFileSync(join(dataDir, 'secrets', name), 'utf8').trim()
  const ownerUrl = () =>
    `postgres://${ownerRole}:${secret('postgres-password')}@127.0.0.1:${readFileSync(join(home, 'port'), 'utf8').trim()}/${ownerRole}`
  return {
    environment: { HANDRAIL_DATA: dataDir, PORT: String(await freePort(0)) },
    data: join(home, 'data'),
    ownerUrl,
    appUrl: () => appUrlOf(ownerUrl(), secret('app_password')),
    revive: async () => {},
    close: async () => {
      // its guard stops the database a moment after the app
      for (let i = 0; i < 100 && isThere(join(home, 'data', 'postmaster.pid')); i++) await delay(50)
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Loads the demo school, without its year of history, as the app itself would at its first start. */
export async function loaded(dataDir: string, databaseUrl: string | undefined): Promise<void> {
  const core = await openCore({
    port: 0,
    host: '127.0.0.1',
    databaseUrl,
    dataDir,
    demo: true,
    origin: undefined,
    log: 'silent',
  })
  await loadDemo(core, { history: false })
  await core.close()
}

function isThere(file: string): boolean {
  try {
    return readFileSync(file, 'utf8') !== ''
  } catch {
    return false
  }
}

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-kill-'))
  chmodSync(folder, 0o755)
  return folder
}

/** Kills a PostgreSQL server and all it is made of, or one of its connections, at once. */
export function killPostgres(data: string, what: 'all' | 'a backend'): void {
  const pid = Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10)
  const children = childrenOf(pid)
  const killed =
    what === 'all'
      ? [pid, ...children]
      : children.filter((one) => commandOf(one).includes('handrail_app')).slice(-1)
  expect(killed.length).toBeGreaterThan(0)
  for (const one of killed) process.kill(one, 'SIGKILL')
}

function childrenOf(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`
  const pids = existsSync(file)
    ? readFileSync(file, 'utf8')
    : execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
  return pids.split(/\s+/).filter(Boolean).map(Number)
}

function commandOf(pid: number): string {
  return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
}

/** Somebody with a device who records sessions and sends them, several requests at once, and remembers every answer. */
export interface Client {
  readonly visitor: Visitor
  readonly sent: Map<string, Envelope>
  /** Digest of each record that the server said it has. */
  readonly acked: Map<string, string>
  /** Digests of what was acknowledged in earlier rounds, and is not sent again. */
  readonly settled: Map<string, string>
}

export interface Flood {
  readonly clients: readonly Client[]
  /** Records acknowledged so far. */
  readonly acked: () => number
  /** Answers that were neither 200 nor a refusal to try again later. */
  readonly odd: string[]
  stop(): Promise<void>
}

/** Signs three people in and publishes a program for each of their students. */
export async function openClients(url: string): Promise<Crew> {
  const dana = await signedIn(url, 'case-manager')
  const { now } = (await dana.get('/api/time')).json<{ now: number }>()
  const programs = new Map<string, { program: string; version: string }>()
  const publisher = device(actorOf('dana'), now - 3_600_000, `publisher ${now}`)
  for (const student of [studentId('am'), studentId('bk')]) {
    const program = uuidv7(now)
    const record = publisher.record('sessions.program', { student, refs: { program }, body: PROGRAM })
    const answer = await dana.post('/api/records', { records: [record] })
    expect(answer.json()).toMatchObject({ acks: [{ id: record.id, status: 'accepted' }] })
    programs.set(student, { program, version: record.id })
  }
  const open = async (visitor: Visitor, who: StaffKey, student: string, name: string) => ({
    visitor,
    sent: new Map<string, Envelope>(),
    acked: new Map<string, string>(),
    settled: new Map<string, string>(),
    phone: device(actorOf(who), now - 3_600_000, `${name} ${now}`),
    school: {
      students: { amari: student, bella: student },
      ...(programs.get(student) ?? { program: '', version: '' }),
    },
    at: now - 3_000_000,
  })
  const maya = await signedIn(url, 'para')
  return [
    await open(maya, 'maya', studentId('am'), 'phone'),
    await open(maya, 'maya', studentId('am'), 'tablet'),
    await open(await signedIn(url, 'other-para'), 'andre', studentId('bk'), 'phone'),
    await open(dana, 'dana', studentId('bk'), 'laptop'),
  ]
}

type Crew = readonly (Client & {
  readonly phone: ReturnType<typeof device>
  readonly school: Parameters<typeof sessionOf>[0]
  at: number
})[]

/** Everybody sends sessions of a few trials, two requests at a time, until told to stop or nobody answers any more. */
export function flood(clients: Crew): Flood {
  let stopped = false
  const odd: string[] = []
  const sending = clients.flatMap((client) => [0, 1].map((lane) => send(client, lane)))
  async function send(client: Crew[number], lane: number): Promise<void> {
    for (let n = lane; !stopped; n += 2) {
      const trials = Array.from({ length: 1 + (n % 7) }, () => ({ result: '+' }))
      client.at += 10_000
      const { records } = sessionOf(client.school, client.phone, trials, client.at)
      for (const record of records) client.sent.set(record.id, record)
      await offer(client, records, odd)
    }
  }
  return {
    clients,
    odd,
    acked: () => clients.reduce((sum, { acked }) => sum + acked.size, 0),
    async stop() {
      stopped = true
      await Promise.all(sending)
    },
  }
}

/** One request; its acknowledgements are remembered, and its failure too unless it says to try again. */
async function offer(client: Client, records: readonly Envelope[], odd: string[]): Promise<void> {
  try {
    const answer = await client.visitor.post('/api/records', { records })
    if (answer.status === 200) {
      for (const ack of answer.json<PushResponse>().acks)
        if (ack.status === 'accepted' || ack.status === 'duplicate')
          client.acked.set(ack.id, ack.digest ?? '')
        else odd.push(`${ack.status} ${ack.code}`)
      return
    }
    if (answer.status !== 503 && answer.status !== 507) odd.push(`${answer.status} ${answer.text}`)
  } catch {
    // nobody is there, or nobody any more
  }
  // a device waits longer before it tries again
  await delay(20)
}

/** Everything once more, as a device does that heard no answer. Returns what was said: accepted, duplicate. */
export async function resend(clients: readonly Client[]): Promise<Set<string>> {
  const said = new Set<string>()
  for (const client of clients) {
    const records = [...client.sent.values()]
    for (let i = 0; i < records.length; i += 400) {
      // before it is asked: of two answers on their way, the one that says `duplicate` may arrive first
      const before = new Set(client.acked.keys())
      const answer = await client.visitor.post('/api/records', { records: records.slice(i, i + 400) })
      expect(answer.status).toBe(200)
      for (const ack of answer.json<PushResponse>().acks) {
        said.add(ack.status)
        // what it had said it has, it has
        if (before.has(ack.id)) expect([ack.id, ack.status]).toEqual([ack.id, 'duplicate'])
        client.acked.set(ack.id, ack.digest ?? '')
      }
    }
  }
  return said
}

/** Looks no more at single records of this round than whether they stay. */
export function settle(client: Client): void {
  for (const [id, digest] of client.acked) client.settled.set(id, digest)
  client.acked.clear()
  client.sent.clear()
}

/**
 * What was acknowledged is in the database, byte for byte and once; what was not is there whole or not at all; and
 * nothing is there that nobody sent.
 */
export async function compare(ownerUrl: string, clients: readonly Client[]): Promise<void> {
  const stored = await rowsOf<{ id: string; envelope: string; digest: string }>(
    ownerUrl,
    "select id, envelope, encode(digest, 'hex') as digest from record where kind <> 'sessions.program'",
  )
  const byId = new Map(stored.map((row) => [row.id, row]))
  expect(byId.size).toBe(stored.length)
  for (const { sent, acked, settled } of clients) {
    const promised = [...settled, ...acked]
    expect(promised.map(([id]) => [id, byId.get(id)?.digest])).toEqual(promised)
    for (const [id, record] of sent) {
      const row = byId.get(id)
      if (!row) continue
      const bytes = jcs(record as unknown as Json)
      expect(row).toEqual({ id, envelope: bytes, digest: createHash('sha256').update(bytes).digest('hex') })
    }
  }
  const known = new Set(clients.flatMap(({ sent, settled }) => [...sent.keys(), ...settled.keys()]))
  expect([...byId.keys()].filter((id) => !known.has(id))).toEqual([])
}

/**
 * Every record is told of in the trail, once, and none that is not there; positions have no gap and no twin; the
 * trail is a chain; and the views are what they are when they are folded anew.
 */
export async function examine(ownerUrl: string, appUrl: string): Promise<void> {
  const stored = await rowsOf<{ id: string; pos: number }>(
    ownerUrl,
    'select id, pos::int as pos from record order by pos',
  )
  const ids = stored.map((row) => row.id).sort()
  expect(stored.map((row) => row.pos)).toEqual(stored.map((_row, index) => index + 1))
  expect(await rowsOf(ownerUrl, 'select head::int as head from counter')).toEqual([{ head: stored.length }])
  const told = await rowsOf<{ id: string }>(
    ownerUrl,
    `select a.value ->> 0 as id from audit, json_array_elements(detail::json -> 'accepted') as a
     where action = 'records.ingest'`,
  )
  expect(told.map((row) => row.id).sort()).toEqual(ids)

  const database = openDatabase(appUrl, () => Date.now())
  try {
    await sealAudit(database, DISTRICT)
    expect(await verifyAudit(database, DISTRICT)).toMatchObject({ ok: true, unsealed: 0 })
    const before = await rowsOf(ownerUrl, VIEWS)
    expect(before.length).toBeGreaterThan(0)
    await rebuild(database, DISTRICT, registry)
    expect(await rowsOf(ownerUrl, VIEWS)).toEqual(before)
  } finally {
    await database.close()
  }
}

const VIEWS = `
  select view, version, part, parent, aud, wing, student_id, at::text, standing, state from projection order by view, part`

async function rowsOf<Row extends pg.QueryResultRow>(url: string, query: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=handrail' })
  await client.connect()
  try {
    return (await client.query<Row>(query)).rows
  } finally {
    await client.end()
  }
}

async function signedIn(url: string, persona: string): Promise<Visitor> {
  const visitor = new Visitor(url)
  expect((await visitor.post('/api/demo/sign-in', { persona })).status).toBe(200)
  return visitor
}

function actorOf(who: StaffKey) {
  return { district: DISTRICT, person: personId(who), roles: [] }
}

const PROGRAM = {
  title: 'Requests',
  goal: 'Requests what is needed.',
  definition: 'Any form.',
  direction: 'increase',
  measure: MEASURE as unknown as Json,
  criterion: '80 % over 3 sessions',
  number: 1,
}

/** RFC 8785 for what these records hold: texts, whole numbers, objects and lists; keys sorted by UTF-16 units. */
function jcs(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value as Record<string, Json>).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${jcs(inner)}`).join(',')}}`
}
