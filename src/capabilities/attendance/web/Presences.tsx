/** One row a student with every mark in reach of one tap, and who said it when. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { Day } from '../../../platform/core/days.ts'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { cx } from '../../../platform/web/kit/cx.ts'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import type { BoardBlock, MyStudent } from '../../schedule/model.ts'
import { PRESENCE } from '../records.ts'
import { markIn } from '../rules.ts'
import { useStudentDay } from './roll.ts'
import { useRoll } from './useRoll.ts'
import { MARKS } from './words.ts'
import marks from './marks.module.css'
import styles from './Roll.module.css'

export interface ClassProps {
  readonly block: BoardBlock
  readonly day: Day
  readonly students: readonly MyStudent[]
}

export function Presences({ block, day, students }: ClassProps) {
  return (
    <ul className={styles.rows}>
      {students.map((student) => (
        <Row key={student.id} student={student} block={block} day={day} />
      ))}
    </ul>
  )
}

function Row({ student, block, day }: Pick<ClassProps, 'block' | 'day'> & { student: MyStudent }) {
  const { t, i18n } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const me = meOf(useValue('me'))
  const roll = useRoll(block, day)
  const mark = markIn(useStudentDay(student.id, day), block.code)
  const by =
    mark && [...(me ? [me.person] : []), ...(me?.people ?? [])].find(({ id }) => id === mark.by)?.name
  const at = mark ? formats.clock(mark.at) : ''
  return (
    <Card as="li" className={styles.row}>
      <div className={styles.who}>
        <Who initials={student.initials} color={student.color} />
        <p>
          {mark ? (
            <>
              <strong>{i18n._(MARKS[mark.state].name)}</strong>
              {mark.state === 'late' && mark.minutes !== null && (
                <>
                  {' '}
                  <Plural value={mark.minutes} one="by # minute" other="by # minutes" />
                </>
              )}
              <small>{by ? t`${at}, ${by}` : at}</small>
            </>
          ) : (
            <small>
              <Trans>not marked yet</Trans>
            </small>
          )}
        </p>
      </div>
      <div className={styles.keys} role="group" aria-label={student.initials}>
        {PRESENCE.map((state) => {
          const { name, icon: Icon } = MARKS[state]
          return (
            <button
              key={state}
              type="button"
              className={cx(marks.mark, styles.key)}
              data-is={state}
              aria-pressed={mark?.state === state}
              onClick={() => mark?.state !== state && roll.mark(student, state)}
            >
              <Icon size={18} aria-hidden />
              {i18n._(name)}
            </button>
          )
        })}
      </div>
    </Card>
  )
}
