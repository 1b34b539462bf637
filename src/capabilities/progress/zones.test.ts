/**
 * What people read about a goal, across the clock changes of 2026 in three zones: Chicago 8 March and 1 November,
 * London 29 March and 25 October, Sydney 5 April and 4 October (tz database). Each wall-clock time below is written
 * with the offset that the zone had then, by hand; whoever computes it anew must come to the day on the left.
 */
import { describe, expect, it } from 'vitest'
import { momentOf } from '../schedule/day.ts'
import { aggregateDay, sessionView } from '../sessions/rules.ts'
import { device, TRIALS } from '../sessions/testing.ts'
import { settle } from '../../platform/records/settle.ts'
import type { SessionState } from '../sessions/state.ts'
import { caseloadOf } from './caseload.ts'
import { goalOf } from './goal.ts'
import type { PlanVersion } from './plan.ts'
import { program } from './testing.ts'

/** Two sessions each on the school days around a change: early and late, where UTC is on another day. */
const CHANGES = [
  {
    zone: 'America/Chicago spring',
    tz: 'America/Chicago',
    days: [
      ['2026-03-06', '2026-03-06T08:52:00-06:00', '2026-03-06T19:10:00-06:00'],
      ['2026-03-09', '2026-03-09T08:52:00-05:00', '2026-03-09T19:10:00-05:00'],
    ],
  },
  {
    zone: 'America/Chicago fall',
    tz: 'America/Chicago',
    days: [
      ['2026-10-30', '2026-10-30T08:52:00-05:00', '2026-10-30T19:10:00-05:00'],
      ['2026-11-02', '2026-11-02T08:52:00-06:00', '2026-11-02T19:10:00-06:00'],
    ],
  },
  {
    zone: 'Europe/London spring',
    tz: 'Europe/London',
    days: [
      ['2026-03-27', '2026-03-27T00:20:00+00:00', '2026-03-27T23:10:00+00:00'],
      ['2026-03-30', '2026-03-30T00:20:00+01:00', '2026-03-30T23:10:00+01:00'],
    ],
  },
  {
    zone: 'Europe/London fall',
    tz: 'Europe/London',
    days: [
      ['2026-10-23', '2026-10-23T00:20:00+01:00', '2026-10-23T23:10:00+01:00'],
      ['2026-10-26', '2026-10-26T00:20:00+00:00', '2026-10-26T23:10:00+00:00'],
    ],
  },
  {
    zone: 'Australia/Sydney fall',
    tz: 'Australia/Sydney',
    days: [
      ['2026-04-03', '2026-04-03T08:52:00+11:00', '2026-04-03T15:10:00+11:00'],
      ['2026-04-06', '2026-04-06T08:52:00+10:00', '2026-04-06T15:10:00+10:00'],
    ],
  },
  {
    zone: 'Australia/Sydney spring',
    tz: 'Australia/Sydney',
    days: [
      ['2026-10-02', '2026-10-02T08:52:00+10:00', '2026-10-02T15:10:00+10:00'],
      ['2026-10-05', '2026-10-05T08:52:00+11:00', '2026-10-05T15:10:00+11:00'],
    ],
  },
] as const

describe.each(CHANGES)('$zone', ({ tz, days }) => {
  const sessions = days.flatMap(([, ...times]) => times.map((at) => sessionAt(at, tz)))
  const school = days.map(([day]) => day)
  const goal = goalOf({
    plan: {
      program: 'p',
      student: 'st',
      versions: [{ id: 'v1', day: '2026-01-05', author: 'reyes', body: program() as PlanVersion['body'] }],
      phases: [],
      aims: [],
      conflicts: [],
    },
    sessions: sessions.map((state) => ({ partition: state.session, state })),
    imported: [],
    decisions: [],
    checks: [],
    schoolDays: school,
    names: {},
    tz,
    viewer: 'reyes',
  })

  it('F18 the graph and its table have each session on the day and at the time of the wall clock at school', () => {
    expect(goal.model.points.map((point) => [point.day, point.time])).toEqual(
      days.flatMap(([day, ...times]) => times.map((at) => [day, at.slice(11, 16)])),
    )
    // Friday to Monday is three days on the axis, with 71, 72 or 73 hours between
    const [friday, , monday] = goal.model.points
    expect((monday?.x ?? 0) - (friday?.x ?? 0)).toBe(3)
  })

  it('F18 the value of a day pools the sessions of that day and of no other', () => {
    for (const [n] of school.entries()) {
      const pooled = aggregateDay(sessions.slice(2 * n, 2 * n + 2))
      expect(pooled).toMatchObject({ summary: { numerator: 10, denominator: 10 }, leftOut: [] })
    }
    expect(aggregateDay(sessions.slice(1, 3))).toBeNull()
  })

  it('F18 the caseload knows a session that runs on either side of the change as one of today', () => {
    for (const [day, ...times] of days)
      for (const at of times) {
        const state = sessionAt(at, tz, { ends: false })
        const session = {
          partition: state.session,
          state,
          by: '',
          point: null,
          agreement: null,
          second: null,
        }
        const [item] = caseloadOf({
          goals: [{ ...goal, open: [session] }],
          initials: new Map(),
          today: day,
          schoolDays: school,
        })
        expect(item?.attention[0]?.kind).toBe('live')
      }
  })

  it('F18 Today is the board of the day at school, and the length of a session is what the clock ran', () => {
    const me = {
      district: { id: 'd', name: 'Cedar Bend', demo: true, tz, clockOffsetMs: 0 },
      boards: school.map((day) => ({ day, type: 'A', blocks: [] })),
    }
    for (const [day, ...times] of days)
      for (const at of times) expect(momentOf(me, Date.parse(at)).today?.day).toBe(day)
    expect(new Set(sessions.map((state) => state.observedMs))).toEqual(new Set([100_000]))
  })
})

/** Five independent trials, one every twenty seconds. */
function sessionAt(at: string, tz: string, { ends = true } = {}): SessionState {
  const hand = device({ at: new Date(at).toISOString(), tz, session: `s ${at}`, version: 'v1' })
  hand.start(TRIALS)
  hand.trials('+ + + + +')
  if (ends) hand.end()
  return sessionView.fold(settle(hand.made)) as SessionState
}
