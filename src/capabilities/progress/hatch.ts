/**
 * Fillings that a black-and-white printer, and an eye that sees no colors, keeps apart: drawn as lines, not as
 * patterns of the document, so that a file, a print and a screen show the same. Pure geometry in px.
 */
import type { Primitive, Role } from './chart.ts'

export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** From the darkest to the lightest. */
export const FILLINGS = [
  'solid',
  'gray',
  'cross',
  'rising',
  'level',
  'falling',
  'upright',
  'dots',
  'sparse',
  'empty',
] as const
export type Filling = (typeof FILLINGS)[number]

/** Rectangles with one filling, as one or two paths however many there are. */
export function filled(rects: readonly Rect[], filling: Filling): Primitive[] {
  const some = rects.filter(({ width, height }) => width > 0 && height > 0)
  if (some.length === 0) return []
  const ground: Role = filling === 'solid' ? 'cell' : filling === 'gray' ? 'cell-gray' : 'cell-empty'
  const outlines: Primitive = { kind: 'path', role: ground, d: some.map(outline).join('') }
  const strokes = some.map((rect) => strokesOf(rect, filling)).join('')
  return strokes === '' ? [outlines] : [outlines, { kind: 'path', role: 'hatch', d: strokes }]
}

/** Distance of the lines of a filling, px. */
const STEP = 5

function strokesOf(rect: Rect, filling: Filling): string {
  switch (filling) {
    case 'rising':
      return diagonals(rect, 1, STEP)
    case 'falling':
      return diagonals(rect, -1, STEP)
    case 'cross':
      return diagonals(rect, 1, STEP) + diagonals(rect, -1, STEP)
    case 'level':
      return levels(rect, STEP - 1)
    case 'upright':
      return uprights(rect, STEP - 1)
    case 'dots':
      return dots(rect)
    case 'sparse':
      return diagonals(rect, 1, 3 * STEP)
    case 'solid':
    case 'gray':
    case 'empty':
      return ''
  }
}

/** Lines x ± y = n · step that run through the rectangle; the same raster for all, so that neighbors agree. */
function diagonals({ x, y, width, height }: Rect, slope: 1 | -1, step: number): string {
  const [right, bottom] = [x + width, y + height]
  const ends = slope === 1 ? [x + y, right + bottom] : [x - bottom, right - y]
  let path = ''
  for (let c = Math.ceil((ends[0] ?? 0) / step) * step; c <= (ends[1] ?? 0); c += step) {
    // on the line x + slope·y = c, between the two upright sides and within the two level ones
    const from = Math.max(x, slope === 1 ? c - bottom : c + y)
    const to = Math.min(right, slope === 1 ? c - y : c + bottom)
    if (to - from > 0.5) path += `M${r(from)},${r(slope * (c - from))}L${r(to)},${r(slope * (c - to))}`
  }
  return path
}

function levels({ x, y, width, height }: Rect, step: number): string {
  let path = ''
  for (let at = Math.ceil((y + 1) / step) * step; at < y + height; at += step)
    path += `M${r(x)},${r(at)}h${r(width)}`
  return path
}

function uprights({ x, y, width, height }: Rect, step: number): string {
  let path = ''
  for (let at = Math.ceil((x + 1) / step) * step; at < x + width; at += step)
    path += `M${r(at)},${r(y)}v${r(height)}`
  return path
}

function dots({ x, y, width, height }: Rect): string {
  let path = ''
  for (let top = Math.ceil((y + 2) / STEP) * STEP; top < y + height - 1; top += STEP)
    for (let left = Math.ceil((x + 2) / STEP) * STEP; left < x + width - 1; left += STEP)
      path += `M${r(left)},${r(top)}h1.2`
  return path
}

const outline = ({ x, y, width, height }: Rect): string =>
  `M${r(x)},${r(y)}h${r(width)}v${r(height)}h${r(-width)}Z`

const r = (value: number): number => Math.round(value * 100) / 100
