/**
 * G7 as a matrix: every route that answers a GET × everybody who might ask, each at their own time. Whoever asks, not
 * one byte of a student out of their reach is in the answer: no name, no initials, no id of the student, of a program,
 * of a record. Routes come from the published interface; one without a row here fails the test.
 */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadRoster } from '../capabilities/roster/server/queries.ts'
import { cedarBend } from '../demo/cedar-bend.ts'
import { CASELOADS, personId, studentId, type StaffKey, type StudentKey } from '../demo/people.ts'
import { programId, PROGRAMS } from '../demo/programs.ts'
import type { FeedResponse, PushResponse } from '../platform/records/wire.ts'
import { testEngines } from '../platform/server/testing.ts'
import {
  demoDevice,
  demoNow,
  openRunning,
  publishProgram,
  sessionRecords,
  type Running,
  type Visitor,
} from './running.ts'
import { device, id, TZ } from './school.ts'

/** What is asked of each route: everything that somebody who means ill would try. */
const ROUTES: { readonly [route: string]: (world: World) => string[] } = {
  '/api/health': () => ['/api/health'],
  '/api/time': () => ['/api/time'],
  '/api/demo': () => ['/api/demo'],
  '/api/me': () => ['/api/me'],
  '/api/feed': ({ auds }) => ['/api/feed', `/api/feed?held=${auds.join()}`],
  '/api/feed/backfill': ({ auds, epoch }) =>
    auds.flatMap((aud) =>
      ['', '&after=summaries:'].map(
        (after) => `/api/feed/backfill?aud=${aud}&upto=1000000&epoch=${epoch}${after}`,
      ),
    ),
  '/api/inbox': () => ['/api/inbox'],
  '/api/live': () => ['/api/live'],
  '/api/goals': () => ['/api/goals'],
  '/api/goals/{program}': ({ programs }) => programs.map((program) => `/api/goals/${program}`),
}

const TUESDAY = '2026-11-03T14:52:00.000Z'
/** Kim Tran covers for Maya on Wednesday from 07:15 to 15:30 in Chicago. */
const BEFORE_SHIFT = '2026-11-04T13:14:00.000Z'
const IN_SHIFT = '2026-11-04T14:00:00.000Z'
const AFTER_SHIFT = '2026-11-04T21:31:00.000Z'

interface Asker {
  readonly who: string
  readonly at: string
  readonly person: StaffKey | 'stranger' | null
  /** Students within reach at that time, by the demo school's description. */
  readonly reach: readonly StudentKey[] | 'all'
  /** May see who they are, but nothing of their instruction (tier T2). */
  readonly withoutInstruction?: boolean
}

const ASKERS: readonly Asker[] = [
  { who: 'nobody', at: TUESDAY, person: null, reach: [] },
  { who: 'the para', at: TUESDAY, person: 'maya', reach: ['am', 'bk', 'cd', 'dl'] },
  { who: 'a para of other students', at: TUESDAY, person: 'nia', reach: ['mf', 'nq', 'jb', 'lh'] },
  // Dina's relationship with him ended in January
  {
    who: 'a para whose relationship ended',
    at: TUESDAY,
    person: 'andre',
    reach: ['so', 'ln', 'hi', 'mw', 'ta', 'ef', 'bk', 'cd'],
  },
  { who: 'the case manager', at: TUESDAY, person: 'dana', reach: CASELOADS.dana },
  { who: 'another case manager', at: TUESDAY, person: 'irene', reach: CASELOADS.irene },
  // a restriction says that Lucía is never shown to her
  { who: 'a teacher with a restriction', at: TUESDAY, person: 'beth', reach: ['ta', 'mw'] },
  { who: 'a volunteer', at: TUESDAY, person: 'hale', reach: [] },
  { who: 'the office', at: TUESDAY, person: 'pat', reach: 'all', withoutInstruction: true },
  { who: 'the coordinator', at: TUESDAY, person: 'joan', reach: 'all' },
  { who: 'somebody of another district', at: TUESDAY, person: 'stranger', reach: [] },
  { who: 'a substitute before the shift', at: BEFORE_SHIFT, person: 'kim', reach: [] },
  { who: 'a substitute in the shift', at: IN_SHIFT, person: 'kim', reach: ['am'] },
  { who: 'a substitute after the shift', at: AFTER_SHIFT, person: 'kim', reach: [] },
]

/** What there is to be found, known to the test only. */
interface World {
  readonly epoch: string
  readonly auds: readonly number[]
  readonly programs: readonly string[]
}

describe.each(testEngines())('the matrix on $name', { timeout: 60_000 }, ({ name }) => {
  let house: Running
  let dana: Visitor
  let routes: string[]
  let world: World
  const visitors = new Map<string, Visitor>()
  /** Ids of programs, sessions and records, by student. */
  const recorded = new Map<StudentKey, string[]>()

  beforeAll(async () => {
    house = await openRunning(name, { demo: true })
    const { district } = cedarBend()
    await loadBirch(house)
    for (const { person } of ASKERS)
      if (person !== null)
        visitors.set(
          person,
          person === 'stranger'
            ? await house.member(BIRCH, id('birch para'))
            : await house.member(district.id, personId(person)),
        )
    dana = visitors.get('dana') ?? house.visitor()
    await dana.post('/api/demo/clock', { at: TUESDAY })
    const owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
    await owner.query(
      `insert into restriction (district_id, restriction_id, person_id, student_id, from_at, document)
       values ($1, gen_random_uuid(), $2, $3, '2026-01-01', 'order 7')`,
      [district.id, personId('beth'), studentId('ln')],
    )
    for (const [decider, para, student] of [
      ['dana', 'maya', 'am'],
      ['dana', 'maya', 'dl'],
      ['dana', 'andre', 'ln'],
      ['dana', 'andre', 'ef'],
      ['irene', 'nia', 'mf'],
    ] as const) {
      const visitor = visitors.get(decider) ?? house.visitor()
      const program = await publishProgram(house, visitor, studentId(student), `of ${student}`, decider)
      const records = sessionRecords(house, demoDevice(house, para, student), program, 2)
      const answer = await visitors.get(para)?.post('/api/records', { records })
      const taken = answer?.json<PushResponse>().acks.filter((ack) => ack.status === 'accepted')
      if (taken?.length !== records.length) throw new Error(answer?.text)
      recorded.set(student, [
        program.program,
        program.version,
        ...records.flatMap((record) => [record.id, record.refs['session'] ?? '']),
      ])
    }
    const { rows: auds } = await owner.query(
      "select aud from aud where district_id = $1 and scope = 'student' and tier in ('T1', 'T2') and of_id = any($2) order by aud",
      [district.id, (['am', 'dl', 'ln', 'mf'] as const).map(studentId)],
    )
    await owner.end()
    world = {
      epoch: (await dana.get('/api/feed')).json<FeedResponse>().epoch,
      auds: auds.map((row) => row.aud),
      programs: [...recorded.values()]
        .map(([program = '']) => program)
        .concat(PROGRAMS.slice(0, 3).map((one) => programId(one.key))),
    }
    const { paths } = (await dana.get('/api/openapi.json')).json<{
      paths: Record<string, { get?: unknown }>
    }>()
    routes = Object.keys(paths).filter((path) => paths[path]?.get)
  })
  afterAll(() => house.close())

  it('G7 has a row for every route', () => {
    expect(Object.keys(ROUTES).sort()).toEqual(routes.sort())
  })

  it.each(ASKERS)(
    'G7 tells $who not one byte of a student out of reach',
    async ({ at, person, reach, withoutInstruction }) => {
      await dana.post('/api/demo/clock', { at })
      const visitor = person === null ? house.visitor() : (visitors.get(person) ?? house.visitor())
      await writeOutOfReach(visitor, person, reach)
      const within = reach === 'all' ? STUDENTS.map(({ key }) => key) : reach
      const known = namesKnownTo(person, within)
      const forbidden = STUDENTS.flatMap(({ key, marks }) => {
        const instruction = [...programsOf(key), ...(recorded.get(key) ?? [])]
        if (within.includes(key)) return withoutInstruction ? instruction : []
        return [...marks.filter((mark) => !known.has(mark)), ...instruction]
      })
      forbidden.push(...(person === 'stranger' ? [] : BIRCH_MARKS))
      expect(forbidden.length).toBeGreaterThan(3)
      let all = ''
      for (const [route, urls] of Object.entries(ROUTES))
        for (const url of urls(world)) {
          const text = await answerOf(visitor, url)
          for (const mark of forbidden) {
            const place = placeOf(text, mark)
            if (place >= 0)
              expect.fail(
                `${route} (${url}) tells ${mark}: …${text.slice(Math.max(0, place - 80), place + 80)}…`,
              )
          }
          all += text
        }
      // what is within reach is there, so that silence is not taken for safety
      if (person === 'joan') for (const student of recorded.keys()) expect(all).toContain(studentId(student))
      else if (person === 'stranger') expect(all).toContain(id('birch student'))
      else if (reach !== 'all') for (const student of reach) expect(all).toContain(studentId(student))
    },
  )

  /** A record about somebody out of reach, refused; what is kept of it must not come back by the inbox. */
  async function writeOutOfReach(
    visitor: Visitor,
    person: Asker['person'],
    reach: Asker['reach'],
  ): Promise<void> {
    const target = (['am', 'mf', 'ln'] as const).find((key) => reach !== 'all' && !reach.includes(key))
    if (person === null || target === undefined) return
    const [program = '', version = ''] = recorded.get(target) ?? []
    const phone = device(
      { district: '', person: id(`${person}`), roles: [] },
      demoNow(house) - 60_000,
      `sly ${reach.length}`,
    )
    const records = sessionRecords(house, phone, { student: studentId(target), program, version }, 1)
    const answer = await visitor.post('/api/records', { records })
    expect(answer.json<PushResponse>().acks.map((ack) => ack.code)).toEqual([
      'record.not_permitted',
      'record.not_permitted',
    ])
  }

  async function answerOf(visitor: Visitor, url: string): Promise<string> {
    if (url !== '/api/live') {
      const answer = await visitor.get(url)
      expect(answer.status, url).toBeLessThan(500)
      const headers = [...answer.headers].filter(([header]) => header !== 'set-cookie')
      return `${JSON.stringify(headers)}${answer.text}`
    }
    const stop = new AbortController()
    const response = await fetch(house.url + url, {
      headers: { cookie: visitor.cookie },
      signal: stop.signal,
    })
    const { value } = (await response.body?.getReader().read()) ?? {}
    stop.abort()
    return new TextDecoder().decode(value)
  }
})

const BIRCH = id('birch district')
const BIRCH_MARKS = [id('birch student'), 'Quillon', 'Vexworth', 'Q.V.']

async function loadBirch(house: Running): Promise<void> {
  const from = '2025-08-18T05:00:00.000Z'
  const [school, para, student] = [id('birch school'), id('birch para'), id('birch student')]
  await loadRoster(
    house.core.database,
    { id: BIRCH, name: 'Birch', tz: TZ, demo: false, clockOffsetMs: 0 },
    {
      schools: [{ id: school, sourceId: 's', name: 'Birch School', kind: 'school', parent: null }],
      people: [{ id: para, sourceId: 'p', given: 'Rae', family: 'Tester', email: null }],
      roles: [{ id: id('birch role'), person: para, role: 'para', school, from, to: null }],
      students: [
        {
          id: student,
          sourceId: 'q',
          given: 'Quillon',
          family: 'Vexworth',
          preferred: null,
          initials: 'Q.V.',
          color: 1,
          grade: '3',
          school,
        },
      ],
      sections: [],
      enrollments: [],
      relationships: [
        {
          id: id('birch relationship'),
          person: para,
          student,
          role: 'para',
          from,
          to: null,
          source: 'manual',
          why: 'test',
        },
      ],
    },
    { source: 'test', report: {} },
  )
  await house.core.directory.load(house.core.database.pool)
}

/** Everybody's key, and by what they may be known. */
const STUDENTS = cedarBend().batch.students.map((student) => ({
  key: student.sourceId.replace('demo-student-', '') as StudentKey,
  initials: student.initials,
  marks: [
    student.id,
    student.given,
    student.family,
    student.initials,
    ...(student.preferred ? [student.preferred] : []),
  ],
}))

/** Words that are no sign of a student out of reach: names of staff, one's own initials, initials that two share. */
function namesKnownTo(person: Asker['person'], within: readonly StudentKey[]): Set<string> {
  const { people } = cedarBend().batch
  const own = people.find((one) => person !== null && person !== 'stranger' && one.id === personId(person))
  return new Set([
    ...people.flatMap(({ given, family }) => [given, family]),
    ...(own ? [`${own.given[0]}.${own.family[0]}.`] : []),
    ...STUDENTS.filter(({ key }) => within.includes(key)).map(({ initials }) => initials),
  ])
}

function programsOf(student: StudentKey): string[] {
  return PROGRAMS.filter(({ key }) => key.startsWith(`${student}-`)).map(({ key }) => programId(key))
}

function placeOf(text: string, mark: string): number {
  if (/[.\d]/.test(mark)) return text.indexOf(mark)
  // a name stands between things that are no part of a word or of an encoded value
  return text.search(new RegExp(`(?<![\\p{L}\\p{N}_-])${RegExp.escape(mark)}(?![\\p{L}\\p{N}_-])`, 'u'))
}
