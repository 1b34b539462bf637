/** When a timer that runs is asked about, and when it stops by itself (domain C.3). */
import { expect, it } from 'vitest'
import { adviceOn, longestOf } from './running.ts'
import { device, DURATION, fold } from './testing.ts'

const MINUTE = 60_000
const BEGAN = Date.parse('2026-11-03T14:52:00.000Z')

/** Asked so many minutes after it began; the block lasts 90 minutes. */
const after = (minutes: number, longest = 0, began = BEGAN) =>
  adviceOn(
    { began, blockEnd: BEGAN + 90 * MINUTE, ms: minutes * MINUTE, longest: longest * MINUTE },
    began + minutes * MINUTE,
  )

it('C.3 Timer left running: from twice the longest one before, and never within 20 minutes', () => {
  expect(after(19)).toBe('let_run')
  expect(after(20)).toBe('long')
  expect(after(20, 8)).toBe('long')
  expect(after(29, 15)).toBe('let_run')
  expect(after(30, 15)).toBe('long')
})

it('C.3 Timer left running: at the end of the block, and it stops a quarter of an hour after it', () => {
  expect(after(90, 60)).toBe('block_over')
  expect(after(104, 60)).toBe('block_over')
  expect(after(105, 60)).toBe('stop')
  // begun after the block, it has no block to be left from
  expect(after(10, 0, BEGAN + 91 * MINUTE)).toBe('let_run')
})

it('the longest one before: of all sessions, and 0 when there was none', () => {
  const maya = device()
  maya.start(DURATION)
  maya.wait(1000).moment('on')
  maya.wait(9000).moment('off')
  maya.wait(1000).moment('on')
  expect(longestOf([fold(maya.made)])).toBe(9000)
  expect(longestOf([])).toBe(0)
})
