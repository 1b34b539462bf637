import { describe, expect, test } from 'vitest'
import { choicesOf, chosenOf, EVERYTHING, type Choosing } from './choose.ts'
import { buildGraph } from './rules.ts'
import { input, KIM, MAYA, session, weekdays } from './testing.ts'
import { partOf, steppedOf } from './zoom.ts'

const days = weekdays('2026-09-08', '2026-10-16')
const phase = (from: string, label: string) => ({
  id: label,
  author: 'reyes',
  body: { label, condition: 'intervention' as const, from, major: true, why: '' },
})

/** 14:52 UTC is 8:52 in Chicago; 19:52 UTC is 13:52. */
const whole = input(
  days.map((day, n) =>
    session(day, n % 10, 10, {
      session: `s${n}`,
      by: n % 4 === 3 ? KIM : MAYA,
      tags: n % 4 === 3 ? ['substitute'] : [],
      setting: n % 2 === 0 ? 'Room 12' : 'Library',
      started: `${day}T${n % 3 === 0 ? '19' : '14'}:52:00.000Z`,
    }),
  ),
  { phases: [phase('2026-09-08', 'Baseline'), phase('2026-09-21', 'Cards')], schoolDays: days },
)
const shown = (choosing: Partial<Choosing>) =>
  buildGraph(chosenOf(whole, { ...EVERYTHING, ...choosing })).points.map((point) => point.sessionId)
const every = (test: (n: number) => boolean) => days.flatMap((_, n) => (test(n) ? [`s${n}`] : []))

describe('who, where, when', () => {
  test('without a choice nothing is left out, and nothing is made anew', () => {
    expect(chosenOf(whole, EVERYTHING)).toBe(whole)
  })

  test.each<[string, Partial<Choosing>, (n: number) => boolean]>([
    ['one implementer', { by: KIM }, (n) => n % 4 === 3],
    ['one setting', { setting: 'Library' }, (n) => n % 2 === 1],
    ['without substitutes', { substitutes: 'without' }, (n) => n % 4 !== 3],
    ['substitutes only', { substitutes: 'only' }, (n) => n % 4 === 3],
    ['mornings, by the clock of the school', { time: 'morning' }, (n) => n % 3 !== 0],
    ['afternoons', { time: 'afternoon' }, (n) => n % 3 === 0],
    // 8 September is a Tuesday
    ['like weekdays', { weekday: 2 }, (n) => n % 5 === 0],
    ['two at once', { setting: 'Library', time: 'afternoon' }, (n) => n % 2 === 1 && n % 3 === 0],
  ])('%s', (_, choosing, test) => {
    expect(shown(choosing)).toEqual(every(test))
  })

  test('a second observer goes with the session that was watched', () => {
    const second = session(days[3] ?? '', 1, 10, { session: 'second', observer: 'ioa', of: 's3', by: MAYA })
    const both = { ...whole, sessions: [...whole.sessions, second] }
    const ids = (by: string) => chosenOf(both, { ...EVERYTHING, by }).sessions.map((one) => one.session)
    expect(ids(KIM)).toContain('second')
    expect(ids(MAYA)).not.toContain('second')
  })

  test('only what occurs can be chosen', () => {
    expect(choicesOf(whole)).toEqual({
      by: [MAYA, KIM],
      settings: ['Room 12', 'Library'],
      substitutes: true,
      times: true,
      weekdays: [1, 2, 3, 4, 5],
      twice: false,
      ranges: ['phase', 'last_30'],
    })
    const plain = input([session('2026-09-08', 1, 10)])
    expect(choicesOf(plain)).toEqual({
      by: [MAYA],
      settings: ['Room 12'],
      substitutes: false,
      times: false,
      weekdays: [],
      twice: false,
      ranges: [],
    })
  })
})

test('C.3 the same goal twice a day: two points, or one with the fractions pooled', () => {
  const again = session('2026-09-08', 2, 5, { session: 'again', started: '2026-09-08T19:00:00.000Z' })
  const both = { ...whole, sessions: [session('2026-09-08', 6, 10), again] }
  expect(choicesOf(both).twice).toBe(true)
  const values = (choosing: Partial<Choosing>) =>
    buildGraph(chosenOf(both, { ...EVERYTHING, ...choosing })).points.map(({ y }) => y)
  expect(values({})).toEqual([60, 40])
  // 8 of 15, not the mean of 60 % and 40 %
  expect(values({ daily: true })).toEqual([(100 * 8) / 15])
})

describe('ranges of days', () => {
  test('this phase begins with the newest major line', () => {
    expect(shown({ range: { kind: 'phase' } })).toEqual(every((n) => (days[n] ?? '') >= '2026-09-21'))
  })

  test('the last 30 days end with the newest session, itself one of them', () => {
    // 16 October minus 29 days is 17 September
    expect(shown({ range: { kind: 'last_30' } })).toEqual(every((n) => (days[n] ?? '') >= '2026-09-17'))
  })

  test('chosen days show these and no later phase, and the axis is theirs', () => {
    const range = { kind: 'days', from: '2026-09-10', to: '2026-09-18' } as const
    const model = buildGraph(chosenOf(whole, { ...EVERYTHING, range }))
    expect(model.points.map((point) => point.day)).toEqual(days.slice(2, 9))
    expect(model.phases.map((one) => one.label)).toEqual(['Baseline'])
    // 10 to 18 September, three quarters of a day on both sides
    expect(model.axis.x.max - model.axis.x.min).toBeCloseTo(8 + 1.5, 10)
  })

  test('what is marked becomes the range; two neighbors still make a school week', () => {
    const model = buildGraph(whole)
    expect(partOf(model, 2, 8)).toEqual({ kind: 'days', from: '2026-09-10', to: '2026-09-18' })
    // 10 and 11 September: one day before, two after
    expect(partOf(model, 2, 3)).toEqual({ kind: 'days', from: '2026-09-09', to: '2026-09-13' })
  })

  test('nearer halves the days up to the newest, farther doubles them', () => {
    const model = buildGraph(whole)
    // 8 September to 16 October are 39 days: the newest 20
    const near = steppedOf(model, 'in', null)
    expect(near).toEqual({ kind: 'days', from: '2026-09-27', to: '2026-10-16' })
    const zoomed = buildGraph(chosenOf(whole, { ...EVERYTHING, range: near }))
    expect(steppedOf(zoomed, 'out', null)).toEqual({ kind: 'days', from: '2026-09-07', to: '2026-10-16' })
    expect(steppedOf(zoomed, 'all', null)).toEqual({ kind: 'all' })
  })
})
