/**
 * Fidelity: whether a program is run as it is written (domain D.9). A check scores observable steps; the score is
 * correct ÷ (correct + incorrect), steps that did not apply leave it. Scores are kept as pairs. Pure.
 *
 * Who may see whose is the wall's to hold (records.ts): by adult only that adult's supervisor and the owner.
 */
import type { Day } from '../../platform/core/days.ts'
import type { SessionState } from '../sessions/state.ts'
import type { FidelityRules } from './packs.ts'
import type { Checked } from './views.ts'

export interface FidelityScore {
  readonly day: Day
  readonly correct: number
  /** Correct and incorrect steps. */
  readonly scored: number
}

/** Null when no step applied: nothing was checked, which is not 0 %. */
export function scoreOf(check: Pick<Checked, 'day' | 'body'>): FidelityScore | null {
  const correct = check.body.steps.filter(({ result }) => result === '+').length
  const scored = check.body.steps.filter(({ result }) => result !== 'NA').length
  return scored === 0 ? null : { day: check.day, correct, scored }
}

export function isGoodFidelity({ correct, scored }: FidelityScore, rules: FidelityRules): boolean {
  return correct * 100 >= rules.minPercent * scored
}

/** The newest check that has a score. A supervisor's direct observation and a self-check of one day: the direct one. */
export function latestScore(checks: readonly Checked[]): FidelityScore | null {
  for (const check of inOrder(checks).toReversed()) {
    const score = scoreOf(check)
    if (score) return score
  }
  return null
}

/** How often each step was wrong, worst first, over all checks: which step fails, and nobody's name. */
export function byStep(
  checks: readonly Checked[],
): { readonly step: string; readonly correct: number; readonly scored: number }[] {
  const steps = new Map<string, { correct: number; scored: number }>()
  for (const { body } of checks)
    for (const { step, result } of body.steps) {
      if (result === 'NA') continue
      const { correct, scored } = steps.get(step) ?? { correct: 0, scored: 0 }
      steps.set(step, { correct: correct + (result === '+' ? 1 : 0), scored: scored + 1 })
    }
  return [...steps]
    .map(([step, counts]) => ({ step, ...counts }))
    .sort((a, b) => a.correct * b.scored - b.correct * a.scored || (a.step < b.step ? -1 : 1))
}

export type FidelityTask =
  /** Below the least: coach before any change of the plan. */
  | { readonly kind: 'coach'; readonly adult: string; readonly check: string; readonly score: FidelityScore }
  /** High twice in a row: checks may be fewer. */
  | {
      readonly kind: 'check_less'
      readonly adult: string
      readonly check: string
      readonly score: FidelityScore
    }
  /** A new implementer who has not been observed within the first sessions. */
  | {
      readonly kind: 'observe_new'
      readonly adult: string
      readonly sessions: number
      readonly within: number
    }

/**
 * What the checks and the sessions ask for, by adult. Only direct observations count for a new implementer: who
 * began must be seen once within the first sessions. `since`: implementers who began earlier are not new.
 */
export function fidelityTasks(
  checks: readonly Checked[],
  sessions: readonly SessionState[],
  rules: FidelityRules,
  since: string,
): FidelityTask[] {
  const tasks: FidelityTask[] = []
  const adults = new Set([...checks.map((one) => one.adult), ...sessions.map((one) => one.by)])
  for (const adult of [...adults].sort()) {
    const scored = inOrder(checks.filter((one) => one.adult === adult)).flatMap((check) => {
      const score = scoreOf(check)
      return score ? [{ check: check.id, score }] : []
    })
    const last = scored.at(-1)
    const high = scored.slice(-rules.highChecks)
    if (last && !isGoodFidelity(last.score, rules)) tasks.push({ kind: 'coach', adult, ...last })
    else if (
      last &&
      high.length === rules.highChecks &&
      high.every(({ score }) => score.correct * 100 >= rules.highPercent * score.scored)
    )
      tasks.push({ kind: 'check_less', adult, ...last })
    const ran = sessions.filter((one) => one.by === adult && hasRun(one))
    const isNew = ran.length > 0 && ran.every((one) => one.started >= since)
    const seen = checks.some((one) => one.adult === adult && one.body.type === 'direct')
    if (isNew && !seen)
      tasks.push({ kind: 'observe_new', adult, sessions: ran.length, within: rules.newStaffSessions })
  }
  return tasks
}

function hasRun(state: SessionState): boolean {
  return state.observer === 'primary' && (state.status === 'complete' || state.status === 'partial')
}

function inOrder(checks: readonly Checked[]): Checked[] {
  const rank = (check: Checked) => (check.body.type === 'direct' ? 1 : 0)
  return checks.toSorted(
    (a, b) =>
      (a.day < b.day ? -1 : a.day > b.day ? 1 : 0) ||
      rank(a) - rank(b) ||
      (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1),
  )
}
