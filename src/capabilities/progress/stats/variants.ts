/**
 * Which definition each number follows where published programs differ: stable names for on-screen help and
 * exports. A definition that changes gets another name here, so that old and new numbers are not taken for one.
 */
import type { Overlap } from './overlap.ts'
import type { TrendMethod } from './trend.ts'

export const OVERLAP_VARIANTS = {
  /** Ties count half. */
  nap: 'ties_half',
  /** Points of B strictly beyond the best point of A. */
  pnd: 'strictly_beyond_best_of_a',
  /** Half credit for a tie with the baseline median: SingleCaseES. (scan gives none.) */
  pem: 'ties_half',
  /** A against B, no correction for ties. */
  tau: 'a_vs_b_no_tie_correction',
  /** A against B minus trend A, over the A–B pairs: SingleCaseES; scan with method parker, tau-a. */
  tau_u: 'a_vs_b_minus_trend_a_parker_tau_a',
  /** Theil–Sen correction always applied, no tie correction: SingleCaseES. (scan corrects only after a test.) */
  tau_bc: 'theil_sen_always_no_tie_correction',
} as const satisfies Record<keyof Overlap, string>

export const TREND_VARIANTS = {
  theil_sen: 'median_of_pairwise_slopes',
  ols: 'least_squares',
  /** Middle point of an odd number in neither half; intercept from the median residual. */
  split_middle: 'middle_left_out_median_residual',
  /** The same halves; through the two crossing points, not shifted. */
  quarter_intersect: 'middle_left_out_through_medians',
  /** Groups by thirds of x, one iteration: `stats::line` of R 4.2. */
  tukey: 'thirds_of_x_one_iteration',
} as const satisfies Record<TrendMethod, string>
