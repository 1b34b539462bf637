/** The scatterplot of a behavior (domain C15): time of day by day. A cell that nobody filled in was not observed. */
import type { Day } from '../../platform/core/days.ts'
import { minutesIn } from '../sessions/log.ts'
import type { MeasureOf } from '../sessions/measures.ts'
import type { BehaviorLog, CellEntry } from './rules.ts'

export type CellCode = CellEntry['code']

export interface GridCell {
  /** Null: not observed, which is never 0. */
  readonly code: CellCode | null
  /** Two observers recorded it and do not say the same; the code is that of whoever began first. */
  readonly differs: boolean
}

export interface Grid {
  /** Local times at which the cells begin, `HH:MM`. */
  readonly times: readonly string[]
  readonly days: readonly Day[]
  /** By time, then by day. */
  readonly cells: readonly (readonly GridCell[])[]
}

/** @param days the columns, whether anything was recorded on them or not. */
export function gridOf(
  measure: MeasureOf<'scatterplot'>,
  logs: readonly BehaviorLog[],
  days: readonly Day[],
): Grid {
  const byPlace = new Map<string, CellCode[]>()
  const ordered = logs.toSorted((a, b) => Date.parse(firstOf(a)) - Date.parse(firstOf(b)))
  for (const log of ordered)
    for (const [place, code] of cellsOf(log)) byPlace.set(place, [...(byPlace.get(place) ?? []), code])
  const times = timesOf(measure)
  const cells = times.map((_, index) =>
    days.map((day): GridCell => {
      const codes = byPlace.get(placeOf(index + 1, day)) ?? []
      return { code: codes[0] ?? null, differs: new Set(codes).size > 1 }
    }),
  )
  return { times, days, cells }
}

/** When each cell of a day begins, `HH:MM`; the last one may be shorter than the others. */
export function timesOf({ from, to, cell_min }: MeasureOf<'scatterplot'>): string[] {
  const [start, end] = [minutesIn(from), minutesIn(to)]
  return Array.from({ length: Math.max(0, Math.ceil((end - start) / cell_min)) }, (_, index) => {
    const minute = start + index * cell_min
    return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':')
  })
}

/** What one log says of each of its cells, by cell and day: of two entries for one cell the later one. */
export function cellsOf(log: Pick<BehaviorLog, 'entries'>): ReadonlyMap<string, CellCode> {
  const cells = new Map<string, CellCode>()
  for (const entry of log.entries)
    if (entry.noun === 'cell') cells.set(placeOf(entry.cell, entry.day), entry.code)
  return cells
}

function placeOf(cell: number, day: Day): string {
  return `${day} ${cell}`
}

function firstOf(log: BehaviorLog): string {
  return log.entries[0]?.at ?? ''
}
