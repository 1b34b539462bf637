/**
 * What a hostile or broken client tried and must not reach: each test is an attack that once worked, or one that
 * nothing else tries. Attacks on one record, on the walls, on the trail and on the views; over HTTP at the end.
 */
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import pg from 'pg'
import { openDatabase } from '../core.ts'
import { cedarBend } from '../demo/cedar-bend.ts'
import { loadDemo } from '../demo/load.ts'
import { importSingleCaseFolder } from '../demo/singlecase.ts'
import { goalOf } from '../capabilities/progress/server/queries.ts'
import type { Relationship, RosterBatch } from '../capabilities/roster/model.ts'
import { importRosterFolder } from '../capabilities/roster/server/import.ts'
import { loadRoster } from '../capabilities/roster/server/queries.ts'
import type { Json } from '../platform/core/canonical.ts'
import { uuidv7 } from '../platform/core/ids.ts'
import type { Envelope } from '../platform/records/envelope.ts'
import type { BackfillResponse, PushResponse } from '../platform/records/wire.ts'
import { sealAudit, verifyAudit } from '../platform/server/audit.ts'
import { backfill, pull, recentDays, type FeedServices } from '../platform/server/feed.ts'
import { ingest, type IngestServices } from '../platform/server/ingest.ts'
import { testEngines } from '../platform/server/testing.ts'
import { rebuild } from '../platform/server/views.ts'
import { registry } from '../registry.ts'
import { openRunning, Visitor, type Running } from './running.ts'
import {
  DAY,
  device,
  id,
  MEASURE,
  NOW,
  openSchool,
  sessionOf,
  statuses,
  TZ,
  type TestSchool,
} from './school.ts'

describe.each(testEngines())('an adversary on $name', ({ name }) => {
  let school: TestSchool
  let feed: FeedServices
  let owner: pg.Client
  beforeAll(async () => {
    school = await openSchool(name)
    feed = { database: school.database, tz: () => TZ, recentFrom: recentDays, secret: 'test' }
    owner = new pg.Client({ connectionString: school.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
  })
  afterAll(async () => {
    await owner.end()
    await school.close()
  })

  /** Two records of Maya's with what `make` does to a third between them. */
  const between = async (label: string, make: (record: Envelope) => unknown, sent?: string) => {
    const { records } = sessionOf(school, device(school.people.maya, NOW, label), [
      { result: '+' },
      { result: '-' },
    ])
    const [start, trial, other] = records
    if (!other) throw new Error('no records')
    return statuses(await school.push(school.people.maya, [start, make(other), trial], sent))
  }

  const voidOf = (
    phone: ReturnType<typeof device>,
    session: string,
    target: Envelope | undefined,
    at?: number,
  ) =>
    phone.record('sessions.void', {
      student: school.students.amari,
      refs: { session, program: school.program },
      replaces: target?.id ?? '',
      reason: 'mis_tap',
      ...(at === undefined ? {} : { at }),
    })

  const load = (rows: Partial<RosterBatch>) =>
    loadRoster(
      school.database,
      { id: school.district, name: 'Cedar Bend', tz: TZ, demo: true, clockOffsetMs: 0 },
      {
        schools: [],
        people: [],
        roles: [],
        students: [],
        sections: [],
        enrollments: [],
        relationships: [],
        ...rows,
      },
      { source: 'test', report: {} },
    )

  const relate = (
    who: string,
    student: string,
    role: Relationship['role'],
    from: number,
    to: number | null,
  ) =>
    load({
      relationships: [
        {
          id: id(`${who} ${student} ${role} ${from}`),
          person: who,
          student,
          role,
          from: new Date(from).toISOString(),
          to: to === null ? null : new Date(to).toISOString(),
          source: 'manual',
          why: 'test',
        },
      ],
    })

  describe('one record that would take its batch with it', () => {
    const nested = (levels: number) => {
      let value: Json = 1
      for (let i = 0; i < levels; i++) value = [value]
      return value
    }
    it.each<[string, (record: Envelope) => unknown]>([
      ['a day that does not exist', (r) => ({ ...r, at: '2026-02-30T15:00:00.000Z' })],
      ['the year 0', (r) => ({ ...r, at: '0000-03-01T15:00:00.000Z' })],
      ['a seq beyond 32 bits', (r) => ({ ...r, seq: 3_000_000_000 })],
      ['an id that is no text', (r) => ({ ...r, id: 'x\ud800' })],
      ['an offset for a zone', (r) => ({ ...r, tz: '+14:00' })],
      ['a zone with a letter that only looks like one', (r) => ({ ...r, tz: 'Asia/Hong_\u212aong' })],
      ['a deep body', (r) => ({ ...r, body: { n: nested(1500) } })],
      ['a body deeper than any stack', (r) => ({ ...r, body: { n: nested(20_000) } })],
      ['a clock that adds up to infinity', (r) => ({ ...r, mono: { boot: 'b', ms: 1.7e308 } })],
    ])('G4 F19 refuses %s and takes its neighbors', async (label, make) => {
      expect(await between(label, make)).toEqual(['accepted', 'refused record.malformed', 'accepted'])
    })

    it('G4 takes a record that corrects itself, and shows it as undecided', async () => {
      expect(
        await between('itself', (record) => ({ ...record, replaces: record.id, reason: 'mis_tap' })),
      ).toEqual(['accepted', 'accepted', 'accepted'])
    })

    it('G8 keeps what a stranger writes into an id out of the trail', async () => {
      const label = `Amari bit ${uuidv7(NOW)}`.slice(0, 40)
      await between('told', (record) => ({ ...record, id: label }))
      const { rows } = await owner.query("select detail from audit where detail like '%Amari%'")
      expect(rows).toEqual([])
    })
  })

  describe('time', () => {
    it('G7 lets nobody write today about a student of tomorrow', async () => {
      const { andre } = school.people
      const start = NOW + 3 * DAY
      await relate(andre.person, school.students.amari, 'para', start, null)
      const { records } = sessionOf(school, device(andre, start, 'early'), [{ result: '+' }], start + 1000)
      expect(statuses(await school.push(andre, records))).toEqual([
        'refused record.clock_disagrees',
        'refused record.clock_disagrees',
      ])
      school.setNow(start + DAY)
      const { records: later } = sessionOf(school, device(andre, start, 'in time'), [], start + 2000)
      expect(statuses(await school.push(andre, later))).toEqual(['accepted'])
      school.setNow(NOW)
      await owner.query('delete from relationship where person_id = $1 and student_id = $2', [
        andre.person,
        school.students.amari,
      ])
    })

    it('G7 does not lengthen the time for late records by another role that may not write them', async () => {
      const { eve } = school.people
      const end = Date.parse('2026-06-05T20:00:00.000Z')
      await relate(eve.person, school.students.amari, 'bus', end - 365 * DAY, null)
      school.setNow(end + 60 * DAY)
      const { records } = sessionOf(school, device(eve, end - 9000, 'by bus'), [], end - 8000)
      expect(statuses(await school.push(eve, records))).toEqual(['refused record.too_late'])
      school.setNow(NOW)
    })

    it('F31 takes an undo that was made in time and waited for a network, apart from what it undoes', async () => {
      const { maya } = school.people
      const phone = device(maya, NOW, 'weekend')
      const { session, records } = sessionOf(school, phone, [{ result: '+' }, { result: '+' }])
      const undo = voidOf(phone, session, records[2])
      const again = voidOf(phone, session, records[1], NOW + 3 * DAY)
      school.setNow(NOW + 20 * DAY)
      await school.push(maya, records)
      expect(statuses(await school.push(maya, [undo]))).toEqual(['accepted'])
      // made after the time in which one corrects oneself
      expect(statuses(await school.push(maya, [again]))).toEqual(['refused record.not_yours'])
      // said to be made in time, and offered long after
      school.setNow(NOW + 40 * DAY)
      const backdated = voidOf(phone, session, records[1], NOW + 60_000)
      expect(statuses(await school.push(maya, [backdated]))).toEqual(['refused record.not_yours'])
      school.setNow(NOW)
    })

    it('ends the time for corrections by the zone of what is corrected, not of the correction', async () => {
      const { maya } = school.people
      const phone = device(maya, NOW, 'traveler')
      const { session, records } = sessionOf(school, phone, [{ result: '+' }])
      await school.push(maya, records)
      // 3 November ends in Chicago at 06:00Z of the 4th, and the day after it 24 hours later
      const late = Date.parse('2026-11-05T11:00:00.000Z')
      school.setNow(late)
      const undo = { ...voidOf(phone, session, records[1], late - 1000), tz: 'Etc/GMT+12' }
      expect(statuses(await school.push(maya, [undo]))).toEqual(['refused record.not_yours'])
      school.setNow(NOW)
    })
  })

  describe('what comes in one batch', () => {
    it('F14 is compared with the program published in the same batch', async () => {
      const { dana } = school.people
      const phone = device(dana, NOW, 'planner')
      const publish = publication(phone, school.students.amari, uuidv7(NOW))
      const { records } = sessionOf({ ...school, ...publish }, phone, [{ result: '+' }])
      const start = records[0] as Envelope
      const easier = {
        ...start,
        body: { ...start.body, measure: { ...MEASURE, min_opportunities: 0 } as Json },
      }
      expect(statuses(await school.push(dana, [publish.record, easier]))).toEqual([
        'accepted',
        'refused session.measure_differs',
      ])
    })

    it('cannot correct into another session what came just before it', async () => {
      const { maya } = school.people
      const phone = device(maya, NOW, 'crossing')
      const here = sessionOf(school, phone, [{ result: '+' }])
      const there = sessionOf(school, phone, [{ result: '+' }])
      const undo = voidOf(phone, there.session, here.records[1])
      expect(statuses(await school.push(maya, [...here.records, undo]))).toEqual([
        'accepted',
        'accepted',
        'refused record.replaces_elsewhere',
      ])
    })

    it('G3 has its twins answered as one, and its false twin as a conflict', async () => {
      const { maya } = school.people
      const { records } = sessionOf(school, device(maya, NOW, 'twins'), [{ result: '+' }])
      const [start, trial] = records as [Envelope, Envelope]
      const other = { ...trial, body: { n: 1, result: '-' } }
      const answer = await school.push(maya, [start, trial, trial, other])
      expect(statuses(answer)).toEqual(['accepted', 'accepted', 'duplicate', 'conflict record.id_reused'])
      expect(answer.acks[2]).toMatchObject({ received: NOW, digest: answer.acks[1]?.digest })
    })
  })

  describe('one wall alone', () => {
    const trial = (phone: ReturnType<typeof device>, student: string) =>
      phone.record('sessions.trial', {
        student,
        refs: { session: uuidv7(NOW), program: school.program },
        body: { n: 1, result: '+' },
      })
    const phase = (phone: ReturnType<typeof device>) =>
      phone.record('sessions.phase', {
        student: school.students.amari,
        refs: { program: school.program },
        body: { label: 'New', condition: 'intervention', from: '2026-11-03', major: true, why: '' },
      })
    /** The second wall with a hole less than the first, for as long as `work` takes. */
    const narrowed = async (change: string, role: string, work: () => Promise<void>) => {
      await owner.query(`update role_tier set ${change} = false where role = $1 and tier = 'T2'`, [role])
      await work()
      await owner.query(`update role_tier set ${change} = true where role = $1 and tier = 'T2'`, [role])
    }

    it('G4 G7 refuses what only the second wall refuses, and spares its neighbors', async () => {
      const { maya, dana } = school.people
      await relate(maya.person, school.students.bella, 'gened_teacher', NOW - DAY, null)
      const [hers, plans] = [device(maya, NOW, 'walled'), device(dana, NOW, 'walled')]
      const { amari, bella } = school.students
      await narrowed('can_create', 'para', async () => {
        const batch = [trial(hers, amari), trial(hers, bella), trial(hers, amari), trial(hers, bella)]
        expect(statuses(await school.push(maya, batch))).toEqual([
          'refused record.not_permitted',
          'accepted',
          'refused record.not_permitted',
          'accepted',
        ])
      })
      await narrowed('can_approve', 'case_manager', async () => {
        const batch = [
          trial(plans, amari),
          { nothing: true },
          phase(plans),
          trial(plans, bella),
          trial(plans, amari),
        ]
        expect(statuses(await school.push(dana, batch))).toEqual([
          'accepted',
          'refused record.malformed',
          'refused record.not_permitted',
          'accepted',
          'accepted',
        ])
      })
      const { rows } = await owner.query(
        "select code, count(*)::int as n from refused where uploaded_by = $1 and code <> 'record.malformed' group by code",
        [dana.person],
      )
      expect(rows).toContainEqual({ code: 'record.not_permitted', n: 1 })
    })

    it('G7 lets a restriction win over a relationship for its time, and over a role in the whole district', async () => {
      const { maya, joan } = school.people
      const { amari } = school.students
      const restrict = (person: string, from: number, to: number | null) =>
        owner.query(
          `insert into restriction (district_id, restriction_id, person_id, student_id, from_at, to_at, document)
           values ($1, gen_random_uuid(), $2, $3, $4, $5, 'order 7')`,
          [school.district, person, amari, new Date(from), to === null ? null : new Date(to)],
        )
      const phone = device(maya, NOW - 5 * 3_600_000, 'restricted')
      const at = (hours: number) => ({
        ...trial(phone, amari),
        at: new Date(NOW - hours * 3_600_000).toISOString(),
      })
      await restrict(maya.person, NOW - 3 * 3_600_000, NOW - 3_600_000)
      expect(statuses(await school.push(maya, [at(4), at(2), at(0)]))).toEqual([
        'accepted',
        'refused record.not_permitted',
        'accepted',
      ])
      const seen = () =>
        school.database.asPerson(joan, async (tx) => {
          const rows = await Promise.all(
            (['student', 'record', 'projection'] as const).map((table) =>
              tx.read.selectFrom(table).select('student_id').where('student_id', '=', amari).execute(),
            ),
          )
          return rows.map((found) => found.length > 0)
        })
      expect(await seen()).toEqual([true, true, true])
      // a restriction that is to begin is known to devices before it does
      await restrict(maya.person, NOW + DAY, null)
      const { grants } = await pull(feed, maya, { held: [] })
      const untils = grants.filter((one) => one.of === amari).map((one) => one.until)
      expect(new Set(untils)).toEqual(new Set([NOW + DAY]))
      await restrict(joan.person, NOW - DAY, null)
      expect(await seen()).toEqual([false, false, false])
      await owner.query('delete from restriction')
    })
  })

  describe('a connection that others used before', () => {
    const asks = `select current_user::text as who, coalesce(current_setting('app.person', true), '') as person,
      coalesce(current_setting('app.auds', true), '') as auds, (select count(*)::int from record) as records`
    const nobody = { who: 'handrail_app', person: '', auds: '', records: 0 }

    it('G7 carries nothing of them, also when they failed', async () => {
      const { dana } = school.people
      const { database } = school
      const fail = () => Promise.reject(new Error('on purpose'))
      for (const work of [
        () => database.asPerson(dana, (tx) => tx.read.selectFrom('record').select('id').execute()),
        () => database.asPerson(dana, fail),
        () => database.asPerson(dana, (tx) => tx.asSystem(fail)),
        () => database.asPerson(dana, (tx) => tx.asSystem((db) => db.deleteFrom('record').execute())),
        () => database.asSystem(school.district, fail),
      ])
        await work().catch(() => undefined)
      const rows = await Promise.all(Array.from({ length: 10 }, () => database.pool.query(asks)))
      expect(rows.map((found) => found.rows[0])).toEqual(rows.map(() => nobody))
    })

    it('G7 gives nobody the eyes of the system who goes on after its error', async () => {
      const { andre } = school.people
      const seen = await school.database.asPerson(andre, async (tx) => {
        await tx.asSystem(() => Promise.reject(new Error('on purpose'))).catch(() => undefined)
        return tx.read.selectFrom('record').select('student_id').distinct().execute()
      })
      expect(seen.map((row) => row.student_id)).not.toContain(school.students.amari)
    })
  })

  describe('a partition made large', () => {
    it('stops at a size, for its author alone', { timeout: 60_000 }, async () => {
      const { maya, dana } = school.people
      const phone = device(maya, NOW, 'filler')
      const { session, records } = sessionOf(school, phone, [])
      await school.push(maya, records)
      const trial = (who: ReturnType<typeof device>) =>
        who.record('sessions.trial', {
          student: school.students.amari,
          refs: { session, program: school.program },
          body: { n: 1, result: '+' },
        })
      const full: string[] = []
      for (let i = 0; i < 11; i++)
        full.push(
          ...statuses(
            await school.push(
              maya,
              Array.from({ length: 500 }, () => trial(phone)),
            ),
          ),
        )
      expect(full.filter((status) => status === 'accepted')).toHaveLength(4999)
      expect(new Set(full.slice(4999))).toEqual(new Set(['refused record.partition_full']))
      expect(statuses(await school.push(dana, [trial(device(dana, NOW, 'beside'))]))).toEqual(['accepted'])
    })

    it('takes few locks, however many partitions a batch touches', async () => {
      const { maya } = school.people
      const phone = device(maya, NOW, 'locker')
      const records = Array.from({ length: 500 }, (_, n) =>
        phone.record('sessions.trial', {
          student: school.students.amari,
          refs: { session: id(`locked ${n}`), program: school.program },
          body: { n: 1, result: '+' },
        }),
      )
      // the positions are taken last: who holds their row sees a writer with everything else in hand
      await owner.query('begin; select from counter for update')
      const pushed = school.push(maya, records)
      const held = async () =>
        (
          await owner.query(
            // of this district's database: other tests of the same cluster hold locks of their own
            `with here as (
               select * from pg_locks
               where database is null or database = (select oid from pg_database where datname = current_database()))
             select (select count(*)::int from here where locktype = 'advisory') as locks
             where exists (select from here where not granted and locktype in ('transactionid', 'tuple'))`,
          )
        ).rows[0]?.locks
      try {
        await expect.poll(held, { timeout: 20_000 }).toBeGreaterThan(0)
        expect(await held()).toBeLessThanOrEqual(128)
      } finally {
        await owner.query('commit')
      }
      expect(new Set(statuses(await pushed))).toEqual(new Set(['accepted']))
    })
  })

  describe('reading', () => {
    it('G7 shows of a goal only what belongs to its own student', async () => {
      const { dana } = school.people
      const phone = device(dana, NOW, 'mixer')
      const other = publication(phone, school.students.bella, school.program)
      expect(statuses(await school.push(dana, [other.record]))).toEqual(['accepted'])
      const district = { id: school.district, name: '', tz: TZ, demo: true, clockOffsetMs: 0 }
      const views = registry.views.map((view) => view.name)
      const goal = await school.database.asPerson(dana, (tx) => goalOf(tx, district, school.program, views))
      expect(goal?.student.id).toBe(school.students.amari)
      expect(goal?.plan.map((row) => row.envelope.student)).toEqual([school.students.amari])
      // to whoever is with the other student alone it is a program of that student
      const { andre } = school.people
      const seen = await school.database.asPerson(andre, (tx) => goalOf(tx, district, school.program, views))
      expect(seen?.plan.map((row) => row.envelope.id)).toEqual([other.version])
    })
  })

  describe('another person in the same session', () => {
    it('cannot set its data aside by starting it again, whatever time they claim', async () => {
      const { maya, kim } = school.people
      const { session, records } = sessionOf(school, device(maya, NOW, 'taken'), [
        { result: '+' },
        { result: '+' },
      ])
      await school.push(maya, records)
      const phone = device(kim, NOW, 'taker')
      const start = sessionOf(school, phone, []).records[0] as Envelope
      const again = { ...start, refs: { ...start.refs, session }, at: '2026-11-03T13:20:00.000Z', ord: 0 }
      school.setNow(NOW + 60_000)
      expect(statuses(await school.push(kim, [again]))).toEqual(['accepted'])
      school.setNow(NOW)
      const { rows } = await owner.query('select state from projection where part like $1', [`%${session}`])
      const state = JSON.parse(rows[0].state)
      expect(state).toMatchObject({ by: maya.person, summary: { numerator: 2, denominator: 2 } })
      expect(state.flags).toEqual(['started_twice', 'two_devices'])
    })
  })

  describe('a student who moves to another school', () => {
    const elsewhere = id('elsewhere')
    const [here, there] = [id('principal here'), id('principal there')]
    const principal = (person: string) => ({ district: school.district, person, roles: ['administrator'] })
    const amari = (to: string) =>
      load({
        students: [
          {
            id: school.students.amari,
            sourceId: 'amari',
            given: 'Amari',
            family: 'Moore',
            preferred: null,
            initials: 'A.M.',
            color: 1,
            grade: '3',
            school: to,
          },
        ],
      })
    const seenBy = (person: string) =>
      school.database.asPerson(principal(person), async (tx) => ({
        students: (await tx.read.selectFrom('student').select('student_id').execute()).map(
          (row) => row.student_id,
        ),
        records: new Set(
          (await tx.read.selectFrom('record').select('student_id').execute()).map((row) => row.student_id),
        ).has(school.students.amari),
        views: new Set(
          (await tx.read.selectFrom('projection').select('student_id').execute()).map(
            (row) => row.student_id,
          ),
        ).has(school.students.amari),
      }))
    const projections = async () =>
      (await owner.query('select view, part, wing, at, state from projection order by view, part')).rows

    it('G7 G9 takes the old records along, and leaves none with whoever is only at the old school', async () => {
      const since = new Date(NOW - DAY).toISOString()
      await load({
        schools: [{ id: elsewhere, sourceId: 'elsewhere', name: 'E', kind: 'school', parent: null }],
        people: [here, there].map((person) => ({
          id: person,
          sourceId: person,
          given: 'P',
          family: 'P',
          email: null,
        })),
        roles: [here, there].map((person) => ({
          id: id(`role ${person}`),
          person,
          role: 'administrator',
          school: person === here ? id('Cedar Bend school') : elsewhere,
          from: since,
          to: null,
        })),
      })
      const { maya } = school.people
      const { records } = sessionOf(school, device(maya, NOW, 'moving'), [{ result: '+' }, { result: '+' }])
      await school.push(maya, records.slice(0, 2))
      expect(await seenBy(here)).toMatchObject({ records: true, views: true })
      expect(await seenBy(there)).toEqual({ students: [], records: false, views: false })

      await amari(elsewhere)
      await school.push(maya, records.slice(2))
      expect(await seenBy(here)).toEqual({
        students: [school.students.bella],
        records: false,
        views: false,
      })
      expect(await seenBy(there)).toEqual({
        students: [school.students.amari],
        records: true,
        views: true,
      })
      const before = await projections()
      await rebuild(school.database, school.district, registry)
      expect(await projections()).toEqual(before)
      await amari(id('Cedar Bend school'))
    })

    it('G2 lets nothing else of a record be changed by that door', async () => {
      await expect(
        school.database.asSystem(school.district, (_tx, db) =>
          db.updateTable('record').set({ student_id: school.students.bella }).execute(),
        ),
      ).rejects.toMatchObject({ code: '42501' })
    })
  })

  describe('a new audience in pages', () => {
    it('G9 loses no partition that is touched between two pages', async () => {
      const { maya, dana } = school.people
      const old = NOW - 60 * DAY
      school.setNow(old + 3_600_000)
      const phone = device(maya, old, 'long ago')
      const { session, records } = sessionOf(school, phone, [{ result: '+' }, { result: '-' }], old)
      await school.push(maya, records)
      school.setNow(NOW)
      const { head, epoch, grants } = await pull(feed, dana, {})
      const aud = grants.find((one) => one.of === school.students.amari && one.tier === 'T2')?.aud ?? 0
      const fix = voidOf(device(dana, NOW, 'corrects'), session, records[2])
      expect(statuses(await school.push(dana, [fix]))).toEqual(['accepted'])
      const found: string[] = []
      let after: string | null = 'summaries:'
      while (after !== null) {
        const page: BackfillResponse = await backfill(feed, dana, { aud, upto: head, epoch, after })
        found.push(...page.summaries.map((summary) => summary.partition))
        after = page.next
      }
      expect(found.filter((part) => part.endsWith(session))).toHaveLength(1)
    })
  })

  describe('everybody at once', () => {
    it(
      'G2 G5 G9 F41 loses, doubles and skips nothing between two servers, a rebuild and a reader',
      {
        timeout: 60_000,
      },
      async () => {
        const second = openDatabase(school.db.appUrl, () => NOW)
        const servers = [school.services, { ...school.services, database: second }]
        const other: FeedServices = { ...feed, database: second }
        const sessions = Array.from({ length: 12 }, (_, n) => id(`crowded ${n}`))
        const random = lehmer(20_261_103)
        const batches = Array.from({ length: 80 }, (_, n) => {
          const actor = n % 2 === 0 ? school.people.maya : school.people.dana
          const phone = device(actor, NOW, `crowd ${n}`)
          const records = Array.from({ length: 1 + random(20) }, () => {
            const refs = { session: sessions[random(sessions.length)] ?? '', program: school.program }
            if (random(6) > 0)
              return phone.record('sessions.trial', {
                student: school.students.amari,
                refs,
                body: { n: 1 + random(60), result: '+' },
              })
            const start = sessionOf(school, phone, []).records[0] as Envelope
            return { ...start, refs: { ...start.refs, ...refs } }
          })
          return { actor, records }
        })
        const sent = batches.flatMap(({ records }) => records.map((record) => record.id))
        // every third batch comes twice, the second time the other way round
        const queue = batches.flatMap(({ actor, records }, n) =>
          n % 3 === 0
            ? [
                { actor, records },
                { actor, records: records.toReversed() },
              ]
            : [{ actor, records }],
        )

        let since = (await pull(other, school.people.dana, {})).next
        for (let more = true; more;) {
          const page = await pull(other, school.people.dana, { since })
          since = page.next
          more = page.more
        }
        let busy = true
        const seen: string[] = []
        const reading = (async () => {
          for (let last = false; !last;) {
            last = !busy
            const page = await pull(other, school.people.dana, { since })
            seen.push(...page.records.map((record) => record.envelope.id))
            since = page.next
            if (page.more) last = false
          }
        })()
        const rebuilding = (async () => {
          while (busy) await rebuild(second, school.district, registry)
        })()
        const answers: string[] = []
        await Promise.all(
          Array.from({ length: 10 }, async (_, n) => {
            const server = servers[n % 2] as IngestServices
            for (let batch = queue.shift(); batch; batch = queue.shift())
              answers.push(...statuses(await ingest(server, batch.actor, batch.records)))
          }),
        )
        busy = false
        await Promise.all([reading, rebuilding])

        expect(new Set(answers)).toEqual(new Set(['accepted', 'duplicate']))
        expect(answers.filter((status) => status === 'accepted')).toHaveLength(sent.length)
        expect(seen.toSorted()).toEqual(sent.toSorted())
        const projections = async () =>
          (await owner.query('select * from projection order by view, part')).rows
        const before = await projections()
        await rebuild(second, school.district, registry)
        expect(await projections()).toEqual(before)
        await second.close()
      },
    )
  })

  describe('the trail', () => {
    it('G8 holds while others write and seal', { timeout: 60_000 }, async () => {
      const tell = () =>
        school.database.asSystem(school.district, (tx) => tx.audit({ action: 'test.tell', detail: {} }))
      for (let i = 0; i < 40; i++) {
        await tell()
        await sealAudit(school.database, school.district)
      }
      let busy = true
      const others = (async () => {
        while (busy) {
          await tell()
          await sealAudit(school.database, school.district)
        }
      })()
      const verdicts = []
      for (let i = 0; i < 5; i++) verdicts.push(await verifyAudit(school.database, school.district))
      busy = false
      await others
      expect(verdicts.map((one) => one.broken)).toEqual([null, null, null, null, null])
    })
  })

  /** Whole numbers below n, always the same: the generator of Park and Miller (1988), multiplier 48271. */
  function lehmer(seed: number): (n: number) => number {
    let state = seed
    return (n) => {
      state = (state * 48_271) % 2_147_483_647
      return state % n
    }
  }

  /** A program of `student`, in its first version. */
  function publication(phone: ReturnType<typeof device>, student: string, program: string) {
    const record = phone.record('sessions.program', {
      student,
      refs: { program },
      body: {
        title: 'Other',
        goal: 'g',
        definition: 'd',
        direction: 'increase',
        measure: MEASURE as unknown as Json,
        criterion: 'c',
        number: 1,
      },
    })
    return { record, program, version: record.id }
  }
})

// what is tested here ends before the database, or does not depend on it
describe.each(testEngines().slice(0, 1))(
  'an adversary over HTTP on $name',
  { timeout: 30_000 },
  ({ name }) => {
    let house: Running
    let maya: Visitor
    beforeAll(async () => {
      house = await openRunning(name, { demo: true })
      maya = await house.persona('para')
    })
    afterAll(() => house.close())

    it('is not another visitor with each cookie it makes up', async () => {
      const left = async (more: string) => {
        const answer = await house.visitor().get('/api/inbox', { cookie: `${maya.cookie}${more}` })
        expect(answer.status).toBe(200)
        return Number(answer.headers.get('x-ratelimit-remaining'))
      }
      const before = await left('')
      expect(await left('; made=up')).toBe(before - 1)
      const attempt = async (n: number) =>
        (
          await house.visitor().post('/api/demo/sign-in', { persona: 'nobody' }, { cookie: `n=${n}` })
        ).headers.get('x-ratelimit-remaining')
      expect(Number(await attempt(1)) - Number(await attempt(2))).toBe(1)
    })

    it('F19 sends brackets without end, and is told so about that record alone', async () => {
      const phone = device({ district: '', person: id('stranger'), roles: [] })
      const record = JSON.stringify(phone.record('sessions.trial', { student: id('nobody') }))
      const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`
      const answer = await maya.ask('/api/records', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `{"records":[${deep},${record}]}`,
      })
      expect(answer.status).toBe(200)
      expect(answer.json<PushResponse>().acks.map((ack) => ack.code)).toEqual([
        'record.malformed',
        'record.body',
      ])
    })

    it('finds no door to the accounts but those that have a screen', async () => {
      for (const path of [
        'list-sessions',
        'update-user',
        'sign-out/../list-sessions',
        'sign-out%2F..%2Flist-sessions',
      ])
        for (const ask of [
          () => maya.get(`/api/auth/${path}`),
          () => maya.post(`/api/auth/${path}`, { image: 'x' }),
        ])
          expect((await ask()).status, path).toBe(404)
    })

    it('holds no more than fifty streams open', async () => {
      const open = async (signal: AbortSignal) =>
        (await fetch(`${house.url}/api/live`, { headers: { cookie: maya.cookie }, signal })).status
      const stop = new AbortController()
      const answers: number[] = []
      for (let i = 0; i < 51; i++) answers.push(await open(stop.signal))
      stop.abort()
      expect(answers).toEqual([...Array.from({ length: 50 }, () => 200), 429])
      await expect.poll(() => open(new AbortController().signal)).toBe(200)
    })

    it('guesses passwords under the address that the proxy saw, whatever address it claims', async () => {
      const proxied = await openRunning(name, { config: { origin: 'http://handrail.example' } })
      const { port } = proxied.app.http.server.address() as AddressInfo
      const guess = async (n: number) => {
        const answer = await new Visitor(`http://127.0.0.1:${port}`).post(
          '/api/auth/sign-in/email',
          { email: 'joan@cedar-bend.example', password: `a wrong password ${n}` },
          { 'x-forwarded-for': `10.1.2.${n}, 10.9.9.9`, 'x-forwarded-host': 'handrail.example' },
        )
        return answer.status
      }
      const statuses: number[] = []
      for (let n = 0; n < 31; n++) statuses.push(await guess(n))
      await proxied.close()
      expect(statuses).toEqual([...Array.from({ length: 30 }, () => 401), 429])
    })

    it('finds no real student behind the open door of the demo, and no made-up one among real ones', async () => {
      const [roster, published] = [
        'roster/fixtures/oneroster/v1p1',
        'progress/fixtures/singlecase/sound',
      ].map((folder) => fileURLToPath(new URL(`../capabilities/${folder}`, import.meta.url))) as [
        string,
        string,
      ]
      const { core } = house
      const real = { district: 'Real District', dryRun: false }
      const demo = { district: core.directory.all[0]?.name, dryRun: false }
      expect(await importRosterFolder(core, roster, demo)).toMatchObject({ ok: false })
      expect(await importRosterFolder(core, roster, real)).toMatchObject({ ok: true })
      expect(await importSingleCaseFolder(core, published, real)).toMatchObject({ ok: false })
      expect(core.directory.all.map(({ name: called, demo: isDemo }) => [called, isDemo])).toEqual([
        [demo.district, true],
        ['Real District', false],
      ])
    })

    it('F43 completes a demo school whose loading was cut off', async () => {
      const cut = await openRunning(name, { config: { demo: true } })
      const { district, batch } = cedarBend()
      await loadRoster(cut.core.database, district, batch, { source: 'demo', report: {} })
      await cut.core.directory.load(cut.core.database.pool)
      await loadDemo(cut.core, { history: false })
      const answer = await (await cut.persona('para')).get('/api/me')
      await cut.close()
      expect(answer.json<{ boards: { blocks: unknown[] }[] }>().boards[0]?.blocks.length).toBeGreaterThan(0)
    })

    it('cannot enter a demo school that the operator has closed', async () => {
      const closed = await openRunning(name, { demo: true, config: { demo: false } })
      const page = await closed.visitor().get('/api/demo')
      const answer = await closed.visitor().post('/api/demo/sign-in', { persona: 'para' })
      await closed.close()
      expect(page.json()).toMatchObject({ demo: false, personas: [] })
      expect(answer.status).toBe(404)
      expect(answer.headers.getSetCookie()).toEqual([])
    })
  },
)
