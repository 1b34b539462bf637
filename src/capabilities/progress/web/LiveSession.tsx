/** A session that runs now: who, since when, and each result as it comes. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleDot, Eye, Hourglass } from 'lucide-react'
import { dayOf } from '../../../platform/core/days.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import { useNow } from '../../../platform/web/store/now.ts'
import { momentOf } from '../../schedule/day.ts'
import type { Goal, GoalSession } from '../goal.ts'
import { useHeldGoal, useMe } from './held.ts'
import { sayValue } from './say.ts'
import { Trail } from './Trail.tsx'
import { useGraphWords } from './words.ts'
import styles from './LiveSession.module.css'

export function LiveSession({ goal, session }: { goal: Goal; session: GoalSession }) {
  const { t } = useLingui()
  const words = useGraphWords()
  const formats = useFormats(goal.tz)
  const device = useDevice()
  const now = useNow(60_000)
  const { state, by, point } = session
  const today = state.day === dayOf(now, goal.tz)
  const value = sayValue(words, point)
  const since = today ? formats.time(state.started) : formats.dateTime(state.started)
  const mine = state.by === device.person
  const Icon = today ? CircleDot : Hourglass
  return (
    <Card as="section" emphasis={today} className={styles.live} aria-label={t`Recording now`}>
      <p className={styles.eyebrow} data-today={today || undefined}>
        <Icon size={16} aria-hidden />
        {today ? <Trans>Recording now</Trans> : <Trans>Not ended yet</Trans>}
      </p>
      <div className={styles.line}>
        <p>
          <strong>{mine ? <Trans>You</Trans> : by}</strong>
          {state.observer === 'ioa' && (
            <>
              {' '}
              <Trans>as second observer</Trans>
            </>
          )}
          <span className={styles.quiet}>
            {' '}
            <Trans>since {since}</Trans>
            {state.setting !== '' && <> · {state.setting}</>}
          </span>
        </p>
        <output className={value === null ? styles.quiet : styles.value} aria-live="polite">
          {value ?? <Trans>nothing recorded yet</Trans>}
        </output>
      </div>
      <div className={styles.foot}>
        <Trail state={state} />
        {today && !mine && <Observe session={state} />}
      </div>
    </Card>
  )
}

/** To the pad of the block in which I may observe with them; nothing where my own day has none with this goal. */
function Observe({ session: { program, observer } }: { session: GoalSession['state'] }) {
  const me = useMe()
  const now = useNow(60_000)
  const own = useHeldGoal(program)?.open.some(({ state }) => state.by === me?.person.id)
  if (!me || own || observer === 'ioa') return null
  const moment = momentOf(me, now)
  const block = moment.now.find(({ programs }) => programs.includes(program))
  return (
    block && (
      <ButtonLink to="/pad/$block" params={{ block: block.assignment }} icon={Eye}>
        <Trans>Observe with them</Trans>
      </ButtonLink>
    )
  )
}
