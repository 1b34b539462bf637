/** Says that people with PINs share this browser, and that somebody is at it. Read by shared.ts. */
import { isShared, KEYS, listeners } from './shared.ts'

/** A PIN was chosen here, or stands here: `left` = how long the last of them holds, ms. */
export function share(left: number): void {
  write(KEYS.until, Date.now() + left)
  touched()
  for (const listener of listeners) listener()
}

/** Somebody is at the tablet. */
export function touched(): void {
  if (isShared()) write(KEYS.touched, Date.now())
}

function write(key: string, instant: number): void {
  try {
    localStorage.setItem(key, String(instant))
  } catch {
    // storage is refused (private window): nobody shares a window that forgets
  }
}
