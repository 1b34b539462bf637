/**
 * G7, the second wall by itself: PostgreSQL asked directly, as the app's own role, without any of the app's code
 * between. And the matrix of the first wall against the matrix of the second.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import pg from 'pg'
import { MATRIX } from '../platform/server/matrix.ts'
import { testEngines } from '../platform/server/testing.ts'
import { device, NOW, openSchool, sessionOf, type TestSchool } from './school.ts'

const TABLES = [
  'student',
  'relationship',
  'record',
  'projection',
  'refused',
  'audit',
  'enrollment',
  'assignment_student',
] as const

describe.each(testEngines())('walls on $name', ({ name }) => {
  let cedar: TestSchool
  let birch: TestSchool
  let app: pg.Client
  beforeAll(async () => {
    cedar = await openSchool(name, 'Cedar')
    birch = await openSchool(name, 'Birch')
    for (const school of [cedar, birch])
      await school.push(
        school.people.maya,
        sessionOf(school, device(school.people.maya), [{ result: '+' }]).records,
      )
    app = new pg.Client({ connectionString: cedar.db.appUrl, options: '-c search_path=handrail' })
    await app.connect()
  })
  afterAll(async () => {
    await app.end()
    await cedar.close()
    await birch.close()
  })

  /** Settings as PostgreSQL itself computes them for a person: nothing of policy code in between. */
  const as = async <T extends pg.QueryResultRow>(
    person: string,
    query: string,
    values: unknown[] = [],
    district = cedar.district,
  ) => {
    await app.query('begin')
    try {
      const grants = (
        await app.query('select * from person_grants($1, $2, $3)', [district, person, new Date(NOW)])
      ).rows
      await app.query(
        `set local app.district = ${pg.escapeLiteral(district)}; set local role handrail_system`,
      )
      const writes = (
        await app.query(
          'select * from person_writes($1, $2, $3, $3, array(select student_id from student where district_id = $1))',
          [district, person, new Date(NOW)],
        )
      ).rows
      await app.query('set local role handrail_app')
      const wings = (
        await app.query('select * from person_wings($1, $2, $3)', [district, person, new Date(NOW)])
      ).rows
      const list = (items: unknown[]) => pg.escapeLiteral(`{${items.join(',')}}`)
      await app.query(`set local app.person = ${pg.escapeLiteral(person)}`)
      await app.query(`set local app.auds = ${list(grants.map((grant) => grant.aud))}`)
      await app.query(
        `set local app.students = ${list(grants.filter((grant) => grant.scope === 'student').map((grant) => grant.of_id))}`,
      )
      await app.query(`set local app.wings = ${list(wings.map((wing) => wing.wing))}`)
      await app.query(
        `set local app.create_auds = ${list(writes.filter((one) => one.can_create).map((one) => one.aud))}`,
      )
      await app.query(
        `set local app.approve_auds = ${list(writes.filter((one) => one.can_approve).map((one) => one.aud))}`,
      )
      return (await app.query<T>(query, values)).rows
    } finally {
      await app.query('rollback')
    }
  }

  it('G7 shows the app’s role no row of anybody while nothing is set', async () => {
    for (const table of TABLES) expect((await app.query(`select * from ${table}`)).rows, table).toEqual([])
  })

  it('G7 lets a para find the students of their relationships and nobody else', async () => {
    const seen = await as<{ student_id: string }>(cedar.people.andre.person, 'select student_id from student')
    expect(seen.map((row) => row.student_id)).toEqual([cedar.students.bella])
    expect(
      await as(cedar.people.andre.person, 'select id from record where student_id = $1', [
        cedar.students.amari,
      ]),
    ).toEqual([])
    expect(
      await as(cedar.people.andre.person, 'select part from projection where student_id = $1', [
        cedar.students.amari,
      ]),
    ).toEqual([])
    const mine = await as(cedar.people.maya.person, 'select id from record where student_id = $1', [
      cedar.students.amari,
    ])
    expect(mine.length).toBeGreaterThanOrEqual(3)
  })

  it('G7 refuses the record of a student out of reach, and a record in another’s name', async () => {
    const [row] = await as(
      cedar.people.maya.person,
      "select * from record where kind = 'sessions.trial' limit 1",
    )
    if (!row) throw new Error('no row')
    const columns = Object.keys(row)
    const insert = (person: string, change: Record<string, unknown>) =>
      as(
        person,
        `insert into record (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
        columns.map((column) => ({ ...row, id: cedar.program, ...change })[column]),
      )
    const { andre, maya, eve } = cedar.people
    await expect(
      insert(andre.person, { author: andre.person, uploaded_by: andre.person }),
    ).rejects.toMatchObject({ code: '42501' })
    await expect(insert(eve.person, { author: eve.person, uploaded_by: eve.person })).rejects.toMatchObject({
      code: '42501',
    })
    await expect(insert(maya.person, { author: andre.person })).rejects.toMatchObject({ code: '42501' })
    await expect(insert(maya.person, { act: 'a' })).rejects.toMatchObject({ code: '42501' })
    await expect(insert(maya.person, { district_id: birch.district })).rejects.toMatchObject({
      code: '42501',
    })
    expect(await insert(maya.person, {})).toEqual([])
  })

  it('G7 keeps districts apart, whatever a person of one sets', async () => {
    expect(
      await as(cedar.people.dana.person, 'select id from record where district_id = $1', [birch.district]),
    ).toEqual([])
    // the district of another, with one's own audiences
    const crossed = await as(cedar.people.dana.person, 'select id from record', [], birch.district)
    expect(crossed).toEqual([])
  })

  it('G7 lets nobody change or remove a record, an audit entry or a seal', async () => {
    for (const table of ['record', 'audit', 'audit_seal'])
      for (const statement of [`update ${table} set district_id = district_id`, `delete from ${table}`])
        await expect(app.query(statement), statement).rejects.toMatchObject({ code: '42501' })
    await app.query('begin; set local role handrail_system')
    await expect(app.query('delete from record')).rejects.toMatchObject({ code: '42501' })
    await app.query('rollback')
  })

  it('G7 opens every student of the school to a coordinator, and none of another district', async () => {
    const seen = await as<{ student_id: string }>(
      cedar.people.joan.person,
      'select student_id from student order by initials',
    )
    expect(seen.map((row) => row.student_id)).toEqual([cedar.students.amari, cedar.students.bella])
    expect(
      (await as(cedar.people.joan.person, 'select id from record where student_id is not null')).length,
    ).toBeGreaterThan(0)
  })

  it('has row-level security on every table that holds a district', async () => {
    const owner = new pg.Client({ connectionString: cedar.db.ownerUrl })
    await owner.connect()
    const { rows } = await owner.query(
      `select c.relname, c.relrowsecurity,
         (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
          where i.indrelid = c.oid and i.indisprimary) as first_key
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'handrail' and c.relkind = 'r' and c.relname not in ('migration', 'role_tier')`,
    )
    await owner.end()
    expect(rows.length).toBeGreaterThan(15)
    for (const row of rows)
      expect(row, row.relname).toMatchObject({ relrowsecurity: true, first_key: 'district_id' })
  })

  it('has the same matrix in both walls', async () => {
    const { rows } = await app.query('select * from role_tier')
    const database = Object.fromEntries(
      rows.map((row) => [
        `${row.role} ${row.tier}`,
        [
          row.reach,
          row.history_days,
          ['read', row.can_create && 'create', row.can_approve && 'approve'].filter(Boolean).join(),
        ],
      ]),
    )
    const code = Object.fromEntries(
      Object.entries(MATRIX).flatMap(([role, rule]) =>
        Object.entries(rule.rights).map(([tier, rights]) => [
          `${role} ${tier}`,
          [rule.reach, rule.historyDays ?? null, rights.join()],
        ]),
      ),
    )
    expect(database).toEqual(code)
  })
})
