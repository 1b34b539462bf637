import { expect, test } from 'vitest'
import { uuidOf } from '../../platform/core/ids.ts'
import { againOf, grantable, standingOf, type AllowedDay } from './training.ts'

const row = (from: string, to: string | null, revoked: number | null = null) => ({ from, to, revoked })

test('a training holds on its first and on its last day, is said to end 30 days before, and is over the day after', () => {
  const on = (today: string) => standingOf(row('2026-09-01', '2026-12-03'), today, 30)
  expect(on('2026-08-31')).toBe('later')
  expect(on('2026-09-01')).toBe('holds')
  // 30 days before December 3 is November 3
  expect(on('2026-11-02')).toBe('holds')
  expect(on('2026-11-03')).toBe('soon')
  expect(on('2026-12-03')).toBe('soon')
  expect(on('2026-12-04')).toBe('over')
  expect(standingOf(row('2026-09-01', null), '2031-01-01', 30)).toBe('holds')
  expect(standingOf(row('2026-09-01', null, 1), '2026-11-03', 30)).toBe('over')
})

test('G.5 medication is handed on by a nurse and by nobody else', () => {
  expect(grantable(['nurse'])).toContain('seizure_medication')
  for (const role of ['coordinator', 'administrator', 'ot', 'bcba'])
    expect(grantable([role]).filter((task) => task.includes('medication'))).toEqual([])
  expect(grantable(['coordinator'])).toContain('feeding')
})

const LIMIT = { within: 30, most: 2 }
const NIA_FEEDS = { person: uuidOf('nia'), student: uuidOf('bella'), task: 'feeding' }
const allowed = (day: string, over: Partial<AllowedDay> = {}): AllowedDay => ({
  ...NIA_FEEDS,
  day,
  mine: false,
  ...over,
})
const again = (rows: readonly AllowedDay[], day: string) => againOf(rows, { ...NIA_FEEDS, day }, LIMIT).is

test('L.3 what was allowed for one day is allowed a second time by another person, and no third time within 30 days', () => {
  expect(again([], '2026-11-04')).toBe('first')
  expect(again([allowed('2026-11-04', { mine: true })], '2026-11-05')).toBe('yours')
  expect(again([allowed('2026-11-04')], '2026-11-05')).toBe('another')
  const two = [allowed('2026-11-04', { mine: true }), allowed('2026-11-05')]
  expect(again(two, '2026-11-06')).toBe('enough')
  expect(againOf(two, { ...NIA_FEEDS, day: '2026-11-06' }, LIMIT).near).toEqual(two)
})

test('L.3 days count 29 days before and after, and not 30; a day to come counts as one that is over', () => {
  const one = [allowed('2026-11-04', { mine: true })]
  // November has 30 days
  expect(again(one, '2026-12-03')).toBe('yours')
  expect(again(one, '2026-12-04')).toBe('first')
  // and October 31
  expect(again(one, '2026-10-06')).toBe('yours')
  expect(again(one, '2026-10-05')).toBe('first')
})

test('L.3 another adult, student or task is another matter; a second adult beside them on the day is no second day', () => {
  for (const over of [{ person: uuidOf('kim') }, { student: uuidOf('dina') }, { task: 'lift' }])
    expect(again([allowed('2026-11-04', { mine: true, ...over })], '2026-11-05')).toBe('first')
  const twice = [allowed('2026-11-04', { mine: true }), allowed('2026-11-04', { mine: true })]
  expect(again(twice, '2026-11-04')).toBe('first')
  expect(again(twice, '2026-11-05')).toBe('yours')
  expect(again([allowed('2026-11-04'), allowed('2026-11-04')], '2026-11-05')).toBe('another')
})
