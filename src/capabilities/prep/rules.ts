/** How a task of prep stands at an instant. Pure; "now" is handed in. */
import type { Task } from './wire.ts'

const MINUTE = 60_000
/** From so long before it is due on, whoever asked is told that it is not ready (domain J: T−30 min). */
const WARN_MS = 30 * MINUTE
/** What is over stays in sight so long, and what was never finished. */
export const DONE_MS = 16 * 60 * MINUTE
export const OPEN_MS = 7 * 24 * 60 * MINUTE

/** `soon`: due within half an hour and not ready. `late`: it was due. */
export type Standing = 'ready' | 'cannot' | 'open' | 'soon' | 'late'

export function standingOf({ is, due }: Pick<Task, 'is' | 'due'>, now: number): Standing {
  if (is === 'done') return 'ready'
  if (is === 'cannot') return 'cannot'
  if (now >= due) return 'late'
  return now >= due - WARN_MS ? 'soon' : 'open'
}

/** Is it still somebody's to look at? What is ready or cannot be goes with its day, what is open after a week. */
export function isCurrent({ is, due }: Pick<Task, 'is' | 'due'>, now: number): boolean {
  return due >= now - (is === 'done' || is === 'cannot' ? DONE_MS : OPEN_MS)
}
