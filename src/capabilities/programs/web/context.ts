/** What every section of the builder works on. */
import { createContext, useContext } from 'react'
import type { LooseMeasure } from '../fields.ts'
import type { FieldProblem, Working } from '../working.ts'

export interface Building {
  readonly working: Working
  change(patch: Partial<Working>): void
  /** What a field lacks, once it was asked for: `definition`, `measure.interval_s`. */
  problemOf(key: string): FieldProblem | undefined
}

export const BuildingContext = createContext<Building | null>(null)

export function useBuilding(): Building {
  const building = useContext(BuildingContext)
  if (!building) throw new Error('a section outside the builder')
  return building
}

/** The measurement, and the way to change fields of it. */
export function useMeasure(): {
  readonly measure: LooseMeasure | null
  readonly set: (patch: { readonly [field: string]: LooseMeasure[string] }) => void
} {
  const { working, change } = useBuilding()
  const { measure } = working
  return { measure, set: (patch) => measure && change({ measure: { ...measure, ...patch } }) }
}
