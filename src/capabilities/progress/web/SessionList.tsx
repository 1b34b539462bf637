/**
 * The sessions of a goal, newest first: when, by whom, the fraction and what it comes to, agreement, and what should
 * be known about it in words. A row opens the session with all that was recorded in it.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { useNow } from '../../../platform/web/store/now.ts'
import type { Goal, GoalSession } from '../goal.ts'
import type { GraphPoint } from '../rules.ts'
import { SessionSheet } from './SessionSheet.tsx'
import type { FoundGoal } from './useGoal.ts'
import { useGraphWords } from './words.ts'
import styles from './SessionList.module.css'

/** Rows shown before one asks for all. */
const FEW = 20

export function SessionList({ found }: { found: FoundGoal }) {
  const { goal } = found
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
              goal={goal}
              session={one}
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

function Row({ goal, session, onOpen }: { goal: Goal; session: GoalSession; onOpen: () => void }) {
  const words = useGraphWords()
  const today = dayOf(useNow(60_000), goal.tz)
  const { state, point, by } = session
  const notes = useNotes(goal, session)
  const value = point && point.value !== null ? words.value(point.value, point.unit) : null
  const fraction = point && value !== null ? words.fraction(point) : null
  const year = state.day.slice(0, 4) === today.slice(0, 4)
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        onClick={onOpen}
        data-missing={value === null || undefined}
      >
        <span className={styles.date}>{point ? words.when(point, !year) : state.day}</span>
        <span className={styles.by}>{by}</span>
        <span className={styles.result}>
          <span className={styles.fraction}>{fraction}</span>
          <span className={styles.value}>{value ?? <Trans>no data</Trans>}</span>
        </span>
        <Agreement session={session} />
        <span className={styles.notes}>{notes.join(', ')}</span>
        <ChevronRight size={18} aria-hidden />
      </button>
    </li>
  )
}

function Agreement({ session: { agreement, second } }: { session: GoalSession }) {
  const said = useAgreement({ agreement, second })
  return (
    <span className={styles.agreement}>
      {said !== null && (
        <>
          <span className={styles.word}>
            <Trans>agreement</Trans>{' '}
          </span>
          {said}
        </>
      )}
    </span>
  )
}

/** `9/10 = 90%`; without enough items the fraction alone; null when nothing can be compared. */
export function useAgreement({ agreement }: Pick<GoalSession, 'agreement' | 'second'>): string | null {
  const words = useGraphWords()
  if (!agreement) return null
  const { agreed, total, percent, formula } = agreement
  const share = percent && words.value((100 * percent.numerator) / percent.denominator, { kind: 'percent' })
  if (formula === 'mean_count_per_interval') return share
  return share ? `${agreed}/${total} = ${share}` : `${agreed}/${total}`
}

/** What should be known about a session besides its value and its agreement, which stand in columns of their own. */
export function useNotes(goal: Goal, { state, point, agreement }: GoalSession): string[] {
  const { t } = useLingui()
  const words = useGraphWords()
  const today = dayOf(useNow(60_000), goal.tz)
  if (!point) return []
  const late = state.status === 'open' && state.day !== today
  const notes = point.notes.filter(
    (note) => (note.kind !== 'agreement' || !agreement) && (note.kind !== 'running' || !late),
  )
  return [...(late ? [t`not ended`] : []), ...words.notes({ ...point, notes })]
}
