/** The card of what is logged without a session: who, what kind of log, and the pad that another capability brings. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ClipboardList, Eye, NotebookPen } from 'lucide-react'
import { lazy, Suspense, use } from 'react'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import type { Me } from '../../schedule/model.ts'
import { isOfCare, titleInLists } from '../measures.ts'
import type { Program } from '../program.ts'
import type { Place } from './hooks.ts'
import { LogPadsContext, type LoggedSystem } from './log-pads.ts'
import styles from './GoalCard.module.css'

const ObserveLog = lazy(() => import('./ObserveLog.tsx'))

export interface LogCardProps {
  readonly program: Program
  readonly system: LoggedSystem
  readonly place: Place
  readonly me: Me
  /** Opened to observe beside whoever keeps it. */
  readonly observing?: boolean
}

export function LogCard({ program, system, place, me, observing = false }: LogCardProps) {
  const { t } = useLingui()
  const Pad = use(LogPadsContext)[system]
  const student = me.students.find((one) => one.id === program.student)
  const initials = student?.initials ?? '?'
  // whoever looks over the shoulder sees that there is a log, and not of what
  const isPrivate = isOfCare(system)
  const title = titleInLists(program.body, t`Personal routine`)
  const Icon = isPrivate ? ClipboardList : NotebookPen
  return (
    <article className={styles.card} data-color={student?.color ?? 1} aria-label={`${initials} ${title}`}>
      <header className={styles.head}>
        <Who initials={initials} color={student?.color ?? 1} />
        <div className={styles.title}>
          <h2>{title}</h2>
        </div>
        <Icon size={20} aria-hidden className={styles.quiet} />
      </header>
      {Pad ? (
        <Suspense fallback={<div className={styles.coming} aria-busy />}>
          {observing ? (
            <ObserveLog
              program={program}
              system={system}
              place={place}
              me={me}
              initials={initials}
              Pad={Pad}
            />
          ) : (
            <>
              <Pad program={program} initials={initials} setting={place.block.place} day={place.day} />
              {system !== 'feeding' && (
                <ButtonLink
                  to="/observe/$program"
                  params={{ program: program.id }}
                  variant="ghost"
                  icon={Eye}
                  label={t`Observe with somebody: ${initials} ${title}`}
                >
                  <Trans>Observe with somebody</Trans>
                </ButtonLink>
              )}
            </>
          )}
        </Suspense>
      ) : (
        <p className={styles.quiet}>
          <Trans>This log is not part of this app yet.</Trans>
        </p>
      )}
    </article>
  )
}
