/**
 * From the files of a OneRoster bundle to tables of sound rows: file names, manifest, columns, ids and status.
 * What the rows mean together is oneroster.ts, the only caller.
 */
import { said, type Said } from '../../platform/core/said.ts'
import { readCsv, type CsvFile, type Finding } from '../../platform/core/csv.ts'
import { dayOf, type Day } from '../../platform/core/days.ts'
import type { RosterBatch } from './model.ts'
import { dayFrom } from './oneroster-days.ts'
import { itemsBefore, laidOver, UNKEPT, type KeptRows } from './oneroster-delta.ts'
import {
  COLUMNS,
  EXTENSION,
  FILES,
  isKnownVersion,
  MANIFEST_COLUMNS,
  REQUIRED_FILES,
  statusOf,
  UNUSED_FILES,
  type FileName,
} from './oneroster-format.ts'

export interface FileReport {
  /** Rows below the header, used or not. */
  readonly rows: number
  /** Users or roles by role, enrollments by role, as the file spells them. */
  readonly roles?: Readonly<Record<string, number>>
  /** Rows by status as the file spells it; '' = blank. */
  readonly statuses?: Readonly<Record<string, number>>
}

export interface Row {
  /** The name of the file in findings. */
  readonly file: string
  readonly line: number
  readonly id: string
  /** The value of a column without white space around it; '' when blank or when the file lacks the column. */
  get(field: string): string
  /** The ids of a list column. */
  list(field: string): string[]
  /** For a row that is to be deleted: since when, at the school. Null = in force. */
  readonly ended: Day | null
}

export interface Table {
  /** The name in findings. */
  readonly file: string
  readonly present: boolean
  /** False when the file could not be read at all: then a reference to it proves nothing. */
  readonly usable: boolean
  readonly rows: readonly Row[]
  /** The rows by sourcedId, for references. */
  readonly byId: ReadonlyMap<string, Row>
  /** Takes a row out again because of an error found later, so that what refers to it says so. */
  reject(row: Row): void
  /** Was in the file, but had an error. */
  wasRejected(id: string): boolean
}

export interface Manifest {
  readonly version: string | null
  readonly present: boolean
  /** Files that the manifest announces and nobody sent. */
  readonly missing: readonly string[]
  /** Files that came although the manifest does not announce them. */
  readonly unlisted: readonly string[]
  /** Files that hold only what changed. */
  readonly deltas: readonly FileName[]
}

export interface Bundle {
  readonly tables: Readonly<Record<FileName, Table>>
  readonly reports: Readonly<Record<string, FileReport>>
  /** Files of the format that are not used. */
  readonly ignored: readonly string[]
  /** Reads what is beside the roster, once it is known who is in it; may still say something. */
  readonly after?: (batch: RosterBatch) => void
}

/** Adds one finding. */
export type Say = (
  file: string,
  row: number,
  field: string | null,
  code: string,
  severity: Finding['severity'],
  words: Said,
) => void

/**
 * Reads every file of the bundle; `before`: the rows of the last whole export, where there was one. `say` and `add`
 * receive the findings; nothing is thrown. `kept`: all rows that count now, for the next file of changes.
 */
export function readBundle(
  files: ReadonlyMap<string, Uint8Array>,
  before: KeptRows | null,
  zone: { readonly now: string; readonly tz: string },
  say: Say,
  add: (findings: readonly Finding[]) => void,
): Bundle & { readonly manifest: Manifest; readonly kept: KeptRows } {
  const sources = new Map<string, { file: string; bytes: Uint8Array }>()
  const ignored: string[] = []
  for (const [path, bytes] of files) {
    const file = path.split(/[\\/]/).at(-1) ?? path
    const stem = /^(.*)\.csv$/i.exec(file)?.[1]
    if (stem === undefined) continue
    const name = [...FILES, 'manifest', ...UNUSED_FILES].find((known) => same(known, stem))
    if (name === undefined) {
      say(
        file,
        0,
        null,
        'oneroster.unknown_file',
        'warning',
        said(
          /*i18n*/ {
            id: 'finding.oneroster.unknown_file',
            message: 'OneRoster has no file of this name; it is not used.',
          },
        ),
      )
    } else if (sources.has(name)) {
      say(
        file,
        0,
        null,
        'oneroster.duplicate_file',
        'error',
        said(
          /*i18n*/ {
            id: 'finding.oneroster.duplicate_file',
            message: 'The file {name}.csv is there more than once; nobody can tell which one counts.',
          },
          { name },
        ),
      )
    } else {
      sources.set(name, { file, bytes })
      if (UNUSED_FILES.includes(name)) ignored.push(file)
    }
  }

  const reports: Record<string, FileReport> = {}
  const manifest = readManifest(sources, before, reports, say, add)
  // one file of changes makes all of it changes: a file that is not here is as it was
  const known = manifest.deltas.length > 0 ? before : null
  for (const name of REQUIRED_FILES) {
    if (sources.has(name) || known?.has(name) === true || manifest.missing.includes(name)) continue
    say(
      `${name}.csv`,
      0,
      null,
      'oneroster.missing_file',
      'error',
      said(
        /*i18n*/ {
          id: 'finding.oneroster.missing_file',
          message: 'The file {name}.csv is missing; there is no roster without it.',
        },
        { name },
      ),
    )
  }

  const kept = new Map<FileName, readonly Readonly<Record<string, string>>[]>()
  const tables = Object.fromEntries(
    FILES.map((name) => {
      const source = sources.get(name)
      const file = source?.file ?? `${name}.csv`
      const rows = known?.get(name)
      if (!source) {
        if (rows) kept.set(name, rows)
        return [name, tableOf(file, rows ? itemsBefore(file, rows) : null, zone, say)]
      }
      const csv = readCsv(source.bytes, { file, expected: COLUMNS[name], extension: EXTENSION })
      add(csv.findings)
      reports[file] = reportOf(csv)
      const named = name !== 'enrollments' || !csv.usable || csv.headers.includes('sourcedId')
      if (!named) {
        const message = said(
          /*i18n*/ {
            id: 'finding.oneroster.no_enrollment_ids',
            message: 'The enrollments have no sourcedId; who is in which class as what stands in for it.',
          },
        )
        say(file, 1, 'sourcedId', 'oneroster.no_enrollment_ids', 'warning', message)
      }
      const came = csv.rows.map(({ line, values }) => ({
        file,
        line,
        values: named ? values : { ...values, sourcedId: enrollmentId(values) },
      }))
      const items = rows && manifest.deltas.includes(name) ? laidOver(file, rows, came, say) : came
      kept.set(
        name,
        items.map(({ values }) => datedEnd(values, zone)),
      )
      return [name, tableOf(file, items, zone, say, csv.usable)]
    }),
  ) as Record<FileName, Table>
  return { manifest, tables, reports, ignored, kept }
}

function readManifest(
  sources: ReadonlyMap<string, { readonly file: string; readonly bytes: Uint8Array }>,
  before: KeptRows | null,
  reports: Record<string, FileReport>,
  say: Say,
  add: (findings: readonly Finding[]) => void,
): Manifest {
  const came = FILES.filter((name) => sources.has(name))
  const source = sources.get('manifest')
  if (!source) {
    const message = said(
      /*i18n*/ {
        id: 'finding.oneroster.no_manifest',
        message:
          'There is no manifest, so nobody can tell which files were meant to be sent. Check that all are here.',
      },
    )
    say('manifest.csv', 0, null, 'oneroster.no_manifest', 'warning', message)
    return { version: null, present: false, missing: [], unlisted: came, deltas: [] }
  }
  const { file } = source
  const csv = readCsv(source.bytes, { file, expected: MANIFEST_COLUMNS })
  add(csv.findings)
  reports[file] = { rows: csv.facts.records }

  let version: string | null = null
  const missing: string[] = []
  const deltas: FileName[] = []
  const listed = new Set<string>()
  for (const row of csv.rows) {
    const property = (row.values['propertyName'] ?? '').trim()
    const value = (row.values['value'] ?? '').trim()
    if (property === 'oneroster.version') {
      version = value
      if (isKnownVersion(value)) continue
      const message =
        value === ''
          ? said(
              /*i18n*/ {
                id: 'finding.oneroster.blank_version',
                message: 'This is OneRoster without a version; versions 1.0, 1.1 and 1.2 can be read.',
              },
            )
          : said(
              /*i18n*/ {
                id: 'finding.oneroster.unknown_version',
                message: 'This is OneRoster “{value}”; versions 1.0, 1.1 and 1.2 can be read.',
              },
              { value },
            )
      say(file, row.line, 'value', 'oneroster.unknown_version', 'error', message)
    }
    if (!property.startsWith('file.')) continue
    const stem = property.slice('file.'.length)
    const used = FILES.find((name) => same(name, stem))
    const name = used ?? stem
    const here = sources.has(name)
    const mode = value.toLowerCase()
    if (mode === 'bulk' || mode === 'delta') {
      listed.add(name)
      if (!here) {
        missing.push(name)
        const severity = used ? 'error' : 'warning'
        const message = said(
          /*i18n*/ {
            id: 'finding.oneroster.manifest_file_missing',
            message: 'The manifest announces {name}.csv, but it is not here. Send the whole export again.',
          },
          { name },
        )
        say(file, row.line, 'value', 'oneroster.manifest_file_missing', severity, message)
      } else if (mode === 'delta' && used && !UNKEPT.includes(used)) {
        deltas.push(used)
        if (before) continue
        const message = said(
          /*i18n*/ {
            id: 'finding.oneroster.delta_without_full',
            message:
              '{name}.csv holds only what changed, and no whole export of this source was ever read here. Import the whole roster first (bulk), then what changed.',
          },
          { name },
        )
        say(file, row.line, 'value', 'oneroster.delta_without_full', 'error', message)
      }
    } else if (mode !== 'absent') {
      const message = said(
        /*i18n*/ {
          id: 'finding.oneroster.manifest_value',
          message: 'The manifest says “{value}” for {name}.csv; it must be absent, bulk or delta.',
        },
        { value, name },
      )
      say(file, row.line, 'value', 'oneroster.manifest_value', 'error', message)
    } else if (here && used) {
      const message = said(
        /*i18n*/ {
          id: 'finding.oneroster.manifest_contradicted',
          message:
            'The manifest says that {name}.csv is absent, but it is here. Remove the file or correct the manifest.',
        },
        { name },
      )
      say(file, row.line, 'value', 'oneroster.manifest_contradicted', 'error', message)
    }
  }
  if (version === null && csv.usable) {
    const message = said(
      /*i18n*/ {
        id: 'finding.oneroster.no_version',
        message: 'The manifest does not tell the OneRoster version.',
      },
    )
    say(file, 0, null, 'oneroster.no_version', 'warning', message)
  }
  const unlisted = came.filter((name) => !listed.has(name))
  for (const name of unlisted) {
    if (!csv.usable || csv.rows.some((row) => same(row.values['propertyName'] ?? '', `file.${name}`)))
      continue
    const message = said(
      /*i18n*/ {
        id: 'finding.oneroster.file_unlisted',
        message: 'The manifest does not list {name}.csv. It is read all the same.',
      },
      { name },
    )
    say(file, 0, null, 'oneroster.file_unlisted', 'warning', message)
  }
  return { version, present: true, missing, unlisted, deltas }
}

/** One row of a file with the values of OneRoster's columns. */
export interface Item {
  readonly file: string
  readonly line: number
  readonly values: Readonly<Record<string, string>>
}

/** The sound rows of one table; null = nobody sent it. `file` is its name in what is said of references to it. */
export function tableOf(
  file: string,
  items: readonly Item[] | null,
  zone: { readonly now: string; readonly tz: string },
  say: Say,
  usable = true,
): Table {
  const today = dayOf(zone.now, zone.tz)
  const byId = new Map<string, Row>()
  const rejected = new Set<string>()
  const lines = new Map<string, number>()
  for (const { file: from, line, values } of items ?? []) {
    const get = (field: string): string => (values[field] ?? '').trim()
    const id = get('sourcedId')
    const status = statusOf(get('status'))
    if (id === '') {
      say(
        from,
        line,
        'sourcedId',
        'oneroster.blank_field',
        'error',
        said(/*i18n*/ { id: 'finding.oneroster.no_sourced_id', message: 'The row has no sourcedId.' }),
      )
      continue
    }
    const first = lines.get(id)
    if (first !== undefined) {
      const message = said(
        /*i18n*/ {
          id: 'finding.oneroster.duplicate_id',
          message: 'The sourcedId “{id}” is already that of row {first}; an id may stand only once.',
        },
        { id, first },
      )
      say(from, line, 'sourcedId', 'oneroster.duplicate_id', 'error', message)
      continue
    }
    lines.set(id, line)
    let sound = true
    if (/^\d(\.\d+)?E\+\d+$/i.test(id)) {
      sound = false
      const message = said(
        /*i18n*/ {
          id: 'finding.oneroster.spreadsheet_number',
          message:
            'A spreadsheet turned this id into the number “{id}”, and the rest of it is lost. Export the file again and do not open it in a spreadsheet.',
        },
        { id },
      )
      say(from, line, 'sourcedId', 'oneroster.spreadsheet_number', 'error', message)
    }
    if (status === null) {
      sound = false
      const message = said(
        /*i18n*/ {
          id: 'finding.oneroster.unknown_status',
          message: 'The status “{status}” is not one of active, inactive, tobedeleted or blank.',
        },
        { status: get('status') },
      )
      say(from, line, 'status', 'oneroster.unknown_status', 'error', message)
    }
    if (!sound) {
      rejected.add(id)
      continue
    }
    byId.set(id, {
      file: from,
      line,
      id,
      get,
      list: (field) => [
        ...new Set(
          get(field)
            .split(',')
            .map((item) => item.trim())
            .filter((item) => item !== ''),
        ),
      ],
      ended: status === 'ended' ? endOf(get('dateLastModified'), zone.tz, today) : null,
    })
  }
  return {
    file,
    present: items !== null,
    usable,
    get rows() {
      return [...byId.values()]
    },
    byId,
    reject: (row) => {
      byId.delete(row.id)
      rejected.add(row.id)
    },
    wasRejected: (id) => rejected.has(id),
  }
}

function enrollmentId(values: Readonly<Record<string, string>>): string {
  return JSON.stringify(
    ['classSourcedId', 'userSourcedId', 'role'].map((field) => (values[field] ?? '').trim().toLowerCase()),
  )
}

/**
 * What ends with the import because the row does not say when, has ended then: when it is read again, with changes laid
 * over it, it must not end later.
 */
function datedEnd(
  values: Readonly<Record<string, string>>,
  zone: { readonly now: string; readonly tz: string },
): Readonly<Record<string, string>> {
  if (statusOf((values['status'] ?? '').trim()) !== 'ended') return values
  const day = dayFrom((values['dateLastModified'] ?? '').trim())
  return day !== null && day <= dayOf(zone.now, zone.tz) ? values : { ...values, dateLastModified: zone.now }
}

/** A row that is to be deleted has been so since it was last changed, at the latest since today. */
function endOf(modified: string, tz: string, today: Day): Day {
  const day = dayFrom(modified)
  if (day === null) return today
  const instant = /T.*(Z|[+-]\d\d:?\d\d)$/.test(modified) ? Date.parse(modified) : NaN
  const local = Number.isNaN(instant) ? day : dayOf(instant, tz)
  return local < today ? local : today
}

function reportOf(csv: CsvFile): FileReport {
  const count = (field: string): Record<string, number> => {
    const counts = new Map<string, number>()
    for (const row of csv.rows) {
      const value = (row.values[field] ?? '').trim()
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    return Object.fromEntries(counts)
  }
  return {
    rows: csv.facts.records,
    ...(csv.headers.includes('role') ? { roles: count('role') } : {}),
    statuses: count('status'),
  }
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
