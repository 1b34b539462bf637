/**
 * Migrations: numbered plain .sql files, forward only, of the platform and of every capability. Each runs once, in
 * a transaction of its own, under a lock that a second process waits for; a killed run leaves the file whole or
 * not at all, and the next start goes on (F43). A file that changed after it ran is an error, not a surprise. The
 * tables of the jobs come after them, in a transaction of their own too.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { installJobs } from './jobs.ts'

const src = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const LOCK = 4400_0001

/** Oldest PostgreSQL that the migrations and queries are tested on. */
export const MIN_POSTGRES = 15

/**
 * Brings the database behind `ownerUrl` up to date and gives handrail_app its password. Returns what was applied.
 * Throws when the server is too old, a file was changed after it ran, or the SQL fails.
 */
export async function migrate(
  ownerUrl: string,
  options: { appPassword: string },
): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: ownerUrl })
  // a connection that breaks fails the query under way, which says so
  client.on('error', () => {})
  await client.connect()
  try {
    const version = Number((await client.query('show server_version_num')).rows[0].server_version_num)
    if (version < MIN_POSTGRES * 10_000)
      throw new Error(
        `Handrail needs PostgreSQL ${MIN_POSTGRES} or newer; this server is ${Math.floor(version / 10_000)}.`,
      )
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query('create schema if not exists handrail')
    await client.query('set search_path = handrail')
    await client.query(
      'create table if not exists migration (name text primary key, sha256 text not null, applied timestamptz not null default now())',
    )
    const done = new Map<string, string>()
    for (const row of (await client.query('select name, sha256 from migration')).rows)
      done.set(row.name, row.sha256)

    const applied: string[] = []
    for (const file of migrationFiles()) {
      const sql = readFileSync(file, 'utf8')
      const sha256 = createHash('sha256').update(sql).digest('hex')
      const name = basename(file)
      const before = done.get(name)
      if (before === sha256) continue
      if (before) throw new Error(`Migration ${name} was changed after it ran. Write a new one instead.`)
      await client.query('begin')
      try {
        await client.query(sql)
        await client.query('insert into migration (name, sha256) values ($1, $2)', [name, sha256])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback').catch(() => {})
        throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error })
      }
      applied.push(name)
    }
    await installJobs(client)
    await setPassword(client, options.appPassword)
    return { applied }
  } finally {
    await client.end()
  }
}

/** Every migration in order. Numbers are unique in the whole house. */
export function migrationFiles(): string[] {
  const capabilities = join(src, 'capabilities')
  const folders = [
    join(src, 'platform', 'server', 'migrations'),
    ...readdirSync(capabilities).map((name) => join(capabilities, name, 'server', 'migrations')),
  ].filter((folder) => existsSync(folder))
  const files = folders
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.sql'))
        .map((name) => join(folder, name)),
    )
    .sort((a, b) => (basename(a) < basename(b) ? -1 : 1))
  const numbers = files.map((file) => basename(file).slice(0, 4))
  const twice = numbers.find((number, i) => numbers.indexOf(number) !== i)
  if (twice) throw new Error(`Two migrations are numbered ${twice}.`)
  return files
}

/** The URL that the server itself connects with: same place, role handrail_app. */
export function appUrlOf(ownerUrl: string, appPassword: string): string {
  const url = new URL(ownerUrl)
  url.username = 'handrail_app'
  url.password = encodeURIComponent(appPassword)
  return url.href
}

// Roles belong to the whole cluster, so two databases migrating at once may collide on this row: try again.
async function setPassword(client: pg.Client, password: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(`alter role handrail_app password ${pg.escapeLiteral(password)}`)
      return
    } catch (error) {
      if (attempt >= 20 || (error as { code?: string }).code !== 'XX000') throw error
      await new Promise((resolve) => setTimeout(resolve, 25 * attempt))
    }
  }
}
