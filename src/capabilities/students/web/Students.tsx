/** The students who are mine now: initials, how closely they are supervised, what to know at once. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ChevronRight, Users } from 'lucide-react'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { Link } from '../../../platform/web/kit/Link.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { Page } from '../../../platform/web/shell/Page.tsx'
import rows from '../../../platform/web/kit/Rows.module.css'
import type { MyStudent } from '../../schedule/model.ts'
import { Flags } from './Flags.tsx'
import { useMe, useMyStudents, useSafety } from './hooks.ts'
import { exceptionWords, LEVEL } from './words.ts'

export default function Students() {
  const { t } = useLingui()
  const students = useMyStudents()
  return (
    <Page>
      <PageHeader title={t`Students`} />
      {students.length === 0 ? (
        <EmptyState icon={Users} title={t`No students right now`}>
          <p>
            <Trans>
              Your students appear here for the time in which the schedule or the case manager gives them to
              you.
            </Trans>
          </p>
        </EmptyState>
      ) : (
        <Card flush>
          <ul className={rows.list}>
            {students.map((student) => (
              <li key={student.id}>
                <Row student={student} />
              </li>
            ))}
          </ul>
        </Card>
      )}
    </Page>
  )
}

function Row({ student: { id, initials, color, until } }: { student: MyStudent }) {
  const { t, i18n } = useLingui()
  const { cards } = useSafety(id)
  const me = useMe()
  const formats = useFormats(me?.district.tz ?? 'UTC')
  const card = cards[0]?.body
  const end = until === null ? null : formats.time(until)
  const exceptions = card?.exceptions.map((one) => exceptionWords(i18n, one)) ?? []
  return (
    <Link to="/students/$student" params={{ student: id }} className={rows.row}>
      <Who initials={initials} color={color} />
      <span className={rows.words}>
        <strong>{card ? i18n._(LEVEL[card.supervision]) : t`No safety card on this device`}</strong>
        {(exceptions.length > 0 || end !== null) && (
          <span className={rows.quiet}>
            {[...exceptions, ...(end === null ? [] : [t`with you until ${end}`])].join(' · ')}
          </span>
        )}
        {card && <Flags flags={card.flags} />}
      </span>
      <ChevronRight size={20} aria-hidden className={rows.chevron} />
    </Link>
  )
}
