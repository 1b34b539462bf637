/** The inbox over HTTP: who sees what, in which order, and what settling does. Who may ask at all is in matrix.test.ts. */
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadRoster } from '../../capabilities/roster/server/queries.ts'
import { openRunning, type Running, type Visitor } from '../../guarantees/running.ts'
import { device, id, TZ } from '../../guarantees/school.ts'
import {
  actorOf,
  districtId,
  loadWorld,
  memberOf,
  personOf,
  push,
  STUDENTS,
  studentId,
} from '../../guarantees/world.ts'
import type { InboxPage, Settlement } from '../records/inbox.ts'
import type { PushResponse } from '../records/wire.ts'
import { testEngines } from './testing.ts'

const DAY = 86_400_000

describe.each(testEngines())('the inbox on $name', { timeout: 60_000 }, ({ name }) => {
  let house: Running
  let owner: pg.Client
  let now: number
  const visitors = new Map<string, Visitor>()
  beforeAll(async () => {
    house = await openRunning(name)
    now = Date.now()
    await loadWorld(house.core.database, now)
    await house.core.directory.load(house.core.database.pool)
    for (const who of [
      'para',
      'case manager',
      'coordinator',
      'coordinator of a school',
      'coordinator under a court order',
      'administrator of another school',
      'coordinator of another district',
    ])
      visitors.set(who, await house.member(districtId(memberOf(who).district), personOf(who)))
    owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
  })
  afterAll(async () => {
    await owner.end()
    await house.close()
  })

  const as = (who: string) => visitors.get(who) ?? house.visitor()
  const inbox = async (who: string, query = '') => {
    const answer = await as(who).get(`/api/inbox${query}`)
    expect(answer.status).toBe(200)
    return answer.json<InboxPage>()
  }
  const waiting = async (who: string, word: string) =>
    (await inbox(who)).refused.filter(({ body }) => body.includes(word))
  const settle = (who: string, entry: string, body: unknown) =>
    as(who).post(`/api/inbox/${entry}/settle`, body)
  /** The para offers something that is not taken; the entry it becomes. */
  const refuse = async (word: string, over: object = { student: studentId('ash') }) => {
    await push(house.core.database, actorOf(memberOf('para')), [{ ...over, word }])
    const { rows } = await owner.query('select refused_id from refused where body like $1', [`%"${word}"%`])
    return String(rows[0]?.refused_id)
  }
  const audited = async (action: string) =>
    (await owner.query('select actor, detail from audit where action = $1 order by audit_id', [action])).rows

  it('G4 F21 shows what was refused of a student to who decides for them and who leads their school', async () => {
    const entry = await refuse('about ash')
    for (const who of ['case manager', 'coordinator', 'coordinator of a school']) {
      const [found] = await waiting(who, 'about ash')
      expect(found, who).toMatchObject({
        entry,
        by: personOf('para'),
        student: studentId('ash'),
        code: 'record.malformed',
        mine: true,
        settled: null,
      })
    }
    const page = await inbox('coordinator of a school')
    expect(page.students[studentId('ash')]).toEqual({ initials: STUDENTS.ash.initials, color: 1 })
    expect(page.names[personOf('para')]).toBe('Staff para')
    // their sender sees it and settles nothing
    expect(await waiting('para', 'about ash')).toMatchObject([{ entry, mine: false }])
    for (const who of ['coordinator under a court order', 'administrator of another school'])
      expect(await waiting(who, 'about ash'), who).toEqual([])
  })

  it('G4 F21 shows what names no student of the district to who leads its sender’s school', async () => {
    await refuse('of nobody', {})
    await refuse('of somebody unknown', { student: id('no student of theirs') })
    // the id of a student of another district is no more than an unknown one
    await refuse('of a stranger', { student: studentId('yew') })
    for (const word of ['of nobody', 'of somebody unknown', 'of a stranger']) {
      expect(await waiting('coordinator of a school', word)).toMatchObject([{ student: null, mine: true }])
      expect(await waiting('coordinator', word)).toHaveLength(1)
      for (const who of ['administrator of another school', 'coordinator of another district'])
        expect(await waiting(who, word), `${who} ${word}`).toEqual([])
    }
    expect(await waiting('para', 'of nobody')).toMatchObject([{ mine: false }])
  })

  it('G8 keeps what was settled, with who, when and how, and tells the trail without the words', async () => {
    const entry = await refuse('to settle')
    const before = (await inbox('case manager')).open
    expect((await settle('para', entry, { how: 'not_needed' })).json()).toMatchObject({
      status: 403,
      code: 'role.not_permitted',
    })
    const answer = await settle('case manager', entry, { how: 'other', note: '  Talked with Maya  ' })
    const settlement = answer.json<Settlement>()
    expect(settlement).toEqual({
      at: expect.any(Number),
      by: personOf('case manager'),
      how: 'other',
      note: 'Talked with Maya',
    })
    expect(settlement.at).toBeGreaterThanOrEqual(now)
    expect((await inbox('case manager')).open).toBe(before - 1)
    expect(await waiting('case manager', 'to settle')).toEqual([])
    const kept = (await inbox('coordinator', '?settled=true')).refused.find((one) => one.entry === entry)
    expect(kept).toMatchObject({ settled: settlement, body: expect.stringContaining('to settle') })
    expect((await audited('inbox.settle')).filter((row) => row.detail.includes(entry))).toEqual([
      { actor: personOf('case manager'), detail: `{"entry":"${entry}","how":"other"}` },
    ])
    // settled once: whoever comes later is told what stands
    expect((await settle('coordinator', entry, { how: 'wrong' })).json()).toEqual(settlement)
    // and the same bytes, sent again, do not wake it
    await push(house.core.database, actorOf(memberOf('para')), [
      { student: studentId('ash'), word: 'to settle' },
    ])
    expect(await waiting('case manager', 'to settle')).toEqual([])
  })

  it('F37 settles once when several do at the same time, and tells all of them the same', async () => {
    const entry = await refuse('at once')
    const who = ['case manager', 'coordinator', 'coordinator of a school']
    const answers = await Promise.all(
      [...who, ...who].map((one, n) => settle(one, entry, { how: n % 2 ? 'wrong' : 'not_needed' })),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect((await audited('inbox.settle')).filter((row) => row.detail.includes(entry))).toHaveLength(1)
  })

  it('G7 answers an entry out of reach as one that is not there', async () => {
    const entry = await refuse('out of reach')
    const absent = await settle('coordinator of another district', id('no entry'), { how: 'wrong' })
    expect(absent.status).toBe(404)
    for (const who of [
      'coordinator of another district',
      'administrator of another school',
      'coordinator under a court order',
    ])
      expect((await settle(who, entry, { how: 'wrong' })).text, who).toBe(absent.text)
    expect(await waiting('case manager', 'out of reach')).toHaveLength(1)
  })

  it.each([
    [{}, 'how'],
    [{ how: 'deleted' }, 'how'],
    [{ how: 'other' }, 'note'],
    [{ how: 'other', note: '   ' }, 'note'],
    [{ how: 'wrong', note: 'x'.repeat(201) }, 'note'],
    [{ how: 'wrong', note: 'a\u0000b' }, 'note'],
    [{ how: 'wrong', resolved_by: 'me' }, ''],
  ])('refuses to settle with %j', async (body, field) => {
    const answer = await settle('coordinator', id('any entry'), body)
    expect(answer.status).toBe(422)
    expect(answer.json()).toMatchObject({ code: 'request.invalid', field })
  })

  it('gives the inbox in pages, newest first, each entry once, and counts all of them', async () => {
    const phone = device(actorOf(memberOf('para')), now, 'many')
    const records = Array.from({ length: 120 }, (_, n) =>
      phone.record('sessions.trial', { student: studentId('ash'), body: { n, many: true } }),
    )
    for (let i = 0; i < 120; i += 40) {
      await as('para').post('/api/records', { records: records.slice(i, i + 40) })
      await delay(2)
    }
    const seen: number[] = []
    let page = await inbox('coordinator')
    const { open } = page
    const entries = new Set<string>()
    for (;;) {
      expect(page.refused.length).toBeLessThanOrEqual(50)
      for (const { entry, body, received } of page.refused) {
        entries.add(entry)
        if (body.includes('"many"')) seen.push(received)
      }
      if (page.next === null) break
      page = await inbox('coordinator', `?before=${page.next}`)
      expect(page.gaps).toEqual([])
    }
    expect(seen).toHaveLength(120)
    expect(seen).toEqual(seen.toSorted((a, b) => b - a))
    expect(entries.size).toBe(open)
    expect((await as('coordinator').get('/api/inbox?before=nothing')).json()).toMatchObject({
      code: 'request.invalid',
      field: 'before',
    })
  })

  it('G7 takes what was refused of a student along to another school', async () => {
    await refuse('who moves', { student: studentId('fir') })
    const see = async () =>
      Promise.all(
        ['coordinator of a school', 'administrator of another school', 'coordinator'].map(
          async (who) => (await waiting(who, 'who moves')).length,
        ),
      )
    expect(await see()).toEqual([1, 0, 1])
    const { given, family, initials } = STUDENTS.fir
    const moved = {
      id: studentId('fir'),
      sourceId: 'fir',
      given,
      family,
      initials,
      preferred: null,
      color: 2,
    }
    const none = { schools: [], people: [], roles: [], sections: [], enrollments: [], relationships: [] }
    await loadRoster(
      house.core.database,
      { id: districtId('cedar'), name: 'District cedar', tz: TZ, demo: false, clockOffsetMs: 0 },
      { ...none, students: [{ ...moved, grade: '3', school: id('world lea') }] },
      { source: 'test', report: {} },
    )
    expect(await see()).toEqual([0, 1, 1])
  })

  it('F8 tells who decides and who leads of records that a device made and never sent', async () => {
    const phone = device(actorOf(memberOf('para')), now, 'gap')
    phone.record('sessions.trial')
    const { acks } = (
      await as('para').post('/api/records', {
        records: [
          phone.record('sessions.occurrence', {
            student: studentId('ash'),
            refs: { session: id('a session'), program: id('a program') },
          }),
        ],
      })
    ).json<PushResponse>()
    expect(acks).toMatchObject([{ status: 'accepted' }])
    const gapsOf = async (who: string) => (await inbox(who)).gaps.filter((gap) => gap.device === phone.id)
    expect(await gapsOf('coordinator')).toEqual([])
    await owner.query('update device_seq set gap_since = $1 where device = $2', [
      new Date(now - 2 * DAY),
      phone.id,
    ])
    for (const who of ['case manager', 'coordinator', 'coordinator of a school'])
      expect(await gapsOf(who), who).toMatchObject([{ person: personOf('para'), records: 1 }])
    for (const who of [
      'para',
      'coordinator under a court order',
      'administrator of another school',
      'coordinator of another district',
    ])
      expect(await gapsOf(who), who).toEqual([])
  })
})
