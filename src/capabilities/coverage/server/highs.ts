/**
 * Goal after goal through HiGHS: each is solved, held as a row, and the next one follows. A goal that the solution before
 * reaches already is held without solving. Runs in the worker of solver.ts; tests and the benchmark call it directly.
 */
import type { Highs, Model } from 'highs'
import { valueOf, type Goal, type Milp } from '../milp.ts'
import { piecesOf } from '../pieces.ts'

export type Outcome =
  | { readonly is: 'solved'; readonly solution: readonly number[]; readonly solves: number }
  /** Out of time, or the solver gave up. */
  | { readonly is: 'failed'; readonly why: string }

const INTEGER = 1
/** How far from a whole number the relaxation may be to count as one. */
const TOLERANCE = 1e-6
/** Of a soft goal: within a quarter of the best, or what the root of the search finds. */
const SOFT_GAP = 0.25
const SOFT_NODES = 1
const SOFT_MS = 200
const ANY_NODES = 2 ** 31 - 1

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
    model.options.set({ output_flag: false, mip_abs_gap: 0.5 })
    let solution: readonly number[] = []
    let solves = 0
    for (const goal of milp.goals) {
      if (goal.columns.length === 0) continue
      if (solves === 0 || valueOf(goal, solution) !== goal.bound) {
        model.changeColsCost({ kind: 'range', from: 0, to: columns - 1 }, costsOf(goal, columns))
        const before = solves === 0 ? null : solution
        const found = wholeSolution(highs, model, { columns, until, before, soft: goal.soft === true })
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
  readonly columns: number
  readonly until: number
  /** The solution of the goal before, which is one of this goal too. */
  readonly before: readonly number[] | null
  /** A good solution will do: the best of them need not be proven. */
  readonly soft: boolean
}

/**
 * The corners of the relaxation are whole numbers for most days (who does what in one period is an assignment problem),
 * and it starts from the goal before; only where they are not, whole numbers are asked for. Returns why there is none.
 */
function wholeSolution(highs: Highs, model: Model, search: Search): readonly number[] | string {
  const { columns, until, before, soft } = search
  const relaxed = run(highs, model, until, false)
  if (typeof relaxed === 'string' || relaxed.every(isWhole)) return rounded(relaxed)
  const all = { kind: 'range', from: 0, to: columns - 1 } as const
  model.changeColsIntegrality(all, new Int32Array(columns).fill(INTEGER))
  model.options.set({
    mip_rel_gap: soft ? SOFT_GAP : 0,
    mip_max_nodes: soft && before ? SOFT_NODES : ANY_NODES,
  })
  if (before) model.setSolution({ colValue: Float64Array.from(before) })
  const isSoft = soft && before !== null
  const whole = run(highs, model, isSoft ? Math.min(until, performance.now() + SOFT_MS) : until, isSoft)
  model.clearIntegrality()
  // whoever is served is known by now, and a plan that is good enough is better than none
  return typeof whole === 'string' && isSoft ? before : rounded(whole)
}

function run(highs: Highs, model: Model, until: number, isGoodEnough: boolean): readonly number[] | string {
  const left = until - performance.now()
  if (left <= 0) return 'time'
  model.zeroAllClocks()
  model.options.set('time_limit', left / 1000)
  model.run()
  const { optimal, solutionLimit } = highs.constants.modelStatus
  const status = model.getModelStatus()
  if (status !== optimal && !(isGoodEnough && status === solutionLimit)) return `status ${status}`
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
