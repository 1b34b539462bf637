/**
 * Observations that the owner of a program planned: who observes whom, until when (domain D.8). A plan is done by a
 * session that its observer watched; nobody ticks it off. Pure; read by Today, the observer's screen and the goal's page.
 */
import type { Day } from '../../platform/core/days.ts'
import type { View } from '../../platform/records/registry.ts'
import { isOpen } from './goal.ts'
import type { LogWatch } from './log.ts'
import { ObservationBody } from './records.ts'
import type { SessionState } from './state.ts'

export type Planned = {
  /** The record that asks for it. */
  readonly id: string
  readonly observer: string
  /** Whose session; null = anybody's. */
  readonly adult: string | null
  readonly due: Day
  /** Who planned it, and when. */
  readonly by: string
  readonly at: string
}
export type Observations = {
  readonly program: string
  readonly student: string
  readonly planned: readonly Planned[]
}

/** In the order they were planned, without those that were called off. */
export const observationsView: View<Observations> = {
  name: 'sessions.observations',
  version: 1,
  kinds: ['sessions.observation'],
  fold({ live }) {
    const [first] = live
    if (!first || first.student === null) return null
    const planned = live.flatMap((record): Planned[] => {
      const body = ObservationBody.safeParse(record.body).data
      const { id, at, author, onBehalfOf, refs } = record
      const { observer, adult = null } = refs
      if (!body || body.called_off || observer === undefined) return []
      return [{ id, observer, adult, due: body.due, by: onBehalfOf ?? author, at }]
    })
    return { program: first.refs['program'] ?? '', student: first.student, planned }
  },
  parent: (state) => `program:${state.program}`,
}

/** That somebody observed while somebody else recorded. */
export interface Watch {
  readonly observer: string
  readonly beside: string
  /** When the observer began. */
  readonly at: string
  /** Both have ended, and there is something to compare. */
  readonly over: boolean
}

/** The watched sessions of a program; what was not run after all is none. */
export function watchesIn(states: readonly SessionState[]): Watch[] {
  return states.flatMap((second): Watch[] => {
    const first = states.find(({ session }) => session === second.of)
    const isNone = !first || first.status === 'not_run' || second.status === 'not_run'
    if (second.observer !== 'ioa' || isNone || first.by === second.by) return []
    const over = !isOpen(first) && !isOpen(second)
    return [{ observer: second.by, beside: first.by, at: second.started, over }]
  })
}

/** The same of what is recorded as a log. */
export function watchesOf(logs: readonly { readonly watch?: LogWatch }[]): Watch[] {
  return logs.flatMap(({ watch }) =>
    watch && watch.adult !== watch.observer
      ? [{ observer: watch.observer, beside: watch.adult, at: watch.from, over: watch.to !== null }]
      : [],
  )
}

export interface PlannedNow extends Planned {
  /** overdue: its last day is over. */
  readonly is: 'due' | 'overdue' | 'running' | 'done'
}

/** Where each plan stands: the first that fits of what was watched since it was planned, each once. */
export function plannedNow(
  planned: readonly Planned[],
  watches: readonly Watch[],
  today: Day,
): readonly PlannedNow[] {
  const left = new Set(watches.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)))
  return planned.map((plan) => {
    const found = [...left].find(
      ({ observer, beside, at }) =>
        observer === plan.observer &&
        (plan.adult === null || beside === plan.adult) &&
        Date.parse(at) >= Date.parse(plan.at),
    )
    if (found) left.delete(found)
    const is = found ? (found.over ? 'done' : 'running') : plan.due < today ? 'overdue' : 'due'
    return { ...plan, is }
  })
}
