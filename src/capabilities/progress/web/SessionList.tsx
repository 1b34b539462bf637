/**
 * The sessions of a goal, newest first: when, by whom, the fraction and what it comes to, agreement, and what should
 * be known about it in words. A row opens the session with all that was recorded in it.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { dayOf, type Day } from '../../../platform/core/days.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { useNow } from '../../../platform/web/store/now.ts'
import type { GoalSession } from '../goal.ts'
import type { GraphPoint } from '../rules.ts'
import { sayAgreement, sayNotes } from './session-words.ts'
import { SessionSheet } from './SessionSheet.tsx'
import type { FoundGoal } from './useGoal.ts'
import { useGraphWords, type GraphWords } from './words.ts'
import styles from './SessionList.module.css'

/** Rows shown before one asks for all. */
const FEW = 20

export function SessionList({ found }: { found: FoundGoal }) {
  const { goal } = found
  const words = useGraphWords()
  const today = dayOf(useNow(60_000), goal.tz)
  const [opened, setOpened] = useState<string | null>(null)
  const [all, setAll] = useState(false)
  const total = goal.sessions.length
  if (total === 0) return null
  const shown = all ? goal.sessions : goal.sessions.slice(0, FEW)
  const session = goal.sessions.find(({ state }) => state.session === opened)
  return (
    <section className={styles.sessions}>
      <h2>
        <Trans>Sessions</Trans>
      </h2>
      <Card flush>
        <div className={styles.heads} aria-hidden>
          <span>
            <Trans>Date</Trans>
          </span>
          <span>
            <Trans>By</Trans>
          </span>
          <span className={styles.number}>
            <Trans>Fraction</Trans>
          </span>
          <span className={styles.number}>
            <Value unit={goal.model.axis.y.unit.kind} />
          </span>
          <span>
            <Trans>Agreement</Trans>
          </span>
          <span className={styles.headNotes}>
            <Trans>Notes</Trans>
          </span>
        </div>
        <ul className={styles.rows}>
          {shown.map((one) => (
            <Row
              key={one.state.session}
              session={one}
              words={words}
              today={today}
              onOpen={() => setOpened(one.state.session)}
            />
          ))}
        </ul>
        {shown.length < total && (
          <Button variant="ghost" wide onClick={() => setAll(true)}>
            <Trans>Show all {total} sessions</Trans>
          </Button>
        )}
      </Card>
      {session && <SessionSheet found={found} session={session} onClose={() => setOpened(null)} />}
    </section>
  )
}

function Value({ unit }: { unit: GraphPoint['unit']['kind'] }) {
  if (unit === 'percent') return <Trans>Percent</Trans>
  return unit === 'count' ? <Trans>Count</Trans> : <Trans>Rate</Trans>
}

interface RowProps {
  session: GoalSession
  words: GraphWords
  today: Day
  onOpen: () => void
}

function Row({ session, words, today, onOpen }: RowProps) {
  const { i18n } = useLingui()
  const { state, point, by } = session
  const value = point && point.value !== null ? words.value(point.value, point.unit) : null
  const fraction = point && value !== null ? words.fraction(point) : null
  const agreement = sayAgreement(words, session)
  const sameYear = state.day.slice(0, 4) === today.slice(0, 4)
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        onClick={onOpen}
        data-missing={value === null || undefined}
      >
        <span className={styles.date}>{point ? words.when(point, !sameYear) : state.day}</span>
        <span className={styles.by}>{by}</span>
        <span className={styles.result}>
          <span className={styles.fraction}>{fraction}</span>
          <span className={styles.value}>{value ?? <Trans>no data</Trans>}</span>
        </span>
        <span className={styles.agreement}>
          {agreement !== null && (
            <>
              <span className={styles.word}>
                <Trans>agreement</Trans>{' '}
              </span>
              {agreement}
            </>
          )}
        </span>
        <span className={styles.notes}>{sayNotes(i18n, words, session, today).join(', ')}</span>
        <ChevronRight size={18} aria-hidden />
      </button>
    </li>
  )
}
