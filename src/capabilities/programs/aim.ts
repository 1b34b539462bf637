/** The aim line that is proposed for a program: from the median of its last baseline points to a goal (domain D.1). */
import { addDays, type Day } from '../../platform/core/days.ts'
import type { GraphPoint } from '../progress/graph.ts'
import { median } from '../progress/stats/median.ts'

/** Baseline points that the start is the median of. */
const POINTS = 3
/** Until the goal's day unless the owner says otherwise: an instructional year, in weeks (example of domain D.1). */
const WEEKS = 36

export interface ProposedStart {
  /** Day of the last baseline point. */
  readonly from: Day
  /** On the graph's axis. */
  readonly value: number
  /** The values it is the median of, oldest first. */
  readonly of: readonly number[]
}

/** Null without a baseline point that counts. Fewer than three are used as they are, and shown. */
export function baselineStart(
  points: readonly Pick<GraphPoint, 'condition' | 'decides' | 'day' | 'y'>[],
): ProposedStart | null {
  const baseline = points.flatMap(({ condition, decides, day, y }) =>
    condition === 'baseline' && decides && day !== null && y !== null ? [{ day, y }] : [],
  )
  const last = baseline.slice(-POINTS)
  const from = last.at(-1)?.day
  if (from === undefined) return null
  const of = last.map(({ y }) => y)
  return { from, value: median(of), of }
}

/** The day by which the goal is to be reached, proposed. */
export function goalDay(from: Day): Day {
  return addDays(from, WEEKS * 7)
}
