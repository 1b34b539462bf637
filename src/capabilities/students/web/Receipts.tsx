/** For who decides: who of the team has read the version that stands, and when; who has not, first. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CircleCheck, CircleDashed } from 'lucide-react'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { IMPLEMENTERS, WHATS, type Plans, type What } from '../plans.ts'
import { receiptsOf } from '../versions.ts'
import { nameOf, useMe } from './hooks.ts'
import { WHAT } from './plan-words.ts'
import styles from './plans.module.css'

export default function Receipts({ student, plans }: { student: string; plans: Plans }) {
  const { t } = useLingui()
  const me = useMe()
  const team = (me?.people ?? [])
    .filter(({ role, with: students }) => IMPLEMENTERS.includes(role) && students?.includes(student))
    .map(({ id }) => id)
  const parts = WHATS.filter((what) => plans[what].heads.length > 0)
  if (parts.length === 0 || team.length === 0) return null
  return (
    <Card as="section" className={styles.receipts} aria-label={t`Who has read it`}>
      <h2>
        <Trans>Who has read it</Trans>
      </h2>
      {parts.map((what) => (
        <Part key={what} what={what} plans={plans} team={team} />
      ))}
    </Card>
  )
}

function Part({ what, plans, team }: { what: What; plans: Plans; team: readonly string[] }) {
  const { t, i18n } = useLingui()
  const me = useMe()
  const formats = useFormats(me?.district.tz ?? 'UTC')
  const { versions, heads } = plans[what]
  const [head] = heads
  if (!head) return null
  const receipts = receiptsOf<unknown>(versions, head, plans.acks, team)
  const missing = receipts.filter(({ at }) => at === null)
  const read = receipts.filter(({ at }) => at !== null)
  const { number } = head
  return (
    <details className={styles.receipt} open={missing.length > 0}>
      <summary>
        <strong>{i18n._(WHAT[what])}</strong> <span className={styles.quiet}>{t`version ${number}`}</span>
        <span className={styles.count}>
          {missing.length === 0 ? (
            <Trans>all have read it</Trans>
          ) : (
            <Plural value={missing.length} one="# has not read it" other="# have not read it" />
          )}
        </span>
      </summary>
      <ul>
        {missing.map(({ person, number: last }) => (
          <li key={person}>
            <CircleDashed size={18} aria-hidden />
            <span>
              {nameOf(me, person)}{' '}
              <span className={styles.quiet}>
                {last === 0 ? <Trans>has read none</Trans> : t`has read version ${last}`}
              </span>
            </span>
          </li>
        ))}
        {read.map(({ person, at }) => (
          <li key={person}>
            <CircleCheck size={18} aria-hidden />
            <span>
              {nameOf(me, person)}{' '}
              <span className={styles.quiet}>{at === null ? '' : formats.dateTime(at)}</span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
