/** Visits to the toilet and meals (domain C18, C19, C.5): what a day comes to, what is due, who may be fed. */
import { describe, expect, it } from 'vitest'
import type { Envelope, StoredRecord } from '../../platform/records/envelope.ts'
import { settle } from '../../platform/records/settle.ts'
import { device } from '../sessions/testing.ts'
import { feedingAgreesWithPlan, planProblem } from './agreement.ts'
import { feedingDay, scheduleOf, stepHelp, toiletingDay, visitsByHour } from './days.ts'
import { kinds, type FeedingBody, type ToiletingBody } from './records.ts'
import { careView, type CareLog } from './rules.ts'

const DAY = '2026-11-03'
const TZ = 'America/Chicago'
const at = (time: string) => `${DAY}T${time}:00.000-06:00`
const instant = (time: string) => new Date(at(time)).toISOString()

const visit = (over: Partial<ToiletingBody> = {}): ToiletingBody => ({
  visit: 'scheduled',
  result: 'urine',
  clothing: 'dry',
  steps: { wash: 'verbal' },
  changed: false,
  skin_concern: false,
  ...over,
})
const meal = (over: Partial<FeedingBody> = {}): FeedingBody => ({
  meal: 'lunch',
  minutes: 26,
  eaten: 75,
  fluid_ml: 120,
  help: 'verbal',
  refusals: 1,
  safety: [],
  ...over,
})

/** What one device recorded on the day, each at its time at the school. */
function logOf(noun: 'toileting' | 'feeding', entries: readonly (readonly [string, object])[]): CareLog {
  const maya = device()
  for (const [time, body] of entries)
    maya.make(noun, body as StoredRecord['body'], {
      kind: `care.${noun}`,
      refs: { log: 'log', program: 'program' },
      at: instant(time),
    })
  const state = careView.fold(settle(maya.made))
  if (!state) throw new Error('no log')
  return state
}

it('folds every kind of this capability', () => {
  expect([...careView.kinds].sort()).toEqual(kinds.map(({ kind }) => kind).sort())
})

describe('toileting', () => {
  const log = logOf('toileting', [
    ['08:45', visit()],
    ['09:50', visit({ result: 'dry' })],
    ['10:15', visit({ visit: 'initiated', result: 'both' })],
    ['10:45', visit({ visit: 'dry_check', result: 'dry' })],
    ['11:45', visit({ visit: 'accident', clothing: 'wet', changed: true })],
    ['13:00', visit({ result: 'refused' })],
    ['13:45', visit({ result: 'bm' })],
  ])

  it('C18 the day: 2 of 4 scheduled visits, 1 accident, 1 begun by the student, 90 minutes dry', () => {
    expect(toiletingDay([log], DAY)).toEqual({
      successes: { numerator: 2, denominator: 4 },
      accidents: 1,
      initiations: 1,
      // 8:45 → 10:15 → 11:45 → 13:45: 90, 90, 120
      dryInterval: { numerator: 90, denominator: 1 },
      visits: 7,
    })
  })

  it('G10 a day without a visit is no day, one without a scheduled visit has no share', () => {
    expect(toiletingDay([log], '2026-11-04')).toBeNull()
    const once = logOf('toileting', [['09:00', visit({ visit: 'accident' })]])
    expect(toiletingDay([once], DAY)).toMatchObject({ successes: null, accidents: 1, dryInterval: null })
  })

  it('C18 help by step counts only the visits on which a step was done', () => {
    const steps = logOf('toileting', [
      ['08:45', visit({ steps: { sit: 'independent', wash: 'verbal' } })],
      ['09:50', visit({ steps: { sit: 'physical', wash: 'verbal' } })],
      ['11:45', visit({ visit: 'accident', steps: { wash: 'independent' } })],
    ])
    expect(stepHelp([steps], [DAY])).toEqual([
      { step: 'sit', independent: 1, verbal: 0, physical: 1 },
      { step: 'wash', independent: 1, verbal: 2, physical: 0 },
    ])
    expect(stepHelp([steps], ['2026-11-04'])).toEqual([])
  })

  it('C18 G10 visits by hour of the school’s clock: an hour without a visit on a day is empty and no success', () => {
    expect(visitsByHour([log], ['2026-11-02', DAY])).toEqual([
      { hour: 8, cells: [[], ['success']] },
      { hour: 9, cells: [[], ['nothing']] },
      { hour: 10, cells: [[], ['success', 'check']] },
      { hour: 11, cells: [[], ['accident']] },
      { hour: 13, cells: [[], ['refused', 'success']] },
    ])
  })

  it('C18 a scheduled visit is due ten minutes around its time, then overdue until somebody went', () => {
    const plan = {
      system: 'toileting',
      times: ['11:00', '09:50', '13:00'],
      tolerance_min: 10,
      second_adult: true,
    } satisfies Parameters<typeof scheduleOf>[0]
    const standing = (now: string) =>
      scheduleOf(plan, [log], { day: DAY, now: instant(now), tz: TZ }).map(({ is }) => is)
    expect(standing('10:49')).toEqual(['done', 'later', 'done'])
    expect(standing('10:50')).toEqual(['done', 'due', 'done'])
    expect(standing('11:10')).toEqual(['done', 'due', 'done'])
    // a dry check is no visit
    expect(standing('11:11')).toEqual(['done', 'overdue', 'done'])
    expect(scheduleOf(plan, [], { day: DAY, now: instant('12:55'), tz: TZ })).toEqual([
      { time: '09:50', is: 'overdue' },
      { time: '11:00', is: 'overdue' },
      { time: '13:00', is: 'due' },
    ])
  })
})

describe('feeding', () => {
  it('AW-16 C19 the day: what was eaten at each meal, 26 minutes at lunch, a cough', () => {
    const log = logOf('feeding', [
      ['09:30', meal({ meal: 'snack', minutes: 8, eaten: 100, refusals: 0 })],
      ['11:34', meal({ safety: ['cough'] })],
    ])
    expect(feedingDay([log], DAY)).toMatchObject({
      meals: [
        { meal: 'snack', eaten: 100 },
        { meal: 'lunch', eaten: 75, minutes: 26 },
      ],
      fluidMl: 240,
      minutes: 34,
      refusals: 1,
      safety: [{ event: 'cough', count: 1 }],
    })
    expect(feedingDay([log], '2026-11-04')).toBeNull()
  })

  it('G10 a meal that was stopped before its numbers were said adds none, and alone it has none', () => {
    const stopped = { meal: 'lunch', safety: ['choking'] }
    const alone = feedingDay([logOf('feeding', [['11:34', stopped]])], DAY)
    expect(alone).toMatchObject({ fluidMl: null, minutes: null, refusals: null })
    expect(alone?.meals[0]).not.toHaveProperty('eaten')
    const log = logOf('feeding', [
      ['09:30', meal({ meal: 'snack', minutes: 8, eaten: 100, refusals: 0 })],
      ['11:34', stopped],
    ])
    expect(feedingDay([log], DAY)).toMatchObject({ minutes: 8, refusals: 0 })
  })

  const PLAN = {
    system: 'feeding',
    plan: 'Feeding plan 3',
    signed_by: 'Priya N., SLP',
    valid_until: DAY,
    texture: '5',
    liquid: '2',
    position: 'upright',
    equipment: 'small spoon',
  } as const

  it('C.5 under a plan that nobody signed, or that has run out, nobody feeds', () => {
    expect(planProblem(PLAN, DAY)).toBeNull()
    expect(planProblem(PLAN, '2026-11-04')).toBe('run_out')
    expect(planProblem({ ...PLAN, signed_by: ' ' }, DAY)).toBe('not_signed')
  })

  it('C.5 a meal names the version of the plan it was given under', () => {
    const fed = (time: string, over: Partial<Envelope> = {}) =>
      ({
        kind: 'care.feeding',
        student: 'bea',
        refs: { program: 'p' },
        at: instant(time),
        tz: TZ,
        ...over,
      }) as Envelope
    const version = (measure: object = PLAN, over: Partial<Envelope> = {}) =>
      ({
        kind: 'sessions.program',
        student: 'bea',
        refs: { program: 'p' },
        body: { measure },
        ...over,
      }) as Envelope
    expect(feedingAgreesWithPlan(fed('11:34'), version())).toBeNull()
    // 23:30 in Chicago is the next day in UTC, and the plan still holds
    expect(feedingAgreesWithPlan(fed('23:30'), version())).toBeNull()
    expect(feedingAgreesWithPlan(fed('11:34'), version({ ...PLAN, valid_until: '2026-11-02' }))).toBe(
      'care.no_plan',
    )
    expect(feedingAgreesWithPlan(fed('11:34'), version({ ...PLAN, signed_by: '' }))).toBe('care.no_plan')
    expect(feedingAgreesWithPlan(fed('11:34'), version({ system: 'probe' }))).toBe('care.no_plan')
    expect(feedingAgreesWithPlan(fed('11:34'), version(PLAN, { student: 'dev' }))).toBe('record.ref_student')
    expect(feedingAgreesWithPlan(fed('11:34'), version(PLAN, { refs: { program: 'q' } }))).toBe(
      'record.ref_program',
    )
    expect(feedingAgreesWithPlan(fed('11:34'), version(PLAN, { kind: 'sessions.phase' }))).toBe(
      'record.ref_kind',
    )
  })
})
