/**
 * A task analysis over its sessions (domain C.1, C.2): how each step went each time, and which step was being taught.
 * Sessions of another task analysis are left out: other steps are another program. Pure.
 */
import type { Measure, MeasureOf } from '../sessions/records.ts'
import type { SessionState } from '../sessions/state.ts'

/** How a step went: alone, with help, not yet, done by the adult, no part of today's chain, or not recorded. */
export type StepResult = 'alone' | 'helped' | 'not' | 'adult' | 'not_applicable' | null

export interface StepSession {
  readonly session: string
  /** By step. */
  readonly results: readonly StepResult[]
  /** The step taught, 1-based; null for total-task chaining, and in sessions where all steps are scored. */
  readonly taught: number | null
  /** Steps that were alone, of those that were part of the chain and done by the student. */
  readonly alone: number
  readonly presented: number
}

export interface Stepwise {
  readonly steps: readonly string[]
  readonly chaining: MeasureOf<'steps'>['chaining']
  /** In the order given. */
  readonly sessions: readonly StepSession[]
}

/** Null for other measures. */
export function stepwiseOf(measure: Measure, states: readonly SessionState[]): Stepwise | null {
  if (measure.system !== 'steps') return null
  const { steps, chaining } = measure
  return {
    steps,
    chaining,
    sessions: states.flatMap((one): StepSession[] => {
      const own = one.measure
      if (one.observer !== 'primary' || one.status === 'not_run' || own.system !== 'steps') return []
      if (own.steps.length !== steps.length || own.steps.some((step, n) => step !== steps[n])) return []
      const results = steps.map((_, n) => resultOf(one.items.find((item) => item.n === n + 1)))
      if (results.every((result) => result === null)) return []
      const scored = results.filter((result) => result === 'alone' || result === 'helped' || result === 'not')
      const taught =
        own.chaining === 'total' || one.condition === 'probe' || one.condition === 'baseline'
          ? null
          : (own.current_step ?? null)
      const alone = scored.filter((result) => result === 'alone').length
      return [{ session: one.session, results, taught, alone, presented: scored.length }]
    }),
  }
}

function resultOf(item: SessionState['items'][number] | undefined): StepResult {
  switch (item?.result) {
    case undefined:
      return null
    case '+':
      return item?.level === null ? 'alone' : 'helped'
    case 'A':
      return 'adult'
    case 'N/A':
      return 'not_applicable'
    default:
      return 'not'
  }
}
