import { expect, test } from 'vitest'
import { addDays } from '../../platform/core/days.ts'
import { readRulePacks } from '../../platform/server/rulepacks.ts'
import type { ProgramBody } from '../sessions/records.ts'
import type { SessionState } from '../sessions/state.ts'
import { caseloadOf, type Attention } from './caseload.ts'
import { goalOf } from './goal.ts'
import { notRun, program, session, weekdays } from './testing.ts'

/** A Tuesday; the Monday before is the last whole school day. */
const TODAY = '2026-11-03'
const SCHOOL_DAYS = weekdays('2026-08-25', TODAY)

const running = { status: 'open', ended: null } as const

/** A goal of a student (`A.M.`), with its sessions. */
function goal(
  key: string,
  sessions: readonly SessionState[],
  part: {
    student?: string
    title?: string
    published?: string
    body?: Partial<ProgramBody>
    aim?: number
  } = {},
) {
  const { student = 'A.M.', title = key, published = '2026-09-01', body = {}, aim } = part
  const line = { from: '2026-09-01', to: '2027-06-01', basis: 'median' }
  return goalOf({
    plan: {
      program: key,
      student,
      versions: [{ id: 'v1', day: published, author: 'reyes', body: program({ title, ...body }) as never }],
      phases: [],
      aims: aim === undefined ? [] : [{ ...line, from_value: aim, to_value: aim }],
      conflicts: [],
    },
    sessions: sessions.map((state) => ({ partition: state.session, state })),
    imported: [],
    decisions: [],
    checks: [],
    schoolDays: SCHOOL_DAYS,
    names: {},
    tz: 'America/Chicago',
    viewer: 'reyes',
  })
}

function caseload(goals: readonly ReturnType<typeof goal>[]) {
  return caseloadOf({
    goals,
    initials: new Map(goals.map((one) => [one.student, one.student])),
    today: TODAY,
    schoolDays: SCHOOL_DAYS,
    rules: RULES,
  })
}
const RULES = Object.fromEntries(
  readRulePacks().flatMap((pack) => Object.entries(pack.rules).map(([name, { value }]) => [name, value])),
)

const kinds = (attention: readonly Attention[]) => attention.map((one) => one.kind)

const yesterday = '2026-11-02'
const fine = (key: string, student = 'A.M.') => goal(key, [session(yesterday, 6, 10)], { student })
const short = goal('short', [session(yesterday, 2, 4)])
const live = goal('live', [session(TODAY, 3, 5, running), session(yesterday, 6, 10)])
const leftOpen = goal('left open', [session('2026-10-30', 3, 5, running), session(yesterday, 6, 10)])
// Mon 26 to Fri 30 October and Mon 2 November: six whole school days
const quiet = goal('quiet', [session('2026-10-23', 6, 10), notRun('2026-10-28', 'student_absent')])
const disagreed = goal('disagreed', [
  session(yesterday, 6, 10, { session: 'a', items: codes('++++------') }),
  session(yesterday, 6, 10, {
    session: 'b',
    by: 'reyes',
    observer: 'ioa',
    of: 'a',
    items: codes('----------'),
  }),
])
const resting = goal('resting', [session('2026-09-02', 6, 10)])

function codes(text: string): SessionState['items'] {
  return [...text].map((result, index) => ({
    id: String(index),
    n: index + 1,
    code: result,
    result,
    level: null,
    at: `${yesterday}T15:00:00.000Z`,
    clock: null,
  }))
}

test('what needs me comes first, then the others by student and title', () => {
  const items = caseload([
    resting,
    fine('writes', 'B.K.'),
    fine('reads'),
    fine('asks'),
    disagreed,
    short,
    quiet,
    leftOpen,
    live,
  ])
  expect(items.map(({ goal: { program: key }, place }) => [key, place])).toEqual([
    ['live', 'now'],
    ['left open', 'look'],
    ['quiet', 'look'],
    ['disagreed', 'look'],
    ['short', 'look'],
    ['asks', 'other'],
    ['reads', 'other'],
    ['writes', 'other'],
    ['resting', 'resting'],
  ])
})

test('days without data are whole school days, and say why the last planned session was not run', () => {
  expect(caseload([quiet])[0]?.attention).toEqual([
    { kind: 'no_data', days: 6, since: '2026-10-23', reason: 'student_absent' },
  ])
})

test('four school days without data are no gap yet; the fifth is', () => {
  expect(caseload([goal('g', [session('2026-10-27', 6, 10)])])[0]?.attention).toEqual([])
  expect(kinds(caseload([goal('g', [session('2026-10-26', 6, 10)])])[0]?.attention ?? [])).toEqual([
    'no_data',
  ])
})

test('G10 a session that was not run is no data, and no zero', () => {
  const [item] = caseload([goal('g', [session('2026-10-20', 6, 10), notRun(yesterday, 'student_absent')])])
  expect(item?.last?.point).toMatchObject({ numerator: 6, denominator: 10 })
  expect(item?.attention).toMatchObject([{ kind: 'no_data', since: '2026-10-20' }])
})

test('a goal without any data is looked at a week after its plan', () => {
  const without = (published: string) => caseload([goal('g', [], { published })])[0]?.attention
  expect(without('2026-10-28')).toEqual([])
  expect(without('2026-10-27')).toEqual([{ kind: 'no_data', days: 5, since: null, reason: null }])
})

test('the longest gap comes first', () => {
  const longer = goal('longer', [session('2026-10-13', 6, 10)])
  expect(caseload([quiet, longer]).map((item) => item.goal.program)).toEqual(['longer', 'quiet'])
})

test('while it is recorded, a gap is over', () => {
  const [item] = caseload([goal('g', [session('2026-10-01', 6, 10), session(TODAY, 0, 1, running)])])
  expect(kinds(item?.attention ?? [])).toEqual(['live'])
})

test('agreement under 80 % of the newest pair is shown with its fraction; an older one is past', () => {
  const [item] = caseload([disagreed])
  // the first four trials are seen otherwise: 6 of 10 agreed
  expect(item?.attention).toEqual([
    { kind: 'low_agreement', day: yesterday, agreed: 6, total: 10, percent: 60, whole: true },
  ])
  const later = goal('later', [
    session('2026-10-30', 6, 10, { session: 'a', items: codes('++++------') }),
    session('2026-10-30', 6, 10, {
      session: 'b',
      by: 'reyes',
      observer: 'ioa',
      of: 'a',
      items: codes('----------'),
    }),
    session(yesterday, 6, 10, { session: 'c', items: codes('++++------') }),
    session(yesterday, 6, 10, {
      session: 'd',
      by: 'reyes',
      observer: 'ioa',
      of: 'c',
      items: codes('++++------'),
    }),
  ])
  expect(caseload([later])[0]?.attention).toEqual([])
})

test('one goal may need me for more than one reason, the weightiest first', () => {
  const both = goal('both', [session(TODAY, 3, 5, running), session(yesterday, 2, 4)])
  expect(kinds(caseload([both])[0]?.attention ?? [])).toEqual(['live', 'below_min'])
})

/** Twice a week up to yesterday, percent of 100 trials. */
const run = (...values: readonly number[]) =>
  values.map((value, n) => session(addDays(yesterday, -4 * (values.length - 1 - n)), value, 100))

test('a decision to consider comes before a criterion that is met, and that before data that bounce', () => {
  const consider = goal('consider', run(50, 50, 48, 47, 49, 45, 46), { aim: 50 })
  const mastery = goal('mastery', run(50, 90, 90, 90), {
    body: { mastery: { ...CRITERION, run: { k: 3, unit: 'sessions' } } },
  })
  const bounce = goal('bounce', run(20, 80, 20, 80, 20, 80), { aim: 50 })
  const items = caseload([bounce, mastery, consider, disagreed, quiet, fine('fine')])
  expect(items.map((item) => [item.goal.program, item.attention[0]?.kind ?? null])).toEqual([
    ['quiet', 'no_data'],
    ['consider', 'consider'],
    ['mastery', 'mastery'],
    ['bounce', 'bounce'],
    ['disagreed', 'low_agreement'],
    ['fine', null],
  ])
})
const CRITERION = {
  metric: 'pct_independent',
  cmp: '>=' as const,
  threshold: '80',
  cold_probe: false,
  count_subs: false,
}

test('planned runs that nobody recorded or explained are told; one with a reason is explained', () => {
  const daily = { body: { schedule: { times: 1, per: 'day' as const } } }
  // the five school days before today: Oct 27 to 30 and Nov 2
  const four = ['2026-10-28', '2026-10-29', '2026-10-30', yesterday].map((day) => session(day, 6, 10))
  expect(caseload([goal('g', four, daily)])[0]?.attention).toEqual([
    { kind: 'unexplained', missing: 1, planned: 5 },
  ])
  const told = [notRun('2026-10-27', 'student_absent'), ...four]
  expect(caseload([goal('g', told, daily)])[0]?.attention).toEqual([])
  const weekly = { body: { schedule: { times: 3, per: 'week' as const } } }
  expect(caseload([goal('g', four.slice(2), weekly)])[0]?.attention).toEqual([
    { kind: 'unexplained', missing: 1, planned: 3 },
  ])
  expect(caseload([goal('g', four)])[0]?.attention).toEqual([])
})

test('C.0.8 two recordings of one time ask the owner which stands, before anything is read from them', () => {
  const beside = session(yesterday, 5, 10, { session: 'beside', by: 'kim' })
  const twice = goal('twice', [session(yesterday, 2, 4), beside])
  const [item] = caseload([twice])
  expect(kinds(item?.attention ?? [])[0]).toBe('at_once')
  expect(item?.place).toBe('look')
  const chosen = { ...beside, observer: 'ioa' as const, of: session(yesterday, 2, 4).session }
  expect(
    kinds(caseload([goal('twice', [session(yesterday, 2, 4), chosen])])[0]?.attention ?? []),
  ).not.toContain('at_once')
})

test('D.8 low agreement of a log stands in the caseload as that of a session does', () => {
  const watch = { observer: 'dana', adult: 'maya', day: yesterday, from: '', to: '' }
  const low = {
    key: 'log',
    day: yesterday,
    watch,
    formula: 'code_by_code',
    agreed: 5,
    total: 8,
    percent: { numerator: 5, denominator: 8 },
    nonOccurrence: false,
    low: true,
  } as const
  const logged = (logAgreements: readonly (typeof low)[]) => ({ ...fine('abc'), logAgreements })
  expect(caseload([logged([low])])[0]?.attention).toContainEqual({
    kind: 'low_agreement',
    day: yesterday,
    agreed: 5,
    total: 8,
    percent: 62.5,
    whole: true,
  })
  expect(kinds(caseload([logged([])])[0]?.attention ?? [])).not.toContain('low_agreement')
})
