/** The walls themselves: a small house in which each is broken somewhere, seen by the real rules. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const importing = (...targets: string[]) =>
  targets
    .map((target, index) => `import * as part${index} from '${target}'\nexport { part${index} }\n`)
    .join('')

/** Keeps every wall. */
const sound = {
  'src/platform/core/ids.ts': importing(),
  'src/platform/server/db.ts': importing('../core/ids.ts', 'node:fs'),
  'src/platform/web/shell.tsx': importing('../core/ids.ts', '../../registry.ts'),
  'src/registry.ts': importing('./capabilities/a/rules.ts', './capabilities/b/records.ts'),
  'src/capabilities/a/rules.ts': importing('../../platform/core/ids.ts', '../b/records.ts'),
  'src/capabilities/a/rules.test.ts': importing('node:fs', './rules.ts'),
  'src/capabilities/a/server/routes.ts': importing('../rules.ts', '../../../platform/server/db.ts'),
  'src/capabilities/b/records.ts': importing(),
  'src/capabilities/b/server/routes.ts': importing('../records.ts'),
  'src/capabilities/b/web/screen.tsx': importing('../records.ts', '../../../platform/web/shell.tsx'),
  'src/server.ts': importing('./registry.ts', './capabilities/a/server/routes.ts'),
  'src/web.tsx': importing('./registry.ts', './capabilities/b/web/screen.tsx'),
}

/** Each breaks the wall of its name, and stands in a file of its own. */
const breaches: readonly (readonly [wall: string, from: string, to: string])[] = [
  ['pure-modules-import-no-io', 'src/capabilities/a/clock.ts', 'node:fs'],
  ['pure-modules-import-no-io', 'src/capabilities/a/policy.ts', './server/routes.ts'],
  ['pure-modules-import-no-io', 'src/platform/records/wire.ts', '../server/db.ts'],
  ['pure-modules-import-no-io', 'src/platform/core/http.ts', 'fastify'],
  ['web-never-imports-server', 'src/platform/web/a.tsx', '../server/db.ts'],
  ['web-never-imports-server', 'src/capabilities/b/web/b.tsx', '../server/routes.ts'],
  ['web-never-imports-server', 'src/platform/web/c.tsx', '../../server.ts'],
  ['server-never-imports-web', 'src/capabilities/b/server/a.ts', '../web/screen.tsx'],
  ['server-never-imports-web', 'src/app.ts', './platform/web/shell.tsx'],
  ['nothing-the-server-reaches-is-jsx', 'src/cli.ts', './capabilities/b/detour.ts'],
  ['platform-knows-no-capability', 'src/platform/server/a.ts', '../../capabilities/b/records.ts'],
  [
    'capabilities-keep-out-of-each-others-rooms',
    'src/capabilities/a/server/a.ts',
    '../../b/server/routes.ts',
  ],
  ['capabilities-keep-out-of-each-others-rooms', 'src/capabilities/a/web/a.tsx', '../../b/web/screen.tsx'],
  ['product-imports-no-test-code', 'src/capabilities/b/server/b.ts', '../../a/rules.test.ts'],
  ['product-imports-no-test-code', 'src/capabilities/b/server/c.ts', '../testing.ts'],
  ['no-cycles', 'src/capabilities/b/one.ts', './two.ts'],
  ['only-declared-dependencies', 'src/platform/server/b.ts', 'ajv'],
  ['everything-resolves', 'src/capabilities/b/three.ts', './gone.ts'],
]

const helpers = {
  'src/capabilities/b/detour.ts': importing('./drawing.tsx'),
  'src/capabilities/b/drawing.tsx': importing(),
  'src/capabilities/b/testing.ts': importing('node:fs'),
  'src/capabilities/b/two.ts': importing('./one.ts'),
}

test('a sound house breaks no wall', { timeout: 60_000 }, () => {
  expect(brokenWalls(sound)).toEqual([])
})

test('every breach is found where it is', { timeout: 60_000 }, () => {
  const broken = Object.fromEntries(breaches.map(([, from, to]) => [from, importing(to)]))
  const found = brokenWalls({ ...sound, ...helpers, ...broken })
  expect(found).toEqual(expect.arrayContaining(breaches.map(([wall, from]) => `${wall}: ${from}`)))
})

/** `wall: file` of every violation. */
function brokenWalls(files: { readonly [path: string]: string }): string[] {
  const root = join(import.meta.dirname, '..')
  const house = mkdtempSync(join(tmpdir(), 'handrail-walls-'))
  try {
    for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
      cpSync(join(root, name), join(house, name))
    }
    for (const name of ['fastify', 'ajv']) {
      mkdirSync(join(house, 'node_modules', name), { recursive: true })
      writeFileSync(
        join(house, 'node_modules', name, 'package.json'),
        `{"name":"${name}","exports":"./i.js"}`,
      )
      writeFileSync(join(house, 'node_modules', name, 'i.js'), '')
    }
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(house, path)), { recursive: true })
      writeFileSync(join(house, path), text)
    }
    const cruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
    const options = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src']
    const { stdout } = spawnSync(process.execPath, [cruise, ...options], { cwd: house, encoding: 'utf8' })
    const { summary } = JSON.parse(stdout) as {
      summary: { violations: { from: string; rule: { name: string } }[] }
    }
    return summary.violations.map((violation) => `${violation.rule.name}: ${violation.from}`)
  } finally {
    rmSync(house, { recursive: true, force: true })
  }
}
