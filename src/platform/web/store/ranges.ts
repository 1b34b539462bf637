/** Ranges of sequence numbers, both ends included, as the server tells what it misses. Used by store.ts and device.ts. */
import type { SeqRange } from '../../records/wire.ts'

/** What is left of the ranges when these numbers are taken out. */
export function without(ranges: readonly SeqRange[], seqs: readonly number[]): SeqRange[] {
  const out = [...new Set(seqs)].sort((a, b) => a - b)
  return ranges.flatMap(([from, to]) => {
    const left: SeqRange[] = []
    let start = from
    for (const seq of out) {
      if (seq < start || seq > to) continue
      if (seq > start) left.push([start, seq - 1])
      start = seq + 1
    }
    if (start <= to) left.push([start, to])
    return left
  })
}

/** How many numbers of `ranges` are not in `noted`. */
export function countOutside(ranges: readonly SeqRange[], noted: readonly SeqRange[]): number {
  let count = 0
  for (const [from, to] of ranges)
    for (let seq = from; seq <= to; seq++) if (!noted.some(([a, b]) => a <= seq && seq <= b)) count += 1
  return count
}
