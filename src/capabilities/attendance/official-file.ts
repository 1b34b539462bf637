/**
 * Official attendance as a school's system exports it: a list with a student's number, a day and a code in each row.
 * Which column is which, and what the codes mean, is guessed and may be said. Pure; the routes and the command line call
 * it and put the marks in, or do not.
 *
 * An error means that nothing goes in: a day or a code that nobody can read, or two codes for one day of a student. A
 * row of somebody who is not a student here is left out with a warning, because a district exports all of its schools.
 * A row without a code says nothing. No message quotes a cell.
 */
import { said, type Said } from '../../platform/core/said.ts'
import { readCsv, type Finding } from '../../platform/core/csv.ts'
import type { Day } from '../../platform/core/days.ts'
import type { Uuid } from '../../platform/core/ids.ts'
import { dayFrom } from '../roster/oneroster-days.ts'
import { headersOf } from '../roster/plain.ts'
import { slashed } from '../roster/sds.ts'
import { OFFICIAL, type Official } from './official.ts'
import { FILE_FIELDS, type FileField, type OfficialMapping } from './official-import.ts'

export interface OfficialFile {
  readonly rows: number
  readonly marks: readonly { readonly student: Uuid; readonly day: Day; readonly code: Official }[]
  readonly findings: readonly Finding[]
  readonly headers: readonly string[]
  readonly mapping: OfficialMapping
  readonly unknown: readonly string[]
  readonly fit: boolean
}

/** Reads a list; `students` by the number that the roster gave them. */
export function readOfficial(
  file: string,
  bytes: Uint8Array,
  options: {
    readonly mapping?: OfficialMapping | undefined
    readonly students: ReadonlyMap<string, Uuid>
    readonly today: Day
  },
): OfficialFile {
  const headers = headersOf(bytes).filter((header) => header !== '')
  const mapping: OfficialMapping = {
    columns: { ...guessed(headers), ...options.mapping?.columns },
    codes: options.mapping?.codes ?? {},
  }
  const findings: Finding[] = []
  const say = (
    row: number,
    field: FileField | null,
    code: string,
    severity: Finding['severity'],
    words: Said,
  ) => findings.push({ file, row, field, code: `attendance.${code}`, severity, ...words })
  const none = { rows: 0, marks: [], headers, mapping, unknown: [], fit: false }
  for (const field of FILE_FIELDS) {
    const column = mapping.columns[field]
    if (column !== undefined && headers.includes(column)) continue
    say(0, field, 'no_column', 'error', NO_COLUMN[field])
  }
  if (findings.length > 0) return { ...none, findings }

  const columnOf = (field: FileField): string => mapping.columns[field] ?? ''
  const csv = readCsv(bytes, {
    file,
    expected: FILE_FIELDS.map((field) => ({ name: columnOf(field), required: true })),
    extension: /^/,
  })
  findings.push(...csv.findings)
  const words = new Map(
    [...WORDS, ...Object.entries(mapping.codes)].map(([word, code]) => [loose(word), code]),
  )
  const marks = new Map<string, { student: Uuid; day: Day; code: Official; line: number }>()
  const unknown = new Set<string>()
  let strangers = 0
  for (const { line, values } of csv.rows) {
    const get = (field: FileField): string => (values[columnOf(field)] ?? '').trim()
    const word = get('code')
    if (word === '') continue
    const student = options.students.get(get('student'))
    const day = dayFrom(slashed(get('day')))
    const code = words.get(loose(word))
    if (day === null)
      say(
        line,
        'day',
        'bad_day',
        'error',
        said(
          /*i18n*/ {
            id: 'finding.attendance.bad_day',
            message: 'This is no day. Write it as 2026-11-03 or 11/3/2026.',
          },
        ),
      )
    else if (day > options.today)
      say(
        line,
        'day',
        'future_day',
        'error',
        said(/*i18n*/ { id: 'finding.attendance.future_day', message: 'This day has not come yet.' }),
      )
    if (code === undefined) {
      unknown.add(word.slice(0, 40))
      say(
        line,
        'code',
        'unknown_code',
        'error',
        said(
          /*i18n*/ {
            id: 'finding.attendance.unknown_code',
            message: 'Nobody has said what this code means.',
          },
        ),
      )
    }
    if (student === undefined) {
      strangers += 1
      say(
        line,
        'student',
        'unknown_student',
        'warning',
        said(
          /*i18n*/ {
            id: 'finding.attendance.unknown_student',
            message: 'No student here has this number; the row is left out.',
          },
        ),
      )
    }
    if (student === undefined || day === null || code === undefined) continue
    const key = `${student} ${day}`
    const before = marks.get(key)
    if (before && before.code !== code)
      say(
        line,
        'code',
        'two_codes',
        'error',
        said(
          /*i18n*/ {
            id: 'finding.attendance.two_codes',
            message: 'Row {row} says another code of the same day of this student.',
          },
          { row: before.line },
        ),
      )
    else marks.set(key, { student, day, code, line })
  }
  if (csv.usable && csv.rows.length > 0 && strangers === csv.rows.length)
    say(
      0,
      'student',
      'nobody_known',
      'error',
      said(
        /*i18n*/ {
          id: 'finding.attendance.nobody_known',
          message: 'No number of this file is that of a student here. Is it the right column?',
        },
      ),
    )
  const fit = csv.usable && !findings.some(({ severity }) => severity === 'error')
  return {
    rows: csv.facts.records,
    marks: fit ? [...marks.values()].map(({ student, day, code }) => ({ student, day, code })) : [],
    findings: findings.toSorted((a, b) => a.row - b.row),
    headers,
    mapping,
    unknown: [...unknown].toSorted(),
    fit,
  }
}

const NO_COLUMN: Readonly<Record<FileField, Said>> = {
  student: said(
    /*i18n*/ {
      id: 'finding.attendance.no_student_column',
      message: 'No column with the number of the student was found. Say which one it is.',
    },
  ),
  day: said(
    /*i18n*/ {
      id: 'finding.attendance.no_day_column',
      message: 'No column with the day was found. Say which one it is.',
    },
  ),
  code: said(
    /*i18n*/ {
      id: 'finding.attendance.no_code_column',
      message: 'No column with the code was found. Say which one it is.',
    },
  ),
}

/** What systems call the columns. */
const COLUMNS: Readonly<Record<FileField, readonly string[]>> = {
  student: [
    'student',
    'student id',
    'student number',
    'studentuniqueid',
    'local id',
    'id',
    'número',
    'schülernummer',
  ],
  day: ['day', 'date', 'attendance date', 'att date', 'event date', 'fecha', 'datum'],
  code: [
    'code',
    'attendance code',
    'att code',
    'status',
    'attendance',
    'attendanceeventcategory',
    'código',
    'estado',
  ],
}

/** Codes that mean the same wherever they are used. */
const WORDS: readonly (readonly [string, Official])[] = [
  ...['p', 'present', 'in attendance', 'presente'].map((word) => [word, 'present'] as const),
  ...['a', 'abs', 'absent', 'excused absence', 'unexcused absence', 'ausente'].map(
    (word) => [word, 'absent'] as const,
  ),
  ...['t', 'late', 'tardy', 'tarde'].map((word) => [word, 'late'] as const),
  ...['left early', 'early departure', 'early dismissal'].map((word) => [word, 'left_early'] as const),
  ...['school activity', 'field trip', 'activity'].map((word) => [word, 'school_activity'] as const),
  ...OFFICIAL.map((code) => [code, code] as const),
]

function guessed(headers: readonly string[]): OfficialMapping['columns'] {
  const columns: Partial<Record<FileField, string>> = {}
  for (const field of FILE_FIELDS) {
    const header = COLUMNS[field]
      .map((word) => headers.find((one) => loose(one) === loose(word)))
      .find((one) => one !== undefined)
    if (header !== undefined) columns[field] = header
  }
  return columns
}

function loose(word: string): string {
  return word.toLowerCase().replaceAll(/[\s_.-]/g, '')
}
