/**
 * In what order the goals of a caseload need their owner: somebody records now, two recorded at once, data are missing, the data suggest
 * something to consider, a criterion is met, data bounce, two observers disagree, the last session was too short to
 * count, planned runs are missing; then all others by student. Facts, not judgments: nothing here says whether a
 * child does well. Pure; the numbers are conventions of this screen and decide nothing.
 */
import type { Day } from '../../platform/core/days.ts'
import { LOGGED } from '../sessions/measures.ts'
import { newestOnOccurrence } from './log-agreement.ts'
import type { Goal, GoalSession } from './goal.ts'
import type { Note } from './graph.ts'
import type { Rules } from './packs.ts'
import { suggestedFor, type Proposal } from './proposals.ts'
import type { ProposalKind } from './records.ts'

/** School days without data after which a goal is looked at: a whole school week. */
export const QUIET_DAYS = 5
/** From here on it is not a gap of these weeks: the goal rests, and stands last. */
export const RESTING_DAYS = 30

export type Attention =
  /** Somebody records now. */
  | { readonly kind: 'live'; readonly session: GoalSession }
  /** A session of an earlier day was never ended. */
  | { readonly kind: 'left_open'; readonly session: GoalSession }
  | {
      readonly kind: 'no_data'
      /** Whole school days without data. */
      readonly days: number
      /** The last day with data; null = none yet. */
      readonly since: Day | null
      /** Why the newest session since then was not run; null when nobody said. */
      readonly reason: string | null
    }
  /** Several recorded at once; the owner chooses which recording stands. */
  | { readonly kind: 'at_once'; readonly sessions: readonly GoalSession[] }
  /** The newest session was too short to count. */
  | { readonly kind: 'below_min'; readonly session: GoalSession }
  /** What the decision rules suggest, or that the implementation is to be checked before they may. */
  | { readonly kind: 'consider'; readonly proposal: Proposal }
  | {
      readonly kind: 'mastery' | 'mastery_except' | 'bounce' | 'probe_due'
      readonly proposal: Proposal
    }
  | {
      /** Planned runs of the last school week that nobody recorded, nor said why they were not run. */
      readonly kind: 'unexplained'
      readonly missing: number
      readonly planned: number
    }
  | ({ readonly kind: 'low_agreement'; readonly day: Day } & Pick<
      Extract<Note, { kind: 'agreement' }>,
      'agreed' | 'total' | 'percent' | 'whole'
    >)

/** now: being recorded; look: needs its owner; other: nothing to do; resting: no data for a long time. */
export type Place = 'now' | 'look' | 'other' | 'resting'

export interface CaseloadItem {
  readonly goal: Goal
  readonly place: Place
  /** Why it stands where it stands, the weightiest first. */
  readonly attention: readonly Attention[]
  /** The newest session that has ended with a value. */
  readonly last: GoalSession | null
}

export interface CaseloadInput {
  readonly goals: readonly Goal[]
  /** Student id → initials. */
  readonly initials: ReadonlyMap<string, string>
  readonly today: Day
  /** Ascending, up to today. */
  readonly schoolDays: readonly Day[]
  /** Numbers of policy; without them nothing is suggested. */
  readonly rules?: Rules | undefined
}

/** The goals in the order in which they need me. */
export function caseloadOf({ goals, initials, today, schoolDays, rules }: CaseloadInput): CaseloadItem[] {
  return goals
    .map((goal) => itemOf(goal, today, schoolDays, rules))
    .sort(
      (a, b) =>
        PLACES.indexOf(a.place) - PLACES.indexOf(b.place) ||
        rankOf(a) - rankOf(b) ||
        quietDays(b) - quietDays(a) ||
        compare(initials.get(a.goal.student) ?? '', initials.get(b.goal.student) ?? '') ||
        compare(a.goal.student, b.goal.student) ||
        compare(a.goal.version.body.title, b.goal.version.body.title),
    )
}

const PLACES: readonly Place[] = ['now', 'look', 'other', 'resting']
/** By consequence. */
const RANKS: readonly Attention['kind'][] = [
  'live',
  'left_open',
  'at_once',
  'no_data',
  'consider',
  'mastery',
  'probe_due',
  'mastery_except',
  'bounce',
  'low_agreement',
  'below_min',
  'unexplained',
]

function itemOf(goal: Goal, today: Day, schoolDays: readonly Day[], rules: Rules | undefined): CaseloadItem {
  const last = goal.sessions.find(({ state, point }) => state.status !== 'open' && hasValue(point)) ?? null
  const live = goal.open.filter(({ state }) => state.day === today)
  const attention: Attention[] = [
    ...live.map((session) => ({ kind: 'live' as const, session })),
    ...goal.open
      .filter(({ state }) => state.day !== today)
      .map((session) => ({ kind: 'left_open' as const, session })),
  ]
  attention.push(...goal.atOnce.map((sessions) => ({ kind: 'at_once' as const, sessions })))
  const quiet = live.length > 0 ? null : quietOf(goal, last, today, schoolDays)
  if (quiet) attention.push(quiet)
  for (const proposal of suggestedFor(goal, rules, today)?.open ?? []) {
    const kind = SHOWN[proposal.kind]
    if (kind) attention.push({ kind, proposal })
  }
  if (last?.point?.notes.some((note) => note.kind === 'below_min'))
    attention.push({ kind: 'below_min', session: last })
  const low = lowAgreementOf(goal)
  if (low) attention.push(low)
  const unexplained = quiet ? null : unexplainedOf(goal, today, schoolDays)
  if (unexplained) attention.push(unexplained)
  attention.sort((a, b) => RANKS.indexOf(a.kind) - RANKS.indexOf(b.kind))
  return { goal, place: placeOf(attention), attention, last }
}

/** Proposals that move a goal up; the others wait on its page. */
const SHOWN: {
  readonly [kind in ProposalKind]?: 'consider' | 'mastery' | 'mastery_except' | 'bounce' | 'probe_due'
} = {
  change: 'consider',
  raise: 'consider',
  check_implementation: 'consider',
  reteach: 'consider',
  mastery: 'mastery',
  mastery_except: 'mastery_except',
  probe_due: 'probe_due',
  bounce: 'bounce',
}

function placeOf([first]: readonly Attention[]): Place {
  if (!first) return 'other'
  if (first.kind === 'live') return 'now'
  return first.kind === 'no_data' && first.days > RESTING_DAYS ? 'resting' : 'look'
}

/** Days of today's school calendar that passed without data; an imported data set has no days, a log no sessions. */
function quietOf(
  goal: Goal,
  last: GoalSession | null,
  today: Day,
  schoolDays: readonly Day[],
): Attention | null {
  const { system } = goal.version.body.measure
  if (system === 'imported' || (LOGGED as readonly string[]).includes(system)) return null
  const since = last?.state.day ?? null
  const begin = goal.plan.versions[0]?.day ?? today
  const days = schoolDays.filter((day) => (since === null ? day >= begin : day > since) && day < today).length
  if (days < QUIET_DAYS) return null
  const missed = goal.sessions.find(
    ({ state }) => state.status === 'not_run' && (since === null || state.day > since),
  )
  return { kind: 'no_data', days, since, reason: missed?.state.reason ?? null }
}

/** Planned runs against sessions of the last whole school week: a run that was not and says why is explained. */
function unexplainedOf(goal: Goal, today: Day, schoolDays: readonly Day[]): Attention | null {
  const { schedule } = goal.version.body
  const begin = goal.plan.versions[0]?.day ?? today
  const days = schoolDays.filter((day) => day < today).slice(-QUIET_DAYS)
  const first = days[0]
  if (!schedule || first === undefined || days.length < QUIET_DAYS || begin > first) return null
  const planned = schedule.times * (schedule.per === 'day' ? days.length : 1)
  const said = goal.sessions.filter(
    ({ state }) =>
      state.observer === 'primary' &&
      state.day >= first &&
      state.day < today &&
      (state.status !== 'not_run' || state.reason !== null),
  ).length
  return said < planned ? { kind: 'unexplained', missing: planned - said, planned } : null
}

/** Of the newest session, or stretch of a log, that two observers can be compared on. */
function lowAgreementOf(goal: Goal): Attention | null {
  const logged = newestOnOccurrence(goal.logAgreements)
  if (logged?.percent) {
    const { day, agreed, total, percent, low } = logged
    const share = (100 * percent.numerator) / percent.denominator
    return low ? { kind: 'low_agreement', day, agreed, total, percent: share, whole: true } : null
  }
  for (const { state, point } of goal.sessions)
    for (const note of point?.notes ?? [])
      if (note.kind === 'agreement' && note.percent !== null) {
        const { agreed, total, percent, whole } = note
        return note.low ? { kind: 'low_agreement', day: state.day, agreed, total, percent, whole } : null
      }
  return null
}

function hasValue(point: GoalSession['point']): boolean {
  return point !== null && point.value !== null
}

function rankOf({ attention }: CaseloadItem): number {
  const first = attention[0]
  return first ? RANKS.indexOf(first.kind) : RANKS.length
}

function quietDays({ attention }: CaseloadItem): number {
  const first = attention[0]
  return first?.kind === 'no_data' ? first.days : 0
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
