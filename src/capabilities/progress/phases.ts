/**
 * Phases of a goal (domain D.4): from the owner's phase records and from changes of the program's definition or
 * measurement, which force a major phase whether or not anyone recorded one. Called by buildGraph.
 */
import { canonical, type Json } from '../../platform/core/canonical.ts'
import type { Day } from '../../platform/core/days.ts'
import type { Measure, ProgramBody } from '../sessions/records.ts'
import type { GraphInput, GraphVersion } from './graph.ts'

/** A phase before its data are known. */
export type PhaseStart = {
  readonly label: string | null
  readonly condition: string | null
  /** Null: from the beginning. */
  readonly from: Day | null
  readonly major: boolean
  readonly version: number | null
  readonly author: string | null
  readonly why: string | null
  readonly records: readonly string[]
  /** Sessions recorded under another definition group are not part of this phase. */
  readonly group: number
}

/** What phases need to know of a session: its day, and the definition group of its version (null: version unknown). */
export type Dated = { readonly day: Day; readonly group: number | null }

/**
 * Versions in order of number, each with the number of its definition group: versions whose data may be compared
 * share a group.
 */
export function definitionGroups(
  versions: readonly GraphVersion[],
): readonly (GraphVersion & { readonly group: number })[] {
  let group = 0
  let previous: ProgramBody | null = null
  return versions
    .toSorted((a, b) => a.body.number - b.body.number)
    .map((version) => {
      if (previous && comparable(previous) !== comparable(version.body)) group += 1
      previous = version.body
      return { ...version, group }
    })
}

/** The phases in order of their first day; sessions earlier than all of them get a first phase without a label. */
export function phaseStarts(
  input: Pick<GraphInput, 'versions' | 'phases'>,
  dated: readonly Dated[],
): readonly PhaseStart[] {
  const versions = definitionGroups(input.versions)
  const groupOn = (day: Day) => versions.findLast((version) => version.day <= day)?.group ?? 0
  const starts = new Map<Day, PhaseStart>()
  for (const { id, author, body } of input.phases) {
    const same = starts.get(body.from)
    starts.set(body.from, {
      label: same?.label ? `${same.label} · ${body.label}` : body.label,
      condition: body.major || !same ? body.condition : same.condition,
      from: body.from,
      major: body.major || same?.major === true,
      version: null,
      author,
      why: same?.why ? `${same.why} · ${body.why}` : body.why,
      records: [...(same?.records ?? []), id],
      group: groupOn(body.from),
    })
  }

  for (const [index, version] of versions.entries()) {
    const previous = versions[index - 1]
    if (!previous || previous.group === version.group) continue
    const lastOld = dated.findLast((one) => one.group !== null && one.group < version.group)?.day
    const firstNew = dated.find((one) => one.group !== null && one.group >= version.group)?.day
    const between = [...starts.entries()].find(
      ([from, start]) =>
        start.major &&
        (from >= version.day || (lastOld !== undefined && from > lastOld)) &&
        (firstNew === undefined || from <= firstNew),
    )
    if (between) {
      starts.set(between[0], { ...between[1], group: Math.max(between[1].group, version.group) })
      continue
    }
    const same = starts.get(version.day)
    starts.set(version.day, {
      label: same?.label ?? null,
      condition: same?.condition ?? null,
      from: version.day,
      major: true,
      version: version.body.number,
      author: same?.author ?? null,
      why: same?.why ?? null,
      records: [...(same?.records ?? []), version.id],
      group: version.group,
    })
  }

  const ordered = [...starts.values()].sort((a, b) => compare(a.from, b.from))
  const first = ordered[0]
  const opening = dated[0]
  const uncovered = !first || (opening !== undefined && !begins(first, opening))
  return uncovered ? [OPENING, ...ordered] : ordered
}

/** Index of the phase that a session belongs to, no earlier than `least`, the phase of the session before it. */
export function phaseIndex(starts: readonly PhaseStart[], one: Dated, least: number): number {
  const found = starts.findLastIndex((start) => begins(start, one))
  return Math.max(found, least, 0)
}

/** What comes before the first phase that anyone recorded. */
export const OPENING: PhaseStart = {
  label: null,
  condition: null,
  from: null,
  major: true,
  version: null,
  author: null,
  why: null,
  records: [],
  group: 0,
}

/** On the very day of a new definition, sessions that ran under the old one still belong to the phase before. */
function begins(start: PhaseStart, one: Dated): boolean {
  if (start.from === null || start.from < one.day) return true
  return start.from === one.day && (one.group === null || one.group >= start.group)
}

/** Equal for two versions whose data may stand in one phase: the same behavior, measured in the same way. */
function comparable({ measure, definition }: ProgramBody): string {
  return canonical([definition, measure.system, ...measuredHow(measure)])
}

/** What of a measure makes its values another quantity when it changes. How many trials are planned does not. */
function measuredHow(measure: Measure): Json[] {
  switch (measure.system) {
    case 'trials':
    case 'count':
    case 'opportunities':
    case 'probe':
    case 'toileting':
    case 'feeding':
      return []
    case 'steps':
      return [measure.chaining, measure.steps]
    case 'duration':
    case 'product':
      return [measure.value]
    case 'latency':
      return [measure.limit_s]
    case 'irt':
      return [measure.value, measure.instant]
    case 'interval':
      return [measure.method, measure.interval_s]
    case 'rubric':
      return [measure.value, measure.items]
    case 'cbm':
      return [
        measure.kind,
        measure.unit,
        measure.value,
        measure.seconds,
        measure.rules.name,
        measure.rules.version,
      ]
    case 'abc':
      return [measure.behaviors]
    case 'scatterplot':
      return [measure.from, measure.to, measure.cell_min, measure.many_from]
    case 'intensity':
      return [measure.anchors]
    case 'checklist':
      return [measure.items]
    case 'self':
      return [measure.value, measure.interval_s]
    case 'imported':
      return [measure.unit]
  }
}

function compare(a: Day | null, b: Day | null): number {
  return a === b ? 0 : a === null || (b !== null && a < b) ? -1 : 1
}
