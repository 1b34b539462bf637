/**
 * Whether people with PINs share this browser today, and when it was last touched: two instants in localStorage, which
 * all tabs see, and nothing about anybody. The server alone knows who has a PIN; this only says that it is worth asking.
 * Read before anything is shown, so that a tablet that was left alone shows nothing of whoever left it. Written by
 * share.ts.
 */

/** Until when, ms, and when it was last touched, ms. */
export const KEYS = { until: 'handrail.shared', touched: 'handrail.touched' }
/** A tablet that nobody touches for this long locks itself. */
const IDLE_MS = 600_000
export const listeners = new Set<() => void>()

/** True until the last PIN that was chosen on this browser ends. */
export function isShared(): boolean {
  return read(KEYS.until) > Date.now()
}

/** For useSyncExternalStore. */
export function onShared(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** True for a shared tablet that nobody touched for ten minutes, in any tab. */
export function isLeftAlone(): boolean {
  return isShared() && Date.now() - read(KEYS.touched) >= IDLE_MS
}

function read(key: string): number {
  try {
    return Number(localStorage.getItem(key))
  } catch {
    return 0
  }
}
