/**
 * Recordings of one goal that were made at the same time, side by side: the owner chooses which of them stands, and the
 * others become second observations of it (domain C.0 rule 8). What was chosen stands below, to be taken back. For who
 * decides, and only once everybody has ended.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import { useAct } from '../../../platform/web/act.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { useNow } from '../../../platform/web/store/now.ts'
import type { SessionState } from '../../sessions/state.ts'
import type { Goal, GoalSession } from '../goal.ts'
import { useMe } from './held.ts'
import { decidesFor } from './owners.ts'
import { sayValue, useDayWords } from './say.ts'
import type { FoundGoal } from './useGoal.ts'
import { useGraphWords } from './words.ts'
import styles from './AtOnce.module.css'

/** As many words as a record takes. */
const MOST_WORDS = 300
/** Choices that stand, shown below: the newest. */
const FEW = 3

export default function AtOnce({ found: { goal, held } }: { found: FoundGoal }) {
  const mine = decidesFor(useMe(), goal.student) && held
  const chosen = goal.input.sessions.filter((state) => state.chosen).slice(-FEW)
  if (!mine || goal.atOnce.length + chosen.length === 0) return null
  return (
    <section className={styles.section} aria-labelledby="at-once">
      <h2 id="at-once">
        <Trans>Recorded by two at once</Trans>
      </h2>
      {goal.atOnce.map((group) => (
        <Group key={group[0]?.state.session} goal={goal} group={group} />
      ))}
      {chosen.length > 0 && (
        <ul className={styles.chosen}>
          {chosen.map((state) => (
            <Chosen key={state.session} goal={goal} state={state} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Group({ goal, group }: { goal: Goal; group: readonly GoalSession[] }) {
  const { t } = useLingui()
  const act = useAct()
  const words = useGraphWords()
  const dayWord = useDayWords()
  const formats = useFormats(goal.tz)
  const today = dayOf(useNow(60_000), goal.tz)
  const [reason, setReason] = useState('')
  const day = group[0]?.state.day ?? today
  const choose = (stands: GoalSession) => {
    const why = reason.trim().slice(0, MOST_WORDS)
    const others = group.filter((one) => one !== stands)
    act({
      drafts: others.map(({ state }) => ({
        kind: 'sessions.second',
        body: why === '' ? {} : { reason: why },
        student: state.student,
        refs: { session: state.session, program: state.program, of: stands.state.session },
      })),
      said: t`The recording of ${stands.by} stands`,
      undo: (made) => made.map((record) => withdrawal(goal, record.refs['session'] ?? '', record.id)),
    })
  }
  return (
    <Card className={styles.group}>
      <p>
        <strong className={styles.day}>{dayWord(day, today)}</strong>
        <Trans>
          Nothing is added up. Choose which recording stands; the other is kept as a second observation of it.
        </Trans>
      </p>
      <ul className={styles.sides}>
        {group.map((one) => {
          const { state, point, by } = one
          const hours = `${formats.clock(state.started)} – ${formats.clock(state.ended ?? state.started)}`
          return (
            <li key={state.session} className={styles.side}>
              <span className={styles.who}>
                <strong>{by}</strong>
                <span className={styles.quiet}>{hours}</span>
              </span>
              <output className={styles.value}>{sayValue(words, point) ?? t`no data`}</output>
              <Button aria-label={t`This one stands: ${by}, ${hours}`} onClick={() => choose(one)}>
                <Trans>This one stands</Trans>
              </Button>
            </li>
          )
        })}
      </ul>
      <TextField label={t`Reason, if you want to give one`} value={reason} onChange={setReason} />
    </Card>
  )
}

function Chosen({ goal, state }: { goal: Goal; state: SessionState }) {
  const { t } = useLingui()
  const act = useAct()
  const dayWord = useDayWords()
  const today = dayOf(useNow(60_000), goal.tz)
  const { chosen } = state
  if (!chosen) return null
  const stands = goal.input.sessions.find(({ session }) => session === state.of)
  const [by, second] = [goal.names[stands?.by ?? ''] ?? '?', goal.names[state.by] ?? '?']
  const day = dayWord(state.day, today)
  return (
    <li>
      <p>
        <Trans>
          {day}: the recording of {by} stands; that of {second} is the second observation.
        </Trans>
        {chosen.reason !== undefined && <span className={styles.quiet}> “{chosen.reason}”</span>}
      </p>
      <Button
        onClick={() =>
          act({
            drafts: [withdrawal(goal, state.session, chosen.id)],
            said: t`Both recordings stand again, until you choose`,
          })
        }
      >
        <Trans>Take it back</Trans>
      </Button>
    </li>
  )
}

function withdrawal({ student, program }: Goal, session: string, id: string) {
  return {
    kind: 'sessions.void',
    body: {},
    student,
    refs: { session, program },
    replaces: id,
    reason: 'other: both stand again',
  }
}
