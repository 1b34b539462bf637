import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { weekday } from '../../platform/core/days.ts'
import { cedarBend } from '../../demo/cedar-bend.ts'
import { SCHOOL, studentId } from '../../demo/people.ts'
import {
  bellOf,
  findingsOf,
  landed,
  minuteOf,
  planOf,
  rotation,
  timeOf,
  unservedOn,
  weekdaysBetween,
  type DayPlan,
  type Owed,
} from './calendar.ts'
import type { Assignment, Block } from './model.ts'

const SCHOOL_ID = 'school'
const CODES = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6']

/** Blocks one after another, some left out, some with time between them. */
const bell = (variant: string) =>
  fc
    .array(fc.record({ gap: fc.integer({ min: 0, max: 20 }), length: fc.integer({ min: 1, max: 60 }) }), {
      minLength: CODES.length,
      maxLength: CODES.length,
    })
    .chain((lengths) => fc.tuple(fc.constant(lengths), fc.subarray(CODES, { minLength: 1 })))
    .map(([lengths, codes]): Block[] => {
      let at = 8 * 60
      return codes.map((code, n) => {
        const { gap, length } = lengths[n] ?? { gap: 0, length: 1 }
        const start = at + gap
        at = start + length
        const id = `${variant} ${code}`
        return { id, school: SCHOOL_ID, code, name: code, start: timeOf(start), end: timeOf(at), variant }
      })
    })

describe('a piece of the timetable on a day that runs otherwise', () => {
  test('fills the block that it fills; its parts keep their share', () => {
    const regular = { start: '12:30', end: '13:20' }
    const short = { start: '10:15', end: '10:45' }
    expect(landed({ start: null, end: null }, regular, short)).toEqual(short)
    // 30 of 50 minutes are 18 of 30
    expect(landed({ start: null, end: '13:00' }, regular, short)).toEqual({ start: '10:15', end: '10:33' })
    expect(landed({ start: '13:00', end: null }, regular, short)).toEqual({ start: '10:33', end: '10:45' })
    // 5 of 50 minutes are less than a minute of 4
    expect(landed({ start: '12:30', end: '12:35' }, regular, { start: '10:15', end: '10:19' })).toBeNull()
  })

  test('lies in its block, and two that touch still touch', () => {
    const span = fc
      .tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 700 }))
      .map(([start, length]) => ({ start: timeOf(start), end: timeOf(start + length) }))
    fc.assert(
      fc.property(span, span, fc.nat(), (regular, other, n) => {
        const length = minuteOf(regular.end) - minuteOf(regular.start)
        const middle = timeOf(minuteOf(regular.start) + (n % (length + 1)))
        const first = landed({ start: null, end: middle }, regular, other)
        const second = landed({ start: middle, end: null }, regular, other)
        for (const part of [first, second])
          if (part) expect(part.start >= other.start && part.end <= other.end).toBe(true)
        expect(first !== null || second !== null).toBe(true)
        if (first && second) expect(first.end).toBe(second.start)
        expect((first ?? second)?.start).toBe(other.start)
        expect((second ?? first)?.end).toBe(other.end)
      }),
    )
  })
})

describe('days', () => {
  test('A and B, or six days, take turns; weekends and holidays use up no day', () => {
    const closed = [['2026-11-11', '2026-11-11']] as const
    const ab = rotation(['A', 'B'], weekdaysBetween('2026-11-09', '2026-11-16', closed))
    expect(ab.map(({ day, type }) => `${day.slice(8)}${type}`)).toEqual(['09A', '10B', '12A', '13B', '16A'])
    const six = rotation(['1', '2', '3', '4', '5', '6'], weekdaysBetween('2026-11-02', '2026-11-13', closed))
    expect(six.map(({ type }) => type).join('')).toBe('123456123')
    expect(six.every(({ day }) => weekday(day) <= 5)).toBe(true)
  })

  test('a date leads to its type, its variant and its blocks; a day without a row is closed', () => {
    const school = cedarBend()
    const friday = planOf(school, SCHOOL, '2026-11-06')
    expect(friday).toMatchObject({ type: 'A', variant: 'early_release' })
    expect(friday?.blocks.find(({ code }) => code === 'BUS')?.start).toBe('12:30')
    expect(friday?.blocks.some(({ code }) => code === 'RECESS')).toBe(false)
    expect(planOf(school, SCHOOL, '2026-11-03')).toMatchObject({ type: 'B', variant: 'regular' })
    expect(planOf(school, SCHOOL, '2026-11-07')).toBeNull()
    expect(planOf(school, SCHOOL, '2026-11-11')).toBeNull()
  })
})

describe('what is wrong with a bell', () => {
  const P1 = { code: 'P1', start: '08:30', end: '09:20' }
  test('blocks that overlap, end before they begin, have no time or the same code', () => {
    expect(findingsOf([P1, { code: 'P2', start: '09:20', end: '10:10' }])).toEqual([])
    expect(findingsOf([P1, { code: 'P2', start: '09:10', end: '10:00' }])).toEqual([
      { code: 'bell.overlap', block: 1, field: 'start', other: 'P1' },
    ])
    expect(findingsOf([{ code: 'P1', start: '09:20', end: '08:30' }])).toMatchObject([
      { code: 'bell.ends_before_it_begins', block: 0, field: 'end' },
    ])
    expect(findingsOf([{ code: 'P1', start: '08:30', end: '08:30' }])).toMatchObject([
      { code: 'bell.ends_before_it_begins' },
    ])
    expect(findingsOf([{ code: 'P1', start: '8.30', end: '25:00' }])).toMatchObject([
      { code: 'bell.time', field: 'start' },
    ])
    expect(findingsOf([P1, P1])).toMatchObject([
      { code: 'bell.code_twice', block: 1 },
      { code: 'bell.overlap' },
    ])
    expect(findingsOf([])).toMatchObject([{ code: 'bell.empty' }])
  })

  test('one long block hides behind none: whatever lies in it is told', () => {
    const all = [
      { code: 'ALL', start: '08:00', end: '15:00' },
      { code: 'P1', start: '08:30', end: '09:00' },
      { code: 'P2', start: '09:30', end: '10:00' },
    ]
    expect(findingsOf(all).map(({ block, other }) => [block, other])).toEqual([
      [1, 'ALL'],
      [2, 'ALL'],
    ])
  })

  test('a bell without findings has no minute in two blocks, and every bell made in order has none', () => {
    fc.assert(
      fc.property(bell('x'), (blocks) => {
        expect(findingsOf(blocks)).toEqual([])
      }),
    )
    const anyBlock = fc
      .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: -20, max: 50 }))
      .map(([start, length]) => ({ start: timeOf(480 + start), end: timeOf(480 + start + length) }))
    fc.assert(
      fc.property(fc.array(anyBlock, { minLength: 1, maxLength: 6 }), (spans) => {
        const blocks = spans.map((span, n) => ({ code: `P${n}`, ...span }))
        const twice = Array.from(
          { length: 24 * 60 },
          (_, minute) =>
            blocks.filter((one) => minuteOf(one.start) <= minute && minute < minuteOf(one.end)).length,
        ).some((count) => count > 1)
        const empty = blocks.some((one) => one.end <= one.start)
        expect(findingsOf(blocks).length > 0).toBe(twice || empty)
      }),
    )
  })
})

describe('what a variant leaves without its place', () => {
  const piece = (n: number, code: string, purpose: 'care' | 'service' | 'class'): Assignment => ({
    id: `piece ${n}`,
    person: 'adult',
    block: `regular ${code}`,
    dayTypes: ['A'],
    from: '2026-08-25',
    to: null,
    start: null,
    end: null,
    title: '',
    place: '',
    note: '',
    students: ['child'],
    programs: [],
    purpose,
  })
  const whole = { from: '2026-08-25', to: null, school: SCHOOL_ID }

  test('everything owed either takes place in full or is on the list, once', () => {
    const code = fc.constantFrom(...CODES)
    fc.assert(
      fc.property(
        bell('early_release'),
        fc.array(fc.tuple(code, fc.constantFrom('care', 'service', 'class')), { maxLength: 8 }),
        fc.uniqueArray(code, { minLength: 1 }),
        fc.uniqueArray(code),
        (blocks, pieces, own, kept) => {
          const regular = CODES.map((one, n): Block => ({
            id: `regular ${one}`,
            school: SCHOOL_ID,
            code: one,
            name: one,
            start: timeOf(480 + n * 40),
            end: timeOf(520 + n * 40),
          }))
          const plan: DayPlan = { day: '2026-11-06', type: 'A', variant: 'early_release', blocks }
          const owed: Owed = {
            assignments: pieces.map(([one, purpose], n) => piece(n, one, purpose)),
            oneToOnes: [
              {
                id: 'own',
                student: 'child',
                blocks: own,
                minutesADay: null,
                level: 'SV5',
                authority: 'p. 1',
                qualifications: [],
                relief: '',
                ...whole,
              },
            ],
            posts: kept.map((one) => ({
              id: `post ${one}`,
              name: one,
              place: '',
              code: one,
              ratio: null,
              minStaff: 1,
              ...whole,
            })),
          }
          const list = unservedOn(plan, regular, owed)
          const lengthOf = (one: string) => {
            const block = blocks.find((each) => each.code === one)
            return block ? minuteOf(block.end) - minuteOf(block.start) : 0
          }
          const on = (id: string, one: string) => list.filter((each) => each.id === id && each.code === one)
          for (const [n, [one, purpose]] of pieces.entries()) {
            const full = purpose === 'class' || lengthOf(one) >= 40
            expect(on(`piece ${n}`, one).length).toBe(full ? 0 : 1)
            if (!full) expect(on(`piece ${n}`, one)[0]?.missing).toBe(40 - lengthOf(one))
          }
          for (const one of own) {
            const served = lengthOf(one) > 0 && pieces.some(([each]) => each === one)
            expect(on('own', one).length).toBe(served ? 0 : 1)
          }
          for (const one of kept) expect(on(`post ${one}`, one).length).toBe(lengthOf(one) > 0 ? 0 : 1)
          expect(list.every(({ missing }) => missing > 0)).toBe(true)
        },
      ),
    )
  })

  test('the early release of Cedar Bend: no recess post, shorter services, and everybody who has an adult keeps them', () => {
    const school = cedarBend()
    const plan = planOf(school, SCHOOL, '2026-11-06')
    if (!plan) throw new Error('closed')
    const list = unservedOn(plan, bellOf(school.blocks, SCHOOL, 'regular'), school)
    expect(list.filter(({ what }) => what === 'post').map(({ code, reason }) => [code, reason])).toEqual([
      ['RECESS', 'no_block'],
    ])
    expect(list.filter(({ what }) => what === 'one_to_one')).toEqual([])
    // reading of D.L.: 30 minutes as usual, 25 on that day
    expect(list).toContainEqual(
      expect.objectContaining({
        what: 'service',
        code: 'P4',
        students: [studentId('dl')],
        reason: 'shorter',
        minutes: 30,
        missing: 5,
      }),
    )
    // as usual nothing is missing but what nobody is planned for
    const usual = planOf(school, SCHOOL, '2026-11-04')
    if (!usual) throw new Error('closed')
    expect(unservedOn(usual, usual.blocks, school)).toEqual([])
  })

  test('minutes of a day: a day that is shorter than they are is told', () => {
    const owed: Owed = {
      assignments: [],
      posts: [],
      oneToOnes: [
        {
          id: 'own',
          student: 'child',
          blocks: [],
          minutesADay: 300,
          level: 'SV5',
          authority: 'p. 1',
          qualifications: [],
          relief: '',
          ...whole,
        },
      ],
    }
    const day = (end: string): DayPlan => ({
      day: '2026-11-06',
      type: 'A',
      variant: 'delay',
      blocks: [{ id: 'b', school: SCHOOL_ID, code: 'P1', name: '', start: '10:00', end, variant: 'delay' }],
    })
    expect(unservedOn(day('15:00'), [], owed)).toEqual([])
    expect(unservedOn(day('14:00'), [], owed)).toMatchObject([
      { what: 'one_to_one', code: null, reason: 'shorter', minutes: 300, missing: 60 },
    ])
  })
})
