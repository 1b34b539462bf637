/** SIGTERM in a flood, to the app as a process of its own: what was answered is kept, what was not is refused cleanly. */
import { rmSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCore } from '../core.ts'
import { loadDemo } from '../demo/load.ts'
import { createTestDatabase, testEngines, type TestDatabase } from '../platform/server/testing.ts'
import { compare, examine, flood, openClients, resend, startProcess, type Client } from './process.ts'
import { dataFolder } from './running.ts'

/** The drain time of app.ts, and what a busy machine needs to start and end processes. */
const DRAIN_MS = 10_000
const SLACK_MS = 20_000

describe.each(testEngines())('stopping the app on $name', { timeout: 120_000 }, ({ name }) => {
  let db: TestDatabase
  let environment: Record<string, string>
  /** All who ever sent something here. */
  const everybody: Client[] = []
  beforeAll(async () => {
    db = await createTestDatabase(name)
    const dataDir = dataFolder()
    environment = { HANDRAIL_DATA: dataDir, DATABASE_URL: db.ownerUrl, PORT: '0' }
    const core = await openCore({
      port: 0,
      host: '127.0.0.1',
      databaseUrl: db.ownerUrl,
      dataDir,
      demo: true,
      origin: undefined,
      log: 'silent',
    })
    await loadDemo(core, { history: false })
    await core.close()
  }, 120_000)
  afterAll(async () => {
    await db.drop()
    rmSync(environment['HANDRAIL_DATA'] ?? '', { recursive: true, force: true })
  })

  it('G1 G2 finishes what it has begun to answer, refuses the rest, and ends with open streams', async () => {
    const app = await startProcess(environment)
    const clients = await openClients(app.url)
    everybody.push(...clients)
    const streams = await Promise.all(
      clients.map(({ visitor }) => fetch(`${app.url}/api/live`, { headers: { cookie: visitor.cookie } })),
    )
    expect(streams.map(({ status }) => status)).toEqual(clients.map(() => 200))
    const pouring = flood(clients)
    await until(() => pouring.acked() > 60)
    const began = performance.now()
    const code = await app.end('SIGTERM')
    const took = performance.now() - began
    await pouring.stop()
    expect(code).toBe(0)
    expect(took).toBeLessThan(DRAIN_MS + SLACK_MS)
    // 200 with acknowledgements, 503, or nobody there
    expect(pouring.odd).toEqual([])
    // a job that the busy machine cut short is told of, and done again; nothing else is said
    const [first, ...more] = app.said().trimEnd().split('\n')
    expect(first).toBe(`Handrail is ready: ${app.url}`)
    expect(more.filter((line) => !/"event":"(jobs: |job \S+ failed)/.test(line)).join('\n')).toBe('')
    for (const stream of streams) expect(await stream.text()).not.toContain('problem')
    await compare(db.ownerUrl, everybody)
    await examine(db.ownerUrl, db.appUrl)

    // every one of them can be sent again to the next
    const next = await startProcess({ ...environment, PORT: new URL(app.url).port })
    const said = await resend(clients)
    expect([...said].filter((status) => status !== 'accepted' && status !== 'duplicate')).toEqual([])
    await compare(db.ownerUrl, everybody)
    expect(await next.end('SIGINT')).toBe(0)
  })

  it('tells whoever comes while it stops to come again, and does not log that anything failed', async () => {
    const app = await startProcess(environment)
    const { hostname, port } = new URL(app.url)
    const socket = connect(Number(port), hostname)
    let heard = ''
    socket.setEncoding('utf8').on('data', (text) => {
      heard += text
    })
    // the first half of a request, so that it comes in after the stop has begun
    socket.write('GET /api/time HTTP/1.1\r\nhost: localhost\r\n')
    await delay(200)
    const ended = app.end('SIGTERM')
    await delay(500)
    socket.write('\r\n')
    expect(await ended).toBe(0)
    expect(heard).toContain('HTTP/1.1 503')
    expect(heard).toContain('server.stopping')
    expect(app.said()).toBe(`Handrail is ready: ${app.url}\n`)
  })

  it('ends at once when it is told a second time, whatever is under way', async () => {
    const app = await startProcess(environment)
    const [client] = await openClients(app.url)
    if (client) everybody.push(client)
    const holder = new pg.Client({ connectionString: db.ownerUrl })
    holder.on('error', () => {})
    await holder.connect()
    await holder.query('begin; select from handrail.counter for update')
    const pouring = flood(client ? [client] : [])
    const watcher = new pg.Client({ connectionString: db.ownerUrl })
    await watcher.connect()
    await until(async () => {
      const { rows } = await watcher.query(
        `select count(*)::int as n from pg_stat_activity
         where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`,
      )
      return rows[0].n > 0
    })
    const ended = app.end('SIGTERM')
    await delay(300)
    expect(app.child.exitCode).toBe(null)
    const began = performance.now()
    app.child.kill('SIGTERM')
    await ended
    expect(performance.now() - began).toBeLessThan(DRAIN_MS / 2)
    await pouring.stop()
    expect(pouring.acked()).toBe(0)
    await holder.end()
    await watcher.end()
    await compare(db.ownerUrl, everybody)
  })
})

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1500; tries++) {
    if (await condition()) return
    await delay(20)
  }
  throw new Error('waited in vain')
}
