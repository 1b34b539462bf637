/** `handrail analyze singlecase`: the numbers of every A phase and the B phase right after it. */
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  readSingleCase,
  type SingleCasePhase,
  type SingleCaseSeries,
} from '../capabilities/progress/singlecase.ts'
import { mad, median } from '../capabilities/progress/stats/median.ts'
import { overlapOf, type Overlap } from '../capabilities/progress/stats/overlap.ts'
import { trendOf, type Point, type TrendMethod } from '../capabilities/progress/stats/trend.ts'
import type { Finding } from '../platform/core/csv.ts'
import { BadInput, isFolder, problem, readBytes } from './input.ts'

const SLOPES = ['ols', 'theil_sen', 'tukey', 'split_middle'] as const satisfies readonly TrendMethod[]
type Slope = (typeof SLOPES)[number]
type Phase = 'A' | 'B'

export type PairRow = {
  dataset: string
  case: string
  series: string
  phase_A: string
  phase_B: string
  n_A: number
  n_B: number
  improvement: 'increase' | 'decrease'
} & Overlap &
  /** Change of the value from one session number to the next, within the phase; null where there is no line. */
  Record<`${Slope}_slope_${Phase}`, number | null> &
  Record<`${'median' | 'mad'}_${Phase}`, number>

/** The series of a CSV file, or of all CSV files directly in a folder or in its folder `data`. Throws BadInput. */
export function readSeries(path: string): { series: readonly SingleCaseSeries[]; warnings: Finding[] } {
  const { fit, series, findings } = readSingleCase(csvFiles(path))
  if (!fit) throw new BadInput(findings.filter(({ severity }) => severity === 'error'))
  return { series, warnings: [...findings] }
}

export function pairRows(all: readonly SingleCaseSeries[]): PairRow[] {
  return all.flatMap((series) =>
    adjacentPairs(series).map(([before, after]): PairRow => {
      const [a, b] = [pointsOf(before), pointsOf(after)]
      const [valuesA, valuesB] = [a.map(({ y }) => y), b.map(({ y }) => y)]
      return {
        dataset: series.dataset,
        case: series.case,
        series: series.series,
        phase_A: before.label,
        phase_B: after.label,
        n_A: a.length,
        n_B: b.length,
        improvement: series.improvement,
        ...overlapOf(valuesA, valuesB, series.improvement),
        ...slopesOf('A', a),
        ...slopesOf('B', b),
        ...levelOf('A', valuesA),
        ...levelOf('B', valuesB),
      }
    }),
  )
}

/** Points with a value. Missing ones are left out before anything is computed. */
export function pointsOf(phase: SingleCasePhase): Point[] {
  return phase.points.flatMap(({ session, value }) => (value === null ? [] : [{ x: session, y: value }]))
}

/** An A phase and the B phase after it, both with a value. Nothing is paired across a phase without one. */
function adjacentPairs({ phases }: SingleCaseSeries): [SingleCasePhase, SingleCasePhase][] {
  return phases.flatMap((before, i): [SingleCasePhase, SingleCasePhase][] => {
    const after = phases[i + 1]
    if (before.condition !== 'A' || after?.condition !== 'B') return []
    return [before, after].every((phase) => pointsOf(phase).length > 0) ? [[before, after]] : []
  })
}

function slopesOf<P extends Phase>(phase: P, points: readonly Point[]) {
  return Object.fromEntries(
    SLOPES.map((method) => [`${method}_slope_${phase}`, trendOf(method, points)?.slope ?? null]),
  ) as Record<`${Slope}_slope_${P}`, number | null>
}

function levelOf<P extends Phase>(phase: P, values: readonly number[]) {
  return { [`median_${phase}`]: median(values), [`mad_${phase}`]: mad(values) } as Record<
    `${'median' | 'mad'}_${P}`,
    number
  >
}

/** A file that somebody names is a CSV file whatever its name; the reader goes by the name. */
function csvFiles(path: string): Map<string, Uint8Array> {
  if (!isFolder(path)) {
    const name = basename(path)
    return new Map([[/\.csv$/i.test(name) ? name : `${name}.csv`, readBytes(path)]])
  }
  const folder = isFolder(join(path, 'data')) ? join(path, 'data') : path
  const names = readdirSync(folder)
    .filter((name) => /\.csv$/i.test(name))
    .sort()
  if (names.length === 0)
    throw problem(basename(folder), 0, null, 'no_file', 'There is no CSV file in this folder.')
  return new Map(names.map((name) => [name, readBytes(join(folder, name))]))
}
