/** A chart's geometry as SVG elements in the theme's colors. Draws; knows nothing of goals. */
import type { Chart, Primitive } from '../chart.ts'
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
      {chart.primitives.map((primitive, index) => (
        <Shape key={index} primitive={primitive} />
      ))}
      {part && <Part chart={chart} part={part} />}
      {active !== null && <Cursor chart={chart} active={active} />}
    </svg>
  )
}

/** One part of a drawing, or of its key. */
export function Shape({ primitive }: { primitive: Primitive }) {
  const { fill, stroke, width, dash, bold, halo } = STYLES[primitive.role]
  const look = {
    'data-role': primitive.role,
    fill: fill ? color(fill) : 'none',
    stroke: stroke ? color(stroke) : halo ? color('surface') : undefined,
    strokeWidth: stroke ? width : halo ? 4 : undefined,
    strokeDasharray: dash,
  }
  switch (primitive.kind) {
    case 'path':
      return <path {...look} d={primitive.d} strokeLinejoin="round" />
    case 'line':
      return <line {...look} x1={primitive.x1} y1={primitive.y1} x2={primitive.x2} y2={primitive.y2} />
    case 'circle':
      return <circle {...look} cx={primitive.cx} cy={primitive.cy} r={primitive.r} />
    case 'text':
      return (
        <text
          {...look}
          x={primitive.x}
          y={primitive.y}
          textAnchor={primitive.anchor}
          fontSize={primitive.size}
          fontWeight={bold ? 700 : undefined}
          paintOrder={halo ? 'stroke' : undefined}
          strokeLinejoin="round"
        >
          {primitive.text}
        </text>
      )
  }
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
