/**
 * The district's time for screens. Always from the device's clock port, which a demo school shifts and tests move;
 * never from the browser directly.
 */
import { useSyncExternalStore } from 'react'
import { useDevice } from './hooks.ts'

const TICK_MS = 1000

/**
 * The wall clock in ms, rounded down to whole `everyMs`: a screen renders again when that changes, also when the
 * demo clock is moved or the device wakes up.
 */
export function useNow(everyMs: number): number {
  const device = useDevice()
  const subscribe = (listener: () => void) => {
    const unsubscribe = device.subscribe(listener)
    const timer = setInterval(listener, Math.min(TICK_MS, everyMs))
    document.addEventListener('visibilitychange', listener)
    return () => {
      unsubscribe()
      clearInterval(timer)
      document.removeEventListener('visibilitychange', listener)
    }
  }
  return useSyncExternalStore(subscribe, () => Math.floor(device.clock.now() / everyMs) * everyMs)
}
