/**
 * When paras work, and on which days a substitute comes: said by whoever leads the school, asked by cover (domain H.3).
 * A substitute who comes is invited from here.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { CalendarPlus, CloudOff, QrCode, Unplug, UserX, X } from 'lucide-react'
import { useState } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useDays, type DayWords } from '../../../platform/web/desk/days.ts'
import { EndSheet } from '../../../platform/web/desk/EndSheet.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button, IconButton } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Details } from '../../../platform/web/kit/Details.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { HoursPage, type HoursLine } from '../wire.ts'
import { HoursSheet } from './HoursSheet.tsx'
import { minuteAt } from './hooks.ts'
import styles from './cover.module.css'

type Worker = HoursPage['people'][number]
type Open =
  | { readonly what: 'set'; readonly worker: Worker }
  | { readonly what: 'end'; readonly worker: Worker; readonly line: HoursLine }

export default function Hours() {
  const { t } = useLingui()
  const [school, setSchool] = useState<string | null>(null)
  const [open, setOpen] = useState<Open | null>(null)
  const query = school === null ? '' : `?school=${school}`
  const { value: page, status, again } = useOnline(HoursPage, `/api/coverage/hours${query}`)
  const days = useDays(page?.today ?? '')
  const close = () => setOpen(null)
  const done = () => {
    close()
    void again()
  }
  const groups = [
    {
      key: 'paras',
      title: t`Paraprofessionals`,
      people: page?.people.filter((one) => !one.substitute) ?? [],
    },
    { key: 'substitutes', title: t`Substitutes`, people: page?.people.filter((one) => one.substitute) ?? [] },
  ]
  return (
    <Page width="wide">
      <PageHeader
        title={t`Working hours`}
        subtitle={<Trans>When paraprofessionals work, and on which days substitutes come</Trans>}
        back="/coverage"
      />
      {page && page.schools.length > 1 && (
        <Select
          label={t`School`}
          options={page.schools.map(({ id, name }) => ({ value: id, label: name }))}
          value={page.school}
          onChange={setSchool}
          placeholder={t`Choose a school`}
        />
      )}
      {status === 'offline' && (
        <Notice icon={page ? CloudOff : Unplug}>
          <Trans>No connection right now. Working hours are kept on the school’s server.</Trans>
        </Notice>
      )}
      {page && (
        <div className={styles.panes}>
          {groups.map(({ key, title, people }) => (
            <section key={key} className={styles.stack} aria-labelledby={key}>
              <div className={styles.heading}>
                <h2 id={key} className={styles.grow}>
                  {title}
                </h2>
                {key === 'substitutes' && (
                  <ButtonLink to="/substitutes" icon={QrCode}>
                    <Trans>Invite for today</Trans>
                  </ButtonLink>
                )}
              </div>
              {people.length === 0 && (
                <EmptyState icon={UserX} title={t`Nobody yet`}>
                  <p>
                    <Trans>They come with the roster.</Trans>
                  </p>
                </EmptyState>
              )}
              {people.map((worker) => (
                <WorkerCard
                  key={worker.id}
                  page={page}
                  worker={worker}
                  days={days}
                  onSet={() => setOpen({ what: 'set', worker })}
                  onEnd={(line) => setOpen({ what: 'end', worker, line })}
                />
              ))}
            </section>
          ))}
        </div>
      )}
      {open?.what === 'set' && page?.school && (
        <HoursSheet page={page} school={page.school} worker={open.worker} onClose={close} onDone={done} />
      )}
      {open?.what === 'end' && page && (
        <EndSheet
          title={`${open.worker.name}: ${days.span(open.line.from, open.line.to)}`}
          path={`/api/coverage/hours/${open.line.id}/end`}
          today={open.line.from > page.today ? open.line.from : page.today}
          never={
            open.worker.substitute
              ? { label: t`Does not come`, means: t`They do not come after all, on none of these days.` }
              : { label: t`A mistake`, means: t`These hours were said by mistake and hold on no day.` }
          }
          onClose={close}
          onDone={done}
        />
      )}
    </Page>
  )
}

interface WorkerCardProps {
  readonly page: HoursPage
  readonly worker: Worker
  readonly days: DayWords
  readonly onSet: () => void
  readonly onEnd: (line: HoursLine) => void
}

function WorkerCard({ page, worker, days, onSet, onEnd }: WorkerCardProps) {
  const { t } = useLingui()
  const isOver = (line: HoursLine) => !line.held || (line.to !== null && line.to < page.today)
  const current = worker.hours.filter((line) => !isOver(line))
  const before = worker.hours.filter(isOver)
  const { name } = worker
  return (
    <Card as="article" className={styles.stack} aria-label={name}>
      <div className={styles.row}>
        <h3 className={`${styles.name} ${styles.grow}`} dir="auto">
          {name}
        </h3>
        <Button
          icon={CalendarPlus}
          aria-label={worker.substitute ? t`Add days: ${name}` : t`Set hours: ${name}`}
          onClick={onSet}
        >
          {worker.substitute ? <Trans>Add days</Trans> : <Trans>Set hours</Trans>}
        </Button>
      </div>
      {current.length === 0 && (
        <p className={styles.quiet}>
          {worker.substitute ? (
            <Trans>No day is said. A substitute is planned for only on days on which they come.</Trans>
          ) : page.open ? (
            <>
              <Trans>The school’s own day:</Trans> <Clock {...page.open} />
            </>
          ) : (
            <Trans>The school’s own day</Trans>
          )}
        </p>
      )}
      {current.length > 0 && (
        <ul className={styles.lines}>
          {current.map((line) => (
            <li key={line.id} className={styles.row}>
              <span className={`${styles.title} ${styles.time}`}>
                <Clock {...line} />
              </span>
              <span className={styles.grow}>{days.span(line.from, line.to)}</span>
              <IconButton
                icon={X}
                label={t`End: ${name}, ${days.span(line.from, line.to)}`}
                onClick={() => onEnd(line)}
              />
            </li>
          ))}
        </ul>
      )}
      {before.length > 0 && <Before lines={before} days={days} />}
    </Card>
  )
}

function Before({ lines, days }: { lines: readonly HoursLine[]; days: DayWords }) {
  const { district } = useSession()
  return (
    <Details
      summary={
        <>
          <Trans>Before</Trans> ({lines.length})
        </>
      }
    >
      <ul className={styles.lines}>
        {lines.toReversed().map((line) => (
          <li key={line.id} className={styles.row}>
            <span className={styles.time}>
              <Clock {...line} />
            </span>
            <span>{days.span(line.from, line.to)}</span>
            {!line.held && (
              <Tag>
                <Trans>taken back</Trans>
              </Tag>
            )}
            {line.ended !== null && line.ended.by !== null && (
              <span className={styles.quiet}>
                <Trans>
                  ended by {line.ended.by} on {days(dayOf(line.ended.at, district.tz))}
                </Trans>
              </span>
            )}
          </li>
        ))}
      </ul>
    </Details>
  )
}

/** Times of the school's clock, as the reader's language writes them. */
function Clock({ start, end }: { start: string; end: string }) {
  const formats = useFormats('UTC')
  const say = (time: string) => formats.clock(minuteAt(Number(time.slice(0, 2)) * 60 + Number(time.slice(3))))
  return (
    <>
      {say(start)}–{say(end)}
    </>
  )
}
