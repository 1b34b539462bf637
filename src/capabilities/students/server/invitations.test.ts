import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SCHOOL, personId, studentId } from '../../../demo/people.ts'
import { demoDevice, openRunning, type Running, type Visitor } from '../../../guarantees/running.ts'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { testEngines } from '../../../platform/server/testing.ts'

/** Wednesday at the school; the day on which Kim Tran covers for somebody until 15:30. */
const at = (time: string) => `2026-11-04T${time}:00.000-06:00`
const utc = (time: string) => new Date(at(time)).toISOString()
interface Who {
  person: { id: string }
  roles: string[]
  students: { id: string }[]
}

describe.each(testEngines().slice(0, 1))('invitations on $name', { timeout: 60_000 }, ({ name }) => {
  let house: Running
  let joan: Visitor
  let maya: Visitor
  let owner: pg.Client
  beforeAll(async () => {
    house = await openRunning(name, { demo: true })
    joan = await house.persona('coordinator')
    maya = await house.persona('para')
    owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
    await moveTo('07:20')
  })
  afterAll(async () => {
    await owner.end()
    await house.close()
  })

  const moveTo = async (time: string) =>
    expect((await joan.post('/api/demo/clock', { at: utc(time) })).status).toBe(200)
  const asking = (who: object, over: object = {}) => ({
    id: uuidv7(Date.now()),
    school: SCHOOL,
    who,
    until: utc('15:30'),
    ...over,
  })
  const kim = { person: personId('kim') }
  const invited = async (body: object) => {
    const answer = await joan.post('/api/invitations', body)
    expect(answer.status).toBe(200)
    return answer.json<{ token: string; until: number }>().token
  }
  const told = async (action: string) =>
    (await owner.query('select detail from audit where action = $1 order by audit_id', [action])).rows.map(
      (row) => JSON.parse(row.detail),
    )

  it('says whom one may invite, and until when they cover somebody today; to nobody who leads no school', async () => {
    const { schools, substitutes } = (await joan.get('/api/substitutes')).json<{
      schools: { id: string }[]
      substitutes: { id: string; name: string; until: number | null }[]
    }>()
    expect(schools.map(({ id }) => id)).toEqual([SCHOOL])
    expect(substitutes).toEqual([
      {
        id: personId('kim'),
        name: 'Kim Tran',
        until: Date.parse(at('15:30')),
        // as her hours of that Wednesday say (demo/cover.ts)
        comes: { from: Date.parse(at('07:15')), to: Date.parse(at('15:30')) },
        invitation: null,
      },
    ])
    expect((await maya.get('/api/substitutes')).status).toBe(404)
    expect((await maya.post('/api/invitations', asking(kim))).status).toBe(404)
  })

  it('G7 opens once, as that substitute, with the children of today and nobody else; and the trail says so', async () => {
    const token = await invited(asking(kim))
    const phone = house.visitor()
    expect((await phone.post('/api/invitations/open', { token })).status).toBe(200)
    const me = (await phone.get('/api/me')).json<Who>()
    expect(me.person.id).toBe(personId('kim'))
    expect(me.roles).toEqual(['substitute'])
    expect(me.students.map(({ id }) => id)).toEqual([studentId('am')])
    const again = house.visitor()
    expect((await again.post('/api/invitations/open', { token })).status).toBe(410)
    expect((await again.get('/api/me')).status).toBe(401)
    expect(await told('invitation.open')).toHaveLength(1)
    expect(await told('invitation.refuse')).toHaveLength(1)
  })

  it('keeps no secret that opens it, and no name in it', async () => {
    const token = await invited(asking({ given: 'Noa', family: 'Weiss' }))
    const { rows } = await owner.query('select * from invitation')
    const [, , secret = ''] = token.split('.')
    for (const row of rows)
      expect(JSON.stringify({ ...row, secret_hash: row.secret_hash.toString('utf8') })).not.toContain(secret)
    expect(token).not.toMatch(/noa|weiss/i)
    expect(JSON.stringify(await told('invitation.make'))).not.toMatch(/noa|weiss/i)
  })

  it('is one invitation for one id, and a newer one takes the place of one that was not opened', async () => {
    const body = asking(kim)
    const first = await invited(body)
    expect(await invited(body)).toBe(first)
    const second = await invited(asking(kim))
    expect(second).not.toBe(first)
    expect((await house.visitor().post('/api/invitations/open', { token: first })).status).toBe(410)
    expect((await house.visitor().post('/api/invitations/open', { token: second })).status).toBe(200)
  })

  it('invites somebody new by their name: a substitute until the end of the shift, with no student yet', async () => {
    const token = await invited(asking({ given: 'Ada', family: 'Lund' }))
    const phone = house.visitor()
    expect((await phone.post('/api/invitations/open', { token })).status).toBe(200)
    const me = (await phone.get('/api/me')).json<Who & { person: { name: string } }>()
    expect(me.person.name).toBe('Ada Lund')
    // and comes today, from now until then: cover may ask them (07:20 at the school)
    const { rows } = await owner.query(
      `select from_day::text, to_day::text, start_time::text, end_time::text from work_hours where person_id = $1`,
      [me.person.id],
    )
    expect(rows).toEqual([
      { from_day: '2026-11-04', to_day: '2026-11-04', start_time: '07:20:00', end_time: '15:30:00' },
    ])
    const kims = await owner.query('select 1 from work_hours where person_id = $1', [personId('kim')])
    // hers were said before, and are not said again
    expect(kims.rows).toHaveLength(1)
    expect(me.roles).toEqual(['substitute'])
    expect(me.students).toEqual([])
  })

  it('gives nobody a session who has another role, and none beyond the day', async () => {
    const codes = await Promise.all(
      [
        asking({ person: personId('maya') }),
        asking({ person: personId('joan') }),
        asking({ person: uuidv7(Date.now()) }),
        asking(kim, { school: uuidv7(Date.now()) }),
      ].map(async (body) => (await joan.post('/api/invitations', body)).status),
    )
    expect(codes).toEqual([404, 404, 404, 404])
    const tomorrow = asking(kim, { until: '2026-11-05T12:00:00.000Z' })
    const over = asking(kim, { until: utc('07:00') })
    for (const body of [tomorrow, over]) expect((await joan.post('/api/invitations', body)).status).toBe(422)
  })

  it('is ended from a screen: the link opens no more, whoever came in by it is signed out, and no others', async () => {
    const end = async (who: Visitor, invitation: string) =>
      (await who.post(`/api/invitations/${invitation}/end`, {})).status
    const standing = async () =>
      (await joan.get('/api/substitutes'))
        .json<{ substitutes: { id: string; invitation: { id: string; opened: number | null } | null }[] }>()
        .substitutes.find((one) => one.id === personId('kim'))?.invitation
    const body = asking(kim)
    const token = await invited(body)
    expect(await standing()).toMatchObject({ id: body.id, opened: null })
    expect(await end(maya, body.id)).toBe(404)
    expect(await end(joan, uuidv7(Date.now()))).toBe(404)
    expect(await end(joan, body.id)).toBe(200)
    expect(await standing()).toBe(null)
    expect((await house.visitor().post('/api/invitations/open', { token })).status).toBe(410)

    const next = asking(kim)
    const phone = house.visitor()
    expect((await phone.post('/api/invitations/open', { token: await invited(next) })).status).toBe(200)
    expect(await standing()).toMatchObject({ id: next.id, opened: expect.any(Number) })
    const toldBefore = (await told('invitation.end')).length
    for (let n = 0; n < 2; n++) expect(await end(joan, next.id)).toBe(200)
    expect((await phone.get('/api/me')).status).toBe(401)
    expect((await maya.get('/api/me')).status).toBe(200)
    expect((await told('invitation.end')).length).toBe(toldBefore + 1)
  })

  it('refuses what is no token of ours, alike', async () => {
    const token = await invited(asking(kim))
    const parts = token.split('.')
    for (const wrong of [
      '',
      'a.b.c',
      `${parts[0]}.${parts[1]}.${'A'.repeat(43)}`,
      `${uuidv7(1)}.${parts[1]}.${parts[2]}`,
      `${parts[0]}.${uuidv7(1)}.${parts[2]}`,
    ])
      expect((await house.visitor().post('/api/invitations/open', { token: wrong })).status).toBe(410)
    expect((await house.visitor().post('/api/invitations/open', { token })).status).toBe(200)
  })

  it('a session of an invitation is not prolonged by being used', async () => {
    const ends = async () =>
      (await owner.query('select "expiresAt", "endsAt" from identity.session where "endsAt" is not null'))
        .rows
    const rows = await ends()
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(row.expiresAt.getTime()).toBeLessThanOrEqual(row.endsAt.getTime())
    await owner.query(
      `update identity.session set "expiresAt" = now() + interval '90 days' where "endsAt" is not null`,
    )
    for (const row of await ends()) expect(row.expiresAt.getTime()).toBeLessThanOrEqual(row.endsAt.getTime())
  })

  it('AW-34 after the shift the same session sees nobody, and what it records then is refused and kept to be looked at', async () => {
    const token = await invited(asking(kim))
    const late = await invited(asking({ given: 'Ben', family: 'Ode' }))
    const phone = house.visitor()
    await phone.post('/api/invitations/open', { token })
    await moveTo('15:41')
    expect((await phone.get('/api/me')).json<Who>().students).toEqual([])
    const record = demoDevice(house, 'kim', 'after the shift').record('students.handback', {
      student: studentId('am'),
      refs: {},
      body: { well: 'Late.', tomorrow: '' },
    })
    const { acks } = (await phone.post('/api/records', { records: [record] })).json<{
      acks: { status: string; code: string }[]
    }>()
    expect(acks).toMatchObject([{ status: 'refused', code: 'record.not_permitted' }])
    const { rows } = await owner.query('select code from refused where id = $1', [record.id])
    expect(rows).toEqual([{ code: 'record.not_permitted' }])
    expect((await house.visitor().post('/api/invitations/open', { token: late })).status).toBe(410)
  })

  it('opens no more than twenty a minute from one address', async () => {
    const visitor = house.visitor()
    const codes = []
    for (let n = 0; n < 25; n++)
      codes.push((await visitor.post('/api/invitations/open', { token: 'a.b.c' })).status)
    expect(codes.at(-1)).toBe(429)
  })
})
