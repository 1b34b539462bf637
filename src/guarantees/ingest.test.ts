/** What ingest promises, on every engine: acknowledgement per record, identity of bytes, order of commit, the trail. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import pg from 'pg'
import { uuidv7 } from '../platform/core/ids.ts'
import { Database } from '../platform/server/db.ts'
import { ingest } from '../platform/server/ingest.ts'
import { testEngines } from '../platform/server/testing.ts'
import { DAY, device, NOW, openSchool, sessionOf, statuses, TZ, type TestSchool } from './school.ts'

describe.each(testEngines())('ingest on $name', ({ name }) => {
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

  const stored = async (ids: readonly string[]) =>
    (
      await owner.query(
        "select id, envelope, encode(digest, 'hex') as digest, pos::int, author from record where id = any($1) order by pos",
        [ids],
      )
    ).rows

  it('G2 keeps each record once, byte for byte', async () => {
    const phone = device(school.people.maya)
    const { records } = sessionOf(school, phone, [
      { result: '+' },
      { result: '+', level: 'G' },
      { result: '-' },
    ])
    const answer = await school.push(school.people.maya, records)
    expect(statuses(answer)).toEqual(['accepted', 'accepted', 'accepted', 'accepted'])
    const rows = await stored(records.map((record) => record.id))
    expect(rows.map((row) => JSON.parse(row.envelope))).toEqual(records)
    expect(rows.map((row) => row.digest)).toEqual(answer.acks.map((ack) => ack.digest))
    expect(new Set(rows.map((row) => row.author))).toEqual(new Set([school.people.maya.person]))
    expect(answer.high).toEqual({ [phone.id]: 4 })
  })

  it('G3 F4 acknowledges the same bytes again, and refuses other bytes under the same id while keeping both', async () => {
    const phone = device(school.people.maya, NOW, 'tablet')
    const { records } = sessionOf(school, phone, [{ result: '+' }])
    const trial = records[1]
    if (!trial) throw new Error('no trial')
    expect(statuses(await school.push(school.people.maya, records))).toEqual(['accepted', 'accepted'])
    // key order and white space are not bytes of the record
    const shuffled = Object.fromEntries(Object.entries(trial).reverse())
    expect(statuses(await school.push(school.people.maya, [shuffled]))).toEqual(['duplicate'])
    const other = { ...trial, body: { n: 1, result: '-' } }
    expect(statuses(await school.push(school.people.maya, [other]))).toEqual(['conflict record.id_reused'])
    expect(JSON.parse((await stored([trial.id]))[0].envelope).body).toEqual({ n: 1, result: '+' })
    const inbox = await owner.query('select body from refused where id = $1', [trial.id])
    expect(inbox.rows.map((row) => JSON.parse(row.body).body)).toEqual([{ n: 1, result: '-' }])
  })

  it('G3 F4 knows an id that was given out before, under whatever number its device counts it now', async () => {
    const phone = device(school.people.maya, NOW, 'renumbered')
    const { records } = sessionOf(school, phone, [{ result: '+' }])
    expect(statuses(await school.push(school.people.maya, records))).toEqual(['accepted', 'accepted'])
    const fresh = phone.record('sessions.trial', {
      student: records[0]?.student ?? null,
      refs: records[1]?.refs ?? {},
      body: { n: 2, result: '+' },
    })
    const again = { ...fresh, id: records[1]?.id ?? '', seq: fresh.seq + 100 }
    const answer = await school.push(school.people.maya, [fresh, again])
    expect(statuses(answer)).toEqual(['accepted', 'conflict record.id_reused'])
    // and on a device that the server has never heard of
    const other = device(school.people.maya, NOW, 'elsewhere')
    const copied = { ...fresh, device: other.id, seq: 1 }
    expect(statuses(await school.push(school.people.maya, [copied]))).toEqual(['conflict record.id_reused'])
    expect((await stored([fresh.id, again.id])).map((row) => JSON.parse(row.envelope))).toEqual([
      records[1],
      fresh,
    ])
  })

  it('G3 F3 accepts fifty identical batches at once as one', async () => {
    const { records } = sessionOf(school, device(school.people.maya, NOW, 'burst'), [{ result: '+' }])
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => school.push(school.people.maya, records)),
    )
    const all = answers.flatMap(statuses)
    expect(all.filter((status) => status === 'accepted')).toHaveLength(2)
    expect(all.filter((status) => status === 'duplicate')).toHaveLength(98)
    expect(await stored(records.map((record) => record.id))).toHaveLength(2)
  })

  it('finds a partition by its key, on a connection that first asked when there was next to nothing', async () => {
    // a plan that is kept is as old as the connection: it once walked all records of the district three times a batch
    const young = await openSchool(name, 'Young')
    const one = new Database({
      url: young.db.appUrl,
      connections: 1,
      clock: () => NOW,
      historyStart: () => NOW,
    })
    const reader = new pg.Client({ connectionString: young.db.ownerUrl })
    await reader.connect()
    const countOf = async (text: string) => (await reader.query<{ n: number }>(text)).rows[0]?.n ?? 0
    const read = async () => {
      await one.pool.query('select pg_stat_force_next_flush()')
      return countOf(
        "select (idx_tup_fetch + seq_tup_read)::int as n from pg_stat_user_tables where relname = 'record'",
      )
    }
    const phone = device(young.people.maya, NOW, 'young')
    const push = async () => {
      const { records } = sessionOf(
        young,
        phone,
        Array.from({ length: 30 }, () => ({ result: '+' as const })),
      )
      return ingest({ ...young.services, database: one }, young.people.maya, records)
    }
    for (let n = 0; n < 20; n++) await push()
    const before = await read()
    expect(new Set(statuses(await push()))).toEqual(new Set(['accepted']))
    const fetched = (await read()) - before
    const stored = await countOf('select count(*)::int as n from handrail.record')
    await Promise.all([one.close(), reader.end()])
    await young.close()
    // PostgreSQL 15 may still walk them once, for the ids, until it has counted the table
    expect(stored).toBe(21 * 31 + 1)
    expect(fetched).toBeLessThan(stored + 10)
  })

  it('G4 F19 never lets a bad record hold up its neighbours, and says what is wrong with it', async () => {
    const phone = device(school.people.maya, NOW, 'mixed')
    const { session, records } = sessionOf(school, phone, [{ result: '+' }])
    const refs = { session, program: school.program }
    const student = school.students.amari
    const trial = (body: Record<string, string | number>, extra = {}) =>
      phone.record('sessions.trial', { student, refs, body, extra })
    const batch = [
      { nonsense: true },
      null,
      { ...trial({ n: 2, result: '+' }), id: 'not-a-uuid' },
      { ...trial({ n: 2, result: '+' }), kind: 'sessions.unheard_of' },
      { ...trial({ n: 2, result: '+' }), v: 9 },
      trial({ n: 2, result: 'maybe' }),
      { ...trial({ n: 2, result: '+' }), refs: { session } },
      { ...trial({ n: 2, result: '+' }), student: null },
      { ...trial({ n: 2, result: '+', level: 'G\u0000' }) },
      { ...trial({ n: 2, result: '+', level: '\ud800' }) },
      phone.record('sessions.program', {
        student,
        refs: { program: school.program },
        body: { title: 'x'.repeat(70_000) },
      }),
      phone.record('sessions.void', { student, refs, replaces: records[1]?.id ?? '' }),
      ...records,
    ]
    const answer = await school.push(school.people.maya, batch)
    expect(statuses(answer)).toEqual([
      'refused record.malformed',
      'refused record.malformed',
      'refused record.malformed',
      'refused record.unknown_kind',
      'refused record.unknown_version',
      'refused record.body',
      'refused record.refs',
      'refused record.student_missing',
      'refused record.unstorable',
      'refused record.unstorable',
      'refused record.too_large',
      'refused record.reason_missing',
      'accepted',
      'accepted',
    ])
    expect(answer.acks[5]?.field).toBe('body.result')
    expect(answer.acks[6]?.field).toBe('refs.program')
    expect(answer.acks[8]?.field).toBe('body.level')
    const inbox = await owner.query('select count(*)::int as n from refused where uploaded_by = $1', [
      school.people.maya.person,
    ])
    expect(inbox.rows[0].n).toBeGreaterThanOrEqual(12)
  })

  it('G5 F27 gives positions in commit order: whoever has seen position n has seen all before it', async () => {
    const seen: number[][] = []
    let polling = true
    const poll = (async () => {
      const client = new pg.Client({
        connectionString: school.db.ownerUrl,
        options: '-c search_path=handrail',
      })
      await client.connect()
      while (polling)
        seen.push((await client.query('select pos::int from record order by pos')).rows.map((row) => row.pos))
      await client.end()
    })()
    await Promise.all(
      Array.from({ length: 12 }, (_, i) => {
        const { records } = sessionOf(
          school,
          device(school.people.maya, NOW, `racer ${i}`),
          Array.from({ length: 30 }, () => ({ result: '+' })),
        )
        return school.push(school.people.maya, records)
      }),
    )
    polling = false
    await poll
    for (let i = 1; i < seen.length; i++) {
      const before = new Set(seen[i - 1])
      const highest = Math.max(0, ...before)
      // a row that appears later below the highest position already seen would be skipped by a cursor
      expect(seen[i]?.filter((pos) => !before.has(pos) && pos <= highest)).toEqual([])
    }
    const positions = seen.at(-1) ?? []
    expect(new Set(positions).size).toBe(positions.length)
  })

  it('G8 leaves one entry in the trail for each batch, with the digests', async () => {
    const { records } = sessionOf(school, device(school.people.maya, NOW, 'audited'), [{ result: '+' }])
    const before = await owner.query("select count(*)::int as n from audit where action = 'records.ingest'")
    const answer = await school.push(school.people.maya, records)
    const after = await owner.query(
      "select actor, detail from audit where action = 'records.ingest' order by audit_id desc limit 1",
    )
    expect(after.rows[0].actor).toBe(school.people.maya.person)
    expect(JSON.parse(after.rows[0].detail).accepted).toEqual(answer.acks.map((ack) => [ack.id, ack.digest]))
    const count = await owner.query("select count(*)::int as n from audit where action = 'records.ingest'")
    expect(count.rows[0].n).toBe(before.rows[0].n + 1)
  })

  it('F16 takes records of a clock two days off, and marks how far it was off', async () => {
    const phone = device(school.people.maya, NOW - 2 * DAY, 'slow clock')
    const { records } = sessionOf(school, phone, [{ result: '+' }])
    const answer = await school.push(school.people.maya, records, new Date(NOW - 2 * DAY).toISOString())
    expect(statuses(answer)).toEqual(['accepted', 'accepted'])
    const rows = await owner.query('select skew_ms::int as skew from record where device = $1', [phone.id])
    expect(new Set(rows.rows.map((row) => row.skew))).toEqual(new Set([2 * DAY]))
  })

  it('F18 files a record under the day at the school, not the day in UTC', async () => {
    const evening = Date.parse('2026-11-03T03:30:00.000Z') // still 2 November in Chicago
    const phone = device(school.people.maya, evening, 'evening')
    const { records } = sessionOf(school, phone, [], evening)
    await school.push(school.people.maya, records)
    const rows = await owner.query('select day::text from record where device = $1', [phone.id])
    expect(rows.rows).toEqual([{ day: '2026-11-02' }])
    expect(records[0]?.tz).toBe(TZ)
  })

  it('G9 takes an envelope without order and monotonic clock, and puts it where its time says', async () => {
    const phone = device(school.people.maya, NOW, 'plain')
    const { session, records } = sessionOf(school, phone, [{ result: '+' }, { result: '-' }])
    const plain = records.map(({ ord: _ord, mono: _mono, ...envelope }) => envelope)
    expect(statuses(await school.push(school.people.maya, plain.toReversed()))).toEqual([
      'accepted',
      'accepted',
      'accepted',
    ])
    const { rows } = await owner.query("select state from projection where part like '%' || $1", [session])
    const state = JSON.parse(rows[0].state)
    expect(state.items.map((item: { code: string }) => item.code)).toEqual(['+', '-'])
    expect(state.flags).toEqual([])
    expect(JSON.parse((await stored([plain[0]?.id ?? '']))[0].envelope)).toEqual(plain[0])
  })

  it('F14 refuses a session that claims to measure otherwise than its program says', async () => {
    const phone = device(school.people.maya, NOW, 'forger')
    const { records } = sessionOf(school, phone, [])
    const start = records[0]
    if (!start) throw new Error('no start')
    const easier = { ...start.body, measure: { ...(start.body['measure'] as object), min_opportunities: 0 } }
    const answer = await school.push(school.people.maya, [{ ...start, body: easier }])
    expect(statuses(answer)).toEqual(['refused session.measure_differs'])
  })

  it('lets the author correct on the same day, and only the case manager later or for somebody else', async () => {
    const phone = device(school.people.maya, NOW, 'corrector')
    const { session, records } = sessionOf(school, phone, [{ result: '+' }, { result: '-' }])
    await school.push(school.people.maya, records)
    const refs = { session, program: school.program }
    const student = school.students.amari
    const fix = (who: ReturnType<typeof device>, target: string | undefined) =>
      who.record('sessions.trial', {
        student,
        refs,
        body: { n: 1, result: '-' },
        replaces: target ?? '',
        reason: 'mis_tap',
        at: school.now(),
      })
    expect(statuses(await school.push(school.people.maya, [fix(phone, records[1]?.id)]))).toEqual([
      'accepted',
    ])
    expect(
      statuses(await school.push(school.people.kim, [fix(device(school.people.kim), records[2]?.id)])),
    ).toEqual(['refused record.not_yours'])
    school.setNow(NOW + 3 * DAY)
    expect(statuses(await school.push(school.people.maya, [fix(phone, records[2]?.id)]))).toEqual([
      'refused record.not_yours',
    ])
    expect(
      statuses(await school.push(school.people.dana, [fix(device(school.people.dana), records[2]?.id)])),
    ).toEqual(['accepted'])
    school.setNow(NOW)
  })

  it('AW-42 refuses a para who publishes a program, a phase or an aim', async () => {
    const phone = device(school.people.maya, NOW, 'ambitious')
    const student = school.students.amari
    const refs = { program: school.program }
    const answer = await school.push(school.people.maya, [
      phone.record('sessions.phase', {
        student,
        refs,
        body: { label: 'New', condition: 'intervention', from: '2026-11-03', major: true, why: '' },
      }),
      phone.record('progress.aim', {
        student,
        refs,
        body: { from: '2026-09-08', from_value: 20, to: '2027-05-18', to_value: 56, basis: 'guess' },
      }),
    ])
    expect(statuses(answer)).toEqual(['refused record.not_permitted', 'refused record.not_permitted'])
  })

  it('splits a batch that straddles the end of a relationship and judges each record at its own time', async () => {
    const end = Date.parse('2026-06-05T20:00:00.000Z')
    school.setNow(end + DAY)
    const phone = device(school.people.eve, end - 10_000, 'straddler')
    const { records } = sessionOf(school, phone, [{ result: '+' }, { result: '+' }], end - 5000)
    const late = phone.record('sessions.trial', {
      student: school.students.amari,
      refs: records[1]?.refs ?? {},
      body: { n: 3, result: '+' },
      at: end + 5000,
    })
    expect(statuses(await school.push(school.people.eve, [...records, late]))).toEqual([
      'accepted',
      'accepted',
      'accepted',
      'refused record.not_permitted',
    ])
    school.setNow(end + 20 * DAY)
    const again = sessionOf(school, device(school.people.eve, end - 9000, 'too late'), [], end - 8000)
    expect(statuses(await school.push(school.people.eve, again.records))).toEqual(['refused record.too_late'])
    school.setNow(NOW)
  })

  it('refuses a record whose own time and corrected time disagree about the relationship', async () => {
    // Kim's shift ends 21:30Z; a clock that is nine hours slow claims 14:52Z for something that happened at 23:52Z
    const phone = device(school.people.kim, NOW)
    school.setNow(NOW + 9 * 3_600_000)
    const { records } = sessionOf(school, phone, [])
    expect(statuses(await school.push(school.people.kim, records, new Date(NOW).toISOString()))).toEqual([
      'refused record.clock_disagrees',
    ])
    school.setNow(NOW)
  })

  it('keeps at most 500 records in a batch of any size the caller hands in, none lost', async () => {
    const phone = device(school.people.maya, NOW, 'long day')
    const { records } = sessionOf(
      school,
      phone,
      Array.from({ length: 499 }, () => ({ result: '+' })),
    )
    const answer = await school.push(school.people.maya, records)
    expect(answer.acks.filter((ack) => ack.status === 'accepted')).toHaveLength(500)
    expect(await stored(records.map((record) => record.id))).toHaveLength(500)
    expect(uuidv7(NOW)).not.toBe(uuidv7(NOW))
  })
})
