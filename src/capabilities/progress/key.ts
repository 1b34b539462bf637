/** Signs of a drawing for its key: what stands in it, small, in the same shapes and fillings. Pure geometry. */
import type { Primitive, Role } from './chart.ts'
import { filled, type Filling } from './hatch.ts'

/** Size of the box that a sign is drawn in, px. */
export const SIGN = { width: 28, height: 16 } as const

export interface Sign {
  readonly primitives: readonly Primitive[]
  readonly words: string
}

export function sign(role: Role, shape: keyof typeof SHAPES, words: string): Sign {
  return { primitives: [{ kind: 'path', role, d: SHAPES[shape] }], words }
}

export function fillingSign(filling: Filling, words: string): Sign {
  return { primitives: filled([{ x: 5, y: 1.5, width: 18, height: 13 }], filling), words }
}

const SHAPES = {
  dot: 'M10,8a4,4 0 1,0 8,0a4,4 0 1,0 -8,0Z',
  square: 'M10.4,4.4h7.2v7.2h-7.2Z',
  stroke: 'M1,8H27',
  strokes: 'M1,5H27M1,11H27',
  upright: 'M14,0V16',
  triangle: 'M10.5,11h7l-3.5,-6Z',
  diamond: 'M10.5,8l3.5,-3.5l3.5,3.5l-3.5,3.5Z',
  cross: 'M10.5,4.5l7,7M17.5,4.5l-7,7',
  dash: 'M10,8h8',
  tick: 'M10.5,5l3.5,5l3.5,-5',
  steps: 'M1,12H11V5H27',
} as const
