/** The goals of the demo school as their owner sees them: what the screens have to show is there, by the product's own rules. */
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { StoredRecord } from '../platform/records/envelope.ts'
import { settle } from '../platform/records/settle.ts'
import { readRulePacks } from '../platform/server/rulepacks.ts'
import { caseloadOf, type CaseloadItem } from '../capabilities/progress/caseload.ts'
import { goalOf, type Goal } from '../capabilities/progress/goal.ts'
import { planView } from '../capabilities/progress/plan.ts'
import { suggestedFor } from '../capabilities/progress/proposals.ts'
import { checksView, decisionsView } from '../capabilities/progress/views.ts'
import { checkRule } from '../capabilities/sessions/mastery.ts'
import { sessionView } from '../capabilities/sessions/rules.ts'
import { metricOf } from '../capabilities/sessions/summary.ts'
import { TZ } from './calendar.ts'
import { cedarBend } from './cedar-bend.ts'
import { history } from './history.ts'
import { personId } from './people.ts'
import { PROGRAMS } from './programs.ts'
import { programId } from './spec.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const TODAY = '2026-11-03'
const school = cedarBend()
const schoolDays = school.schoolDays.map(({ day }) => day).filter((day) => day <= TODAY)
const rules = Object.fromEntries(
  readRulePacks().flatMap((pack) => Object.entries(pack.rules).map(([name, { value }]) => [name, value])),
)
const goals = new Map<string, Goal>()
let caseload: readonly CaseloadItem[] = []

beforeAll(() => {
  const byProgram = Map.groupBy(history(school), ({ envelope }) => envelope.refs['program'])
  for (const { key } of PROGRAMS) {
    const stored = (byProgram.get(programId(key)) ?? []).map(({ author, envelope }): StoredRecord => ({
      ...envelope,
      author,
      digest: '',
      received: null,
      aud: null,
      pos: null,
    }))
    goals.set(key, goalFrom(stored))
  }
  caseload = caseloadOf({
    goals: [...goals.values()],
    initials: new Map(school.batch.students.map(({ id, initials }) => [id, initials])),
    today: TODAY,
    schoolDays,
    rules,
  })
})

describe('a case manager finds on the caseload', () => {
  const suggested = (key: string) => suggestedFor(goal(key), rules, TODAY)
  const shown = (key: string) =>
    caseload.find((item) => item.goal === goal(key))?.attention.map(({ kind }) => kind) ?? []

  test('AW-15 oral reading fluency, 86 to 110 words: four points in the phase, so the rules ask to keep collecting', () => {
    const aim = goal('dl-fluency').plan.aims.at(-1)
    expect([aim?.from_value, aim?.to_value]).toEqual([86, 110])
    expect(suggested('dl-fluency')?.decision?.outcome).toMatchObject({
      code: 'keep_collecting',
      n: 4,
      needPoints: 6,
    })
    expect(shown('dl-fluency')).toEqual([])
  })

  test('AW-45 a rule that is met except for the second person: never mastered', () => {
    const mastery = suggested('dl-retells')?.mastery
    expect(mastery?.status).toBe('met_except')
    expect(mastery?.missing).toEqual([{ kind: 'staff', have: 1, need: 2 }])
    const last = goal('dl-retells')
      .model.points.filter(({ decides }) => decides)
      .slice(-3)
    expect(last.every(({ y }) => y !== null && y >= 80)).toBe(true)
    expect(suggested('dl-retells')?.open.map(({ kind }) => kind)).not.toContain('mastery')
  })

  test('AW-46 an absent day is a gap on the graph of each goal that it took from, never 0', () => {
    const away = [...goals.values()].flatMap(({ model }) =>
      model.points.filter(({ notes }) =>
        notes.some((note) => note.kind === 'not_run' && note.reason === 'student_absent'),
      ),
    )
    expect(away.length).toBeGreaterThan(60)
    expect(away.every(({ y, value }) => y === null && value === null)).toBe(true)
    const retells = goal('dl-retells').model
    expect(retells.gaps.some(({ kind, reason }) => kind === 'not_run' && reason === 'student_absent')).toBe(
      true,
    )
  })

  test('a plateau for which a teaching change is to be considered, and a goal to look at before that', () => {
    expect(suggested('ef-raises-hand')?.decision?.outcome).toMatchObject({ code: 'change' })
    expect(shown('ef-raises-hand')).toContain('consider')
    expect(suggested('bk-switch')?.decision?.outcome).toMatchObject({
      code: 'check_implementation',
      why: 'low',
    })
    expect(suggested('ln-directions')?.decision?.outcome).toMatchObject({
      code: 'check_implementation',
      why: 'old',
    })
  })

  test('two observers who do not see the same, a goal below its line, a criterion that is met', () => {
    expect(shown('hi-asks-for-help')).toContain('low_agreement')
    expect(goal('ef-raises-hand').standing).toMatchObject({ of: 4, short: 4 })
    expect(shown('am-own-name')).toContain('mastery')
    expect(goal('so-math-facts').decisions.map(({ body }) => [body.proposal, body.verdict])).toEqual([
      ['mastery', 'confirm'],
    ])
  })

  test('some goals to look at and others that need nothing; logs have no sessions to wait for', () => {
    const places = Map.groupBy(caseload, ({ place }) => place)
    expect(places.get('look')?.length).toBeGreaterThan(8)
    expect(places.get('other')?.length).toBeGreaterThan(12)
    for (const key of ['cd-abc', 'cd-when', 'bk-toileting', 'bk-meals']) expect(shown(key)).toEqual([])
  })
})

test('AW-17 greeting is counted in chances, at least five; fewer are drawn hollow and decide nothing', () => {
  const { model, version } = goal('am-greeting')
  expect(version.body.measure).toMatchObject({ system: 'opportunities', min_opportunities: 5 })
  const short = model.points.filter(({ notes }) => notes.some(({ kind }) => kind === 'below_min'))
  expect(short.length).toBeGreaterThan(5)
  expect(short.every(({ decides, y }) => !decides && y !== null)).toBe(true)
})

test('every rule of mastery can be met by what its program measures', () => {
  for (const { key, mastery } of PROGRAMS) {
    const { body } = goal(key).version
    expect(body.mastery === undefined).toBe(mastery === undefined)
    if (body.mastery)
      expect(
        checkRule(body.mastery as Parameters<typeof checkRule>[0], {
          metrics: [metricOf(body.measure as never)],
        }),
        key,
      ).toEqual([])
  }
})

function goal(key: string): Goal {
  const found = goals.get(key)
  if (!found) throw new Error(key)
  return found
}

function goalFrom(records: readonly StoredRecord[]): Goal {
  const live = (kinds: readonly string[]) => settle(records.filter(({ kind }) => kinds.includes(kind)))
  const sessions = Map.groupBy(
    records.filter(({ refs }) => refs['session']),
    ({ refs }) => refs['session'],
  )
  const plan = planView.fold(live(planView.kinds))
  if (!plan) throw new Error('no plan')
  return goalOf({
    plan,
    sessions: [...sessions.values()].flatMap((group) => {
      const state = sessionView.fold(settle(group))
      return state ? [{ partition: '', state }] : []
    }),
    imported: [],
    decisions: decisionsView.fold(live(decisionsView.kinds))?.decisions ?? [],
    checks: checksView.fold(live(checksView.kinds))?.checks ?? [],
    schoolDays,
    names: {},
    tz: TZ,
    viewer: personId('dana'),
  })
}
