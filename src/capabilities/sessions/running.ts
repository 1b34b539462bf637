/**
 * A timer that nobody stopped (domain C.3). It is asked about when it runs longer than twice the longest one before, or
 * than 20 minutes, whichever is more, and when the block is over; a quarter of an hour after the block it stops by
 * itself, as partial, and its start is never taken away. Pure: whoever asks says what time it is.
 */
import type { SessionState } from './state.ts'

const MINUTE = 60_000
/** Never asked before this, while the block lasts. */
const ASK_FROM_MS = 20 * MINUTE
/** It stops by itself this long after its block. */
export const STOP_AFTER_BLOCK_MS = 15 * MINUTE

export interface RunningTimer {
  /** When it began, and until when the block lasts, in which it began; ms since the epoch. */
  readonly began: number
  readonly blockEnd: number
  /** How long it has run, ms. */
  readonly ms: number
  /** The longest one before it, ms; 0 when there was none. */
  readonly longest: number
}

/** What to do about it now: `long` and `block_over` ask whether it still happens. */
export function adviceOn(timer: RunningTimer, now: number): 'let_run' | 'long' | 'block_over' | 'stop' {
  const { began, blockEnd, ms, longest } = timer
  const isOver = began < blockEnd && now >= blockEnd
  if (isOver && now >= blockEnd + STOP_AFTER_BLOCK_MS) return 'stop'
  if (ms >= Math.max(2 * longest, ASK_FROM_MS)) return 'long'
  return isOver ? 'block_over' : 'let_run'
}

/** The longest episode or latency of these sessions, ms; the one that still runs has no length. */
export function longestOf(states: readonly Pick<SessionState, 'items'>[]): number {
  return Math.max(0, ...states.flatMap(({ items }) => items.map(({ ms }) => ms ?? 0)))
}
