/** What became of a refused record: one tap on how it was settled, or a few words of one's own. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { Settlement, type Settling } from '../../../platform/records/inbox.ts'
import { ask } from '../../../platform/web/http.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { useToasts } from '../../../platform/web/kit/Toast.tsx'
import { HOW } from './words.ts'
import styles from './InboxScreen.module.css'

const NOTE_MAX = 200
const AT_ONCE = ['entered_again', 'not_needed', 'wrong'] as const

export interface SettleSheetProps {
  readonly entry: string
  readonly onClose: () => void
  readonly onSettled: () => void
}

export function SettleSheet({ entry, onClose, onSettled }: SettleSheetProps) {
  const { t, i18n } = useLingui()
  const toasts = useToasts()
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const [words, setWords] = useState('')
  const settle = async (settling: Settling) => {
    setBusy(true)
    setFailed(false)
    try {
      const { how } = await ask(Settlement, `/api/inbox/${entry}/settle`, { method: 'POST', body: settling })
      toasts.show({ text: t`Settled: ${i18n._(HOW[how])}` })
      onSettled()
    } catch {
      setFailed(true)
      setBusy(false)
    }
  }
  const note = words.trim().slice(0, NOTE_MAX)
  return (
    <Dialog open onClose={onClose} title={t`What became of it?`}>
      <p className={styles.quiet}>
        <Trans>The record stays as it arrived, with your answer and your name beside it.</Trans>
      </p>
      {failed && (
        <Notice tone="wait" icon={CircleAlert} announce>
          <Trans>That did not reach the school’s server. Nothing has changed; try again.</Trans>
        </Notice>
      )}
      <div className={styles.ways}>
        {AT_ONCE.map((how) => (
          <Button key={how} size="pad" wide busy={busy} onClick={() => void settle({ how })}>
            {i18n._(HOW[how])}
          </Button>
        ))}
      </div>
      <form
        className={styles.ways}
        onSubmit={(event) => {
          event.preventDefault()
          if (note !== '' && !busy) void settle({ how: 'other', note })
        }}
      >
        <TextField label={t`Something else, in a few words`} value={words} onChange={setWords} />
        {note !== '' && (
          <Button type="submit" variant="primary" wide busy={busy}>
            <Trans>Settle with these words</Trans>
          </Button>
        )}
      </form>
    </Dialog>
  )
}
