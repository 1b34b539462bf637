/**
 * `handrail analyze check`: every number of a folder of reference data against ours. Reads what it knows, wherever
 * in the folder it lies: `reference/*.json` beside `data/*.csv`, and lists by the name of their file.
 */
import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Ledger, type FieldReport } from './check/ledger.ts'
import { checkDecisions, checkKappa, checkStreams, checkWorkedExamples } from './check/lists.ts'
import { checkSingleCase, checkVectors } from './check/singlecase.ts'
import { isFolder, problem } from './input.ts'

export interface CheckReport {
  /** Nothing differs where the definition is the same. */
  readonly ok: boolean
  readonly files: number
  readonly agreed: number
  readonly differing: number
  readonly not_comparable: number
  readonly fields: readonly FieldReport[]
}

const LISTS: Readonly<Record<string, (ledger: Ledger, path: string) => void>> = {
  'edge_cases.json': checkVectors,
  'published_expectations.json': checkVectors,
  'ioa_worked_examples.json': checkWorkedExamples,
  'kappa_reference.json': checkKappa,
  'recording_methods_reference.json': checkStreams,
  'progress_monitoring.json': checkDecisions,
}
/** Deeper folders are not looked into. */
const DEPTH = 4

/** Throws BadInput when something cannot be read, or nothing of it is reference data. */
export function check(folder: string): CheckReport {
  if (!isFolder(folder)) throw problem(basename(folder), 0, null, 'unreadable', 'There is no such folder.')
  const ledger = new Ledger()
  const paths = filesIn(folder, DEPTH)
  const references = paths.filter((path) => basename(dirname(path)) === 'reference' && path.endsWith('.json'))
  for (const home of new Set(references.map((path) => dirname(dirname(path)))))
    checkSingleCase(
      ledger,
      home,
      references.filter((path) => path.startsWith(join(home, 'reference'))),
    )
  const lists = paths.filter((path) => Object.hasOwn(LISTS, basename(path)))
  for (const path of lists) LISTS[basename(path)]?.(ledger, path)
  const files = references.length + lists.length
  if (files === 0) {
    const known = ['data/*.csv with reference/*.json', ...Object.keys(LISTS)].join(', ')
    throw problem(basename(folder), 0, null, 'no_file', `There are no reference values here: ${known}.`)
  }
  const fields = ledger.report()
  const total = (key: 'agreed' | 'differing' | 'not_comparable'): number =>
    fields.reduce((sum, field) => sum + field[key], 0)
  return {
    ok: total('differing') === 0,
    files,
    agreed: total('agreed'),
    differing: total('differing'),
    not_comparable: total('not_comparable'),
    fields,
  }
}

function filesIn(folder: string, depth: number): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return depth > 1 ? filesIn(path, depth - 1) : []
      return entry.isFile() ? [path] : []
    })
}
