/**
 * Whether people with PINs share this browser today, and when it was last touched: two instants in localStorage, which
 * all tabs see, and nothing about anybody. The server alone knows who has a PIN; this only says that it is worth asking.
 * Read before anything is shown, so that a tablet that was left alone shows nothing of whoever left it.
 */
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Watched } from './idle.ts'

const SHARED = 'handrail.shared'
const TOUCHED = 'handrail.touched'
/** A tablet that nobody touches for this long locks itself. */
export const IDLE_MS = 600_000
const listeners = new Set<() => void>()

/** True until the last PIN that was chosen on this browser ends. */
export function isShared(): boolean {
  return read(SHARED) > Date.now()
}

/** A PIN was chosen here, or stands here: `left` = how long the last of them holds, ms. */
export function share(left: number): void {
  write(SHARED, Date.now() + left)
  touched()
  for (const listener of listeners) listener()
}

/** For useSyncExternalStore. */
export function onShared(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Somebody is at the tablet. */
export function touched(): void {
  if (isShared()) write(TOUCHED, Date.now())
}

/** True for a shared tablet that nobody touched for ten minutes, in any tab. */
export function isLeftAlone(): boolean {
  return isShared() && Date.now() - read(TOUCHED) >= IDLE_MS
}

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

function read(key: string): number {
  try {
    return Number(localStorage.getItem(key))
  } catch {
    return 0
  }
}

function write(key: string, instant: number): void {
  try {
    localStorage.setItem(key, String(instant))
  } catch {
    // storage is refused (private window): nobody shares a window that forgets
  }
}
