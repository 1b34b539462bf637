import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { carriedProblems, licenseProblems, packagesOf } from './check-licenses.ts'

const of = (license: string | null, name = 'left') => ({ name, version: '1.0.0', license })

test('permissive licenses pass, also one of several to choose from', () => {
  const fine = ['MIT', 'Apache-2.0', '(MIT OR GPL-3.0-only)', '(BSD-3-Clause AND ISC)', '0BSD']
  expect(licenseProblems(fine.map((license) => of(license)))).toEqual([])
})

test.each([
  'GPL-3.0-only',
  'AGPL-3.0',
  'SSPL-1.0',
  'UNLICENSED',
  'SEE LICENSE IN LICENSE.md',
  '(MIT AND GPL-2.0)',
])('%s fails, with the name of the package', (license) => {
  const [problem, ...more] = licenseProblems([of('MIT', 'right'), of(license)])
  expect(problem).toContain(`left 1.0.0 is under ${license}, which is not accepted here.`)
  expect(more).toEqual([])
})

test('a package that states none fails', () => {
  expect(licenseProblems([of(null)])).toEqual(['left 1.0.0 states no license.'])
})

test('an exception holds for its package and no other', () => {
  expect(licenseProblems([of('MPL-2.0', 'axe-core'), of('MPL-2.0', 'lightningcss-linux-x64-gnu')])).toEqual(
    [],
  )
  expect(licenseProblems([of('MPL-2.0', 'axe-core-plus'), of('OFL-1.1', '@fontsource/other')])).toHaveLength(
    2,
  )
})

test('a license that is another than the one that was locked fails', () => {
  expect(licenseProblems([{ ...of('ISC'), locked: 'MIT' }])).toEqual([
    'left 1.0.0 is installed under ISC, and package-lock.json says MIT.',
  ])
})

test('a library beside the database that nobody looked up fails', () => {
  expect(carriedProblems(['libpq.so.5.18', 'libicuuc.so.60', 'libssl.so.1.1'])).toEqual([])
  expect(carriedProblems(['libreadline.so.8'])).toEqual([
    'The private PostgreSQL carries libreadline.so.8, whose license is not in scripts/check-licenses.ts.',
  ])
})

const houses: string[] = []
afterEach(() => {
  for (const house of houses.splice(0)) rmSync(house, { recursive: true, force: true })
})

test('finds what is installed, nested and beside the lockfile too, and what the lockfile has for elsewhere', () => {
  const house = mkdtempSync(join(tmpdir(), 'handrail-licenses-'))
  houses.push(house)
  const write = (path: string, value: unknown) => {
    mkdirSync(dirname(join(house, path)), { recursive: true })
    writeFileSync(join(house, path), JSON.stringify(value))
  }
  write('package-lock.json', {
    packages: {
      '': { name: 'house' },
      'node_modules/a': { version: '1.0.0', license: 'MIT' },
      'node_modules/a/node_modules/@b/c': { version: '2.0.0', license: 'ISC' },
      'node_modules/d': { version: '3.0.0', license: 'GPL-3.0', optional: true },
    },
  })
  write('node_modules/a/package.json', { version: '1.0.0', license: 'MIT' })
  write('node_modules/a/node_modules/@b/c/package.json', { version: '2.0.0', license: 'AGPL-3.0' })
  write('node_modules/a/node_modules/snuck/package.json', { version: '0.1.0', licenses: [{ type: 'MIT' }] })
  const found = packagesOf(house).toSorted((one, other) => one.name.localeCompare(other.name))
  expect(found).toEqual([
    { name: '@b/c', version: '2.0.0', license: 'AGPL-3.0', locked: 'ISC' },
    { name: 'a', version: '1.0.0', license: 'MIT', locked: 'MIT' },
    { name: 'd', version: '3.0.0', license: 'GPL-3.0' },
    { name: 'snuck', version: '0.1.0', license: null },
  ])
  expect(licenseProblems(found)).toHaveLength(3)
})
