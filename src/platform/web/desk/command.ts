/**
 * One command to the server from a form of a desk: looked at by its shape before it is sent, under way, refused, or done.
 * What is wrong is told by the field, in the form's own words (Wrong.tsx).
 */
import { useState } from 'react'
import { z } from 'zod'
import { uuid } from '../../records/envelope.ts'
import { ask, Refused } from '../http.ts'

const Done = z.object({ id: uuid })

export interface WentWrong {
  /** Of the server's catalogue of problems; null: it was out of reach. */
  readonly code: string | null
  /** The first field that has something wrong in it; null: it is none of them. */
  readonly field: string | null
  /** Whatever else the server said, by name. */
  readonly said: Readonly<Record<string, unknown>>
}

export interface Command {
  readonly busy: boolean
  readonly wrong: WentWrong | null
  /** Sends it; false: something was wrong. A form that is sent again sends the same id, and it is one act. */
  send(path: `/api/${string}`, body: object, shape?: z.ZodType): Promise<boolean>
}

export function useCommand(): Command {
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<WentWrong | null>(null)
  return {
    busy,
    wrong,
    async send(path, body, expected) {
      const looked = expected?.safeParse(body)
      if (looked?.error) {
        setWrong({ code: 'request.invalid', field: String(looked.error.issues[0]?.path[0] ?? ''), said: {} })
        return false
      }
      setBusy(true)
      setWrong(null)
      try {
        await ask(Done, path, { method: 'POST', body })
        return true
      } catch (error) {
        setWrong(
          error instanceof Refused
            ? { code: error.code, field: error.field, said: error.said }
            : { code: null, field: null, said: {} },
        )
        return false
      } finally {
        setBusy(false)
      }
    },
  }
}
