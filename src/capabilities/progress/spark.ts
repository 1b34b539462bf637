/**
 * The shape of a goal's newest weeks, small enough for a row of a list: the same points, breaks, phase lines and aim
 * line as its graph, without words. It points at the graph and replaces nothing of it. Pure.
 */
import type { GraphModel, GraphPoint } from './graph.ts'

export interface Spark {
  readonly width: number
  readonly height: number
  /** SVG path of the joined points; empty when none are joined. */
  readonly line: string
  readonly dots: readonly { readonly x: number; readonly y: number; readonly hollow: boolean }[]
  /** The current aim line within the frame; null without one. */
  readonly aim: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number } | null
  /** x of the phase lines. */
  readonly phases: readonly { readonly x: number; readonly major: boolean }[]
}

const RADIUS = 2.25

/** Days before the newest point, and points, that a small picture has room for. */
const DAYS = 63
const MOST = 24

/** The points of the newest nine weeks (sessions, for imported data) in a frame of px; null without one to draw. */
export function spark(model: GraphModel, { width, height }: { width: number; height: number }): Spark | null {
  const measured = model.points.filter((point) => point.y !== null)
  const newest = measured.at(-1)?.x ?? 0
  const drawn = measured.filter((point) => point.x > newest - DAYS).slice(-MOST)
  const [first, last] = [drawn[0], drawn.at(-1)]
  if (!first || !last) return null
  const { min, max } = model.axis.y
  const pad = RADIUS + 1
  const span = last.x - first.x
  const x = (at: number) => (span === 0 ? width / 2 : pad + ((at - first.x) / span) * (width - 2 * pad))
  const y = (value: number) => height - pad - ((value - min) / (max - min)) * (height - 2 * pad)
  const place = (point: GraphPoint) => ({ x: round(x(point.x)), y: round(y(point.y ?? 0)) })
  return {
    width,
    height,
    line: model.segments
      .map((segment) => segment.flatMap((index) => shownOf(model.points[index])))
      .filter((points) => points.length > 1)
      .map((points) => `M${points.map((point) => `${place(point).x},${place(point).y}`).join('L')}`)
      .join(''),
    dots: drawn.map((point) => ({ ...place(point), hollow: point.hollow })),
    aim: aimOf(),
    phases: model.phaseLines
      .filter((line) => line.x > first.x && line.x < last.x)
      .map((line) => ({ x: round(x(line.x)), major: line.major })),
  }

  function shownOf(point: GraphPoint | undefined): GraphPoint[] {
    return point && drawn.includes(point) ? [point] : []
  }

  function aimOf(): Spark['aim'] {
    const aim = model.aims.find((one) => one.current)
    const [from, to] = [Math.max(aim?.x1 ?? Infinity, first?.x ?? 0), Math.min(aim?.x2 ?? 0, last?.x ?? 0)]
    if (!aim || to <= from) return null
    const at = (where: number) => aim.y1 + ((aim.y2 - aim.y1) * (where - aim.x1)) / (aim.x2 - aim.x1)
    return { x1: round(x(from)), y1: round(y(at(from))), x2: round(x(to)), y2: round(y(at(to))) }
  }
}

const round = (value: number): number => Math.round(value * 10) / 10
