/**
 * Clock changes of 2026, by hand from the tz database: Chicago 8 March and 1 November at 2:00; London 29 March at
 * 1:00 and 25 October at 2:00; Sydney 5 April at 3:00 (back) and 4 October at 2:00 (on).
 */
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { addDays, dayOf, daysBetween, instantOf, weekday } from './days.ts'

const ZONES = ['America/Chicago', 'Europe/London', 'Australia/Sydney'] as const

describe('the school day of an instant', () => {
  it('F18 is the date at the school, not the date in UTC', () => {
    // Half past six in the evening of 2 November in Chicago is already 3 November in UTC.
    expect(dayOf('2026-11-03T00:30:00.000Z', 'America/Chicago')).toBe('2026-11-02')
    // Eight in the morning of 3 November in Sydney is still 2 November in UTC.
    expect(dayOf('2026-11-02T21:00:00.000Z', 'Australia/Sydney')).toBe('2026-11-03')
  })

  it.each([
    // Last minute of the evening before and first minute of the day, on each side of each change.
    ['America/Chicago', '2026-03-08T05:59:00.000Z', '2026-03-07'],
    ['America/Chicago', '2026-03-08T06:00:00.000Z', '2026-03-08'],
    ['America/Chicago', '2026-03-09T04:59:00.000Z', '2026-03-08'],
    ['America/Chicago', '2026-03-09T05:00:00.000Z', '2026-03-09'],
    ['America/Chicago', '2026-11-01T04:59:00.000Z', '2026-10-31'],
    ['America/Chicago', '2026-11-02T05:59:00.000Z', '2026-11-01'],
    ['America/Chicago', '2026-11-02T06:00:00.000Z', '2026-11-02'],
    ['Europe/London', '2026-03-28T23:59:00.000Z', '2026-03-28'],
    ['Europe/London', '2026-03-29T22:59:00.000Z', '2026-03-29'],
    ['Europe/London', '2026-03-29T23:00:00.000Z', '2026-03-30'],
    ['Europe/London', '2026-10-25T23:30:00.000Z', '2026-10-25'],
    ['Australia/Sydney', '2026-04-04T13:00:00.000Z', '2026-04-05'],
    ['Australia/Sydney', '2026-04-05T13:59:00.000Z', '2026-04-05'],
    ['Australia/Sydney', '2026-04-05T14:00:00.000Z', '2026-04-06'],
    ['Australia/Sydney', '2026-10-04T12:59:00.000Z', '2026-10-04'],
    ['Australia/Sydney', '2026-10-04T13:00:00.000Z', '2026-10-05'],
  ])('F18 across the clock change in %s, %s is %s', (tz, at, day) => {
    expect(dayOf(at, tz)).toBe(day)
  })

  it('F18 is the same by another reckoning, at any instant, also asked again within the quarter of an hour', () => {
    const zones = [
      ...ZONES,
      'Asia/Kathmandu',
      'Australia/Eucla',
      'Pacific/Chatham',
      'Africa/Monrovia',
      'Asia/Pyongyang',
    ]
    const instant = fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2040, 0) })
    fc.assert(
      fc.property(
        instant,
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 900_000 }),
        (ms, tz, later) => {
          for (const at of [ms, ms + later])
            expect(dayOf(at, tz)).toBe(
              Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(tz).toPlainDate().toString(),
            )
        },
      ),
      { numRuns: 300 },
    )
  })

  it('takes milliseconds as well as text', () => {
    expect(dayOf(Date.parse('2026-11-03T00:30:00.000Z'), 'America/Chicago')).toBe('2026-11-02')
  })

  it('refuses a zone that does not exist and an instant that is none', () => {
    expect(() => dayOf('2026-11-03T00:30:00.000Z', 'America/Cedar_Bend')).toThrow(RangeError)
    expect(() => dayOf('yesterday', 'America/Chicago')).toThrow(RangeError)
  })
})

describe('the instant of a bell', () => {
  it.each([
    ['2026-03-06', '08:52', 'America/Chicago', '2026-03-06T14:52:00.000Z'],
    ['2026-03-09', '08:52', 'America/Chicago', '2026-03-09T13:52:00.000Z'],
    ['2026-11-03', '08:52', 'America/Chicago', '2026-11-03T14:52:00.000Z'],
    ['2026-03-27', '08:52', 'Europe/London', '2026-03-27T08:52:00.000Z'],
    ['2026-03-30', '08:52', 'Europe/London', '2026-03-30T07:52:00.000Z'],
    ['2026-10-05', '08:52:30', 'Australia/Sydney', '2026-10-04T21:52:30.000Z'],
  ])('F18 on %s at %s in %s is %s', (day, time, tz, instant) => {
    expect(instantOf(day, time, tz)).toBe(instant)
  })

  it('F18 belongs to its own day in each zone, on every day of a year with both changes', () => {
    for (const tz of ZONES)
      for (let day = '2026-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
        expect(dayOf(instantOf(day, '07:30', tz), tz)).toBe(day)
        expect(dayOf(instantOf(day, '15:30', tz), tz)).toBe(day)
      }
  })
})

describe('counting days', () => {
  it('F18 counts calendar days, not 24-hour periods', () => {
    expect(daysBetween('2026-03-07', '2026-03-09')).toBe(2)
    expect(daysBetween('2026-11-02', '2026-10-31')).toBe(-2)
    expect(addDays('2026-10-31', 2)).toBe('2026-11-02')
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
  })

  it('undoes itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 40_000 }), (n) => {
        expect(daysBetween('2026-11-03', addDays('2026-11-03', n))).toBe(n)
      }),
    )
  })

  it('knows Tuesday', () => {
    expect(weekday('2026-11-03')).toBe(2)
    expect(weekday('2026-11-01')).toBe(7)
    expect(weekday('2026-11-02')).toBe(1)
  })
})
