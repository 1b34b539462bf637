/**
 * What happened together (domain C.4): descriptive counts of ABC records. They do not say why, and from too few of
 * them nothing is drawn.
 */
import { minuteOf } from '../sessions/log.ts'
import type { AbcEntry, BehaviorLog } from './rules.ts'

/** Fewer than so many events, or on fewer days, are no table (domain C.4). */
export const LEAST_EVENTS = 20
export const LEAST_DAYS = 5

/** How many of the `of` events had this code. */
export interface Tally {
  readonly code: string
  readonly count: number
  readonly of: number
}

export interface GivenBehavior {
  readonly behavior: string
  readonly count: number
  /** P(antecedent | behavior), most frequent first. Several may stand beside one event, so they do not add up to 1. */
  readonly antecedents: readonly Tally[]
  /** P(consequence | behavior). */
  readonly consequences: readonly Tally[]
}

export interface AbcTables {
  readonly events: number
  readonly days: number
  /** Enough of both to be drawn. */
  readonly enough: boolean
  readonly settingEvents: readonly Tally[]
  readonly antecedents: readonly Tally[]
  readonly consequences: readonly Tally[]
  readonly given: readonly GivenBehavior[]
  /** Events by the hour of the day at the school, 0–23. */
  readonly hours: readonly { readonly hour: number; readonly count: number }[]
}

/** Tables over the logs of one program. */
export function abcTables(logs: readonly BehaviorLog[]): AbcTables {
  const events = logs.flatMap((log) => log.entries.filter(isAbc).map((entry) => ({ entry, tz: log.tz })))
  const all = events.map(({ entry }) => entry)
  const days = new Set(all.map((entry) => entry.day)).size
  const hours = new Map<number, number>()
  for (const { entry, tz } of events) {
    const hour = Math.floor(minuteOf(entry.at, tz) / 60)
    hours.set(hour, (hours.get(hour) ?? 0) + 1)
  }
  return {
    events: all.length,
    days,
    enough: all.length >= LEAST_EVENTS && days >= LEAST_DAYS,
    settingEvents: talliesOf(all, (entry) => entry.setting_events),
    antecedents: talliesOf(all, (entry) => entry.antecedents),
    consequences: talliesOf(all, (entry) => entry.consequences),
    given: talliesOf(all, (entry) => [entry.behavior]).map(({ code, count }) => {
      const having = all.filter((entry) => entry.behavior === code)
      return {
        behavior: code,
        count,
        antecedents: talliesOf(having, (entry) => entry.antecedents),
        consequences: talliesOf(having, (entry) => entry.consequences),
      }
    }),
    hours: [...hours].map(([hour, count]) => ({ hour, count })).sort((a, b) => a.hour - b.hour),
  }
}

export function isAbc(entry: BehaviorLog['entries'][number]): entry is AbcEntry {
  return entry.noun === 'abc'
}

/** Events with each code, most frequent first; a code said twice of one event is said once. */
function talliesOf(events: readonly AbcEntry[], codesOf: (event: AbcEntry) => readonly string[]): Tally[] {
  const counts = new Map<string, number>()
  for (const event of events)
    for (const code of new Set(codesOf(event))) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts]
    .map(([code, count]) => ({ code, count, of: events.length }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
}
