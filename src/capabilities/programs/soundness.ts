/**
 * What cannot be run or can never be met, though every field by itself is in order: counts that exceed what a session
 * has, ladders that name a level twice, a rule of mastery out of reach. Asked before a program is published. Pure.
 */
import type { Day } from '../../platform/core/days.ts'
import { MAX_RECORD_BYTES } from '../../platform/records/envelope.ts'
import { checkRule, type RuleProblem } from '../sessions/mastery.ts'
import type { Measure, ProgramBody } from '../sessions/records.ts'
import { metricOf, type LooseMeasure } from './fields.ts'

export type Unsound =
  | { readonly kind: 'min_over_planned'; readonly min: number; readonly planned: number }
  | { readonly kind: 'level_twice'; readonly code: string }
  | { readonly kind: 'target_unknown'; readonly code: string }
  | { readonly kind: 'no_step_taught' }
  | { readonly kind: 'step_outside'; readonly step: number; readonly steps: number }
  | { readonly kind: 'tolerance_over_interval'; readonly tolerance: number; readonly interval: number }
  | { readonly kind: 'hours_reversed' }
  | { readonly kind: 'cell_over_hours' }
  | { readonly kind: 'visit_twice'; readonly time: string }
  | { readonly kind: 'plan_expired'; readonly day: Day }
  | { readonly kind: 'form_empty'; readonly title: string }
  | { readonly kind: 'form_twice'; readonly title: string }
  | { readonly kind: 'rule_without_sessions' }
  | { readonly kind: 'rule'; readonly problem: RuleProblem }
  | { readonly kind: 'too_large'; readonly kilobytes: number }

/** Room for everything of a record besides its body. */
const ENVELOPE_BYTES = 2_000

/** Empty for a program that can be run and met. */
export function soundnessOf(body: ProgramBody, today: Day): Unsound[] {
  const { measure, mastery, forms = [] } = body
  const found: Unsound[] = [...ofMeasure(measure, today)]
  const titles = forms.map((form) => form.title)
  for (const [n, { title, text }] of forms.entries()) {
    if (!/[\p{L}\p{N}]/u.test(text)) found.push({ kind: 'form_empty', title })
    if (titles.indexOf(title) !== n) found.push({ kind: 'form_twice', title })
  }
  if (mastery) {
    const metric = metricOf(measure as LooseMeasure)
    if (metric === null) found.push({ kind: 'rule_without_sessions' })
    else {
      const planned = plannedOf(measure)
      const ground = {
        metrics: [metric],
        ...(planned === null ? {} : { planned }),
        levels: 'prompts' in measure ? measure.prompts.levels.map(({ code }) => code) : [],
        materials: body.materials ?? [],
      }
      found.push(...checkRule(mastery, ground).map((problem): Unsound => ({ kind: 'rule', problem })))
    }
  }
  const bytes = new TextEncoder().encode(JSON.stringify(body)).length
  if (bytes > MAX_RECORD_BYTES - ENVELOPE_BYTES)
    found.push({ kind: 'too_large', kilobytes: Math.ceil(bytes / 1024) })
  return found
}

/** Opportunities that a session is planned to have; null where they come as they come. */
export function plannedOf(measure: Measure): number | null {
  switch (measure.system) {
    case 'trials':
    case 'interval':
    case 'self':
      return measure.planned
    case 'steps':
      return measure.steps.length
    case 'product':
      return measure.items
    case 'checklist':
      return measure.items.length
    default:
      return null
  }
}

function ofMeasure(measure: Measure, today: Day): Unsound[] {
  const found: Unsound[] = []
  const planned = plannedOf(measure)
  if (planned !== null && 'min_opportunities' in measure && measure.min_opportunities > planned)
    found.push({ kind: 'min_over_planned', min: measure.min_opportunities, planned })
  if ('prompts' in measure) {
    const codes = measure.prompts.levels.map(({ code }) => code)
    const twice = codes.find((code, n) => codes.indexOf(code) !== n)
    if (twice !== undefined) found.push({ kind: 'level_twice', code: twice })
    if (measure.system === 'trials' && measure.target !== undefined && !codes.includes(measure.target))
      found.push({ kind: 'target_unknown', code: measure.target })
  }
  switch (measure.system) {
    case 'steps': {
      const { chaining, current_step: taught, skipped = [], steps } = measure
      if (chaining !== 'total' && taught === undefined) found.push({ kind: 'no_step_taught' })
      const outside = [...(taught === undefined ? [] : [taught]), ...skipped].find((n) => n > steps.length)
      if (outside !== undefined) found.push({ kind: 'step_outside', step: outside, steps: steps.length })
      break
    }
    case 'interval':
      if (measure.tolerance_s >= measure.interval_s)
        found.push({
          kind: 'tolerance_over_interval',
          tolerance: measure.tolerance_s,
          interval: measure.interval_s,
        })
      break
    case 'scatterplot':
      if (measure.from >= measure.to) found.push({ kind: 'hours_reversed' })
      else if (minutes(measure.to) - minutes(measure.from) < measure.cell_min)
        found.push({ kind: 'cell_over_hours' })
      break
    case 'toileting': {
      const time = measure.times.find((one, n) => measure.times.indexOf(one) !== n)
      if (time !== undefined) found.push({ kind: 'visit_twice', time })
      break
    }
    case 'feeding':
      if (measure.valid_until < today) found.push({ kind: 'plan_expired', day: measure.valid_until })
      break
    default:
  }
  return found
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}
