/**
 * Who is at Cedar Bend: staff and their roles, students, sections, and who works with whom from when to when.
 * Every person here is made up. Addresses end in `.example`, which no mail can reach (RFC 2606).
 */
import type { Uuid } from '../platform/core/ids.ts'
import type { Day } from '../platform/core/days.ts'
import type { Relationship, Role, RosterBatch, Student } from '../capabilities/roster/model.ts'
import { instant, timeOf } from './calendar.ts'
import { nameId } from './seed.ts'

export const SCHOOL = nameId('school', 'cedar-bend')

const STAFF = {
  maya: ['Maya', 'Ortiz', 'para'],
  andre: ['Andre', 'Cole', 'para'],
  nia: ['Nia', 'Fowler', 'para'],
  kim: ['Kim', 'Tran', 'substitute'],
  dana: ['Dana', 'Reyes', 'case_manager'],
  irene: ['Irene', 'Kaplan', 'case_manager'],
  beth: ['Beth', 'Lindqvist', 'gened_teacher'],
  tom: ['Tom', 'Whitfield', 'gened_teacher'],
  omar: ['Omar', 'Farouk', 'gened_teacher'],
  claire: ['Claire', 'Dubois', 'gened_teacher'],
  priya: ['Priya', 'Nair', 'slp'],
  leo: ['Leo', 'Park', 'ot'],
  grace: ['Grace', 'Obi', 'pt'],
  sam: ['Sam', 'Keller', 'bcba'],
  ellen: ['Ellen', 'Brooks', 'nurse'],
  ruth: ['Ruth', 'Abel', 'counselor'],
  victor: ['Victor', 'Lang', 'gt_teacher'],
  joan: ['Joan', 'Meyer', 'coordinator'],
  carla: ['Carla', 'Simmons', 'administrator'],
  pat: ['Pat', 'Lowe', 'office'],
  gil: ['Gil', 'Navarro', 'bus'],
  hale: ['Edith', 'Hale', 'volunteer'],
} as const satisfies Record<string, readonly [given: string, family: string, role: Role]>

export type StaffKey = keyof typeof STAFF

type StudentRow = readonly [
  given: string,
  family: string,
  initials: string,
  grade: string,
  color: number,
  preferred?: string,
]

/** The names try software on purpose: Ñ, Ł, apostrophes, particles, two surnames, one letter short, very long, right to left. */
const STUDENTS = {
  // Dana Reyes' caseload
  am: ['Amari', 'Mensah', 'A.M.', '3', 1],
  bk: ['Bella', 'Kowalski', 'B.K.', '3', 2],
  cd: ['Cody', 'Dawson', 'C.D.', '4', 3],
  dl: ['Dina', 'López', 'D.L.', '5', 4],
  ef: ['Ezra', 'Fontaine', 'E.F.', '4', 5],
  so: ['Sean', "O'Neil", 'S.O.', '5', 6],
  ln: ['Lucía', 'Núñez Peña', 'L.N.', '2', 1, 'Luz'],
  ta: ['Tobias', 'Adeyemi', 'T.A.', '1', 2, 'Toby'],
  hi: ['Hana', 'Ito', 'H.I.', '3', 3],
  mw: ['Marcus', 'Webb', 'M.W.', '2', 4],
  // Irene Kaplan's caseload
  mf: ['Maximiliana-Alexandria', 'Featherstonehaugh-Montgomery', 'M.F.', '7', 5, 'Max'],
  nq: ['Ñusta', 'Quispe Mamani', 'Ñ.Q.', '6', 6],
  jb: ['Jonah', 'Blake', 'J.B.', '8', 1],
  lh: ['Layla', 'Haddad', 'L.H.', '6', 2, 'ليلى'],
  // without a plan
  wa: ['Wren', 'Abbott', 'W.A.', 'K', 3],
  mv: ['Mateo', 'Vargas Ruiz', 'M.V.', 'K', 4],
  dp: ["D'Angelo", 'Price', 'D.P.', '1', 5],
  zh: ['Zoë', 'Hartwig', 'Z.H.', '1', 6],
  an: ['Ánh', 'Nguyễn', 'Á.N.', '2', 2],
  sn: ['Siobhán', 'Ní Bhriain', 'S.N.', '3', 4],
  kt: ['Kai', 'Tanaka-Reed', 'K.T.', '3', 6],
  av: ['Ada', 'van der Berg', 'A.V.', '4', 1],
  ms: ['Malik', 'Stoneham', 'M.S.', '4', 2],
  jc: ['José', 'de la Cruz', 'J.C.', '5', 3],
  nr: ['Noor', 'Rahman', 'N.R.', '5', 5],
  lw: ['Łukasz', 'Wójcik', 'Ł.W.', '6', 4],
  ec: ['Emma', 'Carrow', 'E.C.', '6', 6],
  lv: ['Leo', 'Novak', 'L.N.', '7', 3], // the same initials as Lucía, another color
  ob: ['Ola', 'Bo', 'O.B.', '7', 1],
  pj: ['Priscilla', 'Jean-Baptiste', 'P.J.', '8', 5],
  yl: ['Yu', 'Li', 'Y.L.', '8', 6],
} as const satisfies Record<string, StudentRow>

export type StudentKey = keyof typeof STUDENTS

export const personId = (key: StaffKey): Uuid => nameId('person', key)
export const studentId = (key: StudentKey): Uuid => nameId('student', key)

export const CASELOADS: Readonly<Record<'dana' | 'irene', readonly StudentKey[]>> = {
  dana: ['am', 'bk', 'cd', 'dl', 'ef', 'so', 'ln', 'ta', 'hi', 'mw'],
  irene: ['mf', 'nq', 'jb', 'lh'],
}

/** The case manager of a student with a plan. */
export function managerOf(student: StudentKey): 'dana' | 'irene' {
  return CASELOADS.dana.includes(student) ? 'dana' : 'irene'
}

/** The para who runs most programs of a student with a plan since August 2026. */
export function paraOf(student: StudentKey): 'maya' | 'andre' | 'nia' {
  if (CASELOADS.irene.includes(student)) return 'nia'
  return ['am', 'bk', 'cd', 'dl'].includes(student) ? 'maya' : 'andre'
}

/** Staff came back a week before the students of 2025-26. */
const SINCE: Day = '2025-08-18'
const THIS_YEAR: Day = '2026-08-24'

/** Days on which a para was away and Kim Tran came for some of their students, 07:15 to 15:30. */
export const COVERAGE: readonly { day: Day; away: StaffKey; students: readonly StudentKey[] }[] = [
  { day: '2025-10-21', away: 'maya', students: ['am'] },
  { day: '2025-12-09', away: 'maya', students: ['am', 'ef'] },
  { day: '2026-02-24', away: 'andre', students: ['so', 'ln'] },
  { day: '2026-04-14', away: 'maya', students: ['am'] },
  { day: '2026-05-05', away: 'andre', students: ['ln', 'hi'] },
  { day: '2026-09-24', away: 'maya', students: ['am'] },
  { day: '2026-10-06', away: 'andre', students: ['so'] },
  { day: '2026-10-22', away: 'maya', students: ['am'] },
  { day: '2026-11-04', away: 'maya', students: ['am'] },
]

export function roster(): RosterBatch {
  return {
    schools: [
      { id: SCHOOL, sourceId: 'demo-school', name: 'Cedar Bend School', kind: 'school', parent: null },
    ],
    people: entries(STAFF).map(([key, [given, family]]) => ({
      id: personId(key),
      sourceId: `demo-staff-${key}`,
      given,
      family,
      email: `${given}.${family}@cedar-bend.example`.toLowerCase(),
    })),
    roles: entries(STAFF).map(([key, [, , role]]) => ({
      id: nameId('role', key),
      person: personId(key),
      role,
      school: role === 'coordinator' ? null : SCHOOL,
      from: midnight(SINCE),
      to: null,
    })),
    students: entries(STUDENTS).map(([key, row]) => studentOf(key, row)),
    ...sections(),
    relationships: relationships(),
  }
}

function studentOf(key: StudentKey, [given, family, initials, grade, color, preferred]: StudentRow): Student {
  return {
    id: studentId(key),
    sourceId: `demo-student-${key}`,
    given,
    family,
    preferred: preferred ?? null,
    initials,
    color,
    grade,
    school: SCHOOL,
  }
}

function sections(): Pick<RosterBatch, 'sections' | 'enrollments'> {
  const inGrades = (...grades: string[]) =>
    entries(STUDENTS).flatMap(([key, row]) => (grades.includes(row[3]) ? [key] : []))
  const list: readonly {
    key: string
    title: string
    course: string | null
    adult: StaffKey
    students: readonly StudentKey[]
  }[] = [
    { key: 'hr-k2', title: 'Homeroom K–2', course: null, adult: 'beth', students: inGrades('K', '1', '2') },
    { key: 'hr-34', title: 'Homeroom 3/4', course: null, adult: 'tom', students: inGrades('3', '4') },
    { key: 'hr-56', title: 'Homeroom 5/6', course: null, adult: 'omar', students: inGrades('5', '6') },
    { key: 'hr-78', title: 'Homeroom 7/8', course: null, adult: 'claire', students: inGrades('7', '8') },
    { key: 'math-35', title: 'Math 3–5', course: 'Math', adult: 'tom', students: inGrades('3', '4', '5') },
    {
      key: 'reading-9',
      title: 'Reading group, Room 9',
      course: 'Reading',
      adult: 'dana',
      students: ['dl', 'jc', 'nr'],
    },
    {
      key: 'enrichment',
      title: 'Math enrichment',
      course: 'Math',
      adult: 'victor',
      students: ['dl', 'kt', 'yl'],
    },
  ]
  const enrolled = (section: string, who: string) => ({
    id: nameId('enrollment', `${section}/${who}`),
    sourceId: `demo-enrollment-${section}-${who}`,
    section: nameId('section', section),
    from: '2026-08-25',
    to: null,
  })
  return {
    sections: list.map(({ key, title, course }) => ({
      id: nameId('section', key),
      sourceId: `demo-section-${key}`,
      school: SCHOOL,
      title,
      course,
      terms: ['2026-27'],
    })),
    enrollments: list.flatMap(({ key, adult, students }) => [
      { ...enrolled(key, adult), person: personId(adult), student: null, role: STAFF[adult][2] },
      ...students.map((student) => ({
        ...enrolled(key, student),
        person: null,
        student: studentId(student),
        role: 'student' as const,
      })),
    ]),
  }
}

function relationships(): Relationship[] {
  const rows: Relationship[] = []
  function link(
    adult: StaffKey,
    students: readonly StudentKey[],
    why: string,
    source: Relationship['source'],
    from: Day = SINCE,
    to: Day | null = null,
  ) {
    for (const student of students) add(adult, student, why, source, midnight(from), to && midnight(to))
  }
  function add(
    adult: StaffKey,
    student: StudentKey,
    why: string,
    source: Relationship['source'],
    from: string,
    to: string | null,
  ) {
    rows.push({
      id: nameId('relationship', `${adult}/${student}/${from}`),
      person: personId(adult),
      student: studentId(student),
      role: STAFF[adult][2],
      from,
      to,
      source,
      why,
    })
  }

  link('maya', ['am', 'bk', 'cd'], 'Assigned para', 'schedule')
  link('maya', ['dl'], 'Reading group and math table', 'schedule', '2026-01-05')
  link('maya', ['ef'], 'Assigned para until the end of 2025-26', 'schedule', SINCE, '2026-06-05')
  link('andre', ['so', 'ln', 'hi', 'mw'], 'Assigned para', 'schedule')
  link('andre', ['ta', 'ef'], 'Assigned para from 2026-27', 'schedule', THIS_YEAR)
  link('andre', ['bk'], 'Trained for the feeding plan; lunch on A days', 'schedule')
  link('andre', ['cd'], 'Second adult of the behavior plan', 'case_manager', '2026-01-05')
  link('andre', ['dl'], 'Reading group until January 2026', 'schedule', SINCE, '2026-01-05')
  link('nia', CASELOADS.irene, 'Assigned para', 'schedule')
  link('dana', CASELOADS.dana, 'Case manager', 'case_manager')
  link('irene', CASELOADS.irene, 'Case manager', 'case_manager')
  link('ellen', [...CASELOADS.dana, ...CASELOADS.irene], 'School nurse', 'manual')
  link('beth', ['ln', 'ta', 'mw'], 'Homeroom teacher', 'schedule')
  link('tom', ['am', 'bk', 'cd', 'ef', 'hi'], 'Homeroom teacher', 'schedule')
  link('tom', ['dl'], 'Math teacher', 'schedule')
  link('omar', ['dl', 'so', 'nq', 'lh'], 'Homeroom teacher', 'schedule')
  link('claire', ['mf', 'jb'], 'Homeroom teacher', 'schedule')
  link('priya', ['am', 'bk', 'hi', 'lh'], 'Speech-language therapy', 'therapist')
  link('leo', ['am', 'bk', 'mw'], 'Occupational therapy', 'therapist')
  link('grace', ['bk'], 'Physical therapy', 'therapist')
  link('sam', ['cd', 'jb'], 'Behavior plan', 'therapist')
  link('ruth', ['cd'], 'Counseling', 'therapist')
  link('victor', ['dl'], 'Enrichment in math', 'therapist')
  for (const { day, students } of COVERAGE)
    for (const student of students)
      add('kim', student, 'Covers for one day', 'coverage', at(day, '07:15'), at(day, '15:30'))
  return rows
}

const at = (day: Day, time: string) => instant(timeOf(day, time))
const midnight = (day: Day) => at(day, '00:00')

function entries<T extends object>(table: T): [keyof T & string, T[keyof T]][] {
  return Object.entries(table) as [keyof T & string, T[keyof T]][]
}
