/** The thread in which plans are searched for: a model in, an outcome out, one after another. Started by solver.ts. */
import { parentPort } from 'node:worker_threads'
import type { Milp } from '../milp.ts'
import { openHighs, solveGoals, type Outcome } from './highs.ts'

const opened = openHighs()
// who asks is told
opened.catch(() => {})
parentPort?.on('message', (asked: { milp: Milp; timeMs: number }) => {
  void opened
    .then((highs) => solveGoals(highs, asked.milp, asked.timeMs))
    .catch((error: unknown): Outcome => ({
      is: 'failed',
      why: error instanceof Error ? error.name : 'error',
    }))
    .then((outcome) => parentPort?.postMessage(outcome))
})
