/** Teams with history, guardians with rights that are independent of each other (domain B.1, B.7). */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../core.ts'
import { actorOf, districtId, loadWorld, memberOf, personOf, studentId } from '../../../guarantees/world.ts'
import { id, NOW, TZ } from '../../../guarantees/school.ts'
import type { Actor, Database, Reach, Tx } from '../../../platform/server/db.ts'
import { createTestDatabase, testEngines, type TestDatabase } from '../../../platform/server/testing.ts'
import type { AddGuardian, Rights } from '../people.ts'
import { addGuardian, addMember, endGuardian, endMember, teamOf } from './team.ts'

const ALL: Rights = {
  ferpa_access: true,
  educational_decision: true,
  pick_up: true,
  contact_allowed: true,
  receives_messages: true,
}

describe.each(testEngines())('the team of a student, $name', { timeout: 60_000 }, ({ name }) => {
  let db: TestDatabase
  let database: Database
  let owner: pg.Client
  let now = NOW
  beforeAll(async () => {
    db = await createTestDatabase(name)
    database = openDatabase(db.appUrl, () => now)
    owner = new pg.Client({ connectionString: db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
    await loadWorld(database, NOW)
  })
  afterAll(async () => {
    await owner.end()
    await database.close()
    await db.drop()
  })
  const ash = studentId('ash')
  const as = <T>(who: string, work: (tx: Tx, actor: Actor, reach: Reach) => Promise<T>) => {
    const actor = actorOf(memberOf(who))
    return database.asPerson(actor, (tx, reach) => work(tx, actor, reach))
  }
  const team = (who: string, student = ash) =>
    as(who, (tx, actor, reach) => teamOf(tx, actor, reach, student, TZ))
  const reaches = (who: string) =>
    as(who, (_tx, _actor, reach) => Promise.resolve(reach.students.includes(ash)))
  const trail = async (action: string) =>
    (
      await owner.query<{ detail: string }>(
        'select detail from audit where action = $1 order by at, audit_id',
        [action],
      )
    ).rows.map((row) => JSON.parse(row.detail) as Record<string, unknown>)

  it('shows the team to itself, and its history with reasons to who leads the school', async () => {
    const mine = await team('para')
    expect(mine.members.map(({ person }) => person)).toContain(personOf('para'))
    // who was there until yesterday or comes tomorrow is history, or not yet
    expect(mine.members.map(({ person }) => person)).not.toContain(personOf('para until yesterday'))
    expect(mine.members.every(({ why, endedWhy }) => why === '' && endedWhy === null)).toBe(true)
    expect(mine).toMatchObject({ guardians: null, adults: null, callOffice: false })

    const all = await team('coordinator')
    expect(all.members.map(({ person }) => person)).toContain(personOf('para until yesterday'))
    expect(all.adults?.map(({ id: adult }) => adult)).toContain(personOf('para of another student'))
    expect(all.adults?.map(({ id: adult }) => adult)).not.toContain(personOf('para of another school'))
    await expect(team('coordinator under a court order')).rejects.toThrow('Nothing is here.')
    await expect(team('administrator of another school')).rejects.toThrow('Nothing is here.')
    await expect(team('para of another student')).rejects.toThrow('Nothing is here.')
  })

  it('G7 G8 adds an adult for a reason, once, and ends it for a reason; nobody else may', async () => {
    const add = (who: string, more: object = {}) =>
      as(who, (tx, actor, reach) =>
        addMember(
          tx,
          actor,
          reach,
          ash,
          {
            id: id('new bond'),
            person: personOf('para of another student'),
            role: 'para',
            reason: 'Covers lunch from today',
            ...more,
          },
          TZ,
        ),
      )
    for (const who of ['para', 'case manager', 'office']) await expect(add(who)).rejects.toThrow('Your role')
    await expect(add('coordinator', { person: personOf('para of another school') })).rejects.toThrow(
      'Nothing is here',
    )
    await expect(add('coordinator', { person: personOf('volunteer') })).rejects.toThrow('Nothing is here')
    await expect(add('coordinator', { from: '2020-01-01' })).rejects.toThrow('dates')
    await expect(add('coordinator', { to: '2020-01-01' })).rejects.toThrow('dates')
    expect(await reaches('para of another student')).toBe(false)

    await add('coordinator')
    await add('coordinator')
    expect(await reaches('para of another student')).toBe(true)
    expect(await trail('team.add')).toEqual([
      {
        student: ash,
        person: personOf('para of another student'),
        role: 'para',
        relationship: id('new bond'),
        reason: 'Covers lunch from today',
      },
    ])

    now += 3_600_000
    const end = (who: string) =>
      as(who, (tx, actor, reach) =>
        endMember(tx, actor, reach, ash, { relationship: id('new bond'), reason: 'The post has moved' }),
      )
    await expect(end('para')).rejects.toThrow('Your role')
    await end('coordinator')
    await end('coordinator')
    expect(await reaches('para of another student')).toBe(false)
    expect(await trail('team.end')).toHaveLength(1)
    const row = (await team('coordinator')).members.find((one) => one.id === id('new bond'))
    expect(row).toMatchObject({
      from: new Date(NOW).toISOString(),
      to: new Date(now).toISOString(),
      source: 'manual',
      why: 'Covers lunch from today',
      endedWhy: 'The post has moved',
    })
  })

  const guardian = (more: Partial<AddGuardian> = {}): AddGuardian => ({
    id: id('first guardian'),
    person: null,
    given: 'Rosa',
    family: 'Vexworth',
    relation: 'parent',
    rights: ALL,
    order_doc: null,
    replaces: null,
    reason: 'Enrollment form',
    ...more,
  })
  const record = (who: string, input: AddGuardian) =>
    as(who, (tx, actor, reach) => addGuardian(tx, actor, reach, ash, input, TZ))

  it.each<[string, Partial<Rights>, AddGuardian['relation'], boolean]>([
    ['a parent with every right', {}, 'parent', true],
    ['a parent who wants no messages', { receives_messages: false }, 'parent', true],
    ['a parent who may not read records', { ferpa_access: false }, 'parent', false],
    ['a parent who does not decide', { educational_decision: false }, 'parent', false],
    ['a guardian who may not pick up', { pick_up: false }, 'guardian', false],
    ['a parent who may not be met', { contact_allowed: false }, 'parent', false],
    [
      'a neighbor who picks up and no more',
      { ferpa_access: false, educational_decision: false },
      'other',
      true,
    ],
    ['a neighbor who may not come near', { contact_allowed: false, pick_up: false }, 'other', false],
  ])('B.7 refuses a restriction without a document: %s', async (what, rights, relation, allowed) => {
    const input = guardian({ id: id(what), rights: { ...ALL, ...rights }, relation })
    if (allowed) await record('office', input)
    else {
      await expect(record('office', input)).rejects.toThrow('unless a document says otherwise')
      await record('office', { ...input, order_doc: 'Family court 26-114' })
    }
    // the second wall says the same
    const bare = owner.query(
      `insert into guardian select (jsonb_populate_record(null::guardian, to_jsonb(g) || jsonb_build_object(
         'guardian_id', $2::text, 'order_doc', null))).* from guardian g where guardian_id = $1`,
      [input.id, id(`${what} again`)],
    )
    if (allowed) expect(await bare).toMatchObject({ rowCount: 1 })
    else await expect(bare).rejects.toThrow('no_restriction_without_a_document')
    await as('office', (tx, actor, reach) =>
      endGuardian(tx, actor, reach, ash, { guardian: input.id, reason: 'end of the test' }),
    )
    await owner.query('delete from guardian where guardian_id = $1', [id(`${what} again`)])
  })

  it('B.7 tells staff only to call the office; the flags and the document are for who keeps the records', async () => {
    await record('office', guardian())
    expect((await team('para')).callOffice).toBe(false)
    await record(
      'office',
      guardian({
        id: id('second row'),
        person: id('first guardian'),
        rights: { ...ALL, pick_up: false },
        order_doc: 'Family court 26-114',
        replaces: id('first guardian'),
        reason: 'Order of November 2',
      }),
    )
    for (const who of ['para', 'case manager', 'nurse']) {
      const seen = await team(who)
      expect(seen).toMatchObject({ callOffice: true, guardians: null })
      expect(JSON.stringify(seen)).not.toContain('26-114')
      await expect(record(who, guardian({ id: id(`by ${who}`) }))).rejects.toThrow('Your role')
    }
    const kept =
      (await team('office')).guardians?.filter(({ name: called }) => called === 'Rosa Vexworth') ?? []
    expect(kept.find((row) => row.id === id('second row'))).toMatchObject({
      rights: { ...ALL, pick_up: false },
      orderDoc: 'Family court 26-114',
      endedWhy: null,
    })
    expect(kept.find((row) => row.id === id('first guardian'))).toMatchObject({
      endedWhy: 'Order of November 2',
    })
    // no document and no name in the trail
    expect(JSON.stringify(await trail('guardian.add'))).not.toMatch(/26-114|Rosa/)
    // a guardian is nobody's colleague: no record opens by it
    const { rows } = await owner.query(
      'select * from relationship where district_id = $1 and person_id = $2',
      [districtId('cedar'), id('first guardian')],
    )
    expect(rows).toEqual([])
  })
})
