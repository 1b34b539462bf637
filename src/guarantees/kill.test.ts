/**
 * kill -9 in the middle of a flood: of the app, of the database and all it is made of, of one of its connections, of
 * everything at once. What was acknowledged to a client is there afterwards, byte for byte and once; what was not is
 * there whole or not at all; and everything sent again is told accepted or duplicate.
 *
 * On 18 the database is the one that the app brings and starts itself; on 15 one of somebody else's, with fsync on.
 */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appUrlOf } from '../platform/server/migrate.ts'
import { binariesIn, reachableBinaries } from '../platform/server/postgres-binaries.ts'
import {
  asSuperuser,
  createCluster,
  runCluster,
  stopLeftover,
  type Running,
} from '../platform/server/postgres-cluster.ts'
import { serverAccount } from '../platform/server/postgres-home.ts'
import { freePort, ownerRole } from '../platform/server/postgres.ts'
import { createTestDatabase, testEngines } from '../platform/server/testing.ts'
import { olderPostgres } from '../../scripts/older-postgres.mjs'
import { dataFolder } from './running.ts'
import {
  compare,
  examine,
  flood,
  killPostgres,
  loaded,
  openClients,
  ownDatabase,
  resend,
  settle,
  startProcess,
  type AppProcess,
  type Place,
} from './process.ts'

describe.each(testEngines())('kill -9 with the database of $name', { timeout: 120_000 }, ({ major }) => {
  let place: Place
  let app: AppProcess
  let clients: Awaited<ReturnType<typeof openClients>>
  beforeAll(async () => {
    place = await (major === 18 ? ownDatabase() : somebodysDatabase(major))
    app = await startProcess(place.environment)
    clients = await openClients(app.url)
  }, 120_000)
  afterAll(async () => {
    await app.kill()
    await place.close()
  })

  /**
   * Floods until so many records are acknowledged, does the harm, brings back what is down, looks at it all, and sends
   * everything again. Returns what was then said that is neither accepted nor duplicate.
   */
  const survive = async (acknowledged: number, harm: (stop: () => Promise<void>) => Promise<void>) => {
    const pouring = flood(clients)
    await until(() => pouring.acked() >= acknowledged)
    await delay(acknowledged % 17)
    await harm(() => pouring.stop())
    await pouring.stop()
    expect(pouring.odd, app.said().slice(-2000)).toEqual([])
    await compare(place.ownerUrl(), clients)
    const said = await resend(clients)
    await compare(place.ownerUrl(), clients)
    await examine(place.ownerUrl(), place.appUrl())
    // what was kept until now stays kept; only what comes next is sent again
    for (const client of clients) settle(client)
    return others(said)
  }
  /** A device finds its server again. */
  const healed = () =>
    until(async () => (await fetch(`${app.url}/api/health`).catch(() => undefined))?.status === 200)

  it.each([23, 180])('G1 G2 G8 G9 F2 F39 of the app, %i records into a flood', async (acknowledged) => {
    const said = await survive(acknowledged, async (stop) => {
      await app.kill()
      await stop()
      app = await startProcess(place.environment)
    })
    expect(said).toEqual([])
  })

  it('G1 G2 G8 G9 F39 of the database and all its processes; the app lives on and finds it again', async () => {
    const said = await survive(90, async () => {
      killPostgres(place.data, 'all')
      await delay(50)
      await place.revive()
      await healed()
      await delay(100)
    })
    expect(said).toEqual([])
  })

  it('G1 G2 G8 G9 F2 F39 of one connection of the database; the app lives on', async () => {
    const said = await survive(60, async () => {
      killPostgres(place.data, 'a backend')
      await healed()
      await delay(100)
    })
    expect(said).toEqual([])
  })

  it('G1 G2 G8 G9 F39 of the app and the database at once', async () => {
    const said = await survive(120, async (stop) => {
      killPostgres(place.data, 'all')
      await app.kill()
      await stop()
      await place.revive()
      app = await startProcess(place.environment)
    })
    expect(said).toEqual([])
  })

  it('G1 G3 F3 says accepted or duplicate to everybody who offers the same at once, also across a kill', async () => {
    const pouring = flood(clients)
    await until(() => pouring.acked() > 0)
    await app.kill()
    await pouring.stop()
    app = await startProcess(place.environment)
    const answers = await Promise.all([1, 2, 3].map(() => resend(clients)))
    expect(
      new Set(answers.flatMap((said) => [...said])).difference(new Set(['accepted', 'duplicate'])).size,
    ).toBe(0)
    await compare(place.ownerUrl(), clients)
    await examine(place.ownerUrl(), place.appUrl())
  })
})

describe.each(testEngines().filter(({ major }) => major === 18))(
  'two apps on one data folder',
  { timeout: 120_000 },
  () => {
    it('F38 refuses the second, and needs no tidying after a kill', async () => {
      const place = await ownDatabase()
      const app = await startProcess(place.environment)
      await expect(startProcess(place.environment)).rejects.toThrow(
        /ended with 1: .*already running on the data folder/,
      )
      expect((await fetch(`${app.url}/api/health`)).status).toBe(200)
      await app.kill()
      const next = await startProcess(place.environment)
      expect(next.said()).toBe(`Handrail is ready: ${app.url}\n`)
      await next.kill()
      await place.close()
    })
  },
)

describe.each(testEngines())('two apps on one database of $name', { timeout: 120_000 }, ({ name }) => {
  it('F38 lets both work, also when one is killed', async () => {
    const db = await createTestDatabase(name)
    const dataDir = dataFolder()
    await loaded(dataDir, db.ownerUrl)
    const environment = { HANDRAIL_DATA: dataDir, DATABASE_URL: db.ownerUrl, PORT: '0' }
    const [one, two] = [await startProcess(environment), await startProcess(environment)]
    const pouring = [flood(await openClients(one.url)), flood(await openClients(two.url))]
    await until(() => pouring.every((crew) => crew.acked() > 20))
    await two.kill()
    const before = pouring[0]?.acked() ?? 0
    await until(() => (pouring[0]?.acked() ?? 0) > before + 20)
    await Promise.all(pouring.map((crew) => crew.stop()))
    expect(pouring.flatMap((crew) => crew.odd)).toEqual([])
    await compare(
      db.ownerUrl,
      pouring.flatMap((crew) => crew.clients),
    )
    await examine(db.ownerUrl, db.appUrl)
    await one.kill()
    await db.drop()
    rmSync(dataDir, { recursive: true, force: true })
  })
})

function others(said: ReadonlySet<string>): string[] {
  return [...said].filter((status) => status !== 'accepted' && status !== 'duplicate')
}

/** A server as a district runs one: it writes to the disk before it says that it has. */
async function somebodysDatabase(major: number): Promise<Place> {
  const dataDir = dataFolder()
  const home = mkdtempSync(join(tmpdir(), 'handrail-theirs-'))
  chmodSync(home, 0o711)
  const account = serverAccount(join(home, 'data'))
  const binaries = reachableBinaries(binariesIn(olderPostgres(major) ?? ''), home, account)
  const cluster = { binaries, account, data: join(home, 'data') }
  const password = randomBytes(12).toString('base64url')
  const port = await freePort(0)
  await createCluster(cluster, password)
  const run = () => runCluster(cluster, { port, password, log: () => undefined })
  let server: Running = await run()
  await asSuperuser({ port, password }, async (client) => {
    await client.query(`create role ${ownerRole} login createrole password ${client.escapeLiteral(password)}`)
    await client.query(`create database ${ownerRole} owner ${ownerRole}`)
  })
  const ownerUrl = `postgres://${ownerRole}:${password}@127.0.0.1:${port}/${ownerRole}`
  await loaded(dataDir, ownerUrl)
  return {
    environment: { HANDRAIL_DATA: dataDir, DATABASE_URL: ownerUrl, PORT: String(await freePort(0)) },
    data: cluster.data,
    ownerUrl: () => ownerUrl,
    appUrl: () => appUrlOf(ownerUrl, readFileSync(join(dataDir, 'secrets', 'app_password'), 'utf8').trim()),
    async revive() {
      await server.ended
      await stopLeftover(cluster, () => undefined)
      server = await run()
    },
    async close() {
      await server.stop('immediate')
      for (const folder of [home, dataDir]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1500; tries++) {
    if (await condition()) return
    await delay(20)
  }
  throw new Error('waited in vain')
}
