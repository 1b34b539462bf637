/**
 * What plans promise in minutes, beside what sessions gave. On top what waits for a decision about missed minutes; below
 * each student with what is promised now, and what was. Whoever decides about a student adds, changes and ends it here;
 * everybody else reads.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { CheckCheck, ChevronDown, CloudOff, Plus, Unplug, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { EndSheet } from '../../../platform/web/desk/EndSheet.tsx'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import type { Delivery } from '../services.ts'
import { ServicePage, type OneToOneLine, type ServiceLine } from '../wire.ts'
import { AdultCard, Dates, ServiceCard, Short } from './ServicesCards.tsx'
import { MakeUpSheet } from './ServicesMakeUp.tsx'
import { ServicesAdultSheet } from './ServicesAdultSheet.tsx'
import { ServicesPast, standingOf } from './ServicesPast.tsx'
import { ServicesSheet } from './ServicesSheet.tsx'
import styles from './Services.module.css'

interface Waiting {
  readonly service: ServiceLine
  readonly delivery: Delivery
}

/** Which sheet is open: something new, or about what is promised to one student. */
type Open =
  | { readonly what: 'service'; readonly line: ServiceLine | null }
  | { readonly what: 'adult'; readonly line: OneToOneLine | null }
  | { readonly what: 'end'; readonly title: string; readonly path: `/api/${string}` }

/** As many as one looks through; the oldest first. */
const SHOWN = 6

export default function Services() {
  const { t } = useLingui()
  const { value, status, again } = useOnline(ServicePage, '/api/services')
  const [deciding, setDeciding] = useState<Waiting | null>(null)
  const [open, setOpen] = useState<Open | null>(null)
  const [all, setAll] = useState(false)
  const waiting = (value?.services ?? []).flatMap((service) =>
    service.mine ? service.waiting.map((delivery) => ({ service, delivery })) : [],
  )
  const studentOf = (id: string) => value?.students.find((one) => one.id === id)
  const changed = <Line extends { readonly student: string }>(line: Line | null) => {
    const student = line && studentOf(line.student)
    return line && student ? { line, student } : null
  }
  const close = () => setOpen(null)
  const done = () => {
    close()
    void again()
  }
  return (
    <Page width="wide">
      <PageHeader title={t`Services`} subtitle={<Trans>Minutes given, of minutes due</Trans>} />
      {value?.decides && (
        <div className={styles.adding}>
          <Button icon={Plus} onClick={() => setOpen({ what: 'service', line: null })}>
            <Trans>Add a service</Trans>
          </Button>
          <Button icon={UserPlus} onClick={() => setOpen({ what: 'adult', line: null })}>
            <Trans>Add an adult of their own</Trans>
          </Button>
        </div>
      )}
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
              .filter((line) => line.student === student.id && standingOf(line, value.today) !== 'past')
              .map((line) => (
                <li key={line.id}>
                  <ServiceCard
                    line={line}
                    today={value.today}
                    onChange={() => setOpen({ what: 'service', line })}
                    onEnd={() =>
                      setOpen({
                        what: 'end',
                        title: t`End ${line.service}`,
                        path: `/api/services/${line.id}/end`,
                      })
                    }
                  />
                </li>
              ))}
            {value.oneToOnes
              .filter((line) => line.student === student.id && standingOf(line, value.today) !== 'past')
              .map((line) => (
                <li key={line.id}>
                  <AdultCard
                    line={line}
                    today={value.today}
                    onChange={() => setOpen({ what: 'adult', line })}
                    onEnd={() =>
                      setOpen({
                        what: 'end',
                        title: t`End the adult of their own`,
                        path: `/api/one-to-one/${line.id}/end`,
                      })
                    }
                  />
                </li>
              ))}
          </ul>
          <ServicesPast page={value} student={student.id} />
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
      {open?.what === 'service' && value && (
        <ServicesSheet today={value.today} changed={changed(open.line)} onClose={close} onDone={done} />
      )}
      {open?.what === 'adult' && value && (
        <ServicesAdultSheet today={value.today} changed={changed(open.line)} onClose={close} onDone={done} />
      )}
      {open?.what === 'end' && value && (
        <EndSheet
          title={open.title}
          path={open.path}
          today={value.today}
          never={{
            label: t`A mistake`,
            means: t`It was entered by mistake and held on no day: nothing is owed for it.`,
          }}
          onClose={close}
          onDone={done}
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
