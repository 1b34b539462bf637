/**
 * `npm run handrail -- analyze <what> <path>`: the numbers of the product on data of anybody's, without a database.
 * Called by the command line. Exit codes: 0 done, 1 a check found a number that differs or files that would be refused, 2 the input or the command
 * was not understood; then nothing goes to standard output.
 */
import { OVERLAP_VARIANTS, TREND_VARIANTS } from '../capabilities/progress/stats/variants.ts'
import { check, type CheckReport } from './check.ts'
import { decisionRows } from './decisions.ts'
import { BadInput, lineOf } from './input.ts'
import { checkImports, importsText } from './imports.ts'
import { ioaRows } from './ioa.ts'
import { pairRows, readSeries, type PairRow } from './singlecase.ts'
import { streamRows } from './streams.ts'
import { list, shown, table } from './text.ts'

interface Answer {
  readonly ok: boolean
  readonly json: unknown
  readonly text: string
}

const ANALYSES: Readonly<Record<string, (path: string) => Answer>> = {
  singlecase: (path) => {
    const { series, warnings } = readSeries(path)
    const rows = pairRows(series)
    const text = [table(rows.map(narrow)), ...warnings.map(lineOf), '', DEFINITIONS].join('\n')
    return { ok: true, json: rows, text }
  },
  ioa: (path) => listed(ioaRows(path)),
  streams: (path) => {
    const rows = streamRows(path)
    return { ok: true, json: rows, text: table(rows) }
  },
  decisions: (path) => listed(decisionRows(path)),
  imports: (path) => {
    const report = checkImports(path)
    return { ok: report.ok, json: report, text: importsText(report) }
  },
  check: (path) => {
    const report = check(path)
    return { ok: report.ok, json: report, text: checkText(report) }
  },
}

/** What is printed where, and the exit code; null when the words are no command of ours. */
export function analyze(
  words: readonly string[],
  options: { readonly json: boolean },
): { readonly code: 0 | 1 | 2; readonly out: string; readonly err: string } | null {
  const [what = '', path = '', ...more] = words
  const analysis = Object.hasOwn(ANALYSES, what) ? ANALYSES[what] : undefined
  if (!analysis || path === '' || more.length > 0) return null
  try {
    const { ok, json, text } = analysis(path)
    return { code: ok ? 0 : 1, out: options.json ? JSON.stringify(json, null, 2) : text, err: '' }
  } catch (error) {
    if (!(error instanceof BadInput)) throw error
    return { code: 2, out: '', err: error.message }
  }
}

/** A pair in a line that fits a terminal: what belongs to A and to B in one column. */
function narrow(row: PairRow): Record<string, unknown> {
  const from = (a: unknown, b: unknown): string => `${shown(a)} → ${shown(b)}`
  return {
    series: [row.dataset, row.case, row.series].filter((name) => name !== '').join(' / '),
    phases: from(row.phase_A, row.phase_B),
    n: from(row.n_A, row.n_B),
    wanted: row.improvement,
    nap: row.nap,
    pnd: row.pnd,
    pem: row.pem,
    tau: row.tau,
    tau_u: row.tau_u,
    tau_bc: row.tau_bc,
    ols_slope: from(row.ols_slope_A, row.ols_slope_B),
    theil_sen_slope: from(row.theil_sen_slope_A, row.theil_sen_slope_B),
    tukey_slope: from(row.tukey_slope_A, row.tukey_slope_B),
    split_middle_slope: from(row.split_middle_slope_A, row.split_middle_slope_B),
  }
}

const DEFINITIONS = [
  'Indices: ',
  Object.entries(OVERLAP_VARIANTS)
    .map(([index, variant]) => `${index} ${variant}`)
    .join(', '),
  '\nSlopes by session number within each phase: ',
  Object.entries(TREND_VARIANTS)
    .map(([method, variant]) => `${method} ${variant}`)
    .join(', '),
  '\nThey describe a change between phases, not what caused it.',
].join('')

function listed(rows: readonly { readonly id: string }[]): Answer {
  return { ok: true, json: rows, text: list(rows) }
}

function checkText(report: CheckReport): string {
  const differences = report.fields.flatMap(({ field, differences: found }) =>
    found.map(({ where, theirs, ours }) => `${field} at ${where}: ${theirs} there, ${ours} here`),
  )
  return [
    table(report.fields.map(({ differences: _shown, ...field }) => field)),
    ...differences,
    `${report.files} files: ${report.agreed} agreed, ${report.differing} differing, ${report.not_comparable} not comparable`,
  ].join('\n')
}
