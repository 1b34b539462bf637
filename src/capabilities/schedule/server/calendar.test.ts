/** The school's calendar, services and feeds over HTTP, on a real PostgreSQL. Who may ask at all is in matrix.test.ts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ical from 'node-ical'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cedarBend } from '../../../demo/cedar-bend.ts'
import { personId, SCHOOL, studentId } from '../../../demo/people.ts'
import { nameId } from '../../../demo/seed.ts'
import {
  demoNow,
  openRunning,
  publishProgram,
  type Running,
  type Visitor,
} from '../../../guarantees/running.ts'
import { id } from '../../../guarantees/school.ts'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { testEngines } from '../../../platform/server/testing.ts'
import { importIcalFile } from './import-ical.ts'
import { layRotation } from './rotation-command.ts'
import type { Me } from '../model.ts'
import { keepToldCalendar } from './queries.ts'
import { holdOnMonday } from './testing.ts'
import type { CalendarPage, EventsAnswer, Previewed, RotationAnswer, ServicePage } from '../wire.ts'

const OTHER_DAY = '2026-11-13'

describe.each(testEngines())('the calendar on $name', { timeout: 60_000 }, ({ name }) => {
  let house: Running
  let joan: Visitor
  let dana: Visitor
  let maya: Visitor
  let owner: pg.Client
  beforeAll(async () => {
    house = await openRunning(name, { demo: true })
    joan = await house.persona('coordinator')
    dana = await house.persona('case-manager')
    maya = await house.persona('para')
    owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
  })
  afterAll(async () => {
    await owner.end()
    await house.close()
  })

  const school = `/api/schools/${SCHOOL}`
  const calendar = async (from = '2026-11-01', to = '2026-11-30') =>
    (await joan.get(`${school}/calendar?from=${from}&to=${to}`)).json<CalendarPage>()
  const day = (over: object) => ({
    day: OTHER_DAY,
    open: true,
    type: 'B',
    variant: 'regular',
    title: '',
    preview: false,
    ...over,
  })
  const entries = async (action: string) =>
    (await owner.query('select detail from audit where action = $1', [action])).rows.length

  describe('days and bells', () => {
    it('shows what an early release leaves without its place before anything is saved', async () => {
      const before = await calendar()
      const look = await joan.post(`${school}/day`, day({ variant: 'early_release', preview: true }))
      expect(look.status).toBe(200)
      const { saved, unserved, initials } = look.json<Previewed>()
      expect(saved).toBe(false)
      // B day: reading of D.L. loses 5 of 30 minutes; there is no recess
      expect(unserved).toContainEqual(
        expect.objectContaining({ what: 'service', code: 'P4', students: [studentId('dl')], missing: 5 }),
      )
      expect(unserved).toContainEqual(
        expect.objectContaining({ what: 'post', code: 'RECESS', reason: 'no_block' }),
      )
      expect(initials[studentId('dl')]).toBe('D.L.')
      expect(await calendar()).toEqual(before)
      expect(await entries('calendar.day')).toBe(0)
    })

    it('saves a day, tells the trail, and every board follows', async () => {
      expect(
        (await joan.post(`${school}/day`, day({ variant: 'early_release', title: 'Training' }))).status,
      ).toBe(200)
      const page = await calendar()
      expect(page.days).toContainEqual({ day: OTHER_DAY, type: 'B', variant: 'early_release' })
      expect(page.events).toMatchObject([{ kind: 'event', title: 'Training', day: OTHER_DAY }])
      expect(await entries('calendar.day')).toBe(1)
      // closed: no row of that day, and everybody may read why
      expect((await joan.post(`${school}/day`, day({ open: false, title: 'Snow' }))).status).toBe(200)
      const closed = await calendar()
      expect(closed.days.some((one) => one.day === OTHER_DAY)).toBe(false)
      expect(closed.events).toMatchObject([{ kind: 'closed', title: 'Snow', day: OTHER_DAY }])
      expect((await joan.post(`${school}/day`, day({}))).status).toBe(200)
      expect((await calendar()).events).toEqual([])
    })

    it('lays out a rotation over the days on which there is school, after it said which change', async () => {
      const rotate = (over: object) =>
        joan.post(`${school}/rotation`, {
          types: ['A', 'B', 'C'],
          from: '2026-11-09',
          to: '2026-11-17',
          open: false,
          preview: false,
          ...over,
        })
      const before = (await calendar()).days
      const typesOf = async () =>
        (await calendar()).days
          .filter((one) => one.day >= '2026-11-09' && one.day <= '2026-11-17')
          .map((one) => `${one.day.slice(8)}${one.type}`)
          .join(' ')
      const was = await typesOf()
      await joan.post(`${school}/day`, day({ day: '2026-11-11', open: false, title: 'Veterans Day' }))
      const looked = (await rotate({ preview: true })).json<RotationAnswer>()
      expect(looked).toMatchObject({ saved: false, days: 6, empty: ['C'] })
      expect(await typesOf()).toBe(was)
      expect(await entries('calendar.rotation')).toBe(0)
      // the 11th is closed and the 14th and 15th are a weekend: none of them uses up a type
      expect((await rotate({})).json<RotationAnswer>().changes).toEqual(looked.changes)
      expect(await typesOf()).toBe('09A 10B 12C 13A 16B 17C')
      expect(await entries('calendar.rotation')).toBe(1)
      // the same again changes nothing and tells the trail nothing
      expect((await rotate({})).json()).toMatchObject({ saved: true, changes: [] })
      expect(await entries('calendar.rotation')).toBe(1)
      // a day that was never opened is one only when it is asked for, and how a day runs stays as it is
      await owner.query("delete from school_day where day = '2026-11-13'")
      expect((await rotate({ preview: true })).json()).toMatchObject({ days: 5 })
      const opened = (await rotate({ open: true, types: ['A', 'B'] })).json<RotationAnswer>()
      expect(opened).toMatchObject({ days: 6, empty: [] })
      expect(opened.changes).toContainEqual({ day: '2026-11-13', before: null, type: 'B' })
      expect((await calendar()).days.filter(({ variant }) => variant !== 'regular')).toEqual(
        before.filter(({ variant }) => variant !== 'regular'),
      )
      const back = await rotate({ from: '2026-11-17', to: '2026-11-09' })
      expect([back.status, back.json()['field']]).toEqual([422, 'to'])
      for (const one of before)
        await owner.query('update school_day set type = $2 where day = $1', [one.day, one.type])
      await owner.query("delete from school_event where day = '2026-11-11'")
    })

    it('the command line lays it out too: first it says which days change, and a wrong word changes nothing', async () => {
      const rotate = (over: object) =>
        layRotation(house.core, {
          district: undefined,
          school: undefined,
          types: 'A, B,C',
          from: '2026-11-09',
          to: '2026-11-13',
          open: false,
          dryRun: false,
          ...over,
        })
      const before = (await calendar()).days
      const typesOf = async () =>
        (await calendar()).days
          .filter((one) => one.day >= '2026-11-09' && one.day <= '2026-11-13')
          .map((one) => one.type)
          .join('')
      const was = await typesOf()
      // the 11th is closed (above)
      const looked = await rotate({ dryRun: true })
      expect(looked).toMatchObject({ ok: true, report: { saved: false, days: 4, empty: ['C'] } })
      expect(looked.text).toContain('warning: nothing of the timetable runs on days of type C.')
      expect(looked.text).toMatch(/Would change \d of 4 school days\.$/)
      expect((await rotate({ types: undefined })).text).toContain('--types:')
      expect((await rotate({ to: '2026-11-08' })).text).toContain('--to:')
      expect(await rotate({ school: 'Nowhere' })).toMatchObject({
        ok: false,
        text: 'There is no such school.',
      })
      expect(await typesOf()).toBe(was)
      expect(await rotate({})).toMatchObject({ ok: true, report: { saved: true } })
      expect(await typesOf()).toBe('ABCA')
      expect((await rotate({})).text).toBe(
        'warning: nothing of the timetable runs on days of type C.\nChanged 0 of 4 school days.',
      )
      for (const one of before)
        await owner.query('update school_day set type = $2 where day = $1', [one.day, one.type])
    })

    it('H.4 the school’s numbers are kept by who leads it, and are with the day of everybody there', async () => {
      const numbers = {
        teacher: '555-0112',
        office: '555-0100',
        nurse: '',
        crisis: '555-0100 x9',
        words: 'Help',
      }
      const wrong = await joan.post(`${school}/contacts`, { ...numbers, nurse: 'Ellen' })
      expect([wrong.status, wrong.json()['field']]).toEqual([422, 'nurse'])
      expect((await dana.post(`${school}/contacts`, numbers)).status).toBe(404)
      expect((await joan.post(`${school}/contacts`, numbers)).status).toBe(200)
      expect((await joan.ask(`${school}/contacts`)).json()).toMatchObject(numbers)
      expect((await maya.ask('/api/me')).json<Me>().contacts).toMatchObject([numbers])
      expect(await entries('calendar.contacts')).toBe(1)
    })

    it('a day cannot run by a bell that is not there', async () => {
      const answer = await joan.post(`${school}/day`, day({ variant: 'assembly' }))
      expect(answer.json()).toMatchObject({ saved: false, findings: [{ code: 'bell.empty' }] })
      expect((await calendar()).days).toContainEqual({ day: OTHER_DAY, type: 'B', variant: 'regular' })
    })

    it('blocks that overlap or end before they begin are told by place and field, and nothing is half done', async () => {
      const bell = (blocks: object[]) =>
        joan.post(`${school}/bell`, { variant: 'assembly', preview: false, blocks })
      const P1 = { code: 'P1', name: 'One', start: '08:30', end: '09:00' }
      const overlap = await bell([P1, { code: 'P2', name: 'Two', start: '08:50', end: '09:20' }])
      expect(overlap.json()).toMatchObject({
        saved: false,
        findings: [{ code: 'bell.overlap', block: 1, field: 'start', other: 'P1' }],
      })
      const backwards = await bell([{ ...P1, end: '08:00' }])
      expect(backwards.json()).toMatchObject({
        saved: false,
        findings: [{ code: 'bell.ends_before_it_begins', block: 0, field: 'end' }],
      })
      expect((await calendar()).blocks.some(({ variant }) => variant === 'assembly')).toBe(false)

      const sound = await bell([P1])
      expect(sound.json<Previewed>().saved).toBe(true)
      // with one period left, the care of B.K. in P2 and P6 has no place, on either day type
      expect(sound.json<Previewed>().unserved).toContainEqual(
        expect.objectContaining({ what: 'care', code: 'P2', reason: 'no_block', type: 'A', missing: 10 }),
      )
      expect((await calendar()).blocks.filter(({ variant }) => variant === 'assembly')).toHaveLength(1)
      // the same again, and then shorter: in place of what was there
      expect((await bell([P1])).json<Previewed>().saved).toBe(true)
      expect((await bell([{ ...P1, code: 'P2' }])).json<Previewed>().saved).toBe(true)
      expect((await calendar()).blocks.filter(({ variant }) => variant === 'assembly')).toMatchObject([
        { code: 'P2' },
      ])
    })

    it('a block in which somebody has something to do is not taken out of the regular bell', async () => {
      const { blocks } = cedarBend()
      const kept = blocks
        .filter((one) => one.variant === undefined && one.code !== 'P3')
        .map(({ code, name: title, start, end }) => ({ code, name: title, start, end }))
      const answer = await joan.post(`${school}/bell`, { variant: 'regular', preview: false, blocks: kept })
      expect([answer.status, answer.json()['code'], answer.json()['field']]).toEqual([
        409,
        'calendar.block_in_use',
        'P3',
      ])
      expect((await calendar()).blocks.filter(({ variant }) => variant === 'regular')).toHaveLength(15)
    })

    it('AW-1 a focus is said once, reaches the day of everybody there, and is taken back by who leads the school', async () => {
      const set = {
        id: id('a focus'),
        from: '2026-11-03',
        to: '2026-11-03',
        words: { en: 'Listen first', es: 'Escucha primero' },
      }
      expect((await maya.post(`${school}/focus`, set)).status).toBe(404)
      for (let n = 0; n < 2; n++) expect((await joan.post(`${school}/focus`, set)).status).toBe(200)
      expect(await entries('calendar.focus')).toBe(1)
      const told = async (who: Visitor) =>
        ((await who.get('/api/me')).json<Me>().focus ?? []).map(({ words }) => words)
      // loaded at one instant: in the order of their ids
      const demo = [
        { en: 'Show respect', es: 'Muestra respeto' },
        { en: 'Thankful and fair', es: 'Agradecidos y justos' },
      ]
      expect(await told(maya)).toEqual([...demo, set.words])
      expect(await told(dana)).toEqual([...demo, set.words])
      expect((await calendar()).focuses.map(({ words }) => words.en)).toEqual([
        'Thankful and fair',
        'Show respect',
        'Listen first',
      ])
      for (const wrong of [
        { ...set, id: id('longer'), words: { en: 'x'.repeat(81) } },
        { ...set, id: id('empty'), words: { en: '  ' } },
        { ...set, id: id('backwards'), to: '2026-11-02' },
      ])
        expect((await joan.post(`${school}/focus`, wrong)).status).toBe(422)
      expect((await maya.post(`${school}/focus/${set.id}/withdraw`, {})).status).toBe(404)
      expect((await joan.post(`${school}/focus/${set.id}/withdraw`, {})).status).toBe(200)
      expect((await joan.post(`${school}/focus/${set.id}/withdraw`, {})).status).toBe(404)
      expect(await told(maya)).toEqual(demo)
    })

    it('AW-1 hands each adult the ends of their own trainings, and of nobody else’s', async () => {
      const ofMaya = (await maya.get('/api/me')).json<Me>().training ?? []
      expect(ofMaya).toContainEqual({ task: 'crisis_prevention', student: null, to: '2026-12-01' })
      const { rows } = await owner.query<{ n: number }>(
        'select count(*)::int as n from competency where person_id = $1',
        [personId('maya')],
      )
      expect(ofMaya).toHaveLength(rows[0]?.n ?? -1)
    })

    it('posts are added once, and end', async () => {
      const post = {
        id: id('a post'),
        name: 'Library',
        place: 'Library',
        code: 'LUNCH',
        ratio: 10,
        minStaff: 1,
        from: '2026-11-03',
        to: null,
      }
      expect((await joan.post(`${school}/posts`, post)).status).toBe(200)
      expect((await joan.post(`${school}/posts`, post)).status).toBe(200)
      expect(await entries('calendar.post')).toBe(1)
      expect((await joan.post(`${school}/posts/${post.id}/end`, { to: '2026-11-20' })).status).toBe(200)
      expect((await calendar()).posts.find((one) => one.id === post.id)).toMatchObject({ to: '2026-11-20' })
      const none = await joan.post(`${school}/posts`, { ...post, id: id('no adult'), minStaff: 0 })
      expect([none.status, none.json()['field']]).toEqual([422, 'minStaff'])
    })
  })

  describe('services', () => {
    const page = async (who: Visitor) => (await who.get('/api/services')).json<ServicePage>()
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

    it('a service of zero minutes, or one that ends before it begins, is refused by its field', async () => {
      const zero = await dana.post('/api/services', { id: id('zero'), ...service, minutes: 0, programs: [] })
      expect([zero.status, zero.json()['field']]).toEqual([422, 'minutes'])
      const back = await dana.post('/api/services', {
        id: id('back'),
        ...service,
        to: '2026-09-01',
        programs: [],
      })
      expect([back.status, back.json()['field']]).toEqual([422, 'to'])
      const when = await dana.post('/api/one-to-one', {
        id: id('when'),
        student: studentId('am'),
        blocks: [],
        minutesADay: null,
        level: 'SV3',
        authority: 'page 3',
        qualifications: [],
        relief: '',
        from: '2026-10-01',
        to: null,
      })
      expect([when.status, when.json()['field']]).toEqual([422, 'blocks'])
      expect((await page(dana)).services.some((one) => one.id === id('zero'))).toBe(false)
    })

    it('AW-40 counts what sessions gave, without their pauses and never from the timetable; missing is not zero percent', async () => {
      const { program, version } = await publishProgram(house, dana, studentId('am'))
      const own = { id: id('requests'), ...service, programs: [program] }
      expect((await dana.post('/api/services', own)).status).toBe(200)
      expect((await dana.post('/api/services', own)).status).toBe(200)
      const { acks } = await holdOnMonday(house, maya, { program, version, paused: [8, 13] })
      expect(acks).toEqual(['accepted', 'accepted', 'accepted', 'accepted'])
      const found = (await page(dana)).services.find((one) => one.id === own.id)
      // Tuesday: one of five days is over, 6 of 30 minutes are due
      expect(found?.now).toMatchObject({
        period: { from: '2026-11-02', to: '2026-11-08' },
        elapsed: 1,
        dueMs: 6 * 60_000,
        givenMs: 15 * 60_000,
        shortMs: 0,
        color: 'green',
      })
      // October had no session: all of it is short, nobody knows why, and it waits
      expect(found?.waiting[0]).toMatchObject({ period: { from: '2026-09-28' }, givenMs: 0, color: 'red' })
      expect(found?.waiting[0]?.reasons).toEqual([{ reason: 'unknown', ms: found?.waiting[0]?.shortMs }])
    })

    it('a service by the term is counted in the terms the school has told, and says so when it told none', async () => {
      const own = { id: id('termly'), ...service, per: 'term', from: '2026-08-17', programs: [] }
      expect((await dana.post('/api/services', own)).status).toBe(200)
      const now = async () => {
        const found = (await page(dana)).services.find((one) => one.id === own.id)
        return [found?.now?.period, found?.parts]
      }
      expect(await now()).toEqual([{ from: '2026-08-01', to: '2027-01-31' }, true])
      const district = cedarBend().district.id
      const tell = (from: string, to: string, where: string | null = SCHOOL) =>
        house.core.database.asSystem(district, (tx) =>
          keepToldCalendar(tx, district, {
            source: 'a system',
            days: [],
            terms: [{ id: id('a term'), school: where, title: 'Fall', from, to }],
          }),
        )
      await tell('2026-08-17', '2026-12-18')
      expect(await now()).toEqual([{ from: '2026-08-17', to: '2026-12-18' }, false])
      // told again, with another last day; then of another school
      await tell('2026-08-17', '2026-12-22')
      expect(await now()).toEqual([{ from: '2026-08-17', to: '2026-12-22' }, false])
      await tell('2026-08-17', '2026-12-18', id('another school'))
      expect(await now()).toEqual([{ from: '2026-08-01', to: '2027-01-31' }, true])
    })

    it('a make-up is decided by the case manager, once, and waits no more', async () => {
      const waiting = async () =>
        (await page(dana)).services
          .find((one) => one.id === id('requests'))
          ?.waiting.map(({ period }) => period.from)
      const [first = ''] = (await waiting()) ?? []
      const decision = {
        id: id('not needed'),
        service: id('requests'),
        period: first,
        minutes: 30,
        on: null,
        reason: 'The team agreed on it.',
      }
      const silent = await dana.post('/api/make-ups', { ...decision, reason: ' ' })
      expect([silent.status, silent.json()['field']]).toEqual([422, 'reason'])
      const para = await maya.post('/api/make-ups', decision)
      expect([para.status, para.json()['code']]).toEqual([403, 'role.not_permitted'])
      expect((await dana.post('/api/make-ups', decision)).status).toBe(200)
      expect((await dana.post('/api/make-ups', decision)).status).toBe(200)
      expect(await entries('services.make_up')).toBe(1)
      expect(await waiting()).not.toContain(first)
      const [planned = ''] = (await waiting()) ?? []
      const later = { ...decision, id: id('planned'), period: planned, on: '2026-11-05', reason: '' }
      expect((await joan.post('/api/make-ups', later)).status).toBe(200)
      expect(await waiting()).not.toContain(planned)
      const { decided } = (await page(dana)).services.find((one) => one.id === id('requests')) ?? {
        decided: [],
      }
      expect(decided.map(({ by, on }) => [by, on])).toEqual([
        ['Dana Reyes', null],
        ['Joan Meyer', '2026-11-05'],
      ])
    })

    it('G7 a para reads what their students are promised and decides nothing; of others there is nothing', async () => {
      const mine = await page(maya)
      expect(new Set(mine.services.map(({ student }) => student))).toEqual(
        new Set(['am', 'bk', 'cd', 'dl'].map((one) => studentId(one as 'am'))),
      )
      expect(mine.services.every((one) => !one.mine)).toBe(true)
      const andre = await page(await house.persona('other-para'))
      expect(andre.services.some(({ student }) => student === studentId('am'))).toBe(false)
      const ended = await maya.post(`/api/services/${nameId('service', 'am/Daily living')}/end`, {
        to: '2026-11-03',
      })
      expect(ended.status).toBe(403)
      expect((await dana.post(`/api/services/${id('nothing')}/end`, { to: '2026-11-03' })).status).toBe(404)
    })
  })

  describe('iCalendar in', () => {
    const file = (...lines: string[]) => ['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\r\n')
    const event = (uid: string, ...lines: string[]) => ['BEGIN:VEVENT', `UID:${uid}`, ...lines, 'END:VEVENT']
    const take = async (text: string, preview = false) => {
      const answer = await joan.post(`${school}/events`, {
        file: 'year.ics',
        text,
        from: '2026-08-01',
        to: '2027-07-31',
        preview,
      })
      expect(answer.status).toBe(200)
      return answer.json<EventsAnswer>()
    }
    const year = file(
      ...event('fair', 'DTSTART;TZID=America/Chicago:20261117T180000', 'DURATION:PT2H', 'SUMMARY:Book fair'),
      ...event('closed', 'DTSTART;VALUE=DATE:20261116', 'SUMMARY:No School - staff day'),
      ...event('short', 'DTSTART;VALUE=DATE:20261118', 'SUMMARY:Early release'),
      ...event('weekly', 'DTSTART;VALUE=DATE:20261120', 'RRULE:FREQ=WEEKLY', 'SUMMARY:Library'),
    )

    it('is looked at first; then closed days, days that run otherwise and events are in, once', async () => {
      const look = await take(year, true)
      expect(look.saved).toBe(false)
      expect(look.events.slice(0, 3)).toMatchObject([
        { title: 'No School - staff day', day: '2026-11-16', kind: 'closed' },
        { title: 'Book fair', start: Date.parse('2026-11-18T00:00:00Z') },
        { title: 'Early release', variant: 'early_release' },
      ])
      // a Library day a week until the end of July
      expect(look.events).toHaveLength(3 + 37)
      expect(look.findings).toMatchObject([
        { file: 'year.ics', row: 21, field: 'RRULE', code: 'ical.endless' },
      ])
      expect((await calendar()).events).toEqual([])

      expect((await take(year)).saved).toBe(true)
      expect((await take(year)).saved).toBe(true)
      const page = await calendar()
      expect(page.days.some((one) => one.day === '2026-11-16')).toBe(false)
      expect(page.days).toContainEqual({
        day: '2026-11-18',
        type: expect.any(String),
        variant: 'early_release',
      })
      expect(page.events.filter(({ title }) => title === 'Book fair')).toHaveLength(1)
    })

    it('a file with one error is not taken, and says where', async () => {
      const before = await calendar()
      const broken = await take(
        file(
          ...event('good', 'DTSTART;VALUE=DATE:20261123', 'SUMMARY:Concert'),
          ...event('bad', 'DTSTART;VALUE=DATE:20261131', 'SUMMARY:Nothing'),
        ),
      )
      expect(broken.saved).toBe(false)
      expect(broken.findings).toMatchObject([
        { file: 'year.ics', row: 9, field: 'DTSTART', code: 'ical.date', severity: 'error' },
      ])
      const unrung = await take(file(...event('t', 'DTSTART;VALUE=DATE:20261123', 'SUMMARY:State testing')))
      expect(unrung).toMatchObject({ saved: false, findings: [{ code: 'calendar.no_bell' }] })
      expect(await calendar()).toEqual(before)
    })
  })

  it('from the command line a file is looked at, taken in, or refused with its line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'handrail-ical-'))
    const take = (name: string, start: string, dryRun: boolean) => {
      const path = join(folder, `${name}.ics`)
      writeFileSync(
        path,
        `BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:${name}\nDTSTART;VALUE=DATE:${start}\nEND:VEVENT\nEND:VCALENDAR`,
      )
      return importIcalFile(house.core, path, { district: undefined, school: undefined, dryRun })
    }
    const marked = async () => (await calendar('2027-03-10', '2027-03-10')).events.map(({ day: on }) => on)
    expect(await take('spring', '20270310', true)).toMatchObject({ ok: true, report: { imported: false } })
    expect(await marked()).toEqual([])
    expect(await take('spring', '20270310', false)).toMatchObject({ ok: true, report: { imported: true } })
    expect(await marked()).toEqual(['2027-03-10'])
    const broken = await take('broken', '20270399', false)
    expect(broken.ok).toBe(false)
    expect(broken.text).toContain('error broken.ics:4 DTSTART ical.date')
    expect(
      await importIcalFile(house.core, '', { district: 'Nowhere', school: undefined, dryRun: true }),
    ).toMatchObject({ ok: false })
    rmSync(folder, { recursive: true })
  })

  describe('the calendar feed', () => {
    it('says blocks, places and times of its person, and no word of a child; taken back, it is gone', async () => {
      const feed = uuidv7(demoNow(house))
      const made = (await maya.post('/api/calendar-feeds', { id: feed })).json<{ path: string }>()
      expect(made.path).toMatch(/^\/api\/calendar\/[A-Za-z0-9_-]{64}\.ics$/)
      // the same again tells nothing; and the secret itself is nowhere
      expect((await maya.post('/api/calendar-feeds', { id: feed })).json()).toEqual({ id: feed, path: null })
      const secret = made.path.slice('/api/calendar/'.length, -'.ics'.length)
      const { rows } = await owner.query('select encode(token_hash, $1) as kept from calendar_feed', [
        'escape',
      ])
      expect(rows.map(({ kept }) => String(kept)).join()).not.toContain(secret)

      const answer = await house.visitor().get(made.path)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
      for (const line of answer.text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      const read = Object.values(ical.sync.parseICS(answer.text)).filter((one) => one?.type === 'VEVENT')
      const today = read.filter((one) => one.start.toISOString() < '2026-11-04')
      const board = cedarBend().assignments.filter(
        (one) => one.person === personId('maya') && one.dayTypes.includes('B'),
      )
      expect(today).toHaveLength(board.length)
      expect(today.find((one) => one.summary === 'P1')).toMatchObject({
        location: 'Room 12, with Mr. Whitfield',
        start: new Date('2026-11-03T14:30:00Z'),
        end: new Date('2026-11-03T15:20:00Z'),
      })
      for (const { given, family, initials } of cedarBend().batch.students)
        for (const word of [given, initials, ...(family.length > 2 ? [family] : [])])
          expect(answer.text.replaceAll('\r\n ', '')).not.toContain(word)
      expect(answer.text).not.toMatch(/feeding|routine|break card/i)

      expect((await dana.post(`/api/calendar-feeds/${feed}/revoke`, {})).status).toBe(404)
      expect((await maya.get('/api/calendar-feeds')).json()).toMatchObject({ feeds: [{ id: feed }] })
      expect((await maya.post(`/api/calendar-feeds/${feed}/revoke`, {})).status).toBe(200)
      expect((await house.visitor().get(made.path)).status).toBe(404)
      expect((await maya.get('/api/calendar-feeds')).json()).toEqual({ feeds: [] })
      expect((await house.visitor().get('/api/calendar/nothing.ics')).status).toBe(404)
    })
  })
})
