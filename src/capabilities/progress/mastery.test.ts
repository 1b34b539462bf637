/** Expected values: domain D.6, its worked grammar and its rules, counted by hand. */
import { describe, expect, test } from 'vitest'
import type { SessionState } from '../sessions/state.ts'
import type { MasteryRule } from '../sessions/mastery.ts'
import { parseRule } from '../sessions/mastery-text.ts'
import { evaluateMastery, type MasteryInput } from './mastery.ts'
import { counted, KIM, MAYA, notRun, REYES, session, trials, weekdays } from './testing.ts'

const RULE = 'pct_independent >= 80 FOR 3 consecutive MIN trials 5 MIN staff 2'
const rule = (text: string): MasteryRule => {
  const read = parseRule(text)
  if ('problem' in read) throw new Error(JSON.stringify(read.problem))
  return read.rule
}
const judge = (text: string, sessions: readonly SessionState[], more: Partial<MasteryInput> = {}) =>
  evaluateMastery({ rule: rule(text), sessions, ...more })

/** A session of ten trials on the nth of November 2026. */
const on = (day: number, correct: number, part: Partial<SessionState> = {}) =>
  session(`2026-11-${String(day).padStart(2, '0')}`, correct, 10, part)
const by = (who: string) => ({ by: who, device: who })

describe('80 % independent across 3 consecutive sessions with 2 staff', () => {
  test('met on the session that completes it, by the sessions of the streak', () => {
    const sessions = [on(2, 6), on(3, 8), on(4, 9, by(KIM)), on(5, 8)]
    const result = judge(RULE, sessions)
    expect(result.status).toBe('met')
    expect(result.streak).toEqual(sessions.slice(1).map((one) => one.session))
  })

  test('two of three: what is missing is told', () => {
    const result = judge(RULE, [on(3, 8), on(4, 9, by(KIM))])
    expect(result.status).toBe('not_met')
    expect(result.missing).toEqual([
      { kind: 'sessions', have: 2, need: 3 },
      { kind: 'days', have: 2, need: 3 },
    ])
  })

  test('one person only: met except a second one, until a second one runs the next', () => {
    const alone = [on(2, 8), on(3, 8), on(4, 10)]
    const result = judge(RULE, alone)
    expect(result.status).toBe('met_except')
    expect(result.missing).toEqual([{ kind: 'staff', have: 1, need: 2 }])
    const after = judge(RULE, [...alone, on(5, 9, by(KIM))])
    expect(after.status).toBe('met')
    expect(after.streak).toHaveLength(4)
  })

  test('the second person must be within the streak, not before it', () => {
    expect(judge(RULE, [on(2, 9, by(KIM)), on(3, 5), on(4, 8), on(5, 8), on(6, 9)]).status).toBe('met_except')
  })

  test('a second observer is no second person, and no session', () => {
    const seen = on(4, 10, { ...by(REYES), observer: 'ioa', of: 'x', started: '2026-11-04T15:52:00.000Z' })
    const result = judge(RULE, [on(2, 8), on(3, 8), on(4, 10), seen])
    expect(result.status).toBe('met_except')
    expect(result.passed).toEqual([{ session: seen.session, why: 'second_observer' }])
  })

  test('a substitute counts as a second person only where the rule says so', () => {
    const sub = on(4, 10, { ...by('sub'), tags: ['substitute'] })
    expect(judge(RULE, [on(2, 8), on(3, 8), sub]).status).toBe('met_except')
    expect(judge(`${RULE} COUNTING subs`, [on(2, 8), on(3, 8), sub]).status).toBe('met')
  })

  test('a valid session under the threshold breaks the streak', () => {
    expect(judge(RULE, [on(2, 8), on(3, 9, by(KIM)), on(4, 7), on(5, 8)]).streak).toHaveLength(1)
  })

  test.each([
    ['too short', session('2026-11-04', 0, 4), 'below_min'],
    ['not run', notRun('2026-11-04', 'student_absent'), 'not_run'],
    ['without an opportunity', session('2026-11-04', null, null), 'no_value'],
    ['baseline', on(4, 0, { condition: 'baseline' }), 'baseline'],
    ['still running', on(4, 0, { status: 'open', ended: null }), 'open'],
  ])('one that was %s neither counts nor breaks', (_, between, why) => {
    const result = judge(RULE, [on(2, 8), on(3, 9, by(KIM)), between, on(5, 8)])
    expect(result.status).toBe('met')
    expect(result.passed).toEqual([{ session: between.session, why }])
  })

  test('a partial one counts if it has enough trials, and does not if it has not', () => {
    const partial = (n: number) => session('2026-11-05', n, n, { status: 'partial' })
    expect(judge(RULE, [on(2, 8), on(3, 9, by(KIM)), partial(5)]).status).toBe('met')
    expect(judge(RULE, [on(2, 8), on(3, 9, by(KIM)), partial(4)]).status).toBe('not_met')
  })

  test('more trials than the program’s own minimum, where the rule asks for them', () => {
    const strict = 'pct_independent >= 80 FOR 1 consecutive MIN trials 11'
    expect(judge(strict, [on(2, 10)]).passed).toEqual([{ session: on(2, 10).session, why: 'below_min' }])
  })

  test('what two recorded at the same time counts once, and makes no second person', () => {
    const twice = on(4, 9, { ...by(KIM), started: '2026-11-04T14:53:00.000Z' })
    const result = judge(RULE, [on(2, 8), on(3, 8), on(4, 9), twice])
    expect(result.status).toBe('met_except')
    expect(result.passed).toEqual([{ session: twice.session, why: 'same_time' }])
  })
})

describe('cells by name (domain D.7)', () => {
  const THREE = 'pct_independent >= 80 FOR 3 consecutive'
  const GYM = `${THREE} SHOWN IN "Gym"`
  const gym = { setting: 'Gym' }
  const inRun = [on(3, 8), on(4, 9), on(5, 8)]

  test('long enough but never there: met except for it, and which cell it is', () => {
    const result = judge(`${GYM} SHOWN BY "${MAYA}"`, inRun)
    expect(result.status).toBe('met_except')
    expect(result.missing).toEqual([{ kind: 'cells', have: 1, need: 2 }])
    expect(result.cells).toEqual([
      { cell: { setting: 'Gym' }, shown: false },
      { cell: { who: MAYA }, shown: true },
    ])
  })

  test('shown once is enough, in the run or before it; short of the threshold it is not shown', () => {
    expect(judge(GYM, [...inRun, on(6, 8, gym)])).toMatchObject({ status: 'met', missing: [] })
    expect(judge(GYM, [on(1, 8, gym), on(2, 5), ...inRun]).status).toBe('met')
    expect(judge(GYM, [on(1, 7, gym), ...inRun]).status).toBe('met_except')
    // four trials are below the minimum, baseline is no teaching: neither shows anything
    const short = session('2026-11-01', 4, 4, gym)
    expect(judge(GYM, [short, ...inRun]).status).toBe('met_except')
    expect(judge(GYM, [on(1, 10, { ...gym, condition: 'baseline' }), ...inRun]).status).toBe('met_except')
  })

  test('a cell that comes after the run was broken waits for the next run', () => {
    const broken = [...inRun, on(6, 3), on(9, 9, gym)]
    expect(judge(GYM, broken)).toMatchObject({ status: 'not_met', cells: [{ shown: true }] })
    expect(judge(GYM, [...broken, on(10, 9), on(11, 9)]).status).toBe('met')
  })

  test('who, where and with what are one session, not three', () => {
    const text = `${THREE} SHOWN BY "${KIM}" IN "Gym" WITH "Real coins"`
    const apart = [
      on(3, 9, by(KIM)),
      on(4, 9, { ...by(MAYA), ...gym }),
      on(5, 9, { ...by(MAYA), material: 'Real coins' }),
    ]
    expect(judge(text, apart).status).toBe('met_except')
    const whole = on(6, 9, { ...by(KIM), ...gym, material: 'Real coins' })
    expect(judge(text, [...apart, whole]).status).toBe('met')
  })

  test('a place is the same in other capitals; another material is another one', () => {
    expect(judge(`${THREE} SHOWN IN "room 12 "`, inRun).status).toBe('met')
    const cards = inRun.map((one) => ({ ...one, material: 'Cards' }))
    expect(judge(`${THREE} SHOWN WITH "cards"`, cards).status).toBe('met_except')
  })

  test('a role of the team; a substitute by the session, whatever their role is now', () => {
    const slp = `${THREE} SHOWN BY "slp"`
    expect(judge(slp, inRun).status).toBe('met_except')
    expect(judge(slp, inRun, { roles: { [MAYA]: 'slp' } }).status).toBe('met')
    const sub = [on(3, 8), on(4, 9, { tags: ['substitute'] }), on(5, 8)]
    expect(judge(`${THREE} SHOWN BY "substitute"`, sub, { roles: { [MAYA]: 'para' } }).status).toBe('met')
  })

  test('of school days: a day shows what one of its sessions was, when the day as a whole meets it', () => {
    const days = `pct_independent >= 80 FOR 2 consecutive school days SHOWN IN "Gym"`
    const late = (correct: number) => on(4, correct, { ...gym, started: '2026-11-04T18:00:00.000Z' })
    expect(judge(days, [on(3, 9), on(4, 9), late(7)], { today: '2026-11-30' }).status).toBe('met')
    // 9 and 6 of 20 are 75 %
    expect(judge(days, [on(3, 9), on(4, 9), late(6)], { today: '2026-11-30' }).status).toBe('not_met')
  })

  test('what an earlier answer used up still shows a cell; what was before teaching began anew does not', () => {
    const sessions = [on(2, 9, gym), ...inRun]
    const after = sessions[0]?.started ?? ''
    expect(judge(GYM, sessions, { after }).status).toBe('met')
    expect(judge(GYM, sessions, { after, taughtSince: after }).status).toBe('met_except')
  })
})

describe('exact fractions', () => {
  const one = (text: string, up: number, down: number) =>
    judge(`${text} FOR 1 consecutive`, [session('2026-11-02', up, down)]).status
  test('4/5 is 80 %, 199/250 = 79.6 % is not', () => {
    expect(one('pct_independent >= 80', 4, 5)).toBe('met')
    expect(one('pct_independent >= 80', 199, 250)).toBe('not_met')
    expect(one('pct_independent >= 79.6', 199, 250)).toBe('met')
  })
  test('2/3 is not 66.67 %, and is at least 200/3 %', () => {
    expect(one('pct_independent >= 66.67', 4, 6)).toBe('not_met')
    expect(one('pct_independent >= 200/3', 4, 6)).toBe('met')
  })
  test('29/100 ≥ 29 %, where floating point makes 28.999 of it', () => {
    expect(one('pct_independent >= 29', 29, 100)).toBe('met')
    expect(one('pct_independent <= 57', 57, 100)).toBe('met')
  })
})

describe('days, settings, school days, prompts', () => {
  const twice = (day: number, hour: number, part: Partial<SessionState> = {}) =>
    on(day, 9, { started: `2026-11-${String(day).padStart(2, '0')}T${hour}:00:00.000Z`, ...part })
  const THREE = 'pct_independent >= 80 FOR 3 consecutive'

  test('as many days as sessions unless the rule says otherwise: two sessions of a day both count', () => {
    const sessions = [twice(2, 14), twice(2, 17), twice(3, 14)]
    expect(judge(THREE, sessions)).toMatchObject({
      status: 'not_met',
      missing: [{ kind: 'days', have: 2, need: 3 }],
    })
    expect(judge(`${THREE} MIN days 2`, sessions).status).toBe('met')
    expect(judge(THREE, [...sessions, twice(4, 14)]).status).toBe('met')
  })

  test('distinct settings', () => {
    const sessions = [on(2, 9), on(3, 9), on(4, 9)]
    expect(judge(`${THREE} MIN settings 2`, sessions).missing).toEqual([
      { kind: 'settings', have: 1, need: 2 },
    ])
    expect(judge(`${THREE} MIN settings 2`, [on(2, 9), on(3, 9), on(4, 9, { setting: 'Gym' })]).status).toBe(
      'met',
    )
  })

  test('k of m: 4 of the last 5, one miss does not break it', () => {
    const four = 'pct_independent >= 80 FOR 4 of 5'
    const sessions = [on(2, 9), on(3, 9), on(4, 5), on(5, 9), on(6, 8)]
    const result = judge(four, sessions)
    expect(result.status).toBe('met')
    expect(result.streak).toHaveLength(4)
    expect(judge(four, [on(2, 9), on(3, 9), on(4, 5), on(5, 5), on(6, 8), on(9, 9)]).status).toBe('not_met')
  })

  test('within school days: a holiday is not counted, a slow streak is not enough', () => {
    const fast = `${THREE} WITHIN 3 school days`
    // Wednesday, Friday, Monday: four school days with Thursday, three when Thursday is off
    const sessions = [on(4, 9), on(6, 9), on(9, 9)]
    const school = weekdays('2026-11-02', '2026-11-13')
    expect(judge(fast, sessions, { schoolDays: school }).status).toBe('not_met')
    const holiday = school.filter((day) => day !== '2026-11-05')
    expect(judge(fast, sessions, { schoolDays: holiday }).status).toBe('met')
    expect(judge(fast, [...sessions, on(10, 9)], { schoolDays: school }).streak).toEqual(
      [on(6, 9), on(9, 9), on(10, 9)].map((one) => one.session),
    )
  })

  test('at prompt ≤ G: correct at a gesture counts, correct at a fuller prompt does not', () => {
    const measure: SessionState['measure'] = {
      ...trials,
      system: 'trials',
      min_opportunities: 5,
      planned: 10,
      prompts: {
        direction: 'least_to_most',
        wait_s: 4,
        levels: [
          { code: 'G', label: 'gesture' },
          { code: 'V', label: 'verbal' },
        ],
      },
    }
    const codes = ['+', '+', '+', '+', '+', '+', '+G', '+G', '+V', '-']
    const items = codes.map((code, n) => ({
      id: String(n),
      n: n + 1,
      code,
      result: code.slice(0, 1),
      level: code.slice(1) || null,
      at: '2026-11-02T15:00:00.000Z',
      clock: null,
    }))
    const one = on(2, 6, { measure, items })
    expect(judge('pct_independent >= 80 FOR 1 consecutive', [one]).status).toBe('not_met')
    expect(judge('pct_independent >= 80 FOR 1 consecutive AT prompt <= G', [one]).status).toBe('met')
    expect(judge('pct_independent >= 90 FOR 1 consecutive AT prompt <= G', [one]).status).toBe('not_met')
    expect(judge('pct_independent >= 90 FOR 1 consecutive AT prompt <= V', [one]).status).toBe('met')
    // on a scheme that goes from most to least, the gesture stands after the word
    const down = { ...measure, prompts: { ...measure.prompts, direction: 'most_to_least' as const } }
    expect(
      judge('pct_independent >= 80 FOR 1 consecutive AT prompt <= V', [on(2, 6, { measure: down, items })])
        .status,
    ).toBe('not_met')
  })
})

describe('goals of decrease', () => {
  const HOUR = 3_600_000
  const day = (n: number, count: number, hours: number, part: Partial<SessionState> = {}) => {
    const summary = {
      metric: 'count' as const,
      numerator: count,
      denominator: 1,
      opportunities: hours * HOUR,
    }
    return on(n, 0, {
      measure: counted('count'),
      observedMs: hours * HOUR,
      summary: { ...summary, validity: 'valid' },
      ...part,
    })
  }
  const most = { schoolDayMs: 6 * HOUR, today: '2026-11-30' }
  const RULE = 'count <= 1 FOR 3 consecutive school days MIN observed 80'

  test('at most 1 a day on days observed at least 80 %: a day watched less is passed over', () => {
    // 80 % of six hours are four hours and 48 minutes
    expect(judge(RULE, [day(2, 1, 5), day(3, 0, 4.8), day(4, 1, 6)], most).status).toBe('met')
    const short = judge(RULE, [day(2, 1, 5), day(3, 0, 4.7), day(4, 1, 6)], most)
    expect(short.missing).toEqual([{ kind: 'days', have: 2, need: 3 }])
    expect(short.passed).toEqual([{ session: day(3, 0, 4.7).session, why: 'under_observed' }])
  })

  test('sessions of a day are added up; a day over the threshold breaks the run', () => {
    const late = { started: '2026-11-03T19:00:00.000Z' }
    const sessions = [day(2, 0, 6), day(3, 1, 3), day(3, 1, 3, late), day(4, 0, 6)]
    expect(judge(RULE, sessions, most).streak).toEqual([sessions[3]?.session])
  })

  test('a day that is not over is not judged; without the length of a day none is', () => {
    const three = [day(2, 1, 5), day(3, 0, 5), day(4, 1, 6)]
    expect(judge(RULE, three, { ...most, today: '2026-11-04' }).status).toBe('not_met')
    expect(judge(RULE, three).streak).toEqual([])
  })

  test('a rate per minute, exactly: 3 in 20 min is at most 0.15', () => {
    const one = day(2, 3, 1 / 3)
    expect(judge('rate <= 0.15 FOR 1 consecutive', [one]).status).toBe('met')
    expect(judge('rate <= 0.149 FOR 1 consecutive', [one]).status).toBe('not_met')
  })
})

describe('other measurements', () => {
  const of = (metric: SessionState['summary']['metric'], up: number, down: number, more: object = {}) =>
    on(2, 0, {
      summary: { metric, numerator: up, denominator: down, opportunities: 5, validity: 'valid', ...more },
    })
  const met = (text: string, one: SessionState) => judge(`${text} FOR 1 consecutive`, [one]).status === 'met'

  test('times are kept in ms and compared in seconds: a median latency of 9.5 s is at most 10', () => {
    const one = of('latency_median', 19_000, 2)
    expect(met('latency_median <= 10', one)).toBe(true)
    expect(met('latency_median <= 9.4', one)).toBe(false)
  })

  test('a latency of 10 s or more is not at most 10 s, and is at least 8', () => {
    const one = of('latency_median', 10_000, 1, { atLeast: true })
    expect(met('latency_median <= 10', one)).toBe(false)
    expect(met('latency_median >= 8', one)).toBe(true)
  })

  test('words correct per minute: 56 in 60 s', () => {
    expect(met('cbm_rate >= 56', of('cbm_rate', 56, 60_000))).toBe(true)
    expect(met('cbm_rate >= 56', of('cbm_rate', 55, 60_000))).toBe(false)
  })

  test('an estimate is passed over; a cold probe is found', () => {
    expect(
      judge('duration_total <= 60 FOR 1 consecutive', [of('duration_total', 1, 1, { validity: 'estimated' })])
        .passed[0]?.why,
    ).toBe('estimated')
    const rule = 'pct_independent >= 80 FOR 1 consecutive INCLUDING cold probe'
    expect(judge(rule, [on(2, 9)]).missing).toEqual([{ kind: 'cold_probe', have: 0, need: 1 }])
    expect(judge(rule, [on(2, 9, { condition: 'probe' })]).status).toBe('met')
  })
})

describe('once met', () => {
  test('it stays met by the same sessions, and what came after is told', () => {
    const first = judge(RULE, [on(2, 8), on(3, 8), on(4, 9, by(KIM))])
    const later = judge(RULE, [on(2, 8), on(3, 8), on(4, 9, by(KIM)), on(5, 4), on(6, 9)])
    expect(later).toMatchObject({ status: 'met', streak: first.streak, later: { n: 2, short: 1 } })
  })

  test('sessions that an earlier decision rested on are used up', () => {
    const sessions = [on(2, 8), on(3, 8), on(4, 9, by(KIM)), on(5, 9)]
    expect(judge(RULE, sessions, { after: sessions[2]?.started ?? '' })).toMatchObject({
      status: 'not_met',
      streak: [sessions[3]?.session],
    })
  })

  test('the order in which sessions arrive changes nothing', () => {
    const sessions = [on(2, 6), on(3, 8, by(MAYA)), on(4, 9, by(KIM)), on(5, 8)]
    expect(judge(RULE, sessions.toReversed())).toEqual(judge(RULE, sessions))
  })
})
