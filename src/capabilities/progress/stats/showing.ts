/**
 * When an overlap index may be shown, as data for the screen (domain D.10). The screen says why one is missing or
 * what to bear in mind; it never claims that a plan caused a change.
 */
import type { Improvement, Overlap } from './overlap.ts'
import { theilSen } from './theil-sen.ts'

/** Fewer points than this in a phase and an index is not shown … */
const MIN_POINTS = 5
/** … except that NAP and PND are shown with a warning from here on. */
const MIN_POINTS_WITH_WARNING = 3

export type Doubt =
  /** Fewer than five points in A or in B. */
  | 'few_points'
  /** A was already moving in the wanted direction (its Theil–Sen slope); the corrected indices are shown, and say so. */
  | 'baseline_improving'
  | 'definition_changed'
  | 'measurement_changed'
  /** Something else changed within one of the phases, or more than the plan changed between them. */
  | 'mixed_conditions'
  /** Nobody observed that the plan was carried out as written. */
  | 'fidelity_unknown'

export interface ShowingInput {
  /** Values in their order, missing ones left out. */
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly improvement: Improvement
  readonly definitionChanged: boolean
  readonly measurementChanged: boolean
  readonly mixedConditions: boolean
  readonly fidelityKnown: boolean
}

export interface Showing {
  readonly show: boolean
  /** What forbids it; when it is shown, what must be said beside it. */
  readonly because: readonly Doubt[]
}

/** For each index whether it may be shown. An index that is null stays null whatever this says. */
export function showingOf(input: ShowingInput): Readonly<Record<keyof Overlap, Showing>> {
  const n = Math.min(input.a.length, input.b.length)
  const forAll = doubtsOfAll(input)
  const few: Doubt[] = n < MIN_POINTS ? ['few_points'] : []
  const moving: Doubt[] = baselineImproving(input.a, input.improvement) ? ['baseline_improving'] : []

  /** Held back by any of `forbidding`; shown with `warning` otherwise. */
  const showing = (forbidding: readonly Doubt[], warning: readonly Doubt[]): Showing =>
    forbidding.length > 0
      ? { show: false, because: [...forbidding, ...warning] }
      : { show: true, because: warning }

  const lenient = n >= MIN_POINTS_WITH_WARNING ? showing([...forAll, ...moving], few) : undefined
  const strict = showing([...forAll, ...few, ...moving], [])
  const corrected = showing([...forAll, ...few], moving)
  return {
    nap: lenient ?? strict,
    pnd: lenient ?? strict,
    pem: strict,
    tau: strict,
    tau_u: corrected,
    tau_bc: corrected,
  }
}

/** Whether A was moving in the wanted direction before anything changed. */
function baselineImproving(a: readonly number[], improvement: Improvement): boolean {
  const line = theilSen(a.map((y, i) => ({ x: i + 1, y })))
  return line !== null && (improvement === 'increase' ? line.slope > 0 : line.slope < 0)
}

function doubtsOfAll(input: ShowingInput): Doubt[] {
  const doubts: Doubt[] = []
  if (input.definitionChanged) doubts.push('definition_changed')
  if (input.measurementChanged) doubts.push('measurement_changed')
  if (input.mixedConditions) doubts.push('mixed_conditions')
  if (!input.fidelityKnown) doubts.push('fidelity_unknown')
  return doubts
}
