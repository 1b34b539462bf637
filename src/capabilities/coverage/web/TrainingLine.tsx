/** One training: the task, with whom, from when until when, and who said so. */
import { Trans, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useDays } from '../../../platform/web/desk/days.ts'
import { taskName } from '../../../platform/web/desk/tasks.ts'
import { IconButton } from '../../../platform/web/kit/Button.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { standingOf } from '../training.ts'
import type { TrainingPage, TrainingRow } from '../wire.ts'
import styles from './cover.module.css'

export interface TrainingLineProps {
  readonly page: TrainingPage
  readonly row: TrainingRow
  /** What stands above it already and is not said again; `both`: neither. */
  readonly by: 'adult' | 'student' | 'both'
  readonly onRevoke?: (() => void) | undefined
  readonly children?: ReactNode
}

export function TrainingLine({ page, row, by, onRevoke, children }: TrainingLineProps) {
  const { t, i18n } = useLingui()
  const days = useDays(page.today)
  const student = page.students.find(({ id }) => id === row.student)
  const standing = standingOf(row, page.today, page.soonDays)
  const task = taskName(i18n, row.task)
  return (
    <div className={styles.row}>
      <div className={styles.long}>
        <p className={styles.row}>
          <span className={styles.task}>{task}</span>
          {by !== 'student' &&
            (student ? (
              <Who initials={student.initials} color={student.color} size="s" />
            ) : (
              <span className={styles.quiet}>
                <Trans>with all students</Trans>
              </span>
            ))}
          {by !== 'adult' && <span dir="auto">{row.name}</span>}
        </p>
        <p className={styles.quiet}>
          {days.span(row.from, row.to)}
          {row.by !== null && (
            <>
              {' · '}
              <Trans>said by {row.by}</Trans>
            </>
          )}
        </p>
      </div>
      {row.revoked !== null ? (
        <Tag tone="danger">
          <Trans>taken back</Trans>
        </Tag>
      ) : standing === 'over' ? (
        <Tag tone="danger">
          <Trans>over</Trans>
        </Tag>
      ) : standing === 'soon' ? (
        <Tag tone="wait">
          <Trans>ends soon</Trans>
        </Tag>
      ) : standing === 'later' ? (
        <Tag>
          <Trans>not yet</Trans>
        </Tag>
      ) : null}
      {children}
      {onRevoke && <IconButton icon={X} label={t`Take back: ${task}, ${row.name}`} onClick={onRevoke} />}
    </div>
  )
}
