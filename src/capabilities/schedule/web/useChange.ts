/** A change of the calendar: looked at, then saved; said when the server says no. */
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { z } from 'zod'
import { ask, Refused } from '../../../platform/web/http.ts'

export interface Change<T> {
  readonly answer: T | null
  readonly busy: boolean
  /** Words for what went wrong; null = nothing did. */
  readonly failed: string | null
  /** Asks the server; null when it did not take it. */
  send(body: object): Promise<T | null>
  /** What was looked at is not what stands there any more. */
  forget(): void
}

export function useChange<T>(schema: z.ZodType<T>, path: `/api/${string}`): Change<T> {
  const { t } = useLingui()
  const [answer, setAnswer] = useState<T | null>(null)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  return {
    answer,
    busy,
    failed,
    forget: () => setAnswer(null),
    async send(body) {
      setBusy(true)
      setFailed(null)
      try {
        const next = await ask(schema, path, { method: 'POST', body })
        setAnswer(next)
        return next
      } catch (error) {
        if (error instanceof Refused && error.code === 'calendar.block_in_use')
          setFailed(t`Somebody’s day still has something in block ${error.field ?? ''}.`)
        else if (error instanceof Refused && error.code === 'request.invalid')
          setFailed(t`Something is missing or not right: ${error.field ?? ''}`)
        else setFailed(t`The server could not be reached. Nothing was changed.`)
        return null
      } finally {
        setBusy(false)
      }
    },
  }
}
