/** Services and adults of one's own: added, changed, ended, over HTTP on a real PostgreSQL. Who may ask at all: matrix.test.ts. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { personId, studentId } from '../../../demo/people.ts'
import {
  demoNow,
  openRunning,
  publishProgram,
  type Running,
  type Visitor,
} from '../../../guarantees/running.ts'
import { id } from '../../../guarantees/school.ts'
import { testEngines } from '../../../platform/server/testing.ts'
import type { GoalData } from '../../progress/online.ts'
import type { Me } from '../model.ts'
import type { ServiceChoices, ServicePage, ServiceStudents } from '../wire.ts'
import { holdOnMonday } from './testing.ts'

describe.each(testEngines().slice(0, 1))('services on $name', { timeout: 60_000 }, ({ name }) => {
  let house: Running
  let dana: Visitor
  let maya: Visitor
  let owner: pg.Client
  beforeAll(async () => {
    house = await openRunning(name, { demo: true })
    dana = await house.persona('case-manager')
    maya = await house.persona('para')
    owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
  })
  afterAll(async () => {
    await owner.end()
    await house.close()
  })

  const page = async (who: Visitor) => (await who.get('/api/services')).json<ServicePage>()
  const entries = async (action: string, service: string) =>
    (
      await owner.query(`select 1 from audit where action = $1 and detail::jsonb->>'service' = $2`, [
        action,
        service,
      ])
    ).rows.length
  const service = {
    student: studentId('am'),
    service: 'Requests',
    minutes: 30,
    per: 'week',
    sessions: null,
    place: 'gen_ed',
    provider: 'para',
    from: '2026-10-01',
    to: null,
    groupMax: null,
  }

  it('a service is changed from a day on: the earlier one ends the day before and stays to be read, a session counts once', async () => {
    const { program, version } = await publishProgram(house, dana, studentId('am'))
    await holdOnMonday(house, maya, { program, version })
    const first = { ...service, service: 'Counting', programs: [program] }
    const [old, next, again] = [id('counting'), id('more counting'), id('other counting')]
    const post = (body: object) => dana.post('/api/services', body)
    expect((await post({ id: old, ...first })).status).toBe(200)
    const change = { id: next, ...first, minutes: 60, from: '2026-11-03', replaces: old }
    for (let n = 0; n < 2; n++) expect((await post(change)).status).toBe(200)
    expect(await entries('services.require', next)).toBe(1)
    const line = async (one?: string) => (await page(dana)).services.find(({ id }) => id === one)
    expect(await line(old)).toMatchObject({
      minutes: 30,
      from: '2026-10-01',
      to: '2026-11-02',
      held: true,
      said: { by: 'Dana Reyes' },
      ended: { by: 'Dana Reyes' },
    })
    expect(await line(next)).toMatchObject({ minutes: 60, to: null, replaces: old, ended: null })
    // Monday's twenty minutes belong to the one that held on Monday
    expect((await line(old))?.now?.givenMs).toBe(20 * 60_000)
    expect((await line(next))?.now?.givenMs).toBe(0)
    // of one there is one change, of the same student, and what was changed is not ended by hand
    for (const body of [
      { ...change, id: again },
      { ...change, id: again, student: studentId('bk'), replaces: next },
      { ...change, id: again, replaces: id('nothing') },
    ]) {
      const refused = await post(body)
      expect([refused.status, refused.json()['field']]).toEqual([422, 'replaces'])
    }
    const late = await dana.post(`/api/services/${old}/end`, { to: '2026-12-01' })
    expect([late.status, late.json()['field']]).toEqual([422, 'to'])
    // put right from its first day: the wrong one never held, and is on nobody's account
    expect((await post({ ...change, id: again, minutes: 45, replaces: next })).status).toBe(200)
    expect(await line(next)).toMatchObject({ minutes: 60, held: false, now: null, waiting: [] })
    expect(await line(again)).toMatchObject({ minutes: 45, now: { requiredMs: (45 * 60_000 * 4) / 5 } })
    expect((await dana.post(`/api/services/${again}/end`, { to: null })).status).toBe(200)
    expect(await line(again)).toMatchObject({ held: false, now: null })
  })

  it('F16 C.3 what a device with a wrong clock sent is told to who recorded it, marked for the team, and not final as minutes', async () => {
    const { program, version } = await publishProgram(house, dana, studentId('am'))
    const counted = { ...service, id: id('by a wrong clock'), service: 'Wrong clock', programs: [program] }
    expect((await dana.post('/api/services', counted)).status).toBe(200)
    const doubts = async (who: Visitor) => (await who.get('/api/me')).json<Me>().doubts
    const minutes = async () => (await page(dana)).services.find((one) => one.id === counted.id)?.now
    // four minutes are no doubt; 42 are
    await holdOnMonday(house, maya, { program, version, behind: 4 * 60_000 })
    expect(await doubts(maya)).toEqual([])
    const { refs, phone } = await holdOnMonday(house, maya, {
      program,
      version,
      behind: 42 * 60_000,
      from: 25,
    })
    const [doubt, ...others] = (await doubts(maya)) ?? []
    expect(others).toEqual([])
    expect(doubt).toMatchObject({ program, session: refs.session, author: personId('maya') })
    expect(Math.abs((doubt?.offMs ?? 0) - 42 * 60_000)).toBeLessThan(60_000)
    expect(await doubts(dana)).toEqual([doubt])
    expect((await dana.get(`/api/goals/${program}`)).json<GoalData>().doubts).toEqual([
      { session: refs.session, offMs: doubt?.offMs },
    ])
    expect(await minutes()).toMatchObject({ givenMs: 40 * 60_000, unsureMs: 20 * 60_000 })
    const answer = phone.record('sessions.times', {
      student: studentId('am'),
      refs,
      at: demoNow(house),
      body: { shift_ms: 0 },
    })
    const sent = new Date(demoNow(house) - 42 * 60_000).toISOString()
    await maya.post('/api/records', { records: [answer], sent })
    expect(await doubts(maya)).toEqual([])
    expect(await minutes()).toMatchObject({ givenMs: 40 * 60_000, unsureMs: 0 })
  })

  it('who decides about goals is told the bell of their students’ school; a para is not', async () => {
    const [bell, ...others] = (await dana.get('/api/me')).json<Me>().bells ?? []
    expect(others).toEqual([])
    expect(bell?.students).toContain(studentId('am'))
    const regular = bell?.blocks.filter(({ variant }) => variant === 'regular') ?? []
    expect(regular.find(({ code }) => code === 'P4')?.start).toMatch(/^\d\d:\d\d$/)
    expect((await maya.get('/api/me')).json<Me>().bells).toEqual([])
  })

  it('an adult of one’s own is changed and ended the same way; what never held asks nothing of an early release', async () => {
    const own = {
      student: studentId('dl'),
      blocks: ['P4'],
      minutesADay: null,
      level: 'SV3',
      authority: 'IEP, page 9',
      qualifications: ['feeding'],
      relief: 'the nurse',
      from: '2026-10-01',
      to: null,
    }
    const [old, next] = [id('adult'), id('other adult')]
    expect((await dana.post('/api/one-to-one', { id: old, ...own })).status).toBe(200)
    const change = { id: next, ...own, blocks: [], minutesADay: 90, from: '2026-11-09', replaces: old }
    expect((await dana.post('/api/one-to-one', change)).status).toBe(200)
    const lines = async () => (await page(dana)).oneToOnes.filter((one) => one.student === studentId('dl'))
    expect(await lines()).toMatchObject(
      [
        { id: old, to: '2026-11-08', held: true, ended: { by: 'Dana Reyes' } },
        { id: next, minutesADay: 90, replaces: old },
      ].toSorted((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1)),
    )
    const end = async (to: string | null) => (await dana.post(`/api/one-to-one/${next}/end`, { to })).status
    expect([await end('2026-11-01'), await end('2026-12-18'), await end(null)]).toEqual([422, 200, 200])
    expect((await lines()).map(({ held }) => held).toSorted()).toEqual([false, true])
    expect((await maya.post(`/api/one-to-one/${next}/end`, { to: null })).json()).toMatchObject({
      status: 403,
    })
  })

  it('who decides is told their students, the programs and the blocks; a para is not asked', async () => {
    const { students } = (await dana.get('/api/services/students')).json<z.infer<typeof ServiceStudents>>()
    expect(students.map(({ initials }) => initials)).toContain('D.L.')
    expect((await maya.get('/api/services/students')).json()).toEqual({ students: [] })
    const { program } = await publishProgram(house, dana, studentId('dl'))
    const path = `/api/services/students/${studentId('dl')}`
    const choices = (await dana.get(path)).json<ServiceChoices>()
    expect(choices.blocks.find(({ code }) => code === 'P4')).toMatchObject({ code: 'P4' })
    expect(choices.programs.map((one) => one.id)).toEqual([program])
    expect((await maya.get(path)).status).toBe(403)
    expect((await maya.get(`/api/services/students/${studentId('mf')}`)).status).toBe(404)
    expect((await page(dana)).decides).toBe(true)
    expect((await page(maya)).decides).toBe(false)
  })
})
