/**
 * A chart as an SVG document for print and reports: the same geometry as on screen, in inks that a black-and-white
 * printer keeps apart. Runs on the server; needs no DOM.
 */
import type { Chart, Primitive, Role } from './chart.ts'
import { SIGN, type Sign } from './key.ts'
import { escaped, markupOf } from './markup.ts'
import { STYLES, type Color } from './style.ts'
import { widthOf, wrapped } from './text.ts'

/** What the theme's colors are on paper. */
export const INKS: { readonly [color in Color]: string } = {
  ink: '#111111',
  'ink-2': '#444444',
  'ink-3': '#777777',
  line: '#bbbbbb',
  accent: '#0f5f6b',
  surface: '#ffffff',
  'surface-2': '#eeeeee',
}

export interface Sheet {
  /** What a screen reader says of the picture: facts about the goal, no name of a student. */
  readonly title: string
  readonly font: string
  /** Lines over the drawing; the first is its heading. */
  readonly above?: readonly string[]
  /** What the signs mean, in rows under the drawing. */
  readonly key?: readonly Sign[]
  /** Lines at the foot: reason, date, what was left out. */
  readonly below?: readonly string[]
}

/** The drawing by itself, or with heading, key and foot as a sheet that can stand alone. */
export function toSvg(chart: Chart, { title, font, above = [], key = [], below = [] }: Sheet): string {
  const { width, text } = chart
  const row = Math.round(text * 1.5)
  const head = above.flatMap((line, nth) => wrapped(line, width, text, 2, nth === 0))
  const top = head.length === 0 ? 0 : head.length * row + Math.round(text * 0.75)
  const signs = placed(key, width, text)
  const rows = (signs.at(-1)?.row ?? -1) + 1
  const foot = below.flatMap((line) => wrapped(line, width, text, 3))
  const keyTop = top + chart.height + (rows > 0 ? text : 0)
  const footTop = keyTop + rows * SIGN_ROW + (foot.length > 0 ? text / 2 : 0)
  const height = Math.ceil(footTop + foot.length * row + (foot.length > 0 ? text / 2 : 0))
  const words = (lines: readonly string[], from: number, bold: boolean) =>
    lines.map((line, nth) => {
      const y = Math.round(from + (nth + 1) * row - text * 0.4)
      return written({ x: 0, y, anchor: 'start', size: text, text: line }, bold && nth === 0)
    })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` role="img" font-family="${escaped(font)}" font-variant-numeric="tabular-nums">`,
    `<title>${escaped(title)}</title>`,
    above.length + key.length + below.length > 0
      ? `<rect width="${width}" height="${height}" fill="${INKS.surface}"/>`
      : '',
    ...words(head, 0, true),
    top === 0 ? '' : `<g transform="translate(0 ${top})">`,
    markupOf(chart.primitives, attributes),
    top === 0 ? '' : '</g>',
    ...signs.flatMap(({ sign, x, row: nth }) => [
      `<g transform="translate(${x} ${keyTop + nth * SIGN_ROW})">`,
      markupOf(sign.primitives, attributes),
      written(
        { x: SIGN.width + 4, y: SIGN.height - 3, anchor: 'start', size: text, text: sign.words },
        false,
      ),
      '</g>',
    ]),
    ...words(foot, footTop, false),
    '</svg>',
  ].join('')
}

const SIGN_ROW = SIGN.height + 6

/** Signs from left to right in rows of the width. */
function placed(key: readonly Sign[], width: number, size: number) {
  let x = 0
  let row = 0
  return key.map((sign) => {
    const needs = SIGN.width + 4 + widthOf(sign.words, size) + 16
    if (x > 0 && x + needs > width) {
      x = 0
      row += 1
    }
    const place = { sign, x, row }
    x = Math.round(x + needs)
    return place
  })
}

function written(
  {
    x,
    y,
    anchor,
    size,
    text,
  }: Pick<Extract<Primitive, { kind: 'text' }>, 'x' | 'y' | 'anchor' | 'size' | 'text'>,
  bold: boolean,
): string {
  const weight = bold ? ' font-weight="600"' : ''
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="${size}" fill="${INKS.ink}"${weight}>${escaped(text)}</text>`
}

function attributes(role: Role): string {
  const { fill, stroke, width, dash, bold, halo } = STYLES[role]
  const rim = halo ? ` paint-order="stroke" stroke="${INKS.surface}" stroke-width="3"` : ''
  return [
    ` fill="${fill ? INKS[fill] : 'none'}"`,
    stroke ? ` stroke="${INKS[stroke]}" stroke-width="${width ?? 1}"` : rim,
    dash ? ` stroke-dasharray="${dash}"` : '',
    bold ? ' font-weight="600"' : '',
  ].join('')
}
