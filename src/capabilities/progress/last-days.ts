/** Cold probes of the newest days together (domain C13): how many were a yes. Pure; nothing recorded is no day. */
import type { GoalSession } from './goal.ts'

const DAYS = 10

export interface LastDays {
  readonly days: number
  readonly numerator: number
  readonly denominator: number
}

/** Of the newest ten days with a probe; null without one. @param sessions newest first, as a goal has them. */
export function lastDays(sessions: readonly Pick<GoalSession, 'state'>[]): LastDays | null {
  const counted = sessions.filter(
    ({ state }) =>
      state.status !== 'open' && state.observer === 'primary' && (state.summary.denominator ?? 0) > 0,
  )
  const days = [...new Set(counted.map(({ state }) => state.day))].slice(0, DAYS)
  if (days.length === 0) return null
  const sum = (of: 'numerator' | 'denominator') =>
    counted
      .filter(({ state }) => days.includes(state.day))
      .reduce((total, { state }) => total + (state.summary[of] ?? 0), 0)
  return { days: days.length, numerator: sum('numerator'), denominator: sum('denominator') }
}
