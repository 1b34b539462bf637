/**
 * Logs: entries that stand alone, without a session around them (behavior, care). What stands of one log, in the order
 * it happened. Shared by the capabilities whose records hang on a program that way.
 */
import { z } from 'zod'
import { dayOf, type Day } from '../../platform/core/days.ts'
import type { Json } from '../../platform/core/canonical.ts'
import type { View } from '../../platform/records/registry.ts'
import { linesOf, type Line } from './lines.ts'

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
  /** It is what a second observer recorded, and adds to no count. Absent: it is what was recorded. */
  readonly watch?: LogWatch
}

/** A stretch in which somebody observed beside somebody who recorded. */
export type LogWatch = {
  readonly observer: string
  /** Who recorded. */
  readonly adult: string
  readonly day: Day
  /** Instants, ISO; `to` null: it goes on. */
  readonly from: string
  readonly to: string | null
}

/** A second observer begins or ends; in a log of its own, which begins with it. */
export const WatchBody = z.strictObject({ is: z.enum(['begin', 'end']) })

/** @param bodies of the kinds that are entries; the watch and the void beside them are kinds of the view as well. */
export function logView<Entry extends LogEntry & { readonly [key: string]: Json }>(
  name: string,
  bodies: Readonly<Record<string, z.ZodType>>,
  { watches, voids }: { readonly watches: string; readonly voids: string },
): View<LogState<Entry>> {
  return {
    name,
    version: 1,
    kinds: [...Object.keys(bodies), watches, voids],
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
      const watch = watchOf(standing.filter(({ record }) => record.kind === watches))
      return {
        log: refs['log'] ?? first.record.id,
        program: refs['program'] ?? '',
        student,
        device: first.origin.device,
        tz,
        entries: entries.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1)),
        undecided,
        ...(watch ? { watch } : {}),
      }
    },
  }
}

function watchOf(lines: readonly Line[]): LogWatch | null {
  const said = (is: string) => lines.filter(({ record }) => record.body['is'] === is)
  const begin = said('begin')[0]
  const adult = begin?.record.refs['adult']
  if (!begin || adult === undefined) return null
  const { record, origin } = begin
  return {
    observer: origin.onBehalfOf ?? origin.author,
    adult,
    day: dayOf(record.at, record.tz),
    from: record.at,
    to: said('end').at(-1)?.record.at ?? null,
  }
}

/**
 * The logs that counts and lists are made of, as one person may see them: without what second observers recorded, and
 * while that person observes beside somebody, without what that one recorded on that day (domain D.8).
 */
export function firstHand<Log extends LogState<LogEntry>>(
  logs: readonly Log[],
  person: string,
): readonly Log[] {
  const blind = logs.flatMap(({ watch }) => (watch?.observer === person && watch.to === null ? [watch] : []))
  return logs.filter(
    (log) =>
      !log.watch &&
      !blind.some(({ adult, day }) => log.entries.some((entry) => entry.by === adult && entry.day === day)),
  )
}

/** What a second observer recorded, and what the adult beside them did on that day. */
export interface WatchedLog<Log> {
  readonly second: Log
  readonly watch: LogWatch
  readonly primary: Log
}

/** The observations among the logs of a program, in order of time. */
export function watchedLogs<Entry extends LogEntry>(
  logs: readonly LogState<Entry>[],
): WatchedLog<LogState<Entry>>[] {
  const own = logs.filter((log) => !log.watch)
  const seen = logs.flatMap((second) => {
    const { watch } = second
    if (!watch || watch.adult === watch.observer) return []
    const entries = own
      .flatMap((log) => log.entries)
      .filter(({ by, day }) => by === watch.adult && day === watch.day)
      .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1))
    const { watch: _, ...rest } = second
    return [{ second, watch, primary: { ...rest, entries } }]
  })
  return seen.toSorted((a, b) => Date.parse(a.watch.from) - Date.parse(b.watch.from))
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
