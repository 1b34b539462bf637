/** What is allowed for one day, today and on the days to come, to be taken back. */
import { Trans, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { useCommand } from '../../../platform/web/desk/command.ts'
import { useDays } from '../../../platform/web/desk/days.ts'
import { taskName } from '../../../platform/web/desk/tasks.ts'
import { Wrong } from '../../../platform/web/desk/Wrong.tsx'
import { IconButton } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import type { TrainingPage } from '../wire.ts'
import styles from './cover.module.css'

export interface TrainingAllowedProps {
  readonly page: TrainingPage
  readonly student: string | undefined
  readonly onDone: () => void
}

export function TrainingAllowed({ page, student, onDone }: TrainingAllowedProps) {
  const { t, i18n } = useLingui()
  const days = useDays(page.today)
  const command = useCommand()
  const shown = (page.allowed ?? []).filter((one) => student === undefined || one.student === student)
  if (shown.length === 0) return null
  const end = async (id: string) => {
    if (await command.send(`/api/coverage/overrides/${id}/end`, {})) onDone()
  }
  return (
    <Card as="section" className={styles.stack} aria-labelledby="allowed">
      <h2 id="allowed">
        <Trans>Allowed for one day</Trans>
      </h2>
      <Wrong wrong={command.wrong} />
      <ul className={styles.lines}>
        {shown.map((one) => {
          const task = taskName(i18n, one.task)
          const who = page.students.find(({ id }) => id === one.student)
          return (
            <li key={one.id} className={styles.row}>
              <div className={styles.long}>
                <p className={styles.row}>
                  <span className={styles.task}>{task}</span>
                  {who && <Who initials={who.initials} color={who.color} size="s" />}
                  <span dir="auto">{one.name}</span>
                </p>
                <p className={styles.quiet}>
                  {days(one.day)} · <Trans>only beside {one.beside}</Trans> ·{' '}
                  <Trans>allowed by {one.by}</Trans>: <span dir="auto">{one.reason}</span>
                </p>
              </div>
              <IconButton
                icon={X}
                label={t`Allow no longer: ${task}, ${one.name}`}
                onClick={() => void end(one.id)}
              />
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
