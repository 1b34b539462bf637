/**
 * What the points of the current phase suggest (domain D.3): an outcome, the points it rests on and why. The order is
 * fidelity gate, data gate, point rule, trend; the bounce of the data is told beside it. Mirrored for goals of
 * decrease; a point on the line is on neither side. It never changes anything: an owner decides (proposals.ts), and
 * the words are the screen's.
 *
 * Point rules misclassify often (simulation of the four-point rule, doi 10.1177/0734282917729263), so an outcome is
 * something to consider and always comes with its points.
 */
import { daysBetween, type Day } from '../../platform/core/days.ts'
import { aimSlopePerWeek, aimValueAt } from './aim.ts'
import { dayNumber } from './calendar.ts'
import { isGoodFidelity, type FidelityScore } from './fidelity.ts'
import type { Goal } from './goal.ts'
import type { GraphPoint } from './graph.ts'
import type { DecisionPack, FidelityRules } from './packs.ts'
import type { AimBody } from './records.ts'
import { median } from './stats/median.ts'
import { pointRule, trendRule, type Advice } from './stats/advice.ts'
import { perWeek, trendAt, trendOf, type Trend } from './stats/trend.ts'
import { aimScale } from './unit.ts'

export type Outcome =
  /** The implementation was not checked lately, or the check was low: that comes before any change. */
  | {
      readonly code: 'check_implementation'
      readonly why: 'none' | 'old' | 'low'
      readonly last: FidelityScore | null
      /** What the points would suggest; `continue` where they suggest nothing yet. */
      readonly would: Advice
    }
  | {
      readonly code: 'keep_collecting'
      readonly n: number
      readonly needPoints: number
      /** Whole weeks in the phase. */
      readonly weeks: number
      readonly needWeeks: number
    }
  | { readonly code: 'change' | 'raise'; readonly rule: 'points'; readonly n: number }
  | {
      readonly code: 'change' | 'raise'
      readonly rule: 'trend'
      readonly n: number
      /** Per week, in the unit of the axis. */
      readonly slope: number
      readonly aimSlope: number
      /** Where the trend is on the last day of the aim line, and where the line is. */
      readonly projected: number
      readonly goal: number
    }
  | { readonly code: 'continue' }

export interface Decision {
  readonly outcome: Outcome
  /** Keys of the points that the outcome rests on, in order. */
  readonly points: readonly string[]
  /** The data scatter around their trend by more than the pack's share of the axis. */
  readonly bounce: Bounce | null
}

export interface Bounce {
  /** Median distance from the trend, and the axis' length, in the unit of the axis. */
  readonly distance: number
  readonly range: number
  readonly points: readonly string[]
}

export interface DecisionInput {
  readonly goal: Pick<Goal, 'model' | 'input'>
  /** Newest check of the implementation of this program, by anyone. */
  readonly fidelity: FidelityScore | null
  readonly today: Day
  readonly pack: DecisionPack
  readonly rules: FidelityRules
}

/**
 * Null where there is nothing to decide by these rules: no aim line on this axis, baseline, maintenance, data of a
 * published source.
 */
export function decide({ goal, fidelity, today, pack, rules }: DecisionInput): Decision | null {
  const { model, input } = goal
  const line = lineOf(goal)
  const phase = phaseOf(model)
  if (!line || !phase || phase.condition === 'baseline' || phase.condition === 'maintenance') return null
  const points = model.points.flatMap((point): Decided[] => {
    const { y, day } = point
    if (!point.decides || y === null || day === null || point.phase < phase.index) return []
    return [{ key: point.key, x: point.x, day, value: y, aim: near(line.at(day), y) }]
  })

  const trend = points.length >= pack.trendPoints ? trendThrough(points) : null
  const result = byData(points, trend, phase.from, line, input.program.direction, pack)
  const bounce = trend && bounceOf(points, trend, model.axis.y, pack)
  const gate = pack.fidelityGate ? fidelityGap(fidelity, today, input.schoolDays, rules) : null
  if (!gate) return { ...result, bounce }
  const { code } = result.outcome
  const would = code === 'change' || code === 'raise' ? code : 'continue'
  return {
    outcome: { code: 'check_implementation', why: gate, last: fidelity, would },
    points: result.points,
    bounce,
  }
}

interface Decided {
  readonly key: string
  readonly x: number
  readonly day: Day
  readonly value: number
  /** Null where the line does not reach. */
  readonly aim: number | null
}

interface Line {
  readonly aim: AimBody
  readonly scale: number
  at(day: Day): number | null
}

function byData(
  points: readonly Decided[],
  trend: Trend | null,
  from: Day | null,
  line: Line,
  direction: 'increase' | 'decrease',
  pack: DecisionPack,
): Pick<Decision, 'outcome' | 'points'> {
  const keys = (some: readonly Decided[]) => some.map((point) => point.key)
  const first = from ?? points[0]?.day
  const last = points.at(-1)?.day
  const days = first === undefined || last === undefined ? 0 : daysBetween(first, last)
  if (points.length < pack.minPoints || days < pack.minWeeks * 7) {
    const weeks = Math.floor(days / 7)
    const { minPoints: needPoints, minWeeks: needWeeks } = pack
    return {
      outcome: { code: 'keep_collecting', n: points.length, needPoints, weeks, needWeeks },
      points: keys(points),
    }
  }
  const aimed = points.flatMap((point) => (point.aim === null ? [] : [{ ...point, aim: point.aim }]))
  const code = pointRule(aimed, direction, pack)
  if (code !== 'continue') {
    const n = code === 'change' ? pack.worse : pack.better
    return { outcome: { code, rule: 'points', n }, points: keys(aimed.slice(-n)) }
  }
  const aimSlope = aimSlopePerWeek(line.aim)
  if (!trend || aimSlope === null) return { outcome: { code: 'continue' }, points: [] }
  const slope = perWeek(trend.slope)
  const projected = trendAt(trend, dayNumber(line.aim.to))
  const goal = line.aim.to_value * line.scale
  const aim = near(aimSlope * line.scale, slope)
  const against = { slope, aimSlope: aim, projected, goal: near(goal, projected) }
  const advice = trendRule(against, direction)
  if (advice === 'continue') return { outcome: { code: 'continue' }, points: [] }
  return { outcome: { code: advice, rule: 'trend', n: points.length, ...against }, points: keys(points) }
}

/** Of two numbers that differ by rounding only the other: what is on the line is on neither side of it. */
function near<T extends number | null>(value: T, other: number): T | number {
  return value !== null && Math.abs(value - other) <= 1e-9 * Math.max(1, Math.abs(other)) ? other : value
}

function bounceOf(
  points: readonly Decided[],
  trend: Trend,
  axis: { readonly min: number; readonly max: number },
  pack: DecisionPack,
): Bounce | null {
  const distance = median(points.map(({ x, value }) => Math.abs(value - trendAt(trend, x))))
  const range = axis.max - axis.min
  return distance * 100 > pack.bouncePercent * range
    ? { distance, range, points: points.map((point) => point.key) }
    : null
}

function trendThrough(points: readonly Decided[]): Trend | null {
  return trendOf(
    'theil_sen',
    points.map(({ x, value }) => ({ x, y: value })),
  )
}

/** Why the implementation must be looked at before the teaching is changed; null when it was, and was good. */
function fidelityGap(
  last: FidelityScore | null,
  today: Day,
  schoolDays: readonly Day[],
  rules: FidelityRules,
): 'none' | 'old' | 'low' | null {
  if (!last) return 'none'
  const since = schoolDays.filter((day) => day > last.day && day <= today).length
  if (since > rules.validDays) return 'old'
  return isGoodFidelity(last, rules) ? null : 'low'
}

/** The current aim line on the axis of the graph. */
function lineOf({ model, input }: DecisionInput['goal']): Line | null {
  const { unit } = model.axis.y
  const scale = aimScale(input.program, unit)
  const aim = input.aims.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)).at(-1)
  if (!aim || scale === null) return null
  const percent = unit.kind === 'percent'
  return {
    aim,
    scale,
    at(day) {
      const value = aimValueAt(aim, day, { percent })
      return value === null ? null : value * scale
    },
  }
}

/** The major phase that the newest deciding point is in; minor changes go on within it. */
function phaseOf({ points, phases }: Goal['model']) {
  const newest = points.findLast((point: GraphPoint) => point.decides)?.phase ?? phases.length - 1
  const index = phases.findLastIndex((phase, n) => n <= newest && (phase.major || n === 0))
  const phase = phases[index]
  return phase ? { index, condition: phase.condition, from: phase.from } : null
}
