/**
 * What every figure is taken on: a private PostgreSQL as the product ships it (fsync on), a district of the wished
 * size, and the product's own server in a process beside ours. Folders are temporary and end with the run.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { loadRoster } from '../src/capabilities/roster/server/queries.ts'
import { buildWeb } from '../src/build.ts'
import { openCore } from '../src/core.ts'
import { loadDemo } from '../src/demo/load.ts'
import { crowdOf, programsOf, signInAll, type Crowd } from '../src/guarantees/crowd.ts'
import type { Uuid } from '../src/platform/core/ids.ts'
import type { Config } from '../src/platform/server/config.ts'
import { startPostgres } from '../src/platform/server/postgres.ts'
import { secretOf } from '../src/platform/server/secrets.ts'
import { postAll } from '../src/guarantees/burst.ts'
import { parentOf, processorOf } from './frame.ts'
import type { Usage } from './server.ts'

export interface House {
  readonly url: string
  readonly crowd: Crowd
  readonly cookies: ReadonlyMap<Uuid, string>
  /** As the owner of the tables, past row-level security. */
  readonly owner: pg.Pool
  readonly dataDir: string
  readonly ownerUrl: string
  usage(): Promise<Usage>
  /** CPU of server and PostgreSQL so far, ms. PostgreSQL's is null where the system has no /proc. */
  cpu(): Promise<{ server: number; database: number | null }>
  close(): Promise<void>
}

/** `paras`: how many work in the district; 0 = the demo school instead, its year of history included. */
export async function openHouse(paras: number): Promise<House> {
  const dataDir = mkdtempSync(join(tmpdir(), 'handrail-bench-'))
  const postgres = await startPostgres({ dataDir, log: () => undefined })
  const crowd = crowdOf('Load', Math.max(1, paras))
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    databaseUrl: postgres.url,
    dataDir,
    demo: paras === 0,
    origin: undefined,
    log: 'silent',
  }
  const core = await openCore(config)
  if (paras === 0) {
    await buildWeb()
    await loadDemo(core)
  } else await loadRoster(core.database, crowd.district, crowd.roster, { source: 'bench', report: {} })
  await core.close()
  const cookies = await signInAll({
    ownerUrl: postgres.url,
    secret: secretOf(dataDir, 'session'),
    district: crowd.district.id,
    people: paras === 0 ? [] : [...crowd.paras, ...crowd.managers].map((member) => member.person),
  })
  const server = await startServer({
    DATABASE_URL: postgres.url,
    HANDRAIL_DATA: dataDir,
    HANDRAIL_DEMO: paras === 0 ? '1' : '0',
  })
  const owner = new pg.Pool({ connectionString: postgres.url, options: '-c search_path=handrail', max: 8 })
  const backend = await owner.query<{ pid: number }>('select pg_backend_pid() as pid')
  const postmaster = parentOf(backend.rows[0]?.pid ?? 0)
  const house: House = {
    url: server.url,
    crowd,
    cookies,
    owner,
    dataDir,
    ownerUrl: postgres.url,
    usage: server.usage,
    cpu: async () => ({
      server: (await server.usage()).cpu,
      database: processorOf(postmaster),
    }),
    async close() {
      await owner.end()
      await server.end()
      await postgres.stop('fast')
      // under root it lies elsewhere, and the folder only links to it
      rmSync(realpathSync(join(dataDir, 'postgres')), { recursive: true, force: true, maxRetries: 5 })
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  if (paras > 0)
    await postAll(
      house.url,
      crowd.managers.map((manager) => ({
        cookie: cookies.get(manager.person) ?? '',
        body: JSON.stringify({ records: programsOf(manager) }),
      })),
      2,
    )
  return house
}

/** A server in a process of its own, which says its address first and then answers `usage` and `end`. */
export async function startServer(env: Record<string, string>, program = 'server.ts') {
  const child = fork(join(import.meta.dirname, program), {
    env: { ...process.env, HANDRAIL_LOG: 'silent', PORT: '0', ...env },
    execArgv: (process.env['BENCH_SERVER_FLAGS'] ?? '').split(' ').filter((flag) => flag !== ''),
  })
  const ended = once(child, 'exit')
  const [hello] = (await Promise.race([
    once(child, 'message'),
    ended.then(() => {
      throw new Error('the server did not start')
    }),
  ])) as [{ url: string }]
  return {
    url: hello.url,
    async usage() {
      child.send('usage')
      return ((await once(child, 'message')) as [Usage])[0]
    },
    async end() {
      if (child.connected) child.send('end')
      await ended
    },
  }
}
