/**
 * “A session is running”: held by every tab that would lose something by a reload (a running session on the pad).
 * While it is held anywhere on the device, no new version of the program takes over (worker/update.ts).
 */
import { useEffect } from 'react'

export const SESSION_LOCK = 'session-running'

/** Holds the lock while `running` is true and the screen is mounted. Many tabs may hold it together. */
export function useSessionRunning(running: boolean): void {
  useEffect(() => {
    if (!running || !navigator.locks) return
    const ended = Promise.withResolvers<void>()
    const asked = new AbortController()
    navigator.locks
      .request(SESSION_LOCK, { mode: 'shared', signal: asked.signal }, () => ended.promise)
      .catch((error: unknown) => {
        if (!asked.signal.aborted) throw error
      })
    return () => {
      asked.abort()
      ended.resolve()
    }
  }, [running])
}

/**
 * Runs `work` only if no session runs anywhere on this device, and lets none begin meanwhile.
 * Answers false, and does nothing, when one runs.
 */
export async function unlessSessionRuns(work: () => Promise<void>): Promise<boolean> {
  if (!navigator.locks) {
    await work()
    return true
  }
  return navigator.locks.request(SESSION_LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) return false
    await work()
    return true
  })
}
