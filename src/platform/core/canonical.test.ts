import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, digestOf, isUnstorable, sha256Hex } from './canonical.ts'

describe('canonical JSON (RFC 8785)', () => {
  it('writes the sample of section 3.2.2', () => {
    // Read from text, because the sample writes numbers with more digits than they have.
    const input = {
      numbers: JSON.parse(
        '[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]',
      ) as number[],
      string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    }
    expect(canonical(input)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('sorts names by UTF-16 code units, as in section 3.2.3', () => {
    const input = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\u{1f600}': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect(Object.values(JSON.parse(canonical(input)) as object)).toHaveLength(7)
    expect([...canonical(input).matchAll(/:"([^"]+)"/g)].map((match) => match[1])).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  // Appendix B: IEEE 754 bits and how the number is written.
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number %s as %s', (bits, text) => {
    expect(canonical(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text)
  })

  it.each([
    ['NaN', Number.NaN, 'NaN is not allowed'],
    ['Infinity', Number.POSITIVE_INFINITY, 'Infinity is not allowed'],
    ['a lone surrogate', 'x\ud800', 'Lone surrogate'],
    ['a lone surrogate in a name', { '\udead': 1 }, 'Lone surrogate'],
    ['undefined', undefined, 'not a JSON value'],
    ['a bigint', 1n, 'BigInt'],
  ])('refuses %s', (_name, value, words) => {
    expect(() => canonical(value)).toThrow(words)
  })

  it('gives every JSON value one text that reads back as that value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonical(value)
        expect(canonical(JSON.parse(text))).toBe(text)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})

describe('digests', () => {
  it('are SHA-256 in lower-case hexadecimal (FIPS 180-4 examples)', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(sha256Hex('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    )
  })

  it('G3 do not depend on the order of fields, and change with any value', () => {
    const record = { id: '1', body: { n: 4, result: '+' }, at: '2026-11-03T14:52:07.123Z' }
    const reordered = { at: '2026-11-03T14:52:07.123Z', body: { result: '+', n: 4 }, id: '1' }
    expect(digestOf(reordered)).toBe(digestOf(record))
    expect(digestOf({ ...record, body: { n: 4, result: '-' } })).not.toBe(digestOf(record))
  })

  it('hash the UTF-8 bytes of the canonical text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const expected = createHash('sha256').update(canonical(value), 'utf8').digest('hex')
        expect(digestOf(value)).toBe(expected)
      }),
    )
  })
})

describe('text that cannot be stored', () => {
  it.each([
    ['plain words', false],
    ['niño 😀 שלום', false],
    ['', false],
    ['a\u0000b', true],
    ['\ud83d', true],
    ['\ude00\ud83d', true],
  ])('%j → %s', (text, unstorable) => {
    expect(isUnstorable(text)).toBe(unstorable)
  })
})
