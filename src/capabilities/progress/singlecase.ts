/**
 * Reads single-case data sets in their usual CSV layout, one row a point: dataset, case, series, session, phase,
 * condition, value, measurement_type, improvement, session_length_min, intervals, goal_level, source. Pure: the
 * command line puts the series into a demo district, or does not.
 *
 * The rule is that of every import: an **error** means that a point cannot be placed, and with one error nothing
 * goes in unless the caller passes `allowPartial`; a **warning** means that it goes in and somebody should look.
 *
 * What must stay true (G10): a blank value is a missing point, never zero. Numbers of sessions are kept as they
 * are, with their gaps; so are values a little outside their range, because published ones were read off figures.
 */
import { readCsv, type ColumnSpec, type Finding } from '../../platform/core/csv.ts'

export const MEASUREMENT_TYPES = ['count', 'rate', 'percentage', 'proportion', 'other'] as const
export type MeasurementType = (typeof MEASUREMENT_TYPES)[number]

export interface SingleCasePoint {
  /** Number of the session in the source: the x of the graph. */
  readonly session: number
  /** Null = blank in the source. */
  readonly value: number | null
  /** Position in the file: the first row below the header is 1. */
  readonly row: number
}

/** Points that follow one another under one phase label. The same label later on is another phase. */
export interface SingleCasePhase {
  readonly label: string
  /** A = baseline, B = treatment, other = everything else (a second treatment, follow-up, maintenance). */
  readonly condition: 'A' | 'B' | 'other'
  /** As the source says it, e.g. `C` or `follow-up`. */
  readonly sourceCondition: string
  /** In the order of the file. At least one. */
  readonly points: readonly SingleCasePoint[]
}

export interface SingleCaseSeries {
  readonly file: string
  readonly dataset: string
  readonly case: string
  /** What was measured; '' where the data set has one measure and does not name it. */
  readonly series: string
  readonly measurementType: MeasurementType
  readonly improvement: 'increase' | 'decrease'
  readonly sessionLengthMin: number | null
  /** Observation intervals in a session. */
  readonly intervals: number | null
  readonly goalLevel: number | null
  /** The citation. */
  readonly source: string
  /** In order of appearance. */
  readonly phases: readonly SingleCasePhase[]
}

export interface SingleCaseFile {
  /** Rows below the header, used or not. */
  readonly rows: number
  readonly series: number
  /** Points without a value. */
  readonly missing: number
}

export interface SingleCaseImport {
  /** Whether the series may go in. When not, there are none. */
  readonly fit: boolean
  readonly series: readonly SingleCaseSeries[]
  /** By file, then by row. */
  readonly findings: readonly Finding[]
  readonly files: Readonly<Record<string, SingleCaseFile>>
}

/**
 * The series of all `.csv` files given (by name; other files are left alone), in the order of the files and of
 * their rows.
 */
export function readSingleCase(
  files: ReadonlyMap<string, Uint8Array>,
  options: { readonly allowPartial?: boolean } = {},
): SingleCaseImport {
  const findings: Finding[] = []
  const add: Add = (finding) => {
    findings.push(finding)
  }
  const reports: Record<string, SingleCaseFile> = {}
  const all = new Map<string, Draft>()
  let fatal = false
  for (const [file, bytes] of files) {
    if (!/\.csv$/i.test(file)) continue
    const csv = readCsv(bytes, { file, expected: COLUMNS })
    for (const finding of csv.findings) findings.push(finding)
    fatal ||= !csv.usable
    const mine = new Set<Draft>()
    let missing = 0
    for (const { line, values } of csv.rows) {
      const row = readRow(file, line, values, add)
      if (!row) continue
      const draft = draftFor(row, file, all, add)
      if (!draft) continue
      placePoint(draft, row, add)
      mine.add(draft)
      if (row.value === null) missing++
    }
    reports[file] = { rows: csv.facts.records, series: mine.size, missing }
  }
  if (Object.keys(reports).length === 0) {
    fatal = true
    const message = 'There is no CSV file here.'
    findings.push({ file: '', row: 0, field: null, code: 'singlecase.no_file', severity: 'error', message })
  }
  const sound = findings.every((finding) => finding.severity !== 'error')
  const fit = sound || (options.allowPartial === true && !fatal)
  const rank = new Map([...files.keys()].map((file, i) => [file, i]))
  return {
    fit,
    series: fit ? [...all.values()].map(({ last: _last, sessions: _sessions, ...series }) => series) : [],
    findings: findings.toSorted((a, b) => (rank.get(a.file) ?? 0) - (rank.get(b.file) ?? 0) || a.row - b.row),
    files: reports,
  }
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

const COLUMNS: readonly ColumnSpec[] = [
  { name: 'dataset', required: true },
  { name: 'case', required: true },
  { name: 'series', required: true },
  { name: 'session', required: true, shape: NUMBER },
  { name: 'phase', required: true },
  { name: 'condition', required: true },
  { name: 'value', required: true, shape: NUMBER },
  { name: 'measurement_type', required: true, shape: new RegExp(`^(${MEASUREMENT_TYPES.join('|')})$`, 'i') },
  { name: 'improvement', required: true, shape: /^(increase|decrease)$/i },
  { name: 'session_length_min', shape: NUMBER },
  { name: 'intervals', shape: NUMBER },
  { name: 'goal_level', shape: NUMBER },
  { name: 'source' },
]

/** What a phase label may hold in a record (progress.imported_point). */
const MAX_PHASE = 80

type Add = (finding: Finding) => void

interface SourceRow extends Omit<SingleCaseSeries, 'file' | 'phases'> {
  readonly line: number
  readonly session: number
  readonly value: number | null
  readonly phase: string
  readonly condition: string
}

interface Draft extends Omit<SingleCaseSeries, 'phases'> {
  readonly phases: {
    label: string
    condition: 'A' | 'B' | 'other'
    sourceCondition: string
    points: SingleCasePoint[]
  }[]
  last: number
  readonly sessions: Set<number>
}

/** One row, or null when it has an error. */
function readRow(
  file: string,
  line: number,
  values: Readonly<Record<string, string>>,
  add: Add,
): SourceRow | null {
  const get = (field: string): string => (values[field] ?? '').trim()
  let sound = true
  const fail = (field: string, code: string, message: string): void => {
    sound = false
    add({ file, row: line, field, code, severity: 'error', message })
  }
  const warn = (field: string, code: string, message: string): void =>
    add({ file, row: line, field, code, severity: 'warning', message })
  const number = (field: string): number | null => {
    const text = get(field)
    if (text === '') return null
    const value = NUMBER.test(text) ? Number(text) : NaN
    if (Number.isFinite(value)) return value
    const shown = /^[\d.,%+-]{1,20}$/.test(text) ? `“${text}” is` : 'This is'
    fail(field, 'singlecase.bad_number', `${shown} no number with a decimal point.`)
    return null
  }

  for (const field of ['dataset', 'case', 'session', 'phase', 'condition']) {
    if (get(field) !== '') continue
    fail(
      field,
      'singlecase.blank_field',
      `The ${field} is blank, so nobody can tell where this point belongs.`,
    )
  }
  if (get('phase').length > MAX_PHASE) {
    fail('phase', 'singlecase.text_too_long', `The name of the phase is longer than ${MAX_PHASE} characters.`)
  }
  const improvement = get('improvement').toLowerCase()
  if (improvement !== 'increase' && improvement !== 'decrease') {
    const message =
      'The improvement must be “increase” or “decrease”: without it nobody can tell which way is better.'
    fail('improvement', 'singlecase.unknown_improvement', message)
  }
  const type = MEASUREMENT_TYPES.find((known) => known === get('measurement_type').toLowerCase())
  if (type === undefined) {
    const message = `The measurement type is not one of ${MEASUREMENT_TYPES.join(', ')}; it is taken as other.`
    warn('measurement_type', 'singlecase.unknown_measurement', message)
  }
  const missing = MISSING.has(get('value').toLowerCase())
  if (missing) {
    warn('value', 'singlecase.missing_word', 'This word stands for a missing value; it is taken as blank.')
  }
  const session = number('session')
  const value = missing ? null : number('value')
  const measurementType = type ?? 'other'
  if (value !== null && isOutOfRange(value, measurementType)) {
    const message = `${value} is far outside what a ${measurementType} can be. Look whether the measurement type is right.`
    warn('value', 'singlecase.out_of_range', message)
  }
  const row: SourceRow = {
    line,
    dataset: get('dataset'),
    case: get('case'),
    series: get('series'),
    session: session ?? 0,
    phase: get('phase'),
    condition: get('condition'),
    value,
    measurementType,
    improvement: improvement === 'decrease' ? 'decrease' : 'increase',
    sessionLengthMin: number('session_length_min'),
    intervals: number('intervals'),
    goalLevel: number('goal_level'),
    source: get('source'),
  }
  return sound ? row : null
}

/** How R, spreadsheets and statistics programs write a value that is not there. */
const MISSING: ReadonlySet<string> = new Set(['na', 'n/a', 'nan', 'null', '#n/a'])

/** A twentieth beyond the range is left alone: it comes from reading a figure. */
function isOutOfRange(value: number, type: MeasurementType): boolean {
  if (type === 'percentage') return value < -5 || value > 105
  if (type === 'proportion') return value < -0.05 || value > 1.05
  return (type === 'count' || type === 'rate') && value < -0.5
}

/** The series of a row, new or begun, or null when the row contradicts it. */
function draftFor(row: SourceRow, file: string, all: Map<string, Draft>, add: Add): Draft | null {
  const key = JSON.stringify([row.dataset, row.case, row.series])
  const begun = all.get(key)
  if (!begun) {
    const {
      line: _line,
      session: _session,
      value: _value,
      phase: _phase,
      condition: _condition,
      ...series
    } = row
    const draft: Draft = { file, ...series, phases: [], last: -Infinity, sessions: new Set() }
    all.set(key, draft)
    return draft
  }
  const place = { file, row: row.line, severity: 'error' as const }
  if (begun.file !== file) {
    const message = `This series is already in ${begun.file}; its points cannot come from two files.`
    add({ ...place, field: 'series', code: 'singlecase.duplicate_series', message })
    return null
  }
  for (const [field, name] of ONE_A_SERIES) {
    if (begun[name] === row[name]) continue
    const message = `The ${field} differs from that of the rows above of the same series.`
    add({ ...place, field, code: 'singlecase.contradiction', message })
    return null
  }
  return begun
}

/** Columns that say the same on every row of a series. */
const ONE_A_SERIES = [
  ['measurement_type', 'measurementType'],
  ['improvement', 'improvement'],
  ['session_length_min', 'sessionLengthMin'],
  ['intervals', 'intervals'],
  ['goal_level', 'goalLevel'],
] as const

function placePoint(draft: Draft, row: SourceRow, add: Add): void {
  const place = { file: draft.file, row: row.line, field: 'session', severity: 'warning' as const }
  if (draft.sessions.has(row.session)) {
    const message = `The series has another point at session ${row.session}. Both are kept.`
    add({ ...place, code: 'singlecase.duplicate_session', message })
  } else if (row.session < draft.last) {
    const message = `Session ${row.session} comes after session ${draft.last}. The order of the file is kept.`
    add({ ...place, code: 'singlecase.session_order', message })
  }
  draft.sessions.add(row.session)
  draft.last = row.session
  const point: SingleCasePoint = { session: row.session, value: row.value, row: row.line - 1 }
  const phase = draft.phases.at(-1)
  if (phase?.label === row.phase && phase.sourceCondition === row.condition) {
    phase.points.push(point)
    return
  }
  const letter = row.condition.toUpperCase()
  draft.phases.push({
    label: row.phase,
    condition: letter === 'A' || letter === 'B' ? letter : 'other',
    sourceCondition: row.condition,
    points: [point],
  })
}
