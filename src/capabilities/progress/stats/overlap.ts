/**
 * How little the points of two neighboring phases overlap (domain D.10): an A phase and the B phase after it. Each
 * index is oriented by the improvement that is wanted, so that larger is better whether behavior should increase or
 * decrease. Called by the teacher's view of effect sizes and by `handrail analyze`.
 *
 * These numbers describe a change between phases. Whether one may be shown at all is decided in showing.ts, and
 * which of its variants it is stands in variants.ts. No standard errors: published calculators disagree on them.
 */
import { median } from './median.ts'
import { theilSen } from './theil-sen.ts'

export type Improvement = 'increase' | 'decrease'

/** Proportions 0–1 (`nap`, `pnd`, `pem`) and −1–1 (`tau`, `tau_bc`; `tau_u` may exceed that). Null = not computable. */
export interface Overlap {
  readonly nap: number | null
  readonly pnd: number | null
  readonly pem: number | null
  readonly tau: number | null
  readonly tau_u: number | null
  readonly tau_bc: number | null
}

/** All indices of the values of A and of B, each in their order in time, missing values left out. */
export function overlapOf(a: readonly number[], b: readonly number[], improvement: Improvement): Overlap {
  const sign = improvement === 'increase' ? 1 : -1
  const [baseline, treatment] = [a, b].map((values) => values.map((value) => sign * value)) as [
    number[],
    number[],
  ]
  return {
    nap: nap(baseline, treatment),
    pnd: pnd(baseline, treatment),
    pem: pem(baseline, treatment),
    tau: tau(baseline, treatment),
    tau_u: tauU(baseline, treatment),
    tau_bc: tauBc(baseline, treatment),
  }
}

/** Share of all A–B pairs in which B is better; a tie counts half (Parker & Vannest, 2009). = (tau + 1) ÷ 2 */
function nap(a: readonly number[], b: readonly number[]): number | null {
  const pairs = a.length * b.length
  if (pairs === 0) return null
  const { wins, ties } = compare(a, b)
  return (wins + ties / 2) / pairs
}

/** Share of B beyond the best point of A; a tie with it does not count (Scruggs, Mastropieri & Casto, 1987). */
function pnd(a: readonly number[], b: readonly number[]): number | null {
  if (a.length === 0 || b.length === 0) return null
  const best = a.reduce((most, value) => Math.max(most, value), -Infinity)
  return b.filter((value) => value > best).length / b.length
}

/** Share of B beyond the median of A; a tie with it counts half (Ma, 2006, as SingleCaseES has it; scan does not). */
function pem(a: readonly number[], b: readonly number[]): number | null {
  if (a.length === 0 || b.length === 0) return null
  const { wins, ties } = compare([median(a)], b)
  return (wins + ties / 2) / b.length
}

/** (wins − losses) ÷ all A–B pairs. */
function tau(a: readonly number[], b: readonly number[]): number | null {
  const pairs = a.length * b.length
  return pairs === 0 ? null : balance(compare(a, b)) / pairs
}

/**
 * (S of A against B − S of the trend in A) ÷ all A–B pairs, S = wins − losses (Parker, Vannest, Davis & Sauber,
 * 2011). The divisor leaves the pairs within A out, so that a steep baseline can take it beyond ±1.
 */
function tauU(a: readonly number[], b: readonly number[]): number | null {
  const pairs = a.length * b.length
  if (pairs === 0) return null
  const trend = a.reduce((sum, value, i) => sum + balance(compare([value], a.slice(i + 1))), 0)
  return (balance(compare(a, b)) - trend) / pairs
}

/**
 * Tau after the Theil–Sen line of A has been taken out of both phases (Tarlow, 2017), always, without a test first;
 * x = 1, 2, … over the values of A and then of B. Residuals are compared as double precision gives them, in the
 * order of operations of SingleCaseES: two that would tie on paper may be told apart, there as here.
 */
function tauBc(a: readonly number[], b: readonly number[]): number | null {
  const line = theilSen(a.map((y, i) => ({ x: i + 1, y })))
  if (!line) return null
  const residual = (y: number, i: number): number => y - line.intercept - line.slope * (i + 1)
  return tau(
    a.map(residual),
    b.map((y, i) => residual(y, a.length + i)),
  )
}

interface Comparison {
  readonly wins: number
  readonly losses: number
  readonly ties: number
}

/** Each value of `later` against each of `earlier`. */
function compare(earlier: readonly number[], later: readonly number[]): Comparison {
  let wins = 0
  let losses = 0
  for (const before of earlier) {
    for (const after of later) {
      if (after > before) wins += 1
      else if (after < before) losses += 1
    }
  }
  return { wins, losses, ties: earlier.length * later.length - wins - losses }
}

function balance({ wins, losses }: Comparison): number {
  return wins - losses
}
