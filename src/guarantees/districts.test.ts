/**
 * G7 between districts: people of two districts who guess each other's ids, in every parameter and every field there
 * is, at random by a seed. Nothing of the other district is ever in an answer, and what is there but theirs is answered
 * like what is not there at all.
 */
import { createECDH } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goalsOf } from '../capabilities/progress/server/queries.ts'
import { uuidv7 } from '../platform/core/ids.ts'
import { bytesFrom, openSealer } from '../platform/records/sealed.ts'
import {
  DEVICE_KEY_HEADER,
  PERSON_HEADER,
  type DeviceOpened,
  type FeedResponse,
} from '../platform/records/wire.ts'
import { testEngines } from '../platform/server/testing.ts'
import { seeded } from '../platform/web/store/testing.ts'
import { openRunning, type Answer, type Running, type Visitor } from './running.ts'
import { device, id, type Fields } from './school.ts'
import {
  actorOf,
  districtId,
  loadWorld,
  memberOf,
  MEMBERS,
  mayHear,
  personOf,
  programId,
  sessionBy,
  sessionId,
  studentId,
  type DistrictName,
  type Member,
  type World,
} from './world.ts'

const SEED = 20261122
const ACTS = 240

/** Ids of one district that somebody of the other may have come by. */
interface Loot {
  readonly [what: string]: readonly string[]
}

describe.each(testEngines().slice(0, 1))('two districts on $name', { timeout: 60_000 }, ({ name }) => {
  let house: Running
  let world: World
  let owner: pg.Client
  let now: number
  const visitors = new Map<Member, Visitor>()
  const seals = new Map<DistrictName, DeviceOpened['seal']>()
  const cursors = new Map<DistrictName, string>()
  let loot: Record<DistrictName, Loot>

  beforeAll(async () => {
    house = await openRunning(name)
    now = Date.now()
    world = await loadWorld(house.core.database, now)
    await house.core.directory.load(house.core.database.pool)
    owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
    for (const who of [
      'para',
      'case manager',
      'coordinator',
      ...['para', 'case manager', 'coordinator'].map(other),
    ]) {
      const member = memberOf(who)
      const visitor = await house.member(districtId(member.district), personOf(who))
      visitors.set(member, visitor)
      const publicKey = createECDH('prime256v1').generateKeys('base64url')
      const opened = await visitor.post('/api/devices', {
        device: id(`phone of ${who}`),
        key: id(`key of ${who}`),
        publicKey,
        label: `Phone of ${who}`,
      })
      seals.set(member.district, opened.json<DeviceOpened>().seal)
      cursors.set(member.district, (await visitor.get('/api/feed')).json<FeedResponse>().next)
    }
    loot = { cedar: await lootOf('cedar'), birch: await lootOf('birch') }
  })
  afterAll(async () => {
    await owner.end()
    await house.close()
  })

  it('G7 tells neither anything of the other, and answers guessed ids like made-up ones', async () => {
    const before = await everything()
    const random = seeded(SEED)
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
    const tried = new Set<string>()
    // what a district's own people wrote stands in their own inbox
    const guesses = { cedar: new Set<string>(), birch: new Set<string>() }
    for (let n = 0; n < ACTS; n++) {
      const [member, visitor] = pick([...visitors])
      const theirs = loot[member.district === 'cedar' ? 'birch' : 'cedar']
      const what = pick(Object.keys(theirs))
      const guessed = pick(theirs[what] ?? [])
      const [label, act] = pick(ACTIONS)
      tried.add(label)
      const made = uuidv7(now + n)
      guesses[member.district].add(guessed)
      const answers: string[] = []
      for (const one of [guessed, made]) {
        const answer = await act({ member, visitor, guess: one, n })
        // what one said oneself is no news
        const said = `${answer.status} ${answer.text}`.replaceAll(one, '(what was asked for)')
        expect(answer.status, label).toBeLessThan(500)
        for (const mark of world.marks)
          if (!mayHear(member, mark) && !guesses[member.district].has(mark.text))
            expect(said.includes(mark.text), `${label}: ${mark.text}`).toBe(false)
        answers.push(settled(said))
      }
      // an id says when it was made, so a page that begins at another one is another page
      if (label !== 'inbox, before')
        expect(answers[0], `${label} with ${what}, seed ${SEED}, act ${n}`).toBe(answers[1])
    }
    expect([...tried].sort()).toEqual(ACTIONS.map(([label]) => label).sort())
    // and nobody changed anything of the other's that stood before
    const after = await everything()
    for (const [key, row] of before) expect(after.get(key), key).toBe(row)
  })

  it('G6 G7 takes no cursor and no epoch of another district, and mints none because of it', async () => {
    const epochs = async () => (await owner.query('select district_id, epoch from counter order by 1')).rows
    const before = await epochs()
    for (const [member, visitor] of visitors) {
      const district = member.district === 'cedar' ? 'birch' : 'cedar'
      const answer = await visitor.get(`/api/feed?since=${cursors.get(district)}`)
      expect(answer.json()).toMatchObject({ status: 409, code: 'feed.epoch' })
      const [own] = before.filter((row) => row.district_id === districtId(member.district))
      expect(answer.json()).toMatchObject({ epoch: own?.epoch })
      for (const row of before.filter((one) => one !== own)) expect(answer.text).not.toContain(row.epoch)
    }
    expect(await epochs()).toEqual(before)
  })

  it('G7 finds nothing for a person of one district who is taken for one of another', async () => {
    for (const member of MEMBERS) {
      const mixed = {
        ...actorOf(member),
        district: districtId(member.district === 'cedar' ? 'birch' : 'cedar'),
      }
      const seen = await house.core.database.asPerson(mixed, async (tx, reach) => ({
        reach: [reach.grants.length, reach.wings.length],
        students: await tx.read.selectFrom('student').select('student_id').execute(),
        records: await tx.read.selectFrom('record').select('id').execute(),
        refused: await tx.read.selectFrom('refused').select('refused_id').execute(),
        goals: (await goalsOf(tx)).goals,
      }))
      expect(seen, member.who).toEqual({ reach: [0, 0], students: [], records: [], refused: [], goals: [] })
    }
  })

  it('G7 wakes nobody of one district by what happens in the other', async () => {
    const heard = async (who: string, cause: () => Promise<unknown>) => {
      const stop = new AbortController()
      const response = await fetch(`${house.url}/api/live`, {
        headers: { cookie: visitors.get(memberOf(who))?.cookie ?? '' },
        signal: stop.signal,
      })
      let text = ''
      const reading = (async () => {
        for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString()
      })().catch(() => undefined)
      await cause()
      await delay(400)
      stop.abort()
      await reading
      return text
    }
    const write = (who: string, student: 'ash' | 'yew') => async () => {
      const records = sessionBy(world, memberOf(who), student, Date.now(), `woken ${who}`)
      expect((await visitors.get(memberOf(who))?.post('/api/records', { records }))?.text).toContain(
        'accepted',
      )
    }
    expect(await heard(other('coordinator'), write('para', 'ash'))).toBe(': here\n\n')
    expect(await heard('coordinator', write(other('para'), 'yew'))).toBe(': here\n\n')
    // what is heard, when it is one's own, so that silence is not taken for safety
    expect(await heard('coordinator', write('para', 'ash'))).toContain('event: news\ndata: {}\n\n')
  })

  interface Guess {
    readonly member: Member
    readonly visitor: Visitor
    readonly guess: string
    readonly n: number
  }
  type Act = (guess: Guess) => Promise<Answer>

  const recordWith =
    (
      change: (
        guess: string,
        member: Member,
      ) => { fields?: Fields; extra?: Record<string, unknown>; kind?: string },
    ): Act =>
    ({ member, visitor, guess, n }) => {
      const own = member.district === 'cedar' ? 'ash' : 'yew'
      const phone = device(actorOf(member), now - 30_000, `fuzz ${n} ${guess}`)
      const { fields = {}, extra = {}, kind = 'sessions.trial' } = change(guess, member)
      const record = phone.record(kind, {
        student: studentId(own),
        body: { n: 1, result: '+' },
        ...fields,
        refs: { session: sessionId(own), program: programId(own), ...fields.refs },
      })
      return visitor.post('/api/records', { records: [{ ...record, ...extra }] })
    }

  const ACTIONS: readonly (readonly [label: string, act: Act])[] = [
    ['goal', ({ visitor, guess }) => visitor.get(`/api/goals/${guess}`)],
    ['inbox, before', ({ visitor, guess }) => visitor.get(`/api/inbox?before=${guess}`)],
    [
      'settle',
      ({ visitor, guess }) => visitor.post(`/api/inbox/${guess}/settle`, { how: 'other', note: guess }),
    ],
    ['sign out a device', ({ visitor, guess }) => visitor.post(`/api/devices/${guess}/sign-out`, {})],
    ['as another person', ({ visitor, guess }) => visitor.get('/api/me', { [PERSON_HEADER]: guess })],
    [
      'with a device key',
      ({ visitor, guess }) => visitor.get('/api/devices', { [DEVICE_KEY_HEADER]: guess }),
    ],
    [
      'backfill, epoch',
      ({ visitor, guess }) => visitor.get(`/api/feed/backfill?aud=1&upto=10&epoch=${guess}`),
    ],
    ['a page of the app', ({ visitor, guess }) => visitor.get(`/students/${guess}`)],
    ['an unknown route', ({ visitor, guess }) => visitor.get(`/api/students/${guess}`)],
    ['record, student', recordWith((guess) => ({ fields: { student: guess } }))],
    ['record, program', recordWith((guess) => ({ fields: { refs: { program: guess } } }))],
    ['record, session', recordWith((guess) => ({ fields: { refs: { session: guess } } }))],
    [
      'record, version',
      recordWith((guess) => ({ kind: 'sessions.start', fields: { refs: { version: guess } } })),
    ],
    ['record, replaces', recordWith((guess) => ({ fields: { replaces: guess, reason: 'mis_tap' } }))],
    ['record, on behalf of', recordWith((guess) => ({ extra: { onBehalfOf: guess } }))],
    ['record, device', recordWith((guess) => ({ extra: { device: guess } }))],
    ['record, unknown field', recordWith((guess) => ({ extra: { district: guess } }))],
    [
      'sealed, in the name of another',
      async ({ member, visitor, guess, n }) => {
        const seal = seals.get(member.district)
        if (!seal) throw new Error('no key')
        const sealer = await openSealer({
          district: districtId(member.district),
          key: seal.key,
          publicKey: bytesFrom(seal.publicKey),
        })
        const phone = device(actorOf(member), now - 30_000, `sealed ${n} ${guess}`)
        const envelope = phone.record('sessions.trial', { student: guess, body: { n: 1, result: '+' } })
        const letter = { person: guess, signer: guess, signature: 'A'.repeat(86), envelope }
        return visitor.post('/api/records/sealed', { records: [await sealer.seal(letter)] })
      },
    ],
    [
      'sealed, to another key',
      ({ visitor, guess }) =>
        visitor.post('/api/records/sealed', {
          records: [{ id: guess, key: guess, enc: 'A'.repeat(87), iv: 'A'.repeat(16), ct: 'A'.repeat(100) }],
        }),
    ],
  ]

  /** Everything that stood of both districts, by what must not change. */
  async function everything(): Promise<Map<string, string>> {
    const { rows } = await owner.query(`
      select 'record ' || district_id || id as key, digest::text || envelope as value from record
      union all select 'refused ' || district_id || refused_id, coalesce(how, 'waits') || body from refused
      union all select 'student ' || district_id || student_id, student::text from student
      union all select 'relationship ' || district_id || relationship_id, relationship::text from relationship
      union all select 'key ' || district_id || key_id, coalesce(revoked::text, 'open') from device_key
      union all select 'counter ' || district_id, epoch::text from counter`)
    return new Map(rows.map((row) => [row.key, row.value]))
  }

  async function lootOf(district: DistrictName): Promise<Loot> {
    const ids = async (query: string) =>
      (await owner.query(query, [districtId(district)])).rows.map((row) => String(row.id))
    const students = (['ash', 'fir', 'oak', 'yew'] as const).filter((student) =>
      district === 'birch' ? student === 'yew' : student !== 'yew',
    )
    return {
      student: students.map(studentId),
      program: students.map(programId),
      session: students.map(sessionId),
      person: MEMBERS.filter((member) => member.district === district).map(({ who }) => personOf(who)),
      record: await ids('select id from record where district_id = $1'),
      refused: await ids('select refused_id as id from refused where district_id = $1'),
      device: await ids('select distinct device as id from device_seq where district_id = $1'),
      key: await ids('select key_id as id from device_key where district_id = $1'),
      epoch: await ids('select epoch as id from counter where district_id = $1'),
      district: [districtId(district)],
    }
  }
})

function other(who: string): string {
  return `${who} of another district`
}

/** Without what differs from one asking to the next: times, digests, ids of records made for the asking. */
function settled(said: string): string {
  return said
    .replaceAll(/"(received|now|seen|opened)":\d+/g, '"$1":0')
    .replaceAll(/"digest":"[0-9a-f]+"/g, '"digest":""')
    .replaceAll(/"(id|entry)":"[0-9a-f-]{36}"/g, '"$1":""')
    .replaceAll(/"high":\{[^}]*\}/g, '"high":{}')
}
