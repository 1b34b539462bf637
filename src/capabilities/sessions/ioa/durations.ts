/** Agreement on times: durations, latencies, times between responses. Any unit; whole milliseconds stay exact. */
import type { Episode } from '../sampling.ts'
import { meanOf, smallerOverLarger, type Ratio } from './ratio.ts'
import type { Score } from './score.ts'

/** Shorter total ÷ longer total. `items` are the occurrences of the observer who saw more. */
export function totalDuration(a: readonly number[], b: readonly number[]): Score {
  const [shorter = 0, longer = 0] = [sum(a), sum(b)].sort((x, y) => x - y)
  const items = Math.max(a.length, b.length)
  return { agreed: shorter, total: longer, items, nonOccurrence: longer === 0 }
}

/**
 * Mean of shorter ÷ longer over pairs in order: latencies of the same opportunities, times between the same
 * responses, durations of occurrences that are known to belong together. What only one of them has, because it is
 * null for the other or beyond the other's last, counts 0; what is null for both is no item.
 */
export function meanPerOccurrence(a: readonly (number | null)[], b: readonly (number | null)[]): Score {
  const length = Math.max(a.length, b.length)
  const pairs = Array.from({ length }, (_, i) => [a[i] ?? null, b[i] ?? null] as const)
  return meanScore(
    pairs
      .filter(([x, y]) => x !== null || y !== null)
      .map(([x, y]) => (x === null || y === null ? UNPAIRED : smallerOverLarger(x, y))),
  )
}

/**
 * Mean duration per occurrence for timed episodes of both observers on one clock: paired by overlap (pairEpisodes),
 * shorter ÷ longer; an episode without a partner counts 0.
 */
export function meanDurationPerOccurrence(a: readonly Episode[], b: readonly Episode[]): Score {
  const pairs = pairEpisodes(a, b)
  const alone = a.length + b.length - 2 * pairs.length
  return meanScore([
    ...pairs.map(([x, y]) => smallerOverLarger(x.offset - x.onset, y.offset - y.onset)),
    ...Array.from({ length: alone }, () => UNPAIRED),
  ])
}

/**
 * The episodes that are one occurrence seen by two: they share at least half of the shorter one. Those that share
 * most are paired first, and each has one partner at most.
 */
export function pairEpisodes(a: readonly Episode[], b: readonly Episode[]): readonly [Episode, Episode][] {
  const candidates = a
    .flatMap((x, i) => b.map((y, j) => ({ x, y, i, j, shared: sharedTime(x, y) })))
    .filter(({ x, y, shared }) => shared >= 0 && shared * 2 >= Math.min(lengthOf(x), lengthOf(y)))
    .toSorted((one, other) => other.shared - one.shared || one.i - other.i || one.j - other.j)
  const taken = { a: new Set<number>(), b: new Set<number>() }
  return candidates.flatMap(({ x, y, i, j }): [Episode, Episode][] => {
    if (taken.a.has(i) || taken.b.has(j)) return []
    taken.a.add(i)
    taken.b.add(j)
    return [[x, y]]
  })
}

const UNPAIRED: Ratio = { numerator: 0, denominator: 1 }

function meanScore(ratios: readonly Ratio[]): Score {
  if (ratios.length === 0) return { agreed: 0, total: 0, items: 0, nonOccurrence: true }
  const { numerator, denominator } = meanOf(ratios)
  return { agreed: numerator, total: denominator, items: ratios.length, nonOccurrence: false }
}

/** Negative when they are apart. */
function sharedTime(x: Episode, y: Episode): number {
  return Math.min(x.offset, y.offset) - Math.max(x.onset, y.onset)
}

function lengthOf({ onset, offset }: Episode): number {
  return offset - onset
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
