/** The thread in which a plan is searched for: one model in, one outcome out. Started by solver.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import loadHighs from 'highs'
import type { Milp } from '../milp.ts'
import { solveGoals, type Outcome } from './highs.ts'

const { milp, timeMs } = workerData as { milp: Milp; timeMs: number }
let outcome: Outcome
try {
  outcome = solveGoals(await loadHighs(), milp, timeMs)
} catch (error) {
  outcome = { is: 'failed', why: error instanceof Error ? error.name : 'error' }
}
parentPort?.postMessage(outcome)
