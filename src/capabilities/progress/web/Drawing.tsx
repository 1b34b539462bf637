/** A chart's geometry as SVG elements in the theme's colors. Draws; knows nothing of goals. */
import type { Chart, Primitive } from '../chart.ts'
import { STYLES, type Color } from '../style.ts'

const color = (name: Color) => `var(--${name})`

export function Drawing({ chart, label, active }: { chart: Chart; label: string; active: number | null }) {
  return (
    <svg
      width={chart.width}
      height={chart.height}
      viewBox={`0 0 ${chart.width} ${chart.height}`}
      role="img"
      aria-label={label}
    >
      {chart.primitives.map((primitive, index) => (
        <Part key={index} primitive={primitive} />
      ))}
      {active !== null && <Cursor chart={chart} active={active} />}
    </svg>
  )
}

function Part({ primitive }: { primitive: Primitive }) {
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
