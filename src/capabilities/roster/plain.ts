/**
 * Reads lists of people that follow no published format: one CSV file or several, each with a column mapping that is
 * guessed from its header and may be corrected by whoever imports. Also the user lists of UCS@school, which have no
 * header but always the same columns (docs.software-univention.de, “UCS@school import of users”). Pure; see
 * oneroster.ts for what the rows mean together.
 */
import { said } from '../../platform/core/said.ts'
import { parse } from 'csv-parse/sync'
import { decodeText } from '../../platform/core/csv-decode.ts'
import { readCsv, type CsvFile } from '../../platform/core/csv.ts'
import { FILES as TABLES, roleOf, type FileName } from './oneroster-format.ts'
import { PLAIN_FIELDS, type FileMapping, type PlainField, type PlainMapping } from './plain-mapping.ts'
import { tableOf, type FileReport, type Item, type Say, type Table } from './oneroster-tables.ts'
import { rosterOf, type Read, type RosterOptions } from './oneroster.ts'
import { slashed } from './sds.ts'

/** Other words for each field, as schools' lists have them in English, Spanish and German. */
const WORDS: Readonly<Record<PlainField, readonly string[]>> = {
  id: [
    'student id',
    'student number',
    'person id',
    'staff id',
    'employee id',
    'sis id',
    'local id',
    'sourcedId',
    'username',
    'user name',
    'login',
    'identificador',
    'benutzername',
  ],
  given: ['first name', 'given name', 'firstname', 'nombre', 'nombres', 'vorname'],
  family: ['last name', 'family name', 'surname', 'lastname', 'apellido', 'apellidos', 'nachname'],
  name: ['full name', 'student name', 'student', 'staff name', 'nombre completo'],
  preferred: ['preferred name', 'preferred first name', 'nickname', 'goes by', 'rufname'],
  email: ['e-mail', 'email address', 'mail', 'correo', 'correo electrónico'],
  role: ['position', 'job', 'title', 'user type', 'type', 'puesto', 'rolle'],
  school: ['school name', 'building', 'campus', 'site', 'escuela', 'schule', 'schulen'],
  grade: ['grade level', 'year group', 'grado', 'jahrgang', 'stufe'],
  section: ['class', 'classes', 'class name', 'homeroom', 'course', 'clase', 'klasse', 'klassen'],
  start: ['start date', 'begin date', 'entry date', 'from', 'fecha de inicio', 'beginn'],
  end: ['end date', 'exit date', 'withdrawal date', 'until', 'to', 'fecha de fin', 'ende'],
}

const FIELDS: Readonly<Record<string, string>> = {
  sourcedId: 'id',
  givenName: 'given',
  familyName: 'family',
  orgSourcedIds: 'school',
  schoolSourcedId: 'school',
  beginDate: 'start',
  endDate: 'end',
  email: 'email',
  role: 'role',
}

export function readPlain(
  files: ReadonlyMap<string, Uint8Array>,
  mapping: PlainMapping,
  options: RosterOptions,
): Read {
  return readLists(options, 'csv', (reports, add, say) =>
    [...files].flatMap(([path, bytes]) => {
      const file = path.split(/[\\/]/).at(-1) ?? path
      const chosen = mapping[file] ?? guessMapping(file, bytes)
      const csv = readMapped(bytes, file, chosen)
      add(csv.findings)
      reports[file] = { rows: csv.facts.records }
      if (csv.usable && chosen.columns.id === undefined) {
        const message = said(
          /*i18n*/ {
            id: 'finding.csv.no_id',
            message: 'No column holds an id. Without one, nobody can tell next time who is who.',
          },
        )
        say(file, 1, 'id', 'csv.no_id', 'error', message)
        return []
      }
      if (csv.usable && chosen.columns.role === undefined && !chosen.role) {
        const message = said(
          /*i18n*/ {
            id: 'finding.csv.no_role',
            message:
              'No column says who these people are. Name the role of this file in the mapping, e.g. student or para.',
          },
        )
        say(file, 1, 'role', 'csv.no_role', 'error', message)
        return []
      }
      return csv.rows.map(({ line, values }): Entry => {
        const get = (field: PlainField): string => (values[field] ?? '').trim()
        const [family = '', ...given] = get('name').split(',')
        return {
          file,
          line,
          id: get('id'),
          given: get('given') || given.join(',').trim(),
          family: get('family') || family.trim(),
          preferred: get('preferred'),
          email: get('email'),
          role: get('role') || (chosen.role ?? ''),
          school: get('school') || (chosen.school ?? ''),
          grade: get('grade'),
          sections: partsOf(get('section')),
          start: slashed(get('start')),
          end: slashed(get('end')),
          gone: false,
          disabled: false,
        }
      })
    }),
  )
}

/** Columns of a UCS@school user list, in their order. */
const UCS = [
  'action',
  'id',
  'family',
  'given',
  'school',
  'section',
  'rights',
  'email',
  'teacher',
  'active',
  'staff',
]

/** A list of changes: each row adds, modifies or deletes one user, and nobody leaves by not being in it. */
export function readUcs(files: ReadonlyMap<string, Uint8Array>, options: RosterOptions): Read {
  return readLists(options, 'ucs', (reports, add, say) => {
    const changes = [...files].flatMap(([path, bytes]) => {
      const file = path.split(/[\\/]/).at(-1) ?? path
      const csv = readHeaderless(bytes, file, UCS)
      add(csv.findings)
      reports[file] = { rows: csv.facts.records }
      return csv.rows.flatMap(({ line, values }): Entry[] => {
        const get = (field: string): string => (values[field] ?? '').trim()
        const action = get('action').toUpperCase()
        if (!['A', 'M', 'D'].includes(action)) {
          const message = said(
            /*i18n*/ {
              id: 'finding.ucs.unknown_action',
              message: 'The first column must be A (add), M (modify) or D (delete).',
            },
          )
          say(file, line, 'action', 'ucs.unknown_action', 'error', message)
          return []
        }
        const teaches = get('teacher') === '1'
        const staff = get('staff') === '1'
        if (staff && !teaches) {
          const message = said(
            /*i18n*/ {
              id: 'finding.ucs.role_narrowed',
              message:
                'Staff who do not teach have no role here that fits; they go in as volunteer, who sees least.',
            },
          )
          say(file, line, 'staff', 'ucs.role_narrowed', 'warning', message)
        }
        return [
          {
            file,
            line,
            id: get('id'),
            given: get('given'),
            family: get('family'),
            preferred: '',
            email: get('email'),
            role: teaches ? 'teacher' : staff ? 'volunteer' : 'student',
            school: get('school'),
            grade: '',
            sections: partsOf(get('section')),
            start: '',
            end: '',
            gone: action === 'D',
            disabled: get('active') === '0',
          },
        ]
      })
    })
    // a list of changes in the order in which they happened: the last one counts
    return [...new Map(changes.map((change) => [change.id, change])).values()]
  })
}

/** One person of a list. */
interface Entry {
  readonly file: string
  readonly line: number
  readonly id: string
  readonly given: string
  readonly family: string
  readonly preferred: string
  readonly email: string
  readonly role: string
  readonly school: string
  readonly grade: string
  readonly sections: readonly string[]
  readonly start: string
  readonly end: string
  /** The row takes the person away. */
  readonly gone: boolean
  readonly disabled: boolean
}

function readLists(
  options: RosterOptions,
  format: string,
  read: (
    reports: Record<string, FileReport>,
    add: (findings: CsvFile['findings']) => void,
    say: Say,
  ) => Entry[],
): Read {
  return rosterOf(
    options,
    (zone, say, add) => {
      const reports: Record<string, FileReport> = {}
      const entries = read(reports, add, say)
      const table = (name: string, items: readonly Item[] | null): Table => tableOf(name, items, zone, say)
      for (const entry of entries) {
        if (entry.school !== '') continue
        const message = said(
          /*i18n*/ {
            id: 'finding.list.no_school',
            message: 'No school is named. Map the column that holds it, or give one for the whole file.',
          },
        )
        say(entry.file, entry.line, 'school', `${format}.no_school`, 'error', message)
      }
      const tables: Record<FileName, Table> = {
        ...(Object.fromEntries(TABLES.map((name) => [name, table(name, null)])) as Record<FileName, Table>),
        orgs: table('the schools', schoolsOf(entries)),
        users: table('the list', entries.map(userOf)),
        classes: table('the classes', classesOf(entries)),
        enrollments: table('the classes', entries.flatMap(enrollmentsOf)),
      }
      return { tables, reports, ignored: [] }
    },
    { format, fields: FIELDS },
  )
}

function schoolsOf(entries: readonly Entry[]): Item[] {
  return once(
    entries.flatMap((entry) =>
      entry.school === ''
        ? []
        : [itemOf(entry, { sourcedId: entry.school, name: entry.school, type: 'school' })],
    ),
  )
}

function userOf(entry: Entry): Item {
  return itemOf(entry, {
    sourcedId: entry.id,
    status: entry.gone ? 'tobedeleted' : '',
    enabledUser: String(!entry.disabled),
    givenName: entry.given,
    familyName: entry.family,
    preferredGivenName: entry.preferred,
    email: entry.email,
    role: entry.role,
    orgSourcedIds: entry.school,
    grades: entry.grade,
  })
}

function classesOf(entries: readonly Entry[]): Item[] {
  return once(
    entries.flatMap((entry) =>
      entry.sections.map((title) =>
        itemOf(entry, {
          sourcedId: sectionId(entry, title),
          schoolSourcedId: entry.school,
          title,
          // a list knows no terms: whoever is in it is in the class from now on
          termSourcedIds: '',
        }),
      ),
    ),
  )
}

function enrollmentsOf(entry: Entry): Item[] {
  const role = roleOf(entry.role)
  if (role === null || role === 'guardian') return []
  return entry.sections.map((title) =>
    itemOf(entry, {
      sourcedId: JSON.stringify([sectionId(entry, title), entry.id]),
      classSourcedId: sectionId(entry, title),
      userSourcedId: entry.id,
      role: entry.role,
      beginDate: entry.start,
      endDate: entry.end,
    }),
  )
}

function itemOf({ file, line }: Entry, values: Record<string, string>): Item {
  return { file, line, values }
}

function once(items: readonly Item[]): Item[] {
  const first = new Map<string, Item>()
  for (const item of items) {
    const id = item.values['sourcedId'] ?? ''
    if (!first.has(id)) first.set(id, item)
  }
  return [...first.values()]
}

function sectionId(entry: Entry, title: string): string {
  return `${entry.school} ${title}`
}

function partsOf(text: string): string[] {
  return [...new Set(text.split(/[,;|]/).map((part) => part.trim()))].filter((part) => part !== '')
}

// Columns

/** What each column of a file seems to hold; the role from the file's name, where no column has it. */
export function guessMapping(file: string, bytes: Uint8Array): FileMapping {
  const columns: Partial<Record<PlainField, string>> = {}
  for (const header of headersOf(bytes)) {
    const field = PLAIN_FIELDS.find((one) =>
      [one, ...WORDS[one]].some((word) => loose(word) === loose(header)),
    )
    if (field && columns[field] === undefined) columns[field] = header
  }
  if (columns.given !== undefined && columns.family !== undefined) delete columns.name
  const role = columns.role === undefined ? (roleByName(file) ?? (columns.grade ? 'student' : null)) : null
  return { columns, header: true, ...(role === null ? {} : { role }) }
}

/** The names of the columns as they stand in the first line that is not blank. */
export function headersOf(bytes: Uint8Array): string[] {
  const line = (decodeText(bytes.subarray(0, 64 * 1024)).text.match(/[^\s,;][^\r\n]*/) ?? [''])[0]
  const [cells = []] = parse(line, {
    delimiter: delimiterOf(line),
    relax_quotes: true,
    skip_records_with_error: true,
  }) as unknown as string[][]
  return cells.map((cell) => cell.trim())
}

function delimiterOf(line: string): string {
  const counts = [',', ';', '\t', '|'].map((one) => [one, line.split(one).length] as const)
  return counts.toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? ','
}

function roleByName(file: string): string | null {
  if (/student|pupil|alumn|estudiante|sch(ü|ue)ler/i.test(file)) return 'student'
  if (/para/i.test(file)) return 'para'
  return /teacher|maestr|lehrer/i.test(file) ? 'teacher' : null
}

function loose(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_.-]/g, '')
}

/** The rows of a file by what its columns hold. */
function readMapped(bytes: Uint8Array, file: string, mapping: FileMapping): CsvFile {
  const cells = headersOf(bytes)
  if (!mapping.header) {
    const last = Math.max(cells.length, ...Object.values(mapping.columns).map(Number))
    const names = Array.from({ length: last }, (_, i) => {
      const field = PLAIN_FIELDS.find((one) => Number(mapping.columns[one]) === i + 1)
      return field ?? `column ${i + 1}`
    })
    return readHeaderless(bytes, file, names)
  }
  const columns = PLAIN_FIELDS.flatMap((field) => {
    const column = mapping.columns[field]
    if (column === undefined) return []
    const header = typeof column === 'number' ? (cells[column - 1] ?? `column ${column}`) : column
    return [{ field, header }]
  })
  const csv = readCsv(bytes, {
    file,
    expected: columns.map(({ header }) => ({ name: header, required: true })),
    extension: /^/,
  })
  if (columns.length === 0) {
    const message = said(
      /*i18n*/ {
        id: 'finding.csv.no_columns',
        message: 'No column of this list is known. Say which column holds what.',
      },
    )
    const unknown = {
      file,
      row: 1,
      field: null,
      code: 'csv.no_columns',
      severity: 'error',
      ...message,
    } as const
    return { ...csv, rows: [], usable: false, findings: [unknown] }
  }
  const rows = csv.rows.map(({ line, values }) => ({
    line,
    values: Object.fromEntries(columns.map(({ field, header }) => [field, values[header] ?? ''])),
  }))
  return { ...csv, rows }
}

/** A file whose first line is already somebody. Values that are missing at the end of a row are blank in such a list. */
function readHeaderless(bytes: Uint8Array, file: string, names: readonly string[]): CsvFile {
  const { text } = decodeText(bytes)
  const delimiter = delimiterOf((text.match(/[^\r\n]+/) ?? [''])[0])
  const padded = text.replaceAll(/[^\r\n]+/g, (line) =>
    line.includes('"')
      ? line
      : line + delimiter.repeat(Math.max(0, names.length - line.split(delimiter).length)),
  )
  const csv = readCsv(new TextEncoder().encode(`${names.join(delimiter)}\n${padded}`), {
    file,
    expected: names.map((name) => ({ name })),
  })
  const up = <T extends { readonly line: number }>(row: T): T => ({ ...row, line: row.line - 1 })
  return {
    ...csv,
    rows: csv.rows.map(up),
    findings: csv.findings.map((finding) => ({ ...finding, row: Math.max(0, finding.row - 1) })),
  }
}
