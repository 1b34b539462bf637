import { expect, test } from 'vitest'
import { isForDesk, withWords } from './word-parts.ts'

test('what a para needs before the first tap is at hand; screens of owners and coordinators bring their words', () => {
  const room = (name: string) => isForDesk(`src/capabilities/${name}`)
  expect(room('sessions/web/Pad.tsx')).toBe(false)
  expect(room('schedule/web/Today.tsx')).toBe(false)
  expect(room('care/web/VisitPad.tsx')).toBe(false)
  expect(isForDesk('src/platform/web/shell/More.tsx')).toBe(false)
  expect(isForDesk('src/platform/web/auth/SignIn.tsx')).toBe(false)
  expect(isForDesk('src/platform/web/auth/pin/Keypad.tsx')).toBe(true)
  expect(isForDesk('src/platform/web/shell/Unsent.tsx')).toBe(true)
  expect(room('progress/web/Caseload.tsx')).toBe(true)
  expect(room('behavior/web/AbcPanel.tsx')).toBe(true)
  expect(room('schedule/web/CalendarMonth.tsx')).toBe(true)
})

test('titles of screens are at hand wherever they are: the navigation shows them', () => {
  expect(isForDesk('src/capabilities/programs/web/screens.tsx')).toBe(false)
  expect(isForDesk('/anywhere/src/capabilities/progress/web/screens.ts')).toBe(false)
})

test('whoever imports a screen of a desk waits for its words; what is at hand waits for nothing', () => {
  const here = '/house/src/capabilities/progress/web/screens.ts'
  const load = "const load = () => import('./Caseload.tsx')"
  expect(withWords(load, here)).toMatch(
    /^import \{ withDeskWords \} from "[^"]*language\.ts";const load = \(\) => withDeskWords\(\(\) => import\('\.\/Caseload\.tsx'\)\)$/,
  )
  expect(withWords("type Props = typeof import('./Caseload.tsx')", here)).toBe(
    "type Props = typeof import('./Caseload.tsx')",
  )
  const pad = "const load = () => import('./Pad.tsx')"
  expect(withWords(pad, '/house/src/capabilities/sessions/web/screens.ts')).toBe(pad)
})
