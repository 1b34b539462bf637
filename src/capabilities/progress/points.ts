/**
 * From sessions, or from the rows of a published data set, to the points of a graph, measured or not. Called by
 * buildGraph. A point that is missing stays missing: it keeps its place on the x axis and has no y (G10).
 */
import type { Day } from '../../platform/core/days.ts'
import { aggregateDay } from '../sessions/rules.ts'
import type { SessionState, Summary } from '../sessions/state.ts'
import { recordedAtOnce } from '../sessions/at-once.ts'
import { minimumOf } from '../sessions/summary.ts'
import { dayNumber } from './calendar.ts'
import type { Placed } from './gaps.ts'
import type { Agreement, FidelityMark, GraphInput, GraphPoint, Metric, Note, Unit } from './graph.ts'
import { OPENING, phaseIndex, type PhaseStart } from './phases.ts'
import { timeOfDayIn } from './time-of-day.ts'
import { inUnit, ownUnitOf, sharesAxis, valueOf } from './unit.ts'

/** One session, or the sessions of one day pooled: what will be a point. */
export type Entry = {
  readonly key: string
  /** The session, or the first of those pooled. */
  readonly state: SessionState
  readonly sessions: readonly SessionState[]
  readonly day: Day
  /** Definition group of its version; null when that version is not known here. */
  readonly group: number | null
  /** Of the session, or of the day. */
  readonly summary: Summary
  /** Second observer of a session that is not here: listed, not drawn. */
  readonly aside: boolean
  readonly notes: readonly Note[]
}

/** Agreement below this share gets a mark, and a percentage needs this many items (domain D.8). */
export const LOW_AGREEMENT = 0.8
const LEAST_ITEMS = 5
/** A check of the implementation below this share gets a filled mark (domain D.9). */
const LOW_FIDELITY = 0.8

/** The entries in order of day and start. Second observers' sessions become a note on the session they watched. */
export function entriesOf(
  input: Pick<GraphInput, 'sessions' | 'agreement' | 'checks' | 'daily'>,
  groupOf: (session: SessionState) => number | null,
): Entry[] {
  const ordered = input.sessions.toSorted(
    (a, b) => compare(a.day, b.day) || compare(a.started, b.started) || compare(a.session, b.session),
  )
  const first = ordered.filter((one) => one.observer === 'primary')
  const second = ordered.filter((one) => one.observer === 'ioa')
  const byOf = new Map(second.length === 0 ? [] : first.map((one) => [one.session, one.by]))
  // the same person on another device is no second observer
  const watched = new Set(second.flatMap((one) => (one.of && byOf.get(one.of) !== one.by ? [one.of] : [])))
  const overlapping = new Set(recordedAtOnce(first).flatMap((group) => group.map((one) => one.session)))
  const shown = ordered.filter((one) => one.observer === 'primary' || one.of === null || !byOf.has(one.of))
  const entries = shown.map((state): Entry => {
    const notes = notesOf(state)
    const agreement = input.agreement[state.session]
    if (agreement) notes.push(agreementNote(agreement))
    else if (watched.has(state.session) || state.observer === 'ioa') notes.push({ kind: 'second_observer' })
    if (overlapping.has(state.session)) notes.push({ kind: 'overlap' })
    for (const check of input.checks ?? []) if (isOf(check, state)) notes.push(fidelityNote(check))
    return {
      key: state.session,
      state,
      sessions: [state],
      day: state.day,
      group: groupOf(state),
      summary: state.summary,
      aside: state.observer === 'ioa',
      notes,
    }
  })
  return input.daily ? pooled(entries) : entries
}

/** The entries on the axis: phase, x and y, in the unit of the graph. */
export function placeEntries(
  entries: readonly Entry[],
  starts: readonly PhaseStart[],
  { unit, metric: axis }: { readonly unit: Unit; readonly metric: Metric },
  { names, tz }: Pick<GraphInput, 'names' | 'tz'>,
): Placed[] {
  const timeOf = timeOfDayIn(tz)
  const nameOf = namesIn(names)
  const perDay = new Map<Day, number>()
  for (const { day } of entries) perDay.set(day, (perDay.get(day) ?? 0) + 1)
  const seen = new Map<Day, number>()
  let phase = 0

  return entries.map((entry) => {
    const { state, sessions, day, aside, group } = entry
    const nth = seen.get(day) ?? 0
    seen.set(day, nth + 1)
    phase = phaseIndex(starts, entry, phase)
    const older = group !== null && group !== starts[phase]?.group
    const inAxis = sharesAxis(entry.summary.metric, axis) ? valueOf(entry.summary, unit) : null
    const ownUnit = inAxis === null ? ownUnitOf(entry.summary.metric) : unit
    const value = inAxis ?? valueOf(entry.summary, ownUnit)
    const { metric, numerator, denominator, validity } = inUnit(entry.summary, ownUnit)
    const y = aside ? null : inAxis
    const decides = y !== null && validity === 'valid' && state.status !== 'open' && !older
    const isOther = inAxis === null && value !== null
    const more: Note[] = older ? [{ kind: 'older_version' }] : []
    if (isOther) more.push({ kind: 'other_measure' })
    const alone = sessions.length === 1
    const point: GraphPoint = {
      key: entry.key,
      sessionId: alone ? state.session : null,
      x: dayNumber(day) + (nth + 0.5) / (perDay.get(day) ?? 1) - 0.5,
      day,
      time: alone ? timeOf(state.started) : null,
      session: null,
      y,
      value,
      atLeast: entry.summary.atLeast === true,
      unit: ownUnit,
      metric,
      numerator: value === null ? null : numerator,
      denominator: value === null ? null : denominator,
      validity,
      decides,
      hollow: y !== null && !decides,
      shape: alone ? 'circle' : 'square',
      by: alone ? nameOf(state.by) : unique(sessions.flatMap((one) => nameOf(one.by))),
      tags: unique(alone ? state.tags : sessions.flatMap((one) => one.tags)),
      phase,
      condition: state.condition,
      notes: more.length === 0 ? entry.notes : [...entry.notes, ...more],
    }
    const unobserved = value === null && state.status !== 'open'
    const gap = state.status === 'not_run' ? 'not_run' : 'no_opportunity'
    return { point, gap: unobserved ? gap : null, aside, group }
  })
}

/** The name of a person as a list; empty without one. Thousands of points share a few such lists. */
function namesIn(names: GraphInput['names']): (by: string) => readonly string[] {
  const lists = new Map<string, readonly string[]>()
  return (by) => {
    const known = lists.get(by)
    if (known) return known
    const name = names[by]
    const list = name === undefined ? [] : [name]
    lists.set(by, list)
    return list
  }
}

/**
 * The placed sessions with the days between them on which nobody was there: a gap that keeps its place and its reason,
 * without a session behind it. A day that has a session needs none.
 */
export function withNotRun(
  placed: readonly Placed[],
  starts: readonly PhaseStart[],
  { unit, metric }: { readonly unit: Unit; readonly metric: Metric },
  { notRun = [], versions }: Pick<GraphInput, 'notRun' | 'versions'>,
): readonly Placed[] {
  if (notRun.length === 0) return placed
  const taken = new Set(placed.map(({ point }) => point.day))
  const missing = notRun.filter(
    ({ day }) => !taken.has(day) && versions.some((version) => version.day <= day),
  )
  if (missing.length === 0) return placed
  const gaps = missing.map(({ day, reason }): Placed => {
    const before = placed.findLast(({ point }) => point.day !== null && point.day < day)
    const after = placed.find(({ point }) => point.day !== null && point.day > day)
    const phase = phaseIndex(starts, { day, group: null }, before?.point.phase ?? 0)
    const point: GraphPoint = {
      key: `not_run:${day}`,
      sessionId: null,
      x: dayNumber(day),
      day,
      time: null,
      session: null,
      y: null,
      value: null,
      atLeast: false,
      unit,
      metric,
      numerator: null,
      denominator: null,
      validity: 'not_run',
      decides: false,
      hollow: false,
      shape: 'circle',
      by: [],
      tags: [],
      phase: Math.min(phase, after?.point.phase ?? phase),
      condition: null,
      notes: [{ kind: 'not_run', reason, count: 1 }],
    }
    return { point, gap: 'not_run', aside: false, group: null }
  })
  return [...placed, ...gaps].toSorted((a, b) => a.point.x - b.point.x)
}

/** Rows of a source, in order of session and row; a blank value keeps its place and breaks the line. */
export function placeImported(
  rows: GraphInput['imported'],
  unit: Unit,
): { readonly placed: readonly Placed[]; readonly starts: readonly PhaseStart[] } {
  const starts: PhaseStart[] = []
  const placed = rows
    .toSorted((a, b) => a.session - b.session || a.row - b.row)
    .map((row): Placed => {
      const condition = CONDITION[row.condition]
      if (starts.at(-1)?.label !== row.phase) starts.push({ ...OPENING, label: row.phase, condition })
      const measured = row.value !== null
      const point: GraphPoint = {
        key: `row:${row.row}`,
        sessionId: null,
        x: row.session,
        day: null,
        time: null,
        session: row.session,
        y: row.value,
        value: row.value,
        atLeast: false,
        unit,
        metric: 'imported',
        numerator: null,
        denominator: null,
        validity: measured ? 'valid' : 'not_run',
        decides: measured,
        hollow: false,
        shape: 'circle',
        by: [],
        tags: [],
        phase: starts.length - 1,
        condition,
        notes: [{ kind: measured ? 'no_fraction' : 'blank' }],
      }
      return { point, gap: measured ? null : 'blank', aside: false, group: null }
    })
  return { placed, starts }
}

const CONDITION = { A: 'baseline', B: 'intervention', other: null } as const

function notesOf({ summary, status, reason, measure, tags, flags }: SessionState): Note[] {
  const notes: Note[] = []
  if (status === 'not_run') notes.push({ kind: 'not_run', reason, count: 1 })
  else if (status === 'open') notes.push({ kind: 'running' })
  else if (summary.numerator === null) notes.push({ kind: 'no_opportunity' })
  if (summary.validity === 'below_min') notes.push(...belowMinimum(summary, minimumOf(measure)))
  if (status === 'partial') notes.push({ kind: 'partial' })
  for (const tag of tags) notes.push({ kind: 'tag', tag })
  for (const flag of flags) notes.push({ kind: 'flag', flag })
  return notes
}

function belowMinimum({ metric, opportunities, validity }: Summary, min: number): Note[] {
  return validity === 'below_min' ? [{ kind: 'below_min', n: opportunities, min, metric }] : []
}

/**
 * One entry a day and version, pooled by the rule of sessions. What it leaves out keeps a point of its own, except
 * sessions without a value: those are a note of the day.
 */
function pooled(entries: readonly Entry[]): Entry[] {
  const days = new Map<string, Entry[]>()
  for (const entry of entries) {
    const key = `day:${entry.day}:${entry.state.version}`
    const day = days.get(key)
    if (day) day.push(entry)
    else days.set(key, [entry])
  }
  return [...days].flatMap(([key, members]) => {
    const day = aggregateDay(members.map((one) => one.state))
    const used = members.filter((one) => day?.sessions.includes(one.key))
    const [first, ...others] = used
    if (!day || !first) return members
    const without = day.leftOut.filter((one) => one.why === 'no_value').map((one) => one.session)
    const alone = members.filter((one) => !used.includes(one) && !without.includes(one.key))
    const missed: Note[] =
      without.length > 0 ? [{ kind: 'not_run', reason: null, count: without.length }] : []
    if (others.length === 0) return [{ ...first, notes: [...first.notes, ...missed] }, ...alone]
    const notes: Note[] = [
      { kind: 'pooled', count: used.length },
      ...belowMinimum(day.summary, minimumOf(first.state.measure)),
      ...used.flatMap((one) => one.notes).filter((note) => note.kind !== 'below_min'),
      ...missed,
    ]
    const sessions = used.map((one) => one.state)
    return [{ ...first, key, sessions, summary: day.summary, notes: uniqueNotes(notes) }, ...alone]
  })
}

function isOf({ session, day, adult }: FidelityMark, state: SessionState): boolean {
  return session === null ? state.day === day && state.by === adult : state.session === session
}

function fidelityNote({ correct, scored }: FidelityMark): Note {
  return { kind: 'fidelity', correct, scored, low: correct < LOW_FIDELITY * scored }
}

function agreementNote({ agreed, total, percent, formula }: Agreement): Note {
  const enough = percent === undefined ? total >= LEAST_ITEMS : percent !== null
  const pair = percent ?? { numerator: agreed, denominator: total }
  return {
    kind: 'agreement',
    agreed,
    total,
    percent: enough ? (100 * pair.numerator) / pair.denominator : null,
    low: pair.denominator > 0 && pair.numerator < LOW_AGREEMENT * pair.denominator,
    whole: !/^(mean|total_duration)/.test(formula ?? ''),
  }
}

const unique = (values: readonly string[]): readonly string[] =>
  values.length < 2 ? values : [...new Set(values)]

function uniqueNotes(notes: readonly Note[]): Note[] {
  const seen = new Set<string>()
  return notes.filter((note) => {
    const key = JSON.stringify(note)
    return seen.has(key) ? false : seen.add(key)
  })
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
