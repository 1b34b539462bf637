/**
 * Databases for tests: a fresh, migrated one per test file, on every engine that the product supports. The servers
 * belong to the test run (testing-servers.ts, Vitest's global setup) and start with the first test that asks.
 *
 *     describe.each(testEngines())('$name', ({ name }) => {
 *       beforeAll(async () => (database = await createTestDatabase(name)))
 *       afterAll(() => database.drop())
 */
import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { appUrlOf } from './migrate.ts'
import { asSuperuser } from './postgres-cluster.ts'
import { ownerRole } from './postgres.ts'
import {
  chosenEngines,
  testAppPassword,
  testTemplate,
  type TestEngine,
  type TestServer,
} from './testing-servers.ts'

export type { TestEngine } from './testing-servers.ts'

export interface TestDatabase {
  /** Owner of the database and of what the migrations made; not a superuser. */
  readonly ownerUrl: string
  /** What the server itself connects as. */
  readonly appUrl: string
  /** Ends its connections and removes it. */
  drop(): Promise<void>
}

/** The engines of this run: all of them, unless HANDRAIL_TEST_ENGINES names some (`18`, `15,18`). */
export function testEngines(): readonly TestEngine[] {
  return chosenEngines(process.env['HANDRAIL_TEST_ENGINES'])
}

/** A database of its own, with every migration applied; `{ empty: true }` = none of them. */
export async function createTestDatabase(
  engineName: string,
  options: { empty?: boolean } = {},
): Promise<TestDatabase> {
  const server = await startedServer(engineName)
  return copyOf(server, options.empty === true ? 'template1' : testTemplate)
}

/**
 * A copy of what `fill` makes of a migrated database once a run, under this name: for what takes long to load. `fill`
 * leaves no connection open. Files that ask at once wait for the one that fills.
 */
export async function createFilledDatabase(
  engineName: string,
  name: string,
  fill: (ownerUrl: string) => Promise<void>,
): Promise<TestDatabase> {
  const server = await startedServer(engineName)
  await asSuperuser(server, async (client) => {
    // held until this connection ends
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    const found = await client.query('select from pg_database where datname = $1', [name])
    if (found.rowCount !== 0) return
    const first = await createTestDatabase(engineName)
    await fill(first.ownerUrl)
    await client.query(`create database ${name} template ${databaseIn(first.ownerUrl)} owner ${ownerRole}`)
    await first.drop()
  })
  return copyOf(server, name)
}

function databaseIn(url: string): string {
  return new URL(url).pathname.slice(1)
}

async function copyOf(server: TestServer, template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await asSuperuser(server, (client) =>
    client.query(`create database ${name} template ${template} owner ${ownerRole}`),
  )
  const ownerUrl = `postgres://${ownerRole}:${server.password}@127.0.0.1:${server.port}/${name}`
  return {
    ownerUrl,
    appUrl: appUrlOf(ownerUrl, testAppPassword),
    drop: async () => {
      await asSuperuser(server, (client) => client.query(`drop database ${name} with (force)`))
    },
  }
}

async function startedServer(engineName: string): Promise<TestServer> {
  const response = await fetch(new URL(engineName, inject('testServers')))
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as TestServer
}
