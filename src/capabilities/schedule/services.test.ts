import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, weekday } from '../../platform/core/days.ts'
import { periodOf, termsFrom, yearOf } from './periods.ts'
import { deliveriesOf, waitingOf, type Facts, type Given } from './services.ts'

const MIN = 60_000
const RULE = { amber: 95, red: 85 }
/** Two weeks of school: 2–6 and 9–13 November 2026, the 11th closed. */
const DAYS = Array.from({ length: 12 }, (_, n) => addDays('2026-11-02', n)).filter(
  (day) => weekday(day) <= 5 && day !== '2026-11-11',
)
const WEEKLY = { minutes: 100, per: 'week', sessions: null, from: '2026-08-25', to: null } as const

const given = (day: string, minutes: number, at = '09:00', paused = 0): Given => {
  const from = Date.parse(`${day}T${at}:00Z`)
  return { day, from, to: from + minutes * MIN, ms: (minutes - paused) * MIN }
}
const facts = (over: Partial<Facts> = {}): Facts => ({
  schoolDays: DAYS,
  closed: ['2026-11-11'],
  given: [],
  missed: [],
  decided: [],
  ...over,
})
const weeks = (over: Partial<Facts>, today: string, service: Parameters<typeof deliveriesOf>[0] = WEEKLY) =>
  deliveriesOf(service, facts(over), today, '2026-11-02', RULE)

describe('what is due, given and short', () => {
  test('by the school days of the period that are over: on Thursday three of five', () => {
    const [week] = weeks({ given: [given('2026-11-02', 20), given('2026-11-03', 30)] }, '2026-11-05')
    expect(week).toMatchObject({
      period: { from: '2026-11-02', to: '2026-11-08' },
      days: 5,
      elapsed: 3,
      requiredMs: 100 * MIN,
      dueMs: 60 * MIN,
      givenMs: 50 * MIN,
      shortMs: 10 * MIN,
      // 50 of 60 = 83.3 %
      color: 'red',
      // 50 in three days are 83 1/3 in five
      paceMs: 5_000_000,
    })
  })

  test('C.3 minutes by a clock that was wrong count, and are said not to be final: what would be missing without them', () => {
    const unsure = { ...given('2026-11-03', 30, '09:10'), unsure: true }
    const [week] = weeks(
      { given: [given('2026-11-02', 20), given('2026-11-03', 30, '09:00'), unsure] },
      '2026-11-05',
    )
    // 9:00 to 9:40 once: without the doubtful one 9:00 to 9:30 is left, so ten of its thirty minutes rest on it
    expect(week).toMatchObject({ givenMs: 60 * MIN, unsureMs: 10 * MIN })
    expect(weeks({ given: [unsure] }, '2026-11-05')[0]).toMatchObject({ unsureMs: 30 * MIN })
    expect(weeks({ given: [given('2026-11-02', 20)] }, '2026-11-05')[0]).toMatchObject({ unsureMs: 0 })
  })

  test('green from 95 %, amber from 85 %, red below, at the very edge', () => {
    const color = (minutes: number) =>
      weeks({ given: [given('2026-11-02', minutes)] }, '2026-11-09')[0]?.color
    expect([95, 94.99, 85, 84.99, 120].map(color)).toEqual(['green', 'amber', 'amber', 'red', 'green'])
  })

  test('G10 nothing due is no share: neither zero nor whole, whatever was given', () => {
    expect(weeks({}, '2026-11-02')[0]).toMatchObject({
      dueMs: 0,
      givenMs: 0,
      shortMs: 0,
      color: null,
      paceMs: null,
    })
    expect(weeks({ given: [given('2026-11-02', 20)] }, '2026-11-02')[0]).toMatchObject({
      dueMs: 0,
      givenMs: 20 * MIN,
      color: null,
    })
    // a week without a single school day asks for nothing
    expect(weeks({ schoolDays: [] }, '2026-11-09')[0]).toMatchObject({ requiredMs: 0, color: null })
  })

  test('pauses are not given, and time that two programs share counts once', () => {
    const both = [given('2026-11-02', 20, '09:00', 5), given('2026-11-02', 20, '09:10')]
    // 9:00–9:30 is covered: 30; they ran 15 and 20: 35
    expect(weeks({ given: both }, '2026-11-03')[0]?.givenMs).toBe(30 * MIN)
    const apart = [given('2026-11-02', 20, '09:00', 5), given('2026-11-02', 20, '10:00')]
    expect(weeks({ given: apart }, '2026-11-03')[0]?.givenMs).toBe(35 * MIN)
  })

  test('a service that begins within a week owes its share of it; one by the day owes every day', () => {
    const late = { ...WEEKLY, from: '2026-11-05' }
    expect(weeks({}, '2026-11-09', late)[0]).toMatchObject({ days: 2, requiredMs: 40 * MIN })
    // Monday was not its: only what was given from Thursday on counts
    const both = [given('2026-11-02', 30), given('2026-11-05', 10)]
    expect(weeks({ given: both }, '2026-11-09', late)[0]).toMatchObject({ givenMs: 10 * MIN })
    // school begins on Tuesday, August 25: 5 of the 21 weekdays of August, 5/21 of 42 minutes
    const monthly = { ...WEEKLY, minutes: 42, per: 'month' } as const
    const august = ['2026-08-25', '2026-08-26', '2026-08-27', '2026-08-28', '2026-08-31']
    expect(
      deliveriesOf(monthly, facts({ schoolDays: august }), '2026-09-01', '2026-08-01', RULE)[0],
    ).toMatchObject({ requiredMs: 10 * MIN, dueMs: 10 * MIN })
    const daily = { ...WEEKLY, minutes: 15, per: 'day' } as const
    expect(weeks({}, '2026-11-04', daily)[0]).toMatchObject({ requiredMs: 75 * MIN, dueMs: 30 * MIN })
  })
})

describe('why it is short', () => {
  test('each day that was missed with a reason is one occasion; the rest has none', () => {
    const [week] = weeks(
      {
        given: [given('2026-11-02', 20)],
        missed: [
          { day: '2026-11-03', reason: 'student_absent' },
          { day: '2026-11-04', reason: 'staff_absent' },
          // it was given after all
          { day: '2026-11-02', reason: 'student_refused' },
        ],
      },
      '2026-11-09',
    )
    expect(week?.shortMs).toBe(80 * MIN)
    expect(week?.reasons).toEqual([
      { reason: 'student_absent', ms: 20 * MIN },
      { reason: 'staff_absent', ms: 20 * MIN },
      { reason: 'unknown', ms: 40 * MIN },
    ])
  })

  test('a closed day takes nothing from what is due, and is a reason', () => {
    const all = ['2026-11-09', '2026-11-10', '2026-11-12', '2026-11-13'].map((day) => given(day, 20))
    const week = weeks({ given: all }, '2026-11-16')[1]
    expect(week).toMatchObject({ days: 4, dueMs: 100 * MIN, givenMs: 80 * MIN, shortMs: 20 * MIN })
    expect(week?.reasons).toEqual([{ reason: 'school_closed', ms: 20 * MIN }])
  })

  test('where the plan says how many sessions, one of them is the occasion', () => {
    const service = { ...WEEKLY, sessions: 2 }
    const missed = [{ day: '2026-11-03', reason: 'event' }] as const
    expect(weeks({ missed }, '2026-11-09', service)[0]?.reasons).toEqual([
      { reason: 'event', ms: 50 * MIN },
      { reason: 'unknown', ms: 50 * MIN },
    ])
  })

  test('the parts come to the whole', () => {
    const reason = fc.constantFrom('student_absent', 'staff_absent', 'event', 'other')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...DAYS), fc.integer({ min: 1, max: 60 })), { maxLength: 8 }),
        fc.array(fc.record({ day: fc.constantFrom(...DAYS), reason }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 300 }),
        (some, missed, minutes) => {
          const list = some.map(([day, length]) => given(day, length))
          for (const one of weeks({ given: list, missed }, '2026-11-16', { ...WEEKLY, minutes })) {
            expect(one.reasons.reduce((total, { ms }) => total + ms, 0)).toBe(one.shortMs)
            expect(one.shortMs).toBe(Math.max(0, one.dueMs - one.givenMs))
          }
        },
      ),
    )
  })
})

describe('what was missed, and what was decided about it', () => {
  const short = { given: [given('2026-11-02', 60)] }

  test('waits when its period is over, until it is planned or not needed; planned and not done, it waits again', () => {
    const waiting = (decided: Facts['decided'], today = '2026-11-10') =>
      waitingOf(weeks({ ...short, decided }, today), today).map(({ period }) => period.from)
    const whole = { period: '2026-11-02', minutes: 40 }
    expect(waiting([], '2026-11-06')).toEqual([])
    expect(waiting([])).toEqual(['2026-11-02'])
    expect(waiting([{ ...whole, on: null }])).toEqual([])
    expect(waiting([{ ...whole, on: '2026-11-12' }])).toEqual([])
    expect(waiting([{ ...whole, minutes: 30, on: '2026-11-12' }])).toEqual(['2026-11-02'])
    expect(waiting([{ ...whole, on: '2026-11-12' }], '2026-11-13')).toEqual(['2026-11-02'])
  })

  test('what is made up counts where it was missed, and not where it was given', () => {
    const decided = [{ period: '2026-11-02', minutes: 40, on: '2026-11-12' }]
    const [first, second] = weeks({ given: [...short.given, given('2026-11-12', 55)], decided }, '2026-11-13')
    expect(first).toMatchObject({ givenMs: 60 * MIN, madeUpMs: 40 * MIN, shortMs: 0, color: 'green' })
    expect(second).toMatchObject({ givenMs: 15 * MIN })
  })

  test('excused minutes leave what is due, and all of it excused leaves no share', () => {
    const [week] = weeks(
      { ...short, decided: [{ period: '2026-11-02', minutes: 40, on: null }] },
      '2026-11-10',
    )
    expect(week).toMatchObject({ excusedMs: 40 * MIN, shortMs: 0, color: 'green' })
    const [none] = weeks({ decided: [{ period: '2026-11-02', minutes: 100, on: null }] }, '2026-11-10')
    expect(none).toMatchObject({ shortMs: 0, color: null })
  })
})

test('weeks begin on Monday; quarters and terms are those of a school year from August', () => {
  expect(periodOf('week', '2026-11-08')).toEqual({ from: '2026-11-02', to: '2026-11-08' })
  expect(periodOf('month', '2028-02-10')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  expect(periodOf('quarter', '2026-11-03')).toEqual({ from: '2026-11-01', to: '2027-01-31' })
  expect(periodOf('quarter', '2027-07-31')).toEqual({ from: '2027-05-01', to: '2027-07-31' })
  expect(periodOf('term', '2027-01-10')).toEqual({ from: '2026-08-01', to: '2027-01-31' })
  expect(yearOf('2027-07-31')).toBe('2026-08-01')
  expect(yearOf('2026-08-01')).toBe('2026-08-01')
})

describe('a school that told its terms', () => {
  // a year with two semesters, four quarters, one of them cut at the winter break; all dates made by hand
  const TERMS = termsFrom([
    { from: '2026-08-17', to: '2027-05-28' },
    { from: '2026-08-17', to: '2026-12-18' },
    { from: '2027-01-04', to: '2027-05-28' },
    { from: '2026-08-17', to: '2026-10-16' },
    { from: '2026-10-19', to: '2026-12-18' },
    { from: '2027-01-04', to: '2027-03-12' },
    { from: '2027-03-22', to: '2027-05-28' },
    // a progress period of six weeks is no quarter, whatever it is called
    { from: '2026-08-17', to: '2026-09-25' },
  ])

  test('has them as its quarters and terms; the year itself and shorter periods are neither', () => {
    expect(TERMS.term).toEqual([
      { from: '2026-08-17', to: '2026-12-18' },
      { from: '2027-01-04', to: '2027-05-28' },
    ])
    expect(TERMS.quarter.map(({ from }) => from)).toEqual([
      '2026-08-17',
      '2026-10-19',
      '2027-01-04',
      '2027-03-22',
    ])
    expect(periodOf('term', '2026-11-03', TERMS)).toEqual({ from: '2026-08-17', to: '2026-12-18' })
    expect(periodOf('quarter', '2026-10-19', TERMS)).toEqual({ from: '2026-10-19', to: '2026-12-18' })
    // weeks and months are everybody's
    expect(periodOf('week', '2026-11-03', TERMS)).toEqual({ from: '2026-11-02', to: '2026-11-08' })
    expect(periodOf('month', '2026-11-03', TERMS)).toEqual({ from: '2026-11-01', to: '2026-11-30' })
  })

  test('between and beyond them has what they leave of the fixed parts of the year', () => {
    expect(periodOf('term', '2026-12-28', TERMS)).toEqual({
      from: '2026-12-19',
      to: '2027-01-03',
      of: { from: '2026-08-01', to: '2027-01-31' },
    })
    // the year after: nothing was told of it
    expect(periodOf('term', '2027-09-01', TERMS)).toEqual({ from: '2027-08-01', to: '2028-01-31' })
  })

  test('each day is in one period, and the periods follow one another', () => {
    for (const per of ['quarter', 'term'] as const)
      for (let day = '2026-08-01'; day < '2028-08-01'; day = addDays(day, 1)) {
        const { from, to } = periodOf(per, day, TERMS)
        expect(from <= day && day <= to).toBe(true)
        expect(periodOf(per, to, TERMS)).toMatchObject({ from, to })
        expect(periodOf(per, addDays(to, 1), TERMS).from).toBe(addDays(to, 1))
      }
  })

  test('of two that lie over each other the earlier counts', () => {
    const { term } = termsFrom([
      { from: '2026-11-01', to: '2027-02-26' },
      { from: '2026-08-17', to: '2026-12-18' },
    ])
    expect(term).toEqual([{ from: '2026-08-17', to: '2026-12-18' }])
  })

  const TERMLY = { minutes: 600, per: 'term', sessions: null, from: '2026-08-17', to: null } as const
  const SCHOOL = Array.from({ length: 285 }, (_, n) => addDays('2026-08-17', n)).filter(
    (day) => weekday(day) <= 5 && (day <= '2026-12-18' || day >= '2027-01-04'),
  )

  test('owes the minutes of a term within its dates, and nothing in the break between two', () => {
    const deliveries = deliveriesOf(
      TERMLY,
      facts({ schoolDays: SCHOOL, closed: [], terms: TERMS, given: [given('2026-12-18', 600)] }),
      '2027-01-11',
      '2026-08-01',
      RULE,
    )
    expect(deliveries.map(({ period }) => period)).toEqual(TERMS.term)
    // 18 weeks of five days, all over; given on the last day
    expect(deliveries[0]).toMatchObject({ days: 90, requiredMs: 600 * MIN, dueMs: 600 * MIN, shortMs: 0 })
    // 21 weeks; one of them over: 600 / 21 min
    expect(deliveries[1]).toMatchObject({ days: 105, elapsed: 5, dueMs: Math.round((600 * MIN) / 21) })
  })

  test('keeps what was decided while the year was cut in halves', () => {
    const [fall] = deliveriesOf(
      TERMLY,
      facts({
        schoolDays: SCHOOL,
        closed: [],
        terms: TERMS,
        decided: [{ period: '2026-08-01', minutes: 100, on: null }],
      }),
      '2027-01-11',
      '2026-08-01',
      RULE,
    )
    expect(fall).toMatchObject({ excusedMs: 100 * MIN, shortMs: 500 * MIN })
  })
})
