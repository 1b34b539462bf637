/** Ends something that holds from a day on: with its last day, or as something that never held. It stays to be read. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { z } from 'zod'
import { Button } from '../kit/Button.tsx'
import { Choice } from '../kit/Choice.tsx'
import { Dialog } from '../kit/Dialog.tsx'
import { TextField } from '../kit/TextField.tsx'
import { useCommand } from './command.ts'
import { Wrong } from './Wrong.tsx'

const End = z.strictObject({ to: z.iso.date().nullable() })

export interface EndSheetProps {
  readonly title: string
  /** Takes `{ to }`: the last day, or null for what never held. */
  readonly path: `/api/${string}`
  readonly today: string
  /** What it is called that it never held, and what that means. */
  readonly never: { readonly label: string; readonly means: string }
  readonly onClose: () => void
  readonly onDone: () => void
}

export function EndSheet({ title, path, today, never, onClose, onDone }: EndSheetProps) {
  const { t } = useLingui()
  const [how, setHow] = useState<'day' | 'never'>('day')
  const [to, setTo] = useState(today)
  const command = useCommand()
  const end = async () => {
    if (await command.send(path, { to: how === 'day' ? to : null }, End)) onDone()
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
      <Choice<'day' | 'never'>
        legend={t`What happened?`}
        options={[
          { value: 'day', label: t`It ends` },
          { value: 'never', label: never.label },
        ]}
        value={how}
        onChange={setHow}
      />
      {how === 'day' ? (
        <TextField
          label={t`Last day`}
          type="date"
          value={to}
          onChange={setTo}
          error={command.wrong?.field === 'to' ? t`It ends before it begins.` : undefined}
          required
        />
      ) : (
        <p>{never.means}</p>
      )}
      <p>
        <Trans>It stays to be read. Nothing is deleted.</Trans>
      </p>
      <Wrong wrong={command.wrong} marked={['to']} />
    </Dialog>
  )
}
