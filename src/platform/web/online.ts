/**
 * An answer of the server that keeps itself fresh while its screen is open: for roles that hold no students on their
 * device. Asked again on the live channel's news, on the way back to the page, and each minute. What was read stays
 * on the screen when the network goes, and the screen says so.
 */
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { ask, Refused } from './http.ts'
import { useFlight } from './store/hooks.ts'
import { openLive } from './sync/live.ts'

const EVERY_MS = 60_000
/** News often come in twos and threes: they are waited for together. */
const TOGETHER_MS = 300

export interface Online<T> {
  /** The last answer; null while there is none. */
  readonly value: T | null
  /** `asking`: no answer yet. `gone`: the server says that there is nothing here for this person. */
  readonly status: 'asking' | 'fresh' | 'offline' | 'gone'
}

/** Asks for `path` as long as it is not null. */
export function useOnline<T>(schema: z.ZodType<T>, path: `/api/${string}` | null): Online<T> {
  const flight = useFlight()
  const [answer, setAnswer] = useState<Online<T> & { path: string | null }>({ ...NOTHING, path })

  useEffect(() => {
    if (path === null || flight) return
    return keepAsking(async (signal) => {
      try {
        const value = await ask(schema, path, { signal })
        setAnswer({ value, status: 'fresh', path })
      } catch (error) {
        if (signal.aborted) return
        const gone = error instanceof Refused && error.status === 404
        setAnswer((before) => ({
          value: gone || before.path !== path ? null : before.value,
          status: gone ? 'gone' : 'offline',
          path,
        }))
      }
    })
  }, [schema, path, flight])

  const own = answer.path === path ? answer : NOTHING
  return flight ? { value: own.value, status: 'offline' } : own
}

const NOTHING = { value: null, status: 'asking' } as const

/** Asks now, and again whenever there is a reason to. Returns the end of it. */
function keepAsking(asking: (signal: AbortSignal) => Promise<void>): () => void {
  const abort = new AbortController()
  const { signal } = abort
  let soon: ReturnType<typeof setTimeout> | undefined
  const again = () => {
    clearTimeout(soon)
    soon = setTimeout(() => void asking(signal), TOGETHER_MS)
  }
  const live = openLive({ url: '/api/live', open: (url) => new EventSource(url), onNews: again })
  const timer = setInterval(() => document.visibilityState === 'visible' && again(), EVERY_MS)
  window.addEventListener('online', again, { signal })
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && again(), {
    signal,
  })
  void asking(signal)
  return () => {
    abort.abort()
    clearTimeout(soon)
    clearInterval(timer)
    live.close()
  }
}
