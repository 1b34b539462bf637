/** Whose day holds what, on a real PostgreSQL: as the calendar says the day runs, and as coverage changed it. */
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { id, openSchool, TZ, type TestSchool } from '../../../guarantees/school.ts'
import type { Actor } from '../../../platform/server/db.ts'
import { testEngines } from '../../../platform/server/testing.ts'
import type { DayBoard, Me } from '../model.ts'
import { loadSchedule, meOf } from './queries.ts'

const TODAY = '2026-11-03'
const school = id('Cedar Bend school')
const block = (code: string, start: string, end: string, variant?: string) => ({
  id: id(`${code} ${variant ?? ''}`),
  school,
  code,
  name: code,
  start,
  end,
  ...(variant === undefined ? {} : { variant }),
})

describe.each(testEngines())('boards on $name', ({ name }) => {
  let house: TestSchool
  let owner: pg.Client
  beforeAll(async () => {
    house = await openSchool(name)
    owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
    const { maya } = house.people
    const { amari, bella } = house.students
    const piece = (title: string, code: string, start: string | null, end: string | null) => ({
      id: id(title),
      person: maya.person,
      block: id(`${code} `),
      dayTypes: ['A', 'B'],
      from: '2026-08-25',
      to: null,
      start,
      end,
      title,
      place: 'Room 12',
      note: 'about the children',
      students: title === 'Meal' ? [bella] : [amari, bella],
      programs: [],
    })
    await loadSchedule(house.database, house.district, {
      // early release: half as long, without a third period
      blocks: [
        block('P1', '08:30', '09:20'),
        block('P2', '09:20', '10:10'),
        block('P3', '10:10', '11:00'),
        block('P1', '08:30', '08:55', 'early_release'),
        block('P2', '08:55', '09:20', 'early_release'),
      ],
      schoolDays: [
        { school, day: TODAY, type: 'B' },
        { school, day: '2026-11-04', type: 'A', variant: 'early_release' },
        // another school of the district is open when ours is not
        { school: id('elsewhere'), day: '2026-11-02', type: 'A' },
      ],
      assignments: [
        piece('Fractions', 'P1', null, null),
        piece('Reading', 'P2', null, '10:00'),
        piece('Meal', 'P2', '10:00', null),
        piece('Writing', 'P3', null, null),
      ],
    })
  })
  afterAll(async () => {
    await owner.end()
    await house.close()
  })
  beforeEach(() => owner.query('delete from assignment_day'))

  const me = (actor: Actor): Promise<Me> => {
    const district = { id: house.district, name: '', tz: TZ, demo: true, clockOffsetMs: 0 }
    return house.database.asPerson(actor, (tx, reach) => meOf(tx, reach, actor, district))
  }
  const boards = async (actor: Actor) => (await me(actor)).boards
  const titles = (board: DayBoard | undefined) => board?.blocks.map((one) => one.title)
  const give = (title: string, to: Actor | null, day = TODAY) =>
    owner.query(
      `insert into assignment_day (district_id, assignment_id, day, school_id, usual_id, person_id, owner_id, why, plan_id)
       values ($1, $2, $3, $4, $5, $6, null, 'plan', $7)`,
      [house.district, id(title), day, school, house.people.maya.person, to?.person ?? null, id('plan')],
    )

  it('what is given to somebody else for a day is on their board, with whose it is and why, and not on mine', async () => {
    const { maya, andre, eve } = house.people
    await give('Meal', andre)
    const [mine] = await boards(maya)
    const [his] = await boards(andre)
    expect(titles(mine)).toEqual(['Fractions', 'Reading', 'Writing'])
    expect(titles(his)).toEqual(['Meal'])
    expect(his?.blocks[0]).toMatchObject({
      start: '2026-11-03T16:00:00.000Z',
      end: '2026-11-03T16:10:00.000Z',
      students: [house.students.bella],
      note: 'about the children',
      cover: { usual: maya.person, why: 'plan' },
    })
    expect(mine?.blocks.some((one) => one.cover)).toBe(false)
    // whose place they take has a name there, also where they share no child
    await give('Fractions', eve)
    expect((await me(eve)).people).toContainEqual(
      expect.objectContaining({ id: maya.person, name: 'maya Tester', role: 'para' }),
    )
  })

  it('what is given to nobody is on nobody’s board, on that day only', async () => {
    const { maya, andre } = house.people
    await give('Fractions', null)
    const [today, tomorrow] = await boards(maya)
    expect(titles(today)).toEqual(['Reading', 'Meal', 'Writing'])
    expect(titles(tomorrow)).toContain('Fractions')
    expect((await boards(andre))[0]?.blocks).toEqual([])
  })

  it('G7 who covers sees of the children in it only those within reach, and the note only with one of them', async () => {
    const { kim, eve } = house.people
    await give('Fractions', kim)
    await give('Meal', eve)
    // Kim stands in for Amari on this day; Eve works with nobody any more
    expect((await boards(kim))[0]?.blocks).toMatchObject([{ students: [house.students.amari] }])
    expect((await boards(eve))[0]?.blocks).toMatchObject([{ title: 'Meal', students: [], note: '' }])
  })

  it('a day of a variant runs in its own blocks: parts keep their share, what has no block does not take place', async () => {
    const { maya, andre } = house.people
    const [, tomorrow] = await boards(maya)
    // 40 of 50 minutes of reading are 20 of 25
    expect(
      tomorrow?.blocks.map((one) => [one.title, one.start.slice(11, 16), one.end.slice(11, 16)]),
    ).toEqual([
      ['Fractions', '14:30', '14:55'],
      ['Reading', '14:55', '15:15'],
      ['Meal', '15:15', '15:20'],
    ])
    await give('Meal', andre, '2026-11-04')
    await give('Writing', andre, '2026-11-04')
    expect(titles((await boards(andre))[1])).toEqual(['Meal'])
  })

  it('a school’s day is its own: open elsewhere is not open here', async () => {
    const { maya, joan } = house.people
    expect((await me(maya)).schoolDays).toEqual([TODAY])
    expect((await me(joan)).schoolDays).toEqual(['2026-11-02', TODAY])
  })
})
