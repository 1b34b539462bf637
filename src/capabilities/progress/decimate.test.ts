import fc from 'fast-check'
import { expect, test } from 'vitest'
import { extremes } from './decimate.ts'

test('of one column the first, the lowest, the highest and the last stay', () => {
  const spots = [5, 9, 2, 7, 1, 6].map((y, n) => ({ x: n / 10, y }))
  expect(extremes(spots)).toEqual([0, 1, 4, 5])
})

test('points a column apart all stay', () => {
  const spots = [5, 9, 2].map((y, x) => ({ x, y }))
  expect(extremes(spots)).toEqual([0, 1, 2])
})

test('no extreme of any column is lost, and nothing comes back out of order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.double({ min: 0, max: 20, noNaN: true }), fc.integer({ min: 0, max: 300 })), {
        maxLength: 200,
      }),
      (pairs) => {
        const spots = pairs.map(([x, y]) => ({ x, y })).toSorted((a, b) => a.x - b.x)
        const kept = extremes(spots)
        expect(kept).toEqual([...new Set(kept)].toSorted((a, b) => a - b))
        const span = (some: readonly { x: number; y: number }[], column: number) => {
          const heights = some.filter(({ x }) => Math.floor(x) === column).map(({ y }) => y)
          return [Math.min(...heights), Math.max(...heights)]
        }
        const left = kept.flatMap((index) => spots[index] ?? [])
        for (let column = 0; column <= 20; column++) expect(span(left, column)).toEqual(span(spots, column))
        expect(kept.length).toBeLessThanOrEqual(4 * 21)
      },
    ),
  )
})
