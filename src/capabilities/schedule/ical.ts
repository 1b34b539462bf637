/**
 * Reads an iCalendar file (RFC 5545) that came from outside: what happens on which day, between two days, in the zone of
 * the school. Messy files are the normal case, so nothing here throws: every doubt is a finding with the line of the file
 * and the name of the property. What a cell says is never quoted: it may be a name. Recurrences are worked out by
 * rrule-temporal; lines, zones and what one occurrence changes are read here, so that every finding has its line.
 */
import { said, type Said } from '../../platform/core/said.ts'
import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import type { Finding } from '../../platform/core/csv.ts'
import { addDays, dayOf, type Day } from '../../platform/core/days.ts'
import { componentsOf, splitValues, unescaped, type Component, type Line } from './ical-lines.ts'
import { zonesOf, type Zone } from './ical-zones.ts'

export interface Occurrence {
  /** Uid and original start: the same again is the same. */
  readonly source: string
  readonly title: string
  /** First and last day, at the school. */
  readonly day: Day
  readonly to: Day
  /** Instants, ms; null = whole days. */
  readonly start: number | null
  readonly end: number | null
}

export interface Reading {
  readonly occurrences: readonly Occurrence[]
  /** With one error among them the file is not taken in. */
  readonly findings: readonly Finding[]
}

export interface Bounds {
  readonly file: string
  /** First and last day of what is wanted: a school year. */
  readonly from: Day
  readonly to: Day
  /** Zone of the school. */
  readonly tz: string
}

/** A calendar of a school has hundreds; a rule that makes more than this is a mistake. */
const MAX_OCCURRENCES = 5000
const MAX_TITLE = 120

/** What a file holds between two days, ascending. */
export function readIcal(text: string, bounds: Bounds): Reading {
  const findings: Finding[] = []
  const note = (
    line: number,
    field: string | null,
    code: string,
    severity: Finding['severity'],
    words: Said,
  ) => findings.push({ file: bounds.file, row: line, field, code, severity, ...words })
  const calendars = componentsOf(text, note)
  const zones = zonesOf(calendars, bounds.tz, note)
  const events = calendars.flatMap(({ parts }) => parts.filter(({ name }) => name === 'VEVENT'))
  const read = events.flatMap((event) => eventOf(event, zones, note) ?? [])
  const occurrences = [...byUid(read).values()].flatMap((same) => occurrencesOf(same, bounds, note))
  return {
    occurrences: occurrences.toSorted(
      (a, b) =>
        (a.day < b.day ? -1 : a.day > b.day ? 1 : 0) ||
        (a.start ?? 0) - (b.start ?? 0) ||
        (a.source < b.source ? -1 : 1),
    ),
    findings: findings.toSorted((a, b) => a.row - b.row),
  }
}

export type Note = (
  line: number,
  field: string | null,
  code: string,
  severity: Finding['severity'],
  words: Said,
) => void

/** A time as written: on a clock of a zone, or a date. */
interface When {
  readonly at: Temporal.PlainDateTime
  readonly zone: Zone
  readonly dateOnly: boolean
}

interface Event {
  readonly uid: string
  readonly line: number
  readonly title: string
  readonly start: When
  /** How long, on the clock. */
  readonly length: Temporal.Duration
  readonly rules: readonly Line[]
  readonly more: readonly When[]
  readonly less: readonly When[]
  readonly instead: When | null
}

function eventOf(
  event: Component,
  zones: (tzid: string | undefined, line: Line) => Zone | null,
  note: Note,
): Event | null {
  const first = (name: string) => event.lines.find((line) => line.name === name)
  if (first('STATUS')?.value.toUpperCase() === 'CANCELLED') return null
  const dtstart = first('DTSTART')
  if (!dtstart) {
    note(
      event.line,
      'DTSTART',
      'ical.no_start',
      'error',
      said(/*i18n*/ { id: 'finding.ical.no_start', message: 'The event does not say when it begins.' }),
    )
    return null
  }
  const start = whenOf(dtstart, zones, note)[0]
  if (!start) return null
  const length = lengthOf(start, first('DTEND'), first('DURATION'), zones, note)
  if (!length) return null
  const all = (name: string) =>
    event.lines.filter((line) => line.name === name).flatMap((line) => whenOf(line, zones, note))
  const less = all('EXDATE')
  const mixed = event.lines.find(
    (line) =>
      line.name === 'EXDATE' && whenOf(line, zones, () => {}).some((one) => one.dateOnly !== start.dateOnly),
  )
  if (mixed)
    note(
      mixed.line,
      'EXDATE',
      'ical.exdate_kind',
      'warning',
      said(
        /*i18n*/ {
          id: 'finding.ical.exdate_kind',
          message: 'A date is left out of an event with times, or the other way round; nothing is left out.',
        },
      ),
    )
  const recurrence = first('RECURRENCE-ID')
  if (recurrence?.params['RANGE'])
    note(
      recurrence.line,
      'RECURRENCE-ID',
      'ical.range',
      'warning',
      said(
        /*i18n*/ {
          id: 'finding.ical.range',
          message: 'Only this one occurrence is changed, not those after it.',
        },
      ),
    )
  const summary = first('SUMMARY')
  return {
    uid: first('UID')?.value ?? `line ${event.line}`,
    line: event.line,
    title: [...unescaped(summary?.value ?? '').trim()].slice(0, MAX_TITLE).join(''),
    start,
    length,
    rules: event.lines.filter((line) => line.name === 'RRULE'),
    more: all('RDATE'),
    less: less.filter((one) => one.dateOnly === start.dateOnly),
    instead: recurrence ? (whenOf(recurrence, zones, note)[0] ?? null) : null,
  }
}

function lengthOf(
  start: When,
  dtend: Line | undefined,
  duration: Line | undefined,
  zones: (tzid: string | undefined, line: Line) => Zone | null,
  note: Note,
): Temporal.Duration | null {
  const oneDay = Temporal.Duration.from({ days: 1 })
  if (dtend) {
    const end = whenOf(dtend, zones, note)[0]
    if (!end) return null
    const length = start.dateOnly
      ? start.at.until(end.at, { largestUnit: 'day' })
      : Temporal.Duration.from({ milliseconds: msOf(end) - msOf(start) })
    if (length.sign >= 0) return start.dateOnly && length.sign === 0 ? oneDay : length
    note(
      dtend.line,
      'DTEND',
      'ical.ends_before_it_begins',
      'error',
      said(
        /*i18n*/ { id: 'finding.ical.ends_before_it_begins', message: 'The event ends before it begins.' },
      ),
    )
    return null
  }
  if (!duration) return start.dateOnly ? oneDay : new Temporal.Duration()
  try {
    const length = Temporal.Duration.from(duration.value)
    if (length.sign >= 0) return length
  } catch {
    // told below
  }
  note(
    duration.line,
    'DURATION',
    'ical.duration',
    'error',
    said(/*i18n*/ { id: 'finding.ical.duration', message: 'This is not a length of time.' }),
  )
  return null
}

const DATE = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/

function whenOf(
  line: Line,
  zones: (tzid: string | undefined, line: Line) => Zone | null,
  note: Note,
): When[] {
  return splitValues(line.value).flatMap((value): When[] => {
    // a period begins where it begins; its length is that of the event
    const [, year, month, day, hour, minute, second, utc] = DATE.exec(value.split('/')[0]?.trim() ?? '') ?? []
    const dateOnly = hour === undefined
    const zone = zones(utc ? 'UTC' : dateOnly ? undefined : line.params['TZID'], line)
    if (!zone) return []
    try {
      const at = Temporal.PlainDateTime.from(
        {
          year: Number(year),
          month: Number(month),
          day: Number(day),
          hour: Number(hour ?? 0),
          minute: Number(minute ?? 0),
          // a leap second is the end of its minute
          second: Math.min(Number(second ?? 0), 59),
        },
        { overflow: 'reject' },
      )
      return [{ at, zone, dateOnly }]
    } catch {
      note(
        line.line,
        line.name,
        'ical.date',
        'error',
        said(/*i18n*/ { id: 'finding.ical.date', message: 'This is not a date or a time.' }),
      )
      return []
    }
  })
}

function msOf({ at, zone }: When): number {
  return zone.msOf(at)
}

function byUid(events: readonly Event[]): Map<string, Event[]> {
  const map = new Map<string, Event[]>()
  for (const event of events) map.set(event.uid, [...(map.get(event.uid) ?? []), event])
  return map
}

/** One event with those that change single occurrences of it. */
function occurrencesOf(same: readonly Event[], bounds: Bounds, note: Note): Occurrence[] {
  const changed = new Map<number, Event>()
  for (const event of same) if (event.instead) changed.set(msOf(event.instead), event)
  const plain = same
    .filter((event) => !event.instead)
    .flatMap((event) =>
      startsOf(event, bounds, note).flatMap((at) => {
        const ms = event.start.zone.msOf(at)
        return changed.has(ms) ? [] : [occurrence(event, at, ms, bounds.tz)]
      }),
    )
  const instead = [...changed].map(([original, event]) =>
    occurrence(event, event.start.at, original, bounds.tz),
  )
  return [...plain, ...instead].filter(({ day, to }) => day <= bounds.to && to >= bounds.from)
}

/** When it begins, on its own clock: by its rules, with what is added and without what is left out. */
function startsOf(event: Event, bounds: Bounds, note: Note): Temporal.PlainDateTime[] {
  const { start } = event
  const out = new Set(event.less.map(msOf))
  const starts = new Map<number, Temporal.PlainDateTime>()
  const add = (at: Temporal.PlainDateTime) => {
    const ms = start.zone.msOf(at)
    if (!out.has(ms)) starts.set(ms, at)
  }
  add(start.at)
  for (const one of event.more) add(start.zone.clockAt(msOf(one)))
  for (const rule of event.rules) for (const at of ruleStarts(event, rule, bounds, note)) add(at)
  return [...starts].toSorted(([a], [b]) => a - b).map(([, at]) => at)
}

/** The rule runs on the event's own clock, as if it were UTC, so that 9:00 stays 9:00 whatever the clocks do. */
function ruleStarts(event: Event, rule: Line, bounds: Bounds, note: Note): Temporal.PlainDateTime[] {
  const { start } = event
  const parts = new Map(
    rule.value.split(';').map((part): [string, string] => {
      const [name = '', value = ''] = part.split('=')
      return [name.trim().toUpperCase(), value.trim()]
    }),
  )
  if (!parts.has('COUNT') && !parts.has('UNTIL'))
    note(
      rule.line,
      'RRULE',
      'ical.endless',
      'warning',
      said(
        /*i18n*/ { id: 'finding.ical.endless', message: 'It has no end; it is taken until {to}.' },
        { to: bounds.to },
      ),
    )
  if (/^(SECOND|MINUTE|HOUR)LY$/i.test(parts.get('FREQ') ?? '')) {
    note(
      rule.line,
      'RRULE',
      'ical.too_often',
      'error',
      said(/*i18n*/ { id: 'finding.ical.too_often', message: 'It comes more often than once a day.' }),
    )
    return []
  }
  const until = parts.get('UNTIL')
  if (until !== undefined) parts.set('UNTIL', untilOnClock(until, start.zone))
  try {
    const found = new RRuleTemporal({
      rruleString: `RRULE:${[...parts].map(([name, value]) => `${name}=${value}`).join(';')}`,
      dtstart: Temporal.PlainDateTime.from(start.at).toZonedDateTime('UTC'),
      maxIterations: 200_000,
    }).between(
      new Date(`${addDays(bounds.from, -40)}T00:00:00Z`),
      new Date(`${addDays(bounds.to, 1)}T00:00:00Z`),
      true,
    )
    if (found.length <= MAX_OCCURRENCES)
      return found.map((one) => Temporal.PlainDateTime.from(one.toPlainDateTime().toString()))
    note(
      rule.line,
      'RRULE',
      'ical.too_many',
      'error',
      said(
        /*i18n*/ { id: 'finding.ical.too_many', message: 'It comes too often to be an event of a school.' },
      ),
    )
  } catch {
    note(
      rule.line,
      'RRULE',
      'ical.rule',
      'error',
      said(
        /*i18n*/ { id: 'finding.ical.rule', message: 'This is not a rule by which something comes again.' },
      ),
    )
  }
  return []
}

function untilOnClock(until: string, zone: Zone): string {
  const [, year, month, day, hour, minute, second, utc] = DATE.exec(until) ?? []
  if (year === undefined) return until
  if (hour === undefined) return `${year}${month}${day}T235959Z`
  if (!utc) return `${until}Z`
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  const clock = zone.clockAt(ms)
  return `${clock.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')}Z`
}

function occurrence(event: Event, at: Temporal.PlainDateTime, original: number, tz: string): Occurrence {
  const source = `${event.uid}@${new Date(original).toISOString()}`
  const { title } = event
  if (event.start.dateOnly) {
    const day = at.toPlainDate().toString()
    const last = at.add(event.length).toPlainDate().subtract({ days: 1 }).toString()
    return { source, title, day, to: last < day ? day : last, start: null, end: null }
  }
  const start = event.start.zone.msOf(at)
  const end = start + event.length.total({ unit: 'millisecond', relativeTo: at })
  const day = dayOf(start, tz)
  return { source, title, day, to: dayOf(Math.max(start, end - 1), tz), start, end }
}
