/**
 * A final report against the data as they stand now: what was corrected, withdrawn or typed in since, among the sessions
 * its numbers rest on. The report is never scored again; this says that somebody should look (domain B.8). Pure.
 */
import type { Goal } from '../progress/goal.ts'
import { restsNow } from './goal-report.ts'
import type { FinalBody, Rest } from './records.ts'

export interface Amendment {
  readonly program: string
  readonly title: string
  readonly day: string
  readonly act: 'changed' | 'withdrawn' | 'added'
  /** The pairs before and now; null where there is none. */
  readonly before: Pair | null
  readonly now: Pair | null
}

export interface Pair {
  readonly numerator: number | null
  readonly denominator: number | null
}

/** In the order of the report's goals, then of days. A goal that this device does not hold says nothing. */
export function amendmentsOf(
  { goals, period }: Pick<FinalBody, 'goals' | 'period'>,
  held: readonly Pick<Goal, 'program' | 'version' | 'input' | 'decisions'>[],
): Amendment[] {
  return goals.flatMap(({ program, title, rests }) => {
    const goal = held.find((one) => one.program === program)
    if (!goal) return []
    const now = new Map(restsNow(goal, period).map((rest) => [rest[0], rest]))
    const then = new Map(rests.map((rest) => [rest[0], rest]))
    const found: Amendment[] = []
    for (const [session, rest] of then) {
      const other = now.get(session) ?? stillThere(goal, session, rest)
      if (!other) found.push(amendment('withdrawn', rest[1], rest, null))
      else if (differs(rest, other)) found.push(amendment('changed', rest[1], rest, other))
    }
    for (const [session, rest] of now)
      // an earlier one that moved up into the last three is no news
      if (!then.has(session) && rest[1] >= period.from) found.push(amendment('added', rest[1], null, rest))
    return found.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))

    function amendment(
      act: Amendment['act'],
      day: string,
      before: Rest | null,
      after: Rest | null,
    ): Amendment {
      return { program, title, day, act, before: pairOf(before), now: pairOf(after) }
    }
  })
}

/** A session that no longer belongs to the last three, because another came in late, was not changed by that. */
function stillThere(goal: Pick<Goal, 'input'>, session: string, rest: Rest): Rest | null {
  const state = goal.input.sessions.find((one) => one.session === session && one.status !== 'open')
  if (!state) return null
  const { numerator, denominator, validity } = state.summary
  return [session, state.day, numerator, denominator, rest[4] === 'older' ? 'older' : validity]
}

function differs(a: Rest, b: Rest): boolean {
  return a.some((part, n) => part !== b[n])
}

function pairOf(rest: Rest | null): Pair | null {
  return rest && { numerator: rest[2], denominator: rest[3] }
}
