/**
 * When to sync: at once when something happened, again and ever more rarely when it did not work, now and then when
 * nothing happens. Runs in the leading tab; device.ts starts and stops it.
 */
import type { CycleResult } from './sync.ts'

/** Cycles begin at most this often, ms (semantics: one pull a second). */
const GAP_MS = 1_000
/** A quiet device looks again after this long, ms: notices get lost. */
const POLL_MS = 5 * 60_000
const BACKOFF_FIRST_MS = 2_000
const BACKOFF_LAST_MS = 5 * 60_000

export interface Runner {
  /** Something happened: a capture, news, the window came to the front. Never waits for a backoff. */
  want(): void
  /** Runs a cycle now, or after the one that runs, and resolves when it ended. */
  runNow(): Promise<void>
  stop(): void
}

export function createRunner(options: {
  cycle: (signal: AbortSignal) => Promise<CycleResult>
  onResult: (result: CycleResult) => void
  /** A number in [0, 1). */
  random: () => number
  mono: () => number
}): Runner {
  const abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  let isWanted = false
  let startedAt = -Infinity
  let failures = 0

  return {
    want: () => {
      if (running) isWanted = true
      else schedule(Math.max(0, startedAt + GAP_MS - options.mono()))
    },
    runNow: async () => {
      while (running) await running
      if (!abort.signal.aborted) await run()
    },
    stop: () => {
      clearTimeout(timer)
      abort.abort()
    },
  }

  function schedule(ms: number): void {
    if (abort.signal.aborted) return
    clearTimeout(timer)
    timer = setTimeout(() => void run(), ms)
  }

  function run(): Promise<void> {
    clearTimeout(timer)
    if (running) return running
    isWanted = false
    startedAt = options.mono()
    running = attempt().finally(() => {
      running = null
      if (isWanted) schedule(Math.max(0, startedAt + GAP_MS - options.mono()))
      else schedule(failures === 0 ? POLL_MS : backoff(failures))
    })
    return running
  }

  async function attempt(): Promise<void> {
    let result: CycleResult
    try {
      result = await options.cycle(abort.signal)
    } catch {
      // The device cannot write: what was kept is kept, and is tried again.
      result = 'later'
    }
    if (abort.signal.aborted) return
    failures = result === 'done' ? 0 : failures + 1
    options.onResult(result)
  }

  /** Doubles, and spreads the devices of a school that lost its Wi-Fi together. */
  function backoff(n: number): number {
    return Math.min(BACKOFF_LAST_MS, BACKOFF_FIRST_MS * 2 ** (n - 1)) * (0.5 + options.random() / 2)
  }
}
