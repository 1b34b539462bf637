/** Chaining of a task analysis (domain C.1): which steps are taught now, and which the adult does. */
import type { Measure } from './records.ts'
import type { SessionItem } from './state.ts'

type Steps = Extract<Measure, { system: 'steps' }>

/**
 * True for a step that is taught: every step of a total task, the first ones of a forward chain up to the current
 * step, the last ones of a backward chain from it on. With leap-ahead, steps that a probe showed as independent are
 * the student's own and are not taught.
 */
export function isTaught(measure: Steps, step: number): boolean {
  return !isAdults(measure, step) && !measure.skipped?.includes(step)
}

function isAdults({ chaining, current_step }: Steps, step: number): boolean {
  if (chaining === 'total' || current_step === undefined) return false
  return chaining === 'forward' ? step > current_step : step < current_step
}

/** The steps that the adult does from `from` on, without a gap: one tap codes them all. Empty when `from` is the student's. */
export function adultSteps(measure: Steps, items: readonly Pick<SessionItem, 'n'>[], from: number): number[] {
  const taken = new Set(items.map((item) => item.n))
  const run: number[] = []
  for (let step = from; step <= measure.steps.length; step++) {
    if (!isAdults(measure, step) || taken.has(step)) break
    run.push(step)
  }
  return run
}
