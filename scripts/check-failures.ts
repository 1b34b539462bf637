/**
 * Ties docs/failures.md to the tree: every failure shape (`F1` to `F43`) has its line; what the line names as defense
 * and as test is there, and the test's title carries the id; no test names a shape that has no line. Also keeps the
 * table of `npm run defenses` from rotting: the text of every defense that it takes out stands in its file exactly
 * once, and every shape and every guarantee has at least one, and a decision of docs/adr may; and docs/security.md to the tests and files that it
 * names. A step of `npm run check`.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { testTitles, type SourceFile } from './check-guarantees.ts'
import { defenses, notTakenOut, type Defense } from './defenses-table.ts'

const COUNT = 43
const ids = Array.from({ length: COUNT }, (_, index) => `F${index + 1}`)

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  const titles = titlesIn(root)
  const exists = (path: string) => existsSync(join(root, path))
  const problems = [
    ...pageProblems(read('docs/failures.md'), titles, exists),
    ...securityProblems(read('docs/security.md'), titles, exists),
    ...defenseProblems(defenses, {
      titles,
      read: (path) => (exists(path) ? read(path) : undefined),
      ids: [...ids, ...(read('docs/guarantees.md').match(/(?<=^\| \*\*)G\d+/gm) ?? [])],
      decisions: globSync('docs/adr/*.md', { cwd: root }).map(
        (path) => `ADR${Number(/(\d+)-[^/]+$/.exec(path.replaceAll('\\', '/'))?.[1])}`,
      ),
      excused: notTakenOut,
    }),
  ]
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length === 0 ? 0 : 1
}

/** Titles of tests by file. A title with a variable part ends where that begins. */
export type Titles = ReadonlyMap<string, readonly string[]>

function titlesIn(root: string): Titles {
  const paths = globSync(['{src,scripts,e2e,bench,fuzz}/**/*.{test,contract}.{ts,tsx}', 'e2e/**/*.e2e.ts'], {
    cwd: root,
  })
  return new Map(
    paths
      .filter((path) => !path.startsWith('scripts/check-'))
      .map((path): [string, string[]] => {
        const file: SourceFile = { path, text: readFileSync(join(root, path), 'utf8') }
        return [path.replaceAll('\\', '/'), testTitles(file)]
      }),
  )
}

/** What is wrong with the page: `| Id | What goes wrong | Defense | Test |`, a row for each shape. */
export function pageProblems(
  markdown: string,
  titles: Titles,
  exists: (path: string) => boolean,
  wanted: readonly string[] = ids,
): string[] {
  const problems: string[] = []
  const say = (words: string) => problems.push(`docs/failures.md: ${words}`)
  const seen = new Set<string>()
  for (const line of markdown.split('\n')) {
    const [, first = '', what = '', defense = '', test = ''] = line.split(/(?<!\\)\|/)
    const id = /^\s*\**(F\d+)\**\s*$/.exec(first)?.[1]
    if (!line.startsWith('|') || id === undefined) continue
    if (!wanted.includes(id)) say(`there is no ${id}.`)
    if (seen.has(id)) say(`${id} stands there twice.`)
    seen.add(id)
    if (what.trim() === '') say(`${id} does not say what goes wrong.`)
    for (const [, path = ''] of defense.matchAll(/`([^`]+\/[^`]*)`/g))
      if (!exists(path)) say(`${id} names ${path}, which is not there.`)
    const tests = testsNamedIn(test)
    if (tests.length === 0 && !/^\s*Cannot happen: \S/.test(test))
      say(`${id} names no test, and does not say why it cannot happen.`)
    for (const { path, title } of tests) {
      if (!titles.get(path)?.includes(title)) say(`${id}: ${path} has no test “${title}”.`)
      if (!idsOf(title).includes(id)) say(`${id}: the title “${title}” does not carry ${id}.`)
    }
  }
  for (const id of wanted) if (!seen.has(id)) say(`${id} is missing.`)
  for (const [path, list] of titles)
    for (const title of list)
      for (const id of idsOf(title))
        if (id.startsWith('F') && !wanted.includes(id))
          problems.push(`${path}: “${title}” names ${id}, which is not in docs/failures.md.`)
  return problems
}

/** What docs/security.md names and is not there: files, and titles of tests. */
export function securityProblems(
  markdown: string,
  titles: Titles,
  exists: (path: string) => boolean,
): string[] {
  const gone = [...markdown.matchAll(/`([\w.-]+\/[\w./-]+\.\w+)`/g)].flatMap(([, path = '']) =>
    exists(path) ? [] : [`names ${path}, which is not there.`],
  )
  const untested = testsNamedIn(markdown)
    .filter(({ path, title }) => !titles.get(path)?.includes(title))
    .map(({ path, title }) => `${path} has no test “${title}”.`)
  return [...gone, ...untested].map((words) => `docs/security.md: ${words}`)
}

/** A path in code type, then a title in quotes; a line may break between and within them. */
function testsNamedIn(markdown: string): { path: string; title: string }[] {
  return [...markdown.matchAll(/`([^`]+)`\s+“([^”]+)”/g)].map(([, path = '', title = '']) => ({
    path,
    title: title.replaceAll(/\s+/g, ' '),
  }))
}

/** What is wrong with the table of defenses that can be taken out. */
export function defenseProblems(
  table: readonly Defense[],
  tree: {
    readonly titles: Titles
    readonly read: (path: string) => string | undefined
    /** Each has a defense, or is excused. */
    readonly ids: readonly string[]
    /** Decisions of docs/adr: some bring defenses of their own, most do not. */
    readonly decisions: readonly string[]
    /** Ids without a defense to take out, and why. */
    readonly excused: Readonly<Record<string, string>>
  },
): string[] {
  const problems: string[] = []
  for (const { id, what, file, find, replace, test, title } of table) {
    const say = (words: string) => problems.push(`defense ${id} (${what}): ${words}`)
    if (![...tree.ids, ...tree.decisions].includes(id)) say(`there is no ${id}.`)
    const count = (tree.read(file) ?? '').split(find).length - 1
    if (count !== 1) say(`its text stands in ${file} ${count} times, not once.`)
    if (find === replace) say('it is replaced by itself.')
    if (!tree.titles.get(test)?.includes(title)) say(`${test} has no test “${title}”.`)
    if (!idsOf(title).includes(id)) say(`the title “${title}” does not carry ${id}.`)
  }
  for (const id of tree.ids) {
    const isTakenOut = table.some((one) => one.id === id)
    if (!isTakenOut && tree.excused[id] === undefined) problems.push(`no defense of ${id} can be taken out.`)
    if (isTakenOut && tree.excused[id] !== undefined) problems.push(`${id} is excused, and has a defense.`)
  }
  return problems
}

/** `['G3', 'F3']` of "G3 F3 fifty at once", `['ADR16']` of "ADR16 ends with the day": the ids with which a title begins. */
function idsOf(title: string): string[] {
  const lead = /^(?:(?:[GF]|ADR)\d+[,:]?\s+)+/.exec(`${title} `)?.[0] ?? ''
  return lead.match(/(?:[GF]|ADR)\d+/g) ?? []
}
