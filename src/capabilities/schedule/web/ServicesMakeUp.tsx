/** A decision about missed minutes: made up on a day, or not needed and why. The owner of the plan decides. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { addDays } from '../../../platform/core/days.ts'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { ask } from '../../../platform/web/http.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { TextArea } from '../../../platform/web/kit/TextArea.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import type { Delivery } from '../services.ts'
import { Done, type ServiceLine } from '../wire.ts'

interface Props {
  readonly service: ServiceLine
  readonly delivery: Delivery
  readonly today: string
  readonly onClose: () => void
  readonly onDecided: () => void
}

export function MakeUpSheet({ service, delivery, today, onClose, onDecided }: Props) {
  const { t } = useLingui()
  const [id] = useState(() => uuidv7(Date.now()))
  const [how, setHow] = useState<'make_up' | 'not_needed'>('make_up')
  const [on, setOn] = useState(addDays(today, 7))
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const minutes = Math.ceil((delivery.shortMs - delivery.plannedMs) / 60_000)
  const ready = how === 'make_up' ? on >= today : reason.trim() !== ''
  const decide = async () => {
    setBusy(true)
    setFailed(false)
    try {
      await ask(Done, '/api/make-ups', {
        method: 'POST',
        body: {
          id,
          service: service.id,
          period: delivery.period.from,
          minutes,
          on: how === 'make_up' ? on : null,
          reason,
        },
      })
      onDecided()
    } catch {
      setFailed(true)
    }
    setBusy(false)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`${minutes} missed minutes`}
      actions={
        <Button variant="primary" busy={busy} disabled={!ready} onClick={() => void decide()}>
          <Trans>Save</Trans>
        </Button>
      }
    >
      <Choice<'make_up' | 'not_needed'>
        legend={t`What becomes of them?`}
        options={[
          { value: 'make_up', label: t`Made up on a day` },
          { value: 'not_needed', label: t`Not needed` },
        ]}
        value={how}
        onChange={setHow}
      />
      {how === 'make_up' && <TextField type="date" label={t`Day`} value={on} onChange={setOn} required />}
      <TextArea
        label={how === 'make_up' ? t`Note (if you like)` : t`Why they are not needed`}
        value={reason}
        onChange={setReason}
        maxLength={300}
      />
      {failed && (
        <p role="alert">
          <Trans>The server could not be reached. Nothing was changed.</Trans>
        </p>
      )}
    </Dialog>
  )
}
