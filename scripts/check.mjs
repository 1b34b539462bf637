/**
 * `npm run check`: everything that can be said about the code without running the product. Every step runs, even
 * after one has failed; a failed one shows its own words. What a step could not look at (it prints `Not checked: …`)
 * is said in the last line. `npm run check -- types walls` runs the named ones.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const worker = 'src/platform/web/worker/tsconfig.json'
const folders = ['src', 'scripts', 'e2e', 'bench', 'fuzz'].filter((folder) => existsSync(join(root, folder)))

const steps = [
  { name: 'types', run: ['typescript/bin/tsc', '-p', 'tsconfig.json'] },
  ...(existsSync(join(root, worker))
    ? [{ name: 'worker-types', run: ['typescript/bin/tsc', '-p', worker] }]
    : []),
  {
    name: 'lint',
    run: ['oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '--report-unused-disable-directives'],
  },
  { name: 'format', run: ['oxfmt/bin/oxfmt', '--check', '.'] },
  {
    name: 'walls',
    run: ['dependency-cruiser/bin/dependency-cruiser.mjs', '--config', '.dependency-cruiser.cjs', ...folders],
  },
  { name: 'unused', run: ['knip/bin/knip.js'] },
  { name: 'guarantees', script: 'scripts/check-guarantees.ts' },
  { name: 'failures', script: 'scripts/check-failures.ts' },
  { name: 'docs', script: 'scripts/check-docs.ts' },
  { name: 'licenses', script: 'scripts/check-licenses.ts' },
  { name: 'dependencies', script: 'scripts/check-dependencies.ts' },
  { name: 'words', run: ['@lingui/cli/dist/lingui.js', 'check', 'sync', '--clean'] },
  { name: 'translations', run: ['@lingui/cli/dist/lingui.js', 'check', 'missing'] },
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name))
if (unknown.length > 0) {
  console.error(
    `No such check: ${unknown.join(', ')}. There are: ${steps.map((step) => step.name).join(', ')}.`,
  )
  process.exit(2)
}

const failed = []
const unchecked = []
for (const step of steps) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue
  const [program, ...args] = step.script
    ? [step.script]
    : [join('node_modules', step.run[0]), ...step.run.slice(1)]
  const began = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, program), ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok    ' : 'failed'}  ${step.name}  (${seconds} s)`)
  unchecked.push(...(stdout ?? '').split('\n').filter((line) => line.startsWith('Not checked: ')))
  if (status === 0) continue
  failed.push(step.name)
  console.log(`${stdout ?? ''}${stderr ?? ''}`.trimEnd().replace(/^/gm, '    '))
}
console.log(
  [failed.length === 0 ? 'All checks held.' : `Failed: ${failed.join(', ')}.`, ...unchecked].join(' '),
)
process.exitCode = failed.length === 0 ? 0 : 1
