/** One command to the server from a sheet: under way, refused with words, or done. */
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { ask, Refused } from '../../../platform/web/http.ts'
import { Done } from '../people.ts'

export function useCommand(onDone: () => void) {
  const { t } = useLingui()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const send = async (path: `/api/${string}`, body: unknown) => {
    setBusy(true)
    setError(null)
    try {
      await ask(Done, path, { method: 'POST', body })
      onDone()
    } catch (failed) {
      setError(
        failed instanceof Refused
          ? failed.message
          : t`The server could not be reached. Nothing was changed; try again in a moment.`,
      )
      setBusy(false)
    }
  }
  return { busy, error, send }
}
