/**
 * `npm test`: builds the web app, runs the three test projects one after the other, then `npm run check`.
 * `npm test -- node|browser|e2e [vitest arguments]` runs that project alone. A test that is skipped, left to do or
 * alone counts as a failure, and so does a project without tests. The last line is `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

const root = join(import.meta.dirname, '..')
const projects = ['node', 'browser', 'e2e']
const [first, ...rest] = process.argv.slice(2)
const alone = projects.includes(first)
const chosen = alone ? [first] : projects
const vitestArguments = alone ? rest : process.argv.slice(2)

const total = { passed: 0, failed: 0 }
const fallen = []
let sound = true
if (chosen.includes('e2e')) sound = await buildsWeb()
for (const project of chosen) {
  const { passed, failed, complaints, failures } = runProject(project)
  fallen.push(...failures)
  total.passed += passed
  total.failed += failed
  for (const complaint of complaints) console.log(`${project}: ${complaint}`)
  if (failed > 0 || complaints.length > 0) sound = false
}
if (process.argv.length === 2) sound = node('scripts/check.mjs', []) && sound
if (fallen.length > 0) console.log(`\nFailed, once more in one place:\n\n${fallen.join('\n\n')}`)
if (!sound) console.log('\nNot everything held; what did not is above.')
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = sound ? 0 : 1

/** Runs one Vitest project and counts what its JSON report says. */
function runProject(project) {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-test-'))
  const file = join(folder, 'report.json')
  const sinks = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const ended = node('node_modules/vitest/vitest.mjs', [
    'run',
    `--project=${project}`,
    '--allowOnly=false',
    ...sinks,
    ...vitestArguments,
  ])
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { testResults: [] }
  rmSync(folder, { recursive: true, force: true })
  const tests = report.testResults.flatMap((suite) => suite.assertionResults)
  const count = (status) => tests.filter((test) => test.status === status).length
  const passed = count('passed')
  const unloaded = report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  )
  let failed = count('failed') + unloaded.length
  const complaints = tests
    .filter((test) => test.status !== 'passed' && test.status !== 'failed')
    .map((test) => `"${test.fullName}" did not run (${test.status}); every test runs.`)
  if (passed + failed === 0) complaints.push('no test ran.')
  // An error outside any test, or a run that died: Vitest knows, the report does not count it.
  if (!ended && failed === 0) failed = 1
  const failures = [
    ...report.testResults.flatMap((suite) =>
      suite.assertionResults
        .filter((test) => test.status === 'failed')
        .map((test) => told(suite, test.fullName, test.failureMessages.join('\n'))),
    ),
    ...unloaded.map((suite) => told(suite, 'did not load', suite.message)),
  ]
  return { passed, failed, complaints, failures }
}

/** A failure as the last lines tell it again: a run prints thousands of lines, and the end is what gets read. */
function told(suite, name, message) {
  return `FAILED ${relative(root, suite.name)}: ${name}\n${message.split('\n').slice(0, 30).join('\n')}`
}

/** Builds what the end-to-end tests open, unless the last build is of the same sources. */
async function buildsWeb() {
  const { buildWeb } = await import('../src/build.ts')
  return await buildWeb().then(
    () => true,
    (error) => {
      console.error(error)
      return false
    },
  )
}

/** Runs a program of ours under this Node, its output passed through; whether it ended well. */
function node(script, args) {
  return (
    spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: 'inherit' }).status === 0
  )
}
