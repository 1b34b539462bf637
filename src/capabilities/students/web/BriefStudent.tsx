/** One student of a brief on one screen (domain H.4 ③), in the order in which it is needed. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { Written } from '../../../platform/web/kit/Written.tsx'
import type { MyStudent } from '../../schedule/model.ts'
import type { Plans } from '../plans.ts'
import { HelpTags, ReleaseNote } from './Facts.tsx'
import { Expired, useExpired } from './Health.tsx'
import { CONDITION, HANDED_TO, HEALTH_FIELD } from './plan-words.ts'
import { SayName } from './SayName.tsx'
import { exceptionWords, LEVEL, LEVEL_MEANS } from './words.ts'
import styles from './brief.module.css'

export function BriefStudent({ student, plans }: { student: MyStudent; plans: Plans | undefined }) {
  const { t, i18n } = useLingui()
  const isExpired = useExpired()
  const safety = plans?.safety.heads[0]?.body
  const profile = plans?.profile.heads[0]?.body
  const health = plans?.health.heads[0]?.body
  const glance = plans?.glance.heads[0]?.body
  const { initials, color, name } = student
  return (
    <Card as="section" className={styles.student} aria-label={t`Brief of ${initials}`}>
      <div className={styles.who}>
        <Who initials={initials} color={color} />
        <h2>{name}</h2>
        {profile && <SayName profile={profile} />}
      </div>
      <dl className={styles.lines}>
        {safety && (
          <Line label={<Trans>Stay near</Trans>} strong>
            {i18n._(LEVEL[safety.supervision])}: {i18n._(LEVEL_MEANS[safety.supervision])}{' '}
            {safety.exceptions.map((one) => exceptionWords(i18n, one)).join(', ')}
          </Line>
        )}
        {health?.plans.map((plan) => (
          <Line key={plan.condition} label={i18n._(CONDITION[plan.condition])}>
            {isExpired(plan) && <Expired />}
            {(['see', 'do', 'call', 'dont', 'kit'] as const).map((field) => (
              <span key={field} className={styles.five}>
                <b>{i18n._(HEALTH_FIELD[field])}:</b> <Written>{plan[field]}</Written>
              </span>
            ))}
          </Line>
        ))}
        {safety && safety.lines.length > 0 && !health?.plans.length && (
          <Line label={<Trans>Safety</Trans>}>
            {safety.lines.map((line) => (
              <span key={line} className={styles.five}>
                <Written>{line}</Written>
              </span>
            ))}
          </Line>
        )}
        {profile && profile.communicates.length > 0 ? (
          <Line label={<Trans>Talks</Trans>}>
            <Written>{profile.communicates.join('; ')}</Written>
          </Line>
        ) : (
          safety && (
            <Line label={<Trans>Talks</Trans>}>
              <Written>{safety.communicates}</Written>
            </Line>
          )
        )}
        {glance?.behavior && (
          <Line label={<Trans>Upset</Trans>}>
            <span className={styles.five}>
              <Written>{glance.behavior.see}</Written>
            </span>
            <span className={styles.five}>
              <b>
                <Trans>Do:</Trans>
              </b>{' '}
              <Written>{glance.behavior.do}</Written>
            </span>
            <span className={styles.five}>
              <b>
                <Trans>Do not:</Trans>
              </b>{' '}
              <Written>{glance.behavior.dont}</Written>
            </span>
          </Line>
        )}
        {profile && profile.likes.length > 0 && (
          <Line label={<Trans>Works</Trans>}>
            <Written>{[...profile.likes, ...(glance?.accommodations ?? [])].join('; ')}</Written>
          </Line>
        )}
        {glance && glance.help.length > 0 && (
          <Line label={<Trans>Care</Trans>}>
            <HelpTags student={student.id} help={glance.help} />
          </Line>
        )}
        {profile && profile.equipment.length > 0 && (
          <Line label={<Trans>Along</Trans>}>
            <Written>{profile.equipment.join('; ')}</Written>
          </Line>
        )}
        {glance && glance.must_do.length > 0 && (
          <Line label={<Trans>Today</Trans>}>
            <Written>{glance.must_do.join('; ')}</Written>
          </Line>
        )}
        {glance && (
          <Line label={<Trans>Hand over</Trans>} strong>
            {i18n._(HANDED_TO[glance.release.to])}
            <ReleaseNote release={glance.release} />
          </Line>
        )}
      </dl>
      {!safety && !glance && (
        <p>
          <Trans>
            Nothing is published of this student on this device yet. Ask the teacher in charge before you
            begin.
          </Trans>
        </p>
      )}
    </Card>
  )
}

function Line({ label, strong, children }: { label: ReactNode; strong?: boolean; children: ReactNode }) {
  return (
    <div data-strong={strong}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
