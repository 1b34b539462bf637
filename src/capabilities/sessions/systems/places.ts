/** Results that have a place of their own: a trial, a step, an interval, an item of a list. */
import { compareRecords } from '../../../platform/records/settle.ts'
import type { SessionItem } from '../state.ts'
import { aside, type Aside, type Candidate } from './system.ts'

/** Two records of one place are one act coded twice: the later act stands. */
export function places(
  candidates: readonly Candidate[],
  placeOf: (item: SessionItem) => string | number = ({ n, who = '' }) => n + who,
): { items: SessionItem[]; aside: Aside[] } {
  const standing = new Map<string | number, SessionItem>()
  const earlier: Aside[] = []
  for (const { item } of candidates.toSorted((a, b) => compareRecords(a.line.record, b.line.record))) {
    const place = placeOf(item)
    const before = standing.get(place)
    if (before) earlier.push(aside(before, 'coded_twice'))
    standing.set(place, item)
  }
  const items = [...standing.values()].sort((a, b) => a.n - b.n || ((a.who ?? '') < (b.who ?? '') ? -1 : 1))
  return { items, aside: earlier }
}
