import { expect, test } from 'vitest'
import { said } from './said.ts'

test('a sentence stands once: filled in for a terminal, and by its id with the same values for a screen', () => {
  const words = said(
    { id: 'finding.test', message: 'Row {row} says “{word}”; row {row} stays.' },
    { row: 7, word: '{row} $&' },
  )
  expect(words).toEqual({
    message: 'Row 7 says “{row} $&”; row 7 stays.',
    says: { id: 'finding.test', values: { row: 7, word: '{row} $&' } },
  })
  expect(said({ id: 'finding.plain', message: 'The role is blank.' })).toEqual({
    message: 'The role is blank.',
    says: { id: 'finding.plain', values: {} },
  })
})
