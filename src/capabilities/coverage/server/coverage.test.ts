/** A call-out from the phone to everybody's changed day, over HTTP, on a real PostgreSQL, with the demo school's Wednesday. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personId, SCHOOL, studentId, type StaffKey } from '../../../demo/people.ts'
import { cedarBend } from '../../../demo/cedar-bend.ts'
import { openRunning, type Running, type Visitor } from '../../../guarantees/running.ts'
import { id } from '../../../guarantees/school.ts'
import { testEngines } from '../../../platform/server/testing.ts'
import type { Me } from '../../schedule/model.ts'
import type { Absence, CoverBoard, MyCover } from '../wire.ts'

const DAY = '2026-11-04'
/** 06:20 in Chicago. */
const EARLY = '2026-11-04T12:20:00.000Z'

describe.each(testEngines().slice(0, 1))('cover on $name', { timeout: 120_000 }, ({ name }) => {
  let house: Running
  let owner: pg.Client
  const people = new Map<StaffKey, Visitor>()

  beforeAll(async () => {
    house = await openRunning(name, { demo: true })
    owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
    // nobody has planned for the substitute yet
    await owner.query(`delete from assignment where person_id = $1`, [personId('kim')])
    await owner.query(`delete from relationship where person_id = $1 and from_at > '2026-11-04'`, [
      personId('kim'),
    ])
    for (const who of ['maya', 'andre', 'kim', 'joan', 'dana', 'ellen', 'nia'] as const)
      people.set(who, await house.member(cedarBend().district.id, personId(who)))
    await of('joan').post('/api/demo/clock', { at: EARLY })
  })
  afterAll(async () => {
    await owner.end()
    await house.close()
  })

  const of = (who: StaffKey): Visitor => people.get(who) ?? house.visitor()
  const board = async () =>
    (await of('joan').ask(`/api/coverage?school=${SCHOOL}&day=${DAY}`)).json<CoverBoard>()
  const mine = async (who: StaffKey) => (await of(who).ask('/api/coverage/mine')).json<MyCover>()
  const code = (answer: { json<T>(): T }) => answer.json<{ code: string }>().code

  it('calls out once, however often it is sent; the reason is for themselves and who leads them', async () => {
    const body = { id: id('call-out'), day: DAY, reason: 'fever' }
    for (let n = 0; n < 2; n++) {
      const answer = await of('maya').post('/api/coverage/absences', body)
      expect(answer.json<Absence>()).toMatchObject({
        person: personId('maya'),
        start: null,
        withdrawn: false,
      })
    }
    expect((await board()).away.map(({ reason }) => reason)).toEqual(['fever'])
    expect((await mine('maya')).absences).toHaveLength(1)
    expect((await mine('andre')).absences).toEqual([])
    // nobody calls out for a colleague, nor takes it back
    const other = await of('andre').post('/api/coverage/absences', {
      ...body,
      id: id('x'),
      person: personId('maya'),
    })
    expect(code(other)).toBe('access.denied')
    expect(code(await of('andre').post(`/api/coverage/absences/${body.id}/withdraw`, {}))).toBe(
      'access.denied',
    )
    expect((await of('andre').ask(`/api/coverage?school=${SCHOOL}&day=${DAY}`)).status).toBe(404)
  })

  it('AW-29 proposes, and changes nothing before somebody approves', async () => {
    expect(
      (await of('joan').post('/api/coverage/plans', { id: id('plan'), school: SCHOOL, day: DAY })).status,
    ).toBe(200)
    const { plan } = await board()
    if (!plan) throw new Error('no plan')
    const { needs, steps, red } = plan.proposal
    expect(needs.slice(0, 2).map(({ students }) => students)).toEqual([[studentId('bk')], [studentId('cd')]])
    const forBella = steps.filter(({ part }) => part.students.includes(studentId('bk')))
    expect(new Set(forBella.map(({ person }) => person))).toEqual(new Set([personId('andre')]))
    expect(steps.some(({ person }) => person === personId('kim'))).toBe(true)
    expect(needs[0]?.refused.find(({ person }) => person === personId('kim'))?.tasks).toContain('seizure')
    const reading = red.find(({ part }) => part.needs.includes('reading_program'))
    expect(reading).toMatchObject({ owner: personId('dana'), required: true })
    expect((reading?.part.end ?? 0) - (reading?.part.start ?? 0)).toBe(30)
    const { rows } = await owner.query('select 1 from assignment_day')
    expect(rows).toEqual([])
  })

  it('by hand: refuses the untrained with the reason, and takes what is allowed', async () => {
    const { plan } = await board()
    const step = plan?.proposal.steps.find(({ part }) => part.students.includes(studentId('bk')))
    if (!plan || !step) throw new Error('no step')
    const change = (person: StaffKey) =>
      of('joan').post(`/api/coverage/plans/${plan.id}/change`, {
        task: step.part.task,
        students: step.part.students,
        person: personId(person),
      })
    const refused = await change('kim')
    expect(refused.json()).toMatchObject({ code: 'coverage.refused', why: 'untrained' })
    expect((await change('andre')).status).toBe(200)
  })

  it('refuses a plan of a day that has changed, and says what', async () => {
    const body = { id: id('nia is away'), day: DAY, person: personId('nia') }
    await of('joan').post('/api/coverage/absences', body)
    const stale = await of('joan').post(`/api/coverage/plans/${id('plan')}/approve`, {})
    expect(stale.json()).toMatchObject({ code: 'coverage.day_changed', changed: 'away' })
    expect((await board()).plan?.stale).toEqual(['away'])
    await of('joan').post(`/api/coverage/absences/${body.id}/withdraw`, {})
  })

  it('AW-29 is approved in one tap: days change, who may see whom begins 15 minutes before and ends with the shift', async () => {
    for (let n = 0; n < 2; n++)
      expect((await of('joan').post(`/api/coverage/plans/${id('plan')}/approve`, {})).status).toBe(200)
    const { rows } = await owner.query(
      `select source, role, from_at, to_at from relationship
       where person_id = $1 and source = 'coverage' and from_at > '2026-11-04' order by from_at limit 1`,
      [personId('kim')],
    )
    const [first] =
      (await board()).plan?.proposal.steps.filter(
        ({ person, part }) => person === personId('kim') && part.students.length > 0,
      ) ?? []
    expect(rows[0]).toMatchObject({ role: 'substitute' })
    const chicago = (minute: number) => Date.parse('2026-11-04T06:00:00Z') + minute * 60_000
    expect(rows[0]?.from_at.getTime()).toBe(chicago((first?.part.start ?? 0) - 15))
    expect(rows[0]?.to_at.getTime()).toBe(chicago(15 * 60 + 30))

    await of('joan').post('/api/demo/clock', { at: '2026-11-04T14:40:00.000Z' })
    const days = async (who: StaffKey) => {
      const { boards } = (await of(who).ask('/api/me')).json<Me>()
      return boards.find((one) => one.day === DAY)?.blocks ?? []
    }
    const math = (await days('andre')).find(({ title }) => title === 'Math, number stories')
    expect(math?.students.toSorted()).toContain(studentId('bk'))
    expect(math?.cover?.usual).toBe(personId('maya'))
    const kims = (await days('kim')).flatMap(({ students }) => students)
    expect(kims).not.toContain(studentId('bk'))
    expect(kims).not.toContain(studentId('cd'))
    // what is hers and nobody does is on nobody's day
    expect((await days('maya')).filter(({ students }) => students.length > 0)).toEqual([])
  })

  it('whoever it concerns says that they know: the para, the substitute, the teachers', async () => {
    const before = await board()
    const waiting = before.plan?.notices.map(({ person }) => person) ?? []
    for (const who of ['andre', 'kim', 'dana'] as const) expect(waiting).toContain(personId(who))
    const [change] = (await mine('andre')).changes
    expect(change).toMatchObject({ seen: false })
    expect(change?.lines.filter(({ is }) => is === 'mine').length).toBeGreaterThan(0)
    expect(
      (await mine('dana')).changes[0]?.lines.filter(({ is }) => is === 'mine_to_solve').length,
    ).toBeGreaterThan(0)
    await of('andre').post(`/api/coverage/plans/${id('plan')}/seen`, {})
    expect((await mine('andre')).changes[0]?.seen).toBe(true)
    expect(
      (await board()).plan?.notices.find(({ person }) => person === personId('andre'))?.seen,
    ).not.toBeNull()
    expect(code(await of('nia').post(`/api/coverage/plans/${id('plan')}/seen`, {}))).toBe('access.denied')
    const { rows } = await owner.query(
      'select count(*)::int as n from assignment_day where person_id = $1 and seen is null',
      [personId('andre')],
    )
    expect(rows[0]?.n).toBe(0)
  })

  it('AW-18 a missed rest is said in one command and adds up, for themselves and who leads them', async () => {
    const missed = { id: id('missed'), day: '2026-11-03', kind: 'rest', minutes: 15 }
    for (const body of [missed, missed, { ...missed, id: id('missed more'), minutes: 20, kind: 'meal' }])
      expect((await of('maya').post('/api/coverage/breaks', body)).status).toBe(200)
    expect(await mine('maya')).toMatchObject({ owed: 35 })
    expect((await board()).missed).toEqual([{ person: personId('maya'), minutes: 35 }])
    expect((await mine('andre')).owed).toBe(0)
  })

  it('AW-48 training is given by a nurse for her students or a leader, ends, and is asked at once', async () => {
    const kim = {
      id: id('kim feeds'),
      person: personId('kim'),
      student: studentId('bk'),
      task: 'feeding',
      from: DAY,
      to: null,
    }
    expect(code(await of('andre').post('/api/coverage/competencies', kim))).toBe('access.denied')
    expect((await of('ellen').post('/api/coverage/competencies', kim)).status).toBe(200)
    expect(code(await of('kim').post(`/api/coverage/competencies/${kim.id}/revoke`, {}))).toBe(
      'access.denied',
    )
    expect((await of('ellen').post(`/api/coverage/competencies/${kim.id}/revoke`, {})).status).toBe(200)
    const { rows } = await owner.query('select revoked from competency where competency_id = $1', [kim.id])
    expect(rows[0]?.revoked).not.toBeNull()
  })

  it('H.2 a break with nobody for the students is said, and who relieves has them and not the break', async () => {
    const day = '2026-11-05'
    const thursday = async () =>
      (await of('joan').ask(`/api/coverage?school=${SCHOOL}&day=${day}`)).json<CoverBoard>()
    // as it stands: Mr. Cole is with her two during her meal
    expect((await thursday()).breaks.noRelief).toEqual([])
    await owner.query(
      `delete from assignment_student s using assignment a
       where a.assignment_id = s.assignment_id and a.title = 'Cover for Ms. Ortiz' and s.student_id = $1`,
      [studentId('bk')],
    )
    const said = { person: personId('maya'), off: 'meal', students: [studentId('bk')], start: 750, end: 780 }
    expect(await thursday()).toMatchObject({ plan: null, breaks: { noRelief: [said] } })

    const plan = { id: id('relief'), school: SCHOOL, day }
    expect((await of('joan').post('/api/coverage/plans', plan)).status).toBe(200)
    const { proposal } = (await thursday()).plan ?? {}
    expect(proposal?.noRelief).toEqual([])
    const relief = proposal?.steps.find(({ part }) => part.relief)
    // he has another student elsewhere, and no other para is trained for her seizures: the nurse may
    expect(relief).toMatchObject({ person: personId('ellen'), part: { students: [studentId('bk')] } })
    expect((await of('joan').post(`/api/coverage/plans/${plan.id}/approve`, {})).status).toBe(200)
    await of('joan').post('/api/demo/clock', { at: '2026-11-05T14:00:00.000Z' })
    const blockOf = async (who: StaffKey) => {
      const { boards } = (await of(who).ask('/api/me')).json<Me>()
      return boards
        .find((one) => one.day === day)
        ?.blocks.find(({ assignment }) => assignment === relief?.part.task)
    }
    expect(await blockOf('maya')).toMatchObject({ off: 'meal', students: [] })
    const hers = await blockOf('ellen')
    expect(hers).toMatchObject({ relief: 'meal', students: [studentId('bk')], place: '' })
    expect(hers?.off).toBeUndefined()
    expect(hers?.cover?.usual).toBe(personId('maya'))
  })

  it('says so when no plan is found in time, and the day stays as it is', async () => {
    const { solve } = await import('./solver.ts')
    const hard = {
      upper: [1],
      rows: [],
      goals: [{ name: 'x', sense: 'max' as const, columns: [0], values: [1], bound: 1 }],
    }
    await expect(solve('d', hard, { timeMs: 0 })).rejects.toMatchObject({ code: 'coverage.no_plan' })
    const stopped = new AbortController()
    const waiting = solve('d', hard, { signal: stopped.signal })
    stopped.abort(new Error('no longer wanted'))
    await expect(waiting).rejects.toThrow('no longer wanted')
    // by a thread of its own, and by the one that waits since
    for (let n = 0; n < 3; n++) expect(await solve('d', hard)).toEqual([1])
    expect(await Promise.all(['d', 'e', 'f'].map((district) => solve(district, hard)))).toEqual([
      [1],
      [1],
      [1],
    ])
  })
})
