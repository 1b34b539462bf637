/** Aim lines (domain D.1): where a goal's line starts, where it stands on a day, how steep it is. */
import { daysBetween, type Day } from '../../platform/core/days.ts'
import type { AimBody } from './records.ts'
import { median } from './stats/median.ts'

type AimEnds = Pick<AimBody, 'from' | 'from_value' | 'to' | 'to_value'>

/**
 * The aim line's value on a day: y₀ + (y_T − y₀)·(x − x₀)/(x_T − x₀), x in calendar days. Null before the line
 * starts and after it ends. With `percent` the value stays within 0 and 100.
 */
export function aimValueAt(aim: AimEnds, day: Day, options: { percent?: boolean } = {}): number | null {
  const span = daysBetween(aim.from, aim.to)
  const passed = daysBetween(aim.from, day)
  if (passed < 0 || passed > span) return null
  const share = span === 0 ? 1 : passed / span
  const value = aim.from_value + (aim.to_value - aim.from_value) * share
  return options.percent ? Math.min(100, Math.max(0, value)) : value
}

/** Change of the aim line in seven calendar days; null for a line that ends on the day it starts. */
export function aimSlopePerWeek(aim: AimEnds): number | null {
  const span = daysBetween(aim.from, aim.to)
  return span === 0 ? null : ((aim.to_value - aim.from_value) / span) * 7
}

/**
 * Where an aim line starts: the median of the last three baseline points that count for decisions, on the day
 * of the last of them. Null with fewer than three.
 */
export function aimStart(
  baseline: readonly { readonly day: Day | null; readonly y: number | null; readonly decides: boolean }[],
): { readonly day: Day; readonly value: number } | null {
  const last = baseline
    .filter((point) => point.decides)
    .flatMap(({ day, y }) => (day === null || y === null ? [] : [{ day, y }]))
    .slice(-3)
  const end = last[2]
  return end ? { day: end.day, value: median(last.map((point) => point.y)) } : null
}
