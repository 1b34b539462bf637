/** The parts of Today that other capabilities bring, loaded. */
import { createContext, type ComponentType } from 'react'
import type { Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { BoardBlock } from '../model.ts'

export interface LoadedParts {
  readonly safety: readonly ComponentType[]
  readonly changed: readonly ComponentType[]
  readonly block: readonly ComponentType<{ block: BoardBlock; day: Day }>[]
  readonly later: readonly ComponentType[]
  /** Words within the row of a goal that is due. */
  readonly run: readonly ComponentType<{ program: Uuid }>[]
  readonly own: readonly ComponentType[]
}

export const TodayPartsContext = createContext<LoadedParts>({
  safety: [],
  changed: [],
  block: [],
  later: [],
  run: [],
  own: [],
})
