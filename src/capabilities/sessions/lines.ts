/**
 * The lines of a session: every record that stands, together with the original it corrects. A correction belongs
 * to the observer and the place of its original, whoever made it and on whatever device.
 */
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { compareRecords, isVoid, type Settled } from '../../platform/records/settle.ts'

export interface Line {
  readonly record: StoredRecord
  /** The record at the root of its corrections: itself when it corrects nothing. */
  readonly origin: StoredRecord
}

export interface Lines {
  /** One for each original that still stands, in order. */
  readonly standing: readonly Line[]
  /** Corrections that contradict a standing one: both are shown, the later one counts meanwhile. */
  readonly rivals: readonly Line[]
  /**
   * Whether somebody has to decide: rivals, records that correct each other in a circle, or a correction of what
   * somebody else took back (F36; the correction stands meanwhile).
   */
  readonly undecided: boolean
}

/** Pairs each live record with its original and finds what is still undecided among corrections. */
export function linesOf(settled: Settled): Lines {
  const byId = new Map(settled.all.map((record) => [record.id, record]))
  const standing = new Map<string, Line>()
  const rivals: Line[] = []
  for (const record of settled.live) {
    const line = { record, origin: originOf(record, byId) ?? record }
    const other = standing.get(line.origin.id)
    if (!other) standing.set(line.origin.id, line)
    else {
      const [earlier, later] = compareRecords(other.record, record) < 0 ? [other, line] : [line, other]
      standing.set(line.origin.id, later)
      rivals.push(earlier)
    }
  }
  // A fork that was voided down to one end is decided; a circle never is.
  const circle = settled.conflicts.some((id) => {
    const record = byId.get(id)
    return record !== undefined && originOf(record, byId) === undefined
  })
  // A void that was itself replaced is no longer in force; one that nothing survived leaves nothing to decide.
  const replaced = new Set(settled.all.map((record) => record.replaces))
  const takenBack = settled.all.some(
    (record) =>
      record.replaces !== undefined &&
      isVoid(record) &&
      !replaced.has(record.id) &&
      settled.conflicts.includes(record.replaces) &&
      standing.has(originOf(record, byId)?.id ?? ''),
  )
  return { standing: [...standing.values()], rivals, undecided: circle || takenBack || rivals.length > 0 }
}

/** The root of a chain of corrections; undefined when the chain is a circle. */
function originOf(record: StoredRecord, byId: ReadonlyMap<string, StoredRecord>): StoredRecord | undefined {
  const seen = new Set<string>()
  let at = record
  while (at.replaces !== undefined) {
    if (seen.has(at.id)) return undefined
    seen.add(at.id)
    const target = byId.get(at.replaces)
    if (!target) return at
    at = target
  }
  return at
}

/**
 * The device's own order. `ord` only grows on a device, whatever its wall clock does and in whatever order its
 * batches arrive, so lines of one device need nothing else (F16).
 */
export function deviceOrder(a: Line, b: Line): number {
  return a.origin.ord - b.origin.ord || a.origin.seq - b.origin.seq || compareRecords(a.record, b.record)
}

/**
 * Whether `a` happened before `b`: by the device's own order when both were captured as they happened, by the
 * wall clock when one of them was typed in later or on another device.
 */
export function precedes(a: Line, b: Line): boolean {
  const captured = a.record.entered === undefined && b.record.entered === undefined
  if (captured && a.origin.device === b.origin.device) return deviceOrder(a, b) < 0
  return Date.parse(a.record.at) < Date.parse(b.record.at)
}
