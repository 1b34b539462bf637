/**
 * `npm run defenses`: takes each defense of the product out, one at a time, in a copy, and sees the test that holds
 * it fail. A test that stays green without its defense proves nothing. `npm run defenses -- F5 G3` takes out those of
 * the ids named, `npm run defenses -- node` those of one Vitest project. Prints a table; ends with 1 when a
 * defense was missed by nobody, or a test did not hold before anything was taken out.
 *
 * The table is in defenses-table.ts; `npm run check` sees to it that it still fits the code. Tests on a
 * database run on PostgreSQL 18 unless HANDRAIL_TEST_ENGINES says otherwise.
 */
import { execFileSync, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { defenses, type Defense } from './defenses-table.ts'

const root = join(import.meta.dirname, '..')

/** In order of what they cost. */
const PROJECTS = ['node', 'browser', 'e2e'] as const

/** A test that waits for ever without its defense has noticed. */
const LONGEST_MS = 15 * 60_000

const NOTICED = 'noticed'

const chosen = chooseFrom(process.argv.slice(2))
const copy = mkdtempSync(join(tmpdir(), 'handrail-defenses-'))
process.on('exit', () => rmSync(copy, { recursive: true, force: true, maxRetries: 5 }))
process.on('SIGINT', () => process.exit(130))
let missed = 0
copyTree()
for (const project of PROJECTS) {
  const table = chosen.filter((defense) => defense.project === project)
  if (table.length > 0) await takeOut(project, table)
}
console.log(
  missed === 0
    ? `\nAll ${chosen.length} are noticed when they are gone.`
    : `\n${missed} of ${chosen.length} are not held.`,
)
process.exitCode = missed === 0 ? 0 : 1

function chooseFrom(words: readonly string[]): readonly Defense[] {
  const named = defenses.filter(({ id, project }) => words.includes(id) || words.includes(project))
  const unknown = words.filter((word) => !defenses.some(({ id, project }) => word === id || word === project))
  if (unknown.length === 0) return words.length === 0 ? defenses : named
  console.error(`No defense of ${unknown.join(', ')} is in scripts/defenses-table.ts.`)
  process.exit(2)
}

async function takeOut(project: string, table: readonly Defense[]): Promise<void> {
  const before = await run(project, table)
  for (const defense of table) {
    const began = performance.now()
    const held = before.get(keyOf(defense))
    const verdict =
      held === 'passed'
        ? await without(defense)
        : `its test does not pass as it is (${held ?? 'it did not run'})`
    if (verdict !== NOTICED) missed += 1
    const seconds = Math.round((performance.now() - began) / 1000)
    console.log(
      `${verdict === NOTICED ? 'ok    ' : 'FAILED'}  ${defense.id.padEnd(5)} ${defense.what} (${seconds} s)`,
    )
    if (verdict !== NOTICED)
      console.log(`        ${defense.file}: ${verdict}\n        ${defense.test}: “${defense.title}”`)
  }
}

async function without(defense: Defense): Promise<string> {
  const path = join(copy, defense.file)
  const text = readFileSync(path, 'utf8')
  if (text.split(defense.find).length !== 2) return 'its text does not stand there exactly once'
  writeFileSync(
    path,
    text.replace(defense.find, () => defense.replace),
  )
  try {
    const after = (await run(defense.project, [defense])).get(keyOf(defense))
    if (after === 'failed') return NOTICED
    return after === 'passed'
      ? 'nobody notices that it is gone'
      : `the test cannot run without it (it never ran), which proves nothing`
  } finally {
    writeFileSync(path, text)
  }
}

/** Runs the tests of these defenses, and says of each how it ended; absent = it never ran. */
async function run(project: string, table: readonly Defense[]): Promise<Map<string, 'passed' | 'failed'>> {
  const report = join(copy, '.report.json')
  rmSync(report, { force: true })
  if (project === 'e2e')
    await node(['-e', `import('${join(copy, 'src/build.ts')}').then((it) => it.buildWeb())`])
  await node([
    join(copy, 'node_modules/vitest/vitest.mjs'),
    'run',
    `--project=${project}`,
    '--reporter=json',
    `--outputFile=${report}`,
    // an end-to-end file is one story, told in order
    ...(project === 'e2e' ? [] : ['-t', `(${table.map(({ title }) => patternOf(title)).join('|')})`]),
    ...new Set(table.map(({ test }) => test)),
  ])
  const outcomes = new Map<string, 'passed' | 'failed'>()
  if (!existsSync(report)) return outcomes
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[]
  }
  for (const defense of table) {
    const pattern = new RegExp(patternOf(defense.title))
    const ended = testResults
      .filter(({ name }) => name.endsWith(`/${defense.test}`))
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ fullName }) => pattern.test(fullName))
      .map(({ status }) => status)
    const outcome = (['failed', 'passed'] as const).find((status) => ended.includes(status))
    if (outcome !== undefined) outcomes.set(keyOf(defense), outcome)
  }
  return outcomes
}

/** Runs Node in the copy and waits for it; its words go nowhere, its report tells. */
function node(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: copy,
    stdio: 'ignore',
    env: { HANDRAIL_TEST_ENGINES: '18', ...process.env },
  })
  const timer = setTimeout(() => child.kill(), LONGEST_MS)
  return new Promise((resolve) => {
    child.on('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

function copyTree(): void {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  for (const path of listed
    .split('\0')
    .filter((name) => name !== '' && statSync(join(root, name), { throwIfNoEntry: false })?.isFile())) {
    mkdirSync(dirname(join(copy, path)), { recursive: true })
    cpSync(join(root, path), join(copy, path))
  }
  // Packages are linked one by one: what tools keep beside them (Vite's bundles) is made anew for the copy.
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync(join(root, 'node_modules')))
    if (!name.startsWith('.vite'))
      symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name), 'junction')
}

/** A regular expression for a title; what `each` puts in place of `%s` or `$name` may be anything. */
function patternOf(title: string): string {
  return title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/%[a-z]|\\\$\w+/g, '.*')
}

function keyOf({ test, title }: Defense): string {
  return `${test} ${title}`
}
