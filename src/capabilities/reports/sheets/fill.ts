/**
 * A sheet of paper keyed in: what was written becomes the records that the pad would have made, at the times that the
 * paper says, entered now, with the code of the sheet. What is missing or cannot be is told and nothing is made. Pure.
 */
import type { Json } from '../../../platform/core/canonical.ts'
import { instantOf, type Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Measure } from '../../sessions/measures.ts'
import { buttonsOf } from '../../sessions/rules.ts'
import type { StartBody } from '../../sessions/records.ts'
import type { Column, SheetForm } from './form.ts'

/** What was keyed in; an empty text is nothing. */
export interface Filled {
  /** HH:MM at the school. */
  readonly from: string
  readonly to: string
  /** By `key:n`. */
  readonly marks: { readonly [place: string]: string }
  readonly numbers: { readonly [key: string]: string }
  readonly rows: readonly { readonly [column: string]: string | readonly string[] }[]
}

export const NOTHING: Filled = { from: '', to: '', marks: {}, numbers: {}, rows: [] }

export interface Sheet {
  readonly measure: Measure
  readonly form: SheetForm
  readonly program: Uuid
  readonly version: Uuid
  readonly student: Uuid
  readonly condition: StartBody['condition']
  readonly day: Day
  readonly tz: string
  readonly code: string
}

export interface Keyed {
  /** The session, or the log, that it becomes. */
  readonly id: Uuid
  /** Instant at which it is typed, ISO. */
  readonly now: string
}

export interface SheetDraft {
  readonly kind: string
  readonly body: { readonly [key: string]: Json }
  readonly student: Uuid
  readonly refs: Readonly<Record<string, Uuid>>
  readonly at: string
  readonly entered: string
}

export type SheetProblem =
  /** Nothing was keyed in at all. */
  | { readonly kind: 'empty' }
  /** From and to: not there, or the wrong way round. */
  | { readonly kind: 'span' }
  | { readonly kind: 'number'; readonly label: string; readonly max: number }
  /** More wrong than worked on. */
  | { readonly kind: 'more_wrong' }
  /** 1-based. */
  | { readonly kind: 'row'; readonly row: number; readonly label: string }
  /** Before the beginning or after the end, or before the row above. */
  | { readonly kind: 'row_time'; readonly row: number }
  /** It is for a day that has not come, or ended after now. */
  | { readonly kind: 'future' }

/** The records, or what stands against them. */
export function keyIn(
  sheet: Sheet,
  filled: Filled,
  keyed: Keyed,
): { readonly drafts: readonly SheetDraft[]; readonly problems: readonly SheetProblem[] } {
  const problems = problemsOf(sheet, filled, keyed)
  if (problems.length > 0) return { drafts: [], problems }
  const drafts = sheet.form.isLog ? logDrafts(sheet, filled, keyed) : sessionDrafts(sheet, filled, keyed)
  const late = drafts.some(({ at }) => at > keyed.now)
  return late ? { drafts: [], problems: [{ kind: 'future' }] } : { drafts, problems }
}

function problemsOf(sheet: Sheet, filled: Filled, { now }: Keyed): SheetProblem[] {
  const { form, day, tz } = sheet
  const rows = rowsOf(filled)
  const marked = Object.values(filled.marks).some((code) => code !== '')
  const numbered = Object.values(filled.numbers).some((value) => value.trim() !== '')
  if (!marked && !numbered && rows.length === 0) return [{ kind: 'empty' }]
  const problems: SheetProblem[] = []
  if (!form.isLog && (!isTime(filled.from) || !isTime(filled.to) || filled.from >= filled.to))
    problems.push({ kind: 'span' })
  for (const { key, label, max, needed } of form.numbers) {
    const value = filled.numbers[key]?.trim() ?? ''
    if (value === '' ? needed : !isWhole(value, max)) problems.push({ kind: 'number', label, max })
  }
  const { count = '', errors = '' } = filled.numbers
  if (problems.length === 0 && Number(errors) > Number(count)) problems.push({ kind: 'more_wrong' })
  for (const [index, row] of rows.entries())
    for (const column of form.rows?.columns ?? [])
      if (!fits(column, row[column.key])) problems.push({ kind: 'row', row: index + 1, label: column.label })
  if (problems.length > 0) return problems
  if (sheet.measure.system === 'latency') problems.push(...latencyProblems(sheet, filled))
  else problems.push(...orderProblems(sheet, filled))
  if (problems.length === 0 && instantOf(day, form.isLog ? '00:00' : filled.from, tz) > now)
    problems.push({ kind: 'future' })
  return problems
}

/** Times of a session run forward and stay within what was watched; those of a log stand by themselves. */
function orderProblems({ form }: Sheet, filled: Filled): SheetProblem[] {
  const columns = (form.rows?.columns ?? []).filter(({ kind }) => kind === 'time' || kind === 'instant')
  if (form.isLog || columns.length === 0) return []
  const problems: SheetProblem[] = []
  let before = whole(filled.from)
  for (const [index, row] of rowsOf(filled).entries())
    for (const { key } of columns) {
      const at = whole(String(row[key] ?? ''))
      // a time without seconds may be any second of its minute
      const least = at.endsWith(':00') ? `${before.slice(0, 5)}:00` : before
      if (at < least || at > `${filled.to}:59`) problems.push({ kind: 'row_time', row: index + 1 })
      before = at
    }
  return problems
}

/** Cues stand one after the other: together they cannot last longer than somebody watched. */
function latencyProblems({ measure }: Sheet, filled: Filled): SheetProblem[] {
  if (measure.system !== 'latency') return []
  const rows = rowsOf(filled)
  const unsaid = rows.findIndex(({ seconds = '', none = '' }) => (seconds === '') === (none === ''))
  if (unsaid >= 0) return [{ kind: 'row_time', row: unsaid + 1 }]
  const needed = rows.reduce(
    (sum, row) => sum + (row['none'] ? measure.limit_s : Number(row['seconds'])) + 1,
    0,
  )
  return needed * 1000 > span(filled) ? [{ kind: 'span' }] : []
}

function sessionDrafts(sheet: Sheet, filled: Filled, keyed: Keyed): SheetDraft[] {
  const { measure, program, version, student, condition, day, tz, code } = sheet
  const refs = { session: keyed.id, program }
  const begin = Date.parse(instantOf(day, filled.from, tz))
  const end = Date.parse(instantOf(day, filled.to, tz))
  const draft = (noun: string, body: object, ms: number): SheetDraft => ({
    kind: `sessions.${noun}`,
    // read by a strict schema from JSON, so it is JSON
    body: body as SheetDraft['body'],
    student,
    refs,
    at: new Date(ms).toISOString(),
    entered: keyed.now,
  })
  const start = draft(
    'start',
    { measure, condition, observer: 'primary', setting: '', tags: [], source: 'paper', sheet: code },
    begin,
  )
  return [
    { ...start, refs: { ...refs, version } },
    ...itemDrafts(sheet, filled, { begin, end, draft }),
    draft('end', { status: 'complete' }, end),
  ]
}

interface Making {
  /** ms since the epoch. */
  readonly begin: number
  readonly end: number
  readonly draft: (noun: string, body: object, ms: number) => SheetDraft
}

function itemDrafts(
  { measure, day, tz, form }: Sheet,
  filled: Filled,
  { begin, end, draft }: Making,
): SheetDraft[] {
  const clock = (text: unknown) => Date.parse(instantOf(day, whole(String(text)), tz))
  const rows = rowsOf(filled)
  const placed = form.marks.flatMap(({ key, places }) =>
    places.flatMap(({ n }) => {
      const code = filled.marks[`${key}:${n}`] ?? ''
      return code === '' ? [] : [{ key, n, code }]
    }),
  )
  // a place has no time of its own on paper: they lie evenly in what was watched
  const evenly = (n: number, of: number) => begin + Math.floor(((end - begin) * n) / (of + 1))
  switch (measure.system) {
    case 'trials':
    case 'opportunities':
    case 'steps': {
      const noun = measure.system === 'steps' ? 'step' : 'trial'
      return placed.map(({ n, code }, index) => {
        const button = buttonsOf(measure as Measure).find((one) => one.code === code)
        const level = button?.level === undefined ? {} : { level: button.level }
        const place = noun === 'step' ? { step: n } : { n }
        return draft(
          noun,
          { ...place, result: button?.result ?? code, ...level },
          evenly(index + 1, placed.length),
        )
      })
    }
    case 'self':
      return placed.map(({ key, n, code }) =>
        draft('mark', { n, code, who: key }, evenly(n, measure.planned)),
      )
    case 'interval':
    case 'rubric':
    case 'checklist':
    case 'probe':
      return placed.map(({ n, code }, index) => draft('mark', { n, code }, evenly(index + 1, placed.length)))
    case 'count':
    case 'product':
    case 'cbm': {
      const said = Object.entries(filled.numbers).filter(([, value]) => value.trim() !== '')
      const body = Object.fromEntries(said.map(([key, value]) => [key, Number(value)]))
      return [draft('tally', body, end - 1)]
    }
    case 'duration':
    case 'irt':
      return rows.flatMap((row) => [
        draft('moment', { code: 'on' }, clock(row['start'])),
        ...(row['stop'] === undefined ? [] : [draft('moment', { code: 'off' }, clock(row['stop']))]),
      ])
    case 'latency': {
      let at = begin
      return rows.flatMap((row) => {
        const cue = at
        const seconds = row['none'] ? measure.limit_s : Number(row['seconds'])
        at = cue + seconds * 1000 + 1000
        const onset = row['none'] ? [] : [draft('moment', { code: 'on' }, cue + seconds * 1000)]
        return [draft('moment', { code: 'cue' }, cue), ...onset]
      })
    }
    case 'intensity': {
      let last = 0
      return rows.map((row) => {
        // two in one minute are two, and not the bounce of one tap
        last = Math.min(Math.max(clock(row['at']), last + 1000, begin), end - 1)
        return draft('moment', { code: row['level'] }, last)
      })
    }
    default:
      return []
  }
}

function logDrafts(sheet: Sheet, filled: Filled, keyed: Keyed): SheetDraft[] {
  const { measure, program, version, student, day, tz, form } = sheet
  const draft = (kind: string, body: object, time: string): SheetDraft => ({
    kind,
    body: body as SheetDraft['body'],
    student,
    refs: { log: keyed.id, program, ...(measure.system === 'feeding' ? { version } : {}) },
    at: instantOf(day, time, tz),
    entered: keyed.now,
  })
  if (measure.system === 'scatterplot')
    return (form.marks[0]?.places ?? []).flatMap(({ n, label }) => {
      const code = filled.marks[`cell:${n}`] ?? ''
      return code === '' ? [] : [draft('behavior.cell', { cell: n, code }, label)]
    })
  return rowsOf(filled).map((row) => {
    const time = String(row['at'])
    switch (measure.system) {
      case 'abc': {
        const { antecedents, behavior, consequences } = row
        return draft(
          'behavior.abc',
          { setting_events: [], antecedents, behavior, consequences, setting: '' },
          time,
        )
      }
      case 'toileting': {
        const { visit, result, clothing } = row
        const steps = Object.fromEntries(
          ['sit', 'wipe', 'dress', 'flush', 'wash'].flatMap((step) => (row[step] ? [[step, row[step]]] : [])),
        )
        const flags = { changed: row['changed'] === 'yes', skin_concern: row['skin_concern'] === 'yes' }
        const second = measure.second_adult ? { second_adult: row['second_adult'] === 'yes' } : {}
        return draft('care.toileting', { visit, result, clothing, steps, ...flags, ...second }, time)
      }
      default: {
        const { meal, help, safety = [] } = row
        const numbers = Object.fromEntries(
          ['minutes', 'eaten', 'fluid_ml', 'refusals'].map((key) => [key, Number(row[key])]),
        )
        return draft('care.feeding', { meal, help, safety, ...numbers }, time)
      }
    }
  })
}

type Row = Filled['rows'][number]

/** Rows in which anything stands. */
function rowsOf({ rows }: Filled): Row[] {
  return rows.filter((row) => Object.values(row).some((value) => value.length > 0))
}

function fits({ kind, options, needed, max = 0 }: Column, value: Row[string] | undefined): boolean {
  if (value === undefined || value.length === 0) return !needed
  const codes = options?.map(({ code }) => code) ?? []
  switch (kind) {
    case 'time':
      return typeof value === 'string' && isTime(value)
    case 'instant':
      return typeof value === 'string' && isTime(value.slice(0, 5)) && /^.{5}(:[0-5]\d)?$/.test(value)
    case 'number':
      return typeof value === 'string' && isWhole(value, max)
    case 'one':
      return typeof value === 'string' && codes.includes(value)
    case 'many':
      return typeof value !== 'string' && value.length <= 6 && value.every((code) => codes.includes(code))
    case 'yes':
      return value === 'yes'
  }
}

const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
const isWhole = (text: string, max: number): boolean => /^\d{1,5}$/.test(text.trim()) && Number(text) <= max
/** `HH:MM:SS`, whatever was left out. */
const whole = (text: string): string => (text.length === 5 ? `${text}:00` : text)
const span = ({ from, to }: Filled): number =>
  Date.parse(`1970-01-01T${to}:00Z`) - Date.parse(`1970-01-01T${from}:00Z`)
