/** What iCalendar files say, against times worked out by hand and by RFC 5545's own examples. */
import fc from 'fast-check'
import ical from 'node-ical'
import { describe, expect, test } from 'vitest'
import { readIcal } from './ical.ts'
import { meaningOf } from './ical-meaning.ts'
import { icalOf } from './ical-write.ts'

const BOUNDS = { file: 'f.ics', from: '2026-08-01', to: '2027-07-31', tz: 'America/Chicago' }
const file = (...lines: string[]) => ['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\r\n')
const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']
const starts = (text: string, over: Partial<typeof BOUNDS> = {}) =>
  readIcal(text, { ...BOUNDS, ...over }).occurrences.map(({ day, start }) =>
    start === null ? day : new Date(start).toISOString(),
  )
const codes = (text: string) =>
  readIcal(text, BOUNDS).findings.map(({ row, field, code }) => [row, field, code])

describe('when', () => {
  test('a rule keeps the hour on the clock of its zone, over the change of clocks', () => {
    // New York leaves daylight time on 2026-11-01: 9:00 is 13:00 and then 14:00 UTC (RFC 5545, 3.8.5.3: daily)
    const weekly = file(
      ...event('UID:1', 'DTSTART;TZID=America/New_York:20261027T090000', 'RRULE:FREQ=WEEKLY;COUNT=2'),
    )
    expect(starts(weekly)).toEqual(['2026-10-27T13:00:00.000Z', '2026-11-03T14:00:00.000Z'])
  })

  test('every other week on Tuesday and Thursday, with a date left out and one added', () => {
    const text = file(
      ...event(
        'UID:1',
        'DTSTART;TZID=America/Chicago:20260901T090000',
        'RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20260930T235959Z;BYDAY=TU,TH',
        'EXDATE;TZID=America/Chicago:20260903T090000',
        'RDATE;TZID=America/Chicago:20260904T090000',
      ),
    )
    // September 1, 3, 15, 17, 29 by the rule
    expect(starts(text).map((one) => one.slice(8, 13))).toEqual(['01T14', '04T14', '15T14', '17T14', '29T14'])
  })

  test('a rule ends with the instant that it names, wherever that is on its own clock', () => {
    // 2026-11-05 01:00 UTC is the evening of the 4th in Chicago: the 5th at 9:00 is after it
    const text = file(
      ...event(
        'UID:1',
        'DTSTART;TZID=America/Chicago:20261103T090000',
        'RRULE:FREQ=DAILY;UNTIL=20261105T010000Z',
      ),
    )
    expect(starts(text)).toHaveLength(2)
  })

  test('two rules are both', () => {
    const text = file(
      ...event(
        'UID:1',
        'DTSTART;VALUE=DATE:20260907',
        'RRULE:FREQ=WEEKLY;COUNT=2',
        'RRULE:FREQ=MONTHLY;BYMONTHDAY=9;COUNT=1',
      ),
    )
    expect(starts(text)).toEqual(['2026-09-07', '2026-09-09', '2026-09-14'])
  })

  test('one occurrence that was changed stands in place of its own', () => {
    const text = file(
      ...event('UID:1', 'DTSTART:20261102T150000Z', 'RRULE:FREQ=DAILY;COUNT=3', 'SUMMARY:Meeting'),
      ...event('UID:1', 'RECURRENCE-ID:20261103T150000Z', 'DTSTART:20261103T200000Z', 'SUMMARY:Later'),
      ...event('UID:2', 'DTSTART:20261102T100000Z', 'STATUS:CANCELLED', 'SUMMARY:Gone'),
    )
    expect(readIcal(text, BOUNDS).occurrences.map(({ title, start }) => [title, start])).toEqual([
      ['Meeting', Date.parse('2026-11-02T15:00:00Z')],
      ['Later', Date.parse('2026-11-03T20:00:00Z')],
      ['Meeting', Date.parse('2026-11-04T15:00:00Z')],
    ])
  })

  test('a zone of the file’s own, with its own change of clocks', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:School',
      'BEGIN:STANDARD',
      'DTSTART:19710101T020000',
      'TZOFFSETFROM:-0500',
      'TZOFFSETTO:-0600',
      'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:19710101T020000',
      'TZOFFSETFROM:-0600',
      'TZOFFSETTO:-0500',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ]
    const text = file(
      ...zone,
      ...event('UID:1', 'DTSTART;TZID=School:20261030T090000', 'RRULE:FREQ=DAILY;COUNT=4'),
    )
    expect(starts(text).map((one) => one.slice(8, 13))).toEqual(['30T14', '31T14', '01T15', '02T15'])
  })

  test('days: the end is not part of it, and none said is one; a time is the day at the school', () => {
    const text = file(
      ...event('UID:1', 'DTSTART;VALUE=DATE:20261125', 'DTEND;VALUE=DATE:20261128', 'SUMMARY:Break'),
      ...event('UID:2', 'DTSTART;VALUE=DATE:20261211'),
      // 01:00 UTC is the evening before in Chicago
      ...event('UID:3', 'DTSTART:20261212T010000Z', 'DURATION:PT1H'),
    )
    expect(readIcal(text, BOUNDS).occurrences.map(({ day, to }) => [day, to])).toEqual([
      ['2026-11-25', '2026-11-27'],
      ['2026-12-11', '2026-12-11'],
      ['2026-12-11', '2026-12-11'],
    ])
  })
})

describe('what is wrong', () => {
  test('an endless recurrence is taken until the school year ends, and is told', () => {
    const text = file(...event('UID:1', 'DTSTART;VALUE=DATE:20200106', 'RRULE:FREQ=WEEKLY'))
    // Mondays from 3 August 2026 to 26 July 2027
    expect(starts(text)).toHaveLength(52)
    expect(codes(text)).toEqual([[5, 'RRULE', 'ical.endless']])
  })

  test('each by file, row and field', () => {
    expect(codes('no calendar')).toEqual([
      [0, null, 'ical.no_calendar'],
      [1, null, 'ical.line'],
    ])
    expect(codes(file(...event('DTSTART:20261342T000000')))).toEqual([[3, 'DTSTART', 'ical.date']])
    expect(codes(file(...event('UID:1')))).toEqual([[2, 'DTSTART', 'ical.no_start']])
    expect(codes(file(...event('DTSTART:20261103T100000Z', 'DTEND:20261103T090000Z')))).toEqual([
      [4, 'DTEND', 'ical.ends_before_it_begins'],
    ])
    expect(codes(file(...event('DTSTART;TZID=Nowhere:20261103T100000')))).toEqual([
      [3, 'DTSTART', 'ical.zone'],
    ])
    expect(codes(file(...event('DTSTART:20261103T100000Z', 'DURATION:soon')))).toEqual([
      [4, 'DURATION', 'ical.duration'],
    ])
    expect(codes(file(...event('DTSTART:20261103T100000Z', 'RRULE:FREQ=SECONDLY;COUNT=9')))).toEqual([
      [4, 'RRULE', 'ical.too_often'],
    ])
    expect(codes(file(...event('DTSTART:20261103T100000Z', 'RRULE:FREQ=OFTEN;COUNT=3')))).toEqual([
      [4, 'RRULE', 'ical.rule'],
    ])
    expect(codes('BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261103T100000Z\nEND:VCALENDAR')).toEqual([
      [1, 'BEGIN', 'ical.not_closed'],
      [2, 'BEGIN', 'ical.not_closed'],
      [4, 'END', 'ical.end'],
    ])
    expect(codes(file('', ...event('DTSTART:20261103T100000Z')))).toEqual([[2, null, 'ical.blank_line']])
  })

  test('never throws, and no cell is quoted', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const text = file(...event(`DTSTART:${a}`, `RRULE:${b}`, b, 'SUMMARY:Quillon Vexworth'))
        for (const { message } of readIcal(text, BOUNDS).findings) expect(message).not.toContain('Vexworth')
      }),
    )
  })
})

test('a title says what a day is, only of whole days, and only where it is plain', () => {
  const said = (title: string, whole = true) => {
    const { kind, type, variant } = meaningOf(title, whole)
    return type ?? variant ?? kind
  }
  expect(said('No School - Teacher Workday')).toBe('closed')
  expect(said('Thanksgiving Break')).toBe('closed')
  expect(said('No hay clases')).toBe('closed')
  expect(said('B Day')).toBe('B')
  expect(said('Day 4')).toBe('4')
  expect(said('Early Release (K-8)')).toBe('early_release')
  expect(said('Two-hour delay')).toBe('delay')
  expect(said('State Testing, grade 3')).toBe('testing')
  expect(said('Break-fast with the principal')).toBe('event')
  expect(said('No school', false)).toBe('event')
  expect(said('Picture day')).toBe('event')
})

test('what is written is read back by another reader as it was, in lines of 75 bytes, whatever the place is called', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 90 }), (place) => {
      const clean = place.replaceAll(/[\p{C}\s]+/gu, ' ').trim()
      const block = {
        assignment: 'a',
        code: 'P1',
        start: '2026-11-03T14:30:00.000Z',
        end: '2026-11-03T15:20:00.000Z',
        title: 'Quillon',
        place: clean,
        note: 'Quillon',
        students: ['s'],
        programs: [],
      }
      const text = icalOf('School', [{ day: '2026-11-03', type: 'B', blocks: [block] }], 0)
      for (const line of text.split('\r\n'))
        expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
      expect(text).not.toContain('Quillon')
      const [read] = Object.values(ical.sync.parseICS(text)).filter((one) => one?.type === 'VEVENT')
      expect([read?.start.toISOString(), read?.end?.toISOString()]).toEqual([block.start, block.end])
      expect(readIcal(text, BOUNDS)).toMatchObject({ findings: [], occurrences: [{ title: 'P1' }] })
    }),
  )
})
