/** What the feed promises: commit order, scope, the start and the end of a relationship, a restored server. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import pg from 'pg'
import { loadRoster } from '../capabilities/roster/server/queries.ts'
import type { BackfillResponse, FeedResponse } from '../platform/records/wire.ts'
import type { Actor } from '../platform/server/db.ts'
import { backfill, pull, recentDays, type FeedServices } from '../platform/server/feed.ts'
import { Problem } from '../platform/server/problems.ts'
import { testEngines } from '../platform/server/testing.ts'
import { DAY, device, id, NOW, openSchool, sessionOf, statuses, TZ, type TestSchool } from './school.ts'

describe.each(testEngines())('feed on $name', ({ name }) => {
  let school: TestSchool
  let feed: FeedServices
  let owner: pg.Client
  beforeAll(async () => {
    school = await openSchool(name)
    feed = { database: school.database, tz: () => TZ, recentFrom: recentDays, secret: 'test' }
    owner = new pg.Client({ connectionString: school.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
  })
  afterAll(async () => {
    await owner.end()
    await school.close()
  })

  const pullAll = async (
    actor: Actor,
    since?: string,
    held?: number[],
  ): Promise<FeedResponse & { pages: number }> => {
    let page = await pull(feed, actor, { since, held })
    const records = [...page.records]
    let pages = 1
    while (page.more) {
      page = await pull(feed, actor, { since: page.next, held })
      records.push(...page.records)
      pages += 1
    }
    return { ...page, records, pages }
  }

  it('G5 delivers every record of what one holds, in order of position, in pages', async () => {
    const phone = device(school.people.maya)
    const sent: string[] = []
    for (let i = 0; i < 3; i++) {
      const { records } = sessionOf(
        school,
        phone,
        Array.from({ length: 299 }, () => ({ result: '+' })),
      )
      expect(new Set(statuses(await school.push(school.people.maya, records)))).toEqual(new Set(['accepted']))
      sent.push(...records.map((record) => record.id))
    }
    const got = await pullAll(school.people.dana)
    expect(got.pages).toBe(2)
    const ids = got.records.map((record) => record.envelope.id)
    expect(ids.filter((one) => sent.includes(one))).toEqual(sent)
    const positions = got.records.map((record) => record.pos)
    expect(positions).toEqual([...positions].sort((a, b) => a - b))
    const after = await pullAll(school.people.dana, got.next)
    expect(after.records).toEqual([])
  })

  it('G7 delivers nothing of a student to whoever has no relationship with them', async () => {
    const andre = await pullAll(school.people.andre)
    expect(andre.grants.filter((grant) => grant.scope === 'student').map((grant) => grant.of)).not.toContain(
      school.students.amari,
    )
    expect(andre.records.filter((record) => record.envelope.student === school.students.amari)).toEqual([])
    // asking for the audience by number does not help
    const maya = await pullAll(school.people.maya)
    const auds = maya.grants.map((grant) => grant.aud)
    const sly = await pullAll(school.people.andre, undefined, auds)
    expect(sly.records.filter((record) => record.envelope.student === school.students.amari)).toEqual([])
    for (const aud of maya.grants
      .filter((grant) => grant.of === school.students.amari)
      .map((grant) => grant.aud))
      await expect(
        backfill(feed, school.people.andre, { aud, upto: maya.head, epoch: maya.epoch }),
      ).rejects.toMatchObject({ code: 'access.denied' })
  })

  it('G7 ends delivery with the relationship, and what was sent meanwhile never arrives', async () => {
    school.setNow(Date.parse('2026-11-03T21:29:00.000Z'))
    const during = await pullAll(school.people.kim)
    expect(during.grants.some((grant) => grant.of === school.students.amari)).toBe(true)
    expect(during.grants.find((grant) => grant.of === school.students.amari)?.until).toBe(
      Date.parse('2026-11-03T21:30:00.000Z'),
    )
    school.setNow(Date.parse('2026-11-03T21:31:00.000Z'))
    const after = await pullAll(school.people.kim, during.next)
    expect(after.grants.filter((grant) => grant.scope === 'student')).toEqual([])
    expect(after.records).toEqual([])
    school.setNow(NOW)
  })

  it('shows a substitute ten school days of history, and plans whatever their age', async () => {
    const old = NOW - 21 * DAY
    school.setNow(old + 3_600_000)
    const { records } = sessionOf(school, device(school.people.maya, old, 'october'), [{ result: '+' }], old)
    await school.push(school.people.maya, records)
    school.setNow(NOW)
    const kim = (await pullAll(school.people.kim)).records.map((record) => record.envelope)
    const maya = (await pullAll(school.people.maya)).records.map((record) => record.envelope.id)
    expect(maya).toContain(records[0]?.id)
    expect(kim.map((record) => record.id)).not.toContain(records[0]?.id)
    expect(kim.map((record) => record.id)).toContain(school.version)
  })

  it('backfills a begun relationship: plans and recent sessions whole, older sessions as their value', async () => {
    const old = NOW - 40 * DAY
    school.setNow(old + 3_600_000)
    const past = sessionOf(
      school,
      device(school.people.maya, old, 'september'),
      [{ result: '+' }, { result: '-' }],
      old,
    )
    await school.push(school.people.maya, past.records)
    school.setNow(NOW)
    const recent = sessionOf(school, device(school.people.maya, NOW, 'today'), [{ result: '+' }])
    await school.push(school.people.maya, recent.records)

    const before = await pullAll(school.people.andre, undefined, [])
    await loadRoster(
      school.database,
      { id: school.district, name: 'Cedar Bend', tz: TZ, demo: true, clockOffsetMs: 0 },
      {
        schools: [],
        people: [],
        roles: [],
        students: [],
        sections: [],
        enrollments: [],
        relationships: [
          {
            id: id('andre amari'),
            person: school.people.andre.person,
            student: school.students.amari,
            role: 'para',
            from: new Date(NOW).toISOString(),
            to: null,
            source: 'manual',
            why: 'test',
          },
        ],
      },
      { source: 'test', report: {} },
    )
    const now = await pull(feed, school.people.andre, { since: before.next, held: [] })
    const grant = now.grants.find((one) => one.of === school.students.amari && one.tier === 'T2')
    if (!grant) throw new Error('no grant')
    const pages: BackfillResponse[] = []
    for (let after: string | null | undefined; after !== null;) {
      const page = await backfill(feed, school.people.andre, {
        aud: grant.aud,
        upto: now.head,
        epoch: now.epoch,
        ...(after === undefined ? {} : { after }),
      })
      pages.push(page)
      after = page.next
    }
    const got = pages.flatMap((page) => page.records.map((record) => record.envelope.id))
    expect(got).toContain(school.version)
    for (const record of recent.records) expect(got).toContain(record.id)
    for (const record of past.records) expect(got).not.toContain(record.id)
    const summary = pages
      .flatMap((page) => page.summaries)
      .find((one) => one.partition.endsWith(past.session))
    expect(summary?.state).toMatchObject({ summary: { numerator: 1, denominator: 2 } })
  })

  it('G6 notices a restored server by the id at the cursor, mints an epoch, and says so', async () => {
    const { records } = sessionOf(school, device(school.people.maya, NOW, 'before the restore'), [
      { result: '+' },
    ])
    await school.push(school.people.maya, records)
    const before = await pullAll(school.people.dana)
    // what a restore of an older backup does: the last records are gone, positions are given out again
    await owner.query('delete from record where district_id = $1 and id = any($2)', [
      school.district,
      records.map((record) => record.id),
    ])
    const other = sessionOf(school, device(school.people.maya, NOW, 'after the restore'), [{ result: '-' }])
    await owner.query('update counter set head = head - 2 where district_id = $1', [school.district])
    await school.push(school.people.maya, other.records)
    const error = await pull(feed, school.people.dana, { since: before.next }).catch((one: unknown) => one)
    expect(error).toBeInstanceOf(Problem)
    expect((error as Problem).code).toBe('feed.epoch')
    const fresh = await pullAll(school.people.dana)
    expect(fresh.epoch).not.toBe(before.epoch)
    expect((error as Problem).extra['epoch']).toBe(fresh.epoch)
    // the device offers again what it still has: everything is there once
    expect(statuses(await school.push(school.people.maya, records))).toEqual(['accepted', 'accepted'])
  })

  it('F28 refuses a cursor that it did not write', async () => {
    const forged = Buffer.from(JSON.stringify({ e: id('epoch'), p: 3, i: id('x') })).toString('base64url')
    await expect(pull(feed, school.people.dana, { since: `${forged}.AAAA` })).rejects.toMatchObject({
      code: 'feed.cursor',
    })
  })

  it('G8 writes one entry for each delivery, with the audiences and the positions', async () => {
    const before = (await pullAll(school.people.dana)).next
    const { records } = sessionOf(school, device(school.people.maya, NOW, 'delivered'), [{ result: '+' }])
    await school.push(school.people.maya, records)
    await pullAll(school.people.dana, before)
    const { rows } = await owner.query(
      "select actor, detail from audit where action = 'feed.deliver' order by audit_id desc limit 1",
    )
    expect(rows[0].actor).toBe(school.people.dana.person)
    expect(JSON.parse(rows[0].detail).records).toBe(2)
  })
})
