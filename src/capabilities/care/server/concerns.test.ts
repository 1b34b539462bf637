/** Concerns reach whoever looks at them, once, and nobody else: on a real PostgreSQL, in both walls. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../core.ts'
import { device, id, NOW, type Fields } from '../../../guarantees/school.ts'
import {
  actorOf,
  loadWorld,
  may,
  memberOf,
  MEMBERS,
  personOf,
  programBody,
  programId,
  push,
  studentId,
  type StudentName,
} from '../../../guarantees/world.ts'
import type { Envelope } from '../../../platform/records/envelope.ts'
import { defineWrite, type Database } from '../../../platform/server/db.ts'
import { createTestDatabase, testEngines, type TestDatabase } from '../../../platform/server/testing.ts'
import { rebuild } from '../../../platform/server/views.ts'
import { registry } from '../../../registry.ts'
import { concernsFor, openConcern, seeConcern } from './queries.ts'

const HOUR = 3_600_000
/** Domain B.3 and C.5: the nurse, and whoever manages the case. Nobody else answers for a concern of ash, fir or oak. */
const LOOKING = ['nurse', 'case manager']
const FEEDING = {
  system: 'feeding',
  plan: 'Feeding plan 1',
  signed_by: 'Speech therapist',
  valid_until: '2026-12-18',
  texture: '5',
  liquid: '2',
  position: 'upright',
  equipment: '',
}
const VISIT = { visit: 'scheduled', result: 'dry', clothing: 'dry', steps: {}, changed: false }

describe.each(testEngines())('concerns on $name', { timeout: 60_000 }, ({ name }) => {
  let db: TestDatabase
  let database: Database
  const now = NOW
  let phones = 0
  let plan: Envelope

  beforeAll(async () => {
    db = await createTestDatabase(name)
    database = openDatabase(db.appUrl, () => now)
    await loadWorld(database, NOW)
    plan = device(actorOf(memberOf('case manager')), NOW - HOUR, 'plan').record('sessions.program', {
      student: studentId('ash'),
      refs: { program: id('lunch of ash') },
      body: { ...programBody('Lunch'), measure: FEEDING },
    })
    await take('case manager', plan)
  })
  afterAll(async () => {
    await database.close()
    await db.drop()
  })

  it('G7 tells who looks, once each, without a word of whom or what; a record that is sent again tells nobody again', async () => {
    const entry = visit('ash', true)
    await take('para', entry)
    expect((await push(database, actorOf(memberOf('para')), [entry])).acks[0]?.status).toBe('duplicate')
    for (const who of LOOKING) {
      const { concerns } = await waiting(who)
      expect(concerns, who).toEqual([{ id: entry.id, at: Date.parse(entry.at), seen: [] }])
    }
    for (const { who } of MEMBERS.filter(({ who: one }) => !LOOKING.includes(one))) {
      expect((await waiting(who)).concerns, who).toEqual([])
      await expect(open(who, entry.id), who).rejects.toMatchObject({ code: 'access.denied' })
      await expect(see(who, entry.id), who).rejects.toMatchObject({ code: 'access.denied' })
    }
    expect(await open('nurse', entry.id)).toEqual({
      id: entry.id,
      at: Date.parse(entry.at),
      student: { id: studentId('ash'), initials: 'Q.V.', color: 1 },
      program: programId('ash'),
      by: 'Staff para',
      meal: null,
      signs: ['skin'],
      seen: [],
    })
    await take('para', withdrawn(entry))
  })

  it('G8 writes into the trail who was told, who opened it and who has seen it, without a name', async () => {
    const entry = visit('ash', true)
    await take('para', entry)
    await waiting('nurse')
    await open('nurse', entry.id)
    await see('nurse', entry.id)
    const trail = await database.asPerson(actorOf(memberOf('coordinator')), (tx) =>
      tx.read
        .selectFrom('audit')
        .select(['action', 'actor', 'detail'])
        .where('action', 'like', 'care.%')
        .where('detail', 'like', `%${entry.id}%`)
        .orderBy('audit_id')
        .execute(),
    )
    expect(trail).toEqual([
      { action: 'care.concerns', actor: personOf('nurse'), detail: `{"concerns":["${entry.id}"]}` },
      { action: 'care.concern.open', actor: personOf('nurse'), detail: `{"concern":"${entry.id}"}` },
      { action: 'care.concern.seen', actor: personOf('nurse'), detail: `{"concern":"${entry.id}"}` },
    ])
    await take('para', withdrawn(entry))
  })

  it('takes it back with the entry, whichever of the two arrives first, and a correction that says there was none', async () => {
    const first = visit('ash', true)
    const gone = withdrawn(first)
    // the device was without a network, and the batch came in halves
    await take('para', gone)
    await take('para', first)
    expect((await waiting('nurse')).concerns).toEqual([])
    await expect(open('nurse', first.id)).rejects.toMatchObject({ code: 'access.denied' })

    const second = visit('ash', true)
    await take('para', second)
    expect((await waiting('nurse')).concerns).toHaveLength(1)
    await take('para', visit('ash', false, { replaces: second.id, reason: 'mis_tap' }))
    expect((await waiting('nurse')).concerns).toEqual([])
  })

  it('AW-16 a meal that was stopped keeps its place through corrections, and waits again when more was seen', async () => {
    const first = meal(['cough'])
    await take('para', first)
    expect(await see('nurse', first.id)).toEqual({ at: now })
    expect(await see('nurse', first.id)).toEqual({ at: now })
    expect((await waiting('nurse')).concerns).toEqual([])
    // minutes are added to it: the same concern
    const second = meal(['cough'], { replaces: first.id, reason: 'other' }, { minutes: 11 })
    await take('para', second)
    expect((await waiting('nurse')).concerns).toEqual([])
    expect((await waiting('nurse', true)).concerns).toEqual([
      { id: first.id, at: Date.parse(second.at), seen: [{ name: 'Staff nurse', at: NOW }] },
    ])
    // choking as well: that has been seen by nobody
    await take('para', meal(['choking', 'cough'], { replaces: second.id, reason: 'other' }))
    expect((await waiting('nurse')).concerns).toMatchObject([{ id: first.id, seen: [] }])
    expect(await open('case manager', first.id)).toMatchObject({ meal: 'lunch', signs: ['cough', 'choking'] })
    await see('nurse', first.id)
    // each looks for themselves, and sees who else has
    expect((await waiting('case manager')).concerns).toMatchObject([
      { id: first.id, seen: [{ name: 'Staff nurse' }] },
    ])
    await see('case manager', first.id)
    expect((await waiting('case manager')).concerns).toEqual([])
  })

  it('G9 is there again, no more and no less, when every view is made anew', async () => {
    const entry = visit('ash', true)
    await take('para', entry)
    const before = await waiting('nurse')
    await rebuild(database, actorOf(memberOf('nurse')).district, registry)
    expect(await waiting('nurse')).toEqual(before)
    expect(before.concerns.filter((one) => one.id === entry.id)).toHaveLength(1)
    await take('para', withdrawn(entry))
  })

  it('G7 tells who leads the school where a student has neither nurse nor case manager, until somebody is', async () => {
    const entry = visit('fir', true)
    await take('para of another student', entry)
    const nobodyThere = async () => {
      const found: string[] = []
      for (const { who } of MEMBERS)
        if ((await waiting(who)).concerns.some((one) => one.id === entry.id)) found.push(who)
      return found
    }
    expect(await nobodyThere()).toEqual(['case manager', 'nurse'])
    await ended(['case manager', 'nurse'], 'fir', true)
    expect(await nobodyThere()).toEqual([
      'coordinator',
      'coordinator of a school',
      'coordinator under a court order',
      'administrator',
    ])
    expect(await open('coordinator of a school', entry.id)).toMatchObject({ signs: ['skin'] })
    await ended(['case manager', 'nurse'], 'fir', false)
    expect(await nobodyThere()).toEqual(['case manager', 'nurse'])
  })

  it('G7 the database shows who has seen it to whoever reads the record, and takes it in nobody else’s name', async () => {
    const entry = visit('ash', true)
    await take('para', entry)
    await see('nurse', entry.id)
    for (const member of MEMBERS) {
      const rows = await database.asPerson(actorOf(member), (tx) =>
        tx.read.selectFrom('care_seen').select('student_id').where('concern_id', '=', entry.id).execute(),
      )
      expect(rows.length, member.who).toBe(may(member, 'T4', 'ash') ? 1 : 0)
    }
    const [row] = await database.asPerson(actorOf(memberOf('nurse')), (tx) =>
      tx.read.selectFrom('care_seen').selectAll().where('concern_id', '=', entry.id).execute(),
    )
    if (!row) throw new Error('nobody has seen it')
    const say = defineWrite<{ person_id: string }, void>({
      audit: () => ({ action: 'care.concern.seen', detail: {} }),
      run: async (tables, { person_id }) =>
        void (await tables
          .insertInto('care_seen')
          .values({ ...row, signs: 'cough', person_id })
          .execute()),
    })
    for (const [who, person] of [
      ['nurse', 'case manager'],
      ['teacher', 'teacher'],
      ['para until yesterday', 'para until yesterday'],
      ['coordinator under a court order', 'coordinator under a court order'],
    ] as const)
      await expect(
        database.asPerson(actorOf(memberOf(who)), (tx) => tx.write(say, { person_id: personOf(person) })),
        who,
      ).rejects.toMatchObject({ code: '42501' })
  })

  function waiting(who: string, seen = false) {
    return database.asPerson(actorOf(memberOf(who)), (tx, reach) => concernsFor(tx, reach, seen))
  }
  function open(who: string, concern: string) {
    return database.asPerson(actorOf(memberOf(who)), (tx, reach) => openConcern(tx, reach, concern))
  }
  function see(who: string, concern: string) {
    return database.asPerson(actorOf(memberOf(who)), (tx, reach) => seeConcern(tx, reach, concern))
  }

  async function take(who: string, record: Envelope): Promise<void> {
    const { acks } = await push(database, actorOf(memberOf(who)), [record])
    expect(acks.map((ack) => ack.code ?? ack.status)).toEqual(['accepted'])
  }

  function phone(who: string) {
    return device(actorOf(memberOf(who)), NOW - 60_000 + 1000 * phones++, `phone ${phones}`)
  }
  function visit(student: StudentName, skin_concern: boolean, over: Fields = {}): Envelope {
    const refs = { log: id(`visits of ${student}`), program: programId(student) }
    const who = student === 'ash' ? 'para' : 'para of another student'
    return phone(who).record('care.toileting', {
      student: studentId(student),
      refs,
      body: { ...VISIT, skin_concern },
      ...over,
    })
  }
  function withdrawn({ id: replaces, student, refs }: Envelope): Envelope {
    return phone('para').record('care.void', { student, refs, replaces, reason: 'mis_tap' })
  }
  function meal(safety: readonly string[], over: Fields = {}, more: object = {}): Envelope {
    return phone('para').record('care.feeding', {
      student: studentId('ash'),
      refs: { log: id('meals of ash'), program: id('lunch of ash'), version: plan.id },
      body: { meal: 'lunch', safety: [...safety], ...more },
      ...over,
    })
  }

  async function ended(people: readonly string[], student: StudentName, isOver: boolean): Promise<void> {
    const { district } = actorOf(memberOf('nurse'))
    await database.asSystem(district, (_tx, tables) =>
      tables
        .updateTable('relationship')
        .set({ to_at: isOver ? new Date(now - HOUR) : null })
        .where('district_id', '=', district)
        .where('student_id', '=', studentId(student))
        .where('person_id', 'in', people.map(personOf))
        .execute(),
    )
  }
})
