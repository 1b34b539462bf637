/**
 * Who is with me in a block, safety first: how near I stay, what to know, how they communicate. The row opens the
 * whole card; a behavior that is counted here has its +1 in the row, one tap.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { MessageCircle, ShieldQuestionMark } from 'lucide-react'
import { useState } from 'react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { useSyncStatus } from '../../../platform/web/store/hooks.ts'
import type { BoardBlock, DayBoard, Me, MyStudent } from '../model.ts'
import { Counter } from './Counter.tsx'
import { useSafety } from './hooks.ts'
import { exceptionText, FLAGS, levelName } from './safety-words.ts'
import { SafetySheet } from './SafetySheet.tsx'
import styles from './WithYou.module.css'

export interface WithYouProps {
  readonly block: BoardBlock
  readonly board: DayBoard
  readonly me: Me
}

export function WithYou({ block, board, me }: WithYouProps) {
  const { t } = useLingui()
  const formats = useFormats(me.district.tz)
  const students = me.students.filter((student) => block.students.includes(student.id))
  const since = formats.clock(block.start)
  if (students.length === 0) return null
  return (
    <Card as="section" flush aria-labelledby={`with-${block.assignment}`}>
      <header className={styles.head}>
        <h2 id={`with-${block.assignment}`}>
          <Trans>With you</Trans>
        </h2>
        <span>{t`since ${since}`}</span>
      </header>
      <ul className={styles.list}>
        {students.map((student) => (
          <Row key={student.id} student={student} block={block} board={board} me={me} />
        ))}
      </ul>
    </Card>
  )
}

function Row({ student, block, board, me }: WithYouProps & { student: MyStudent }) {
  const { t, i18n } = useLingui()
  const card = useSafety(student.id)
  // before the first whole pull a missing card says nothing
  const isFilled = useSyncStatus().lastSynced !== null
  const [isOpen, setOpen] = useState(false)
  return (
    <li className={styles.row}>
      <button
        type="button"
        className={styles.student}
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        title={t`Open the safety card`}
      >
        <Who initials={student.initials} color={student.color} />
        <span className={styles.words}>
          <strong>
            {card
              ? levelName(i18n, card.body.supervision)
              : isFilled
                ? t`No safety card here`
                : t`On its way to this device`}
          </strong>
          {card?.body.exceptions.map((exception) => (
            <span key={exception} className={styles.exception}>
              {exceptionText(i18n, exception)}
            </span>
          ))}
          {card
            ? card.body.flags.length > 0 && (
                <span className={styles.tags}>
                  {card.body.flags.map((flag) => (
                    <Tag key={flag} tone={FLAGS[flag].tone} icon={FLAGS[flag].icon}>
                      {i18n._(FLAGS[flag].name)}
                    </Tag>
                  ))}
                </span>
              )
            : isFilled && (
                <span className={styles.tags}>
                  <Tag tone="wait" icon={ShieldQuestionMark}>
                    {t`ask the case manager`}
                  </Tag>
                </span>
              )}
          {card && (
            <span className={styles.speaks}>
              <MessageCircle size={15} aria-hidden />
              {card.body.communicates}
            </span>
          )}
        </span>
      </button>
      <span className={styles.counters}>
        {block.programs.map((program) => (
          <Counter key={program} program={program} student={student} block={block} board={board} />
        ))}
      </span>
      {isOpen && <SafetySheet student={student} card={card} me={me} onClose={() => setOpen(false)} />}
    </li>
  )
}
