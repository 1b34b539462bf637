/** The equipment of one student, item by item: in order, in need of something, or not there; and how full a battery is. */
import { Trans, useLingui } from '@lingui/react/macro'
import { BatteryWarning, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Chips } from '../../../platform/web/kit/Chips.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import rows from '../../../platform/web/kit/Rows.module.css'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import type { Me, MyStudent } from '../../schedule/model.ts'
import { NOTES, RESULTS, type Note, type Result } from '../records.ts'
import { isLow, type Item } from '../rules.ts'
import { lowMarkOf, useCheck, type StudentItems } from './hooks.ts'
import { NOTE, RESULT, wrongOf } from './words.ts'
import styles from './equipment.module.css'

export function CheckSheet({ student, items, me, onClose }: StudentItems & { me: Me; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const [chosen, setChosen] = useState<string | null>(items.length === 1 ? (items[0]?.item ?? null) : null)
  const item = items.find((one) => one.item === chosen)
  const { initials } = student
  if (item) return <OneItem student={student} item={item} me={me} onClose={onClose} />
  return (
    <Dialog open onClose={onClose} title={t`${initials}: equipment`}>
      <ul className={rows.list}>
        {items.map(({ item: name, check }) => (
          <li key={name}>
            <button type="button" className={rows.row} onClick={() => setChosen(name)}>
              <span className={rows.words}>
                <strong>{name}</strong>
                <span className={rows.quiet}>
                  {check === null ? <Trans>Not checked yet</Trans> : wrongOf(i18n, check)}
                </span>
              </span>
              <ChevronRight size={20} aria-hidden className={rows.chevron} />
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

interface OneItemProps {
  readonly student: MyStudent
  readonly item: Item
  readonly me: Me
  readonly onClose: () => void
}

function OneItem({ student, item: { item, check }, me, onClose }: OneItemProps) {
  const { t, i18n } = useLingui()
  const record = useCheck()
  const [result, setResult] = useState<Result>(check?.result ?? 'ok')
  const [note, setNote] = useState<Note | null>(check?.note ?? null)
  const [battery, setBattery] = useState('')
  const mark = lowMarkOf(me)
  const percent = /^\d{1,3}$/.test(battery.trim()) ? Number(battery) : null
  const body = {
    item,
    result,
    ...(percent !== null && { battery_pct: percent }),
    ...(result !== 'ok' && note !== null && { note }),
  }
  const isWrong = battery.trim() !== '' && (percent === null || percent > 100)
  const charge = (text: string) => {
    setBattery(text)
    if (!isLow(/^\d{1,3}$/.test(text.trim()) ? Number(text) : null, mark)) return
    setResult('attention')
    setNote('charge')
  }
  const save = () => {
    record(student, [body], wrongOf(i18n, body))
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={item}
      actions={
        <Button variant="primary" disabled={isWrong} onClick={save}>
          <Trans>Save</Trans>
        </Button>
      }
    >
      <div className={styles.form}>
        <Choice<Result>
          legend={t`How is it?`}
          options={RESULTS.map((value) => ({ value, label: i18n._(RESULT[value]) }))}
          value={result}
          onChange={setResult}
        />
        {result !== 'ok' && (
          <Chips<Note>
            legend={t`What is it?`}
            single
            options={NOTES.map((value) => ({ value, label: i18n._(NOTE[value]) }))}
            chosen={note === null ? [] : [note]}
            onChange={([value = null]) => setNote(value)}
          />
        )}
        <TextField
          label={t`Battery, percent (where it has one)`}
          inputMode="numeric"
          value={battery}
          onChange={charge}
          error={isWrong ? t`A number from 0 to 100` : undefined}
        />
        {isLow(percent, mark) && (
          <Notice icon={BatteryWarning} tone="wait" announce>
            <Trans>Below {mark} %: charge it now. It stays in sight until it is in order.</Trans>
          </Notice>
        )}
        {result !== 'ok' && (
          <p className={rows.quiet}>
            <Trans>Whoever manages the student’s plan finds it in their inbox.</Trans>
          </p>
        )}
      </div>
    </Dialog>
  )
}
