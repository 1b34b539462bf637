/**
 * Agreement on intervals (domain C8): in each, whether the behavior was scored. Null stands for an interval that an
 * observer missed; it is left out for both, because nothing can be said of it.
 */
import { paired, type Score } from './score.ts'

type Scored = readonly (boolean | null)[]

/** Intervals scored alike ÷ intervals. Null without intervals. */
export function intervalByInterval(a: Scored, b: Scored): Score | null {
  return share(a, b, () => true)
}

/** Of the intervals that either scored, those that both did: for behavior that is rare. Null when neither scored one. */
export function scoredInterval(a: Scored, b: Scored): Score | null {
  return share(a, b, ([x, y]) => x || y)
}

/** Of the intervals that either left unscored, those that both did: for behavior that is frequent. */
export function unscoredInterval(a: Scored, b: Scored): Score | null {
  return share(a, b, ([x, y]) => !x || !y)
}

/** The formula that fits how much was scored (domain C8a): below 30 % scored-interval, above 70 % unscored-interval. */
export function intervalFormulaFor(
  scored: number,
  observed: number,
): 'interval_by_interval' | 'scored_interval' | 'unscored_interval' {
  if (scored * 10 < observed * 3) return 'scored_interval'
  return scored * 10 > observed * 7 ? 'unscored_interval' : 'interval_by_interval'
}

type Both = readonly [boolean, boolean]

function share(a: Scored, b: Scored, eligible: (both: Both) => boolean): Score | null {
  const observed = paired(a, b).filter((both): both is Both => both[0] !== null && both[1] !== null)
  const among = observed.filter(eligible)
  if (among.length === 0) return null
  const agreed = among.filter(([x, y]) => x === y).length
  const nonOccurrence = observed.every(([x, y]) => !x && !y)
  return { agreed, total: among.length, items: among.length, nonOccurrence }
}
