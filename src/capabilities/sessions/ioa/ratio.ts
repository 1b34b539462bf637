/** Fractions of two observers' numbers, kept as pairs so that 4/5 is never 79.999 %. */

export interface Ratio {
  readonly numerator: number
  /** Never 0. */
  readonly denominator: number
}

/** Shares whose exact common denominator is too large for a number are kept in these parts. */
const PARTS = 1e12

/** Smaller ÷ larger of two numbers that are not negative; two zeros agree fully. */
export function smallerOverLarger(a: number, b: number): Ratio {
  if (a === b) return { numerator: 1, denominator: 1 }
  return { numerator: Math.min(a, b), denominator: Math.max(a, b) }
}

/**
 * The mean, as one pair. Exact, in integers, while all pairs are of integers and their common denominator fits in a
 * number; otherwise each share is first rounded to 10⁻¹². Throws a RangeError for an empty list.
 */
export function meanOf(ratios: readonly Ratio[]): Ratio {
  if (ratios.length === 0) throw new RangeError('mean of nothing')
  const common = commonDenominator(ratios)
  const sum = ratios.reduce(
    (total, { numerator, denominator }) =>
      total + (common ? numerator * (common / denominator) : Math.round((numerator / denominator) * PARTS)),
    0,
  )
  return { numerator: sum, denominator: (common ?? PARTS) * ratios.length }
}

/** The least common denominator; null when something is no integer, or it would not stay exact. */
function commonDenominator(ratios: readonly Ratio[]): number | null {
  let common = 1
  for (const { numerator, denominator } of ratios) {
    if (!Number.isInteger(numerator) || !Number.isInteger(denominator)) return null
    common = (common / greatestDivisor(common, denominator)) * denominator
    if (common * ratios.length > Number.MAX_SAFE_INTEGER) return null
  }
  return common
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}
