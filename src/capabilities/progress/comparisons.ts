/**
 * Neighboring phases of a goal set against each other by overlap indices (domain D.10): only where the conditions
 * allow it, and otherwise with what forbids it. The numbers describe a change between phases, and nothing more. Pure.
 */
import type { GraphInput, GraphModel } from './graph.ts'
import { definitionGroups } from './phases.ts'
import { countedIn, type Stretch } from './stretches.ts'
import { overlapOf, type Overlap } from './stats/overlap.ts'
import { showingOf, type Showing } from './stats/showing.ts'

export interface Comparison {
  /** Indexes of the two stretches: the phase before the line, and the one after it. */
  readonly a: number
  readonly b: number
  /** Points that count in each. */
  readonly n: { readonly a: number; readonly b: number }
  readonly overlap: Overlap
  readonly showing: Readonly<Record<keyof Overlap, Showing>>
}

/** One for each pair of neighboring stretches that both have points. */
export function comparisonsOf(
  model: GraphModel,
  input: Pick<GraphInput, 'versions' | 'checks' | 'sessions'>,
  stretches: readonly Stretch[],
): Comparison[] {
  const versions = definitionGroups(input.versions)
  const versionOf = new Map(input.sessions.map((one) => [one.session, one.version]))
  return stretches.flatMap((after, b): Comparison[] => {
    const before = stretches[b - 1]
    if (!before || before.n === 0 || after.n === 0) return []
    const [early, late] = [pointsOf(before), pointsOf(after)]
    const [old, current] = [bodyOf(early), bodyOf(late)]
    const values = { a: early.map((point) => point.y), b: late.map((point) => point.y) }
    const changed = old !== undefined && current !== undefined && old.group !== current.group
    const defined = changed && old.body.definition !== current.body.definition
    return [
      {
        a: b - 1,
        b,
        n: { a: early.length, b: late.length },
        overlap: overlapOf(values.a, values.b, model.direction),
        showing: showingOf({
          ...values,
          improvement: model.direction,
          definitionChanged: defined,
          measurementChanged: changed && !defined,
          mixedConditions:
            mixed(early) || mixed(late) || before.first < before.last || after.first < after.last,
          fidelityKnown: checkedIn(late),
        }),
      },
    ]
  })

  function pointsOf({ first, last }: Stretch) {
    return countedIn(model, first, last)
  }

  /** The version under which the newest of these points was recorded. */
  function bodyOf(points: ReturnType<typeof pointsOf>) {
    const version = versionOf.get(points.at(-1)?.sessionId ?? '')
    return versions.find((one) => one.id === version)
  }

  /** Whether anybody checked, from the first to the last of these days, how the program was run. */
  function checkedIn(points: ReturnType<typeof pointsOf>): boolean {
    const [first, last] = [points[0]?.day ?? null, points.at(-1)?.day ?? null]
    if (first === null || last === null) return false
    return (input.checks ?? []).some((check) => check.day >= first && check.day <= last)
  }
}

function mixed(points: readonly { readonly condition: string | null }[]): boolean {
  return new Set(points.map((point) => point.condition)).size > 1
}
