/**
 * The wire as it was first released, frozen here by hand: a phone that never learned of devices speaks it still, from
 * a stale service worker (F13). What the server adds since then must be additions only. Nothing here is imported from
 * the schemas in force: this file changes only when a version of the wire is given up.
 */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { uuidv7 } from '../platform/core/ids.ts'
import { studentId } from '../demo/people.ts'
import { testEngines } from '../platform/server/testing.ts'
import { demoNow, openRunning, publishProgram, type Running, type Visitor } from './running.ts'

const uuid = z.uuid()
const hex = z.string().regex(/^[0-9a-f]{64}$/)
const Version1 = {
  push: z.object({
    acks: z.array(
      z.object({
        id: z.string(),
        status: z.enum(['accepted', 'duplicate', 'conflict', 'refused']),
        digest: hex.optional(),
        received: z.number().optional(),
        code: z.string().optional(),
      }),
    ),
    now: z.number(),
    high: z.record(z.string(), z.number()),
  }),
  feed: z.object({
    epoch: uuid,
    head: z.int(),
    now: z.number(),
    grants: z.array(
      z.object({
        aud: z.int(),
        scope: z.enum(['student', 'group', 'person', 'thread', 'family', 'school', 'district']),
        of: uuid,
        tier: z.enum(['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'S']),
        since: z.number().nullable(),
        until: z.number().nullable(),
      }),
    ),
    records: z.array(
      z.object({
        envelope: z.object({ id: uuid, kind: z.string(), v: z.int(), device: uuid, seq: z.int() }),
        digest: hex,
        author: uuid,
        received: z.number(),
        aud: z.int(),
        pos: z.int(),
      }),
    ),
    next: z.string(),
    more: z.boolean(),
    safe_pos: z.int(),
  }),
  backfill: z.object({
    epoch: uuid,
    records: z.array(z.unknown()),
    summaries: z.array(
      z.object({
        view: z.string(),
        version: z.int(),
        partition: z.string(),
        parent: z.string(),
        aud: z.int(),
      }),
    ),
    next: z.string().nullable(),
  }),
  time: z.object({ now: z.number(), offset: z.number() }),
}

describe.each(testEngines())('$name', ({ name }) => {
  let house: Running
  let maya: Visitor
  let plan: { program: string; version: string }
  beforeAll(async () => {
    house = await openRunning(name, { demo: true })
    maya = await house.persona('para')
    plan = await publishProgram(house, await house.persona('case-manager'), studentId('am'))
  })
  afterAll(() => house.close())

  it('G1 G2 F13 takes records of the first wire in, acknowledges their bytes, and feeds them, for a phone that never heard of devices', async () => {
    expect(Version1.time.parse((await maya.get('/api/time')).json()).offset).not.toBe(0)
    const device = uuidv7(demoNow(house))
    const [start, trial] = session(device)
    // a request as the first release wrote it: no header of ours, the fields in its own order
    const first = await offer(maya, `{"records":[${start},${trial}],"sent":"${instant()}"}`)
    expect(first.status).toBe(200)
    const { acks, high } = Version1.push.parse(first.json())
    expect(acks.map(({ status, digest }) => ({ status, digest }))).toEqual([
      { status: 'accepted', digest: sha256(start) },
      { status: 'accepted', digest: sha256(trial) },
    ])
    expect(high[device]).toBe(2)

    const feed = Version1.feed.parse((await maya.get('/api/feed')).json())
    expect(
      feed.records.filter(({ envelope }) => envelope.device === device).map(({ digest }) => digest),
    ).toEqual([sha256(start), sha256(trial)])
    const held = feed.grants.map(({ aud }) => aud).join()
    const query = new URLSearchParams({ held, since: feed.next })
    expect(Version1.feed.parse((await maya.get(`/api/feed?${query}`)).json()).records).toEqual([])
    const upto = `&upto=${feed.head}&epoch=${feed.epoch}`
    Version1.backfill.parse((await maya.get(`/api/feed/backfill?aud=${feed.grants[0]?.aud}${upto}`)).json())
  })

  it('G3 F13 answers it as before when it sends again, sends other bytes under a known id, or sends what is no record', async () => {
    const device = uuidv7(demoNow(house))
    const [start] = session(device)
    await offer(maya, `{"records":[${start}]}`)
    const other = start.replace('"room 12"', '"room 13"')
    const answer = await offer(maya, `{"records":[${start},${other},{"id":"none"}]}`)
    expect(Version1.push.parse(answer.json()).acks.map(({ status, code }) => [status, code])).toEqual([
      ['duplicate', undefined],
      ['conflict', 'record.id_reused'],
      ['refused', 'record.malformed'],
    ])
  })

  it('F13 F32 says that a session ended as it did then', async () => {
    const answer = await offer(house.visitor(), '{"records":[]}')
    expect(answer.status).toBe(401)
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(answer.json()).toMatchObject({ code: 'session.missing', status: 401 })
  })

  const instant = () => new Date(demoNow(house) - 60_000).toISOString()

  /** A session with one trial. The fields stand in the order of their names (RFC 8785), so these are the bytes of the digest. */
  function session(device: string): [string, string] {
    const [id, second, ref] = [uuidv7(demoNow(house)), uuidv7(demoNow(house)), uuidv7(demoNow(house))]
    const at = instant()
    const ord = Date.parse(at)
    const refs = `"program":"${plan.program}","session":"${ref}"`
    const rest = `"student":"${studentId('am')}","tz":"America/Chicago","v":1`
    const measure =
      '{"min_opportunities":5,"planned":10,"prompts":{"direction":"least_to_most","levels":[{"code":"G","label":"gesture"}],"wait_s":4},"system":"trials"}'
    return [
      `{"at":"${at}","body":{"condition":"intervention","measure":${measure},"observer":"primary","setting":"room 12","tags":[]},"device":"${device}","id":"${id}","kind":"sessions.start","mono":{"boot":"b1","ms":100},"ord":${ord},"refs":{${refs},"version":"${plan.version}"},"seq":1,${rest}}`,
      `{"at":"${at}","body":{"n":1,"result":"+"},"device":"${device}","id":"${second}","kind":"sessions.trial","mono":{"boot":"b1","ms":120},"ord":${ord + 1},"refs":{${refs}},"seq":2,${rest}}`,
    ]
  }
})

/** The very text of a request. */
const offer = (visitor: Visitor, body: string) =>
  visitor.ask('/api/records', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
