/** The official attendance beside the marks, and what was not run by itself, on a real PostgreSQL. */
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { device, id, NOW, openSchool, TZ, type TestSchool } from '../../../guarantees/school.ts'
import { testEngines } from '../../../platform/server/testing.ts'
import { rollOf } from '../rules.ts'
import { importOfficial } from './import.ts'
import { dayOfStudents, sayOfficial, settleMismatch, studentsHere } from './queries.ts'

const TODAY = '2026-11-03'
const SCHOOL = id('Cedar Bend school')
let phones = 0

describe.each(testEngines())('attendance on $name', ({ name }) => {
  let house: TestSchool
  let owner: pg.Client

  beforeAll(async () => {
    house = await openSchool(name)
    owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
    // period 1 of the day is over at 8:52, period 2 is not
    await owner.query(
      `insert into block (district_id, block_id, school_id, code, name, start_time, end_time) values
         ($1, $3, $2, 'P1', 'P1', '08:00', '08:50'), ($1, $4, $2, 'P2', 'P2', '09:20', '10:10')`,
      [house.district, SCHOOL, id('P1'), id('P2')],
    )
    await owner.query(
      `insert into school_day (district_id, school_id, day, type) values ($1, $2, '2026-11-02', 'A'), ($1, $2, $3, 'B')`,
      [house.district, SCHOOL, TODAY],
    )
  })
  afterAll(async () => {
    await owner.end()
    await house.close()
  })
  beforeEach(async () => {
    await owner.query(
      `delete from assignment_student; delete from assignment;
       delete from absence; delete from assignment_day; delete from attendance_official; delete from attendance_settled;
       delete from projection where view in ('attendance.day', 'sessions.session');
       delete from record where kind like 'attendance.%' or kind like 'sessions.%' and kind <> 'sessions.program'`,
    )
    for (const block of ['P1', 'P2']) await plan('maya', block)
  })

  describe('the office and the marks', () => {
    it('AW-6 shows who is here by an aide’s mark and absent officially, first, until somebody says why', async () => {
      const { joan } = house.people
      const { amari, bella } = house.students
      await mark('present')
      await say('codes', [
        [amari, 'absent'],
        [bella, 'present'],
      ])
      expect(await today()).toEqual([
        {
          student: amari,
          official: 'absent',
          mismatch: true,
          settled: null,
          seen: expect.objectContaining({ is: 'here', block: 'HR' }),
        },
        // nobody marked her: nothing is known, and nothing disagrees
        { student: bella, official: 'present', mismatch: false, settled: null, seen: null },
      ])
      const why = {
        id: id('why'),
        student: amari,
        day: TODAY,
        official: 'absent' as const,
        seen: 'here' as const,
        reason: 'late_bus' as const,
      }
      await house.database.asPerson(joan, (tx) => tx.write(settleMismatch, { ...why, person: joan.person }))
      expect((await today())[0]).toMatchObject({
        mismatch: true,
        settled: { reason: 'late_bus', note: null },
      })
    })

    it('a corrected code ends it; the newest code holds and the one before it is kept', async () => {
      const { amari } = house.students
      await mark('late')
      await say('first', [[amari, 'absent']])
      await say('second', [[amari, 'late']])
      expect((await today()).find((row) => row.student === amari)).toMatchObject({
        official: 'late',
        mismatch: false,
      })
      const { rows } = await owner.query('select code from attendance_official order by n')
      expect(rows.map((row) => row.code)).toEqual(['absent', 'late'])
    })

    it('the same id twice changes nothing, also when another code was said in between', async () => {
      const { amari } = house.students
      await say('first', [[amari, 'absent']])
      await say('second', [[amari, 'present']])
      await say('first', [[amari, 'absent']])
      expect((await today()).find((row) => row.student === amari)?.official).toBe('present')
    })

    it('takes codes out of a file; what then disagrees is first on the list, and the same id twice changes nothing', async () => {
      const { amari, bella } = house.students
      await mark('present')
      await say('before', [[bella, 'present']])
      const number = async (student: string) =>
        String(
          (await owner.query('select source_id from student where student_id = $1', [student])).rows[0]
            .source_id,
        )
      const file = `id,date,code\n${await number(amari)},${TODAY},A\n${await number(bella)},${TODAY},P\n${await number(amari)},2026-11-02,A\nnobody,${TODAY},A\n`
      const bring = (name: string, dryRun: boolean) =>
        house.database.asPerson(house.people.joan, async (tx) =>
          importOfficial(
            tx,
            new Map((await studentsHere(tx)).map((row) => [row.source_id, row.student_id])),
            TZ,
            {
              id: id(name),
              file: 'codes.csv',
              bytes: new TextEncoder().encode(file),
              mapping: undefined,
              by: house.people.joan.person,
              dryRun,
            },
          ),
        )
      const rows = async () =>
        Number((await owner.query('select count(*) from attendance_official')).rows[0].count)

      const looked = await bring('file', true)
      expect(looked).toMatchObject({
        ok: true,
        imported: false,
        rows: 4,
        added: 2,
        changed: 0,
        same: 1,
        from: '2026-11-02',
        to: TODAY,
      })
      expect(looked.findings).toMatchObject([
        { code: 'attendance.unknown_student', row: 5, field: 'student' },
      ])
      expect(await rows()).toBe(1)
      expect(await bring('file', false)).toMatchObject({ imported: true, added: 2 })
      expect((await today())[0]).toMatchObject({ student: amari, official: 'absent', mismatch: true })
      expect(await rows()).toBe(3)
      expect(await bring('file', false)).toMatchObject({ added: 0, changed: 0, same: 3 })
      // also under another id: what is said already is not said again
      expect(await bring('another file', false)).toMatchObject({ added: 0, changed: 0, same: 3 })
      // and when the office has corrected it since, the same file does not undo that
      await say('corrected', [[amari, 'late']])
      await bring('file', false)
      expect((await today()).find((row) => row.student === amari)).toMatchObject({ official: 'late' })
      expect(await rows()).toBe(4)
    })

    it('why both may stay holds for what disagreed then, and for no later code', async () => {
      const { joan } = house.people
      const { amari } = house.students
      await mark('absent')
      await say('first', [[amari, 'present']])
      const why = { id: id('why two'), student: amari, day: TODAY, reason: 'aide_mistaken' as const }
      await house.database.asPerson(joan, (tx) =>
        tx.write(settleMismatch, {
          ...why,
          official: 'present' as const,
          seen: 'absent' as const,
          person: joan.person,
        }),
      )
      expect((await today())[0]?.settled?.reason).toBe('aide_mistaken')
      await say('second', [[amari, 'late']])
      expect((await today())[0]).toMatchObject({ official: 'late', mismatch: true, settled: null })
    })
  })

  describe('not run, by itself', () => {
    it('a day like any other says nothing: who is there owes a reason', async () => {
      expect(await notRun()).toEqual([])
      await change('P1', 'andre')
      await change('P2', 'andre')
      house.setNow(NOW + 8 * 3_600_000)
      expect(await notRun()).toEqual([])
      house.setNow(NOW)
    })

    it('AW-31 the adult is away and nobody comes: staff absent at once; with a session it was run', async () => {
      await away(null, null)
      expect(await notRun()).toEqual([`${TODAY} staff_absent`])
      await run()
      expect(await notRun()).toEqual([])
    })

    it('AW-31 a substitute who has the block may still run it until it is over', async () => {
      await away(null, null)
      await change('P1', 'kim')
      await change('P2', 'kim')
      expect(await notRun()).toEqual([])
      house.setNow(NOW + 2 * 3_600_000)
      expect(await notRun()).toEqual([`${TODAY} staff_absent`])
      house.setNow(NOW)
    })

    it('away for the morning only: what is planned later is still to come', async () => {
      await away('07:30', '09:00')
      expect(await notRun()).toEqual([])
      await away('09:00', '15:30')
      expect(await notRun()).toEqual([`${TODAY} staff_absent`])
    })

    it('an absence that was taken back is none', async () => {
      await away(null, null)
      await owner.query('update absence set withdrawn = now()')
      expect(await notRun()).toEqual([])
    })

    it('a student who is absent: student absent, whoever was there; who comes late is to be taught', async () => {
      await mark('absent')
      expect(await notRun()).toEqual([`${TODAY} student_absent`])
      await away(null, null)
      expect(await notRun()).toEqual([`${TODAY} student_absent`])
      await owner.query('delete from absence')
      await mark('late')
      expect(await notRun()).toEqual([])
    })

    it('C.3 who comes late is due again in what comes after, and what was over by then stays not run', async () => {
      const only = async (block: string) => {
        await owner.query('delete from assignment_student; delete from assignment')
        await plan('maya', block)
        return notRun()
      }
      // absent at 8:41, here at 9:25, five minutes after P2 began
      await mark('absent', { after: -10 })
      expect(await only('P2')).toEqual([`${TODAY} student_absent`])
      await mark('late', { block: 'P2', minutes: 5, after: 34 })
      expect(await only('P2')).toEqual([])
      expect(await only('P1')).toEqual([`${TODAY} student_absent`])
    })

    it('C.3 late for a block by as long as it lasts is absent in it', async () => {
      await owner.query('delete from assignment where assignment_id = $1', [id('maya P2')])
      await mark('absent', { block: 'P1' })
      await mark('late', { block: 'P1', minutes: 50 })
      expect(await notRun()).toEqual([`${TODAY} student_absent`])
      await mark('late', { block: 'P1', minutes: 49 })
      expect(await notRun()).toEqual([])
    })

    it('nothing of students whom nobody asked about', async () => {
      await away(null, null)
      expect(await notRun(house.students.bella)).toEqual([])
    })
  })

  /** A block on B days with both students and the program of one. */
  async function plan(who: 'maya', block: string): Promise<void> {
    const { amari, bella } = house.students
    const assignment = id(`${who} ${block}`)
    await owner.query(
      `insert into assignment (district_id, assignment_id, person_id, block_id, school_id, day_types, from_day, title, place,
         note, programs) values ($1, $2, $3, $4, $5, '{B}', '2026-08-25', 'Math', '', '', $6)`,
      [house.district, assignment, house.people[who].person, id(block), SCHOOL, [house.program]],
    )
    await owner.query('insert into assignment_student values ($1, $2, $3), ($1, $2, $4)', [
      house.district,
      assignment,
      amari,
      bella,
    ])
  }

  async function mark(
    state: string,
    { block = 'HR', after = 0, ...more }: { block?: string; after?: number; minutes?: number } = {},
  ): Promise<void> {
    phones += 1
    const { maya } = house.people
    const { amari } = house.students
    const { acks } = await house.push(maya, [
      device(maya, NOW - 60_000 + phones * 1000 + after * 60_000, `phone ${phones}`).record(
        'attendance.presence',
        {
          student: amari,
          refs: { roll: rollOf(amari, TODAY) },
          body: { day: TODAY, block, state, ...more },
        },
      ),
    ])
    expect(acks.map((ack) => ack.status)).toEqual(['accepted'])
  }

  async function run(): Promise<void> {
    phones += 1
    const { maya } = house.people
    const version = await owner.query('select envelope from record where kind = $1', ['sessions.program'])
    const { measure } = (JSON.parse(version.rows[0].envelope) as { body: { measure: never } }).body
    const { acks } = await house.push(maya, [
      device(maya, NOW - 60_000, `phone ${phones}`).record('sessions.start', {
        student: house.students.amari,
        refs: { session: id(`session ${phones}`), program: house.program, version: house.version },
        body: { measure, condition: 'intervention', observer: 'primary', setting: '', tags: [] },
      }),
    ])
    expect(acks.map((ack) => ack.status)).toEqual(['accepted'])
  }

  async function say(
    name: string,
    marks: readonly (readonly [string, 'present' | 'absent' | 'late'])[],
  ): Promise<void> {
    const { joan } = house.people
    await house.database.asPerson(joan, (tx) =>
      tx.write(sayOfficial, {
        id: id(name),
        day: TODAY,
        marks: marks.map(([student, code]) => ({ student, code })),
        person: joan.person,
      }),
    )
  }

  async function today() {
    const { joan } = house.people
    const { students } = await house.database.asPerson(joan, async (tx) =>
      dayOfStudents(tx, await studentsHere(tx), TODAY),
    )
    return students.map(({ student, official, mismatch, settled, seen }) => ({
      student,
      official,
      mismatch,
      settled,
      seen,
    }))
  }

  async function away(from: string | null, to: string | null): Promise<void> {
    const { maya } = house.people
    await owner.query(
      `insert into absence (district_id, absence_id, school_id, person_id, day, start_time, end_time, reason, reported_by, reported)
       values ($1, gen_random_uuid(), $2, $3, $4, $5, $6, 'sick', $3, now())`,
      [house.district, SCHOOL, maya.person, TODAY, from, to],
    )
  }

  async function change(block: string, to: 'andre' | 'kim'): Promise<void> {
    const { maya } = house.people
    await owner.query(
      `insert into assignment_day (district_id, assignment_id, day, school_id, usual_id, person_id, why, plan_id)
       values ($1, $2, $3, $4, $5, $6, 'cover', gen_random_uuid())`,
      [house.district, id(`maya ${block}`), TODAY, SCHOOL, maya.person, house.people[to].person],
    )
  }

  /** `day reason` of the program of Amari. */
  async function notRun(student = house.students.amari): Promise<string[]> {
    return house.database.asSystem(house.district, async (_tx, db) => {
      const { rows } = await sql<{ program: string; day: string; reason: string }>`
        select * from days_not_run(${house.district}, ${[student]}::uuid[], '2026-10-01',
          ${new Date(house.now())}, ${TZ})`.execute(db)
      for (const row of rows) expect(row.program).toBe(house.program)
      return rows.map(({ day, reason }) => `${day} ${reason}`)
    })
  }
})
