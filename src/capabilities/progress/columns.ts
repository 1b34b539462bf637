/**
 * The frame of drawings with one column a session: the newest sessions that fit, their days below, the phases with
 * their lines above, labels on the left. What stands in the columns is the caller's. Pure geometry in px.
 */
import type { Chart, ChartWords, Frame, Plot, Primitive } from './chart.ts'
import type { GraphModel } from './graph.ts'
import { fitted, widthOf } from './text.ts'

export interface Columns {
  readonly plot: Plot
  /** How many of the sessions are left out, the oldest first. */
  readonly leftOut: number
  /** Center and width of each column that is shown. */
  readonly slots: readonly { readonly x: number; readonly width: number }[]
  /** Axes, labels and phase lines. */
  readonly primitives: readonly Primitive[]
}

export interface RowLabel {
  /** From 0 at the bottom to 1 at the top. */
  readonly at: number
  readonly label: string
}

export interface ColumnsOptions {
  readonly heading: string
  readonly rows: readonly RowLabel[]
  /** No column is narrower, px. */
  readonly least: number
}

/** A share of the width is the most that labels on the left may take. */
const LABELS = 0.36
const WIDEST = 46

/** `points`: indexes into model.points, ascending. */
export function columnsOf(
  model: GraphModel,
  points: readonly number[],
  { width, height, text }: Frame,
  words: ChartWords,
  options: ColumnsOptions,
): Columns {
  const row = Math.round(text * 1.4)
  const widest = Math.max(0, ...options.rows.map(({ label }) => widthOf(label, text)))
  const left = Math.ceil(Math.min(widest, width * LABELS) + 10)
  const right = width - 4
  const most = Math.max(1, Math.floor((right - left) / options.least))
  const shown = points.slice(-most)
  const slot = Math.min(WIDEST, (right - left) / Math.max(1, shown.length))
  const plot: Plot = { left, right, top: row * 2 + Math.round(text * 0.75), bottom: height - row - 8 }
  const slots = shown.map((_, nth) => ({ x: round(left + (nth + 0.5) * slot), width: slot }))
  return {
    plot,
    leftOut: points.length - shown.length,
    slots,
    primitives: [...axes(), ...dayLabels(), ...phases()],
  }

  function axes(): Primitive[] {
    const labels = options.rows.map(({ at, label }): Primitive => ({
      kind: 'text',
      role: 'tick-label',
      x: left - 7,
      y: round(plot.bottom - at * (plot.bottom - plot.top) + text * 0.35),
      text: fitted(label, left - 8, text),
      anchor: 'end',
      size: text,
    }))
    const heading = fitted(options.heading, right, text)
    return [
      { kind: 'text', role: 'axis-label', x: 0, y: round(text), text: heading, anchor: 'start', size: text },
      { kind: 'line', role: 'axis', x1: left, y1: plot.top, x2: left, y2: plot.bottom },
      { kind: 'line', role: 'axis', x1: left, y1: plot.bottom, x2: right, y2: plot.bottom },
      ...labels,
    ]
  }

  /** As many as fit; a month is named where it begins. */
  function dayLabels(): Primitive[] {
    let end = -Infinity
    let month = ''
    return shown.flatMap((index, nth): Primitive[] => {
      const day = model.points[index]?.day
      const x = slots[nth]?.x ?? 0
      if (day === null || day === undefined) return []
      const label = words.day(day, day.slice(0, 7) === month ? 'day' : 'month_day')
      const half = widthOf(label, text) / 2
      if (x - half < end || x + half > right + 4) return []
      end = x + half + 8
      month = day.slice(0, 7)
      return [
        { kind: 'line', role: 'tick', x1: x, y1: plot.bottom, x2: x, y2: plot.bottom + 4 },
        {
          kind: 'text',
          role: 'tick-label',
          x,
          y: plot.bottom + 4 + row,
          text: label,
          anchor: 'middle',
          size: text,
        },
      ]
    })
  }

  function phases(): Primitive[] {
    const spans: { phase: number; from: number; to: number }[] = []
    for (const [nth, index] of shown.entries()) {
      const phase = model.points[index]?.phase ?? 0
      const last = spans.at(-1)
      const to = left + (nth + 1) * slot
      if (last?.phase === phase) last.to = to
      else spans.push({ phase, from: left + nth * slot, to })
    }
    return spans.flatMap(({ phase, from, to }, nth): Primitive[] => {
      const before = spans[nth - 1]?.phase
      const major = before !== undefined && model.phases.slice(before + 1, phase + 1).some((one) => one.major)
      const end = spans[nth + 1]?.from ?? Math.max(to, right)
      const own = model.phases[phase]
      const bold = nth === 0 || major
      const label = own ? fitted(words.phase(own), end - from - 6, text, bold) : ''
      const found: Primitive[] = []
      if (nth > 0)
        found.push({
          kind: 'line',
          role: major ? 'phase-major' : 'phase-minor',
          x1: round(from),
          y1: plot.top - row,
          x2: round(from),
          y2: plot.bottom,
        })
      if (label !== '')
        found.push({
          kind: 'text',
          role: bold ? 'phase-label' : 'minor-label',
          x: round(from + 4),
          y: row * 2,
          text: label,
          anchor: 'start',
          size: text,
        })
      return found
    })
  }
}

/** The finished drawing, with a place for the cursor at each column. `all`: how many sessions there are, shown or not. */
export function pictureOf(frame: Frame, columns: Columns, content: readonly Primitive[]): Chart {
  const { plot, slots, primitives } = columns
  return {
    ...frame,
    plot,
    radius: 4,
    primitives: [...content, ...primitives],
    spots: slots.map(({ x }) => ({ x, y: null })),
  }
}

const round = (value: number): number => Math.round(value * 100) / 100
