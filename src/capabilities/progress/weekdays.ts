/**
 * Like weekdays against each other, for behaviors with weekly cycles (domain D.3): Mondays with Mondays, in the stretch
 * that goes on now and in the one before it. Only points that count for decisions. It describes and decides nothing; a
 * weekday with too few points has no value of its own, and what is missing is said. Pure.
 */
import { weekday } from '../../platform/core/days.ts'
import type { GraphModel, Level } from './graph.ts'
import { levelOf } from './level.ts'
import { countedIn, stretchesOf } from './stretches.ts'

/** Points that a weekday needs before they are summed up: as many as a median of baseline has (domain D.1). */
export const LEAST_LIKE_DAYS = 3

/** One weekday within one stretch. `level` is null below the minimum. */
export interface LikeDays {
  readonly n: number
  readonly level: Level | null
}

export interface Weekdays {
  /** Indexes of the phases that begin the stretches: the one before, if there is one, and the one now. */
  readonly phases: readonly number[]
  /** Weekdays with points, ascending; `days` in the order of `phases`. */
  readonly rows: readonly { readonly weekday: number; readonly days: readonly LikeDays[] }[]
  /** The newest point against its like weekdays before it in this stretch. */
  readonly newest: {
    readonly key: string
    readonly weekday: number
    readonly value: number
    readonly before: LikeDays
  } | null
  /** At least two weekdays of this stretch have enough points: otherwise nothing can be compared. */
  readonly enough: boolean
}

/** Null where points have no days (published data) or no level (yes and no), or where it always ran on one weekday. */
export function weekdaysOf(model: GraphModel): Weekdays | null {
  if (model.axis.x.kind !== 'day' || model.axis.y.unit.kind === 'yes_no') return null
  const stretches = stretchesOf(model, 'theil_sen')
    .filter(({ n }) => n > 0)
    .slice(-2)
  const points = stretches.map(({ first, last }) =>
    countedIn(model, first, last).flatMap(({ key, day, y }) =>
      day === null ? [] : [{ key, weekday: weekday(day), y }],
    ),
  )
  const all = [...new Set(points.flat().map((point) => point.weekday))].sort((a, b) => a - b)
  if (all.length < 2) return null
  const like = (of: readonly { weekday: number; y: number }[], day: number): LikeDays => {
    const values = of.filter((point) => point.weekday === day).map(({ y }) => y)
    return { n: values.length, level: values.length < LEAST_LIKE_DAYS ? null : levelOf(values) }
  }
  const now = points.at(-1) ?? []
  const last = now.at(-1)
  const rows = all.map((day) => ({ weekday: day, days: points.map((of) => like(of, day)) }))
  return {
    phases: stretches.map(({ first }) => first),
    rows,
    newest: last
      ? {
          key: last.key,
          weekday: last.weekday,
          value: last.y,
          before: like(now.slice(0, -1), last.weekday),
        }
      : null,
    enough: rows.filter(({ days }) => (days.at(-1)?.level ?? null) !== null).length > 1,
  }
}
