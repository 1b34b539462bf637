/**
 * Who is here, on Today: all in one tap, one tap more for each who is not (experience: 1 + 1 an exception). A tap on
 * somebody who is here says absent, a tap on somebody absent says here; late, went home and elsewhere are one screen on.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CheckCheck } from 'lucide-react'
import type { Day } from '../../../platform/core/days.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Link } from '../../../platform/web/kit/Link.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { useTap } from '../../../platform/web/tap.ts'
import { meOf } from '../../schedule/me.ts'
import type { BoardBlock, MyStudent } from '../../schedule/model.ts'
import type { Mark } from '../rules.ts'
import { classOf, useMarks } from './roll.ts'
import { useRoll } from './useRoll.ts'
import { MARKS } from './words.ts'
import styles from './Roll.module.css'

export default function RollCard({ block, day }: { block: BoardBlock; day: Day }) {
  const { t } = useLingui()
  const students = classOf(meOf(useValue('me')), block)
  const marks = useMarks(
    students.map(({ id }) => id),
    day,
    block.code,
  )
  const roll = useRoll(block, day)
  const unmarked = marks.filter((mark) => mark === null).length
  const here = marks.filter((mark) => mark?.state === 'present' || mark?.state === 'late').length
  if (students.length === 0) return null
  return (
    <Card as="section" flush aria-labelledby={`roll-${block.assignment}`}>
      <header className={styles.head}>
        <h2 id={`roll-${block.assignment}`}>
          <Trans>Who is here</Trans>
        </h2>
        <span>
          {unmarked === students.length ? t`not marked yet` : t`${here} of ${students.length} here`}
        </span>
      </header>
      <div className={styles.chips}>
        {students.map((student, index) => (
          <Chip
            key={student.id}
            student={student}
            mark={marks[index] ?? null}
            onTap={(state) => roll.mark(student, state)}
          />
        ))}
      </div>
      <footer className={styles.foot}>
        {unmarked > 0 && (
          <Button size="pad" wide icon={CheckCheck} onClick={() => roll.allHere(students)}>
            {unmarked === students.length ? (
              <Plural value={unmarked} one="Here" other="All # here" />
            ) : (
              <Trans>The others are here</Trans>
            )}
          </Button>
        )}
        <Link to="/roll/$block" params={{ block: block.assignment }} className={styles.more}>
          <Trans>Late, went home, taking part, on task</Trans>
        </Link>
      </footer>
    </Card>
  )
}

function Chip({
  student,
  mark,
  onTap,
}: {
  student: MyStudent
  mark: Mark | null
  onTap: (state: 'present' | 'absent') => void
}) {
  const { t, i18n } = useLingui()
  const isHere = mark?.state === 'present' || mark?.state === 'late'
  const tap = useTap(() => onTap(isHere ? 'absent' : 'present'))
  const shape = mark && MARKS[mark.state]
  return (
    <button
      {...tap}
      type="button"
      className={styles.chip}
      data-is={mark?.state ?? 'none'}
      title={isHere ? t`Mark absent` : t`Mark here`}
      onKeyDown={(event) => {
        if (event.repeat) event.preventDefault()
      }}
    >
      <Who initials={student.initials} color={student.color} />
      <span>
        {shape && <shape.icon size={15} aria-hidden />}
        {shape ? i18n._(shape.name) : t`not marked`}
      </span>
    </button>
  )
}
