/**
 * The private PostgreSQL of a machine that has no DATABASE_URL: a real server (fsync and checksums on) from the
 * binaries that npm installed, on a loopback port, with its data in HANDRAIL_DATA; the app itself takes the shorter way
 * of a socket in the cluster's folder, where the system has it. src/server.ts and src/cli.ts
 * call it. What must stay true: one app at a time on a data folder; an app that is killed leaves neither a
 * server running for long nor a lock behind; rows that were committed are there after any kill; a server that ends
 * while its app lives is started again.
 *
 * Folder: `secrets/postgres-password` (mode 600) and `postgres/`, the home of the server: `data/` (the cluster),
 * `app.lock`, `port`. PostgreSQL refuses to run as root, so under root it runs as the owner of its cluster, at
 * first `nobody`; where that account cannot reach the data folder, `postgres` is a link to /var/lib/handrail/<hash>.
 *
 * Linux is tested. macOS takes the same paths; Windows starts the server without the guard process that stops
 * it after a killed app (the next start does it). Neither has been run by the test suite.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { embeddedBinaries, reachableBinaries } from './postgres-binaries.ts'
import {
  asSuperuser,
  createCluster,
  PortTaken,
  runCluster,
  socketFolder,
  stopLeftover,
  type Cluster,
  type Running,
  type StopMode,
} from './postgres-cluster.ts'
import { serverHome } from './postgres-home.ts'
import { lockFolder } from './postgres-lock.ts'

export { DataFolderInUse } from './postgres-lock.ts'
export type { StopMode } from './postgres-cluster.ts'

/** The role that owns the database and may make roles, as on a managed server; it is not a superuser. */
export const ownerRole = 'handrail'

export interface PrivatePostgres {
  /** Connection string of the owner role, for migrations and for what runs as the owner. */
  readonly url: string
  /** e.g. `18.4`. */
  readonly version: string
  /** `fast` ends connections and writes everything out; `immediate` crashes it, the next start recovers. */
  stop(mode: StopMode): Promise<void>
}

/**
 * Starts the private server of `dataDir`, making what is missing, and gives its address. Throws DataFolderInUse
 * while another app lives on the folder, and an Error in plain words where folder or binaries are unusable.
 * `log` gets PostgreSQL's own lines; they hold no statement and no row.
 */
export async function startPostgres(options: {
  dataDir: string
  log: (line: string) => void
  /** Told each time the server has ended by itself and is about to be started again. */
  onEnd?: () => void
}): Promise<PrivatePostgres> {
  const dataDir = resolve(options.dataDir)
  const { home, data, account } = serverHome(dataDir)
  const unlock = lockFolder(join(home, 'app.lock'), dataDir)
  let running: Running | undefined
  try {
    const binaries = reachableBinaries(embeddedBinaries(), home, account)
    const cluster: Cluster = { binaries, account, data }
    const password = readPassword(dataDir, existsSync(data))
    await stopLeftover(cluster, options.log)
    await createCluster(cluster, password)
    running = await runOnOwnPort(cluster, password, join(home, 'port'), options.log)
    await ensureDatabase(running.port, password)
    const stop = keepRunning(cluster, running, password, options)
    const host = encodeURIComponent(socketFolder(cluster) ?? '127.0.0.1')
    return {
      url: `postgres://${ownerRole}:${password}@${host}:${running.port}/${ownerRole}`,
      version: binaries.version,
      stop: (mode) => stop(mode).finally(unlock),
    }
  } catch (error) {
    await running?.stop('fast')
    unlock()
    throw error
  }
}

/**
 * Starts the server again on its port whenever it ends (out of memory, a full disk, somebody's kill), until it is told
 * to stop: what it returns does that.
 */
function keepRunning(
  cluster: Cluster,
  first: Running,
  password: string,
  { log, onEnd }: { log: (line: string) => void; onEnd?: () => void },
): (mode: StopMode) => Promise<void> {
  const { port } = first
  const stopping = new AbortController()
  let running: Running | undefined = first
  const keeping = (async () => {
    while (!stopping.signal.aborted) {
      await running?.ended
      running = undefined
      if (stopping.signal.aborted) return
      onEnd?.()
      try {
        await stopLeftover(cluster, log)
        running = await runCluster(cluster, { port, password, log })
      } catch {
        // parts of the old server may still be ending, or there is no room yet
        await delay(1000, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
  })()
  return async (mode) => {
    stopping.abort()
    const stopped = running?.stop(mode)
    await keeping
    // one that was being started meanwhile
    await (stopped ?? running?.stop(mode))
  }
}

function readPassword(dataDir: string, clusterExists: boolean): string {
  const folder = join(dataDir, 'secrets')
  const file = join(folder, 'postgres-password')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  if (clusterExists) {
    throw new Error(
      `${file} is missing, and the database in ${dataDir} opens with nothing else. Put it back.`,
    )
  }
  const password = randomBytes(24).toString('base64url')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(file, `${password}\n`, { mode: 0o600 })
  return password
}

/** Runs on the port of the last start if it is still free, on another one otherwise, and remembers it. */
async function runOnOwnPort(
  cluster: Cluster,
  password: string,
  portFile: string,
  log: (line: string) => void,
): Promise<Running> {
  const last = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0
  for (let attempt = 1; ; attempt += 1) {
    const port = (attempt === 1 && (await freePort(last))) || (await freePort(0))
    try {
      const running = await runCluster(cluster, { port, password, log })
      writeFileSync(portFile, `${port}\n`)
      return running
    } catch (error) {
      if (!(error instanceof PortTaken) || attempt === 5) throw error
    }
  }
}

/** `wanted` itself while nobody listens there (0 = any), or 0 when it is taken or not a port. */
export async function freePort(wanted: number): Promise<number> {
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535) return 0
  const probe = createServer()
  return await new Promise<number>((done) => {
    probe.once('error', () => done(0))
    probe.listen({ port: wanted, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** The owner role and its database; a start that died between initdb and here is finished by the next one. */
async function ensureDatabase(port: number, password: string): Promise<void> {
  await asSuperuser({ port, password }, async (client) => {
    const known = await client.query('select 1 from pg_roles where rolname = $1', [ownerRole])
    if (known.rowCount === 0) {
      await client.query(
        `create role ${ownerRole} login createrole password ${client.escapeLiteral(password)}`,
      )
    }
    const made = await client.query('select 1 from pg_database where datname = $1', [ownerRole])
    if (made.rowCount === 0) await client.query(`create database ${ownerRole} owner ${ownerRole}`)
  })
}
