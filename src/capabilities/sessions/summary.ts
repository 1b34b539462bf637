/**
 * The value of a session (domain C.0, C.2): a pair of integers with what it means and whether it may be used.
 * Missing is never zero, and a pair never loses its denominator (G10).
 */
import type { Measure } from './records.ts'
import type { SessionItem, SessionState, Summary } from './state.ts'

/**
 * The summary of a session.
 * @param observedMs milliseconds that the observation clock ran; for an open session, as far as records prove it.
 */
export function summarize(
  measure: Measure,
  items: readonly SessionItem[],
  observedMs: number,
  status: SessionState['status'],
  reason: string | null,
): Summary {
  const metric = metricOf(measure)
  if (status === 'not_run') {
    const validity = reason === 'no_opportunity' ? 'no_opportunity' : 'not_run'
    return { metric, numerator: null, denominator: null, opportunities: 0, validity }
  }
  const opportunities = measure.system === 'count' ? observedMs : scored(items).length
  if (opportunities === 0) {
    const validity = status === 'open' ? 'partial' : 'no_opportunity'
    return { metric, numerator: null, denominator: null, opportunities, validity }
  }
  const numerator = measure.system === 'count' ? items.length : items.filter(isIndependent).length
  const denominator = metric === 'count' ? 1 : opportunities
  const enough = opportunities >= minimumOf(measure)
  const validity = status === 'open' ? 'partial' : enough ? 'valid' : 'below_min'
  return { metric, numerator, denominator, opportunities, validity }
}

/** How many opportunities (or observed milliseconds) a session needs before it may be used for decisions. */
export function minimumOf(measure: Measure): number {
  if ('min_observed_s' in measure) return measure.min_observed_s * 1000
  return 'min_opportunities' in measure ? measure.min_opportunities : 0
}

/** Interrupted trials, steps done by the adult and steps not part of today's chain are no opportunity. */
export function isScored(item: Pick<SessionItem, 'result'>): boolean {
  return item.result !== 'X' && item.result !== 'A' && item.result !== 'N/A'
}

function scored(items: readonly SessionItem[]): readonly SessionItem[] {
  return items.filter(isScored)
}

function isIndependent(item: SessionItem): boolean {
  return item.result === '+' && item.level === null
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
