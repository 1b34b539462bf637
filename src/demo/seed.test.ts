import { describe, expect, test } from 'vitest'
import { isUuid } from '../platform/core/ids.ts'
import { uuid } from '../platform/records/envelope.ts'
import { nameId, seeded } from './seed.ts'

describe('nameId', () => {
  test('is a version-8 UUID that both checks of the product accept, the same for the same name', () => {
    for (let n = 0; n < 200; n++) {
      const id = nameId('student', `s${n}`)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(isUuid(id)).toBe(true)
      expect(uuid.safeParse(id).success).toBe(true)
    }
    expect(nameId('student', 'am')).toBe(nameId('student', 'am'))
    expect(nameId('student', 'am')).not.toBe(nameId('person', 'am'))
  })
})

describe('seeded', () => {
  test('gives the same numbers for the same key and others for another', () => {
    const take = (key: string) =>
      Array.from({ length: 5 }, () => 0).map(
        (
          (r) => () =>
            r.next()
        )(seeded(key)),
      )
    expect(take('a')).toEqual(take('a'))
    expect(take('a')).not.toEqual(take('b'))
    expect(new Set(take('a')).size).toBe(5)
  })

  test('is even, and its spread has mean 0 and standard deviation 1', () => {
    const random = seeded('even')
    const n = 20_000
    const spreads = Array.from({ length: n }, () => random.spread())
    const mean = spreads.reduce((sum, x) => sum + x, 0) / n
    const variance = spreads.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n
    expect(mean).toBeCloseTo(0, 1)
    expect(variance).toBeCloseTo(1, 1)
    const ints = Array.from({ length: n }, () => random.int(1, 4))
    for (const value of [1, 2, 3, 4]) expect(ints.filter((x) => x === value).length / n).toBeCloseTo(0.25, 1)
    expect(Math.min(...ints)).toBe(1)
    expect(Math.max(...ints)).toBe(4)
  })

  test('weighs the options, and has nothing to choose from an empty list', () => {
    const random = seeded('weights')
    const picks = Array.from({ length: 4_000 }, () =>
      random.weighted([
        ['often', 3],
        ['seldom', 1],
      ]),
    )
    expect(picks.filter((pick) => pick === 'often').length / 4_000).toBeCloseTo(0.75, 1)
    expect(() => random.weighted([])).toThrow(RangeError)
  })
})
