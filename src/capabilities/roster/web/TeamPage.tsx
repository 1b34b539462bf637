/**
 * Who works with a student, from when, and why, with its history; the guardians and their rights; and what the roster
 * says besides. Who leads the school adds and ends, each with a reason that stays.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { CloudOff, GraduationCap, PhoneCall, Plus, SearchX, UserMinus, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { roleName } from '../../../platform/web/i18n/roles.ts'
import { Button, IconButton } from '../../../platform/web/kit/Button.tsx'
import { cx } from '../../../platform/web/kit/cx.ts'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Switch } from '../../../platform/web/kit/Switch.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { useScreenParams } from '../../../platform/web/router/screen.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { RIGHTS, Team, type GuardianRow, type TeamMember } from '../people.ts'
import { AddSheet } from './AddSheet.tsx'
import { EndSheet } from './EndSheet.tsx'
import { GuardianSheet } from './GuardianSheet.tsx'
import { DENIED_WORDS, FACT_WORDS, RELATION_WORDS, RIGHT_WORDS, SOURCE_WORDS } from './words.ts'
import styles from './Roster.module.css'

type Open =
  | { readonly what: 'add' }
  | { readonly what: 'end'; readonly member: TeamMember }
  | { readonly what: 'guardian'; readonly row: GuardianRow | null }
  | { readonly what: 'guardian-end'; readonly row: GuardianRow }

export default function TeamPage() {
  const { student } = useScreenParams<'student'>()
  return <TeamView student={student} />
}

export function TeamView({ student }: { student: string }) {
  const { t } = useLingui()
  const { value: team, status, again } = useOnline(Team, `/api/team/${student}`)
  const [open, setOpen] = useState<Open | null>(null)
  const [history, setHistory] = useState(false)
  const close = () => setOpen(null)
  const done = () => {
    close()
    void again()
  }
  if (status === 'gone')
    return (
      <Page>
        <PageHeader title={t`Team`} back="/team" />
        <EmptyState icon={SearchX} title={t`Nothing is here`}>
          <p>
            <Trans>This student is not at a school of yours.</Trans>
          </p>
        </EmptyState>
      </Page>
    )
  const isNow = (row: { from: string; to: string | null }) => team && (row.to === null || row.to > team.now)
  const members = team?.members.filter((row) => history || isNow(row)) ?? []
  const today = team?.now.slice(0, 10) ?? ''
  const holds = (row: GuardianRow) => row.endedWhy === null && (row.to === null || row.to >= today)
  const guardians = team?.guardians?.filter((row) => history || holds(row)) ?? []
  return (
    <Page>
      <PageHeader
        title={t`Team`}
        subtitle={t`Who, since when, and why`}
        back="/team"
        before={team && <Who initials={team.student.initials} color={team.student.color} size="l" />}
        tags={team && team.student.left !== null && <Tag tone="wait">{t`has left`}</Tag>}
      />
      {status === 'offline' && (
        <Notice icon={CloudOff}>
          <Trans>No connection right now. Teams are read from the school’s server.</Trans>
        </Notice>
      )}
      {team?.callOffice && (
        <Notice tone="danger" icon={PhoneCall}>
          <strong>
            <Trans>Call the office before release.</Trans>
          </strong>
        </Notice>
      )}
      {team && (
        <section className={styles.section} aria-labelledby="adults">
          <div className={styles.head}>
            <h2 id="adults">
              <Trans>Adults</Trans>
            </h2>
            {team.adults && (
              <span className={styles.flags}>
                <ButtonLink to="/coverage/training/$student" params={{ student }} icon={GraduationCap}>
                  {t`Training`}
                </ButtonLink>
                <Button icon={UserPlus} onClick={() => setOpen({ what: 'add' })}>{t`Add an adult`}</Button>
              </span>
            )}
          </div>
          {members.length === 0 && (
            <p className={styles.quiet}>
              <Trans>Nobody works with this student now.</Trans>
            </p>
          )}
          {members.length > 0 && (
            <ul className={styles.rows}>
              {members.map((member) => (
                <Member
                  key={member.id}
                  member={member}
                  onEnd={team.adults && isNow(member) ? () => setOpen({ what: 'end', member }) : undefined}
                />
              ))}
            </ul>
          )}
          {team.adults && <Switch label={t`Show who was here before`} on={history} onChange={setHistory} />}
        </section>
      )}
      {team?.guardians && (
        <section className={styles.section} aria-labelledby="guardians">
          <div className={styles.head}>
            <h2 id="guardians">
              <Trans>Guardians</Trans>
            </h2>
            <Button
              icon={Plus}
              onClick={() => setOpen({ what: 'guardian', row: null })}
            >{t`Add a guardian`}</Button>
          </div>
          <p className={styles.quiet}>
            <Trans>
              Both parents have every right unless a document says otherwise. Staff see only that the office
              must be called.
            </Trans>
          </p>
          {guardians.length === 0 ? (
            <p>
              <Trans>No guardian is recorded yet.</Trans>
            </p>
          ) : (
            <ul className={styles.rows}>
              {guardians.map((row) => (
                <Guardian
                  key={row.id}
                  row={row}
                  onChange={holds(row) ? () => setOpen({ what: 'guardian', row }) : undefined}
                  onEnd={holds(row) ? () => setOpen({ what: 'guardian-end', row }) : undefined}
                />
              ))}
            </ul>
          )}
        </section>
      )}
      {team && team.facts.length > 0 && <Facts facts={team.facts} />}
      {open?.what === 'add' && team?.adults && (
        <AddSheet student={student} adults={team.adults} today={today} onClose={close} onDone={done} />
      )}
      {open?.what === 'end' && (
        <EndSheet
          title={t`End the time of ${open.member.name}`}
          path={`/api/team/${student}/ends`}
          body={{ relationship: open.member.id }}
          onClose={close}
          onDone={done}
        />
      )}
      {open?.what === 'guardian-end' && (
        <EndSheet
          title={t`Take ${open.row.name} out of force`}
          path={`/api/team/${student}/guardian-ends`}
          body={{ guardian: open.row.id }}
          onClose={close}
          onDone={done}
        />
      )}
      {open?.what === 'guardian' && (
        <GuardianSheet student={student} row={open.row} onClose={close} onDone={done} />
      )}
    </Page>
  )
}

function Member({ member, onEnd }: { member: TeamMember; onEnd: (() => void) | undefined }) {
  const { t, i18n } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const from = formats.dateShort(member.from)
  const to = member.to === null ? null : formats.dateShort(member.to)
  const source = SOURCE_WORDS[member.source]
  return (
    <li className={styles.row}>
      <span className={styles.grow}>
        <strong dir="auto">{member.name}</strong>
        <span>{roleName(i18n, member.role)}</span>
        <span className={styles.quiet}>
          {to === null ? t`since ${from}` : t`${from} to ${to}`}
          {source && ` · ${i18n._(source)}`}
          {member.why !== '' && ` · ${member.why}`}
          {member.endedWhy !== null && ` · ${t`ended: ${member.endedWhy}`}`}
        </span>
      </span>
      {onEnd && <IconButton icon={UserMinus} label={t`End the time of ${member.name}`} onClick={onEnd} />}
    </li>
  )
}

interface GuardianProps {
  row: GuardianRow
  onChange: (() => void) | undefined
  onEnd: (() => void) | undefined
}

function Guardian({ row, onChange, onEnd }: GuardianProps) {
  const { t, i18n } = useLingui()
  return (
    <li className={styles.row}>
      <span className={cx(styles.grow, styles.long)}>
        <strong dir="auto">{row.name}</strong>
        <span>{i18n._(RELATION_WORDS[row.relation])}</span>
        <span className={styles.flags}>
          {RIGHTS.map((right) => (
            <Tag key={right} tone={row.rights[right] ? 'ok' : 'wait'}>
              {i18n._((row.rights[right] ? RIGHT_WORDS : DENIED_WORDS)[right])}
            </Tag>
          ))}
        </span>
        <span className={styles.quiet}>
          {row.to === null ? t`from ${row.from}` : t`${row.from} to ${row.to}`}
          {row.orderDoc !== null && ` · ${t`document ${row.orderDoc}`}`}
          {row.endedWhy !== null && ` · ${t`ended: ${row.endedWhy}`}`}
        </span>
      </span>
      {onChange && <Button onClick={onChange}>{t`Change rights`}</Button>}
      {onEnd && <IconButton icon={UserMinus} label={t`Take ${row.name} out of force`} onClick={onEnd} />}
    </li>
  )
}

function Facts({ facts }: { facts: Team['facts'] }) {
  const { t, i18n } = useLingui()
  return (
    <section className={styles.section} aria-labelledby="facts">
      <h2 id="facts">
        <Trans>From the roster</Trans>
      </h2>
      <ul className={styles.rows}>
        {facts.map((fact, n) => {
          const words = FACT_WORDS[fact.kind]
          return (
            <li key={n} className={styles.row}>
              <span className={styles.grow}>
                <strong>{words ? i18n._(words) : fact.kind}</strong>
                <span className={styles.quiet}>
                  {fact.from !== null &&
                    (fact.to === null ? t`from ${fact.from}` : t`${fact.from} to ${fact.to}`)}
                </span>
                <span className={styles.quiet}>
                  {Object.values(fact.detail)
                    .flat()
                    .filter((one) => typeof one === 'string')
                    .join(' · ')}
                </span>
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
