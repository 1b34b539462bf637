/**
 * Reads a Microsoft School Data Sync bundle, format V1 (School, Section, Student, Teacher, StudentEnrollment,
 * TeacherRoster). Format V2 has OneRoster's files and columns and is read as such. Columns and meanings:
 * learn.microsoft.com/schooldatasync, “School Data Sync v1 CSV files”. Pure; see oneroster.ts for what the rows mean.
 */
import { said } from '../../platform/core/said.ts'
import { readCsv, type ColumnSpec, type CsvFile } from '../../platform/core/csv.ts'
import type { Day } from '../../platform/core/days.ts'
import { dayFrom } from './oneroster-days.ts'
import { FILES as TABLES, type FileName } from './oneroster-format.ts'
import { tableOf, type FileReport, type Item, type Say, type Table } from './oneroster-tables.ts'
import { rosterOf, type Read, type RosterOptions } from './oneroster.ts'

const SIS: ColumnSpec = { name: 'SIS ID', required: true }
const SCHOOL: ColumnSpec = { name: 'School SIS ID', required: true }
const PERSON: readonly ColumnSpec[] = [
  SIS,
  SCHOOL,
  { name: 'First Name' },
  { name: 'Last Name' },
  { name: 'Username' },
  { name: 'Middle Name' },
  { name: 'Secondary Email' },
  { name: 'Status' },
]
const ENROLLMENT: readonly ColumnSpec[] = [{ name: 'Section SIS ID', required: true }, SIS]

const COLUMNS = {
  School: [SIS, { name: 'Name', required: true }],
  Section: [
    SIS,
    SCHOOL,
    { name: 'Section Name', required: true },
    { name: 'Term SIS ID' },
    { name: 'Term Name' },
    { name: 'Term StartDate' },
    { name: 'Term EndDate' },
    { name: 'Course SIS ID' },
    { name: 'Course Name' },
    { name: 'Status' },
  ],
  Student: [...PERSON, { name: 'Grade' }],
  Teacher: PERSON,
  StudentEnrollment: ENROLLMENT,
  TeacherRoster: ENROLLMENT,
} as const satisfies Record<string, readonly ColumnSpec[]>
type SdsName = keyof typeof COLUMNS
const NAMES = Object.keys(COLUMNS) as SdsName[]

/** Columns that hold more than a roster needs: kept out, and no finding. */
const UNUSED =
  /^(password|state id|student number|teacher number|section number|birthdate|graduation year|title|qualification|school number|school nces_id|grade (low|high)|principal .*|address|city|state|country|zip|phone|zone|course (number|description|subject)|periods)$/i

/** What OneRoster's columns are called here. */
const FIELDS: Readonly<Record<string, string>> = {
  sourcedId: 'SIS ID',
  orgSourcedIds: 'School SIS ID',
  schoolSourcedId: 'School SIS ID',
  givenName: 'First Name',
  familyName: 'Last Name',
  email: 'Secondary Email',
  classSourcedId: 'Section SIS ID',
  userSourcedId: 'SIS ID',
  termSourcedIds: 'Term SIS ID',
  courseSourcedId: 'Course SIS ID',
  status: 'Status',
  title: 'Section Name',
}

export function readSds(files: ReadonlyMap<string, Uint8Array>, options: RosterOptions): Read {
  return rosterOf(
    options,
    (zone, say, add) => {
      const reports: Record<string, FileReport> = {}
      const ignored: string[] = []
      const came = new Map<SdsName, { file: string; csv: CsvFile }>()
      for (const [path, bytes] of files) {
        const file = path.split(/[\\/]/).at(-1) ?? path
        const name = NAMES.find((one) => `${one}.csv`.toLowerCase() === file.toLowerCase())
        if (!name) {
          ignored.push(file)
          continue
        }
        const csv = readCsv(bytes, { file, expected: COLUMNS[name], extension: UNUSED })
        add(csv.findings)
        reports[file] = { rows: csv.facts.records }
        came.set(name, { file, csv })
      }
      for (const name of ['School', 'Student', 'Section', 'Teacher'] as const) {
        if (came.has(name)) continue
        const message = said(
          /*i18n*/ {
            id: 'finding.oneroster.missing_file',
            message: 'The file {name}.csv is missing; there is no roster without it.',
          },
          { name },
        )
        say(`${name}.csv`, 0, null, 'sds.missing_file', 'error', message)
      }
      const rows = (
        name: SdsName,
        of: (get: (column: string) => string) => Record<string, string>,
      ): Item[] => {
        const source = came.get(name)
        return (source?.csv.rows ?? []).map(({ line, values }) => ({
          file: source?.file ?? '',
          line,
          values: of((column) => (values[column] ?? '').trim()),
        }))
      }
      const usable = (...names: SdsName[]) => names.every((name) => came.get(name)?.csv.usable !== false)
      const table = (file: string, items: readonly Item[], ...from: SdsName[]): Table =>
        tableOf(file, items, zone, say, usable(...from))

      const people = (name: 'Student' | 'Teacher', role: string) =>
        rows(name, (get) => ({
          sourcedId: get('SIS ID'),
          status: get('Status'),
          orgSourcedIds: get('School SIS ID'),
          // the shortest files have no names: they come from the school's accounts, so the account stands in
          givenName: get('First Name') || (get('Last Name') === '' ? get('Username') : ''),
          familyName: get('Last Name'),
          email: get('Secondary Email') || (get('Username').includes('@') ? get('Username') : ''),
          grades: get('Grade'),
          role,
        }))
      const enrolled = (name: 'StudentEnrollment' | 'TeacherRoster', role: string) =>
        rows(name, (get) => ({
          sourcedId: JSON.stringify([get('Section SIS ID'), get('SIS ID')]),
          classSourcedId: get('Section SIS ID'),
          userSourcedId: get('SIS ID'),
          role,
        }))
      const sections = rows('Section', (get) => ({
        sourcedId: get('SIS ID'),
        status: get('Status'),
        schoolSourcedId: get('School SIS ID'),
        title: get('Section Name'),
        termSourcedIds: get('Term SIS ID'),
        term: get('Term Name'),
        startDate: get('Term StartDate'),
        endDate: get('Term EndDate'),
        courseSourcedId: get('Course SIS ID'),
        course: get('Course Name'),
      }))
      namesOf(came, say)
      const tables: Record<FileName, Table> = {
        ...(Object.fromEntries(TABLES.map((name) => [name, tableOf(name, null, zone, say)])) as Record<
          FileName,
          Table
        >),
        orgs: table(
          'School.csv',
          rows('School', (get) => ({ sourcedId: get('SIS ID'), name: get('Name'), type: 'school' })),
          'School',
        ),
        academicSessions: table('Section.csv', termsOf(sections, say), 'Section'),
        courses: table(
          'Section.csv',
          firsts(sections, 'courseSourcedId', (values) => ({ title: values['course'] ?? '' })),
          'Section',
        ),
        classes: table('Section.csv', sections, 'Section'),
        users: table(
          'Student.csv or Teacher.csv',
          [...people('Student', 'student'), ...people('Teacher', 'teacher')],
          'Student',
          'Teacher',
        ),
        enrollments: table(
          'StudentEnrollment.csv or TeacherRoster.csv',
          [...enrolled('StudentEnrollment', 'student'), ...enrolled('TeacherRoster', 'teacher')],
          'StudentEnrollment',
          'TeacherRoster',
        ),
      }
      return { tables, reports, ignored }
    },
    { format: 'sds', fields: FIELDS },
  )
}

function namesOf(came: ReadonlyMap<SdsName, { file: string; csv: CsvFile }>, say: Say): void {
  for (const name of ['Student', 'Teacher'] as const) {
    const source = came.get(name)
    if (!source?.csv.usable || source.csv.headers.includes('Last Name')) continue
    const message = said(
      /*i18n*/ {
        id: 'finding.sds.no_names',
        message: 'The file has no names; the user names stand in for them.',
      },
    )
    say(source.file, 1, 'Last Name', 'sds.no_names', 'warning', message)
  }
}

/** Each thing that the sections name, once, with the row of the first that does. */
function firsts(
  sections: readonly Item[],
  column: string,
  values: (section: Readonly<Record<string, string>>) => Record<string, string>,
): Item[] {
  const found = new Map<string, Item>()
  for (const { file, line, values: section } of sections) {
    const id = section[column] ?? ''
    if (id !== '' && !found.has(id))
      found.set(id, { file, line, values: { sourcedId: id, ...values(section) } })
  }
  return [...found.values()]
}

/** Terms stand in the rows of their sections, with dates as an American spreadsheet writes them. */
function termsOf(sections: readonly Item[], say: Say): Item[] {
  const days = new Map<string, string>()
  for (const { file, line, values } of sections) {
    const id = values['termSourcedIds'] ?? ''
    const span = `${values['startDate']} ${values['endDate']}`
    const known = days.get(id)
    if (id === '' || known === span) continue
    days.set(id, known ?? span)
    if (known === undefined) continue
    const message = said(
      /*i18n*/ {
        id: 'finding.sds.term_differs',
        message: 'The term “{id}” has other dates in a row further up; those count.',
      },
      { id },
    )
    say(file, line, 'Term StartDate', 'sds.term_differs', 'warning', message)
  }
  return firsts(sections, 'termSourcedIds', (section) => ({
    title: section['term'] ?? '',
    startDate: slashed(section['startDate'] ?? ''),
    endDate: slashed(section['endDate'] ?? ''),
  }))
}

/** `7/1/2017` as `2017-07-01`; anything else stays as it is, for the reader to say what is wrong with it. */
export function slashed(text: string): Day {
  const [, month = '', day = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? []
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return year !== '' && dayFrom(iso) !== null ? iso : text
}
