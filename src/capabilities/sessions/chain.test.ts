import { expect, test } from 'vitest'
import { adultSteps, isTaught } from './chain.ts'
import { STEPS } from './testing.ts'

const taught = (measure: Parameters<typeof isTaught>[0]) =>
  [1, 2, 3, 4, 5, 6, 7, 8].filter((step) => isTaught(measure, step))

test('a total task teaches every step; chains teach from one end (domain C.1)', () => {
  expect(taught(STEPS)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(taught({ ...STEPS, chaining: 'forward', current_step: 2 })).toEqual([1, 2])
  expect(taught({ ...STEPS, chaining: 'backward', current_step: 7 })).toEqual([7, 8])
})

test('the adult’s steps are those from here on without a gap', () => {
  const forward = { ...STEPS, chaining: 'forward' as const, current_step: 2 }
  expect(adultSteps(forward, [], 1)).toEqual([])
  expect(adultSteps(forward, [], 3)).toEqual([3, 4, 5, 6, 7, 8])
  expect(adultSteps(forward, [{ n: 5 }], 3)).toEqual([3, 4])
  const backward = { ...STEPS, chaining: 'backward' as const, current_step: 7 }
  expect(adultSteps(backward, [], 1)).toEqual([1, 2, 3, 4, 5, 6])
  expect(adultSteps(backward, [], 7)).toEqual([])
})

test('backward with leap-ahead leaves out what a probe showed, which is the student’s and not the adult’s', () => {
  const leap = { ...STEPS, chaining: 'backward_leap' as const, current_step: 4, skipped: [5, 7] }
  expect(taught(leap)).toEqual([4, 6, 8])
  expect(adultSteps(leap, [], 1)).toEqual([1, 2, 3])
  expect(adultSteps(leap, [], 5)).toEqual([])
})
