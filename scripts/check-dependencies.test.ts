import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  lockProblems,
  pageProblems,
  readAdvisories,
  scriptProblems,
  versionProblems,
  type Lock,
  type Manifest,
} from './check-dependencies.ts'

const manifest: Manifest = {
  dependencies: { web: '1.2.3', node: '24.0.0' },
  devDependencies: { '@types/web': '1.0.0' },
  optionalDependencies: { '@db/linux': '18.0.0-beta.1' },
  allowScripts: { node: true },
}

const hash = 'sha512-AAAA'
const lock = (over: Lock['packages'] = {}): Lock => ({
  packages: {
    '': manifest,
    'node_modules/web': { version: '1.2.3', integrity: hash },
    'node_modules/node': { version: '24.0.0', integrity: hash, hasInstallScript: true },
    'node_modules/@types/web': { version: '1.0.0', integrity: hash },
    'node_modules/@db/linux': { version: '18.0.0-beta.1', integrity: hash },
    ...over,
  },
})

test('exact versions, a whole lockfile, approved scripts and a line each: nothing to say', () => {
  expect(versionProblems(manifest)).toEqual([])
  expect(lockProblems(manifest, lock())).toEqual([])
  expect(scriptProblems(manifest, ['node'])).toEqual([])
  const page = '| Package | What |\n|---|---|\n| web, node | x |\n| @types/* | x |\n| @db/linux | x |\n'
  expect(pageProblems(manifest, page)).toEqual([])
})

test.each([
  '^1.2.3',
  '~1.2.3',
  '1.x',
  '*',
  'latest',
  'git+https://example.org/web.git',
  'github:someone/web',
  'https://example.org/web.tgz',
  'file:../web',
  'npm:other@1.2.3',
])('a version that is "%s" is refused', (version) => {
  expect(versionProblems({ devDependencies: { web: version } })).toEqual([
    `package.json: web is "${version}"; it must be one exact version of a registry.`,
  ])
})

test.each<[string, Lock['packages'], string]>([
  ['without a hash', { 'node_modules/deep': { version: '1.0.0' } }, 'has no sha512 of its content.'],
  ['with an old hash', { 'node_modules/deep': { version: '1.0.0', integrity: 'sha1-AA' } }, 'has no sha512'],
  [
    'with an address',
    { 'node_modules/deep': { version: '1.0.0', integrity: hash, resolved: 'https://example.org/deep.tgz' } },
    'records a download address.',
  ],
  [
    'from a repository',
    { 'node_modules/deep': { version: 'git+ssh://git@example.org/deep.git#1', integrity: hash } },
    'has no version of a registry.',
  ],
  [
    'with a script',
    { 'node_modules/deep': { version: '1.0.0', integrity: hash, hasInstallScript: true } },
    'has an install script, and is not in allowScripts',
  ],
])('an entry of the lockfile %s is refused', (_, over, words) => {
  const [problem, ...more] = lockProblems(manifest, lock(over))
  expect(problem).toContain(`package-lock.json: node_modules/deep ${words}`)
  expect(more).toEqual([])
})

test('a link, a missing and an unwanted entry of the lockfile are refused', () => {
  expect(lockProblems(manifest, lock({ 'node_modules/deep': { link: true, version: '1.0.0' } }))).toEqual([
    'package-lock.json: node_modules/deep is a link to a folder; packages come from a registry.',
  ])
  expect(lockProblems({ dependencies: { web: '1.2.4', gone: '1.0.0' } }, lock())).toEqual([
    'package-lock.json: node_modules/node has an install script, and is not in allowScripts of package.json.',
    'package-lock.json: web is 1.2.3, not 1.2.4.',
    'package-lock.json: gone is missing, not 1.0.0.',
    'package-lock.json: asks for node, which package.json does not.',
    'package-lock.json: asks for @types/web, which package.json does not.',
    'package-lock.json: asks for @db/linux, which package.json does not.',
  ])
})

test('an installed package with a script of its own is found, and an approval that nothing uses', () => {
  expect(scriptProblems({ ...manifest, allowScripts: { node: true, old: true } }, ['node', 'miner'])).toEqual(
    [
      'node_modules: miner has an install script, and is not in allowScripts of package.json.',
      'package.json: allowScripts names old, which is no dependency.',
    ],
  )
})

test('a dependency without a line, and a line without a dependency, are named', () => {
  const page = '| Package | What |\n|---|---|\n| web, wob | x |\n| @types/* | x |\n| @db/* | x |\n'
  expect(pageProblems(manifest, page)).toEqual([
    'docs/dependencies.md: has no line for node.',
    'docs/dependencies.md: has a line for wob, which is no dependency.',
  ])
})

test('advisories: high and critical ones are problems, lower ones are not, and silence is not an answer', () => {
  const report = (severities: Record<string, string>) =>
    JSON.stringify({
      auditReportVersion: 2,
      vulnerabilities: Object.fromEntries(
        Object.entries(severities).map(([name, severity]) => [name, { severity }]),
      ),
    })
  expect(readAdvisories(report({}))).toEqual({ answered: true, problems: [] })
  expect(readAdvisories(report({ a: 'moderate', b: 'high', c: 'critical', d: 'low' }))).toEqual({
    answered: true,
    problems: [
      'npm audit: b has an advisory (high); see "npm audit".',
      'npm audit: c has an advisory (critical); see "npm audit".',
    ],
  })
  for (const silence of ['', 'no', '{"message":"405","error":{"summary":""}}'])
    expect(readAdvisories(silence)).toMatchObject({ answered: false })
})

test('that nobody answered is said, and is a failure where an answer is required', () => {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-audit-'))
  const npm = join(folder, 'npm-cli.js')
  writeFileSync(npm, 'console.log(JSON.stringify({ message: "405" }))')
  const run = (audit: string) =>
    spawnSync(process.execPath, [join(import.meta.dirname, 'check-dependencies.ts')], {
      encoding: 'utf8',
      env: { ...process.env, npm_execpath: npm, HANDRAIL_AUDIT: audit },
    })
  const sentence = 'known weaknesses of packages: the package registry did not answer npm audit.'
  const said = run('')
  expect(said.stdout).toContain(`Not checked: ${sentence}`)
  expect(said.stderr).not.toContain(sentence)
  expect(run('required')).toMatchObject({ status: 1, stderr: expect.stringContaining(sentence) })
  rmSync(folder, { recursive: true, force: true })
}, 60_000)
