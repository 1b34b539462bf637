/**
 * What plans promise in minutes, beside what sessions gave. On top what waits for a decision about missed minutes; below
 * each student with each service: given of due, why it is short, the periods before. Nothing due shows no share (G10).
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CheckCheck, ChevronDown, CloudOff, Unplug } from 'lucide-react'
import { useState } from 'react'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import type { Delivery } from '../services.ts'
import { ServicePage, type ServiceLine } from '../wire.ts'
import { MakeUpSheet } from './MakeUpSheet.tsx'
import { PER, REASONS } from './calendar-words.ts'
import styles from './Services.module.css'

interface Waiting {
  readonly service: ServiceLine
  readonly delivery: Delivery
}

/** As many as one looks through; the oldest first. */
const SHOWN = 6

export default function Services() {
  const { t } = useLingui()
  const { value, status, again } = useOnline(ServicePage, '/api/services')
  const [deciding, setDeciding] = useState<Waiting | null>(null)
  const [all, setAll] = useState(false)
  const waiting = (value?.services ?? []).flatMap((service) =>
    service.mine ? service.waiting.map((delivery) => ({ service, delivery })) : [],
  )
  const studentOf = (id: string) => value?.students.find((one) => one.id === id)
  return (
    <Page width="wide">
      <PageHeader title={t`Services`} subtitle={<Trans>Minutes given, of minutes due</Trans>} back="/" />
      {status === 'offline' && value && (
        <Notice icon={CloudOff}>
          <Trans>No connection right now. This is what was last read.</Trans>
        </Notice>
      )}
      {status === 'offline' && !value && (
        <EmptyState icon={Unplug} title={t`No connection right now`}>
          <p>
            <Trans>Services are counted on the school’s server.</Trans>
          </p>
        </EmptyState>
      )}
      {value && waiting.length > 0 && (
        <section className={styles.section} aria-labelledby="missed">
          <h2 id="missed">
            <Trans>Missed minutes to decide</Trans> <Tag tone="wait">{waiting.length}</Tag>
          </h2>
          <ul className={styles.list}>
            {(all ? waiting : waiting.slice(0, SHOWN)).map((one) => (
              <li key={keyOf(one)}>
                <Card as="article" className={styles.missed}>
                  <Student student={studentOf(one.service.student)} />
                  <div className={styles.words}>
                    <h3>{one.service.service}</h3>
                    <p>
                      <Dates delivery={one.delivery} />
                    </p>
                    <Short delivery={one.delivery} />
                  </div>
                  <Button onClick={() => setDeciding(one)}>
                    <Trans>Decide</Trans>
                  </Button>
                </Card>
              </li>
            ))}
          </ul>
          {!all && waiting.length > SHOWN && (
            <Button icon={ChevronDown} onClick={() => setAll(true)}>
              <Trans>Show all {waiting.length}</Trans>
            </Button>
          )}
        </section>
      )}
      {value?.students.map((student) => (
        <section key={student.id} className={styles.section} aria-label={student.initials}>
          <Student student={student} />
          <ul className={styles.list}>
            {value.services
              .filter((service) => service.student === student.id)
              .map((service) => (
                <li key={service.id}>
                  <Service service={service} />
                </li>
              ))}
            {value.oneToOnes
              .filter((own) => own.student === student.id)
              .map((own) => (
                <li key={own.id}>
                  <Card as="article" className={styles.own}>
                    <h3>
                      <Trans>An adult of their own</Trans>
                    </h3>
                    <p>
                      {own.minutesADay === null ? (
                        own.blocks.join(', ')
                      ) : (
                        <Plural value={own.minutesADay} one="# minute a day" other="# minutes a day" />
                      )}
                      {' · '}
                      {own.level}
                    </p>
                    <p className={styles.quiet}>{own.authority}</p>
                    {own.relief !== '' && (
                      <p className={styles.quiet}>
                        <Trans>Relief: {own.relief}</Trans>
                      </p>
                    )}
                  </Card>
                </li>
              ))}
          </ul>
        </section>
      ))}
      {status === 'fresh' && value?.students.length === 0 && (
        <EmptyState icon={CheckCheck} title={t`No services yet`}>
          <p>
            <Trans>No plan of your students has a service in minutes here.</Trans>
          </p>
        </EmptyState>
      )}
      {deciding && value && (
        <MakeUpSheet
          service={deciding.service}
          delivery={deciding.delivery}
          today={value.today}
          onClose={() => setDeciding(null)}
          onDecided={() => {
            setDeciding(null)
            void again()
          }}
        />
      )}
    </Page>
  )
}

function keyOf({ service, delivery }: Waiting): string {
  return `${service.id} ${delivery.period.from}`
}

function Student({ student }: { student: ServicePage['students'][number] | undefined }) {
  return student ? (
    <h2 className={styles.student}>
      <Who initials={student.initials} color={student.color} />
    </h2>
  ) : null
}

function Service({ service }: { service: ServiceLine }) {
  const { i18n } = useLingui()
  const { now, past } = service
  return (
    <Card as="article" className={styles.service}>
      <div className={styles.head}>
        <h3>{service.service}</h3>
        <span className={styles.quiet}>
          <Plural value={service.minutes} one="# minute" other="# minutes" /> {i18n._(PER[service.per])}
        </span>
      </div>
      {service.parts && (
        <p className={styles.quiet}>
          {service.per === 'quarter' ? (
            <Trans>
              Counted in quarters of three months from August: the school’s calendar has no quarters yet.
            </Trans>
          ) : (
            <Trans>Counted in halves of a year from August: the school’s calendar has no terms yet.</Trans>
          )}
        </p>
      )}
      {now && (
        <>
          <Share delivery={now} />
          <Short delivery={now} />
          {now.paceMs !== null && (
            <p className={styles.quiet}>
              <Trans>
                At this pace {minutesOf(now.paceMs)} of {minutesOf(now.requiredMs)} min by the end of the
                period.
              </Trans>
            </p>
          )}
        </>
      )}
      {past.length > 0 && (
        <ul className={styles.past}>
          {past.map((one) => (
            <li key={one.period.from}>
              <span className={styles.quiet}>
                <Dates delivery={one} />
              </span>
              <Share delivery={one} small />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** Given of due: both numbers, the share where there is one, and a bar that says the same. */
function Share({ delivery, small = false }: { delivery: Delivery; small?: boolean }) {
  const { givenMs, madeUpMs, dueMs, excusedMs, color } = delivery
  const given = givenMs + madeUpMs
  const due = Math.max(0, dueMs - excusedMs)
  if (color === null)
    return (
      <p className={styles.share}>
        <span>
          <Trans>{minutesOf(given)} min given; nothing is due yet</Trans>
        </span>
      </p>
    )
  const percent = Math.floor((given * 100) / due)
  return (
    <p className={styles.share} data-small={small}>
      <span className={styles.bar} data-color={color} aria-hidden>
        <span style={{ inlineSize: `${Math.min(100, percent)}%` }} />
      </span>
      <span className={styles.numbers}>
        <strong>
          <Trans>
            {minutesOf(given)} of {minutesOf(due)} min
          </Trans>
        </strong>{' '}
        <span data-color={color} className={styles.percent}>
          {percent} %
        </span>
      </span>
    </p>
  )
}

function Short({ delivery }: { delivery: Delivery }) {
  const { i18n } = useLingui()
  if (delivery.shortMs === 0 || delivery.color === null) return null
  return (
    <p className={styles.short}>
      <Trans>Short by {minutesOf(delivery.shortMs)} min</Trans>
      {': '}
      {delivery.reasons.map(({ reason, ms }) => `${i18n._(REASONS[reason])} ${minutesOf(ms)}`).join(', ')}
    </p>
  )
}

function Dates({ delivery }: { delivery: Delivery }) {
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const { from, to } = delivery.period
  return (
    <>
      {formats.dateShort(`${from}T17:00:00Z`)} – {formats.dateShort(`${to}T17:00:00Z`)}
    </>
  )
}

/** Whole minutes, for reading; what is compared is compared in milliseconds. */
function minutesOf(ms: number): number {
  return Math.round(ms / 60_000)
}
