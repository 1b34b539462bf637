/**
 * The sealed path over real HTTP with real cryptography: what one person made and another carries. The carrier is
 * Nia, who works with none of these students; Kim is a substitute whose day with Amari is over.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import pg from 'pg'
import { cedarBend } from '../demo/cedar-bend.ts'
import { personId, studentId } from '../demo/people.ts'
import { uuidv7 } from '../platform/core/ids.ts'
import type { Envelope } from '../platform/records/envelope.ts'
import { base64urlOf, type SealedRecord } from '../platform/records/sealed.ts'
import type { FeedResponse, SealedPushResponse } from '../platform/records/wire.ts'
import { SealKeys } from '../platform/server/seal-keys.ts'
import { testEngines } from '../platform/server/testing.ts'
import { openBrowser, type Browser } from './browser.ts'
import { openRunning, publishProgram, type Running, type Visitor } from './running.ts'
import { device, id, MEASURE } from './school.ts'

const TUESDAY = '2026-11-03T14:52:00.000Z'
/** Kim covered for Maya at Amari's side on 22 October from 07:15 to 15:30 in Chicago. */
const IN_SHIFT = Date.parse('2026-10-22T14:00:00.000Z')
const AFTER_SHIFT = Date.parse('2026-10-22T20:31:00.000Z')
const { district } = cedarBend()
const who = (key: 'maya' | 'kim' | 'nia' | 'dana') => ({
  district: district.id,
  person: personId(key),
  roles: [],
})

describe.each(testEngines())('sealed records on $name', { timeout: 60_000 }, ({ name }) => {
  let house: Running
  let owner: pg.Client
  let nia: Visitor
  let maya: Visitor
  let dana: Visitor
  let kims: Browser
  let mayas: Browser
  let program: { student: string; program: string; version: string }
  let kimsPhone: ReturnType<typeof device>
  let mayasPhone: ReturnType<typeof device>
  const amari = studentId('am')

  beforeAll(async () => {
    house = await openRunning(name, { demo: true })
    owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
    ;[nia, maya, dana] = (await Promise.all(
      (['nia', 'maya', 'dana'] as const).map((key) => house.member(district.id, personId(key))),
    )) as [Visitor, Visitor, Visitor]
    await dana.post('/api/demo/clock', { at: TUESDAY })
    program = await publishProgram(house, dana, amari)
    kimsPhone = device(who('kim'), IN_SHIFT, 'tablet of room 12')
    mayasPhone = device(who('maya'), Date.parse(TUESDAY) - 60_000, 'tablet of room 12')
    kims = await openBrowser(await house.member(district.id, personId('kim')), who('kim'), kimsPhone.id)
    mayas = await openBrowser(maya, who('maya'), mayasPhone.id)
  })
  afterAll(async () => {
    await owner.end()
    await house.close()
  })

  const trial = (
    phone: ReturnType<typeof device>,
    at?: number,
    session = uuidv7(at ?? Date.parse(TUESDAY)),
  ) =>
    phone.record('sessions.trial', {
      student: amari,
      refs: { session, program: program.program },
      body: { n: 1, result: '+' },
      ...(at === undefined ? {} : { at }),
    })
  const carry = async (records: readonly unknown[], by = nia) => {
    const answer = await by.post('/api/records/sealed', { records })
    expect(answer.status, answer.text).toBe(200)
    return answer.json<SealedPushResponse>().acks
  }
  const said = async (records: readonly unknown[], by = nia) =>
    (await carry(records, by)).map(({ status, code }) => (code ? `${status} ${code}` : status))
  const stored = async (ids: readonly string[]) =>
    (
      await owner.query(
        'select id, author, uploaded_by, device, seq, envelope from record where id = any($1) order by seq',
        [ids],
      )
    ).rows
  const inboxRow = async (record: string) =>
    (
      await owner.query('select author, uploaded_by, code, student_id, body from refused where id = $1', [
        record,
      ])
    ).rows
  const count = async (query: string, values: unknown[] = []) =>
    Number((await owner.query(`select count(*) as n from ${query}`, values)).rows[0].n)

  it('G1 F33 takes in what a former person made, judged by their own day, whoever carries it', async () => {
    const session = uuidv7(IN_SHIFT)
    const start = kimsPhone.record('sessions.start', {
      student: amari,
      refs: { session, program: program.program, version: program.version },
      body: {
        measure: MEASURE as never,
        condition: 'intervention',
        observer: 'primary',
        setting: 'Room 12',
        tags: [],
      },
      at: IN_SHIFT,
    })
    const records = [
      start,
      trial(kimsPhone, IN_SHIFT + 5000, session),
      trial(kimsPhone, AFTER_SHIFT, session),
    ]
    const acks = await carry(await kims.seal(records))
    // nothing but which record, what became of it and, for a no, why
    expect(acks).toEqual([
      { id: records[0]?.id, status: 'accepted' },
      { id: records[1]?.id, status: 'accepted' },
      { id: records[2]?.id, status: 'refused', code: 'record.not_permitted' },
    ])
    const rows = await stored(records.map((record) => record.id))
    expect(rows.map((row) => [row.author, row.uploaded_by])).toEqual(
      Array.from({ length: 2 }, () => [personId('kim'), personId('nia')]),
    )
    expect(rows.map((row) => JSON.parse(row.envelope))).toEqual(records.slice(0, 2))
    // what was refused is the author's, for their supervisor, and not the carrier's to read
    expect(await inboxRow(records[2]?.id ?? '')).toMatchObject([
      { author: personId('kim'), uploaded_by: personId('nia'), student_id: amari },
    ])
    expect((await dana.get('/api/inbox')).text).toContain(records[2]?.id)
    expect((await nia.get('/api/inbox')).text).not.toContain(records[2]?.id)
  })

  it('G7 lets who has nothing to do with a student carry and not read', async () => {
    const record = trial(mayasPhone)
    expect(await said(await mayas.seal([record]))).toEqual(['accepted'])
    const feed = (await nia.get('/api/feed')).json<FeedResponse>()
    expect(feed.records.filter((one) => one.envelope.student === amari)).toEqual([])
    expect((await nia.get('/api/feed')).text).not.toContain(record.id)
    const own = (await maya.get('/api/feed')).json<FeedResponse>()
    expect(own.records.find((one) => one.envelope.id === record.id)?.author).toBe(personId('maya'))
  })

  it('G8 names the carrier as who did it and the author as whose it is', async () => {
    const record = trial(mayasPhone)
    await carry(await mayas.seal([record]))
    const { rows } = await owner.query(
      `select actor, detail from audit where action = 'records.ingest' and detail like '%' || $1 || '%'`,
      [record.id],
    )
    expect(rows.map((row) => [row.actor, JSON.parse(row.detail).author])).toEqual([
      [personId('nia'), personId('maya')],
    ])
  })

  it('G3 F2 F29 takes a record once, however often and by whichever path it comes', async () => {
    const [first, second] = [trial(mayasPhone), trial(mayasPhone)]
    const letters = await mayas.seal([first, second])
    expect(await said([letters[0]])).toEqual(['accepted'])
    expect(await said([letters[0], letters[0], ...(await mayas.seal([first]))])).toEqual(
      Array.from({ length: 3 }, () => 'duplicate'),
    )
    expect(await said(letters, dana)).toEqual(['duplicate', 'accepted'])
    const own = await maya.post('/api/records', { records: [first, second] })
    expect(own.json<SealedPushResponse>().acks.map((ack) => ack.status)).toEqual(['duplicate', 'duplicate'])
    expect(await stored([first.id, second.id])).toHaveLength(2)
    // the same bytes in somebody else's name are another record
    const theirs = await dana.post('/api/records', { records: [first] })
    expect(theirs.json<SealedPushResponse>().acks[0]).toMatchObject({
      status: 'conflict',
      code: 'record.id_reused',
    })
    const other = { ...first, body: { n: 1, result: '-' } }
    expect(await said(await mayas.seal([other]))).toEqual(['conflict record.id_reused'])
    expect(JSON.parse((await stored([first.id]))[0].envelope).body).toEqual({ n: 1, result: '+' })
  })

  it('G3 F3 takes one letter once when many carry it at once', async () => {
    const letters = await mayas.seal([trial(mayasPhone), trial(mayasPhone)])
    const acks = await Promise.all(
      Array.from({ length: 8 }, (_, i) => said(letters, [nia, dana, maya][i % 3])),
    )
    const all = acks.flat()
    expect(all.filter((status) => status === 'accepted')).toHaveLength(2)
    expect(all.filter((status) => status === 'duplicate')).toHaveLength(14)
  })

  it('G4 F19 judges each alone: what was altered, cut or sealed to a stranger never holds up its neighbours', async () => {
    const stranger = new SealKeys(house.dataDir)
    const elsewhere = await stranger.current(id('another district'))
    const records = Array.from({ length: 9 }, () => trial(mayasPhone))
    const sealed = await mayas.seal(records)
    const alter = (index: number, how: (one: SealedRecord) => unknown) => how(sealed[index] as SealedRecord)
    const flip = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
    const batch = [
      sealed[0],
      alter(1, (one) => ({ ...one, ct: flip(one.ct) })),
      alter(2, (one) => ({ ...one, ct: one.ct.slice(0, -20) })),
      alter(3, (one) => ({ ...one, id: records[4]?.id })),
      alter(4, (one) => ({ ...one, key: uuidv7(1) })),
      alter(5, (one) => ({ ...one, enc: flip(one.enc) })),
      ...(await mayas.seal([records[6] as Envelope], { sealedTo: elsewhere })),
      alter(7, ({ ct: _ct, ...one }) => one),
      'no record at all',
      alter(8, (one) => one),
    ]
    expect(await said(batch)).toEqual([
      'accepted',
      ...Array.from({ length: 8 }, () => 'refused record.unreadable'),
      'accepted',
    ])
    // kept as it came, in nobody's name
    expect(await inboxRow(records[1]?.id ?? '')).toMatchObject([
      { author: null, uploaded_by: personId('nia'), code: 'record.unreadable', student_id: null },
    ])
    const [kept] = await inboxRow(records[1]?.id ?? '')
    expect(JSON.parse(kept.body)).toEqual(batch[1])
    expect(await stored(records.map((record) => record.id))).toHaveLength(2)
  })

  it('G7 believes no name without its signature', async () => {
    const imposter = device(who('kim'), Date.parse(TUESDAY), 'own phone')
    const kimAlone = await openBrowser(
      await house.member(district.id, personId('kim')),
      who('kim'),
      imposter.id,
    )
    const good = trial(mayasPhone)
    const again = { ...trial(mayasPhone), seq: good.seq + 100 }
    const cases: [string, Promise<SealedRecord[]>][] = [
      ["in Maya's name by Kim's key", kims.seal([trial(kimsPhone, IN_SHIFT)], { person: personId('maya') })],
      [
        "with the name of Maya's key",
        kims.seal([trial(mayasPhone)], { person: personId('maya'), signer: mayas.key }),
      ],
      ['by a key that nobody registered', mayas.seal([trial(mayasPhone)], { signer: uuidv7(5) })],
      ['on another device than the key’s', kimAlone.seal([trial(kimsPhone, IN_SHIFT)])],
      ['for another district', mayas.seal([trial(mayasPhone)], { district: id('another district') })],
      ['of nothing', mayas.seal([trial(mayasPhone)], { signature: base64urlOf(new Uint8Array(64)) })],
      ['that is no signature', mayas.seal([trial(mayasPhone)], { signature: 'AAAA' })],
      ['of the record with another seq', mayas.seal([again], { signed: { ...again, seq: again.seq - 100 } })],
      ['of other bytes of what is malformed', mayas.seal([{ ...trial(mayasPhone), v: 0 }], { signed: good })],
    ]
    const letters = (await Promise.all(cases.map(([, sealed]) => sealed))).flat()
    const before = await count('record')
    const results = await said([...letters, ...(await mayas.seal([good]))])
    expect(Object.fromEntries(cases.map(([what], i) => [what, results[i]]))).toEqual(
      Object.fromEntries(cases.map(([what]) => [what, 'refused record.signature'])),
    )
    expect(results.at(-1)).toBe('accepted')
    expect(await count('record')).toBe(before + 1)
    const [kept] = await inboxRow(letters[1]?.id ?? '')
    expect(kept).toMatchObject({ author: personId('maya'), uploaded_by: personId('nia'), student_id: amari })
    expect(JSON.parse(kept.body)).toMatchObject({ id: letters[1]?.id, kind: 'sessions.trial' })
    expect((await nia.get('/api/inbox')).text).not.toContain(letters[1]?.id)
    // a claim that nobody proved has not arrived from anywhere
    const { rows } = await owner.query(
      'select arrived @> $2::bigint as came from device_seq where device = $1',
      [mayasPhone.id, again.seq],
    )
    expect(rows).toEqual([{ came: false }])
  })

  it('G4 keeps what a signed record does wrong in its author’s name, and knows that it arrived', async () => {
    const wrong = { ...trial(mayasPhone), body: { n: 1, result: 'maybe' } }
    const bad = { ...trial(mayasPhone), kind: 'sessions.unheard_of' }
    expect(await said(await mayas.seal([wrong, bad]))).toEqual([
      'refused record.body',
      'refused record.unknown_kind',
    ])
    expect(await inboxRow(wrong.id)).toMatchObject([
      { author: personId('maya'), uploaded_by: personId('nia') },
    ])
    const { rows } = await owner.query(
      'select arrived @> $2::bigint and arrived @> $3::bigint as both from device_seq where device = $1',
      [mayasPhone.id, wrong.seq, bad.seq],
    )
    expect(rows).toEqual([{ both: true }])
  })

  it('G4 takes the records of two people in one batch, each by their own relationships', async () => {
    const hers = trial(mayasPhone)
    const theirs = trial(kimsPhone, IN_SHIFT + 60_000)
    const late = trial(kimsPhone, AFTER_SHIFT + 1000)
    const letters = [
      ...(await kims.seal([late])),
      ...(await mayas.seal([hers])),
      ...(await kims.seal([theirs])),
    ]
    expect(await said(letters)).toEqual(['refused record.not_permitted', 'accepted', 'accepted'])
    const rows = await stored([hers.id, theirs.id])
    expect(Object.fromEntries(rows.map((row) => [row.id, row.author]))).toEqual({
      [hers.id]: personId('maya'),
      [theirs.id]: personId('kim'),
    })
  })

  it('G4 keeps what a signed-out device signed for the supervisor and the author', async () => {
    const phone = device(who('maya'), Date.parse(TUESDAY), 'lost phone')
    const lost = await openBrowser(maya, who('maya'), phone.id)
    const records = [trial(phone), trial(phone)]
    const letters = await lost.seal(records)
    expect(await said(letters.slice(0, 1))).toEqual(['accepted'])
    await owner.query('update device_key set revoked = now() where key_id = $1', [lost.key])
    expect(await said(letters)).toEqual(['refused record.key_revoked', 'refused record.key_revoked'])
    expect(await inboxRow(records[1]?.id ?? '')).toMatchObject([
      { author: personId('maya'), uploaded_by: personId('nia'), code: 'record.key_revoked' },
    ])
    for (const reader of [maya, dana]) expect((await reader.get('/api/inbox')).text).toContain(records[1]?.id)
    expect((await nia.get('/api/inbox')).text).not.toContain(records[1]?.id)
  })

  it('G1 opens what is sealed to a key that was replaced', async () => {
    const before = await mayas.seal([trial(mayasPhone)])
    await new SealKeys(house.dataDir).rotate(district.id)
    const next = await openBrowser(maya, who('maya'), mayasPhone.id)
    expect(next.opened.seal.key).not.toBe(mayas.opened.seal.key)
    expect(await said([...before, ...(await next.seal([trial(mayasPhone)]))])).toEqual([
      'accepted',
      'accepted',
    ])
  })

  it('G7 lets PostgreSQL refuse another author, carrier or actor than the transaction’s own', async () => {
    const app = new pg.Client({ connectionString: house.core.appUrl, options: '-c search_path=handrail' })
    await app.connect()
    const [her, carrier] = [personId('maya'), personId('nia')]
    const outcome = async (uploader: string, text: string, values: string[]) => {
      await app.query('begin')
      await app.query(
        `set local app.district = '${district.id}'; set local app.person = '${her}';
         set local app.uploader = '${uploader}'; set local app.create_auds = '{1}'`,
      )
      const said = await app.query(text, [district.id, uuidv7(1), ...values]).then(
        () => 'done',
        (error: { code: string }) => error.code,
      )
      await app.query('rollback')
      return said
    }
    const record = (uploader: string, author: string, by: string) =>
      outcome(
        uploader,
        `insert into record (district_id, id, pos, aud, kind, act, standing, part, at, day, device, seq, author,
           uploaded_by, received, digest, envelope)
         values ($1, $2, 0, 1, 'test.tap', 'c', false, 'p', now(), now(), $1, 1, $3, $4, now(), '', '{}')`,
        [author, by],
      )
    const entry = (uploader: string, actor: string) =>
      outcome(
        uploader,
        "insert into audit (district_id, audit_id, at, actor, action, detail) values ($1, $2, now(), $3, 'test', '{}')",
        [actor],
      )
    const REFUSED = '42501'
    expect([await record('', her, her), await record(carrier, her, carrier)]).toEqual(['done', 'done'])
    expect([
      await record('', her, carrier),
      await record(carrier, her, her),
      await record(carrier, carrier, carrier),
      await record(carrier, her, personId('dana')),
    ]).toEqual([REFUSED, REFUSED, REFUSED, REFUSED])
    expect([await entry('', her), await entry(carrier, carrier)]).toEqual(['done', 'done'])
    expect([await entry('', carrier), await entry(carrier, her)]).toEqual([REFUSED, REFUSED])
    await app.end()
  })

  it('refuses whoever is not signed in, and a batch of more than 500', async () => {
    expect((await house.visitor().post('/api/records/sealed', { records: [] })).status).toBe(401)
    const many = await nia.post('/api/records/sealed', { records: Array.from({ length: 501 }, () => null) })
    expect(many.status).toBe(422)
  })
})
