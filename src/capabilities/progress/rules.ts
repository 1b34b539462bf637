/**
 * The pure rules of progress: from records to the goal graph (domain C.0, C.2, D.1, D.4). Screens, reports and other
 * capabilities call `buildGraph`; chart.ts draws what it returns. No I/O, no clock, no words of any language.
 */
import { scaleLinear } from 'd3-scale'
import { aimValueAt } from './aim.ts'
import { dayAt, dayNumber, schoolCalendar } from './calendar.ts'
import { joinPoints, type Placed } from './gaps.ts'
import type {
  AimLine,
  GraphInput,
  GraphModel,
  GraphPhase,
  GraphPoint,
  Metric,
  PhaseLine,
  Unit,
} from './graph.ts'
import { levelOf } from './level.ts'
import { definitionGroups, OPENING, phaseStarts, type PhaseStart } from './phases.ts'
import { entriesOf, placeEntries, placeImported, withNotRun, type Entry } from './points.ts'
import { aimScale, inUnit, metricOf, ownWordsOf, scaleOf, sharesAxis, unitOf, valueOf } from './unit.ts'
import type { AimBody } from './records.ts'

export { aimSlopePerWeek, aimStart, aimValueAt } from './aim.ts'
export type * from './graph.ts'

/** The graph of one goal. Own sessions stand on a calendar; a published data set stands on its session numbers. */
export function buildGraph(input: GraphInput): GraphModel {
  const calendar = schoolCalendar(input.schoolDays)
  const { placed, starts, unit, metric } =
    input.program.measure.system === 'imported' ? imported(input) : own(input)
  const points = placed.map((one) => one.point)
  const kind = input.program.measure.system === 'imported' ? 'session' : 'day'
  const x = xDomain(kind, points, starts, input)
  const aims = kind === 'day' ? aimLines(input, unit, x) : []
  const joined = joinPoints(placed, starts, calendar)
  return {
    axis: {
      x: { kind, ...x },
      y: {
        unit,
        metric,
        text: ownWordsOf(input.program),
        ...(scaleOf(input.program, unit) ?? yDomain(points, aims)),
      },
    },
    direction: input.program.direction,
    points,
    phases: phasesOf(starts, points, { names: input.names, unit }),
    phaseLines: phaseLines(starts, points),
    aims,
    ...joined,
    // answers stand in two rows, and a line between them would say that something lay between
    segments: unit.kind === 'yes_no' ? [] : joined.segments,
  }
}

/** The points from which an aim line starts: those of baseline phases, or of baseline sessions where no phase says. */
export function baselineOf(model: Pick<GraphModel, 'points' | 'phases'>): GraphPoint[] {
  return model.points.filter(
    (point) => (model.phases[point.phase]?.condition ?? point.condition) === 'baseline',
  )
}

type Ground = {
  readonly placed: readonly Placed[]
  readonly starts: readonly PhaseStart[]
  readonly unit: Unit
  readonly metric: Metric
}

function own(input: GraphInput): Ground {
  const groups = new Map(definitionGroups(input.versions).map((version) => [version.id, version.group]))
  const entries = entriesOf(input, (session) => groups.get(session.version) ?? null)
  const starts = phaseStarts(input, entries)
  const measured = entries.filter((entry) => !entry.aside)
  const unit = unitOf(
    input.program,
    measured.map(({ state, summary }) => (summary === state.summary ? state : { ...state, summary })),
  )
  const metric = metricIn(input, measured, unit)
  const placed = placeEntries(entries, starts, { unit, metric }, input)
  return { placed: withNotRun(placed, starts, { unit, metric }, input), starts, unit, metric }
}

function imported(input: GraphInput): Ground {
  const unit = unitOf(input.program, [])
  const { placed, starts } = placeImported(input.imported, unit)
  return { placed, starts: starts.length > 0 ? starts : [OPENING], unit, metric: 'imported' }
}

/** What the axis measures: what the newest session that fits it measured, else what the plan measures. */
function metricIn(input: GraphInput, entries: readonly Entry[], unit: Unit): Metric {
  const planned = metricOf(input.program, unit)
  const newest = entries.findLast(
    ({ summary }) => sharesAxis(summary.metric, planned) && valueOf(summary, unit) !== null,
  )
  return newest ? inUnit(newest.summary, unit).metric : planned
}

function phasesOf(
  starts: readonly PhaseStart[],
  points: readonly GraphPoint[],
  { names, unit }: Pick<GraphInput, 'names'> & { readonly unit: Unit },
): GraphPhase[] {
  const values = starts.map((): number[] => [])
  for (const { decides, y, phase } of points) if (decides && y !== null) values[phase]?.push(y)
  return starts.map(({ label, condition, from, major, version, author, why, records }, index) => ({
    label,
    condition,
    from,
    major,
    version,
    by: author === null ? null : (names[author] ?? null),
    why,
    records,
    level: unit.kind === 'yes_no' ? null : levelOf(values[index] ?? []),
    share: unit.kind === 'yes_no' ? shareOf(values[index] ?? []) : null,
  }))
}

function shareOf(answers: readonly number[]): GraphPhase['share'] {
  return answers.length === 0 ? null : { yes: answers.filter((one) => one === 1).length, of: answers.length }
}

/** On a calendar a line stands at the beginning of its day; else half-way between the data of its two sides. */
function phaseLines(starts: readonly PhaseStart[], points: readonly GraphPoint[]): PhaseLine[] {
  const last = starts.map((): number | null => null)
  const first = starts.map((): number | null => null)
  for (const { phase, x } of points) {
    first[phase] ??= x
    last[phase] = x
  }
  return starts.flatMap(({ from, major }, phase) => {
    if (phase === 0) return []
    const before = last.slice(0, phase).findLast((x) => x !== null) ?? null
    const after = first.slice(phase).find((x) => x !== null) ?? null
    const between = before !== null && after !== null ? (before + after) / 2 : (before ?? after ?? 0)
    const begin = from === null ? between : dayNumber(from) - 0.5
    const x = before !== null && before >= begin ? (after === null ? before + 0.5 : between) : begin
    return [{ phase, x, major, before, after }]
  })
}

/**
 * All data, all phases, and as much of the current aim line as leaves the data at least two thirds of the width.
 * Without any of them, the four weeks from the first version on.
 */
function xDomain(
  kind: 'day' | 'session',
  points: readonly GraphPoint[],
  starts: readonly PhaseStart[],
  input: GraphInput,
): { min: number; max: number } {
  if (kind === 'day' && input.span)
    return { min: dayNumber(input.span.from) - 0.75, max: dayNumber(input.span.to) + 0.75 }
  let min = Infinity
  let max = -Infinity
  const include = (x: number) => {
    min = Math.min(min, x)
    max = Math.max(max, x)
  }
  // they ascend
  for (const one of [points[0], points.at(-1)])
    if (one) include(one.day === null ? one.x : dayNumber(one.day))
  if (kind === 'day') {
    for (const { from } of starts) if (from !== null) include(dayNumber(from))
    const aim = ordered(input.aims).at(-1)
    if (aim) {
      if (points.length === 0) include(dayNumber(aim.from))
      include(Math.max(max, Math.min(dayNumber(aim.to), max + Math.max(14, (max - min) / 2))))
    }
    const version = input.versions[0]
    if (min > max && version) include(dayNumber(version.day))
    if (points.length === 0) include(min + 28)
  }
  if (!Number.isFinite(min) || !Number.isFinite(max)) return { min: 0, max: 1 }
  const pad = Math.max(kind === 'day' ? 0.75 : 0.5, (max - min) * 0.02)
  return { min: min - pad, max: max + pad }
}

/** From zero as far as data and aims reach. */
function yDomain(points: readonly GraphPoint[], aims: readonly AimLine[]): { min: number; max: number } {
  let min = 0
  let max = 0
  const include = (y: number) => {
    min = Math.min(min, y)
    max = Math.max(max, y)
  }
  for (const { y } of points) if (y !== null) include(y)
  for (const { y1, y2 } of aims) {
    include(y1)
    include(y2)
  }
  // So little difference is noise of the source, and too fine for a scale.
  if (max - min < 1e-6) return { min: min < 0 ? -1 : 0, max: 1 }
  const [low, high] = scaleLinear().domain([min, max]).nice(5).domain()
  return { min: low ?? min, max: high ?? max }
}

/** The part of each aim line that the axis shows; the one that begins last is current. */
function aimLines(
  { aims, program }: GraphInput,
  unit: Unit,
  x: { readonly min: number; readonly max: number },
): AimLine[] {
  const scale = aimScale(program, unit)
  if (scale === null) return []
  const percent = unit.kind === 'percent'
  const inOrder = ordered(aims)
  return inOrder.flatMap((aim, index) => {
    const x1 = Math.max(Math.ceil(x.min), dayNumber(aim.from))
    const x2 = Math.min(Math.floor(x.max), dayNumber(aim.to))
    if (x1 > x2) return []
    const y1 = aimValueAt(aim, dayAt(x1), { percent })
    const y2 = aimValueAt(aim, dayAt(x2), { percent })
    if (y1 === null || y2 === null) return []
    const { from, to, basis } = aim
    const goal = scale * aim.to_value
    const current = index === inOrder.length - 1
    return [{ current, from, to, goal, x1, y1: scale * y1, x2, y2: scale * y2, basis }]
  })
}

/** By the day they begin; of two on one day the later-made comes last. */
const ordered = (aims: readonly AimBody[]): AimBody[] =>
  aims.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
