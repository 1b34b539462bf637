import { expect, test } from 'vitest'
import { grantable, standingOf } from './training.ts'

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
