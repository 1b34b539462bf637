/**
 * A task analysis over its sessions as a grid: steps from the top down, sessions from left to right. Black = alone,
 * hatched = with help, white = not yet, a stroke = done by the adult, nothing = no part of the day. For chaining, a
 * line runs under the step that was taught. Pure geometry.
 */
import type { Chart, ChartWords, Frame, Primitive } from './chart.ts'
import { columnsOf, pictureOf } from './columns.ts'
import type { GraphModel } from './graph.ts'
import { filled, type Rect } from './hatch.ts'
import type { StepResult, Stepwise } from './stepwise.ts'

export interface StepWords extends ChartWords {
  readonly steps: string
}

export interface StepChart {
  readonly chart: Chart
  readonly shown: Stepwise['sessions']
  readonly leftOut: number
}

/** Height of a grid with so many steps, px. */
export function stepHeight(steps: number, text: number): number {
  return Math.round(steps * Math.max(22, text * 1.7) + text * 5.5)
}

export function stepChart(model: GraphModel, stepwise: Stepwise, frame: Frame, words: StepWords): StepChart {
  const points = new Map(model.points.map((point, index) => [point.sessionId, index]))
  const sessions = stepwise.sessions
    .filter((one) => points.has(one.session))
    .toSorted((a, b) => (points.get(a.session) ?? 0) - (points.get(b.session) ?? 0))
  const n = stepwise.steps.length
  const columns = columnsOf(
    model,
    sessions.map((one) => points.get(one.session) ?? 0),
    frame,
    words,
    {
      heading: words.steps,
      rows: stepwise.steps.map((step, nth) => ({ at: 1 - (nth + 0.5) / n, label: `${nth + 1} ${step}` })),
      least: 12,
    },
  )
  const shown = sessions.slice(columns.leftOut)
  const { top, bottom } = columns.plot
  const row = (bottom - top) / n
  const cells: Record<Exclude<StepResult, null>, Rect[]> = {
    alone: [],
    helped: [],
    not: [],
    adult: [],
    not_applicable: [],
  }
  for (const [nth, { results }] of shown.entries()) {
    const slot = columns.slots[nth]
    if (!slot) continue
    const width = Math.min(26, slot.width * 0.8)
    const height = Math.min(row * 0.72, 20)
    for (const [step, result] of results.entries())
      if (result !== null)
        cells[result].push({
          x: slot.x - width / 2,
          y: top + (step + 0.5) * row - height / 2,
          width,
          height,
        })
  }
  const content = [
    ...filled(cells.alone, 'solid'),
    ...filled(cells.helped, 'rising'),
    ...filled(cells.not, 'empty'),
    ...strokes(cells.adult),
    ...taughtLine(),
  ]
  return { chart: pictureOf(frame, columns, content), shown, leftOut: columns.leftOut }

  /** A function in steps: level while one step is taught, broken where all are scored. */
  function taughtLine(): Primitive[] {
    let d = ''
    let open = false
    for (const [nth, { taught }] of shown.entries()) {
      const slot = columns.slots[nth]
      if (!slot || taught === null) {
        open = false
        continue
      }
      const y = round(top + taught * row)
      const [from, to] = [round(slot.x - slot.width / 2), round(slot.x + slot.width / 2)]
      d += open ? `V${y}H${to}` : `M${from},${y}H${to}`
      open = true
    }
    return d === '' ? [] : [{ kind: 'path', role: 'aim', d }]
  }
}

function strokes(rects: readonly Rect[]): Primitive[] {
  if (rects.length === 0) return []
  const d = rects
    .map(
      ({ x, y, width, height }) =>
        `M${round(x + width * 0.2)},${round(y + height / 2)}h${round(width * 0.6)}`,
    )
    .join('')
  return [{ kind: 'path', role: 'floor', d }]
}

const round = (value: number): number => Math.round(value * 100) / 100
