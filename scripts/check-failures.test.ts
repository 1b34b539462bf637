import { expect, test } from 'vitest'
import { defenseProblems, pageProblems, securityProblems } from './check-failures.ts'
import type { Defense } from './defenses-table.ts'

const page = (rows: readonly string[]) =>
  ['| Id | What goes wrong | Where it is kept | Test |', '|---|---|---|---|', ...rows].join('\n')
const sound = [
  '| F1 | Killed | `src/a.ts` | `src/a.test.ts` “G1 F1 killed” |',
  '| F2 | Two engines | one engine | Cannot happen: there is one engine. |',
]
const titles = new Map([
  ['src/a.test.ts', ['G1 F1 killed', 'else']],
  ['src/b.test.ts', ['F2 two']],
])
const problems = (rows: readonly string[], found = titles) =>
  pageProblems(page(rows), found, (path) => path === 'src/a.ts', ['F1', 'F2'])

test('a page with a line for every shape, a test or a reason in each, is complete', () => {
  expect(problems(sound)).toEqual([])
})

test.each<[string, string[], string[]]>([
  ['a missing shape', [sound[0] ?? ''], ['docs/failures.md: F2 is missing.']],
  ['a shape twice', [...sound, sound[1] ?? ''], ['docs/failures.md: F2 stands there twice.']],
  [
    'a shape that nobody listed',
    [...sound, '| F3 | New | code | Cannot happen: no. |'],
    ['docs/failures.md: there is no F3.'],
  ],
  [
    'a defense that is gone',
    ['| F1 | Killed | `src/gone.ts` | `src/a.test.ts` “G1 F1 killed” |', sound[1] ?? ''],
    ['docs/failures.md: F1 names src/gone.ts, which is not there.'],
  ],
  [
    'neither test nor reason',
    ['| F1 | Killed | `src/a.ts` | some day |', sound[1] ?? ''],
    ['docs/failures.md: F1 names no test, and does not say why it cannot happen.'],
  ],
  [
    'a test that is gone',
    ['| F1 | Killed | `src/a.ts` | `src/a.test.ts` “F1 lives” |', sound[1] ?? ''],
    ['docs/failures.md: F1: src/a.test.ts has no test “F1 lives”.'],
  ],
  [
    'a test whose title does not carry the id',
    ['| F1 | Killed | `src/a.ts` | `src/a.test.ts` “else” |', sound[1] ?? ''],
    ['docs/failures.md: F1: the title “else” does not carry F1.'],
  ],
  [
    'nothing said of what goes wrong',
    ['| F1 | | `src/a.ts` | `src/a.test.ts` “G1 F1 killed” |', sound[1] ?? ''],
    ['docs/failures.md: F1 does not say what goes wrong.'],
  ],
])('%s is said', (_, rows, expected) => {
  expect(problems(rows)).toEqual(expected)
})

test('a test that names a shape that is not listed is named with its place', () => {
  const more = new Map([...titles, ['src/c.test.ts', ['G1 F9 new', 'about F8']]])
  expect(problems(sound, more)).toEqual([
    'src/c.test.ts: “G1 F9 new” names F9, which is not in docs/failures.md.',
  ])
})

test('a page that names a test or a file that is gone is said, also across lines', () => {
  const text =
    '| CSRF | `src/a.ts` | `src/a.test.ts` “G1 F1\nkilled” |\n(`src/gone.ts`; `src/b.test.ts` “F2 three”)'
  expect(securityProblems(text, titles, (path) => !path.includes('gone'))).toEqual([
    'docs/security.md: names src/gone.ts, which is not there.',
    'docs/security.md: src/b.test.ts has no test “F2 three”.',
  ])
})

const defense: Defense = {
  id: 'F1',
  what: 'waits for the commit',
  file: 'src/a.ts',
  find: 'await commit()',
  replace: 'void commit()',
  project: 'node',
  test: 'src/a.test.ts',
  title: 'G1 F1 killed',
}
const rot = (over: Partial<Defense>, text = 'x\nawait commit()\n', excused = { F2: 'one engine' }) =>
  defenseProblems([{ ...defense, ...over }], {
    titles,
    read: (path) => (path === 'src/a.ts' ? text : undefined),
    ids: ['F1', 'F2'],
    decisions: ['ADR1', 'ADR2'],
    excused,
  })

test('a defense whose text stands once in its file, with its test, is sound', () => {
  expect(rot({})).toEqual([])
})

test.each<[string, string[], string[]]>([
  ['text that is gone', rot({}, 'x'), ['its text stands in src/a.ts 0 times, not once.']],
  [
    'text that stands twice',
    rot({}, 'await commit() await commit()'),
    ['its text stands in src/a.ts 2 times, not once.'],
  ],
  ['a file that is gone', rot({ file: 'src/b.ts' }), ['its text stands in src/b.ts 0 times, not once.']],
  ['nothing changed', rot({ replace: 'await commit()' }), ['it is replaced by itself.']],
  ['a test that is gone', rot({ title: 'F1 gone' }), ['src/a.test.ts has no test “F1 gone”.']],
  ['a test of something else', rot({ title: 'else' }), ['the title “else” does not carry F1.']],
])('of a defense %s is said', (_, found, expected) => {
  expect(found).toEqual(expected.map((words) => `defense F1 (waits for the commit): ${words}`))
})

test('a decision may have a defense, and need not; one that was not made has none', () => {
  const both = (id: string) =>
    defenseProblems([defense, { ...defense, id, test: 'src/c.test.ts', title: 'ADR1 ends' }], {
      titles: new Map([...titles, ['src/c.test.ts', ['ADR1 ends']]]),
      read: () => 'await commit()',
      ids: ['F1'],
      decisions: ['ADR1', 'ADR2'],
      excused: {},
    })
  expect(both('ADR1')).toEqual([])
  const said = (id: string, words: string) => `defense ${id} (waits for the commit): ${words}`
  expect(both('ADR2')).toEqual([said('ADR2', 'the title “ADR1 ends” does not carry ADR2.')])
  expect(both('ADR3')[0]).toBe(said('ADR3', 'there is no ADR3.'))
})

test('a shape without a defense to take out, and a needless excuse, are said', () => {
  expect(rot({ id: 'F2', title: 'F2 two', test: 'src/b.test.ts' })).toEqual([
    'no defense of F1 can be taken out.',
    'F2 is excused, and has a defense.',
  ])
})
