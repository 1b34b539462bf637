/**
 * One goal as its team looks at it: the plan, the graph, the sessions behind it, who records now. Made from what a
 * device holds, or from what `GET /api/goals/:program` answers, by the same code, so that both say the same. Pure.
 *
 * What must stay true: while the viewer observes a session as one of two, nothing of what the other records reaches
 * the graph or the list (semantics 2.7); it is left out here, before anything is drawn.
 */
import type { Day } from '../../platform/core/days.ts'
import { settle } from '../../platform/records/settle.ts'
import { recordedAtOnce } from '../sessions/at-once.ts'
import { hiddenFrom } from '../sessions/goal.ts'
import { watchesIn, type Watch } from '../sessions/observations.ts'
import { ioaOfSessions, type Agreement } from '../sessions/rules.ts'
import type { SessionState } from '../sessions/state.ts'
import { scoreOf } from './fidelity.ts'
import type { GraphInput, GraphModel, GraphPhase, GraphPoint } from './graph.ts'
import type { LogAgreement } from './log-agreement.ts'
import type { GoalData } from './online.ts'
import { planView, type Plan, type PlanVersion } from './plan.ts'
import type { ImportedPointBody } from './records.ts'
import { aimValueAt, buildGraph } from './rules.ts'
import { aimScale } from './unit.ts'
import {
  checksView,
  decisionsView,
  type Checked,
  type Checks,
  type Decided,
  type Decisions,
  type ImportedPoints,
} from './views.ts'

/** The state of a session with the key of its partition, where its records are found. */
export interface PlacedSession {
  readonly partition: string
  readonly state: SessionState
}

export interface GoalParts {
  readonly plan: Plan
  readonly sessions: readonly PlacedSession[]
  readonly imported: readonly ImportedPointBody[]
  /** In the order they were made; checks only for who may read them. */
  readonly decisions: readonly Decided[]
  readonly checks: readonly Checked[]
  /** False: there may be checks, and the viewer is not who reads them. Absent: true. */
  readonly seesChecks?: boolean
  /** Ascending. */
  readonly schoolDays: readonly Day[]
  /** Staff: id → name. */
  readonly names: { readonly [id: string]: string }
  /** Staff: id → role with this student. */
  readonly roles?: { readonly [id: string]: string }
  /** IANA zone of the school. */
  readonly tz: string
  /** Who looks. */
  readonly viewer: string
  /** Days on which it was planned and not run, for a reason that is known by itself. */
  readonly notRun?: GraphInput['notRun']
  /** Sessions whose times nobody has stood for since the device's clock was found to be wrong. */
  readonly doubts?: readonly { readonly session: string; readonly offMs: number }[]
  /** School days of the entries, where it is recorded as a log. */
  readonly logged?: readonly Day[]
  /** How far second observers of a log agreed, in order of time. */
  readonly logAgreements?: readonly LogAgreement[]
  /** Observations beside somebody who kept a log. */
  readonly watches?: readonly Watch[]
}

export interface Goal {
  readonly program: string
  readonly student: string
  /** The version that stands. */
  readonly version: PlanVersion
  readonly plan: Plan
  /** What the graph is made of, and the graph. */
  readonly input: GraphInput
  readonly model: GraphModel
  /** The major phase that the newest session belongs to. */
  readonly phase: GraphPhase | null
  /** Newest first; second observers stand with the session that they watched. */
  readonly sessions: readonly GoalSession[]
  /** Sessions that run now and the viewer may see, the oldest first. */
  readonly open: readonly GoalSession[]
  /** Kept from the viewer until both observers have ended: who and when, and nothing of what was recorded. */
  readonly hidden: readonly HiddenSession[]
  /** Recorded by several at once and ended: the owner has not chosen yet which of each group stands. */
  readonly atOnce: readonly (readonly GoalSession[])[]
  readonly standing: Standing | null
  readonly decisions: readonly Decided[]
  readonly checks: readonly Checked[]
  readonly seesChecks: boolean
  /** How far second observers of a log agreed, the newest first; empty for what has sessions. */
  readonly logAgreements: readonly LogAgreement[]
  /** Who observed beside whom, in sessions and logs alike, as far as the viewer may know. */
  readonly watches: readonly Watch[]
  /** What a log comes to in a list; of the days that are here. */
  readonly log: { readonly entries: number; readonly last: Day | null }
  readonly names: { readonly [id: string]: string }
  readonly roles: { readonly [id: string]: string }
  readonly tz: string
}

export interface GoalSession extends PlacedSession {
  readonly by: string
  /** Null for a session that the graph does not know. */
  readonly point: GraphPoint | null
  /** Null: nobody watched it, or nothing can be compared (yet). */
  readonly agreement: Agreement | null
  /** Who watched it. */
  readonly second: PlacedSession | null
  /** By how much the device's clock was wrong, ms, where nobody has said yet whether the times are right. */
  readonly doubtMs?: number
}

export interface HiddenSession {
  readonly session: string
  readonly by: string
  readonly started: string
}

/** The newest points against the aim line: the plain words that everybody with the student reads (domain D.0). */
export interface Standing {
  readonly of: number
  /** How many of them are on the wrong side of the line: below for a skill, above for a behavior to reduce. */
  readonly short: number
  readonly direction: 'increase' | 'decrease'
}

/** How many of the newest points are set against the aim line. */
const RECENT = 4

/** Everything that the screens of a goal show. */
export function goalOf(parts: GoalParts): Goal {
  const { plan, names, tz } = parts
  const version = plan.versions.at(-1)
  if (!version) throw new RangeError('a plan without a version')
  const blind = hiddenFrom(
    parts.sessions.map((one) => one.state),
    parts.viewer,
  )
  const seen = parts.sessions.filter(({ state }) => !blind.has(state.session))
  const pairs = pairsOf(seen)
  const input: GraphInput = {
    program: version.body as GraphInput['program'],
    versions: plan.versions as unknown as GraphInput['versions'],
    phases: plan.phases,
    aims: plan.aims,
    sessions: seen.map((one) => one.state),
    imported: parts.imported,
    schoolDays: parts.schoolDays,
    names,
    agreement: agreementsOf(pairs),
    checks: parts.checks.flatMap((check) => {
      const { session, day, adult } = check
      const score = scoreOf(check)
      return score ? [{ session, day, adult, correct: score.correct, scored: score.scored }] : []
    }),
    tz,
    ...(parts.notRun ? { notRun: parts.notRun } : {}),
  }
  const model = buildGraph(input)
  const points = new Map(model.points.map((point) => [point.sessionId, point]))
  const watched = new Set([...pairs.values()].map(({ second }) => second.state.session))
  const doubts = new Map(parts.doubts?.map(({ session, offMs }) => [session, offMs]))
  const sessions = seen
    .filter(({ state }) => !watched.has(state.session))
    .map((one): GoalSession => ({
      ...one,
      by: names[one.state.by] ?? '',
      point: points.get(one.state.session) ?? null,
      agreement: pairs.get(one.state.session)?.agreement ?? null,
      second: pairs.get(one.state.session)?.second ?? null,
      ...doubtOf(one.state, doubts),
    }))
    .sort((a, b) => compare(b.state.started, a.state.started) || compare(a.state.session, b.state.session))
  return {
    program: plan.program,
    student: plan.student,
    version,
    plan,
    input,
    model,
    phase: phaseNow(model),
    sessions,
    open: sessions.filter(({ state }) => state.status === 'open').reverse(),
    hidden: parts.sessions
      .filter(({ state }) => blind.has(state.session))
      .map(({ state: { session, by, started } }) => ({ session, by: names[by] ?? '', started })),
    atOnce: recordedAtOnce(seen.map(({ state }) => state)).flatMap((group) => {
      const ended = group.every(({ status }) => status !== 'open')
      return ended ? [group.flatMap((one) => sessions.find(({ state }) => state === one) ?? [])] : []
    }),
    standing: standingOf(model, input),
    decisions: parts.decisions,
    checks: parts.checks,
    seesChecks: parts.seesChecks ?? true,
    logAgreements: parts.logAgreements?.toReversed() ?? [],
    watches: [...watchesIn(seen.map(({ state }) => state)), ...(parts.watches ?? [])],
    log: { entries: parts.logged?.length ?? 0, last: parts.logged?.toSorted().at(-1) ?? null },
    names,
    roles: parts.roles ?? {},
    tz,
  }
}

/** The goal that an answer of the server describes; null when its plan has no version (which it always has). */
export function goalOfData(
  data: GoalData,
  { schoolDays, viewer }: Pick<GoalParts, 'schoolDays' | 'viewer'>,
): Goal | null {
  const records = data.plan.map(({ envelope, ...server }) => ({ ...envelope, ...server }))
  const plan = planView.fold(settle(records as unknown as Parameters<typeof settle>[0]))
  if (!plan) return null
  return goalOf({
    plan,
    sessions: data.states
      .filter(({ view }) => view === 'sessions.session')
      .map(({ partition, state }) => ({ partition, state: state as unknown as SessionState })),
    imported: data.states
      .filter(({ view }) => view === 'progress.points')
      .flatMap(({ state }) => (state as unknown as ImportedPoints).points),
    decisions: data.states
      .filter(({ view }) => view === decisionsView.name)
      .flatMap(({ state }) => (state as unknown as Decisions).decisions),
    checks: data.states
      .filter(({ view }) => view === checksView.name)
      .flatMap(({ state }) => (state as unknown as Checks).checks),
    schoolDays,
    names: data.names,
    roles: data.roles ?? {},
    tz: data.tz,
    viewer,
    ...(data.notRun ? { notRun: data.notRun } : {}),
    ...(data.doubts ? { doubts: data.doubts } : {}),
  })
}

/** What was answered on this device meanwhile is in doubt no more, whatever the house still tells. */
function doubtOf(state: SessionState, doubts: ReadonlyMap<string, number>): Pick<GoalSession, 'doubtMs'> {
  const doubtMs = state.times ? undefined : doubts.get(state.session)
  return doubtMs === undefined ? {} : { doubtMs }
}

interface Pair {
  readonly second: PlacedSession
  readonly agreement: Agreement | null
}

/** Id of the primary session → who watched it; of several, the first that can be compared. */
function pairsOf(sessions: readonly PlacedSession[]): Map<string, Pair> {
  const primaries = new Map(
    sessions.flatMap(({ state }) => (state.observer === 'primary' ? [[state.session, state]] : [])),
  )
  const pairs = new Map<string, Pair>()
  for (const second of sessions) {
    const first = second.state.observer === 'ioa' ? primaries.get(second.state.of ?? '') : undefined
    if (!first || pairs.get(first.session)?.agreement) continue
    pairs.set(first.session, { second, agreement: ioaOfSessions(first, second.state) })
  }
  return pairs
}

function agreementsOf(pairs: ReadonlyMap<string, Pair>): GraphInput['agreement'] {
  return Object.fromEntries(
    [...pairs].flatMap(([session, { agreement }]) => (agreement ? [[session, agreement]] : [])),
  )
}

/** Minor changes go on within a phase and give it no other name. */
function phaseNow({ points, phases }: GraphModel): GraphPhase | null {
  const newest = points.at(-1)?.phase ?? phases.length - 1
  return phases.slice(0, newest + 1).findLast((phase) => phase.major) ?? null
}

/** The newest points of the current phase that count, against the current aim line; null without either. */
function standingOf(model: GraphModel, { program, aims }: GraphInput): Standing | null {
  const aim = aims.toSorted((a, b) => compare(a.from, b.from)).at(-1)
  const { unit } = model.axis.y
  const scale = aimScale(program, unit)
  const phase = model.points.findLast((point) => point.decides)?.phase
  if (!aim || scale === null) return null
  const options = { percent: unit.kind === 'percent' }
  const sides = model.points
    .filter((point) => point.decides && point.phase === phase)
    .slice(-RECENT)
    .flatMap(({ day, y }) => {
      const line = day === null ? null : aimValueAt(aim, day, options)
      return line === null || y === null ? [] : [Math.sign(y - line * scale)]
    })
  if (sides.length === 0) return null
  const wrong = program.direction === 'increase' ? -1 : 1
  return {
    of: sides.length,
    short: sides.filter((side) => side === wrong).length,
    direction: program.direction,
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
