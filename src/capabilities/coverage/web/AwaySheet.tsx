/** A coordinator says that somebody is away, because they called the office. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { ask } from '../../../platform/web/http.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { Absence, type CoverBoard } from '../wire.ts'
import styles from './cover.module.css'

export function AwaySheet({
  board,
  onClose,
  onDone,
}: {
  board: CoverBoard
  onClose: () => void
  onDone: () => void
}) {
  const { t } = useLingui()
  const [person, setPerson] = useState<string | null>(null)
  const [id] = useState(() => uuidv7(Date.now()))
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const say = async () => {
    setBusy(true)
    setFailed(false)
    try {
      await ask(Absence, '/api/coverage/absences', { method: 'POST', body: { id, person, day: board.day } })
      onDone()
    } catch {
      setFailed(true)
      setBusy(false)
    }
  }
  const people = board.people.filter((one) => !board.away.some((away) => away.person === one))
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Somebody is away`}
      actions={
        <Button variant="primary" busy={busy} disabled={person === null} onClick={() => void say()}>
          <Trans>Away all day</Trans>
        </Button>
      }
    >
      <div className={styles.stack}>
        {failed && (
          <Notice tone="wait" icon={CircleAlert} announce>
            <Trans>That did not reach the school’s server. Nothing has changed; try again.</Trans>
          </Notice>
        )}
        <Select
          label={t`Who`}
          options={people
            .map((one) => ({ value: one, label: board.names[one] ?? '' }))
            .toSorted((a, b) => a.label.localeCompare(b.label))}
          value={person}
          onChange={setPerson}
          placeholder={t`Choose a person`}
        />
      </div>
    </Dialog>
  )
}
