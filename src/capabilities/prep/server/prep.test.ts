/** Prep and messages between adults over HTTP, on a real PostgreSQL. Who may ask at all is in matrix.test.ts. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personId } from '../../../demo/people.ts'
import { openRunning, type Running, type Visitor } from '../../../guarantees/running.ts'
import { id } from '../../../guarantees/school.ts'
import { testEngines } from '../../../platform/server/testing.ts'
import type { MessagePage } from '../../messages/wire.ts'
import type { PrepPage } from '../wire.ts'

describe.each(testEngines())('prep on $name', { timeout: 60_000 }, ({ name }) => {
  let house: Running
  let owner: pg.Client
  let dana: Visitor
  let maya: Visitor
  let andre: Visitor
  let joan: Visitor
  beforeAll(async () => {
    house = await openRunning(name, { demo: true })
    dana = await house.persona('case-manager')
    maya = await house.persona('para')
    andre = await house.persona('other-para')
    joan = await house.persona('coordinator')
    owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
  })
  afterAll(async () => {
    await owner.end()
    await house.close()
  })

  const sheets = {
    id: id('24 sheets'),
    person: personId('maya'),
    kind: 'copy',
    what: 'Fraction sheets',
    quantity: 24,
    group: 'Period 1',
    due: '2026-11-03T16:10:00.000Z',
  }
  const prep = async (who: Visitor) =>
    (await who.get('/api/prep')).json<PrepPage>().tasks.filter((task) => task.id === sheets.id)
  const withTheDay = async (who: Visitor, what: 'prep' | 'messages') =>
    (await who.get('/api/me')).json<{ brought: Record<string, unknown> }>().brought[what]
  const audited = async (action: string) =>
    (await owner.query<{ detail: string }>('select detail from audit where action = $1', [action])).rows

  it('AW-3 a teacher asks once; both ends see it, also kept with the day; nobody else does', async () => {
    for (let n = 0; n < 2; n++) expect((await dana.post('/api/prep', sheets)).status).toBe(200)
    expect(await audited('prep.ask')).toHaveLength(1)
    for (const who of [dana, maya]) {
      expect(await prep(who)).toMatchObject([
        { id: sheets.id, what: 'Fraction sheets', quantity: 24, is: 'asked', due: Date.parse(sheets.due) },
      ])
      expect(JSON.stringify(await withTheDay(who, 'prep'))).toContain(sheets.id)
    }
    expect(await prep(andre)).toEqual([])
    expect(await prep(joan)).toEqual([])
    // an aide asks nobody, and nobody is asked who is no aide
    expect((await maya.post('/api/prep', { ...sheets, id: id('by an aide') })).status).toBe(404)
    const toJoan = { ...sheets, id: id('to a coordinator'), person: personId('joan') }
    expect((await dana.post('/api/prep', toJoan)).status).toBe(404)
    // somebody else's id is not told of
    expect((await joan.post('/api/prep', sheets)).status).toBe(404)
  })

  it('AW-3 who was asked says how it stands; why not is said with it; who asked takes it back', async () => {
    const path = `/api/prep/${sheets.id}/say`
    expect((await andre.post(path, { is: 'done' })).status).toBe(404)
    expect((await dana.post(path, { is: 'done' })).status).toBe(404)
    expect((await maya.post(path, { is: 'cannot' })).status).toBe(422)
    expect((await maya.post(path, { is: 'done', reason: 'no_time' })).status).toBe(422)
    expect((await maya.post(path, { is: 'cannot', reason: 'machine_down' })).status).toBe(200)
    expect(await prep(dana)).toMatchObject([{ is: 'cannot', reason: 'machine_down' }])
    for (const is of ['started', 'done', 'done']) expect((await maya.post(path, { is })).status).toBe(200)
    expect(await prep(dana)).toMatchObject([{ is: 'done', reason: null }])
    // said again as it is, nothing happened
    expect(await audited('prep.say')).toHaveLength(3)
    expect((await maya.post(path, { is: 'withdrawn' })).status).toBe(404)
    expect((await dana.post(path, { is: 'withdrawn' })).status).toBe(200)
    expect(await prep(maya)).toEqual([])
    expect((await maya.post(path, { is: 'done' })).status).toBe(404)
  })

  it('a message to an aide waits until it is read, and comes back read and answered; its words are not in the trail', async () => {
    const message = { id: id('a message'), person: personId('maya'), words: 'Can you take the late bus?' }
    const mine = async (who: Visitor) =>
      (await who.get('/api/messages')).json<MessagePage>().messages.filter((one) => one.id === message.id)
    for (let n = 0; n < 2; n++) expect((await joan.post('/api/messages', message)).status).toBe(200)
    expect(await mine(maya)).toMatchObject([{ words: message.words, read: null, by: personId('joan') }])
    expect(JSON.stringify(await withTheDay(maya, 'messages'))).toContain(message.words)
    expect(await mine(andre)).toEqual([])
    expect(await mine(dana)).toEqual([])
    const path = `/api/messages/${message.id}/read`
    expect((await andre.post(path, { answer: null })).status).toBe(404)
    expect((await joan.post(path, { answer: null })).status).toBe(404)
    expect((await maya.post(path, { answer: '  ' })).status).toBe(422)
    expect((await maya.post(path, { answer: 'Yes, from 3 on.' })).status).toBe(200)
    // the first time counts
    expect((await maya.post(path, { answer: null })).status).toBe(200)
    expect(await mine(maya)).toEqual([])
    expect(await mine(joan)).toMatchObject([{ answer: 'Yes, from 3 on.', read: expect.any(Number) }])
    expect((await maya.post('/api/messages', { ...message, id: id('by an aide') })).status).toBe(404)
    const trail = JSON.stringify([...(await audited('message.send')), ...(await audited('message.read'))])
    expect(trail).toContain(message.id)
    for (const word of ['late bus', 'from 3 on']) expect(trail).not.toContain(word)
    const again = { ...message, id: id('too long'), words: 'x'.repeat(301) }
    expect((await joan.post('/api/messages', again)).status).toBe(422)
  })
})
