import { expect, test } from 'vitest'
import { timeOfDayIn } from './time-of-day.ts'

test('F18 the clock at the school, on both sides of midnight in UTC and of summer time', () => {
  const chicago = timeOfDayIn('America/Chicago')
  // in 2026 the clocks go forward on March 8 at 2:00 and back on November 1 at 2:00
  expect(chicago('2026-03-08T07:59:59.999Z')).toBe('01:59')
  expect(chicago('2026-03-08T08:00:00.000Z')).toBe('03:00')
  expect(chicago('2026-10-30T14:52:00.000Z')).toBe('09:52')
  expect(chicago('2026-11-01T06:59:00.000Z')).toBe('01:59')
  expect(chicago('2026-11-01T07:00:00.000Z')).toBe('01:00')
  expect(chicago('2026-11-03T14:52:00.000Z')).toBe('08:52')
  expect(chicago('2026-11-04T02:05:00.000Z')).toBe('20:05')
  expect(timeOfDayIn('Asia/Kathmandu')('2026-11-03T18:20:00.000Z')).toBe('00:05')
})

test('zones with odd changes: a minute past midnight, half an hour, summer time for a week', () => {
  // St. John’s went forward at 0:01 in those years, from 3:30 behind UTC to 2:30
  expect(timeOfDayIn('America/St_Johns')('2010-03-14T03:30:59.000Z')).toBe('00:00')
  expect(timeOfDayIn('America/St_Johns')('2010-03-14T03:31:00.000Z')).toBe('01:01')
  // Lord Howe goes back by half an hour
  expect(timeOfDayIn('Australia/Lord_Howe')('2026-04-04T14:59:00.000Z')).toBe('01:59')
  expect(timeOfDayIn('Australia/Lord_Howe')('2026-04-04T15:00:00.000Z')).toBe('01:30')
  // Roraima had summer time from October 8 to 15 in 2000
  const roraima = timeOfDayIn('America/Boa_Vista')
  const at = (day: string) => roraima(`2000-10-${day}T12:00:00.000Z`)
  expect(['07', '09', '12', '14', '16'].map(at)).toEqual(['08:00', '09:00', '09:00', '09:00', '08:00'])
})

test('an instant written otherwise is understood too; what is none, and an unknown zone, are refused', () => {
  const chicago = timeOfDayIn('America/Chicago')
  expect(chicago('2026-11-03T14:52:00Z')).toBe('08:52')
  expect(chicago('2026-11-03T08:52:00.0-06:00')).toBe('08:52')
  expect(() => chicago('yesterday')).toThrow(RangeError)
  expect(() => timeOfDayIn('America/Nowhere')).toThrow(RangeError)
})
