/** Behavior that is tapped as it happens (domain C3, C4, C16), each time or each time with its intensity. */
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import { clockAt, elapsed, isCaptured } from '../clock.ts'
import { deviceOrder, precedes } from '../lines.ts'
import { isRapid } from '../pad.ts'
import type { Measure } from '../records.ts'
import type { SessionItem } from '../state.ts'
import {
  aside,
  median,
  pair,
  sumOf,
  type Aside,
  type Counted,
  type Lines,
  type SystemInput,
} from './system.ts'

/** C3: occurrences ÷ 1. C4: occurrences ÷ observed time. What was counted elsewhere adds to what was tapped. */
export function count(input: SystemInput<'count'>): Counted {
  const placed = occurrences(input)
  const total = sumOf(placed.items.map((item) => item.count ?? 1))
  const { observedMs, measure } = input
  return { ...placed, value: pair(total, measure.value === 'count' ? 1 : observedMs, observedMs) }
}

/** C16: the highest level ÷ 1; 0 when it was watched for and did not happen. */
export function intensity(input: SystemInput<'intensity'>): Counted {
  const placed = occurrences(input)
  const levels = placed.items.map((item) => Number(item.result))
  const [twice, by] = median(levels)
  const parts: { [name: string]: number } = levels.length > 0 ? { median_2: (twice * 2) / by } : {}
  for (let level = 1; level <= input.measure.anchors.length; level++)
    parts[`level_${level}`] = levels.filter((one) => one === level).length
  return { ...placed, value: { ...pair(Math.max(0, ...levels), 1, input.observedMs), parts } }
}

/** In the order of the observation clock; those typed in later take their place in time, counts without one the end. */
function occurrences(input: Lines & { measure: Measure }): Pick<Counted, 'items' | 'aside'> {
  const rapid = rapidTaps(input)
  const items: SessionItem[] = []
  const others: Aside[] = []
  for (const { line, item } of input.candidates) {
    const clock = clockAt(input.spans, line)
    if (item.count !== undefined) items.push(item)
    else if (rapid.has(line.record.id)) others.push(aside(item, 'double_tap'))
    else if (clock !== null) items.push({ ...item, clock })
    else others.push(aside(item, input.end && !precedes(line, input.end) ? 'after_end' : 'outside_clock'))
  }
  items.sort((a, b) => (a.clock ?? Infinity) - (b.clock ?? Infinity) || 0)
  return { items: items.map((item, index) => ({ ...item, n: index + 1 })), aside: others }
}

/**
 * Ids of second taps. Voided taps are looked at too: undoing a tap must not bring to life the bounce after it.
 * What was typed in later is no tap, and a correction of a second tap says that it was meant.
 */
export function rapidTaps({ measure, history }: Lines & { measure: Measure }): ReadonlySet<string> {
  const taps = history
    .filter(({ kind }) => kind === 'sessions.occurrence' || kind === 'sessions.moment')
    .filter(isCaptured)
    .map((record) => ({ record, origin: record }))
    .sort(deviceOrder)
  const rapid = new Set<string>()
  let kept: StoredRecord | null = null
  for (const { record } of taps) {
    const sameRun: boolean = kept !== null && kept.mono.boot === record.mono.boot
    if (kept && sameRun && isRapid(0, elapsed(kept, record).ms, measure)) rapid.add(record.id)
    else kept = record
  }
  return rapid
}
