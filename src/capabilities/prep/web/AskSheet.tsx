/** A teacher, or who leads a school, asks an aide to prepare something: what, how many, for which class, by when. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { dayOf, instantOf } from '../../../platform/core/days.ts'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { useCommand } from '../../../platform/web/desk/command.ts'
import { Fields } from '../../../platform/web/desk/Fields.tsx'
import { Wrong } from '../../../platform/web/desk/Wrong.tsx'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import type { Me } from '../../schedule/model.ts'
import { KINDS, NewTask, type Kind, type PrepPage } from '../wire.ts'
import { KIND } from './words.ts'
import styles from './prep.module.css'

interface AskSheetProps {
  readonly page: PrepPage
  readonly me: Me
  readonly now: number
  readonly onClose: () => void
  readonly onDone: () => void
}

export function AskSheet({ page, me, now, onClose, onDone }: AskSheetProps) {
  const { t, i18n } = useLingui()
  const command = useCommand()
  // one act however often it is sent
  const [id] = useState(() => uuidv7(now))
  const [person, setPerson] = useState<string | null>(
    page.aides.length === 1 ? (page.aides[0]?.id ?? null) : null,
  )
  const [kind, setKind] = useState<Kind>('copy')
  const [what, setWhat] = useState('')
  const [quantity, setQuantity] = useState('')
  const [group, setGroup] = useState('')
  const [day, setDay] = useState<string>(dayOf(now, me.district.tz))
  const [time, setTime] = useState('')
  const { wrong } = command
  const marked = (field: string, words: string) => (wrong?.field === field ? words : undefined)
  const save = async () => {
    const task = {
      id,
      person,
      kind,
      what: what.trim(),
      quantity: quantity.trim() === '' ? null : Number(quantity),
      group: group.trim(),
      due: day !== '' && time !== '' ? instantOf(day, time, me.district.tz) : '',
    }
    if (await command.send('/api/prep', task, NewTask)) onDone()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Ask an aide to prepare something`}
      actions={
        <Button variant="primary" busy={command.busy} onClick={() => void save()}>
          <Trans>Ask</Trans>
        </Button>
      }
    >
      <div className={styles.form}>
        <Select
          label={t`Who`}
          placeholder={t`Choose`}
          options={page.aides.map((aide) => ({ value: aide.id, label: aide.name }))}
          value={person}
          onChange={setPerson}
          error={marked('person', t`Choose somebody.`)}
        />
        <Fields>
          <Select
            label={t`Kind`}
            placeholder={t`Choose`}
            options={KINDS.map((value) => ({ value, label: i18n._(KIND[value]) }))}
            value={kind}
            onChange={setKind}
          />
          <TextField
            label={t`How many`}
            inputMode="numeric"
            value={quantity}
            onChange={setQuantity}
            error={marked('quantity', t`A whole number, or nothing`)}
          />
        </Fields>
        <TextField
          label={t`What`}
          description={t`No names of students`}
          value={what}
          onChange={setWhat}
          error={marked('what', t`At most ${120} letters`)}
          required
        />
        <TextField label={t`For which class`} value={group} onChange={setGroup} />
        <Fields>
          <TextField label={t`Day`} type="date" value={day} onChange={setDay} required />
          <TextField
            label={t`Needed at`}
            type="time"
            value={time}
            onChange={setTime}
            error={marked('due', t`By when?`)}
            required
          />
        </Fields>
        <Wrong wrong={wrong} marked={['person', 'quantity', 'what', 'due']} />
      </div>
    </Dialog>
  )
}
