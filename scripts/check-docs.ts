/**
 * Holds the pages to the tree: docs/duties.md has every duty once and names tests that exist, and no tracked file
 * tells of the machine it was written on or of a package registry. A step of `npm run check`.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** How many duties each of the eight sections of a paraprofessional's job has: 85 in all, 1.1 to 8.15. */
const dutiesOfSection = [11, 9, 10, 9, 10, 9, 12, 15]

/** What has no place in a tracked file, and what to call it. */
const strays: readonly [RegExp, string][] = [
  [
    /(?:^|[\s"'`(=:])\/(?:home|Users)\/[A-Za-z][\w.-]*\/|(?:^|[\s"'`(=:])\/(?:work|root)\/[\w.]/m,
    'a path of one machine',
  ],
  [/\b[A-Z]:\\Users\\/, 'a path of one machine'],
  [
    /\bregistry\.(?:npmjs|yarnpkg|npmmirror)\.\w+|\b(?:deb|security)\.debian\.org|\bfiles\.pythonhosted\.org/,
    'the host of a registry',
  ],
]

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  const files = listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)))
  const problems = [
    ...dutyProblems(read('docs/duties.md'), (path) => existsSync(join(root, path))),
    ...files.flatMap((path) => strayWords(path, read(path), root)),
    ...lockProblems(read('package-lock.json')),
  ]
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length === 0 ? 0 : 1
}

/** What is wrong with the table of duties: ids missing, unknown or twice; paths in the test column that are not there. */
export function dutyProblems(markdown: string, exists: (path: string) => boolean): string[] {
  const ids = dutiesOfSection.flatMap((count, section) =>
    Array.from({ length: count }, (_, index) => `${section + 1}.${index + 1}`),
  )
  const problems: string[] = []
  const seen = new Set<string>()
  let testColumn = -1
  for (const line of markdown.split('\n')) {
    if (!line.startsWith('|')) continue
    const cells = line.split('|').slice(1, -1)
    const header = cells.findIndex((cell) => /^\s*tests?\b/i.test(cell))
    if (header > 0) testColumn = header
    const id = /^\s*\**(\d+\.\d+)\**\s*$/.exec(cells[0] ?? '')?.[1]
    if (id === undefined) continue
    if (!ids.includes(id)) problems.push(`docs/duties.md: there is no duty ${id}.`)
    if (seen.has(id)) problems.push(`docs/duties.md: duty ${id} stands there twice.`)
    seen.add(id)
    for (const [, path = ''] of (cells[testColumn] ?? '').matchAll(/`([^`]+)`/g)) {
      if (!exists(path)) problems.push(`docs/duties.md: duty ${id} names ${path}, which is not there.`)
    }
  }
  if (testColumn < 0) problems.push('docs/duties.md: no table has a column for tests.')
  return [
    ...problems,
    ...ids.filter((id) => !seen.has(id)).map((id) => `docs/duties.md: duty ${id} is missing.`),
  ]
}

/** Sentences about words that have no place in a tracked file; `root` = where this clone lies. */
export function strayWords(path: string, text: string, root: string): string[] {
  if (text.includes('\0')) return []
  const found = strays.filter(([pattern]) => pattern.test(text)).map(([, what]) => what)
  if (root.length > 4 && text.includes(`${root}/`)) found.push('the place of this clone')
  return found.map((what) => `${path}: holds ${what}.`)
}

export function lockProblems(lock: string): string[] {
  return /"resolved": *"https?:/.test(lock)
    ? [
        'package-lock.json: records download addresses; re-lock with the omit-lockfile-registry-resolved of .npmrc.',
      ]
    : []
}
