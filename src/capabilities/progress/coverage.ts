/** How much of each phase a second observer saw (domain D.8): the share of its sessions, against the usual target. */
import type { GraphModel } from './graph.ts'

/** Percent of the sessions of a phase that a second observer should see at least. */
export const IOA_TARGET = 20

export interface Coverage {
  readonly watched: number
  readonly sessions: number
  readonly enough: boolean
}

/** Of the sessions with a value in the phases from `first` to `last`; null without any. */
export function coverageOf(
  model: Pick<GraphModel, 'points'>,
  { first, last }: { readonly first: number; readonly last: number },
): Coverage | null {
  let sessions = 0
  let watched = 0
  for (const { phase, value, sessionId, notes } of model.points) {
    if (phase < first || phase > last || value === null || sessionId === null) continue
    sessions += 1
    if (notes.some((note) => note.kind === 'agreement')) watched += 1
  }
  return sessions === 0 ? null : { watched, sessions, enough: watched * 100 >= IOA_TARGET * sessions }
}
