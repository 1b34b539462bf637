/**
 * The database servers of a test run: one per engine, started when the first test asks, stopped after the last.
 * Vitest runs this as global setup in its main process; testing.ts asks from the workers over loopback HTTP. The
 * servers are real; only what guards against a power cut is off. They end with the run, however it ends.
 */
import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { olderPostgres } from '../../../scripts/older-postgres.mjs'
import { migrate } from './migrate.ts'
import { binariesIn, embeddedBinaries, reachableBinaries, type Binaries } from './postgres-binaries.ts'
import { asSuperuser, createCluster, runCluster, type Running } from './postgres-cluster.ts'
import { serverAccount } from './postgres-home.ts'
import { freePort, ownerRole } from './postgres.ts'

export interface TestEngine {
  readonly name: string
  readonly major: number
}

export interface TestServer {
  readonly port: number
  /** Of the superuser and of the owner role. */
  readonly password: string
}

declare module 'vitest' {
  interface ProvidedContext {
    /** `GET <testServers>/<engine name>` answers a TestServer. */
    testServers: string
  }
}

export const testTemplate = 'handrail_template'
export const testAppPassword = 'test'

/** 18 is what we ship; 15 is the oldest that DATABASE_URL may name. */
const supportedMajors = [18, 15] as const

/** Vitest's global setup. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const engines = new Map<string, Promise<Engine>>()
  const front = createServer((request, response) => {
    const name = (request.url ?? '').slice(1)
    const engine = engines.get(name) ?? startEngine(name)
    engines.set(name, engine)
    engine.then(
      ({ server }) => response.end(JSON.stringify(server)),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    )
  })
  await new Promise<void>((done) => front.listen(0, '127.0.0.1', done))
  project.provide('testServers', `http://127.0.0.1:${(front.address() as AddressInfo).port}/`)
  return async () => {
    front.close()
    front.closeAllConnections()
    for (const engine of await Promise.allSettled(engines.values())) {
      if (engine.status === 'fulfilled') await engine.value.end()
    }
  }
}

/** `wanted`: comma-separated major versions, empty for all. Throws on one that is not supported. */
export function chosenEngines(wanted: string | undefined): readonly TestEngine[] {
  const named = (wanted ?? '').split(',').filter((word) => word.trim() !== '')
  return (named.length > 0 ? named.map(Number) : supportedMajors).map((major) => {
    if (!supportedMajors.some((supported) => supported === major)) {
      throw new Error(`HANDRAIL_TEST_ENGINES may name ${supportedMajors.join(' and ')}; it says "${wanted}".`)
    }
    return { name: `postgres-${major}`, major }
  })
}

interface Engine {
  readonly server: TestServer
  end(): Promise<void>
}

/** A server of that engine, with the migrated template. */
export async function startEngine(name: string): Promise<Engine> {
  const engine = chosenEngines('').find((one) => one.name === name)
  if (engine === undefined) throw new Error(`There is no test engine "${name}".`)
  const home = await mkdtemp(join(tmpdir(), `handrail-${name}-`))
  await chmod(home, 0o711)
  let running: Running | undefined
  const end = async () => {
    await running?.stop('immediate')
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const account = serverAccount(join(home, 'data'))
    const found = engine.major === 18 ? embeddedBinaries() : olderBinaries(engine.major)
    const cluster = { binaries: reachableBinaries(found, home, account), account, data: join(home, 'data') }
    const password = randomBytes(12).toString('base64url')
    await createCluster(cluster, password)
    const port = await freePort(0)
    running = await runCluster(cluster, { port, password, log: () => undefined, settings: fastSettings })
    await makeTemplate({ port, password })
    return { server: { port, password }, end }
  } catch (error) {
    await end()
    throw error
  }
}

const fastSettings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_wal_size: '4GB',
  max_connections: '300',
}

/** As on a managed server, what migrates owns its database and may make roles, and is no superuser. */
async function makeTemplate(server: TestServer): Promise<void> {
  await asSuperuser(server, async (client) => {
    await client.query(
      `create role ${ownerRole} login createrole password ${client.escapeLiteral(server.password)}`,
    )
    await client.query(`create database ${testTemplate} owner ${ownerRole}`)
  })
  const ownerUrl = `postgres://${ownerRole}:${server.password}@127.0.0.1:${server.port}/${testTemplate}`
  await migrate(ownerUrl, { appPassword: testAppPassword })
}

function olderBinaries(major: number): Binaries {
  const bin = olderPostgres(major)
  if (bin !== undefined) return binariesIn(bin)
  throw new Error(
    `PostgreSQL ${major} is not on this machine. "npm test" brings it; to test on PostgreSQL 18 alone, ` +
      'set HANDRAIL_TEST_ENGINES=18.',
  )
}
