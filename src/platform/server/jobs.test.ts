/** Jobs on a real database: done once whoever does them, done again after a kill, and never a word about a person. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { getRollbackPlans, PgBoss } from 'pg-boss'
import packageJson from 'pg-boss/package.json' with { type: 'json' }
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { demoUsers, loadDemo } from '../../demo/load.ts'
import { openCore } from '../../core.ts'
import { dataFolder } from '../../guarantees/running.ts'
import { device, NOW, openSchool, sessionOf, type TestSchool } from '../../guarantees/school.ts'
import { sealAudit, verifyAudit } from './audit.ts'
import { Directory } from './directory.ts'
import { CLEAN, housekeeping, SEAL, VERIFY } from './housekeeping.ts'
import { startJobs, type Job } from './jobs.ts'
import { createLog } from './log.ts'
import { migrate } from './migrate.ts'
import { createTestDatabase, testEngines } from './testing.ts'
import { openWire } from './testing-proxy.ts'
import { testAppPassword } from './testing-servers.ts'

const QUICK = { poll: 1, cron: 1, supervise: 1, heartbeat: 10 }
const NEVER = '0 0 29 2 1'
const NEVER_STOPS = new AbortController().signal

describe.each(testEngines())('jobs on $name', { timeout: 40_000 }, ({ name }) => {
  let school: TestSchool
  let owner: pg.Client
  let asker: PgBoss
  beforeAll(async () => {
    school = await openSchool(name)
    owner = new pg.Client({ connectionString: school.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
    asker = new PgBoss({
      connectionString: school.db.appUrl,
      schema: 'jobs',
      migrate: false,
      supervise: false,
      schedule: false,
      max: 1,
    })
    await asker.start()
  })
  afterAll(async () => {
    await asker.stop({ graceful: false })
    await owner.end()
    await school.close()
  })

  const lines: string[] = []
  const log = createLog('warn', { write: (line) => void lines.push(line) })
  const started = async (jobs: readonly Job[], url = school.db.appUrl) => {
    const running = await startJobs({ url, jobs, log, pace: QUICK })
    onTestFinished(() => running.stop(2000))
    return running
  }
  const sealing: Job = {
    name: SEAL,
    cron: '* * * * *',
    run: async () => ({ sealed: await sealAudit(school.database, school.district) }),
  }
  const state = async (job: string) =>
    (
      await owner.query<{ state: string; retry_count: number }>(
        'select state, retry_count from jobs.job where name = $1 order by created_on',
        [job],
      )
    ).rows
  const push = (what: string) =>
    school.push(
      school.people.maya,
      sessionOf(school, device(school.people.maya, NOW, what), [{ result: '+' }]).records,
    )

  it('G8 seals the trail by itself, in one process of several', async () => {
    await push('sealed by a job')
    const ran: string[] = []
    const one = await started([{ ...sealing, run: () => (ran.push('one'), sealing.run(NEVER_STOPS)) }])
    const two = await started([{ ...sealing, run: () => (ran.push('two'), sealing.run(NEVER_STOPS)) }])
    await until(async () => (await state(SEAL)).some((row) => row.state === 'completed'))
    await delay(1500)
    expect(await verifyAudit(school.database, school.district)).toMatchObject({
      ok: true,
      links: 1,
      unsealed: 0,
    })
    // one minute, one job
    expect(ran).toHaveLength((await state(SEAL)).length)
    expect(ran.length).toBeLessThanOrEqual(2)
    const [done] = await two.lastDone()
    expect(done?.job).toBe(SEAL)
    expect(Math.abs((done?.at ?? 0) - Date.now())).toBeLessThan(30_000)
    expect(await one.lastDone()).toEqual([done])
  })

  it('F42 does a job again after its process was killed in the middle, and its work counts once', async () => {
    await push('sealed after a kill')
    const before = await verifyAudit(school.database, school.district)
    // what a transaction sees of others' waiting stands still, so another one holds the lock
    const holder = new pg.Client({ connectionString: school.db.ownerUrl })
    await holder.connect()
    await holder.query('begin; lock table handrail.audit_seal in exclusive mode')
    const child = spawn(process.execPath, ['--input-type=module', '--eval', SEALER], {
      env: {
        ...process.env,
        FOLDER: pathToFileURL(join(import.meta.dirname, '..', '..')).href,
        URL: school.db.appUrl,
        DISTRICT: school.district,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(createInterface(child.stdout), 'line')
    await asker.send('test.seal')
    await until(async () => (await waiting(owner)) > 0)
    child.kill('SIGKILL')
    await once(child, 'exit')
    await holder.end()
    expect((await state('test.seal')).map((row) => row.state)).toEqual(['active'])

    await started([{ ...sealing, name: 'test.seal', cron: NEVER }])
    // as if it had been silent for an hour
    await owner.query("update jobs.job set heartbeat_on = now() - interval '1 hour' where name = 'test.seal'")
    await until(async () => (await state('test.seal'))[0]?.state === 'retry')
    await owner.query("update jobs.job set start_after = now() where name = 'test.seal'")
    await until(async () => (await state('test.seal'))[0]?.state === 'completed')
    expect(await state('test.seal')).toEqual([{ state: 'completed', retry_count: 1 }])
    expect(await verifyAudit(school.database, school.district)).toMatchObject({
      ok: true,
      links: before.links + 1,
      unsealed: 0,
    })
  })

  it('F42 gives a job up after a few attempts, and keeps nothing of what the error said', async () => {
    let attempts = 0
    await started([
      {
        name: 'test.fails',
        cron: NEVER,
        run: async () => {
          attempts += 1
          throw Object.assign(new Error('duplicate key: (name)=(Amari Mensah)'), {
            code: '23505',
            detail: 'Key (name)=(Amari Mensah) already exists.',
            cause: new Error('Amari Mensah'),
          })
        },
      },
    ])
    await asker.send('test.fails')
    await until(async () => {
      await owner.query(
        "update jobs.job set start_after = now() where name = 'test.fails' and state = 'retry'",
      )
      return (await state('test.fails'))[0]?.state === 'failed'
    })
    await delay(1500)
    expect(attempts).toBe(4)
    const kept = await owner.query(
      "select row_to_json(j)::text as row from jobs.job j where name = 'test.fails'",
    )
    expect(kept.rows[0]?.row).toContain('23505')
    expect(kept.rows[0]?.row + lines.join('\n')).not.toContain('Amari')
    expect(lines.filter((line) => line.includes('job test.fails failed'))).toHaveLength(4)
  })

  it('F42 tells a job that everything stops, and keeps what it had done until then', async () => {
    let began = false
    const running = await startJobs({
      url: school.db.appUrl,
      jobs: [
        {
          name: 'test.long',
          cron: NEVER,
          run: async (stop) => {
            began = true
            await once(stop, 'abort')
            return { done: 1 }
          },
        },
      ],
      log,
      pace: QUICK,
    })
    await asker.send('test.long')
    await until(async () => began)
    await running.stop(5000)
    expect((await state('test.long')).map((row) => row.state)).toEqual(['completed'])
  })

  it('goes on after the database was away, and says nothing of it in the log', async () => {
    const wire = await openWire(school.db.appUrl)
    onTestFinished(() => wire.close())
    lines.length = 0
    let ran = 0
    await started([{ name: 'test.away', cron: NEVER, run: async () => ({ ran: (ran += 1) }) }], wire.url)
    wire.cut()
    await asker.send('test.away')
    await delay(2500)
    expect(ran).toBe(0)
    wire.mend()
    await until(async () => ran === 1)
    expect(lines).toEqual([])
  })

  it('lets the server’s role work in the tables of the jobs, and neither make nor change any', async () => {
    const app = new pg.Client({ connectionString: school.db.appUrl })
    await app.connect()
    for (const no of [
      'create table jobs.mine (n int)',
      'alter table jobs.job add column n int',
      'drop table jobs.queue',
    ])
      await expect(app.query(no)).rejects.toMatchObject({ code: '42501' })
    await app.end()
  })

  it('brings the tables of an older release up to date', async () => {
    const db = await createTestDatabase(name)
    const client = new pg.Client({ connectionString: db.ownerUrl })
    await client.connect()
    const version = async () =>
      Number((await client.query('select version from jobs.version')).rows[0]?.version)
    const now = await version()
    expect(now).toBe(packageJson.pgboss.schema)
    await client.query(getRollbackPlans('jobs', now))
    expect(await version()).toBe(now - 1)
    await migrate(db.ownerUrl, { appPassword: testAppPassword })
    expect(await version()).toBe(now)
    let ran = false
    const running = await startJobs({
      url: db.appUrl,
      jobs: [{ name: 'test.new', cron: '* * * * *', run: async () => ((ran = true), {}) }],
      log,
      pace: QUICK,
    })
    await until(async () => ran)
    await running.stop(2000)
    await client.end()
    await db.drop()
  })

  it('G8 looks through the trail at night, and says so where it is broken', async () => {
    const directory = new Directory()
    await directory.load(school.database.pool)
    const house = { database: school.database, directory, identity: { clean: async () => 0 }, log }
    const verifying = housekeeping(house).find((job) => job.name === VERIFY)
    await push('looked through')
    await sealAudit(school.database, school.district)
    const { links } = await verifyAudit(school.database, school.district)
    lines.length = 0
    expect(await verifying?.run(NEVER_STOPS)).toEqual({ links, broken: 0 })
    expect(lines).toEqual([])
    await owner.query(
      "update audit set detail = '{}' where audit_id = (select ids[1] from audit_seal where n = $1)",
      [links],
    )
    expect(await verifying?.run(NEVER_STOPS)).toEqual({ links, broken: 1 })
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ event: 'the audit trail is broken', code: 'hash', count: links }),
    ])
  })

  it('removes sessions, verifications and counts that have expired, and no other', async () => {
    const db = await createTestDatabase(name)
    const dataDir = dataFolder()
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
    const client = new pg.Client({ connectionString: db.ownerUrl, options: '-c search_path=identity' })
    await client.connect()
    for (const [token, expires] of [
      ['old', "now() - interval '1 minute'"],
      ['new', "now() + interval '1 hour'"],
    ]) {
      await client.query(
        `insert into session (token, "expiresAt", "userId") select '${token}', ${expires}, id from "user" limit 1`,
      )
      await client.query(
        `insert into verification (identifier, value, "expiresAt") values ('${token}', 'x', ${expires})`,
      )
    }
    await client.query(
      `insert into "rateLimit" (key, count, "lastRequest") values ('old', 1, 0), ('new', 1, ${Date.now()})`,
    )
    const cleaning = housekeeping(core).find((job) => job.name === CLEAN)
    expect(await cleaning?.run(NEVER_STOPS)).toEqual({ removed: 3 })
    const left = await client.query(
      `select token as what from session union all select identifier from verification union all select key from "rateLimit"`,
    )
    expect(left.rows).toEqual([{ what: 'new' }, { what: 'new' }, { what: 'new' }])
    expect((await client.query('select count(*)::int as n from "user"')).rows).toEqual([
      { n: demoUsers().length },
    ])
    await client.end()
    await core.close()
    await db.drop()
    rmSync(dataDir, { recursive: true })
  })
})

/** A process that seals as a job. */
const SEALER = `
  const at = (path) => import(process.env.FOLDER + '/' + path)
  const { openDatabase } = await at('core.ts')
  const { sealAudit } = await at('platform/server/audit.ts')
  const { startJobs } = await at('platform/server/jobs.ts')
  const { createLog } = await at('platform/server/log.ts')
  const database = openDatabase(process.env.URL, () => Date.now())
  await startJobs({
    url: process.env.URL,
    log: createLog('silent'),
    pace: { poll: 1, cron: 1, supervise: 60, heartbeat: 10 },
    jobs: [{ name: 'test.seal', cron: '0 0 29 2 1', run: async () => ({ sealed: await sealAudit(database, process.env.DISTRICT) }) }],
  })
  console.log('up')
`

/** Sessions that wait for what another has locked. */
async function waiting(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query(
    `select count(*)::int as n from pg_stat_activity
     where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`,
  )
  return rows[0].n
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await condition()) return
    await delay(50)
  }
  throw new Error('waited in vain')
}
