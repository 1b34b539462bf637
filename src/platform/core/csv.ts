/**
 * Reads one CSV file that came from outside: what a school's program wrote, or a person's spreadsheet. Messy
 * files are the normal case, so nothing here throws: every doubt becomes a finding that names the file, the row
 * and the column. Called by the import readers of the capabilities.
 *
 * What must stay true:
 * - A row is in `rows` only when each of its values belongs to its column with certainty; every row that is left
 *   out has an error finding with its line number. With an error in the header no row is certain, so none is in.
 * - A cell's text is never quoted in a message: it may be a student's name. Column names are.
 * - Values are as in the file, except white space before them that is not quoted.
 */
import { said, type Said } from './said.ts'
import { parse } from 'csv-parse/sync'
import { isUnstorable } from './canonical.ts'
import { binaryKind, decodeText, type BinaryKind, type Encoding } from './csv-decode.ts'
import { countKnown, matchHeader, type ColumnSpec } from './csv-header.ts'

export type { ColumnSpec } from './csv-header.ts'

/** What was wrong with one row of a file, or with a file as a whole (`row` 0). */
export interface Finding {
  readonly file: string
  /** Line of the record in the file, header = 1; 0 = the file as a whole. */
  readonly row: number
  readonly field: string | null
  /** Stable, e.g. `csv.ragged_row`, `oneroster.dangling_reference`. */
  readonly code: string
  /** `error`: the row (or all) cannot go in. `warning`: it goes in, somebody should look. */
  readonly severity: 'error' | 'warning'
  /** In English, as a terminal prints it. */
  readonly message: string
  /** The same for a screen, which says it in the person's language; see said.ts. Absent: only a terminal tells it. */
  readonly says?: Said['says']
}

export interface CsvOptions {
  /** The name of the file in findings. */
  readonly file: string
  readonly expected: readonly ColumnSpec[]
  /** Headers that the format sets aside for additions: kept, and no finding. */
  readonly extension?: RegExp
  /** Larger files are refused. Default 256 MiB. */
  readonly maxBytes?: number
}

export interface CsvRow {
  /** Line of the record in the file, 1-based. A quoted value may span lines; this is the first. */
  readonly line: number
  /** By expected column name, or by its own for any other column. A column the file lacks has no entry. */
  readonly values: Readonly<Record<string, string>>
}

export interface CsvFacts {
  readonly encoding: Encoding
  readonly bom: boolean
  readonly delimiter: string
  readonly lineEnd: 'lf' | 'crlf' | 'cr' | 'mixed' | 'none'
  /** Records below the header that are not blank, whether they could be used or not. */
  readonly records: number
}

export interface CsvFile {
  readonly rows: readonly CsvRow[]
  /** Names of the columns in the order of the file; '' for one without a name. */
  readonly headers: readonly string[]
  readonly findings: readonly Finding[]
  readonly facts: CsvFacts
  /** False when the file as a whole, or its header, is wrong: then `rows` is empty. */
  readonly usable: boolean
}

const MAX_BYTES = 256 * 1024 * 1024
/** Far beyond any row; a record this long is a quote that was never closed. In UTF-16 units. */
const MAX_RECORD = 1_000_000

/**
 * The rows of a CSV file and all that is wrong with it. Findings: `csv.too_large`, `csv.not_text`, `csv.empty`,
 * `csv.no_header`, `csv.duplicate_header`, `csv.misspelt_header`, `csv.missing_header`, `csv.unknown_header`,
 * `csv.blank_header`, `csv.header_case`, `csv.encoding`, `csv.lost_character`, `csv.unstorable_text`,
 * `csv.quotes`, `csv.stray_quote`, `csv.ragged_row`.
 */
export function readCsv(bytes: Uint8Array, options: CsvOptions): CsvFile {
  const { file, expected } = options
  const maxBytes = options.maxBytes ?? MAX_BYTES
  const refuse = (code: string, words: Said): CsvFile => ({
    rows: [],
    headers: [],
    findings: [{ file, row: 0, field: null, code, severity: 'error', ...words }],
    facts: { encoding: 'utf-8', bom: false, delimiter: ',', lineEnd: 'none', records: 0 },
    usable: false,
  })
  if (bytes.length > maxBytes) {
    return refuse(
      'csv.too_large',
      said(
        /*i18n*/ {
          id: 'finding.csv.too_large',
          message: 'The file has {bytes} bytes; the most that is read is {most}.',
        },
        { bytes: bytes.length, most: maxBytes },
      ),
    )
  }
  const kind = binaryKind(bytes)
  if (kind !== null) {
    return refuse('csv.not_text', NOT_TEXT[kind])
  }
  const decoded = decodeText(bytes)
  const delimiter = delimiterOf(decoded.text, expected)
  const [head, ...body] = recordsOf(decoded.text, delimiter)
  if (!head)
    return refuse(
      'csv.empty',
      said(
        /*i18n*/ { id: 'finding.csv.empty', message: 'The file is empty: it has not even a header line.' },
      ),
    )

  const match = matchHeader(head.fields, expected, { file, row: head.line }, options.extension ?? null)
  const findings: Finding[] = [...match.findings]
  const facts: CsvFacts = {
    encoding: decoded.encoding,
    bom: decoded.bom,
    delimiter,
    lineEnd: lineEndOf(decoded.text),
    records: body.length,
  }
  if (head.quotes !== 'sound') findings.push(quotesFinding(head, file))
  if (findings.some((finding) => finding.severity === 'error')) {
    return { rows: [], headers: match.headers, findings, facts, usable: false }
  }

  const rows: CsvRow[] = []
  const columns = columnsOf(body, match.headers, expected)
  const lost = decoded.damaged ? damagedCell(decoded.encoding) : null
  let accented: Finding | null = null
  for (const record of body) {
    const wrong = recordFindings(record, match.headers, columns, file, lost)
    findings.push(...wrong)
    if (decoded.encoding === 'windows-1252') {
      accented ??= legacyFinding(record, match.headers, file)
    }
    if (wrong.some((finding) => finding.severity === 'error')) continue
    rows.push({ line: record.line, values: valuesOf(record.fields, match.headers) })
  }
  if (accented) findings.unshift(accented)
  return { rows, headers: match.headers, findings, facts, usable: true }
}

const NOT_TEXT: Readonly<Record<BinaryKind, Said>> = {
  zip: said(
    /*i18n*/ {
      id: 'finding.csv.zip',
      message: 'This is an Excel workbook or a zip file, not a CSV file. Save or export it as CSV first.',
    },
  ),
  xls: said(
    /*i18n*/ {
      id: 'finding.csv.xls',
      message: 'This is an old Excel workbook, not a CSV file. Save or export it as CSV first.',
    },
  ),
  pdf: said(
    /*i18n*/ {
      id: 'finding.csv.pdf',
      message: 'This is a PDF, not a CSV file. Save or export it as CSV first.',
    },
  ),
}

interface Rec {
  readonly line: number
  /** Last line; greater than `line` when a quoted value spans lines. */
  readonly end: number
  readonly fields: readonly string[]
  readonly quotes: 'sound' | 'stray' | 'broken'
}

/** The records that are not blank, in order. */
function recordsOf(text: string, delimiter: string): Rec[] {
  const records: Rec[] = []
  const sound = soundRecord(delimiter, `[^"${delimiter}\\r\\n]*`)
  const stray = soundRecord(delimiter, `(?:[^"${delimiter}\\r\\n][^${delimiter}\\r\\n]*)?`)
  const quotesOf = (raw: string): Rec['quotes'] => {
    if (raw.length > MAX_RECORD) return 'broken'
    if (!raw.includes('"') || sound.test(raw)) return 'sound'
    return stray.test(raw) ? 'stray' : 'broken'
  }
  let line = 1
  parse(text, {
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    raw: true,
    relax_quotes: true,
    relax_column_count: true,
    // Not with tabs: the tab before an empty first column would be trimmed away.
    ltrim: delimiter !== '\t',
    skip_records_with_error: true,
    on_record: (parsed: unknown) => {
      const { record, raw } = parsed as { record: string[]; raw: string }
      const breaks = raw.match(/\r\n|\r|\n/g)?.length ?? 0
      const closed = /[\r\n]$/.test(raw) ? 1 : 0
      if (record.some((field) => field.trim() !== '')) {
        records.push({ line, end: line + breaks - closed, fields: record, quotes: quotesOf(raw) })
      }
      line += breaks
      return null
    },
    on_skip: (_error, raw) => {
      // Only a quote that is still open at the end of the file comes here.
      const breaks = raw?.match(/\r\n|\r|\n/g)?.length ?? 0
      records.push({ line, end: line + breaks, fields: [], quotes: 'broken' })
      return undefined
    },
  })
  return records
}

/** Matches a record whose quoted fields are quoted as RFC 4180 says; `bare` is an unquoted field. */
function soundRecord(delimiter: string, bare: string): RegExp {
  const field = `(?:[ ]*"[^"]*(?:""[^"]*)*"|${bare})`
  return new RegExp(`^${field}(?:[${delimiter}]${field})*[\\r\\n]*$`, 'u')
}

function quotesFinding(record: Rec, file: string): Finding {
  const place = { file, row: record.line, field: null }
  if (record.quotes === 'stray') {
    const message = said(
      /*i18n*/ {
        id: 'finding.csv.stray_quote',
        message: 'There is a quote mark inside a value that is not quoted; the value is taken as it stands.',
      },
    )
    return { ...place, code: 'csv.stray_quote', severity: 'warning', ...message }
  }
  const message =
    record.end > record.line
      ? said(
          /*i18n*/ {
            id: 'finding.csv.quotes_over_lines',
            message:
              'Lines {first} to {last} run together because a quote mark is not closed or not doubled, so nobody can tell where the values end.',
          },
          { first: record.line, last: record.end },
        )
      : said(
          /*i18n*/ {
            id: 'finding.csv.quotes',
            message:
              'The line runs together because a quote mark is not closed or not doubled, so nobody can tell where the values end.',
          },
        )
  return { ...place, code: 'csv.quotes', severity: 'error', ...message }
}

function recordFindings(
  record: Rec,
  headers: readonly string[],
  columns: Columns,
  file: string,
  lost: RegExp | null,
): Finding[] {
  if (record.quotes === 'broken') return [quotesFinding(record, file)]
  const findings = record.quotes === 'stray' ? [quotesFinding(record, file)] : []
  const ragged = raggedFinding(record, headers, columns, file)
  if (ragged) findings.push(ragged)
  for (const [column, value] of record.fields.entries()) {
    const at = { file, row: record.line, field: headers[column] || null }
    if (isUnstorable(value)) {
      const message = said(
        /*i18n*/ {
          id: 'finding.csv.unstorable_text',
          message: 'The value holds a character that no text may hold (a null character).',
        },
      )
      findings.push({ ...at, code: 'csv.unstorable_text', severity: 'error', ...message })
    }
    if (lost?.test(value)) {
      const message = said(
        /*i18n*/ {
          id: 'finding.csv.undecoded',
          message:
            'The value holds bytes that are no character of this file’s encoding. Export the file again as UTF-8.',
        },
      )
      findings.push({ ...at, code: 'csv.encoding', severity: 'error', ...message })
    } else if (value.includes('\ufffd')) {
      const message = said(
        /*i18n*/ {
          id: 'finding.csv.lost_character',
          message: 'A character of this value was lost before the file came here (it shows as “\ufffd”).',
        },
      )
      findings.push({ ...at, code: 'csv.lost_character', severity: 'warning', ...message })
    }
  }
  return findings
}

/**
 * More or fewer values than columns. Blank values too many at the end are often only a trailing delimiter, and
 * missing ones of optional columns were often never written. But a delimiter too many or too few further ahead
 * looks the same and shifts the values after it, so the row stays only when each value stands where such values
 * stand in the other rows.
 */
function raggedFinding(
  record: Rec,
  headers: readonly string[],
  columns: Columns,
  file: string,
): Finding | null {
  const { fields, line } = record
  if (fields.length === headers.length) return null
  const place = { file, row: line, code: 'csv.ragged_row' }
  const count = { values: fields.length, columns: headers.length }
  const shifted = fields
    .slice(0, headers.length)
    .findIndex((value, column) => value.trim() !== '' && !columns.holds(column, value.trim()))
  const blank = fields.slice(headers.length).every((field) => field.trim() === '')
  if (!blank || shifted >= 0) {
    const field = headers[shifted] || null
    const message = said(
      /*i18n*/ {
        id: 'finding.csv.ragged_row',
        message:
          'This row has {values} values for {columns} columns, so nobody can tell which value belongs where. Look for a delimiter too many or too few, such as a comma inside a value that is not quoted.',
      },
      count,
    )
    return { ...place, field, severity: 'error', ...message }
  }
  if (fields.length > headers.length) {
    const message = said(
      /*i18n*/ {
        id: 'finding.csv.ragged_more',
        message:
          'This row has {values} values for {columns} columns. The extra ones at the end are blank and are left out.',
      },
      count,
    )
    return { ...place, field: null, severity: 'warning', ...message }
  }
  const missing = headers.slice(fields.length)
  const needed = missing.find((name) => columns.required.has(name))
  if (needed !== undefined) {
    const message = said(
      /*i18n*/ {
        id: 'finding.csv.ragged_required',
        message:
          'This row has {values} values for {columns} columns: it ends before “{needed}”, which is required.',
      },
      { ...count, needed },
    )
    return { ...place, field: needed, severity: 'error', ...message }
  }
  const message = said(
    /*i18n*/ {
      id: 'finding.csv.ragged_fewer',
      message:
        'This row has {values} values for {columns} columns. The missing ones at the end are taken as blank.',
    },
    count,
  )
  return { ...place, field: missing[0] ?? null, severity: 'warning', ...message }
}

interface Columns {
  readonly required: ReadonlySet<string>
  /** Whether such a value stands in this column elsewhere in the file. */
  holds(column: number, value: string): boolean
}

/** The columns as the rows without a doubt use them: those of the right length, or of the one that most rows have. */
function columnsOf(
  records: readonly Rec[],
  headers: readonly string[],
  expected: readonly ColumnSpec[],
): Columns {
  const sizes = new Map<number, number>()
  for (const { fields } of records) sizes.set(fields.length, (sizes.get(fields.length) ?? 0) + 1)
  const [usual = 0, often = 0] = [...sizes].toSorted((a, b) => b[1] - a[1])[0] ?? []
  const size = often > 1 && often > records.length / 2 ? usual : headers.length
  const used = new Set<number>()
  for (const { fields } of records) {
    if (fields.length !== size && fields.length !== headers.length) continue
    for (const [column, value] of fields.entries()) if (value.trim() !== '') used.add(column)
  }
  const specs = headers.map((name) => expected.find((column) => column.name === name))
  return {
    required: new Set(expected.filter((column) => column.required).map((column) => column.name)),
    holds: (column, value) => used.has(column) && (specs[column]?.shape?.test(value) ?? true),
  }
}

/** What a cell that could not be decoded holds. Bytes without a meaning in Windows-1252 come out as controls. */
function damagedCell(encoding: Encoding): RegExp {
  return encoding === 'windows-1252' ? /[\u0080-\u009f]/ : /\ufffd/
}

/** One warning for the whole file, at the first place where the guess shows. */
function legacyFinding(record: Rec, headers: readonly string[], file: string): Finding | null {
  const column = record.fields.findIndex((value) => /\P{ASCII}/u.test(value))
  if (column < 0) return null
  const message = said(
    /*i18n*/ {
      id: 'finding.csv.legacy_encoding',
      message:
        'The file is not UTF-8. It was read as Windows-1252, as older Windows programs write it. Look at the accents here: if they are wrong, export the file again as UTF-8.',
    },
  )
  return {
    file,
    row: record.line,
    field: headers[column] || null,
    code: 'csv.encoding',
    severity: 'warning',
    ...message,
  }
}

function valuesOf(fields: readonly string[], headers: readonly string[]): Record<string, string> {
  // fromEntries defines own properties, so that a column named __proto__ is only a column.
  return Object.fromEntries(
    headers.flatMap((name, column) => (name === '' ? [] : [[name, fields[column] ?? '']])),
  )
}

/** The delimiter under which the first line that is not blank holds most of the expected names. */
function delimiterOf(text: string, expected: readonly ColumnSpec[]): string {
  const line = /[^\s,;][^\r\n]*/.exec(text)?.[0] ?? ''
  let best = ','
  let most = 0
  for (const candidate of [',', ';', '\t', '|']) {
    const known = countKnown(
      line.split(candidate).map((cell) => cell.replaceAll('"', '').trim()),
      expected,
    )
    if (known > most) {
      best = candidate
      most = known
    }
  }
  return best
}

function lineEndOf(text: string): CsvFacts['lineEnd'] {
  const ends = new Set(text.match(/\r\n|\r|\n/g))
  if (ends.size > 1) return 'mixed'
  return ends.has('\r\n') ? 'crlf' : ends.has('\n') ? 'lf' : ends.has('\r') ? 'cr' : 'none'
}
