/** Keeps the screen on while something is timed: a locked phone neither shows nor buzzes. Where it cannot, nothing is lost. */
import { useEffect } from 'react'

export function useAwake(isOn: boolean): void {
  useEffect(() => {
    if (!isOn || !('wakeLock' in navigator)) return
    let lock: WakeLockSentinel | null = null
    let isLeft = false
    const take = async () => {
      const got = await navigator.wakeLock.request('screen').catch(() => null)
      if (isLeft) await got?.release()
      else lock = got
    }
    // the browser takes it away with the page; it is asked for again when the page is back
    const onBack = () => {
      if (document.visibilityState === 'visible') void take()
    }
    void take()
    document.addEventListener('visibilitychange', onBack)
    return () => {
      isLeft = true
      void lock?.release()
      document.removeEventListener('visibilitychange', onBack)
    }
  }, [isOn])
}
