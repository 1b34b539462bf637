import { expect, test } from 'vitest'
import { compareGuarantees, testTitles } from './check-guarantees.ts'

const promises = `
# Guarantees
- **G1** A record is durable. See G9.
- G2 Each once.
| G3 | Conflict |
`

const file = (text: string) => ({ path: 'a.test.ts', text })

test('nothing is said when every guarantee has a test and every named one is in the list', () => {
  const tests = [file(`test('G1 durable', f); it('G2, G3 F4 once', f); test('something else', f)`)]
  expect(compareGuarantees(promises, tests)).toEqual([])
})

test('a guarantee without a test is named', () => {
  const tests = [file(`test('G1 durable', f); test('about G2', f); test('G3 kept', f)`)]
  expect(compareGuarantees(promises, tests)).toEqual(['G2 has no test whose title begins with it.'])
})

test('a test of an unknown guarantee is named with its place', () => {
  const tests = [file(`test('G1 G2 G3 all', f); test('G12 more', f)`)]
  expect(compareGuarantees(promises, tests)).toEqual([
    'a.test.ts: "G12 more" holds G12, which is not in docs/guarantees.md.',
  ])
})

test('an id that is given twice, and a list without ids, are said', () => {
  expect(compareGuarantees('- G1 a\n- G1 b\n', [file(`test('G1 x', f)`)])).toEqual([
    'docs/guarantees.md names G1 twice.',
  ])
  expect(compareGuarantees('No ids.', [])).toEqual(['docs/guarantees.md names no guarantee.'])
})

test('titles are read from code, not from comments or strings, through each, for and template titles', () => {
  const text = `
    // test('G1 in a comment', f)
    const s = "test('G2 in a string', f)"
    describe.each(engines)('G3 $name', () => {})
    test.for([1])(\`G4 \${n} of\`, f)
    it('G5 plain', f)
    contest('G6 not a test', f)`
  expect(testTitles(file(text))).toEqual(['G3 $name', 'G4 ', 'G5 plain'])
})
