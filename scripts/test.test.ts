/** `npm test` itself: a small project of its own is run by the real script, and must be counted as it is. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'

describe('the test command', { timeout: 60_000 }, () => {
  test('counts what passed and ends well', () => {
    const { lastLine, status } = runTests({ 'a.test.ts': `${head} test('a', ok); test('b', ok)` })
    expect(lastLine).toBe('2 passed, 0 failed')
    expect(status).toBe(0)
  })

  test('counts a failing test and a file that does not load, and ends badly', () => {
    const { lastLine, status, output } = runTests({
      'a.test.ts': `${head} test('a', ok); test('b', () => expect(1).toBe(2))`,
      'b.test.ts': `import './not-there.ts'`,
    })
    expect(lastLine).toBe('1 passed, 2 failed')
    expect(status).toBe(1)
    const last = output.slice(output.lastIndexOf('Failed, once more in one place'))
    expect(last).toContain('FAILED a.test.ts: b')
    expect(last).toContain('expected 1 to be 2')
    expect(last).toContain('FAILED b.test.ts: did not load')
  })

  test('does not let a test be skipped, postponed or run alone', () => {
    const skipped = runTests({ 'a.test.ts': `${head} test('a', ok); test.skip('b', ok); test.todo('c')` })
    expect(skipped.output).toContain('"b" did not run')
    expect(skipped.output).toContain('"c" did not run')
    expect(skipped.lastLine).toBe('1 passed, 0 failed')
    expect(skipped.status).toBe(1)
    const alone = runTests({ 'a.test.ts': `${head} test.only('a', ok); test('b', ok)` })
    expect(alone.status).toBe(1)
  })

  test('does not take an error outside any test, or no test at all, for success', () => {
    const stray = runTests({
      'a.test.ts': `${head} test('a', async () => { void Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 50)) })`,
    })
    expect(stray.lastLine).toBe('1 passed, 1 failed')
    expect(stray.status).toBe(1)
    const none = runTests({})
    expect(none.output).toContain('no test ran')
    expect(none.lastLine).toBe('0 passed, 1 failed')
    expect(none.status).toBe(1)
  })
})

const head = `import { expect, test } from 'vitest'; const ok = () => expect(1).toBe(1);`
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function runTests(files: { readonly [name: string]: string }): {
  output: string
  lastLine: string
  status: number | null
} {
  const root = mkdtempSync(join(tmpdir(), 'handrail-scripts-'))
  folders.push(root)
  mkdirSync(join(root, 'scripts'))
  cpSync(join(import.meta.dirname, 'test.mjs'), join(root, 'scripts', 'test.mjs'))
  symlinkSync(join(import.meta.dirname, '..', 'node_modules'), join(root, 'node_modules'), 'junction')
  const config = { test: { projects: [{ test: { name: 'node', include: ['*.test.ts'] } }] } }
  writeFileSync(join(root, 'vitest.config.mjs'), `export default ${JSON.stringify(config)}`)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text)
  const { VITEST: _, ...env } = process.env
  const run = spawnSync(process.execPath, ['scripts/test.mjs', 'node'], { cwd: root, encoding: 'utf8', env })
  const output = run.stdout + run.stderr
  return { output, lastLine: run.stdout.trimEnd().split('\n').at(-1) ?? '', status: run.status }
}
