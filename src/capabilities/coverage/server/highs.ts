/**
 * Goal after goal through HiGHS: each is solved, held as a row, and the next one follows. A goal that the solution before
 * reaches already is held without solving. Runs in the worker of solver.ts; tests and the benchmark call it directly.
 */
import { setFlagsFromString } from 'node:v8'
import loadHighs, { type Highs, type Model } from 'highs'
import { valueOf, type Goal, type Milp } from '../milp.ts'
import { piecesOf } from '../pieces.ts'

export type Outcome =
  | { readonly is: 'solved'; readonly solution: readonly number[]; readonly solves: number }
  /** Out of time, or the solver gave up. */
  | { readonly is: 'failed'; readonly why: string }

const INTEGER = 1
/** How far from a whole number the relaxation may be to count as one. */
const TOLERANCE = 1e-6
/**
 * What HiGHS does besides branching costs more than it saves here: a piece is small, and a good solution is known before
 * whole numbers are asked for. None of it changes which solutions are best.
 */
const OPTIONS = {
  output_flag: false,
  mip_abs_gap: 0.5,
  mip_rel_gap: 0,
  presolve: 'off',
  mip_heuristic_effort: 0,
  mip_heuristic_run_feasibility_jump: false,
  mip_heuristic_run_zi_round: false,
  mip_heuristic_run_shifting: false,
  mip_heuristic_run_rins: false,
  mip_heuristic_run_rens: false,
  mip_heuristic_run_root_reduced_cost: false,
} as const

/**
 * The first plan of a process spent as long on optimizing the solver's code as on solving, which pays only from the next
 * one on. With this budget (V8's own is 13 million) a function is optimized once it has run for about a plan.
 */
const TIERING_BUDGET = 300_000_000

export async function openHighs(): Promise<Highs> {
  setFlagsFromString(`--wasm-tiering-budget=${TIERING_BUDGET}`)
  return loadHighs()
}

/**
 * Solves a model within a time, ms. What has nothing to do with each other (mostly: one period and the next) is solved
 * apart, which changes nothing of the result: the goals are sums. Throws nothing of its own; HiGHS throws where a model is
 * malformed.
 */
export function solveGoals(highs: Highs, milp: Milp, timeMs: number): Outcome {
  const until = performance.now() + timeMs
  const solution = milp.upper.map(() => 0)
  let solves = 0
  for (const { milp: piece, columns } of piecesOf(milp)) {
    const outcome = solvePiece(highs, piece, until)
    if (outcome.is === 'failed') return outcome
    columns.forEach((column, n) => (solution[column] = outcome.solution[n] ?? 0))
    solves += outcome.solves
  }
  return { is: 'solved', solution, solves }
}

function solvePiece(highs: Highs, milp: Milp, until: number): Outcome {
  const columns = milp.upper.length
  const model = highs.createModel(modelOf(highs, milp))
  try {
    model.options.set(OPTIONS)
    let solution: readonly number[] = []
    let solves = 0
    for (const goal of milp.goals) {
      if (goal.columns.length === 0) continue
      if (solves === 0 || valueOf(goal, solution) !== goal.bound) {
        model.changeColsCost({ kind: 'range', from: 0, to: columns - 1 }, costsOf(goal, columns))
        const before = solves === 0 ? null : solution
        const found = wholeSolution(highs, model, { goal, upper: milp.upper, until, before })
        if (typeof found === 'string') return { is: 'failed', why: found }
        solution = found
        solves++
      }
      const value = valueOf(goal, solution)
      const row = { indices: Int32Array.from(goal.columns), values: Float64Array.from(goal.values) }
      if (goal.sense === 'max') model.addRow(value, highs.infinity, row)
      else model.addRow(-highs.infinity, value, row)
    }
    return { is: 'solved', solution: solves === 0 ? milp.upper.map(() => 0) : solution, solves }
  } finally {
    model.dispose()
  }
}

interface Search {
  readonly goal: Goal
  readonly upper: readonly number[]
  readonly until: number
  /** The solution of the goal before, which is one of this goal too. */
  readonly before: readonly number[] | null
}

/**
 * The corners of the relaxation are whole numbers for most days (who does what in one period is an assignment problem),
 * and it starts from the goal before. Where some are not, whole numbers are asked for among those first, and the others
 * stay as the relaxation has them. As good as the relaxation, up to the step in which the goal counts, is the best there
 * is; of a soft goal, close to it is good enough. Only where it is neither, all are asked for. Returns why there is none.
 */
function wholeSolution(highs: Highs, model: Model, search: Search): readonly number[] | string {
  const { goal, upper, until, before } = search
  const relaxed = run(highs, model, until)
  if (typeof relaxed === 'string' || relaxed.every(isWhole)) return rounded(relaxed)
  const bound = boundOf(goal, relaxed)
  const all = { kind: 'range', from: 0, to: upper.length - 1 } as const
  const none = new Float64Array(upper.length)
  model.changeColsIntegrality(all, new Int32Array(upper.length).fill(INTEGER))
  const isKept = (value: number, n: number) =>
    isWhole(value) && (before === null || Math.round(value) === before[n])
  const kept = (free: readonly number[] | Float64Array) =>
    Float64Array.from(relaxed, (value, n) => (isKept(value, n) ? Math.round(value) : (free[n] ?? 0)))
  model.changeColsBounds(all, kept(none), kept(upper))
  const near = rounded(run(highs, model, until))
  model.changeColsBounds(all, none, Float64Array.from(upper))
  const best = better(goal, near, before)
  const isEnough = best !== null && (goal.soft === true || valueOf(goal, best) === bound)
  if (!isEnough && best) model.setSolution({ colValue: Float64Array.from(best) })
  const found = isEnough ? best : rounded(run(highs, model, until))
  model.clearIntegrality()
  return found
}

/** The value that no solution in whole numbers passes: the relaxation's, up to the step in which the goal counts. */
function boundOf(goal: Goal, relaxed: readonly number[]): number {
  const value = goal.columns.reduce(
    (sum, column, n) => sum + (relaxed[column] ?? 0) * (goal.values[n] ?? 0),
    0,
  )
  const step = goal.values.reduce(commonDivisor, 0) || 1
  const steps = value / step
  return step * (goal.sense === 'max' ? Math.floor(steps + TOLERANCE) : Math.ceil(steps - TOLERANCE))
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : commonDivisor(b, a % b)
}

function better(
  goal: Goal,
  one: readonly number[] | string,
  other: readonly number[] | null,
): readonly number[] | null {
  if (typeof one === 'string') return other
  if (other === null) return one
  const isBetter =
    goal.sense === 'max'
      ? valueOf(goal, one) > valueOf(goal, other)
      : valueOf(goal, one) < valueOf(goal, other)
  return isBetter ? one : other
}

function run(highs: Highs, model: Model, until: number): readonly number[] | string {
  const left = until - performance.now()
  if (left <= 0) return 'time'
  model.zeroAllClocks()
  model.options.set('time_limit', left / 1000)
  model.run()
  const status = model.getModelStatus()
  if (status !== highs.constants.modelStatus.optimal) return `status ${status}`
  return [...model.getSolution().colValue]
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < TOLERANCE
}

function rounded(found: readonly number[] | string): readonly number[] | string {
  return typeof found === 'string' ? found : found.map(Math.round)
}

/** The columns and rows, without a goal yet. */
function modelOf(highs: Highs, { upper, rows }: Milp) {
  const starts = new Int32Array(rows.length + 1)
  rows.forEach((row, n) => (starts[n + 1] = (starts[n] ?? 0) + row.columns.length))
  const none = new Float64Array(upper.length)
  return {
    numCols: upper.length,
    numRows: rows.length,
    sense: highs.constants.objectiveSense.minimize,
    colCost: none,
    colLower: none,
    colUpper: Float64Array.from(upper),
    rowLower: Float64Array.from(rows, (row) => row.lower),
    rowUpper: Float64Array.from(rows, (row) => row.upper),
    matrix: {
      format: 'csr',
      numRows: rows.length,
      numCols: upper.length,
      starts,
      indices: Int32Array.from(rows.flatMap((row) => row.columns)),
      values: Float64Array.from(rows.flatMap((row) => row.values)),
    },
  } as const
}

/** HiGHS minimizes. */
function costsOf(goal: Goal, columns: number): Float64Array {
  const costs = new Float64Array(columns)
  goal.columns.forEach((column, n) => {
    costs[column] = (goal.sense === 'max' ? -1 : 1) * (goal.values[n] ?? 0)
  })
  return costs
}
