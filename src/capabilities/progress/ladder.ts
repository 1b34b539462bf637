/**
 * Results of each session by prompt level (domain C.2): how often alone, how often with which help, how often not yet.
 * The order is the program's own ladder. Levels are an order and no scale: their middle is a level that occurred, or
 * lies between two of them, and never a mean of codes. Pure.
 */
import { isScored } from '../sessions/summary.ts'
import type { Measure } from '../sessions/records.ts'
import type { SessionState } from '../sessions/state.ts'

/** One step of the ladder. */
export type Rung =
  | { readonly kind: 'independent' | 'not_yet' | 'no_response' | 'refused' }
  | { readonly kind: 'prompt'; readonly code: string; readonly label: string }

export interface LadderSession {
  readonly session: string
  /** How often each rung was reached, in the order of the rungs. */
  readonly counts: readonly number[]
  readonly total: number
  /** Indexes of the most frequent rungs; more than one when they are as frequent. */
  readonly mode: readonly number[]
  /** Index of the middle result, or of the two that the middle lies between. */
  readonly median: readonly number[]
}

export interface Ladder {
  /** From alone over the least to the most help to not yet. */
  readonly rungs: readonly Rung[]
  /** In the order given; those without a scored result are left out. */
  readonly sessions: readonly LadderSession[]
}

/** Null for measures without prompts. Second observers and sessions of other measures are left out. */
export function ladderOf(measure: Measure, states: readonly SessionState[]): Ladder | null {
  if (!('prompts' in measure)) return null
  const fromLeast =
    measure.prompts.direction === 'most_to_least' || measure.prompts.direction === 'graduated'
      ? measure.prompts.levels.toReversed()
      : measure.prompts.levels
  const sessions = states.filter((one) => one.observer === 'primary' && 'prompts' in one.measure)
  const known = new Set(fromLeast.map((level) => level.code))
  const others = new Map<string, string>()
  for (const one of sessions)
    for (const code of Object.keys(one.levels)) {
      const level = code.startsWith('+') ? code.slice(1) : ''
      if (level !== '' && !known.has(level)) others.set(level, labelIn(one.measure, level))
    }
  const rungs: Rung[] = [
    { kind: 'independent' },
    ...fromLeast.map(({ code, label }): Rung => ({ kind: 'prompt', code, label })),
    ...[...others].map(([code, label]): Rung => ({ kind: 'prompt', code, label })),
    { kind: 'not_yet' },
    { kind: 'no_response' },
    { kind: 'refused' },
  ]
  return {
    rungs,
    sessions: sessions.flatMap((one) => {
      const counts = rungs.map(() => 0)
      for (const [code, count] of Object.entries(one.levels)) {
        const rung = rungIndex(rungs, code)
        if (rung >= 0) counts[rung] = (counts[rung] ?? 0) + count
      }
      const total = counts.reduce((sum, count) => sum + count, 0)
      if (total === 0) return []
      const most = Math.max(...counts)
      const mode = counts.flatMap((count, rung) => (count === most ? [rung] : []))
      return [{ session: one.session, counts, total, mode, median: middleOf(counts, total) }]
    }),
  }
}

/** Index of the rung that a code stands on; −1 for one that is no opportunity. */
function rungIndex(rungs: readonly Rung[], code: string): number {
  if (!isScored({ result: code })) return -1
  if (code === '+') return 0
  if (code.startsWith('+'))
    return rungs.findIndex((rung) => rung.kind === 'prompt' && rung.code === code.slice(1))
  const kind = code === 'NR' ? 'no_response' : code === 'R' ? 'refused' : 'not_yet'
  return rungs.findIndex((rung) => rung.kind === kind)
}

/** The rungs of the two middle results in order; one where they are the same. */
function middleOf(counts: readonly number[], total: number): number[] {
  const at = (nth: number) => {
    let passed = 0
    return counts.findIndex((count) => (passed += count) > nth)
  }
  const [low, high] = [at(Math.ceil(total / 2) - 1), at(Math.floor(total / 2))]
  return low === high ? [low] : [low, high]
}

function labelIn(measure: SessionState['measure'], code: string): string {
  const levels = 'prompts' in measure ? measure.prompts.levels : []
  return levels.find((level) => level.code === code)?.label ?? code
}
