/**
 * G7, the second wall met directly: PostgreSQL asked as the app's own role, without the app. What an unset session
 * sees of every table there is, what the roles may do at all, how nobody gets out of them, and that a pool of
 * connections carries nothing from one person to the next. A table, a right or a definer function without a row here
 * fails.
 */
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../core.ts'
import { Database, type Db, type Tx } from '../platform/server/db.ts'
import { createTestDatabase, testEngines, type TestDatabase } from '../platform/server/testing.ts'
import { seeded } from '../platform/web/store/testing.ts'
import { id, NOW } from './school.ts'
import {
  actorOf,
  districtId,
  loadWorld,
  may,
  memberOf,
  MEMBERS,
  personOf,
  STUDENT_NAMES,
  STUDENTS,
  studentId,
  type Member,
} from './world.ts'

/**
 * What the app's role gets of a table while nothing is set: `no`: it may not even ask; `nothing`: it may, and there is
 * no row; `all`: it is nobody's: no student, no district.
 */
const UNSET: { readonly [table: string]: 'no' | 'nothing' | 'all' } = {
  'handrail.absence': 'nothing',
  'handrail.assignment': 'nothing',
  'handrail.assignment_day': 'nothing',
  'handrail.assignment_student': 'nothing',
  'handrail.attendance_official': 'no',
  'handrail.attendance_settled': 'no',
  'handrail.aud': 'no',
  'handrail.audit': 'nothing',
  'handrail.audit_seal': 'no',
  'handrail.audit_unsealed': 'no',
  'handrail.block': 'nothing',
  'handrail.calendar_feed': 'nothing',
  'handrail.break_missed': 'nothing',
  'handrail.care_seen': 'nothing',
  'handrail.competency': 'nothing',
  'handrail.competency_override': 'nothing',
  'handrail.counter': 'nothing',
  'handrail.coverage_notice': 'nothing',
  'handrail.coverage_plan': 'no',
  'handrail.device_key': 'nothing',
  'handrail.device_seq': 'nothing',
  'handrail.district': 'nothing',
  'handrail.duty_post': 'nothing',
  'handrail.enrollment': 'nothing',
  'handrail.guardian': 'nothing',
  'handrail.import_row': 'no',
  'handrail.import_run': 'no',
  'handrail.intern_counter': 'no',
  'handrail.make_up': 'nothing',
  'handrail.invitation': 'nothing',
  'handrail.migration': 'no',
  'handrail.one_to_one': 'nothing',
  'handrail.person': 'nothing',
  'handrail.pin': 'no',
  'handrail.prep_task': 'nothing',
  'handrail.projection': 'nothing',
  'handrail.record': 'nothing',
  'handrail.refused': 'nothing',
  'handrail.relationship': 'nothing',
  'handrail.restriction': 'no',
  // the matrix itself: roles and tiers
  'handrail.role_tier': 'all',
  'handrail.roster_file': 'no',
  'handrail.school': 'nothing',
  'handrail.school_contact': 'nothing',
  'handrail.school_day': 'nothing',
  'handrail.school_event': 'nothing',
  'handrail.school_focus': 'nothing',
  'handrail.school_term': 'nothing',
  'handrail.service_requirement': 'nothing',
  'handrail.section': 'nothing',
  'handrail.staff_message': 'nothing',
  'handrail.staff_role': 'nothing',
  'handrail.student': 'nothing',
  'handrail.student_fact': 'nothing',
  'handrail.wing': 'no',
  'handrail.work_hours': 'nothing',
  // who signs in, apart from districts; better-auth asks before anybody is known
  'identity.account': 'all',
  'identity.membership': 'all',
  'identity.rateLimit': 'all',
  'identity.session': 'all',
  'identity.user': 'all',
  'identity.verification': 'all',
}

/** Every right to write, by role; `table(columns)` where it is for columns. Nobody may update or delete the trail. */
const APP_WRITES = [
  // the calendar, bells, posts, services and what is made up for: whoever leads the school, or decides for the student, by
  // the policies of each
  'DELETE handrail.block',
  'DELETE handrail.school_day',
  'DELETE handrail.school_event',
  'INSERT handrail.audit',
  'INSERT handrail.audit_unsealed',
  'INSERT handrail.block',
  'INSERT handrail.calendar_feed',
  // whoever reads the care record it is about, in their own name, by its policy
  'INSERT handrail.care_seen',
  'INSERT handrail.duty_post',
  // whoever leads the school, by its policy
  'INSERT handrail.invitation',
  'INSERT handrail.make_up',
  'INSERT handrail.one_to_one',
  'INSERT handrail.record',
  'INSERT handrail.school_day',
  'INSERT handrail.school_event',
  // whoever leads the school, by its policy
  'INSERT handrail.school_focus',
  'INSERT handrail.service_requirement',
  'UPDATE handrail.block',
  'UPDATE handrail.calendar_feed',
  'UPDATE handrail.counter(head,head_id)',
  'UPDATE handrail.duty_post',
  'UPDATE handrail.one_to_one',
  'UPDATE handrail.refused(how,note,resolved,resolved_by)',
  'UPDATE handrail.school_day',
  'UPDATE handrail.school_event',
  'UPDATE handrail.school_focus',
  'UPDATE handrail.service_requirement',
]
const SYSTEM_ONLY_INSERTS = ['INSERT handrail.audit', 'INSERT handrail.audit_seal']

/** Functions that see past the walls, and what they say to whoever may call them. */
const DEFINERS = [
  'actor_of', // a sign-in's person and roles
  'count_roster', // nothing: has the tables of a roster counted
  'districts', // names, zones and clocks of districts
  'feed_of', // whose calendar feed a secret opens
  'forget_pins', // nothing: a trigger, when a password or a membership goes
  'key_revoked', // whether a device's key was revoked
  'own_checks', // checks of the programs of whoever is set, to who decides about the student
  'person_denied', // ids of students kept from a person
  'person_grants', // audiences and ids of students of a person
  'person_leads', // ids of schools whose adults a person leads
  'person_restrictions', // the same, with dates
  'person_wings', // wings of a person
  'program_parts', // where a program lies that somebody knows the id of: the id of its student
  'trail_backlog', // a number: entries that no seal covers
]

describe.each(testEngines())('PostgreSQL asked directly, $name', { timeout: 60_000 }, ({ name }) => {
  let db: TestDatabase
  let database: Database
  let app: pg.Client
  let owner: pg.Client
  beforeAll(async () => {
    db = await createTestDatabase(name)
    database = openDatabase(db.appUrl, () => NOW)
    await loadWorld(database, NOW)
    const connect = async (connectionString: string) => {
      const client = new pg.Client({ connectionString, options: '-c search_path=handrail' })
      await client.connect()
      return client
    }
    app = await connect(db.appUrl)
    owner = await connect(db.ownerUrl)
  })
  afterAll(async () => {
    await app.end()
    await owner.end()
    await database.close()
    await db.drop()
  })

  // jobs: names of jobs, times and counts, about nobody (jobs.ts)
  const TABLES = `
    select n.nspname || '.' || c.relname as name, c.relkind, c.relrowsecurity as walled, pg_get_userbyid(c.relowner) as owner,
      c.oid, n.nspname as schema
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'jobs')
    order by 1`

  it('G7 has a row for every table, and shows an unset session what the row says', async () => {
    const { rows } = await owner.query(TABLES)
    expect(rows.map((row) => row.name)).toEqual(Object.keys(UNSET).sort((a, b) => (a < b ? -1 : 1)))
    for (const [table, want] of Object.entries(UNSET)) {
      const [schema = '', relation = ''] = table.split('.')
      const found = await app
        .query(`select count(*)::int as n from ${schema}."${relation}"`)
        .then(({ rows: [row] }) => (row.n === 0 ? 'nothing' : 'all'))
        .catch((error: { code?: string }) => (error.code === '42501' ? 'no' : error.code))
      // tables of identity are empty here; what counts is that they may be asked
      if (schema === 'identity') expect(found, table).toBe('nothing')
      else expect(found, table).toBe(want)
    }
  })

  it('G7 has row-level security on all of a district, owned by neither role', async () => {
    const { rows } = await owner.query(TABLES)
    for (const { name: table, walled, owner: whose, relkind } of rows) {
      expect(['handrail_app', 'handrail_system'], table).not.toContain(whose)
      expect(relkind, table).toBe('r')
      if (UNSET[table] !== 'all' && table !== 'handrail.migration') expect(walled, table).toBe(true)
    }
    const roles = await owner.query(
      `select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit, rolcanlogin
       from pg_roles where rolname in ('handrail_app', 'handrail_system') order by 1`,
    )
    const none = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }
    expect(roles.rows).toMatchObject([
      { rolname: 'handrail_app', ...none, rolreplication: false, rolinherit: false, rolcanlogin: true },
      { rolname: 'handrail_system', ...none, rolreplication: false, rolcanlogin: false },
    ])
    const members = await owner.query(
      `select r.rolname as of from pg_auth_members m join pg_roles r on r.oid = m.roleid
       where m.member in (select oid from pg_roles where rolname in ('handrail_app', 'handrail_system'))`,
    )
    expect(members.rows).toEqual([{ of: 'handrail_system' }])
  })

  it('G2 G8 gives the roles the rights to write that are written here, and no other', async () => {
    const rightsOf = async (role: string) => {
      const { rows } = await owner.query(
        `with tables as (${TABLES})
         select p || ' ' || t.name as right from tables t,
           unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) as p
         where has_table_privilege($1, t.oid, p) and t.schema = 'handrail'
         union all
         select p || ' ' || t.name || '(' || string_agg(a.attname, ',' order by a.attname) || ')'
         from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped,
           unnest(array['INSERT', 'UPDATE', 'REFERENCES']) as p
         where has_column_privilege($1, t.oid, a.attnum, p) and not has_table_privilege($1, t.oid, p)
           and t.schema = 'handrail'
         group by p, t.name order by 1`,
        [role],
      )
      return rows.map((row) => row.right)
    }
    expect(await rightsOf('handrail_app')).toEqual(APP_WRITES)
    const system = await rightsOf('handrail_system')
    for (const table of ['record', 'audit', 'audit_seal'])
      expect(
        system.filter((right) => right.startsWith('UPDATE') || right.startsWith('DELETE')).join(),
      ).not.toMatch(new RegExp(`handrail\\.${table}(,|$)`))
    // where a student goes to school moves with them; nothing else of a record does
    expect(system).toContain('UPDATE handrail.record(wing)')
    expect(system.filter((right) => /handrail\.(record|audit|audit_seal)\b/.test(right)).sort()).toEqual(
      [...SYSTEM_ONLY_INSERTS, 'UPDATE handrail.record(wing)'].sort(),
    )
    expect(system.filter((right) => /^(TRUNCATE|REFERENCES|TRIGGER)/.test(right))).toEqual([])
    // of sign-ins, the system may end sessions and see nothing
    const identity = await owner.query(
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'identity' and c.relkind = 'r' and has_table_privilege('handrail_system', c.oid, 'SELECT')`,
    )
    expect(identity.rows).toEqual([])
  })

  it.each<[string, string?]>([
    ["update record set kind = 'x'"],
    ['delete from record'],
    ['truncate record'],
    ["update audit set action = 'x'"],
    ['delete from audit'],
    ['update counter set epoch = gen_random_uuid()'],
    ['update refused set body = null'],
    ['delete from refused'],
    ['select * from restriction'],
    ['select * from aud'],
    ['select * from audit_seal'],
    ['insert into relationship select * from relationship'],
    ['insert into staff_role select * from staff_role'],
    ['insert into restriction select null'],
    ['set role handrail'],
    ['set session authorization handrail'],
    ['set role pg_read_all_data'],
    ['alter role handrail_app bypassrls'],
    ['grant handrail to handrail_app'],
    ['alter table record disable row level security'],
    ['drop policy reach on record'],
    ['create policy open on record using (true)'],
    ['create table handrail.mine (a int)'],
    ['create table public.mine (a int)'],
    ['create schema mine'],
    ['create function handrail.mine() returns int language sql as $$ select 1 $$'],
    [
      'create or replace function person_wings(uuid, uuid, timestamptz) returns int language sql as $$ select 1 $$',
    ],
    ['create extension dblink'],
    ["copy record to '/tmp/handrail-copy'"],
    ["copy record to program 'cat'"],
    ["select pg_read_file('/etc/passwd')"],
    ["select lo_import('/etc/passwd')"],
    ['select * from pg_authid'],
    ['set row_security = off; select * from record'],
  ])('G7 lets the app’s role not %s', async (statement) => {
    await app.query('begin')
    const error = await app.query(statement).then(
      () => undefined,
      (thrown: { code?: string }) => thrown.code,
    )
    await app.query('rollback')
    await app.query('reset row_security')
    // 42501 not allowed, 22023 no such role, 0A000 not for this role, 42704 none of that name
    expect(error).toMatch(/^(42501|22023|0A000|42704)$/)
  })

  it('G7 gives nothing away by statistics, copies or functions that talk', async () => {
    // all tables, as the database does by itself sooner or later: only the matrix, which is in the source, is open
    await owner.query('analyze')
    const { rows } = await app.query<{ tablename: string }>(
      "select distinct tablename from pg_stats where schemaname = 'handrail' order by 1",
    )
    expect(rows.map((row) => row.tablename)).toEqual(['role_tier'])
    const maya = actorOf(memberOf('para'))
    const heard: string[] = []
    const seen = await database.asPerson(maya, async (tx) => {
      // whoever could run a function of their own over a table still meets the policy first
      const may_temp = await sql<{
        may: boolean
      }>`select has_database_privilege(current_database(), 'temp') as may`
        .execute(write(tx))
        .then(({ rows }) => rows[0]?.may)
      if (may_temp) {
        await sql`create function pg_temp.talk(t text) returns boolean language plpgsql cost 0.0000001
          as $$ begin perform set_config('test.heard', coalesce(current_setting('test.heard', true), '') || t, true); return true; end $$`.execute(
          write(tx),
        )
        await sql`select family from student where pg_temp.talk(family)`.execute(write(tx))
        const { rows } = await sql<{
          heard: string
        }>`select current_setting('test.heard', true) as heard`.execute(write(tx))
        heard.push(rows[0]?.heard ?? '')
      }
      return tx.read.selectFrom('student').select('family').execute()
    })
    expect(seen).toEqual([{ family: STUDENTS.ash.family }])
    for (const text of heard) expect(text).toBe(STUDENTS.ash.family)
  })

  it('G7 is not deceived by tables of one’s own with the names of ours', async () => {
    const { rows } = await owner.query(
      `select p.proname, p.proconfig, pg_get_userbyid(p.proowner) as owner,
         has_function_privilege('public', p.oid, 'execute') as everybody
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema') order by 1`,
    )
    expect(rows.map((row) => row.proname)).toEqual(DEFINERS)
    for (const row of rows) {
      expect(row.proconfig, row.proname).toEqual(['search_path=handrail, pg_temp'])
      expect(row.everybody, row.proname).toBe(false)
      expect(row.owner, row.proname).not.toMatch(/^handrail_/)
    }
    // a connection of the pool, on which somebody made a table that hides ours
    const one = new Database({ url: db.appUrl, connections: 1, clock: () => NOW, historyStart: () => NOW })
    const dana = actorOf(memberOf('case manager'))
    const before = await database.asPerson(dana, (tx) => recordsOf(write(tx)))
    await one.pool.query('create temp table record (id uuid, district_id uuid, student_id uuid)')
    await one.pool.query('create temp table relationship as select * from handrail.relationship')
    expect(await one.asPerson(dana, (tx) => recordsOf(write(tx)))).toEqual(before)
    expect(before.length).toBeGreaterThan(0)
    await one.close()
  })

  it('G7 says to nobody in particular only what is asked by name of definer functions', async () => {
    const nobody = id('nobody at all')
    const [now, cedar] = [new Date(NOW), districtId('cedar')]
    for (const call of [
      'select * from person_grants($1, $2, $3)',
      'select * from person_wings($1, $2, $3)',
      'select * from person_denied($1, $2, $3)',
    ]) {
      const guesses: unknown[][] = [
        [cedar, nobody, now],
        [null, null, null],
        // somebody of another district
        [cedar, personOf('para of another district'), now],
        [districtId('birch'), personOf('para'), now],
      ]
      for (const args of guesses) expect((await app.query(call, args)).rows, call).toEqual([])
    }
    expect((await app.query('select * from actor_of($1)', [nobody])).rows).toEqual([])
    expect((await app.query('select * from program_parts($1, $2)', [cedar, nobody])).rows).toEqual([])
    expect((await app.query('select * from program_parts($1, $2)', [null, null])).rows).toEqual([])
    expect((await app.query('select key_revoked($1) as is', [nobody])).rows).toEqual([{ is: false }])
    // what they say is ids and numbers: no name, no word
    const said = JSON.stringify(
      (await app.query('select * from person_grants($1, $2, $3)', [cedar, personOf('para'), now])).rows,
    )
    for (const { given, family, initials } of Object.values(STUDENTS))
      for (const word of [given, family, initials]) expect(said).not.toContain(word)
  })

  it('G7 binds the role of the system to the one district that is set, and keeps it from erasing', async () => {
    const counts = async (district: string | null) => {
      await app.query('begin; set local role handrail_system')
      if (district !== null) await app.query(`set local app.district = ${pg.escapeLiteral(district)}`)
      const found: Record<string, string[]> = {}
      for (const table of ['student', 'record', 'restriction', 'refused', 'audit'])
        found[table] = (await app.query(`select distinct district_id from ${table}`)).rows.map(
          (row) => row.district_id,
        )
      await app.query('rollback')
      return found
    }
    expect(Object.values(await counts(null)).flat()).toEqual([])
    for (const district of ['cedar', 'birch'] as const)
      for (const [table, seen] of Object.entries(await counts(districtId(district))))
        if (seen.length > 0) expect(seen, table).toEqual([districtId(district)])
    for (const statement of [
      'delete from record',
      "update record set kind = 'x'",
      'delete from audit',
      "update audit set action = 'x'",
      'delete from audit_seal',
      'select * from identity.user',
      'select token from identity.session',
      'set local role handrail',
    ]) {
      await app.query(
        `begin; set local role handrail_system; set local app.district = '${districtId('cedar')}'`,
      )
      await expect(app.query(statement), statement).rejects.toMatchObject({ code: '42501' })
      await app.query('rollback')
    }
  })

  it.each(MEMBERS)('G7 shows under the settings of $who rows of their own reach only', async (member) => {
    const inReach = STUDENT_NAMES.filter((student) => may(member, 'T0', student)).map(studentId)
    const own = member.bonds.map(({ student }) => studentId(student))
    await database.asPerson(actorOf(member), async (tx) => {
      for (const table of Object.keys(UNSET).filter(
        (one) => one.startsWith('handrail.') && UNSET[one] === 'nothing',
      )) {
        const { rows } = await sql<{ district_id: string; student_id?: string | null }>`
          select * from ${sql.raw(table)}`.execute(write(tx))
        for (const row of rows) {
          expect(row.district_id, table).toBe(districtId(member.district))
          if (!row.student_id) continue
          // that one was once with a student is one's own to know; the inbox also holds ids of nobody's student
          const known = table === 'handrail.relationship' ? [...inReach, ...own] : inReach
          expect(known, table).toContain(row.student_id)
        }
      }
      const students = await tx.read.selectFrom('student').select('student_id').execute()
      expect(students.map((row) => row.student_id).sort()).toEqual([...inReach].sort())
    })
  })

  describe('a pool of two connections', () => {
    const LOOK = `select current_user::text as who, pg_backend_pid() as pid,
      (select count(*)::int from student) as students, (select count(*)::int from record) as records,
      (select string_agg(name || '=' || setting, ' ') from (values ${[
        'district',
        'person',
        'uploader',
        'auds',
        'recent_auds',
        'students',
        'supervised',
        'wings',
        'denied',
        'create_auds',
        'approve_auds',
        'auditor',
      ]
        .map((setting) => `('${setting}', coalesce(current_setting('app.${setting}', true), ''))`)
        .join(', ')}) as s (name, setting) where setting <> '') as settings`

    it('G7 carries nothing from one person to the next, whatever goes wrong between them', async () => {
      const two = new Database({
        url: db.appUrl,
        connections: 2,
        clock: () => NOW,
        historyStart: () => NOW - 14 * 86_400_000,
      })
      const random = seeded(20261122)
      const killer = new pg.Client({ connectionString: db.appUrl })
      await killer.connect()
      const fail = () => Promise.reject(new Error('on purpose'))
      const readsOwn = (member: Member) =>
        two.asPerson(actorOf(member), async (tx) => {
          const rows = await tx.read.selectFrom('student').select('student_id').execute()
          const inReach = STUDENT_NAMES.filter((student) => may(member, 'T0', student)).map(studentId)
          if (
            rows
              .map((row) => row.student_id)
              .sort()
              .join() !== inReach.sort().join()
          )
            throw new Error(`${member.who} saw ${JSON.stringify(rows)}`)
          return 'own'
        })
      const acts: ((member: Member) => Promise<unknown>)[] = [
        readsOwn,
        readsOwn,
        (member) => two.asPerson(actorOf(member), fail),
        (member) => two.asPerson(actorOf(member), (tx) => tx.asSystem(fail)),
        (member) => two.asPerson(actorOf(member), (tx) => sql`select 1 / 0 from district`.execute(write(tx))),
        (member) => two.asPerson(actorOf(member), (tx) => tx.asSystem((sys) => sql`no sql`.execute(sys))),
        (member) => two.asSystem(districtId(member.district), fail),
        (member) =>
          two.asSystem(districtId(member.district), (tx) =>
            tx.read.selectFrom('student').select('color').execute(),
          ),
        (member) =>
          two.asPerson(actorOf(member), async (tx) => {
            await sql`set local statement_timeout = 5`.execute(write(tx))
            await sql`select pg_sleep(5)`.execute(write(tx))
          }),
        (member) =>
          two.asPerson(actorOf(member), async (tx) => {
            const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(write(tx))
            await killer.query('select pg_terminate_backend($1)', [rows[0]?.pid])
            await tx.read.selectFrom('student').select('color').execute()
          }),
      ]
      let own = 0
      for (let round = 0; round < 25; round++) {
        const done = await Promise.allSettled(
          Array.from({ length: 4 }, () => pick(random, acts)(pick(random, MEMBERS))),
        )
        for (const one of done) {
          if (one.status === 'fulfilled' && one.value === 'own') own += 1
          if (one.status === 'rejected') expect(String(one.reason)).not.toContain(' saw ')
        }
        const looks = await Promise.all([two.pool.query(LOOK), two.pool.query(LOOK)])
        for (const { rows } of looks)
          expect(rows).toEqual([
            { who: 'handrail_app', pid: expect.any(Number), students: 0, records: 0, settings: null },
          ])
      }
      expect(own).toBeGreaterThan(5)
      await killer.end()
      await two.close()
    })

    it('G7 ends a transaction’s handle with the transaction, whoever has its connection then', async () => {
      const two = new Database({ url: db.appUrl, connections: 1, clock: () => NOW, historyStart: () => NOW })
      const [dana, stranger] = [memberOf('case manager'), memberOf('para of another district')]
      let kept: Tx | undefined
      const late: Promise<unknown>[] = []
      const ask = (tx: Tx) =>
        tx.read
          .selectFrom('student')
          .select('student_id')
          .execute()
          .then(
            (rows) => rows.map((row) => row.student_id),
            () => 'ended',
          )
      await two.asPerson(actorOf(dana), async (tx) => {
        kept = tx
        // asked and not waited for: answered as oneself, or not at all
        late.push(...Array.from({ length: 5 }, () => ask(tx)))
      })
      const handle = kept
      if (!handle) throw new Error('no handle')
      const during = await two.asPerson(actorOf(stranger), async (tx) => {
        const stale = [await ask(handle), await handle.asSystem((sys) => recordsOf(sys)).catch(() => 'ended')]
        return { stale, own: await ask(tx) }
      })
      expect(during).toEqual({ stale: ['ended', 'ended'], own: [studentId('yew')] })
      await expect(handle.audit({ action: 'test.late', detail: {} })).rejects.toThrow('already committed')
      const mine = ['ash', 'fir'].map((student) => studentId(student as 'ash')).sort()
      for (const answer of await Promise.all(late))
        expect([[], mine, 'ended'].map(String)).toContain(
          String(Array.isArray(answer) ? answer.sort() : answer),
        )
      await two.close()
    })
  })
})

/** The handle's own door for statements that the query builder does not have. */
function write(tx: Tx): Db {
  return tx.read as unknown as Db
}

function recordsOf(db: Db) {
  return db.selectFrom('record').select('id').orderBy('id').execute()
}

function pick<T>(random: () => number, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T
}
