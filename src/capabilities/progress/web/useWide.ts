/** Whether there is room for a list beside its detail. */
import { useSyncExternalStore } from 'react'

const wide = '(min-width: 1000px)'

export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(wide).matches)
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(wide)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
