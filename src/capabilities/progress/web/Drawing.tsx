/**
 * A chart's geometry as SVG elements in the theme's colors. Draws; knows nothing of goals. The shapes are handed to the
 * browser as text, which it reads several times as fast as React makes them one by one; none is ever changed alone.
 */
import type { Chart, Primitive, Role } from '../chart.ts'
import { markupOf } from '../markup.ts'
import { STYLES, type Color } from '../style.ts'

const color = (name: Color) => `var(--${name})`

interface DrawingProps {
  chart: Chart
  /** What the picture says as a whole. */
  label: string
  /** The place where the reader is. */
  active: number | null
  /** The first and the last place of a part that is being marked. */
  part?: readonly number[] | null | undefined
}

export function Drawing({ chart, label, active, part }: DrawingProps) {
  return (
    <svg
      width={chart.width}
      height={chart.height}
      viewBox={`0 0 ${chart.width} ${chart.height}`}
      role="img"
      aria-label={label}
    >
      <g dangerouslySetInnerHTML={inside(chart.primitives)} />
      {part && <Part chart={chart} part={part} />}
      {active !== null && <Cursor chart={chart} active={active} />}
    </svg>
  )
}

/** Parts of a drawing, or of its key, in the theme's colors: for the inside of an SVG element. */
export function inside(primitives: readonly Primitive[]): { __html: string } {
  return { __html: markupOf(primitives, lookOf) }
}

const looks = new Map<Role, string>()

function lookOf(role: Role): string {
  const known = looks.get(role)
  if (known !== undefined) return known
  const { fill, stroke, width, dash, bold, halo } = STYLES[role]
  const made = [
    ` data-role="${role}" fill="${fill ? color(fill) : 'none'}"`,
    stroke ? ` stroke="${color(stroke)}" stroke-width="${width ?? 1}"` : '',
    stroke || halo ? ' stroke-linejoin="round"' : '',
    !stroke && halo ? ` paint-order="stroke" stroke="${color('surface')}" stroke-width="4"` : '',
    dash ? ` stroke-dasharray="${dash}"` : '',
    bold ? ' font-weight="700"' : '',
  ].join('')
  looks.set(role, made)
  return made
}

/** The part of the time that is being marked. */
function Part({ chart, part }: { chart: Chart; part: readonly number[] }) {
  const { top, bottom } = chart.plot
  const [from, to] = [chart.spots[part[0] ?? 0]?.x ?? 0, chart.spots[part[1] ?? 0]?.x ?? 0]
  return (
    <rect
      data-role="part"
      x={from - 4}
      y={top}
      width={to - from + 8}
      height={bottom - top}
      fill={color('accent')}
      fillOpacity={0.15}
      stroke={color('accent')}
    />
  )
}

/** Where the reader is: a hairline, and a ring around the point if there is one. */
function Cursor({ chart, active }: { chart: Chart; active: number }) {
  const spot = chart.spots[active]
  if (!spot) return null
  const { top, bottom } = chart.plot
  return (
    <g data-role="cursor" fill="none" stroke={color('accent')}>
      <line x1={spot.x} y1={top} x2={spot.x} y2={bottom} strokeOpacity={0.45} />
      {spot.y !== null && <circle cx={spot.x} cy={spot.y} r={chart.radius + 4} strokeWidth={2.5} />}
    </g>
  )
}
