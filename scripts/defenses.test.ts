/** `npm run defenses` itself: in a small project of its own it must tell a defense that is held from one that is not. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Defense } from './defenses-table.ts'

const half: Defense = {
  id: 'F1',
  what: 'halves',
  file: 'src/half.ts',
  find: 'n / 2',
  replace: 'n / 3',
  project: 'node',
  test: 'src/half.test.ts',
  title: 'F1 halves %i',
}

describe('the command that takes defenses out', { timeout: 60_000 }, () => {
  test('is content when the test fails without its defense, and leaves the tree as it was', () => {
    const { output, status, root } = run([half])
    expect(output).toContain('ok      F1    halves')
    expect(output).toContain('All 1 are noticed when they are gone.')
    expect(status).toBe(0)
    expect(readFileSync(join(root, 'src/half.ts'), 'utf8')).toContain('n / 2')
  })

  test('is not content with what nobody notices, and with what proves nothing', () => {
    const cases: readonly (readonly [Partial<Defense>, words: string])[] = [
      [{ what: 'idle', find: '// why', replace: '// because' }, 'nobody notices that it is gone'],
      [{ what: 'gone', find: 'n / 4' }, 'its text does not stand there exactly once'],
      [{ what: 'twice', find: 'n' }, 'its text does not stand there exactly once'],
      [{ what: 'untested', title: 'F1 thirds' }, 'its test does not pass as it is (it did not run)'],
      [{ what: 'broken', title: 'F1 fails' }, 'its test does not pass as it is (failed)'],
      [{ what: 'unloadable', replace: 'n /' }, 'the test cannot run without it'],
    ]
    const { output, status } = run([half, ...cases.map(([over]) => ({ ...half, ...over }))])
    expect(output).toContain('ok      F1    halves')
    for (const [{ what }, words] of cases)
      expect(output).toMatch(new RegExp(`FAILED {2}F1 {4}${what} .*\\n.*${words.replace(/[()]/g, '\\$&')}`))
    expect(output).toContain('6 of 7 are not held.')
    expect(status).toBe(1)
  })

  test('takes out those that are named, and knows no others', () => {
    expect(run([half, { ...half, id: 'F2', find: '// why', replace: '' }], 'F1')).toMatchObject({ status: 0 })
    expect(run([half], 'F9')).toMatchObject({
      status: 2,
      output: expect.stringContaining('No defense of F9'),
    })
  })
})

const roots: string[] = []
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true })
})

function run(table: readonly Defense[], ...words: string[]) {
  const root = mkdtempSync(join(tmpdir(), 'handrail-defended-'))
  roots.push(root)
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  write('.gitignore', 'node_modules\n')
  write('package.json', '{"type":"module"}')
  write(
    'vitest.config.ts',
    "export default { test: { projects: [{ test: { name: 'node', include: ['src/*.test.ts'] } }] } }",
  )
  write('src/half.ts', '// why\nexport const half = (n: number) => n / 2\n')
  write(
    'src/half.test.ts',
    `import { expect, test } from 'vitest'
     import { half } from './half.ts'
     test.each([2, 4])('F1 halves %i', (n) => expect(half(n) + half(n)).toBe(n))
     test('F1 fails', () => expect(half(1)).toBe(2))`,
  )
  write('scripts/defenses-table.ts', `export const defenses = ${JSON.stringify(table)}`)
  cpSync(join(import.meta.dirname, 'defenses.ts'), join(root, 'scripts/defenses.ts'))
  const modules = join(import.meta.dirname, '..', 'node_modules')
  mkdirSync(join(root, 'node_modules'))
  symlinkSync(join(modules, 'vitest'), join(root, 'node_modules', 'vitest'), 'junction')
  spawnSync('git', ['init', '--quiet'], { cwd: root })
  const { VITEST: _, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/defenses.ts', ...words], {
    cwd: root,
    encoding: 'utf8',
    env,
  })
  return { status, output: stdout + stderr, root }
}
