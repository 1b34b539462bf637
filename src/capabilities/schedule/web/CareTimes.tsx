/** The times of care that a plan sets, as they stand now. Neutral words: what it is about stands on the pad. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleCheck, Clock4 } from 'lucide-react'
import { instantOf, type Day } from '../../../platform/core/days.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Link } from '../../../platform/web/kit/Link.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import { scheduleOf, type DueVisit } from '../../care/days.ts'
import { careView } from '../../care/rules.ts'
import { firstHand } from '../../sessions/log.ts'
import type { DayBoard, Me } from '../model.ts'
import { planIn, runsOf } from './outcome.ts'
import styles from './DueToday.module.css'

interface CareTime extends DueVisit {
  readonly program: string
  readonly student: string
  /** The planned block that is nearest: its pad is where it is logged. */
  readonly block: string
}

export function CareTimes({ board, me, now }: { board: DayBoard; me: Me; now: number }) {
  const text = useFromDevice((device) => {
    const found = new Map<string, CareTime>()
    for (const run of runsOf(board)) {
      const plan = planIn(device, run, board.day)
      if (plan?.body.measure.system !== 'toileting') continue
      const states = device.statesOf(careView, `program:${plan.id}`).map(({ state }) => state)
      const logs = firstHand(states, device.person)
      const at = { day: board.day, now: new Date(now).toISOString(), tz: me.district.tz }
      for (const visit of scheduleOf(plan.body.measure, logs, at)) {
        const key = `${plan.id} ${visit.time}`
        const time = { ...visit, program: plan.id, student: plan.student, block: run.block.assignment }
        if (!found.has(key)) found.set(key, time)
      }
    }
    return JSON.stringify([...found.values()].toSorted((a, b) => (a.time < b.time ? -1 : 1)))
  })
  const times = JSON.parse(text) as CareTime[]
  if (times.length === 0) return null
  return (
    <Card as="section" flush aria-labelledby="care-times">
      <header className={styles.head}>
        <h2 id="care-times">
          <Trans>Personal routines</Trans>
        </h2>
      </header>
      <ul className={styles.list}>
        {times.map((time) => (
          <Row key={`${time.program} ${time.time}`} time={time} day={board.day} me={me} />
        ))}
      </ul>
    </Card>
  )
}

function Row({ time: { is, time, student: id, block }, day, me }: { time: CareTime; day: Day; me: Me }) {
  const { t } = useLingui()
  const formats = useFormats(me.district.tz)
  const student = me.students.find((one) => one.id === id)
  return (
    <li>
      <Link to="/pad/$block" params={{ block }} className={styles.row}>
        {is === 'done' ? (
          <CircleCheck className={styles.mark} data-is="recorded" size={18} aria-hidden />
        ) : (
          <Clock4 className={styles.mark} size={18} aria-hidden />
        )}
        {student && <Who initials={student.initials} color={student.color} size="s" />}
        <span className={styles.title}>{formats.clock(instantOf(day, time, me.district.tz))}</span>
        {is === 'done' ? (
          <span className={styles.state}>{t`done`}</span>
        ) : is === 'later' ? (
          <span className={styles.state}>{t`later`}</span>
        ) : (
          <Tag tone={is === 'overdue' ? 'wait' : 'info'}>
            {is === 'overdue' ? t`not logged yet` : t`due now`}
          </Tag>
        )}
      </Link>
    </li>
  )
}
