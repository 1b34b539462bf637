/** The goals of one student, for their page: the newest weeks, the last value, where it stands. Read-only. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ChevronRight, Plus } from 'lucide-react'
import { dayOf } from '../../../platform/core/days.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { ButtonLink, Link } from '../../../platform/web/kit/Link.tsx'
import rows from '../../../platform/web/kit/Rows.module.css'
import { useNow } from '../../../platform/web/store/now.ts'
import { titleInLists } from '../../sessions/measures.ts'
import type { Goal } from '../goal.ts'
import { useHeldGoals, useMe } from './held.ts'
import { decidesFor } from './owners.ts'
import { sayValue, useDayWords } from './say.ts'
import { Spark } from './Spark.tsx'
import { StandingWords } from './StandingWords.tsx'
import { useGraphWords } from './words.ts'
import styles from './StudentGoals.module.css'

export default function StudentGoals({ student }: { student: string }) {
  const goals = useHeldGoals()
    .filter((goal) => goal.student === student)
    .toSorted((a, b) => (a.version.body.title < b.version.body.title ? -1 : 1))
  const isOwner = decidesFor(useMe(), student)
  if (goals.length === 0 && !isOwner) return null
  return (
    <section className={styles.goals}>
      <div className={styles.head}>
        <h2>
          <Plural value={goals.length} _0="No goal yet" one="# goal" other="# goals" />
        </h2>
        {isOwner && (
          <ButtonLink to="/programs/new/$student" params={{ student }} icon={Plus}>
            <Trans>New goal</Trans>
          </ButtonLink>
        )}
      </div>
      <ul>
        {goals.map((goal) => (
          <li key={goal.program}>
            <GoalCard goal={goal} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function GoalCard({ goal }: { goal: Goal }) {
  const { t } = useLingui()
  return (
    <Card flush>
      <Link to="/goals/$program" params={{ program: goal.program }} className={rows.row}>
        <span className={rows.words}>
          <strong>{titleInLists(goal.version.body, t`Personal routine`)}</strong>
          <Last goal={goal} />
          {goal.standing && (
            <span className={rows.quiet}>
              <StandingWords standing={goal.standing} />
            </span>
          )}
        </span>
        <Spark model={goal.model} width={128} height={52} />
        <ChevronRight size={20} aria-hidden className={rows.chevron} />
      </Link>
    </Card>
  )
}

/** What runs now, else the newest value and when it was. */
function Last({ goal }: { goal: Goal }) {
  const words = useGraphWords()
  const dayWord = useDayWords()
  const today = dayOf(useNow(60_000), goal.tz)
  const session = goal.sessions.find(({ point }) => point !== null && point.value !== null)
  const value = sayValue(words, session?.point ?? null)
  if (!session || value === null)
    return (
      <span className={rows.quiet}>
        {goal.log.last === null ? (
          <Trans>No data yet</Trans>
        ) : (
          <>
            <Plural value={goal.log.entries} one="# entry" other="# entries" />,{' '}
            {dayWord(goal.log.last, today)}
          </>
        )}
      </span>
    )
  const open = session.state.status === 'open'
  return (
    <span className={rows.quiet}>
      <b className={styles.value}>{value}</b>
      {open ? (
        <>
          {' '}
          <Trans>so far</Trans>
        </>
      ) : (
        <>, {dayWord(session.state.day, today)}</>
      )}
    </span>
  )
}
