/** One training: the task, with whom, from when until when, and who said so. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ClipboardCheck, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useDays } from '../../../platform/web/desk/days.ts'
import { taskName } from '../../../platform/web/desk/tasks.ts'
import { roleName } from '../../../platform/web/i18n/roles.ts'
import { IconButton } from '../../../platform/web/kit/Button.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { expiryOf } from '../expiry.ts'
import { standingOf } from '../training.ts'
import type { TrainingPage, TrainingRow } from '../wire.ts'
import { METHOD } from './words.ts'
import styles from './cover.module.css'

export interface TrainingLineProps {
  readonly page: TrainingPage
  readonly row: TrainingRow
  /** What stands above it already and is not said again; `both`: neither. */
  readonly by: 'adult' | 'student' | 'both'
  readonly onRevoke?: (() => void) | undefined
  /** To say how it was shown. */
  readonly onProve?: (() => void) | undefined
  readonly children?: ReactNode
}

export function TrainingLine({ page, row, by, onRevoke, onProve, children }: TrainingLineProps) {
  const { t, i18n } = useLingui()
  const days = useDays(page.today)
  const student = page.students.find(({ id }) => id === row.student)
  const standing = standingOf(row, page.today, page.soonDays)
  const expiry = expiryOf(row.to, page.today)
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
        {row.proof && <Shown proof={row.proof} today={page.today} />}
      </div>
      {row.revoked !== null ? (
        <Tag tone="wait">
          <Trans>taken back</Trans>
        </Tag>
      ) : standing === 'over' ? (
        <Tag tone="wait">
          <Trans>over</Trans>
        </Tag>
      ) : expiry !== null && standing !== 'later' ? (
        <Tag tone={expiry.stage === 60 ? 'info' : 'wait'}>
          <Plural value={expiry.left} _0="ends today" one="ends in # day" other="ends in # days" />
        </Tag>
      ) : standing === 'later' ? (
        <Tag>
          <Trans>not yet</Trans>
        </Tag>
      ) : null}
      {children}
      {(onProve || onRevoke) && (
        <span className={styles.acts}>
          {onProve && (
            <IconButton
              icon={ClipboardCheck}
              label={t`How it was shown: ${task}, ${row.name}`}
              onClick={onProve}
            />
          )}
          {onRevoke && <IconButton icon={X} label={t`Take back: ${task}, ${row.name}`} onClick={onRevoke} />}
        </span>
      )}
    </div>
  )
}

/** Who taught it and as what, by which steps, how much of the checklist was right, when, and before whom. */
function Shown({ proof, today }: { proof: NonNullable<TrainingRow['proof']>; today: string }) {
  const { t, i18n } = useLingui()
  const days = useDays(today)
  const role = roleName(i18n, proof.trainerRole)
  const said = [
    t`taught by ${proof.trainerName} (${role})`,
    proof.method.map((one) => i18n._(METHOD[one])).join(', '),
    proof.shown !== null && t`shown ${days(proof.shown)}`,
    proof.done !== null && t`${proof.done} of ${proof.of} steps`,
    proof.observerName !== null && t`seen by ${proof.observerName}`,
  ]
  return <p className={styles.quiet}>{said.filter(Boolean).join(' · ')}</p>
}
