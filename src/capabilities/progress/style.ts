/**
 * How each part of the goal graph looks, in names of the theme's colors: the web turns them into custom properties,
 * svg.ts into inks for paper. Every difference that matters is one of shape, dash or fill as well.
 */
import type { Role } from './chart.ts'

export type Color = 'ink' | 'ink-2' | 'ink-3' | 'line' | 'accent' | 'surface' | 'surface-2'

export type Style = {
  readonly fill?: Color
  readonly stroke?: Color
  /** px */
  readonly width?: number
  readonly dash?: string
  readonly bold?: boolean
  /** A rim in the color of the ground, so that words stay readable over lines. */
  readonly halo?: boolean
}

export const STYLES: { readonly [role in Role]: Style } = {
  band: { fill: 'surface-2' },
  grid: { stroke: 'line', width: 1, dash: '1 5' },
  axis: { stroke: 'ink-3', width: 1 },
  tick: { stroke: 'ink-3', width: 1 },
  'tick-label': { fill: 'ink-2' },
  'axis-label': { fill: 'ink-2' },
  'axis-break': { stroke: 'ink-2', width: 1.25 },
  aim: { stroke: 'accent', width: 2, dash: '7 5' },
  'aim-old': { stroke: 'ink-3', width: 1.5, dash: '2 4' },
  'aim-label': { fill: 'accent', bold: true, halo: true },
  'phase-major': { stroke: 'ink', width: 1.5 },
  'phase-minor': { stroke: 'ink-2', width: 1.25, dash: '4 4' },
  'phase-label': { fill: 'ink', bold: true },
  'minor-label': { fill: 'ink-2' },
  data: { stroke: 'ink', width: 1.75 },
  point: { fill: 'ink' },
  hollow: { fill: 'surface', stroke: 'ink', width: 1.75 },
  agreement: { fill: 'surface', stroke: 'ink-2', width: 1.25 },
  'agreement-low': { fill: 'ink-2', stroke: 'ink-2', width: 1.25 },
  fidelity: { fill: 'surface', stroke: 'ink-2', width: 1.25 },
  'fidelity-low': { fill: 'ink-2', stroke: 'ink-2', width: 1.25 },
  trend: { stroke: 'ink', width: 1.5, dash: '9 3 2 3' },
  level: { stroke: 'ink-2', width: 1.25 },
  spread: { stroke: 'ink-2', width: 1.25, dash: '1 3' },
  cell: { fill: 'ink', stroke: 'ink', width: 1 },
  'cell-gray': { fill: 'ink-3', stroke: 'ink', width: 1 },
  'cell-empty': { fill: 'surface', stroke: 'ink', width: 1 },
  hatch: { stroke: 'ink', width: 1.1 },
  floor: { stroke: 'ink-2', width: 1.5 },
  error: { stroke: 'ink', width: 1.75 },
  'grid-strong': { stroke: 'ink-3', width: 1 },
  'gap-label': { fill: 'ink-2' },
  empty: { fill: 'ink-2' },
}
