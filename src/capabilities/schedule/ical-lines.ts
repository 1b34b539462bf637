/** The lines and components of an iCalendar file (RFC 5545, 3.1 and 3.6), each with its place in the file. */
import { said } from '../../platform/core/said.ts'
import type { Note } from './ical.ts'

export interface Line {
  /** Of the file, 1-based; of a folded one the first. */
  readonly line: number
  readonly name: string
  readonly params: Readonly<Record<string, string>>
  readonly value: string
}

export interface Component {
  readonly name: string
  readonly line: number
  readonly lines: readonly Line[]
  readonly parts: readonly Component[]
}

interface Open {
  name: string
  line: number
  lines: Line[]
  parts: Open[]
}

/** The calendars of a file. What is no line, and what is opened and not closed, is noted. */
export function componentsOf(text: string, note: Note): Component[] {
  const root: Open = { name: '', line: 0, lines: [], parts: [] }
  const open: Open[] = [root]
  for (const { line, text: whole } of unfolded(text, note)) {
    const read = lineOf(line, whole)
    if (!read) {
      note(
        line,
        null,
        'ical.line',
        'error',
        said(/*i18n*/ { id: 'finding.ical.line', message: 'This line is not NAME:VALUE.' }),
      )
      continue
    }
    const inner = open.at(-1) ?? root
    if (read.name === 'BEGIN') {
      const part: Open = { name: read.value.toUpperCase(), line, lines: [], parts: [] }
      inner.parts.push(part)
      open.push(part)
    } else if (read.name === 'END') {
      if (open.length > 1 && inner.name === read.value.toUpperCase()) open.pop()
      else
        note(
          line,
          'END',
          'ical.end',
          'error',
          said(
            /*i18n*/ { id: 'finding.ical.end', message: 'What is closed here is not what was opened last.' },
          ),
        )
    } else if (open.length === 1)
      note(
        line,
        read.name,
        'ical.outside',
        'error',
        said(/*i18n*/ { id: 'finding.ical.outside', message: 'This stands outside of a calendar.' }),
      )
    else inner.lines.push(read)
  }
  for (const { line, name } of open.slice(1))
    note(
      line,
      'BEGIN',
      'ical.not_closed',
      'error',
      said(
        /*i18n*/ { id: 'finding.ical.not_closed', message: 'What begins here is never closed: {part}.' },
        { part: KNOWN.has(name) ? name : '…' },
      ),
    )
  const calendars = root.parts.filter(({ name }) => name === 'VCALENDAR')
  if (calendars.length === 0)
    note(
      0,
      null,
      'ical.no_calendar',
      'error',
      said(/*i18n*/ { id: 'finding.ical.no_calendar', message: 'The file holds no calendar.' }),
    )
  return calendars
}
const KNOWN = new Set([
  'VCALENDAR',
  'VEVENT',
  'VTIMEZONE',
  'VALARM',
  'STANDARD',
  'DAYLIGHT',
  'VTODO',
  'VJOURNAL',
])

/** A list of values; commas that belong to a text are escaped. */
export function splitValues(value: string): string[] {
  return value
    .split(/(?<!\\),/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

export function unescaped(value: string): string {
  return value.replaceAll(/\\([nN,;\\])/g, (_, char: string) => (char === 'n' || char === 'N' ? ' ' : char))
}

function* unfolded(text: string, note: Note): Generator<{ line: number; text: string }> {
  let held: { line: number; text: string } | undefined
  const rows = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const last = rows.findLastIndex((row) => row.trim() !== '')
  for (const [n, row] of rows.entries()) {
    if (n > last) break
    if (row.trim() === '') {
      note(
        n + 1,
        null,
        'ical.blank_line',
        'warning',
        said(/*i18n*/ { id: 'finding.ical.blank_line', message: 'A blank line stands within the calendar.' }),
      )
      continue
    }
    if (held && /^[ \t]/.test(row)) {
      held.text += row.slice(1)
      continue
    }
    if (held) yield held
    held = { line: n + 1, text: row }
  }
  if (held) yield held
}

/** name *(";" param) ":" value, where a quoted parameter may hold a colon. */
const CONTENT = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$/s
const PARAM = /;([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)/g

function lineOf(line: number, text: string): Line | null {
  const [, name, params = '', value = ''] = CONTENT.exec(text) ?? []
  if (name === undefined) return null
  return {
    line,
    name: name.toUpperCase(),
    params: Object.fromEntries(
      [...params.matchAll(PARAM)].map(([, key = '', said = '']) => [
        key.toUpperCase(),
        said.replaceAll('"', ''),
      ]),
    ),
    value,
  }
}
