/**
 * The goal graph as geometry: a GraphModel, a size and words become lines, paths, circles and texts in px. The web
 * draws them as SVG elements, svg.ts writes them into a file for print: one geometry for both. Conventions of
 * single-case graphs (domain D.4, C.0): phase labels on top, solid major and dashed minor phase lines, a dashed aim
 * line, hollow points for what does not count, no line where nothing was observed. Nothing is told by color alone.
 */
import { line } from 'd3-shape'
import type { Day } from '../../platform/core/days.ts'
import type { AimLine, Gap, GraphModel, GraphPhase, Metric, Unit } from './graph.ts'
import { extremes, type Spot } from './decimate.ts'
import type { Sloped, Stretch } from './stretches.ts'
import { fitted, widthOf, wrapped } from './text.ts'
import { dayTicks, sessionTicks, valueTicks, type DayStyle } from './ticks.ts'

/** What a part of the drawing means; style.ts says how it looks. */
export type Role =
  | 'band'
  | 'grid'
  | 'axis'
  | 'tick'
  | 'tick-label'
  | 'axis-label'
  | 'axis-break'
  | 'aim'
  | 'aim-old'
  | 'aim-label'
  | 'phase-major'
  | 'phase-minor'
  | 'phase-label'
  | 'minor-label'
  | 'data'
  | 'point'
  | 'hollow'
  | 'agreement'
  | 'agreement-low'
  | 'fidelity'
  | 'fidelity-low'
  | 'trend'
  | 'level'
  | 'spread'
  | 'cell'
  | 'cell-gray'
  | 'cell-empty'
  | 'hatch'
  | 'floor'
  | 'error'
  | 'grid-strong'
  | 'gap-label'
  | 'empty'

export type Primitive =
  | { readonly kind: 'path'; readonly role: Role; readonly d: string; readonly point?: number }
  | {
      readonly kind: 'line'
      readonly role: Role
      readonly x1: number
      readonly y1: number
      readonly x2: number
      readonly y2: number
    }
  | {
      readonly kind: 'circle'
      readonly role: Role
      readonly cx: number
      readonly cy: number
      readonly r: number
      /** Index into the model's points. */
      readonly point: number
    }
  | {
      readonly kind: 'text'
      readonly role: Role
      readonly x: number
      /** Baseline of the text. */
      readonly y: number
      readonly text: string
      readonly anchor: 'start' | 'middle' | 'end'
      readonly size: number
    }

/** Everything that is said in a language. */
export type ChartWords = {
  /** `text`: what is counted, in the measure's own words. */
  readonly valueAxis: (unit: Unit, metric: Metric, text: string | null) => string
  readonly sessionAxis: string
  /** A label of an axis; with a unit, of the vertical one. */
  readonly number: (value: number, unit?: Unit) => string
  readonly day: (day: Day, style: DayStyle) => string
  /** Label of a phase; '' for none. */
  readonly phase: (phase: GraphPhase) => string
  readonly aim: (aim: AimLine, unit: Unit) => string
  readonly gap: (gap: Gap) => string
  readonly empty: string
}

/** Sizes in px; `text` is the font size of labels. */
export type Frame = { readonly width: number; readonly height: number; readonly text: number }

export type Plot = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export type Chart = {
  readonly width: number
  readonly height: number
  readonly text: number
  readonly plot: Plot
  /** Radius of the points. */
  readonly radius: number
  /** In the order in which they are painted. */
  readonly primitives: readonly Primitive[]
  /** Where each point of the model stands; y is null for what was not measured. */
  readonly spots: readonly { readonly x: number; readonly y: number | null }[]
}

/** Lines over the data, each only if it is asked for (stretches.ts makes them). */
export type Overlay = {
  readonly stretches: readonly Stretch[]
  readonly trend: boolean
  readonly level: boolean
  /** Median absolute deviation above and below the level. */
  readonly spread: boolean
}

/** From this many drawn points on, the markers of a phase are one path, and vertices of one pixel are one. */
const BULK = 150

export function chart(model: GraphModel, frame: Frame, words: ChartWords, overlay?: Overlay): Chart {
  const layout = layOut(model, frame, words)
  const { plot, px, py } = layout
  const spots = model.points.map(({ x, y }) => ({ x: round(px(x)), y: y === null ? null : round(py(y)) }))
  let drawn = 0
  for (const { y } of spots) if (y !== null) drawn += 1
  const radius = round(Math.min(4, Math.max(1.5, (0.45 * (plot.right - plot.left)) / Math.max(1, drawn))))
  const stage: Stage = { ...layout, model, words, text: frame.text, spots, radius }
  return {
    ...frame,
    plot,
    radius,
    spots,
    primitives: [
      ...gapBands(stage),
      ...axes(stage),
      ...aimLines(stage),
      ...phaseMarks(stage),
      ...dataPaths(stage, drawn > BULK),
      ...(overlay ? overlays(stage, overlay) : []),
      ...(drawn > BULK ? markerPaths(stage) : markers(stage)),
      ...qualityMarks(stage),
      ...gapLabels(stage),
      ...aimLabels(stage),
      ...emptyLabel(stage),
    ],
  }
}

type Stage = Layout & {
  readonly model: GraphModel
  readonly words: ChartWords
  readonly text: number
  readonly spots: Chart['spots']
  readonly radius: number
}

type Layout = {
  readonly plot: Plot
  readonly px: (x: number) => number
  readonly py: (y: number) => number
  readonly valueLabels: readonly { readonly y: number; readonly label: string }[]
  /** px of each phase line, in the order of model.phaseLines. */
  readonly lineAt: readonly number[]
  readonly labels: readonly Primitive[]
  /** Baseline of the labels of gaps. */
  readonly gapRow: number
  readonly tickRow: number
}

/** Margins first: the widths of the labels decide how much is left for the plot. */
function layOut(model: GraphModel, { width, height, text }: Frame, words: ChartWords): Layout {
  const { x, y } = model.axis
  const row = Math.round(text * 1.4)
  const wanted = Math.min(5, Math.max(2, Math.floor(height / (3.5 * row))))
  const whole = y.unit.kind === 'count' || y.unit.kind === 'points' || y.unit.kind === 'yes_no'
  const valueLabels = valueTicks(y.min, y.max, wanted)
    .filter((at) => !whole || Number.isInteger(at))
    .map((at) => ({ y: at, label: words.number(at, y.unit) }))
  const widest = Math.max(0, ...valueLabels.map((tick) => widthOf(tick.label, text)))
  const left = Math.ceil(widest + 10)
  const right = width - 12
  const px = linear(x.min, x.max, left, right)

  const lineAt = phaseLineX(model, px)
  const header = phaseLabels(model, words, { left, right, row, text, lineAt })
  const top = row + header.height + Math.round(text * 0.75)
  const marks = model.gaps.some((gap) => words.gap(gap) !== '')
  const under = 6 + (marks ? row : 0) + row + (x.kind === 'session' ? row : 0)
  const bottom = Math.max(top + 20, height - under)
  const answers = y.unit.kind === 'yes_no' ? Math.round((bottom - top) / 4) : 0
  return {
    plot: { left, top, right, bottom },
    px,
    py: linear(y.min, y.max, bottom - answers, top + answers),
    valueLabels,
    lineAt,
    labels: header.labels,
    gapRow: bottom + 2 + row,
    tickRow: bottom + 4 + row + (marks ? row : 0),
  }
}

/** The straight way from a range of values to one of px. */
function linear(min: number, max: number, from: number, to: number): (value: number) => number {
  const span = max - min
  return (value) => {
    const share = span === 0 ? 0.5 : (value - min) / span
    return from * (1 - share) + to * share
  }
}

/** A phase line keeps clear of the points on both sides, or stands half-way where they are close. */
function phaseLineX(model: GraphModel, px: (x: number) => number): number[] {
  const clear = 8
  return model.phaseLines.map(({ x, before, after }) => {
    const low = before === null ? -Infinity : px(before)
    const high = after === null ? Infinity : px(after)
    if (high - low < 2 * clear) return round((low + high) / 2)
    return round(Math.min(high - clear, Math.max(low + clear, px(x))))
  })
}

/** Major phases are labelled across their span; a minor one begins its label at its dashed line, a row below. */
function phaseLabels(
  model: GraphModel,
  words: ChartWords,
  at: { left: number; right: number; row: number; text: number; lineAt: readonly number[] },
): { readonly height: number; readonly labels: readonly Primitive[] } {
  const { left, right, row, text, lineAt } = at
  const beginning = (phase: number) =>
    phase === 0 ? left : (lineAt[model.phaseLines.findIndex((one) => one.phase === phase)] ?? left)
  const majors: number[] = []
  const minors: number[] = []
  for (const [index, phase] of model.phases.entries())
    (index === 0 || phase.major ? majors : minors).push(index)

  const texts = (phases: readonly number[], others: readonly number[], most: number, bold: boolean) =>
    phases.map((index, nth) => {
      const from = beginning(index)
      const next = [phases[nth + 1], others.find((other) => other > index)].filter((one) => one !== undefined)
      const to = Math.min(right, ...next.map(beginning))
      const phase = model.phases[index]
      const label = phase ? words.phase(phase) : ''
      const spare = (index === 0 ? 20 : 0) + (to === right ? 8 : 0)
      return { from, to, lines: wrapped(label, to - from - 6 + spare, text, most, bold) }
    })
  const over = texts(majors, [], 2, true)
  const under = texts(minors, majors, 1, false)
  const overRows = Math.max(0, ...over.map((one) => one.lines.length))
  const underRows = Math.max(0, ...under.map((one) => one.lines.length))

  const labels: Primitive[] = []
  for (const { from, to, lines } of over) {
    const half = Math.max(0, ...lines.map((line) => widthOf(line, text, true))) / 2
    // The first and the last may reach into the margins, so that a short phase keeps its name.
    const x =
      to === right ? Math.max((from + to) / 2, from + 3 + half) : Math.min((from + to) / 2, to - 3 - half)
    for (const [nth, line] of lines.entries())
      labels.push({
        kind: 'text',
        role: 'phase-label',
        x: round(x),
        y: row * (2 + nth + overRows - lines.length),
        text: line,
        anchor: 'middle',
        size: text,
      })
  }
  for (const { from, lines } of under)
    for (const line of lines)
      labels.push({
        kind: 'text',
        role: 'minor-label',
        x: round(from + 4),
        y: row * (2 + overRows),
        text: line,
        anchor: 'start',
        size: text,
      })
  return { height: row * (overRows + underRows), labels }
}

function axes(stage: Stage): Primitive[] {
  const { model, plot, px, py, words, text, valueLabels, tickRow } = stage
  const { kind, min, max } = model.axis.x
  const { unit, metric, text: own } = model.axis.y
  const found: Primitive[] = []
  for (const { y, label } of valueLabels) {
    const at = round(py(y))
    if (at < plot.bottom - 0.5)
      found.push({ kind: 'line', role: 'grid', x1: plot.left, y1: at, x2: plot.right, y2: at })
    found.push({
      kind: 'text',
      role: 'tick-label',
      x: plot.left - 7,
      y: round(at + text * 0.35),
      text: label,
      anchor: 'end',
      size: text,
    })
  }
  const heading = fitted(words.valueAxis(unit, metric, own), plot.right, text)
  found.push(
    { kind: 'text', role: 'axis-label', x: 0, y: round(text), text: heading, anchor: 'start', size: text },
    { kind: 'line', role: 'axis', x1: plot.left, y1: plot.top, x2: plot.left, y2: plot.bottom },
    { kind: 'line', role: 'axis', x1: plot.left, y1: plot.bottom, x2: plot.right, y2: plot.bottom },
  )

  const axis = { min, max, at: px, widthOf: (label: string) => widthOf(label, text) }
  const nothing = model.points.length === 0 && max - min <= 1
  const first = model.points[0]?.x ?? min
  const sessions = () => sessionTicks(axis, (value) => words.number(value)).filter((tick) => tick.x >= first)
  const ticks = nothing ? [] : kind === 'day' ? dayTicks(axis, words.day) : sessions()
  for (const { x, label } of ticks) {
    const at = round(px(x))
    found.push({ kind: 'line', role: 'tick', x1: at, y1: plot.bottom, x2: at, y2: plot.bottom + 4 })
    const half = widthOf(label, text) / 2
    if (at + half <= plot.right + 12)
      found.push({
        kind: 'text',
        role: 'tick-label',
        x: at,
        y: tickRow,
        text: label,
        anchor: 'middle',
        size: text,
      })
  }
  if (kind === 'session')
    found.push({
      kind: 'text',
      role: 'axis-label',
      x: round((plot.left + plot.right) / 2),
      y: tickRow + Math.round(text * 1.4),
      text: words.sessionAxis,
      anchor: 'middle',
      size: text,
    })
  return found
}

function aimLines({ model, px, py }: Stage): Primitive[] {
  return model.aims.map(({ current, x1, y1, x2, y2 }) => ({
    kind: 'line',
    role: current ? 'aim' : 'aim-old',
    x1: round(px(x1)),
    y1: round(py(y1)),
    x2: round(px(x2)),
    y2: round(py(y2)),
  }))
}

/** Beside the current line, above or below it, where it covers the least of the data; near its end if it can. */
function aimLabels({ model, words, text, plot, px, py, spots, lineAt }: Stage): Primitive[] {
  const aim = model.aims.find((one) => one.current)
  if (!aim) return []
  const label = fitted(words.aim(aim, model.axis.y.unit), plot.right - plot.left, text, true)
  const half = widthOf(label, text, true) / 2
  const [x1, x2, y1, y2] = [px(aim.x1), px(aim.x2), py(aim.y1), py(aim.y2)]
  const slope = x2 > x1 ? (y2 - y1) / (x2 - x1) : 0
  const dots = spots.filter(isSpot)
  const bulk = dots.length > BULK
  // of very many points a coarse line is enough to know where there is room
  const coarse = bulk ? [extremes(dots, COARSE).flatMap((index) => dots[index] ?? [])] : []
  const runs = bulk
    ? coarse
    : model.segments.map((segment) => segment.map((index) => spots[index]).filter(isSpot))
  const lines = runs.flatMap((run) =>
    run.slice(1).map((to, nth) => ({ x1: run[nth]?.x ?? to.x, y1: run[nth]?.y ?? to.y, x2: to.x, y2: to.y })),
  )
  const uprights = lineAt.map((x) => ({ x1: x, y1: plot.top, x2: x, y2: plot.bottom }))
  const alone = bulk ? [] : dots.map(({ x, y }) => ({ x1: x, y1: y, x2: x, y2: y }))
  const others = [...lines, ...uprights, ...alone]

  let best = { x: Math.max(plot.left + half, x2 - half), y: plot.top + text, cost: Infinity }
  // a place costs at least its number
  for (let nth = 0; nth < 20 && nth < best.cost; nth++) {
    const wanted = x1 + (x2 - x1) * (1 - nth / 20) - (nth === 0 ? half : 0)
    const x = Math.min(plot.right - half, Math.max(plot.left + half, wanted))
    const rise = Math.abs(slope) * half
    const middle = y1 + slope * (x - x1)
    const [left, right] = [x - half - 2, x + half + 2]
    const near = others.filter(
      (line) => Math.max(line.x1, line.x2) >= left && Math.min(line.x1, line.x2) <= right,
    )
    for (const y of [middle - rise - 7, middle + rise + text + 3]) {
      const box = { left, right, top: y - text, bottom: y + 4 }
      if (box.top < plot.top || box.bottom > plot.bottom) continue
      let cost = nth
      for (const line of near) {
        if (cost >= best.cost) break
        if (touches(line, box)) cost += 5
      }
      if (cost < best.cost) best = { x, y, cost }
    }
  }
  const { x, y } = best
  return [
    { kind: 'text', role: 'aim-label', x: round(x), y: round(y), text: label, anchor: 'middle', size: text },
  ]
}

/** Width of the columns in which a label looks for room among very many points, px. */
const COARSE = 8

function isSpot(spot: Chart['spots'][number] | undefined): spot is Spot {
  return spot !== undefined && spot.y !== null
}

type Stroke = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }

/** Whether a stroke beside which a box stands passes through it: its part between the sides is neither above nor below. */
function touches({ x1, y1, x2, y2 }: Stroke, { left, right, top, bottom }: Box): boolean {
  const at = (x: number) => (x1 === x2 ? y1 : y1 + ((y2 - y1) * (x - x1)) / (x2 - x1))
  const from = at(Math.max(left, Math.min(x1, x2)))
  const to = x1 === x2 ? y2 : at(Math.min(right, Math.max(x1, x2)))
  return Math.max(from, to) >= top && Math.min(from, to) <= bottom
}

function phaseMarks({ model, plot, lineAt, labels }: Stage): Primitive[] {
  const lines = model.phaseLines.map(({ major }, index): Primitive => ({
    kind: 'line',
    role: major ? 'phase-major' : 'phase-minor',
    x1: lineAt[index] ?? plot.left,
    y1: plot.top - 2,
    x2: lineAt[index] ?? plot.left,
    y2: plot.bottom,
  }))
  return [...lines, ...labels]
}

function dataPaths({ model, spots }: Stage, bulk: boolean): Primitive[] {
  const path = line<Spot>()
    .x((spot) => spot.x)
    .y((spot) => spot.y)
    .digits(2)
  return model.segments.map((segment) => {
    const all = segment.map((index) => spots[index]).filter(isSpot)
    const shown = bulk ? extremes(all).flatMap((index) => all[index] ?? []) : all
    return { kind: 'path', role: 'data', d: path(shown) ?? '' }
  })
}

/** Trend, level and spread of each stretch, as long as its points that count reach. */
function overlays({ px, py, plot }: Stage, { stretches, ...wanted }: Overlay): Primitive[] {
  const within = (y: number) => Math.min(plot.bottom, Math.max(plot.top, py(y)))
  const rows = (stretch: Stretch, heights: readonly number[]) =>
    heights
      .map((y) => `M${round(px(stretch.x1 ?? 0))},${round(within(y))}H${round(px(stretch.x2 ?? 0))}`)
      .join('')
  return stretches.flatMap((stretch): Primitive[] => {
    const { median, mad, trend } = stretch
    const found: Primitive[] = []
    if (median !== null && wanted.level)
      found.push({ kind: 'path', role: 'level', d: rows(stretch, [median]) })
    if (median !== null && mad !== null && mad > 0 && wanted.spread)
      found.push({ kind: 'path', role: 'spread', d: rows(stretch, [median - mad, median + mad]) })
    if (trend && wanted.trend) {
      const cut = clipped(trend)
      if (cut) found.push({ kind: 'line', role: 'trend', ...cut })
    }
    return found
  })

  /** The part of a line between the lower and the upper edge of the plot. */
  function clipped({ x1, y1, x2, y2 }: Sloped) {
    const [ax, ay, bx, by] = [px(x1), py(y1), px(x2), py(y2)]
    const inside = (x: number, y: number, ox: number, oy: number) => {
      const edge = y < plot.top ? plot.top : y > plot.bottom ? plot.bottom : null
      return edge === null ? { x, y } : { x: x + ((ox - x) * (edge - y)) / (oy - y), y: edge }
    }
    if (Math.max(ay, by) < plot.top || Math.min(ay, by) > plot.bottom) return null
    const [a, b] = [inside(ax, ay, bx, by), inside(bx, by, ax, ay)]
    return { x1: round(a.x), y1: round(a.y), x2: round(b.x), y2: round(b.y) }
  }
}

function markers({ model, spots, radius: r }: Stage): Primitive[] {
  return model.points.flatMap(({ hollow, shape }, point): Primitive[] => {
    const spot = spots[point]
    if (!spot || spot.y === null) return []
    const role = hollow ? 'hollow' : 'point'
    if (shape === 'circle') return [{ kind: 'circle', role, cx: spot.x, cy: spot.y, r, point }]
    return [{ kind: 'path', role, d: squarePath(spot.x, spot.y, r), point }]
  })
}

/** One path a phase for points that count, one for those that do not. */
function markerPaths({ model, spots, radius }: Stage): Primitive[] {
  const paths = new Map<number, { role: Role; d: string }>()
  const taken = new Set<number>()
  const circle = circleFrom(radius)
  for (const [index, { hollow, shape, phase }] of model.points.entries()) {
    const spot = spots[index]
    if (!spot || spot.y === null) continue
    const kind = hollow ? 1 : 0
    // one of the same kind a square of half a pixel: the others would be painted under it
    const square = (Math.round(2 * spot.x) * MOST_HALVES + Math.round(2 * spot.y)) * 2 + kind
    if (taken.has(square)) continue
    taken.add(square)
    const key = 2 * phase + kind
    let path = paths.get(key)
    if (!path) paths.set(key, (path = { role: hollow ? 'hollow' : 'point', d: '' }))
    path.d += shape === 'circle' ? circle(spot.x, spot.y) : squarePath(spot.x, spot.y, radius)
  }
  return [...paths.values()].map(({ role, d }) => ({ kind: 'path', role, d }))
}

/** More half pixels than a drawing is high; so few that a square's number stays a small one, which sets find fastest. */
const MOST_HALVES = 16_384

/**
 * A small triangle above a session that a second observer saw, a diamond above it where somebody checked how the
 * program is run; filled where they agreed on less, or fewer steps were right, than 80 %.
 */
function qualityMarks({ model, spots, radius }: Stage): Primitive[] {
  const roles = ['agreement', 'agreement-low', 'fidelity', 'fidelity-low'] as const
  const parts = { agreement: [], 'agreement-low': [], fidelity: [], 'fidelity-low': [] } as {
    readonly [role in (typeof roles)[number]]: string[]
  }
  for (const [index, point] of model.points.entries()) {
    const spot = spots[index]
    if (point.notes.length === 0 || !spot || spot.y === null) continue
    let y = round(spot.y - radius - 4)
    for (const kind of ['agreement', 'fidelity'] as const) {
      const lows = point.notes.flatMap((one) =>
        (one.kind === 'agreement' || one.kind === 'fidelity') && one.kind === kind ? [one.low] : [],
      )
      if (lows.length === 0) continue
      const role = lows.includes(true) ? (`${kind}-low` as const) : kind
      parts[role].push((kind === 'agreement' ? trianglePath : diamondPath)(spot.x, y))
      y = round(y - 9)
    }
  }
  return roles
    .filter((role) => parts[role].length > 0)
    .map((role) => ({ kind: 'path', role, d: parts[role].join('') }))
}

/** Faint bands over the time that was not observed, and the two strokes of a broken axis at long breaks. */
function gapBands({ model, plot, px, radius }: Stage): Primitive[] {
  const day = px(1) - px(0)
  const bands: string[] = []
  const breaks: string[] = []
  for (const gap of model.gaps) {
    const long = gap.kind === 'break' || gap.kind === 'no_data'
    const middle = (px(gap.x1) + px(gap.x2)) / 2
    const half = long
      ? (px(gap.x2) - px(gap.x1)) / 2 - radius - 3
      : Math.max((px(gap.x2) - px(gap.x1) + day) / 2, 3)
    const x1 = round(Math.max(plot.left, middle - half))
    const x2 = round(Math.min(plot.right, middle + half))
    if (x2 > x1) bands.push(`M${x1},${plot.top}H${x2}V${plot.bottom}H${x1}Z`)
    if (gap.kind === 'break') {
      const [a, b, y] = [round(middle - 3), round(middle + 3), plot.bottom]
      breaks.push(`M${a - 3},${y + 5}L${a + 3},${y - 5}M${b - 3},${y + 5}L${b + 3},${y - 5}`)
    }
  }
  const found: Primitive[] = []
  if (bands.length > 0) found.push({ kind: 'path', role: 'band', d: bands.join('') })
  if (breaks.length > 0) found.push({ kind: 'path', role: 'axis-break', d: breaks.join('') })
  return found
}

/** Under the axis, never on it: an absence must not look like a zero. The longest gaps get the room first. */
function gapLabels({ model, words, plot, px, text, gapRow }: Stage): Primitive[] {
  const taken: [number, number][] = []
  const found: Primitive[] = []
  for (const gap of model.gaps.toSorted((a, b) => b.count - a.count || a.x1 - b.x1)) {
    const label = words.gap(gap)
    if (label === '') continue
    const half = widthOf(label, text) / 2
    const middle = (px(gap.x1) + px(gap.x2)) / 2
    const x = Math.min(plot.right + 10 - half, Math.max(plot.left - 10 + half, middle))
    if (taken.some(([from, to]) => x - half < to && x + half > from)) continue
    taken.push([x - half - 6, x + half + 6])
    found.push({
      kind: 'text',
      role: 'gap-label',
      x: round(x),
      y: gapRow,
      text: label,
      anchor: 'middle',
      size: text,
    })
  }
  return found
}

function emptyLabel({ model, words, plot, text, spots }: Stage): Primitive[] {
  if (spots.some((spot) => spot.y !== null)) return []
  const x = round((plot.left + plot.right) / 2)
  const y = round((plot.top + plot.bottom) / 2)
  const label = fitted(words.empty, plot.right - plot.left, text)
  return model.aims.length > 0 || label === ''
    ? []
    : [{ kind: 'text', role: 'empty', x, y, text: label, anchor: 'middle', size: text }]
}

/** Circles of one size. */
function circleFrom(r: number): (x: number, y: number) => string {
  const around = `a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`
  return (x, y) => `M${round(x - r)},${y}${around}`
}

/** Slightly smaller than the circle's square, so that both weigh the same to the eye. */
const squarePath = (x: number, y: number, r: number): string => {
  const half = round(r * 0.9)
  return `M${round(x - half)},${round(y - half)}h${2 * half}v${2 * half}h${-2 * half}Z`
}

const trianglePath = (x: number, y: number): string => `M${round(x - 3.5)},${y}h7l-3.5,-6Z`

const diamondPath = (x: number, y: number): string =>
  `M${round(x - 3.5)},${round(y - 3.5)}l3.5,-3.5l3.5,3.5l-3.5,3.5Z`

const round = (value: number): number => Math.round(value * 100) / 100
