/** The clocks of an iCalendar file: zones by name, and those that the file defines itself (RFC 5545, 3.6.5). */
import { said } from '../../platform/core/said.ts'
import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import type { Note } from './ical.ts'
import type { Component, Line } from './ical-lines.ts'

export interface Zone {
  /** The instant, ms, at which its clock says so; of a time that a change of clocks leaves out, the one after it. */
  msOf(at: Temporal.PlainDateTime): number
  clockAt(ms: number): Temporal.PlainDateTime
}

/**
 * Finds zones by name; no name = the clock of the school. A name that neither the world nor the file knows is noted once,
 * and is null: nobody can say when that is.
 */
export function zonesOf(calendars: readonly Component[], tz: string, note: Note) {
  const own = new Map<string, Component>()
  for (const { parts } of calendars)
    for (const part of parts) {
      const id = part.lines.find(({ name }) => name === 'TZID')
      if (part.name === 'VTIMEZONE' && id) own.set(id.value, part)
    }
  const known = new Map<string, Zone | null>()
  return (tzid: string | undefined, line: Line): Zone | null => {
    const name = tzid ?? tz
    const found = known.get(name)
    if (found !== undefined) return found
    const defined = own.get(name)
    const zone = named(name) ?? (defined ? definedBy(defined) : null)
    if (!zone)
      note(
        line.line,
        line.name,
        'ical.zone',
        'error',
        said(
          /*i18n*/ {
            id: 'finding.ical.zone',
            message: 'This zone is not known, and the file does not define it.',
          },
        ),
      )
    known.set(name, zone)
    return zone
  }
}

function named(name: string): Zone | null {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
  } catch {
    return null
  }
  return {
    msOf: (at) => at.toZonedDateTime(name).epochMilliseconds,
    clockAt: (ms) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(name).toPlainDateTime(),
  }
}

interface Change {
  /** On the clock before it, as if that were UTC. */
  readonly at: number
  readonly before: number
  readonly after: number
}

/** A zone by its own rules: which offset holds is said by the last change before. Null: it has none that can be read. */
function definedBy(zone: Component): Zone | null {
  const changes = zone.parts.flatMap(changesOf).toSorted((a, b) => a.at - b.at)
  const [first] = changes
  if (!first) return null
  const msOf = (at: Temporal.PlainDateTime) => {
    const clock = at.toZonedDateTime('UTC').epochMilliseconds
    return clock - (changes.findLast((change) => change.at <= clock)?.after ?? first.before)
  }
  return {
    msOf,
    clockAt(ms) {
      const offset = changes.findLast((change) => change.at - change.before <= ms)?.after ?? first.before
      return Temporal.Instant.fromEpochMilliseconds(ms + offset)
        .toZonedDateTimeISO('UTC')
        .toPlainDateTime()
    },
  }
}

function changesOf(part: Component): Change[] {
  const value = (name: string) => part.lines.find((line) => line.name === name)?.value
  const before = offsetOf(value('TZOFFSETFROM'))
  const after = offsetOf(value('TZOFFSETTO'))
  const [, year, month, day, hour, minute] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/.exec(value('DTSTART') ?? '') ?? []
  if (before === null || after === null || year === undefined) return []
  try {
    const start = Temporal.ZonedDateTime.from(`${year}-${month}-${day}T${hour}:${minute}[UTC]`)
    const rule = value('RRULE')
    if (rule === undefined) return [{ at: start.epochMilliseconds, before, after }]
    return new RRuleTemporal({ rruleString: `RRULE:${rule}`, dtstart: start })
      .between(new Date('1970-01-01T00:00:00Z'), new Date('2070-01-01T00:00:00Z'), true)
      .map((one) => ({ at: one.epochMilliseconds, before, after }))
  } catch {
    return []
  }
}

/** `-0741` in milliseconds. */
function offsetOf(text: string | undefined): number | null {
  const [, sign, hours, minutes, seconds = '0'] = /^([+-])(\d\d)(\d\d)(\d\d)?$/.exec(text ?? '') ?? []
  if (sign === undefined) return null
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
  return sign === '-' ? -ms : ms
}
