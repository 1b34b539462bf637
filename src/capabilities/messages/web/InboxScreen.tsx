/**
 * Records that the server did not take: those of my students, and my own. Nothing is lost here: each is kept as it
 * arrived, with who sent it, when, and why it was not taken (G4).
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CheckCheck, ChevronDown, CloudOff, Unplug } from 'lucide-react'
import { useStudentChips } from '../../../platform/web/auth/students.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { useKindName } from '../../../platform/web/shell/kind-names.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { reasonOf } from '../../../platform/web/shell/reasons.ts'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import { Inbox, readableOf, type Refused } from './refused.ts'
import { fieldName, othersReason } from './words.ts'
import styles from './InboxScreen.module.css'

export default function InboxScreen() {
  const { t } = useLingui()
  const { value, status } = useOnline(Inbox, '/api/inbox')
  const refused = value?.refused ?? []
  return (
    <Page>
      <PageHeader title={t`Inbox`} subtitle={<Trans>Records that the server did not take</Trans>} back="/" />
      {status === 'offline' && value && (
        <Notice icon={CloudOff}>
          <Trans>No connection right now. This is what was last read.</Trans>
        </Notice>
      )}
      {status === 'offline' && !value && (
        <EmptyState icon={Unplug} title={t`No connection right now`}>
          <p>
            <Trans>
              The inbox is read from the school’s server. What you record yourself is kept on this device as
              usual.
            </Trans>
          </p>
        </EmptyState>
      )}
      {status === 'asking' && (
        <p className={styles.quiet} role="status">
          <Trans>Asking the school’s server …</Trans>
        </p>
      )}
      {status === 'fresh' && refused.length === 0 && (
        <EmptyState icon={CheckCheck} title={t`Nothing waits here`}>
          <p>
            <Trans>
              When the server does not take a record of your students, it is kept here for you to look at.
              Right now there is none.
            </Trans>
          </p>
        </EmptyState>
      )}
      {refused.length > 0 && (
        <>
          <p className={styles.quiet}>
            <Plural
              value={refused.length}
              one="# record is kept here as it arrived. Talk with whoever sent it; they can correct it on their device."
              other="# records are kept here as they arrived. Talk with whoever sent them; they can correct them on their device."
            />
          </p>
          <ul className={styles.list}>
            {refused.map((one, n) => (
              <li key={n}>
                <Entry refused={one} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  )
}

function Entry({ refused: { received, code, message, field, by, body } }: { refused: Refused }) {
  const { i18n } = useLingui()
  const me = meOf(useValue('me'))
  const when = useWhen(me?.district.tz ?? 'UTC')
  const chips = useStudentChips()
  const nameOf = useKindName()
  const record = readableOf(body)
  const who = record?.student ? chips.get(record.student) : undefined
  const own = by === me?.person.id
  const sender = own ? me.person.name : me?.people.find(({ id }) => id === by)?.name
  const arrived = when(received, received)
  const happened = record && when(Date.parse(record.at), received)
  return (
    <Card as="article" className={styles.entry}>
      <div className={styles.head}>
        {who && <Who initials={who.initials} color={who.color} />}
        <div className={styles.words}>
          <h2>{record ? nameOf(record.kind) : <Trans>Something that is no record</Trans>}</h2>
          <p className={styles.quiet}>
            {sender ?? <Trans>Somebody of your school</Trans>}
            {' · '}
            {happened !== null && happened !== arrived ? (
              <Trans>
                happened {happened}, arrived {arrived}
              </Trans>
            ) : (
              arrived
            )}
          </p>
        </div>
      </div>
      <p className={styles.reason}>
        {own ? reasonOf(i18n, { code, field, message }) : othersReason(i18n, { code, field, message })}
      </p>
      <details className={styles.content}>
        <summary>
          <ChevronDown size={18} aria-hidden />
          <Trans>What it says</Trans>
        </summary>
        {record ? (
          <dl>
            {record.fields.map(([name, value]) => (
              <div key={name}>
                <dt>{fieldName(i18n, name)}</dt>
                <dd>{value}</dd>
              </div>
            ))}
            {record.reason !== null && (
              <div>
                <dt>
                  <Trans>Reason given</Trans>
                </dt>
                <dd>{record.reason}</dd>
              </div>
            )}
          </dl>
        ) : (
          <pre tabIndex={0}>{body}</pre>
        )}
        {field !== null && field !== '' && (
          <p className={styles.quiet}>
            <Trans>The server points at: {field}</Trans>
          </p>
        )}
      </details>
    </Card>
  )
}

/** `Nov 3, 8:52 AM`, and with its year where it is not the year in which it arrived. */
function useWhen(tz: string): (at: number, beside: number) => string {
  const { i18n } = useLingui()
  const formats = useFormats(tz)
  const year = new Intl.DateTimeFormat(i18n.locale, { timeZone: tz, year: 'numeric' })
  return (at, beside) => {
    const same = year.format(at) === year.format(beside)
    return same ? formats.dateTime(at) : `${formats.dateShort(at)} ${year.format(at)}, ${formats.time(at)}`
  }
}
