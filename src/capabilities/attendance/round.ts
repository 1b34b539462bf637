/** Looks that go round a class (domain C8c): whose turn it is, and what a student's looks come to. Pure. */
import type { Uuid } from '../../platform/core/ids.ts'
import type { StudentDay } from './rules.ts'

/** How long after its cue a look still counts (domain C.2: 5 s). */
export const TOLERANCE_MS = 5000

export interface Look {
  /** The last cue that has come, 1-based; 0 before the first. */
  readonly n: number
  /** Milliseconds since it. */
  readonly into: number
  /** Whole seconds until the next one. */
  readonly left: number
  /** Who is to be looked at; null while nobody is asked about. */
  readonly student: Uuid | null
}

/** Where a round stands so many milliseconds after its start: a cue at the end of each interval, one student a cue. */
export function lookAt(
  ms: number,
  { everyMs, students }: { readonly everyMs: number; readonly students: readonly Uuid[] },
): Look {
  const n = Math.floor(ms / everyMs)
  const into = ms - n * everyMs
  const isAsked = n > 0 && into <= TOLERANCE_MS
  const student = isAsked ? (students[(n - 1) % students.length] ?? null) : null
  return { n, into, left: Math.ceil((everyMs - into) / 1000), student }
}

/**
 * One adult's looks at a student in a block: looks on task ÷ looks taken, their rounds pooled. Null without a look: never
 * 0, and never added to what another adult saw.
 */
export function onTaskOf(
  day: Pick<StudentDay, 'rounds'> | null,
  block: string,
  by: Uuid,
): { readonly numerator: number; readonly denominator: number } | null {
  const own = (day?.rounds ?? []).filter((round) => round.block === block && round.by === by)
  const denominator = own.reduce((sum, round) => sum + round.denominator, 0)
  if (denominator === 0) return null
  return { numerator: own.reduce((sum, round) => sum + round.numerator, 0), denominator }
}
