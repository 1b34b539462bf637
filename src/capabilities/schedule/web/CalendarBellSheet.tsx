/** The bell of each way to run a day: its blocks, all of them. Looked at first, then saved. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { Previewed, type CalendarPage } from '../wire.ts'
import { CalendarUnserved } from './CalendarUnserved.tsx'
import { KNOWN_VARIANTS, variantName } from './calendar-words.ts'
import styles from './Calendar.module.css'
import { useChange } from './useChange.ts'

interface Props {
  readonly page: CalendarPage
  readonly onClose: () => void
  readonly onDone: () => void
}

interface Row {
  readonly code: string
  readonly name: string
  readonly start: string
  readonly end: string
}

export function CalendarBellSheet({ page, onClose, onDone }: Props) {
  const { t, i18n } = useLingui()
  const rowsOf = (variant: string): Row[] => {
    const own = page.blocks.filter((block) => block.variant === variant)
    // a bell that is not there yet begins as the regular one
    const some = own.length > 0 ? own : page.blocks.filter((block) => block.variant === 'regular')
    return some.map(({ code, name, start, end }) => ({ code, name, start, end }))
  }
  const [variant, setVariant] = useState('regular')
  const [rows, setRows] = useState(() => rowsOf('regular'))
  const change = useChange(Previewed, `/api/schools/${page.school.id}/bell`)
  const put = (next: readonly Row[]) => {
    setRows([...next])
    change.forget()
  }
  const edit = (n: number, part: Partial<Row>) =>
    put(rows.map((row, at) => (at === n ? { ...row, ...part } : row)))
  const variants = [...new Set([...KNOWN_VARIANTS, ...page.blocks.map((one) => one.variant)])]
  const looked = change.answer !== null && change.answer.findings.length === 0
  const save = async () => {
    const answer = await change.send({ variant, blocks: rows, preview: !looked })
    if (answer?.saved) onDone()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Bells`}
      actions={
        <Button variant="primary" busy={change.busy} onClick={() => void save()}>
          {looked ? <Trans>Save</Trans> : <Trans>See what it changes</Trans>}
        </Button>
      }
    >
      <div className={styles.form}>
        <Select
          label={t`How a day runs`}
          placeholder={t`Choose`}
          options={variants.map((one) => ({ value: one, label: variantName(i18n, one) }))}
          value={variant}
          onChange={(next) => {
            setVariant(next)
            put(rowsOf(next))
          }}
        />
        <ol className={styles.bell}>
          {rows.map((row, n) => (
            <li key={n}>
              <input
                className={styles.code}
                aria-label={t`Code, line ${n + 1}`}
                value={row.code}
                onChange={({ target }) => edit(n, { code: target.value, name: row.name || target.value })}
              />
              <input
                type="time"
                aria-label={t`Begins, line ${n + 1}`}
                value={row.start}
                onChange={({ target }) => edit(n, { start: target.value })}
              />
              <input
                type="time"
                aria-label={t`Ends, line ${n + 1}`}
                value={row.end}
                onChange={({ target }) => edit(n, { end: target.value })}
              />
              <IconButton
                icon={Trash2}
                label={t`Leave out line ${n + 1}`}
                onClick={() => put(rows.filter((_, at) => at !== n))}
              />
            </li>
          ))}
        </ol>
        <Button
          icon={Plus}
          onClick={() => put([...rows, { code: '', name: '', start: rows.at(-1)?.end ?? '08:00', end: '' }])}
        >
          <Trans>Add a block</Trans>
        </Button>
        {change.answer && <CalendarUnserved preview={change.answer} />}
        {change.failed !== null && <p role="alert">{change.failed}</p>}
      </div>
    </Dialog>
  )
}
