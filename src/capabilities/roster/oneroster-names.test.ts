import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { colorOf, initialsOf } from './oneroster-names.ts'

describe('initials', () => {
  it.each([
    ['Ada', 'Marlowe', 'A.M.'],
    ['bram', 'mc Intyre', 'B.M.'],
    ['Aoife', 'O’Neil', 'A.O.'],
    ['Ñusta', 'Quispe Mamani', 'Ñ.Q.'],
    // N and a combining tilde are one letter, shown composed.
    ['N\u0303usta', 'E\u0301tienne', 'Ñ.É.'],
    ['Kartika', '', 'K.'],
    ['', 'Suharsono', 'S.'],
    ['Zoë', '’t Hof', 'Z.T.'],
    ['ʻAulani', 'd’Souza', 'A.D.'],
    ['Mary-Kate', 'Smith-Jones', 'M.S.'],
    ['  Ana', ' Paz', 'A.P.'],
    ['小明', '王', '小.王.'],
    ['민준', '김', '민.김.'],
    ['ليلى', 'الحسن', 'ل.ا.'],
    // A vowel sign belongs to its consonant.
    ['किरण', 'शर्मा', 'कि.श.'],
    ['Գրիգոր', 'Հակոբյան', 'Գ.Հ.'],
    ['Ölvir', 'åberg', 'Ö.Å.'],
    ['ßeta', 'Ŭm', 'ß.Ŭ.'],
    ['3PO', '—', '3.—.'],
    ['', '', ''],
  ])('%j %j → %s', (given, family, initials) => {
    expect(initialsOf(given, family)).toBe(initials)
  })

  it('works for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (given, family) => {
        const dots = initialsOf(given, family).length > 0
        expect(dots).toBe(given.normalize('NFC').trim() !== '' || family.normalize('NFC').trim() !== '')
      }),
    )
  })
})

it('gives a source id one of six colors, always the same', () => {
  const colors = Array.from({ length: 300 }, (_, i) => colorOf(`student-${i}`))
  expect(new Set(colors)).toEqual(new Set([1, 2, 3, 4, 5, 6]))
  expect(colors).toEqual(Array.from({ length: 300 }, (_, i) => colorOf(`student-${i}`)))
})
