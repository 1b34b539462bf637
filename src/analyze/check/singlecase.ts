/** Reference values of single-case data: `data/*.csv` beside `reference/*.json`, and files of pairs without phases. */
import { basename } from 'node:path'
import { z } from 'zod'
import type { SingleCaseSeries } from '../../capabilities/progress/singlecase.ts'
import { mad, median } from '../../capabilities/progress/stats/median.ts'
import { overlapOf } from '../../capabilities/progress/stats/overlap.ts'
import { trendOf, type Point } from '../../capabilities/progress/stats/trend.ts'
import { entriesOf, listOf, problem, readJson } from '../input.ts'
import { pairRows, pointsOf, readSeries, type PairRow } from '../singlecase.ts'
import { compareLeaves, type Ours, type Reasons } from './leaves.ts'
import { Ledger } from './ledger.ts'

/** Every reference file of a folder against the numbers of its data. Throws BadInput. */
export function checkSingleCase(ledger: Ledger, folder: string, references: readonly string[]): void {
  const { series } = readSeries(folder)
  for (const path of references) {
    const read = Reference.safeParse(readJson(path))
    if (!read.success) throw problem(basename(path), 0, null, 'shape', 'This is no file of reference values.')
    for (const theirs of read.data.series) {
      const where = [read.data.dataset, theirs.case, theirs.series].join(' / ')
      const ours = series.find(
        (one) =>
          one.dataset === read.data.dataset && one.case === theirs.case && one.series === theirs.series,
      )
      if (!ours) throw problem(basename(path), 0, 'series', 'no_data', `There are no data of ${where}.`)
      checkPhases(ledger, where, theirs, ours)
      checkPairs(ledger, where, theirs, ours)
    }
  }
}

/** A list of { id, A, B, improvement } with `expected` or `published` indices. Throws BadInput. */
export function checkVectors(ledger: Ledger, path: string): void {
  const json = readJson(path)
  const list = Array.isArray(json)
    ? json
    : z.looseObject({ cases: z.unknown().optional() }).safeParse(json).data?.cases
  const section = basename(path)
  for (const { id, A, B, improvement, expected, published } of entriesOf(section, list, Vector)) {
    const reference = expected ?? published ?? {}
    const ours = (b: readonly number[]): Ours => {
      const { nap, tau, tau_u, tau_bc, pnd, pem } = overlapOf(A, b, improvement)
      const named = { NAP: nap, Tau: tau, Tau_U: tau_u, Tau_BC: tau_bc, PND: pnd, PEM: pem }
      return new Map(Object.entries(named).map(([key, value]) => [expected ? `${key}.Est` : key, value]))
    }
    const against = (b: readonly number[], to: Ledger): void =>
      compareLeaves(to, { section, where: id }, reference, ours(b), REASONS)
    const agrees = (b: readonly number[]): boolean => {
      const trial = new Ledger()
      against(b, trial)
      return trial.report().every(({ differing }) => differing === 0)
    }
    if (!agrees(B) && untied(A, B).some(agrees)) ledger.skip(`${section}.${id}`, PRINTED_TIE)
    else against(B, ledger)
  }
}

/** Values are printed with fifteen digits: 0.1 + 0.2 and 0.3, which differ, are both written 0.3. */
const PRINTED_TIE = 'the reference was computed before a tie came about by printing its values'

/** B with one value that ties with one of A moved by the last bit, upwards or downwards. */
function untied(a: readonly number[], b: readonly number[]): number[][] {
  return b.flatMap((value, i) =>
    a.includes(value) ? [1, -1].map((way) => b.with(i, value * (1 + way * Number.EPSILON))) : [],
  )
}

const values = listOf(z.number())
const leaves = z.looseObject({})
const label = z.looseObject({ phase: z.string(), condition: z.string() })
const pair = z.looseObject({ phase_A: z.string(), phase_B: z.string(), A: values, B: values })
const Reference = z.looseObject({
  dataset: z.string(),
  series: z.array(
    z.looseObject({
      case: z.string(),
      series: z.string(),
      phases: listOf(label),
      pairs: listOf(pair),
      whole_series_trend_by_session: z.unknown().optional(),
    }),
  ),
})
type ReferenceSeries = z.infer<typeof Reference>['series'][number]

const Vector = z.looseObject({
  id: z.string(),
  A: values,
  B: values,
  improvement: z.literal(['increase', 'decrease']),
  expected: leaves.optional(),
  published: leaves.optional(),
})

/** Where a definition differs from the product's, or the product has no such number. */
const REASONS: Reasons = [
  [
    /^scan\.pem/,
    'scan gives no half credit for a tie with the baseline median; ours is that of SingleCaseES',
  ],
  [/^scan\.tau_u_complete/, 'another divisor; ours is method parker with tau-a'],
  [/^scan\.tau_u_parker_taub/, 'corrected for ties; ours is tau-a'],
  [/^scan\.tau_u_parker_taua/, 'another combination of trends, or a number on the way'],
  [/^scan\.corrected_tau/, 'corrected only after a test; ours is corrected always'],
  [/Tau_BC_Kendall/, 'corrected for ties; ours is not'],
  [/\.(SE|CI_lower|CI_upper)$/, 'no standard errors or intervals: published calculators disagree on them'],
  [
    /^SCVA_split_middle_SM/,
    'two lines for an odd number of points; ours leaves the middle point out, or no line',
  ],
  [/^SCVA_tri_split_RTL\.intercept/, 'mean over the groups; ours is the median residual'],
  [
    /^SCVA_tri_split_RTL/,
    'counted off by hand; with one point over a multiple of three our groups are larger',
  ],
  [/siegel/, 'another estimator: repeated medians'],
  [/ols_(r2|slope_se)/, 'no measures of fit: a trend is shown with its points and no test'],
]

function checkPhases(ledger: Ledger, where: string, theirs: ReferenceSeries, ours: SingleCaseSeries): void {
  ledger.compare('phases.count', where, theirs.phases.length, ours.phases.length)
  for (const [i, reference] of theirs.phases.entries()) {
    const phase = ours.phases[i]
    if (!phase) continue
    const here = `${where} / ${reference.phase}`
    ledger.compare('phases.phase', here, reference.phase, phase.label)
    const points = pointsOf(phase)
    const ys = points.map(({ y }) => y)
    const mine = new Map<string, number | null>([
      ['n_rows', phase.points.length],
      ['n', points.length],
      ['first_session', points[0]?.x ?? null],
      ['last_session', points.at(-1)?.x ?? null],
      ['min', Math.min(...ys)],
      ['max', Math.max(...ys)],
      ['median', median(ys)],
      ['mad_raw', mad(ys)],
      ...trends('trend_by_session.', points),
      ...trends('trend_by_index.', byIndex(points)),
    ])
    compareLeaves(ledger, { section: 'phases', where: here }, reference, mine, REASONS)
  }
  const all = ours.phases.flatMap(pointsOf)
  const whole = new Map(trends('', all))
  const place = { section: 'whole_series_trend_by_session', where }
  compareLeaves(ledger, place, theirs.whole_series_trend_by_session, whole, REASONS)
}

function checkPairs(ledger: Ledger, where: string, theirs: ReferenceSeries, series: SingleCaseSeries): void {
  const rows = pairRows([series])
  ledger.compare('pairs.count', where, theirs.pairs.length, rows.length)
  for (const [i, reference] of theirs.pairs.entries()) {
    const row = rows[i]
    if (!row) continue
    const here = `${where} / ${reference.phase_A}–${reference.phase_B}`
    ledger.compare('pairs.phase_A', here, reference.phase_A, row.phase_A)
    ledger.compare('pairs.phase_B', here, reference.phase_B, row.phase_B)
    const mine = new Map([...pairNumbers(row), ...halvesByIndex(reference), ...thirdsByIndex(reference)])
    compareLeaves(ledger, { section: 'pairs', where: here }, reference, mine, REASONS)
  }
}

function pairNumbers(row: PairRow): Ours {
  // scan does not turn Tau-U around where a decrease is wanted.
  const sign = row.improvement === 'increase' ? 1 : -1
  const times = (value: number | null, by: number): number | null => (value === null ? null : value * by)
  return new Map([
    ['n_A', row.n_A],
    ['n_B', row.n_B],
    ['SingleCaseES.NAP.Est', row.nap],
    ['SingleCaseES.Tau.Est', row.tau],
    ['SingleCaseES.Tau_U.Est', row.tau_u],
    ['SingleCaseES.Tau_BC.Est', row.tau_bc],
    ['SingleCaseES.PND.Est', row.pnd],
    ['SingleCaseES.PEM.Est', row.pem],
    ['scan.nap.NAP', times(row.nap, 100)],
    ['scan.nap.NAP Rescaled', times(row.tau, 100)],
    ['scan.pnd', times(row.pnd, 100)],
    ['scan.tau_u_parker_taua.A vs. B.Tau', times(row.tau, sign)],
    ['scan.tau_u_parker_taua.A vs. B - Trend A.Tau', times(row.tau_u, sign)],
    ['level.median_A', row.median_A],
    ['level.median_B', row.median_B],
  ])
}

/** Lines of SCVA have x = 1, 2, … over A and then B. With an odd number of points it has two, under other names. */
function halvesByIndex({ A, B }: z.infer<typeof pair>): [string, number | null][] {
  return sidesByIndex(A, B).flatMap(({ side, points }): [string, number | null][] => [
    [`SCVA_split_middle_SM.slope${side}`, trendOf('split_middle', points)?.slope ?? null],
    [`SCVA_split_middle_SM.intercept${side}`, trendOf('quarter_intersect', points)?.intercept ?? null],
  ])
}

/** Counted off by hand, so the same groups as ours unless one point is left over. */
function thirdsByIndex({ A, B }: z.infer<typeof pair>): [string, number | null][] {
  return sidesByIndex(A, B)
    .filter(({ points }) => points.length % 3 !== 1)
    .map(({ side, points }) => [`SCVA_tri_split_RTL.slope${side}`, trendOf('tukey', points)?.slope ?? null])
}

function sidesByIndex(a: readonly number[], b: readonly number[]) {
  return [
    { side: 'A', points: a.map((y, i) => ({ x: i + 1, y })) },
    { side: 'B', points: b.map((y, i) => ({ x: a.length + i + 1, y })) },
  ]
}

function trends(prefix: string, points: readonly Point[]): [string, number | null][] {
  const ols = trendOf('ols', points)
  const theilSen = trendOf('theil_sen', points)
  const tukey = trendOf('tukey', points)
  return (
    [
      ['ols_slope', ols?.slope],
      ['ols_intercept', ols?.intercept],
      ['theil_sen_slope_mblm', theilSen?.slope],
      ['theil_sen_intercept_mblm', theilSen?.intercept],
      ['theil_sen_slope_pairmedian', theilSen?.slope],
      ['tukey_resistant_line_slope_stats_line', tukey?.slope],
      ['tukey_resistant_line_intercept_stats_line', tukey?.intercept],
    ] as const
  ).map(([key, value]) => [`${prefix}${key}`, value ?? null])
}

function byIndex(points: readonly Point[]): Point[] {
  return points.map(({ y }, i) => ({ x: i + 1, y }))
}
