import { describe, expect, test } from 'vitest'
import { momentOf, padBlockOf, stageOf } from './day.ts'
import { meOf } from './me.ts'
import type { BoardBlock, Me } from './model.ts'

/** Cedar Bend keeps Chicago time: 8:30 is 14:30 UTC in November (domain P). */
const at = (time: string) => Date.parse(`2026-11-03T${time}:00.000-06:00`)

function block(name: string, start: string, end: string, programs: string[] = []): BoardBlock {
  const iso = (time: string) => new Date(at(time)).toISOString()
  return {
    assignment: name,
    code: name,
    start: iso(start),
    end: iso(end),
    title: name,
    place: '',
    note: '',
    students: [],
    programs,
  }
}

// the bell of domain P; out of order, as rows may come
const P2 = block('P2', '09:20', '10:10')
const P1 = block('P1', '08:30', '09:20', ['requesting'])
const LUNCH = block('LUNCH', '11:30', '12:05', ['feeding'])
const me: Pick<Me, 'boards' | 'district'> = {
  district: { id: 'd', name: 'Cedar Bend', demo: true, tz: 'America/Chicago', clockOffsetMs: 0 },
  boards: [
    { day: '2026-11-04', type: 'A', blocks: [] },
    { day: '2026-11-03', type: 'B', blocks: [LUNCH, P2, P1] },
  ],
}
const names = (blocks: readonly BoardBlock[]) => blocks.map((one) => one.code).join(' ')

describe('where a day stands', () => {
  test('a block runs from its start until its end, where the next one begins', () => {
    expect(names(momentOf(me, at('08:29')).now)).toBe('')
    expect(names(momentOf(me, at('08:30')).now)).toBe('P1')
    expect(names(momentOf(me, at('09:20') - 1).now)).toBe('P1')
    expect(names(momentOf(me, at('09:20')).now)).toBe('P2')
    expect(names(momentOf(me, at('09:20')).earlier)).toBe('P1')
    expect(names(momentOf(me, at('09:20')).later)).toBe('LUNCH')
  })

  test('F18 today is the date at the school: at 18:30 in Chicago UTC already says tomorrow', () => {
    const evening = at('18:30')
    expect(new Date(evening).toISOString().slice(0, 10)).toBe('2026-11-04')
    expect(momentOf(me, evening).today?.day).toBe('2026-11-03')
    expect(momentOf(me, evening).following?.day).toBe('2026-11-04')
  })

  test('a device that holds yesterday’s plan says that it has none of today', () => {
    const moment = momentOf({ ...me, boards: [{ day: '2026-11-02', type: 'A', blocks: [] }] }, at('08:52'))
    expect(moment.today).toBeNull()
    expect(moment.following).toBeNull()
  })

  test('the pad means the running block with goals, else the next one, else the last one', () => {
    expect(padBlockOf(momentOf(me, at('08:52')))?.code).toBe('P1')
    expect(padBlockOf(momentOf(me, at('09:30')))?.code).toBe('LUNCH')
    expect(padBlockOf(momentOf(me, at('15:00')))?.code).toBe('LUNCH')
    expect(padBlockOf(momentOf({ ...me, boards: [] }, at('08:52')))).toBeNull()
  })
})

test('a document of another shape is none, and the same document gives the same object', () => {
  expect(meOf(undefined)).toBeNull()
  expect(meOf({ name: 'me' })).toBeNull()
  const whole: Me = {
    ...me,
    person: { id: 'p', name: 'Maya Ortiz', initials: 'M.O.' },
    roles: ['para'],
    students: [],
    people: [],
    schoolDays: [],
  }
  expect(meOf(whole)?.person.name).toBe('Maya Ortiz')
  expect(meOf(whole)).toBe(meOf(whole))
})

describe('at which stage of the day somebody is', () => {
  const MEAL: BoardBlock = { ...block('P5', '12:30', '13:00'), off: 'meal' }
  const P7: BoardBlock = { ...block('P7', '14:10', '14:50'), students: ['am'] }
  const CLOSE = block('CLOSE', '15:10', '15:30')
  const day = { ...me, boards: [{ day: '2026-11-03', type: 'B', blocks: [MEAL, P7, CLOSE] }] }
  test.each([
    ['08:52', 'at_work'],
    // a meal without duty asks nothing
    ['12:45', 'rest'],
    ['13:05', 'at_work'],
    ['15:05', 'leaving'],
    ['15:20', 'leaving'],
    ['15:30', 'over'],
    ['18:00', 'over'],
  ])('at %s: %s', (time, stage) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number)
    expect(stageOf(momentOf(day, at(time)), hours * 60 + minutes)).toBe(stage)
  })

  test('in the evening tomorrow is what is looked for, whatever today still holds', () => {
    const late = {
      ...me,
      boards: [{ day: '2026-11-03', type: 'B', blocks: [block('PLAY', '17:30', '19:00')] }],
    }
    expect(stageOf(momentOf(late, at('17:59')), 17 * 60 + 59)).toBe('leaving')
    expect(stageOf(momentOf(late, at('18:00')), 18 * 60)).toBe('over')
  })
})
