/** How something that I am asked to prepare stands, besides ready: begun, or not possible and why. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useCommand } from '../../../platform/web/desk/command.ts'
import { Wrong } from '../../../platform/web/desk/Wrong.tsx'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { Chips } from '../../../platform/web/kit/Chips.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { REASONS, type Reason, type Said, type Task } from '../wire.ts'
import { REASON } from './words.ts'
import styles from './prep.module.css'

interface StandingSheetProps {
  readonly task: Task
  readonly title: string
  readonly onClose: () => void
  readonly onDone: () => void
}

export function StandingSheet({ task, title, onClose, onDone }: StandingSheetProps) {
  const { t, i18n } = useLingui()
  const command = useCommand()
  const [is, setIs] = useState<Exclude<Said['is'], 'withdrawn'>>(task.is === 'asked' ? 'started' : task.is)
  const [reason, setReason] = useState<Reason | null>(task.reason)
  const save = async () => {
    const body = is === 'cannot' ? { is, reason } : { is }
    if (await command.send(`/api/prep/${task.id}/say`, body)) onDone()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <Button
          variant="primary"
          busy={command.busy}
          disabled={is === 'cannot' && reason === null}
          onClick={() => void save()}
        >
          <Trans>Save</Trans>
        </Button>
      }
    >
      <div className={styles.form}>
        <Choice<typeof is>
          legend={t`How does it stand?`}
          options={[
            { value: 'started', label: t`I have begun` },
            { value: 'done', label: t`Ready` },
            { value: 'cannot', label: t`I can’t` },
          ]}
          value={is}
          onChange={setIs}
        />
        {is === 'cannot' && (
          <Chips<Reason>
            legend={t`Why`}
            single
            options={REASONS.map((value) => ({ value, label: i18n._(REASON[value]) }))}
            chosen={reason === null ? [] : [reason]}
            onChange={([value = null]) => setReason(value)}
          />
        )}
        <Wrong wrong={command.wrong} />
      </div>
    </Dialog>
  )
}
