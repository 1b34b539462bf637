/**
 * The day of somebody without blocks: a nurse, a counselor, a therapist on a free day see their students and who is here;
 * whoever works for the whole school sees where their day is.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { msg } from '@lingui/core/macro'
import { ChevronRight, Sun } from 'lucide-react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { Link } from '../../../platform/web/kit/Link.tsx'
import rows from '../../../platform/web/kit/Rows.module.css'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import { dayView, rollOf, seenOn } from '../../attendance/rules.ts'
import type { Day } from '../../../platform/core/days.ts'
import type { Me, MyStudent } from '../model.ts'
import { useSafety } from './hooks.ts'
import { FLAGS } from './safety-words.ts'
import styles from './DueToday.module.css'

export function NoBlocks({ me, day }: { me: Me; day: Day }) {
  const { t } = useLingui()
  const places = PLACES.filter(({ roles }) => roles.some((role) => me.roles.includes(role)))
  if (me.students.length === 0 && places.length > 0) return <Places of={places} />
  if (me.students.length === 0)
    return (
      <EmptyState icon={Sun} title={t`No blocks are planned for you`}>
        <p>
          <Trans>The coordinator plans who is where. Your blocks appear here when they are planned.</Trans>
        </p>
      </EmptyState>
    )
  return (
    <>
      <p>
        <Trans>No blocks are planned for you today. These are your students.</Trans>
      </p>
      <Card as="section" flush aria-labelledby="mine">
        <header className={styles.head}>
          <h2 id="mine">
            <Trans>Your students</Trans>
          </h2>
        </header>
        <ul className={styles.list}>
          {me.students.map((student) => (
            <Row key={student.id} student={student} day={day} />
          ))}
        </ul>
      </Card>
    </>
  )
}

/** Whoever works for the whole school: where their day is. */
const PLACES = [
  {
    to: '/coverage',
    title: msg`Coverage`,
    what: msg`Who is away, and who does their work`,
    roles: ['coordinator', 'administrator'],
  },
  {
    to: '/attendance',
    title: msg`Attendance`,
    what: msg`Who is here, and where the marks differ`,
    roles: ['office', 'coordinator', 'administrator'],
  },
  {
    to: '/all-goals',
    title: msg`All goals`,
    what: msg`What is recorded, and what is not`,
    roles: ['coordinator', 'administrator'],
  },
  {
    to: '/inbox',
    title: msg`Inbox`,
    what: msg`Records that wait for somebody’s word`,
    roles: ['coordinator', 'administrator'],
  },
] as const

function Places({ of }: { of: readonly (typeof PLACES)[number][] }) {
  const { i18n } = useLingui()
  return (
    <Card as="section" flush aria-labelledby="school-day">
      <header className={styles.head}>
        <h2 id="school-day">
          <Trans>The school’s day</Trans>
        </h2>
      </header>
      <ul className={rows.list}>
        {of.map(({ to, title, what }) => (
          <li key={to}>
            <Link to={to} className={rows.row}>
              <span className={rows.words}>
                <strong>{i18n._(title)}</strong>
                <span className={rows.quiet}>{i18n._(what)}</span>
              </span>
              <ChevronRight size={20} aria-hidden className={rows.chevron} />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Row({ student, day }: { student: MyStudent; day: Day }) {
  const { t, i18n } = useLingui()
  const card = useSafety(student.id)
  const seen = useFromDevice((device) => {
    const refs = { roll: rollOf(student.id, day) }
    const partition = device.partitionOf({ kind: 'attendance.presence', student: student.id, refs })
    return partition === null ? null : seenOn(device.state(dayView, partition))
  })
  return (
    <li>
      <Link to="/students/$student" params={{ student: student.id }} className={styles.row}>
        <Who initials={student.initials} color={student.color} size="s" />
        <span className={styles.title}>
          {card?.body.flags.map((flag) => (
            <Tag key={flag} tone={FLAGS[flag].tone} icon={FLAGS[flag].icon}>
              {i18n._(FLAGS[flag].name)}
            </Tag>
          ))}
        </span>
        <span className={styles.state}>
          {seen === 'here' ? t`here today` : seen === 'absent' ? t`absent today` : t`not marked`}
        </span>
      </Link>
    </li>
  )
}
