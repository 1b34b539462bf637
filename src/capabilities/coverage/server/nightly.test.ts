/** Plans made ahead in the evening and used by a call-out at dawn, over HTTP, on a real PostgreSQL, with the demo school. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cedarBend } from '../../../demo/cedar-bend.ts'
import { personId, SCHOOL, type StaffKey } from '../../../demo/people.ts'
import { openRunning, type Running, type Visitor } from '../../../guarantees/running.ts'
import { id } from '../../../guarantees/school.ts'
import { createLog } from '../../../platform/server/log.ts'
import { testEngines } from '../../../platform/server/testing.ts'
import type { CoverBoard } from '../wire.ts'
import { coverageJobs, dayToPrepare } from './nightly.ts'

const TUESDAY = '2026-11-03'
const WEDNESDAY = '2026-11-04'
const ALL = { made: 3, kept: 0, failed: 0 }

describe('the evening', () => {
  const chicago = (local: string) => dayToPrepare(Date.parse(`${local}:00-06:00`), 'America/Chicago')

  it('begins at 18:00 where the school is and lasts until the morning of its day', () => {
    expect(chicago(`${TUESDAY}T17:59`)).toBeNull()
    expect(chicago(`${TUESDAY}T18:00`)).toBe(WEDNESDAY)
    expect(chicago(`${TUESDAY}T23:59`)).toBe(WEDNESDAY)
    expect(chicago(`${WEDNESDAY}T00:00`)).toBe(WEDNESDAY)
    expect(chicago(`${WEDNESDAY}T07:59`)).toBe(WEDNESDAY)
    expect(chicago(`${WEDNESDAY}T08:00`)).toBeNull()
    // at one instant it is evening in Berlin and not in Chicago
    expect(dayToPrepare(Date.parse(`${TUESDAY}T17:30:00Z`), 'Europe/Berlin')).toBe(WEDNESDAY)
    expect(dayToPrepare(Date.parse(`${TUESDAY}T17:30:00Z`), 'America/Chicago')).toBeNull()
  })
})

describe.each(testEngines().slice(0, 1))('made ahead on $name', { timeout: 120_000 }, ({ name }) => {
  let house: Running
  let owner: pg.Client
  const people = new Map<StaffKey, Visitor>()
  const lines: string[] = []

  beforeAll(async () => {
    house = await openRunning(name, { demo: true })
    owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
    // only what these tests ask for runs
    await owner.query(`delete from jobs.schedule where name = 'coverage.prepare'`)
    // nobody has planned for the substitute yet
    await owner.query(`delete from assignment where person_id = $1`, [personId('kim')])
    for (const who of ['maya', 'andre', 'nia', 'joan'] as const)
      people.set(who, await house.member(cedarBend().district.id, personId(who)))
  })
  afterAll(async () => {
    await owner.end()
    await house.close()
  })

  const of = (who: StaffKey): Visitor => people.get(who) ?? house.visitor()
  const at = async (local: string) => {
    await of('joan').post('/api/demo/clock', { at: new Date(`${local}:00-06:00`).toISOString() })
    await house.core.directory.load(house.core.database.pool)
  }
  const board = async (day: string) =>
    (await of('joan').ask(`/api/coverage?school=${SCHOOL}&day=${day}`)).json<CoverBoard>()
  const prepare = (stop = new AbortController().signal) => {
    const [job] = coverageJobs({
      ...house.core,
      log: createLog('debug', { write: (line) => void lines.push(line) }),
    })
    return job?.run(stop)
  }
  const plans = async (status: string) =>
    (
      await owner.query<{ for_person: string }>(
        'select for_person from coverage_plan where status = $1 order by for_person',
        [status],
      )
    ).rows.map((row) => row.for_person)
  const paras = (['maya', 'andre', 'nia'] as const).map(personId).toSorted()

  it('makes none by day, and on the evening of a school day one for each para; a second pass finds them there', async () => {
    await at(`${TUESDAY}T12:30`)
    expect(await prepare()).toEqual({ made: 0, kept: 0, failed: 0 })
    await at(`${TUESDAY}T18:10`)
    expect(await prepare()).toEqual(ALL)
    expect(await plans('prepared')).toEqual(paras)
    expect(await prepare()).toEqual({ made: 0, kept: 3, failed: 0 })
    expect(await plans('prepared')).toEqual(paras)
    // nobody's day is another one, and no board shows a plan
    expect((await owner.query('select 1 from assignment_day')).rows).toEqual([])
    expect((await board(WEDNESDAY)).plan).toBeNull()
  })

  it('none for an evening before a day without school', async () => {
    await at('2026-11-06T20:00')
    expect(await prepare()).toEqual({ made: 0, kept: 0, failed: 0 })
    await at(`${TUESDAY}T20:00`)
  })

  it('ends when it is told to stop, and the next pass does the rest', async () => {
    await owner.query(`delete from coverage_plan`)
    expect(await prepare(AbortSignal.abort())).toEqual({ made: 0, kept: 0, failed: 0 })
    const stopping = new AbortController()
    const under = prepare(stopping.signal)
    while ((await plans('prepared')).length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    stopping.abort()
    const first = await under
    const second = await prepare()
    expect((first?.['made'] ?? 0) + (second?.['made'] ?? 0)).toBe(3)
    expect(first?.['failed']).toBe(0)
    expect(await plans('prepared')).toEqual(paras)
  })

  it('a plan that cannot be kept fails the job and nothing else, and the next pass makes it; no word about anybody', async () => {
    await owner.query(`delete from coverage_plan`)
    lines.length = 0
    const empty = '00000000-0000-7000-8000-000000000001'
    // a school with nobody in it, beside the one whose plan for one para cannot be kept
    await owner.query(`insert into school_day (district_id, school_id, day, type) values ($1, $2, $3, 'A')`, [
      cedarBend().district.id,
      empty,
      WEDNESDAY,
    ])
    await owner.query(
      `create function no_plan() returns trigger language plpgsql as
         $$ begin raise exception 'Amari Mensah' using errcode = '23514'; end $$`,
    )
    await owner.query(
      `create trigger no_plan before insert on coverage_plan for each row
         when (new.for_person = '${personId('andre')}') execute function no_plan()`,
    )
    await expect(prepare()).rejects.toMatchObject({ code: '23514' })
    expect(await plans('prepared')).toEqual(paras.filter((one) => one !== personId('andre')))
    await owner.query('drop function no_plan cascade')
    expect(await prepare()).toEqual({ made: 1, kept: 2, failed: 0 })
    expect(await plans('prepared')).toEqual(paras)
    expect(lines.join('\n')).not.toMatch(/Amari|Mensah|Cole|Ortiz/)
    await owner.query('delete from school_day where school_id = $1', [empty])
  })

  it('AW-29 a call-out minutes before the first block has its plan at once', async () => {
    await at(`${WEDNESDAY}T07:05`)
    await of('andre').post('/api/coverage/absences', { id: id('late'), day: WEDNESDAY })
    const { plan } = await board(WEDNESDAY)
    expect(plan).toMatchObject({ status: 'proposed', prepared: true, stale: [] })
    expect(plan?.proposal.needs.length).toBeGreaterThan(0)
  })

  it('after it, the next pass makes those of the others for a day without both', async () => {
    expect(await prepare()).toEqual({ made: 2, kept: 0, failed: 0 })
    await of('maya').post('/api/coverage/absences', { id: id('later still'), day: WEDNESDAY })
    const { plan, away } = await board(WEDNESDAY)
    expect(away.map(({ person }) => person)).toEqual([personId('andre'), personId('maya')])
    expect(plan).toMatchObject({ status: 'proposed', prepared: true, stale: [] })
    expect((await of('joan').post(`/api/coverage/plans/${plan?.id}/approve`, {})).status).toBe(200)
  })

  it('what nobody approved is gone after its day; what was approved stays', async () => {
    await at('2026-11-05T18:30')
    await prepare()
    const { rows } = await owner.query<{ day: string; status: string }>(
      'select distinct day::text, status from coverage_plan order by day, status',
    )
    expect(rows).toEqual([
      { day: WEDNESDAY, status: 'approved' },
      { day: '2026-11-06', status: 'prepared' },
    ])
  })
})
