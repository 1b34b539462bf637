import { describe, expect, test } from 'vitest'
import { addDays } from '../../platform/core/days.ts'
import { uuidOf } from '../../platform/core/ids.ts'
import type { SessionItem, SessionState } from '../sessions/state.ts'
import { goalOf, goalOfData, type GoalParts } from './goal.ts'
import type { Plan } from './plan.ts'
import { KIM, MAYA, program, REYES, session, weekdays } from './testing.ts'

const TODAY = '2026-11-03'
const AT = `${TODAY}T14:52:00.000Z`

/** AW-8 of the acceptance walkthrough: 6 of 10 trials independent. */
const AW8 = ['+', '+', '+G', '+', '-', '+', '+', '+V', '+', 'NR']

const plan: Plan = {
  program: 'p',
  student: 'st',
  versions: [{ id: 'v1', day: '2026-09-01', author: REYES, body: program() as never }],
  phases: [],
  aims: [],
  conflicts: [],
}

function goal(sessions: readonly SessionState[], part: Partial<GoalParts> = {}) {
  return goalOf({
    plan,
    sessions: sessions.map((state) => ({ partition: `st/T2/session:${state.session}`, state })),
    imported: [],
    decisions: [],
    checks: [],
    schoolDays: [],
    names: { [MAYA]: 'Maya Ortiz', [KIM]: 'Kim Tran', [REYES]: 'Dana Reyes' },
    tz: 'America/Chicago',
    viewer: REYES,
    ...part,
  })
}

function items(codes: readonly string[]): SessionItem[] {
  return codes.map((code, index) => {
    const [, result = code, level = ''] = /^([+-])(\w+)$/.exec(code) ?? []
    return {
      id: `i${index}`,
      n: index + 1,
      code,
      result,
      level: level === '' ? null : level,
      at: AT,
      clock: null,
    }
  })
}

const first = (part: Partial<SessionState> = {}) =>
  session(TODAY, 6, 10, { session: 'first', items: items(AW8), ...part })
const second = (codes: readonly string[], part: Partial<SessionState> = {}) =>
  session(TODAY, 6, 10, {
    session: 'second',
    by: REYES,
    device: 'tablet',
    observer: 'ioa',
    of: 'first',
    started: `${TODAY}T14:52:02.000Z`,
    items: items(codes),
    ...part,
  })
const running = { status: 'open', ended: null } as const
/** One trial of ten seen otherwise. */
const NEARLY = AW8.map((code, index) => (index === 4 ? '+' : code))

describe('agreement', () => {
  test('AW-8: the session and its second observer are one row, agreed on 9 of 10 trials', () => {
    const { sessions } = goal([first(), second(NEARLY)])
    expect(sessions).toHaveLength(1)
    expect(sessions[0]).toMatchObject({ by: 'Maya Ortiz', second: { state: { session: 'second' } } })
    expect(sessions[0]?.agreement).toMatchObject({ agreed: 9, total: 10 })
    expect(sessions[0]?.point?.notes).toContainEqual({
      kind: 'agreement',
      agreed: 9,
      total: 10,
      percent: 90,
      low: false,
      whole: true,
    })
  })

  test('of several second observers, the one that can be compared speaks', () => {
    const open = second(['+'], { ...running, session: 'other', by: KIM })
    const { sessions } = goal([first(), open, second(NEARLY)], { viewer: MAYA })
    expect(sessions.find(({ state }) => state.session === 'first')?.agreement?.agreed).toBe(9)
  })

  test('a second observer without a first stands alone and is not drawn', () => {
    const { sessions, model } = goal([second(NEARLY)])
    expect(sessions).toHaveLength(1)
    expect(sessions[0]?.point?.y).toBeNull()
    expect(model.segments).toEqual([])
  })
})

describe('recorded by two at once', () => {
  const alongside = (part: Partial<SessionState> = {}) =>
    second(NEARLY, { observer: 'primary', of: null, by: KIM, ...part })

  test('C.0.8 both are kept and wait for the owner, once both have ended', () => {
    const open = goal([first(), alongside(running)])
    expect(open.atOnce).toEqual([])
    const { atOnce, sessions } = goal([first(), alongside()])
    expect(atOnce.map((group) => group.map(({ by }) => by))).toEqual([['Maya Ortiz', 'Kim Tran']])
    expect(sessions).toHaveLength(2)
  })

  test('C.0.8 chosen, one stands with what the other saw beside it, and only that one is drawn', () => {
    const chosen = { id: 'choice', by: REYES, at: AT }
    const { atOnce, sessions, model } = goal([first(), alongside({ observer: 'ioa', of: 'first', chosen })])
    expect(atOnce).toEqual([])
    expect(sessions.map(({ state }) => state.session)).toEqual(['first'])
    expect(model.points.map(({ sessionId }) => sessionId)).toEqual(['first'])
    expect(model.points[0]?.notes.map(({ kind }) => kind)).toContain('agreement')
  })

  test('D.8 one person on two devices is no second observer, whichever stands', () => {
    const same = alongside({ by: MAYA, observer: 'ioa', of: 'first', chosen: { id: 'c', by: REYES, at: AT } })
    const { sessions } = goal([first(), same])
    expect(sessions).toHaveLength(1)
    expect(sessions[0]?.agreement).toBeNull()
    expect(sessions[0]?.point?.notes.map(({ kind }) => kind)).not.toContain('second_observer')
  })
})

test('a log has entries and a last day, and no graph of one number', () => {
  const logged = ['2026-11-02', '2026-11-03', '2026-10-30']
  expect(goal([], { logged }).log).toEqual({ entries: 3, last: '2026-11-03' })
  expect(goal([]).log).toEqual({ entries: 0, last: null })
})

describe('blindness of two observers', () => {
  const shown = (sessions: readonly SessionState[], viewer: string) => {
    const { sessions: rows, model, hidden } = goal(sessions, { viewer })
    return {
      rows: rows.map(({ state }) => state.session),
      points: model.points.map((point) => point.sessionId),
      hidden: hidden.map((one) => one.session),
    }
  }

  test('while both are open, neither sees the other, in the list or in the graph', () => {
    const both = [first(running), second(['+'], running)]
    expect(shown(both, REYES)).toEqual({ rows: ['second'], points: ['second'], hidden: ['first'] })
    expect(shown(both, MAYA)).toEqual({ rows: ['first'], points: ['first'], hidden: ['second'] })
  })

  test('it holds until both have ended, whoever ends first', () => {
    expect(shown([first(), second(['+'], running)], REYES).hidden).toEqual(['first'])
    expect(shown([first(running), second(NEARLY)], REYES).hidden).toEqual(['first'])
    expect(shown([first(), second(NEARLY)], REYES).hidden).toEqual([])
  })

  test('somebody who observes neither sees both, and earlier sessions stay in sight', () => {
    const all = [session('2026-11-02', 5, 10, { session: 'before' }), first(running), second(['+'], running)]
    expect(shown(all, KIM)).toEqual({ rows: ['first', 'before'], points: ['before', 'first'], hidden: [] })
    expect(shown(all, REYES).rows).toEqual(['second', 'before'])
  })

  test('what is hidden says who and when, and nothing of what was recorded', () => {
    expect(goal([first(running), second(['+'], running)]).hidden).toEqual([
      { session: 'first', by: 'Maya Ortiz', started: AT },
    ])
  })

  test('the agreement of a pair that is still open is not known', () => {
    const { sessions } = goal([first(), second(NEARLY, running)], { viewer: KIM })
    expect(sessions[0]?.agreement).toBeNull()
  })
})

describe('what runs now', () => {
  test('an open session is listed, with its value so far', () => {
    const summary = {
      metric: 'pct_independent',
      numerator: 3,
      denominator: 5,
      opportunities: 5,
      validity: 'partial',
    } as const
    const { open, sessions } = goal([
      first({ ...running, items: items(AW8.slice(0, 5)), summary }),
      session('2026-11-02', 5, 10),
    ])
    expect(open.map(({ state }) => state.session)).toEqual(['first'])
    expect(open[0]?.point).toMatchObject({
      numerator: 3,
      denominator: 5,
      y: 60,
      hollow: true,
      decides: false,
    })
    expect(sessions[0]?.state.session).toBe('first')
  })
})

describe('the newest points against the aim line', () => {
  // 20 at the end of September and 80 forty days later: 1.5 a day, so 50 after twenty days
  const aim = { from: '2026-09-30', from_value: 20, to: '2026-11-09', to_value: 80, basis: 'test' }
  const days = weekdays('2026-10-01', '2026-10-31')
  const at = (n: number) => days[n] ?? ''
  const withAim = { plan: { ...plan, aims: [aim] } }

  test('three of the last four points are below the goal line', () => {
    // on October 20 the line stands at 50, on the 21st at 51.5, on the 22nd at 53, on the 23rd at 54.5
    const sessions = [
      session('2026-10-19', 9, 10),
      session('2026-10-20', 4, 10),
      session('2026-10-21', 5, 10),
      session('2026-10-22', 6, 10),
      session('2026-10-23', 5, 10),
    ]
    expect(goal(sessions, withAim).standing).toEqual({ of: 4, short: 3, direction: 'increase' })
  })

  test('a point on the line is not below it', () => {
    expect(goal([session('2026-10-20', 5, 10)], withAim).standing).toEqual({
      of: 1,
      short: 0,
      direction: 'increase',
    })
  })

  test('for a behavior to reduce, above the line is the wrong side', () => {
    const less = program({ direction: 'decrease' })
    const versions = [{ id: 'v1', day: '2026-09-01', author: REYES, body: less as never }]
    const sessions = [session('2026-10-20', 6, 10), session('2026-10-21', 5, 10)]
    expect(goal(sessions, { plan: { ...plan, versions, aims: [aim] } }).standing).toEqual({
      of: 2,
      short: 1,
      direction: 'decrease',
    })
  })

  test('points below the minimum, and days before the line, say nothing', () => {
    expect(goal([session('2026-10-20', 0, 4)], withAim).standing).toBeNull()
    expect(goal([session('2026-09-29', 0, 10)], withAim).standing).toBeNull()
    expect(goal([session(at(3), 5, 10)]).standing).toBeNull()
  })

  test('the aim that began last is the one that counts', () => {
    const older = { ...aim, from: '2026-09-01', to: '2026-10-30', from_value: 90, to_value: 90 }
    const both = { plan: { ...plan, aims: [aim, older] } }
    expect(goal([session('2026-10-20', 6, 10)], both).standing?.short).toBe(0)
  })
})

describe('from an answer of the server', () => {
  const id = uuidOf
  const envelope = {
    id: id('version'),
    kind: 'sessions.program',
    v: 1,
    body: program(),
    student: id('student'),
    refs: { program: id('program') },
    at: '2026-09-01T12:10:00.000Z',
    tz: 'America/Chicago',
    device: id('device'),
    seq: 1,
    ord: 1,
    mono: { boot: 'b', ms: 1 },
  }
  const data = {
    student: { id: id('student'), initials: 'A.M.', color: 1, grade: '3' },
    plan: [{ envelope: envelope as never, digest: '', author: REYES, received: 1, aud: 1, pos: 1 }],
    states: [{ view: 'sessions.session', partition: 's', state: first({ version: id('version') }) as never }],
    names: { [MAYA]: 'Maya Ortiz' },
    tz: 'America/Chicago',
  }

  test('it is the same goal as from a device', () => {
    const found = goalOfData(data, { schoolDays: [addDays(TODAY, -1), TODAY], viewer: KIM })
    expect(found).toMatchObject({ program: id('program'), student: id('student') })
    expect(found?.version.body.title).toBe('Asks for what is needed')
    expect(found?.model.points).toMatchObject([{ numerator: 6, denominator: 10, y: 60, by: ['Maya Ortiz'] }])
  })

  test('a plan without a version is no goal', () => {
    expect(goalOfData({ ...data, plan: [] }, { schoolDays: [], viewer: KIM })).toBeNull()
  })
})

test('C.3 times of a wrong clock are marked until somebody has answered, whatever the house still tells', () => {
  const doubts = [{ session: 'first', offMs: 2_520_000 }]
  const other = session('2026-11-02', 5, 10, { session: 'other' })
  const marks = (sessions: readonly SessionState[]) =>
    goal(sessions, { doubts }).sessions.map(({ state, doubtMs }) => [state.session, doubtMs])
  expect(marks([first(), other])).toEqual([
    ['first', 2_520_000],
    ['other', undefined],
  ])
  expect(marks([first({ times: { shiftMs: 0, by: MAYA } }), other])).toEqual([
    ['first', undefined],
    ['other', undefined],
  ])
})
