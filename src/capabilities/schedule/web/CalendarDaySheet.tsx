/** What a day is: open or closed, its type, how it runs. Looked at first, then saved. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Day } from '../../../platform/core/days.ts'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { Switch } from '../../../platform/web/kit/Switch.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { Previewed, type CalendarPage } from '../wire.ts'
import { CalendarUnserved } from './CalendarUnserved.tsx'
import { variantName } from './calendar-words.ts'
import styles from './Calendar.module.css'
import { useChange } from './useChange.ts'

interface Props {
  readonly page: CalendarPage
  readonly day: Day
  readonly onClose: () => void
  readonly onDone: () => void
}

export function CalendarDaySheet({ page, day, onClose, onDone }: Props) {
  const { t, i18n } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const known = page.days.find((one) => one.day === day)
  const [open, setOpen] = useState(known !== undefined)
  const [type, setType] = useState(known?.type ?? page.days[0]?.type ?? 'A')
  const [variant, setVariant] = useState(known?.variant ?? 'regular')
  const [title, setTitle] = useState('')
  const change = useChange(Previewed, `/api/schools/${page.school.id}/day`)
  const body = { day, open, type, variant, title }
  const set =
    <T,>(setter: (value: T) => void) =>
    (value: T) => {
      setter(value)
      change.forget()
    }
  const types = [...new Set(['A', 'B', ...page.days.map((one) => one.type), type])].toSorted()
  const variants = [...new Set(['regular', ...page.blocks.map((one) => one.variant)])]
  const looked = change.answer !== null && change.answer.findings.length === 0
  const save = async () => {
    const answer = await change.send({ ...body, preview: !looked })
    if (answer?.saved) onDone()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={formats.dateLong(`${day}T17:00:00Z`)}
      actions={
        <Button variant="primary" busy={change.busy} onClick={() => void save()}>
          {looked ? <Trans>Save</Trans> : <Trans>See what it changes</Trans>}
        </Button>
      }
    >
      <div className={styles.form}>
        <Switch label={t`School day`} on={open} onChange={set(setOpen)} />
        {open && (
          <>
            <Select
              label={t`Day type`}
              placeholder={t`Choose`}
              options={types.map((one) => ({ value: one, label: one }))}
              value={type}
              onChange={set(setType)}
            />
            <Select
              label={t`How it runs`}
              placeholder={t`Choose`}
              options={variants.map((one) => ({ value: one, label: variantName(i18n, one) }))}
              value={variant}
              onChange={set(setVariant)}
            />
          </>
        )}
        <TextField label={t`Why (everybody sees it)`} value={title} onChange={set(setTitle)} />
        {change.answer && <CalendarUnserved preview={change.answer} />}
        {change.failed !== null && <p role="alert">{change.failed}</p>}
      </div>
    </Dialog>
  )
}
