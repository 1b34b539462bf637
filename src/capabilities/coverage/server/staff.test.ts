/** Training and hours as screens read and say them, over HTTP on a real PostgreSQL. Who may ask at all: matrix.test.ts. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { cedarBend } from '../../../demo/cedar-bend.ts'
import { personId, SCHOOL, studentId, type StaffKey } from '../../../demo/people.ts'
import { openRunning, type Running, type Visitor } from '../../../guarantees/running.ts'
import { id } from '../../../guarantees/school.ts'
import { testEngines } from '../../../platform/server/testing.ts'
import type { HoursPage, TrainingPage } from '../wire.ts'
import { coverDay } from './day.ts'

/** Wednesday; the school's clock stands on Tuesday. */
const DAY = '2026-11-04'

describe.each(testEngines().slice(0, 1))('staff on $name', { timeout: 60_000 }, ({ name }) => {
  let house: Running
  const people = new Map<StaffKey, Visitor>()
  beforeAll(async () => {
    house = await openRunning(name, { demo: true })
    for (const who of ['maya', 'andre', 'kim', 'joan', 'carla', 'dana', 'ellen', 'leo'] as const)
      people.set(who, await house.member(cedarBend().district.id, personId(who)))
  })
  afterAll(() => house.close())

  const of = (who: StaffKey): Visitor => people.get(who) ?? house.visitor()
  const training = async (who: StaffKey) => (await of(who).ask('/api/coverage/training')).json<TrainingPage>()
  const hours = async () => (await of('joan').ask('/api/coverage/hours')).json<HoursPage>()
  const code = (answer: { json<T>(): T }) => answer.json<{ code: string; field?: string }>()
  const grant = (who: StaffKey, body: object) =>
    of(who).post('/api/coverage/competencies', {
      person: personId('maya'),
      student: studentId('am'),
      task: 'feeding',
      from: '2026-11-03',
      to: null,
      ...body,
    })

  it('AW-48 a nurse is told the training of her students, a coordinator that of the school, a para and a teacher nothing', async () => {
    const whole = await training('joan')
    expect(whole).toMatchObject({ school: SCHOOL, everybody: true, soonDays: 30, today: '2026-11-03' })
    expect(whole.rows.length).toBeGreaterThan(5)
    const leos = await training('leo')
    // an occupational therapist with three students (demo/people.ts)
    expect(leos.everybody).toBe(false)
    expect(new Set(leos.students.map((one) => one.id))).toEqual(
      new Set([studentId('am'), studentId('bk'), studentId('mw')]),
    )
    for (const row of leos.rows)
      expect([null, studentId('am'), studentId('bk'), studentId('mw')]).toContain(row.student)
    expect(leos.rows.some(({ student }) => student === studentId('bk'))).toBe(true)
    for (const who of ['maya', 'dana'] as const)
      expect((await of(who).ask('/api/coverage/training')).status).toBe(404)
  })

  it('AW-48 is given from a day to a day, is read with who gave it, and is taken back at once', async () => {
    const body = { id: id('maya feeds'), to: '2026-11-20' }
    for (let n = 0; n < 2; n++) expect((await grant('leo', body)).status).toBe(200)
    const row = async () => (await training('joan')).rows.find((one) => one.id === body.id)
    expect(await row()).toMatchObject({
      name: 'Maya Ortiz',
      task: 'feeding',
      from: '2026-11-03',
      to: '2026-11-20',
      by: 'Leo Park',
      revoked: null,
      mine: true,
    })
    const wrong = await grant('leo', { id: id('back'), to: '2026-11-01' })
    expect(code(wrong)).toMatchObject({ code: 'request.invalid', field: 'to' })
    // for all students at once only who leads the school, and for a student of somebody else's nobody else
    expect(code(await grant('leo', { id: id('all'), student: null })).code).toBe('access.denied')
    expect(code(await grant('leo', { id: id('not his'), student: studentId('cd') })).code).toBe(
      'access.denied',
    )
    expect((await grant('joan', { id: id('all'), student: null })).status).toBe(200)
    expect((await of('leo').post(`/api/coverage/competencies/${body.id}/revoke`, {})).status).toBe(200)
    expect((await row())?.revoked).not.toBeNull()
  })

  it('G.5 medication is handed on by the nurse, for one student and until a day', async () => {
    const body = { id: id('medication'), student: studentId('bk'), task: 'seizure_medication' }
    for (const who of ['joan', 'leo'] as const)
      expect(code(await grant(who, { ...body, to: '2027-06-03' }))).toMatchObject({
        code: 'role.not_permitted',
        field: 'task',
      })
    expect(code(await grant('ellen', body))).toMatchObject({ code: 'request.invalid', field: 'to' })
    expect((await grant('ellen', { ...body, to: '2027-06-03' })).status).toBe(200)
    expect((await training('ellen')).tasks).toContain('seizure_medication')
    expect((await training('joan')).tasks).not.toContain('seizure_medication')
  })

  it('L.3 how it was shown is said by who may train, taught by somebody who may teach, and read again', async () => {
    const { id: training1 } = { id: id('leo feeds am') }
    expect((await grant('leo', { id: training1, person: personId('andre'), to: '2026-12-20' })).status).toBe(
      200,
    )
    const proof = {
      trainer: personId('leo'),
      method: ['instruct', 'rehearse'],
      done: 9,
      of: 10,
      shown: '2026-11-02',
      observer: personId('dana'),
    }
    const prove = (who: StaffKey, body: object) =>
      of(who).post(`/api/coverage/competencies/${training1}/proof`, { ...proof, ...body })
    expect(code(await prove('leo', { trainer: personId('maya') }))).toMatchObject({ field: 'trainer' })
    expect(code(await prove('leo', { done: 11 }))).toMatchObject({ field: 'done' })
    expect((await prove('maya', {})).status).toBe(404)
    expect((await prove('leo', {})).status).toBe(200)
    const row = (await training('joan')).rows.find((one) => one.id === training1)
    expect(row?.proof).toEqual({
      ...proof,
      trainerName: 'Leo Park',
      trainerRole: 'ot',
      observerName: expect.stringContaining('Dana') as string,
    })
  })

  it('L.3 a coordinator allows it for one day beside somebody who is trained and there; the day’s plan knows it', async () => {
    const allow = (who: StaffKey, body: object) =>
      of(who).post('/api/coverage/overrides', {
        id: id('kim may feed'),
        person: personId('kim'),
        student: studentId('am'),
        task: 'feeding',
        day: DAY,
        beside: personId('andre'),
        reason: 'two are away',
        ...body,
      })
    for (const who of ['leo', 'ellen', 'dana', 'maya'] as const)
      expect((await allow(who, {})).status).toBe(404)
    expect(code(await allow('joan', { beside: personId('dana') }))).toMatchObject({ field: 'beside' })
    expect(code(await allow('joan', { beside: personId('kim') }))).toMatchObject({ field: 'beside' })
    expect(code(await allow('joan', { day: '2026-11-02' }))).toMatchObject({ field: 'day' })
    expect(code(await allow('joan', { reason: ' ' }))).toMatchObject({ field: 'reason' })
    expect(code(await allow('joan', { task: 'medication' }))).toMatchObject({
      code: 'role.not_permitted',
      field: 'task',
    })
    for (let n = 0; n < 2; n++) expect((await allow('joan', {})).status).toBe(200)
    const overrides = () =>
      house.core.database.asSystem(cedarBend().district.id, async (tx) => {
        const on = async (day: string) => (await coverDay(tx, SCHOOL, day, 'America/Chicago')).overrides
        return [await on(DAY), await on('2026-11-05')]
      })
    const own = {
      person: personId('kim'),
      student: studentId('am'),
      task: 'feeding',
      beside: personId('andre'),
    }
    expect(await overrides()).toEqual([[own], undefined])
    expect((await training('joan')).allowed).toMatchObject([
      { id: id('kim may feed'), name: 'Kim Tran', day: DAY, reason: 'two are away' },
    ])
    expect((await training('leo')).allowed).toBeNull()
    const end = (who: StaffKey) => of(who).post(`/api/coverage/overrides/${id('kim may feed')}/end`, {})
    for (const who of ['leo', 'kim', 'maya'] as const) expect((await end(who)).status).toBe(404)
    expect((await end('joan')).status).toBe(200)
    expect(await overrides()).toEqual([undefined, undefined])
  })

  describe('L.3 what is allowed for one day does not become a training', () => {
    const allow = (who: StaffKey, name: string, day: string, over: object = {}) =>
      of(who).post('/api/coverage/overrides', {
        id: id(name),
        person: personId('kim'),
        student: studentId('am'),
        task: 'feeding',
        day,
        beside: personId('andre'),
        reason: 'two are away',
        ...over,
      })
    const end = (name: string) => of('joan').post(`/api/coverage/overrides/${id(name)}/end`, {})
    const yours = { code: 'training.allowed_by_you' }
    const enough = { code: 'training.allowed_enough' }

    it('a second time within 30 days only another person allows it, and nobody a third time', async () => {
      // sent again, it is one act
      for (let n = 0; n < 2; n++) expect((await allow('joan', 'one', '2026-11-04')).status).toBe(200)
      for (const day of ['2026-11-05', '2026-11-03', '2026-12-03'])
        expect(code(await allow('joan', `mine ${day}`, day))).toMatchObject(yours)
      // another adult beside them is no second day
      expect((await allow('joan', 'nurse', '2026-11-04', { beside: personId('ellen') })).status).toBe(200)
      expect((await allow('carla', 'two', '2026-11-05')).status).toBe(200)
      for (const who of ['joan', 'carla'] as const)
        expect(code(await allow(who, `three ${who}`, '2026-11-06'))).toMatchObject(enough)
      // 29 days after the second; 32 days after it nothing is near
      expect(code(await allow('carla', 'later', '2026-12-04'))).toMatchObject(yours)
      expect((await allow('joan', 'far', '2026-12-07')).status).toBe(200)
      const day = { person: personId('kim'), student: studentId('am'), task: 'feeding' }
      const page = await training('carla')
      expect(page.again).toEqual({ within: 30, most: 2 })
      expect(page.allowedDays).toMatchObject([
        { ...day, day: '2026-11-04', by: 'Joan Meyer', mine: false },
        { ...day, day: '2026-11-04', by: 'Joan Meyer', mine: false },
        { ...day, day: '2026-11-05', by: 'Carla Simmons', mine: true },
        { ...day, day: '2026-12-07', by: 'Joan Meyer', mine: false },
      ])
      expect((await training('leo')).allowedDays).toEqual([])
    })

    it('taken back before its day it was none; taken back on the day it was one', async () => {
      expect((await end('two')).status).toBe(200)
      expect((await allow('carla', 'two again', '2026-11-06')).status).toBe(200)
      const nia = { person: personId('nia') }
      // today is November 3
      expect((await allow('joan', 'nia today', '2026-11-03', nia)).status).toBe(200)
      expect((await end('nia today')).status).toBe(200)
      expect(code(await allow('joan', 'nia tomorrow', '2026-11-04', nia))).toMatchObject(yours)
    })

    it('of two that are sent at once for two days one is taken', async () => {
      // whoever has looked waits here before it is written
      const holder = new pg.Client({ connectionString: house.db.ownerUrl })
      await holder.connect()
      onTestFinished(() => holder.end())
      await holder.query('begin; lock table handrail.competency_override in share mode')
      const answers = ['2026-11-09', '2026-11-10'].map((day) =>
        allow('joan', `dana ${day}`, day, { person: personId('dana') }),
      )
      const waiting = `select count(*)::int as n from pg_locks
        where not granted and (locktype = 'advisory' or relation = 'handrail.competency_override'::regclass)
          and database = (select oid from pg_database where datname = current_database())`
      await expect
        .poll(async () => (await holder.query<{ n: number }>(waiting)).rows[0]?.n, { timeout: 10_000 })
        .toBe(2)
      await holder.query('commit')
      const statuses = (await Promise.all(answers)).map(({ status }) => status)
      expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409])
    })
  })

  it('L.3 who is not trained is told whom to call: the trained who are at work now, and nobody else', async () => {
    const able = async (who: StaffKey) => of(who).ask(`/api/coverage/able/${studentId('am')}`)
    const told = (await able('dana')).json<{ tasks: { task: string; people: string[] }[] }>()
    const feeding = told.tasks.find(({ task }) => task === 'feeding')
    // Andre was signed off above, and Maya for everybody; the nurse does it by license
    expect(feeding?.people).toContain('Ellen Brooks')
    expect(feeding?.people.some((name) => name.startsWith('Andre'))).toBe(true)
    expect(feeding?.people.some((name) => name.startsWith('Kim'))).toBe(false)
    // Andre himself is not told to call anybody for it
    const mayas = await able('maya')
    expect(mayas.status).toBe(200)
    const tasks = mayas.json<{ tasks: { task: string }[] }>().tasks.map(({ task }) => task)
    expect(tasks).not.toContain('feeding')
  })

  it('a substitute is at work on the days that are said, and is not when they do not come after all', async () => {
    const kim = async () => (await hours()).people.find((one) => one.id === personId('kim'))
    for (const one of (await kim())?.hours ?? [])
      await of('joan').post(`/api/coverage/hours/${one.id}/end`, { to: null })
    const atWork = async () => {
      const { database } = house.core
      const day = await database.asSystem(cedarBend().district.id, (tx) =>
        coverDay(tx, SCHOOL, DAY, 'America/Chicago'),
      )
      return day.adults.find((one) => one.id === personId('kim'))?.hours
    }
    expect(await atWork()).toBe(null)
    const body = {
      id: id('kim comes'),
      school: SCHOOL,
      person: personId('kim'),
      from: DAY,
      to: DAY,
      start: '07:30',
      end: '15:30',
    }
    for (const [over, field] of [
      [{ end: '07:00' }, 'end'],
      [{ to: '2026-11-01' }, 'to'],
    ] as const)
      expect(code(await of('joan').post('/api/coverage/hours', { ...body, ...over }))).toMatchObject({
        field,
      })
    for (let n = 0; n < 2; n++) expect((await of('joan').post('/api/coverage/hours', body)).status).toBe(200)
    const line = async () => (await kim())?.hours.find((one) => one.id === body.id)
    expect(await line()).toMatchObject({
      start: '07:30',
      end: '15:30',
      held: true,
      said: { by: 'Joan Meyer' },
      ended: null,
    })
    expect(await atWork()).toEqual({ start: 7 * 60 + 30, end: 15 * 60 + 30 })
    // said again for the same day, what was said last holds
    const later = { ...body, id: id('kim comes later'), start: '09:00' }
    expect((await of('joan').post('/api/coverage/hours', later)).status).toBe(200)
    expect(await atWork()).toMatchObject({ start: 9 * 60 })
    await of('joan').post(`/api/coverage/hours/${later.id}/end`, { to: null })
    // one reads one's own hours and ends nobody's
    const end = (who: StaffKey, to: string | null) =>
      of(who).post(`/api/coverage/hours/${body.id}/end`, { to })
    expect(code(await end('kim', null)).code).toBe('access.denied')
    expect(code(await end('dana', null)).code).toBe('access.denied')
    expect(code(await end('joan', '2026-11-01'))).toMatchObject({ code: 'request.invalid', field: 'to' })
    expect((await end('joan', null)).status).toBe(200)
    expect(await atWork()).toBe(null)
    expect(await line()).toMatchObject({ held: false, ended: { by: 'Joan Meyer' } })
    expect(code(await end('joan', null)).code).toBe('request.invalid')
  })

  it('says the school’s own day, paras before substitutes; nobody reads hours who leads no school', async () => {
    const page = await hours()
    expect(page.open?.start).toMatch(/^0[678]:/)
    expect(page.people.map(({ name }) => name)).toEqual([
      'Andre Cole',
      'Maya Ortiz',
      'Nia Fowler',
      'Kim Tran',
    ])
    expect(page.people.map(({ substitute }) => substitute)).toEqual([false, false, false, true])
    for (const who of ['maya', 'dana', 'kim'] as const)
      expect((await of(who).ask('/api/coverage/hours')).status).toBe(404)
  })
})
