/**
 * A small school for the tests of the guarantees: two students, people around them, one program. `device()` makes
 * records as a device would, without going through the code under test.
 */
import { createHash } from 'node:crypto'
import { openDatabase } from '../core.ts'
import { loadRoster } from '../capabilities/roster/server/queries.ts'
import type { Role, RosterBatch } from '../capabilities/roster/model.ts'
import type { Measure } from '../capabilities/sessions/records.ts'
import { uuidv7 } from '../platform/core/ids.ts'
import type { Json } from '../platform/core/canonical.ts'
import type { Envelope } from '../platform/records/envelope.ts'
import type { Ack, PushResponse } from '../platform/records/wire.ts'
import type { Actor, Database } from '../platform/server/db.ts'
import { ingest, type IngestServices } from '../platform/server/ingest.ts'
import { createTestDatabase, type TestDatabase } from '../platform/server/testing.ts'
import { registry } from '../registry.ts'

export const TZ = 'America/Chicago'
/** A Tuesday, 08:52 in Chicago. */
export const NOW = Date.parse('2026-11-03T14:52:00.000Z')
export const DAY = 86_400_000

export interface TestSchool {
  readonly db: TestDatabase
  readonly database: Database
  readonly services: IngestServices
  readonly district: string
  readonly students: { readonly amari: string; readonly bella: string }
  readonly people: {
    readonly maya: Actor
    readonly andre: Actor
    readonly dana: Actor
    readonly kim: Actor
    readonly joan: Actor
    readonly eve: Actor
  }
  readonly program: string
  /** Id of the published version. */
  readonly version: string
  readonly announced: { district: string; auds: readonly number[] }[]
  setNow(ms: number): void
  now(): number
  push(actor: Actor, records: readonly unknown[], sent?: string): Promise<PushResponse>
  close(): Promise<void>
}

export const MEASURE: Measure = {
  system: 'trials',
  planned: 10,
  min_opportunities: 5,
  prompts: { direction: 'least_to_most', wait_s: 4, levels: [{ code: 'G', label: 'gesture' }] },
}

/**
 * Maya: para of Amari and Bella. Andre: para of Bella only. Dana: case manager of both. Kim: substitute for Amari,
 * today 07:15–15:30. Joan: coordinator of the district. Eve: para whose relationship with Amari ended in June.
 */
export async function openSchool(engine: string, name = 'Cedar Bend'): Promise<TestSchool> {
  const db = await createTestDatabase(engine)
  let now = NOW
  const database = openDatabase(db.appUrl, () => now)
  const district = id(`${name} district`)
  const students = { amari: id(`${name} amari`), bella: id(`${name} bella`) }
  const person = (given: string, ...roles: string[]): Actor => ({
    district,
    person: id(`${name} ${given}`),
    roles,
  })
  const people = {
    maya: person('maya', 'para'),
    andre: person('andre', 'para'),
    dana: person('dana', 'case_manager'),
    kim: person('kim', 'substitute'),
    joan: person('joan', 'coordinator'),
    eve: person('eve', 'para'),
  }
  const made = { id: district, name, tz: TZ, demo: true, clockOffsetMs: 0 }
  await loadRoster(database, made, batchOf(name, students, people), { source: 'test', report: {} })

  const announced: TestSchool['announced'] = []
  const services: IngestServices = {
    database,
    registry,
    announce: (where, auds) => announced.push({ district: where, auds }),
  }
  const push = (actor: Actor, records: readonly unknown[], sent?: string) =>
    ingest(services, actor, records, sent)
  const program = uuidv7(NOW - 30 * DAY)
  const publish = device(people.dana, NOW - 30 * DAY).record('sessions.program', {
    student: students.amari,
    refs: { program },
    body: {
      title: 'Requests',
      goal: 'Requests what is needed.',
      definition: 'Any form.',
      direction: 'increase',
      measure: MEASURE as unknown as Json,
      criterion: '80 % over 3 sessions',
      number: 1,
    },
  })
  const published = await push(people.dana, [publish])
  if (published.acks[0]?.status !== 'accepted') throw new Error(JSON.stringify(published.acks))
  return {
    db,
    database,
    services,
    district,
    students,
    people,
    program,
    version: publish.id,
    announced,
    setNow: (ms) => (now = ms),
    now: () => now,
    push,
    async close() {
      await database.close()
      await db.drop()
    },
  }
}

export interface Fields {
  student?: string | null
  refs?: Record<string, string>
  body?: Envelope['body']
  at?: number
  replaces?: string
  reason?: string
  v?: number
  extra?: Record<string, unknown>
}

/** A device of one person: stamps seq, ord and ids as the product's own would. */
export function device(actor: Actor, start = NOW, name = 'phone') {
  const device = id(`${actor.person} ${name}`)
  let seq = 0
  let clock = start
  return {
    id: device,
    record(kind: string, fields: Fields = {}): Envelope {
      clock = fields.at ?? clock + 1000
      seq += 1
      return {
        id: uuidv7(clock),
        kind,
        v: fields.v ?? 1,
        body: fields.body ?? {},
        student: fields.student ?? null,
        refs: fields.refs ?? {},
        at: new Date(clock).toISOString(),
        tz: TZ,
        device,
        seq,
        ord: clock,
        mono: { boot: 'boot', ms: clock - start },
        ...(fields.replaces ? { replaces: fields.replaces } : {}),
        ...(fields.reason ? { reason: fields.reason } : {}),
        ...fields.extra,
      }
    },
  }
}

/** Start and trials of one session of the school's program, by one device. */
export function sessionOf(
  school: Pick<TestSchool, 'students' | 'program' | 'version'>,
  phone: ReturnType<typeof device>,
  results: readonly { result: string; level?: string }[],
  start?: number,
): { session: string; records: Envelope[] } {
  const session = uuidv7(start ?? NOW)
  const refs = { session, program: school.program }
  const student = school.students.amari
  const first = phone.record('sessions.start', {
    student,
    refs: { ...refs, version: school.version },
    body: {
      measure: MEASURE as unknown as Json,
      condition: 'intervention',
      observer: 'primary',
      setting: 'Room 12',
      tags: [],
    },
    ...(start === undefined ? {} : { at: start }),
  })
  const trials = results.map((body, i) =>
    phone.record('sessions.trial', { student, refs, body: { n: i + 1, ...body } }),
  )
  return { session, records: [first, ...trials] }
}

export function statuses(response: { acks: readonly Ack[] }): string[] {
  return response.acks.map((ack) => (ack.code ? `${ack.status} ${ack.code}` : ack.status))
}

/** A readable, stable UUID. */
export function id(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function batchOf(name: string, students: TestSchool['students'], people: TestSchool['people']): RosterBatch {
  const school = id(`${name} school`)
  const since = new Date(NOW - 365 * DAY).toISOString()
  const related = (who: Actor, student: string, role: Role, from = since, to: string | null = null) => ({
    id: id(`${name} ${who.person} ${student} ${role}`),
    person: who.person,
    student,
    role,
    from,
    to,
    source: 'manual' as const,
    why: 'test',
  })
  const { maya, andre, dana, kim, joan, eve } = people
  const { amari, bella } = students
  return {
    schools: [{ id: school, sourceId: 'school', name, kind: 'school', parent: null }],
    people: Object.entries(people).map(([given, who]) => ({
      id: who.person,
      sourceId: given,
      given,
      family: 'Tester',
      email: null,
    })),
    roles: Object.values(people).map((who) => ({
      id: id(`${name} role ${who.person}`),
      person: who.person,
      role: who.roles[0] as Role,
      school: who === joan ? null : school,
      from: since,
      to: null,
    })),
    students: [
      { id: amari, sourceId: 'amari', given: 'Amari', family: 'Moore', initials: 'A.M.', color: 1 },
      { id: bella, sourceId: 'bella', given: 'Bella', family: 'Kim', initials: 'B.K.', color: 2 },
    ].map((student) => ({ ...student, preferred: null, grade: '3', school })),
    sections: [],
    enrollments: [],
    relationships: [
      related(maya, amari, 'para'),
      related(maya, bella, 'para'),
      related(andre, bella, 'para'),
      related(dana, amari, 'case_manager'),
      related(dana, bella, 'case_manager'),
      related(kim, amari, 'substitute', '2026-11-03T13:15:00.000Z', '2026-11-03T21:30:00.000Z'),
      related(eve, amari, 'para', since, '2026-06-05T20:00:00.000Z'),
    ],
  }
}
