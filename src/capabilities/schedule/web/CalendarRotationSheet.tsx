/** Day types laid out in turn over the school days of a time; every day that changes is shown before it is saved. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CheckCheck, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { addDays } from '../../../platform/core/days.ts'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { Switch } from '../../../platform/web/kit/Switch.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { yearOf } from '../periods.ts'
import { RotationAnswer, type CalendarPage } from '../wire.ts'
import styles from './Calendar.module.css'
import { useChange } from './useChange.ts'

interface Props {
  readonly page: CalendarPage
  readonly onClose: () => void
  readonly onDone: () => void
}

export function CalendarRotationSheet({ page, onClose, onDone }: Props) {
  const { t } = useLingui()
  const known = [...new Set(page.days.map((one) => one.type))].toSorted()
  const [names, setNames] = useState((known.length > 0 ? known : ['A', 'B']).join(', '))
  const [from, setFrom] = useState(addDays(page.today, 1))
  const [to, setTo] = useState(addDays(yearOf(addDays(yearOf(page.today), 366)), -1))
  const [open, setOpen] = useState(false)
  const change = useChange(RotationAnswer, `/api/schools/${page.school.id}/rotation`)
  const types = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const set =
    <T,>(setter: (value: T) => void) =>
    (value: T) => {
      setter(value)
      change.forget()
    }
  const { answer } = change
  const ready = types.length > 0 && from !== '' && to >= from
  const save = async () => {
    const next = await change.send({ types, from, to, open, preview: answer === null })
    if (next?.saved) onDone()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Day types in turn`}
      actions={
        <Button
          variant="primary"
          busy={change.busy}
          disabled={!ready || answer?.changes.length === 0}
          onClick={() => void save()}
        >
          {answer === null ? (
            <Trans>See what it changes</Trans>
          ) : (
            <Plural value={answer.changes.length} one="Change # day" other="Change # days" />
          )}
        </Button>
      }
    >
      <div className={styles.form}>
        <TextField
          label={t`Day types, in their order`}
          description={t`With commas between: A, B or 1, 2, 3, 4, 5, 6. Closed days are skipped.`}
          value={names}
          onChange={set(setNames)}
        />
        <div className={styles.dates}>
          <TextField type="date" label={t`From`} value={from} onChange={set(setFrom)} required />
          <TextField type="date" label={t`To`} value={to} onChange={set(setTo)} required />
        </div>
        <Switch
          label={t`Also open weekdays that are not in the calendar yet`}
          description={t`Days on which the school is closed stay closed.`}
          on={open}
          onChange={set(setOpen)}
        />
        {answer && <Changes answer={answer} />}
        {change.failed !== null && <p role="alert">{change.failed}</p>}
      </div>
    </Dialog>
  )
}

function Changes({ answer }: { answer: RotationAnswer }) {
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const { changes, days, empty } = answer
  if (changes.length === 0)
    return (
      <p className={styles.fine} role="status">
        <CheckCheck size={20} aria-hidden />
        {days === 0 ? (
          <Trans>There is no school day in this time.</Trans>
        ) : (
          <Trans>The days are in this order already.</Trans>
        )}
      </p>
    )
  return (
    <section role="status" className={styles.unserved}>
      {empty.length > 0 && (
        <Notice tone="wait" icon={TriangleAlert}>
          <Trans>Nobody’s timetable has anything on a day {empty.join(', ')} yet.</Trans>
        </Notice>
      )}
      <p>
        <Trans>
          {changes.length} of {days} school days change
        </Trans>
      </p>
      <ul>
        {changes.map(({ day, before, type }) => (
          <li key={day} className={styles.turn}>
            <span>
              {formats.weekday(`${day}T17:00:00Z`).slice(0, 3)} {formats.dateShort(`${day}T17:00:00Z`)}
            </span>
            <span>
              {before ?? <Trans>not open</Trans>} → <strong>{type}</strong>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
