/** Made-up programs, sessions and calendars for the tests of the goal graph. */
import { addDays, weekday, type Day } from '../../platform/core/days.ts'
import type { ProgramBody } from '../sessions/records.ts'
import type { SessionState, Summary } from '../sessions/state.ts'
import type { GraphInput } from './graph.ts'

export const MAYA = 'maya'
export const KIM = 'kim'
export const REYES = 'reyes'

type Measure = SessionState['measure']

export const trials: Measure = {
  system: 'trials',
  prompts: { direction: 'least_to_most', wait_s: 4, levels: [{ code: 'G', label: 'gesture' }] },
  min_opportunities: 5,
  planned: 10,
}

export const counted = (value: 'count' | 'rate'): Measure => ({
  system: 'count',
  value,
  rapid_tap: false,
  min_observed_s: 60,
})

export function program(part: Partial<ProgramBody> = {}): ProgramBody {
  return {
    title: 'Asks for what is needed',
    goal: 'Will ask for a needed item.',
    definition: 'Uses the speech device to ask for an item.',
    direction: 'increase',
    measure: trials,
    criterion: '80 % independent across 3 consecutive sessions with 2 staff',
    number: 1,
    ...part,
  }
}

/** A finished session of trials, `numerator` of `denominator` independent, that began at 14:52 UTC (8:52 in Chicago). */
export function session(
  day: Day,
  numerator: number | null,
  denominator: number | null,
  part: Partial<SessionState> = {},
): SessionState {
  const started = part.started ?? `${day}T14:52:00.000Z`
  const opportunities = denominator ?? 0
  return {
    session: `s-${started}-${part.by ?? MAYA}`,
    program: 'p',
    version: 'v1',
    student: 'st',
    observer: 'primary',
    of: null,
    by: MAYA,
    device: part.by ?? MAYA,
    measure: trials,
    condition: 'intervention',
    setting: 'Room 12',
    tags: [],
    day,
    started,
    ended: new Date(Date.parse(started) + 600_000).toISOString(),
    status: 'complete',
    reason: null,
    observedMs: 600_000,
    runningSince: null,
    runningMono: null,
    items: [],
    aside: [],
    levels: {},
    flags: [],
    summary: {
      metric: 'pct_independent',
      numerator,
      denominator,
      opportunities,
      validity: numerator === null ? 'no_opportunity' : opportunities < 5 ? 'below_min' : 'valid',
    },
    ...part,
  }
}

/** A session that was planned and did not run. */
export function notRun(day: Day, reason: string, part: Partial<SessionState> = {}): SessionState {
  const summary: Summary = {
    metric: 'pct_independent',
    numerator: null,
    denominator: null,
    opportunities: 0,
    validity: 'not_run',
  }
  return session(day, null, null, { status: 'not_run', reason, summary, ...part })
}

/** A finished session in which a behavior was counted. */
export function countSession(
  day: Day,
  occurrences: number,
  minutes: number,
  metric: 'count' | 'rate' = 'count',
): SessionState {
  const ms = minutes * 60_000
  const denominator = metric === 'count' ? 1 : ms
  return session(day, occurrences, denominator, {
    measure: counted(metric),
    observedMs: ms,
    summary: { metric, numerator: occurrences, denominator, opportunities: ms, validity: 'valid' },
  })
}

export function input(sessions: readonly SessionState[], part: Partial<GraphInput> = {}): GraphInput {
  const body = part.program ?? program()
  return {
    program: body,
    versions: [{ id: 'v1', day: '2026-09-01', body }],
    phases: [],
    aims: [],
    sessions,
    imported: [],
    schoolDays: [],
    names: { [MAYA]: 'Maya Ortiz', [KIM]: 'Kim Tran', [REYES]: 'Dana Reyes' },
    agreement: {},
    tz: 'America/Chicago',
    ...part,
  }
}

/** Monday to Friday from `from` to `to`, without the days that `closed` names. */
export function weekdays(from: Day, to: Day, closed: (day: Day) => boolean = () => false): Day[] {
  const days: Day[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) if (weekday(day) <= 5 && !closed(day)) days.push(day)
  return days
}
