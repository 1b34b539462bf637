import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isUuid, uuidv7 } from './ids.ts'

describe('uuidv7', () => {
  it('writes the example of RFC 9562, A.6', () => {
    const random = [0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]
    const id = uuidv7(Date.parse('2022-02-22T19:22:22Z'), (bytes) => {
      bytes.set(random)
      return bytes
    })
    expect(id).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
  })

  it('sorts as text by the millisecond it was made, whatever the random part', () => {
    const ms = fc.integer({ min: 0, max: 2 ** 48 - 1 })
    fc.assert(
      fc.property(ms, ms, (a, b) => {
        fc.pre(a < b)
        expect(uuidv7(a) < uuidv7(b)).toBe(true)
      }),
    )
  })

  it('always carries version 7 and the RFC variant', () => {
    const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), bytes, (ms, random) => {
        const id = uuidv7(ms, (target) => {
          target.set(random)
          return target
        })
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        expect(isUuid(id)).toBe(true)
      }),
    )
  })

  it('does not repeat within a millisecond', () => {
    const made = new Set(Array.from({ length: 10_000 }, () => uuidv7(1_700_000_000_000)))
    expect(made.size).toBe(10_000)
  })

  it('F16 takes the lowest time for a clock set before 1970', () => {
    expect(uuidv7(-5).startsWith('00000000-0000-7')).toBe(true)
  })
})

describe('isUuid', () => {
  it.each([
    ['017f22e2-79b0-7cc3-98c4-dc0c0c07398f', true],
    ['017F22E2-79B0-7CC3-98C4-DC0C0C07398F', false],
    ['017f22e279b07cc398c4dc0c0c07398f', false],
    ['017f22e2-79b0-7cc3-18c4-dc0c0c07398f', false],
    ['{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}', false],
    ['', false],
    [null, false],
    [7, false],
  ])('%j → %s', (value, expected) => {
    expect(isUuid(value)).toBe(expected)
  })
})
