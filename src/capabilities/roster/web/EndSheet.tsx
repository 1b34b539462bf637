/** Ends something now, with a reason that stays with it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { useCommand } from './useCommand.ts'
import styles from './Roster.module.css'

export interface EndSheetProps {
  title: string
  path: `/api/${string}`
  body: object
  onClose: () => void
  onDone: () => void
}

export function EndSheet({ title, path, body, onClose, onDone }: EndSheetProps) {
  const { t } = useLingui()
  const { busy, error, send } = useCommand(onDone)
  const [reason, setReason] = useState('')
  const isShort = reason.trim().length < 3
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <Button
          variant="primary"
          busy={busy}
          disabled={isShort}
          onClick={() => void send(path, { ...body, reason: reason.trim() })}
        >
          {t`End it now`}
        </Button>
      }
    >
      <div className={styles.form}>
        <p>
          <Trans>It ends at once and stays in the history. Nothing is deleted.</Trans>
        </p>
        <TextField label={t`Reason`} value={reason} onChange={setReason} required />
        {error !== null && (
          <Notice tone="danger" icon={CircleAlert} announce>
            {error}
          </Notice>
        )}
      </div>
    </Dialog>
  )
}
