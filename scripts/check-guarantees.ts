/**
 * Ties docs/guarantees.md to the tests: every guarantee (`G1`, `G2`, …) has a test whose title begins with its id,
 * and no test names a guarantee that is not in the list. A step of `npm run check`.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const tests = globSync(['{src,scripts,e2e,bench}/**/*.test.{ts,tsx}', 'e2e/**/*.e2e.ts'], { cwd: root })
  const problems = compareGuarantees(
    readFileSync(join(root, 'docs/guarantees.md'), 'utf8'),
    tests.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
  )
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length === 0 ? 0 : 1
}

export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** What does not fit together, one sentence each; empty when all does. */
export function compareGuarantees(markdown: string, tests: readonly SourceFile[]): string[] {
  const promised = definedIds(markdown)
  const held = new Map<string, string>()
  for (const file of tests) {
    for (const title of testTitles(file))
      for (const id of leadingIds(title)) held.set(id, `${file.path}: "${title}"`)
  }
  const twice = promised.filter((id, index) => promised.indexOf(id) !== index)
  return [
    ...(promised.length === 0 ? ['docs/guarantees.md names no guarantee.'] : []),
    ...twice.map((id) => `docs/guarantees.md names ${id} twice.`),
    ...promised.filter((id) => !held.has(id)).map((id) => `${id} has no test whose title begins with it.`),
    ...[...held]
      .filter(([id]) => !promised.includes(id))
      .map(([id, where]) => `${where} holds ${id}, which is not in docs/guarantees.md.`),
  ]
}

/** An id stands first in a heading, a list item or a table row, plain or in bold. */
function definedIds(markdown: string): string[] {
  return [...markdown.matchAll(/^\s*(?:#+|[-*]|\|)\s*\**(G\d+)\b/gm)].map((match) => match[1] ?? '')
}

/** Titles of tests and of groups of tests, from the syntax tree: `test(…)`, `it.for(…)(…)`, `describe.each(…)(…)`. */
export function testTitles(file: SourceFile): string[] {
  const kind = file.path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, false, kind)
  const titles: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node) && /^(test|it|describe)$/.test(calledName(node.expression))) {
      const [title] = node.arguments
      if (title !== undefined && ts.isStringLiteralLike(title)) titles.push(title.text)
      if (title !== undefined && ts.isTemplateExpression(title)) titles.push(title.head.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return titles
}

/** `test` of `test`, `test.each` and `test.each(rows)`. */
function calledName(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text
  if (ts.isPropertyAccessExpression(expression) || ts.isCallExpression(expression)) {
    return calledName(expression.expression)
  }
  return ''
}

/** `['G2', 'G3']` of "G2 G3 F4 the same id …". */
function leadingIds(title: string): string[] {
  const lead = /^(?:[GF]\d+[,:]?\s+)+/.exec(`${title} `)?.[0] ?? ''
  return lead.match(/G\d+/g) ?? []
}
