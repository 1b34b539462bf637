/** On Today: what I am asked to observe, beside whom and until when. Opens the pad of the session that runs. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Eye } from 'lucide-react'
import { dayOf } from '../../../platform/core/days.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Link } from '../../../platform/web/kit/Link.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useNow } from '../../../platform/web/store/now.ts'
import type { Me } from '../../schedule/model.ts'
import { useAsked, type Asked } from './asked.ts'
import { useMe } from './hooks.ts'
import rows from '../../../platform/web/kit/Rows.module.css'
import styles from './Observe.module.css'

const MINUTE = 60_000

export default function ObserveToday() {
  const me = useMe()
  return me && <Observations me={me} />
}

function Observations({ me }: { me: Me }) {
  const today = dayOf(useNow(MINUTE), me.district.tz)
  const asked = useAsked(me, today)
  if (asked.length === 0) return null
  return (
    <Card as="section" flush aria-labelledby="observe">
      <h2 id="observe" className={styles.title}>
        <Trans>To observe</Trans>
      </h2>
      <ul className={rows.list}>
        {asked.map((one) => (
          <Row key={one.id} asked={one} me={me} />
        ))}
      </ul>
    </Card>
  )
}

function Row({ asked: { program, student: id, title, adult, due, is, runs }, me }: { asked: Asked; me: Me }) {
  const { t } = useLingui()
  const formats = useFormats('UTC')
  const student = me.students.find((one) => one.id === id)
  const name = adult === null ? null : (me.people.find((one) => one.id === adult)?.name ?? t`another adult`)
  const day = formats.dateShort(`${due}T12:00:00Z`)
  return (
    <li>
      <Link to="/observe/$program" params={{ program }} className={rows.row}>
        <Eye className={rows.icon} size={18} aria-hidden />
        {student && <Who initials={student.initials} color={student.color} size="s" />}
        <span className={rows.words}>
          <span>{title ?? t`Personal routine`}</span>
          <span className={rows.quiet}>{name === null ? t`beside whoever runs it` : t`beside ${name}`}</span>
        </span>
        {is === 'running' ? (
          <Tag tone="info">{t`not ended yet`}</Tag>
        ) : runs ? (
          <Tag tone="info">{t`runs now`}</Tag>
        ) : (
          <Tag tone={is === 'overdue' ? 'wait' : 'neutral'}>
            {is === 'overdue' ? t`was due ${day}` : t`by ${day}`}
          </Tag>
        )}
      </Link>
    </li>
  )
}
