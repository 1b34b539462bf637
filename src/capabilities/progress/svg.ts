/**
 * A chart as an SVG document for print and reports: the same geometry as on screen, in inks that a black-and-white
 * printer keeps apart. Runs on the server; needs no DOM.
 */
import type { Chart, Primitive } from './chart.ts'
import { STYLES, type Color } from './style.ts'

const INKS: { readonly [color in Color]: string } = {
  ink: '#111111',
  'ink-2': '#444444',
  'ink-3': '#777777',
  line: '#bbbbbb',
  accent: '#0f5f6b',
  surface: '#ffffff',
  'surface-2': '#eeeeee',
}

/** The title is what a screen reader says of the picture: facts about the goal, no name of a student. */
export function toSvg(chart: Chart, options: { readonly title: string; readonly font: string }): string {
  const { width, height } = chart
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` role="img" font-family="${escaped(options.font)}" font-variant-numeric="tabular-nums">`,
    `<title>${escaped(options.title)}</title>`,
    ...chart.primitives.map(element),
    '</svg>',
  ].join('')
}

function element(primitive: Primitive): string {
  const look = attributes(primitive)
  switch (primitive.kind) {
    case 'path':
      return `<path d="${primitive.d}"${look}/>`
    case 'line':
      return `<line x1="${primitive.x1}" y1="${primitive.y1}" x2="${primitive.x2}" y2="${primitive.y2}"${look}/>`
    case 'circle':
      return `<circle cx="${primitive.cx}" cy="${primitive.cy}" r="${primitive.r}"${look}/>`
    case 'text': {
      const { x, y, anchor, size, text } = primitive
      return `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="${size}"${look}>${escaped(text)}</text>`
    }
  }
}

function attributes({ role }: Primitive): string {
  const { fill, stroke, width, dash, bold, halo } = STYLES[role]
  const rim = halo ? ` paint-order="stroke" stroke="${INKS.surface}" stroke-width="3"` : ''
  return [
    ` fill="${fill ? INKS[fill] : 'none'}"`,
    stroke ? ` stroke="${INKS[stroke]}" stroke-width="${width ?? 1}"` : rim,
    dash ? ` stroke-dasharray="${dash}"` : '',
    bold ? ' font-weight="600"' : '',
  ].join('')
}

/** Text as XML: markup escaped, and characters that XML does not allow left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}
