/** A count made elsewhere: on paper, with a clicker, or roughly. “About” is said, marked, and kept out of decisions. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Switch } from '../../../platform/web/kit/Switch.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import type { Recorder } from './recorder.ts'

export function TallySheet({
  title,
  recorder,
  onClose,
}: {
  title: string
  recorder: Recorder
  onClose: () => void
}) {
  const { t } = useLingui()
  const [typed, setTyped] = useState('')
  const [about, setAbout] = useState(false)
  const count = /^\d{1,4}$/.test(typed) ? Number(typed) : null
  const keep = () => {
    if (count === null) return
    const body = about ? { count, approximate: true as const } : { count }
    recorder.put([{ noun: 'tally', body }], { said: about ? t`about ${count} counted` : t`${count} counted` })
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <Button variant="primary" size="pad" disabled={count === null} onClick={keep}>
          <Trans>Keep the count</Trans>
        </Button>
      }
    >
      <TextField
        label={t`How many`}
        inputMode="numeric"
        autoFocus
        value={typed}
        onChange={setTyped}
        error={typed !== '' && count === null ? t`A whole number.` : undefined}
      />
      <Switch
        label={t`About`}
        description={t`Not counted one by one. Marked on the graph and kept out of decisions.`}
        on={about}
        onChange={setAbout}
      />
    </Dialog>
  )
}
