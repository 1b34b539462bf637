/**
 * Import of a roster as one act, from the command line and from the screen: read → what would become of every row →
 * a rehearsal or the import itself, whole or not at all. The rehearsal is the import in a transaction that is taken
 * back, so what it says is what would happen.
 */
import { said } from '../../../platform/core/said.ts'
import { basename, resolve } from 'node:path'
import type { Json } from '../../../platform/core/canonical.ts'
import { uuidOf, type Uuid } from '../../../platform/core/ids.ts'
import type { Database, Db, Tx } from '../../../platform/server/db.ts'
import type { Directory } from '../../../platform/server/directory.ts'
import { readFolder } from '../../../platform/server/folder.ts'
import { FORMATS, type Format } from '../formats-list.ts'
import { formatOf, readRoster, type Files, type Reading } from '../formats.ts'
import type { District, Finding, OpenDay, RosterBatch, SchoolTerm } from '../model.ts'
import type { KeptRows } from '../oneroster-delta.ts'
import type { PlainMapping } from '../plain-mapping.ts'
import { keep, keptOf } from './kept.ts'
import { rowsWritten, type OnProgress } from './progress.ts'
import { countOf, writeRosterIn, type ChangeCount, type Changes } from './queries.ts'

export interface ImportServices {
  readonly database: Database
  readonly directory: Directory
  /** Puts days and terms of imported calendars in; the schedule's own business, so whoever composes the two gives it. */
  calendar?(tx: Tx, district: Uuid, told: ToldCalendar): Promise<void>
}

/** What a source says of the calendar; its terms are all it knows. */
export interface ToldCalendar {
  readonly source: string
  readonly days: readonly OpenDay[]
  readonly terms: readonly SchoolTerm[]
}

export interface ImportAct {
  readonly district: District
  readonly format: Format
  readonly batch: RosterBatch
  readonly extras: Reading['extras']
  readonly report: Reading['report']
  readonly full: boolean
  readonly kept?: KeptRows
  /** Whose rows these are: an import ends only rows of its own source. Default: the format. */
  readonly source?: string
  readonly by?: Uuid
  /** The run's id, made by whoever asks: the same id twice is one import. */
  readonly run?: Uuid
  /** Somebody looked at how many leave, and it is right. */
  readonly acceptLeavers: boolean
}

/** One person as the preview shows them. */
export interface PreviewRow {
  readonly kind: 'students' | 'people'
  readonly change: 'added' | 'changed' | 'ended'
  readonly name: string
  /** Grade and school, or the roles. */
  readonly what: string
}

export interface ImportOutcome {
  readonly ok: boolean
  readonly imported: boolean
  readonly format: Format
  readonly findings: readonly Finding[]
  readonly files: Reading['report']['files']
  readonly ignored: readonly string[]
  readonly changes: Readonly<Record<keyof RosterBatch, ChangeCount>> | null
  readonly facts: number
  readonly days: number
  readonly terms: number
  /** The first of each kind of change. */
  readonly rows: readonly PreviewRow[]
}

/** From this share of a source's students on, somebody must say that it is right that they leave. */
const MANY_LEAVE = 0.2
const A_FEW = 10
/** Findings that are kept with a run. */
const KEPT = 1000
/** Rows of each kind of change in a preview. */
const SHOWN = 8

/** Imports what was read, or says what would become of it. */
export async function importRoster(
  services: ImportServices,
  act: ImportAct,
  options: { readonly dryRun: boolean; readonly told?: OnProgress },
): Promise<ImportOutcome> {
  const { report, extras, batch } = act
  const said = {
    format: act.format,
    files: report.files,
    ignored: report.ignored,
    facts: extras.facts.length,
    days: extras.days.length,
    terms: extras.terms.length,
  }
  if (!report.fit)
    return { ok: false, imported: false, ...said, findings: report.findings, changes: null, rows: [] }

  const outcome = await transactionOf(services, act.district.id, async (tx) => {
    const changes = await writeRosterIn(tx, act.district, batch, {
      source: act.source ?? act.format,
      report: { ...said, findings: report.findings.slice(0, KEPT) } as unknown as Json,
      track: { full: act.full },
      facts: extras.facts,
      wrote: rowsWritten(batch, rowsIn(report.files), options.told),
      ...(act.by ? { by: act.by } : {}),
      ...(act.run ? { id: act.run } : {}),
    })
    const { days, terms } = extras
    if (days.length + terms.length > 0)
      await services.calendar?.(tx, act.district.id, { source: act.source ?? act.format, days, terms })
    const { kept } = act
    if (kept) await tx.asSystem((db) => keep(db, act.district.id, act.source ?? act.format, kept))
    const rows = await tx.asSystem((db) => rowsOf(db, act.district.id, batch, changes))
    const stop = act.acceptLeavers ? null : manyLeave(changes)
    return { result: { changes, rows, stop }, keep: !options.dryRun && stop === null }
  })
  const { changes, rows, stop } = outcome
  if (!options.dryRun && stop === null) await services.directory.load(services.database.pool)
  return {
    ok: stop === null,
    imported: !options.dryRun && stop === null,
    ...said,
    findings: stop === null ? report.findings : [stop, ...report.findings],
    changes: countsOf(changes),
    rows,
  }
}

function rowsIn(files: Reading['report']['files']): number {
  return Object.values(files).reduce((sum, file) => sum + file.rows, 0)
}

class Rehearsed<T> extends Error {
  readonly result: T
  constructor(result: T) {
    super('taken back on purpose')
    this.result = result
  }
}

/** A transaction that stays only when its work says so. */
async function transactionOf<T>(
  { database }: ImportServices,
  district: Uuid,
  work: (tx: Tx) => Promise<{ result: T; keep: boolean }>,
): Promise<T> {
  try {
    return await database.asSystem(district, async (tx) => {
      const { result, keep } = await work(tx)
      if (!keep) throw new Rehearsed(result)
      return result
    })
  } catch (error) {
    if (error instanceof Rehearsed) return error.result as T
    throw error
  }
}

/** An export that was cut off looks like a school that everybody left. */
function manyLeave({ students }: Changes): Finding | null {
  const left = students.ended.length
  const before = left + students.unchanged + students.changed.length
  if (left < A_FEW || left < MANY_LEAVE * before) return null
  const message = said(
    /*i18n*/ {
      id: 'finding.roster.many_leave',
      message:
        '{left} of {before} students are not in these files any more and would leave. When the export is whole and that is right, import again and say so (accept leavers).',
    },
    { left, before },
  )
  return { file: '', row: 0, field: null, code: 'roster.many_leave', severity: 'error', ...message }
}

function countsOf(changes: Changes): Record<keyof RosterBatch, ChangeCount> {
  return {
    schools: countOf(changes.schools),
    people: countOf(changes.people),
    roles: countOf(changes.roles),
    students: countOf(changes.students),
    sections: countOf(changes.sections),
    enrollments: countOf(changes.enrollments),
    relationships: countOf(changes.relationships),
  }
}

async function rowsOf(db: Db, district: Uuid, batch: RosterBatch, changes: Changes): Promise<PreviewRow[]> {
  const schools = new Map(batch.schools.map((school) => [school.id, school.name]))
  const students = new Map(batch.students.map((student) => [student.id, student]))
  const people = new Map(batch.people.map((person) => [person.id, person]))
  const roles = Map.groupBy(batch.roles, (role) => role.person)
  const rows: PreviewRow[] = []
  for (const change of ['added', 'changed'] as const) {
    for (const id of changes.students[change].slice(0, SHOWN)) {
      const student = students.get(id)
      if (!student) continue
      const what = [student.grade, schools.get(student.school)].filter(Boolean).join(' · ')
      rows.push({ kind: 'students', change, name: nameOf(student), what })
    }
    for (const id of changes.people[change].slice(0, SHOWN)) {
      const person = people.get(id)
      if (!person) continue
      const what = [...new Set((roles.get(id) ?? []).map((role) => role.role))].join(', ')
      rows.push({ kind: 'people', change, name: nameOf(person), what })
    }
  }
  const left = await db
    .selectFrom('student')
    .innerJoin('school', (join) =>
      join
        .onRef('school.district_id', '=', 'student.district_id')
        .onRef('school.school_id', '=', 'student.school_id'),
    )
    .select(['student.given', 'student.family', 'student.grade', 'school.name'])
    .where('student.district_id', '=', district)
    .where('student.student_id', 'in', [...changes.students.ended.slice(0, SHOWN), NOBODY])
    .execute()
  for (const student of left)
    rows.push({
      kind: 'students',
      change: 'ended',
      name: nameOf(student),
      what: [student.grade, student.name].filter(Boolean).join(' · '),
    })
  return rows
}

/** Keeps a list from being empty. */
const NOBODY = '00000000-0000-7000-8000-000000000000'

function nameOf({ given, family }: { given: string; family: string }): string {
  return [given, family].filter((part) => part !== '').join(' ')
}

/** Reads files for a district: the same ids for the same things at every import. */
export function readFor(
  district: Pick<District, 'id' | 'tz'>,
  files: Files,
  options: {
    format?: Format | undefined
    mapping?: PlainMapping | undefined
    now: string
    /** What was read before of the same source; see `readBefore`. */
    before: KeptRows | null
  },
): Reading {
  return readRoster(files, options.format ?? formatOf(files), {
    ids: (type, source) => uuidOf(`${district.id}:${type}:${source}`),
    now: options.now,
    tz: district.tz,
    mapping: options.mapping,
    before: options.before,
  })
}

/** What files of changes are laid over: the rows of the last whole export of their source. */
export async function readBefore(
  { database }: Pick<ImportServices, 'database'>,
  district: Uuid,
  format: Format,
  source: string | undefined,
): Promise<KeptRows | null> {
  if (format !== 'oneroster') return null
  return database.asSystem(district, (tx) => keptOf(tx.read, district, source ?? format))
}

// The command line

/** Zone of a district that is made by an import; a district that exists keeps its own. */
const DEFAULT_TZ = 'America/New_York'

export interface ImportFlags {
  readonly district: string | undefined
  readonly dryRun: boolean
  readonly format?: string | undefined
  readonly mapping?: PlainMapping | undefined
  readonly source?: string | undefined
  readonly acceptLeavers?: boolean
  readonly told?: OnProgress
}

/** The district of a name, or one that an import makes; or why not. */
export function districtFor(
  directory: Directory,
  name: string,
): { readonly district: District } | { readonly message: string } {
  const known = directory.all.find((one) => one.name === name)
  if (known?.demo) {
    return {
      message: `${name} is a demo district: whoever comes to the demo page may enter it. Use another --district.`,
    }
  }
  if (known) return { district: known }
  return {
    district: { id: uuidOf(`district:${name}`), name, tz: DEFAULT_TZ, demo: false, clockOffsetMs: 0 },
  }
}

/** `import roster`: a folder into a district, with a report of every row that was wrong. */
export async function importRosterFolder(
  services: ImportServices,
  folder: string,
  flags: ImportFlags,
): Promise<{ ok: boolean; report: unknown; text: string }> {
  const found = districtFor(services.directory, flags.district ?? basename(resolve(folder)))
  if ('message' in found) return refused(found.message)
  const format = FORMATS.find((one) => one === flags.format)
  if (flags.format !== undefined && !format) return refused(`--format must be one of ${FORMATS.join(', ')}`)
  const began = performance.now()
  const files = readFolder(folder, '.csv', '.xml', '.txt', '.tsv')
  const reading = readFor(found.district, files, {
    format,
    mapping: flags.mapping,
    now: new Date().toISOString(),
    before: await readBefore(services, found.district.id, format ?? formatOf(files), flags.source),
  })
  return outcomeOf(services, found.district, reading, flags, began)
}

/** Imports what was read, and tells it to a person at a terminal. */
export async function outcomeOf(
  services: ImportServices,
  district: District,
  reading: Reading,
  flags: ImportFlags,
  began: number,
): Promise<{ ok: boolean; report: unknown; text: string }> {
  const outcome = await importRoster(
    services,
    {
      district,
      ...reading,
      ...(flags.source === undefined ? {} : { source: flags.source }),
      acceptLeavers: flags.acceptLeavers === true,
    },
    { dryRun: flags.dryRun, ...(flags.told ? { told: flags.told } : {}) },
  )
  const seconds = (performance.now() - began) / 1000
  const rows = rowsIn(outcome.files)
  const memory = Math.round(process.resourceUsage().maxRSS / 1024)
  const { rows: _shown, ...told } = outcome
  return {
    ok: outcome.ok,
    report: {
      ...reading.report,
      ...told,
      dry_run: flags.dryRun,
      district: { id: district.id, name: district.name },
      took: { rows, seconds: Number(seconds.toFixed(2)), memory_mb: memory },
    },
    text: [
      ...Object.entries(outcome.files).map(([file, { rows: n }]) => `${file}: ${n} rows`),
      ...outcome.findings.map(lineOf),
      ...(outcome.changes ? linesOf(outcome.changes) : []),
      ...(outcome.facts > 0 ? [`facts about students: ${outcome.facts}`] : []),
      ...(outcome.days > 0 ? [`school days: ${outcome.days}`] : []),
      ...(outcome.terms > 0 ? [`terms: ${outcome.terms}`] : []),
      outcome.ok
        ? `${outcome.imported ? 'Imported' : 'Would import'} ${rows} rows of ${outcome.format} in ${seconds.toFixed(1)} s (${memory} MB).`
        : 'Nothing was imported: mend the errors above and try again.',
    ].join('\n'),
  }
}

function linesOf(changes: NonNullable<ImportOutcome['changes']>): string[] {
  return Object.entries(changes).map(
    ([kind, { added, changed, ended, unchanged }]) =>
      `${kind}: ${added} added, ${changed} changed, ${ended} ended, ${unchanged} as before`,
  )
}

export function refused(message: string): { ok: false; report: unknown; text: string } {
  return { ok: false, report: { ok: false, messages: [message] }, text: message }
}

/** One finding as a line: `error users.csv:12 email csv.ragged_row …`. */
export function lineOf(finding: Finding): string {
  const place = finding.row > 0 ? `${finding.file}:${finding.row}` : finding.file
  return [finding.severity, place, finding.field, finding.code, finding.message].filter(Boolean).join(' ')
}
