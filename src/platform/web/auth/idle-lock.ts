/** The lock of a shared tablet for the shell, which loads what watches it (idle.ts) only where a tablet is shared. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Watched } from './idle.ts'
import { isLeftAlone, isShared, onShared } from './shared.ts'

/** Locks a shared tablet that is left alone. True while it was left before this page was opened, and is being asked about. */
export function useIdleLock({ person, device, leave }: Omit<Watched, 'onFree'>): boolean {
  const shared = useSyncExternalStore(onShared, isShared)
  const [held, setHeld] = useState(isLeftAlone)
  useEffect(() => {
    if (!shared) return
    const onFree = () => setHeld(false)
    const stop = import('./idle.ts').then(({ watch }) => watch({ person, device, leave, onFree }))
    stop.catch(onFree)
    return () => void stop.then((end) => end()).catch(() => {})
  }, [shared, person, device, leave])
  return held
}
