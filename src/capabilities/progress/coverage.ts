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
  const ran = model.points.filter(
    (point) =>
      point.phase >= first && point.phase <= last && point.value !== null && point.sessionId !== null,
  )
  if (ran.length === 0) return null
  const watched = ran.filter((point) => point.notes.some((note) => note.kind === 'agreement')).length
  return { watched, sessions: ran.length, enough: watched * 100 >= IOA_TARGET * ran.length }
}
