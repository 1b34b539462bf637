/** Trials, task analyses and natural opportunities (domain C1, C2, C9): independent ÷ scored. */
import { helpWithin } from '../prompts.ts'
import type { SessionItem } from '../state.ts'
import { isScored } from '../summary.ts'
import { places } from './places.ts'
import { pair, type Counted, type SystemInput } from './system.ts'

export function trials({ measure, candidates }: SystemInput<'trials' | 'steps' | 'opportunities'>): Counted {
  const placed = places(candidates)
  const scored = placed.items.filter(isScored)
  const value = pair(scored.filter(isIndependent).length, scored.length)
  if (measure.system !== 'trials' || measure.target === undefined) return { ...placed, value }
  const enough = helpWithin(measure.prompts, measure.target)
  const at_target = scored.filter(
    (item) => isIndependent(item) || (item.result === '+' && enough.includes(item.level ?? '')),
  ).length
  return { ...placed, value: { ...value, parts: { at_target } } }
}

function isIndependent(item: SessionItem): boolean {
  return item.result === '+' && item.level === null
}
