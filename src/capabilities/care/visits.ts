/**
 * Whether two people who were there recorded the same visits to the toilet (domain C18 “event agreement”, D.8). The
 * definition is this product's: visits are one event when they lie within the tolerance of the schedule, ±10 minutes
 * (domain C.5), nearest first; they agree when the result is the same and both, or neither, call it an accident.
 */
import { isWithin, NOTHING_SEEN, type Score, type Span } from '../sessions/ioa/score.ts'
import { itemByItem } from '../sessions/ioa/items.ts'
import { pairNearest } from '../sessions/nearest.ts'
import type { CareLog, Visit } from './rules.ts'

const SAME_VISIT_MS = 600_000

/**
 * Visits that agree ÷ visits that either recorded; what only one of them recorded is a disagreement. What the first
 * recorded before or after the span counts only where it pairs. Nothing from both is agreement on non-occurrence.
 */
export function visitByVisit(
  primary: Pick<CareLog, 'entries'>,
  second: Pick<CareLog, 'entries'>,
  span: Span,
): Score {
  const [a, b] = [primary.entries.filter(isVisit), second.entries.filter(isVisit)]
  const pairs = pairNearest(a, b, ({ at }) => Date.parse(at), SAME_VISIT_MS)
  const taken = new Set(pairs.flat())
  const missed = a.filter((visit) => !taken.has(visit) && isWithin(visit.at, span))
  const added = b.filter((visit) => !taken.has(visit))
  const score = itemByItem<Visit>(
    [...pairs.map(([x]) => x), ...missed, ...added.map(() => null)],
    [...pairs.map(([, y]) => y), ...missed.map(() => null), ...added],
    (x, y) => x.result === y.result && (x.visit === 'accident') === (y.visit === 'accident'),
  )
  return score ?? NOTHING_SEEN
}

function isVisit(entry: CareLog['entries'][number]): entry is Visit {
  return entry.noun === 'toileting'
}
