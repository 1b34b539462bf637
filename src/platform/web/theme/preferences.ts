/**
 * What this device shows and speaks: theme, contrast, language. Kept in localStorage (where auth/share.ts alone keeps
 * something too), because public/start.js must read it before the first paint; it says nothing about any person.
 */
export interface Preferences {
  readonly theme?: 'light' | 'dark' | undefined
  readonly contrast?: 'more' | undefined
  readonly language?: string | undefined
}

const KEY = 'handrail.preferences'
const listeners = new Set<() => void>()
let current: Preferences | undefined

/** The choices of this device; what is not chosen follows the system. */
export function preferences(): Preferences {
  current ??= read()
  return current
}

/** Changes some choices (`undefined` = follow the system again), puts them on the page, and keeps them. */
export function setPreferences(change: Preferences): void {
  current = { ...preferences(), ...change }
  const root = document.documentElement
  if (current.theme) root.dataset['theme'] = current.theme
  else delete root.dataset['theme']
  if (current.contrast) root.dataset['contrast'] = current.contrast
  else delete root.dataset['contrast']
  try {
    localStorage.setItem(KEY, JSON.stringify(current))
  } catch {
    // storage is refused (private window): the choice holds until the page is closed
  }
  for (const listener of listeners) listener()
}

/** For useSyncExternalStore. */
export function onPreferences(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function read(): Preferences {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (typeof value !== 'object' || value === null) return {}
    return {
      theme:
        'theme' in value && (value.theme === 'light' || value.theme === 'dark') ? value.theme : undefined,
      contrast: 'contrast' in value && value.contrast === 'more' ? 'more' : undefined,
      language: 'language' in value && typeof value.language === 'string' ? value.language : undefined,
    }
  } catch {
    return {}
  }
}
