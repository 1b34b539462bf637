/**
 * The private PostgreSQL as the product uses it: real servers, real processes, real kills. An "app" here is a
 * Node process of its own that starts the server and stays, so that it can be killed as an app is.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { DataFolderInUse, startPostgres } from './postgres.ts'

describe('a private PostgreSQL', { timeout: 60_000 }, () => {
  test('F39 the first start makes a durable, checked, loopback-only server that stops when told', async () => {
    const dataDir = freshFolder()
    const lines: string[] = []
    const server = await startPostgres({ dataDir, log: (line) => lines.push(line) })
    const { rows } = await inDatabase(server.url, (client) =>
      client.query(`
        select current_setting('fsync') as fsync, current_setting('data_checksums') as checksums,
          current_setting('listen_addresses') as addresses, current_setting('server_encoding') as encoding,
          rolsuper as super, rolcreaterole as makes_roles
        from pg_roles where rolname = current_user`),
    )
    await server.stop('fast')

    expect(rows).toEqual([
      {
        fsync: 'on',
        checksums: 'on',
        addresses: '127.0.0.1',
        encoding: 'UTF8',
        super: false,
        makes_roles: true,
      },
    ])
    expect(server.version).toMatch(/^18\./)
    expect(statSync(join(dataDir, 'secrets', 'postgres-password')).mode & 0o777).toBe(0o600)
    expect(lines.join('\n')).toContain('ready to accept connections')
    expect(await isListening(server.url)).toBe(false)
  })

  test('the app comes by a socket in the folder of the cluster, which other accounts cannot enter', async () => {
    const dataDir = freshFolder()
    const server = await startPostgres({ dataDir, log: () => undefined })
    const cluster = realpathSync(join(dataDir, 'postgres', 'data'))
    const { rows } = await inDatabase(server.url, (client) =>
      client.query('select inet_client_addr() as address'),
    )
    const tcp = new URL(server.url)
    tcp.hostname = '127.0.0.1'
    const beside = await inDatabase(tcp.href, (client) => client.query('select 1 as one'))
    await server.stop('fast')

    expect(decodeURIComponent(new URL(server.url).hostname)).toBe(cluster)
    expect(rows).toEqual([{ address: null }])
    expect(statSync(cluster).mode & 0o777).toBe(0o700)
    expect(beside.rows).toEqual([{ one: 1 }])
  })

  test('a folder whose name is too long for a socket has none, and the app comes by the port', async () => {
    const dataDir = join(freshFolder(), 'long'.repeat(20))
    const server = await startPostgres({ dataDir, log: () => undefined })
    const { rows } = await inDatabase(server.url, (client) => client.query('select 1 as one'))
    await server.stop('fast')

    expect(new URL(server.url).hostname).toBe('127.0.0.1')
    expect(rows).toEqual([{ one: 1 }])
  })

  test('a wrong password is refused', async () => {
    const server = await startPostgres({ dataDir: freshFolder(), log: () => undefined })
    const url = new URL(server.url)
    url.password = 'guess'
    await expect(inDatabase(url.href, async () => undefined)).rejects.toMatchObject({ code: '28P01' })
    await server.stop('fast')
  })

  test('a restart keeps the data and the port', async () => {
    const dataDir = freshFolder()
    const first = await startPostgres({ dataDir, log: () => undefined })
    await inDatabase(first.url, (client) => client.query('create table kept as select 42 as answer'))
    await first.stop('fast')
    const second = await startPostgres({ dataDir, log: () => undefined })
    const rows = await inDatabase(second.url, (client) => client.query('select answer from kept'))
    await second.stop('fast')

    expect(rows.rows).toEqual([{ answer: 42 }])
    expect(second.url).toBe(first.url)
  })

  test('a port that somebody else took meanwhile is left to them', async () => {
    const dataDir = freshFolder()
    const first = await startPostgres({ dataDir, log: () => undefined })
    await first.stop('fast')
    const taken = spawn(process.execPath, [
      '-e',
      `require('net').createServer().listen(${new URL(first.url).port}, '127.0.0.1', () => console.log('up'))`,
    ])
    await once(taken.stdout, 'data')
    const second = await startPostgres({ dataDir, log: () => undefined })
    await second.stop('fast')
    taken.kill()

    expect(new URL(second.url).port).not.toBe(new URL(first.url).port)
  })

  test('F38 a second app on the same data folder is refused in plain words, and the first goes on', async () => {
    const dataDir = freshFolder()
    const app = await startApp(dataDir)
    const second = startPostgres({ dataDir, log: () => undefined })
    await expect(second).rejects.toThrow(DataFolderInUse)
    await expect(second).rejects.toThrow(`already running on the data folder ${dataDir}`)
    const rows = await inDatabase(app.url, (client) => client.query('select 1 as one'))
    await app.kill()
    await silence(app.url)

    expect(rows.rows).toEqual([{ one: 1 }])
  })

  test('F38 the same process cannot start it twice either', async () => {
    const dataDir = freshFolder()
    const first = await startPostgres({ dataDir, log: () => undefined })
    await expect(startPostgres({ dataDir, log: () => undefined })).rejects.toThrow(DataFolderInUse)
    await first.stop('fast')
  })

  test('F38 kill -9 of the app takes its server down, leaves no lock, and loses no committed row', async () => {
    const dataDir = freshFolder()
    const app = await startApp(dataDir)
    await inDatabase(app.url, (client) => client.query('create table kept as select 42 as answer'))
    await app.kill()
    await silence(app.url)

    const next = await startPostgres({ dataDir, log: () => undefined })
    const rows = await inDatabase(next.url, (client) => client.query('select answer from kept'))
    await next.stop('fast')
    expect(rows.rows).toEqual([{ answer: 42 }])
  })

  test('F38 an app that starts while the server of a killed one still runs stops that one first', async () => {
    const dataDir = freshFolder()
    const app = await startApp(dataDir)
    await inDatabase(app.url, (client) => client.query('create table kept as select 42 as answer'))
    killGuards(app.process)
    await app.kill()
    const orphan = postmasterOf(dataDir)
    expect(isAlive(orphan)).toBe(true)

    const lines: string[] = []
    const next = await startPostgres({ dataDir, log: (line) => lines.push(line) })
    expect(lines[0]).toBe('Stopping the PostgreSQL that a killed app left behind.')
    expect(postmasterOf(dataDir)).not.toBe(orphan)
    const rows = await inDatabase(next.url, (client) => client.query('select answer from kept'))
    await next.stop('fast')
    expect(rows.rows).toEqual([{ answer: 42 }])
  })

  test('F38 a power cut leaves a postmaster.pid whose number another program has now: it starts', async () => {
    const dataDir = freshFolder()
    const app = await startApp(dataDir)
    await inDatabase(app.url, (client) => client.query('create table kept as select 42 as answer'))
    killGuards(app.process)
    const cluster = join(dataDir, 'postgres', 'data')
    const pidFile = join(cluster, 'postmaster.pid')
    // read before: an app that is still alive for a moment may tidy up behind its server
    const left = readFileSync(pidFile, 'utf8')
    process.kill(postmasterOf(dataDir), 'SIGKILL')
    await app.kill()
    const { uid, gid } = statSync(cluster)
    const other = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid, gid } : {})
    writeFileSync(pidFile, left.replace(/^\d+/, String(other.pid)))
    const socketLock = join(cluster, `.s.PGSQL.${new URL(app.url).port}.lock`)
    writeFileSync(socketLock, readFileSync(socketLock, 'utf8').replace(/^\d+/, String(other.pid)))

    const next = await startPostgres({ dataDir, log: () => undefined })
    const rows = await inDatabase(next.url, (client) => client.query('select answer from kept'))
    await next.stop('fast')
    expect(rows.rows).toEqual([{ answer: 42 }])
    expect(isAlive(other.pid ?? 0)).toBe(true)
    other.kill()
  })

  test('a start that was killed while it made the cluster begins again', async () => {
    const dataDir = freshFolder()
    const half = join(dataDir, 'postgres', 'data.half')
    mkdirSync(half, { recursive: true })
    writeFileSync(join(half, 'PG_VERSION'), '18\n')
    const server = await startPostgres({ dataDir, log: () => undefined })
    await server.stop('fast')
    expect(existsSync(half)).toBe(false)
  })

  test('stopping at once leaves a server that recovers', async () => {
    const dataDir = freshFolder()
    const first = await startPostgres({ dataDir, log: () => undefined })
    await inDatabase(first.url, (client) => client.query('create table kept as select 42 as answer'))
    await Promise.all([first.stop('fast'), first.stop('immediate')])
    const second = await startPostgres({ dataDir, log: () => undefined })
    await inDatabase(second.url, (client) => client.query('insert into kept values (43)'))
    await second.stop('immediate')
    const third = await startPostgres({ dataDir, log: () => undefined })
    const rows = await inDatabase(third.url, (client) => client.query('select answer from kept order by 1'))
    await third.stop('fast')
    expect(rows.rows).toEqual([{ answer: 42 }, { answer: 43 }])
  })

  test('a folder closed to other accounts works: under root the data moves to where they may pass', async () => {
    const above = freshFolder()
    chmodSync(above, 0o700)
    const dataDir = join(above, 'data')
    const server = await startPostgres({ dataDir, log: () => undefined })
    await server.stop('fast')
    const home = realpathSync(join(dataDir, 'postgres'))
    folders.push(home)
    const root = process.getuid?.() === 0
    expect(home.startsWith(root ? '/var/lib/handrail/' : realpathSync(above))).toBe(true)
    expect(statSync(join(home, 'data')).uid === 0).toBe(false)
  })

  test('a cluster of another major version is named, not touched', async () => {
    const dataDir = freshFolder()
    const server = await startPostgres({ dataDir, log: () => undefined })
    await server.stop('fast')
    const file = join(dataDir, 'postgres', 'data', 'PG_VERSION')
    writeFileSync(file, '17\n')
    await expect(startPostgres({ dataDir, log: () => undefined })).rejects.toThrow('made by PostgreSQL 17')
    writeFileSync(file, '18\n')
    const again = await startPostgres({ dataDir, log: () => undefined })
    await again.stop('fast')
  })
})

const folders: string[] = []
const apps: ChildProcess[] = []
afterEach(() => {
  for (const app of apps.splice(0)) app.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-postgres-'))
  chmodSync(folder, 0o755)
  folders.push(folder)
  return folder
}

async function startApp(
  dataDir: string,
): Promise<{ url: string; process: ChildProcess; kill(): Promise<void> }> {
  const program = `
    const { startPostgres } = await import(${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)})
    const server = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: () => undefined })
    console.log(server.url)
    setInterval(() => undefined, 1000)`
  const app = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  apps.push(app)
  const [url] = await once(createInterface(app.stdout), 'line')
  return {
    url: String(url),
    process: app,
    kill: async () => {
      app.kill('SIGKILL')
      await once(app, 'exit')
    },
  }
}

/** Kills the shells that watch over the server for us, so that it lives on alone. */
function killGuards(app: ChildProcess): void {
  const guards = childrenOf(app.pid ?? 0)
  const watches = guards.flatMap(childrenOf).filter((pid) => commandOf(pid).startsWith('/bin/sh'))
  for (const pid of [...watches, ...guards]) process.kill(pid, 'SIGKILL')
}

function childrenOf(pid: number): number[] {
  const pids =
    process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      : execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
  return pids.split(/\s+/).filter(Boolean).map(Number)
}

function commandOf(pid: number): string {
  return process.platform === 'linux'
    ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    : execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
}

function postmasterOf(dataDir: string): number {
  return Number.parseInt(readFileSync(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8'), 10)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Waits until nobody listens there any more; the test's own time-out is the limit. */
async function silence(url: string): Promise<void> {
  while (await isListening(url)) await delay(50)
}

async function isListening(url: string): Promise<boolean> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  return await new Promise((done) => {
    socket.once('connect', () => done(true)).once('error', () => done(false))
  }).then((up) => {
    socket.destroy()
    return up === true
  })
}

async function inDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
