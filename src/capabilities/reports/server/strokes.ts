/** A chart's geometry as the strokes of a document on paper: the same drawing as on screen, in inks for black and white. */
import type { Stroke } from '../../../platform/server/paper.ts'
import type { Primitive } from '../../progress/chart.ts'
import { STYLES } from '../../progress/style.ts'
import { INKS } from '../../progress/svg.ts'

export function strokesOf(primitives: readonly Primitive[]): Stroke[] {
  return primitives.map((primitive): Stroke => {
    const { fill, stroke, width = 1, dash, bold = false } = STYLES[primitive.role]
    if (primitive.kind === 'text') {
      const { x, y, text, size, anchor } = primitive
      return { kind: 'text', x, y, text, size, anchor, bold, color: INKS[fill ?? 'ink'] }
    }
    return {
      kind: 'path',
      d: pathOf(primitive),
      fill: fill ? INKS[fill] : null,
      stroke: stroke ? INKS[stroke] : null,
      width,
      dash: dash ? dash.split(' ').map(Number) : null,
    }
  })
}

function pathOf(primitive: Exclude<Primitive, { kind: 'text' }>): string {
  switch (primitive.kind) {
    case 'path':
      return primitive.d
    case 'line':
      return `M ${primitive.x1} ${primitive.y1} L ${primitive.x2} ${primitive.y2}`
    case 'circle': {
      const { cx, cy, r } = primitive
      return `M ${cx - r} ${cy} a ${r} ${r} 0 1 0 ${2 * r} 0 a ${r} ${r} 0 1 0 ${-2 * r} 0 Z`
    }
  }
}
