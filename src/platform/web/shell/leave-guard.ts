/**
 * What the device could not store is only on this page (F9): while there is any, the browser asks before the page is
 * left. Called by the frame around every screen.
 */
import { useEffect } from 'react'
import { useUnsent } from '../store/hooks.ts'

export function useLeaveGuard(): void {
  const onlyHere = useUnsent().some(({ problem }) => problem?.code.startsWith('device.'))
  useEffect(() => {
    if (!onlyHere) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [onlyHere])
}
