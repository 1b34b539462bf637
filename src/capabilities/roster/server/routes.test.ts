/** Importing over HTTP, as the screen does it: a look, one import however often it is sent, and its history. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRunning, type Running, type Visitor } from '../../../guarantees/running.ts'
import { id } from '../../../guarantees/school.ts'
import { testEngines } from '../../../platform/server/testing.ts'
import { ImportAnswer, ImportProgress, ImportRuns } from '../people.ts'
import { loadRoster } from './queries.ts'

const DISTRICT = id('district of the routes test')
const JOAN = id('joan of the routes test')
const LIST = 'ID,First Name,Last Name,Role,School\n1,Ana,Paz,student,Norte\n'

describe.each(testEngines().slice(0, 1))('imports over HTTP, $name', { timeout: 60_000 }, ({ name }) => {
  let house: Running
  let joan: Visitor
  beforeAll(async () => {
    house = await openRunning(name, { demo: true })
    await loadRoster(
      house.core.database,
      { id: DISTRICT, name: 'Real District', tz: 'America/Chicago', demo: false, clockOffsetMs: 0 },
      {
        schools: [],
        people: [{ id: JOAN, sourceId: 'joan', given: 'Joan', family: 'Meyer', email: null }],
        roles: [
          {
            id: id('role of joan'),
            person: JOAN,
            role: 'coordinator',
            school: null,
            from: '2020-01-01T00:00:00.000Z',
            to: null,
          },
        ],
        students: [],
        sections: [],
        enrollments: [],
        relationships: [],
      },
      { source: 'test', report: {} },
    )
    await house.core.directory.load(house.core.database.pool)
    joan = await house.member(DISTRICT, JOAN)
  })
  afterAll(() => house.close())

  const send = (who: Visitor, more: object) =>
    who.post('/api/roster/imports', {
      id: id('the import'),
      files: [{ name: 'list.csv', base64: Buffer.from(LIST).toString('base64') }],
      dry_run: false,
      ...more,
    })
  const runs = async () => ImportRuns.parse((await joan.get('/api/roster/imports')).json()).runs

  it('shows what a list is taken for and what would change, and keeps nothing', async () => {
    const answer = ImportAnswer.parse((await send(joan, { dry_run: true })).json())
    expect(answer).toMatchObject({ ok: true, imported: false, format: 'csv' })
    expect(answer.columns['list.csv']).toEqual({
      headers: ['ID', 'First Name', 'Last Name', 'Role', 'School'],
      mapping: {
        header: true,
        columns: { id: 'ID', given: 'First Name', family: 'Last Name', role: 'Role', school: 'School' },
      },
    })
    expect(answer.rows).toEqual([{ kind: 'students', change: 'added', name: 'Ana Paz', what: 'Norte' }])
    expect((await runs()).map(({ source }) => source)).toEqual(['test'])
  })

  it('imports once, however often it is sent, and says who did it', async () => {
    for (let i = 0; i < 2; i++) {
      expect(ImportAnswer.parse((await send(joan, {})).json())).toMatchObject({ ok: true, imported: true })
    }
    expect((await runs()).map(({ source, by, changes }) => [source, by, changes['students']?.added])).toEqual(
      [
        ['csv', 'Joan Meyer', 1],
        ['test', null, 0],
      ],
    )
  })

  it('takes nobody’s roster into the demo school, and lets its coordinator look', async () => {
    const demo = await house.persona('coordinator')
    expect((await send(demo, { dry_run: true })).status).toBe(200)
    const refused = await send(demo, {})
    expect([refused.status, refused.json()['code']]).toEqual([409, 'import.demo'])
    expect((await send(await house.persona('para'), { dry_run: true })).status).toBe(403)
  })

  it('tells how far a real import is while it runs, in rows of its file, and nothing before and after', async () => {
    const rows = 12_000
    const many = Array.from({ length: rows }, (_, n) => `m${n},Given${n},Family,student,Sur,3B\n`).join('')
    const list = `ID,First Name,Last Name,Role,School,Class\n${many}`
    const run = id('the large import')
    const path = `/api/roster/imports/${run}/progress`
    expect((await joan.get(path)).status).toBe(404)
    let over = false
    const sent = send(joan, {
      id: run,
      files: [{ name: 'large.csv', base64: Buffer.from(list).toString('base64') }],
    }).finally(() => {
      over = true
    })
    const told: ImportProgress[] = []
    while (!over) {
      const answer = await joan.get(path)
      if (answer.status === 200) told.push(ImportProgress.parse(answer.json()))
    }
    expect((await sent).json()).toMatchObject({ imported: true })
    const done = told.flatMap((one) => (one.of === rows ? [one.done] : []))
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(done.some((one) => one > 0 && one < rows)).toBe(true)
    expect((await joan.get(path)).status).toBe(404)
    // whoever may not import learns nothing of one
    expect((await (await house.persona('para')).get(path)).status).toBe(403)
  })
})
