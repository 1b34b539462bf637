/**
 * The solver behind a door: in a thread of its own, so that the server answers meanwhile; within a time; one at a time a
 * district. Whatever goes wrong is a problem that tells the coordinator to assign by hand, never a crash.
 */
import { Worker } from 'node:worker_threads'
import { Problem } from '../../../platform/server/problems.ts'
import type { Milp } from '../milp.ts'
import type { Outcome } from './highs.ts'

/** A coordinator waits for it at 06:20; a plan of a large school takes 2 s. */
const TIME_MS = 15_000
/** How long the thread may take to say that its time is over, before it is ended. */
const GRACE_MS = 2_000

const running = new Map<string, Promise<unknown>>()

/** Solves; waits for what the district has under way. Throws `coverage.no_plan`, and the signal's reason when aborted. */
export async function solve(
  district: string,
  milp: Milp,
  { timeMs = TIME_MS, signal }: { timeMs?: number; signal?: AbortSignal } = {},
): Promise<readonly number[]> {
  const before = running.get(district) ?? Promise.resolve()
  const turn = before.then(() => inThread(milp, timeMs, signal))
  const done = turn.catch(() => {})
  running.set(district, done)
  try {
    const outcome = await turn
    if (outcome.is === 'failed') throw new Problem('coverage.no_plan')
    return outcome.solution
  } finally {
    if (running.get(district) === done) running.delete(district)
  }
}

async function inThread(milp: Milp, timeMs: number, signal?: AbortSignal): Promise<Outcome> {
  signal?.throwIfAborted()
  const worker = new Worker(new URL('./solver-worker.ts', import.meta.url), { workerData: { milp, timeMs } })
  try {
    return await new Promise<Outcome>((resolve, reject) => {
      const late = setTimeout(() => resolve({ is: 'failed', why: 'time' }), timeMs + GRACE_MS)
      worker.once('message', (outcome: Outcome) => resolve(outcome))
      worker.once('error', () => resolve({ is: 'failed', why: 'thread' }))
      worker.once('exit', () => {
        clearTimeout(late)
        resolve({ is: 'failed', why: 'ended' })
      })
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    })
  } finally {
    await worker.terminate()
  }
}
