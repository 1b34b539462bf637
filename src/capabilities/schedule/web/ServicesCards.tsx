/** Cards of what is promised: given of due with both numbers, and no share where nothing is due (G10). */
import { plural } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CircleStop, Pencil } from 'lucide-react'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useDays } from '../../../platform/web/desk/days.ts'
import { taskNames } from '../../../platform/web/desk/tasks.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { roleName } from '../../../platform/web/i18n/roles.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import type { Delivery } from '../services.ts'
import { OneToOneCommand, type OneToOneLine, type ServiceLine } from '../wire.ts'
import { PER, REASONS } from './calendar-words.ts'
import { levelName } from './safety-words.ts'
import { PLACE } from './services-words.ts'
import styles from './Services.module.css'

const { level: Level } = OneToOneCommand.shape

/** One service: what is promised, what was given of it, and the periods before. */
export function ServiceCard({ line: service, ...line }: LineProps<ServiceLine>) {
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
      <p className={styles.quiet}>
        {[
          roleName(i18n, service.provider),
          i18n._(PLACE[service.place]),
          ...(service.sessions === null
            ? []
            : [plural(service.sessions, { one: '# session', other: '# sessions' })]),
          ...(service.groupMax === null
            ? []
            : [plural(service.groupMax, { one: 'alone', other: '# students at most' })]),
        ].join(' · ')}
      </p>
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
          <Unsure delivery={now} />
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
              <Unsure delivery={one} />
            </li>
          ))}
        </ul>
      )}
      <Foot line={service} name={service.service} {...line} />
    </Card>
  )
}

/** An adult of a student's own: when, how close, by which page of the plan. */
export function AdultCard({ line: own, ...line }: LineProps<OneToOneLine>) {
  const { t, i18n } = useLingui()
  const level = Level.safeParse(own.level).data
  return (
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
        {level ? levelName(i18n, level) : own.level}
      </p>
      <p className={styles.quiet}>{own.authority}</p>
      {own.qualifications.length > 0 && (
        <p className={styles.quiet}>
          <Trans>Trained for: {taskNames(i18n, own.qualifications)}</Trans>
        </p>
      )}
      {own.relief !== '' && (
        <p className={styles.quiet}>
          <Trans>Relief: {own.relief}</Trans>
        </p>
      )}
      <Foot line={own} name={t`An adult of their own`} {...line} />
    </Card>
  )
}

interface LineProps<Line> {
  readonly line: Line
  readonly today: string
  readonly onChange: () => void
  readonly onEnd: () => void
}

/** From when until when, and what whoever decides may do with it. What was changed has its end already. */
function Foot({
  line,
  name,
  today,
  onChange,
  onEnd,
}: LineProps<ServiceLine | OneToOneLine> & { name: string }) {
  const { t } = useLingui()
  const days = useDays(today)
  return (
    <div className={styles.foot}>
      <span className={styles.quiet}>{days.span(line.from, line.to)}</span>
      {line.mine && !line.changed && (
        <span className={styles.acts}>
          <Button variant="ghost" icon={Pencil} aria-label={t`Change: ${name}`} onClick={onChange}>
            <Trans>Change</Trans>
          </Button>
          <Button variant="ghost" icon={CircleStop} aria-label={t`End: ${name}`} onClick={onEnd}>
            <Trans>End</Trans>
          </Button>
        </span>
      )}
    </div>
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

/** Minutes that are not final: the device's clock was wrong, and nobody has said whether the times are right. */
function Unsure({ delivery: { unsureMs } }: { delivery: Delivery }) {
  if (unsureMs === 0) return null
  return (
    <p className={styles.quiet}>
      <Tag tone="wait">
        <Trans>times not confirmed</Trans>
      </Tag>{' '}
      <Trans>
        {minutesOf(unsureMs)} min were recorded by a device whose clock was wrong. They are not final until
        who recorded them says whether the times are right.
      </Trans>
    </p>
  )
}

/** Why it is short, in minutes of each reason. */
export function Short({ delivery }: { delivery: Delivery }) {
  const { i18n } = useLingui()
  if (delivery.shortMs === 0 || delivery.color === null) return null
  return (
    <p className={styles.short}>
      <Trans>Short by {minutesOf(delivery.shortMs)} min</Trans>
      {': '}
      {delivery.reasons
        // of one reason the minutes stand before it already
        .map(({ reason, ms }) => {
          const why = i18n._(REASONS[reason])
          return delivery.reasons.length === 1 ? why : `${why} ${minutesOf(ms)}`
        })
        .join(', ')}
    </p>
  )
}

/** The days of a period. */
export function Dates({ delivery }: { delivery: Delivery }) {
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
