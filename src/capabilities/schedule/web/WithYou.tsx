/**
 * Who is with me in a block, safety first: how near I stay, what to know, how they communicate. The row opens the
 * whole card; a behavior that is counted here has its +1 in the row, one tap.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { ChevronRight, MessageCircle, ShieldQuestionMark } from 'lucide-react'
import { useState } from 'react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
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
  const students = block.students.flatMap((id) => me.students.find((one) => one.id === id) ?? [])
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
          {card ? (
            <>
              <strong>{levelName(i18n, card.body.supervision)}</strong>
              {card.body.exceptions.map((exception) => (
                <span key={exception} className={styles.exception}>
                  {exceptionText(i18n, exception)}
                </span>
              ))}
              <span className={styles.tags}>
                {card.body.flags.map((flag) => (
                  <Tag key={flag} tone={FLAGS[flag].tone} icon={FLAGS[flag].icon}>
                    {i18n._(FLAGS[flag].name)}
                  </Tag>
                ))}
                <Tag icon={MessageCircle}>{card.body.communicates}</Tag>
              </span>
            </>
          ) : (
            <>
              <strong>{t`No safety card here`}</strong>
              <span className={styles.tags}>
                <Tag tone="wait" icon={ShieldQuestionMark}>
                  {t`ask the case manager`}
                </Tag>
              </span>
            </>
          )}
        </span>
        <ChevronRight className={styles.more} size={18} aria-hidden />
      </button>
      {block.programs.map((program) => (
        <Counter key={program} program={program} student={student} block={block} board={board} />
      ))}
      {isOpen && <SafetySheet student={student} card={card} me={me} onClose={() => setOpen(false)} />}
    </li>
  )
}
