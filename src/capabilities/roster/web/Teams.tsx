/** The students of a school by initials, with how many adults work with each. Searched by initials, never by name. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ChevronRight, CloudOff, SearchX } from 'lucide-react'
import { useState } from 'react'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { Link } from '../../../platform/web/kit/Link.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { TeamList } from '../people.ts'
import styles from './Roster.module.css'

/** More rows than a person reads; the search finds the others. */
const SHOWN = 200

export default function Teams() {
  const { t } = useLingui()
  const { value, status } = useOnline(TeamList, '/api/team')
  const [sought, setSought] = useState('')
  const close = (text: string) => text.toLocaleLowerCase().replaceAll(/[.\s]/g, '')
  const found = (value?.students ?? []).filter(({ initials }) => close(initials).startsWith(close(sought)))
  const schools = [...Map.groupBy(found.slice(0, SHOWN), ({ school }) => school)]
  return (
    <Page>
      <PageHeader title={t`Teams`} subtitle={t`Who works with each student, from when, and why`} />
      <TextField label={t`Search by initials`} type="search" value={sought} onChange={setSought} />
      {status === 'offline' && (
        <Notice icon={CloudOff}>
          <Trans>No connection right now. Teams are read from the school’s server.</Trans>
        </Notice>
      )}
      {status === 'asking' && (
        <p role="status">
          <Trans>Asking the school’s server …</Trans>
        </p>
      )}
      {value && found.length === 0 && (
        <EmptyState icon={SearchX} title={t`Nothing found`}>
          <p>
            <Trans>Search by a student’s initials, like A.M.</Trans>
          </p>
        </EmptyState>
      )}
      {schools.map(([school, students]) => (
        <section key={school} className={styles.section} aria-label={school}>
          <h2>{school}</h2>
          <ul className={styles.rows}>
            {students.map(({ id, initials, color, grade, adults, manager }) => (
              <li key={id}>
                <Link to="/team/$student" params={{ student: id }} className={styles.row}>
                  <Who initials={initials} color={color} />
                  <span className={styles.grow}>
                    {grade !== null && <span className={styles.quiet}>{t`Grade ${grade}`}</span>}
                    <span>
                      <Plural value={adults} one="# adult now" other="# adults now" />
                    </span>
                    {!manager && (
                      <span>
                        <Tag tone="wait">{t`no case manager`}</Tag>
                      </span>
                    )}
                  </span>
                  <ChevronRight size={20} aria-hidden />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {found.length > SHOWN && (
        <p className={styles.quiet}>
          <Trans>Only the first {SHOWN} are shown. Search for the others.</Trans>
        </p>
      )}
    </Page>
  )
}
