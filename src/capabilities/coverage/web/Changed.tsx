/** What a plan of cover changes for oneself, at the top of Today until one says that one knows: one tap. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check, CircleAlert, UserRoundCheck } from 'lucide-react'
import { useState } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { ask } from '../../../platform/web/http.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { useOnline, type Asked } from '../../../platform/web/online.ts'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { useNow } from '../../../platform/web/store/now.ts'
import { meOf } from '../../schedule/me.ts'
import { Done, MyCover } from '../wire.ts'
import { minuteAt } from './hooks.ts'
import { Students } from './Students.tsx'
import styles from './cover.module.css'

type Change = MyCover['changes'][number]

export default function Changed() {
  const me = meOf(useValue('me'))
  const asked = useOnline(MyCover, '/api/coverage/mine')
  const today = dayOf(useNow(60_000), me?.district.tz ?? 'UTC')
  const open = (asked.value?.changes ?? []).filter(({ seen, lines }) => !seen && lines.length > 0)
  return open.map((change) => (
    <ChangeCard key={change.plan} change={change} asked={asked} isToday={change.day === today} />
  ))
}

function ChangeCard({ change, asked, isToday }: { change: Change; asked: Asked<MyCover>; isToday: boolean }) {
  const { t } = useLingui()
  const formats = useFormats('UTC')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const see = async () => {
    setBusy(true)
    setFailed(false)
    try {
      await ask(Done, `/api/coverage/plans/${change.plan}/seen`, { method: 'POST', body: {} })
      await asked.again()
    } catch {
      setFailed(true)
      setBusy(false)
    }
  }
  const heading = isToday ? t`Changed today` : t`Changed: ${formats.dateLong(`${change.day}T12:00:00Z`)}`
  return (
    <Card as="section" aria-label={heading} className={styles.stack}>
      <h2 className={styles.row}>
        <UserRoundCheck size={20} aria-hidden /> {heading}
      </h2>
      <ul className={styles.lines}>
        {change.lines.map((line) => (
          <li key={`${line.is} ${line.person} ${line.start} ${line.title} ${line.students.join()}`}>
            <Line line={line} answer={asked.value} />
          </li>
        ))}
      </ul>
      {failed && (
        <p role="status" className={styles.row}>
          <CircleAlert size={18} aria-hidden />
          <Trans>That did not reach the school’s server. Try again.</Trans>
        </p>
      )}
      <Button variant="primary" size="pad" wide icon={Check} busy={busy} onClick={() => void see()}>
        <Trans>I know</Trans>
      </Button>
    </Card>
  )
}

function Line({ line, answer }: { line: Change['lines'][number]; answer: MyCover | null }) {
  const formats = useFormats('UTC')
  const nameOf = (id: string | null) => (id === null ? '' : (answer?.names[id] ?? ''))
  return (
    <div className={styles.stack}>
      <p className={styles.row}>
        <span className={styles.time}>
          {formats.clock(minuteAt(line.start))}–{formats.clock(minuteAt(line.end))}
        </span>
        <span className={styles.title}>{line.title}</span>
        <span className={styles.quiet}>{line.place}</span>
        <Students ids={line.students} students={answer?.students ?? {}} />
      </p>
      <p className={styles.quiet}>
        {line.is === 'mine' &&
          (line.relief ? (
            <Trans>You have the students while {nameOf(line.usual)} has this break</Trans>
          ) : (
            <Trans>You, instead of {nameOf(line.usual)}</Trans>
          ))}
        {line.is === 'theirs' &&
          (line.relief ? (
            <Trans>
              {nameOf(line.person)} has the students while {nameOf(line.usual)} has this break
            </Trans>
          ) : (
            <Trans>
              {nameOf(line.person)}, instead of {nameOf(line.usual)}
            </Trans>
          ))}
        {line.is === 'gone' &&
          (line.person === null ? (
            <Trans>Not you today. Nobody does it.</Trans>
          ) : (
            <Trans>Not you today: {nameOf(line.person)}</Trans>
          ))}
        {line.is === 'mine_to_solve' && (
          <Tag tone="danger" icon={CircleAlert}>
            <Trans>Nobody does it; it is yours to decide</Trans>
          </Tag>
        )}
      </p>
    </div>
  )
}
