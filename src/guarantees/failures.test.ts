/**
 * Failure shapes that other systems met at their servers (docs/failures.md), on every engine: what is on its way while
 * plans, roles and other people change.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import pg from 'pg'
import type { Json } from '../platform/core/canonical.ts'
import type { Envelope } from '../platform/records/envelope.ts'
import { testEngines } from '../platform/server/testing.ts'
import { DAY, device, MEASURE, NOW, openSchool, sessionOf, statuses, type TestSchool } from './school.ts'

describe.each(testEngines())('on $name', ({ name }) => {
  let school: TestSchool
  let owner: pg.Client
  beforeAll(async () => {
    school = await openSchool(name)
    owner = new pg.Client({ connectionString: school.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
  })
  afterAll(async () => {
    await owner.end()
    await school.close()
  })

  const stateOf = async (session: string) => {
    const { rows } = await owner.query("select state from projection where part like '%' || $1", [session])
    return JSON.parse(rows[0].state) as Record<string, unknown>
  }
  const refsOf = (session: string) => ({ session, program: school.program })

  it('G3 F3 eight identical batches that have all looked before one of them is stored come to one', async () => {
    // of a kind that no view folds: records of one session wait for each other before they look
    const phone = device(school.people.dana, NOW, 'in a row')
    const photos = { instruction_record: true, internal_display: false }
    const body = {
      physical_prompts: true,
      photos: { ...photos, family_share: false, public_web: false, media: false },
    }
    const records = [1, 2].map(() =>
      phone.record('students.consent', { student: school.students.amari, refs: {}, body }),
    )
    await owner.query('begin')
    await owner.query('select from counter where district_id = $1 for update', [school.district])
    const pushes = Array.from({ length: 8 }, () => school.push(school.people.dana, records))
    const watcher = new pg.Client({ connectionString: school.db.ownerUrl })
    await watcher.connect()
    const waiting = async () =>
      (
        await watcher.query(
          `select count(distinct pid)::int as n from pg_locks
           where not granted and pid in (select pid from pg_stat_activity where datname = current_database())`,
        )
      ).rows[0].n
    await expect.poll(waiting, { timeout: 20_000 }).toBe(8)
    await watcher.end()
    await owner.query('commit')
    const all = (await Promise.all(pushes)).flatMap(statuses)
    expect(all.toSorted()).toEqual([...Array(2).fill('accepted'), ...Array(14).fill('duplicate')])
    const kept = await owner.query('select id from record where id = any($1)', [records.map((one) => one.id)])
    expect(kept.rows).toHaveLength(2)
  })

  it('F14 takes a session of the version it was started under, also after a newer one was published', async () => {
    const phone = device(school.people.maya, NOW, 'under the old plan')
    const { session, records } = sessionOf(school, phone, [{ result: '+' }, { result: '-' }])
    const next = device(school.people.dana, NOW + 60_000, 'new plan').record('sessions.program', {
      student: school.students.amari,
      refs: { program: school.program, base: school.version },
      body: {
        title: 'Requests',
        goal: 'Requests what is needed.',
        definition: 'With words only.',
        direction: 'increase',
        measure: { ...MEASURE, planned: 20, min_opportunities: 15 } as unknown as Json,
        criterion: '90 % over 3 sessions',
        number: 2,
      },
    })
    // the plan changes while the para is in a room without a network
    expect(statuses(await school.push(school.people.dana, [next]))).toEqual(['accepted'])
    expect(statuses(await school.push(school.people.maya, records))).toEqual(Array(3).fill('accepted'))
    expect(await stateOf(session)).toMatchObject({ version: school.version, measure: { planned: 10 } })
  })

  it('G4 F22 answers a batch that is valid in part record by record, and stores exactly what it said yes to', async () => {
    const phone = device(school.people.maya, NOW, 'in part')
    const { session, records } = sessionOf(
      school,
      phone,
      Array.from({ length: 20 }, () => ({ result: '+' })),
    )
    const batch = records.map((record, n) =>
      n % 3 === 2 ? { ...record, body: { n, result: 'perhaps' } } : record,
    )
    const { acks } = await school.push(school.people.maya, batch)
    expect(acks.map((ack) => ack.id)).toEqual(batch.map((record) => record.id))
    expect(acks.map((ack) => ack.status)).toEqual(batch.map((_, n) => (n % 3 === 2 ? 'refused' : 'accepted')))
    const { rows } = await owner.query("select id from record where part like '%' || $1 order by pos", [
      session,
    ])
    expect(rows.map((row) => row.id)).toEqual(
      acks.filter((ack) => ack.status === 'accepted').map((ack) => ack.id),
    )
  })

  it('G9 F31 takes a start, a trial and its correction in each of their six orders, to the same state', async () => {
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]
    const states = new Set<string>()
    for (const [n, order] of orders.entries()) {
      const phone = device(school.people.maya, NOW, `order ${n}`)
      const { session, records } = sessionOf(school, phone, [{ result: '-' }], NOW)
      const trial = records[1] as Envelope
      const three = [
        ...records,
        phone.record('sessions.trial', {
          student: school.students.amari,
          refs: refsOf(session),
          body: { n: 1, result: '+' },
          replaces: trial.id,
          reason: 'mis_tap',
        }),
      ]
      for (const place of order)
        // what comes before its target is taken and held, never refused
        expect(statuses(await school.push(school.people.maya, [three[place]]))).toEqual(['accepted'])
      let text = JSON.stringify(await stateOf(session))
      for (const [id, word] of [
        [session, 'session'],
        [phone.id, 'device'],
        ...three.map((record, place): [string, string] => [record.id, `record ${place}`]),
      ] as const)
        text = text.replaceAll(id, word)
      states.add(text)
    }
    expect(states.size).toBe(1)
    expect(JSON.parse([...states][0] ?? '')).toMatchObject({ summary: { numerator: 1, denominator: 1 } })
  })

  it('G4 F34 keeps what a para recorded after the student was taken away, where the case manager sees it', async () => {
    // Eve's relationship with Amari ended at 20:00; her phone did not know for ten minutes
    const end = Date.parse('2026-06-05T20:00:00.000Z')
    school.setNow(end + DAY)
    const phone = device(school.people.eve, end - 10_000, 'reassigned')
    const { session, records } = sessionOf(school, phone, [{ result: '+' }], end - 5000)
    const late = [1, 2].map((n) =>
      phone.record('sessions.trial', {
        student: school.students.amari,
        refs: refsOf(session),
        body: { n: n + 1, result: '-' },
        at: end + n * 60_000,
      }),
    )
    const { acks } = await school.push(school.people.eve, [...records, ...late])
    expect(acks.map((ack) => ack.status)).toEqual(['accepted', 'accepted', 'refused', 'refused'])
    const inboxOf = (who: keyof TestSchool['people']) =>
      school.database.asPerson(school.people[who], async (tx) =>
        tx.read.selectFrom('refused').select(['id', 'code', 'body']).orderBy('id').execute(),
      )
    const seen = (await inboxOf('dana')).filter((row) => late.some((record) => record.id === row.id))
    expect(seen.map((row) => [row.code, JSON.parse(row.body)])).toEqual(
      late.map((record) => ['record.not_permitted', record]),
    )
    // what the phone counts, the server counts: nothing is between the two
    const kept = await owner.query('select id from record where device = $1', [phone.id])
    expect(kept.rows.length + seen.length).toBe(records.length + late.length)
    expect(await inboxOf('andre')).toEqual([])
    school.setNow(NOW)
  })

  it('G4 F36 keeps a correction of a trial that somebody else took back meanwhile, in sight of both', async () => {
    const phone = device(school.people.maya, NOW, 'taken back')
    const { session, records } = sessionOf(school, phone, [{ result: '+' }, { result: '-' }])
    await school.push(school.people.maya, records)
    const target = records[2]?.id ?? ''
    const fields = { student: school.students.amari, refs: refsOf(session), replaces: target }
    const taken = phone.record('sessions.void', { ...fields, reason: 'mis_tap' })
    const edited = device(school.people.dana, NOW + 30_000, 'editor').record('sessions.trial', {
      ...fields,
      body: { n: 2, result: '+' },
      reason: 'other',
    })
    expect(statuses(await school.push(school.people.maya, [taken]))).toEqual(['accepted'])
    expect(statuses(await school.push(school.people.dana, [edited]))).toEqual(['accepted'])
    const state = await stateOf(session)
    expect(JSON.stringify(state['flags'])).toContain('conflict')
    expect(state['items']).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: edited.id, code: '+' })]),
    )
  })

  it('G3 F37 two people who correct one trial at once overwrite nothing: both stand, as undecided', async () => {
    const phone = device(school.people.maya, NOW, 'corrected twice')
    const { session, records } = sessionOf(school, phone, [{ result: '+' }, { result: '-' }])
    await school.push(school.people.maya, records)
    const fix = (who: ReturnType<typeof device>, result: string) =>
      who.record('sessions.trial', {
        student: school.students.amari,
        refs: refsOf(session),
        body: { n: 2, result },
        replaces: records[2]?.id ?? '',
        reason: 'mis_tap',
      })
    const both = [fix(phone, '+'), fix(device(school.people.dana, NOW + 30_000, 'other hand'), 'NR')]
    const answers = await Promise.all([
      school.push(school.people.maya, [both[0]]),
      school.push(school.people.dana, [both[1]]),
    ])
    expect(answers.flatMap(statuses)).toEqual(['accepted', 'accepted'])
    const { rows } = await owner.query('select id from record where replaces = $1', [records[2]?.id])
    expect(rows.map((row) => row.id).toSorted()).toEqual(both.map((record) => record.id).toSorted())
    expect(JSON.stringify((await stateOf(session))['flags'])).toContain('conflict')
  })
})
