import { expect, it } from 'vitest'
import { isCurrent, standingOf } from './rules.ts'

const at = (time: string) => Date.parse(`2026-11-03T${time}:00.000Z`)
const due = at('14:30')

it.each([
  ['asked', '13:59', 'open'],
  ['started', '14:00', 'soon'],
  ['asked', '14:29', 'soon'],
  ['started', '14:30', 'late'],
  ['done', '14:00', 'ready'],
  ['done', '15:00', 'ready'],
  ['cannot', '14:00', 'cannot'],
] as const)('AW-3 %s at %s, due at 14:30, is %s', (is, time, standing) => {
  expect(standingOf({ is, due }, at(time))).toBe(standing)
})

it('what is ready goes with its day, what nobody finished stays for a week', () => {
  const day = 24 * 60 * 60_000
  expect(isCurrent({ is: 'done', due }, due + 8 * 60 * 60_000)).toBe(true)
  expect(isCurrent({ is: 'done', due }, due + day)).toBe(false)
  expect(isCurrent({ is: 'asked', due }, due + 6 * day)).toBe(true)
  expect(isCurrent({ is: 'asked', due }, due + 8 * day)).toBe(false)
})
