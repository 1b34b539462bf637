/**
 * When to sync: at once when there may be news, at the first pause when something was captured, again and ever more
 * rarely when it did not work, now and then when nothing happens. Runs in the leading tab; device.ts starts and stops it.
 */
import type { CycleResult } from './sync.ts'

/** Cycles begin at most this often, ms (semantics: one pull a second). */
const GAP_MS = 1_000
/** What was captured goes when nothing more came for so long, ms: a burst of taps is one request and not one a tap. */
const PAUSE_MS = 600
/** However fast they come, the first of them waits no longer than this, ms. */
const BURST_MS = 4_000
/** A quiet device looks again after this long, ms: notices get lost. */
const POLL_MS = 5 * 60_000
const BACKOFF_FIRST_MS = 2_000
const BACKOFF_LAST_MS = 5 * 60_000

export interface Runner {
  /** There may be news: the stream said so, the window came to the front. Never waits for a backoff. */
  want(): void
  /** Something was captured. Never waits for a backoff. */
  send(): void
  /** Runs a cycle now, or after the one that runs, and resolves when it ended. */
  runNow(): Promise<void>
  stop(): void
}

export function createRunner(options: {
  /** `look`: also ask for news; false = there is only something to send. */
  cycle: (signal: AbortSignal, look: boolean) => Promise<CycleResult>
  onResult: (result: CycleResult) => void
  /** A number in [0, 1). */
  random: () => number
  mono: () => number
}): Runner {
  const abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  let isWanted = false
  /** The captures that wait, by the clock. */
  let captured: { readonly first: number; readonly last: number } | null = null
  let startedAt = -Infinity
  let failures = 0

  return {
    want: () => {
      isWanted = true
      if (!running) plan()
    },
    send: () => {
      const last = options.mono()
      captured = { first: captured?.first ?? last, last }
      if (!running) plan()
    },
    runNow: async () => {
      while (running) await running
      isWanted = true
      if (!abort.signal.aborted) await run()
    },
    stop: () => {
      clearTimeout(timer)
      abort.abort()
    },
  }

  function plan(): void {
    const ready = startedAt + GAP_MS
    if (isWanted) schedule(ready - options.mono())
    else if (captured) {
      const due = Math.min(captured.last + PAUSE_MS, captured.first + BURST_MS)
      schedule(Math.max(ready, due) - options.mono())
    } else schedule(failures === 0 ? POLL_MS : backoff(failures))
  }

  function schedule(ms: number): void {
    if (abort.signal.aborted) return
    clearTimeout(timer)
    timer = setTimeout(() => void run(), Math.max(0, ms))
  }

  function run(): Promise<void> {
    clearTimeout(timer)
    if (running) return running
    // Whoever comes back after a while, or after a failure, looks as well.
    const look = isWanted || !captured || failures > 0
    isWanted = false
    captured = null
    startedAt = options.mono()
    running = attempt(look).finally(() => {
      running = null
      plan()
    })
    return running
  }

  async function attempt(look: boolean): Promise<void> {
    let result: CycleResult
    try {
      result = await options.cycle(abort.signal, look)
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
