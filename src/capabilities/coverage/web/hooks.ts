/** What the screens of cover ask the server, and how they answer. */
import { useState } from 'react'
import type { z } from 'zod'
import { ask } from '../../../platform/web/http.ts'
import { useOnline, type Online } from '../../../platform/web/online.ts'

export interface Asked<T> extends Online<T> {
  /** Asks again now, after an act of one's own. */
  again(): Promise<void>
}

/** An answer that keeps itself fresh, and can be asked again at once. */
export function useAsked<T>(schema: z.ZodType<T>, path: `/api/${string}`): Asked<T> {
  const online = useOnline(schema, path)
  const [own, setOwn] = useState<{ value: T; instead: T | null; path: string } | null>(null)
  const isNewer = own !== null && own.path === path && own.instead === online.value
  return {
    value: isNewer ? own.value : online.value,
    status: isNewer ? 'fresh' : online.status,
    async again() {
      const value = await ask(schema, path)
      setOwn({ value, instead: online.value, path })
    },
  }
}

/** Instants of a clock that only has minutes: to be shown with the formats of UTC. */
export function minuteAt(minute: number): number {
  return minute * 60_000
}
