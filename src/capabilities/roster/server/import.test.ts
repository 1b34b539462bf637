/**
 * Importing again and again: who is known is updated under the same id, who is missing has left with a date, nobody is
 * deleted, and nothing that another source or a person said is ended.
 */
import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../core.ts'
import { uuidOf } from '../../../platform/core/ids.ts'
import type { Database } from '../../../platform/server/db.ts'
import { Directory } from '../../../platform/server/directory.ts'
import { createTestDatabase, testEngines, type TestDatabase } from '../../../platform/server/testing.ts'
import type { Format } from '../formats-list.ts'
import { importRoster, readBefore, readFor } from './import.ts'
import { tellTerminal, type OnProgress } from './progress.ts'

const DISTRICT = {
  id: uuidOf('district of the import test'),
  name: 'Maple District',
  tz: 'America/Chicago',
  demo: false,
  clockOffsetMs: 0,
}
const T1 = '2026-09-01T15:00:00.000Z'
const T2 = '2026-10-01T15:00:00.000Z'
const T3 = '2026-11-02T15:00:00.000Z'

const HEADER = 'ID,First Name,Last Name,Role,School,Grade,Class\n'
const PARA = 'p1,Maya,Ortega,para,Norte,,3B\n'
const ANA = 's1,Ana,Paz,student,Norte,3,3B\n'
const LI = 's2,小明,王,student,Norte,3,3B\n'

describe.each(testEngines())('import of a roster, $name', { timeout: 60_000 }, ({ name }) => {
  let db: TestDatabase
  let database: Database
  let owner: pg.Client
  let now = T1
  const directory = new Directory()
  beforeAll(async () => {
    db = await createTestDatabase(name)
    database = openDatabase(db.appUrl, () => Date.parse(now))
    owner = new pg.Client({
      connectionString: db.ownerUrl,
      options: '-c search_path=handrail -c timezone=UTC',
    })
    await owner.connect()
  })
  afterAll(async () => {
    await owner.end()
    await database.close()
    await db.drop()
  })

  const bring = async (
    files: Record<string, string>,
    options: {
      at: string
      dryRun?: boolean
      format?: Format
      acceptLeavers?: boolean
      source?: string
      told?: OnProgress
    },
  ) => {
    now = options.at
    const bytes = new Map(Object.entries(files).map(([file, text]) => [file, new TextEncoder().encode(text)]))
    const format = options.format ?? 'csv'
    const before = await readBefore({ database }, DISTRICT.id, format, options.source)
    const reading = readFor(DISTRICT, bytes, { format, now, before })
    return importRoster(
      { database, directory },
      {
        district: DISTRICT,
        ...reading,
        acceptLeavers: options.acceptLeavers ?? false,
        ...(options.source ? { source: options.source } : {}),
      },
      { dryRun: options.dryRun ?? false, ...(options.told ? { told: options.told } : {}) },
    )
  }
  const rows = async (query: string) =>
    (await owner.query({ text: query, rowMode: 'array' })).rows as unknown[][]
  const relationships = () =>
    rows(
      `select s.given, to_char(r.from_at, 'YYYY-MM-DD'), to_char(r.to_at, 'YYYY-MM-DD'), r.source from relationship r
       join student s using (district_id, student_id) order by s.source_id, r.from_at, r.source`,
    )
  const everything = async () => {
    const tables = await rows(
      `select relname from pg_class where relnamespace = 'handrail'::regnamespace and relkind in ('r', 'p') order by 1`,
    )
    const counts: Record<string, unknown> = {}
    for (const [table] of tables)
      counts[String(table)] = (await rows(`select count(*)::int from "${String(table)}"`))[0]?.[0]
    return counts
  }

  it('rehearses without leaving a trace, and says what would happen', async () => {
    const before = await everything()
    const outcome = await bring({ 'list.csv': HEADER + PARA + ANA }, { at: T1, dryRun: true })
    expect(outcome).toMatchObject({
      ok: true,
      imported: false,
      changes: {
        students: { added: 1, changed: 0, ended: 0, unchanged: 0 },
        relationships: { added: 1, changed: 0, ended: 0, unchanged: 0 },
      },
      rows: [
        { kind: 'students', change: 'added', name: 'Ana Paz', what: '3 · Norte' },
        { kind: 'people', change: 'added', name: 'Maya Ortega', what: 'para' },
      ],
    })
    expect(await everything()).toEqual(before)
  })

  it('leaves nothing of a file with one error', async () => {
    const before = await everything()
    const outcome = await bring({ 'list.csv': `${HEADER}${PARA}${ANA}s3,,,student,Norte,3,3B\n` }, { at: T1 })
    expect(outcome).toMatchObject({ ok: false, imported: false, changes: null })
    expect(outcome.findings.filter(({ severity }) => severity === 'error')).toEqual([
      {
        file: 'list.csv',
        row: 4,
        field: 'given',
        code: 'csv.blank_field',
        severity: 'error',
        message: 'The user has no name.',
        says: { id: 'finding.oneroster.user_without_name', values: {} },
      },
      expect.objectContaining({ file: 'list.csv', row: 4, code: 'csv.reference_left_out' }),
    ])
    expect(await everything()).toEqual(before)
  })

  it('brings everybody in, and the same again changes nothing', async () => {
    await bring({ 'list.csv': HEADER + PARA + ANA + LI }, { at: T1 })
    const again = await bring({ 'list.csv': HEADER + PARA + ANA + LI }, { at: T1 })
    expect(
      Object.values(again.changes ?? {}).map(({ added, changed, ended }) => added + changed + ended),
    ).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(await relationships()).toEqual([
      ['Ana', '2026-09-01', null, 'import'],
      ['小明', '2026-09-01', null, 'import'],
    ])
  })

  it('has its tables counted at once, so that the first batch of records is planned as every later one', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select distinct tablename as name from pg_stats
       where schemaname = 'handrail' and tablename in ('relationship', 'student', 'aud', 'wing') order by 1`,
    )
    expect(rows.map(({ name }) => name)).toEqual(['aud', 'relationship', 'student', 'wing'])
  })

  it('updates who is known, ends who is missing, and ends nothing that came from elsewhere', async () => {
    // what a coordinator said by hand, and what another system knows
    await owner.query(
      `insert into relationship (district_id, relationship_id, person_id, student_id, role, from_at, source, why)
       select student.district_id, $1, person_id, student_id, 'nurse', $2, 'manual', 'delegation' from student, person
       where student.source_id = 's2' and person.source_id = 'p1' and person.district_id = student.district_id`,
      [uuidOf('by hand'), T1],
    )
    await bring(
      { 'list.csv': 'ID,First Name,Last Name,Role,School\nbus1,Bo,Drive,bus,Norte\n' },
      { at: T1, source: 'transport office' },
    )

    const outcome = await bring(
      { 'list.csv': HEADER + PARA + ANA.replace('Ana', 'Anna').replace(',3,', ',4,') },
      { at: T2 },
    )
    expect(outcome.changes).toMatchObject({
      students: { added: 0, changed: 1, ended: 1, unchanged: 0 },
      relationships: { ended: 1 },
      roles: { ended: 0 },
    })
    expect(outcome.rows.map(({ change, name }) => [change, name])).toEqual([
      ['changed', 'Anna Paz'],
      ['ended', '小明 王'],
    ])
    expect(
      await rows(
        `select source_id, given, grade, to_char(ended, 'YYYY-MM-DD') from student order by source_id`,
      ),
    ).toEqual([
      ['s1', 'Anna', '4', null],
      ['s2', '小明', '3', '2026-10-01'],
    ])
    expect(await relationships()).toEqual([
      ['Anna', '2026-09-01', null, 'import'],
      ['小明', '2026-09-01', '2026-10-01', 'import'],
      ['小明', '2026-09-01', null, 'manual'],
    ])
    expect(await rows(`select role, to_at from staff_role order by role`)).toEqual([
      ['bus', null],
      ['para', null],
    ])
  })

  it('G7 begins anew for who comes back, so that the time between stays closed', async () => {
    await bring({ 'list.csv': HEADER + PARA + ANA + LI }, { at: T3 })
    expect(await rows(`select ended from student where source_id = 's2'`)).toEqual([[null]])
    const back = [
      ['Ana', '2026-09-01', null, 'import'],
      ['小明', '2026-09-01', '2026-10-01', 'import'],
      ['小明', '2026-09-01', null, 'manual'],
      ['小明', '2026-11-02', null, 'import'],
    ]
    expect(await relationships()).toEqual(back)
    await bring({ 'list.csv': HEADER + PARA + ANA + LI }, { at: '2026-11-03T15:00:00.000Z' })
    expect(await relationships()).toEqual(back)
  })

  it('does not begin again what somebody ended by hand', async () => {
    await owner.query(
      `update relationship set to_at = $1, ended_by = $2, ended_why = 'moved to another team'
       where source = 'import' and to_at is null and student_id = (select student_id from student where source_id = 's1')`,
      ['2026-11-04T15:00:00Z', uuidOf('a coordinator')],
    )
    await bring({ 'list.csv': HEADER + PARA + ANA + LI }, { at: '2026-11-05T15:00:00.000Z' })
    expect((await relationships())[0]).toEqual(['Ana', '2026-09-01', '2026-11-04', 'import'])
  })

  it('takes an export that was cut off for what it is, unless somebody says that it is whole', async () => {
    const many = Array.from({ length: 30 }, (_, i) => `m${i},Given${i},Family,student,Norte,3,\n`).join('')
    const source = 'another system'
    await bring({ 'list.csv': HEADER + many }, { at: T3, source })
    const before = await everything()
    const cut = { 'list.csv': HEADER + many.split('\n').slice(0, 18).join('\n') }
    const refused = await bring(cut, { at: T3, source })
    expect(refused).toMatchObject({ ok: false, imported: false })
    expect(refused.findings[0]).toMatchObject({ code: 'roster.many_leave', severity: 'error' })
    expect(await everything()).toEqual(before)
    expect(await bring(cut, { at: T3, source, acceptLeavers: true })).toMatchObject({
      imported: true,
      changes: { students: { ended: 12, unchanged: 18 } },
    })
  })

  it('keeps the run with its report, and of each row which run brought it', async () => {
    const runs = await rows(
      `select source, report::json->'changes'->'students' from import_run order by at, import_id limit 1`,
    )
    expect(runs).toEqual([['csv', { added: 2, changed: 0, ended: 0, unchanged: 0 }]])
    // no name in what is kept
    expect(await rows(`select count(*)::int from import_run where report like '%Paz%'`)).toEqual([[0]])
    expect(
      await rows(
        `select count(*)::int from import_row i join import_run r on r.import_id = i.first_run
         join student s on s.student_id = i.row_id where s.source_id = 's2' and r.source = 'csv'`,
      ),
    ).toEqual([[1]])
  })

  it('a file of changes changes, adds and ends what it names, and nobody else leaves', async () => {
    const HERE = new URL('../fixtures/oneroster/v1p1/', import.meta.url)
    const whole = Object.fromEntries(
      readdirSync(HERE).map((file) => [file, readFileSync(new URL(file, HERE), 'utf8')]),
    )
    const source = 'maple'
    const changes = {
      'manifest.csv': 'propertyName,value\noneroster.version,1.1\nfile.users,delta\nfile.enrollments,delta\n',
      'users.csv':
        'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,givenName,familyName,grades\n' +
        'st4,active,2026-10-02T08:00:00Z,true,s2,student,Xiaoming,Wang,06\n' +
        'st9,active,2026-10-02T08:00:00Z,true,s2,student,Noor,Haddad,06\n',
      'enrollments.csv':
        'sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role\n' +
        'e5,tobedeleted,,c2,s2,st5,student\ne20,active,2026-10-02T08:00:00Z,c2,s2,st9,student\n',
    }
    const bringIt = (files: Record<string, string>, at: string) =>
      bring(files, { at, format: 'oneroster', source })
    const aide = () =>
      rows(
        `select s.given, to_char(r.to_at at time zone 'America/Chicago', 'YYYY-MM-DD') from relationship r
         join student s using (district_id, student_id) join person p using (district_id, person_id)
         where p.source_id = 'ai1' and s.school_id = (select school_id from school where source_id = 's2')
         order by s.source_id`,
      )

    const early = await bringIt(changes, T1)
    expect(early).toMatchObject({ ok: false, imported: false, changes: null })
    expect(early.findings).toContainEqual(
      expect.objectContaining({ code: 'oneroster.delta_without_full', file: 'manifest.csv', row: 3 }),
    )
    expect(await bringIt(whole, T1)).toMatchObject({ imported: true })
    expect(await aide()).toEqual([
      ['小明', '2026-12-19'],
      ['ليلى', '2026-12-19'],
      ['Kartika', '2026-09-01'],
    ])

    const first = await bringIt(changes, T2)
    expect(first).toMatchObject({
      imported: true,
      changes: { students: { added: 1, changed: 1, ended: 0 }, people: { ended: 0 } },
    })
    const after = [
      ['Xiaoming', '2026-12-19'],
      ['ليلى', '2026-10-01'],
      ['Kartika', '2026-09-01'],
      ['Noor', '2026-12-19'],
    ]
    expect(await aide()).toEqual(after)
    // the same again, a month later: what ended has ended then
    const again = await bringIt(changes, T3)
    expect(
      Object.values(again.changes ?? {}).map(({ added, changed, ended }) => added + changed + ended),
    ).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(await aide()).toEqual(after)
    // what is kept for the next one holds no password and is read by nobody but imports
    expect(await rows(`select count(*)::int from roster_file where content like '%password%'`)).toEqual([[0]])
  })

  it('tells how far it is from nothing to all rows of the file, at a terminal too', async () => {
    const told: (readonly [number, number | null])[] = []
    const lines: string[] = []
    const terminal = tellTerminal({ write: (text) => lines.push(text) })
    await bring(
      { 'list.csv': HEADER + PARA + ANA + LI },
      {
        at: T3,
        source: 'progress',
        dryRun: true,
        told: (progress) => {
          told.push([progress.done, progress.of])
          terminal(progress)
        },
      },
    )
    expect([told[0], told.at(-1)]).toEqual([
      [0, 3],
      [3, 3],
    ])
    const done = told.map(([rows]) => rows)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect([lines[0], lines.at(-1)]).toEqual(['0 of 3 rows\n', '3 of 3 rows\n'])
  })

  it('names of every kind come back as they went in', async () => {
    const names = [
      ['O’Neil', 'Mc Intyre'],
      ["D'Souza", 'St. Clair, Jr.'],
      ['Ñusta', 'Quispe Mamani'],
      ['ليلى', 'الحسن'],
      ['किरण', 'शर्मा'],
      ['Zoë', '’t Hof'],
      ['"Bo"', "Robert'); drop table student;--"],
      ['null', 'undefined'],
    ]
    const quoted = (text = '') => `"${text.replaceAll('"', '""')}"`
    const lines = names.map(
      ([given, family], i) => `n${i},${quoted(given)},${quoted(family)},student,Sur,3,\n`,
    )
    await bring({ 'list.csv': HEADER + lines.join('') }, { at: T3, source: 'names' })
    expect(
      await rows(`select given, family from student where source_id like 'n%' order by source_id`),
    ).toEqual(names)
  })
})
