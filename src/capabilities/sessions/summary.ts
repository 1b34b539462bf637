/**
 * The value of a session (domain C.0, C.2): a pair of integers with what it means and whether it may be used.
 * Missing is never zero, and a pair never loses its denominator (G10).
 */
import type { Measure } from './records.ts'
import type { SessionItem, SessionState, Summary, Validity } from './state.ts'
import type { Value } from './systems/system.ts'

/** The summary of a session. @param value what its items come to (systems/). */
export function summarize(
  measure: Measure,
  value: Value,
  status: SessionState['status'],
  reason: string | null,
  isEstimated: boolean,
): Summary {
  const metric = metricOf(measure)
  if (status === 'not_run') {
    const validity = reason === 'no_opportunity' ? 'no_opportunity' : 'not_run'
    return { metric, numerator: null, denominator: null, opportunities: 0, validity }
  }
  return { metric, ...value, validity: validityOf() }

  function validityOf(): Validity {
    if (status === 'open') return 'partial'
    if (value.numerator === null) return 'no_opportunity'
    if (value.opportunities < minimumOf(measure)) return 'below_min'
    return isEstimated ? 'estimated' : 'valid'
  }
}

/** How many opportunities (or observed milliseconds) a session needs before it may be used; of a rubric every item. */
export function minimumOf(measure: Measure | SessionState['measure']): number {
  if ('min_observed_s' in measure) return measure.min_observed_s * 1000
  if (measure.system === 'rubric') return measure.items.length
  return 'min_opportunities' in measure ? measure.min_opportunities : 0
}

/** Interrupted trials, steps done by the adult, and what is not part of today's chain or list are no opportunity. */
export function isScored({ result }: Pick<SessionItem, 'result'>): boolean {
  return !['X', 'A', 'N/A', 'NA'].includes(result)
}

/** What the value of a measurement means. A log, which has no sessions, counts its entries. */
export function metricOf(measure: Measure): Summary['metric'] {
  switch (measure.system) {
    case 'trials':
      return 'pct_independent'
    case 'opportunities':
      return 'pct_opportunities'
    case 'steps':
      return 'pct_steps_independent'
    case 'count':
      return measure.value
    case 'duration':
      return measure.value === 'percent' ? 'pct_duration' : `duration_${measure.value}`
    case 'latency':
      return 'latency_median'
    case 'irt':
      return `irt_${measure.value}`
    case 'interval':
      return 'pct_intervals'
    case 'rubric':
      return `rubric_${measure.value}`
    case 'product':
      return measure.value === 'rate' ? 'correct_rate' : 'pct_correct'
    case 'cbm':
      return measure.value === 'per_minute' ? 'cbm_rate' : 'cbm_score'
    case 'probe':
      return 'probe'
    case 'intensity':
      return 'intensity_max'
    case 'checklist':
      return 'pct_yes'
    case 'self':
      return `pct_self_${measure.value}`
    default:
      return 'count'
  }
}
