import { expect, test } from 'vitest'
import { dutyProblems, lockProblems, strayWords } from './check-docs.ts'

// The last duty of each section, as numbered in docs/duties.md.
const last = ['1.11', '2.9', '3.10', '4.9', '5.10', '6.9', '7.12', '8.15']
const ids = last.flatMap((id) => {
  const [section, count] = id.split('.')
  return Array.from({ length: Number(count) }, (_, index) => `${section}.${index + 1}`)
})
const head = '| Duty | What | Status | Tests |\n|---|---|---|---|\n'
const table = (rows: readonly string[], tests = '') =>
  head + rows.map((id) => `| ${id} | Something | planned | ${tests} |\n`).join('')

test('the 85 duties, each once, are complete', () => {
  expect(ids).toHaveLength(85)
  expect(dutyProblems(table(ids), () => false)).toEqual([])
})

test('a missing, an unknown and a repeated duty are named', () => {
  const rows = [...ids.filter((id) => id !== '7.12'), '1.12', '8.15']
  expect(dutyProblems(table(rows), () => true)).toEqual([
    'docs/duties.md: there is no duty 1.12.',
    'docs/duties.md: duty 8.15 stands there twice.',
    'docs/duties.md: duty 7.12 is missing.',
  ])
})

test('a test that is not there is named, one that is there is not; other columns are not read', () => {
  const problems = dutyProblems(
    table(ids).replace(
      '| 1.1 | Something | planned |  |',
      '| 1.1 | See `docs/none.md` | planned | `e2e/day.e2e.ts`, `e2e/gone.e2e.ts` |',
    ),
    (path) => path === 'e2e/day.e2e.ts',
  )
  expect(problems).toEqual(['docs/duties.md: duty 1.1 names e2e/gone.e2e.ts, which is not there.'])
})

test('a page without a column for tests is said', () => {
  expect(dutyProblems(table(ids).replace('Tests', 'Notes'), () => true)).toEqual([
    'docs/duties.md: no table has a column for tests.',
  ])
})

test('paths of a machine and hosts of registries are found; ordinary paths and hosts are not', () => {
  const clone = '/srv/clones/handrail'
  const words = (text: string) => strayWords('a.md', text, clone)
  expect(words(`see ${['', 'home', 'ana', 'handrail'].join('/')}`)).toEqual([
    'a.md: holds a path of one machine.',
  ])
  expect(words(`see ${['', 'work', 'main'].join('/')}`)).toEqual(['a.md: holds a path of one machine.'])
  expect(words(`"${['', 'Users', 'ana', 'x'].join('/')}"`)).toEqual(['a.md: holds a path of one machine.'])
  expect(words(`from ${['registry', 'npmjs', 'org'].join('.')}`)).toEqual([
    'a.md: holds the host of a registry.',
  ])
  expect(words(`${clone}/src/server.ts`)).toEqual(['a.md: holds the place of this clone.'])
  expect(
    words('src/work/main.ts, /var/lib/handrail, a clone in /root, https://example.org/home/ana/x'),
  ).toEqual([])
  expect(words(`binary\0 ${clone}/`)).toEqual([])
})

test('download addresses in the lockfile are found', () => {
  expect(lockProblems('{"resolved": "https://example.org/a.tgz"}')).toHaveLength(1)
  expect(
    lockProblems('{"packages": {"a": {"version": "1.0.0", "link": true, "resolved": "packages/a"}}}'),
  ).toEqual([])
})
