import { expect, test } from 'vitest'
import { isForDesk } from './word-parts.ts'

test('what a para needs before the first tap is at hand; screens of owners and coordinators bring their words', () => {
  const room = (name: string) => isForDesk(`src/capabilities/${name}`)
  expect(room('sessions/web/Pad.tsx')).toBe(false)
  expect(room('schedule/web/Today.tsx')).toBe(false)
  expect(room('care/web/VisitPad.tsx')).toBe(false)
  expect(isForDesk('src/platform/web/shell/More.tsx')).toBe(false)
  expect(room('progress/web/Caseload.tsx')).toBe(true)
  expect(room('behavior/web/AbcPanel.tsx')).toBe(true)
  expect(room('schedule/web/CalendarMonth.tsx')).toBe(true)
})

test('titles of screens are at hand wherever they are: the navigation shows them', () => {
  expect(isForDesk('src/capabilities/programs/web/screens.tsx')).toBe(false)
  expect(isForDesk('/anywhere/src/capabilities/progress/web/screens.ts')).toBe(false)
})
