/**
 * Visits to the toilet (domain C18, C.5). On the pad it is “care” with a neutral sign and the time that is due; what it
 * is about stands in the sheet only. A typical visit is three taps: open, result, keep.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ClipboardList } from 'lucide-react'
import { useState } from 'react'
import { instantOf } from '../../../platform/core/days.ts'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { useNow } from '../../../platform/web/store/now.ts'
import { minuteOf, minutesIn } from '../../sessions/log.ts'
import type { LogPadProps } from '../../sessions/log-pad.ts'
import { useCareLog } from './log.ts'
import { VisitSheet } from './VisitSheet.tsx'
import styles from './Care.module.css'

const MINUTE = 60_000

export default function VisitPad({ program, initials, day, log: second }: LogPadProps) {
  const { t } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const now = useNow(MINUTE)
  const log = useCareLog(program, day, second)
  const [open, setOpen] = useState(false)
  const { measure } = program.body
  if (measure.system !== 'toileting') return null
  const minute = minuteOf(new Date(now).toISOString(), district.tz)
  const visited = log.entries.map((entry) => minuteOf(entry.at, district.tz))
  const tolerance = measure.tolerance_min
  // a scheduled time is done when a visit lies within its tolerance
  const due = measure.times.find(
    (time) =>
      minutesIn(time) - tolerance <= minute &&
      !visited.some((one) => Math.abs(one - minutesIn(time)) <= tolerance),
  )
  const isOverdue = due !== undefined && minute > minutesIn(due) + tolerance
  const next = measure.times.find((time) => minutesIn(time) > minute)
  const clock = (time: string) => formats.clock(instantOf(day, time, district.tz))
  const last = log.entries.at(-1)
  return (
    <div className={styles.pad}>
      <Button
        variant={due ? 'primary' : 'secondary'}
        size="pad"
        wide
        icon={ClipboardList}
        onClick={() => setOpen(true)}
      >
        <Trans>Log care</Trans>
      </Button>
      <p className={styles.figures}>
        {due ? (
          <Tag tone={isOverdue ? 'wait' : 'info'}>
            {isOverdue ? t`overdue since ${clock(due)}` : t`due ${clock(due)}`}
          </Tag>
        ) : next ? (
          <span>{t`next ${clock(next)}`}</span>
        ) : null}
        {last && (
          <span>
            <Plural value={log.entries.length} one="# today" other="# today" />
            {' · '}
            <Trans>last at {formats.time(last.at)}</Trans>
          </span>
        )}
      </p>
      {open && (
        <VisitSheet
          measure={measure}
          initials={initials}
          isScheduled={due !== undefined && !isOverdue}
          onClose={() => setOpen(false)}
          onKeep={(body) => log.add('toileting', body, t`${initials}: care logged`)}
        />
      )}
    </div>
  )
}
