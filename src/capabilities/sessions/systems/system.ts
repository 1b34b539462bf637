/**
 * What every way of measuring is given and gives back: the session's lines that it can hold, and what of them counts,
 * what does not, and the value they come to. The systems of domain C.2 are the files beside this one; items.ts picks.
 */
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import { clockAt, isCaptured, observedBetween, type Span } from '../clock.ts'
import { deviceOrder, precedes, type Line } from '../lines.ts'
import type { MeasureOf, System } from '../measures.ts'
import type { AsideReason, Flag, SessionItem, Summary } from '../state.ts'

export type Aside = SessionItem & { readonly why: AsideReason }

/** A line and the item its body says. */
export interface Candidate {
  readonly line: Line
  readonly item: SessionItem
}

export interface SystemInput<S extends System> extends Lines {
  readonly measure: MeasureOf<S>
}

export interface Lines {
  /** Of the device that started the session, in its order, and of a noun and code that this system has. */
  readonly candidates: readonly Candidate[]
  /** Every record of that device in the session, voided ones too. */
  readonly history: readonly StoredRecord[]
  readonly spans: readonly Span[]
  /** The end that stands; null while the session is open. */
  readonly end: Line | null
  /** Milliseconds observed; of an open session as far as records prove it. */
  readonly observedMs: number
}

/** The pair of a summary and what stands beside it; null where nothing was observed. */
export type Value = Pick<Summary, 'numerator' | 'denominator' | 'opportunities' | 'parts' | 'atLeast'>

export interface Counted {
  readonly items: readonly SessionItem[]
  readonly aside: readonly Aside[]
  readonly flags?: readonly Flag[]
  readonly value: Value
}

/** numerator ÷ denominator; without a denominator there is no value. `opportunities` only where it is not that. */
export function pair(numerator: number, denominator: number, opportunities = denominator): Value {
  const has = denominator > 0 && opportunities > 0
  return { numerator: has ? numerator : null, denominator: has ? denominator : null, opportunities }
}

/** The median of whole numbers as a pair: (a + b) ÷ 2, or a ÷ 1. Of none: 0 ÷ 0. */
export function median(values: readonly number[]): [numerator: number, denominator: number] {
  const sorted = values.toSorted((a, b) => a - b)
  const [low = 0, high = low] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  if (sorted.length === 0) return [0, 0]
  return sorted.length % 2 === 1 ? [low, 1] : [low + high, 2]
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

export const aside = (item: SessionItem, why: AsideReason): Aside => ({ ...item, why })

/** An instant on the observation clock. */
export interface Moment extends Candidate {
  /** Milliseconds on the observation clock; where that stood still, as it stood. */
  readonly clock: number
  /** Null while the observation clock stood still. */
  readonly inside: number | null
  readonly isAfterEnd: boolean
}

/** Candidates as instants, in the order they happened: on one device by its own order, whatever its wall clock did. */
export function momentsOf({ candidates, spans, end }: Lines): Moment[] {
  const begin = spans[0]?.from
  let latest = 0
  return candidates
    .map(({ line, item }): Moment => {
      let clock = begin ? observedBetween(spans, begin, line).ms : 0
      if (isCaptured(line.record)) clock = latest = Math.max(latest, clock)
      const isAfterEnd = end !== null && !precedes(line, end)
      return { line, item, clock, inside: clockAt(spans, line), isAfterEnd }
    })
    .sort((a, b) => a.clock - b.clock || deviceOrder(a.line, b.line))
}
