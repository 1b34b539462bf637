/**
 * A drawing as the text of SVG elements. The screen (Drawing.tsx) and files (svg.ts) write the same shapes, each in its
 * own colors. What people have written stands between the tags only, and escaped.
 */
import type { Primitive, Role } from './chart.ts'

/** `look`: the attributes that give a role its colors, each with a space before it. */
export function markupOf(primitives: readonly Primitive[], look: (role: Role) => string): string {
  let markup = ''
  for (const primitive of primitives) markup += elementOf(primitive, look(primitive.role))
  return markup
}

function elementOf(primitive: Primitive, look: string): string {
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

/** Text as XML: markup escaped, and characters that XML does not allow left out. */
export function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}
