/**
 * Registers the service worker and takes in new versions. The registration is ours because the usual one reloads
 * every tab when one of them accepts an update, and the running session of another tab is lost. Here only the
 * tab that asked reloads, and only while no session runs on the device.
 */
import { useSyncExternalStore } from 'react'
import { unlessSessionRuns } from './session-lock.ts'

const CHECK_EVERY_MS = 60 * 60 * 1000
const CHANGE_WITHIN_MS = 5000

let offered = false
const listeners = new Set<() => void>()

/** Called once at the start, after the first paint. Does nothing where there is no worker (development). */
export async function registerWorker(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const { Workbox } = await import('workbox-window')
  const worker = new Workbox('/sw.js', { updateViaCache: 'none' })
  worker.addEventListener('waiting', offer)
  // another tab took the new version: this one goes on with its own program until it is asked to reload
  if (navigator.serviceWorker.controller) navigator.serviceWorker.addEventListener('controllerchange', offer)
  // a failure to register or to look for news leaves the program as it is; the next start tries again
  worker.register().catch(() => {})
  const look = () => void worker.update().catch(() => {})
  setInterval(look, CHECK_EVERY_MS)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && look())
}

function offer(): void {
  offered = true
  for (const listener of listeners) listener()
}

/** True while a newer version than this tab's is on the device. */
export function useNewVersion(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => offered,
  )
}

/**
 * Starts the newer version in this tab: the worker changes, then this tab alone reloads.
 * Answers false when a session runs somewhere on this device; nothing happened then.
 */
export function startNewVersion(): Promise<boolean> {
  return unlessSessionRuns(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    if (registration?.waiting) {
      const changed = new Promise((done) =>
        navigator.serviceWorker.addEventListener('controllerchange', done),
      )
      const tooLong = new Promise((done) => setTimeout(done, CHANGE_WITHIN_MS))
      registration.waiting.postMessage({ type: 'SKIP_WAITING' })
      await Promise.race([changed, tooLong])
    }
    location.reload()
    // the lock is held until the page is gone
    await new Promise(() => {})
  })
}
