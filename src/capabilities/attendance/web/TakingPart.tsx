/** Taking part, over a class: one tap a time that a student answered, asked or offered something. Counts, no scores. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useAct } from '../../../platform/web/act.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { cx } from '../../../platform/web/kit/cx.ts'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import { useTap } from '../../../platform/web/tap.ts'
import type { MyStudent } from '../../schedule/model.ts'
import { PARTICIPATION, type Participation } from '../records.ts'
import type { ClassProps } from './Presences.tsx'
import { backDrafts, participationDraft, useStudentDay } from './roll.ts'
import { TAKING_PART } from './words.ts'
import marks from './marks.module.css'
import styles from './Roll.module.css'

export function TakingPart({ block, day, students }: ClassProps) {
  return (
    <>
      <p className={styles.quiet}>
        <Trans>One tap each time. Your own counts: two adults are never added.</Trans>
      </p>
      <ul className={styles.rows}>
        {students.map((student) => (
          <Row key={student.id} student={student} block={block} day={day} />
        ))}
      </ul>
    </>
  )
}

function Row({ student, block, day }: Pick<ClassProps, 'block' | 'day'> & { student: MyStudent }) {
  const { person } = useDevice()
  const found = useStudentDay(student.id, day)
  const own = found?.participation.find((one) => one.block === block.code && one.by === person)
  return (
    <Card as="li" className={styles.row}>
      <div className={styles.who}>
        <Who initials={student.initials} color={student.color} />
      </div>
      <div className={styles.keys} role="group" aria-label={student.initials}>
        {PARTICIPATION.map((what) => (
          <Key
            key={what}
            student={student}
            place={{ day, block: block.code }}
            what={what}
            count={own?.[what] ?? 0}
          />
        ))}
      </div>
    </Card>
  )
}

function Key({
  student,
  place,
  what,
  count,
}: {
  student: MyStudent
  place: { day: string; block: string }
  what: Participation
  count: number
}) {
  const { i18n } = useLingui()
  const act = useAct()
  const word = i18n._(TAKING_PART[what])
  const tap = useTap(() =>
    act({
      drafts: [participationDraft(student.id, place, what)],
      said: `${student.initials} ${word}: ${count + 1}`,
      undo: backDrafts,
    }),
  )
  return (
    <button
      {...tap}
      type="button"
      className={cx(marks.mark, styles.key)}
      onKeyDown={(event) => {
        if (event.repeat) event.preventDefault()
      }}
    >
      <strong>{count}</strong>
      {word}
    </button>
  )
}
