import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '../core/canonical.ts'
import { plainCanonical } from './canonical-plain.ts'

describe('canonical JSON of plain values', () => {
  it('G2 orders names by code unit, inside too, and keeps the order of arrays', () => {
    expect(plainCanonical({ b: [3, { d: null, c: true }], a: 'x"é😀', B: -0 })).toBe(
      '{"B":0,"a":"x\\"é😀","b":[3,{"c":true,"d":null}]}',
    )
  })

  it('G2 writes what the specification writes, or nothing', () => {
    const names = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'toJSON', '10', '9', 'constructor', ''))
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'binary' }),
        fc.double(),
        fc.boolean(),
        fc.constantFrom(null, undefined, '\ud800'),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc
          .array(fc.tuple(names, tie('tree')), { maxLength: 5 })
          .map((entries) => Object.fromEntries(entries) as unknown),
      ),
    }))
    fc.assert(
      fc.property(tree, (value) => {
        const text = plainCanonical(value)
        if (text !== undefined) expect(text).toBe(canonical(value))
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['a name of digits', { 10: 'ten', 9: 'nine' }],
    ['a name that is none', JSON.parse('{"__proto__":1}') as unknown],
    ['half of a pair', { a: '\udead' }],
    ['half of a pair in a name', { '\ud800': 1 }],
    ['NaN', [Number.NaN]],
    ['undefined', { a: undefined }],
    ['what writes itself', { at: new Date(0) }],
    ['a circle', circle()],
    ['what is deep', JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown],
  ])('leaves %s to the specification', (_, value) => {
    expect(plainCanonical(value)).toBeUndefined()
  })
})

function circle(): unknown {
  const self: { self?: unknown } = {}
  self.self = self
  return self
}
