/**
 * The district's time for screens. Always from the device's clock port, which a demo school shifts and tests move;
 * never from the browser directly.
 */
import { useSyncExternalStore } from 'react'
import type { Clock } from '../../core/clock.ts'
import { useDevice } from './hooks.ts'

const TICK_MS = 1000

/**
 * What `read` makes of the clock, asked once a second: a screen renders again when the answer is another one, also
 * when the demo clock is moved or the device wakes up. The answer is a primitive.
 */
export function useClock<T extends number | string | boolean>(read: (clock: Clock) => T): T {
  const device = useDevice()
  const subscribe = (listener: () => void) => {
    const unsubscribe = device.subscribe(listener)
    // a tap that is about to be told tells this listener too
    const timer = setInterval(() => device.isAboutToTell() || listener(), TICK_MS)
    document.addEventListener('visibilitychange', listener)
    return () => {
      unsubscribe()
      clearInterval(timer)
      document.removeEventListener('visibilitychange', listener)
    }
  }
  return useSyncExternalStore(subscribe, () => read(device.clock))
}

/** The wall clock in ms, rounded down to whole `everyMs`. */
export function useNow(everyMs: number): number {
  return useClock((clock) => Math.floor(clock.now() / everyMs) * everyMs)
}
