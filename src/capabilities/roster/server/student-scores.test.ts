/** Scores of assessments on a student's page, over HTTP on a real PostgreSQL: whoever's tier reaches them, and nobody else. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cedarBend } from '../../../demo/cedar-bend.ts'
import { personId, studentId } from '../../../demo/people.ts'
import { openRunning, type Running, type Visitor } from '../../../guarantees/running.ts'
import { id } from '../../../guarantees/school.ts'
import { testEngines } from '../../../platform/server/testing.ts'
import { StudentScores } from '../people.ts'
import { readScores } from '../scores.ts'
import { writeFacts } from './queries.ts'

const FAST =
  'Local ID,FAST ID,State ID,Assessment,Assessment Language,Fall CBMreading Score,Fall CBMreading Final Date,Winter CBMreading Score\n' +
  '605000,1,2,CBMreading,English,42,9/26/2026,\n'
const BESS = 'Student Number,Form,Submitted,BERI,BERI Percentile\n605000,Teacher,10/1/2026,55,71\n'

describe.each(testEngines().slice(0, 1))('scores of a student, $name', { timeout: 60_000 }, ({ name }) => {
  let house: Running
  let owner: pg.Client
  const path = `/api/students/${studentId('am')}/scores`
  beforeAll(async () => {
    house = await openRunning(name, { demo: true })
    owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
    const district = cedarBend().district.id
    const { facts, findings } = readScores(
      new Map([FAST, BESS].map((text, n) => [`export ${n}.csv`, new TextEncoder().encode(text)])),
      { students: new Map([['605000', studentId('am')]]), ids: (type, source) => id(`${type} ${source}`) },
    )
    if (findings.some(({ severity }) => severity === 'error')) throw new Error('the exports are not sound')
    await house.core.database.asSystem(district, (_tx, db) => writeFacts(db, district, facts))
  })
  afterAll(async () => {
    await owner.end()
    await house.close()
  })

  const setsFor = async (who: Visitor) => StudentScores.parse((await who.get(path)).json()).sets
  const reading = {
    source: 'FastBridge',
    assessment: 'CBMreading',
    period: 'Fall',
    taken: '2026-09-26',
    scores: [['Fall CBMreading Score', '42']],
    restricted: false,
  }

  it('the case manager reads test, day, scores and source, the newest first, ratings of behavior with them', async () => {
    expect(await setsFor(await house.persona('case-manager'))).toMatchObject([
      { source: 'BASC-3 BESS', taken: '2026-10-01', restricted: true },
      reading,
    ])
    const { rows } = await owner.query("select detail from audit where action = 'scores.deliver'")
    expect(rows.map(({ detail }) => JSON.parse(detail))).toMatchObject([
      { student: studentId('am'), sets: 2, restricted: 1 },
    ])
  })

  it('G7 a para reads what their tier allows, one without the student reads nothing', async () => {
    expect(await setsFor(await house.persona('para'))).toMatchObject([reading])
    const other = await (await house.persona('other-para')).get(path)
    expect([other.status, other.json()['code']]).toEqual([404, 'access.denied'])
  })

  it('G7 a substitute reads none of before their days', async () => {
    await owner.query(
      `insert into relationship (district_id, relationship_id, person_id, student_id, role, from_at, source, why)
       values ($1, $2, $3, $4, 'substitute', '2026-11-03T12:00:00Z', 'coverage', 'a plan')`,
      [cedarBend().district.id, id('kim today'), personId('kim'), studentId('am')],
    )
    expect(await setsFor(await house.persona('substitute'))).toEqual([])
  })
})
