/** A short answer to a message: the message stands above the field. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Send } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { TextArea } from '../../../platform/web/kit/TextArea.tsx'
import { LONGEST } from '../wire.ts'
import styles from './messages.module.css'

interface AnswerSheetProps {
  readonly title: string
  readonly words: string
  readonly busy?: boolean
  readonly wrong?: ReactNode
  readonly onClose: () => void
  readonly onSend: (words: string) => void
}

export function AnswerSheet({ title, words, busy = false, wrong, onClose, onSend }: AnswerSheetProps) {
  const { t } = useLingui()
  const [text, setText] = useState('')
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <Button
          variant="primary"
          icon={Send}
          busy={busy}
          disabled={text.trim() === ''}
          onClick={() => onSend(text.trim())}
        >
          <Trans>Send the answer</Trans>
        </Button>
      }
    >
      <div className={styles.form}>
        <p className={styles.about}>{words}</p>
        <TextArea label={t`Your answer`} value={text} maxLength={LONGEST} onChange={setText} />
        {wrong}
      </div>
    </Dialog>
  )
}
