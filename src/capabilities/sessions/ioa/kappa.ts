/**
 * Agreement beyond what chance would give: Cohen, J. (1960). A coefficient of agreement for nominal scales.
 * Educational and Psychological Measurement, 20(1), 37–46; weighted: Cohen, J. (1968). Psychological Bulletin, 70(4),
 * 213–220. Both come out as a pair of integers: numerator ÷ denominator, −1 to 1.
 */
import type { Ratio } from './ratio.ts'
import { paired } from './score.ts'

/**
 * (p_o − p_e) ÷ (1 − p_e) over categories. Null without items, and when both used one and the same category
 * throughout: then chance explains everything and kappa says nothing.
 */
export function cohenKappa<T>(a: readonly T[], b: readonly T[]): Ratio | null {
  const n = a.length
  const agreed = paired(a, b).filter(([x, y]) => x === y).length
  const timesA = frequencies(a)
  const timesB = frequencies(b)
  const byChance = [...timesA].reduce((sum, [value, times]) => sum + times * (timesB.get(value) ?? 0), 0)
  // p_o = agreed ÷ n and p_e = byChance ÷ n²; both sides are multiplied by n².
  return n * n === byChance ? null : { numerator: n * agreed - byChance, denominator: n * n - byChance }
}

/**
 * Weighted kappa of ordered levels: a disagreement weighs as many steps as the two lie apart (`linear`), or their
 * square (`quadratic`). `levels`: all levels of the scale in order; without it those that were used, each one step
 * from the next. Null without items, and when nobody could have disagreed. Throws a RangeError for a value that is no
 * level.
 */
export function weightedKappa(
  a: readonly number[],
  b: readonly number[],
  weights: 'linear' | 'quadratic',
  levels: readonly number[] = [...new Set([...a, ...b])].toSorted((x, y) => x - y),
): Ratio | null {
  const stepOf = (value: number): number => {
    const step = levels.indexOf(value)
    if (step < 0) throw new RangeError('a value is no level of the scale')
    return step
  }
  const weigh = (x: number, y: number): number => Math.abs(x - y) ** (weights === 'linear' ? 1 : 2)
  const pairs = paired(a.map(stepOf), b.map(stepOf))
  const observed = pairs.reduce((sum, [x, y]) => sum + weigh(x, y), 0) * pairs.length
  const timesB = frequencies(pairs.map(([, y]) => y))
  let byChance = 0
  for (const [x, timesX] of frequencies(pairs.map(([step]) => step)))
    for (const [y, timesY] of timesB) byChance += timesX * timesY * weigh(x, y)
  return byChance === 0 ? null : { numerator: byChance - observed, denominator: byChance }
}

function frequencies<T>(values: readonly T[]): Map<T, number> {
  const times = new Map<T, number>()
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1)
  return times
}
