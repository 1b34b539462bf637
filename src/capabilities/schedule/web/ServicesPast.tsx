/** What was promised to a student before: what has ended, what was changed, and what was entered by mistake. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useDays } from '../../../platform/web/desk/days.ts'
import { Details } from '../../../platform/web/kit/Details.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { dayOf } from '../../../platform/core/days.ts'
import { useSession } from '../../../platform/web/auth/session.tsx'
import type { OneToOneLine, ServiceLine, ServicePage } from '../wire.ts'
import { PER } from './calendar-words.ts'
import styles from './Services.module.css'

/** `past`: it is over, or it never held. `now`: it holds, or will. */
export function standingOf(line: { held: boolean; to: string | null }, today: string): 'now' | 'past' {
  return line.held && (line.to === null || line.to >= today) ? 'now' : 'past'
}

export function ServicesPast({ page, student }: { page: ServicePage; student: string }) {
  const { i18n } = useLingui()
  const over = (line: ServiceLine | OneToOneLine) =>
    line.student === student && standingOf(line, page.today) === 'past'
  const services = page.services.filter(over)
  const adults = page.oneToOnes.filter(over)
  if (services.length + adults.length === 0) return null
  return (
    <Details
      summary={
        <>
          <Trans>What was promised before</Trans> ({services.length + adults.length})
        </>
      }
    >
      <ul className={styles.before}>
        {services.map((line) => (
          <li key={line.id}>
            <strong>{line.service}</strong>
            <span>
              <Plural value={line.minutes} one="# minute" other="# minutes" /> {i18n._(PER[line.per])}
            </span>
            <How line={line} today={page.today} />
          </li>
        ))}
        {adults.map((line) => (
          <li key={line.id}>
            <strong>
              <Trans>An adult of their own</Trans>
            </strong>
            <span>
              {line.minutesADay === null ? (
                line.blocks.join(', ')
              ) : (
                <Plural value={line.minutesADay} one="# minute a day" other="# minutes a day" />
              )}
            </span>
            <How line={line} today={page.today} />
          </li>
        ))}
      </ul>
    </Details>
  )
}

function How({ line, today }: { line: ServiceLine | OneToOneLine; today: string }) {
  const { district } = useSession()
  const days = useDays(today)
  const on = (at: number) => days(dayOf(at, district.tz))
  return (
    <>
      {line.held ? <span>{days.span(line.from, line.to)}</span> : <NeverHeld changed={line.changed} />}
      <span className={styles.quiet}>
        {line.said.by !== null && (
          <Trans>
            said by {line.said.by} on {on(line.said.at)}
          </Trans>
        )}
        {line.ended !== null && line.ended.by !== null && (
          <>
            {line.said.by !== null && ' · '}
            {line.changed ? (
              <Trans>
                changed by {line.ended.by} on {on(line.ended.at)}
              </Trans>
            ) : (
              <Trans>
                ended by {line.ended.by} on {on(line.ended.at)}
              </Trans>
            )}
          </>
        )}
      </span>
    </>
  )
}

function NeverHeld({ changed }: { changed: boolean }) {
  return <Tag>{changed ? <Trans>put right before it began</Trans> : <Trans>entered by mistake</Trans>}</Tag>
}
