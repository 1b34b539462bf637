/**
 * A part of a goal's history as a graph of its own: this school year without the years before. What is left out is
 * left out whole, so that phases, definitions and aim lines of the part stay as they are. Pure.
 */
import { daysBetween, type Day } from '../../platform/core/days.ts'
import type { GraphInput } from './graph.ts'

/** Longer than any break within a school year, shorter than a summer. */
const SUMMER_DAYS = 40

/** First day of the school year that the last of these days belongs to; null without days. Ascending. */
export function schoolYearStart(schoolDays: readonly Day[]): Day | null {
  for (let n = schoolDays.length - 1; n > 0; n--) {
    const [before, day] = [schoolDays[n - 1], schoolDays[n]]
    if (before !== undefined && day !== undefined && daysBetween(before, day) > SUMMER_DAYS) return day
  }
  return schoolDays[0] ?? null
}

/**
 * What a graph needs to show the days from `from` on: the sessions of those days, the phase and the version in force
 * when they begin, and all later ones. Aim lines stay: the axis cuts them.
 */
export function inputSince(input: GraphInput, from: Day): GraphInput {
  const versions = input.versions.toSorted((a, b) => a.body.number - b.body.number)
  const inForce = Math.max(
    0,
    versions.findLastIndex((version) => version.day <= from),
  )
  const begins = input.phases
    .filter(({ body }) => body.major && body.from <= from)
    .reduce<Day | null>(
      (latest, { body }) => (latest === null || body.from > latest ? body.from : latest),
      null,
    )
  return {
    ...input,
    versions: versions.slice(inForce),
    phases: input.phases.flatMap((phase) => {
      if (phase.body.from > from) return [phase]
      const holds = begins !== null && phase.body.from >= begins
      return holds ? [{ ...phase, body: { ...phase.body, from } }] : []
    }),
    sessions: input.sessions.filter((session) => session.day >= from),
  }
}
