/**
 * Two districts with everybody who might ask: one of each role, at two schools of one district and at one of another,
 * with relationships that hold, held, or will hold, all at one instant. Each student has words and ids that belong to
 * nobody else, so that a test can look for them in everything that anybody is told. matrix, kinds, walls and districts
 * tests stand on it.
 */
import type { Relationship, Role, RosterBatch } from '../capabilities/roster/model.ts'
import { loadRoster } from '../capabilities/roster/server/queries.ts'
import type { Json } from '../platform/core/canonical.ts'
import { uuidv7 } from '../platform/core/ids.ts'
import type { Envelope } from '../platform/records/envelope.ts'
import type { Tier } from '../platform/records/registry.ts'
import type { Actor, Database } from '../platform/server/db.ts'
import { ingest } from '../platform/server/ingest.ts'
import { registry } from '../registry.ts'
import { DAY, device, id, MEASURE, TZ } from './school.ts'

export type StudentName = 'ash' | 'fir' | 'oak' | 'yew'
export type DistrictName = 'cedar' | 'birch'

/** `ash`: whom most actors are about. `fir`: at the same school. `oak`: at another. `yew`: in the other district. */
export const STUDENTS = {
  ash: { district: 'cedar', school: 'elm', given: 'Quillon', family: 'Vexworth', initials: 'Q.V.' },
  fir: { district: 'cedar', school: 'elm', given: 'Zephyra', family: 'Thistlewood', initials: 'Z.T.' },
  oak: { district: 'cedar', school: 'lea', given: 'Ondrej', family: 'Brackenbury', initials: 'O.B.' },
  yew: { district: 'birch', school: 'pine', given: 'Ysolde', family: 'Hartfell', initials: 'Y.H.' },
} as const satisfies Record<StudentName, object>

/** What a role may read, by domain B.3; written down here on its own. */
const READS: { readonly [role: string]: readonly Tier[] } = {
  para: ['T0', 'T1', 'T2', 'T3', 'T4'],
  substitute: ['T0', 'T1', 'T2', 'T3'],
  case_manager: ['T0', 'T1', 'T2', 'T3', 'T4', 'T5'],
  gened_teacher: ['T0', 'T1', 'T2', 'T3'],
  ot: ['T0', 'T1', 'T2', 'T3', 'T4'],
  pt: ['T0', 'T1', 'T2', 'T3', 'T4'],
  slp: ['T0', 'T1', 'T2', 'T3', 'T4'],
  bcba: ['T0', 'T1', 'T2', 'T3', 'T4'],
  counselor: ['T0', 'T1', 'T2', 'T3', 'T5'],
  nurse: ['T0', 'T1', 'T2', 'T3', 'T4'],
  gt_teacher: ['T0', 'T1', 'T2'],
  bus: ['T0', 'T1'],
  coordinator: ['T0', 'T1', 'T2', 'T3', 'T4', 'T5'],
  administrator: ['T0', 'T1', 'T2', 'T3', 'T4', 'T5'],
  office: ['T0', 'T1'],
  volunteer: [],
}
/** Who logs what happens in instruction, and who decides about it (T2: C and A of domain B.3). */
const LOGS = ['para', 'substitute', 'case_manager', 'gened_teacher', 'ot', 'pt', 'slp', 'bcba', 'gt_teacher']
const DECIDES = ['case_manager', 'ot', 'pt', 'slp', 'bcba', 'gt_teacher']
/** Who writes down behavior (T3), and who care (T4). */
const LOGS_BEHAVIOR = ['para', 'substitute', 'case_manager', 'gened_teacher', 'bcba']
const LOGS_CARE = ['para', 'ot', 'pt', 'slp', 'nurse']
/** Who decides about safety (T1). */
const KEEPS_SAFE = ['case_manager', 'nurse']
/** Who writes what is restricted (T5: C and A of domain B.3). */
const CONFIDES = ['case_manager', 'counselor']
const LEADS = ['coordinator', 'administrator']

const HOUR = 3_600_000

interface Bond {
  readonly student: StudentName
  /** Hours from now; null = open. */
  readonly from: number
  readonly to: number | null
}

export interface Member {
  readonly who: string
  readonly district: DistrictName
  readonly role: Role
  /** Null = the whole district. */
  readonly school: 'elm' | 'lea' | 'pine' | null
  readonly bonds: readonly Bond[]
  /** Students that a court order keeps from them. */
  readonly kept?: readonly StudentName[]
}

const YEAR = -365 * 24
const always = (student: StudentName): Bond => ({ student, from: YEAR, to: null })
const of = (
  who: string,
  role: Role,
  bonds: readonly Bond[],
  more: Partial<Pick<Member, 'district' | 'school' | 'kept'>> = {},
): Member => ({ who, district: 'cedar', role, school: 'elm', bonds, ...more })

export const MEMBERS: readonly Member[] = [
  of('para', 'para', [always('ash')]),
  of('para of another student', 'para', [always('fir')]),
  of('para of another school', 'para', [always('oak')], { school: 'lea' }),
  of('para until yesterday', 'para', [{ student: 'ash', from: YEAR, to: -24 }]),
  of('para from tomorrow', 'para', [{ student: 'ash', from: 24, to: null }]),
  of('para under a court order', 'para', [always('ash'), always('fir')], { kept: ['ash'] }),
  of('substitute on shift', 'substitute', [{ student: 'ash', from: -1, to: 1 }]),
  of('substitute after the shift', 'substitute', [{ student: 'ash', from: -9, to: -0.5 }]),
  of('case manager', 'case_manager', [always('ash'), always('fir')]),
  of('case manager of another school', 'case_manager', [always('oak')], { school: 'lea' }),
  of('teacher', 'gened_teacher', [always('ash')]),
  of('occupational therapist', 'ot', [always('ash')]),
  of('physical therapist', 'pt', [always('ash')]),
  of('speech therapist', 'slp', [always('ash')]),
  of('behavior analyst', 'bcba', [always('ash')]),
  of('counselor', 'counselor', [always('ash')]),
  of('nurse', 'nurse', [always('ash'), always('fir'), always('oak')]),
  of('gifted teacher', 'gt_teacher', [always('ash')]),
  of('bus driver', 'bus', [always('ash')]),
  of('volunteer', 'volunteer', []),
  of('office', 'office', []),
  of('coordinator', 'coordinator', [], { school: null }),
  of('coordinator of a school', 'coordinator', []),
  of('coordinator under a court order', 'coordinator', [], { school: null, kept: ['ash'] }),
  of('administrator', 'administrator', []),
  of('administrator of another school', 'administrator', [], { school: 'lea' }),
  of('para of another district', 'para', [always('yew')], { district: 'birch', school: 'pine' }),
  of('case manager of another district', 'case_manager', [always('yew')], {
    district: 'birch',
    school: 'pine',
  }),
  of('coordinator of another district', 'coordinator', [], { district: 'birch', school: null }),
]

export type Right =
  | 'read'
  | 'log'
  | 'take away'
  | 'log behavior'
  | 'log care'
  | 'decide'
  | 'keep safe'
  | 'keep healthy'
  | 'confide'
  | 'lead'

/** May this member do that with this student, now? By the lists above and nothing of the product. */
export function may(member: Member, right: Right | Tier, student: StudentName, hours = 0): boolean {
  const { role, bonds, kept = [], district, school } = member
  if (kept.includes(student)) return false
  const wide = ['coordinator', 'administrator', 'office'].includes(role)
  const there = STUDENTS[student]
  const near = wide
    ? district === there.district && (school === null || school === there.school)
    : bonds.some((one) => one.student === student && one.from <= hours && (one.to === null || one.to > hours))
  if (!near) return false
  if (right === 'log') return LOGS.includes(role)
  // “no export” for a substitute (domain B.3)
  if (right === 'take away') return LOGS.includes(role) && role !== 'substitute'
  if (right === 'log behavior') return LOGS_BEHAVIOR.includes(role)
  if (right === 'log care') return LOGS_CARE.includes(role)
  if (right === 'decide') return DECIDES.includes(role)
  if (right === 'keep safe') return KEEPS_SAFE.includes(role)
  if (right === 'keep healthy') return role === 'nurse'
  if (right === 'confide') return CONFIDES.includes(role)
  if (right === 'lead') return LEADS.includes(role) || DECIDES.includes(role)
  return READS[role]?.includes(right === 'read' ? 'T2' : right) ?? false
}

export const studentId = (student: StudentName) => id(`world ${student}`)
export const programId = (student: StudentName) => id(`world program of ${student}`)
export const sessionId = (student: StudentName) => id(`world session of ${student}`)
export const districtId = (district: DistrictName) => id(`world ${district}`)
export const personOf = (who: string) => id(`world ${who}`)

export function actorOf({ district, who, role }: Pick<Member, 'district' | 'who' | 'role'>): Actor {
  return { district: districtId(district), person: personOf(who), roles: [role] }
}

export function memberOf(who: string): Member {
  const found = MEMBERS.find((one) => one.who === who)
  if (!found) throw new Error(`nobody is called ${who}`)
  return found
}

/** Who logs and who decides for a student. */
export const TEAM: Record<StudentName, { para: string; manager: string }> = {
  ash: { para: 'para', manager: 'case manager' },
  fir: { para: 'para of another student', manager: 'case manager' },
  oak: { para: 'para of another school', manager: 'case manager of another school' },
  yew: { para: 'para of another district', manager: 'case manager of another district' },
}

/** A word or an id that belongs to one student, and what one must be allowed to be told it. */
export interface Mark {
  readonly text: string
  readonly student: StudentName
  readonly needs: Tier | 'lead'
  /** Who said it: they see their own while the student is in their reach. */
  readonly sender?: string
}

export interface World {
  readonly marks: readonly Mark[]
  /** The published version of each student's program. */
  readonly versions: Readonly<Record<StudentName, string>>
  /** A trial of each student's, by their para. */
  readonly trials: Readonly<Record<StudentName, Envelope>>
}

export const STUDENT_NAMES = ['ash', 'fir', 'oak', 'yew'] as const satisfies readonly StudentName[]

/** Puts both districts in, and for each student a safety card, a program, a session with a note, and a refused record. */
export async function loadWorld(database: Database, now: number): Promise<World> {
  for (const name of ['cedar', 'birch'] as const) await loadDistrict(database, name, now)
  const marks: Mark[] = []
  const versions = {} as Record<StudentName, string>
  const trials = {} as Record<StudentName, Envelope>
  for (const student of STUDENT_NAMES) {
    const { given, family, initials } = STUDENTS[student]
    const mark = (needs: Mark['needs'], ...texts: string[]) =>
      marks.push(...texts.map((text) => ({ text, student, needs })))
    mark('T0', studentId(student), given, family, initials)
    const { para, manager } = TEAM[student]
    const [logger, decider] = [actorOf(memberOf(para)), actorOf(memberOf(manager))]
    const desk = device(decider, now - 2 * DAY, `world ${student}`)
    const phone = device(logger, now - HOUR, `world ${student}`)
    const about = { student: studentId(student) }
    const safety = desk.record('students.safety', { ...about, body: safetyBody(`line of ${student}`) })
    const program = desk.record('sessions.program', {
      ...about,
      refs: { program: programId(student) },
      body: programBody(`title of ${student}`),
    })
    const refs = { session: sessionId(student), program: programId(student) }
    const start = phone.record('sessions.start', {
      ...about,
      refs: { ...refs, version: program.id },
      body: startBody(`note of ${student}`),
    })
    const trial = phone.record('sessions.trial', { ...about, refs, body: { n: 1, result: '+' } })
    const broken = phone.record('sessions.trial', {
      ...about,
      refs,
      body: { n: 2, note: `refused of ${student}` },
    })
    await take(database, decider, [safety, program])
    await take(database, logger, [start, trial])
    await push(database, logger, [broken])
    mark('T1', `line of ${student}`, safety.id)
    mark('T2', `title of ${student}`, `note of ${student}`, ...Object.values(refs))
    mark('T2', program.id, start.id, trial.id)
    marks.push(
      ...[`refused of ${student}`, broken.id].map((text) => ({
        text,
        student,
        needs: 'lead' as const,
        sender: para,
      })),
    )
    versions[student] = program.id
    trials[student] = trial
  }
  return { marks, versions, trials }
}

/** May this member be told it? The sender of a refused record is told of it as well. */
export function mayHear(member: Member, { needs, student, sender }: Mark): boolean {
  if (needs !== 'lead') return may(member, needs, student)
  return may(member, 'lead', student) || (sender === member.who && may(member, 'T0', student))
}

export function push(database: Database, actor: Actor, records: readonly unknown[]) {
  return ingest({ database, registry, announce: () => {} }, actor, records)
}

export function safetyBody(line: string): { [key: string]: Json } {
  return { supervision: 'SV2', exceptions: [], flags: [], communicates: 'words', lines: [line] }
}

export function programBody(title: string): { [key: string]: Json } {
  return {
    title,
    goal: 'Requests what is needed.',
    definition: 'Any form.',
    direction: 'increase',
    measure: MEASURE as unknown as Json,
    criterion: '80 % over 3 sessions',
    number: 1,
  }
}

/** A final progress report on a student's program. */
export function finalBody(student: StudentName): { [key: string]: Json } {
  const goal = {
    program: programId(student),
    version: id(`a version of ${student}`),
    title: `title of ${student}`,
    goal: 'Requests what is needed.',
    criterion: '80 % over 3 sessions',
    direction: 'increase',
    baseline: 40,
    current: 60,
    target: 80,
    sessions: { held: 4, valid: 4, not_run: 0 },
    by: [],
    rating: 'sufficient',
    sentence: '18 of the last 30 trials were independent.',
    change: '',
    rests: [],
    graph: null,
  }
  const period = { from: '2026-10-01', to: '2026-11-03' }
  return { stage: 'final', period, lang: 'en', goals: [goal] }
}

export function startBody(setting: string): { [key: string]: Json } {
  return {
    measure: MEASURE as unknown as Json,
    condition: 'intervention',
    observer: 'primary',
    setting,
    tags: [],
  }
}

/** A session of a student's program by this member, now: a start and a trial. Whoever cannot know its ids guesses. */
export function sessionBy(world: World, member: Member, student: StudentName, now: number, label: string) {
  const phone = device(actorOf(member), now - 60_000, label)
  const knows = may(member, 'T2', student)
  const refs = { session: uuidv7(now), program: knows ? programId(student) : id('a guess') }
  const about = { student: studentId(student), refs }
  return [
    phone.record('sessions.start', {
      ...about,
      refs: { ...refs, version: knows ? world.versions[student] : id('a guess') },
      body: startBody(label),
    }),
    phone.record('sessions.trial', { ...about, body: { n: 1, result: '+' } }),
  ] as const
}

async function take(database: Database, actor: Actor, records: readonly Envelope[]): Promise<void> {
  const { acks } = await push(database, actor, records)
  const bad = acks.find((ack) => ack.status !== 'accepted')
  if (bad) throw new Error(JSON.stringify(bad))
}

async function loadDistrict(database: Database, name: DistrictName, now: number): Promise<void> {
  const members = MEMBERS.filter((member) => member.district === name)
  const instant = (hours: number) => new Date(now + hours * HOUR).toISOString()
  const schools = name === 'cedar' ? ['elm', 'lea'] : ['pine']
  const batch: RosterBatch = {
    schools: schools.map((school) => ({
      id: id(`world ${school}`),
      sourceId: school,
      name: `School ${school}`,
      kind: 'school',
      parent: null,
    })),
    people: members.map(({ who }) => ({
      id: personOf(who),
      sourceId: who,
      given: 'Staff',
      family: who,
      email: null,
    })),
    roles: members.map(({ who, role, school }) => ({
      id: id(`world role of ${who}`),
      person: personOf(who),
      role,
      school: school && id(`world ${school}`),
      from: instant(YEAR),
      to: null,
    })),
    students: STUDENT_NAMES.filter((student) => STUDENTS[student].district === name).map((student, n) => ({
      id: studentId(student),
      sourceId: student,
      given: STUDENTS[student].given,
      family: STUDENTS[student].family,
      preferred: null,
      initials: STUDENTS[student].initials,
      color: n + 1,
      grade: '3',
      school: id(`world ${STUDENTS[student].school}`),
    })),
    sections: [],
    enrollments: [],
    relationships: members.flatMap(({ who, role, bonds }) =>
      bonds.map(({ student, from, to }): Relationship => ({
        id: id(`world ${who} with ${student}`),
        person: personOf(who),
        student: studentId(student),
        role,
        from: instant(from),
        to: to === null ? null : instant(to),
        source: 'manual',
        why: 'test',
      })),
    ),
  }
  const district = { id: districtId(name), name: `District ${name}`, tz: TZ, demo: false, clockOffsetMs: 0 }
  await loadRoster(database, district, batch, { source: 'test', report: {} })
  const kept = members.flatMap(({ who, kept: students = [] }) =>
    students.map((student) => ({
      district_id: districtId(name),
      restriction_id: id(`world order about ${who} and ${student}`),
      person_id: personOf(who),
      student_id: studentId(student),
      from_at: instant(YEAR),
      to_at: null,
      document: 'order 7',
    })),
  )
  if (kept.length > 0)
    await database.asSystem(districtId(name), (_tx, db) =>
      db.insertInto('restriction').values(kept).execute(),
    )
}
