/**
 * On Today: the equipment of the students of my blocks, to be looked at when they arrive. One tap says that all of it is in
 * order; what is not is said item by item, one sheet on. Read from the device and recorded on it.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check as CheckMark, CircleCheck, Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button, IconButton } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { useNow } from '../../../platform/web/store/now.ts'
import { meOf } from '../../schedule/me.ts'
import type { DayBoard, Me } from '../../schedule/model.ts'
import { CheckSheet } from './CheckSheet.tsx'
import { useCheck, useItemsOn, type StudentItems } from './hooks.ts'
import { wrongOf } from './words.ts'
import styles from './equipment.module.css'

const MINUTE = 60_000

export default function EquipmentToday() {
  const me = meOf(useValue('me'))
  const now = useNow(MINUTE)
  const board = me?.boards.find(({ day }) => day === dayOf(now, me.district.tz))
  return me && board ? <Equipment me={me} board={board} /> : null
}

function Equipment({ me, board }: { me: Me; board: DayBoard }) {
  const { t } = useLingui()
  const students = useItemsOn(me, board)
  const [open, setOpen] = useState<string | null>(null)
  const opened = students.find(({ student }) => student.id === open)
  const total = students.length
  const done = students.filter(({ items }) => items.every(({ check }) => check !== null)).length
  if (total === 0) return null
  return (
    <Card as="section" flush aria-labelledby="equipment">
      <header className={styles.head}>
        <h2 id="equipment">
          <Trans>Equipment</Trans>
        </h2>
        <span>{t`${done} of ${total} checked`}</span>
      </header>
      <ul className={styles.list}>
        {students.map((one) => (
          <li key={one.student.id}>
            <Row {...one} me={me} onMore={() => setOpen(one.student.id)} />
          </li>
        ))}
      </ul>
      {opened && <CheckSheet {...opened} me={me} onClose={() => setOpen(null)} />}
    </Card>
  )
}

function Row({ student, items, me, onMore }: StudentItems & { me: Me; onMore: () => void }) {
  const { t, i18n } = useLingui()
  const formats = useFormats(me.district.tz)
  const record = useCheck()
  const { initials } = student
  const due = items.filter(({ check }) => check === null)
  const wrong = items.flatMap(({ check }) => (check && check.result !== 'ok' ? [check] : []))
  const last = items
    .flatMap(({ check }) => check?.at ?? [])
    .toSorted()
    .at(-1)
  const allRight = () =>
    record(
      student,
      due.map(({ item }) => ({ item, result: 'ok' as const })),
      t`equipment in order`,
    )
  return (
    <div className={styles.row}>
      <Who initials={initials} color={student.color} size="s" />
      <div className={styles.words}>
        {/* a line may end with the point, and never begins with it */}
        <p>{(due.length > 0 ? due : items).map(({ item }) => item).join('\u00a0· ')}</p>
        {wrong.map((check) => (
          <p key={check.id} className={styles.wrong}>
            <Tag tone="wait">{wrongOf(i18n, check)}</Tag> {check.item}
          </p>
        ))}
        {due.length === 0 && last !== undefined && (
          <p className={styles.done}>
            <CircleCheck size={16} aria-hidden />
            <Trans>Checked {formats.time(last)}</Trans>
          </p>
        )}
      </div>
      <div className={styles.acts}>
        {due.length > 0 && (
          <Button icon={CheckMark} aria-label={t`OK: equipment of ${initials}`} onClick={allRight}>
            <Trans>OK</Trans>
          </Button>
        )}
        <IconButton icon={Ellipsis} label={t`${initials}: equipment, item by item`} onClick={onMore} />
      </div>
    </div>
  )
}
