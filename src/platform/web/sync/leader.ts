/**
 * One tab syncs for all: the one that holds the Web Lock. A tab that is closed or killed loses the lock at once; one
 * that is frozen keeps it and does nothing, so the leader also beats, and a tab that hears no beat takes the lock
 * from it (F6). Two leaders for a moment do no harm: the server takes a record once, and the store refuses what
 * was prepared for an older line. Called by device.ts.
 */
import type { Tabs } from './tabs.ts'

export interface Election {
  stop(): void
}

/** Starts to stand for election; `onChange` tells each time this tab begins or ceases to lead. */
export type Elect = (onChange: (isLeading: boolean) => void) => Election

export function electByLock(options: {
  name: string
  tabs: Tabs
  locks: LockManager
  /** How often the leader beats, ms. */
  beatMs?: number
  /** How many of its own beats a follower waits without hearing one. */
  patience?: number
}): Elect {
  const { name, tabs, locks, beatMs = 2_000, patience = 5 } = options
  return (onChange) => {
    let isStopped = false
    let isLeading = false
    let missed = 0
    let waiting = new AbortController()
    let release = () => {}

    // A follower that was frozen itself counts its own ticks, not the time, before it calls the leader dead.
    const beat = setInterval(() => {
      if (isLeading) return tabs.post({ type: 'beat' })
      missed += 1
      if (missed >= patience) {
        missed = 0
        waiting.abort()
        void stand(true)
      }
    }, beatMs)
    tabs.listen((message) => {
      if (message.type === 'beat') missed = 0
    })
    void stand(false)

    return {
      stop: () => {
        isStopped = true
        clearInterval(beat)
        waiting.abort()
        release()
      },
    }

    async function stand(steal: boolean): Promise<void> {
      waiting = new AbortController()
      const mine = waiting
      try {
        await locks.request(name, steal ? { steal } : { signal: mine.signal }, async () => {
          if (isStopped) return
          lead(true)
          await new Promise<void>((resolve) => {
            release = resolve
          })
        })
      } catch (error) {
        // Stolen from us while we slept, or given up while waiting; anything else would fail again at once.
        if (!(error instanceof DOMException && error.name === 'AbortError')) await sleep(beatMs)
      }
      lead(false)
      if (!isStopped && mine === waiting && !mine.signal.aborted) void stand(false)
    }

    function lead(now: boolean): void {
      if (isLeading === now) return
      isLeading = now
      missed = 0
      if (now) tabs.post({ type: 'beat' })
      onChange(now)
    }
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Where there are no Web Locks (a page that is not served securely) every tab leads. */
export const electAll: Elect = (onChange) => {
  queueMicrotask(() => onChange(true))
  return { stop: () => {} }
}
