/**
 * Migrations on a real server: from nothing, again, killed, two at once; and what the finished schema must be so that
 * a district can be moved to a cluster (architecture 4).
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { appUrlOf, migrate, migrationFiles, MIN_POSTGRES } from './migrate.ts'
import { createTestDatabase, testEngines } from './testing.ts'
import { testAppPassword } from './testing-servers.ts'
import { openWire, type WireHooks } from './testing-proxy.ts'

const options = { appPassword: testAppPassword }
const files = migrationFiles().map((file) => basename(file))

describe.each(testEngines())('migrations on $name', { timeout: 60_000 }, ({ name }) => {
  const emptyDatabase = async () => {
    const database = await createTestDatabase(name, { empty: true })
    const client = new pg.Client({ connectionString: database.ownerUrl })
    await client.connect()
    onTestFinished(async () => {
      await client.end()
      await database.drop()
    })
    const wireTo = async (hooks: WireHooks) => {
      const wire = await openWire(database.ownerUrl, hooks)
      onTestFinished(() => wire.close())
      return wire.url
    }
    return { url: database.ownerUrl, client, wireTo }
  }

  it('makes everything from nothing, in order, and nothing the second time', async () => {
    const { url, client } = await emptyDatabase()
    expect(await migrate(url, options)).toEqual({ applied: files })
    const made = await shapeOf(client)
    expect(await migrate(url, options)).toEqual({ applied: [] })
    expect(await shapeOf(client)).toEqual(made)
    const app = new pg.Client({ connectionString: appUrlOf(url, testAppPassword) })
    await app.connect()
    expect((await app.query('select current_user as name')).rows).toEqual([{ name: 'handrail_app' }])
    await app.end()
  })

  it('F43 goes on after a process was killed in the middle of a migration', async () => {
    const { url, client, wireTo } = await emptyDatabase()
    const second = 'create table record ('
    const child = migrateInProcess(
      await wireTo({
        toServer(chunk) {
          // the server has the statements and runs them; nobody is there any more to say commit
          if (chunk.includes(second)) child.kill('SIGKILL')
          return chunk
        },
      }),
    )
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
    expect([code, signal]).toEqual([null, 'SIGKILL'])
    expect(await migrate(url, options)).toEqual({ applied: files.slice(1) })
    expect(await shapeOf(client)).toEqual(await freshShape(name))
  })

  it('F43 converges after a kill -9 at each migration in turn, at the tables of the jobs and at the password', async () => {
    const { url, client, wireTo } = await emptyDatabase()
    const killedAt = new Set<string>()
    let child: ChildProcess | undefined
    const through = await wireTo({
      toServer(chunk) {
        const moment = momentOf(chunk)
        if (moment === undefined || killedAt.has(moment)) return chunk
        killedAt.add(moment)
        child?.kill('SIGKILL')
        return null
      },
    })
    for (;;) {
      const before = killedAt.size
      child = migrateInProcess(through)
      const [code] = (await once(child, 'exit')) as [number | null]
      expect(await halfDone(client)).toEqual([])
      if (killedAt.size === before) {
        expect(code).toBe(0)
        break
      }
      expect(code).toBe(null)
    }
    expect([...killedAt]).toEqual([...files, 'jobs', 'password'])
    expect(await migrate(url, options)).toEqual({ applied: [] })
    expect(await shapeOf(client)).toEqual(await freshShape(name))
  })

  it('F43 converges after its connection was ended by the server at each migration in turn', async () => {
    const { url, client, wireTo } = await emptyDatabase()
    const endedAt = new Set<string>()
    const through = await wireTo({
      toServer(chunk) {
        const moment = momentOf(chunk)
        if (moment === undefined || endedAt.has(moment)) return chunk
        endedAt.add(moment)
        void endOthers(client)
        return null
      },
    })
    for (;;) {
      const before = endedAt.size
      const outcome = await migrate(through, options).catch((error: unknown) => String(error))
      expect(await halfDone(client)).toEqual([])
      if (endedAt.size === before) break
      expect(outcome).toMatch(/terminat/)
    }
    expect([...endedAt]).toEqual([...files, 'jobs', 'password'])
    expect(await migrate(url, options)).toEqual({ applied: [] })
    expect(await shapeOf(client)).toEqual(await freshShape(name))
  })

  it.each([
    ['a kill -9', (child: ChildProcess) => void child.kill('SIGKILL')],
    ['the end of its connection', (_child: ChildProcess, client: pg.Client) => void endOthers(client)],
  ])('F43 converges after %s between two statements of one file', async (_what, harm) => {
    const { url, client, wireTo } = await emptyDatabase()
    const through = await wireTo({ toServer: (chunk) => pausedBetween(chunk, 'create table projection (') })
    const child = migrateInProcess(through)
    const ended = once(child, 'exit')
    await until(async () => {
      const { rows } = await client.query(
        "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'",
      )
      return rows[0].n === 1
    })
    harm(child, client)
    await ended
    expect(await halfDone(client)).toEqual([])
    expect(await migrate(url, options)).toEqual({ applied: files.slice(1) })
    expect(await shapeOf(client)).toEqual(await freshShape(name))
  })

  it('F43 leaves each file whole or not at all, wherever the connection breaks, and ends the same', async () => {
    const { client, wireTo } = await emptyDatabase()
    const applied: string[] = []
    let breaks = 0
    // the first three messages are the greeting; each break comes in both ways
    for (let at = 4; ; at += 0.5) {
      let message = 0
      const url = await wireTo({
        toServer(chunk, cut) {
          message += 1
          if (message < Math.floor(at)) return chunk
          // in turn: it never arrives; it arrives and its answer is lost
          if (at % 1 === 0) {
            cut()
            return null
          }
          setImmediate(cut)
          return chunk
        },
      })
      const outcome = await migrate(url, options).catch(() => undefined)
      if (outcome) {
        applied.push(...outcome.applied)
        break
      }
      breaks += 1
      expect(await halfDone(client)).toEqual([])
    }
    expect(breaks).toBeGreaterThan(10)
    expect(files).toEqual(expect.arrayContaining(applied))
    expect(await shapeOf(client)).toEqual(await freshShape(name))
  })

  it('lets a second process wait for the first, and each file run once', async () => {
    const { url, client } = await emptyDatabase()
    const outcomes = await Promise.all([1, 2, 3].map(() => migrate(url, options)))
    expect(outcomes.map(({ applied }) => applied.length).sort((a, b) => a - b)).toEqual([0, 0, files.length])
    expect(await shapeOf(client)).toEqual(await freshShape(name))
  })

  it('refuses to start when a file was changed after it ran, and names it', async () => {
    const { url, client } = await emptyDatabase()
    await migrate(url, options)
    await client.query("update handrail.migration set sha256 = 'of another text' where name = $1", [files[1]])
    await expect(migrate(url, options)).rejects.toThrow(
      `Migration ${files[1]} was changed after it ran. Write a new one instead.`,
    )
  })

  it('names the file that fails, keeps those before it, and goes on when the obstacle is gone', async () => {
    const { url, client } = await emptyDatabase()
    await client.query('create schema identity; create table identity.membership (n int)')
    await expect(migrate(url, options)).rejects.toThrow(/^Migration 0004_identity\.sql failed: .*membership/)
    expect((await client.query('select name from handrail.migration order by name')).rows).toEqual(
      files.slice(0, 3).map((file) => ({ name: file })),
    )
    await client.query('drop schema identity cascade')
    expect(await migrate(url, options)).toEqual({ applied: files.slice(3) })
    expect(await shapeOf(client)).toEqual(await freshShape(name))
  })

  it('refuses a server that is too old before it makes anything', async () => {
    const { client, wireTo } = await emptyDatabase()
    const url = await wireTo({
      toClient(chunk) {
        const text = chunk.toString('latin1')
        if (!text.includes('server_version_num')) return chunk
        return Buffer.from(text.replace(/1\d{5}(?=\D)/, '140011'), 'latin1')
      },
    })
    await expect(migrate(url, options)).rejects.toThrow(
      `Handrail needs PostgreSQL ${MIN_POSTGRES} or newer; this server is 14.`,
    )
    expect((await client.query("select to_regnamespace('handrail') as made")).rows).toEqual([{ made: null }])
  })

  it('F8 knows of older records which have arrived, and whose the refused ones are', async () => {
    const { url, client } = await emptyDatabase()
    await asOf(client, '0005')
    const [district, maya, andre] = ['d', 'a', 'b'].map(
      (hex) => `${hex.repeat(8)}-0000-4000-8000-000000000000`,
    )
    const [phone, tablet, quiet] = ['1', '2', '3'].map(
      (hex) => `${hex.repeat(8)}-0000-4000-8000-000000000000`,
    )
    const record = (device: string | undefined, author: string | undefined, seq: number) =>
      client.query(
        `insert into record (district_id, id, pos, aud, kind, act, standing, part, at, day, device, seq, author,
           uploaded_by, received, digest, envelope)
         values ($1, gen_random_uuid(), 1, 1, 'test.tap', 'c', false, 'p', now(), now(), $2, $3, $4, $4, now(), '', '{}')`,
        [district, device, seq, author],
      )
    for (const seq of [1, 2, 3, 5]) await record(phone, maya, seq)
    await record(tablet, maya, 1)
    // two people on one device counted apart
    for (const seq of [1, 2]) await record(tablet, andre, seq)
    await client.query(
      `insert into device_seq (district_id, device, person_id, high, seen)
       values ($1, $2, $5, 5, '2026-11-02'), ($1, $3, $5, 1, now()), ($1, $3, $6, 2, now()), ($1, $4, $6, 1, '2026-11-01')`,
      [district, phone, tablet, quiet, maya, andre],
    )
    await client.query(
      `insert into refused (district_id, refused_id, uploaded_by, received, code, message, digest, body, truncated)
       values ($1, gen_random_uuid(), $2, now(), 'record.body', '', '', '{}', false)`,
      [district, maya],
    )
    expect((await migrate(url, options)).applied[0]).toBe('0006_devices.sql')
    const { rows } = await client.query(
      `select device, person_id, arrived::text, announced, gap_since::date::text as gap
       from handrail.device_seq order by device, person_id`,
    )
    expect(rows).toEqual([
      { device: phone, person_id: maya, arrived: '{[1,4),[5,6)}', announced: 0, gap: '2026-11-02' },
      { device: tablet, person_id: maya, arrived: '{[1,2)}', announced: 0, gap: null },
      { device: tablet, person_id: andre, arrived: '{[1,3)}', announced: 0, gap: null },
      // its record is not here any more
      { device: quiet, person_id: andre, arrived: '{}', announced: 0, gap: '2026-11-01' },
    ])
    expect((await client.query('select author, uploaded_by from handrail.refused')).rows).toEqual([
      { author: maya, uploaded_by: maya },
    ])
  })

  it('begins every key, constraint and index of a district’s table with the district', async () => {
    const { url, client } = await emptyDatabase()
    await migrate(url, options)
    const tables = (
      await client.query<{ name: string }>(
        "select relname as name from pg_class where relnamespace = 'handrail'::regnamespace and relkind in ('r', 'p') order by 1",
      )
    ).rows.map((row) => row.name)
    const ofDistrict = tables.filter((table) => !REFERENCE.includes(table))
    expect(tables).toEqual(expect.arrayContaining(REFERENCE))
    expect(ofDistrict.length).toBeGreaterThan(20)

    const indexes = (
      await client.query<{ table: string; index: string; is_key: boolean; first: string | null }>(
        `select c.relname as table, i.indexrelid::regclass::text as index, i.indisprimary as is_key, a.attname as first
         from pg_index i
         join pg_class c on c.oid = i.indrelid and c.relnamespace = 'handrail'::regnamespace
         left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]`,
      )
    ).rows.filter((row) => !REFERENCE.includes(row.table))
    expect(indexes.filter((row) => row.first !== 'district_id')).toEqual([])
    expect(
      indexes
        .filter((row) => row.is_key)
        .map((row) => row.table)
        .sort(),
    ).toEqual(ofDistrict)

    const constraints = (
      await client.query<{ name: string; table: string; first: string | null }>(
        `select k.conname as name, c.relname as table, a.attname as first
         from pg_constraint k
         join pg_class c on c.oid = k.conrelid and c.relnamespace = 'handrail'::regnamespace
         left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
         where k.contype in ('p', 'u', 'f', 'x')`,
      )
    ).rows.filter((row) => !REFERENCE.includes(row.table))
    expect(constraints.length).toBeGreaterThanOrEqual(ofDistrict.length)
    expect(constraints.filter((row) => row.first !== 'district_id')).toEqual([])

    // ids are made by clients, districts apart: nothing may count across districts
    const sequences = await client.query(
      "select relname from pg_class where relnamespace = 'handrail'::regnamespace and relkind = 'S'",
    )
    expect(sequences.rows).toEqual([])
  })

  it('G7 has policies that read settings only: no subselect and no lookup function', async () => {
    const { url, client } = await emptyDatabase()
    await migrate(url, options)
    const policies = (
      await client.query<{ tablename: string; policyname: string; text: string }>(
        `select tablename, policyname, concat_ws(' ', qual, with_check) as text from pg_policies where schemaname = 'handrail'`,
      )
    ).rows
    expect(policies.length).toBeGreaterThan(30)
    for (const { tablename, policyname, text } of policies) {
      const words = text.replaceAll(/'[^']*'/g, '').toLowerCase()
      const called = [...words.matchAll(/([a-z_]+)\s*\(/g)].map((match) => match[1])
      const known = ['current_setting', 'nullif', 'coalesce', 'any', 'all', 'and', 'or']
      expect(words, `${tablename} ${policyname}`).not.toContain('select')
      expect(known, `${tablename} ${policyname}`).toEqual(expect.arrayContaining(called))
    }
  })
})

it('gives every migration a number of its own', () => {
  for (const file of files) expect(file).toMatch(/^\d{4}_[a-z_]+\.sql$/)
  expect(new Set(files.map((file) => file.slice(0, 4))).size).toBe(files.length)
  expect(files).toEqual([...files].sort())
})

it('puts any password into the address of the app', () => {
  const url = new URL(
    appUrlOf('postgres://owner:secret@db.example:5433/handrail?sslmode=require', 'a/b@c:d%e'),
  )
  expect(decodeURIComponent(url.password)).toBe('a/b@c:d%e')
  expect([url.username, url.host, url.pathname, url.search]).toEqual([
    'handrail_app',
    'db.example:5433',
    '/handrail',
    '?sslmode=require',
  ])
})

/** Tables that are the same in every district. */
const REFERENCE = ['migration', 'role_tier']

/** Makes the schema as it was when the newest migration of the platform had this number. */
async function asOf(client: pg.Client, number: string): Promise<void> {
  await client.query('create schema handrail; set search_path = handrail')
  await client.query(
    'create table migration (name text primary key, sha256 text not null, applied timestamptz not null default now())',
  )
  for (const file of migrationFiles().filter((one) => basename(one).slice(0, 4) <= number)) {
    const text = readFileSync(file, 'utf8')
    await client.query(text)
    await client.query('insert into migration (name, sha256) values ($1, $2)', [
      basename(file),
      createHash('sha256').update(text).digest('hex'),
    ])
  }
}

/** What a process does that migrates. */
const MIGRATE = `
  const { migrate } = await import(process.env.MODULE)
  await migrate(process.env.URL, { appPassword: process.env.PASSWORD })
`

function migrateInProcess(url: string): ChildProcess {
  return spawn(process.execPath, ['--input-type=module', '--eval', MIGRATE], {
    env: {
      ...process.env,
      MODULE: pathToFileURL(join(import.meta.dirname, 'migrate.ts')).href,
      PASSWORD: testAppPassword,
      URL: url,
    },
    stdio: 'ignore',
  })
}

/** Which step ends with this message: all statements of a file are done when it is noted. */
function momentOf(chunk: Buffer): string | undefined {
  const text = chunk.toString('latin1')
  if (text.includes('insert into migration')) return files.find((file) => text.includes(file))
  if (/CREATE SCHEMA IF NOT EXISTS jobs/i.test(text)) return 'jobs'
  return text.includes('alter role handrail_app password') ? 'password' : undefined
}

/** Ends all connections to the database but this one. */
async function endOthers(client: pg.Client): Promise<void> {
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`,
  )
}

/** The statements with a rest before this one. A query is 'Q', its length with these four bytes, its text, a zero. */
function pausedBetween(chunk: Buffer, statement: string): Buffer {
  const at = chunk.indexOf(statement)
  if (at < 0) return chunk
  const pause = Buffer.from('select pg_sleep(2);\n')
  const longer = Buffer.concat([chunk.subarray(0, at), pause, chunk.subarray(at)])
  longer.writeInt32BE(chunk.readInt32BE(1) + pause.length, 1)
  return longer
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    if (await condition()) return
    await delay(10)
  }
  throw new Error('waited in vain')
}

/** One table of each file: there when its file is noted as done, and only then. */
const LANDMARKS: Record<string, string> = {
  '0001_access.sql': 'handrail.relationship',
  '0002_records.sql': 'handrail.audit_unsealed',
  '0004_identity.sql': 'identity.membership',
  '0006_devices.sql': 'handrail.device_key',
  '0101_roster.sql': 'handrail.import_run',
  '0102_schedule.sql': 'handrail.assignment_student',
}

async function halfDone(client: pg.Client): Promise<string[]> {
  // waits for a killed run to be rolled back: it holds the lock until then
  await client.query('select pg_advisory_lock(44000001); select pg_advisory_unlock(44000001)')
  const noted = await client.query("select to_regclass('handrail.migration') is not null as there")
  const done = noted.rows[0].there
    ? (await client.query<{ name: string }>('select name from handrail.migration')).rows.map(
        (row) => row.name,
      )
    : []
  const wrong: string[] = []
  for (const [file, table] of Object.entries(LANDMARKS)) {
    const { rows } = await client.query('select to_regclass($1) is not null as there', [table])
    if (rows[0].there !== done.includes(file)) wrong.push(file)
  }
  return wrong
}

const shapes = new Map<string, Promise<unknown>>()

/** The schema as an unbroken run makes it. */
function freshShape(engine: string): Promise<unknown> {
  const known = shapes.get(engine)
  if (known) return known
  const shape = (async () => {
    const database = await createTestDatabase(engine)
    const client = new pg.Client({ connectionString: database.ownerUrl })
    await client.connect()
    try {
      return await shapeOf(client)
    } finally {
      await client.end()
      await database.drop()
    }
  })()
  shapes.set(engine, shape)
  return shape
}

/** Tables, columns, indexes, constraints, policies, functions, rights and reference rows, as texts. */
async function shapeOf(client: pg.Client): Promise<unknown> {
  const rows = async (query: string) =>
    (await client.query({ text: query, rowMode: 'array' })).rows
      .map((row: unknown[]) => row.join(' | '))
      // the jobs have a partition a day
      .filter((line) => !/queue_stats_\d{8}/.test(line))
  const ours = "in ('handrail', 'identity', 'jobs')"
  return {
    columns: await rows(
      `select table_schema, table_name, column_name, data_type, is_nullable, column_default
       from information_schema.columns where table_schema ${ours} order by 1, 2, 3`,
    ),
    tables: await rows(
      `select n.nspname, c.relname, c.relkind, c.relrowsecurity, c.relacl::text
       from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname ${ours} order by 1, 2`,
    ),
    indexes: await rows(`select indexdef from pg_indexes where schemaname ${ours} order by 1`),
    constraints: await rows(
      `select conrelid::regclass::text, conname, pg_get_constraintdef(k.oid)
       from pg_constraint k join pg_namespace n on n.oid = k.connamespace where n.nspname ${ours} order by 1, 2`,
    ),
    policies: await rows(
      `select tablename, policyname, permissive, roles::text, cmd, qual, with_check
       from pg_policies where schemaname ${ours} order by 1, 2`,
    ),
    functions: await rows(
      `select pg_get_functiondef(p.oid), p.proacl::text
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname ${ours} order by 1`,
    ),
    roles: await rows('select * from handrail.role_tier order by role, tier'),
    done: await rows('select name, sha256 from handrail.migration order by name'),
  }
}
