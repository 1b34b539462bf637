/**
 * On Today: trainings of one's own that end within 30 days, or have ended, from the document of the day, so also without a
 * network. Nobody else's are here. What was renewed is not said to end.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { GraduationCap } from 'lucide-react'
import { dayOf } from '../../../platform/core/days.ts'
import { useDays } from '../../../platform/web/desk/days.ts'
import { taskName } from '../../../platform/web/desk/tasks.ts'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { useNow } from '../../../platform/web/store/now.ts'
import { meOf } from '../../schedule/me.ts'
import type { Me } from '../../schedule/model.ts'
import { expiryOf, longest, type Expiry } from '../expiry.ts'

const MINUTE = 60_000

export default function OwnTraining() {
  const me = meOf(useValue('me'))
  const today = dayOf(useNow(MINUTE), me?.district.tz ?? 'UTC')
  const ending = longest(me?.training ?? []).flatMap(({ task, student, to }) => {
    const expiry = expiryOf(to, today)
    return expiry === null || to === null || expiry.stage === 60 ? [] : [{ task, student, to, ...expiry }]
  })
  return (
    me &&
    ending
      .toSorted((a, b) => a.left - b.left)
      .map((one) => <Line key={`${one.task} ${one.student}`} {...one} me={me} today={today} />)
  )
}

interface LineProps extends Expiry {
  readonly task: string
  readonly student: string | null
  readonly to: string
  readonly me: Me
  readonly today: string
}

function Line({ task: code, student, to, left, stage, me, today }: LineProps) {
  const { i18n } = useLingui()
  const days = useDays(today)
  const task = taskName(i18n, code)
  const date = days(to)
  const who = me.students.find(({ id }) => id === student)
  return (
    <Notice icon={GraduationCap} tone={stage === 30 ? 'info' : 'wait'}>
      {stage === 'over' ? (
        <Trans>
          Your training in {task} ended on {date}
        </Trans>
      ) : left === 0 ? (
        <Trans>Your training in {task} ends today</Trans>
      ) : (
        <Plural
          value={left}
          one={`Your training in ${task} ends in # day (${date})`}
          other={`Your training in ${task} ends in # days (${date})`}
        />
      )}
      {who && (
        <>
          {' '}
          <Who initials={who.initials} color={who.color} size="s" />
        </>
      )}
    </Notice>
  )
}
