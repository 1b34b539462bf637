/**
 * B4: whether a teacher waits longer in a large district. One case manager with 30 students and 6 goals each asks for
 * the caseload, for the graph of a goal, and for what is new on the live channel, in a district of 20,000 records and
 * of ten times as many; B4-large asks at 100,000, a million and ten million (20 GB of disk). The other records are
 * copies under other students, put into the tables directly. What one question costs must not follow the district:
 * wall time and the CPU of server and PostgreSQL together.
 */
import { Agent } from 'node:http'
import { addDays } from '../src/platform/core/days.ts'
import { uuidOf } from '../src/platform/core/ids.ts'
import { FeedResponse } from '../src/platform/records/wire.ts'
import { buildGraph } from '../src/capabilities/progress/rules.ts'
import { spark } from '../src/capabilities/progress/spark.ts'
import { input, session } from '../src/capabilities/progress/testing.ts'
import { drain } from '../src/guarantees/burst.ts'
import { programsOf, SESSION_RECORDS, sessionsOf, type CrowdMember } from '../src/guarantees/crowd.ts'
import { dayBoards } from './b4-day.ts'
import { median, number, type Figure, type Line } from './frame.ts'
import { openHouse, type House } from './house.ts'

const SIZES = [20_000, 200_000]
const LARGE = [100_000, 1_000_000, 10_000_000]
/** Copies of the district's own records that one statement makes. */
const AT_ONCE = 500
/** Six students each: one school, one case manager. */
const PARAS = 5
const GOALS = 6
const SESSIONS = 2
const ASKED = 40
const MOST = 1.3

export const b4: Figure = {
  id: 'B4',
  question: `Does a teacher wait longer in a large district? 30 students × ${GOALS} goals`,
  async run() {
    const house = await openHouse(PARAS)
    try {
      return [...(await atSizes(house, SIZES)), onDevice(), ...(await dayBoards(house))]
    } finally {
      await house.close()
    }
  },
}

export const b4large: Figure = {
  id: 'B4-large',
  question: `The same in a very large one`,
  async run() {
    const house = await openHouse(PARAS)
    try {
      return await atSizes(house, LARGE)
    } finally {
      await house.close()
    }
  },
}

/** What each question costs at each size, held against the smallest. */
async function atSizes(house: House, sizes: readonly number[]): Promise<Line[]> {
  const questions = await prepare(house)
  const took: (readonly [size: number, costs: readonly Cost[]])[] = []
  for (const size of sizes) {
    await fill(house, size)
    took.push([size, await ask(house, questions)])
  }
  const [small, ...larger] = took
  return small ? larger.flatMap((large) => linesOf(questions, small, large)) : []
}

interface Question {
  readonly what: string
  readonly path: string
}

/** Of one question: median wall time, and CPU of server and PostgreSQL, ms. */
interface Cost {
  readonly wall: number
  readonly cpu: number
}

/** Publishes six programs a student and runs sessions of each; says what the case manager will ask. */
async function prepare(house: House): Promise<Question[]> {
  const [manager] = house.crowd.managers
  const agent = new Agent({ keepAlive: true })
  if (!manager) throw new Error('a school without a case manager')
  const cookie = cookieOf(house, manager)
  for (let goal = 0; goal < GOALS; goal++) {
    const planner = withGoals(manager, [goal])
    await send(cookie, programsOf({ ...planner, device: uuidOf(`B4 laptop ${goal}`) }))
  }
  for (const para of house.crowd.paras) {
    const goals = Array.from({ length: GOALS }, (_, goal) => goal)
    const runs = withGoals(para, goals)
    await send(cookieOf(house, para), sessionsOf(runs, runs.students.length * SESSIONS))
  }
  const answer = await fetch(`${house.url}/api/feed`, { headers: { cookie } })
  let feed = FeedResponse.parse(await answer.json())
  const held = feed.grants.map((grant) => grant.aud).join(',')
  while (feed.more) {
    const query = new URLSearchParams({ held, since: feed.next })
    const next = await fetch(`${house.url}/api/feed?${query}`, { headers: { cookie } })
    feed = FeedResponse.parse(await next.json())
  }
  agent.destroy()
  const program = withGoals(manager, [0]).students[0]?.program ?? ''
  return [
    { what: 'the caseload, 180 goals', path: '/api/goals' },
    { what: 'the graph of a goal', path: `/api/goals/${program}` },
    { what: 'what is new, nothing', path: `/api/feed?${new URLSearchParams({ held, since: feed.next })}` },
  ]

  async function send(from: string, records: Parameters<typeof drain>[2]['records']): Promise<void> {
    const { acks } = await drain(house.url, agent, { cookie: from, records })
    if (acks.some((ack) => ack.status !== 'accepted')) throw new Error('a record was not accepted')
  }
}

/** A person with several programs for each student. */
function withGoals(member: CrowdMember, goals: readonly number[]): CrowdMember {
  return {
    ...member,
    students: member.students.flatMap((student) =>
      goals.map((goal) => ({
        id: student.id,
        program: uuidOf(`${student.program} ${goal}`),
        version: uuidOf(`${student.version} ${goal}`),
      })),
    ),
  }
}

function cookieOf({ cookies }: House, { person }: CrowdMember): string {
  return cookies.get(person) ?? ''
}

/**
 * Copies of the district's own records and view states under other students, in audiences of their own, until there are
 * `size`. The positions go on from the head.
 */
async function fill({ owner, crowd }: Pick<House, 'owner' | 'crowd'>, size: number): Promise<void> {
  const district = crowd.district.id
  const { rows } = await owner.query<{ n: string }>(
    'select count(*) as n from record where district_id = $1',
    [district],
  )
  const have = Number(rows[0]?.n)
  const own = PARAS * GOALS * 6 * SESSIONS * SESSION_RECORDS
  const from = Math.floor(have / own) + 1
  const copies = Math.min(Math.ceil((size - have) / own), AT_ONCE)
  const other = `md5(student_id::text || n)::uuid`
  // a copied plan or session is one of its own as well: its id is asked for alone
  const part = `regexp_replace(replace(part, student_id::text, ${other}::text), '(?<=:)[^:]*$', md5(part || n)::uuid::text)`
  await owner.query(
    `insert into record (district_id, id, pos, aud, wing, student_id, kind, act, standing, part, at, day, device, seq,
       author, uploaded_by, received, skew_ms, replaces, digest, envelope)
     select district_id, gen_random_uuid(), (select head from counter where district_id = $1) + row_number() over (),
       aud + 1000 * n, wing, ${other}, kind, act, standing, ${part}, at, day,
       device, seq, author, uploaded_by, received, skew_ms, replaces, digest, envelope
     from (select * from record where district_id = $1 and aud < 1000 and student_id is not null limit $4) own,
       generate_series($2::integer, $3::integer) n`,
    [district, from, from + copies - 1, own],
  )
  await owner.query(
    `insert into projection (district_id, view, version, part, parent, aud, wing, student_id, at, standing, state)
     select district_id, view, version, ${part}, md5(parent || n), aud + 1000 * n,
       wing, ${other}, at, standing, state
     from (select * from projection where district_id = $1 and aud < 1000 and student_id is not null) own,
       generate_series($2::integer, $3::integer) n
     on conflict do nothing`,
    [district, from, from + copies - 1],
  )
  await owner.query(
    'update counter set head = (select max(pos) from record where district_id = $1) where district_id = $1',
    [district],
  )
  if (have + copies * own < size) return fill({ owner, crowd }, size)
  await owner.query('analyze record, projection')
}

async function ask(house: House, questions: readonly Question[]): Promise<Cost[]> {
  const [manager] = house.crowd.managers
  const cookie = manager ? cookieOf(house, manager) : ''
  const costs: Cost[] = []
  for (const { path } of questions) {
    const once = async () => {
      const began = performance.now()
      const answer = await fetch(`${house.url}${path}`, { headers: { cookie } })
      const body = await answer.text()
      if (answer.status !== 200) throw new Error(`${answer.status}: ${body.slice(0, 200)}`)
      return performance.now() - began
    }
    for (let n = 0; n < 5; n++) await once()
    const before = await house.cpu()
    const walls: number[] = []
    for (let n = 0; n < ASKED; n++) walls.push(await once())
    const after = await house.cpu()
    const database = (after.database ?? 0) - (before.database ?? 0)
    costs.push({ wall: median(walls), cpu: (after.server - before.server + database) / ASKED })
  }
  return costs
}

function linesOf(
  questions: readonly Question[],
  [few, inFew]: readonly [number, readonly Cost[]],
  [many, inMany]: readonly [number, readonly Cost[]],
): Line[] {
  return questions.flatMap(({ what }, nth): Line[] => {
    const [small, large] = [inFew[nth], inMany[nth]]
    if (!small || !large) return []
    const [wall, cpu] = [large.wall / small.wall, large.cpu / small.cpu]
    return [
      {
        what: `${what}, ${number(many)} records against ${number(few)}`,
        value: `${number(large.wall, 1)} ms, CPU ${number(large.cpu, 1)} ms`,
        floor: `${number(small.wall, 1)} ms, CPU ${number(small.cpu, 1)} ms → ratio ${number(wall, 2)}, CPU ${number(cpu, 2)}`,
        goal: `≤ ${MOST}`,
        holds: Math.min(wall, cpu) <= MOST,
      },
    ]
  })
}

/** What the device does when it opens: 180 goals with half a year of sessions each become graphs and rows. */
function onDevice(): Line {
  const sessions = Array.from({ length: 90 }, (_, n) =>
    session(addDays('2026-01-05', n), n % 11, 10, { session: `s${n}` }),
  )
  const times = [0, 1, 2].map(() => {
    const began = performance.now()
    for (let n = 0; n < 30 * GOALS; n++) spark(buildGraph(input(sessions)), { width: 120, height: 36 })
    return performance.now() - began
  })
  return {
    what: 'the caseload on the device, 180 goals of 90 sessions made anew (Node)',
    value: `${number(median(times))} ms`,
  }
}
