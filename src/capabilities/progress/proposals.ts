/**
 * What a goal's data suggest to its owner: one list (domain D.3, D.6 to D.9, C.1, C.3). Proposals only; nothing here
 * changes a program, and every one carries the points it rests on. Called by the goal page and the caseload. Pure.
 *
 * A proposal's key names its kind and the points it rests on. A decision closes exactly that one. The same question
 * is asked again only by new data: a decided streak is used up, and a decided pattern of points is told again after
 * as many new points as it takes to see one.
 */
import { digestOf } from '../../platform/core/canonical.ts'
import type { Day } from '../../platform/core/days.ts'
import type { SessionState } from '../sessions/state.ts'
import { decide, type Bounce, type Decision, type Outcome } from './decisions.ts'
import { fidelityTasks, latestScore, type FidelityTask } from './fidelity.ts'
import type { Goal } from './goal.ts'
import { newestOnOccurrence } from './log-agreement.ts'
import { maintenanceOf, type Maintenance } from './maintenance.ts'
import { evaluateMastery, type MasteryResult } from './mastery.ts'
import { policyOf, type Policy, type Rules } from './packs.ts'
import { definitionGroups } from './phases.ts'
import type { ProposalKind, Verdict } from './records.ts'
import type { Decided } from './views.ts'

/** Why a proposal is made: what its words are filled with. */
export type Reason =
  | { readonly kind: 'change' | 'raise'; readonly outcome: Extract<Outcome, { code: 'change' | 'raise' }> }
  | {
      readonly kind: 'check_implementation'
      readonly outcome: Extract<Outcome, { code: 'check_implementation' }>
    }
  | { readonly kind: 'bounce'; readonly bounce: Bounce }
  | { readonly kind: 'mastery' | 'mastery_except'; readonly result: MasteryResult }
  | { readonly kind: 'probe_due'; readonly next: NonNullable<Maintenance['next']>; readonly late: boolean }
  | { readonly kind: 'reteach'; readonly probes: number }
  | { readonly kind: 'clarify_definition' | 'retrain' | 'repeat_observation'; readonly day: Day }
  | { readonly kind: 'teach_waiting'; readonly early: number; readonly scored: number; readonly day: Day }
  | { readonly kind: 'engineer_opportunities'; readonly sessions: number }
  | {
      readonly kind: 'observe_more'
      readonly observed: number
      readonly sessions: number
      readonly percent: number
    }
  | FidelityTask

export interface Proposal {
  readonly kind: ProposalKind
  readonly key: string
  readonly reason: Reason
  /** Keys of the graph's points it rests on, in order. */
  readonly points: readonly string[]
  /** What the owner can answer; empty: it goes by itself once the data say so. */
  readonly verdicts: readonly Verdict[]
}

export interface Suggested {
  /** By consequence. */
  readonly open: readonly Proposal[]
  /** What the decision rules say now, also where nothing follows; null where they do not apply. */
  readonly decision: Decision | null
  /** Null without a rule. */
  readonly mastery: MasteryResult | null
  /** Null until mastery was confirmed. */
  readonly maintenance: Maintenance | null
}

/**
 * The same, made once for a goal, a day and a set of rules: lists ask for every goal each time they are drawn. Null
 * without rules.
 */
export function suggestedFor(goal: Goal, rules: Rules | undefined, today: Day): Suggested | null {
  const known = made.get(goal)
  if (known && known.today === today && known.rules === rules) return known.suggested
  const policy = policyOf(rules, goal.version.body.decision_rules)
  const suggested = policy && suggestionsOf(goal, policy, today)
  made.set(goal, { today, rules, suggested })
  return suggested
}
const made = new WeakMap<
  Goal,
  { readonly today: Day; readonly rules: Rules | undefined; readonly suggested: Suggested | null }
>()

/** Everything that a goal's data suggest on a day. */
export function suggestionsOf(goal: Goal, policy: Policy, today: Day): Suggested {
  const sessions = comparableSessions(goal)
  const decided = goal.decisions
  const rule = goal.version.body.mastery as Parameters<typeof evaluateMastery>[0]['rule'] | undefined
  const confirmed = decided.findLast(
    (one) => one.body.proposal === 'mastery' && one.body.verdict === 'confirm',
  )
  const retaught = decided.findLast((one) => one.body.verdict === 'reteach')
  const mastered = confirmed && !(retaught && retaught.at > confirmed.at) ? confirmed : null

  const maintenance =
    rule && mastered ? maintenanceOf(rule, sessions, mastered.day, policy.maintenance) : null
  const mastery =
    rule && !mastered
      ? evaluateMastery({
          rule,
          sessions,
          after: usedUp(goal, retaught),
          taughtSince: retaught?.at ?? null,
          roles: goal.roles,
          schoolDays: goal.input.schoolDays,
          schoolDayMs: policy.schoolDayMs,
          today,
        })
      : null
  const decision = mastered
    ? null
    : decide({
        goal,
        fidelity: latestScore(goal.checks),
        today,
        pack: policy.decision,
        rules: policy.fidelity,
      })

  const open = [
    ...ofMastery(mastery),
    ...ofMaintenance(maintenance, today),
    ...ofDecision(goal, decision, policy),
    ...ofAgreement(goal),
    ...ofFidelity(goal, sessions, policy, today),
    ...ofWaiting(goal, sessions, policy),
    ...ofOpportunities(goal, sessions),
    ...ofCoverage(goal, policy),
  ].filter((one) => !decided.some(({ body }) => body.key === one.key))
  return { open, decision, mastery, maintenance }
}

function ofMastery(result: MasteryResult | null): Proposal[] {
  if (!result || result.status === 'not_met') return []
  const kind = result.status === 'met' ? 'mastery' : 'mastery_except'
  const verdicts = kind === 'mastery' ? (['confirm', 'not_yet'] as const) : []
  return [proposal(kind, { kind, result }, result.streak, verdicts)]
}

function ofMaintenance(maintenance: Maintenance | null, today: Day): Proposal[] {
  const { reteach, next } = maintenance ?? { reteach: null, next: null }
  if (reteach)
    return [proposal('reteach', { kind: 'reteach', probes: reteach.length }, reteach, ['reteach', 'keep'])]
  if (!next || next.due > today) return []
  return [proposal('probe_due', { kind: 'probe_due', next, late: next.due < today }, [next.due], [], [])]
}

function ofDecision(goal: Goal, decision: Decision | null, { decision: pack }: Policy): Proposal[] {
  if (!decision) return []
  const open: Proposal[] = []
  const { outcome, points, bounce } = decision
  const family: readonly ProposalKind[] = ['change', 'raise', 'check_implementation']
  const again = newerThan(goal, family, points)
  if (outcome.code === 'change' || outcome.code === 'raise') {
    const n = outcome.code === 'change' ? pack.worse : pack.better
    if (again >= n) {
      const verdicts =
        outcome.code === 'change' ? (['change', 'keep'] as const) : (['raise', 'keep'] as const)
      open.push(proposal(outcome.code, { kind: outcome.code, outcome }, points, verdicts))
    }
  } else if (outcome.code === 'check_implementation' && outcome.would !== 'continue' && again >= pack.worse)
    open.push(proposal('check_implementation', { kind: 'check_implementation', outcome }, points, ['keep']))
  if (bounce && newerThan(goal, ['bounce'], bounce.points) >= pack.minPoints)
    open.push(proposal('bounce', { kind: 'bounce', bounce }, bounce.points, ['done', 'keep']))
  return open
}

/** Clarify the definition, then train again, then observe again: each opens once the one before it is done. */
function ofAgreement(goal: Goal): Proposal[] {
  const low = lowAgreement(goal)
  if (!low) return []
  const steps = (['clarify_definition', 'retrain', 'repeat_observation'] as const).map((kind) =>
    proposal(kind, { kind, day: low.day }, [low.key], kind === 'repeat_observation' ? [] : ['done', 'keep']),
  )
  const next = steps.find(({ key }) => !goal.decisions.some(({ body }) => body.key === key))
  return next ? [next] : []
}

/** The newest observation that came to a percentage, if that is low: of a log, else of a session. */
function lowAgreement(goal: Goal): { readonly day: Day; readonly key: string } | null {
  const logged = newestOnOccurrence(goal.logAgreements)
  if (logged) return logged.low ? logged : null
  const session = goal.sessions.find(({ point }) => point?.notes.some((note) => note.kind === 'agreement'))
  const note = session?.point?.notes.find((one) => one.kind === 'agreement')
  if (!session?.point || !note?.low || note.percent === null) return null
  return { day: session.state.day, key: session.point.key }
}

function ofFidelity(
  goal: Goal,
  sessions: readonly SessionState[],
  { fidelity }: Policy,
  today: Day,
): Proposal[] {
  if (goal.checks.length === 0 && !goal.version.body.fidelity?.length) return []
  const days = goal.input.schoolDays.filter((day) => day <= today)
  const since = days.at(-fidelity.validDays) ?? today
  return fidelityTasks(goal.checks, sessions, fidelity, since).map((task) => {
    const basis = task.kind === 'observe_new' ? [task.adult] : [task.check]
    return proposal(task.kind, task, basis, ['done', 'keep'], [])
  })
}

/** Time delay (domain C.1): wrong before the prompt in a quarter of the trials of the newest session that counts. */
function ofWaiting(goal: Goal, sessions: readonly SessionState[], policy: Policy): Proposal[] {
  const last = sessions.findLast(({ summary, status }) => status !== 'open' && summary.validity === 'valid')
  if (!last || !('prompts' in last.measure) || last.measure.prompts.direction !== 'time_delay') return []
  const scored = last.summary.opportunities
  const early = last.items.filter((item) => item.result === '-' && item.level === null).length
  const enough = early > 0 && early * 100 >= policy.earlyErrorPercent * scored
  if (!enough || newerThan(goal, ['teach_waiting'], [last.session]) < policy.decision.worse) return []
  const reason = { kind: 'teach_waiting' as const, early, scored, day: last.day }
  return [proposal('teach_waiting', reason, [last.session], ['done', 'keep'])]
}

/** Sessions in which no chance came up, since the last one with a value and since the owner last answered. */
function ofOpportunities(goal: Goal, sessions: readonly SessionState[]): Proposal[] {
  const answered = new Set(
    goal.decisions.flatMap(({ body }) => (body.proposal === 'engineer_opportunities' ? body.points : [])),
  )
  const since = sessions.findLastIndex(({ summary }) => summary.validity === 'valid')
  const without = sessions
    .slice(since + 1)
    .filter(({ summary, session }) => summary.validity === 'no_opportunity' && !answered.has(session))
    .map(({ session }) => session)
  if (without.length === 0) return []
  const reason = { kind: 'engineer_opportunities' as const, sessions: without.length }
  return [proposal('engineer_opportunities', reason, without, ['done', 'keep'])]
}

/** Second observers in the current phase: fewer than the share that the field asks for (domain D.8). */
function ofCoverage(goal: Goal, { ioa, decision }: Policy): Proposal[] {
  const { points, phases } = goal.model
  const newest = points.findLast((point) => point.decides)?.phase ?? 0
  const major = phases.findLastIndex((phase, n) => n <= newest && (phase.major || n === 0))
  const here = points.filter((point) => point.decides && point.phase >= major && point.sessionId !== null)
  const observed = here.filter(({ notes }) =>
    notes.some((note) => note.kind === 'agreement' || note.kind === 'second_observer'),
  ).length
  const keys = here.map((point) => point.key)
  const few = observed * 100 < ioa.coveragePercent * here.length
  if (here.length < decision.minPoints || !few) return []
  if (newerThan(goal, ['observe_more'], keys) < decision.minPoints) return []
  const reason = {
    kind: 'observe_more',
    observed,
    sessions: here.length,
    percent: ioa.coveragePercent,
  } as const
  return [proposal('observe_more', reason, keys, ['keep'])]
}

/** Sessions recorded under the definition that stands now, in order; what another definition meant is another thing. */
function comparableSessions(goal: Goal): SessionState[] {
  const groups = new Map(definitionGroups(goal.input.versions).map(({ id, group }) => [id, group]))
  const current = groups.get(goal.version.id)
  return goal.input.sessions
    .filter(({ version }) => (groups.get(version) ?? current) === current)
    .toSorted((a, b) => (a.started < b.started ? -1 : a.started > b.started ? 1 : 0))
}

/** The start of the last session that a decision about mastery rested on, or the moment that teaching began anew. */
function usedUp(goal: Goal, retaught: Decided | undefined): string | null {
  const about = goal.decisions
    .filter(({ body }) => body.proposal === 'mastery')
    .flatMap(({ body }) => body.points)
  const starts = goal.input.sessions.flatMap(({ session, started }) =>
    about.includes(session) ? [started] : [],
  )
  if (retaught) starts.push(retaught.at)
  return starts.sort().at(-1) ?? null
}

/** How many of these points are newer than those that the last decision of these kinds rested on. */
function newerThan(goal: Goal, kinds: readonly ProposalKind[], points: readonly string[]): number {
  const last = goal.decisions.findLast(({ body }) => kinds.includes(body.proposal))
  if (!last) return Infinity
  const order = goal.model.points.map((point) => point.key)
  const seen = Math.max(-1, ...last.body.points.map((key) => order.indexOf(key)))
  // of one session only, what came since then counts, also where it is no part of the pattern
  const from =
    points.length === 1 ? goal.model.points.filter((one) => one.decides).map((one) => one.key) : points
  return from.filter((key) => order.indexOf(key) > seen).length
}

function proposal(
  kind: ProposalKind,
  reason: Reason,
  basis: readonly string[],
  verdicts: readonly Verdict[],
  points: readonly string[] = basis,
): Proposal {
  return { kind, reason, points, verdicts, key: digestOf([kind, basis]) }
}
