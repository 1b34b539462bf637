/**
 * The points of a graph as a CSV file that leaves the system: the same facts as its table, staff by initials, the
 * student not at all, what was chosen and why it was taken in lines below. Pure.
 */
import type { GraphModel, GraphPoint } from './graph.ts'

export interface TableWords {
  /** In the order of the columns. */
  readonly headings: Readonly<Record<Column, string>>
  readonly unit: string
  readonly yes: string
  readonly no: string
  readonly phase: (point: GraphPoint) => string
  readonly condition: (condition: string) => string
  readonly notes: (point: GraphPoint) => readonly string[]
  /** Lines below the table: what is shown, when and why it was taken. */
  readonly below: readonly string[]
}

const COLUMNS = [
  'date',
  'time',
  'session',
  'value',
  'unit',
  'numerator',
  'denominator',
  'counts',
  'phase',
  'condition',
  'by',
  'notes',
] as const
type Column = (typeof COLUMNS)[number]

/** RFC 4180, lines ended by CRLF, with a byte order mark so that spreadsheets read UTF-8. A missing value is empty. */
export function csvOf(model: GraphModel, words: TableWords): string {
  const rows = model.points.map((point): Record<Column, string> => ({
    date: point.day ?? '',
    time: point.time ?? '',
    session: point.session === null ? '' : String(point.session),
    value: point.value === null ? '' : String(rounded(point.value)),
    unit: words.unit,
    numerator: point.numerator === null ? '' : String(point.numerator),
    denominator: point.denominator === null ? '' : String(point.denominator),
    counts: point.value === null ? '' : point.decides ? words.yes : words.no,
    phase: words.phase(point),
    condition: point.condition === null ? '' : words.condition(point.condition),
    by: point.by.map(initialsOf).join(' '),
    notes: words.notes(point).join('; '),
  }))
  const lines = [
    COLUMNS.map((column) => cell(words.headings[column])),
    ...rows.map((row) => COLUMNS.map((column) => cell(row[column]))),
    [''],
    ...words.below.map((line) => [cell(line)]),
  ]
  return `\u{feff}${lines.map((line) => line.join(',')).join('\r\n')}\r\n`
}

/** `Maya Ortiz` → `MO`. */
export function initialsOf(name: string): string {
  return name
    .split(/\s+/)
    .flatMap((part) => [...part].slice(0, 1))
    .join('')
    .toLocaleUpperCase()
}

/** Nothing that a spreadsheet would take for a formula; quoted where it must be. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6
