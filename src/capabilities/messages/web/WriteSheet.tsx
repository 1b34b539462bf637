/** A teacher, or who leads a school, writes to an aide about something that is about no student. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { useCommand } from '../../../platform/web/desk/command.ts'
import { Wrong } from '../../../platform/web/desk/Wrong.tsx'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { TextArea } from '../../../platform/web/kit/TextArea.tsx'
import { LONGEST, NewMessage, type MessagePage } from '../wire.ts'
import styles from './messages.module.css'

interface WriteSheetProps {
  readonly aides: MessagePage['aides']
  readonly onClose: () => void
  readonly onDone: () => void
}

export function WriteSheet({ aides, onClose, onDone }: WriteSheetProps) {
  const { t } = useLingui()
  const command = useCommand()
  // one act however often it is sent
  const [id] = useState(() => uuidv7(Date.now()))
  const [person, setPerson] = useState<string | null>(aides.length === 1 ? (aides[0]?.id ?? null) : null)
  const [words, setWords] = useState('')
  const send = async () => {
    if (await command.send('/api/messages', { id, person, words: words.trim() }, NewMessage)) onDone()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Write to an aide`}
      actions={
        <Button
          variant="primary"
          icon={Send}
          busy={command.busy}
          disabled={person === null || words.trim() === ''}
          onClick={() => void send()}
        >
          <Trans>Send</Trans>
        </Button>
      }
    >
      <div className={styles.form}>
        <Select
          label={t`Who`}
          placeholder={t`Choose`}
          options={aides.map((aide) => ({ value: aide.id, label: aide.name }))}
          value={person}
          onChange={setPerson}
        />
        <TextArea
          label={t`Message`}
          description={t`Nothing about a student: that is written on the student’s page.`}
          value={words}
          maxLength={LONGEST}
          onChange={setWords}
        />
        <Wrong wrong={command.wrong} />
      </div>
    </Dialog>
  )
}
