/**
 * Reads an Ed-Fi bulk exchange in XML (data standard 5.2): students, staff and their assignments, organizations,
 * sections and who is in them, calendars, and what programs and transportation say of a student. Element names:
 * schema.ed-fi.org, Ed-Fi-Core 5.2. Pure; see oneroster.ts for what the rows mean together.
 *
 * What must stay true: disabilities and special-education dates become facts of tier T2, transportation facts of T1;
 * they open nothing and decide nothing. Health, discipline, interventions and evaluations are never read.
 */
import { said } from '../../platform/core/said.ts'
import type { Json } from '../../platform/core/canonical.ts'
import type { Day } from '../../platform/core/days.ts'
import type { OpenDay, Role, RosterBatch, RosterExtras, StudentFact } from './model.ts'
import { dayFrom } from './oneroster-days.ts'
import { FILES as TABLES, type FileName } from './oneroster-format.ts'
import { tableOf, type FileReport, type Item, type Say, type Table } from './oneroster-tables.ts'
import { rosterOf, type RosterOptions, type RosterReport } from './oneroster.ts'
import { all, at, readXml, textAt, type Element } from './xml.ts'

/** What Ed-Fi's elements are called where OneRoster's columns are meant. */
const FIELDS: Readonly<Record<string, string>> = {
  sourcedId: 'UniqueId',
  givenName: 'FirstName',
  familyName: 'LastSurname',
  role: 'StaffClassification',
  orgSourcedIds: 'SchoolReference',
  orgSourcedId: 'EducationOrganizationReference',
  schoolSourcedId: 'SchoolReference',
  userSourcedId: 'UniqueId',
  classSourcedId: 'SectionReference',
  termSourcedIds: 'SessionReference',
  beginDate: 'BeginDate',
  endDate: 'EndDate',
  email: 'ElectronicMailAddress',
}

/** Interchanges about a student that no duty of the product needs, or that only people may bring in. */
const UNUSED = /^Interchange(StudentHealth|StudentDiscipline|StudentIntervention|StudentProgramEvaluation)$/

export function readEdfi(
  files: ReadonlyMap<string, Uint8Array>,
  options: RosterOptions,
): { readonly batch: RosterBatch; readonly extras: RosterExtras; readonly report: RosterReport } {
  let found: Found = nothing()
  let extras: Beside = NOTHING_BESIDE
  const { batch, terms, report } = rosterOf(
    options,
    (zone, say, add) => {
      const reports: Record<string, FileReport> = {}
      const ignored: string[] = []
      found = nothing()
      for (const [path, bytes] of files) {
        const file = path.split(/[\\/]/).at(-1) ?? path
        if (!/\.xml$/i.test(file)) {
          ignored.push(file)
          continue
        }
        let unused = false
        const xml = readXml(bytes, file, (element, root) => {
          unused ||= UNUSED.test(root)
          if (!unused) READERS[element.name]?.(element, file, found, say)
        })
        add(xml.findings)
        reports[file] = { rows: xml.elements }
        if (unused || /^InterchangeDescriptors$/.test(xml.root)) ignored.push(file)
        if (!xml.usable) found.usable = false
      }
      if (found.students.length === 0 && found.usable) {
        const message = said(
          /*i18n*/ {
            id: 'finding.edfi.no_students',
            message: 'There is no Student element in any file; there is no roster without them.',
          },
        )
        say('Student.xml', 0, null, 'edfi.no_students', 'error', message)
      }
      const table = (name: string, items: readonly Item[]): Table =>
        tableOf(name, items, zone, say, found.usable)
      const tables: Record<FileName, Table> = {
        ...(Object.fromEntries(TABLES.map((name) => [name, tableOf(name, null, zone, say)])) as Record<
          FileName,
          Table
        >),
        orgs: table('EducationOrganization', orgsOf(found)),
        academicSessions: table('Session', found.sessions),
        classes: table('Section', classesOf(found)),
        users: table('Student, Staff', [...studentsOf(found, say), ...staffOf(found, say)]),
        enrollments: table('StudentSectionAssociation, StaffSectionAssociation', found.enrollments),
      }
      return {
        tables,
        reports,
        ignored,
        after: (batch) => {
          extras = extrasOf(found, batch, options, say)
        },
      }
    },
    { format: 'edfi', fields: FIELDS },
  )
  return { batch, extras: { ...(report.fit ? extras : NOTHING_BESIDE), terms }, report }
}

type Beside = Omit<RosterExtras, 'terms'>
const NOTHING_BESIDE: Beside = { facts: [], days: [] }

/** Everything that was read, as it stands in the files. */
interface Found {
  usable: boolean
  /** Local education agencies by the `id` that other elements may refer to. */
  readonly agencies: Map<string, string>
  readonly orgs: (Item & { readonly agencyRef: string })[]
  readonly students: Item[]
  /** Where each student is enrolled: begin, school, grade. */
  readonly places: Map<string, { school: string; grade: string; from: string; to: string }>
  readonly staff: Item[]
  readonly assignments: { staff: string; org: string; word: string; file: string; line: number }[]
  readonly sessions: Item[]
  readonly sections: Item[]
  readonly enrollments: Item[]
  readonly facts: {
    kind: StudentFact['kind']
    student: string
    key: string
    from: string
    to: string
    detail: { [name: string]: Json }
    file: string
    line: number
  }[]
  readonly calendars: Map<string, string>
  readonly dates: {
    school: string
    calendar: string
    day: string
    event: string
    file: string
    line: number
  }[]
}

function nothing(): Found {
  return {
    usable: true,
    agencies: new Map(),
    orgs: [],
    students: [],
    places: new Map(),
    staff: [],
    assignments: [],
    sessions: [],
    sections: [],
    enrollments: [],
    facts: [],
    calendars: new Map(),
    dates: [],
  }
}

type Reader = (element: Element, file: string, found: Found, say: Say) => void

const READERS: Readonly<Record<string, Reader>> = {
  LocalEducationAgency: (element, file, found) => {
    const id = textAt(element, 'LocalEducationAgencyId')
    found.agencies.set(element.attributes['id'] ?? '', id)
    found.orgs.push({
      ...placeOf(element, file),
      agencyRef: '',
      values: { sourcedId: id, name: textAt(element, 'NameOfInstitution'), type: 'district' },
    })
  },
  School: (element, file, found) => {
    const parent = at(element, 'LocalEducationAgencyReference')
    found.orgs.push({
      ...placeOf(element, file),
      agencyRef:
        parent?.attributes['ref'] ??
        textAt(
          element,
          'LocalEducationAgencyReference',
          'LocalEducationAgencyIdentity',
          'LocalEducationAgencyId',
        ),
      values: {
        sourcedId: textAt(element, 'SchoolId'),
        name: textAt(element, 'NameOfInstitution'),
        type: 'school',
      },
    })
  },
  Student: (element, file, found) => {
    found.students.push({
      ...placeOf(element, file),
      values: { sourcedId: textAt(element, 'StudentUniqueId'), ...nameOf(element), role: 'student' },
    })
  },
  StudentSchoolAssociation: (element, _file, found) => {
    const student = studentOf(element)
    const from = textAt(element, 'EntryDate')
    const known = found.places.get(student)
    // the latest enrollment is where the student is
    if (known && known.from > from) return
    found.places.set(student, {
      school: textAt(element, 'SchoolReference', 'SchoolIdentity', 'SchoolId'),
      grade: wordOf(textAt(element, 'EntryGradeLevel')),
      from,
      to: textAt(element, 'ExitWithdrawDate'),
    })
  },
  Staff: (element, file, found) => {
    found.staff.push({
      ...placeOf(element, file),
      values: {
        sourcedId: textAt(element, 'StaffUniqueId'),
        ...nameOf(element),
        email: textAt(element, 'ElectronicMail', 'ElectronicMailAddress'),
      },
    })
  },
  StaffEducationOrganizationAssignmentAssociation: (element, file, found) => {
    found.assignments.push({
      ...placeOf(element, file),
      staff: staffIn(element),
      org: textAt(
        element,
        'EducationOrganizationReference',
        'EducationOrganizationIdentity',
        'EducationOrganizationId',
      ),
      word: wordOf(textAt(element, 'StaffClassification')),
    })
  },
  Session: (element, file, found) => {
    const school = textAt(element, 'SchoolReference', 'SchoolIdentity', 'SchoolId')
    found.sessions.push({
      ...placeOf(element, file),
      values: {
        sourcedId: sessionKey(school, element),
        title: textAt(element, 'SessionName'),
        startDate: textAt(element, 'BeginDate'),
        endDate: textAt(element, 'EndDate'),
        schoolSourcedId: school,
      },
    })
  },
  Section: (element, file, found) => {
    const offering = at(element, 'CourseOfferingReference', 'CourseOfferingIdentity')
    const section = sectionOf(textAt(element, 'SectionIdentifier'), offering)
    const name = textAt(element, 'SectionName')
    found.sections.push({
      ...placeOf(element, file),
      values: { ...section, ...(name === '' ? {} : { title: name }) },
    })
  },
  StaffSectionAssociation: (element, file, found) => {
    const substitute = /substitute/i.test(textAt(element, 'ClassroomPosition'))
    enroll(element, file, found, staffIn(element), substitute ? 'substitute' : 'teacher')
  },
  StudentSectionAssociation: (element, file, found) => {
    enroll(element, file, found, studentOf(element), 'student')
  },
  StudentSpecialEducationProgramAssociation: (element, file, found) => {
    const ended = textAt(element, 'SpecialEducationExitDate') || textAt(element, 'EndDate')
    addFact(found, file, element, 'special_education', ended, {
      program: programOf(element),
      disabilities: disabilitiesOf(element),
      ...namedIn(element, {
        setting: 'SpecialEducationSetting',
        hours_per_week: 'SpecialEducationHoursPerWeek',
        iep_begins: 'IEPBeginDate',
        iep_ends: 'IEPEndDate',
        iep_review: 'IEPReviewDate',
        last_evaluation: 'LastEvaluationDate',
        exit_reason: 'SpecialEducationExitReason',
      }),
    })
  },
  StudentSection504ProgramAssociation: (element, file, found) => {
    addFact(found, file, element, 'section_504', textAt(element, 'EndDate'), {
      program: programOf(element),
      ...namedIn(element, { disability: 'Section504Disability', meeting: 'Section504MeetingDate' }),
    })
  },
  StudentProgramAssociation: (element, file, found) => {
    addFact(found, file, element, 'program', textAt(element, 'EndDate'), { program: programOf(element) })
  },
  StudentTransportation: (element, file, found) => {
    const bus = at(element, 'StudentBusDetails')
    addFact(found, file, element, 'transportation', '', {
      ...namedIn(element, { by: 'TransportationType', needs: 'SpecialAccomodationRequirements' }),
      ...(bus
        ? {
            ...namedIn(bus, { bus: 'BusNumber', route: 'BusRoute', direction: 'TravelDirection' }),
            days: all(bus, 'TravelDayofWeek').map((day) => wordOf(day.text)),
          }
        : {}),
    })
  },
  Calendar: (element, _file, found) => {
    found.calendars.set(calendarKey(element), wordOf(textAt(element, 'CalendarType')))
  },
  CalendarDate: (element, file, found) => {
    const calendar = at(element, 'CalendarReference', 'CalendarIdentity')
    found.dates.push({
      ...placeOf(element, file),
      school: calendar ? textAt(calendar, 'SchoolReference', 'SchoolIdentity', 'SchoolId') : '',
      calendar: calendar ? calendarKey(calendar) : '',
      day: textAt(element, 'Date'),
      event: wordOf(textAt(element, 'CalendarEvent')),
    })
  },
}

// Elements that come again and again

function placeOf(element: Element, file: string): { readonly file: string; readonly line: number } {
  return { file, line: element.line }
}

/** The code of a descriptor: what stands behind the last number sign of its address. */
function wordOf(descriptor: string): string {
  return descriptor.slice(descriptor.lastIndexOf('#') + 1).trim()
}

function nameOf(element: Element): Record<string, string> {
  return {
    givenName: textAt(element, 'Name', 'FirstName'),
    familyName: textAt(element, 'Name', 'LastSurname'),
    preferredGivenName: textAt(element, 'Name', 'PreferredFirstName'),
    preferredFamilyName: textAt(element, 'Name', 'PreferredLastSurname'),
  }
}

function studentOf(element: Element): string {
  return textAt(element, 'StudentReference', 'StudentIdentity', 'StudentUniqueId')
}

function staffIn(element: Element): string {
  return textAt(element, 'StaffReference', 'StaffIdentity', 'StaffUniqueId')
}

function sessionKey(school: string, session: Element): string {
  return [school, textAt(session, 'SchoolYear'), textAt(session, 'SessionName')].join(' ')
}

function sectionOf(identifier: string, offering: Element | undefined): Record<string, string> {
  const session = offering && at(offering, 'SessionReference', 'SessionIdentity')
  const school = offering ? textAt(offering, 'SchoolReference', 'SchoolIdentity', 'SchoolId') : ''
  const term = session ? sessionKey(school, session) : ''
  const course = offering ? textAt(offering, 'LocalCourseCode') : ''
  return {
    sourcedId: [term, course, identifier].join(' '),
    schoolSourcedId: school,
    termSourcedIds: term,
    title: course || identifier,
  }
}

function enroll(element: Element, file: string, found: Found, user: string, role: string): void {
  const identity = at(element, 'SectionReference', 'SectionIdentity')
  const section = sectionOf(
    identity ? textAt(identity, 'SectionIdentifier') : '',
    identity && at(identity, 'CourseOfferingReference', 'CourseOfferingIdentity'),
  )
  const begin = textAt(element, 'BeginDate')
  found.enrollments.push({
    ...placeOf(element, file),
    values: {
      sourcedId: JSON.stringify([section['sourcedId'], user, begin]),
      classSourcedId: section['sourcedId'] ?? '',
      userSourcedId: user,
      role,
      beginDate: begin,
      endDate: textAt(element, 'EndDate'),
      ...Object.fromEntries(Object.entries(section).map(([name, value]) => [`section.${name}`, value])),
    },
  })
}

function calendarKey(calendar: Element): string {
  return [
    textAt(calendar, 'SchoolReference', 'SchoolIdentity', 'SchoolId'),
    textAt(calendar, 'SchoolYear'),
    textAt(calendar, 'CalendarCode'),
  ].join(' ')
}

function programOf(element: Element): string {
  return textAt(element, 'ProgramReference', 'ProgramIdentity', 'ProgramName')
}

/** By their order, where one is given. */
function disabilitiesOf(element: Element): string[] {
  return all(element, 'Disability')
    .map((one) => ({
      word: wordOf(textAt(one, 'Disability')),
      order: Number(textAt(one, 'OrderOfDisability')) || 1,
    }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ word }) => word)
}

/** Those of the named elements that say something. */
function namedIn(element: Element, names: Readonly<Record<string, string>>): { [name: string]: Json } {
  return Object.fromEntries(
    Object.entries(names)
      .map(([name, of]) => [name, wordOf(textAt(element, of))] as const)
      .filter(([, text]) => text !== ''),
  )
}

function addFact(
  found: Found,
  file: string,
  element: Element,
  kind: StudentFact['kind'],
  to: string,
  detail: { [name: string]: Json },
): void {
  const from = textAt(element, 'BeginDate')
  found.facts.push({
    ...placeOf(element, file),
    kind,
    student: studentOf(element),
    key: [programOf(element), from].join(' '),
    from,
    to,
    detail,
  })
}

// From elements to rows

function orgsOf(found: Found): Item[] {
  return found.orgs.map(({ agencyRef, ...org }) => ({
    ...org,
    values: { ...org.values, parentSourcedId: found.agencies.get(agencyRef) ?? agencyRef },
  }))
}

/** Without a section file, what the associations say of a section. */
function classesOf(found: Found): Item[] {
  const known = new Map(found.sections.map((section) => [section.values['sourcedId'] ?? '', section]))
  if (known.size === 0)
    for (const { file, line, values } of found.enrollments) {
      const id = values['classSourcedId'] ?? ''
      if (known.has(id)) continue
      known.set(id, {
        file,
        line,
        values: {
          sourcedId: id,
          schoolSourcedId: values['section.schoolSourcedId'] ?? '',
          termSourcedIds: values['section.termSourcedIds'] ?? '',
          title: values['section.title'] ?? '',
        },
      })
    }
  return [...known.values()]
}

/**
 * A student without a school association is a student of the district: somebody to be found, at no school yet. One
 * word for the file, because a slice of an exchange lacks it for all.
 */
function studentsOf(found: Found, say: Say): Item[] {
  const agencies = [...new Set(found.agencies.values())]
  const without = found.students.filter(({ values }) => !found.places.has(values['sourcedId'] ?? ''))
  const [first] = without
  if (first && agencies.length === 1) {
    const message = said(
      /*i18n*/ {
        id: 'finding.edfi.no_school',
        message:
          'Students without a school in these files (StudentSchoolAssociation): {count}. They go in at the district, where only its own coordinators and administrators find them.',
      },
      { count: without.length },
    )
    say(first.file, first.line, 'SchoolReference', 'edfi.no_school', 'warning', message)
  }
  return found.students.map((student) => {
    const place = found.places.get(student.values['sourcedId'] ?? '')
    return {
      ...student,
      values: {
        ...student.values,
        orgSourcedIds: place?.school ?? (agencies.length === 1 ? (agencies[0] ?? '') : ''),
        grades: place?.grade ?? '',
      },
    }
  })
}

/** Staff with the role of their assignments; whoever has none goes in without a role, and sees nothing. */
function staffOf(found: Found, say: Say): Item[] {
  const assigned = Map.groupBy(found.assignments, (one) => one.staff)
  return found.staff.flatMap((person) => {
    const mine = assigned.get(person.values['sourcedId'] ?? '') ?? []
    if (mine.length === 0) {
      const message = said(
        /*i18n*/ {
          id: 'finding.edfi.no_assignment',
          message: 'This member of staff has no assignment in these files and is left out.',
        },
      )
      say(person.file, person.line, 'StaffClassification', 'edfi.no_assignment', 'warning', message)
      return []
    }
    // of several, the first that says what the person does
    const named = mine.find(({ word }) => roleOfStaff(word)) ?? mine[0]
    const role = roleOfStaff(named?.word ?? '')
    if (!role && named) {
      const message = said(
        /*i18n*/ {
          id: 'finding.edfi.role_narrowed',
          message:
            'The classification “{word}” says nothing of what the person may see; the person goes in as volunteer, who sees least.',
        },
        { word: named.word },
      )
      say(named.file, named.line, 'StaffClassification', 'edfi.role_narrowed', 'warning', message)
    }
    const orgs = [...new Set(mine.map(({ org }) => org))]
    return [
      { ...person, values: { ...person.values, role: role ?? 'volunteer', orgSourcedIds: orgs.join(',') } },
    ]
  })
}

/** StaffClassificationDescriptor, as Ed-Fi lists it, by what the words mean. */
function roleOfStaff(word: string): Role | undefined {
  return STAFF.find(([pattern]) => pattern.test(word))?.[1]
}

const STAFF: readonly (readonly [RegExp, Role])[] = [
  [/paraprofessional|\baide\b/i, 'para'],
  [/substitute/i, 'substitute'],
  [/counselor/i, 'counselor'],
  [/psychologist/i, 'bcba'],
  [/nurse/i, 'nurse'],
  [/administrative support/i, 'office'],
  [/system administrator/i, 'it_admin'],
  [/principal|superintendent|administrator|school leader/i, 'administrator'],
  [/teacher$/i, 'gened_teacher'],
]

// What is beside the roster

function extrasOf(found: Found, batch: RosterBatch, { ids }: RosterOptions, say: Say): Beside {
  const students = new Set(batch.students.map((student) => student.id))
  const schools = new Set(batch.schools.map((school) => school.id))
  const facts = new Map<string, StudentFact>()
  for (const { kind, student, key, from, to, detail, file, line } of found.facts) {
    const id = ids('user', student)
    if (!students.has(id)) {
      say(
        file,
        line,
        'StudentUniqueId',
        'edfi.dangling_reference',
        'warning',
        said(
          /*i18n*/ {
            id: 'finding.edfi.dangling_reference',
            message: '“{student}” is not among the students, so this is left out.',
          },
          { student },
        ),
      )
      continue
    }
    const fact = ids('fact', JSON.stringify([kind, student, key]))
    const tier = kind === 'transportation' ? 'T1' : 'T2'
    facts.set(fact, { id: fact, student: id, kind, tier, from: dayFrom(from), to: dayFrom(to), detail })
  }
  return { facts: [...facts.values()], days: daysOf(found, schools, ids, say) }
}

/** Days of a school's own calendar; a calendar of single students says nothing about the school. */
function daysOf(found: Found, schools: ReadonlySet<string>, ids: RosterOptions['ids'], say: Say): OpenDay[] {
  const days = new Map<string, OpenDay>()
  for (const { school, calendar, day: text, event, file, line } of found.dates) {
    const type = found.calendars.get(calendar) ?? ''
    if (/student|iep|teacher/i.test(type)) {
      const message = said(
        /*i18n*/ {
          id: 'finding.edfi.calendar_not_school',
          message: 'The calendar is of the kind “{type}”, not the school’s own, so its days are left out.',
        },
        { type },
      )
      say(file, line, 'CalendarReference', 'edfi.calendar_not_school', 'warning', message)
      continue
    }
    if (!/^(instructional|make-?up|emergency|late arrival|early dismissal|.*release).*/i.test(event)) continue
    const id = ids('org', school)
    const day: Day | null = dayFrom(text)
    if (day === null || !schools.has(id)) {
      const [field, message] =
        day === null
          ? ([
              'Date',
              said(
                /*i18n*/ {
                  id: 'finding.edfi.calendar_date',
                  message: '“{text}” is no date of the form 2026-08-31; the day is left out.',
                },
                { text },
              ),
            ] as const)
          : ([
              'SchoolReference',
              said(
                /*i18n*/ {
                  id: 'finding.edfi.calendar_school',
                  message: '“{school}” is not among the schools, so this day is left out.',
                },
                { school },
              ),
            ] as const)
      say(file, line, field, 'edfi.calendar_date', 'warning', message)
      continue
    }
    days.set(`${id} ${day}`, { school: id, day })
  }
  return [...days.values()]
}
