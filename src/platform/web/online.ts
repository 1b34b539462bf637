/**
 * An answer of the server that keeps itself fresh while its screen is open: for roles that hold no students on their
 * device. Asked again on the live channel's news, on the way back to the page, and each minute. What was read stays
 * on the screen when the network goes, and the screen says so.
 */
import { useCallback, useEffect, useRef, useState } from 'react'
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

export interface Asked<T> extends Online<T> {
  /** Asks again at once, after an act of one's own; ends when the answer is on the screen. Never throws. */
  readonly again: () => Promise<void>
}

/** Asks for `path` as long as it is not null. What was asked later is what holds, whichever answer comes first. */
export function useOnline<T>(schema: z.ZodType<T>, path: `/api/${string}` | null): Asked<T> {
  const flight = useFlight()
  const [answer, setAnswer] = useState<Online<T> & { path: string | null }>({ ...NOTHING, path })
  const asking = useRef<(() => Promise<void>) | null>(null)

  useEffect(() => {
    if (path === null || flight) return
    let asked = 0
    let heard = 0
    const stop = keepAsking(async (signal) => {
      const n = ++asked
      const isOver = () => {
        if (signal.aborted || n < heard) return true
        heard = n
        return false
      }
      try {
        const value = await ask(schema, path, { signal })
        if (!isOver()) setAnswer({ value, status: 'fresh', path })
      } catch (error) {
        if (isOver()) return
        const gone = error instanceof Refused && error.status === 404
        setAnswer((before) => ({
          value: gone || before.path !== path ? null : before.value,
          status: gone ? 'gone' : 'offline',
          path,
        }))
      }
    }, asking)
    return stop
  }, [schema, path, flight])

  const again = useCallback(async () => asking.current?.(), [])
  const own = answer.path === path ? answer : NOTHING
  return { value: own.value, status: flight ? 'offline' : own.status, again }
}

const NOTHING = { value: null, status: 'asking' } as const

/** Asks now, and again whenever there is a reason to; `now` asks at once meanwhile. Returns the end of it. */
function keepAsking(
  asking: (signal: AbortSignal) => Promise<void>,
  now: { current: (() => Promise<void>) | null },
): () => void {
  const abort = new AbortController()
  const { signal } = abort
  let soon: ReturnType<typeof setTimeout> | undefined
  const again = () => {
    clearTimeout(soon)
    soon = setTimeout(() => void asking(signal), TOGETHER_MS)
  }
  const deafen = hear(again)
  const timer = setInterval(() => document.visibilityState === 'visible' && again(), EVERY_MS)
  window.addEventListener('online', again, { signal })
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && again(), {
    signal,
  })
  now.current = () => asking(signal)
  void asking(signal)
  return () => {
    now.current = null
    abort.abort()
    clearTimeout(soon)
    clearInterval(timer)
    deafen()
  }
}

const hearing = new Set<() => void>()
let live: ReturnType<typeof openLive> | null = null

/**
 * One channel for all that is asked on a page: a browser has six connections to a server, and each channel holds one for
 * as long as it is open. Returns the end of listening.
 */
function hear(onNews: () => void): () => void {
  hearing.add(onNews)
  live ??= openLive({
    url: '/api/live',
    open: (url) => new EventSource(url),
    onNews: () => hearing.forEach((one) => one()),
  })
  return () => {
    hearing.delete(onNews)
    if (hearing.size > 0) return
    live?.close()
    live = null
  }
}
