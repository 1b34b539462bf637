import { expect, test } from 'vitest'
import { formatsFor } from './format.ts'

// Tuesday, November 3, 2026, 8:52 in Chicago (UTC−6 in winter), where the UTC date is the same
const MORNING = '2026-11-03T14:52:00.000Z'
// 18:30 in Chicago, where UTC already says November 4
const EVENING = Date.parse('2026-11-04T00:30:00.000Z')

test('the clock is the school’s, in the language of the reader', () => {
  const en = formatsFor('en', 'America/Chicago')
  expect(en.clock(MORNING)).toBe('8:52')
  expect(en.time(MORNING)).toMatch(/^8:52\sAM$/)
  expect(en.weekday(MORNING)).toBe('Tuesday')
  expect(en.dateLong(MORNING)).toBe('Tuesday, November 3')
  const es = formatsFor('es', 'America/Chicago')
  expect(es.clock(MORNING)).toBe('8:52')
  expect(es.weekday(MORNING)).toBe('martes')
  expect(es.dateLong(MORNING)).toBe('martes, 3 de noviembre')
})

test('F18 the date is the school’s, not that of UTC', () => {
  expect(formatsFor('en', 'America/Chicago').dateShort(EVENING)).toBe('Nov 3')
  expect(formatsFor('en', 'UTC').dateShort(EVENING)).toBe('Nov 4')
})

test('numbers are written as the language does', () => {
  expect(formatsFor('en', 'UTC').number(1234.56, 1)).toBe('1,234.6')
  expect(formatsFor('es', 'UTC').number(8.25, 1)).toBe('8,3')
})
