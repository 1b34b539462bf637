/**
 * A district of any size for what is measured and what is pressed hard: schools of 25 paras, six students to a para,
 * one program a student. Made by rule, so that what should have arrived is known without asking the server. It runs
 * on the real clock. load.test.ts and bench/ use it.
 */
import { createHmac, randomBytes } from 'node:crypto'
import pg from 'pg'
import type { RosterBatch } from '../capabilities/roster/model.ts'
import type { Measure } from '../capabilities/sessions/records.ts'
import type { Json } from '../platform/core/canonical.ts'
import { uuidOf, uuidv7, type Uuid } from '../platform/core/ids.ts'
import type { Envelope } from '../platform/records/envelope.ts'

const PARAS_A_SCHOOL = 25
const STUDENTS_A_PARA = 6
/** A session: start, trials, end. */
export const SESSION_RECORDS = 25
const TZ = 'America/Chicago'
const DAY_MS = 86_400_000

const MEASURE: Measure = {
  system: 'trials',
  planned: 20,
  min_opportunities: 5,
  prompts: {
    direction: 'least_to_most',
    wait_s: 4,
    levels: [
      { code: 'G', label: 'gesture' },
      { code: 'V', label: 'verbal' },
    ],
  },
}

interface CrowdStudent {
  readonly id: Uuid
  readonly program: Uuid
  /** The published version of the program, which is the id of the record that publishes it. */
  readonly version: Uuid
}

export interface CrowdMember {
  readonly person: Uuid
  readonly device: Uuid
  readonly students: readonly CrowdStudent[]
}

export interface Crowd {
  readonly district: { id: Uuid; name: string; tz: string; demo: boolean; clockOffsetMs: number }
  readonly roster: RosterBatch
  readonly paras: readonly CrowdMember[]
  /** One a school. */
  readonly managers: readonly CrowdMember[]
}

/** The same name and size give the same ids. */
export function crowdOf(name: string, size: number): Crowd {
  const school = (n: number) => Math.floor(n / PARAS_A_SCHOOL)
  const paras = Array.from({ length: size }, (_, n) => memberOf(`${name} para ${n}`))
  const managers = Array.from({ length: school(size - 1) + 1 }, (_, s) => ({
    ...memberOf(`${name} manager ${s}`),
    students: paras.flatMap((para, n) => (school(n) === s ? para.students : [])),
  }))
  const staff = [
    ...paras.map((member, n) => ({ member, role: 'para' as const, school: school(n) })),
    ...managers.map((member, s) => ({ member, role: 'case_manager' as const, school: s })),
  ]
  const from = new Date(Date.now() - 365 * DAY_MS).toISOString()
  const schoolId = (s: number) => uuidOf(`${name} school ${s}`)
  return {
    district: { id: uuidOf(`${name} district`), name, tz: TZ, demo: false, clockOffsetMs: 0 },
    paras,
    managers,
    roster: {
      schools: managers.map((_, s) => ({
        id: schoolId(s),
        sourceId: `school-${s}`,
        name: `School ${s}`,
        kind: 'school',
        parent: null,
      })),
      people: staff.map(({ member }, n) => ({
        id: member.person,
        sourceId: `staff-${n}`,
        given: 'Staff',
        family: `Member ${n}`,
        email: null,
      })),
      roles: staff.map(({ member, role, school }) => ({
        id: uuidOf(`role of ${member.person}`),
        person: member.person,
        role,
        school: schoolId(school),
        from,
        to: null,
      })),
      students: paras.flatMap((para, n) =>
        para.students.map((student, i) => ({
          id: student.id,
          sourceId: `student-${n}-${i}`,
          given: 'Student',
          family: `Number ${n}-${i}`,
          preferred: null,
          initials: 'S.N.',
          color: (i % 6) + 1,
          grade: '3',
          school: schoolId(school(n)),
        })),
      ),
      sections: [],
      enrollments: [],
      relationships: staff.flatMap(({ member, role }) =>
        member.students.map((student) => ({
          id: uuidOf(`${member.person} with ${student.id}`),
          person: member.person,
          student: student.id,
          role,
          from,
          to: null,
          source: 'manual' as const,
          why: 'load',
        })),
      ),
    },
  }
}

/** What a case manager sends first: the programs of the school's students. */
export function programsOf(manager: CrowdMember): Envelope[] {
  const began = Date.now() - 30 * DAY_MS
  return manager.students.map((student, n) => ({
    ...stamped(manager, n + 1, began + n * 1000),
    id: student.version,
    kind: 'sessions.program',
    student: student.id,
    refs: { program: student.program },
    body: {
      title: 'Requests',
      goal: 'Requests what is needed.',
      definition: 'Any form.',
      direction: 'increase',
      measure: MEASURE as unknown as Json,
      criterion: '80 % over 3 sessions',
      number: 1,
    },
  }))
}

/**
 * Unsent sessions of a para, a trial every four seconds, student after student, the last one ending now.
 * `before`: how many records the device has made already.
 */
export function sessionsOf(para: CrowdMember, sessions: number, before = 0): Envelope[] {
  const began = Date.now() - sessions * SESSION_RECORDS * 4000
  return Array.from({ length: sessions }, (_, s) => {
    const student = para.students[(before / SESSION_RECORDS + s) % para.students.length]
    if (!student) throw new Error('a para without students')
    const session = uuidv7(began)
    return Array.from({ length: SESSION_RECORDS }, (_, i): Envelope => {
      const made = before + s * SESSION_RECORDS + i + 1
      return {
        ...stamped(para, made, began + (s * SESSION_RECORDS + i) * 4000),
        kind: i === 0 ? 'sessions.start' : i === SESSION_RECORDS - 1 ? 'sessions.end' : 'sessions.trial',
        student: student.id,
        refs: { session, program: student.program, ...(i === 0 ? { version: student.version } : {}) },
        body: bodyAt(i),
      }
    })
  }).flat()
}

function bodyAt(i: number): Envelope['body'] {
  if (i === 0)
    return {
      measure: MEASURE as unknown as Json,
      condition: 'intervention',
      observer: 'primary',
      setting: 'Room 12',
      tags: [],
    }
  if (i === SESSION_RECORDS - 1) return { status: 'complete' }
  return i % 3 === 0 ? { n: i, result: '+', level: 'G' } : { n: i, result: i % 2 === 0 ? '+' : '-' }
}

function stamped(member: CrowdMember, seq: number, at: number) {
  return {
    id: uuidv7(at),
    v: 1,
    at: new Date(at).toISOString(),
    tz: TZ,
    device: member.device,
    seq,
    ord: at,
    mono: { boot: member.device.slice(0, 8), ms: seq * 4000 },
  }
}

function memberOf(name: string): CrowdMember {
  return {
    person: uuidOf(name),
    device: uuidOf(`phone of ${name}`),
    students: Array.from({ length: STUDENTS_A_PARA }, (_, n) => ({
      id: uuidOf(`${name} student ${n}`),
      program: uuidOf(`${name} program ${n}`),
      version: uuidOf(`${name} version ${n}`),
    })),
  }
}

/**
 * Signs many people in at once and gives each one's Cookie header. A thousand passwords would cost minutes of scrypt
 * on purpose; so sessions are written as better-auth writes them, its token signed with the installation's secret.
 */
export async function signInAll(options: {
  ownerUrl: string
  /** `secretOf(dataDir, 'session')` of the server. */
  secret: string
  district: Uuid
  people: readonly Uuid[]
}): Promise<Map<Uuid, string>> {
  const { ownerUrl, secret, district, people } = options
  const tokens = people.map(() => randomBytes(24).toString('base64url'))
  const client = new pg.Client({ connectionString: ownerUrl, options: '-c search_path=identity' })
  await client.connect()
  try {
    await client.query(
      `with wanted as (select * from unnest($1::uuid[], $2::text[]) as w (person, token)),
         made as (
           insert into "user" (id, name, email)
           select person, 'Member', person || '@test.invalid' from wanted on conflict do nothing),
         member as (
           insert into membership (user_id, district_id, person_id)
           select person, $3, person from wanted on conflict do nothing)
       insert into session ("expiresAt", token, "userId")
       select now() + interval '12 hours', token, person from wanted`,
      [people, tokens, district],
    )
  } finally {
    await client.end()
  }
  return new Map(people.map((person, n) => [person, cookieOf(tokens[n] ?? '', secret)]))
}

function cookieOf(token: string, secret: string): string {
  const signature = createHmac('sha256', secret).update(token).digest('base64')
  return `handrail.session_token=${encodeURIComponent(`${token}.${signature}`)}`
}
