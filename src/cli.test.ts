/** The command line as an operator uses it: a process of its own, on a real database. One engine is enough. */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp } from './app.ts'
import { createAdministrator } from './capabilities/roster/server/administrators.ts'
import { openCore } from './core.ts'
import { cedarBend } from './demo/cedar-bend.ts'
import { dropDemo, loadDemo } from './demo/load.ts'
import { dataFolder, Visitor } from './guarantees/running.ts'
import { readConfig } from './platform/server/config.ts'
import { createTestDatabase, testEngines, type TestDatabase } from './platform/server/testing.ts'

const ROSTERS = join(import.meta.dirname, 'capabilities/roster/fixtures/oneroster')
const SERIES = join(import.meta.dirname, 'capabilities/progress/fixtures/singlecase')

/** A database and a data folder, and commands that run on them. */
interface Desk {
  readonly db: TestDatabase
  readonly owner: pg.Client
  readonly environment: Record<string, string>
  run(...words: string[]): Promise<{ code: number | null; out: string; err: string }>
  /** Runs with --json; expects the exit code. */
  report<T = Report>(code: number, ...words: string[]): Promise<T>
  /** Rows of each table of ours. */
  counts(): Promise<Record<string, number>>
  column(query: string, values?: unknown[]): Promise<unknown[]>
  close(): Promise<void>
}

interface Report {
  ok: boolean
  imported: boolean
  dry_run: boolean
  version: string
  district: { id: string; name: string }
  files: Record<string, { rows: number; roles?: Record<string, number>; statuses?: Record<string, number> }>
  findings: { file: string; row: number; field?: string; code: string; message: string; severity: string }[]
  records: { made: number; accepted: number; duplicate: number }
  series: number
  phases: number
}

describe('import oneroster', { timeout: 60_000 }, () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk()
  })
  afterAll(() => desk.close())

  it('says on a dry run what is there, file by file, and writes nothing', async () => {
    const before = await desk.counts()
    const report = await desk.report(0, 'import', 'oneroster', join(ROSTERS, 'v1p1'), '--dry-run')
    expect(await desk.counts()).toEqual(before)
    // whoever waits at a terminal is told how far it is
    const { err } = await desk.run('import', 'oneroster', join(ROSTERS, 'v1p1'), '--dry-run')
    expect([err.split('\n')[0], err.trim().split('\n').at(-1)]).toEqual(['0 of 54 rows', '54 of 54 rows'])
    expect(report).toMatchObject({ ok: true, imported: false, dry_run: true, version: '1.1' })
    expect(report.district.name).toBe('v1p1')
    expect(Object.fromEntries(Object.entries(report.files).map(([file, { rows }]) => [file, rows]))).toEqual({
      'manifest.csv': 17,
      'orgs.csv': 4,
      'academicSessions.csv': 3,
      'courses.csv': 2,
      'users.csv': 13,
      'classes.csv': 2,
      'enrollments.csv': 11,
      'demographics.csv': 2,
    })
    expect(report.files['users.csv']?.roles).toEqual({
      student: 6,
      teacher: 2,
      aide: 1,
      administrator: 2,
      proctor: 1,
      parent: 1,
    })
    expect(report.files['enrollments.csv']?.statuses).toEqual({ '': 10, tobedeleted: 1 })
    for (const finding of report.findings)
      expect(finding).toEqual({
        file: expect.stringMatching(/\.csv$/),
        row: expect.any(Number),
        field: expect.any(String),
        code: expect.stringMatching(/^(csv|oneroster)\.[a-z_]+$/),
        severity: 'warning',
        message: expect.stringMatching(/\.$/),
      })
  })

  it('imports nothing at all of a bundle with errors, names each, and leaves not even a district', async () => {
    const before = await desk.counts()
    const report = await desk.report(1, 'import', 'oneroster', join(ROSTERS, 'broken'))
    expect(await desk.counts()).toEqual(before)
    expect(report).toMatchObject({ ok: false, imported: false })
    const errors = report.findings.filter(({ severity }) => severity === 'error')
    // line numbers of the fixture, the header being line 1
    expect(errors.map(({ file, row, field, code }) => [file, row, field, code])).toEqual([
      ['users.csv', 15, 'password', 'csv.ragged_row'],
      ['users.csv', 16, 'sourcedId', 'oneroster.duplicate_id'],
      ['users.csv', 17, 'status', 'oneroster.unknown_status'],
      ['users.csv', 18, 'role', 'oneroster.unknown_role'],
      ['users.csv', 19, 'sourcedId', 'oneroster.blank_field'],
      ['enrollments.csv', 13, 'classSourcedId', 'oneroster.dangling_reference'],
      ['enrollments.csv', 14, 'userSourcedId', 'oneroster.dangling_reference'],
      ['enrollments.csv', 15, 'beginDate', 'oneroster.bad_date'],
      ['enrollments.csv', 16, 'endDate', 'oneroster.dates_reversed'],
      ['enrollments.csv', 17, 'role', 'oneroster.role_conflict'],
      ['enrollments.csv', 18, 'userSourcedId', 'oneroster.reference_left_out'],
    ])
    const { code, out } = await desk.run('import', 'oneroster', join(ROSTERS, 'broken'))
    expect(code).toBe(1)
    expect(out).toMatch(/^error users\.csv:18 role oneroster\.unknown_role .*“janitor”/m)
    expect(out).toMatch(/Nothing was imported/)
    expect(await desk.column('select name from district')).toEqual([])
  })

  it('G8 imports a sound bundle in one act, and the same again without a second copy', async () => {
    const report = await desk.report(
      0,
      'import',
      'oneroster',
      join(ROSTERS, 'v1p1'),
      '--district',
      'Maple Hollow',
    )
    expect(report).toMatchObject({ ok: true, imported: true, district: { name: 'Maple Hollow' } })
    const first = await desk.counts()
    // two schools, the district and a department; 7 adults but no parent; 6 students; 2 classes; 11 enrollments
    expect(first).toMatchObject({
      district: 1,
      school: 4,
      person: 7,
      student: 6,
      section: 2,
      enrollment: 11,
      import_run: 1,
    })
    expect(await desk.column('select demo from district')).toEqual([false])
    expect(await desk.column("select count(*)::int from audit where action = 'roster.import'")).toEqual([1])
    expect(await desk.column("select given || ' ' || family from student where source_id = 'st4'")).toEqual([
      '小明 王',
    ])
    // Rosalind teaches room 12, so the students of the other class are not hers
    const hers = await desk.column(
      `select s.source_id from relationship r join person p using (district_id, person_id) join student s using (district_id, student_id)
       where p.source_id = 'te1' order by 1`,
    )
    expect(hers).toEqual(['st1', 'st2', 'st3'])

    await desk.report(0, 'import', 'oneroster', join(ROSTERS, 'v1p1'), '--district', 'Maple Hollow')
    const { import_run, audit, audit_unsealed, ...second } = await desk.counts()
    expect(import_run).toBe(2)
    expect([audit, audit_unsealed]).toEqual([(first['audit'] ?? 0) + 1, (first['audit_unsealed'] ?? 0) + 1])
    expect(first).toMatchObject(second)
  })

  it('takes a 1.2 bundle into a district of its own: names people go by, roles of their own file', async () => {
    const report = await desk.report(0, 'import', 'oneroster', join(ROSTERS, 'v1p2'))
    expect(report).toMatchObject({ imported: true, version: '1.2', district: { name: 'v1p2' } })
    expect(await desk.column('select preferred from student where preferred is not null')).toEqual(['Sasha'])
    const roles = await desk.column(
      `select p.source_id || ' ' || s.role from staff_role s join person p using (district_id, person_id)
       where s.district_id = $1 and p.source_id in ('ai1', 'it1') order by 1`,
      [report.district.id],
    )
    expect(roles).toEqual(['ai1 para', 'it1 it_admin'])
  })
})

describe('import singlecase, audit and views', { timeout: 60_000 }, () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk()
  })
  afterAll(() => desk.close())

  const valuesOf = async (dataset: string) =>
    (
      await desk.column(
        `select p.state from projection p join student s using (district_id, student_id)
         where p.view = 'progress.points' and s.source_id like $1 || ':%' order by s.source_id`,
        [dataset],
      )
    ).map((state) =>
      (JSON.parse(String(state)) as { points: { value: number | null }[] }).points.map(({ value }) => value),
    )

  it('G10 brings every point of every series, in order, and the same again without a second copy', async () => {
    const report = await desk.report(0, 'import', 'singlecase', join(SERIES, 'sound'))
    // three series: A-B, A-B, A-B-A-B
    expect(report).toMatchObject({ ok: true, imported: true, series: 3, phases: 8, findings: [] })
    expect(report.files['CrozierTincani2005.csv']?.rows).toBe(24)
    expect(report.files['ParkerVannestDavis2011.csv']?.rows).toBe(22)
    // Crozier and Tincani (2005): talk-outs in an A-B-A-B design
    expect(await valuesOf('CrozierTincani2005')).toEqual([
      [9, 12, 10, 8, 12, 16, 0, 6, 1, 5, 1, 1, 2, 4, 12, 12, 7, 11, 1, 0, 0, 0, 0, 0],
    ])
    // Parker, Vannest and Davis (2011): the two worked examples
    expect(await valuesOf('ParkerVannestDavis2011')).toEqual([
      [20, 20, 26, 25, 22, 23, 28, 25, 24, 27, 30, 30, 29],
      [3, 3, 4, 5, 4, 5, 6, 7, 7],
    ])
    expect(await desk.column('select demo from district')).toEqual([true])
    // a program and a phase or two are records too
    expect(report.records).toEqual({ made: 46 + 8 + 3, accepted: 57, duplicate: 0 })

    const first = await desk.counts()
    const again = await desk.report(0, 'import', 'singlecase', join(SERIES, 'sound'))
    expect(again.records).toEqual({ made: 57, accepted: 0, duplicate: 57 })
    const second = await desk.counts()
    for (const table of ['record', 'projection', 'student', 'relationship', 'refused'])
      expect([table, second[table]]).toEqual([table, first[table]])
  })

  it('G10 keeps a blank and a word for missing as no value, never as 0', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'handrail-series-'))
    cpSync(join(SERIES, 'messy', 'warnings.csv'), join(folder, 'warnings.csv'))
    const report = await desk.report(0, 'import', 'singlecase', folder, '--district', 'Messy data')
    rmSync(folder, { recursive: true })
    expect(report.findings.length).toBeGreaterThan(0)
    for (const { severity } of report.findings) expect(severity).toBe('warning')
    expect(await valuesOf('Messy')).toEqual([[2, null, 0, 7, 8, null, 6]])
  })

  it('imports nothing of a folder with errors, and names the rows', async () => {
    const before = await desk.counts()
    const report = await desk.report(
      1,
      'import',
      'singlecase',
      join(SERIES, 'messy'),
      '--district',
      'Broken data',
    )
    expect(await desk.counts()).toEqual(before)
    const errors = report.findings.filter(({ severity }) => severity === 'error')
    expect(errors.map(({ file, row, field }) => [file, row, field])).toEqual([
      ['errors.csv', 3, 'value'],
      ['errors.csv', 4, 'measurement_type'],
      ['errors.csv', 5, 'improvement'],
      ['errors.csv', 6, 'session'],
      ['errors.csv', 7, 'improvement'],
    ])
  })

  it('G9 rebuilds every view to the same bytes', async () => {
    const read = () =>
      desk.column(
        'select concat_ws(chr(10), district_id, view, version, part, parent, aud, at, state) from projection order by 1',
      )
    const before = await read()
    await desk.owner.query("update projection set state = '{}' where view = 'progress.points'")
    const { districts } = await desk.report<{ districts: { partitions: number }[] }>(0, 'views', 'rebuild')
    expect(districts.map(({ partitions }) => partitions).every((n) => n > 0)).toBe(true)
    expect(await read()).toEqual(before)
  })

  it('G8 verifies the trail, and says where it was altered', async () => {
    type Verdict = { districts: { ok: boolean; name: string; broken: { n: number; why: string } | null }[] }
    const sound = await desk.report<Verdict>(0, 'audit', 'verify')
    expect(sound.districts.map(({ ok }) => ok)).toEqual([true, true])
    await desk.owner.query(
      "update audit set detail = '{}' where action = 'roster.import' and district_id = (select district_id from district where name = 'Messy data')",
    )
    const { code, out } = await desk.run('audit', 'verify')
    expect(code).toBe(1)
    expect(out).toMatch(/^Messy data: BROKEN at link 1 \(hash\)$/m)
    expect(out).toMatch(/^Published single-case data: \d+ entries in \d+ links hold$/m)
  })
})

describe('admin create, demo reset, and what is not understood', { timeout: 60_000 }, () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk()
  })
  afterAll(() => desk.close())

  const create = ['admin', 'create', '--email', 'ada@maple.example', '--name', 'Ada Lovett']

  it('refuses a password that is weak, and whatever is missing, and makes nobody', async () => {
    const short = await desk.run(...create, '--district', 'Maple', '--password', 'Tr0ub4dor&3')
    expect([short.code, short.out.trim()]).toEqual([1, '--password must have at least 12 characters'])
    const core = await openCore(readConfig({ ...desk.environment, HANDRAIL_LOG: 'silent' }))
    try {
      const sound = { email: 'ada@maple.example', name: 'Ada Lovett', district: 'Maple', password: undefined }
      for (const [wrong, words] of [
        [{ password: 'abababababab' }, /easy to guess/],
        [{ password: '1843-LOVETT-1843!' }, /easy to guess/],
        [{ password: 'maple-syrup-7-31' }, /easy to guess/],
        [{ email: 'ada' }, /--email/],
        [{ email: undefined }, /--email/],
        [{ name: undefined }, /--name/],
        [{ district: undefined }, /--district/],
      ] as const) {
        const outcome = await createAdministrator(core, { ...sound, ...wrong })
        expect(outcome.ok).toBe(false)
        expect(outcome.text).toMatch(words)
      }
    } finally {
      await core.close()
    }
    expect(await desk.counts()).toMatchObject({ district: 0, person: 0, user: 0 })
  })

  it('makes the first administrator with a password shown once, who signs in with it and reaches nobody', async () => {
    const { code, out } = await desk.run(...create, '--district', 'Maple')
    expect(code).toBe(0)
    const password = /Password \(shown once\): (\S+)/.exec(out)?.[1] ?? ''
    // 96 random bits
    expect(password).toMatch(/^[\w-]{16}$/)
    const stored = await desk.column('select row_to_json(a)::text from identity.account a')
    expect(stored).toHaveLength(1)
    expect(stored[0]).not.toContain(password)

    const core = await openCore(readConfig({ ...desk.environment, PORT: '0', HANDRAIL_LOG: 'silent' }))
    const app = await startApp(core)
    try {
      const ada = new Visitor(app.url)
      const answer = await ada.post('/api/auth/sign-in/email', { email: 'ada@maple.example', password })
      expect(answer.status).toBe(200)
      expect((await ada.get('/api/me')).json()).toMatchObject({
        person: { name: 'Ada Lovett' },
        district: { name: 'Maple', demo: false },
        roles: ['administrator'],
        students: [],
      })
      const wrong = await new Visitor(app.url).post('/api/auth/sign-in/email', {
        email: 'ada@maple.example',
        password: `${password}x`,
      })
      expect(wrong.status).toBe(401)
    } finally {
      await app.close()
    }
  })

  it('gives the same administrator a new password, and no second copy', async () => {
    const chosen = 'correct horse battery staple'
    const report = await desk.report<{ ok: boolean; password?: string }>(0, ...create, '--password', chosen)
    expect(report).toMatchObject({ ok: true })
    expect(report).not.toHaveProperty('password')
    expect(await desk.counts()).toMatchObject({ district: 1, person: 1, user: 1, membership: 1 })
  })

  it('puts the demo school back to its first day, and touches no other district', async () => {
    const core = await openCore(readConfig({ ...desk.environment, HANDRAIL_LOG: 'silent' }))
    try {
      await loadDemo(core, { history: false })
      const loaded = await desk.counts()
      const demo = cedarBend().district.id
      await desk.owner.query('update handrail.district set clock_offset_ms = 0 where district_id = $1', [
        demo,
      ])
      await desk.owner.query("update handrail.student set given = 'Somebody' where district_id = $1", [demo])
      await desk.owner.query('delete from handrail.relationship where district_id = $1', [demo])
      await dropDemo(core)
      expect(await desk.column('select name from district')).toEqual(['Maple'])
      expect(await desk.counts()).toMatchObject({ person: 1, student: 0, record: 0, membership: 1 })
      await loadDemo(core, { history: false })
      expect(await desk.counts()).toEqual(loaded)
      expect(await desk.column("select count(*)::int from student where given = 'Somebody'")).toEqual([0])
      const now = core.directory.now(demo)
      expect(Math.abs(now - Date.parse(cedarBend().startAt))).toBeLessThan(60_000)
    } finally {
      await core.close()
    }
  })

  it('lists devices, signs one or all of them out, and makes a new key to seal to', async () => {
    const email = 'ada@maple.example'
    const [person] = await desk.column(
      'select person_id from identity.membership m join identity."user" u on u.id = m.user_id where u.email = $1',
      [email],
    )
    const [district] = await desk.column("select district_id from district where name = 'Maple'")
    const devices = ['1', '2', '3'].map((one) => `${one.repeat(8)}-0000-4000-8000-000000000000`)
    for (const device of devices) {
      const [session] = await desk.column(
        `insert into identity.session ("expiresAt", token, "userId")
         select now() + interval '1 hour', $1, id from identity."user" where email = $2 returning id`,
        [device, email],
      )
      await desk.owner.query(
        `insert into device_key (district_id, key_id, device, person_id, public_key, label, opened, seen, session_id)
         values ($1, gen_random_uuid(), $2, $3, $4, 'Phone', now(), now(), $5)`,
        [district, device, person, Buffer.alloc(65, 4), session],
      )
    }
    const open = () => desk.column('select device from device_key where revoked is null order by device')
    expect(await desk.report(1, 'devices', 'list')).toMatchObject({ ok: false })
    expect(await desk.report(1, 'devices', 'list', '--email', 'nobody@maple.example')).toMatchObject({
      ok: false,
    })
    const list = await desk.report<{ devices: { device: string; revoked: number | null }[] }>(
      0,
      'devices',
      'list',
      '--email',
      email.toUpperCase(),
    )
    expect(list.devices.map((one) => [one.device, one.revoked]).sort()).toEqual(
      devices.map((one) => [one, null]),
    )

    const one = ['devices', 'sign-out', '--email', email]
    expect(await desk.report(1, ...one, '--device', devices[0]?.replace('1', '9') ?? '')).toMatchObject({
      ok: false,
    })
    expect(await open()).toEqual(devices)
    await desk.report(0, ...one, '--device', devices[0] ?? '')
    expect(await open()).toEqual(devices.slice(1))
    const sessions = () =>
      desk.column('select token from identity.session where token = any($1) order by 1', [devices])
    expect(await sessions()).toEqual(devices.slice(1))
    expect(await desk.report(0, ...one)).toEqual({
      ok: true,
      devices: expect.arrayContaining(devices.slice(1)),
    })
    expect(await open()).toEqual([])
    expect(await sessions()).toEqual([])
    expect(
      await desk.column("select actor from audit where action = 'device.sign_out' and district_id = $1", [
        district,
      ]),
    ).toEqual([null, null, null])

    const first = await desk.report<{ districts: { name: string; key: string }[] }>(0, 'keys', 'rotate')
    const next = await desk.report<typeof first>(0, 'keys', 'rotate', '--district', 'Maple')
    expect(next.districts.map((made) => made.name)).toEqual(['Maple'])
    expect(first.districts.map((made) => made.key)).not.toContain(next.districts[0]?.key)
    expect(await desk.report(1, 'keys', 'rotate', '--district', 'Nowhere')).toMatchObject({ ok: false })
  })

  it('shows how it is used when it does not understand, and says plainly what it cannot read', async () => {
    const wrong = [['import', 'oneroster'], ['toString'], ['audit', 'verify', '--loud']]
    const answers = await Promise.all(wrong.map((words) => desk.run(...words)))
    for (const { code, out, err } of answers) {
      expect([code, out]).toEqual([2, ''])
      expect(err).toContain('npm run handrail -- <command> [--json]')
      expect(err).not.toContain('at file:')
    }
    const { code, out, err } = await desk.run('import', 'oneroster', '/nowhere/at/all')
    expect([code, out, err.trim()]).toEqual([1, '', 'The folder /nowhere/at/all cannot be read.'])
  })
})

async function openDesk(): Promise<Desk> {
  const db = await createTestDatabase(testEngines()[0]?.name ?? '')
  const dataDir = dataFolder()
  const owner = new pg.Client({ connectionString: db.ownerUrl, options: '-c search_path=handrail' })
  await owner.connect()
  const environment = { DATABASE_URL: db.ownerUrl, HANDRAIL_DATA: dataDir }
  const run: Desk['run'] = async (...words) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'cli.ts'), ...words], {
      env: { ...process.env, ...environment },
    })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk))
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
    return { code, out, err }
  }
  const column: Desk['column'] = async (query, values = []) =>
    (await owner.query({ text: query, values, rowMode: 'array' })).rows.map((row: unknown[]) => row[0])
  return {
    db,
    owner,
    environment,
    run,
    async report<T>(expected: number, ...words: string[]) {
      const { code, out, err } = await run(...words, '--json')
      expect([code, err]).toEqual([expected, ''])
      return JSON.parse(out) as T
    },
    async counts() {
      const tables = await column(
        `select format('%I.%I', schemaname, tablename) from pg_tables
         where schemaname = 'handrail' or (schemaname = 'identity' and tablename in ('user', 'membership')) order by 1`,
      )
      const counts: Record<string, number> = {}
      for (const table of tables) {
        const name = String(table).replace(/^.*\.|"/g, '')
        counts[name] = Number((await column(`select count(*)::int from ${String(table)}`))[0])
      }
      return counts
    },
    column,
    async close() {
      await owner.end()
      await db.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
