/**
 * What the phases of a goal say by themselves and against each other (domain D.2, D.4): trend, level and variability
 * of each stretch between major phase lines, and what changed at once at each such line. Only points that count for
 * decisions are used. A trend goes on across a minor line and never across a major one. Pure; no p-values, and no
 * word about causes.
 */
import { dayNumber } from './calendar.ts'
import type { GraphModel, GraphPoint } from './graph.ts'
import { mad, median } from './stats/median.ts'
import { MIN_TREND_POINTS, trendAt, trendOf, type TrendMethod } from './stats/trend.ts'

/** A straight line in the units of the graph. */
export interface Sloped {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

export interface StretchTrend extends Sloped {
  /** Change in seven calendar days; for imported data, from one session number to the next. */
  readonly perWeek: number
  /** Points it was drawn through. */
  readonly n: number
}

export interface Stretch {
  /** Indexes into `phases`: the major phase that begins it, and the last phase of it. */
  readonly first: number
  readonly last: number
  /** Points that count. */
  readonly n: number
  /** x of the first and the last of them; null without any. */
  readonly x1: number | null
  readonly x2: number | null
  readonly median: number | null
  /** Median absolute deviation from the median; null without points. */
  readonly mad: number | null
  /** Null with fewer than six points, or where no line can be drawn. */
  readonly trend: StretchTrend | null
}

/** Median of the last three points before a major line against the first three after it. */
export interface Immediacy {
  /** Index of the stretch that begins at the line. */
  readonly stretch: number
  readonly before: number
  readonly after: number
}

/** How many points on each side of a line say what changed at once (domain D.4). */
const NEAR = 3

/** More pairs of points than this would take longer than a reader waits for a line. */
export const MOST_TREND_POINTS = 2000

/** The stretches in order; at least one. Answers of yes and no have neither level nor trend. */
export function stretchesOf(model: GraphModel, method: TrendMethod): Stretch[] {
  const counted = countedByPhase(model)
  return beginnings(model).map((first, nth, all): Stretch => {
    const last = (all[nth + 1] ?? model.phases.length) - 1
    const points = counted.slice(first, last + 1).flat()
    const values = points.map((point) => point.y)
    const measured = values.length > 0 && model.axis.y.unit.kind !== 'yes_no'
    return {
      first,
      last,
      n: points.length,
      x1: points[0]?.x ?? null,
      x2: points.at(-1)?.x ?? null,
      median: measured ? median(values) : null,
      mad: measured ? mad(values) : null,
      trend: measured ? trendIn(points, method, model.axis.x.kind) : null,
    }
  })
}

/** One for each major line with at least three points that count on both sides. */
export function immediacies(model: GraphModel): Immediacy[] {
  if (model.axis.y.unit.kind === 'yes_no') return []
  const starts = beginnings(model)
  const counted = countedByPhase(model)
  return starts.flatMap((first, stretch) => {
    const previous = starts[stretch - 1]
    if (previous === undefined) return []
    const before = counted.slice(previous, first).flat().slice(-NEAR)
    const after = counted
      .slice(first, starts[stretch + 1])
      .flat()
      .slice(0, NEAR)
    if (before.length < NEAR || after.length < NEAR) return []
    return [{ stretch, before: median(before.map(({ y }) => y)), after: median(after.map(({ y }) => y)) }]
  })
}

type Counted = GraphPoint & { readonly y: number }

/** Points that count, in the phases from `first` to `last`, in order. */
export function countedIn(model: Pick<GraphModel, 'points'>, first: number, last: number): Counted[] {
  return model.points.filter(
    (point): point is Counted => counts(point) && point.phase >= first && point.phase <= last,
  )
}

const counts = (point: GraphPoint): point is Counted => point.decides && point.y !== null

/** For each phase its points that count, in order. Phases follow one another, and so do their points. */
function countedByPhase({ points, phases }: GraphModel): Counted[][] {
  const found = phases.map((): Counted[] => [])
  for (const point of points) if (counts(point)) found[point.phase]?.push(point)
  return found
}

/** Indexes of the phases at which a stretch begins. */
function beginnings({ phases }: GraphModel): number[] {
  return phases.flatMap((phase, index) => (index === 0 || phase.major ? [index] : []))
}

/** x is the calendar day: two sessions of a day stand side by side on the graph, and at one place in the line. */
function trendIn(
  points: readonly Counted[],
  method: TrendMethod,
  kind: 'day' | 'session',
): StretchTrend | null {
  if (points.length < MIN_TREND_POINTS || points.length > MOST_TREND_POINTS) return null
  const placed = points.map(({ x, y, day }) => ({ x: day === null ? x : dayNumber(day), y }))
  // from the first day on, so that the intercept is no number far outside the data
  const start = placed[0]?.x ?? 0
  const line = trendOf(
    method,
    placed.map(({ x, y }) => ({ x: x - start, y })),
  )
  const end = placed.at(-1)?.x ?? start
  if (!line) return null
  return {
    x1: start,
    y1: trendAt(line, 0),
    x2: end,
    y2: trendAt(line, end - start),
    perWeek: line.slope * (kind === 'day' ? 7 : 1),
    n: line.n,
  }
}
