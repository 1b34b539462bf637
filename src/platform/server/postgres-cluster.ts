/**
 * One PostgreSQL cluster on disk and the server process over it: make it, run it, stop what a killed app left.
 * Called by postgres.ts for the product and by testing.ts for both engines of the tests; knows nothing of data
 * folders, locks or roles of the product.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import type { Binaries } from './postgres-binaries.ts'
import type { Account } from './postgres-home.ts'

export interface Cluster {
  readonly binaries: Binaries
  /** The cluster's folder; the account must be able to pass through those above it. */
  readonly data: string
  readonly account: Account | undefined
}

export type StopMode = 'fast' | 'immediate'

export interface Running {
  readonly port: number
  /** When the server has ended, whoever ended it. */
  readonly ended: Promise<unknown>
  stop(mode: StopMode): Promise<void>
}

/** Somebody else listens on the port that was asked for. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken'
}

const superuser = 'postgres'

/**
 * Makes the cluster unless it is there: UTF-8, order by code point on every machine, scram only, checksums on.
 * It appears under its name only when it is whole. Throws when it was made by another major version.
 */
export async function createCluster(cluster: Cluster, password: string): Promise<void> {
  const { data, binaries, account } = cluster
  if (existsSync(join(data, 'PG_VERSION'))) {
    const made = Number(readFileSync(join(data, 'PG_VERSION'), 'utf8'))
    if (made === binaries.major) return
    throw new Error(
      `The database in ${data} was made by PostgreSQL ${made}; this is PostgreSQL ${binaries.major}.`,
    )
  }
  const half = `${data}.half`
  const passwordFile = `${data}.password`
  rmSync(half, { recursive: true, force: true })
  rmSync(passwordFile, { force: true })
  mkdirSync(half, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600, flag: 'wx' })
  try {
    if (account !== undefined) {
      chownSync(half, account.uid, account.gid)
      chownSync(passwordFile, account.uid, account.gid)
    }
    // The built-in locale came with 17; before it, C.UTF-8 of the system orders in the same way.
    const locale =
      binaries.major >= 17 ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []
    await runTool(cluster, 'initdb', [
      `--pgdata=${half}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      ...(locale.length > 0 ? locale : ['--locale=C.UTF-8']),
      '--auth=scram-sha-256',
      '--data-checksums',
    ])
    renameSync(half, data)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/**
 * Runs the server and returns once it answers. It ends with this process, even when that is killed: see `guard`.
 * Throws PortTaken, or an Error with the server's last words.
 */
export async function runCluster(
  cluster: Cluster,
  options: {
    port: number
    password: string
    log: (line: string) => void
    settings?: { readonly [name: string]: string }
  },
): Promise<Running> {
  const { port, password, log } = options
  const socket = socketFolder(cluster)
  const settings = {
    ...baseSettings,
    // a list of names, each in quotes
    unix_socket_directories: socket === undefined ? '' : `"${socket.replaceAll('"', '""')}"`,
    ...options.settings,
    port: String(port),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawnGuarded(cluster, join(cluster.binaries.bin, 'postgres'), ['-D', cluster.data, ...flags])
  const lastWords: string[] = []
  if (server.stderr !== null) {
    createInterface(server.stderr).on('line', (line) => {
      if (lastWords.push(line) > 20) lastWords.shift()
      log(line)
    })
  }
  const ended = once(server, 'close')
  const deadline = Date.now() + 300_000
  while (!(await answers({ port, password }))) {
    if (server.exitCode !== null || server.signalCode !== null || Date.now() > deadline) {
      server.kill()
      await ended
      const words = lastWords.join('\n')
      if (/could not (bind|create any TCP)/.test(words)) throw new PortTaken(`Port ${port} is taken.`)
      throw new Error(`PostgreSQL did not start.\n${words}`)
    }
    await delay(30)
  }
  return {
    port,
    ended,
    stop: async (mode) => {
      await stopServer(cluster, mode)
      await ended
    },
  }
}

/**
 * Stops what a killed app left behind on this cluster, and clears a postmaster.pid whose number now belongs to
 * another program. The caller holds the folder's lock, so what runs here has no app.
 */
export async function stopLeftover(cluster: Cluster, log: (line: string) => void): Promise<void> {
  const pid = postmasterOf(cluster)
  if (pid !== undefined && isAlive(pid)) {
    if (await servesCluster(pid, cluster.data)) {
      log('Stopping the PostgreSQL that a killed app left behind.')
      await stopServer(cluster, 'fast').catch(() => stopServer(cluster, 'immediate'))
    } else {
      // PostgreSQL would take any live process of its account for a server. Its own second lock, the shared
      // memory named after the folder, still refuses to start while a part of an old server lives.
      rmSync(join(cluster.data, 'postmaster.pid'), { force: true })
    }
  }
  // the lock of its socket holds the same number
  for (const name of existsSync(cluster.data) ? readdirSync(cluster.data) : [])
    if (/^\.s\.PGSQL\.\d+\.lock$/.test(name)) rmSync(join(cluster.data, name), { force: true })
}

/**
 * Where the server has a socket besides its port, for who may look into its cluster: the folder itself, which is closed
 * to all other accounts. Undefined where the system has none, or the name is longer than an address may be.
 */
export function socketFolder({ data }: Cluster): string | undefined {
  return process.platform === 'win32' || Buffer.byteLength(data) > MAX_SOCKET_FOLDER ? undefined : data
}
/** sun_path of unix(7) is 108 bytes, 104 on macOS; `/.s.PGSQL.65535` and its end take 16. */
const MAX_SOCKET_FOLDER = 88

/** The number that the cluster's server wrote down, whether it still lives or not. */
function postmasterOf(cluster: Cluster): number | undefined {
  const pidFile = join(cluster.data, 'postmaster.pid')
  const pid = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, 'utf8'), 10) : 0
  return pid > 0 ? pid : undefined
}

/** Runs `work` on a connection of the cluster's superuser and closes it. */
export async function asSuperuser<T>(
  server: { port: number; password: string; database?: string },
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: server.port,
    user: superuser,
    password: server.password,
    database: server.database ?? superuser,
    connectionTimeoutMillis: 5_000,
  })
  // A server that stops tells its idle connections so; the query that follows reports it.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * Loopback only. The log keeps starts, stops and trouble of the server itself, and neither statements nor the
 * messages of failed ones: both can hold what was written about a student.
 */
const baseSettings = {
  listen_addresses: '127.0.0.1',
  log_destination: 'stderr',
  logging_collector: 'off',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_checkpoints: 'off',
  log_line_prefix: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

/**
 * A shell between us and the server: it holds the reading end of a pipe whose writing end is ours, so that it
 * sees our death by any signal and then shuts the server down in good order.
 */
const guard = `trap '' HUP INT TERM
exec 3<&0
"$@" 3<&- </dev/null & server=$!
{ read -r _ <&3; kill -INT "$server"; } & watch=$!
wait "$server"; code=$?
kill -KILL "$watch"
exit "$code"`

function spawnGuarded(cluster: Cluster, program: string, args: readonly string[]): ChildProcess {
  const [command, ...rest] =
    process.platform === 'win32' ? [program, ...args] : ['/bin/sh', '-c', guard, 'sh', program, ...args]
  return spawn(command ?? program, rest, {
    ...cluster.account,
    cwd: cluster.data,
    env: toolEnvironment(),
    // Its own session: Ctrl-C in a terminal reaches the app alone, which decides how to stop.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
}

async function stopServer(cluster: Cluster, mode: StopMode): Promise<void> {
  try {
    await runTool(cluster, 'pg_ctl', ['stop', '-D', cluster.data, '-m', mode, '-w', '-t', '60'])
  } catch (error) {
    // Gone by itself between the question and the order, or killed before it.
    const pid = postmasterOf(cluster)
    if (pid !== undefined && isAlive(pid)) throw error
  }
}

async function runTool(cluster: Cluster, tool: 'initdb' | 'pg_ctl', args: readonly string[]): Promise<void> {
  await promisify(execFile)(join(cluster.binaries.bin, tool), args, {
    ...cluster.account,
    cwd: cluster.account === undefined ? undefined : '/',
    env: toolEnvironment(),
  })
}

/** Nothing of ours: PGPORT, PGDATA and their like would change what the programs do. */
function toolEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env
  return { PATH, SystemRoot, TEMP, LC_ALL: 'C', TZ: 'UTC' }
}

async function answers(server: { port: number; password: string }): Promise<boolean> {
  return await asSuperuser(server, async () => true).catch(() => false)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A server works in its cluster's folder. Where the system does not show that, its name must do. */
async function servesCluster(pid: number, data: string): Promise<boolean> {
  if (process.platform === 'win32') return true
  if (process.platform !== 'linux') {
    const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command='])
    return stdout.includes('postgres')
  }
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data
  } catch {
    return false
  }
}
