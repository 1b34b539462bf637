/** What a form asks the server once, when it opens. What a screen shows and keeps fresh: online.ts. */
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { ask } from '../http.ts'

/** Null while there is no answer; asked again for another path. `away`: none could be had. */
export function useAsked<T>(schema: z.ZodType<T>, path: `/api/${string}` | null): T | 'away' | null {
  const [answer, setAnswer] = useState<{ path: string; value: T | 'away' } | null>(null)
  useEffect(() => {
    if (path === null) return
    const stop = new AbortController()
    ask(schema, path, { signal: stop.signal }).then(
      (value) => setAnswer({ path, value }),
      () => {
        if (!stop.signal.aborted) setAnswer({ path, value: 'away' })
      },
    )
    return () => stop.abort()
  }, [schema, path])
  return answer?.path === path ? answer.value : null
}
