/** Ends what a plan promised: with its last day, or as something that was entered by mistake. It stays to be read. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useCommand } from '../../../platform/web/desk/command.ts'
import { Wrong } from '../../../platform/web/desk/Wrong.tsx'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { OwedEndCommand } from '../wire.ts'
import { useMarks } from './ServicesForm.tsx'

export interface ServicesEndSheetProps {
  readonly title: string
  readonly path: `/api/${string}`
  readonly today: string
  readonly onClose: () => void
  readonly onDone: () => void
}

export function ServicesEndSheet({ title, path, today, onClose, onDone }: ServicesEndSheetProps) {
  const { t } = useLingui()
  const [how, setHow] = useState<'day' | 'mistake'>('day')
  const [to, setTo] = useState(today)
  const command = useCommand()
  const wrong = useMarks(command.wrong)
  const end = async () => {
    if (await command.send(path, { to: how === 'day' ? to : null }, OwedEndCommand)) onDone()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <Button variant="primary" busy={command.busy} onClick={() => void end()}>
          <Trans>End it</Trans>
        </Button>
      }
    >
      <Choice<'day' | 'mistake'>
        legend={t`What happened?`}
        options={[
          { value: 'day', label: t`It ends` },
          { value: 'mistake', label: t`A mistake` },
        ]}
        value={how}
        onChange={setHow}
      />
      {how === 'day' ? (
        <TextField label={t`Last day`} type="date" value={to} onChange={setTo} error={wrong('to')} required />
      ) : (
        <p>
          <Trans>It was entered by mistake and held on no day: nothing is owed for it.</Trans>
        </p>
      )}
      <p>
        <Trans>It stays to be read. Nothing is deleted.</Trans>
      </p>
      <Wrong wrong={command.wrong} marked={['to']} />
    </Dialog>
  )
}
