import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mad, median, takeMedian } from './median.ts'

test('the middle value, or the mean of the two in the middle', () => {
  expect(median([7])).toBe(7)
  expect(median([3, 1, 2])).toBe(2)
  expect(median([40, 10, 30, 20])).toBe(25)
  expect(median([5, 5, 1, 5])).toBe(5)
  expect(() => median([])).toThrow(RangeError)
})

test('the same as from the sorted list, for any list with any repetitions; the list stays as it is', () => {
  const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, min: -1e9, max: 1e9 }))
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
      const before = [...values]
      const sorted = values.toSorted((a, b) => a - b)
      const [upper, lower] = [sorted[values.length >> 1] ?? NaN, sorted[(values.length - 1) >> 1] ?? NaN]
      expect(median(values)).toBeCloseTo((lower + upper) / 2, 12)
      expect(values).toEqual(before)
      const taken = Float64Array.from(values)
      takeMedian(taken)
      // -0 is 0 here
      expect([...taken.sort()].map((one) => one + 0)).toEqual(sorted.map((one) => one + 0))
    }),
  )
})

test('the median distance from the median', () => {
  // from 3: 2, 1, 0, 1, 97
  expect(mad([1, 2, 3, 4, 100])).toBe(1)
})
