/**
 * Which points a line joins, and where it is broken for want of data (domain C.0 rules 1 and 10). Never joined:
 * points on two sides of a major phase line, of a break of more than ten school days, of any session that was
 * planned and not observed, or of a change of definition.
 */
import { breakBetween, type SchoolCalendar } from './calendar.ts'
import type { Gap, GraphPhase, GraphPoint } from './graph.ts'

/** A point, and whether an unmeasured one stands for something that was not observed. */
export type Placed = {
  readonly point: GraphPoint
  readonly gap: 'not_run' | 'no_opportunity' | 'blank' | null
  /** Beside the line: a second observer without a first. Neither joined nor a gap. */
  readonly aside: boolean
  readonly group: number | null
}

export function joinPoints(
  placed: readonly Placed[],
  phases: readonly Pick<GraphPhase, 'major'>[],
  calendar: SchoolCalendar,
): { readonly segments: readonly (readonly number[])[]; readonly gaps: readonly Gap[] } {
  const section = sections(phases)
  const segments: number[][] = []
  const gaps: Gap[] = []
  let run: number[] = []
  let missing: Placed[] = []
  let last: Placed | null = null

  for (const [index, one] of placed.entries()) {
    if (one.aside) continue
    if (one.point.y === null) {
      missing.push(one)
      continue
    }
    const broken = last ? dayBreak(last, one) : null
    if (broken && (broken.kind === 'break' || missing.length === 0)) gaps.push(broken)
    const joined =
      last !== null &&
      missing.length === 0 &&
      broken === null &&
      section[last.point.phase] === section[one.point.phase] &&
      (last.group === one.group || last.group === null || one.group === null)
    if (!joined) finishRun()
    finishMissing()
    run.push(index)
    last = one
  }
  finishRun()
  finishMissing()
  return { segments, gaps: gaps.sort((a, b) => a.x1 - b.x1) }

  function finishRun() {
    if (run.length === 0) return
    if (run.length > 1) segments.push(run)
    run = []
  }

  function finishMissing() {
    if (missing.length === 0) return
    for (const stretch of stretches(missing)) gaps.push(stretch)
    missing = []
  }

  function dayBreak(a: Placed, b: Placed): Gap | null {
    if (a.point.day === null || b.point.day === null || a.point.day === b.point.day) return null
    const found = breakBetween(a.point.day, b.point.day, calendar)
    return found && { ...found, x1: a.point.x, x2: b.point.x, reason: null, phase: a.point.phase }
  }
}

/** For each phase, the number of its stretch between major lines. */
function sections(phases: readonly Pick<GraphPhase, 'major'>[]): number[] {
  let section = 0
  return phases.map((phase, index) => (index > 0 && phase.major ? ++section : section))
}

/** Unobserved sessions in a row, of one kind and phase, as one gap each. */
function stretches(missing: readonly Placed[]): Gap[] {
  const found: { kind: 'not_run' | 'no_opportunity' | 'blank'; members: GraphPoint[] }[] = []
  for (const { gap, point } of missing) {
    if (gap === null) continue
    const last = found.at(-1)
    if (last?.kind === gap && last.members[0]?.phase === point.phase) last.members.push(point)
    else found.push({ kind: gap, members: [point] })
  }
  return found.map(({ kind, members }) => ({
    kind,
    x1: members[0]?.x ?? 0,
    x2: members.at(-1)?.x ?? 0,
    reason: kind === 'not_run' ? mostFrequent(members.map(reasonOf)) : null,
    count: members.length,
    phase: members[0]?.phase ?? 0,
  }))
}

function reasonOf(point: GraphPoint): string | null {
  for (const note of point.notes) if (note.kind === 'not_run') return note.reason
  return null
}

/** Of equally frequent reasons, the first. */
function mostFrequent(reasons: readonly (string | null)[]): string | null {
  const counts = new Map<string | null, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  let best: string | null = null
  for (const [reason, count] of counts) if (count > (counts.get(best) ?? 0)) best = reason
  return best
}
