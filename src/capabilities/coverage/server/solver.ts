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

/** A thread that nobody asks for so long is ended. */
const IDLE_MS = 10 * 60_000

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
  const worker = takeWorker()
  const leave = new AbortController()
  let isWell = false
  try {
    const outcome = await new Promise<Outcome>((resolve, reject) => {
      const late = setTimeout(() => resolve({ is: 'failed', why: 'time' }), timeMs + GRACE_MS)
      leave.signal.addEventListener('abort', () => clearTimeout(late))
      worker.once('message', (answer: Outcome) => {
        isWell = true
        resolve(answer)
      })
      worker.once('error', () => resolve({ is: 'failed', why: 'thread' }))
      worker.once('exit', () => resolve({ is: 'failed', why: 'ended' }))
      signal?.addEventListener('abort', () => reject(signal.reason as Error), {
        once: true,
        signal: leave.signal,
      })
      worker.postMessage({ milp, timeMs })
    })
    return outcome
  } finally {
    leave.abort()
    forget(worker)
    if (isWell) keepWorker(worker)
    else await worker.terminate()
  }
}

/** One thread waits for the next plan, with the solver loaded and its code as fast as it has become. */
let waiting: { readonly worker: Worker; readonly end: NodeJS.Timeout } | null = null

function takeWorker(): Worker {
  const known = waiting
  waiting = null
  if (known === null) return new Worker(new URL('./solver-worker.ts', import.meta.url))
  clearTimeout(known.end)
  forget(known.worker)
  known.worker.ref()
  return known.worker
}

function keepWorker(worker: Worker): void {
  if (waiting !== null) return void worker.terminate()
  // who waits keeps no process alive, and no memory for the whole day
  worker.unref()
  const end = setTimeout(() => {
    waiting = null
    void worker.terminate()
  }, IDLE_MS).unref()
  waiting = { worker, end }
  const gone = () => {
    if (waiting?.worker === worker) waiting = null
    clearTimeout(end)
  }
  worker.once('error', gone)
  worker.once('exit', gone)
}

/** Not all listeners: the thread itself listens for its messages. */
function forget(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
}
