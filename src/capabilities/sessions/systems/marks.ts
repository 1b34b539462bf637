/** Codes at places: ratings, checklists, cold probes, intervals and self-monitoring (domain C8, C10, C13, C17, C20). */
import { isCaptured, observedBetween } from '../clock.ts'
import { precedes } from '../lines.ts'
import type { SessionItem } from '../state.ts'
import { places } from './places.ts'
import { aside, median, pair, sumOf, type Aside, type Counted, type SystemInput } from './system.ts'

/** C10: the sum of the levels ÷ 1, or the median level. Levels are ordered; their sum is the owner's choice. */
export function rubric({ measure, candidates }: SystemInput<'rubric'>): Counted {
  const placed = places(candidates)
  const levels = placed.items.map((item) => Number(item.code))
  const of: [number, number] = measure.value === 'total' ? [sumOf(levels), 1] : median(levels)
  const parts = { rated: levels.length, items: measure.items.length }
  return { ...placed, value: { ...pair(...of, levels.length), parts } }
}

/** C13: 1 or 0 ÷ 1. */
export function probe({ candidates }: SystemInput<'probe'>): Counted {
  const placed = places(candidates)
  return { ...placed, value: pair(having(placed.items, 'Y'), placed.items.length) }
}

/** C17: yes ÷ (yes + no); what does not apply is in neither. */
export function checklist({ candidates }: SystemInput<'checklist'>): Counted {
  const placed = places(candidates)
  const yes = having(placed.items, 'yes')
  return { ...placed, value: pair(yes, yes + having(placed.items, 'no')) }
}

/**
 * C8: scored ÷ observed intervals. An interval without an answer was not observed; an answer that came later than the
 * tolerance after its cue is none. What was typed in later, or corrected, says so by itself.
 */
export function intervals(input: SystemInput<'interval'>): Counted {
  const { measure, candidates, spans, end, observedMs } = input
  const { interval_s, tolerance_s, planned, max_missed } = measure
  const begin = spans[0]?.from
  const late: Aside[] = []
  const inTime = candidates.filter(({ line, item }) => {
    if (!begin || !isCaptured(line.record)) return true
    const isLate = observedBetween(spans, begin, line).ms > (item.n * interval_s + tolerance_s) * 1000
    const isAfter = end !== null && !precedes(line, end)
    if (isAfter || isLate) late.push(aside(item, isAfter ? 'after_end' : 'too_late'))
    return !isAfter && !isLate
  })
  const placed = places(inTime)
  const answered = placed.items.length
  const open = end ? 0 : tolerance_s * 1000
  const elapsed = Math.min(planned, Math.floor(Math.max(0, observedMs - open) / (interval_s * 1000)))
  const answeredOfThose = placed.items.filter((item) => item.n <= elapsed).length
  const missed = elapsed - answeredOfThose
  const scored = having(placed.items, '1')
  return {
    items: placed.items,
    aside: [...placed.aside, ...late],
    flags: missed * 100 > max_missed * elapsed ? ['many_missed'] : [],
    value: { ...pair(scored, answered), parts: { scored, missed, planned } },
  }
}

/** C20: the student's yes ÷ the student's answers, or the intervals in which both said the same ÷ both answered. */
export function selfMonitoring({ measure, candidates }: SystemInput<'self'>): Counted {
  const placed = places(candidates)
  const own = placed.items.filter((item) => item.who === 'student')
  const adult = new Map(placed.items.filter(({ who }) => who === 'adult').map(({ n, code }) => [n, code]))
  const yes = having(own, '1')
  const both = own.filter(({ n }) => adult.has(n))
  const match = both.filter(({ n, code }) => adult.get(n) === code).length
  const parts = { yes, answered: own.length, match, both: both.length }
  const value = measure.value === 'yes' ? pair(yes, own.length) : pair(match, both.length)
  return { ...placed, value: { ...value, parts } }
}

function having(items: readonly SessionItem[], code: string): number {
  return items.filter((item) => item.code === code).length
}
