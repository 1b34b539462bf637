/**
 * Logs: entries that stand alone, without a session around them (behavior, care). What stands of one log, in the order
 * it happened. Shared by the capabilities whose records hang on a program that way.
 */
import type { z } from 'zod'
import { dayOf, type Day } from '../../platform/core/days.ts'
import type { Json } from '../../platform/core/canonical.ts'
import type { View } from '../../platform/records/registry.ts'
import { linesOf } from './lines.ts'

export type LogEntry = {
  readonly id: string
  /** The second half of its kind: `abc`, `cell`, `toileting` … */
  readonly noun: string
  readonly at: string
  readonly day: Day
  /** Who saw it: the person on whose behalf it was entered, else the author. */
  readonly by: string
}

export type LogState<Entry extends LogEntry> = {
  readonly log: string
  readonly program: string
  readonly student: string
  readonly device: string
  /** Of the school, for the times of day. */
  readonly tz: string
  /** Each with its body, in order of time. */
  readonly entries: readonly Entry[]
  /** Corrections disagree, and somebody has to decide. */
  readonly undecided: boolean
}

/** @param bodies of the kinds that are entries; the void beside them is one of the view's kinds as well. */
export function logView<Entry extends LogEntry & { readonly [key: string]: Json }>(
  name: string,
  bodies: Readonly<Record<string, z.ZodType>>,
  voids: string,
): View<LogState<Entry>> {
  return {
    name,
    version: 1,
    kinds: [...Object.keys(bodies), voids],
    parent: (state) => `program:${state.program}`,
    fold(settled) {
      const { standing, undecided } = linesOf(settled)
      const first = standing[0]
      if (!first || first.record.student === null) return null
      const entries = standing.flatMap(({ record, origin }): Entry[] => {
        const body = bodies[record.kind]?.safeParse(record.body).data
        const { id, kind, at, tz } = record
        const entry = {
          ...(body as object),
          id,
          noun: kind.slice(kind.indexOf('.') + 1),
          at,
          day: dayOf(at, tz),
          by: origin.onBehalfOf ?? origin.author,
        }
        // read by the strict schema of its kind, which is what Entry says
        return body === undefined ? [] : [entry as LogEntry as Entry]
      })
      const { refs, student, tz } = first.record
      return {
        log: refs['log'] ?? first.record.id,
        program: refs['program'] ?? '',
        student,
        device: first.origin.device,
        tz,
        entries: entries.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1)),
        undecided,
      }
    },
  }
}

/** Minutes since midnight at the school. */
export function minuteOf(at: string, tz: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: tz, hour: 'numeric', minute: 'numeric' })
    .formatToParts(new Date(at))
    .map(({ value }) => Number(value))
  return (parts[0] ?? 0) * 60 + (parts[2] ?? 0)
}

/** Minutes since midnight of `HH:MM`. */
export function minutesIn(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
