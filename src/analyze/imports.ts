/**
 * `handrail analyze imports <folder>`: every set of files below a folder read as an import would read it, without a
 * database and without keeping anything: what it was taken for, what was read of it, and what would be refused. For whoever
 * has exports of several systems and wants to know before the first import.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { readOfficial } from '../capabilities/attendance/official-file.ts'
import type { Format } from '../capabilities/roster/formats-list.ts'
import { formatOf, readRoster } from '../capabilities/roster/formats.ts'
import { guessMapping } from '../capabilities/roster/plain.ts'
import { readScores } from '../capabilities/roster/scores.ts'
import { readIcal } from '../capabilities/schedule/ical.ts'
import type { Finding } from '../platform/core/csv.ts'
import { addDays, dayOf } from '../platform/core/days.ts'
import { isFolder, lineOf, problem } from './input.ts'

export interface FileSet {
  /** The folder, or the file, below the one that was asked for. */
  readonly set: string
  readonly taken_for: Format | 'scores' | 'attendance' | 'ical'
  readonly files: number
  /** False: an import would put nothing of it in. */
  readonly fit: boolean
  /** What was read of it, by what it is. */
  readonly read: Readonly<Record<string, number>>
  readonly errors: number
  readonly warnings: number
  /** How often each finding is there. */
  readonly codes: Readonly<Record<string, number>>
  /** The first errors, by file, row and field. */
  readonly refused: readonly string[]
}

export interface ImportsReport {
  readonly ok: boolean
  readonly sets: readonly FileSet[]
}

/** Files of which a set can be made. */
const READABLE = /\.(csv|xml|tsv|ics)$/i
/** Errors of a set that are shown. */
const SHOWN = 5
/** A zone to read days in; an import takes that of its district. */
const TZ = 'America/New_York'

/** Throws `BadInput` when the folder is none, or holds no file that an import reads. */
export function checkImports(folder: string, now = Date.now()): ImportsReport {
  if (!isFolder(folder)) throw problem(folder, 0, null, 'no_folder', 'There is no such folder.')
  const sets = foldersIn(folder).flatMap((one) => setsOf(folder, one, now))
  if (sets.length === 0)
    throw problem(folder, 0, null, 'no_files', 'No file below this folder is one that an import reads.')
  return { ok: sets.every(({ fit }) => fit), sets }
}

export function importsText({ sets }: ImportsReport): string {
  return [
    ...sets.flatMap(({ set, taken_for, files, fit, read, errors, warnings, refused }) => [
      `${fit ? 'read   ' : 'REFUSED'}  ${set}  (${taken_for}, ${files} ${files === 1 ? 'file' : 'files'})`,
      `         ${[
        ...Object.entries(read).map(([what, n]) => `${n} ${what}`),
        `${errors} errors`,
        `${warnings} warnings`,
      ].join(', ')}`,
      ...refused.map((line) => `         ${line}`),
    ]),
    `${sets.length} sets: ${sets.filter(({ fit }) => fit).length} read, ${sets.filter(({ fit }) => !fit).length} refused`,
  ].join('\n')
}

/** A folder and all below it, in their order. */
function foldersIn(folder: string): string[] {
  const below = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name))
    .toSorted()
  return [folder, ...below.flatMap(foldersIn)]
}

/** A roster is a folder as a whole; a calendar, an assessment export or a list of one's own is a file by itself. */
function setsOf(root: string, folder: string, now: number): FileSet[] {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && READABLE.test(entry.name))
    .map(({ name }) => name)
    .toSorted()
  const bytes = new Map(names.map((name) => [name, readFileSync(join(folder, name))]))
  const nameOf = (file: string) => relative(root, join(folder, file)) || '.'
  const calendars = names.filter((name) => /\.ics$/i.test(name))
  const others = new Map([...bytes].filter(([name]) => !calendars.includes(name)))
  return [...rostersOf(), ...calendars.map(calendarOf)]

  function rostersOf(): FileSet[] {
    if (others.size === 0) return []
    const format = formatOf(others)
    if (format !== 'csv') return [rosterOf(nameOf(''), others, format)]
    return [...others].map(([name, content]) => listOf(name, content))
  }

  function rosterOf(set: string, files: ReadonlyMap<string, Uint8Array>, format: Format): FileSet {
    const mapping = Object.fromEntries(
      [...files].map(([name, content]) => [name, guessMapping(name, content)]),
    )
    const { report, extras } = readRoster(files, format, {
      ids: (type, source) => `${type}:${source}`,
      now: new Date(now).toISOString(),
      tz: TZ,
      ...(format === 'csv' ? { mapping } : {}),
    })
    const rows = Object.values(report.files).reduce((sum, file) => sum + file.rows, 0)
    const { facts, days, terms } = extras
    const beside = { facts: facts.length, school_days: days.length, terms: terms.length }
    return told(set, format, files.size, report.fit, { rows, ...report.created, ...beside }, report.findings)
  }

  /** A list by itself: an assessment export, attendance, or people. */
  function listOf(name: string, content: Uint8Array): FileSet {
    const scores = readScores(new Map([[name, content]]), {
      students: everybody,
      ids: (type, source) => `${type}:${source}`,
    })
    if (!scores.findings.some(({ code }) => code === 'scores.unknown_layout')) {
      const rows = scores.files[name]?.rows ?? 0
      return told(
        nameOf(name),
        'scores',
        1,
        scores.fit,
        { rows, score_sets: scores.facts.length },
        scores.findings,
      )
    }
    const attendance = readOfficial(name, content, { students: everybody, today: dayOf(now, TZ) })
    if (!attendance.findings.some(({ code }) => code === 'attendance.no_column')) {
      const { rows, marks, fit, findings } = attendance
      return told(nameOf(name), 'attendance', 1, fit, { rows, codes: marks.length }, findings)
    }
    return rosterOf(nameOf(name), new Map([[name, content]]), 'csv')
  }

  function calendarOf(name: string): FileSet {
    const today = dayOf(now, TZ)
    const { occurrences, findings } = readIcal(new TextDecoder().decode(bytes.get(name)), {
      file: name,
      from: addDays(today, -366),
      to: addDays(today, 366),
      tz: TZ,
    })
    const fit = !findings.some(({ severity }) => severity === 'error')
    return told(
      nameOf(name),
      'ical',
      1,
      fit,
      { 'entries within a year of today': occurrences.length },
      findings,
    )
  }
}

/** Whether a student is there is asked when a district is; here each number is somebody's. */
const everybody: ReadonlyMap<string, string> = new (class extends Map<string, string> {
  override get(number: string): string | undefined {
    return number === '' ? undefined : `student ${number}`
  }
})()

function told(
  set: string,
  taken_for: FileSet['taken_for'],
  files: number,
  fit: boolean,
  read: Readonly<Record<string, number>>,
  findings: readonly Finding[],
): FileSet {
  const codes: Record<string, number> = {}
  for (const { code } of findings) codes[code] = (codes[code] ?? 0) + 1
  const errors = findings.filter(({ severity }) => severity === 'error')
  return {
    set,
    taken_for,
    files,
    fit,
    read: Object.fromEntries(Object.entries(read).filter(([, n]) => n > 0)),
    errors: errors.length,
    warnings: findings.length - errors.length,
    codes,
    refused: errors.slice(0, SHOWN).map(lineOf),
  }
}
